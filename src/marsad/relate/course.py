"""The course of a pair: how far it has climbed, how loudly the sanctioner warns, what of it stands, and since when."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from marsad.errors import SettingsError
from marsad.relate.merge import LAG, Gathering, days, gather, judged, order, recalled, same_deal, shared, shown, solid
from marsad.types import Course, Ladder, Reached, Rung, Standing, Turn, Voice

#: What a cancelled turn takes away, by what is called off; any other level that is cancelled takes only itself. What
#: has happened and is over, contact, delegations, visits and deliveries, is not undone.
_CANCELS: Mapping[tuple[Ladder, int], tuple[int, ...]] = {
    (Ladder.L, 0): (), (Ladder.L, 1): (), (Ladder.L, 2): (), (Ladder.L, 3): (),
    (Ladder.L, 6): (6, 7), (Ladder.L, 8): (),
}  # fmt: skip
_IMPOSED, _TERMINATED = 8, 4


class Stay(NamedTuple):
    """A time on a rung: the highest confirmed ``level`` from ``since`` up to ``until``, on which another began."""

    level: int
    since: date
    until: date


def course(
    reached: Iterable[Reached],
    near: str,
    counterpart: str,
    sanctioner: str | None,
    until: date,
    since: date | None = None,
) -> Course:
    """How a pair has climbed, out of what all stories tell: each rung once, the earliest first, undated ones last.

    L counts for the two sides in either order; W and R where ``sanctioner`` signals to ``near``, or to everybody, about
    ``counterpart`` or nobody named. Nothing later than ``until`` is looked at. ``since`` cuts the list of rungs, which
    then has none without a day; the standing knows what was before.

    What several stories tell of one act is joined as in :func:`~marsad.relate.merge.merged`, and confirms it if its
    origins are independent. A past rung without a day of its own joins the latest earlier act that it fits; where none
    is known it stands at its article's day, marked past, and is nothing newly reached.

    The standing of a ladder is of what is not called off by something at least as well confirmed, which is no reading:

    * L0 (ended) calls off all of L before it; ``highest`` is then L0, until something is reached again.
    * A cancelled rung calls off its own level of the same deal (by buyer and items, where they are known), a cancelled
      contract (L6) also the payment and production under it (L7). Contacts, visits and deliveries have happened and
      stay; a framework agreement outlives the contract. A postponed rung calls off nothing.
    * R4 (terminated) calls off all of W before it: ``highest`` there is what came after. A reassurance (W-1) calls off
      nothing: it is ``latest``, beside the ``highest``.
    * A new imposition (W8) calls off the relief (R2 to R4) of the days before it.

    A rung without a day is called off by any of these, and calls off nothing. Levels count as ``effective``.
    ``highest`` is the earliest standing rung of its level. ``latest`` is the newest confirmed one whatever became of
    it, also a postponed or cancelled one.

    :raises SettingsError: ``since`` after ``until``, or a pair of one.
    """
    if near == counterpart:
        raise SettingsError(f"a course is that of two sides, not of {near} with itself", do="Name two sides")
    if since and since > until:
        raise SettingsError(f"since {since} is later than until {until}", do="Give a span that begins before it ends")
    sides = {near, counterpart}
    known = [
        one
        for one in reached
        if (one.rung.day is None or one.rung.day <= until) and _concerns(one.rung, near, counterpart, sides, sanctioner)
    ]
    whole = joined(known)
    lives = _lives(whole)
    ladders = sorted({one.rung.ladder for one in whole})
    return Course(
        near=near,
        counterpart=counterpart,
        sanctioner=sanctioner,
        since=since,
        until=until,
        reached=tuple(one for one in whole if since is None or (one.rung.day and one.rung.day >= since)),
        standing={ladder: _standing(ladder, whole, lives, until) for ladder in ladders},
    )


def _concerns(rung: Rung, near: str, counterpart: str, sides: set[str], sanctioner: str | None) -> bool:
    if rung.ladder is Ladder.L:
        return {rung.near, rung.counterpart} == sides
    return (
        sanctioner is not None
        and rung.sanctioner == sanctioner
        and rung.near in (near, None)
        and rung.counterpart in (counterpart, None)
    )


def joined(reached: Iterable[Reached]) -> tuple[Reached, ...]:
    """What several stories tell of one act as one; the earliest first, those without a day last."""
    told = list(reached)
    acts = gather([(one.rung, one.occurrence) for one in told], _recalled)
    return tuple(sorted((_one([told[i] for i in members]) for members in acts), key=order))


def _recalled(of: Gathering, rung: Rung, occurrence: str | None) -> int | None:
    """Which act a rung without a day of its own recalls.

    Rather an act that was older news by then than one of the same days, which the article would not call past.
    """
    for number in of.linked(occurrence):
        if shared(of.acts[number].seed, rung, linked=True) is not None:
            return number
    if not recalled(rung):
        return None
    told = rung.day.toordinal() if rung.day else date.max.toordinal()
    fresh = None
    for number in of.before(told + 1):
        act = of.acts[number]
        if shared(act.seed, rung, linked=False) is None:
            continue
        if act.days and act.days[0] < told - LAG:
            return number
        fresh = number if fresh is None else fresh
    if fresh is not None:
        return fresh
    others = (n for n in of.undated if recalled(of.acts[n].seed))
    return next((n for n in others if shared(of.acts[n].seed, rung, linked=False) is not None), None)


def _one(told: Sequence[Reached]) -> Reached:
    """One act out of what several stories made of it."""
    if len(told) == 1:
        return told[0]
    told = sorted(told, key=order)
    sure = [one for one in told if solid(one.rung)]
    origins = sorted({origin for one in sure or told for origin in one.origins})
    official = any(one.official for one in sure)
    rung = shown([one.rung for one in told])
    effective, confirmed, why = judged(rung, len(origins), official)
    before = next((one for one in sure if one.confirmed), None)
    if before and not confirmed:
        confirmed, why = True, before.why
    return Reached(
        id=told[0].id,
        rung=rung,
        effective=effective,
        confirmed=confirmed,
        why=why,
        rungs=tuple(dict.fromkeys(rung for one in told for rung in one.rungs)),
        origins=tuple(origins),
        official=official,
        occurrence=next((one.occurrence for one in told if one.occurrence is not None), None),
    )


@dataclass(frozen=True, slots=True)
class _Life:
    """A rung that was reached, with the day it was reached on, where that is known, and the day it was called off."""

    reached: Reached
    since: date | None
    until: date | None
    stands: bool


@dataclass(frozen=True, slots=True)
class _Call:
    """What calls off rungs that were reached up to the day ``to`` (an ordinal), on the day ``on``."""

    by: Reached
    to: int
    on: date
    all: bool

    def takes(self, other: Reached) -> bool:
        """Whether it calls off ``other``, which was there before."""
        if other.confirmed and not self.by.confirmed:
            return False
        mine, its = self.by.rung, other.rung
        if mine.ladder is not Ladder.L and None not in (mine.counterpart, its.counterpart):
            return mine.counterpart == its.counterpart and self._of_deal(its)
        return self._of_deal(its)

    def _of_deal(self, its: Rung) -> bool:
        return self.all or same_deal(self.by.rung, its) is not False


def _dated(one: Reached) -> date | None:
    """The day on which it was reached; None for what is only recalled, without a day of its own."""
    return None if recalled(one.rung) else one.rung.day


def _calls(reached: Iterable[Reached]) -> dict[tuple[Ladder, int], list[_Call]]:
    """What calls off rungs of a ladder and level, in the order of the days up to which it does."""
    calls: dict[tuple[Ladder, int], list[_Call]] = {}
    for one in reached:
        rung = one.rung
        if rung.day is None or rung.voice is Voice.READING or rung.turn is Turn.POSTPONED:
            continue
        window = days(rung)
        to = window[1] if window else rung.day.toordinal()
        ended = False
        if rung.turn is Turn.CANCELLED:
            taken = [(rung.ladder, level) for level in _CANCELS.get((rung.ladder, rung.level), (rung.level,))]
        elif rung.ladder is Ladder.L and rung.level == 0:
            taken, ended = [(Ladder.L, level) for level in range(1, 11)], True
        elif rung.ladder is Ladder.R and rung.level == _TERMINATED:
            taken = [(Ladder.W, level) for level in range(-1, 10)]
        elif rung.ladder is Ladder.W and rung.level == _IMPOSED:
            taken, to = [(Ladder.R, level) for level in range(2, 5)], rung.day.toordinal() - 1
        else:
            continue
        for key in taken:
            calls.setdefault(key, []).append(_Call(one, to, rung.day, ended))
    for of in calls.values():
        of.sort(key=lambda call: (call.to, call.on, call.by.id))
    return calls


def _lives(reached: Sequence[Reached]) -> list[_Life]:
    calls = _calls(reached)
    lives: list[_Life] = []
    for one in reached:
        if one.rung.turn is not Turn.REACHED:
            continue
        since = _dated(one)
        of = calls.get((one.rung.ladder, one.rung.level), [])
        start = bisect_left(of, since.toordinal(), key=lambda call: call.to) if since else 0
        end = next((call for call in of[start:] if call.takes(one)), None)
        until = max(end.on, since) if end and since else None
        lives.append(_Life(one, since, until, end is None))
    return lives


def _standing(ladder: Ladder, whole: Sequence[Reached], lives: Iterable[_Life], until: date) -> Standing:
    mine = [life for life in lives if life.reached.rung.ladder is ladder]
    highest = _highest(life for life in mine if life.stands and life.reached.confirmed)
    other = _highest(life for life in mine if life.stands and not life.reached.confirmed)
    higher = other and (highest is None or other.reached.effective > highest.reached.effective)
    first: dict[int, date] = {}
    for life in mine:
        level = life.reached.effective
        if life.since and life.reached.confirmed:
            first[level] = min(life.since, first.get(level, life.since))
    since = highest.since if highest else None
    newest = [one for one in whole if one.rung.ladder is ladder and one.confirmed and _dated(one)]
    return Standing(
        ladder=ladder,
        highest=highest.reached if highest else None,
        unconfirmed=other.reached if other and higher else None,
        latest=max(newest, key=lambda one: (one.rung.day, one.effective, one.id), default=None),
        since=since,
        days=(until - since).days if since else None,
        first=dict(sorted(first.items())),
    )


def _highest(lives: Iterable[_Life]) -> _Life | None:
    """Of the highest level the one that was reached first; one without a day only where no other is."""
    return max(lives, key=lambda life: (life.reached.effective, -_ordinal(life.since), life.reached.id), default=None)


def _ordinal(day: date | None) -> int:
    return (day or date.max).toordinal()


def stays(course: Course, ladder: Ladder, since: date | None = None) -> tuple[Stay, ...]:
    """The time on each rung of ``ladder``: what was the highest confirmed one, from when to when, for a plot.

    A gap is left where nothing stood. The last one ends with the course. What has no day is left out. ``since`` cuts
    off what was before; a ``course`` that was itself cut does not know what stood when it begins.
    """
    made: list[Stay] = []
    on: tuple[int, date] | None = None
    for day, level in _tops(life for life in _lives(course.reached) if life.reached.rung.ladder is ladder):
        if on is not None and on[0] == level:
            continue
        if on is not None:
            made.append(Stay(*on, day))
        on = None if level is None else (level, day)
    if on is not None:
        made.append(Stay(*on, course.until))
    cut = since or date.min
    return tuple(one._replace(since=max(one.since, cut)) for one in made if one.until >= cut)


def _tops(lives: Iterable[_Life]) -> Iterator[tuple[date, int | None]]:
    """Each day on which a confirmed rung was reached or called off, with the highest level that stood from then on."""
    turns: dict[date, Counter[int]] = {}
    for life in lives:
        if life.since and life.reached.confirmed:
            turns.setdefault(life.since, Counter())[life.reached.effective] += 1
            if life.until:
                turns.setdefault(life.until, Counter())[life.reached.effective] -= 1
    standing: Counter[int] = Counter()
    for day in sorted(turns):
        standing.update(turns[day])
        yield day, max((level for level, count in standing.items() if count), default=None)
