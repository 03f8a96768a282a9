"""Rungs for the tests of the store: any rules will do there, so these are drawn by the events, the same for the same.

:func:`rungs` and :func:`merged` stand in for those of ``marsad.relate``: what they give depends on everything that the
store must hand them (the coding, the kind of the source, the acts, who copies whom, who is official).
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from kept import DAY

from marsad.types import (
    Addressee,
    Branch,
    Coding,
    Event,
    Evidence,
    Kind,
    Ladder,
    Medium,
    Mention,
    Name,
    Precision,
    Reached,
    Rung,
    Scope,
    Sector,
    SourceKind,
    Span,
    Status,
    Turn,
    Voice,
)

SIDES = ("IRQ", "RUS", "TUR", "EU")


def rung(dice: random.Random, article: str, n: int, **fields: object) -> Rung:
    """A rung at random: every field takes several values, and none."""
    ladder = dice.choice(list(Ladder))
    near, counterpart = dice.sample(SIDES, 2)
    fields = {
        "id": f"{dice.getrandbits(64):016x}",
        "ladder": ladder,
        "level": dice.randint(1, 4) if ladder is Ladder.R else dice.randint(-1 if ladder is Ladder.W else 0, 9),
        "turn": dice.choice([Turn.REACHED] * 8 + list(Turn)),
        "near": None if ladder is not Ladder.L and dice.random() < 0.3 else near,
        "counterpart": None if ladder is not Ladder.L and dice.random() < 0.3 else counterpart,
        "sanctioner": None if ladder is Ladder.L else dice.choice(["USA", "EU"]),
        "day": dice.choice([None, *(DAY + timedelta(days=k) for k in (-30, 0, 1, 2, 40, 400))]),
    } | fields
    return Rung(article=article, sentence=n % 3, span=Span(n, n + 4), rule=f"rule.{n % 5}", **fields)  # type: ignore[arg-type]


def full(dice: random.Random, article: str) -> Rung:
    """A rung with something in every field."""
    speaker = Mention(
        span=Span(0, 5), kind=Kind.PERSON, sector=Sector.GOV, score=0.25, actor="USA.GOV.STATE", country="USA",
        person=Name("متحدث", ""), former=True, why="test",
    )  # fmt: skip
    return rung(
        dice, article, 0, party="IRQ.MOD", event=f"{dice.getrandbits(64):016x}", status=Status.PLANNED, speaker=speaker,
        precision=Precision.MONTH, branch=Branch.ANONYMOUS, voice=Voice.READING, addressee=Addressee.CLASS,
        law="us/caatsa/231", condition=Span(0, 0), measure=Span(3, 9), medium=Medium.LEAKED, negated=True,
        scope=Scope.IMMEDIATE, past=True, items=("RUS.S-400", "منظومة"),
        evidence=(Evidence(part="trigger", span=Span(0, 4), why="rule.1"),),
    )  # fmt: skip


def rungs(coding: Coding, kind: SourceKind | None = None, rules: str = "") -> tuple[Rung, ...]:
    """Two rungs an event, one of words without any, and one of an article without events; others by other ``rules``.

    What two articles say alike gives them the same rungs, but for the ids.
    """
    found = []
    for n, event in enumerate(coding.events):
        found.append(_of_event(coding, event, 2 * n, kind))
        words = random.Random(f"{event.type} {event.status} {rules}")
        found.append(rung(words, coding.article.id, 2 * n + 1, id=_id(event.id, "words")))
    alone = rung(random.Random(rules), coding.article.id, 0, id=_id(coding.article.id, "alone"))
    return tuple(found) or (alone,)


def _of_event(coding: Coding, event: Event, n: int, kind: SourceKind | None) -> Rung:
    medium = Medium.WRITTEN if kind is SourceKind.OFFICIAL else None
    told = {"event": event.id, "status": event.status, "day": event.day, "medium": medium, "law": coding.coder}
    return rung(random.Random(f"{event.type} {event.day}"), coding.article.id, n, id=_id(event.id, "event"), **told)


def _id(*parts: str) -> str:
    return f"{random.Random(' '.join(parts)).getrandbits(64):016x}"


def merged(
    rungs: Sequence[Rung], acts: Mapping[str, str], origins: Mapping[str, str], officials: Collection[str] = ()
) -> tuple[Reached, ...]:
    """Rungs of one ladder, level and turn between the same, within one story, are one."""
    piles: dict[tuple[object, ...], list[Rung]] = {}
    for one in rungs:
        key = (one.ladder, one.level, one.turn, one.near or "", one.counterpart or "", one.sanctioner or "")
        piles.setdefault(key, []).append(one)
    made = []
    for _, pile in sorted(piles.items()):
        told = sorted({origins[one.article] for one in pile})
        official = any(one.article in officials for one in pile)
        occurrences = sorted(acts[one.event] for one in pile if one.event in acts)
        made.append(
            Reached(
                id=min(one.id for one in pile),
                rung=pile[-1],
                effective=pile[-1].level - (pile[-1].voice is Voice.ANONYMOUS),
                confirmed=official or len(told) > 1,
                why="test",
                rungs=tuple(one.id for one in pile),
                origins=tuple(told),
                official=official,
                occurrence=occurrences[0] if occurrences else None,
            )
        )
    return tuple(made)
