"""The date that a feed writes for an entry, in whatever manner, as ISO 8601 with the offset that it was written with.

Feeds should write RFC 822 (RSS), RFC 3339 (Atom, JSON); they also write zones that no standard knows, months in Arabic,
and what a database holds that knows no date. The offset is kept: the day of an article is that of its source.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from marsad.text.dates import dates
from marsad.text.fold import fold_text
from marsad.types import Precision

#: A longer text is no date.
LONGEST = 120
#: Before the first year and after the last a date is what a program writes that has none.
FIRST, LAST = 1900, 2200
#: The first second of 1970, in whatever zone, is what a computer writes for "never".
_NEVER = ("1970-01-01T", "1969-12-31T")

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
#: Hours from UTC of the zones whose name means one thing in the news (RFC 822 section 5.1, and Europe's). AST
#: (Arabia, the Atlantic), CST, IST and BST have several meanings: a time with such a name is kept without offset.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "cet": 1, "met": 1, "cest": 2, "mest": 2, "eet": 2,
    "eest": 3, "msk": 3, "trt": 3, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

_ISO = re.compile(
    r"(\d{4})-0?(\d{1,2})-(\d{1,2})"
    r"(?:(?:T|\s+T?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,12})?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{1,2}|UTC|GMT)?)?",
    re.IGNORECASE | re.ASCII,
)
_RFC = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]{0,7}\.?[\s,-]+(\d{4}|\d{2})(?![\d:])",
    re.IGNORECASE | re.ASCII,
)
_AMERICAN = re.compile(
    r"(?:[a-z]{3,9},?\s+)?([a-z]{3})[a-z]{0,7}\.?\s+(\d{1,2}),?\s+(\d{4})\b", re.IGNORECASE | re.ASCII
)
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?", re.ASCII)
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}", re.ASCII)
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,12})?)?(?![\d:])(?:\s*([ap])\.?m\b\.?|\s*(صباحا|مساء|ص|م)(?!\w))?",
    re.IGNORECASE | re.ASCII,
)
_OFFSET = re.compile(r"(?:(?:GMT|UTC?)\s*)?([+-])(\d{1,2}):?(\d{2})?(?!\d)", re.IGNORECASE | re.ASCII)
_ZONE = re.compile(r"\(?\s*(?:Etc/)?([a-z]{1,5})\b", re.IGNORECASE | re.ASCII)
#: Two days from which a date is counted: what comes out the same names its day by itself.
_EITHER = (date(2001, 6, 15), date(2032, 1, 20))


@lru_cache(maxsize=1024)
def stamp(written: str) -> str | None:
    """The day, and the time with its offset where they are given; None for what names no one day.

    >>> stamp("Tue, 16 Sep 2025 23:30:00 +0300"), stamp("2025-09-16 23:30 GMT+3")
    ('2025-09-16T23:30:00+03:00', '2025-09-16T23:30:00+03:00')
    >>> stamp("الثلاثاء، ١٦ أيلول ٢٠٢٥ 11:30 مساء"), stamp("16 Sep 2025 20:00:00 AST")
    ('2025-09-16T23:30:00', '2025-09-16T20:00:00')
    >>> stamp("yesterday") is stamp("0001-01-01T00:00:00Z") is stamp("2025-09") is None
    True
    """
    if len(written) > LONGEST:
        return None
    text = " ".join(fold_text(written).split())
    found = _figures(text)
    if found is None:
        found = _words(text)
    if not found or not FIRST <= int(found[:4]) <= LAST or found.startswith(_NEVER):
        return None
    return found


def _figures(text: str) -> str | None:
    """The date of a text that is all figures; an empty string where they name no day, None where there are words."""
    if whole := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, zone = whole.groups()
        return _iso((year, month, day), (hour, minute, second), _named_offset(zone or ""))
    if whole := _BASIC.fullmatch(text):
        year, month, day, hour, minute, second, zone = whole.groups()
        if basic := _iso((year, month, day), (hour, minute, second), _named_offset(zone or "")):
            return basic
    if whole := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(whole[1]), tz=UTC).isoformat()
    return None


def _words(text: str) -> str:
    """The date of a text with words in it: month, weekday, zone."""
    time = _TIME.search(text)
    clock, offset = ("", "", ""), ""
    rest = text
    if time:
        hour, minute, second, half, arabic = time.groups()
        after = text[time.end() :].strip()
        offset, after = _zone(after)
        clock = (_hour(hour, (half or arabic or "").lower()), minute, second or "")
        rest = f"{text[: time.start()].strip(' ,-–|T')} {after}".strip()
    named = _RFC.match(rest)
    day, month, year = named.groups() if named else ("", "", "")
    if not named and (named := _AMERICAN.match(rest)):
        month, day, year = named.groups()
    if named and (number := _MONTHS.get(month.lower())):
        return _iso((_year(year), str(number), day), clock, offset)
    slashed = _SLASHED.search(rest)
    if slashed and time and time[4] and slashed[1] != slashed[2] and int(slashed[1]) <= 12 and int(slashed[2]) <= 12:
        return ""  # 9/3/2025 11:30 PM: March, or September as Americans write it
    return _iso(_read(rest), clock, offset)


def _read(text: str) -> tuple[str, str, str]:
    """Year, month, day of the one day that ``text`` names by itself, as Marsad reads dates in articles."""
    found = []
    for on in _EITHER:
        named = [one for one in dates(text, on) if one.precision == Precision.DAY and one.first == one.last]
        found.append({one.first for one in named})
    both = found[0] & found[1]
    if len(both) != 1:
        return "", "", ""
    day = both.pop()
    return str(day.year), str(day.month), str(day.day)


def _hour(hour: str, half: str) -> str:
    """The hour of 24, of one that may be of the morning (a, ص) or the evening (p, م)."""
    number = int(hour)
    if half in ("p", "م", "مساء") and number < 12:
        number += 12
    elif half in ("a", "ص", "صباحا") and number == 12:
        number = 0
    return str(number)


def _year(written: str) -> str:
    """A year of four digits: of two, RFC 2822 section 4.3 puts 50 to 99 into the last century."""
    if len(written) == 4:
        return written
    return ("19" if int(written) >= 50 else "20") + written


def _zone(after: str) -> tuple[str, str]:
    """The offset that ``after``, what stands behind a time, begins with ("" for none or one that is unclear)."""
    if offset := _OFFSET.match(after):
        sign, hours, minutes = offset.groups()
        return _offset(sign, int(hours), int(minutes or 0)), after[offset.end() :].strip()
    if zone := _ZONE.match(after):
        return _named_offset(zone[1]), after[zone.end() :].strip(" )")
    return "", after


def _named_offset(zone: str) -> str:
    """The offset of a zone by its name or its figures, such as ``+03:00``; "" where it is not known."""
    if figures := _OFFSET.fullmatch(zone):
        return _offset(figures[1], int(figures[2]), int(figures[3] or 0))
    hours = _ZONES.get(zone.lower())
    return "" if hours is None else _offset("-" if hours < 0 else "+", abs(hours), 0)


def _offset(sign: str, hours: int, minutes: int) -> str:
    """An offset as ISO 8601 has it; "" for one that no clock on earth shows (they go from -12:00 to +14:00)."""
    if hours > 14 or minutes > 59:
        return ""
    return f"{sign if hours or minutes else '+'}{hours:02d}:{minutes:02d}"


def _iso(day: tuple[str, str, str], clock: tuple[str | None, str | None, str | None], offset: str) -> str:
    """The date as ISO 8601, without a time that does not exist; "" for a day that does not."""
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        known = date(*map(int, day))
        if (hour, minute, second) == (24, 0, 0):  # ISO 8601: the end of a day
            known, hour = known + timedelta(days=1), 0
    except (ValueError, OverflowError):
        return ""
    if not clock[0] or minute > 59 or hour > 23:
        return known.isoformat()
    return f"{known}T{hour:02d}:{minute:02d}:{min(second, 59):02d}{offset}"
