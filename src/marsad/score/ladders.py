"""How well rungs are read from statements: quadratic weighted kappa, and the denials that came out as warnings.

A statement has one expected rung, or none. What is found of it is the highest rung on the expected ladder; where none
is expected, the highest of W or L. A rung that was not found, or was found where there is none, counts as
:data:`MISSED` steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marsad.errors import GoldError
from marsad.types import Ladder, Rung, Turn

#: A rung that is missing counts as so many steps.
MISSED = 3
#: From this level of W on somebody is warned: no denial and no reservation may come so high.
WARNING = 4
#: Up to this level of W a signal denies, reserves or is silent.
RESERVED = 1


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with what it gives and what was found: levels, None for no rung. ``ladder`` None: none expected."""

    id: str
    ladder: Ladder | None
    expected: int | None
    found: int | None
    turned: bool = True  # the turn is right too

    @property
    def right(self) -> bool:
        """Whether the very rung was found."""
        return self.expected == self.found and self.turned

    @property
    def alarm(self) -> bool:
        """Whether a denial, a reservation or a silence came out as a warning or more."""
        low = self.ladder is Ladder.W and self.expected is not None and self.expected <= RESERVED
        return low and self.found is not None and self.found >= WARNING


def parsed(name: str | None, where: str) -> tuple[Ladder, int] | None:
    """Ladder and level of ``W-1``, ``L6``; None of None. Raises :class:`~marsad.errors.GoldError` for anything else."""
    if name is None:
        return None
    try:
        return Ladder(name[0]), int(name[1:])
    except (ValueError, IndexError):
        raise GoldError(f"{name!r} is no rung", where=where, do="write a ladder and a level: W-1, L6, R3") from None


def statement(id: str, rung: str | None, turn: str | None, found: Iterable[Rung]) -> Statement:  # noqa: A002
    """A statement by its expected ``rung`` (and ``turn``), compared with the rungs ``found`` in it."""
    expected = parsed(rung, id)
    if expected is None:
        levels = [one.level for one in found if one.ladder is not Ladder.R]
        return Statement(id, None, None, max(levels, default=None))
    same = [one for one in found if one.ladder is expected[0]]
    best = max(same, key=lambda one: one.level, default=None)
    turned = best is None or best.turn is Turn(turn or "reached")
    return Statement(id, expected[0], expected[1], best.level if best else None, turned)


def _cost(one: int | None, other: int | None) -> int:
    if one is None or other is None:
        return 0 if one is other else MISSED**2
    return (one - other) ** 2


def kappa(pairs: Sequence[tuple[int | None, int | None]]) -> float:
    """Quadratic weighted kappa of expected and found levels: 1 all right, 0 no better than chance.

    None (no rung) is a category of its own, :data:`MISSED` steps from every level. 1.0 where all is of one kind.

    >>> kappa([(1, 1), (4, 4), (8, 8)]), kappa([(1, 4), (4, 1)]) < 0
    (1.0, True)
    """
    if not pairs:
        return 1.0
    seen = sum(_cost(*pair) for pair in pairs) / len(pairs)
    expected, found = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    chance = (
        sum(a * b * _cost(one, other) for one, a in expected.items() for other, b in found.items()) / len(pairs) ** 2
    )
    return 1.0 - seen / chance if chance else 1.0


def figures(statements: Sequence[Statement]) -> dict[str, float]:
    """Kappa of all but relief (``kappa``) and by ladder (``kappa W``, ``kappa L``, ``kappa R``).

    Besides the share of statements that are right (``right``), and how many denials or reservations came out as W4 or
    more (``alarms``).
    """
    made = {"kappa": kappa(_pairs(one for one in statements if one.ladder is not Ladder.R))}
    for ladder in (Ladder.W, Ladder.L, Ladder.R):
        made[f"kappa {ladder}"] = kappa(_pairs(one for one in statements if one.ladder is ladder))
    made["right"] = sum(one.right for one in statements) / len(statements) if statements else 1.0
    made["alarms"] = float(sum(one.alarm for one in statements))
    return made


def _pairs(statements: Iterable[Statement]) -> list[tuple[int | None, int | None]]:
    return [(one.expected, one.found) for one in statements]
