"""What a question on pairs gives: series, changes, rungs, likenesses, each with its rows and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from marsad.desk.answers import Answer, Framed, Shape
from marsad.export.changes import CHANGES, change_rows
from marsad.export.cited import Cited
from marsad.export.course import RUNGS, rung_row
from marsad.export.precedents import LIKES, like_rows
from marsad.export.rows import Column, Row
from marsad.export.series import RELATIONS, relation_rows
from marsad.relate.course import Stay
from marsad.relate.precedents import Like
from marsad.store.reached import Rises
from marsad.types import Change, Course, Ladder, Reached, Relation, Series

TURNS: Shape[Change] = Shape(CHANGES, change_rows)
CASES: Shape[Like] = Shape(LIKES, like_rows)
_PERIODS: Shape[Relation] = Shape(RELATIONS, relation_rows)


class Periods(Answer[Relation]):
    """The periods of a ``series``, the earliest first; it has the coverage too, and how its figures are worked out."""

    def __init__(self, series: Series) -> None:
        super().__init__(series.periods, _PERIODS)
        self.series = series


class _Climbed(Framed):
    """What has a course, with the sentences of its rungs."""

    __slots__ = ()

    course: Course
    cited: Mapping[str, Cited]

    def rungs(self, lang: str = "en") -> Answer[Reached]:
        """The rungs of the course, the earliest first; in a row each has its sentence, and its name in ``lang``."""

        def rows(given: Iterable[Reached]) -> Iterator[Row]:
            return (rung_row(one, self.cited, lang) for one in given)

        return Answer(self.course.reached, Shape(RUNGS, rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Related(_Climbed):
    """How two stand to each other: both directions over time, what has turned, the course with its sentences.

    Its rows are the periods of both directions. ``stays`` is the time on each rung, from the first day asked about on;
    ``rises`` counts the low rungs by month, ``left`` the rungs that were too many to read one by one.
    """

    forth: Periods
    back: Periods
    changes: Answer[Change]
    course: Course
    cited: Mapping[str, Cited]
    rises: tuple[Rises, ...]
    left: int
    stays: Mapping[Ladder, tuple[Stay, ...]] = field(default_factory=dict)

    def columns(self) -> Mapping[str, Column]:
        """The columns of a period."""
        return RELATIONS

    def rows(self) -> list[Row]:
        """One flat row a period, first those of ``forth``."""
        return [*self.forth.rows(), *self.back.rows()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle(_Climbed):
    """Three sides: each pair in both directions together, and the course of the first two as the third sees it.

    Its rows are the periods of the three pairs; ``rises`` and ``left`` are as in :class:`Related`.
    """

    sides: tuple[str, str, str]
    pairs: tuple[Periods, Periods, Periods]
    course: Course
    cited: Mapping[str, Cited]
    rises: tuple[Rises, ...]
    left: int

    def columns(self) -> Mapping[str, Column]:
        """The columns of a period."""
        return RELATIONS

    def rows(self) -> list[Row]:
        """One flat row a period, pair by pair."""
        return [row for pair in self.pairs for row in pair.rows()]
