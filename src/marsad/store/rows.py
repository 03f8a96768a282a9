"""What every module of the store needs of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")
#: Values of one IN list: below the limit of every engine (SQLite: 32,766 variables a statement).
MANY = 10_000


def next_seq(db: Connection, table: Table) -> int:
    """The number of the next row of ``table``. Sure only inside a transaction that writes: there is one at a time."""
    return (db.execute(select(func.max(table.c.seq))).scalar() or 0) + 1


def parts(items: Sequence[T], size: int = MANY) -> Iterator[Sequence[T]]:
    """``items`` in pieces of at most ``size``.

    >>> list(parts([1, 2, 3], 2))
    [[1, 2], [3]]
    """
    for at in range(0, len(items), size):
        yield items[at : at + size]


def upserting(db: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT into ``table`` that knows ON CONFLICT, which both engines spell alike."""
    return sqlite.insert(table) if db.dialect.name == "sqlite" else postgresql.insert(table)
