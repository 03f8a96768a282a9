"""The number of a state: raised by what changes anything, by nothing else, and never that of another store."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from kept import NOW, add, article, at
from raised import raised
from sqlalchemy import update

from marsad.store import Store, alerts, forget, keys, revision, schema
from marsad.store.backup import backup, restore


def test_what_changes_anything_raises_it(store: Store):
    assert store.revision() == 0
    seen = [0]

    def after(rise: bool) -> None:
        now = store.revision()
        assert (now > seen[-1]) is rise and (now == seen[-1]) is not rise
        seen.append(now)

    with store.writing() as db:
        add(db, article(1), article(2))
    after(True)
    with store.writing() as db:
        add(db, article(1))  # known: what it knew of it is not changed
    after(False)
    with store.writing():
        pass
    after(False)
    with store.reading() as db:
        alerts.listed(db)
    after(False)
    with pytest.raises(KeyError), store.writing() as db:
        add(db, article(3))
        raise KeyError
    after(False)
    with store.writing() as db:
        raised(db, 1)
    after(True)
    with store.writing() as db:
        db.execute(update(schema.source).where(schema.source.c.id == "none").values(name="x"))
    after(False)
    with store.writing() as db:
        keys.add(db, "a", ["read"], NOW)
    after(True)
    with store.writing(shown=False) as db:
        assert keys.used(db, "a", at(1))
    after(False)
    forget.forget(store, article(1).id, name="me", now=NOW)
    after(True)
    assert max(seen) < 2**53


def test_who_reads_sees_the_number_of_what_it_sees(store: Store, address: str):
    with store.writing() as db:
        add(db, article(1))
    before = store.revision()
    with store.reading() as db:
        assert revision.read(db) == before
        with Store(address) as other, other.writing() as writing:
            add(writing, article(2))
            assert store.revision() == before, "what is not committed is no state"
        assert revision.read(db) == before
    with Store(address) as other:
        assert other.revision() == store.revision() == before + 1


def test_each_of_many_writers_raises_it(store: Store):
    with store.writing() as db:
        add(db, article(0))
    before = store.revision()

    def write(number: int) -> None:
        for n in range(5):
            with store.writing() as db:
                add(db, article(1 + 5 * number + n))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert store.revision() == before + 20


def test_stores_that_were_made_anew_have_other_numbers(tmp_path: Path):
    numbers = set()
    for n in range(3):
        with Store(str(tmp_path / f"{n}.db")) as store:
            with store.writing() as db:
                add(db, article(1))
            numbers.add(store.revision())
    assert len(numbers) == 3


def test_a_restored_store_does_not_come_by_numbers_that_were_used(store: Store, address: str, tmp_path: Path):
    used = set()
    for n in range(4):
        with store.writing() as db:
            add(db, article(n))
        used.add(store.revision())
        if n == 1:
            backup(store, tmp_path / "backup.db")
    store.close()
    restore(tmp_path / "backup.db", address, force=True)
    with Store(address) as again:
        for n in range(8, 12):
            assert again.revision() not in used
            with again.writing() as db:
                add(db, article(n))


def test_a_store_in_memory_has_one():
    with Store("sqlite://") as store:
        with store.writing() as db:
            add(db, article(1))
        assert store.revision() > 0
