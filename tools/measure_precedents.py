"""The label of each known case before, at and after its key event, against what an outsider expected.

``python tools/measure_precedents.py`` prints how many of the labels in ``gold/precedents_expected.jsonl`` come out, and
each that does not with both reasons. Where the expectation is held to be wrong, ``gold/precedents_disputed.jsonl`` says
why. ``--all`` prints every label.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from marsad.assess.facts import buyer, facts_of
from marsad.assess.finding import assess
from marsad.knowledge.instruments import instrument
from marsad.knowledge.precedents import precedents
from marsad.relate.cases import course_of
from marsad.types.law import Finding, Label

GOLD = Path(__file__).parents[1] / "gold"
EXPECTED, DISPUTED = GOLD / "precedents_expected.jsonl", GOLD / "precedents_disputed.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case on one day: what was expected and why, what came out, why the expectation is disputed if it is."""

    case: str
    on: date
    when: str
    expected: Label
    why: str
    finding: Finding
    disputed: str | None = None

    @property
    def right(self) -> bool:
        """Whether the label is the expected one."""
        return self.finding.label is self.expected

    @property
    def reason(self) -> str:
        """What the elements came to, with their notes."""
        facts = self.finding.facts
        return "; ".join(
            f"{one.element} {one.truth.value}" + (f" ({one.note.en})" if one.note.en else "") for one in facts
        )


def rows() -> Iterator[Row]:
    """Every label that was expected, with what comes out."""
    cases = {case.id: case for case in precedents()}
    told = (json.loads(line) for line in DISPUTED.read_text(encoding="utf-8").splitlines())
    disputed = {(one["case"], one["on"]): one["why"] for one in told}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        case, day = cases[given["case"]], date.fromisoformat(given["on"])
        law = instrument(case.law)
        facts = facts_of(law, case, course_of(case).reached, day)
        yield Row(
            case=case.id,
            on=day,
            when=given["when"],
            expected=Label(given["label"]),
            why=given["why"],
            finding=assess(law, buyer(case), facts, day, day),
            disputed=disputed.pop((given["case"], given["on"]), None),
        )
    if disputed:
        raise ValueError(f"disputed, but expected of nobody: {sorted(disputed)}")


def figures() -> dict[str, float]:
    """The share of the labels that are right, and that are right or disputed with a reason."""
    found = list(rows())
    return {
        "label": sum(row.right for row in found) / len(found),
        "settled": sum(row.right or row.disputed is not None for row in found) / len(found),
    }


def main() -> None:
    """Print the count, and each label that differs."""
    found = list(rows())
    for row in found:
        if row.right and "--all" not in sys.argv:
            continue
        print(f"{row.case} {row.on} ({row.when}): {row.finding.label.value}")
        if not row.right:
            print(f"  expected: {row.expected.value}\n    {row.why}\n  found:    {row.reason or 'nothing'}")
            print(f"  disputed: {row.disputed or 'no'}")
    right, open_ = sum(row.right for row in found), [row for row in found if not row.right and row.disputed is None]
    print(f"right {right} of {len(found)}, disputed {len(found) - right - len(open_)}, open {len(open_)}")


if __name__ == "__main__":
    main()
