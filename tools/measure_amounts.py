"""How well `amounts` finds the amounts that texts name.

    python tools/measure_amounts.py [FILE ...] [--errors]

Without FILE, `gold/amounts.jsonl`. A line is `{"id", "text", "language", "amounts": [{"start", "stop", "low", "high",
"unit", "of"}]}`, where null is an open end. An amount is right if the spans overlap and low, high and unit are equal;
of the right ones, the share whose `of` is that of the label is given apart.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marsad.text.amounts import amounts
from marsad.types import Amount

GOLD = Path(__file__).parent.parent / "gold" / "amounts.jsonl"


@dataclass
class Count:
    """Amounts right, found, there; of the right ones those with the right noun; and the wrong ones."""

    right: int = 0
    found: int = 0
    there: int = 0
    of: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the found, the share that is right."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """Of the labels, the share that was found."""
        return self.right / max(1, self.there)

    def line(self, name: str) -> str:
        """The figures as a line of a table."""
        f = 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)
        of = self.of / max(1, self.right)
        return f"{name:16} {self.there:7} {self.found:7} {self.precision:9.4f} {self.recall:9.4f} {f:9.4f} {of:9.4f}"


def _equal(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return math.isclose(one, two, rel_tol=1e-9)


def agrees(label: dict[str, Any], found: Amount) -> bool:
    """Whether the amount found is the one labelled."""
    overlap = found.span.start < label["stop"] and label["start"] < found.span.stop
    values = _equal(label["low"], found.low) and _equal(label["high"], found.high)
    return overlap and values and label["unit"] == found.unit


def measure(rows: Iterable[dict[str, Any]], count: Count) -> None:
    """Adds what is found in ``rows`` to ``count``."""
    for row in rows:
        found, labels = amounts(row["text"], row.get("language")), list(row["amounts"])
        count.there += len(labels)
        count.found += len(found)
        for one in found:
            label = next((label for label in labels if agrees(label, one)), None)
            if label is None:
                shown = one.span.of(row["text"])
                count.errors.append(f"found  {row['id']} ⟦{shown}⟧ {one.low} {one.high} {one.unit} | {row['text']}")
                continue
            labels.remove(label)
            count.right += 1
            count.of += label["of"] == one.of
            if label["of"] != one.of:
                count.errors.append(f"of     {row['id']} {label['of']} is not {one.of} | {row['text']}")
        for label in labels:
            shown = row["text"][label["start"] : label["stop"]]
            values = f"{label['low']} {label['high']} {label['unit']}"
            count.errors.append(f"missed {row['id']} ⟦{shown}⟧ {values} | {row['text']}")


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def figures(path: Path) -> dict[str, float]:
    """Precision and recall on a file, and the share of the right ones that say what is counted."""
    count = Count()
    measure(read(path), count)
    right = max(1, count.right)
    return {
        "precision": count.right / max(1, count.found),
        "recall": count.right / max(1, count.there),
        "of": count.of / right,
    }


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="*", default=[GOLD])
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was found wrongly")
    arguments = parser.parse_args()
    print(f"{'':16} {'labels':>7} {'found':>7} {'precision':>9} {'recall':>9} {'F':>9} {'of':>9}")
    for path in arguments.files:
        by_language: dict[str, list[dict[str, Any]]] = defaultdict(list)
        rows = list(read(path))
        for row in rows:
            by_language[row["language"]].append(row)
        for language, some in sorted(by_language.items()):
            count = Count()
            measure(some, count)
            print(count.line(f"{path.stem} {language}"))
        total = Count()
        measure(rows, total)
        print(total.line(path.stem))
        if arguments.errors:
            print(*total.errors, sep="\n")


if __name__ == "__main__":
    main()
