"""What a question gives: a list that knows where it goes on, and becomes a table of whichever library one uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from marsad.errors import ExtraError
from marsad.export.acts import ACTS, ARTICLES, act_rows, article_rows
from marsad.export.alerts import ALERTS as TOLD
from marsad.export.alerts import alert_rows
from marsad.export.parquet import table
from marsad.export.rows import COLUMNS, Column, Row, rows
from marsad.store.search import Hit
from marsad.types import Alert, Occurrence, Report

T = TypeVar("T")


class Framed:
    """What can be had as flat rows, and as a table of whichever library one uses."""

    __slots__ = ()

    def columns(self) -> Mapping[str, Column]:
        """The columns of the rows, in their order."""
        raise NotImplementedError

    def rows(self) -> list[Row]:
        """The flat rows, with the columns of :meth:`columns`."""
        raise NotImplementedError

    def to_arrow(self) -> Any:
        """A ``pyarrow.Table`` with typed columns. Raises :class:`ExtraError` without the extra ``frames``."""
        return table(self.rows(), self.columns())

    def to_polars(self) -> Any:
        """A ``polars.DataFrame``. Raises :class:`ExtraError` without the extra ``frames``."""
        try:
            import polars
        except ImportError:
            raise ExtraError("polars is not installed", do='pip install "marsad[frames]"') from None
        return polars.from_arrow(self.to_arrow())

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``. Raises :class:`ExtraError` without pandas, or without the extra ``frames``."""
        try:
            return self.to_arrow().to_pandas()
        except ModuleNotFoundError:
            raise ExtraError("pandas is not installed", do="pip install pandas") from None


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """How items become rows: their columns, and what makes the rows."""

    columns: Mapping[str, Column]
    rows: Callable[[Iterable[T]], Iterator[Row]]


def _hits(hits: Iterable[Hit]) -> Iterator[Row]:
    return article_rows(hit.article for hit in hits)


REPORTS: Shape[Report] = Shape(COLUMNS, rows)
OCCURRENCES: Shape[Occurrence] = Shape(ACTS, act_rows)
HITS: Shape[Hit] = Shape(ARTICLES, _hits)
ALERTS: Shape[Alert] = Shape(TOLD, alert_rows)


class Answer(Framed, Sequence[T], Generic[T]):
    """Some of what was asked for. ``after`` is the cursor of the rest; None where there is no more."""

    def __init__(self, items: Iterable[T], shape: Shape[T], after: str | None = None) -> None:
        self.items = tuple(items)
        self.shape = shape
        self.after = after

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Answer[T]: ...
    def __getitem__(self, at: int | slice) -> T | Answer[T]:
        """One item, or an answer of some."""
        return Answer(self.items[at], self.shape, self.after) if isinstance(at, slice) else self.items[at]

    def __len__(self) -> int:
        return len(self.items)

    def __repr__(self) -> str:
        return f"Answer({list(self.items)!r}, after={self.after!r})"

    def columns(self) -> Mapping[str, Column]:
        """The columns of ``shape``."""
        return self.shape.columns

    def rows(self) -> list[Row]:
        """One flat row an item, with the columns of ``shape``."""
        return list(self.shape.rows(self.items))
