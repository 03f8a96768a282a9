"""The pages of a small store: that of tests/desks.py, watched since before its articles came."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import WATCH, browse
from desks import NOW, Coder, fill
from fastapi.testclient import TestClient

from marsad.desk import Desk


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desk]:
    """A desk on a store without articles."""
    with Desk(str(tmp_path / "bare.db"), coder=Coder(), now=lambda: NOW) as made:
        yield made


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store, made once; each test has a copy of its own."""
    path = tmp_path_factory.mktemp("pages") / "news.db"
    with Desk(str(path), coder=Coder(), now=lambda: NOW) as made:
        made.watch(WATCH)
        fill(made)
    return path


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on the store of tests/desks.py, with a watch that has told something."""
    shutil.copy(filled, tmp_path / "news.db")
    with Desk(str(tmp_path / "news.db"), coder=Coder(), now=lambda: NOW) as made:
        yield made


@pytest.fixture
def reader(desk: Desk) -> TestClient:
    """A browser on the pages of ``desk``."""
    return browse(desk)
