"""Names of persons as they are looked up: folded words in which the spellings that the press mixes meet.

Beyond :func:`marsad.text.fold_text`: no hamza at all, no accents and apostrophes, one word for what is written as one
or as two (عبد الله, أبو الغيط, نصر الله), no article in Latin letters (al-, el-).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from marsad.knowledge.context import ARTICLE, BARE, GLUED
from marsad.text import fold_text

_POSSESSIVE = re.compile("['’]s(?!\\w)")
#: Signs inside a word that are not written everywhere; letters that have no accent to lose; Persian letters.
_LETTERS = str.maketrans(
    {**dict.fromkeys("'’‘`ʿʾʼءـ", ""), "ø": "o", "ł": "l", "ı": "i", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe",
     "ə": "a", "þ": "th", "ð": "d", "ڤ": "ف", "پ": "ب", "چ": "ج", "ژ": "ز", "گ": "ك"}
)  # fmt: skip
_WORD = re.compile("[^\\W_]+(?:['’‘`ʿʾʼ][^\\W_]+)*")
#: Words that are written together with the next (عبد العزيز, أبو الغيط) or with the one before (نصر الله, داود أوغلو).
_FORWARD = frozenset(glued + word for glued in BARE for word in ("عبد", "ابو"))
_BACK = frozenset({"الله", "الدين", "اوغلو", "اغلو"})
#: The Arabic article in Latin letters, which some papers leave out.
_LATIN_ARTICLE = frozenset({"al", "el"})


@lru_cache(1 << 15)  # the words of the news come again and again
def _plain(word: str) -> str:
    """A folded word without marks and accents, in small letters."""
    word = word.lower().translate(_LETTERS)
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")


def words(folded: str, whole: bool = False) -> Iterator[tuple[str, int, int]]:
    """The words of a folded text as names are looked up by, with where they begin and end."""
    held: tuple[str, int, int] | None = None
    for match in _WORD.finditer(_POSSESSIVE.sub(lambda found: " " * len(found[0]), folded)):
        word = _plain(match[0])
        if not word or (not whole and word in _LATIN_ARTICLE):
            continue
        if held and (word in _BACK or (held[0] in _FORWARD and word.startswith("ال"))):
            held = (held[0] + word, held[1], match.end())
            continue
        if held:
            yield held
        held = (word, match.start(), match.end())
    if held:
        yield held


def key(name: str, *, whole: bool = False) -> tuple[str, ...]:
    """The words by which a name is looked up; ``whole`` keeps the article in Latin letters (al-, el-).

    >>> key("عبد الفتّاح السيسي") == key("عبدالفتاح السيسي"), key("Abdel Fattah el-Sisi")
    (True, ('abdel', 'fattah', 'sisi'))
    >>> key("Sa'ar") == key("Saar"), key("فؤاد") == key("فواد")
    (True, True)
    """
    return tuple(word for word, _, _ in words(fold_text(name), whole))


def bare(called: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words, then without what may be glued to the first: و ف ب ل ك, and so before the article."""
    yield called
    first = called[0]
    least = 3 if len(called) == 1 else 2  # of a name of one word, three letters are left
    for length in range(1, min(GLUED, len(first) - least) + 1):
        before, rest = first[:length], first[length:]
        if before in BARE:
            yield (rest, *called[1:])
        elif before in ARTICLE and before != "ال":
            yield ("ال" + rest, *called[1:])
