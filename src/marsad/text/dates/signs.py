"""A text as a row of signs (:mod:`marsad.text.dates.words`): what can be part of a date, and x for the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from marsad.text.dates import periods
from marsad.text.dates.words import COMPOUND, DAY, HALF, QUARTER, SAFE, WEAK, Word, lexicon

_TOKEN = re.compile(
    r"(?P<date>(?<![\d./-])\d{1,4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,4}(?!\d|[-/.]\d))"
    r"|(?P<clock>(?<![\d:])\d{1,2}(?::\d{2}){1,2}(?!\d)(?:\s?(?:[ap]\.?m\b\.?|[AP]M\b|GMT\b))?"
    r"|(?<![\d.,:])\d{1,2}\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b))"
    r"|(?P<number>\d+(?:[,٬]\d{3}(?!\d))*(?:[.٫]\d+)?)(?P<ending>(?:st|nd|rd|th|s)(?![A-Za-z]))?"
    r"|\b(?P<part>[QH][1-4])\b"
    r"|(?P<word>[^\W\d_]+(?:-first)?)"
    r"|(?P<line>\n)|(?P<mark>[^\s\w]|_)"
)
_MARKS = frozenset(",،.()[]-/:–—‒")
_SAME_MARK = {"،": ",", "–": "-", "—": "-", "‒": "-", "[": "(", "]": ")"}
#: Signs without any of which there is no date.
_ANCHORS = frozenset("dyMHCWVUu23PQSZbacjJgv#zhqLB")
#: What several signs make together, before there is any grammar.
_MERGED = re.compile(
    r"(?P<compound>[CS][oO])|(?P<pair>M(?:[/-]|\()?M\)?)|(?P<relative>Rr)"
    r"|(?P<twice>fm?j|jo|uAj|Aj)|(?P<after>uFg|Fg)|(?P<farther>Ab(?!u)|Fa(?!u))"
    r"|(?P<ordinal>[oK]wK|ok)|(?P<cardinal>kwk|kk)"
)


@cache
def _lexicon() -> dict[str, Word]:
    return lexicon()


@dataclass(slots=True)
class Signs:
    """The signs of a folded text: ``row[i]`` stands for ``text[starts[i]:stops[i]]`` and has ``values[i]``."""

    text: str
    row: str = ""
    starts: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    sure: list[int] = field(default_factory=list)
    dates: dict[int, periods.Period] = field(default_factory=dict)


def signs(text: str, on: date) -> Signs:
    """The signs of ``text``, which is folded."""
    words, found, row = _lexicon(), Signs(text), [""]
    row.clear()
    starts, stops, values, sure = found.starts, found.stops, found.values, found.sure
    last_x, anchored = -1, False

    def put(sign: str, start: int, stop: int, value: int = 0, how_sure: int = SAFE) -> None:
        row.append(sign)
        starts.append(start)
        stops.append(stop)
        values.append(value)
        sure.append(how_sure)

    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        start, stop = match.span()
        sign = "x"
        if kind == "word":
            known = words.get(match[0])
            if known is not None:
                if known.sign == "":
                    continue
                for clitic in known.before:
                    put(clitic, start, start)
                put(known.sign, start + known.skip, stop, known.value, known.sure)
                anchored = anchored or known.sign in _ANCHORS
                continue
        elif kind == "mark" or kind == "line":
            mark = match[0]
            if mark in _MARKS:
                put(_SAME_MARK.get(mark, mark), start, stop)
                continue
            sign = "N" if kind == "line" else "x"
        else:
            sign, value = _figures(match, on)
            if sign != "x":
                if isinstance(value, periods.Period):
                    found.dates[start] = value
                    value = 0
                put(sign, start, stop, value, WEAK if sign == "z" and match[0][-1].isdigit() else SAFE)
                anchored = True
                continue
        # What stands between two unknown words and holds no anchor is no date.
        if not anchored and last_x >= 0:
            del row[last_x + 1 :], starts[last_x + 1 :], stops[last_x + 1 :], values[last_x + 1 :], sure[last_x + 1 :]
            if row[last_x] == "x":
                row[last_x], stops[last_x] = sign, stop
                continue
        elif not anchored:
            for column in (row, starts, stops, values, sure):
                column.clear()
        last_x, anchored = len(row), False
        put(sign, start, stop)
    found.row = "".join(row)
    return _merged(found)


def _figures(match: re.Match[str], on: date) -> tuple[str, int | periods.Period]:
    """The sign and value of a token in figures."""
    kind = match.lastgroup
    if kind == "date":
        period = _in_figures(*re.split(r"[-/.]", match[0]))
        return ("#", period) if period else ("n", 0)
    if kind == "clock":
        hour, _, minute = match[0].partition(":")
        fine = int(hour[:2].strip(" apAP.")) <= 24 and int(minute[:2] or 0) < 60
        return ("z", 0) if fine else ("x", 0)
    if match["part"]:
        return "q", (QUARTER if match[0][0] == "Q" else HALF) * 10 + int(match[0][1])
    figures, ending = match["number"], match["ending"]
    if not figures.isdecimal() or len(figures) > 4:
        plain = figures.replace(",", "").replace("٬", "")
        return ("n", int(plain)) if plain.isdecimal() and len(plain) < 10 else ("x", 0)
    number = int(figures)
    if ending == "s":
        return ("v", number) if number % 10 == 0 and 1500 < number < 2100 else _short_decade(match, number)
    if len(figures) <= 2 and 1 <= number <= 31:
        return "d", number
    return ("y" if len(figures) == 4 and 1000 <= number < 2200 else "n"), number


def _short_decade(match: re.Match[str], number: int) -> tuple[str, int]:
    """'90s after an apostrophe."""
    short = match.string[max(0, match.start() - 1) : match.start()] in ("'", "’", "‘")
    return ("v", 1900 + number) if short and number % 10 == 0 and number < 100 else ("x", 0)


def _in_figures(one: str, two: str, three: str) -> periods.Period | None:
    """2025-09-16, 16/9/2025 (also 9/16/2025, where there is no sixteenth month), 15/9/1446 in Hijri years."""
    if len(one) == 4:
        year, month, day = int(one), int(two), int(three)
    elif len(three) == 4 or len(three) == 2:
        year, month, day = int(three), int(two), int(one)
        if month > 12 >= day:
            month, day = day, month
        if len(three) == 2:
            year += 2000 if year < 70 else 1900
    else:
        return None
    if 1300 <= year <= 1500:
        return periods.hijri(year, month, day) if month and day else None
    return periods.day(year, month, day) if 1800 <= year < 2200 else None


def _merged(given: Signs) -> Signs:
    """The same with signs made one that belong together: a month of two words, the twenty-fifth, أول أمس."""
    given = _merge_once(given)
    return _merge_once(given)


def _merge_once(given: Signs) -> Signs:
    found, row, copied = Signs(given.text, dates=given.dates), [""], 0

    def copy(start: int, stop: int) -> None:
        row.append(given.row[start:stop])
        found.starts += given.starts[start:stop]
        found.stops += given.stops[start:stop]
        found.values += given.values[start:stop]
        found.sure += given.sure[start:stop]

    for match in _MERGED.finditer(given.row):
        merged = _one(given, match)
        if merged is None:
            continue
        sign, value, first = merged
        copy(copied, first)
        copied = match.end()
        row.append(sign)
        found.starts.append(given.starts[first])
        found.stops.append(given.stops[copied - 1])
        found.values.append(value)
        found.sure.append(SAFE if sign in "MH" else given.sure[first])
    copy(copied, len(given.row))
    found.row = "".join(row)
    return found


def _one(given: Signs, match: re.Match[str]) -> tuple[str, int, int] | None:
    """What the signs of ``match`` are together: sign, value, and the first that belongs to it."""
    start, stop = match.span()
    first, last = given.values[start], given.values[stop - 1]
    match match.lastgroup:
        case "compound":
            sign, numbers = COMPOUND.get(given.text[given.starts[start] : given.stops[start]], ("", {}))
            return (sign, numbers[last], start) if last in numbers else None
        case "pair":
            second = given.values[start + match[0].rindex("M")]
            closed = ("(" in match[0]) == (")" in match[0])
            return ("M", first, start) if first == second and closed else None
        case "relative":
            return ("b" if last < 0 else "a"), last, start
        case "twice":
            if match[0] == "jo" and last != 1:
                return None
            if match[0][0] == "u" and first != DAY:
                return None
            return ("j", -2, start) if -1 in (first, last) else None
        case "after":
            return ("g", 2, start) if match[0][0] != "u" or first == DAY else None
        case "farther":
            return match[0][1], 2 * last, start
        case "ordinal":
            if match[0] == "ok" and last == 10 and first <= 11 and first != 10:
                return "o", first + 10 if first < 10 else 11, start
            if match[0][1] == "w" and last in (20, 30) and (first < 10 or first == 11):
                return "o", last + first % 10, start
            return None
        case _:
            if match[0] == "kk" and last == 10 and (first < 10 or first == 11):
                return "k", first + 10 if first < 10 else 11, start
            if match[0] == "kwk" and 20 <= last <= 90 and first < 10:
                return "k", first + last, start
            return None
