"""Rules for weeks, months and years: named, numbered, last, this, next; ranges of years."""

from __future__ import annotations

import re

from marsad.text.dates import names, periods
from marsad.text.dates.days import YEAR_PART, directed
from marsad.text.dates.leaning import SINCE
from marsad.text.dates.periods import Period
from marsad.text.dates.reading import Draft, Reading, Rule
from marsad.text.dates.words import CUED, DAY, HALF, HOUR, MONTH, QUARTER, SAFE, WEAK, WEEK, YEAR

PART = r"(?:(?P<part>p)-?m?)?"


def draft(at: Reading, match: re.Match[str], rule: str, period: Period | None) -> list[Draft]:
    """The period, or its early, middle or late part where the phrase says so."""
    if period is None:
        return []
    if match.groupdict().get("part") and not _from_then_on(at, match):
        period = period.part(at.value(match, "part"))
    return [Draft(match.start(), match.end(), rule, period)]


def _from_then_on(at: Reading, match: re.Match[str]) -> bool:
    """بداية من: from then on, and no part."""
    return at.signs.row[match.start() + 1] == "m" and not at.signs.text[at.signs.starts[match.start()]].isascii()


def _month(at: Reading, match: re.Match[str]) -> list[Draft]:
    """سبتمبر 2003, شهر رمضان, مارس الماضي, last September, مطلع مايو."""
    text, place = at.signs.text, match.start("month")
    start, stop = at.at(place, place + 1)
    number, groups = at.value(match, "month"), match.groupdict()
    year: int | None = None
    shift: int | None = at.value(match, "pre") if groups["pre"] else None
    if groups["y"]:
        if not groups["era"] and names.counts(text, at.signs.stops[match.start("y")]):
            return []
        year = at.value(match, "y")
    elif groups["unit"] or groups["unit2"]:
        group = "unit" if groups["unit"] else "unit2"
        if at.unit(groups[group], match.start(group)) != YEAR:
            return []
        year = at.on.year + at.shift(groups[group], match.start(group))
    elif groups["near"]:
        shift = at.value(match, "near")
    if groups["pre"] and not text[at.signs.starts[match.start("pre")]].isascii():
        return []
    plain = year is None and shift is None
    if names.named(text, start, stop) or (plain and not _month_stands(at, match, place)):
        return []
    rule = "month.hijri" if groups["month"] == "H" else "month.calendar"
    found = draft(at, match, rule, _month_period(at, match, number, year, shift))
    if found and plain and rule == "month.calendar":
        found[0].yearless = (number, None)
    return found


def _month_period(at: Reading, match: re.Match[str], number: int, year: int | None, shift: int | None) -> Period | None:
    where = (match.start("month"), match.start("month") + 1)
    if match["month"] == "H":
        if year is None:
            lean = at.leaning(*where) if shift is None else SINCE if shift < 0 else shift
            year = at.hijri_year(number, None, lean)
        return periods.hijri(year, number) if year < 1700 else None
    if year is not None:
        return at.of_year(year, number, None)
    if shift is not None:
        return directed(at, number, None, shift)
    return at.placed(number, None, where)


def _month_stands(at: Reading, match: re.Match[str], place: int) -> bool:
    """Whether a month with neither day nor year is one: no other word, no name, no part of a day that is none."""
    text, sure = at.signs.text, at.signs.sure[place]
    start, stop = at.at(place, place + 1)
    if match["part"] or match["of"]:
        return True
    if at.signs.row[place - 1 : place] in ("d", "o", "f") and place:
        return False
    before, english = text[max(0, start - 12) : start], text[start].isascii()
    if english:
        return sure != WEAK and (
            _CUE_EN.search(before) is not None or (sure == SAFE and not _CAPITAL.match(text, stop))
        )
    if sure == WEAK and match["month"] == "M":  # في آب, منذ جوان; but not a father, a queen's name
        return _IN.search(before) is not None
    if match["month"] == "H":
        return sure == CUED and _IN.search(before) is not None
    return sure == SAFE or (sure == CUED and _CUE.search(before) is not None)


#: The year of something, which is not the calendar's.
_OWN_YEARS = frozenset(("of", "من", "الماليه", "الدراسيه", "الدراسي", "الهجري", "الهجريه", "المالي", "الاول", "الثاني"))
_IN = re.compile(r"(?:(?<!\w)[وف]?(?:في|منذ|خلال|حتي|بحلول|قبل|بعد|طوال|حلول|بدايه|نهايه)\s\(?)$")
_CUE = re.compile(
    r"(?:(?<!\w)[وف]?(?:في|منذ|خلال|حتي|الي|بحلول|قبل|بعد|طوال|اشهر|شهري|من|بين)\s\(?"
    r"|(?<!\w)[وف]?[بل]|[/،] ?|(?<!\w)و)$"
)
_CUE_EN = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ee]arly|[Ll]ate|[Mm]id|and|to|from|through|between|of)[ -]$")
_CAPITAL = re.compile(r" [A-Z]")


def _relative(at: Reading, match: re.Match[str]) -> list[Draft]:
    """العام الماضي, هذا الأسبوع, next month, مطلع العام, the end of the year."""
    signs, start = match["unit"], match.start("unit")
    unit = at.unit(signs, start)
    bare = len(signs) == 1
    text, (first, last) = at.signs.text, at.at(match.start("unit"), match.end("unit"))
    if unit in (DAY, HOUR, HALF) or names.same(text, last):
        return []
    if signs[0] == "u" and not bare and abs(at.shift(signs, start)) < 2:  # the week before last, but not عام القادم
        return []
    if bare and (not match["part"] or unit not in (WEEK, MONTH, YEAR) or names.after(text, last) in _OWN_YEARS):
        return []
    if unit == QUARTER and "فصل" in text[first : first + 5]:  # الفصل الماضي is a term or a chapter
        return []
    if not bare and unit == YEAR and names.public(text, first):
        return []
    if text[first : first + 4] in ("past", "Past"):
        return draft(at, match, "span.relative", periods.counted(unit, at.on, -1))
    rule = f"{periods.PRECISION[unit]}.relative"
    return draft(at, match, rule, at.relative(unit, at.shift(signs, start)))


def _years(at: Reading, match: re.Match[str]) -> list[Draft]:
    """عام 2003, عامي 2002 و2003, سنة 1446 هـ."""
    if at.value(match, "unit") != YEAR:
        return []
    found: list[Draft] = []
    for place in (match.start("years") + i for i, sign in enumerate(match["years"]) if sign in "yndk"):
        number = at.signs.values[place]
        hijri = at.signs.row[place + 1 : place + 2] == "e" and at.signs.values[place + 1] == 1
        if at.signs.row[place] != "y" and not hijri:
            return []
        period = periods.hijri(number) if hijri else periods.years(number, number)
        if period is None:
            return []
        if match["part"]:
            period = period.part(at.value(match, "part"))
        first = match.start() if not found else place
        stop = place + 2 if at.signs.row[place + 1 : place + 2] == "e" else place + 1
        found.append(Draft(first, stop, "year.hijri" if hijri else "year.calendar", period))
    return found


def _bare(at: Reading, match: re.Match[str]) -> list[Draft]:
    """2003م, في 2004, the 2003 invasion, 1445هـ; 2014-2017, 2014-17."""
    place = match.start("y")
    number = at.signs.values[place]
    if match["era"]:
        hijri = at.value(match, "era") == 1
        period = periods.hijri(number) if hijri else periods.years(number, number)
        return draft(at, match, "year.hijri" if hijri else "year.calendar", period)
    if match["to"]:
        return _year_range(at, match, place, number)
    return draft(at, match, "year.calendar", at.bare_year(place) or _after_part(at, match, number))


def _after_part(at: Reading, match: re.Match[str], number: int) -> Period | None:
    """مطلع 2024, late 2024: the part says that it is a year."""
    return periods.years(number, number) if match["part"] and 1800 <= number <= 2100 else None


def _year_range(at: Reading, match: re.Match[str], place: int, number: int) -> list[Draft]:
    text, (start, _) = at.signs.text, at.at(place, place + 1)
    to, begin, stop = at.value(match, "to"), at.signs.starts[match.start("to")], at.signs.stops[match.end("to") - 1]
    if match["to"] != "y":
        if at.signs.stops[place] + 1 != begin or stop - begin != 2:
            return []
        slash = match[0][match.start("to") - match.start() - 1] == "/"
        if slash and to != (number + 1) % 100:  # 2016/75 numbers something
            return []
        if to <= 12 and to != number % 100 + 1:  # 2024-09 is a month
            return draft(at, match, "month.figures", at.of_year(number, to, None)) if to else []
        to += number // 100 * 100
    elif at.signs.stops[place] + 12 < begin:
        return []
    if not (1500 <= number < to <= 2100) or names.numbered(text, start):
        return []
    if names.counts(text, stop):
        return []
    return draft(at, match, "year.range", periods.years(number, to))


RULES: tuple[Rule, ...] = (
    ("month", re.compile(rf"{PART}(?P<pre>[bac])?(?P<of>u)?(?P<month>[MH])(?:\.(?=y))?{YEAR_PART}"), _month),
    ("years", re.compile(
        rf"{PART}(?P<unit>[uU2PQ])~?(?P<years>\(?(?:y|[nd](?=e))e?\)?(?:[w,](?:y|[nd](?=e))e?){{0,9}})(?!(?:[-/]|l)[ynd])"
    ), _years),
    ("year", re.compile(
        rf"{PART}(?:[uU2PQ]m?\(?)?(?P<y>y)(?:(?P<era>e)|(?:[-/l]|(?<=Ey)w|(?<=E[2u]y)w)[uU]?(?P<to>[ydn]))?"
    ), _bare),
    ("relative", re.compile(rf"{PART}(?P<unit>U[bac]|tU|[bac]u|u[ba]|U|u)"), _relative),
)  # fmt: skip
