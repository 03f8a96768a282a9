"""Amounts that a text names, in Arabic and English: ``amounts``. Pure.

The text becomes a row of signs (:mod:`.row`); where a figure, a number word (:mod:`.numerals`) or a dual stands,
:mod:`.reading` reads the number, the words that bound it (:mod:`.cues`) and what it is of (:mod:`.things`), and
:mod:`.traps` tells what only looks like an amount. Everything is linear in the length of the text.
"""

from __future__ import annotations

from marsad.text.amounts.reading import Draft, drafts
from marsad.text.amounts.row import Row
from marsad.text.fold import fold, fold_text
from marsad.types import Amount, Span

#: ISO 4217 for no currency: a pound or dinar, and nothing says whose.
UNKNOWN_MONEY = "XXX"


def amounts(text: str, language: str | None = None) -> list[Amount]:
    """The amounts that ``text`` names, in order, none inside another: money, shares, measures, counts.

    Spans are code points of ``text`` and cover the number, its scale, its approximation and its unit or noun.
    ``low`` and ``high`` are the same for a number, also for «نحو 300», which the span shows; «أكثر من 300» is 300 and
    up, «عشرات» 20..99, «مئات» 200..999, "dozens" 24..99, «بضعة» 3..9. ``of`` is the noun as the text has it. A dinar
    whose country is not said is of the one country whose dinar the text names, else ``XXX``. ``language`` is the
    text's code, where it is known: in another than ``ar`` and ``en`` only figures with a sign (%, $) are read.
    Days counted from now («قبل ثلاثة أيام») are dates, no amounts.

    >>> [found] = amounts("صفقة بقيمة 4.2 مليار دولار")
    >>> found.low, found.unit, found.span.of("صفقة بقيمة 4.2 مليار دولار")
    (4200000000.0, 'USD', '4.2 مليار دولار')
    >>> [(a.low, a.high, a.unit, a.of) for a in amounts("At least 12 people were killed")]
    [(12.0, None, 'count', 'people')]
    """
    plain = fold_text(text)
    row = Row(plain, figures_only=language not in (None, "ar", "en"))
    if not row.anchors:
        return []
    found = list(drafts(row))
    if not found:
        return []
    folded = fold(text)
    named = _named_money(found)
    made = []
    for draft in found:
        span = folded.span(row.start(draft.start) + draft.skip, row.stop(draft.stop - 1))
        unit = draft.unit or named.get(draft.money.name if draft.money else "", UNKNOWN_MONEY)
        of = None
        if draft.of and (draft.unit in ("count",) or not draft.money or unit == UNKNOWN_MONEY):
            skip = draft.skip if draft.of[0] == draft.start else 0
            of = folded.span(row.start(draft.of[0]) + skip, row.stop(draft.of[1] - 1)).of(text)
        low = float(draft.low) if draft.low is not None else None
        high = float(draft.high) if draft.high is not None else None
        made.append(Amount(span=Span(span.start, span.stop), low=low, high=high, unit=unit, of=of))
    return made


def _named_money(found: list[Draft]) -> dict[str, str]:
    """For each currency word the one code that the text gives it; none where it gives several."""
    codes: dict[str, set[str]] = {}
    for draft in found:
        if draft.money and draft.unit:
            codes.setdefault(draft.money.name, set()).add(draft.unit)
    return {name: next(iter(known)) for name, known in codes.items() if len(known) == 1}
