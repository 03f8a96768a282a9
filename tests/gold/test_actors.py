"""Both spellings of the actors of ``gold/actors.csv`` meet in one actor and one person."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from marsad.resolve.who import who
from marsad.types import Name

FILE = Path(__file__).parents[2] / "gold/actors.csv"
#: How many of the first may miss: 297 of 300 must meet.
_MOST = 0.01


def pairs():
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def meant(phrase: str, on: date) -> tuple[str, Name | None] | None:
    answers = who(phrase, on)
    return (answers[0].actor, answers[0].person) if answers else None


def test_both_spellings_mean_one_actor():
    rows = pairs()
    days = [date.fromisoformat(row["on"]) for row in rows]
    missed = [
        (row["ar"], row["en"])
        for row, on in zip(rows, days, strict=True)
        if (arabic := meant(row["ar"], on)) is None or arabic != meant(row["en"], on)
    ]
    assert len(rows) >= 300
    assert len(missed) <= _MOST * len(rows), missed
