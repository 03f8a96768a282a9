"""What dictionaries know about each unit, as small integers that the model embeds.

The encoder reads words; this adds what it cannot know: which words name places, agents, negation or plans, and how
the word's stem was labelled in the training corpus. Training and run time use this one module.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import numpy as np

from marsad.knowledge import gazetteer, lexicon
from marsad.model.pieces import LONGEST_UNIT
from marsad.text import fold_text, light_stem
from marsad.types import EventType, Sector, Span

#: Columns of the feature table, with the number of values of each (0 always means nothing known).
GEOGRAPHY = ("none", "name", "demonym", "metonym", "body")
STRENGTHS = 11
TYPES = tuple(EventType)
SECTORS = tuple(Sector)
_QUOTES = {"«": 1, "“": 1, "»": -1, "”": -1}


def sizes() -> tuple[int, ...]:
    """How many values each column of :func:`table` can take."""
    stem = (len(TYPES) + 1, STRENGTHS)
    return (len(GEOGRAPHY), len(SECTORS) + 1, len(lexicon.classes()) + 1, *stem, *stem, 2)


def strength(triggers: int, occurrences: int) -> int:
    """How often a stem was a trigger: 0 unseen, 1 and 2 never (rare, common), 3 to 10 by rate and frequency."""
    if not occurrences:
        return 0
    if not triggers:
        return 1 if occurrences < 3 else 2
    rate = triggers / occurrences
    return 3 + 2 * (int(rate >= 0.1) + int(rate >= 0.3) + int(rate >= 0.6)) + int(occurrences >= 10)


@lru_cache(maxsize=200_000)
def skeleton(stem: str) -> str:
    """What the forms of a root share: the stem without ا و ي, or the first five letters of an English one.

    >>> skeleton("اعتقال") == skeleton("اعتقل")
    True
    """
    if stem[:1].isascii():
        return stem[:5]
    bare = re.sub("[اوي]", "", stem)
    return bare if len(bare) >= 2 else stem


@dataclass(frozen=True, slots=True)
class Stems:
    """What the training corpus says of a stem and of a skeleton: majority type (0 none, else 1 + index), strength."""

    stems: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    skeletons: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def of(self, stem: str) -> tuple[int, int, int, int]:
        """Type and strength of the stem, then of its skeleton."""
        return (*self.stems.get(stem, (0, 0)), *self.skeletons.get(skeleton(stem), (0, 0)))


@dataclass(frozen=True, slots=True)
class Place:
    """A name of the gazetteer, on units ``first`` to ``last`` inclusive; ``start`` is its own first character."""

    first: int
    last: int
    code: str
    start: int = 0


@cache
def _particles() -> dict[str, int]:
    return {word: k for k, name in enumerate(lexicon.classes(), 1) for word in lexicon.words(name)}


@cache
def _agents() -> dict[str, int]:
    return {stem: 1 + SECTORS.index(Sector(sector)) for stem, sector in lexicon.agents().items()}


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """The light stem of a word as it stands in the text."""
    return light_stem(fold_text(word))


@lru_cache(maxsize=200_000)
def _word(word: str) -> tuple[str, int, int]:
    """Stem, agent sector and particle class of a word, whatever its neighbours."""
    folded = fold_text(word).lower()
    stem = light_stem(folded)
    particles = _particles()
    particle = particles.get(folded, 0) or (particles.get(folded[1:], 0) if folded[:1] in ("و", "ف") else 0)
    if not particle and re.match("[وف]?س[يتن]..", folded):  # سيزور: the future
        particle = 1 + lexicon.classes().index("PLAN")
    return stem, _agents().get(stem, 0), particle


def places(text: str, units: Sequence[Span]) -> list[Place]:
    """The gazetteer's names in ``text``, as ranges of ``units``; with the kind they are the first feature."""
    return [place for place, _ in _places(text, units)]


def _places(text: str, units: Sequence[Span]) -> list[tuple[Place, int]]:
    found, k = [], 0
    for hit in gazetteer.find(text):
        while k < len(units) and units[k].stop <= hit.span.start:
            k += 1
        last = k
        while last + 1 < len(units) and units[last + 1].start < hit.span.stop:
            last += 1
        if k < len(units) and units[k].start < hit.span.stop:
            found.append((Place(k, last, hit.code, hit.span.start), GEOGRAPHY.index(hit.kind)))
    return found


def table(text: str, units: Sequence[Span], stems: Stems) -> tuple[np.ndarray, list[Place]]:
    """Feature ids, int64 ``[units, 8]``, of a sentence; and the gazetteer's names in it.

    ``units`` are spans in ``text``, in order.
    """
    rows = np.zeros((len(units), 8), np.int64)
    depth, straight = 0, False
    for i, unit in enumerate(units):
        word = text[unit.start : min(unit.stop, unit.start + LONGEST_UNIT)]
        stem, agent, particle = _word(word)
        rows[i, 1:7] = (agent, particle, *stems.of(stem))
        if word == '"':
            straight = not straight
        depth = max(0, depth + _QUOTES.get(word, 0))
        rows[i, 7] = straight or depth > 0
    found = _places(text, units)
    for place, kind in found:
        rows[place.first : place.last + 1, 0] = kind
    return rows, [place for place, _ in found]
