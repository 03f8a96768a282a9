"""The stores that every test here runs on: SQLite in a file, and PostgreSQL where TEST_POSTGRES names one.

``TEST_POSTGRES`` is the address of a server (``tools/postgres.sh start FOLDER`` prints it) on which each worker
of the tests makes a database of its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from marsad.store import Store
from marsad.store.schema import meta

ENGINES = ("sqlite", "postgresql")
SERVER = "TEST_POSTGRES"


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without anything in it: copying it is quicker than making its tables for each test."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    with Store(str(path)) as made, made.database.engine.connect() as db:
        db.exec_driver_sql("ROLLBACK")
        db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.exec_driver_sql("BEGIN")
    return path


@pytest.fixture(scope="session")
def _database() -> Iterator[str]:
    """The address of a PostgreSQL database of this worker's own."""
    server = os.environ.get(SERVER)
    if not server:
        pytest.skip(f"{SERVER} is not set")
    url = make_url(server).set(drivername="postgresql+psycopg")
    name = f"marsad_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as db:
        db.execute(text(f"CREATE DATABASE {name}"))
    address = url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    Store(address).close()
    yield address
    with admin.connect() as db:
        db.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Which engine a test runs on."""
    return str(request.param)


@pytest.fixture
def address(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is empty."""
    if engine == "sqlite":
        return str(shutil.copy(request.getfixturevalue("_empty_file"), tmp_path / "news.db"))
    return str(request.getfixturevalue("emptied"))


@pytest.fixture(scope="session")
def _owner(_database: str) -> Iterator[Engine]:
    """What empties the tables of the PostgreSQL database between two tests."""
    owner = create_engine(make_url(_database).set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    yield owner
    owner.dispose()


@pytest.fixture
def emptied(_database: str, _owner: Engine) -> str:
    """The address of the PostgreSQL store, with empty tables."""
    with _owner.begin() as db:
        tables = ", ".join(f'"{name}"' for name in [*meta.tables, "search"])
        db.exec_driver_sql(f"TRUNCATE {tables}")
    return _database


@pytest.fixture
def bare(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table."""
    if engine == "sqlite":
        yield str(tmp_path / "bare.db")
        return
    address = request.getfixturevalue("_database")
    _drop(address)
    yield address
    _drop(address)
    Store(address).close()


def _drop(address: str) -> None:
    admin = create_engine(make_url(address).set(drivername="postgresql+psycopg"))
    with admin.begin() as db:
        db.execute(text("DROP SCHEMA public CASCADE"))
        db.execute(text("CREATE SCHEMA public"))
    admin.dispose()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store."""
    with Store(address) as made:
        yield made
