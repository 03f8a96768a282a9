"""The story of examples/story/ end to end: the label of a finding day by day, against what was written by hand.

``python tools/measure_labels.py`` codes the articles; ``--events`` takes the events that were written by hand instead.
Every day is asked as it was known on that day. ``--show`` prints the days on which the label changes.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from measure_course import STORY, ByHand

from marsad.desk import Desk
from marsad.export.finding_shown import ORDER
from marsad.types import Source, SourceKind
from marsad.types.law import Label

#: The days on which the label changes, with the label from then on.
Turns = tuple[tuple[date, Label], ...]
LABELS = STORY / "labels.json"
#: Days that a delay holds.
LASTS = 180


@dataclass(frozen=True, slots=True)
class Compared:
    """The turns that were expected, and that came out, up to the day ``last``."""

    expected: Turns
    found: Turns
    last: date

    def figures(self) -> dict[str, float]:
        """The share of the turns that come on their day, of the days with the right label, and of those with a higher.

        The first day, on which all begins, is no turn.
        """
        wanted = self.expected[1:]
        days = [self.expected[0][0] + timedelta(n) for n in range((self.last - self.expected[0][0]).days + 1)]
        pairs = [(_on(self.expected, day), _on(self.found, day)) for day in days]
        return {
            "turns": len(set(wanted) & set(self.found)) / len(wanted),
            "days": sum(one is other for one, other in pairs) / len(pairs),
            "above": sum(ORDER[other] > ORDER[one] for one, other in pairs) / len(pairs),
        }


def _on(turns: Turns, day: date) -> Label:
    return turns[bisect_right([one for one, _ in turns], day) - 1][1]


def expected(path: Path = LABELS) -> tuple[str, str, Turns, date]:
    """The law, the entity, the turns by hand, and the last day."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    turns = tuple((date.fromisoformat(one["day"]), Label(one["label"])) for one in gold["labels"])
    return gold["law"], gold["entity"], turns, date.fromisoformat(gold["last"])


def turns(desk: Desk, law: str, entity: str, first: date, last: date) -> Turns:
    """The days on which the label of ``entity`` changes: it can where an article came out, or what one told ends."""
    lines = (STORY / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    out = {date.fromisoformat(json.loads(line)["published"]) for line in lines}
    days = {first} | {day for one in out for day in (one, one + timedelta(LASTS)) if first <= day <= last}
    found: list[tuple[date, Label]] = []
    for day in sorted(days):
        label = desk.assess(entity, law, on=day, known_on=day).findings[0].finding.label
        if not found or found[-1][1] is not label:
            found.append((day, label))
    return tuple(found)


@contextmanager
def told(by_hand: bool) -> Iterator[Desk]:
    """A store in memory that has read and coded the story."""
    with Desk("sqlite://", coder=ByHand() if by_hand else None) as desk:
        for one in json.loads((STORY / "sources.json").read_text(encoding="utf-8")):
            desk.follow(Source(**{**one, "kind": SourceKind(one["kind"])}))
        desk.add(str(STORY / "articles.jsonl"))
        desk.code()
        yield desk


def compared(by_hand: bool) -> Compared:
    """What comes out, against the labels by hand."""
    law, entity, wanted, last = expected()
    with told(by_hand) as desk:
        return Compared(wanted, turns(desk, law, entity, wanted[0][0], last), last)


def figures(path: Path = LABELS, *, by_hand: bool = False) -> dict[str, float]:
    """The figures of the story from its texts; those from its events by hand begin with ``events_``."""
    found = {f"events_{name}": value for name, value in compared(True).figures().items()}
    return {**compared(False).figures(), **found}


def main() -> None:
    """Print the figures, and the turns."""
    result = compared("--events" in sys.argv)
    if "--show" in sys.argv:
        for name in ("expected", "found"):
            for day, label in getattr(result, name):
                print(f"{name:9}{day} {label.value}")
    print(" ".join(f"{name} {value:.3f}" for name, value in result.figures().items()))


if __name__ == "__main__":
    main()
