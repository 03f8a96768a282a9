"""Numbers whose noun stands before them, and numbers without any: which are amounts."""

from __future__ import annotations

from marsad.text.amounts.nouns import Thing
from marsad.text.amounts.numerals import Numeral
from marsad.text.amounts.row import Row

_TWO = frozenset(("اثنين", "اثنان", "اثنتين", "اثنتان"))
_ONE = frozenset(("واحد", "واحده", "واحدا"))
#: Before "two": both, the two, these two, which point back at what is known.
_PAIRED = frozenset(("both", "other", "these", "those", "the"))
#: «ألف ليلة وليلة», «ألف باء», a thousand congratulations.
_PROVERBIAL = frozenset(("ليله", "باء", "ياء", "مبروك", "سلامه", "تحيه", "شكر", "مره"))
_ARTICLES = ("ال", "وال", "بال", "لل", "فال")


def postponed(row: Row, number: Numeral, start: int) -> int | None:
    """The sign of the noun that stands before its number: «الجنود الثلاثة», «جندي واحد», «مهاجمين اثنين»; or None."""
    at, word = start - 1, row.word(number.start)
    figures = not number.written and row.word(at) == "ال"
    if figures:
        at -= 1
    noun = row.word(at)
    if (number.definite or figures) and not number.vague and number.low > 2:
        bare = next((noun[len(one) :] for one in _ARTICLES if noun.startswith(one)), "")
        return at if bare in row.table.plurals else None
    if not number.written or number.stop != number.start + 1 or {noun, noun[1:]} & row.table.sets["at_once"]:
        return None
    if word in _TWO:
        return at if len(noun) > 5 and noun.endswith(("ين", "ان")) and not noun.startswith("ال") else None
    if word in _ONE:
        plain = noun[1:] if noun[:1] in "وبلف" and noun not in row.table.nouns else noun
        return at if plain in row.table.singulars and (word == "واحده") == plain.endswith("ه") else None
    return None


def joined(row: Row, at: int) -> int:
    """How many letters of the noun at sign ``at`` are a clitic: و of «والجنود الثلاثة»."""
    noun, rest = row.word(at), row.word(at)[1:]
    inside = rest in row.table.singulars or rest.removeprefix("ال") in row.table.plurals
    return int(noun[:1] in "وفبل" and noun not in row.table.nouns and inside and bool(rest))


def stands(row: Row, number: Numeral, start: int, cued: bool) -> bool:
    """Whether a number without a noun is an amount: by its scale, a cue, a verb of victims before it."""
    if number.vague:
        return not row.latin(number.start) and (number.definite or cued or number.scale >= 100)
    if number.scale >= 1e6 or (cued and (number.low > 2 or number.scale > 1)):
        return True
    if number.scale >= 1e3 and not (number.stop - number.start == 1 and number.written):
        return True
    before, victims = row.word(start - 1), row.table.sets["victims"]
    return (before.lower() in victims or before[1:] in victims) and number.low < 1e5


def no_count(row: Row, number: Numeral, start: int, what: Thing) -> bool:
    """Counts that only look like one: one of them, the two sides, «ألف ليلة وليلة», «ألّف كتابا»."""
    if what.unit != "count" or number.stop - number.start > 1 or not number.written:
        return False
    counted = row.word(what.of[0]) if what.of else ""
    if number.low in (1, 2) and number.scale == 1:
        return _small(row, number, start, what, counted)
    first = row.number(number.start)
    if number.low in (100, 1000) and first is not None and first.kind != "many":
        verb = counted.endswith("ا") and counted[:-1] in row.table.nouns
        return counted in _PROVERBIAL or (bool(counted) and not what.known) or verb
    return False


def _small(row: Row, number: Numeral, start: int, what: Thing, counted: str) -> bool:
    """One and two, which are articles and pronouns as well."""
    word, following = row.word(number.start).lower(), row.word(number.stop)
    if word == "one":
        noun = row.word(what.stop - 1).lower()
        return what.of is None or following == "of" or noun not in row.table.sets["singular_english"]
    if word == "two":
        return row.word(start - 1).lower() in _PAIRED or (following == "of" and not what.of)
    if what.of is None or what.of[0] < number.start:
        return what.of is None
    return number.low == 1 or (following != "من" and counted not in ("اخران", "اخرين"))
