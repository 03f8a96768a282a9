"""One file that holds a whole store, of either engine, and a store made from it again.

A backup is a SQLite file with the tables of the store, a store itself. It is made while others write, and shows one
state; under its name stands a whole backup or none.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Row, Table, func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeDecorator

from marsad.errors import BusyError, StoreError, VersionError, WriteError
from marsad.store import revision, search
from marsad.store.columns import Flag
from marsad.store.engine import connect, own_faults
from marsad.store.migrate import known
from marsad.store.schema import meta
from marsad.store.store import Store

#: Rows that are copied at a time from one engine to another.
ROWS = 5_000


def backup(store: Store, path: str | Path, *, force: bool = False) -> int:
    """Write one state of the store into the file ``path``, while others go on writing; gives its size in bytes.

    Raises :class:`WriteError` where it cannot be written, and where it exists and ``force`` is not given.
    """
    target = Path(path)
    if target.exists() and not force:
        raise WriteError("exists already", where=str(target), do="give another name, or --force to replace it")
    if store.database.path is not None and target.exists() and target.samefile(store.database.path):
        raise WriteError("is the store itself", where=str(target), do="give another name")
    with _made_new(target) as part:
        if store.database.sqlite:
            _copy_file(store, part)
        else:
            with Store(str(part)) as made, store.reading() as source, made.writing() as db:
                _copy_rows(source, db)
        _settle(part)
        _check(part, target.name)
    return target.stat().st_size


def restore(path: str | Path, address: str, *, force: bool = False) -> None:
    """Make the store at ``address`` (a file, or a database of PostgreSQL) what the backup ``path`` holds.

    A store that holds anything is replaced only with ``force``: a file is kept beside as ``NAME.before``, the tables of
    PostgreSQL are emptied in the transaction that fills them. Raises :class:`StoreError` for a file that is no backup
    or is damaged, :class:`VersionError` for one of a newer Marsad; then nothing has changed.
    """
    database = connect(address)
    try:
        file = Path(path)
        if not file.is_file():
            raise StoreError("no such backup", where=str(file), do="check the name")
        if database.path is not None:
            _restore_file(file, database.path, force)
        elif database.sqlite:
            raise StoreError("a store in memory cannot be restored into", where=database.where, do="give a file")
        else:
            with tempfile.TemporaryDirectory(prefix="marsad-") as folder:
                part = Path(folder) / "restored.db"
                _staged(file, part)
                _restore_rows(part, address, force)
    finally:
        database.close()


# --- files -----------------------------------------------------------------------------------------------------------


@contextmanager
def _made_new(target: Path) -> Iterator[Path]:
    """A file beside ``target``, which takes its name when all has gone well, and goes when it has not."""
    part = target.with_name(f"{target.name}.part")
    try:
        _remove(part)
        part.touch()
        yield part
        _sync(part)
        part.replace(target)
        _sync(target.absolute().parent)
    except (OSError, sqlite3.Error) as error:
        told = getattr(error, "strerror", None) or error
        raise WriteError(f"cannot be written ({told})", where=str(target), do="check its folder and the disk") from None
    finally:
        _remove(part)


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """See to it that a file, or the names in a folder, are on the disk."""
    at = os.open(path, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def _copy_file(store: Store, part: Path) -> None:
    """SQLite's own copy, in one step: it holds a reader's view, which no writer waits for."""
    with closing(sqlite3.connect(part)) as copy, store.database.raw() as source:
        try:
            source.backup(copy)
        except sqlite3.Error as error:
            if error.sqlite_errorname.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
                raise
            raise WriteError(f"cannot be written ({error})", where=str(part), do="check its folder and disk") from None


def _settle(path: Path) -> None:
    """One file without a log beside it."""
    with own_faults(str(path)), closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")


def _check(path: Path, shown: str) -> None:
    """Raise unless the file is a whole store of a version that is known."""
    with own_faults(shown), closing(sqlite3.connect(path)) as db:
        told = [row[0] for row in db.execute("PRAGMA quick_check(3)")]
        if told != ["ok"]:
            raise StoreError(f"is damaged ({'; '.join(told)[:200]})", where=shown, do="take an older backup")
        try:
            row = db.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            row = None
    if row is None:
        raise StoreError("is no backup of Marsad's", where=shown, do="give a file that `marsad backup` has made")
    if row[0] not in known():
        raise VersionError(f"made by a newer Marsad (tables {row[0]})", where=shown, do="install that version or newer")


def _staged(file: Path, part: Path) -> None:
    """A checked copy of a backup with today's tables: the backup itself is only read."""
    try:
        shutil.copyfile(file, part)
    except OSError as error:
        raise StoreError(
            f"cannot be read ({error.strerror})", where=str(file), do="check its rights, and the disk"
        ) from None
    _check(part, str(file))
    with Store(str(part)) as made, made.writing(shown=False) as db:
        revision.renew(db)
    _settle(part)


def _restore_file(file: Path, target: Path, force: bool) -> None:
    if target.exists():
        if target.samefile(file):
            raise StoreError("is the backup itself", where=str(target), do="give the name of another store")
        if not force:
            _refuse_full(str(target))
    with _made_new(target) as part:
        _staged(file, part)
        if target.exists():
            _keep_before(target)


def _refuse_full(address: str) -> None:
    """Raise unless the store is there to be filled: it is empty, and it is a store."""
    with Store(address) as store, store.reading() as db:
        for table in ("article", "source", "judgement", "forgotten", "fetch", "watch", "api_key"):
            if db.execute(select(func.count()).select_from(meta.tables[table])).scalar():
                raise StoreError(
                    "holds something already", where=store.where, do="give a new one, or --force to replace it"
                )


def _keep_before(target: Path) -> None:
    """Keep the store that is there under another name, with what is in its log. Raises :class:`BusyError`."""
    try:
        with closing(sqlite3.connect(target, timeout=1)) as db:
            # Only the last one that has it open can do this: nobody goes on writing into what is put aside.
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise BusyError("another program has it open", where=str(target), do="end that program first") from None
    except sqlite3.DatabaseError:
        pass  # what is damaged is put aside as it is
    before = _free(target.with_name(f"{target.name}.before"))
    for end in ("-wal", "-shm", "-journal"):
        beside = target.with_name(target.name + end)
        if beside.exists():
            beside.replace(before.with_name(before.name + end))
    try:
        before.hardlink_to(target)  # so that a store stands under the name at every moment
    except OSError:
        target.replace(before)


def _free(path: Path) -> Path:
    """``path``, or with a number behind it where that is taken: nothing that was put aside is lost."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


# --- rows ------------------------------------------------------------------------------------------------------------


def _restore_rows(part: Path, address: str, force: bool) -> None:
    if not force:
        _refuse_full(address)
    with Store(address) as store, Store(str(part)) as source, source.reading() as rows, store.writing() as db:
        names = ", ".join(f'"{name}"' for name in [*meta.tables, "search"])
        db.exec_driver_sql(f"TRUNCATE {names}")
        _copy_rows(rows, db)
        revision.renew(db)
        db.exec_driver_sql("ANALYZE")


def _plain(table: Table) -> Table:
    """The table with its values as they stand in the columns, which both engines hold alike but for yes and no."""
    return Table(table.name, MetaData(), *(Column(column.name, _as_stored(column)) for column in table.columns))


def _as_stored(column: Column[Any]) -> Any:
    kind = column.type
    return kind.impl if isinstance(kind, TypeDecorator) and not isinstance(kind, Flag) else kind


def _insert(target: Connection, plain: Table, rows: Sequence[Row[Any]]) -> None:
    if target.dialect.name == "sqlite":
        target.execute(insert(plain), [dict(row._mapping) for row in rows])
        return
    names = ", ".join(f'"{column.name}"' for column in plain.columns)
    cursor: Any = target.connection.cursor()
    try:
        # PostgreSQL's own way to take many rows, much faster than INSERT.
        with closing(cursor), cursor.copy(f'COPY "{plain.name}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(tuple(row))
    except target.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(None, None, error) from error


def _copy_rows(source: Connection, target: Connection) -> None:
    """Copy every table, parents first, and make the index of words anew."""
    about = meta.tables["about"]
    target.execute(about.delete())  # what a new store has noted of itself
    for table in meta.sorted_tables:
        plain = _plain(table)
        asked = select(plain).order_by(*(plain.c[column.name] for column in table.primary_key))
        found = source.execution_options(stream_results=True).execute(asked)
        for rows in found.partitions(ROWS):
            _insert(target, plain, rows)
    target.execute(about.delete().where(about.c.key == "search"))
    search.reindex(target)
