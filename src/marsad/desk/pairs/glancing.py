"""What a page shows of a pair, asked for lightly: what :mod:`marsad.desk.pairs.relating` answers, and no more of it.

A page asks for what it draws. Of a pair with thousands of rungs it has the high ones one by one and the low ones as
counts by month; of its acts the counts, not the reports; sentences only for the rungs that it names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from marsad.desk.pairs.climbing import cited, climbed
from marsad.errors import NotFoundError, SettingsError
from marsad.export.cited import Cited
from marsad.identity import state_of
from marsad.knowledge import ontology
from marsad.knowledge.countries import countries
from marsad.knowledge.precedents import item_classes, precedents, tie
from marsad.relate.course import Stay
from marsad.relate.precedents import Like, like
from marsad.relate.series import Act, Read, series
from marsad.store import Connection, Store, coverage, days, events, occurrences, reached, rungs
from marsad.store.neighbours import neighbours
from marsad.store.reached import Rises
from marsad.store.where import Where
from marsad.types import Course, EventType, Ladder, Outcome, Reached, Relation, Series

_ID = re.compile("[0-9a-f]{16}")
#: Low rungs of a pair up to which they are read one by one, and high ones of each ladder that are, the latest.
FEW, MOST = 150, 80
#: Where nobody says since when, a course is shown from its first rung on, or from the one so many before its last that
#: still is so many days before it.
SHOWN, RECENT = 60, 730
#: Reports of a rung that are shown beside the one that shows it best.
REPORTS = 12
#: Months that a sketch of a pair tells, and days of the relations on a map.
YEAR = 12
#: The latest acts among which a state for the map is looked for.
LATEST = 60
#: Fewer acts than these are too few for a word on how two stand.
ENOUGH = 3
#: From this mean intensity of an act on (-10 to 10) a relation is one of cooperation; below its negative, of conflict.
CLEAR = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """How two stand to each other, as a page shows it, from ``course.since`` on.

    ``rises`` are the low rungs by month, where they were too many to stand in ``course`` one by one; ``left`` is how
    many rungs of any kind stand in neither. In ``both``, the series of the two directions together, the figures on
    reports (``reports``, ``voices``, ``share``) were not asked for and are None or empty; ``forth`` and ``back`` are
    the acts of each direction alone, by the first day of the period.
    """

    course: Course
    whole: Course
    rises: tuple[Rises, ...]
    left: int
    stays: Mapping[Ladder, tuple[Stay, ...]]
    both: Series
    forth: Mapping[date, int]
    back: Mapping[date, int]


class Shown(NamedTuple):
    """A rung in the world, the sentence that shows it best, and further ones that tell of it."""

    reached: Reached
    best: Cited | None
    others: tuple[Cited, ...]


class Bond(NamedTuple):
    """How a side stands to another over a span: acts in both directions, their intensity, the class of most of them.

    ``word`` is cooperation, conflict, mixed, or few where there are too few acts for one.
    """

    other: str
    acts: int
    intensity: float
    quads: Mapping[str, int]
    word: str


class Glancing:
    """Light answers on pairs from ``store``."""

    store: Store
    now: Callable[[], datetime]

    def glance(
        self,
        one: str,
        other: str,
        *,
        sanctioner: str | None = None,
        by: str = "month",
        since: date | None = None,
        until: date | None = None,
    ) -> Glance:
        """How two stand to each other. Without ``since``: from the first rung on; of many, at least two years of them.

        Raises :class:`SettingsError` for a ``by`` that is not day, week or month, and for a span that ends before it
        begins.
        """
        last = until or self.now().astimezone(UTC).date()
        if since and since > last:
            raise SettingsError(f"since {since} is later than {last}", do="give a span that begins before it ends")
        with self.store.reading() as db:
            climb = climbed(db, one, other, sanctioner, None, last, few=FEW, most=MOST)
            whole = sum(rise.n for rise in climb.rises) <= FEW
            first = since or _first(climb.course, last, whole)
            sides = [one, other, *([sanctioner] if sanctioner else [])]
            forth, back = _acts(db, one, other, by, first, last), _acts(db, other, one, by, first, last)
            both = _both(db, (one, other), forth + back, by, first, last, sides)
            return Glance(
                course=_since(climb.course, first),
                whole=climb.course,
                rises=() if whole else tuple(rise for rise in climb.rises if _later(rise, first)),
                left=climb.left if whole else max(0, climb.left - sum(rise.n for rise in climb.rises)),
                stays={ladder: _cut(stays, first) for ladder, stays in climb.stays.items()},
                both=both,
                forth=_by_period(forth, both.periods),
                back=_by_period(back, both.periods),
            )

    def passed(
        self,
        one: str,
        other: str,
        *,
        by: str = "month",
        since: date,
        until: date | None = None,
        sides: Sequence[str] = (),
    ) -> Series:
        """What passes between two in both directions together, as ``both`` of :meth:`glance`.

        ``sides`` are all that are asked about: the coverage names those without a paper.
        """
        last = until or self.now().astimezone(UTC).date()
        with self.store.reading() as db:
            acts = _acts(db, one, other, by, since, last) + _acts(db, other, one, by, since, last)
            return _both(db, (one, other), acts, by, since, last, sides or (one, other))

    def rung(self, id: str) -> Shown:  # noqa: A002 (the field's word)
        """The rung in the world with this id, with its sentences. Raises :class:`NotFoundError`."""
        with self.store.reading() as db:
            found = next(iter(reached.by_id(db, [id])), None) if _ID.fullmatch(id) else None
            if found is None:
                raise NotFoundError(f"no rung {id!r}", do="take the id from the picture or the table of a pair")
            return _shown(db, found)

    def shown(self, one: Reached) -> Shown:
        """A rung with its sentences."""
        with self.store.reading() as db:
            return _shown(db, one)

    def types(self, given: Iterable[Reached]) -> dict[str, EventType]:
        """The types of the events that rungs are read from, by the id of the event."""
        with self.store.reading() as db:
            told = events.by_id(db, [one.rung.event for one in given if one.rung.event])
            return {id: report.event.type for id, report in told.items()}  # noqa: A001

    def precedents_of(self, course: Course, limit: int = 4) -> tuple[Like, ...]:
        """The known cases that are most like a course between a state, a counterpart and a sanctioner."""
        sides = {state_of(course.near), state_of(course.counterpart), course.sanctioner}
        if course.sanctioner is None or len(sides) < 3:
            return ()
        items = item_classes(item for one in course.reached for item in one.rung.items)
        bond = tie(state_of(course.near), course.sanctioner, course.until)
        return like(course, items, bond, precedents())[:limit]

    def sketches(
        self, pairs: Sequence[tuple[str, str]], *, months: int = YEAR, until: date | None = None
    ) -> list[list[int | None]]:
        """For each pair the acts in each of the last ``months``, both ways; None where nothing was read of a month."""
        last = until or self.now().astimezone(UTC).date()
        each = [months_back(last, months - 1 - n) for n in range(months)]
        made: list[list[int | None]] = []
        with self.store.reading() as db:
            read = {row.day for row in coverage.by_day(db, each[0], last, by="month") if row.n}
            for one, other in pairs:
                acts: Counter[date | None] = Counter()
                for act in (
                    *_acts(db, one, other, "month", each[0], last),
                    *_acts(db, other, one, "month", each[0], last),
                ):
                    if act.day and act.outcome is Outcome.ACTUAL:
                        acts[act.day.replace(day=1)] += act.n
                made.append([acts[day] if day in read or acts[day] else None for day in each])
        return made

    def lately(self, *, until: date | None = None, usual: str = "IRQ") -> str:
        """The state that most of the latest acts up to ``until`` are of; ``usual`` where there are none."""
        last = until or self.now().astimezone(UTC).date()
        acts: Counter[str] = Counter()
        with self.store.reading() as db:
            for act in occurrences.listed(db, Where(until=last), limit=LATEST).items:
                acts.update({state_of(party) for party in (*act.actors, *act.recipients)})
        states = [side for side in acts if (entry := countries().get(side)) and entry.status == "state"]
        return max(states, key=lambda side: (acts[side], side), default=usual)

    def around(self, of: str, *, until: date | None = None) -> list[Bond]:
        """How a side stands to every other in the twelve months up to ``until``, those with the most acts first."""
        last = until or self.now().astimezone(UTC).date()
        others = [code for code in countries() if "." not in code]
        with self.store.reading() as db:
            rows = neighbours(db, state_of(of), others, months_back(last, YEAR - 1), last)
        by_other = sorted((row.target if row.source == state_of(of) else row.source, row.type, row.n) for row in rows)
        found = [_bond(other, [row[1:] for row in group]) for other, group in groupby(by_other, lambda row: row[0])]
        return sorted(found, key=lambda bond: (-bond.acts, bond.other))


def _bond(other: str, acts: Sequence[tuple[str, int]]) -> Bond:
    book = ontology.types()
    n = sum(each for _, each in acts)
    intensity = sum(book[kind].intensity * each for kind, each in acts)
    quads: Counter[str] = Counter()
    for kind, each in acts:
        quads[book[kind].quad] += each
    mean = intensity / n if n else 0.0
    word = "few" if n < ENOUGH else "cooperation" if mean >= CLEAR else "conflict" if mean <= -CLEAR else "mixed"
    return Bond(other, n, round(intensity, 1), dict(quads.most_common()), word)


def _shown(db: Connection, one: Reached) -> Shown:
    more = [rung for rung in rungs.by_id(db, one.rungs[:REPORTS]) if rung.id != one.rung.id]
    seen = cited(db, [one.rung, *more])
    return Shown(one, seen.get(one.rung.id), tuple(seen[rung.id] for rung in more if rung.id in seen))


def _first(course: Course, last: date, few: bool) -> date:
    """The first of the month in which what is shown begins."""
    dated = sorted(one.rung.day for one in course.reached if one.rung.day and not one.rung.past)
    if not dated:
        return (last - timedelta(RECENT)).replace(day=1)
    begin = dated[-1] - timedelta(RECENT)
    if few:  # all low ones are among them
        begin = min(begin, dated[-SHOWN:][0])
    return min(max(begin, dated[0]), last - timedelta(90)).replace(day=1)


def _since(course: Course, since: date) -> Course:
    kept = tuple(one for one in course.reached if one.rung.day and one.rung.day >= since)
    return replace(course, since=since, reached=kept)


def _cut(given: Iterable[Stay], since: date) -> tuple[Stay, ...]:
    return tuple(one._replace(since=max(one.since, since)) for one in given if one.until >= since)


def _later(rise: Rises, since: date) -> bool:
    return rise.month is not None and rise.month >= since.year * 100 + since.month


def _acts(db: Connection, one: str, other: str, by: str, since: date, until: date) -> list[Act]:
    # Whole months are counted as such; a month that is asked for in part, by day.
    rows: list[days.Daily] = []
    begin = until.replace(day=1) if (until + timedelta(1)).day != 1 else until + timedelta(1)
    if by == "month" and since.day == 1 and since < begin:
        rows += days.daily(db, one, other, since, begin - timedelta(1), by="month")
        since = begin
    if since <= until:
        rows += days.daily(db, one, other, since, until)
    return [Act(day, EventType(kind), Outcome(outcome), n) for day, kind, outcome, n in rows]


def _both(
    db: Connection, pair: tuple[str, str], acts: list[Act], by: str, since: date, until: date, sides: Sequence[str]
) -> Series:
    read = [Read(*row) for row in coverage.by_day(db, since, until, by="month" if by == "month" else "day")]
    sources = coverage.coverage(db, since, until).sources
    made = series(*pair, acts, [], [], read, by=by, since=since, until=until, mutual=True, sides=sides, sources=sources)
    return replace(made, periods=tuple(map(_unreported, made.periods)))


def _by_period(acts: Iterable[Act], periods: Sequence[Relation]) -> Mapping[date, int]:
    """How many of the acts happened in each period, by its first day; the periods follow each other."""
    starts = [period.first for period in periods]
    counts: Counter[date] = Counter()
    for act in acts:
        if act.day and act.outcome is Outcome.ACTUAL and starts and act.day >= starts[0]:
            counts[starts[bisect_right(starts, act.day) - 1]] += act.n
    return counts


def _unreported(one: Relation) -> Relation:
    return replace(one, reports=None, voices={}, share=None)


def months_back(day: date, months: int) -> date:
    """The first day of the month so many months before that of ``day``."""
    n = day.year * 12 + day.month - 1 - months
    return date(n // 12, n % 12 + 1, 1)
