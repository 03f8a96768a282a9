"""Spans of days: units of the calendar, counted from a day, and their parts. Weeks run from Monday to Sunday."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.text.dates.words import CENTURY, DAY, DECADE, HALF, HOUR, MONTH, QUARTER, WEEK, YEAR
from marsad.types import Precision

_FIRST_YEAR, _LAST_YEAR = 2, 9990
#: The precision of each unit.
PRECISION = {
    DAY: Precision.DAY,
    HOUR: Precision.DAY,
    WEEK: Precision.WEEK,
    MONTH: Precision.MONTH,
    QUARTER: Precision.QUARTER,
    HALF: Precision.HALF,
    YEAR: Precision.YEAR,
    DECADE: Precision.DECADE,
    CENTURY: Precision.CENTURY,
}
_MONTHS = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12, DECADE: 120, CENTURY: 1200}
#: Of the tabular Islamic calendar: its first day, and days in its cycle of thirty years.
_HIJRA, _CYCLE = 227_014, 10_631


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both inside, as exactly as ``precision`` says."""

    first: date
    last: date
    precision: Precision

    def part(self, which: int) -> Period:
        """Its early (0), middle (1) or late (2) third; itself where it is shorter than a month or
        no whole unit.

        >>> month(2025, 9).part(0).last
        datetime.date(2025, 9, 10)
        """
        years = self.last.year - self.first.year + 1
        if self.first.day != 1 or self.last.day < 28:
            return self
        if self.precision is Precision.MONTH and self.first.month == self.last.month:
            first, last = ((1, 10), (11, 20), (21, self.last.day))[which]
            return Period(self.first.replace(day=first), self.first.replace(day=last), self.precision)
        if self.first.month != 1 or self.last.month != 12:
            return self
        if self.precision is Precision.YEAR and years == 1:
            start = 1 + 4 * which
            stop = month(self.first.year, start + 3)
            return Period(self.first.replace(month=start), stop.last, self.precision)
        if self.precision in (Precision.DECADE, Precision.CENTURY):
            bounds = [0, round(years * 0.4), round(years * 0.7), years]
            first_year = self.first.year + bounds[which]
            last_year = self.first.year + bounds[which + 1] - 1
            return Period(date(first_year, 1, 1), date(last_year, 12, 31), self.precision)
        return self


def day(year: int, number: int, of_month: int) -> Period | None:
    """One day, or None where the calendar has no such day."""
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= number <= 12 and 1 <= of_month <= monthrange(year, number)[1]):
        return None
    found = date(year, number, of_month)
    return Period(found, found, Precision.DAY)


def one(found: date) -> Period:
    """``found`` as a period."""
    return Period(found, found, Precision.DAY)


def month(year: int, number: int) -> Period:
    """A calendar month."""
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]), Precision.MONTH)


def years(first: int, last: int, precision: Precision = Precision.YEAR) -> Period | None:
    """Whole years, or None outside the calendar."""
    if not _FIRST_YEAR <= first <= last <= _LAST_YEAR:
        return None
    return Period(date(first, 1, 1), date(last, 12, 31), precision)


def century(number: int) -> Period | None:
    """The nineteenth: 1800 to 1899, as the press counts."""
    return years(100 * (number - 1) + (number == 1) * _FIRST_YEAR, 100 * number - 1, Precision.CENTURY)


def quarter(year: int, number: int) -> Period | None:
    """A quarter, 1 to 4."""
    return _months(year, 3 * number - 2, 3, Precision.QUARTER) if 1 <= number <= 4 else None


def half(year: int, number: int) -> Period | None:
    """A half year, 1 or 2."""
    return _months(year, 6 * number - 5, 6, Precision.HALF) if 1 <= number <= 2 else None


def season(year: int, number: int) -> Period:
    """Spring (0) begins in March, and so on; the winter of a year is the one that begins in it."""
    return _months(year, 3 + 3 * number, 3, Precision.SEASON)


def _months(year: int, start: int, length: int, precision: Precision) -> Period:
    year, start = year + (start - 1) // 12, (start - 1) % 12 + 1
    stop = start + length - 2
    return Period(date(year, start, 1), month(year + stop // 12, stop % 12 + 1).last, precision)


def week(of: date) -> Period:
    """The week that a day is in."""
    first = of - timedelta(of.weekday())
    return Period(first, first + timedelta(6), Precision.WEEK)


def near(unit: int, on: date, by: int) -> Period | None:
    """The unit ``by`` units from the one that ``on`` is in; None where that leaves the calendar.

    >>> near(MONTH, date(2025, 1, 15), -1).first
    datetime.date(2024, 12, 1)
    """
    if not -9_000 < by < 9_000:
        return None
    try:
        if unit in (DAY, HOUR):
            return one(on + timedelta(by if unit == DAY else int(by / 24)))
        if unit == WEEK:
            return week(on + timedelta(7 * by))
        length = _MONTHS[unit]
        start = (on.year * 12 + on.month - 1) // length * length + by * length
        if start < 12 * _FIRST_YEAR or start + length > 12 * _LAST_YEAR:
            return None
        return _months(start // 12, start % 12 + 1, length, PRECISION[unit])
    except OverflowError:
        return None


def counted(unit: int, on: date, count: int) -> Period | None:
    """The days between ``on`` and the day ``count`` units from it (before it where negative), as exact as the unit."""
    if abs(count) > 9_000:
        return None
    try:
        if unit in (DAY, HOUR, WEEK):
            days = 7 * count if unit == WEEK else count if unit == DAY else int(count / 24) or (1 if count > 0 else -1)
            other = on + timedelta(days)
        else:
            start = on.year * 12 + on.month - 1 + count * _MONTHS[unit]
            if not 12 * _FIRST_YEAR <= start < 12 * _LAST_YEAR:
                return None
            other = date(start // 12, start % 12 + 1, min(on.day, monthrange(start // 12, start % 12 + 1)[1]))
    except OverflowError:
        return None
    return Period(min(on, other), max(on, other), PRECISION[unit])


def hijri(year: int, number: int | None = None, of_month: int | None = None) -> Period | None:
    """A Hijri day, month or year; by the Umm al-Qura calendar for the years that it covers (1343 to 1500), else by the
    tabular one, which may differ by a day or two.

    >>> hijri(1445, 1, 10).first
    datetime.date(2023, 7, 28)
    """
    if not 1 <= year <= 9_000 or not 1 <= (number or 1) <= 12 or not 1 <= (of_month or 1) <= 30:
        return None
    first = _hijri_day(year, number or 1, of_month or 1)
    if first is None:
        return None
    if of_month:
        return one(first)
    year, after = (year, number + 1) if number and number < 12 else (year + 1, 1)
    following = _hijri_day(year, after, 1)
    if following is None:
        return None
    return Period(first, following - timedelta(1), Precision.MONTH if number else Precision.YEAR)


def _hijri_day(year: int, number: int, of_month: int) -> date | None:
    """The day, or None where the month has no such day."""
    from hijridate import Hijri  # only where a text has a Hijri date: not every reader pays for its table

    try:
        if 1343 <= year <= 1500:
            return date.fromordinal(Hijri(year, number, of_month).to_gregorian().toordinal())
        cycle, within = divmod(year - 1, 30)
        days = cycle * _CYCLE + within * 354 + (11 * within + 14) // 30 + (59 * (number - 1) + 1) // 2
        return date.fromordinal(_HIJRA + days + of_month)
    except (ValueError, OverflowError):
        return None


def hijri_year(on: date) -> int:
    """The Hijri year that ``on`` falls in."""
    guess = max(1, (on.year - 622) * 33 // 32)
    for year in range(max(1, guess - 1), guess + 3):
        found = hijri(year)
        if found and found.first <= on <= found.last:
            return year
    return guess
