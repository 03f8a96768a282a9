"""A backup is one file, whole, whatever the engine; and a store of either engine is made from it again."""

from __future__ import annotations

import random
import sqlite3
import threading
from datetime import time
from pathlib import Path

import pytest
from kept import NOW, add, article, at, coded, keep, refetched, seq, some_acts
from raised import HOOK, alert, watch
from sqlalchemy import func, select, text
from world import handmade

from marsad.errors import BusyError, StoreError, VersionError, WriteError
from marsad.store import (
    Store,
    alerting,
    alerts,
    events,
    fetches,
    forget,
    groups,
    health,
    judgements,
    keys,
    outbox,
    schema,
    search,
    sources,
    watches,
)
from marsad.store.backup import backup, restore
from marsad.store.engine import connect
from marsad.store.groups import Edge
from marsad.store.where import Where
from marsad.types import Delivery, FetchState, Source


def fill(store: Store) -> None:
    """Something in every table."""
    dice = random.Random(2)
    some = [refetched(article(n), 0) for n in range(12)]
    with store.writing() as db:
        add(db, *some, handmade().article)
        keep(db, *(coded(one, *some_acts(dice)) for one in some))
        keep(db, handmade())
        add(db, refetched(some[0], 1, "نص آخر " * 30))
        keep(db, *(coded(one, *some_acts(dice), coder="second") for one in some[:4]))
        sources.put(db, Source(id="news0.example", name="وكالة", feed="https://news0.example/rss"), NOW)
        fetches.keep(db, [FetchState(url="https://news0.example/rss", etag="é", fetched=NOW)])
        groups.remember(db, 2, b"\x00\xff packed", [-(2**63), 2**63 - 1])
        groups.link(db, [Edge(1, 2, 0.1234567890123456, "copies")])
        judgements.add(db, some[1].id, "same-as", some[2].id, "me", "one story", NOW)
        watches.put(db, watch(channels=(HOOK,), quiet=(time(22), time(6))), NOW)
        watches.remember(db, "iraq", "last", "قيمة")
        for one in (alert(1, because=(1, 2), stage="first"), alert(2, at(1), held=True)):
            alerts.add(db, one, [one.id, f"act {one.id}"])
            outbox.put(db, "iraq", [one], HOOK, at(1))
        alerts.ack(db, [alert(2).id], "me", at(2))
        (first, *_) = outbox.due(db, at(2))
        outbox.begin(db, first.key, at(2))
        tried = Delivery(key=first.key, channel=HOOK, at=at(2), taken=False, error="503")
        outbox.end(db, first.key, tried, next=at(3))
        keys.add(db, "dashboard", ["read"], NOW, rate=60)
        db.execute(schema.about.insert().values(key="note", value="x"))
        db.execute(schema.alias.insert().values(what="story", id="0" * 16, now="f" * 16))
    forget.forget(store, some[5].id, name="me", now=NOW)


def content(store: Store) -> dict[str, list[tuple]]:
    """Every row of every table."""
    with store.reading() as db:
        return {
            name: sorted(
                (tuple(row) for row in db.execute(select(table)) if name != "about" or row.key == "note"), key=repr
            )
            for name, table in schema.meta.tables.items()
        }


def test_what_is_compared_has_rows_of_what_is_watched_and_sent(store: Store):
    fill(store)
    rows = content(store)
    assert all(rows[name] for name in alerting.__dict__ if name in schema.meta.tables)


def found(store: Store, word: str) -> set[int]:
    """The articles that search finds by a word, asked of the index itself."""
    with store.reading() as db:
        if store.database.sqlite:
            asked = text("SELECT rowid FROM search WHERE search MATCH :word")
        else:
            asked = text("SELECT rowid FROM search WHERE words @@ CAST(:word AS tsquery)")
        return set(db.execute(asked, {"word": search.words(word)}).scalars())


def same(one: Store, other: Store) -> None:
    assert content(one) == content(other)
    for word in ("روسيا", "كلام", "السودان", "قوات"):
        assert found(one, word) == found(other, word)
    assert found(other, "كلام")
    assert health.check(other, whole=True) == health.check(one, whole=True)


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address to restore into."""
    return str(tmp_path / "restored.db") if request.param == "sqlite" else str(request.getfixturevalue("emptied"))


@pytest.mark.parametrize(("engine", "target"), [("sqlite", "sqlite"), ("sqlite", "postgresql")], indirect=True)
def test_there_and_back_is_the_same_store(store: Store, target: str, tmp_path: Path):
    fill(store)
    size = backup(store, tmp_path / "backup.db")
    assert (tmp_path / "backup.db").stat().st_size == size
    assert [path.name for path in tmp_path.glob("backup*")] == ["backup.db"]
    restore(tmp_path / "backup.db", target)
    with Store(target) as other:
        same(store, other)
        with other.writing() as db:
            assert add(db, refetched(article(5), 9), article(77)) == ["forgotten", "new"]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_server_goes_into_one_file_and_back(store: Store, address: str, tmp_path: Path):
    fill(store)
    path = tmp_path / "backup.db"
    backup(store, path)
    restore(path, str(tmp_path / "file.db"))
    with Store(str(tmp_path / "file.db")) as other:
        same(store, other)
    with store.writing() as db:
        add(db, article(88))
        before = db.execute(select(func.count()).select_from(schema.article)).scalar_one()
    with pytest.raises(StoreError, match="holds something already"):
        restore(path, address)
    restore(path, address, force=True)
    with Store(str(path)) as other:
        same(other, store)
        assert len(content(store)["article"]) == before - 1


def test_a_backup_is_a_store_that_others_did_not_have_to_wait_for(store: Store, tmp_path: Path):
    stop, written = threading.Event(), []

    def write() -> None:
        n = 0
        while not stop.is_set():
            with store.writing() as db:
                # Two that belong together: a state between them is no state of the store.
                add(db, article(2 * n))
                add(db, article(2 * n + 1))
            n += 1
            written.append(n)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 5:
            stop.wait(0.01)
        for n in range(3):
            backup(store, tmp_path / f"{n}.db")
    finally:
        stop.set()
        writer.join()
    counts = []
    for n in range(3):
        with Store(str(tmp_path / f"{n}.db")) as copy, copy.reading() as db:
            counts.append(db.execute(select(func.count()).select_from(schema.article)).scalar_one())
    assert counts == sorted(counts)
    assert all(count >= 10 and count % 2 == 0 for count in counts)


def test_a_file_that_is_there_is_not_written_over(store: Store, tmp_path: Path):
    path = tmp_path / "backup.db"
    path.write_text("mine")
    with pytest.raises(WriteError, match="exists already"):
        backup(store, path)
    assert path.read_text() == "mine"
    backup(store, path, force=True)
    Store(str(path)).close()


def test_a_backup_that_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path):
    with pytest.raises(WriteError, match="cannot be written"):
        backup(store, tmp_path / "none" / "backup.db")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_store_is_no_backup_of_itself(store: Store, address: str, tmp_path: Path):
    with pytest.raises(WriteError, match="the store itself"):
        backup(store, address, force=True)
    backup(store, tmp_path / "backup.db")
    with pytest.raises(StoreError, match="the backup itself"):
        restore(tmp_path / "backup.db", str(tmp_path / "backup.db"), force=True)


def test_a_store_in_memory_can_be_backed_up(tmp_path: Path):
    with Store("sqlite://") as store:
        with store.writing() as db:
            add(db, article(1))
        backup(store, tmp_path / "backup.db")
    with Store(str(tmp_path / "backup.db")) as copy, copy.reading() as db:
        assert seq(db, article(1)) == 1
    with pytest.raises(StoreError, match="memory"):
        restore(tmp_path / "backup.db", "sqlite://")


# --- restoring into files --------------------------------------------------------------------------------------------


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A backup with one article."""
    with Store(str(tmp_path / "old.db")) as store:
        with store.writing() as db:
            add(db, article(1))
        backup(store, tmp_path / "backup.db")
    return tmp_path / "backup.db"


def ids(path: Path) -> set[str]:
    with Store(str(path), must_exist=True) as store, store.reading() as db:
        return set(db.execute(select(schema.article.c.id)).scalars())


def test_a_store_that_holds_something_is_kept_beside(made: Path, tmp_path: Path):
    path = tmp_path / "news.db"
    for n in (2, 3):
        with Store(str(path)) as store, store.writing() as db:
            add(db, article(n))
        with pytest.raises(StoreError, match="--force"):
            restore(made, str(path))
        restore(made, str(path), force=True)
        assert ids(path) == {article(1).id}
    assert ids(tmp_path / "news.db.before") == {article(2).id}
    assert ids(tmp_path / "news.db.before-2") == {article(1).id, article(3).id}


def test_an_empty_store_is_filled(made: Path, tmp_path: Path):
    Store(str(tmp_path / "news.db")).close()
    restore(made, str(tmp_path / "news.db"))
    assert ids(tmp_path / "news.db") == {article(1).id}


def test_a_damaged_store_is_put_aside_as_it_is(made: Path, tmp_path: Path):
    path = tmp_path / "news.db"
    path.write_bytes(b"broken" * 2000)
    with pytest.raises(StoreError):
        restore(made, str(path))
    restore(made, str(path), force=True)
    assert ids(path) == {article(1).id}
    assert path.with_name("news.db.before").read_bytes() == b"broken" * 2000


def test_what_stands_in_the_log_of_a_killed_program_is_kept_too(made: Path, tmp_path: Path):
    path = tmp_path / "news.db"
    with Store(str(path)) as store, store.writing() as db:
        add(db, article(2))
    with Store(str(path)) as store, store.reading() as db, store.database.writing() as other:
        db.execute(select(schema.article)).all()
        add(other, article(3))
        other.commit()
        copied = {end: path.with_name(path.name + end).read_bytes() for end in ("", "-wal")}
    for end, data in copied.items():
        path.with_name(path.name + end).write_bytes(data)
    restore(made, str(path), force=True)
    assert ids(tmp_path / "news.db.before") == {article(2).id, article(3).id}
    assert ids(path) == {article(1).id}


def test_a_store_that_another_program_has_open_is_left_alone(made: Path, tmp_path: Path):
    path = tmp_path / "news.db"
    with Store(str(path)) as store, store.reading() as db:
        db.execute(select(schema.article)).all()
        with pytest.raises(BusyError, match="open"):
            restore(made, str(path), force=True)
    assert ids(path) == set()
    assert sorted(one.name for one in tmp_path.glob("news.db*")) == ["news.db"]


@pytest.mark.parametrize("what", ["text", "other", "cut", "damaged", "newer", "none"])
def test_what_is_no_backup_changes_nothing(made: Path, tmp_path: Path, what: str):
    path = tmp_path / "news.db"
    with Store(str(path)) as store, store.writing() as db:
        add(db, article(2))
    _spoil(made, what)
    error = VersionError if what == "newer" else StoreError
    with pytest.raises(error):
        restore(made, str(path), force=True)
    assert ids(path) == {article(2).id}
    assert sorted(one.name for one in tmp_path.glob("news.db*")) == ["news.db"]


def _spoil(path: Path, what: str) -> None:
    data = path.read_bytes()
    if what == "none":
        path.unlink()
    elif what == "text":
        path.write_text("no backup\n" * 1000)
    elif what == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif what == "damaged":
        path.write_bytes(data[:8192] + b"\xaa" * 8192 + data[16384:])
    elif what == "other":
        path.unlink()
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE alembic_version_of_others (x)")
        db.close()
    else:
        with sqlite3.connect(path) as db:
            db.execute("UPDATE alembic_version SET version_num = '9999'")
        db.close()


def test_a_backup_is_only_read(made: Path, tmp_path: Path):
    before = made.read_bytes()
    made.chmod(0o444)
    restore(made, str(tmp_path / "news.db"))
    assert made.read_bytes() == before
    assert not list(tmp_path.glob("backup.db-*"))


def test_a_folder_that_is_not_there_is_told(made: Path, tmp_path: Path):
    with pytest.raises((StoreError, WriteError)):
        restore(made, str(tmp_path / "none" / "news.db"))


def test_events_of_a_restored_store_are_found(store: Store, tmp_path: Path):
    fill(store)
    backup(store, tmp_path / "backup.db")
    with store.reading() as db:
        asked = [one.event for one in events.listed(db, Where(), limit=999).items]
    with Store(str(tmp_path / "backup.db")) as copy, copy.reading() as db:
        assert [one.event for one in events.listed(db, Where(), limit=999).items] == asked
    assert connect(str(tmp_path / "backup.db")).sqlite
