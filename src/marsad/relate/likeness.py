"""How like two courses are, part by part: the points that each gives, and what both sides have.

The points are a reading order of our own, and no more: the cases are too few to fit any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from marsad.knowledge.precedents import ItemClass, Tie
from marsad.types import Ladder

#: Rungs of a ladder from which on one counts as far from another.
_FAR = 3


class Aspect(StrEnum):
    """What two courses are compared in."""

    STAGE = "stage"  #: the rung of the rapprochement that both stand on
    SIGNAL = "signal"  #: the loudest signal of the executive so far
    RUNGS = "rungs"  #: which rungs both have seen
    ORDER = "order"  #: what came before what, in coarse steps
    ITEMS = "items"  #: what the deal is about
    TIE = "tie"  #: what the buyer is to the sanctioner
    BUYER = "buyer"  #: the same state: its past with the sanctioner is the same


#: The most points of each part. The rungs that are stood on weigh the most: that is what is asked.
MOST: Mapping[Aspect, float] = {
    Aspect.STAGE: 4, Aspect.SIGNAL: 3, Aspect.RUNGS: 2, Aspect.ORDER: 2, Aspect.ITEMS: 2, Aspect.TIE: 2,
    Aspect.BUYER: 1,
}  # fmt: skip
#: Rungs told coarsely, by the highest level of each group: what the order is compared in.
_COARSE: Mapping[Ladder, tuple[tuple[int, str], ...]] = {
    Ladder.L: ((0, "ended"), (2, "contact"), (4, "talks"), (5, "paper"), (7, "contract"), (10, "delivery")),
    Ladder.W: ((-1, "reassurance"), (1, "reserve"), (3, "concern"), (5, "warning"), (6, "cost"), (9, "sanctions")),
    Ladder.R: ((4, "relief"),),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: how many ``points`` of the ``most`` it gives, and what both sides have (rungs, coarse steps, codes).

    An empty side has nothing that is known.
    """

    aspect: Aspect
    points: float
    most: float
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A rung as it is compared: ladder, level, and whether the legislature speaks or it is put off."""

    ladder: Ladder
    level: int
    legislature: bool = False
    postponed: bool = False

    @property
    def name(self) -> str:
        """The rung, with what sets it apart: ``L4``, ``W5 legislature``, ``L4 postponed``."""
        rung = f"{self.ladder}{self.level}"
        return f"{rung} legislature" if self.legislature else f"{rung} postponed" if self.postponed else rung

    @property
    def coarse(self) -> str:
        """The coarse step that it belongs to: ``talks``, ``legislature warning``, ``postponed``."""
        if self.postponed:
            return "postponed"
        step = next((name for highest, name in _COARSE[self.ladder] if self.level <= highest), "")
        return f"legislature {step}" if self.legislature else step


@dataclass(frozen=True, slots=True)
class Stand:
    """What a course has had up to a point: stage, loudest signal of the executive, its marks."""

    stage: int | None
    marks: tuple[Mark, ...]

    @property
    def signal(self) -> int | None:
        """The loudest W of the executive so far."""
        levels = (mark.level for mark in self.marks if mark.ladder is Ladder.W and not mark.legislature)
        return max(levels, default=None)

    @property
    def order(self) -> tuple[str, ...]:
        """The coarse steps in their order, one that comes twice running once."""
        return tuple(step for step, _ in groupby(mark.coarse for mark in self.marks))


def parts(
    ours: Stand,
    theirs: Stand,
    items: frozenset[ItemClass],
    classes: frozenset[ItemClass],
    tie: Tie,
    its: Tie,
    same: bool,
) -> tuple[Part, ...]:
    """The reasons, in the order in which they are told."""
    seen, known = {mark.name for mark in ours.marks}, {mark.name for mark in theirs.marks}
    common = _common(ours.order, theirs.order)
    ties = tuple(Tie)
    shares = {
        Aspect.STAGE: _near(ours.stage, theirs.stage) if theirs.marks else 0.0,
        # No public signal is nearest to silence. Of a case without any rung nothing is known.
        Aspect.SIGNAL: _near(ours.signal or 0, theirs.signal or 0) if theirs.marks else 0.0,
        Aspect.RUNGS: _dice(len(seen & known), len(seen), len(known)),
        Aspect.ORDER: _dice(len(common), len(ours.order), len(theirs.order)),
        Aspect.ITEMS: len(items & classes) / len(items) if items else 0.0,
        Aspect.TIE: max(0.0, 1 - abs(ties.index(tie) - ties.index(its)) / 2),
        Aspect.BUYER: float(same),
    }
    told: Mapping[Aspect, tuple[tuple[str, ...], tuple[str, ...]]] = {
        Aspect.STAGE: (_named("L", ours.stage), _named("L", theirs.stage)),
        Aspect.SIGNAL: (_named("W", ours.signal), _named("W", theirs.signal)),
        Aspect.RUNGS: (_sorted(ours.marks), _sorted(theirs.marks)),
        Aspect.ORDER: (ours.order, theirs.order),
        Aspect.ITEMS: (_values(items), _values(classes)),
        Aspect.TIE: ((tie.value,), (its.value,)),
        Aspect.BUYER: (("same",), ("same" if same else "other",)),
    }
    return tuple(Part(one, round(MOST[one] * shares[one], 3), MOST[one], *told[one]) for one in Aspect)


def _values(classes: Iterable[ItemClass]) -> tuple[str, ...]:
    return tuple(sorted(one.value for one in classes))


def _near(ours: int | None, theirs: int | None) -> float:
    """1 on the same rung, 0 from :data:`_FAR` rungs on, or where only one side has any."""
    if ours is None or theirs is None:
        return float(ours is theirs)
    return max(0.0, 1 - abs(ours - theirs) / _FAR)


def _dice(common: int, ours: int, theirs: int) -> float:
    return 2 * common / (ours + theirs) if ours + theirs else 0.0


def _common(ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """The longest steps that both have in the same order; of several the one that begins first in ``ours``.

    >>> _common(("talks", "reserve", "contract"), ("reserve", "talks", "contract"))
    ('talks', 'contract')
    """
    best: list[list[tuple[str, ...]]] = [[()] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            if ours[i] == theirs[j]:
                best[i][j] = (ours[i], *best[i + 1][j + 1])
            else:
                best[i][j] = max(best[i][j + 1], best[i + 1][j], key=len)
    return best[0][0]


def total(parts: Iterable[Part]) -> float:
    """The points of all parts."""
    return round(sum(part.points for part in parts), 3)


def _named(ladder: str, level: int | None) -> tuple[str, ...]:
    return () if level is None else (f"{ladder}{level}",)


def _sorted(marks: Iterable[Mark]) -> tuple[str, ...]:
    kept = sorted(set(marks), key=lambda mark: (mark.ladder, mark.level, mark.legislature, mark.postponed))
    return tuple(mark.name for mark in kept)
