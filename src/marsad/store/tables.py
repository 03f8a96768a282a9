"""What every table is made with: names of keys and indexes, numbered rows, references that cascade."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, Table

from marsad.store.columns import Whole

meta = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def seq() -> Column[Any]:
    """The number of a row, given by the writer, of which there is one at a time."""
    return Column("seq", Whole, primary_key=True, autoincrement=False)


def of(
    table: str, name: str | None = None, *, null: bool = False, key: bool = False, gone: str = "CASCADE"
) -> Column[Any]:
    """A reference to a row of ``table``, and what becomes of this row when that one is gone."""
    target = ForeignKey(f"{table}.seq", ondelete=gone)
    return Column(name or table, Whole, target, nullable=null, primary_key=key, autoincrement=False)


def part(name: str, kind: Any) -> Column[Any]:
    """A part of a primary key."""
    return Column(name, kind, primary_key=True, autoincrement=False)


def parts(kind: Any, *names: str) -> list[Column[Any]]:
    """Parts of a primary key, all of one kind."""
    return [part(name, kind) for name in names]


def table(name: str, *parts: Any) -> Table:
    """A table of numbered rows."""
    return Table(name, meta, *parts, sqlite_strict=True)


def keyed(name: str, *parts: Any) -> Table:
    """A table that is read by its primary key alone: SQLite keeps its rows in the key's order."""
    return Table(name, meta, *parts, sqlite_strict=True, sqlite_with_rowid=False)
