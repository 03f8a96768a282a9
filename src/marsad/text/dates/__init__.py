"""Days that a text names, in Arabic and English: ``dates``. Pure; counts from the day that it is given.

The text becomes a row of signs (:mod:`.signs`, words in :mod:`.words`); rules over signs find dates (:mod:`.days`,
:mod:`.spans`, :mod:`.parts`, :mod:`.counted`), :mod:`.names` tells what only looks like one, and :mod:`.joining`
makes ranges. Everything is linear in the length of the text.
"""

from __future__ import annotations

from datetime import date

from marsad.text.dates import counted, days, parts, spans
from marsad.text.dates.joining import joined
from marsad.text.dates.reading import Draft, Reading, Rule
from marsad.text.dates.signs import signs
from marsad.text.fold import fold, fold_text
from marsad.types import TimeMention

_RULES: tuple[Rule, ...] = (*days.RULES[:5], *parts.RULES, *counted.RULES, *days.RULES[5:], *spans.RULES)
#: Rules that need no words of Arabic or English.
_FIGURES: tuple[Rule, ...] = days.RULES[:1]
#: Years of a text from which days can be counted without leaving the calendar.
_YEARS = range(100, 9_000)


def dates(text: str, on: date, language: str | None = None) -> list[TimeMention]:
    """The phrases of ``text`` that name days, in order, none inside another.

    ``on`` is the day of the text, from which «أمس», "last week" and dates without a year count. Spans are code
    points of ``text``. ``language`` is its code, where it is known: in another than ``ar`` and ``en`` only dates in
    figures are read, as with a day before the year 100 or after 8999. What names no day that can be known («الآن»,
    "recently", «لمدة عامين») is left out. A range is one mention; days of a list are one each.

    >>> from datetime import date
    >>> [found] = dates("وصل الوفد أمس الأول", on=date(2025, 9, 18))
    >>> found.span.of("وصل الوفد أمس الأول"), found.first.isoformat(), str(found.precision)
    ('أمس الأول', '2025-09-16', 'day')
    >>> [found] = dates("from 3 to 5 May", on=date(2025, 9, 18))
    >>> f"{found.first} {found.last}"
    '2025-05-03 2025-05-05'
    """
    plain = fold_text(text)
    row = signs(plain, on)
    at = Reading(row, on)
    readable = language in (None, "ar", "en") and on.year in _YEARS
    rules = _RULES if readable else _FIGURES
    drafts = joined(at, _drafts(at, rules))
    if not drafts:
        return []
    folded = fold(text)
    return [
        TimeMention(
            span=folded.span(*at.at(draft.start, draft.stop)),
            first=draft.period.first,
            last=draft.period.last,
            precision=draft.period.precision,
            rule=draft.rule,
        )
        for draft in drafts
    ]


def _drafts(at: Reading, rules: tuple[Rule, ...]) -> list[Draft]:
    """What the rules find, earlier rules first; a sign belongs to one date only."""
    row = at.signs.row
    taken = bytearray(len(row))
    found: list[Draft] = []
    for _, pattern, read in rules:
        for match in pattern.finditer(row):
            start, stop = match.span()
            if any(taken[start:stop]):
                continue
            for draft in read(at, match):
                taken[draft.start : draft.stop] = b"\1" * (draft.stop - draft.start)
                found.append(draft)
    return found
