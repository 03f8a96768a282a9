"""Two at once: nothing is lost, nothing is double, and nobody is sent away but by a clear word."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from kept import Act, add, article, coded, keep, seq
from sqlalchemy import create_engine, func, make_url, select, text

from marsad.errors import BusyError, StoreError
from marsad.store import Store, events, health, schema, work
from marsad.store.where import Where

TESTS = Path(__file__).parents[1]


def count(store: Store) -> int:
    with store.reading() as db:
        return db.execute(select(func.count()).select_from(schema.article)).scalar_one()


def script(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of its own that runs ``code``, with the helpers of the tests."""
    whole = f"import sys\nsys.path.insert(0, {str(TESTS)!r})\n" + textwrap.dedent(code)
    return subprocess.Popen(
        [sys.executable, "-c", whole, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_threads_that_write_at_once_lose_nothing(store: Store):
    def write(part: int) -> None:
        for n in range(8):
            with store.writing() as db:
                one = article(100 * (part // 2) + n)  # each twice: by two of the threads
                add(db, one)
                keep(db, coded(one, Act()))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    assert count(store) == 24
    with store.reading() as db:
        assert events.count(db, Where()) == 24
    assert health.check(store, whole=True) == []


def test_processes_that_open_a_new_store_and_write_at_once_lose_nothing(bare: str):
    code = """
        from kept import add, article
        from marsad.store import Store
        address, part = sys.argv[1:]
        with Store(address) as store:
            for n in range(6):
                with store.writing() as db:
                    add(db, article(100 * int(part) + n), article(n))
    """
    running = [script(code, bare, str(part)) for part in (1, 2)]
    for one in running:
        assert (one.communicate(timeout=60)[0], one.returncode) == ("", 0)
    with Store(bare) as store:
        assert count(store) == 3 * 6
        assert health.check(store, whole=True) == []


def test_a_reader_sees_one_state_while_others_write(store: Store):
    with store.writing() as db:
        add(db, article(1))
    with store.reading() as db:
        before = db.execute(select(func.count()).select_from(schema.article)).scalar()
        with store.writing() as other:
            add(other, article(2))
        assert db.execute(select(func.count()).select_from(schema.article)).scalar() == before == 1
    assert count(store) == 2


def test_what_fails_half_way_leaves_nothing(store: Store):
    with pytest.raises(ZeroDivisionError), store.writing() as db:
        add(db, article(1))
        raise ZeroDivisionError
    assert count(store) == 0


def test_only_one_command_does_a_stage(store: Store, address: str):
    with Store(address) as other:
        with store.alone("code"):
            with pytest.raises(BusyError, match="code"), other.alone("code"):
                pass
            with pytest.raises(BusyError), store.alone("code"):
                pass
            with other.alone("round"):
                pass
        with other.alone("code"):
            pass


def test_a_stage_is_free_again_when_its_process_has_been_killed(store: Store, address: str):
    code = """
        import time
        from marsad.store import Store
        with Store(sys.argv[1]) as store, store.alone("code"):
            print("mine", flush=True)
            time.sleep(60)
    """
    process = script(code, address)
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    with pytest.raises(BusyError), store.alone("code"):
        pass
    process.kill()
    process.wait(10)
    process.stdout.close()
    for _ in range(100):
        with suppress(BusyError), store.alone("code"):
            return
        threading.Event().wait(0.05)  # the server takes a moment to see that nobody is there
    pytest.fail("the lock of a killed process stays")


#: A file has no connection that could be lost.
on_a_server = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)


@pytest.fixture
def lost(store: Store):
    """Ends every connection of the store to its server."""
    admin = create_engine(store.database.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    name = make_url(store.database.engine.url).database

    def lose() -> None:
        with admin.connect() as db:
            db.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :n"), {"n": name})

    yield lose
    admin.dispose()


@on_a_server
def test_a_connection_lost_half_way_is_told_and_leaves_nothing_and_the_next_try_works(store: Store, lost):
    with store.writing() as db:
        add(db, article(1))
    with pytest.raises(StoreError, match="connection was lost"), store.writing() as db:
        add(db, article(2))
        lost()
        keep(db, coded(article(2), Act()))
    assert count(store) == 1
    with store.writing() as db:
        add(db, article(2))
    assert count(store) == 2


@on_a_server
def test_a_connection_lost_before_its_end_is_told(store: Store, lost):
    with pytest.raises(StoreError, match="connection was lost"), store.writing() as db:
        add(db, article(1))
        lost()
    assert count(store) == 0


@on_a_server
def test_a_connection_lost_between_two_transactions_goes_unnoticed(store: Store, lost):
    with store.writing() as db:
        add(db, article(1))
    lost()
    assert count(store) == 1
    lost()
    with store.writing() as db:
        add(db, article(2))
        assert work.waiting(db, "coded", 9) == [seq(db, article(1)), seq(db, article(2))]


@on_a_server
def test_a_stage_whose_connection_is_lost_is_told(store: Store, lost):
    with pytest.raises(StoreError, match="connection was lost"), store.alone("code"):
        lost()
    with store.alone("code"):
        pass
