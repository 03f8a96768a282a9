"""Whether two articles tell the same news: copies by their words; else by all that speaks for it and against.

Second part of the step: two :class:`~marsad.stories.brief.Brief` in, :class:`Alike` or None out. The evidence is that
of :mod:`.evidence`, with the fitted weights of :mod:`.weights`; precision comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import exp

from marsad.stories.brief import Brief
from marsad.stories.evidence import (
    FEATURES,
    common,
    counterparts,
    elsewhere,
    features,
    odd_states,
    same_act,
    turned,
)
from marsad.stories.weights import BIAS, SAME, WEIGHTS
from marsad.text.near import ALIKE

#: Days between two publications within which they may tell the same.
WINDOW = 2
#: The share of common runs of words from which on a text is a copy; the same of the shorter one that is cut out of
#: a longer.
COPY, CUT = ALIKE, 0.8
_WEIGHTS = tuple(WEIGHTS[name] for name in FEATURES)
#: What no evidence outweighs: another round; neither a name nor a state in common.
_ROUND, _COMMON, _NAMED = (FEATURES.index(name) for name in ("other round", "states", "names"))


@dataclass(frozen=True, slots=True)
class Alike:
    """How sure it is that two articles tell the same (0..1; 1 where all words are the same), and why.

    ``copy``: one text is printed twice, whole or cut.
    """

    score: float
    why: str
    copy: bool = False


def alike(a: Brief, b: Brief) -> Alike | None:
    """Whether two articles tell the same news, and why; None where they do not. Symmetric, and the same everywhere.

    Depends on what the articles say, not on who published them. An article without a day is only ever a copy.
    """
    if a.day and b.day and abs((a.day - b.day).days) > WINDOW:
        return None
    share, cut = common(a, b)
    if share == 1 or ((share >= COPY or cut >= CUT) and not _another(a, b)):
        return Alike(round(max(share, 0.9 * cut), 3), f"copy {max(share, cut):.2f}", True)
    if not (a.day and b.day):
        return None
    given = features(a, b)
    found = weighed(given)
    if found < SAME or given[_ROUND] or not (given[_COMMON] or given[_NAMED]):
        return None
    a, b = sorted((a, b), key=_order)
    return Alike(round(min(0.99, 1 / (1 + exp(-found))), 3), "; ".join(_why(a, b)))


def weighed(given: tuple[float, ...]) -> float:
    """The evidence as one number, to nine digits, so that it is the same on every machine."""
    return round(BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, given, strict=True)), 9)


def _order(one: Brief) -> tuple[date, bytes, tuple[str, ...], str]:
    return one.day or date.min, one.shingles, one.names, one.article


def _another(a: Brief, b: Brief) -> bool:
    """What contradicts even copies: «قتل 12 في بعقوبة», «قتل 7 في طوزخورماتو», in the same words but these."""
    odd = odd_states(a.countries, b.countries)
    return bool(
        elsewhere(a.spots, b.spots)
        or (odd[0] and odd[1])
        or turned(a.acts, b.acts)
        or (a.rounds and b.rounds and not set(a.rounds) & set(b.rounds))
        or (counterparts(a.acts, b.acts) and (odd[0] or odd[1]))
    )


def _why(a: Brief, b: Brief) -> Iterator[str]:
    """What two articles share, and what is other, for a reader."""
    if act := same_act(a.acts, b.acts):
        yield f"same act {act[0].value} {act[1]}".rstrip(" →")
    if a.told and a.told == b.told:
        yield f"day {a.told}"
    if states := [state for state in a.countries if state in b.countries]:
        yield f"states {' '.join(sorted(states))}"
    for what, x, y in (("names", a.names, b.names), ("numbers", a.numbers, b.numbers)):
        if shared := set(x) & set(y):
            yield f"{what} {len(shared)} of {min(len(x), len(y))}"
    given = dict(zip(FEATURES, features(a, b), strict=True))
    if given["words"]:
        yield f"words {given['words']:.2f}"
    yield from (name for name in FEATURES if name.startswith(("other ", "turned")) and given[name] and WEIGHTS[name])
