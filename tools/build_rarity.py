"""Builds ``src/marsad/knowledge/data/rarity.csv``: in how many sentences of a corpus a stem stands, and a state.

Usage: python tools/build_rarity.py FILE… (JSON Lines, also ``.gz``: ``text``, and ``entities`` with ``code`` where the
sentence is labelled). Counts alone are kept, of the most frequent; no text of the corpus can be told from them.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.text import fold_text, light_stem, tokens

OUT = Path(__file__).parents[1] / "src/marsad/knowledge/data/rarity.csv"
#: How many stems are kept of each script, and the fewest sentences of one that is.
MOST, LEAST = {"ar": 6500, "en": 1500}, 2
HEAD = (
    "# In how many sentences of news a light stem stands (ar, en), and a state is named (state); the row without a",
    "# form is all of them. Counted by tools/build_rarity.py. Source: the sentences that the model was trained on, of"
    " which",
    "# nothing but these counts is kept. Licence: Apache-2.0, as the repository. Date: 2026-12-01.",
)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    yield from map(json.loads, text.splitlines())


def main(paths: list[Path]) -> None:
    """Count and write."""
    counted: dict[str, Counter[str]] = {"ar": Counter(), "en": Counter(), "state": Counter()}
    for row in (row for path in paths for row in rows(path)):
        folded = fold_text(row["text"]).lower()
        stems = {light_stem(token.stem.of(folded)) for token in tokens(folded)}
        for script in ("ar", "en"):
            found = {stem for stem in stems if stem.isascii() == (script == "en") and not stem.isdecimal()}
            counted[script].update(found)
            counted[script][""] += len(found) > 2
        states = {each["code"] for each in row.get("entities", ()) if len(each.get("code") or "") == 3}
        counted["state"].update(states - {"INT", "IGO"})
        counted["state"][""] += bool(states)
    with OUT.open("w", encoding="utf-8") as file:
        file.write("\n".join((*HEAD, "kind,form,count")) + "\n")
        for kind, counts in counted.items():
            for form, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[: MOST.get(kind, 1000)]:
                if count >= LEAST and "," not in form and '"' not in form:
                    file.write(f"{kind},{form},{count}\n")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
