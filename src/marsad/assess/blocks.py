"""Which of many names are worth a closer look: those that share the rarest bones with the name asked for.

Works on the postings of a :class:`~marsad.text.names.NameIndex`, and ranks otherwise: a key counts what it says, which
is the less the more names have it. So a family name that few bear finds its bearer among thousands who share the given
name, and a name whose other word is written past recognition is found by the one that is not.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from marsad.text.names import Packed, name_score
from marsad.text.names.skeleton import broad, counts, name_keys, word_keys
from marsad.text.names.words import named

_Ids = npt.NDArray[np.int32]
_Weights = npt.NDArray[np.float32]
#: Names that are verified for a question at first; and where one of them is near, for its other names on all lists.
VERIFIED, FURTHER = 16, 64
#: The share of what the words of a question say that a name must have in common with it.
SHARE = 0.4
#: What a broad key counts of a fine one, and a key of two or three words written as one, which answers for each.
_BROAD, _JOINED = 0.5, 2.0
#: Names whose consonants are counted.
_RANKED = 2_000
#: What each consonant that only the one or the other has takes off.
_APART = 0.25
#: Consonants of the poorer name that the richer may lack.
_LACKS = 3
#: Words without a key of their own.
_SILENT = frozenset({"initial", "link", "form"})


class Blocks:
    """The names of a :class:`Packed`, to be asked for those near a name."""

    def __init__(self, packed: Packed) -> None:
        self.names = packed.names
        self._postings: dict[str, _Ids] = {key: np.frombuffer(ids, "<i4") for key, ids in packed.postings.items()}
        self._counts = np.frombuffer(packed.counts, np.int8).reshape(len(packed.names), 10)
        self._most = np.log1p(len(self.names)) if self.names else 1.0

    def near(self, name: str, least: float, floor: float | None = None) -> list[tuple[int, float]]:
        """The names that reach ``floor`` (else ``least``) with ``name``: their place and score, the best first.

        Only where one reaches ``least`` is it looked further.
        """
        places, floor = self.candidates(name, FURTHER), least if floor is None else floor
        found = self._verified(name, places[:VERIFIED], floor)
        if any(score >= least for _, score in found):
            found += self._verified(name, places[VERIFIED:], floor)
        return sorted(found, key=lambda each: (-each[1], each[0]))

    def _verified(self, name: str, places: _Ids, least: float) -> list[tuple[int, float]]:
        scored = ((int(place), name_score(name, self.names[place]).score) for place in places)
        return [each for each in scored if each[1] >= least]

    def candidates(self, name: str, most: int = VERIFIED) -> _Ids:
        """The places of at most ``most`` names that are worth a closer look, the likeliest first."""
        read = named(name)
        words = [word for word in read.words if word.kind not in _SILENT]
        total, wanted = np.zeros(len(self.names), np.float32), 0.0
        for word in words:
            keys = word_keys(word)
            share = self._found(keys, 1.0)
            np.maximum(share, self._found((f"+{key}" for key in keys), 1.0), out=share)
            np.maximum(share, self._found((broad(word.forms[0]),), _BROAD), out=share)
            total += share
            wanted += self._says(keys)
        for keys in name_keys(read)[1]:
            np.maximum(total, self._found((*keys, *(f"+{key}" for key in keys)), _JOINED), out=total)
        found = np.flatnonzero(total > 0 if not wanted else total >= SHARE * wanted)
        if len(found) > _RANKED:  # what the words say decides, and the consonants among those
            found = np.sort(found[np.argpartition(-total[found], _RANKED - 1)[:_RANKED]])
        apart = self._counts[found].astype(np.int16) - np.frombuffer(counts(read), np.uint8).astype(np.int16)
        more = np.maximum(apart, 0).sum(1)
        lacks = np.minimum(more, more - apart.sum(1))
        found, apart, lacks = (each[lacks <= _LACKS] for each in (found, apart, lacks))
        worth = total[found] - _APART * lacks - 0.01 * np.abs(apart).sum(1)
        order = np.lexsort((found, -worth))[:most]
        ranked: _Ids = found[order].astype(np.int32)
        return ranked

    def _weight(self, ids: _Ids) -> float:
        return float(np.log1p(len(self.names) / len(ids)))

    def _says(self, keys: Iterable[str]) -> float:
        """What a word says: as much as its rarest key; all there is where no name has it."""
        known = [self._weight(ids) for key in keys if (ids := self._postings.get(key)) is not None]
        return min(known, default=float(self._most))

    def _found(self, keys: Iterable[str], part: float) -> _Weights:
        """For each name what the best of the keys that it has says."""
        marks = np.zeros(len(self.names), np.float32)
        for key in keys:
            ids = self._postings.get(key)
            if ids is not None:
                marks[ids] = np.maximum(marks[ids], np.float32(part * self._weight(ids)))
        return marks
