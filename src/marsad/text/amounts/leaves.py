"""One number with what is written onto it: a sign of currency, a scale in letters, figures in groups."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.text.amounts import traps
from marsad.text.amounts.nouns import english
from marsad.text.amounts.numerals import SHORT, Numeral, numeral
from marsad.text.amounts.row import Row
from marsad.text.amounts.things import PERCENT


@dataclass(slots=True)
class Leaf:
    """A number from sign ``start`` on, which may be a sign of currency before it: $4.2bn."""

    number: Numeral
    start: int
    unit: str = ""


def leaf(row: Row, at: int, last: int) -> Leaf | None:
    """The number that begins at sign ``at``, or with "a" before it; what stands before sign ``last`` is taken."""
    start, few = at, row.word(at).lower() == "few"
    if at > last and row.word(at - 1) in ("a", "an", "A", "An"):
        known = row.number(at)
        if few or (known and known.kind in ("times", "scale")):
            start = at - 1
    if few and start == at:  # few people: not how many
        return None
    number = _grouped(row, at) or numeral(row, at if few else start)
    if number is None or traps.glued(row, at, number):
        return None
    found = Leaf(number, start)
    short(row, found)
    _sign_before(row, found, last)
    return found


def _grouped(row: Row, at: int) -> Numeral | None:
    """«300 000», with its scale."""
    spaced = row.thousands(at)
    if spaced is None:
        return None
    value, stop = spaced
    scaled = row.number(stop)
    if scaled and scaled.kind in ("scale", "many") and not scaled.joined and scaled.value >= 1e3:
        return Numeral(at, stop + 1, value * scaled.value, value * scaled.value, scaled.value)
    return Numeral(at, stop, value, value)


def short(row: Row, found: Leaf) -> None:
    """Takes in a scale in letters: 4.2bn, 300m, which without a currency are metres unless people follow."""
    number = found.number
    word = row.word(number.stop)
    factor = SHORT.get(word)
    if factor is None or number.scale > 1 or number.written:
        return
    signed = row.word(found.start - 1) in row.table.symbols
    near = row.glued(number.stop)
    if len(word) == 1:
        counted = word != "m" or english(row, number.stop + 1, number) is not None
        if not near or not (signed or (counted and word != "B")):
            return
    elif not near and not signed and word not in ("bn", "mln"):
        return
    number.stop, number.scale = number.stop + 1, factor
    number.low, number.high, number.digits = number.low * factor, number.high * factor, ""


def _sign_before(row: Row, found: Leaf, last: int) -> None:
    """$, US$, C$, €, USD, % before the figures."""
    table, at = row.table, found.start
    sign = row.word(at - 1)
    if at - 1 < last or found.number.written:
        return
    if sign in table.symbols:
        found.unit, found.start = table.symbols[sign], at - 1
        letters = row.word(at - 2)
        if sign == "$" and row.glued(at - 1) and letters in table.dollars:
            found.unit, found.start = table.dollars[letters], at - 2
        elif sign == "$" and at >= 5 and row.words[at - 5 : at - 1] == ["U", ".", "S", "."]:
            found.unit, found.start = "USD", at - 5
    elif sign in table.codes:
        found.unit, found.start = sign, at - 1
    elif sign in PERCENT and row.glued(at) and not (row.glued(at - 1) and row.word(at - 2)[0].isdecimal()):
        found.unit, found.start = "percent", at - 1
