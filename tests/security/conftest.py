"""The store of hostile.py, made once, and who looks at it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import hostile
from browser import browse
from fastapi.testclient import TestClient

from marsad.desk import Desk


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store, which no test writes to."""
    path = tmp_path_factory.mktemp("hostile") / "news.db"
    with hostile.opened(path) as desk:
        hostile.fill(desk)
    return path


@pytest.fixture(scope="session")
def desk(store: Path) -> Iterator[Desk]:
    """A desk on it."""
    with hostile.opened(store) as one:
        yield one


@pytest.fixture(scope="session")
def reader(desk: Desk) -> Iterator[TestClient]:
    """A browser on its pages."""
    with browse(desk) as one:
        yield one
