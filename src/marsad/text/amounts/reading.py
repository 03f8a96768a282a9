"""From a row of signs to amounts: a number or a range, its cues, what it is of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from marsad.text.amounts import cues, numerals, ranges, standing, traps
from marsad.text.amounts.leaves import Leaf, leaf
from marsad.text.amounts.nouns import Thing
from marsad.text.amounts.numerals import Numeral, numeral
from marsad.text.amounts.row import Row
from marsad.text.amounts.things import PERCENT, measure, money, thing
from marsad.text.amounts.words import TIMES, Money

_NAMES = frozenset(("ابو", "ابي", "بن", "ابن", "ال"))
_PAIR = ("ان", "ين", "ون")
_TWO = frozenset(("اثنين", "اثنان", "اثنتين", "اثنتان"))


@dataclass(slots=True)
class Draft:
    """An amount at the signs ``start`` to ``stop``, ``skip`` letters of the first left out; ``of`` in signs."""

    start: int
    stop: int
    low: float | None
    high: float | None
    unit: str
    of: tuple[int, int] | None = None
    skip: int = 0
    money: Money | None = None

    def bound(self, effect: str) -> None:
        """Opens the end that a cue leaves open."""
        if effect == "least":
            self.high = None
        elif effect == "most":
            self.low = None


def drafts(row: Row) -> Iterator[Draft]:
    """The amounts of the row in order, none inside another."""
    last = 0
    found: Draft | None = None
    for at in row.anchors:
        if at < last:
            continue
        here = _dual(row, at)
        draft = here if here is not None else _amount(row, at, last)
        if draft is None:
            continue
        if draft.start < last:  # a cue or a noun that the amount before has taken
            draft.start, draft.skip = last, 0
        last = draft.stop
        whole = _one_range(row, found, draft) if found else None
        if found is not None and whole is None:
            yield found
        found = whole or draft
    if found is not None:
        yield found


def _dual(row: Row, at: int) -> Draft | None:
    """«قتيلان», «جنديين», «كيلومترين»: two of what the word says."""
    word, table = row.word(at), row.table
    if row.word(at - 1) in _NAMES:
        return None
    for skip in (0, 1):
        form = word[skip:]
        if skip and (word[0] not in "وفبلك" or word in table.nouns):
            return None
        draft = _two(row, at, form)
        if draft is None:
            continue
        start, effect = cues.before(row, at) if not skip else (at, "")
        if draft.unit in TIMES and traps.no_amount(
            row, Numeral(start, draft.stop, 2, 2), start, Thing(draft.stop, "day"), False
        ):
            return None
        if row.word(draft.stop) in _TWO:
            draft.stop += 1
        draft.skip = skip
        if start < at:
            draft.start, draft.skip = start, cues.clitics(row, start)
            draft.bound(effect)
        _bound_after(row, draft)
        return draft
    return None


def _two(row: Row, at: int, form: str) -> Draft | None:
    """The draft of a dual, ``form`` without its clitic."""
    table, before = row.table, row.word(at - 1)
    if form in table.duals:
        adjective = before in table.duals or before[1:] in table.duals or before in table.plurals
        if before.endswith(_PAIR) and adjective:  # جنديان إسرائيليان
            return None
        return Draft(at, at + 1, 2, 2, "count", (at, at + 1))
    unit, currency = table.units.get(form), table.money.get(form)
    if unit is not None and unit.dual:
        if form in ("عامين", "عامان") and before.endswith(_PAIR):  # مديرين عامين
            return None
        found = measure(row, at, Numeral(at, at, 2, 2), unit)
        return Draft(at, found.stop, 2, 2, found.unit, found.of) if found else None
    if currency is not None and currency.dual:
        known = money(row, at, currency)
        return Draft(at, known.stop, 2, 2, known.unit, known.of, 0, currency) if known else None
    return None


def _amount(row: Row, at: int, last: int) -> Draft | None:
    first = leaf(row, at, last)
    if first is None:
        return None
    open_ = ranges.opened(row, first.start)
    _split(row, first, open_)
    number = first.number
    second = ranges.second(row, first, open_)
    if second is not None and ranges.changed(row, first.start):
        return _from(row, first, second)
    unit = first.unit
    low, high, stop = number.low, number.high, number.stop
    if second is not None:
        low, high, stop = low * ranges.lent(first, second), second.number.high, second.number.stop
        unit = unit or second.unit
    whole = Numeral(number.start, stop, low, high, second.number.scale if second else number.scale, number.written,
                    number.definite, number.vague)  # fmt: skip
    if unit:
        what: Thing | None = Thing(stop + (unit == "percent" and row.word(stop) in PERCENT), unit)
    else:
        what = thing(row, stop, second.number if second else number)
        if second is None:
            what = _dotted(row, number, whole, what)
    return _made(row, first, second, whole, what, open_ and second is not None)


def _split(row: Row, first: Leaf, open_: bool) -> None:
    """Undoes a «و» that stands between two numbers: بين مئة وخمسين, 3 آلاف و5 آلاف."""
    number = first.number
    if not number.split:
        return
    following = row.number(number.stop)
    scale = following is not None and following.kind in ("many", "scale", "alif") and not following.joined
    if scale or (open_ and not ranges.joined(row, number.stop)):
        first.number = numeral(row, number.start, number.split) or number


def _from(row: Row, first: Leaf, second: Leaf) -> Draft | None:
    """The first of the two numbers of a change; the second is read for itself."""
    value, unit, of = first.number.low * ranges.lent(first, second), first.unit or second.unit, None
    if not unit:
        what = thing(row, second.number.stop, second.number)
        if what is None or not what.unit:
            return None
        unit, of = what.unit, what.of if what.unit == "count" else None
    return Draft(first.start, first.number.stop, value, value, unit, of)


def _dotted(row: Row, number: Numeral, whole: Numeral, what: Thing | None) -> Thing | None:
    """«1.500 جندي» is fifteen hundred: people and round sums have no thousandths. Mends ``whole``."""
    if number.digits.count(".") != 1 or number.scale > 1 or row.latin(number.stop):
        return what
    value = numerals.figures(number.digits, True)
    if value is None or value == number.low:
        return what
    if what is None:
        what = thing(row, number.stop, Numeral(number.start, number.stop, value, value))
        if what is None or not what.known:
            return None
    if what.unit == "count" or (what.unit != "percent" and number.digits.endswith("0")):
        whole.low = whole.high = value
    return what


def _made(row: Row, first: Leaf, second: Leaf | None, whole: Numeral, what: Thing | None, open_: bool) -> Draft | None:
    """The draft, unless the place is a trap or nothing says what is counted."""
    start, effect = cues.before(row, first.start)
    _, after = cues.after(row, what.stop if what else whole.stop)
    if open_:
        start = ranges.start(row, start, first.start)
    cued = bool(effect) or open_
    if what is None and (noun := standing.postponed(row, whole, start)) is not None:
        what, start = Thing(whole.stop, "count", (noun, noun + 1)), noun
    if traps.no_amount(row, whole, start, what, cued or bool(after)):
        return None
    if second is not None and (what is None or what.unit == "count") and ranges.scored(row, first, second, what):
        return None
    if what is None:
        if not standing.stands(row, whole, start, cued or bool(after)):
            return None
        what = Thing(whole.stop, "count")
    if standing.no_count(row, whole, first.start, what):
        return None
    draft = Draft(start, what.stop, whole.low, whole.high, what.unit, what.of, 0, what.money)
    _half(row, draft)
    draft.skip = _skip(row, first, draft)
    if _minus(row, first.start, what):
        draft.start, draft.low, draft.high = first.start - 1, -whole.high, -whole.low
    draft.bound(effect)
    _bound_after(row, draft)
    return draft


def _skip(row: Row, first: Leaf, draft: Draft) -> int:
    """How many letters of the first sign are clitics."""
    if draft.start < first.start:
        return cues.clitics(row, draft.start) or (standing.joined(row, draft.start) if draft.of else 0)
    known = row.number(first.start) if first.number.written else None
    return known.skip if known else 0


def _half(row: Row, draft: Draft) -> None:
    """«ثلاث سنوات ونصف السنة»."""
    if draft.unit == "count" or row.word(draft.stop) not in ("ونصف", "والنصف"):
        return
    if draft.low is None or draft.low >= 1000 or draft.low != draft.high:
        return
    draft.low = draft.high = draft.low + 0.5
    draft.stop += 1
    if row.word(draft.stop).removeprefix("ال") in row.table.units:
        draft.stop += 1


def _minus(row: Row, at: int, what: Thing) -> bool:
    """Whether a minus stands before: -5 degrees."""
    signed = row.word(at - 1) in ("-", "−", "–") and row.glued(at) and not row.glued(at - 1)
    return signed and what.unit in ("degree", "percent")


def _bound_after(row: Row, draft: Draft) -> None:
    stop, effect = cues.after(row, draft.stop)
    draft.stop = stop
    if effect and draft.low is not None and draft.high is not None:
        draft.bound(effect)


def _one_range(row: Row, first: Draft, last: Draft) -> Draft | None:
    """From 3 million dollars to 5 million dollars: one amount of two drafts."""
    if first.low is None or first.high is None or last.low is None or last.high is None:
        return None
    if first.unit != last.unit or first.low >= last.high or ranges.changed(row, first.start):
        return None
    between = row.words[first.stop : last.start]
    opened = row.word(first.start - 1) in ranges.BETWEEN
    if opened:
        joins = between in (["و"], ["and"], ["وبين"], ["الي"]) or (not between and row.word(last.start)[0] == "و")
    else:
        dash = len(between) == 1 and between[0] in ranges.DASHES and first.unit != "count"
        joins = between in (["الي"], ["to"]) or dash
    if not joins:
        return None
    start, skip = (first.start - 1, 0) if opened else (first.start, first.skip)
    return Draft(start, last.stop, first.low, last.high, last.unit, last.of or first.of, skip, last.money)
