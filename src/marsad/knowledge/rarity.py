"""How rare a word or a state is in the news: what is rare says more where two articles share it."""

from __future__ import annotations

from functools import cache
from math import log2

from marsad.knowledge.files import rows

FILE = "rarity.csv"
#: A stem that no sentence of the count has is as rare as one that two of three such counts would have.
_UNSEEN = 0.7
#: What the count of a state is smoothed by: few sentences of the count name the states of far away.
_SMOOTH = 4
RAREST = 15


@cache
def _counts() -> dict[str, dict[str, int]]:
    """Counts by kind (``ar``, ``en``, ``state``) and form; the form "" is all of the kind."""
    counts: dict[str, dict[str, int]] = {}
    for row in rows(FILE):
        counts.setdefault(row["kind"], {})[row["form"]] = int(row["count"])
    return counts


def stem_rarity(stem: str) -> int:
    """How rare a light stem is: the binary logarithm of how many sentences of news go to one that has it, 0..15.

    >>> stem_rarity("قال"), stem_rarity("زلزال") > 8, stem_rarity("no such stem")
    (2, True, 9)
    """
    counts = _counts()["en" if stem.isascii() else "ar"]
    return min(RAREST, max(0, round(log2(counts[""] / counts.get(stem, _UNSEEN)))))


def state_rarity(state: str) -> float:
    """The same of a state by its code: about 2 for the United States, 11 at most.

    >>> state_rarity("USA") < state_rarity("IRQ") < state_rarity("NPL")
    True
    """
    counts = _counts()["state"]
    return round(log2(counts[""] / (counts.get(state, 0) + _SMOOTH)), 2)
