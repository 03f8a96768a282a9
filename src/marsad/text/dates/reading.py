"""What the rules share: the signs of a text, its day, and how a date that lacks its year or week is placed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from marsad.text.dates import names, periods
from marsad.text.dates.leaning import SINCE, leaning
from marsad.text.dates.periods import Period
from marsad.text.dates.signs import Signs

#: A year without a word beside it is one of these.
_BARE_YEARS = range(1800, 2101)
#: A day of the year of publication farther off than this is rather one of the year before or after, in days.
_FAR_AHEAD, _FAR_BACK = 215, 300
#: Nobody announces for next year's tenth of May on the eleventh, nor calls back the next month's as last year's.
_JUST_PAST, _SOON = 15, 100
#: How far the days of a programme may stand from each other, in characters.
_PROGRAMME = 600


@dataclass(slots=True)
class Draft:
    """A date found at the signs ``start`` to ``stop``. ``yearless`` where its year was guessed: month and day."""

    start: int
    stop: int
    rule: str
    period: Period
    yearless: tuple[int, int | None] | None = None


@dataclass(slots=True)
class Reading:
    """The signs of one text and the day that it counts from, and what was read so far."""

    signs: Signs
    on: date
    years: dict[tuple[int, int], int] = field(default_factory=dict)
    lean: tuple[int, int] = (-_PROGRAMME, 0)

    def value(self, match: re.Match[str], group: str) -> int:
        """The value of the first sign of a group that matched."""
        return self.signs.values[match.start(group)]

    def at(self, start: int, stop: int) -> tuple[int, int]:
        """Where in the text the signs ``start`` to ``stop`` stand."""
        return self.signs.starts[start], self.signs.stops[stop - 1]

    def leaning(self, start: int, stop: int) -> int:
        """-1, 0 or 1: what was, what nothing tells of, what is to come."""
        return leaning(self.signs.text, *self.at(start, stop))

    def shift(self, signs: str, start: int) -> int:
        """How many units on or back: the value of b, a, c; 0 where there is none (هذا, or nothing)."""
        return next((self.signs.values[start + at] for at, sign in enumerate(signs) if sign in "bac"), 0)

    def unit(self, signs: str, start: int) -> int:
        """The unit among ``signs``."""
        return next(self.signs.values[start + at] for at, sign in enumerate(signs) if sign in "uU23PQ")

    def placed(self, month: int, day: int | None, where: tuple[int, int], weekday: int | None = None) -> Period | None:
        """A day or month without a year: as its neighbours and the verb beside it say, else near ``on``."""
        text, (start, stop) = self.signs.text, self.at(*where)
        fits = [year for year in range(self.on.year - 1, self.on.year + 2) if self._fits(year, month, day, weekday)]
        if weekday is not None and len(fits) == 1:
            return self.of_year(fits[0], month, day)
        known = names.known_year(text, start, stop, month, day)
        if known and known <= self.on.year:
            return self.of_year(known, month, day)
        lean = leaning(text, start, stop)
        if day and lean <= 0 and (month, day) in self.years:
            return self.of_year(self.years[month, day], month, day)
        if lean == 0 and start - self.lean[0] < _PROGRAMME:
            lean = self.lean[1]
        self.lean = (stop, lean)
        return self.of_year(self._nearest(month, day, lean), month, day)

    def _fits(self, year: int, month: int, day: int | None, weekday: int | None) -> bool:
        found = self.of_year(year, month, day)
        return found is not None and found.first.weekday() == weekday

    def _nearest(self, month: int, day: int | None, lean: int) -> int:
        """The year of the month or day that is meant from where the text stands."""
        year = self.on.year
        found = self.of_year(year, month, day) or periods.month(year, month)
        ahead = (found.first - self.on).days
        back = (self.on - found.last).days
        if lean > 0:
            return year + (back > _JUST_PAST)
        if lean < 0:
            return year - (ahead > (0 if lean == SINCE else _SOON))
        return year - (ahead > _FAR_AHEAD) + (back > _FAR_BACK)

    @staticmethod
    def of_year(year: int, month: int, day: int | None) -> Period | None:
        """The day or the month of a year."""
        if day:
            return periods.day(year, month, day)
        return periods.month(year, month) if 2 <= year <= 9990 else None

    def weekday(self, number: int, lean: int) -> date:
        """The nearest day of that name: today or after with ``lean`` 1, today or before else."""
        if lean > 0:
            return self.on + timedelta((number - self.on.weekday()) % 7)
        return self.on - timedelta((self.on.weekday() - number) % 7)

    def bare_year(self, at: int) -> Period | None:
        """The four figures at a sign, if they are a year with nothing but their neighbours to say so."""
        number = self.signs.values[at]
        if number not in _BARE_YEARS or not names.year_stands(self.signs.text, *self.at(at, at + 1)):
            return None
        return periods.years(number, number)

    def relative(self, unit: int, by: int) -> Period | None:
        """This, last, next week, month, quarter, year, decade, century."""
        return periods.near(unit, self.on, by)

    def hijri_year(self, month: int, day: int | None, lean: int) -> int:
        """The Hijri year of a month without one: the nearest in the direction that the text leans to."""
        year = periods.hijri_year(self.on)
        found = periods.hijri(year, month, day) or periods.hijri(year, month)
        if found is None:
            return year
        ahead, back = (found.first - self.on).days, (self.on - found.last).days
        if lean > 0:
            return year + (back > _JUST_PAST)
        if lean < 0:
            return year - (ahead > (0 if lean == SINCE else _SOON))
        return year - (ahead > 180) + (back > 180)


#: A rule: its id, the signs that it reads, and what it makes of them (nothing where they are no date after all).
Rule = tuple[str, re.Pattern[str], Callable[[Reading, re.Match[str]], list[Draft]]]
