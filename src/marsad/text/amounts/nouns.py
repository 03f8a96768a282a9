"""People and things that are counted: the noun after a number."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.text.amounts.numerals import Numeral
from marsad.text.amounts.row import Row
from marsad.text.amounts.words import Money

_THEM = frozenset(("منهم", "منهن", "منها", "بينهم"))
#: Nouns that begin with ل: refugees, Lebanese, players, committees, mines, meetings …
_LAM = tuple("لاج لبنان لاعب لجن لجان لغم لقاء لوح لون لغات لغه لتر لقاح ليبي لحظ ليال".split())  # noqa: SIM905
_PLURAL = ("ات", "ين", "ون")
_ENGLISH_OF = frozenset(("the", "his", "her", "their", "its", "these", "those", "our"))
#: How many words an English phrase may have up to its plural.
_PHRASE = 5


@dataclass(slots=True)
class Thing:
    """What is counted, up to the sign ``stop``; ``of``: its first and last sign; ``known``: by the vocabulary."""

    stop: int
    unit: str
    of: tuple[int, int] | None = None
    known: bool = True
    money: Money | None = None


def arabic(row: Row, at: int, number: Numeral) -> Thing | None:
    """The Arabic noun after a number, or after «من»; known where the vocabulary or agreement says that it is one."""
    table, word = row.table, row.word(at)
    if word == "من" or word in _THEM:
        return _among(row, at)
    if not word[:1].isalpha() or word.isascii():
        return None
    if word in table.nouns:
        return Thing(at + 1, "count", (at, at + 1))
    if word in table.sets["fractions"] or (number.definite and number.written and not number.vague):
        return None
    if word in table.sets["left"] or row.number(at) is not None or len(word) < 3:
        return None
    if word.startswith("ال"):
        plain = (number.vague and not number.definite) or (word[2:] in table.plurals and number.scale >= 1e3)
        return Thing(at + 1, "count", (at, at + 1)) if plain and len(word) > 4 else None
    if _particle(row, word):
        return None
    return Thing(at + 1, "count", (at, at + 1), False) if _agrees(word, number) else None


def _particle(row: Row, word: str) -> bool:
    """Whether the first letter is rather و, ف, ب, ل or ك than a part of the word."""
    if word[0] in "وف":
        return True
    if word[0] not in "بلك":
        return False
    if word[0] == "ل":
        return not word.startswith(_LAM)
    rest = word[1:]
    known = rest in row.table.nouns or rest in row.table.plurals or rest in row.table.money or rest in row.table.units
    return known or rest.startswith("ال") or word.startswith("لل") or rest.endswith(("ها", "هم", "نا"))


def _agrees(word: str, number: Numeral) -> bool:
    """Whether a word that nobody listed has the look of a noun after this number."""
    if (word[0] in "يس" and word[1:2] in "يتن") or (word[0] == "ي" and not word.endswith(("ين", "ا"))):
        return False
    if number.vague:
        return word.endswith(("ات", "ين"))
    value = number.high
    if number.scale >= 1e3:
        return not word.endswith(("ون", "وا"))
    if value != int(value):
        return False
    rest = int(value) % 100
    if 3 <= rest <= 10:
        return not word.endswith(("ا", "وا", "ت")) or word.endswith(("ات", "يا"))
    if rest > 10:
        return (word.endswith(("ا", "ه", "ي")) or (word[0] == "م" and len(word) > 3)) and not word.endswith("وا")
    return value >= 100 and not word.endswith(("ا", "وا"))


def _among(row: Row, at: int) -> Thing | None:
    """«من الجنود», «من عناصر الحشد», «منهم»."""
    table = row.table
    if row.word(at) in _THEM:
        return Thing(at + 1, "count")
    word, following = row.word(at + 1), row.word(at + 2)
    if word in ("بينهم", "بينها"):
        return Thing(at + 2, "count")
    bare = word.removeprefix("ال")
    if word in table.sets["months"] or bare in table.units or bare in ("مئه", "مائه"):
        return None
    if word.startswith("ال") and len(word) > 4 and row.number(at + 1) is None:
        known = bare in table.nouns
        return Thing(at + 2, "count", (at + 1, at + 2), known) if known or bare.endswith(_PLURAL) else None
    construct = f"{word}ن" in table.plurals
    owned = any(word.endswith(end) and {stem, f"{stem}ن"} & table.plurals for end, stem in _stems(word))
    if not (word in table.nouns or construct or owned) and row.word(at + 2).startswith("ال"):
        looks = len(word) > 4 and word.endswith(("ي", "ات")) and row.number(at + 1) is None
        return Thing(at + 3, "count", (at + 1, at + 3), False) if looks else None  # من ممثلي البعثة
    if word in table.nouns or construct or owned:
        both = construct or (following.startswith("ال") and len(following) > 3)
        stop = at + 3 if both and not owned and following[:1].isalpha() else at + 2
        return Thing(stop, "count", (at + 1, stop))
    return None


def _stems(word: str) -> list[tuple[str, str]]:
    """Each pronoun that the word may end in, and the rest."""
    return [(end, word.removesuffix(end)) for end in ("ه", "ها", "هم", "نا")]


def english(row: Row, at: int, number: Numeral) -> Thing | None:
    """The English phrase up to its plural: "people", "Russian soldiers", "of the hostages"."""
    if row.word(at) == "of":
        following = row.word(at + 1)
        if following in ("them", "whom", "which"):
            return Thing(at + 2, "count")
        at += 2 if following in _ENGLISH_OF else 1
    sets, first = row.table.sets, at
    for _ in range(_PHRASE):
        if row.words[at : at + 4] == ["U", ".", "S", "."]:
            at += 4
        word = row.word(at)
        if word == "-" and at > first and row.glued(at) and row.latin(at + 1):
            at += 1
            continue
        low = word.lower()
        if not row.latin(at) or low in sets["left_english"] or row.number(at) is not None:
            break
        people = low in sets["plural_english"] or (low.endswith("men") and len(low) > 5)
        if people or (number.high == 1 and low in sets["singular_english"]):
            if low in ("dead", "killed", "wounded", "injured", "missing") and at > first:
                break
            return Thing(at + 1, "count", (first, at + 1))
        if number.high != 1 and low.endswith("s") and len(low) > 3 and not low.endswith(("ss", "us", "is")):
            return Thing(at + 1, "count", (first, at + 1), word[0].islower())
        at += 1
    return None
