"""Common Arabic names and their Latin spellings, by which سالم and سلام differ where "Salem" and "Salam" hardly do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

#: Under this share two words are held to be two names, from this one on the same.
_OTHER, _SAME = 0.03, 0.2


@cache
def _shares() -> tuple[Mapping[str, Mapping[str, float]], Mapping[str, int]]:
    """For each word of either script how often it stands for which of the other, and how often it was counted."""
    text = files("marsad.text.names").joinpath("given.tsv").read_text(encoding="utf-8")
    both: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in text.splitlines():
        if line[0] != "#":
            arabic, spellings = line.split("\t")
            for each in spellings.split(" "):
                latin, _, count = each.partition(":")
                both[arabic][latin] = both[latin][arabic] = int(count)
    totals = {word: sum(counts.values()) for word, counts in both.items()}
    return {w: {o: n / totals[w] for o, n in counts.items()} for w, counts in both.items()}, totals


def common(word: str) -> int:
    """How often the source has ``word`` as a part of a name; 0 where it is not common.

    >>> common("محمد") > common("شويغو") == 0
    True
    """
    return _shares()[1].get(word, 0)


@lru_cache(1 << 16)
def same(a: str, b: str) -> bool | None:
    """Whether two words are spellings of one name: True, False, or None where the table does not tell.

    >>> same("سالم", "salem"), same("سالم", "salam"), same("سالم", "shoigu")
    (True, False, None)
    """
    shares, totals = _shares()
    x, y = shares.get(a), shares.get(b)
    if x is None or y is None or totals[a] < 8 or totals[b] < 8:
        return None
    if b in x or a in y:
        share = max(x.get(b, 0.0), y.get(a, 0.0))
    elif a.isascii() == b.isascii():
        share = shared(a, b)
    else:
        share = 0.0
    return True if share >= _SAME else False if share < _OTHER else None


def shared(a: str, b: str) -> float:
    """The share of spellings that two words of one script have in common, from 0 to 1.

    >>> shared("ناصر", "نصر") < 0.5 < shared("رحمان", "رحمن")
    True
    """
    shares, _ = _shares()
    other = shares.get(b, {})
    return sum(min(part, other.get(spelling, 0.0)) for spelling, part in shares.get(a, {}).items())
