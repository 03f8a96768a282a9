"""One store: a database whose tables are those of this version of Marsad."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType

from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from marsad.errors import StoreError, VersionError
from marsad.store import revision, search
from marsad.store.engine import DEFAULT, Database, connect, faults
from marsad.store.migrate import known, upgrade
from marsad.store.schema import meta


class Store:
    """Opens the store at ``address`` and makes or migrates its tables; ``must_exist`` refuses to make a new one.

    Raises :class:`StoreError` for one that cannot be used and :class:`VersionError` for one of a newer Marsad.

    >>> with Store("sqlite://") as store, store.reading() as db:
    ...     db.exec_driver_sql("SELECT count(*) FROM article").scalar()
    0
    """

    def __init__(self, address: str = DEFAULT, *, must_exist: bool = False) -> None:
        self.database: Database = connect(address)
        path = self.database.path
        if must_exist and path is not None and not path.exists():
            raise StoreError("no such store", where=str(path), do="make it with `marsad add`, or give --store")
        try:
            self._open()
        except BaseException:
            self.database.close()
            raise

    def _open(self) -> None:
        with faults(self.where):
            with self.database.engine.connect() as connection:
                version = MigrationContext.configure(connection).get_current_revision()
                strange = set() if version else set(inspect(connection).get_table_names())
            if not self.database.sqlite:
                # A server's database may well hold the tables of others, a file is somebody's own.
                strange &= set(meta.tables)
            if strange:
                raise StoreError(
                    f"has a table {min(strange)!r} that is not Marsad's", where=self.where, do="give a store of its own"
                )
            if version is not None and version not in known():
                raise VersionError(
                    f"made by a newer Marsad (tables {version})", where=self.where, do="install that version or newer"
                )
            if version != known()[-1]:
                # The version is looked at again inside: of two that open a new store one makes it.
                with self.database.writing() as connection:
                    upgrade(connection)
            with self.database.reading() as connection:
                stale = search.stale(connection)
            if stale:
                with self.database.writing() as connection:
                    search.reindex(connection)

    @property
    def where(self) -> str:
        """The store as messages name it, without a password."""
        return self.database.where

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that reads: it sees one state of the store."""
        return self.database.reading()

    @contextmanager
    def writing(self, *, shown: bool = True) -> Iterator[Connection]:
        """A transaction that writes: all of it is kept, or none. Prepare outside what takes long: writers wait.

        ``shown=False`` leaves :meth:`revision` as it is: for what no answer shows.
        """
        with self.database.writing() as db:
            before = revision.changes(db)
            yield db
            if shown and revision.changes(db) != before:
                revision.advance(db)

    def revision(self) -> int:
        """A number that each transaction raises that changed anything; 0 where there was none.

        Ask for it before what it is to stand for, or with :func:`marsad.store.revision.read` in the same transaction.
        """
        return int(self.database.value(revision.ASKED) or 0)

    @contextmanager
    def alone(self, stage: str) -> Iterator[None]:
        """Held by the one command that does ``stage``. Raises :class:`BusyError` where there is one already."""
        with self.database.alone(stage):
            yield

    def close(self) -> None:
        """Let go of every connection."""
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
