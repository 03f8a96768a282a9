"""Rules for parts and sums of years: quarters, halves, seasons, decades, centuries."""

from __future__ import annotations

import re
from datetime import date

from marsad.text.dates import names, periods
from marsad.text.dates.periods import Period
from marsad.text.dates.reading import Draft, Reading, Rule
from marsad.text.dates.spans import PART, draft
from marsad.text.dates.words import CENTURY, DECADE, HALF, MONTH, QUARTER, YEAR
from marsad.types import Precision

#: What a quarter or half is of: 2024, العام الماضي, the year, القرن العشرين, سبتمبر.
_OF = r"m?(?:[uU]?\(?(?P<y>y)\)?e?|(?P<unit>U(?:[bac]|(?P<which>[oK]))?|tU|[bac]u|u(?!M))|u?(?P<month>M)(?P<my>y)?)"
_YEAR = r"m?(?:[uU]?\(?(?P<y>y)\)?e?|(?P<unit>U[bac]|tU|[bac]u))"


def _year(at: Reading, match: re.Match[str]) -> int | None:
    """The year of the group y or unit."""
    if match["y"]:
        return at.value(match, "y")
    signs, start = match["unit"], match.start("unit")
    if at.unit(signs, start) != YEAR or names.same(at.signs.text, at.signs.stops[match.end("unit") - 1]):
        return None
    return at.on.year + at.shift(signs, start)


def _quarter(at: Reading, match: re.Match[str]) -> list[Draft]:
    """الربع الأول من 2024, the third quarter, Q3 2024, النصف الأول من العام, the second half of May."""
    unit, number = _which(at, match)
    if unit == HALF and match["month"]:
        return _half_month(at, match, number)
    if unit == HALF and match["unit"] and at.unit(match["unit"], match.start("unit")) != YEAR:
        return _half_of(at, match, at.unit(match["unit"], match.start("unit")), number)
    if unit not in (QUARTER, HALF) or match["month"]:
        return []
    year = _year(at, match) if match["y"] or match["unit"] else _quarter_year(at, match, unit, number)
    if year is None:
        return []
    found = periods.quarter(year, number) if unit == QUARTER else periods.half(year, number)
    return draft(at, match, f"{periods.PRECISION[unit]}.calendar", found)


def _which(at: Reading, match: re.Match[str]) -> tuple[int, int]:
    """Quarter or half, and its number."""
    if match["short"]:
        return divmod(at.value(match, "short"), 10)
    first, last = at.value(match, "what"), at.signs.values[match.end("what") - 1]
    if match["what"][0] == "U":
        unit, number = first, last
    else:
        unit, number = last, first
    if number < 0:  # الأخير, the last
        number = 4 if unit == QUARTER else 2
    return unit, number


def _quarter_year(at: Reading, match: re.Match[str], unit: int, number: int) -> int | None:
    """The year of a quarter that names none: the latest that has begun, or the next where the text looks ahead."""
    text, (start, stop) = at.signs.text, at.at(*match.span())
    before = at.signs.row[match.start() - 1 : match.start()] if match.start() else ""
    if unit == HALF or match["short"] or before != "i" or text[start : start + 5] == "الفصل":
        return None
    if names.after(text, stop) in ("من", "of"):
        return None
    now = periods.quarter(at.on.year, number)
    if now is None:
        return None
    lean = at.leaning(*match.span())
    return at.on.year - (now.first > at.on and lean <= 0) + (now.last < at.on and lean > 0)


def _half_month(at: Reading, match: re.Match[str], number: int) -> list[Draft]:
    """النصف الثاني من سبتمبر: as a month, from the sixteenth."""
    month, where = at.value(match, "month"), (match.start("month"), match.end("month"))
    whole = at.of_year(at.value(match, "my"), month, None) if match["my"] else at.placed(month, None, where)
    return draft(at, match, "month.half", _halved(whole, number))


def _half_of(at: Reading, match: re.Match[str], unit: int, number: int) -> list[Draft]:
    """النصف الثاني من القرن العشرين, the first half of last month."""
    signs, start = match["unit"], match.start("unit")
    if unit == CENTURY and match["which"]:
        whole = periods.century(at.value(match, "which"))
    elif unit in (MONTH, DECADE, CENTURY) and (len(signs) > 1 or unit == MONTH):
        whole = at.relative(unit, at.shift(signs, start))
    else:
        return []
    return draft(at, match, f"{periods.PRECISION[unit]}.half", _halved(whole, number))


def _halved(whole: Period | None, number: int) -> Period | None:
    if whole is None or number not in (1, 2):
        return None
    if whole.precision is Precision.MONTH:
        middle = whole.first.replace(day=15 + number - 1)
    else:
        year = whole.first.year + (whole.last.year - whole.first.year + 1) // 2
        middle = date(year - 1, 12, 31) if number == 1 else date(year, 1, 1)
    return Period(whole.first, middle, whole.precision) if number == 1 else Period(middle, whole.last, whole.precision)


def _season(at: Reading, match: re.Match[str]) -> list[Draft]:
    """صيف 2014, الشتاء الماضي, last summer, the summer of 2014."""
    number = at.value(match, "season")
    start = at.signs.starts[match.start("season")]
    if match["y"] or match["unit"]:
        year = _year(at, match)
        return draft(at, match, "season.calendar", periods.season(year, number) if year else None)
    group = "pre" if match["pre"] else "mod"
    if not match[group]:
        return []
    if at.signs.text[start : start + 2] != "ال" and not at.signs.text[start].isascii() and match["mod"]:
        return []
    by = at.value(match, group)
    year = at.on.year
    found = periods.season(year, number)
    if number == 3 and at.on.month < 3:
        found, year = periods.season(year - 1, 3), year - 1
    if by < 0:
        year -= found.last >= at.on
    elif by > 0:
        year += found.first <= at.on
    return draft(at, match, "season.relative", periods.season(year, number))


def _decade(at: Reading, match: re.Match[str]) -> list[Draft]:
    """التسعينيات, تسعينيات القرن الماضي, the 1990s; not an age."""
    place = match.start("decade")
    text, (start, stop) = at.signs.text, at.at(place, place + 1)
    if names.aged(text, stop):
        return []
    first = at.signs.values[place]
    if match["century"]:
        signs, begin = match["century"], match.start("century")
        if at.unit(signs, begin) != CENTURY:
            return []
        base = at.value(match, "which") if match["which"] else at.on.year // 100 + 1 + at.shift(signs, begin)
        first = first % 100 + 100 * (base - 1)
    elif text[start:stop].isalpha() and text[start].isascii() and not _THE.search(text[max(0, start - 20) : start]):
        return []
    return draft(at, match, "decade.calendar", periods.years(first, first + 9, Precision.DECADE))


_THE = re.compile(r"(?:the|early|mid|late)[ -](?:early |mid-?|late |middle )?$", re.IGNORECASE)


def _century(at: Reading, match: re.Match[str]) -> list[Draft]:
    """القرن العشرين, the 19th century, العقد الأول من القرن الحالي."""
    place = match.start("unit")
    if at.signs.values[place] != CENTURY:
        return []
    group = "second" if match["second"] else "which" if match["which"] else "mod"
    number = at.value(match, group) + (at.on.year // 100 + 1 if group == "mod" else 0)
    if not 1 <= number <= 22 or names.after(at.signs.text, at.signs.stops[match.end() - 1]) in ("قبل", "BC", "BCE"):
        return []
    if match["era"] and at.value(match, "era") == 1:
        begin, end = periods.hijri(100 * number - 99), periods.hijri(100 * number)
        ends = Period(begin.first, end.last, Precision.CENTURY) if begin and end else None
        return draft(at, match, "century.hijri", ends) if not match["part"] and not match["decade"] else []
    if match["decade"]:
        nth = at.value(match, "nth")
        if at.signs.values[match.start("decade")] != DECADE or nth > 10:
            return []
        first = 100 * (number - 1) + 10 * (nth - 1)
        return draft(at, match, "decade.calendar", periods.years(first, first + 9, Precision.DECADE))
    return draft(at, match, "century.calendar", periods.century(number))


RULES: tuple[Rule, ...] = (
    ("quarter", re.compile(rf"{PART}(?:(?P<what>Uo|UL|o-?u|bu(?=m[uUbact]*[yuU]))|(?P<short>q))(?:{_OF})?"), _quarter),
    ("season", re.compile(rf"{PART}(?P<pre>[bac])?(?P<season>[SZ])(?:(?P<mod>[bac])|{_YEAR})?"), _season),
    ("decade", re.compile(rf"{PART}(?P<decade>v)(?P<century>m?U(?:[bac]|(?P<which>[oK])))?"), _decade),
    ("century", re.compile(
        rf"{PART}(?:(?P<decade>U)(?P<nth>o)m?)?(?P<unit>U)"
        r"(?:(?P<which>[oK])(?:e?/(?P<second>[oK]))?(?P<era>e)?|(?P<mod>[bac]))"
    ), _century),
    ("century.english", re.compile(
        rf"{PART}(?P<decade>(?!))?(?P<nth>(?!))?(?P<mod>(?!))?(?P<era>(?!))?(?P<second>(?!))?(?P<which>[od])-?(?P<unit>u)"
    ), _century),
)  # fmt: skip
