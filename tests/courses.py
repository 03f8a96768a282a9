"""Courses by hand for the tests of what shows them: rungs of Iraq and Russia as Washington sees them, any number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from marsad.export.cited import Cited
from marsad.relate.course import course
from marsad.types import (
    Article,
    Course,
    Kind,
    Ladder,
    Mention,
    Precision,
    Reached,
    Rung,
    Source,
    Span,
    Status,
    Turn,
    Voice,
)

UNTIL = date(2025, 12, 31)
#: A sentence that would command a terminal, turn lines round, or become part of a picture.
HOSTILE = '</title><script>alert(1)</script> & "x" \x1b[31m \x00\x07 \u202eمقلوب\u202c \u2066 \ud800 \ufffe end'


def reached(
    name: str,
    day: str | None,
    *,
    turn: str = "reached",
    voice: str = "report",
    confirmed: bool = True,
    past: bool = False,
    effective: int | None = None,
    precision: str = "day",
    speaker: str | None = None,
    **fields: object,
) -> Reached:
    """A rung like ``L3`` or ``W-1``, known from the article that has the id ``name day``."""
    ladder, level = Ladder(name[0]), int(name[1:])
    key = f"{name} {day} {turn} {voice}"
    rung = Rung(
        id=key,
        article=key,
        ladder=ladder,
        level=level,
        sentence=0,
        span=Span(0, 4),
        rule="test",
        turn=Turn(turn),
        near="IRQ",
        counterpart="RUS",
        sanctioner=None if ladder is Ladder.L else "USA",
        day=date.fromisoformat(day) if day else None,
        precision=Precision(precision) if day else Precision.UNKNOWN,
        voice=Voice(voice),
        status=Status.ACTUAL,
        past=past,
        speaker=Mention(span=Span(0, 4), kind=Kind.ORG, actor=speaker) if speaker else None,
        **fields,  # type: ignore[arg-type]
    )
    return Reached(
        id=key, rung=rung, effective=level if effective is None else effective, confirmed=confirmed, why="test",
        rungs=(key,), origins=("a",),
    )  # fmt: skip


def made(*given: Reached, since: date | None = None, sanctioner: str | None = "USA") -> Course:
    """The course of these rungs."""
    return course(given, "IRQ", "RUS", sanctioner, UNTIL, since)


def cited(
    given: Iterable[Reached], text: str = "Some words of the paper.", source: str = "A paper"
) -> dict[str, Cited]:
    """The sentence of each rung, the same for all."""
    found = {}
    for one in given:
        article = Article(id=one.rung.article, text=text, published=one.rung.day, language="en")
        found[one.rung.id] = Cited(rung=one.rung, article=article, source=Source(id="a.example", name=source))
    return found


#: A course with something of everything.
STORY = (
    reached("L1", "2024-01-01", precision="year"),
    reached("W0", "2024-02-10"),
    reached("L3", "2024-03-05", voice="paraphrase", speaker="RUS.GOV.MFA"),
    reached("W1", "2024-03-06", voice="verbatim", negated=True),
    reached("W3", "2024-03-06", voice="reading", confirmed=False),
    reached("L4", "2024-04-01"),
    reached("L6", "2024-06-01", items=("RUS.PANTSIR-S1",), party="IRQ.GOV.MOD"),
    reached("W5", "2024-07-01", voice="paraphrase", law="us/caatsa/231"),
    reached("L8", "2024-09-01", voice="anonymous", confirmed=False),
    reached("L8", "2024-10-01", turn="postponed"),
    reached("W8", "2024-11-01", past=True),
    reached("L6", "2025-02-01", turn="cancelled", items=("RUS.PANTSIR-S1",)),
    reached("R1", "2025-03-01"),
    reached("L2", None),
)
