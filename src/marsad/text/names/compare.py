"""One word of a name beside one of another: how alike they are, and why. With the types of a match."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from marsad.text.names import lexicon
from marsad.text.names.letters import BREAK, script, sounds
from marsad.text.names.sounds import firm, likeness, near
from marsad.text.names.vocabulary import vocabulary
from marsad.text.names.words import Word

#: The one threshold from which on two names are held to be the same; fixed on pairs that are not in ``bench/``.
SAME = 0.77
#: How many words may be written as one, and how alike the one must be.
MOST_JOINED, JOINED = 3, 0.86
#: The likeness of two words that are known to be two names.
_OTHER = 0.5
#: Counted so often a word of Arabic letters is a name of its own, which shares as much of its spellings with another
#: that is the same; and how much more a difference counts between two words of Cyrillic letters.
_COMMON, _SHARED, _CYRILLIC_STRICT = 20, 0.5, 2.5
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "اويهء")
_ROMAN = re.compile("^[ivx]+$")
_SLAVIC = str.maketrans({"ё": "е", "э": "е", "є": "е", "і": "и", "ї": "и", "й": "и", "ы": "и", "ґ": "г", "ў": "в",
                         "ь": "", "ъ": "", "'": "", "ʼ": ""})  # fmt: skip
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A word of the one name beside that of the other, or None where it has none; how alike they are, and why.

    ``why`` is ``same``, ``spelling`` (a known spelling of the same name), ``meaning`` (a translation), ``sound``,
    ``joined`` (words written as one), ``initial``, ``number``, ``acronym``; for a word left over ``title``, ``link``,
    ``form``, ``place``, ``extra``, ``conflict``, ``junior``, ``first`` (a given name that the other lacks).
    """

    a: str | None
    b: str | None
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How far two names may be one, from 0 to 1, and what each word of them says to it."""

    score: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Words ``i`` of the one and ``j`` of the other name that answer to each other, ends excluded."""

    i: int
    i_stop: int
    j: int
    j_stop: int
    score: float
    why: str


def of_words(x: Word, y: Word) -> tuple[float, str]:
    """How alike two words of names are, and why."""
    if x.kind == "initial" or y.kind == "initial":
        table = vocabulary()
        if table.same.get(x.forms[0], _NONE) & table.same.get(y.forms[0], _NONE):  # V, الخامس
            return 1.0, "spelling"
        if _ROMAN.match(x.forms[0]) and _ROMAN.match(y.forms[0]):  # Abdullah I, Abdullah II
            return 0.0, "number"
        first, second = (sounds(table.letters.get(word.forms[0], word.forms[0]))[:1] for word in (x, y))
        return (0.9, "initial") if first and second and near(first, second) < 0.2 else (0.0, "initial")
    found = _of_forms(x.forms, y.forms, x.meanings, y.meanings)
    if x.bound and not y.bound:
        found = max(found, _of_forms((x.bound,), y.forms, _NONE, _NONE))
    if y.bound and not x.bound:
        found = max(found, _of_forms(x.forms, (y.bound,), _NONE, _NONE))
    return found


@lru_cache(1 << 16)
def _of_forms(x: tuple[str, ...], y: tuple[str, ...], of_x: frozenset[int], of_y: frozenset[int]) -> tuple[float, str]:
    if x[0] == y[0]:
        return 1.0, "same"
    if of_x & of_y:
        return 1.0, "meaning"
    table = vocabulary().same
    if of_x and of_y and script(x[0]) != script(y[0]):  # of two words that mean different things no sound is asked
        return (1.0, "spelling") if table.get(x[0], _NONE) & table.get(y[0], _NONE) else (0.0, "meaning")
    best, why = 0.0, "sound"
    for place, form in enumerate(x):
        for other in y if not place else y[:1]:  # of two articles one is left out, else they would make words alike
            score, reason = (0.99, "same") if form == other else _of_form(form, other, table)
            if score > best:
                best, why = score, reason
    return (min(best, _OTHER) if of_x and of_y and why == "sound" else best), why


def _of_form(x: str, y: str, table: Mapping[str, frozenset[int]]) -> tuple[float, str]:
    groups, others = table.get(x, _NONE), table.get(y, _NONE)
    if groups & others:
        return 1.0, "spelling"
    if x[0].isdigit() or y[0].isdigit():
        return 0.0, "number"
    x, y = _tails(x, y)
    told = lexicon.same(x, y)
    if told is not False and not (groups and others) and script(x) == script(y) != "latn":
        return _of_one_script(x, y, told)
    if told is False or (groups and others):
        return min(likeness(x, y), _OTHER), "sound"
    return (max(likeness(x, y), 0.97), "spelling") if told else (likeness(x, y), "sound")


def _of_one_script(x: str, y: str, told: bool | None) -> tuple[float, str]:
    """Two words of Arabic or Cyrillic letters: one script has fewer ways to write one name, so what differs counts."""
    if script(x) == "arab":
        if lexicon.common(x) >= _COMMON and lexicon.common(y) >= _COMMON:
            if told and (lexicon.shared(x, y) >= _SHARED or _DOUBLED.sub(r"\1", x) == _DOUBLED.sub(r"\1", y)):
                return 0.97, "spelling"
            return min(likeness(x, y), _OTHER), "sound"
        strict = (
            2.0 if max(lexicon.common(x), lexicon.common(y)) >= 2 * _COMMON and _skeleton(x) != _skeleton(y) else 1.0
        )
        return 1.0 - strict * (1.0 - likeness(x, y)), "sound"
    if _plain(x) == _plain(y):
        return 0.97, "spelling"
    return 1.0 - _CYRILLIC_STRICT * (1.0 - likeness(x, y)), "sound"


@lru_cache(1 << 14)
def _plain(word: str) -> str:
    """A Cyrillic word with the letters that Russians, Ukrainians and Belarusians write differently made one."""
    return _DOUBLED.sub(r"\1", word.translate(_SLAVIC).replace("ии", "и").replace("иа", "ия"))


def _skeleton(word: str) -> str:
    """An Arabic word without the letters that may write a vowel."""
    return word.translate(_VOWELS)


def _tails(x: str, y: str) -> tuple[str, str]:
    """Two words without عبد or أبو, where both begin with it: not what they share tells them apart."""
    for heads in (("عبد", "abd", "абд"), ("ابو", "abu", "абу")):
        if x.startswith(heads) and y.startswith(heads) and min(len(x), len(y)) > 5:
            return x[3:].lstrip(BREAK), y[3:].lstrip(BREAK)
    if x.endswith("الدين") and y.endswith("الدين") and min(len(x), len(y)) > 6:
        return x[:-5], y[:-5]
    return x, y


def may_join(words: Sequence[Word], other: Word) -> bool:
    """Whether words written as one have about as many firm sounds as the other; cheap, to ask before :func:`joined`."""
    size = sum(firm(sounds(word.forms[0])) for word in words)
    return abs(size - firm(sounds(other.forms[0]))) <= 1 + len(other.forms)


def joined(words: Sequence[Word], other: Word) -> float:
    """How alike ``words`` written as one are to ``other``."""
    if any(word.kind in ("initial", "number") for word in words) or other.kind in ("initial", "number"):
        return 0.0
    if len(other.forms[-1]) < 2 * len(words):
        return 0.0
    plain = "".join(word.forms[0] for word in words)
    same = vocabulary().same
    if same.get(plain, _NONE) & same.get(other.forms[0], _NONE):
        return 0.99
    whole = words[0].forms[0] + "".join(word.forms[-1] for word in words[1:])
    return (
        max(likeness(one, form, JOINED - 0.05) for one in dict.fromkeys((plain, whole)) for form in other.forms) - 0.01
    )


def shown(words: Sequence[Word]) -> str:
    """The words as written."""
    return " ".join(word.shown for word in words)
