"""The names of several lists, asked together; a name that stands on many lists is looked at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from marsad.assess.blocks import Blocks
from marsad.text import fold_text
from marsad.text.names import Packed, name_score
from marsad.types.lists import ListEntry, ListVersion

_WORD = re.compile(r"\w+")


def listed_names(entries: Sequence[ListEntry]) -> list[str]:
    """Every name of every entry, in their order: what the index of a list is made over."""
    return [name.text for entry in entries for name in entry.names]


@dataclass(frozen=True, slots=True)
class Listing:
    """A version of a list, its entries, and the index over :func:`listed_names`.

    Entries that were listed after ``until`` are passed over.
    """

    version: ListVersion
    entries: tuple[ListEntry, ...]
    packed: Packed
    until: date | None = None

    def stands(self, entry: int) -> bool:
        """Whether an entry, by its number, was listed by then."""
        listed = self.entries[entry].listed
        return self.until is None or listed is None or listed <= self.until


@dataclass(frozen=True, slots=True)
class Near:
    """A name of an entry that is near the one asked for: numbers of the list, the entry, the name in it; the score."""

    listing: int
    entry: int
    name: int
    score: float


class Lists:
    """The names of ``listings``, to be asked for those near a name."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        self.listings = tuple(listings)
        packed, places = together([one.packed for one in self.listings])
        owners = [
            (number, e, n)
            for number, one in enumerate(self.listings)
            for e, entry in enumerate(one.entries)
            for n in range(len(entry.names))
        ]
        self._of: list[list[tuple[int, int, int]]] = [[] for _ in packed.names]
        for owner, place in zip(owners, places, strict=True):
            self._of[place].append(owner)
        self._blocks = Blocks(packed)
        self._same: defaultdict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(packed.names):
            self._same[_key(name)].append(place)

    def near(self, name: str, least: float, floor: float | None = None) -> list[Near]:
        """The names that reach ``floor`` (else ``least``) with ``name``, and those written the same, on any list.

        Only where one reaches ``least`` is it looked further.
        """
        found = dict(self._blocks.near(name, least, floor))
        for place in self._same.get(_key(name), ()):
            if place not in found:
                found[place] = name_score(name, self._blocks.names[place]).score
        made = (Near(*owner, score) for place, score in sorted(found.items()) for owner in self._of[place])
        return [near for near in made if self.listings[near.listing].stands(near.entry)]


def together(several: Sequence[Packed]) -> tuple[Packed, list[int]]:
    """One index over the names of several, each name once; and for each name of all of them its place in that.

    >>> from marsad.text.names import NameIndex
    >>> one, other = (NameIndex(names).packed() for names in (["Sergei Shoigu"], ["Sergei Lavrov", "Sergei Shoigu"]))
    >>> packed, places = together([one, other])
    >>> packed.names, places
    (('Sergei Shoigu', 'Sergei Lavrov'), [0, 1, 0])
    """
    first: dict[str, int] = {}
    places = [first.setdefault(name, len(first)) for one in several for name in one.names]
    to = np.asarray(places, np.int32)
    _, kept = np.unique(to, return_index=True)
    postings: defaultdict[str, list[npt.NDArray[np.int32]]] = defaultdict(list)
    before = 0
    for one in several:
        for key, ids in one.postings.items():
            postings[key].append(to[np.frombuffer(ids, "<i4") + np.int32(before)])
        before += len(one.names)
    sizes = np.frombuffer(b"".join(one.sizes for one in several), np.uint8)
    bones = np.frombuffer(b"".join(one.counts for one in several), np.uint8).reshape(len(places), 10)
    made = {key: np.unique(np.concatenate(parts)).astype("<i4").tobytes() for key, parts in postings.items()}
    return Packed(tuple(first), sizes[kept].tobytes(), bones[kept].tobytes(), made), places


@lru_cache(1 << 12)
def _key(name: str) -> str:
    return " ".join(_WORD.findall(fold_text(name).lower()))
