"""The small store of tests/desks.py, served in the process of the tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import desks
import pytest
from starlette.testclient import TestClient

from marsad.api.app import app
from marsad.api.options import Options
from marsad.desk import Desk
from marsad.store import keys

Serve = Callable[..., TestClient]


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = desks.made(tmp_path_factory.mktemp("api") / "store.db")
    with Desk(str(path)) as desk, desk.store.database.raw() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def desk(_filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a store of its own; its clock stands at the day of the tests."""
    path = tmp_path / "store.db"
    shutil.copy(_filled, path)
    with Desk(str(path), coder=desks.Coder(), now=lambda: desks.NOW) as one:
        yield one


@pytest.fixture
def serve(desk: Desk) -> Iterator[Serve]:
    """Makes a client of the API, with options and with headers of its own."""
    open_ones = []

    def made(headers: dict[str, str] | None = None, client: str = "127.0.0.1", **given: object) -> TestClient:
        served = app(desk, Options(**given))  # type: ignore[arg-type]
        one = TestClient(
            served, base_url="http://localhost", headers=headers, client=(client, 5000), raise_server_exceptions=False
        )
        one.__enter__()
        open_ones.append(one)
        return one

    yield made
    for one in open_ones:
        one.__exit__(None, None, None)


@pytest.fixture
def client(serve: Serve) -> TestClient:
    """A client of this machine, without a key."""
    return serve()


@pytest.fixture
def key(desk: Desk) -> Callable[..., dict[str, str]]:
    """Makes a key; gives the header that carries it."""

    def made(name: str = "one", *scopes: str, rate: int | None = None, now: datetime = desks.NOW) -> dict[str, str]:
        with desk.store.writing() as db:
            return {"x-api-key": keys.add(db, name, scopes or ("read",), now, rate)}

    return made


@pytest.fixture
def writer(serve: Serve, key: Callable[..., dict[str, str]]) -> TestClient:
    """A client with a key that may write."""
    return serve(key("writer", "read", "write"))
