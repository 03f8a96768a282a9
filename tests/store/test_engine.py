"""Stores that cannot be opened, read or written: each is told of by an error that says what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kept import add, article
from sqlalchemy import select

from marsad.errors import BusyError, ExtraError, StoreError
from marsad.store import Connection, Store, engine, schema


def test_a_path_and_an_address_are_the_same_store(tmp_path: Path):
    path = tmp_path / "أخبار.db"
    with Store(str(path)) as store, store.writing() as db:
        add(db, article(1))
    with Store(f"sqlite:///{path}", must_exist=True) as store, store.reading() as db:
        assert len(db.execute(select(schema.article)).all()) == 1


def test_every_commit_is_on_the_disk_and_references_are_kept(tmp_path: Path):
    with Store(str(tmp_path / "news.db")) as store, store.reading() as db:
        pragmas = {name: db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")}
        assert pragmas == {"journal_mode": "wal", "synchronous": 2}
        assert db.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_store_that_must_be_there_is_not_made(tmp_path: Path):
    with pytest.raises(StoreError, match="no such store"):
        Store(str(tmp_path / "none.db"), must_exist=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(str(tmp_path / "none" / "news.db"))


def test_a_folder_in_the_place_of_a_file(tmp_path: Path):
    with pytest.raises(StoreError, match="is a folder"):
        Store(str(tmp_path))


@pytest.mark.parametrize("content", [b"this is no database, only a text of some length\n" * 40, b"\x00" * 5000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="no store"):
        Store(str(path))
    assert path.read_bytes() == content


def test_a_damaged_file_is_told_of(tmp_path: Path):
    path = tmp_path / "news.db"
    with Store(str(path)) as store, store.writing() as db:
        add(db, *(article(n) for n in range(200)))
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = os.urandom(len(data) // 2 - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"), Store(str(path)) as store, store.reading() as db:
        db.execute(select(schema.article)).all()


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path):
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()
    with pytest.raises(StoreError, match="'bookmarks' that is not Marsad's"):
        Store(str(path))


def test_another_program_that_holds_the_file_is_waited_for_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "news.db"
    Store(str(path)).close()
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store(str(path)) as store:
        with pytest.raises(BusyError, match="another program"), store.writing():
            pass
        with store.reading() as db:
            db.execute(select(schema.article)).all()
        other.execute("ROLLBACK")
        with store.writing():
            pass
    other.close()


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user who may write to nothing of ours: root may write to all."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.mark.parametrize("folder_too", [False, True])
def test_a_file_that_may_only_be_read_can_be_read_or_is_told_of(folder_too: bool):
    folder = Path(tempfile.mkdtemp())
    path = folder / "news.db"
    try:
        with Store(str(path)) as store, store.writing() as db:
            add(db, article(1))
        path.chmod(0o444)
        folder.chmod(0o555 if folder_too else 0o777)
        refused = pytest.raises(StoreError, match=r"may only be read|cannot be opened")
        with without_rights(), refused, Store(str(path)) as store, store.writing() as db:
            add(db, article(2))
        folder.chmod(0o755)
        path.chmod(0o644)
        with Store(str(path)) as store, store.reading() as db:
            assert len(db.execute(select(schema.article)).all()) == 1
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_full_disk_is_told_of_and_nothing_is_half_written(tmp_path: Path):
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        with pytest.raises(StoreError, match="disk is full"), store.writing() as db:
            db.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite says the same as for a full disk
            add(db, *(article(n) for n in range(500)))
        with store.writing() as db:
            assert db.execute(select(schema.article)).all() == []
            add(db, article(1))


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("mysql://host/name", "no kind of store"),
        ("http://news.example/", "no kind of store"),
        ("sqlite+other:///x.db", "no kind of store"),
        ("://", "no address|no kind"),
    ],
)
def test_an_address_of_another_kind(address: str, what: str):
    with pytest.raises(StoreError, match=what):
        Store(address)


def test_a_server_that_does_not_answer_is_told_of_without_its_password():
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as told:
        Store("postgresql://user:secret@127.0.0.1:9/none?connect_timeout=2")
    assert "secret" not in str(told.value)
    assert "127.0.0.1" in str(told.value)


def test_a_driver_that_is_not_installed_names_its_extra(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ExtraError, match=r"marsad\[postgres\]"):
        Store("postgresql://host/name")


def test_in_memory_threads_wait_for_each_other():
    from concurrent.futures import ThreadPoolExecutor

    with Store("sqlite://") as store:

        def write(part: int) -> None:
            for n in range(10):
                with store.writing() as db:
                    add(db, article(100 * part + n))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, range(4)))
        with store.reading() as db:
            assert len(db.execute(select(schema.article.c.seq)).all()) == 40


def test_who_reads_holds_less_of_a_file_than_who_writes(tmp_path: Path):
    def held(db: Connection) -> int:
        return -db.exec_driver_sql("PRAGMA cache_size").scalar_one()

    with Store(str(tmp_path / "news.db")) as store:
        for _ in range(2):
            with store.reading() as db:
                assert held(db) == engine.READS
            with store.writing() as db:
                assert held(db) == engine.WRITES
