"""Days, weeks and months of a span of days, and which of them come round with the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from marsad.errors import SettingsError

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """From ``first`` to ``last``, both inside."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How many periods make a year, how many of them a history needs at least, and how many seasons the year has."""

    year: int
    least: int
    seasons: int


#: What a series can be told by. The season of a day or a month is its month, that of a week its ISO week.
RHYTHMS = MappingProxyType({"day": Rhythm(365, 28, 12), "week": Rhythm(52, 8, 52), "month": Rhythm(12, 6, 12)})


def rhythm(by: str) -> Rhythm:
    """The rhythm of ``by``. Raises :class:`SettingsError` for anything but day, week and month."""
    if by not in RHYTHMS:
        raise SettingsError(f"by = {by!r} is not allowed", do="give " + ", ".join(RHYTHMS))
    return RHYTHMS[by]


def _last(by: str, day: date) -> date:
    """The last day of the period that ``day`` is in. A week runs from Monday to Sunday, as in ISO 8601."""
    if by == "day":
        return day
    if by == "week":
        return date.fromordinal(min(day.toordinal() + 6 - day.weekday(), date.max.toordinal()))
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY if day.month < 12 else day.replace(day=31)


def _periods(by: str, since: date, until: date) -> Iterator[Period]:
    while since <= until:
        last = min(_last(by, since), until)
        yield Period(since, last)
        if last == date.max:
            return
        since = last + _DAY


def periods(by: str, since: date, until: date) -> list[Period]:
    """The days, weeks or months from ``since`` to ``until``; the first and the last may be parts of one.

    Raises :class:`SettingsError` for another ``by``, and where ``since`` is after ``until``.

    >>> [f"{one.first} {one.last}" for one in periods("month", date(2026, 1, 30), date(2026, 3, 2))]
    ['2026-01-30 2026-01-31', '2026-02-01 2026-02-28', '2026-03-01 2026-03-02']
    """
    rhythm(by)
    if since > until:
        raise SettingsError(f"since = {since} is after until = {until}", do="give the earlier day as since")
    return list(_periods(by, since, until))


def season(by: str, day: date) -> tuple[int, int]:
    """The year of ``day``, and which season of it: the month, for weeks the ISO week (the 53rd counts as the 52nd).

    >>> season("week", date(2021, 1, 1)), season("month", date(2021, 1, 1))
    ((2020, 52), (2021, 1))
    """
    if by != "week":
        return day.year, day.month
    year, week, _ = day.isocalendar()
    return year, min(week, 52)


def places(given: Sequence[Period]) -> dict[date, int]:
    """For each day of consecutive periods the index of its period."""
    return {
        date.fromordinal(day): at
        for at, one in enumerate(given)
        for day in range(one.first.toordinal(), one.last.toordinal() + 1)
    }
