"""The example story in a store of its own: made once, whatever broke off before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from filelock import FileLock

from marsad.desk.intake import example
from marsad.errors import BusyError
from marsad.settings import Settings


@pytest.fixture
def short(monkeypatch):
    """The first days of the story."""
    some = example.articles()[:3]
    monkeypatch.setattr(example, "articles", lambda: some)
    return some


def test_what_a_kill_has_left_is_no_hindrance(short, tmp_path):
    file = tmp_path / "example.db"
    (tmp_path / "example.db.part").write_bytes(b"half a store")
    told = []
    with example.demo(Settings(), file, lambda day, done, of: told.append((done, of))) as desk:
        assert desk.size() == len(short) and desk.now() < datetime.now(UTC)
    assert told[-1] == (3, 3) and not list(tmp_path.glob("*.part*"))
    told.clear()
    with example.demo(Settings(), file, lambda *progress: told.append(progress)) as desk:
        assert desk.size() == len(short) and not told, "it is made once"


def test_two_do_not_make_it_at_once(short, tmp_path):
    file = tmp_path / "example.db"
    with FileLock(f"{file}.lock"), pytest.raises(BusyError):
        example.demo(Settings(), file)
