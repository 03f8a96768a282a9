"""Whatever happens to articles in whatever order, rungs and counts are those that a new store gives at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import climbs
import lives
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from kept import DAY, NOW, Act, add, article, coded, seq
from lives import Life, again, counted, held, related
from raised import raised
from sqlalchemy import inspect, select

from marsad.desk.intake import stages
from marsad.store import Connection, Store, forget, health, occurrences, outbox, rungs, schema, sources, work
from marsad.store.backup import backup, restore
from marsad.store.engine import connect
from marsad.store.migrate import known, upgrade
from marsad.store.where import Where
from marsad.types import Source, SourceKind

LIVES = st.lists(st.tuples(st.sampled_from(lives.STEPS), st.integers(0, 1 << 16)), min_size=4, max_size=24)
#: One in which everything happens.
LONG = [(what, number) for number, what in enumerate(("add", "add", *lives.STEPS) * 3)]


@contextmanager
def alive(engine: str, request: pytest.FixtureRequest) -> Iterator[tuple[Life, pytest.MonkeyPatch]]:
    """An empty store for each example, and what may happen to it."""
    address = "sqlite://" if engine == "sqlite" else str(request.getfixturevalue("emptied"))
    with Store(address) as store, pytest.MonkeyPatch.context() as patch:
        if engine != "sqlite":
            with store.writing() as db:
                tables = ", ".join(f'"{name}"' for name in [*schema.meta.tables, "search"])
                db.exec_driver_sql(f"TRUNCATE {tables}")
        yield Life(store, patch), patch


@given(steps=LIVES, seed=st.integers(0, 99))
@example(steps=LONG, seed=1)
# A try takes seconds, so that what fails is told as it was found: LONG, which is tried first, is what fails mostly.
@settings(
    deadline=None,
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_happens_all_is_as_if_it_came_at_once(
    engine: str, request: pytest.FixtureRequest, steps: list[tuple[str, int]], seed: int
):
    with alive(engine, request) as (life, patch):
        for n, (what, number) in enumerate(steps):
            life.step(what, number)
            with life.store.reading() as db:
                assert held(db) == counted(db), f"after step {n}: {what}"
        life.drain()
        with life.store.reading() as db:
            incremental = related(db)
        assert health.check(life.store, whole=True) == []
        with again(life, patch, seed) as full, full.reading() as db:
            assert incremental == related(db)
        life.drain()
        with life.store.reading() as db:
            assert incremental == related(db), "doing nothing changes nothing"


def lived(store: Store, patch: pytest.MonkeyPatch) -> Life:
    life = Life(store, patch)
    for what, number in LONG:
        life.step(what, number)
    life.drain()
    return life


def test_what_makes_one_of_many_is_told_who_copies_whom_who_is_official_and_which_act_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    life = Life(store, monkeypatch)
    told: list[tuple[Any, ...]] = []
    monkeypatch.setattr(stages, "merged", lambda *given: told.append(given) or climbs.merged(*given))
    first, copy = (article(n, lives.text(0, 0), published=DAY) for n in (0, 1))
    life.coder = lives.Coder("c", {one.id: coded(one, Act(), coder="c") for one in (first, copy)})
    with store.writing() as db:
        add(db, first, copy)
        sources.put(db, Source(id="news1.example", kind=SourceKind.OFFICIAL), NOW)
    life.drain()
    with store.reading() as db:
        (act,) = occurrences.listed(db, Where()).items
        found, acts, origins, officials = told[-1]
        assert found == rungs.of_articles(db, [seq(db, first), seq(db, copy)])
    earliest = min((first, copy), key=lambda one: one.id)
    assert len(found) == 4
    assert acts == dict.fromkeys(act.reports, act.id)
    assert len(acts) == 2
    assert origins == dict.fromkeys((first.id, copy.id), f"news{int(earliest is copy)}.example")
    assert officials == {copy.id}


def test_a_backup_holds_all_of_it(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    lived(store, monkeypatch)
    with store.reading() as db:
        before = related(db)
    assert all(before.values())
    backup(store, tmp_path / "backup.db")
    restore(tmp_path / "backup.db", str(tmp_path / "restored.db"))
    with Store(str(tmp_path / "restored.db")) as other:
        with other.reading() as db:
            assert related(db) == before
        assert health.check(other, whole=True) == []


def test_of_what_is_forgotten_no_rung_and_no_count_is_left(store: Store, monkeypatch: pytest.MonkeyPatch):
    lived(store, monkeypatch)
    for host in lives.HOSTS:
        with store.reading() as db:
            there = any(one.source.id == host for one in sources.followed(db))
        if there:
            forget.forget(store, host, name="me", now=NOW)
    with store.reading() as db:
        assert not any(related(db).values())


# --- a store of the former tables ------------------------------------------------------------------------------------


def copied(source: Connection, target: Connection) -> None:
    """Every row of the tables that ``target`` has, with the columns that it has."""
    about = inspect(target)
    there = set(about.get_table_names())
    for table in schema.meta.sorted_tables:
        if table.name not in there:
            continue
        columns = {column["name"]: column["type"].python_type for column in about.get_columns(table.name)}
        names = ", ".join(f'"{name}"' for name in columns)
        rows: list[Any] = []
        for row in source.exec_driver_sql(f'SELECT {names} FROM "{table.name}"'):
            if table.name == "about" and row.key in ("search", rungs.RUNG):
                continue
            told = zip(columns.items(), row, strict=True)
            rows.append(tuple(bool(value) if kind is bool else value for (_, kind), value in told))
        mark = "?" if target.dialect.name == "sqlite" else "%s"
        marks = ", ".join(mark for _ in columns)
        if rows:
            target.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)


def test_a_store_of_the_former_tables_has_in_the_end_what_one_of_todays_has(bare: str, monkeypatch: pytest.MonkeyPatch):
    with Store("sqlite://") as today:
        life = lived(today, monkeypatch)
        database = connect(bare)
        with today.reading() as source, database.writing() as target:
            upgrade(target, "0001")
            copied(source, target)
            expected, counts = related(source), held(source)
            counting = set(source.execute(select(schema.coding.c.article).where(schema.coding.c.state == 0)).scalars())
            states = set(source.execute(select(schema.coding.c.seq, schema.coding.c.state)).all())
        database.close()
        del counts["reached_tally"]
        with Store(bare) as former:
            with former.reading() as db:
                assert {name: n for name, n in held(db).items() if name in counts} == counts
                assert set(db.execute(select(schema.coding.c.seq, schema.coding.c.state)).all()) == states
                waits = select(schema.work.c.article).where(schema.work.c.stage == "grouped")
                assert set(db.execute(waits).scalars()) == counting
                assert related(db)["rungs"] == []
            assert health.check(former) == []
            life.store = former
            life.drain()
            with former.reading() as db:
                assert related(db) == expected
            assert health.check(former, whole=True) == []
    assert known()[:2] == ("0001", "0002")


def test_a_store_of_the_tables_before_watches_has_all_it_had_and_can_watch(bare: str, monkeypatch: pytest.MonkeyPatch):
    with Store("sqlite://") as today:
        lived(today, monkeypatch)
        database = connect(bare)
        with today.reading() as source, database.writing() as target:
            upgrade(target, "0002")
            copied(source, target)
            expected, counts, waits = related(source), held(source), work.counts(source)
        database.close()
    with Store(bare) as former:
        with former.reading() as db:
            assert (related(db), held(db), work.counts(db)) == (expected, counts, waits)
        assert health.check(former, whole=True) == []
        with former.writing() as db:
            (one,) = raised(db, 1)
            outbox.put(db, one.watch, [one], "stdout", NOW)
            assert [each.alerts for each in outbox.due(db, NOW)] == [(one.id,)]
        assert former.revision() > 0
    assert known()[2] == "0003"
