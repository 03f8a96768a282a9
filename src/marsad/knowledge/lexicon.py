"""Words that tell how something is told (negation, plan, speech, reading …), and nouns that name agents.

``particles.yaml`` holds the classes with a gloss a word, ``agents.csv`` and ``agents_oed.csv`` the agent nouns with
the sector of their people. What is given here is folded and in small letters, to be looked up in folded text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from marsad.errors import KnowledgeError, NotFoundError
from marsad.knowledge import files
from marsad.text import fold_text, light_stem
from marsad.types import Sector

#: Of words of speech: what is said follows (قال إن), or the source follows (وفق).
Grammar = Literal["content", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Forms of one word, with what they mean in English. ``phrases`` are forms of several words."""

    gloss: str
    forms: frozenset[str]
    phrases: frozenset[str]
    grammar: Grammar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordClass:
    """The words of a class; ``gloss`` says in ``ar`` and ``en`` what they have in common."""

    name: str
    gloss: Mapping[str, str]
    words: tuple[Word, ...]


@cache
def _classes() -> Mapping[str, WordClass]:
    given = files.document("particles.yaml")["classes"]
    return MappingProxyType(
        {
            name: WordClass(name=name, gloss=MappingProxyType(item["gloss"]), words=tuple(map(_word, item["entries"])))
            for name, item in given.items()
        }
    )


def _word(item: Mapping[str, Any]) -> Word:
    return Word(
        gloss=item["gloss"],
        forms=frozenset(map(_folded, item.get("forms", "").split())),
        phrases=frozenset(map(_folded, item.get("phrases", ()))),
        grammar=item.get("grammar"),
    )


def _folded(form: str) -> str:
    return fold_text(form).lower()


def classes() -> tuple[str, ...]:
    """The names of the classes. Where two share a word, the later is the narrower.

    >>> "NEGATION" in classes()
    True
    """
    return tuple(_classes())


def word_class(name: str) -> WordClass:
    """The class with its glosses.

    Raises :class:`~marsad.errors.NotFoundError` where there is none of that name.
    """
    if name not in _classes():
        raise NotFoundError(f"no class of words is called {name!r}", do="give one of " + ", ".join(classes()))
    return _classes()[name]


def words(name: str, grammar: Grammar | None = None) -> frozenset[str]:
    """The single words of a class, folded, in their inflections; of one grammar only where it is given.

    >>> "قالت" in words("SPEECH"), "وفق" in words("SPEECH", "source")
    (True, True)
    """
    return frozenset().union(*(w.forms for w in word_class(name).words if grammar in (None, w.grammar)))


def phrases(name: str, grammar: Grammar | None = None) -> frozenset[str]:
    """The forms of several words of a class, folded; of one grammar only where it is given.

    >>> "خط احمر" in phrases("READING")
    True
    """
    return frozenset().union(*(w.phrases for w in word_class(name).words if grammar in (None, w.grammar)))


@cache
def agents() -> Mapping[str, str]:
    """The sector of agent nouns, by light stem (:func:`marsad.text.light_stem` of the folded word).

    >>> agents()[light_stem("وزير")], agents()["soldier"]
    ('GOV', 'MIL')
    """
    sectors = {sector.value for sector in Sector}
    found: dict[str, str] = {}
    for file in ("agents.csv", "agents_oed.csv"):
        for row in files.rows(file):
            if row["sector"] not in sectors:
                raise KnowledgeError(f"no sector {row['sector']!r}", where=file, do="give one of marsad.types.Sector")
            for form in files.forms(row["forms"]):
                found.setdefault(light_stem(_folded(form)), row["sector"])
    return MappingProxyType(found)
