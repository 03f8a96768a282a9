"""Units of text to subword pieces: unigram segmentation, one unit at a time, remembered.

The base encoder's vocabulary is a SentencePiece unigram model whose pre-tokeniser splits at white space. A unit
(a word or a mark, :func:`marsad.text.units`) is segmented by itself, so pieces and units line up without offsets,
and a word met before costs one dictionary look-up. Written here because the field's tokeniser brings a hub client,
118 MB of memory and a quarter of a second to the start of each process.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import inf

from marsad.text import clean

START = "▁"  # marks a piece that begins after white space
BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3
_UNKNOWN_COST = -30.0  # below every piece's log-probability
LONGEST_UNIT = 64  # characters of a unit that are read; no word is longer


class Pieces:
    """A vocabulary of pieces with log-probabilities; ids are positions in it.

    ``encode`` gives the best segmentation under the unigram model, as the base's own tokeniser does.
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self.ids = {piece: i for i, piece in enumerate(pieces)}
        self._scores = list(scores)
        self._longest = max(map(len, pieces))
        self.encode = lru_cache(maxsize=200_000)(self._encode)

    def _encode(self, unit: str, after_space: bool) -> tuple[int, ...]:
        """Ids of one unit. ``after_space``: the unit begins the text or follows white space."""
        word = unicodedata.normalize("NFKC", clean(unit))[:LONGEST_UNIT].replace(" ", START)
        word = START + word if after_space else word
        n = len(word)
        best, back = [0.0] + [-inf] * n, [(0, UNKNOWN)] * (n + 1)
        for stop in range(1, n + 1):
            for start in range(max(0, stop - self._longest), stop):
                piece = self.ids.get(word[start:stop])
                if piece is not None:
                    score = best[start] + self._scores[piece]
                elif stop - start == 1:
                    piece, score = UNKNOWN, best[start] + _UNKNOWN_COST
                else:
                    continue
                if score > best[stop]:
                    best[stop], back[stop] = score, (start, piece)
        found: list[int] = []
        stop = n
        while stop > 0:
            stop, piece = back[stop]
            if not (piece == UNKNOWN and found and found[-1] == UNKNOWN):  # a run of unknowns is one
                found.append(piece)
        return tuple(reversed(found)) or (UNKNOWN,)
