"""Which earlier deals a course so far is like, why, and what came next in each: never a probability.

A case is not compared by its end but by what it had when it stood on the same rung: its course is cut there. Likeness
is a sum of points, whose parts are all told (:mod:`marsad.relate.likeness`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from marsad.errors import SettingsError
from marsad.knowledge.precedents import ItemClass, Precedent, Step, Tie
from marsad.relate.cases import effective
from marsad.relate.course import course
from marsad.relate.likeness import MOST, Mark, Part, Stand, parts, total
from marsad.types import Branch, Course, Ladder, Precision, Reached, Rung, Turn


@dataclass(frozen=True, slots=True)
class Next:
    """What came next in a case: the step, and the days from the point; ``about`` where a day is not exactly known."""

    step: Step
    days: int
    about: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Like:
    """A case as it was when it stood where the course asked about stands now.

    ``asked`` is the stage asked about, ``stage`` the nearest that the case is known to have stood on (None: no rung of
    L yet); ``stood`` whether both are the same. ``taken`` is how many of the rungs of the case lie before the point,
    ``day`` that of the last of them. ``score`` is the sum of the points of ``why``, out of ``most``. ``next_stage`` is
    the next higher rung of L, or that the case ended or was put off; ``next_signal`` the next one of W or R.
    ``same_state``: the buyer is the one asked about; ``overlaps``: the case is a part of the course asked about, and so
    no evidence of its own.
    """

    precedent: Precedent
    score: float
    most: float
    why: tuple[Part, ...]
    asked: int | None
    stage: int | None
    stood: bool
    taken: int
    day: date | None
    next_stage: Next | None
    next_signal: Next | None
    same_state: bool
    overlaps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What came after a rung in the ``n`` cases that stood on it, counted; the cases are few and chosen.

    ``stages`` counts the next rung of L (``L6``, ``L0`` where it ended, ``postponed``, ``""`` where none is known),
    ``signals`` the next one of W or R, ``outcomes`` what became of the case. ``exact`` is False where cases that are
    only known from a higher rung on are counted too: their next rung is that one, and no signal is counted, as nobody
    knows when they stood on the rung. ``cases`` are those counted, ``left_out`` those that are a part of the course
    asked about.
    """

    rung: str
    exact: bool
    n: int
    cases: tuple[str, ...]
    left_out: tuple[str, ...]
    stages: Mapping[str, int] = field(default_factory=dict)
    signals: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)


def like(
    so_far: Course | Iterable[Reached],
    items: Collection[ItemClass],
    tie: Tie,
    precedents: Iterable[Precedent],
    *,
    but: Collection[str] = (),
) -> tuple[Like, ...]:
    """The ``precedents`` by their likeness to the course ``so_far``, the likest first; the same input, the same order.

    Only confirmed rungs count, at their effective level. ``items`` are the classes of what the deal is about, ``tie``
    what the buyer is to the sanctioner. Cases of the states in ``but``, and those that are not to be counted, are left
    out. Within its time on the matching rung a case is taken at the moment when it was the most like. A score depends
    on no other case.

    :raises SettingsError: rungs of no pair, from which no course can be made.
    """
    asked = _asked(so_far if isinstance(so_far, Course) else _course(so_far))
    found = [
        _like(asked, frozenset(items), tie, case)
        for case in precedents
        if case.uncounted is None and case.near not in but
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, not one.same_state, one.precedent.id)))


def after(likes: Iterable[Like], *, exact: bool = True) -> After:
    """What came next in the cases that stood on the rung asked about; not ``exact``: on it, or on a higher one.

    A case that overlaps the course asked about is no evidence, and is left out of the count.

    :raises SettingsError: no cases at all.
    """
    known = sorted(likes, key=lambda one: one.precedent.id)
    if not known:
        raise SettingsError("no precedent was compared", do="Ask for fewer states to be left out")
    asked = known[0].asked
    there = [one for one in known if one.stood or (not exact and _beyond(one, asked))]
    counted = [one for one in there if not one.overlaps]
    return After(
        rung=_rung(asked),
        exact=exact,
        n=len(counted),
        cases=tuple(one.precedent.id for one in counted),
        left_out=tuple(one.precedent.id for one in there if one.overlaps),
        stages=_counted(_told(one.next_stage) if one.stood else _rung(one.stage) for one in counted),
        signals=_counted(_told(one.next_signal) for one in counted) if exact else {},
        outcomes=_counted(one.precedent.outcome for one in counted),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    stand: Stand
    near: str
    counterpart: str
    first: date | None
    last: date | None


def _course(reached: Iterable[Reached]) -> Course:
    known = tuple(reached)
    near = next((one.rung.near for one in known if one.rung.near), None)
    counterpart = next((one.rung.counterpart for one in known if one.rung.counterpart), None)
    if near is None or counterpart is None:
        raise SettingsError("the rungs name no pair", do="Give the rungs of two sides, or their course")
    sanctioner = next((one.rung.sanctioner for one in known if one.rung.sanctioner), None)
    until = max((one.rung.day for one in known if one.rung.day), default=date.max)
    return course(known, near, counterpart, sanctioner, until)


def _asked(so_far: Course) -> _Asked:
    reached = [one for one in so_far.reached if one.confirmed and not one.rung.past]
    marks = tuple(_mark(one.rung, one.effective) for one in reached if one.rung.turn is not Turn.CANCELLED)
    standing = so_far.standing.get(Ladder.L)
    days = [one.rung.day for one in reached if one.rung.day]
    return _Asked(
        Stand(standing.highest.effective if standing and standing.highest else None, marks),
        so_far.near,
        so_far.counterpart,
        min(days, default=None),
        max(days, default=None),
    )


def _mark(rung: Rung, level: int) -> Mark:
    return Mark(rung.ladder, level, rung.branch is Branch.LEGISLATURE, rung.turn is Turn.POSTPONED)


def _stands(rungs: Sequence[Step]) -> list[Stand]:
    """What a case had after none, one, two … of its rungs. L0 ends what was before."""
    stage: int | None = None
    marks: tuple[Mark, ...] = ()
    made = [Stand(stage, marks)]
    for step in rungs:
        if step.ladder is Ladder.L:
            stage = step.level if step.level == 0 or stage is None else max(stage, step.level)
        mark = Mark(step.ladder, effective(step), step.branch is Branch.LEGISLATURE, step.turn is Turn.POSTPONED)
        marks = (*marks, mark)
        made.append(Stand(stage, marks))
    return made


def _like(asked: _Asked, items: frozenset[ItemClass], tie: Tie, case: Precedent) -> Like:
    rungs, same = case.rungs, case.near == asked.near
    stands = _stands(rungs)
    stage = _nearest(asked.stand.stage, stands)
    tried = []
    for taken, stand in enumerate(stands):
        if stand.stage == stage:
            its = case.tie(_day(rungs, taken))
            tried.append((parts(asked.stand, stand, items, case.classes, tie, its, same), taken))
    why, taken = max(tried, key=lambda one: (total(one[0]), -one[1]))
    point = rungs[taken - 1] if taken else None
    return Like(
        precedent=case,
        score=total(why),
        most=sum(MOST.values()),
        why=why,
        asked=asked.stand.stage,
        stage=stage,
        stood=bool(taken) and stage == asked.stand.stage,
        taken=taken,
        day=point.day if point else None,
        next_stage=_next(point, (step for step in rungs[taken:] if _turns(step, stage))),
        next_signal=_next(point, (step for step in rungs[taken:] if step.ladder is not Ladder.L)),
        same_state=same,
        overlaps=same and _overlaps(asked, case),
    )


def _nearest(asked: int | None, stands: Sequence[Stand]) -> int | None:
    """The stage asked about, else the nearest that the case is known to have stood on; of two the lower.

    A case of which no rung of L is known by then has none to offer.
    """
    known = {stand.stage for stand in stands}
    if asked in known:
        return asked
    levels = [stage for stage in known if stage is not None]
    if asked is None or not levels:
        return None
    return min(levels, key=lambda stage: (abs(stage - asked), stage))


def _day(rungs: Sequence[Step], taken: int) -> date:
    """The day of a point: of the last rung taken, else of the first one to come."""
    return rungs[max(taken - 1, 0)].day if rungs else date.max


def _turns(step: Step, stage: int | None) -> bool:
    """Whether a step takes the rapprochement further than ``stage``, ends it or puts it off."""
    if step.ladder is not Ladder.L:
        return False
    return step.level == 0 or step.turn is not Turn.REACHED or step.level > (stage or 0)


def _next(point: Step | None, steps: Iterable[Step]) -> Next | None:
    step = next(iter(steps), None)
    if step is None or point is None:
        return None
    exact = {point.precision, step.precision} == {Precision.DAY} and {point.dated, step.dated} == {"found"}
    return Next(step, (step.day - point.day).days, not exact)


def _overlaps(asked: _Asked, case: Precedent) -> bool:
    if asked.first is None or asked.last is None or case.counterpart != asked.counterpart:
        return False
    return any(asked.first <= step.day <= asked.last for step in case.rungs)


def _beyond(one: Like, asked: int | None) -> bool:
    return one.stage is not None and one.stage > (asked or 0)


def _rung(stage: int | None) -> str:
    return "" if stage is None else f"L{stage}"


def _told(following: Next | None) -> str:
    if following is None:
        return ""
    return "postponed" if following.step.turn is Turn.POSTPONED else following.step.rung


def _counted(found: Iterable[str]) -> dict[str, int]:
    """How often each is found: the most frequent first, then by name."""
    return dict(sorted(Counter(found).items(), key=lambda one: (-one[1], one[0])))
