"""Office-holders by a spelling of their name that no row has: «بترو بوروشينكو», "Viktor Yanukovich".

Found through :func:`~marsad.text.names.name_score` over an index that is kept beside the tables. Precise rather than
bold: whole names of two words or more, each word that of the name that is met, in its order; one word at least that is
no common name; and nobody where two are as near.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from marsad.knowledge import compiled, files, holders
from marsad.knowledge.holders import Holder
from marsad.knowledge.named import key
from marsad.text import names
from marsad.text.names import SAME, NameIndex, Packed, name_score
from marsad.text.names.lexicon import common

#: From this score on a name of as many words is the same name, where nothing else agrees.
LEAST = 0.93
#: Another person as near as this makes it nobody's.
_ALIKE = 0.02
_FEWEST, _MOST, _LONGEST = 2, 4, 80
_NAMES = Path(names.__file__).parent
_OWN = tuple(sorted(_NAMES.glob("*.t*")))


def _forms() -> list[str]:
    """Every name of two words or more, each once, in the order of the table."""
    return list(
        dict.fromkeys(form for row in holders.holders() for form in row.forms if _FEWEST <= len(key(form)) <= _MOST)
    )


@cache
def _index() -> NameIndex:
    sources = (files.DATA / holders.FILE, *_OWN)
    return NameIndex.unpacked(compiled.table("spelled", sources, lambda: NameIndex(_forms()).packed(), Packed))


def _wordwise(phrase: str, form: str) -> bool:
    """Whether each word is that of the form, in its order."""
    pairs = list(zip(key(phrase), key(form), strict=False))
    return len(key(phrase)) == len(key(form)) and all(name_score(a, b).score >= SAME for a, b in pairs)


@lru_cache(1 << 12)
def _met(phrase: str) -> str | None:
    """The form that the phrase is another spelling of, if it is one person's."""
    length = len(key(phrase))
    if len(phrase) > _LONGEST or not _FEWEST <= length <= _MOST or all(common(word) for word in key(phrase)):
        return None
    index = _index()
    near = [(index.names[at], score) for at, score in index.near(phrase, LEAST - _ALIKE)]
    near = [(form, score) for form, score in near if _wordwise(phrase, form)]
    if not near or near[0][1] < LEAST:
        return None
    alike = {row.person_id for form, score in near if score >= near[0][1] - _ALIKE for row in holders.of_person(form)}
    return near[0][0] if len(alike) == 1 else None


def spelled(phrase: str) -> tuple[Holder, ...]:
    """Every office of the person whose name the phrase spells in another way; empty where that is nobody, or several.

    >>> {row.person_id for row in spelled("بترو بوروشينكو")}
    {'UKR.PETRO-POROSHENKO'}
    >>> spelled("أحمد حسن")
    ()
    """
    form = _met(phrase)
    return holders.of_person(form) if form else ()
