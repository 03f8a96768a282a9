"""Rules for days: in figures, of a month, of the week, yesterday and tomorrow, clock times."""

from __future__ import annotations

import re
from datetime import date, timedelta

from marsad.text.dates import names, periods
from marsad.text.dates.leaning import SINCE
from marsad.text.dates.periods import Period
from marsad.text.dates.reading import Draft, Reading, Rule
from marsad.text.dates.words import DAY, MONTH, WEAK, WEEK, YEAR

#: A day's name before its number: اليوم (الثلاثاء)، Tuesday, …
_NAMED = r"(?:[jJg][(,]?)?(?:(?P<week>[WV])(?P<mod>[bac])?[).,(-]{0,2}u?)?"
_NUMBER = r"\(?[dofK]\)?"
_NUMBERS = rf"(?P<days>{_NUMBER}(?:(?:,?w?l|[w,-])m?{_NUMBER}){{0,9}})"
#: A year, or what stands for it: 2003, من العام الماضي, of last year.
YEAR_PART = (
    r"(?:[,(]?m?i?[uU]?[,(]?(?P<y>y)\)?(?P<era>e)?|,?m?(?P<unit>U[bac]|tU|[bac]u)"
    r"|(?P<near>[bac])(?:m?(?P<unit2>U[bac]|tU))?)?"
)
_OF_WEEK = r"(?P<of>m?(?:U[bac]|tU|[bac]u))?"
_MONTH = r"m?(?:u(?=[MH]))?(?P<month>[MH])(?:\.(?=y))?"


def _year_of(at: Reading, match: re.Match[str]) -> tuple[bool, int | None, int | None]:
    """Whether the phrase is sound, its year, and the direction of الماضي or المقبل."""
    groups = match.groupdict()
    if groups["y"]:
        return True, at.value(match, "y"), None
    for group in ("unit", "unit2"):
        if groups.get(group):
            signs, start = groups[group], match.start(group)
            return at.unit(signs, start) == YEAR, at.on.year + at.shift(signs, start), None
    if groups["near"]:
        return True, None, at.value(match, "near")
    return True, None, None


def directed(at: Reading, number: int, day: int | None, shift: int) -> Period | None:
    """The day or month last, next or of this year: مايو الماضي, 8 مايو المقبل."""
    year = at.on.year
    found = at.of_year(year, number, day)
    if found is None or shift == 0:
        return found
    if shift < 0:
        return at.of_year(year - (found.last >= at.on) + shift + 1, number, day)
    return at.of_year(year + (found.first <= at.on) + shift - 1, number, day)


def _one_day(at: Reading, match: re.Match[str], day: int, where: tuple[int, int]) -> tuple[Period | None, bool]:
    """The day of the month of ``match``, and whether its year was guessed."""
    sound, year, shift = _year_of(at, match)
    month = at.value(match, "month")
    if not sound:
        return None, False
    if match["month"] == "H":
        if year is None:
            year = at.hijri_year(month, day, at.leaning(*where) if shift is None else SINCE if shift < 0 else shift)
        return (periods.hijri(year, month, day) if year < 1700 else None), False
    if year is not None:
        if match["y"]:
            at.years[month, day] = year
        return at.of_year(year, month, day), False
    if shift is not None:
        return directed(at, month, day, shift), False
    week = at.value(match, "week") if match["week"] else None
    return at.placed(month, day, where, week), True


def _of_month(at: Reading, match: re.Match[str]) -> list[Draft]:
    """16 سبتمبر; الثلاثاء 16 أيلول/سبتمبر 2025; 10 و11 أبريل الجاري; من 3 إلى 5 مايو."""
    text = at.signs.text
    start, stop = at.at(match.start("days"), match.end())
    if names.named(text, start, stop) and not match["week"]:
        return []
    if match["y"] and not match["era"] and names.counts(text, at.signs.stops[match.start("y")]):
        return []
    places = [match.start("days") + i for i, sign in enumerate(match["days"]) if sign in "dofK"]
    rule = "day.hijri" if match["month"] == "H" else "day.calendar"
    found: list[Draft] = []
    for number, place in enumerate(places):
        period, guessed = _one_day(at, match, at.signs.values[place], (match.start("days"), match.end()))
        if period is None:
            return []
        first = place if number or len(places) > 1 else match.start()
        last = match.end() if place == places[-1] else place + 1
        open_year = (at.value(match, "month"), at.signs.values[place]) if guessed else None
        found.append(Draft(first, last, rule, period, open_year))
    return _as_range(at, match, found, rule)


def _as_range(at: Reading, match: re.Match[str], found: list[Draft], rule: str) -> list[Draft]:
    """One draft for 3 إلى 5, 3-5, بين 3 و5; each its own for a list."""
    if len(found) != 2:
        return found
    joint = match["days"].strip("()dofKmu")
    before = at.signs.row[match.start() - 1 : match.start()] if match.start() else ""
    first, last = found[0].period.first, found[1].period.last
    if first > last:
        return found if "w" in joint and "l" not in joint else []
    if any(sign in joint for sign in "l-") or (before == "E" and "w" in joint):
        period = Period(first, last, found[0].period.precision)
        return [Draft(match.start(), match.end(), rule, period, found[1].yearless)]
    return found


def _english(at: Reading, match: re.Match[str]) -> list[Draft]:
    """September 16, 2025; Sept. 16-18; in Arabic only with a year."""
    text = at.signs.text
    month = match.start("month")
    english = text[at.signs.starts[month]].isascii()
    if not english and not match["y"]:
        return []
    last = at.signs.stops[match.end("days") - 1]
    if not match["y"] and (names.counts(text, last) or text[last : last + 1] == "%"):
        return []
    return _of_month(at, match)


def _of_this_month(at: Reading, match: re.Match[str]) -> list[Draft]:
    """15 من الشهر الجاري; 15 الجاري; 12 إلى 15 من الشهر الماضي."""
    signs, start = match["of"], match.start("of")
    if at.signs.row[start - 1] != "m" and "d" not in match["days"]:  # الجولة الأولى الشهر الماضي
        return []
    if len(signs) > 1 and at.unit(signs, start) != MONTH:
        return []
    month = at.relative(MONTH, at.shift(signs, start))
    if month is None:
        return []
    found: list[Draft] = []
    places = [match.start("days") + i for i, sign in enumerate(match["days"]) if sign in "dofK"]
    for place in places:
        day = periods.day(month.first.year, month.first.month, at.signs.values[place])
        if day is None:
            return []
        last = match.end() if place == places[-1] else place + 1
        found.append(Draft(place if len(places) > 1 else match.start(), last, "day.relative", day))
    return _as_range(at, match, found, "day.relative")


def _in_figures(at: Reading, match: re.Match[str]) -> list[Draft]:
    """2025-09-16, 16/9/2025."""
    period = at.signs.dates.get(at.signs.starts[match.start("date")])
    if period is None:
        return []
    return [Draft(match.start(), match.end(), "day.figures", period)]


def _short(at: Reading, match: re.Match[str]) -> list[Draft]:
    """يوم 16/9, بتاريخ 16/9; 9/11, the day of the attacks."""
    start, stop = at.at(*match.span())
    text, day, month = at.signs.text, at.value(match, "day"), at.value(match, "month")
    if stop - start > 5 or text[stop : stop + 1] in ("/", "-", "%"):
        return []
    if names.before(text, start) in ("يوم", "ليوم", "بتاريخ", "تاريخ"):
        period = at.placed(month, day, match.span()) if month <= 12 else None
        return [Draft(match.start(), match.end(), "day.figures", period, (month, day))] if period else []
    if text[start:stop] == "9/11" and at.on.year > 2001 and text[start - 1 : start] in ("", " ", "("):
        attacks = periods.day(2001, 9, 11)
        return [Draft(match.start(), match.end(), "day.calendar", attacks)] if attacks else []
    return []


def _relative(at: Reading, match: re.Match[str]) -> list[Draft]:
    """أمس، أول أمس، اليوم، غدا, with the weekday beside it."""
    place = match.start("day")
    start, stop = at.at(place, place + 1)
    text = at.signs.text
    if match["day"] == "J" and names.other_today(text, start, stop):
        return []
    word, after = text[start:stop], names.after(text, stop)
    if word in ("غد", "الغد") and not match["week"] and names.before(text, start) not in _TO_TOMORROW:
        return []
    if word == "الامس" and after == "القريب":
        return []
    found = at.relative(DAY, at.signs.values[place])
    return [Draft(match.start(), match.end(), "day.relative", found)] if found else []


#: Before غد, which alone may be any time to come.
_TO_TOMORROW = frozenset(
    ("يوم", "صباح", "مساء", "ظهر", "بعد", "فجر", "ليل", "ليله", "عصر", "من", "حتي", "قبل", "ل", "نهار")
)


def _last_night(at: Reading, match: re.Match[str]) -> list[Draft]:
    """الليلة الماضية, last night: the day before."""
    day, text = at.relative(DAY, -1), at.signs.text
    start, stop = at.at(*match.span())
    arabic = match[0] == "Jb" and text.startswith("الليل", start)
    english = match[0] == "b" and text[start:stop].lower() == "last" and names.after(text, stop) == "night"
    if day is None or not (arabic or english):
        return []
    return [Draft(*match.span(), "day.relative", day)]


def _of_week(at: Reading, match: re.Match[str]) -> list[Draft]:
    """الخميس, الخميس الماضي, last Thursday, الأحد من الأسبوع المقبل."""
    place = match.start("week")
    start, stop = at.at(place, place + 1)
    if names.weekly(at.signs.text, start, stop):
        return []
    number, of = at.value(match, "week"), match["of"]
    if of:
        if at.unit(of, match.start("of")) != WEEK:
            return []
        week = at.relative(WEEK, at.shift(of, match.start("of")))
        found: date | None = week.first + timedelta(number) if week else None
    else:
        found = _day_of_week(at, match, number)
    return [Draft(match.start(), match.end(), "day.weekday", periods.one(found))] if found else []


def _day_of_week(at: Reading, match: re.Match[str], number: int) -> date:
    group = "mod" if match["mod"] else "pre" if match["pre"] else ""
    by = at.value(match, group) if group else 0
    if by < 0:
        return at.weekday(number, -1) - timedelta(7 * (at.on.weekday() == number) - 7 * (by + 1))
    if by > 0:
        return at.weekday(number, 1) + timedelta(7 * (at.on.weekday() == number) + 7 * (by - 1))
    lean = at.leaning(match.start(), match.end())
    return at.weekday(number, 1 if group and lean == 0 else lean)


def _clock(at: Reading, match: re.Match[str]) -> list[Draft]:
    """الساعة العاشرة, at 10:30, 10 a.m.: the day of the text, unless one stands beside it."""
    place = match.end() - 1
    if match[0][-1] == "z" and len(match[0]) == 1 and at.signs.sure[place] == WEAK:
        before = at.signs.text[max(0, at.signs.starts[place] - 4) : at.signs.starts[place]]
        if not before.endswith(("at ", "At ", "عند ")):
            return []
    return [Draft(match.start(), match.end(), "clock", periods.one(at.on))]


RULES: tuple[Rule, ...] = (
    ("day.figures", re.compile(rf"{_NAMED}(?P<date>#)e?"), _in_figures),
    ("day.short", re.compile(r"(?P<day>d)/(?P<month>d)"), _short),
    ("day.calendar", re.compile(rf"{_NAMED}{_NUMBERS},?{_MONTH}\)?{YEAR_PART}"), _of_month),
    ("day.english", re.compile(rf"{_NAMED}(?P<month>[MH])(?:\.(?=[do]))?{_NUMBERS}(?!m?[MH]){YEAR_PART}"), _english),
    ("day.month", re.compile(rf"{_NAMED}{_NUMBERS}m?(?P<of>U[bac]|tU|(?<=d)c|[bac]u(?<!cu)|cu)"), _of_this_month),
    ("day.night", re.compile(r"Jb|b"), _last_night),
    ("day.relative", re.compile(r"(?P<day>[jJg](?!o))(?:[(,]?(?P<week>W)\)?)?"), _relative),
    (
        "day.week",
        re.compile(r"(?P<pre>[bact])?(?P<week>W)(?:\)?(?P<mod>[bac]))?(?P<of>m?(?:U[bac]|tU|[bac]u))?"),
        _of_week,
    ),
    ("clock", re.compile(r"h(?:z|\(?[ofdnkK]\)?)|z"), _clock),
)
