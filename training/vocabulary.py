"""Which pieces of the base vocabulary the model keeps.

Everything in Arabic script, digits, punctuation and common signs; of the Latin, Cyrillic and Hebrew pieces the most
probable under the base's own unigram model, and every piece that the English training text uses. What the cut costs
is printed by ``python -m training vocabulary``: the share of units whose segmentation changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

import numpy as np

from training.encoder import Weights

#: Pieces kept of each script, by log-probability (None: all).
KEEP = {"ARABIC": None, "LATIN": 48_000, "CYRILLIC": 7_000, "HEBREW": 3_000}


@cache
def _script(char: str) -> str:
    if ord(char) < 128 and not char.isalpha():
        return "COMMON"
    name = unicodedata.name(char, "UNKNOWN").split()[0]
    if name in ("ARABIC", "LATIN", "CYRILLIC", "HEBREW"):
        return name
    return "COMMON" if unicodedata.category(char)[0] in "PSN" and ord(char) < 0x2E80 else "OTHER"


def script(piece: str) -> str:
    """ARABIC, LATIN, CYRILLIC, HEBREW, COMMON (digits, marks), or OTHER (other scripts, mixtures)."""
    found = {_script(char) for char in piece if char != "▁"} - {"COMMON"}
    if not found:
        return "COMMON"
    return found.pop() if len(found) == 1 else "OTHER"


def select(weights: Weights, used: Iterable[int] = ()) -> np.ndarray:
    """Ids of the base vocabulary that are kept, ascending; the first four are the special pieces.

    ``used`` are ids that must be kept whatever their probability.
    """
    scripts = np.array([script(piece) for piece in weights.pieces])
    kept = set(range(4)) | {weights.special["<mask>"]} | set(used)
    for name, most in {**KEEP, "COMMON": None}.items():
        ids = np.flatnonzero(scripts == name)
        order = ids[np.argsort(-weights.scores[ids], kind="stable")]
        kept |= set(order[:most].tolist())
        if name != "COMMON":
            kept |= {i for i in ids.tolist() if len(weights.pieces[i].strip("▁")) <= 1}
    return np.array(sorted(kept - {i for i in kept if scripts[i] == "OTHER" and i > 3}))
