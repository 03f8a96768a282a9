"""Which of a row a text says it tells of: «الجولة الثالثة», "a second round". Words of order come from the dates."""

from __future__ import annotations

import re
from functools import cache

from marsad.text.dates.words import Word, lexicon
from marsad.text.fold import fold_text

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\b")
#: An English word of order stands before what it counts: "a second round", but not "five metres a second."
_BEFORE_WORD = re.compile(r" +[a-z]")
#: The article; and what stands before «الثانية» where it is a second of time: in, per.
_ARTICLE, _OF_TIME = "ال", frozenset({"في", "بالثانيه"})
_MOST = 4


@cache
def _known() -> dict[str, Word]:
    """Words of order, folded and small, with and without the article; and first words of months of two words."""
    known: dict[str, Word] = {}
    for form, word in lexicon().items():
        if word.sign in ("o", "C"):
            known[form.lower()] = word
            if word.sign == "o" and form.startswith(_ARTICLE):
                known[form[len(_ARTICLE) :]] = word
    return known


def ordinals(text: str) -> tuple[int, ...]:
    """The words of order of a text as numbers, sorted, each once, four at most.

    >>> ordinals("انطلاق الجولة الثالثة في تشرين الثاني")
    (3,)
    >>> ordinals("a second round opened on the 16th, 40 metres a second")
    (2, 16)
    """
    folded = fold_text(text).lower()
    known = _known()
    found = {int(figure) for figure in _FIGURE.findall(folded)}
    month, before = False, ""
    for match in _WORD.finditer(folded):
        word = known.get(match[0])
        counts = (
            word is not None
            and word.sign == "o"
            and (not match[0].isascii() or _BEFORE_WORD.match(folded, match.end()))
        )
        if word and counts and before not in _OF_TIME and not month:
            found.add(word.value)
        month, before = word is not None and word.sign == "C", match[0]
    return tuple(sorted(found))[:_MOST]
