"""What an analyst asks: rungs on the ladders, the course of a pair, its series and changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from marsad.types.articles import Span
from marsad.types.events import Evidence, Mention
from marsad.types.labels import Precision, Status, Voice


class Ladder(StrEnum):
    """A scale that is climbed: rapprochement with a sanctioned side, the sanctioner's signal, its relief."""

    L = "L"
    W = "W"
    R = "R"


class Turn(StrEnum):
    """What becomes of a rung: it is reached, put off, or called off."""

    REACHED = "reached"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Branch(StrEnum):
    """Which power of a state speaks or acts; *anonymous* for its officials without a name."""

    EXECUTIVE = "executive"
    LEGISLATURE = "legislature"
    MILITARY = "military"
    ANONYMOUS = "anonymous"


class Addressee(StrEnum):
    """Whom a signal is meant for: a party by name, a class of them («our partners»), everybody."""

    NAMED = "named"
    CLASS = "class"
    ALL = "all"


class Scope(StrEnum):
    """How far a denial goes: it denies what is immediate («لا نية فورية»), or the thing altogether."""

    IMMEDIATE = "immediate"
    ANY = "any"


class Medium(StrEnum):
    """Where a signal was given: in writing, from a podium, in a hearing, or in private and then made known."""

    WRITTEN = "written"
    PODIUM = "podium"
    HEARING = "hearing"
    LEAKED = "leaked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A rung of a ladder that a sentence of one article puts somebody on, with everything that it rests on.

    On ladder L the side ``near`` draws near to ``counterpart`` (who of the two did it stands in the event; either may
    stand for itself or for a body: ``RUS``, ``EU``). On W and R ``sanctioner`` gives the signal, ``near`` is the side
    that it is about (None: everybody), ``counterpart`` the side whose dealings it is about, where that is known.
    ``party`` is the actor id of the body that buys, or that is hit. ``level`` is -1..10 on L and W, 1..4 on R.
    ``status`` is that of the event; a POSSIBLE contract gives no rung, a PLANNED one an L1. ``span`` is what the
    rung is read from: the trigger of ``event``, or the words of an attributed sentence without one. ``rule`` is the id
    of the rule in ``ladders.yaml``; ``items`` are ids of weapon systems, else their words.
    """

    id: str
    article: str
    ladder: Ladder
    level: int
    sentence: int
    span: Span
    rule: str
    turn: Turn = Turn.REACHED
    near: str | None = None
    counterpart: str | None = None
    sanctioner: str | None = None
    party: str | None = None
    event: str | None = None
    status: Status = Status.ACTUAL
    day: date | None = None
    precision: Precision = Precision.UNKNOWN
    speaker: Mention | None = None
    branch: Branch | None = None
    voice: Voice = Voice.REPORT
    addressee: Addressee | None = None
    law: str | None = None
    condition: Span | None = None
    measure: Span | None = None
    medium: Medium | None = None
    negated: bool = False
    scope: Scope | None = None
    past: bool = False
    items: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def name(self) -> str:
        """Ladder and level: ``L3``, ``W-1``."""
        return f"{self.ladder}{self.level}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One rung in the world, whatever number of papers tell of it.

    ``id`` is that of its earliest rung, ``rung`` the one that shows it best. ``effective`` is the level where an
    anonymous source or a mere reading counts for less; ``confirmed`` whether it counts as having happened, ``why`` says
    the rule. ``rungs`` are the ids of all that tell of it, ``origins`` the ids of the sources that do so independently
    of each other (a copy of an agency's text has the agency's).
    """

    id: str
    rung: Rung
    effective: int
    confirmed: bool
    why: str
    rungs: tuple[str, ...]
    origins: tuple[str, ...] = ()
    official: bool = False
    occurrence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a pair stands on a ladder at a day.

    ``highest`` is the highest rung that is confirmed and not called off since; ``unconfirmed`` the highest of all where
    that is higher; ``latest`` the newest confirmed one; ``since`` the day on which ``highest`` was reached, ``days``
    how long ago that is; ``first`` the first day of each level that was ever reached and confirmed.
    """

    ladder: Ladder
    highest: Reached | None = None
    unconfirmed: Reached | None = None
    latest: Reached | None = None
    since: date | None = None
    days: int | None = None
    first: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a pair has climbed, and how the sanctioner has warned: every rung once, the earliest first.

    ``standing`` has an entry for each ladder with a rung, as of ``until``.
    """

    near: str
    counterpart: str
    sanctioner: str | None
    since: date | None
    until: date
    reached: tuple[Reached, ...]
    standing: Mapping[Ladder, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What passed from ``source`` to ``target`` in a period, ``first`` to ``last`` inside.

    ``acts`` counts ACTUAL occurrences, ``reports`` their reports; both are None where nothing at all was read of the
    period: unknown, not zero. ``quads`` and ``types`` tell ``acts`` apart, ``others`` has the occurrences of each other
    outcome, ``voices`` the reports by voice. ``intensity`` is the sum over ``acts`` of the scores in ``plover.yaml``
    (-10 to 10 each). ``articles`` is how many articles of the period were coded; ``share`` is the ACTUAL reports in a
    thousand of them, each country's papers weighed as in the whole span. ``baseline`` is what was to be expected,
    ``deviation`` how many standard deviations ``acts`` is off; None for want of a history.
    """

    source: str
    target: str
    first: date
    last: date
    acts: int | None
    reports: int | None
    articles: int
    quads: Mapping[str, int] = field(default_factory=dict)
    types: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    voices: Mapping[str, int] = field(default_factory=dict)
    intensity: float | None = None
    share: float | None = None
    baseline: float | None = None
    deviation: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was read for a series: coded articles and sources, by country of the source ("" where unknown).

    ``missing`` are the sides asked about that none of the sources belongs to.
    """

    articles: int
    sources: int
    countries: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The relation of an ordered pair over time, one :class:`Relation` a period ``by`` day, week or month.

    ``mutual`` where both directions are counted together. ``method`` names how baseline and deviation were worked out.
    """

    source: str
    target: str
    by: str
    mutual: bool
    periods: tuple[Relation, ...]
    coverage: Coverage
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A turn in what passes between two: from ``day`` on there is more, or less, of ``quad``.

    ``before`` and ``after`` are rates a day, ``strength`` the probability that the rate has turned (0..1), ``found``
    the day on which that was known, ``occurrences`` the ids of the acts since ``day`` that made it.
    """

    source: str
    target: str
    quad: str
    day: date
    found: date
    before: float
    after: float
    strength: float
    occurrences: tuple[str, ...] = ()
