"""Whether ``marsad.knowledge.places`` gives labelled places their country, with and without the states around them.

Usage: python tools/measure_places.py CORPUS.jsonl [--misses FILE]. The corpus is one sentence a line with ``entities``
(``text, type, code``). ``near`` are the codes of the other entities of type STATE in the sentence. Places that carry a
code are counted three times: all; those in whose phrase no name of a state or capital stands, which only this table
can know; and, over all, with the gazetteer of states asked where this table gives nothing.
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from marsad.knowledge import gazetteer
from marsad.knowledge.places import place


def main() -> None:
    """Print the figures, and write the misses."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--misses", type=Path)
    asked = parser.parse_args()
    count: Counter[tuple[str, str, str]] = Counter()
    misses, seconds, calls, uncoded, given = [], 0.0, 0, 0, 0
    place("بغداد"), gazetteer.find("بغداد")  # the tables are read before the clock runs
    for line in asked.corpus.read_text(encoding="utf-8").splitlines():
        entities = json.loads(line)["entities"]
        for entity in entities:
            if entity["type"] != "PLACE":
                continue
            phrase, gold = entity["text"], entity["code"]
            near = {other["code"] for other in entities if other["type"] == "STATE" and other["code"]}
            if not gold:
                uncoded += 1
                got = place(phrase, near)
                given += bool(got and got.country)
                continue
            states = [hit.code for hit in gazetteer.find(phrase)]
            for how, around in (("near", near), ("alone", set())):
                started = time.perf_counter()
                got = place(phrase, around)
                seconds, calls = seconds + time.perf_counter() - started, calls + 1
                code = got.country if got else None
                for group in ("all", *(() if states else ("no state in it",))):
                    count[how, group, "right" if code == gold else "none" if code is None else "wrong"] += 1
                both = code or (states[0] if states else None)
                count[how, "with gazetteer", "right" if both == gold else "none" if both is None else "wrong"] += 1
                if code != gold and (code or not states) and gold not in ("INT", "IGO"):
                    misses.append((how, phrase, gold, code, got and got.id, "|".join(sorted(near))))
    for how in ("near", "alone"):
        for group in ("all", "no state in it", "with gazetteer"):
            right, wrong, none = (count[how, group, what] for what in ("right", "wrong", "none"))
            total, told = right + wrong + none, right + wrong
            print(
                f"{how}, {group}: right {right / max(total, 1):.3f} of {total};"
                f" of {told} told {right / max(told, 1):.3f} right"
            )
    print(f"a country for {given} of {uncoded} places without a code")
    print(f"{1e6 * seconds / max(calls, 1):.1f} microseconds a phrase")
    if asked.misses:
        asked.misses.write_text("\n".join("\t".join(map(str, miss)) for miss in misses) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
