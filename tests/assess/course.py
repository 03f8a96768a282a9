"""Rungs, acts and events of an invented course, as the tests of facts and findings need them."""

from __future__ import annotations

from datetime import date
from typing import Any

from marsad.types import (
    Branch,
    Event,
    EventType,
    Evidence,
    Kind,
    Ladder,
    Mention,
    Precision,
    Reached,
    Rung,
    Scope,
    Sector,
    Span,
    Status,
    Voice,
)

NOWHERE = Span(0, 1)
STATE = Mention(span=NOWHERE, kind=Kind.OFFICE, actor="USA.GOV.MFA", country="USA", sector=Sector.GOV)


def body(actor: str, sector: Sector | None = None) -> Mention:
    return Mention(span=NOWHERE, kind=Kind.ORG, actor=actor, country=actor[:3], sector=sector)


def step(level: int, day: date | None, key: str = "", **given: Any) -> Reached:
    """A rung of L of Iraq and Russia."""
    return _reached(Ladder.L, level, day, key, **given)


def signal(level: int, day: date | None, key: str = "", ladder: Ladder = Ladder.W, **given: Any) -> Reached:
    """A signal of the United States to Iraq."""
    return _reached(ladder, level, day, key, **{"sanctioner": "USA", "branch": Branch.EXECUTIVE, **given})


def _reached(ladder: Ladder, level: int, day: date | None, key: str, **given: Any) -> Reached:
    name = key or f"{ladder}{level}-{day}"
    own = {"confirmed": True, "why": "stated", "official": False, "origins": ("one", "two"), "effective": level}
    own |= {field: given.pop(field) for field in tuple(own) if field in given}
    rung = Rung(
        **{
            "id": name, "article": f"article-{name}", "ladder": ladder, "level": level, "sentence": 0, "span": NOWHERE,
            "rule": "hand", "near": "IRQ", "counterpart": "RUS", "day": day, "precision": Precision.DAY, **given,
        }
    )  # fmt: skip
    return Reached(id=name, rung=rung, rungs=(name,), **own)


def event(key: str, day: date, *parties: Mention, **given: Any) -> Event:
    """An event of Iraq with the other side."""
    return Event(
        **{
            "id": key, "article": f"article-{key}", "sentence": 0, "trigger": NOWHERE, "type": EventType.COOPERATE,
            "status": Status.ACTUAL, "evidence": (Evidence(part="trigger", span=NOWHERE, why="hand"),),
            "actors": parties, "recipients": (body("IRQ"),), "day": day, "precision": Precision.DAY, **given,
        }
    )  # fmt: skip


def visit() -> tuple[list[Reached], list[Event]]:
    """A visit and talks on arms without an Iraqi body, a denial of what is immediate, silence, and a reading."""
    came, said = date(2025, 9, 16), date(2025, 9, 18)
    council = body("RUS.GOV.SECURITY-COUNCIL", Sector.SPY)
    events = [
        event("came", came, council, type=EventType.CONSULT, mode="visit", contexts=("military",)),
        event("talked", came, council, type=EventType.CONSULT, contexts=("military", "arms-trade")),
    ]
    reached = [
        step(3, came, "visit", event="came"),
        step(4, came, "talks", event="talked"),
        signal(
            1, said, "denial", voice=Voice.VERBATIM, speaker=STATE, negated=True, scope=Scope.IMMEDIATE, official=True
        ),
        signal(0, said, "silence"),
        signal(3, said, "reading", voice=Voice.READING, confirmed=False, why="reading"),
    ]
    return reached, events
