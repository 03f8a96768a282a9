"""Where figures and number words are no amount: dates and hours, laws and pages, names of arms, scores."""

from __future__ import annotations

import re

from marsad.text.amounts.nouns import Thing
from marsad.text.amounts.numerals import Numeral
from marsad.text.amounts.row import Row
from marsad.text.amounts.words import TIMES

_AGO = frozenset(("قبل", "منذ", "مذ", "بعد", "وقبل", "ومنذ", "وبعد", "فبعد", "فقبل"))
_LAST = frozenset(("last", "past", "next", "previous", "coming"))
_THE = frozenset(("the", "over", "in", "within", "during", "this", "of"))
_YEARS = range(1800, 2101)
_CLOCK = frozenset(("GMT", "am", "pm", "AM", "PM", "BST", "UTC"))
#: الحادي عشر, الخامس والعشرون: the number is the rest of an ordinal.
_ORDINAL = re.compile("[وفبلك]?(?:ال|لل)?(?:حادي|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع)ه?$")
#: Months whose names are other words as well.
_OTHER_MONTHS = frozenset(("may", "march", "mar", "ماي", "صفر", "ربيع", "اب"))
#: Before a stop and figures: No. 5, p. 12.
_SHORTENED = frozenset(("no", "nos", "art", "p", "pp", "fig"))
_LETTERS = re.compile(r"[A-Z][A-Za-z]*$|[A-Z]+$")


def glued(row: Row, start: int, number: Numeral) -> bool:
    """Whether the figures from sign ``start`` on are part of a name or code: S-400, A320, 10:30, 3/4, +964."""
    first, stop = row.word(start), number.stop
    if not first[0].isdecimal():
        return False
    if row.glued(start):
        before = row.word(start - 1)
        if before[0].isalpha() and not row.clitics(start - 1) and before not in row.table.codes:
            # A space left out (حجز15 ألف), unless it is a name (تونس2020).
            apart = len(before) > 2 and not before.isascii() and number.scale >= 1e3
            return not (apart or before in row.table.dollars or before in row.table.units)
        if before in "-–‒:/.+#№\\@_'’&=" and _joined_left(row, start - 1, before):
            return True
    if row.glued(stop):
        after = row.word(stop)
        if after in ":/\\@_=&×^" and row.glued(stop + 1) and row.word(stop + 1)[0].isalnum():
            return True
        if after == "+" and row.glued(stop + 1) and row.word(stop + 1)[0].isdecimal():
            return True
        if after in ("'", "’") and row.glued(stop + 1) and row.word(stop + 1) in ("s", "S"):
            return True
        if after == "-" and row.glued(stop + 1) and row.word(stop + 1)[0].isdecimal():
            return row.word(stop + 2) == "-" and row.glued(stop + 2)
    return False


def _joined_left(row: Row, mark: int, sign: str) -> bool:
    if not row.glued(mark):
        return sign in "+#№"
    before = row.word(mark - 1)
    if sign in "-–‒":
        if row.clitics(mark - 1):
            return False
        return before[0].isalnum() or before in ")»\"'"
    return sign in ":/\\@_=&#" or before[0].isalnum()


def no_amount(row: Row, number: Numeral, start: int, thing: Thing | None, cued: bool) -> bool:
    """Whether the number, with cues from sign ``start`` on, stands where it counts nothing."""
    before, unit = row.word(start - 1), thing.unit if thing else ""
    if row.clitics(start - 1) and not number.written:
        before = row.word(start - 2)
    measured = unit not in ("", "count")
    if _goes_on(row, number, before, measured):
        return True
    if (not measured or unit in TIMES or unit == "m") and not cued and _numbered(row, number, start, before, thing):
        return True
    if not measured and not number.written and not cued:
        enclosed = before == "(" and row.word(number.stop) == ")"
        if enclosed or before in row.table.sets["arms"] or _model(row, start - 1):
            return True
    if unit in TIMES and _dated(row, number, start, thing, before):
        return True
    return not measured and _year(row, number, before, thing, cued)


def _goes_on(row: Row, number: Numeral, before: str, measured: bool) -> bool:
    """Whether the number is part of a fraction, an ordinal, a day of a month or a time."""
    sets, after, following = row.table.sets, row.word(number.stop), row.word(number.stop + 1)
    if after in sets["fractions"] or (after == "-" and following in sets["fractions"]):
        return True
    if number.written and _ORDINAL.match(before):
        return True
    if after.lower() in sets["months"] or after in _CLOCK:
        return not (measured and after in _OTHER_MONTHS)
    return after == "من" and (following in sets["months"] or following in ("شهر", "الشهر"))


def _numbered(row: Row, number: Numeral, start: int, before: str, thing: Thing | None) -> bool:
    """Whether the word before is one that is numbered: a law, a page, a brigade."""
    sets = row.table.sets
    if number.scale >= 1e3:
        return False
    if before == "." and row.word(start - 2).lower() in _SHORTENED:
        return True
    if before.isascii():
        return before.lower() in sets["numbered_english"]
    if number.written:
        return False
    counts = thing is not None and thing.known and thing.of is not None and thing.of[0] == number.stop
    numbered = sets["numbered"] if counts else sets["numbered"] | sets["grouped"]
    forms = (before, before[1:]) if len(before) > 3 and before[0] in "وفبلك" else (before,)
    return any(form in numbered or _bare(form) in numbered for form in forms)


def _bare(word: str) -> str:
    return next((word[len(one) :] for one in ("ال", "لل", "بال", "وال") if word.startswith(one)), word)


def _model(row: Row, at: int) -> bool:
    """Whether the word before is a name with a capital within a sentence: Boeing 737, Su 35."""
    word = row.word(at)
    if not word or not row.latin(at) or not _LETTERS.match(word):
        return False
    if word.lower() in row.table.sets["left_english"] or len(word) < 2:
        return len(word) == 1 and word != "A" and word != "I"
    if at == 0 or row.word(at - 1) in (".", "\n", ":", '"', "“", "!", "?"):
        return word.isupper()
    return word.lower() not in row.table.sets["victims"]


def _dated(row: Row, number: Numeral, start: int, thing: Thing | None, before: str) -> bool:
    """«قبل ثلاثة أيام», three days ago, the past two weeks: a day and not how long."""
    stop = thing.stop if thing else number.stop
    if before.lower() in _LAST and row.word(start - 2).lower() in _THE:
        return True
    if before in _AGO or row.word(stop) in ("ago", "earlier", "later"):
        return True
    return row.word(stop) in row.table.sets["gone"] or (number.definite and number.start > 0)


def _year(row: Row, number: Numeral, before: str, thing: Thing | None, cued: bool) -> bool:
    """Whether four figures are rather a year."""
    if number.written or number.scale > 1 or cued or number.stop - number.start > 1:
        return False
    word = row.word(number.start)
    if not (word.isdecimal() and len(word) == 4 and int(word) in _YEARS):
        return False
    if thing is None or not thing.known or before.lower() in row.table.sets["within"] | row.table.sets["months"]:
        return True
    return (
        row.latin(number.stop)
        and row.word(thing.stop - 1).lower() not in row.table.sets["plural_english"]
        and (thing.stop - number.stop > 1 or before.lower() in row.table.sets["within"])
    )


def score(row: Row, start: int, low: float, high: float) -> bool:
    """Whether two figures with a dash are a score: 2-1, and after won or beat."""
    if low >= high:
        return True
    return any(row.word(at).lower() in row.table.sets["scores"] for at in range(max(0, start - 6), start))
