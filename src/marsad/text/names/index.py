"""Near names among many: a blocked index over skeleton keys, built once, then verified by ``name_score``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marsad.text.names.align import name_score
from marsad.text.names.skeleton import broad, counts, heavy, name_keys
from marsad.text.names.words import Named, named

_Ids = npt.NDArray[np.int32]
#: Names verified for a question, those that look likest first.
_MOST = 10
#: Consonants of the poorer name that the richer may lack.
_APART = 3
#: So many candidates are too many to count the consonants of, and what two words with a fine and a broad key each hit.
_MANY, _TWO_FINE = 2000, 6
#: What a single name beside a full one can reach at most; below it a question of one word is asked of all names.
_ALONE = 0.75


@dataclass(frozen=True, slots=True)
class Packed:
    """An index as bytes that can be kept: how many words each name has, its consonants, and by key its postings."""

    names: tuple[str, ...]
    sizes: bytes
    counts: bytes
    postings: Mapping[str, bytes]


class NameIndex:
    """An index over names, asked for those near a name.

    A name is a candidate where two of its words, or two written as one, share a key with words of the question, one of
    them a broad key at least; one word is enough where either has no more. The candidates whose consonants agree best
    are verified, ten at most, so that a question costs some milliseconds whatever the number of names.

    >>> index = NameIndex(["Sergei Shoigu", "Сергей Лавров", "Sergei Ryabkov"])
    >>> [(number, score > 0.9) for number, score in index.near("سيرغي لافروف", 0.77)]
    [(1, True)]
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        postings: defaultdict[str, list[int]] = defaultdict(list)
        self._sizes = np.zeros(len(self.names), np.uint8)
        bones = bytearray()
        for number, name in enumerate(self.names):
            read = named(name)
            words, joined = name_keys(read)
            self._sizes[number] = heavy(read)
            bones += counts(read)
            for key in frozenset().union(*words):
                postings[key].append(number)
            for key in frozenset().union(*joined):
                postings[f"+{key}"].append(number)
            for key in _broad(read):
                postings[key].append(number)
        self._counts = np.frombuffer(bytes(bones), np.uint8).reshape(len(self.names), 10).astype(np.int8)
        self._postings: dict[str, _Ids] = {key: np.asarray(ids, np.int32) for key, ids in postings.items()}

    def __len__(self) -> int:
        return len(self.names)

    def packed(self) -> Packed:
        """The index as it can be kept, for :meth:`unpacked`.

        >>> NameIndex.unpacked(NameIndex(["Sergei Shoigu"]).packed()).near("سيرغي شويغو", 0.77)[0][0]
        0
        """
        postings = {key: ids.astype("<i4").tobytes() for key, ids in self._postings.items()}
        return Packed(self.names, self._sizes.tobytes(), self._counts.tobytes(), postings)

    @classmethod
    def unpacked(cls, packed: Packed) -> NameIndex:
        """The index that was :meth:`packed`; a hundred times faster than building it."""
        index = cls(())
        index.names = packed.names
        index._sizes = np.frombuffer(packed.sizes, np.uint8)
        index._counts = np.frombuffer(packed.counts, np.int8).reshape(len(packed.names), 10)
        index._postings = {key: np.frombuffer(ids, "<i4") for key, ids in packed.postings.items()}
        return index

    def near(self, name: str, least: float) -> list[tuple[int, float]]:
        """The names that reach ``least`` with ``name``: their place in the index and score, the best first."""
        found = [(int(number), name_score(name, self.names[number]).score) for number in self._candidates(name, least)]
        return sorted((each for each in found if each[1] >= least), key=lambda each: (-each[1], each[0]))

    def _candidates(self, name: str, least: float) -> _Ids:
        read = named(name)
        words, joined = name_keys(read)
        hits = np.zeros(len(self.names), np.uint8)
        for keys in words:
            hits += 2 * self._have(keys)
        for key in _broad(read):
            hits += self._have(frozenset([key]))
        whole = np.zeros(len(self.names), np.uint8)
        for keys in words:  # one word of the question, two of the name
            whole |= self._have(frozenset(f"+{key}" for key in keys))
        for keys in joined:  # two words of the question, one of the name, or two that are cut otherwise
            whole |= self._have(keys | frozenset(f"+{key}" for key in keys))
        np.maximum(hits, 4 * whole, out=hits)
        # A word that hits on a fine key hits on its broad one too: 3, and 1 for the broad key of another.
        size = heavy(read)
        alone = size == 1 and all(word.kind != "initial" for word in read.words)
        need = np.where((self._sizes > 1) & ((size > 1) | (alone & (least >= _ALONE))), 4, 2)
        found = np.flatnonzero(hits >= need)
        if len(found) > _MANY:  # those that share two fine keys, where there are enough of them
            sure = found[hits[found] >= _TWO_FINE]
            found = sure if len(sure) >= _MOST else found
        apart = self._counts[found] - np.frombuffer(counts(read), np.uint8).astype(np.int8)
        total = apart.sum(1, dtype=np.int16)
        more = np.maximum(apart, 0).sum(1, dtype=np.int16)
        less = more - total
        close = np.minimum(more, less) <= _APART
        found, more, less = found[close], more[close], less[close]
        if len(found) > _MOST:
            far = 3 * np.minimum(more, less) + np.maximum(more, less) - 2 * hits[found].astype(np.int16)
            bound = np.partition(far, _MOST)[_MOST]
            best = np.flatnonzero(far <= bound)
            found = found[best[np.argsort(far[best], kind="stable")[:_MOST]]]
        return np.asarray(found, np.int32)

    def _have(self, keys: frozenset[str]) -> npt.NDArray[np.uint8]:
        """1 for each name that is filed under one of the keys."""
        marks = np.zeros(len(self.names), np.uint8)
        for key in keys:
            ids = self._postings.get(key)
            if ids is not None:
                marks[ids] = 1
        return marks


def _broad(name: Named) -> frozenset[str]:
    return frozenset(broad(word.forms[0]) for word in name.words if word.kind not in ("initial", "link", "form"))
