"""Precedents: earlier deals with a sanctioned side, as dated courses on the ladders, and what states are to others.

``precedents.yaml`` holds them with the page of each step. They are few and were chosen: they show what has happened,
and give no rates. What an entry of the file means is said at its head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from marsad.errors import KnowledgeError
from marsad.knowledge import arms, files
from marsad.knowledge.schema import first_day, last_day
from marsad.types import Branch, Ladder, Name, Precision, Turn, Voice

_FILE = "precedents.yaml"
#: How a fact is known: found on a page, known in general, inferred from other facts.
STATUSES = frozenset({"found", "known", "inferred"})
#: What became of a case, as far as is known.
OUTCOMES = frozenset(
    {
        "sanctioned", "sanctioned-other-authority", "already-sanctioned", "no-action", "open", "postponed",
        "not-purchased", "deterred-before-delivery", "deterred-after-contract", "deterred-after-payment",
    }
)  # fmt: skip


class StepKind(StrEnum):
    """What a step of a case is; an act under another law and the context are no rungs of its course."""

    RAPPROCHEMENT = "rapprochement"
    SIGNAL = "signal"
    OUTCOME = "outcome"
    OTHER_AUTHORITY = "other-authority"
    CONTEXT = "context"


class ItemClass(StrEnum):
    """What a deal is about."""

    AIR_DEFENCE = "air-defence"
    COMBAT_AIRCRAFT = "combat-aircraft"
    TANKS = "tanks"
    HELICOPTERS = "helicopters"
    NAVAL = "naval"
    BASE = "base"
    OTHER = "other"


class Tie(StrEnum):
    """What a state is to the one that may sanction, from the farthest to the nearest."""

    ADVERSARY = "adversary"
    OTHER = "other"
    STRATEGIC_PARTNER = "strategic-partner"
    MAJOR_NON_NATO_ALLY = "major-non-nato-ally"
    NATO_ALLY = "nato-ally"


#: The item class of each category of ``arms.csv``; every other is ``other``.
_CLASSES = {
    "air-defence": ItemClass.AIR_DEFENCE, "fighter": ItemClass.COMBAT_AIRCRAFT, "bomber": ItemClass.COMBAT_AIRCRAFT,
    "tank": ItemClass.TANKS, "armoured-vehicle": ItemClass.TANKS, "helicopter": ItemClass.HELICOPTERS,
    "ship": ItemClass.NAVAL, "submarine": ItemClass.NAVAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """That ``state`` is to ``sanctioner`` what ``tie`` says, from ``since`` to ``until`` (None: open), both inside.

    ``basis`` is what it rests on, ``status`` how it is known, ``source`` the page where it was found.
    """

    sanctioner: str
    state: str
    tie: Tie
    basis: Name
    status: str
    since: date | None = None
    until: date | None = None
    source: str = ""

    def on(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One dated step of a case, with the rung that it is on and what it is in one line.

    ``day`` lies inside the time that is known, which ``precision`` says. ``status`` is how the step is known, ``dated``
    how its day is. ``branch`` is whose word a signal is. ``doubted`` says why it does not count as a rung, ``denied``
    who denies it.
    """

    day: date
    precision: Precision
    kind: StepKind
    ladder: Ladder
    level: int
    text: Name
    voice: Voice
    status: str
    dated: str
    turn: Turn = Turn.REACHED
    branch: Branch | None = None
    doubted: Name | None = None
    denied: Name | None = None
    sources: tuple[str, ...] = ()

    @property
    def rung(self) -> str:
        """Ladder and level: ``L6``, ``W-1``."""
        return f"{self.ladder}{self.level}"

    @property
    def counts(self) -> bool:
        """Whether it is a rung of the course of the case."""
        return self.doubted is None and self.kind not in (StepKind.OTHER_AUTHORITY, StepKind.CONTEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """One deal of ``near`` (a state, ISO 3166 alpha-3) with ``counterpart``, and what ``sanctioner`` did, with its law.

    ``party`` is the actor id of the body that buys, ``sellers`` those that sell; ``items`` are ids of weapon systems.
    ``stage``, ``signal`` and ``legislature`` are the highest rungs on record: of the rapprochement, of the executive's
    signal, of the legislature's; ``stage_note`` says why the steps do not show the stage. ``delivered`` is whether arms
    came after the act of 2 August 2017 (None: unknown), ``sanctioned`` whether under ``law``. ``uncounted`` says why a
    case is not to be counted. ``ties`` are those of ``near`` to ``sanctioner``.
    """

    id: str
    name: Name
    near: str
    party: str
    buyer: Name
    counterpart: str
    sellers: tuple[str, ...]
    seller: Name
    sanctioner: str
    law: str
    items: tuple[str, ...]
    systems: Name
    classes: frozenset[ItemClass]
    stage: int | None
    signal: int | None
    legislature: int | None
    delivered: bool | None
    sanctioned: bool
    outcome: str
    steps: tuple[Step, ...]
    lessons: tuple[Name, ...] = ()
    ties: tuple[Held, ...] = ()
    stage_note: Name | None = None
    uncounted: Name | None = None

    @property
    def rungs(self) -> tuple[Step, ...]:
        """The steps that count, in order."""
        return tuple(step for step in self.steps if step.counts)

    def tie(self, day: date) -> Tie:
        """What the buyer was to the sanctioner on ``day``."""
        return _tie(self.ties, day)


@cache
def precedents() -> tuple[Precedent, ...]:
    """Every case of the file, in its order.

    Raises :class:`~marsad.errors.KnowledgeError`, naming case and step, for what cannot be read.

    >>> [(case.near, case.outcome) for case in precedents() if case.sanctioned]
    [('CHN', 'sanctioned'), ('TUR', 'sanctioned')]
    """
    return tuple(_precedent(case) for case in files.document(_FILE)["cases"])


@cache
def relations() -> tuple[Held, ...]:
    """What states are to a sanctioner, with the time in which they are: the table of the file."""
    return tuple(_held(row) for row in files.document(_FILE)["relations"])


def tie(state: str, sanctioner: str, day: date) -> Tie:
    """What ``state`` is to ``sanctioner`` on ``day``; ``other`` where the table says nothing.

    >>> tie("QAT", "USA", date(2019, 3, 4)).value, tie("QAT", "USA", date(2024, 1, 1)).value
    ('strategic-partner', 'major-non-nato-ally')
    """
    return _tie((held for held in relations() if (held.state, held.sanctioner) == (state, sanctioner)), day)


def item_classes(items: Iterable[str]) -> frozenset[ItemClass]:
    """The classes of weapon systems, given by id or by the words of a text; nothing for what is not known.

    >>> sorted(item_classes(["RUS.S-400", "مقاتلات سو-35", "something"]))
    [<ItemClass.AIR_DEFENCE: 'air-defence'>, <ItemClass.COMBAT_AIRCRAFT: 'combat-aircraft'>]
    """
    found = (arms.arms().get(item) or arms.arm(item) for item in items)
    return frozenset(_CLASSES.get(arm.category, ItemClass.OTHER) for arm in found if arm)


def _tie(held: Iterable[Held], day: date) -> Tie:
    return max((one.tie for one in held if one.on(day)), key=tuple(Tie).index, default=Tie.OTHER)


def _precedent(case: Mapping[str, Any]) -> Precedent:
    where = f"{_FILE}: {case.get('id', 'a case without id')}"
    with _reading(where):
        if case["outcome"] not in OUTCOMES:
            raise ValueError(f"the outcome {case['outcome']!r}")
        return Precedent(
            id=case["id"],
            name=_name(case["name"]),
            near=case["near"],
            party=case["party"],
            buyer=_name(case["buyer"]),
            counterpart=case["counterpart"],
            sellers=tuple(case["sellers"]),
            seller=_name(case["seller"]),
            sanctioner=case["sanctioner"],
            law=case["law"],
            items=tuple(case["items"]),
            systems=_name(case["systems"]),
            classes=frozenset(map(ItemClass, case["classes"])),
            stage=_level("L", case["stage"]),
            signal=_level("W", case["signal"]),
            legislature=_level("W", case["legislature"]),
            delivered=case["delivered"],
            sanctioned=case["sanctioned"],
            outcome=case["outcome"],
            steps=tuple(_steps(case["steps"], where)),
            lessons=tuple(map(_name, case["lessons"])),
            ties=tuple(
                held for held in relations() if (held.state, held.sanctioner) == (case["near"], case["sanctioner"])
            ),
            stage_note=_name(case["stage_note"]) if "stage_note" in case else None,
            uncounted=_name(case["uncounted"]) if "uncounted" in case else None,
        )


@contextmanager
def _reading(where: str) -> Iterator[None]:
    """What goes wrong while an entry is read becomes an error that names its place in the file."""
    try:
        yield
    except KeyError as error:
        raise KnowledgeError(f"{error} is missing", where=where, do="add it, or build the file again") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise KnowledgeError(
            f"cannot be read: {error}", where=where, do="see the head of the file for what may stand there"
        ) from None


def _steps(given: Iterable[Mapping[str, Any]], case: str) -> Iterator[Step]:
    last: date | None = None
    for number, row in enumerate(given, 1):
        with _reading(f"{case}, step {number}"):
            step = _step(row)
            if last and step.day < last:
                raise ValueError(f"the day {step.day} lies before that of the step ahead of it")
            last = step.day
        yield step


def _step(row: Mapping[str, Any]) -> Step:
    status, dated = row["status"], row.get("dated", row["status"])
    if unknown := {status, dated} - STATUSES:
        raise ValueError(f"the status {', '.join(sorted(map(repr, unknown)))}")
    if not isinstance(row["day"], date):
        raise ValueError(f"the day {row['day']!r}")
    return Step(
        day=row["day"],
        precision=Precision(row["precision"]),
        kind=StepKind(row["kind"]),
        ladder=Ladder(row["rung"][:1]),
        level=int(row["rung"][1:]),
        text=_name(row),
        voice=Voice(row["voice"]),
        status=status,
        dated=dated,
        turn=Turn(row.get("turn", Turn.REACHED)),
        branch=Branch(row["branch"]) if "branch" in row else None,
        doubted=_name(row["doubted"]) if "doubted" in row else None,
        denied=_name(row["denied"]) if "denied" in row else None,
        sources=tuple(row["sources"]),
    )


def _held(row: Mapping[str, Any]) -> Held:
    with _reading(f"{_FILE}: relations, {row.get('state', 'a row without state')}"):
        return Held(
            sanctioner=row["sanctioner"],
            state=row["state"],
            tie=Tie(row["relation"]),
            basis=_name(row),
            status=row["status"],
            since=first_day(row["since"]) if "since" in row else None,
            until=last_day(row["until"]) if "until" in row else None,
            source=row["source"],
        )


def _name(given: Mapping[str, str]) -> Name:
    return Name(ar=given["ar"], en=given["en"])


def _level(ladder: str, rung: str | None) -> int | None:
    if rung is None:
        return None
    if rung[:1] != ladder:
        raise ValueError(f"the rung {rung!r} is none of the ladder {ladder}")
    return int(rung[1:])
