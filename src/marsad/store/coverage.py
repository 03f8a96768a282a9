"""What was read: coded articles by day and country of their source, kept as codings come to count and cease to."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, exists, func, select, type_coerce

from marsad.store.columns import NO_DAY, Whole, day_number, day_of
from marsad.store.days import Days, within
from marsad.store.schema import CURRENT, article, coding, covered, dyad, event, mix, source
from marsad.store.tallies import MixKey, bump
from marsad.types import Coverage, Status


class _Key(NamedTuple):
    day: date | None
    country: str


def count(db: Connection, which: ColumnElement[bool], sign: int) -> None:
    """The codings ``which`` come to count (``sign`` 1), or count no longer (-1)."""
    country = func.coalesce(source.c.country, "")
    asked = (
        select(article.c.published, country, func.count())
        .select_from(coding)
        .join(article, article.c.seq == coding.c.article)
        .outerjoin(source, source.c.seq == article.c.source)
        .where(which)
        .group_by(article.c.published, country)
    )
    bump(db, covered, {_Key(day, of): sign * n for day, of, n in db.execute(asked)})


def move(db: Connection, publisher: int, before: str, after: str) -> None:
    """The country of a source (by seq) is ``after`` from now on: what its articles count for moves there."""
    told = (
        select(article.c.published, func.count())
        .join(coding, coding.c.article == article.c.seq)
        .where(article.c.source == publisher, coding.c.state == CURRENT)
        .group_by(article.c.published)
    )
    articles: Counter[Any] = Counter()
    for day, n in db.execute(told):
        articles[_Key(day, before)] -= n
        articles[_Key(day, after)] += n
    bump(db, covered, articles)
    pair = (dyad.c.source, dyad.c.target, dyad.c.day)
    said = (
        select(*pair, func.count())
        .select_from(article)
        .join(event, event.c.article == article.c.seq)
        .join(dyad, dyad.c.event == event.c.seq)
        .where(article.c.source == publisher, event.c.status == Status.ACTUAL.value)
        .group_by(*pair)
    )
    reports: Counter[Any] = Counter()
    for one, other, day, n in db.execute(said):
        reports[MixKey(one, other, day, before)] -= n
        reports[MixKey(one, other, day, after)] += n
    bump(db, mix, reports)


class Covered(NamedTuple):
    """How many articles of a day, or of the month that begins on it, are coded; None for those without a day.

    ``country`` is that of their source, empty where it is not known.
    """

    day: date | None
    country: str
    n: int


def by_day(db: Connection, since: date | None = None, until: date | None = None, *, by: str = "day") -> list[Covered]:
    """The coded articles ``by`` day or month and country, the earliest first; without a day only without ``since``."""
    days = Days(covered.c.day, by)
    asked = (
        select(days.column, covered.c.country, func.sum(covered.c.n))
        .where(within(covered.c.day, since, until))
        .group_by(days.column, covered.c.country)
        .order_by(days.column, covered.c.country)
    )
    return [Covered(days.day(day), country, int(n)) for day, country, n in db.execute(asked)]


def read(db: Connection, since: date | None = None, until: date | None = None) -> dict[date, int]:
    """How many articles of each day are coded, whatever their country; without those that have no day."""
    number = type_coerce(covered.c.day, Whole)
    asked = select(number, func.sum(covered.c.n)).where(within(covered.c.day, since, until)).group_by(number)
    return {day_of(day): int(n) for day, n in db.execute(asked) if day != day_number(NO_DAY)}


def coverage(db: Connection, since: date | None = None, until: date | None = None) -> Coverage:
    """The coded articles in all and by country of their source, and how many sources had one in the span.

    ``missing`` is left to those who know which sides are asked about.
    """
    asked = (
        select(covered.c.country, func.sum(covered.c.n))
        .where(within(covered.c.day, since, until))
        .group_by(covered.c.country)
        .order_by(covered.c.country)
    )
    countries = {country: int(n) for country, n in db.execute(asked)}
    mine = (article.c.source == source.c.seq, coding.c.state == CURRENT, within(article.c.published, since, until))
    has = exists(select(1).select_from(article.join(coding, coding.c.article == article.c.seq)).where(*mine))
    sources = db.execute(select(func.count()).select_from(source).where(has)).scalar_one()
    return Coverage(articles=sum(countries.values()), sources=sources, countries=countries)
