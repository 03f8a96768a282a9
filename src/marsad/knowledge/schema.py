"""Typed rows of a CSV file: which columns there are, what may stand in them; a fault names file, line, column, mend.

Every table of ``knowledge/`` that users may extend is read through a tuple of :class:`Column`. Nothing here reads a
file: the text comes in, so that a user's table and the built-in one take the same way.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from marsad.errors import KnowledgeError
from marsad.knowledge.files import forms

#: text: anything; forms: names separated by |; day: YYYY, YYYY-MM or YYYY-MM-DD.
ColumnKind = Literal["text", "forms", "day"]

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
#: Rows whose message lists what is allowed name no more than this many values.
_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name, what stands in it, whether it may be empty, and the values allowed (empty: any).

    ``pattern`` is what the whole cell must match, ``words`` says the same to a reader.
    """

    name: str
    kind: ColumnKind = "text"
    required: bool = False
    allowed: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a line by column, without white space around them; ``where`` is ``file:line``."""

    cells: Mapping[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def forms(self, column: str) -> tuple[str, ...]:
        """The names in a cell, which ``|`` separates."""
        return forms(self[column])

    def first(self, column: str) -> date | None:
        """The first day that a cell may mean; None for an empty one."""
        return first_day(self[column]) if self[column] else None

    def last(self, column: str) -> date | None:
        """The last day that a cell may mean; None for an empty one."""
        return last_day(self[column]) if self[column] else None

    def fault(self, column: str, what: str, do: str) -> KnowledgeError:
        """The error for this row; ``what`` is wrong in ``column``, and what to ``do``."""
        return KnowledgeError(f"column {column}: {what}", where=self.where, do=do)


def _day(text: str, last: bool) -> date:
    match = _DAY.fullmatch(text)
    if not match:
        raise ValueError(f"{text[:40]!r} is no day")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    month = month or (12 if last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if last else 1))


def first_day(text: str) -> date:
    """The first day of a year, a month, or the day itself.

    Raises ValueError for what is no ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` of the calendar.

    >>> first_day("2024-02"), first_day("2024")
    (datetime.date(2024, 2, 1), datetime.date(2024, 1, 1))
    """
    return _day(text, last=False)


def last_day(text: str) -> date:
    """The last day of a year, a month, or the day itself. Raises ValueError as :func:`first_day` does.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    return _day(text, last=True)


def rows(text: str, file: str, columns: Sequence[Column]) -> Iterator[Row]:
    r"""The rows of ``text``, a CSV table with a header; lines that begin with ``#`` and empty lines are skipped.

    ``file`` is what the errors call it. Columns that are not required may be left out. Raises
    :class:`~marsad.errors.KnowledgeError` at the first fault.

    >>> columns = (Column(name="id", required=True), Column(name="since", kind="day"))
    >>> row = next(rows("# mine\nid,since\nIRQ.X,2024-05\n", "mine.csv", columns))
    >>> row["id"], row.first("since"), row.where
    ('IRQ.X', datetime.date(2024, 5, 1), 'mine.csv:3')
    """
    read = _cells(text.removeprefix("\ufeff"), file)
    line, header = next(read, (1, []))
    named = {column.name: column for column in columns}
    header = [cell.strip() for cell in header]
    where = f"{file}:{line}"
    for name in header:
        if name not in named:
            do = "separate the columns by commas" if ";" in name or "\t" in name else "use " + ", ".join(named)
            raise KnowledgeError(f"column {name[:60]!r} is not known", where=where, do=do)
    if len(set(header)) < len(header):
        raise KnowledgeError("a column stands twice in the header", where=where, do="keep one of them")
    for column in columns:
        if column.required and column.name not in header:
            raise KnowledgeError(
                f"column {column.name} is missing", where=where, do=f"add it to the header, and fill it: {column.name}"
            )
    for line, cells in read:
        if len(cells) != len(header):
            raise KnowledgeError(
                f"{len(cells)} cells where the header names {len(header)}",
                where=f"{file}:{line}",
                do="quote a cell that holds a comma; separate the names inside a cell by |",
            )
        row = Row({name: cell.strip() for name, cell in zip(header, cells, strict=True)}, f"{file}:{line}")
        for name in header:
            _check(row, named[name])
        yield row


def _cells(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Every line of the table with its number in the text, the head left out."""
    at = [0]

    def lines() -> Iterator[str]:
        for number, line in enumerate(text.splitlines(keepends=True), 1):
            at[0] = number
            if line.strip() and not line.startswith("#"):
                yield line

    reader, begun = csv.reader(lines(), strict=True), 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise KnowledgeError(
                f"the line cannot be read as CSV ({error})",
                where=f"{file}:{begun + 1}",
                do='close every quotation mark; write "" for one inside a quoted cell',
            ) from None
        begun = at[0]
        yield begun, cells


def _check(row: Row, column: Column) -> None:
    """Raises where a cell is not what its column says."""
    cell = row[column.name]
    if not cell:
        if column.required:
            raise row.fault(column.name, "is empty", "fill it" + (f": {column.words}" if column.words else ""))
        return
    if column.kind == "day":
        try:
            first_day(cell)
        except ValueError:
            raise row.fault(column.name, f"{cell[:40]!r} is no day", "write YYYY, YYYY-MM or YYYY-MM-DD") from None
    values = forms(cell) if column.kind == "forms" else (cell,)
    for value in values:
        if column.allowed and value not in column.allowed:
            listed = sorted(column.allowed)
            do = "give one of " + ", ".join(listed[:_LISTED]) + (" …" if len(listed) > _LISTED else "")
            raise row.fault(column.name, f"{value[:40]!r} is not allowed", do)
        if column.pattern and not column.pattern.fullmatch(value):
            raise row.fault(column.name, f"{value[:40]!r} is not {column.words}", f"give {column.words}")
