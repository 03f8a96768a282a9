"""What passes between two day by day: acts by type and outcome, ACTUAL reports by country of the source, voices.

Between two sides most of it is kept as it is asked for (:mod:`marsad.store.tallies`); what an actor below a side does
is counted when it is asked for. What has no day is told where ``since`` is not given, as if before all days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    distinct,
    func,
    literal_column,
    select,
    type_coerce,
)

from marsad.store.columns import NO_DAY, Whole, day_number, day_of
from marsad.store.schema import CURRENT, article, dyad, event, occurrence
from marsad.store.schema import daily as acts
from marsad.store.schema import mix as mixed
from marsad.store.schema import source as publisher
from marsad.store.where import EVENTS, OCCURRENCES, Rows, is_one
from marsad.types import Status


class Days:
    """A column of days as it is asked for: each day, or the month that it lies in, which stands as its first day."""

    def __init__(self, column: Any, by: str) -> None:
        if by not in ("day", "month"):
            raise ValueError(f"{by!r} is not day or month")
        number, hundred = type_coerce(column, Whole), literal_column("100", Whole)
        self.column: ColumnElement[int] = number if by == "day" else number // hundred * hundred
        self._known: dict[int, date | None] = {}

    def day(self, number: int) -> date | None:
        """The day of a number in :attr:`column`: None for what has no day."""
        if number not in self._known:
            whole = number if number % 100 else number + 1
            self._known[number] = None if whole == day_number(NO_DAY) else day_of(whole)
        return self._known[number]


def within(day: Any, since: date | None, until: date | None) -> ColumnElement[bool]:
    """That a day lies in a span, both ends inside; what has no day lies before all days."""
    return type_coerce(day, Whole).between(day_number(since or NO_DAY), day_number(until or date.max))


class Daily(NamedTuple):
    """How many acts of one type and outcome a pair has in a day, or in the month that begins on it."""

    day: date | None
    type: str
    outcome: str
    n: int


def daily(
    db: Connection, source: str, target: str, since: date | None = None, until: date | None = None, *, by: str = "day"
) -> list[Daily]:
    """The acts of ``source`` towards ``target`` ``by`` day or month, the earliest first.

    Either is a side, or an actor below one with all that is under it (``RUS.ROSOBORONEXPORT``).
    """
    asked: Any
    if "." in source + target:
        days, kind = Days(occurrence.c.day, by), (occurrence.c.type, occurrence.c.status)
        asked = select(days.column, *kind, func.count(distinct(occurrence.c.seq))).select_from(occurrence)
        asked = _between(db, asked, OCCURRENCES, source, target).where(within(occurrence.c.day, since, until))
    else:
        days, kind = Days(acts.c.day, by), (acts.c.type, acts.c.status)
        asked = select(days.column, *kind, func.sum(acts.c.n)).where(_pair(acts, source, target, since, until))
    rows = db.execute(asked.group_by(days.column, *kind).order_by(days.column, *kind))
    return [Daily(days.day(day), type_, outcome, int(n)) for day, type_, outcome, n in rows]


def by_group(
    db: Connection,
    source: str,
    target: str,
    groups: Mapping[str, Sequence[str]],
    since: date | None = None,
    until: date | None = None,
    *,
    outcome: str,
) -> dict[str, dict[date, int]]:
    """How many acts of one outcome there were on a day, for each group of types; days without any are left out.

    Else as :func:`daily`, but a row a day: what has no day is left out.
    """
    found: dict[str, dict[date, int]] = {name: {} for name in groups}
    if "." in source + target:
        of = {kind: name for name, kinds in groups.items() for kind in kinds}
        for day, kind, told, n in daily(db, source, target, since, until):
            if day and told == outcome and kind in of:
                found[of[kind]][day] = found[of[kind]].get(day, 0) + n
        return found
    sums = [func.sum(case((acts.c.type.in_(kinds), acts.c.n), else_=0)) for kinds in groups.values()]
    day_of_row = type_coerce(acts.c.day, Whole)
    asked = select(day_of_row, *sums).where(_pair(acts, source, target, since, until), acts.c.status == outcome)
    for number, *counts in db.execute(asked.group_by(day_of_row)):
        if number != day_number(NO_DAY):
            day = day_of(number)
            for name, n in zip(groups, counts, strict=True):
                if n:
                    found[name][day] = int(n)
    return found


class Mixed(NamedTuple):
    """How many ACTUAL reports of a pair the papers of a country have of a day, or of the month that begins on it.

    ``country`` is empty where that of the source is not known.
    """

    day: date | None
    country: str
    n: int


def mix(
    db: Connection, source: str, target: str, since: date | None = None, until: date | None = None, *, by: str = "day"
) -> list[Mixed]:
    """The ACTUAL reports of ``source`` towards ``target`` ``by`` day or month and country, else as :func:`daily`."""
    asked: Any
    country: Any
    if "." in source + target:
        days, country = Days(event.c.day, by), func.coalesce(publisher.c.country, "")
        asked = (
            select(days.column, country, func.count(distinct(event.c.seq)))
            .select_from(event)
            .join(article, article.c.seq == event.c.article)
            .outerjoin(publisher, publisher.c.seq == article.c.source)
        )
        asked = _between(db, asked, EVENTS, source, target).where(within(event.c.day, since, until))
        asked = asked.where(event.c.state == CURRENT, event.c.status == Status.ACTUAL.value)
    else:
        days, country = Days(mixed.c.day, by), mixed.c.country
        asked = select(days.column, country, func.sum(mixed.c.n)).where(_pair(mixed, source, target, since, until))
    rows = db.execute(asked.group_by(days.column, country).order_by(days.column, country))
    return [Mixed(days.day(day), of, int(n)) for day, of, n in rows]


class Told(NamedTuple):
    """How many reports of one type, status and voice a pair has of a day, or of the month that begins on it."""

    day: date | None
    type: str
    status: str
    voice: str
    n: int


def told(
    db: Connection, source: str, target: str, since: date | None = None, until: date | None = None, *, by: str = "day"
) -> list[Told]:
    """The reports of what ``source`` did to ``target`` ``by`` day or month, type, status and voice.

    Counted when asked for, at a microsecond or two a report: by month and between sides
    :func:`marsad.store.tallies.months` has them at once.
    """
    days, kind = Days(event.c.day, by), (event.c.type, event.c.status, event.c.voice)
    asked: Any = select(days.column, *kind, func.count(distinct(event.c.seq)))
    if "." in source + target:
        asked = _between(db, asked.select_from(event), EVENTS, source, target)
        asked = asked.where(event.c.state == CURRENT, within(event.c.day, since, until))
    else:
        asked = asked.select_from(dyad.join(event, event.c.seq == dyad.c.event))
        asked = asked.where(_pair(dyad, source, target, since, until))
    rows = db.execute(asked.group_by(days.column, *kind).order_by(days.column, *kind))
    return [Told(days.day(day), type_, status, voice, int(n)) for day, type_, status, voice, n in rows]


def _pair(table: Any, source: str, target: str, since: date | None, until: date | None) -> ColumnElement[bool]:
    return and_(table.c.source == source, table.c.target == target, within(table.c.day, since, until))


def _between(db: Connection, asked: Select[Any], rows: Rows, source: str, target: str) -> Select[Any]:
    """What is asked of the events, or the occurrences, in which ``source`` acts and ``target`` receives.

    They are found by the one that is below a side, of which there are fewest.
    """
    for name, role, other in ((source, "A", target), (target, "R", source)):
        table = rows.parties.alias()
        mine = (table.c[rows.key] == rows.table.c.seq) & (table.c.role == role)
        found = "." not in name and "." in other
        asked = asked.join(table, mine & is_one(db, [name], table, found=found))
    return asked
