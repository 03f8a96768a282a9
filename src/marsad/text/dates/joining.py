"""Dates that belong together: ends of a range, one day in two calendars, a clock time and its day."""

from __future__ import annotations

import re
from datetime import timedelta

from marsad.text.dates.periods import Period
from marsad.text.dates.reading import Draft, Reading
from marsad.types import Precision

_TO = re.compile(r"\)?,?w?i?(?:l|[-])m?i?,?\(?|\)?,?w?l")
_AND = re.compile(r",?wE?m?")
#: How many signs may stand between a clock time and the day in its sentence that it belongs to.
_CLOCK_REACH = 14
_SAME_DAY = re.compile(r"\W{0,3}(?:ه\s?)?[،,(]?\s?(?:ال)?(?:موافق|مصادف)(?:\s?(?:ل|ليوم|يوم))?\s?[(]?\s?")


def joined(at: Reading, drafts: list[Draft]) -> list[Draft]:
    """The drafts in their order, with those made one that name one time."""
    found: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: draft.start):
        if found and draft.rule != "clock" and found[-1].rule != "clock":
            whole = _range(at, found, draft) or _same(at, found[-1], draft)
            if whole is not None:
                found[-1] = whole
                continue
            _lend_year(at, found[-1], draft)
        found.append(draft)
    for draft in found:
        _unbracket(at, draft)
    return _with_clocks(at, found)


def _lend_year(at: Reading, first: Draft, last: Draft) -> None:
    """June and July 2024: a day or month takes the year of the later one in its list."""
    if not first.yearless or last.yearless or first.period.precision != last.period.precision:
        return
    if at.signs.row[first.stop : last.start] not in ("w", ",", ",w") or not last.rule.endswith(".calendar"):
        return
    found = at.of_year(last.period.first.year, *first.yearless)
    if found and found.first < last.period.first:
        first.period = found


def _unbracket(at: Reading, draft: Draft) -> None:
    """Leaves a bracket outside that was opened before."""
    row = at.signs.row
    while row[draft.stop - 1] == ")" and "(" not in row[draft.start : draft.stop]:
        draft.stop -= 1


def _range(at: Reading, found: list[Draft], last: Draft) -> Draft | None:
    """من 28 أبريل إلى 3 مايو: first to last."""
    first = found[-1]
    between = at.signs.row[first.stop : last.start]
    if not between or len(between) > 6:
        return None
    opened = at.signs.row[first.start - 1 : first.start] == "E" if first.start else False
    night = between == "/" and first.rule == last.rule == "day.weekday"  # ليل السبت/الأحد
    if not (night or _TO.fullmatch(between) or (opened and _AND.fullmatch(between))):
        return None
    dash = between.strip("(),m") == "-"
    kinds = {first.period.precision, last.period.precision}
    if len(kinds) > 1 and (dash or not kinds <= {Precision.DAY, Precision.MONTH, Precision.YEAR}):
        return None
    start = first.period
    if first.yearless and start.first.year != last.period.first.year:
        start = at.of_year(last.period.first.year, *first.yearless) or start
    if first.yearless and start.first > last.period.last:
        start = at.of_year(last.period.first.year - 1, *first.yearless) or start
    end = last.period
    if last.yearless and not first.yearless and start.first > end.last:
        end = at.of_year(start.first.year + 1, *last.yearless) or end
    if first.rule == last.rule == "day.weekday":  # من السبت إلى الاثنين المقبل: the Saturday before that Monday
        day = end.first - timedelta((end.first - start.first).days % 7)
        start = Period(day, day, Precision.DAY)
    if start.first > end.last or (first.rule == "day.weekday" and (end.last - start.first).days > 7):
        return None
    return Draft(first.start, last.stop, "range", Period(start.first, end.last, _coarser(start, end)), last.yearless)


def _coarser(one: Period, two: Period) -> Precision:
    order = list(Precision)
    return max(one.precision, two.precision, key=order.index)


def _same(at: Reading, first: Draft, last: Draft) -> Draft | None:
    """15 رمضان 1446 الموافق 15 مارس 2025: one day, the Gregorian one."""
    text = at.signs.text
    between = text[at.signs.stops[first.stop - 1] : at.signs.starts[last.start]]
    if len(between) > 24 or not _SAME_DAY.fullmatch(between):
        return None
    civil = first if last.rule == "day.hijri" else last
    return Draft(first.start, last.stop, civil.rule, civil.period)


def _with_clocks(at: Reading, drafts: list[Draft]) -> list[Draft]:
    """Clock times take the day beside them, else the nearest in the sentence, else the day of the text."""
    found: list[Draft] = []
    for number, draft in enumerate(drafts):
        if draft.rule == "clock":
            beside = [drafts[i] for i in (number + 1, number - 1) if 0 <= i < len(drafts) and drafts[i].rule != "clock"]
            days = [day for day in beside if day.period.precision is Precision.DAY and _near(at, draft, day)]
            if days:
                draft.period = days[0].period
        found.append(draft)
    return found


def _near(at: Reading, one: Draft, two: Draft) -> bool:
    first, last = (one, two) if one.start < two.start else (two, one)
    between = at.signs.row[first.stop : last.start]
    text = at.signs.text[at.signs.stops[first.stop - 1] : at.signs.starts[last.start]]
    return len(between) <= _CLOCK_REACH and "N" not in between and not re.search(r"[.!?؟]\s", text)
