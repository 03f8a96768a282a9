import json
import sqlite3
from dataclasses import replace
from datetime import date

import desks
import pytest
from click.testing import CliRunner
from raised import raised

from marsad.cli import cli
from marsad.cli.doctor import CHECKS
from marsad.desk import Desk
from marsad.errors import KnowledgeError, ModelError
from marsad.store import outbox, work
from marsad.types import Delivery, Source


def run(*arguments: str):
    return CliRunner().invoke(cli, ["doctor", *arguments])


@pytest.fixture(autouse=True)
def well(monkeypatch, fake_coder, tmp_path):
    """Nothing is wrong with the model: its own tests look at that. There is no store."""
    monkeypatch.setitem(CHECKS, "model", lambda settings: "as it was shipped")
    monkeypatch.chdir(tmp_path)


def test_each_check_has_a_line():
    result = run()
    assert result.exit_code == 0
    assert [line.split()[:2] for line in result.output.splitlines()] == [["✓", name] for name in (*CHECKS, "store")]
    assert "none here: there is no marsad.db" in result.output
    assert "onnxruntime" in result.output and "marsad 0." in result.output


def test_json_says_the_same():
    rows = [json.loads(line) for line in run("--json").output.splitlines()]
    assert [row["check"] for row in rows] == [*CHECKS, "store"]
    assert all(row["ok"] and row["found"] for row in rows)


def test_a_failure_is_told_the_rest_is_looked_at_and_the_first_gives_the_exit_code(monkeypatch):
    def damaged(settings):
        raise ModelError("damaged", do="reinstall marsad")

    def broken(settings):
        raise KnowledgeError("broken")

    monkeypatch.setitem(CHECKS, "model", damaged)
    monkeypatch.setitem(CHECKS, "coding", broken)
    result = run()
    assert result.exit_code == 4
    assert "✕ model      damaged. reinstall marsad" in result.output
    assert "✕ coding     broken" in result.output
    assert "✓ terminal" in result.output


def test_a_faulty_setting_is_a_failure_and_the_rest_is_looked_at(monkeypatch):
    monkeypatch.setenv("MARSAD_THREADS", "0")
    result = run()
    assert result.exit_code == 2
    assert "✕ settings   MARSAD_THREADS: threads = 0 is not allowed" in result.output
    assert "✓ coding" in result.output


def test_a_model_that_is_not_there_is_a_failure(tmp_path, monkeypatch):
    from marsad.cli import doctor

    monkeypatch.setitem(CHECKS, "model", doctor._model)
    monkeypatch.setenv("MARSAD_MODEL", str(tmp_path))
    result = run()
    assert result.exit_code == 4
    assert str(tmp_path) in result.output


def found(check: str) -> str:
    return next(row["found"] for row in map(json.loads, run("--json").output.splitlines()) if row["check"] == check)


def test_the_age_of_what_is_known_of_offices():
    from marsad.knowledge import holders

    age = holders.age(date.today())
    told = found("offices")
    assert told.startswith(f"newest beginning {age.newest}; {age.held} of {age.offices} offices have a holder today")
    assert f"{age.fresh} one checked within a year; {len(age.stale)} holders stale" in told
    assert f"{len(age.missing)} offices without a holder" in told


def test_offices_of_another_day(monkeypatch):
    from marsad.knowledge import holders

    row = holders.holders()[0]
    stale = tuple(replace(row, country=code) for code in ("AAA", "BBB", "BBB", "CCC", "DDD", "EEE", "FFF"))
    missing = tuple((f"X{n:02}", "FOREIGN") for n in range(20))
    age = holders.Age(date(2020, 1, 2), 40, 20, 10, stale, missing)
    monkeypatch.setattr(holders, "age", lambda on: age)
    told = found("offices")
    assert "newest beginning 2020-01-02; 20 of 40 offices have a holder today (50%), 10 one checked" in told
    assert "7 holders stale (BBB 2, AAA 1, CCC 1, DDD 1, EEE 1 …)" in told
    assert "20 offices without a holder (X00 FOREIGN," in told and "X11 FOREIGN, …)" in told and "X12" not in told
    monkeypatch.setattr(holders, "age", lambda on: holders.Age(None, 0, 0, 0, (), ()))
    assert found("offices").endswith("0 holders stale; 0 offices without a holder")


class TestStore:
    @pytest.fixture
    def store(self, tmp_path):
        return desks.made(tmp_path / "marsad.db")

    def test_what_it_is_what_waits_and_what_is_silent(self, store):
        (whole, work, feeds) = [json.loads(line) for line in run("--json", "--whole").output.splitlines()][-3:]
        assert whole["ok"] and "SQLite" in whole["found"]
        assert "articles 7, events 7, occurrences 4, judgements 2, stories 4" in whole["found"]
        assert whole["health"]["rows"]["article"] == 7 and whole["health"]["problems"] == []
        assert "coded: waiting 0, given up 0" in work["found"] and desks.NAME in work["found"]
        assert feeds["found"] == "none is silent"

    def test_a_feed_that_is_silent(self, store):
        with Desk(str(store), now=lambda: desks.NOW) as desk:
            desk.follow(Source(id="quiet.example", feed="https://quiet.example/feed"))
        told = found("feeds")
        assert told == "1 silent: quiet.example (last answer never, last new article never)"

    def test_what_is_wrong_is_a_failure(self, store):
        with sqlite3.connect(store) as db:
            db.execute("UPDATE tally SET n = n + 1")
        db.close()
        result = run("--store", str(store))
        assert result.exit_code == 4
        assert "✕ store" in result.output and "are counted" in result.output

    @pytest.mark.parametrize("name", ["no.db", "text.db"])
    def test_a_store_that_was_named_must_be_there(self, tmp_path, name):
        (tmp_path / "text.db").write_text("this is no database, and never was one")
        result = run("--store", name)
        assert result.exit_code == 4 and "✕ store" in result.output
        assert not (tmp_path / "no.db").exists()

    def test_a_store_without_a_watch_says_nothing_of_watching(self, store):
        result = run()
        assert "watched" not in result.output and "alerts" not in result.output

    def test_alerts_that_could_not_be_sent_are_a_failure_with_what_to_do(self, store):
        with Desk(str(store), now=lambda: desks.NOW) as desk, desk.store.writing() as db:
            some = raised(db, 1, 2, found=desks.NOW)
            work.put(db, "watched", [1, 2])
            assert "watched: waiting" not in found("work"), "not before it is kept"
        assert "watched: waiting 2, given up 0" in found("work")
        assert found("alerts") == "2 raised; nothing is stuck"
        with Desk(str(store), now=lambda: desks.NOW) as desk, desk.store.writing() as db:
            for one, channel in zip(some, ("webhook:https://h.example/SECRET", "stdout"), strict=True):
                outbox.put(db, "iraq", [one], channel, desks.NOW)
            (hook, _) = outbox.due(db, desks.NOW)
            outbox.begin(db, hook.key, desks.NOW)
            tried = Delivery(key=hook.key, channel=hook.channel, at=desks.NOW, taken=False, error="410 Gone")
            outbox.end(db, hook.key, tried, dead=True)
        result = run()
        assert result.exit_code == 5
        line = next(line for line in result.output.splitlines() if "alerts" in line)
        assert line == (
            "✕ alerts     2 raised; given up 1 (webhook:https://h.example: 410 Gone): mend what is wrong, then "
            "`marsad alerts --resend`; late by more than a day 1 (stdout: not tried): is `marsad run` at work?"
        )
        assert "SECRET" not in run("--json").output
        with Desk(str(store)) as desk, desk.store.writing() as db:
            outbox.retry(db)
            for message in outbox.late(db, desk.now()):
                outbox.begin(db, message.key, desk.now())
                outbox.end(db, message.key, replace(tried, taken=True))
        assert run().exit_code == 0
