"""The database behind a store: opened by its address, one writer at a time, its faults as Marsad's errors.

SQLite in a file (WAL, foreign keys, every commit on the disk) or PostgreSQL 15 and newer, by the same code. A
transaction that writes is alone: SQLite has one writer at a time, and on PostgreSQL an advisory lock sees to the same,
so that two commands on one store wait for each other instead of failing.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from marsad.errors import BusyError, ExtraError, StoreError

#: The store where nothing else is said.
DEFAULT = "marsad.db"
#: Seconds that a writer waits for another.
PATIENCE = 60
#: Oldest PostgreSQL and SQLite that will do.
POSTGRESQL, SQLITE = 15, (3, 37, 0)
_WRITES = "marsad_writes"
_KEY = 0x6D61_7273_6164  # "marsad": the advisory lock of writers


@dataclass(frozen=True, slots=True)
class Database:
    """An engine and how it is told of: ``where`` names it in messages, without a password; ``turn`` is held by each
    transaction where there is one connection for all.
    """

    engine: Engine
    where: str
    path: Path | None = None
    turn: AbstractContextManager[Any] = field(default_factory=nullcontext)

    @property
    def sqlite(self) -> bool:
        """Whether it is SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store and changes nothing."""
        reader = self.engine if self.sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        with self.turn, faults(self.where), reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The transaction that writes; what it did is there at its end, or none of it."""
        writer = self.engine.execution_options(**{_WRITES: True})
        with self.turn, faults(self.where), writer.begin() as connection:
            if not self.sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _KEY})
            yield connection

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """SQLite's own connection, outside any transaction: for what is done to the file as a whole."""
        with faults(self.where), own_faults(self.where):
            pooled = self.engine.raw_connection()
            try:
                yield cast("sqlite3.Connection", pooled.driver_connection)
            finally:
                pooled.close()

    def value(self, asked: str) -> Any:
        """The first value that one statement gives, None without a row: in no transaction, the quickest way to ask."""
        if self.sqlite:
            with self.turn, self.raw() as own:
                row = own.execute(asked).fetchone()
            return None if row is None else row[0]
        with faults(self.where), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return connection.exec_driver_sql(asked).scalar()

    @contextmanager
    def alone(self, stage: str) -> Iterator[None]:
        """Held while one command does ``stage``, so that no second one does the same. Raises :class:`BusyError`."""
        busy = BusyError(
            f"another command is at work on it ({stage})", where=self.where, do="wait for it, or end it first"
        )
        if self.sqlite:
            if self.path is None:
                yield
                return
            lock = FileLock(f"{self.path}.{stage}.lock")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                raise busy from None
            except OSError as error:
                raise StoreError(f"no lock beside it ({error.strerror})", where=self.where, do=_DO_FOLDER) from None
            try:
                yield
            finally:
                lock.release()
            return
        key = int.from_bytes(hashlib.blake2b(stage.encode(), digest_size=7).digest(), "big")
        with faults(self.where), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}).scalar():
                raise busy
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


_DO_FOLDER = "check that the folder may be written to"


@contextmanager
def faults(where: str) -> Iterator[None]:
    """What a database refuses inside, as an error of Marsad's."""
    try:
        yield
    except DBAPIError as error:
        raise _told(error, where) from error
    except SQLAlchemyError as error:
        raise StoreError(_words(error), where=where, do="run `marsad doctor`") from error


@contextmanager
def own_faults(where: str) -> Iterator[None]:
    """What SQLite itself refuses inside, as an error of Marsad's."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(DBAPIError(None, None, error), where) from error


def _words(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())[:300]


def _told(error: DBAPIError, where: str) -> StoreError:
    said = _words(error)
    if isinstance(error.orig, sqlite3.Error):
        name = getattr(error.orig, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return BusyError("another program writes to it", where=where, do="end that program, then run this again")
        if name.startswith("SQLITE_FULL"):
            return StoreError("the disk is full", where=where, do="make room, then run this again: nothing is lost")
        if name.startswith("SQLITE_READONLY"):
            return StoreError("it may only be read", where=where, do="give yourself the right to write to it")
        if name.startswith("SQLITE_CANTOPEN"):
            return StoreError("cannot be opened", where=where, do="check the name, its folder and the rights on both")
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return StoreError(
                f"is damaged or no store ({said})",
                where=where,
                do="check the name; a damaged store is replaced by a backup: `marsad restore`",
            )
    if error.connection_invalidated or not _alive(error):
        return StoreError(
            f"the connection was lost ({said})", where=where, do="run this again: what was told as done is kept"
        )
    return StoreError(said, where=where, do="run `marsad doctor`")


def _alive(error: DBAPIError) -> bool:
    """Whether the fault is that of a statement, and not of the way to the server."""
    return type(error.orig).__name__ not in ("OperationalError", "InterfaceError", "AdminShutdown") or isinstance(
        error.orig, sqlite3.Error
    )


def connect(address: str) -> Database:
    """The database at ``address``: a path, ``sqlite:///path``, ``sqlite://`` (in memory) or ``postgresql://…``.

    Opens no connection but for SQLite in memory. Raises :class:`StoreError` for an address of another kind,
    :class:`ExtraError` where the driver is not installed.
    """
    if "://" not in address:
        address = f"sqlite:///{address}"
    try:
        url = make_url(address)
    except ArgumentError:
        raise StoreError("no address of a store", where=address, do="give a path or postgresql://host/name") from None
    if url.drivername == "sqlite":
        return _sqlite(url.database or "")
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        shown = url.render_as_string(hide_password=True)
        try:
            engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=2)
        except (ModuleNotFoundError, NoSuchModuleError):
            raise ExtraError("PostgreSQL needs a driver", where=shown, do='pip install "marsad[postgres]"') from None
        event.listen(engine, "first_connect", _check_postgresql)
        return Database(engine, shown)
    raise StoreError(
        f"{url.drivername} is no kind of store", where=address.partition("://")[0], do="give a path or postgresql://…"
    )


def _check_postgresql(connection: Any, _: Any) -> None:
    version = connection.info.server_version
    if version < POSTGRESQL * 10_000:
        raise StoreError(f"PostgreSQL {version // 10_000} is too old", do=f"give one of {POSTGRESQL} or newer")


def _sqlite(name: str) -> Database:
    memory = name in ("", ":memory:")
    path = None if memory else Path(name)
    if sqlite3.sqlite_version_info < SQLITE:
        raise StoreError(
            f"SQLite {sqlite3.sqlite_version} is too old", do=f"a Python with {'.'.join(map(str, SQLITE))} or newer"
        )
    if path is not None and path.is_dir():
        raise StoreError("is a folder", where=name, do="give the name of a file")
    engine = create_engine(
        "sqlite://" if memory else f"sqlite:///{path}",
        # Connections are kept: each holds what it has read of the file, and the last that closes empties the log.
        connect_args={"timeout": PATIENCE, "check_same_thread": False},
        **({"poolclass": StaticPool} if memory else {"poolclass": QueuePool, "pool_size": 8, "max_overflow": 12}),
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    # In memory there is one connection: its transactions wait for each other.
    return Database(engine, "memory" if memory else name, path, threading.RLock() if memory else nullcontext())


#: How every connection to SQLite is set. FULL: what was acknowledged survives a power cut, not only a kill.
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -65536",
    "temp_store = MEMORY",
    "wal_autocheckpoint = 4000",
    "journal_size_limit = 67108864",
    "trusted_schema = OFF",
)


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours: Python's own begins late, and never IMMEDIATE
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


#: KiB of the file that a connection holds while it reads, and while it writes. A reader's goes with each commit of
#: another connection, and the system holds the file too: many readers need little. Who writes needs the indexes.
READS, WRITES = 16_384, 65_536


def _begin(connection: Connection) -> None:
    # A reader that becomes a writer half way could fail at once, however patient: a writer says so from the start.
    writes = bool(connection.get_execution_options().get(_WRITES))
    if connection.info.get(_WRITES) is not writes:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{WRITES if writes else READS}")
        connection.info[_WRITES] = writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
