"""Near-duplicates in a stream of texts: one wire story in forty papers, with a word changed here and there.

Overlapping runs of four words (shingles) are sketched by MinHash (rensa); texts that share a band of the sketch are
candidates, and the exact share of common shingles (Jaccard) decides. Bands are plain integers, so that a store can keep
them as rows and find candidates of another day with one look-up: ``(text, band, value)``.
"""

from __future__ import annotations

import hashlib
import struct
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rensa import RMinHash

from marsad.text.fold import fold_text
from marsad.text.tokens import units

#: Words of a shingle; permutations of the sketch; rows of a band. With 32 bands of 4 rows two texts that share 70 % of
#: their shingles meet in some band with probability .9998, two that share 30 % with .23.
WORDS, PERMUTATIONS, ROWS = 4, 128, 4
#: Share of common shingles from which on two texts are near-duplicates.
ALIKE = 0.7
_SEED = 20251201
_LONGEST = 60  # characters of a word that are looked at

Id = TypeVar("Id", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sketch:
    """``bands``: one signed 64-bit integer a band, in order. ``shingles``: the 64-bit hashes of the runs of words."""

    bands: tuple[int, ...]
    shingles: frozenset[int]


def sketch(text: str) -> Sketch:
    """The sketch of a text, the same on every machine; linear in its length. A text without words has no bands.

    Tashkeel, hamza carriers, case and punctuation make no difference.

    >>> sketch("وصل الوزير إلى بغداد اليوم") == sketch("وصل الوزير الى بغداد، اليوم.")
    True
    """
    folded = fold_text(text).lower()
    words = [word for unit in units(folded) if (word := unit.of(folded)[:_LONGEST])[0].isalnum()]
    if not words:
        return Sketch((), frozenset())
    runs = {" ".join(words[i : i + WORDS]) for i in range(max(1, len(words) - WORDS + 1))}
    (hashes,) = RMinHash.hash_token_sets([sorted(runs)])
    (digest,) = RMinHash.digest_matrix_from_token_hash_sets([hashes], PERMUTATIONS, _SEED).to_rows()
    bands = [_band(k, digest[k * ROWS : (k + 1) * ROWS]) for k in range(PERMUTATIONS // ROWS)]
    return Sketch(tuple(bands), frozenset(hashes))


def _band(number: int, rows: list[int]) -> int:
    """The number of the band and its rows as one signed 64-bit integer, the widest that every database has."""
    packed = struct.pack(f"<H{ROWS}Q", number, *rows)
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little", signed=True)


def jaccard(a: Sketch, b: Sketch) -> float:
    """The share of shingles that both have, of all that either has, 0..1; 0 for texts without words."""
    common = len(a.shingles & b.shingles)
    return common / (len(a.shingles) + len(b.shingles) - common) if common else 0.0


class Near(Generic[Id]):
    """The texts of a stream so far, by band. Memory grows with the number of texts: some 10 kB for 300 words.

    >>> seen = Near[str]()
    >>> text = "وصل وزير الخارجية الروسي إلى بغداد صباح اليوم في زيارة تستغرق يومين يلتقي خلالها نظيره العراقي"
    >>> seen.add("a", text), seen.add("b", text + " وعددا من المسؤولين")
    ([], ['a'])
    """

    def __init__(self, alike: float = ALIKE) -> None:
        if not 0 < alike <= 1:
            raise ValueError(f"alike is a share above 0 and at most 1, got {alike}")
        self.alike = alike
        self._known: set[Id] = set()
        self._sketches: dict[Id, Sketch] = {}
        self._bands: defaultdict[int, list[Id]] = defaultdict(list)

    def add(self, id: Id, text: str | Sketch) -> list[Id]:  # noqa: A002
        """Take in a text; gives the ids of the earlier ones that it nearly repeats, the likest first.

        Of earlier texts with the very same words only the first is given, so that a thousand copies cost a thousand
        comparisons. Raises :class:`ValueError` for an id that is there already.
        """
        if id in self._known:
            raise ValueError(f"{id!r} was added before: give each text an id of its own")
        self._known.add(id)
        made = sketch(text) if isinstance(text, str) else text
        candidates = dict.fromkeys(other for band in made.bands for other in self._bands.get(band, ()))
        shares = {other: jaccard(made, self._sketches[other]) for other in candidates}
        if made.bands and not any(share == 1 for share in shares.values()):
            self._sketches[id] = made
            for band in made.bands:
                self._bands[band].append(id)
        found = [other for other, share in shares.items() if share >= self.alike]
        return sorted(found, key=lambda other: -shares[other])


def sets(near: dict[Id, list[Id]]) -> list[list[Id]]:
    """The sets of texts that near-duplicates join, in order of their first; ``near``: what :meth:`Near.add` gave.

    >>> sets({"a": [], "b": ["a"], "c": [], "d": ["b"]})
    [['a', 'b', 'd'], ['c']]
    """
    first: dict[Id, Id] = {}

    def root(one: Id) -> Id:
        while first[one] != one:
            first[one] = first[first[one]]
            one = first[one]
        return one

    order = {one: k for k, one in enumerate(near)}
    for one, others in near.items():
        first[one] = one
        for other in others:
            a, b = sorted((root(one), root(other)), key=order.__getitem__)
            first[b] = a
    made: dict[Id, list[Id]] = {}
    for one in near:
        made.setdefault(root(one), []).append(one)
    return list(made.values())
