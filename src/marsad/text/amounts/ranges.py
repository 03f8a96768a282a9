"""Two numbers that are one amount: «بين 3 و5 آلاف», 200-300, from 3 to 5; or that a change leads from and to."""

from __future__ import annotations

from marsad.text.amounts import cues, traps
from marsad.text.amounts.leaves import Leaf, leaf, short
from marsad.text.amounts.nouns import Thing
from marsad.text.amounts.numerals import numeral
from marsad.text.amounts.row import Row
from marsad.text.amounts.things import PERCENT

DASHES = frozenset("-–—‒")
BETWEEN = frozenset(("بين", "between", "Between", "وبين", "ومابين", "مابين"))
_TO = frozenset(("الي", "to", "او", "or", "لغايه", "حتي"))
_FROM = frozenset(("من", "from", "From", "ومن"))
_ABOUT = frozenset(("ما", "نحو", "حوالي", "about"))
_STOPS = frozenset("،,.؛;؟!\n")
#: How far back a verb of change is looked for, in signs.
_CHANGE = 12


def opened(row: Row, start: int) -> bool:
    """Whether بين or "between" stands before, with an approximation at most between."""
    first, _ = cues.before(row, start)
    return row.word(first - 1) in BETWEEN or row.word(start - 1) in BETWEEN


def joined(row: Row, at: int) -> bool:
    """Whether a number follows with "and"."""
    known = row.number(at)
    return row.word(at) in ("و", "and") or (known is not None and known.joined)


def changed(row: Row, start: int) -> bool:
    """Whether the number at sign ``start`` is where something rose or fell from."""
    if row.word(start - 1) not in _FROM:
        return False
    change = row.table.sets["change"]
    for at in range(start - 2, max(-1, start - _CHANGE), -1):
        word = row.word(at)
        if word in _STOPS:
            return False
        if word.lower() in change or word[1:] in change:
            return True
    return False


def second(row: Row, first: Leaf, open_: bool) -> Leaf | None:
    """The second number of a range or a change that begins with ``first``; ``open_`` where بين stands before it."""
    stop = first.number.stop
    if first.unit == "percent" and row.word(stop) in PERCENT:
        stop += 1
    word = row.word(stop)
    if open_ and joined(row, stop):
        at = stop + 1 if word in ("و", "and") else stop
    elif word in _TO or (word in DASHES and row.glued(stop) == row.glued(stop + 1)):
        at = stop + 1
    else:
        return None
    begin = at + (row.word(at) in row.table.symbols or row.word(at) in _ABOUT or (open_ and row.word(at) == "بين"))
    if row.number(begin) is None or row.word(begin) in ("one", "واحد"):
        return None
    found = leaf(row, begin, at)
    if found is None and word in DASHES and begin == at:  # the dash made it look like part of a name
        read = numeral(row, at)
        found = Leaf(read, at) if read is not None and not read.written else None
        if found is not None:
            short(row, found)
    return found if found is not None and _fits(row, first, found) else None


def _fits(row: Row, first: Leaf, last: Leaf) -> bool:
    stop = last.number.stop
    if last.unit and first.unit and last.unit != first.unit:
        return False
    if row.word(stop) in DASHES and row.glued(stop) and not row.latin(stop + 1):  # 1-2-3
        return False
    return changed(row, first.start) or first.number.low * lent(first, last) < last.number.high


def lent(first: Leaf, last: Leaf) -> float:
    """The scale that the first number of a range takes from the second: 3 to 5 million."""
    one, two = first.number, last.number
    if one.scale > 1 or two.scale < 1e3 or one.vague or two.vague:
        return 1
    return two.scale if one.low < two.high / two.scale else 1


def start(row: Row, begin: int, first: int) -> int:
    """Where a range with بين begins: «ما بين»."""
    for at in (begin - 1, first - 1):
        if row.word(at) in BETWEEN:
            return at - 1 if row.word(at - 1) in ("ما", "وما") else at
    return begin


def scored(row: Row, first: Leaf, last: Leaf, what: Thing | None) -> bool:
    """Whether figures with a dash are the score of a match, or count nothing that is known."""
    if row.word(first.number.stop) not in DASHES:
        return False
    return what is None or not what.known or traps.score(row, first.start, first.number.low, last.number.high)
