"""How well a course comes out, against one that was written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from marsad.errors import GoldError
from marsad.types import Course, Ladder, Turn


class Mark(NamedTuple):
    """A rung as a course is compared by: what, when, and whether it counts as having happened."""

    day: date
    ladder: Ladder
    level: int
    turn: Turn
    confirmed: bool

    @property
    def rung(self) -> tuple[Ladder, int, Turn]:
        """What is reached, whenever."""
        return self.ladder, self.level, self.turn

    def __str__(self) -> str:
        turn = "" if self.turn is Turn.REACHED else f" {self.turn}"
        return f"{self.day} {self.ladder}{self.level}{turn}{'' if self.confirmed else ' unconfirmed'}"


@dataclass(frozen=True, slots=True)
class Compared:
    """What of the expected rungs was found on its day, what was not, what was found besides.

    ``above`` are those found that stand higher than any that is expected by their day on their ladder.
    """

    hits: tuple[Mark, ...]
    missed: tuple[Mark, ...]
    extra: tuple[Mark, ...]
    above: tuple[Mark, ...]

    def figures(self) -> dict[str, float]:
        """``recall`` of the rungs with their day, ``precision``, and how many stand ``above`` what is expected."""
        expected, found = len(self.hits) + len(self.missed), len(self.hits) + len(self.extra)
        return {
            "recall": len(self.hits) / expected if expected else 1.0,
            "precision": len(self.hits) / found if found else 1.0,
            "above": float(len(self.above)),
        }


def marks(course: Course) -> list[Mark]:
    """The rungs of a course that have a day, the earliest first."""
    return sorted(
        Mark(one.rung.day, one.rung.ladder, one.rung.level, one.rung.turn, one.confirmed)
        for one in course.reached
        if one.rung.day
    )


def expected(given: Mapping[str, Any]) -> list[Mark]:
    """The rungs of a course by hand, the earliest first. Raises :class:`GoldError` for what is none."""
    try:
        return sorted(
            Mark(
                date.fromisoformat(one["day"]),
                Ladder(one["ladder"]),
                int(one["level"]),
                Turn(one.get("turn", "reached")),
                bool(one["confirmed"]),
            )
            for one in given["reached"]
        )
    except (KeyError, TypeError, ValueError) as error:
        what = f"no course by hand ({type(error).__name__}: {error})"
        raise GoldError(what, do="give `reached`, each with day, ladder, level, confirmed") from error


def compare(gold: Sequence[Mark], found: Iterable[Mark]) -> Compared:
    """Each expected rung is found once: the same ladder, level and turn on the same day, and as far to be believed."""
    left = list(found)
    hits, missed = [], []
    for mark in gold:
        if mark in left:
            left.remove(mark)
            hits.append(mark)
        else:
            missed.append(mark)
    return Compared(tuple(hits), tuple(missed), tuple(left), tuple(one for one in left if _is_above(one, gold)))


def _is_above(one: Mark, gold: Sequence[Mark]) -> bool:
    """Whether nothing that is expected by its day reaches so high on its ladder; unconfirmed, by what is not either."""
    there = [
        mark.level
        for mark in gold
        if mark.ladder is one.ladder and mark.day <= one.day and (mark.confirmed or not one.confirmed)
    ]
    return one.level > max(there, default=-2)
