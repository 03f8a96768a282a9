"""What is wrong with a store is seen, and what is well is not called wrong."""

from __future__ import annotations

import random
from datetime import timedelta

import climbs
import pytest
from kept import DAY, NOW, Act, add, article, at, coded, keep, seq
from raised import raised, watch
from sqlalchemy import update

from marsad.store import Store, groups, health, outbox, rungs, schema, sources, watches, work
from marsad.store.groups import Grouped
from marsad.store.migrate import known
from marsad.types import Delivery, Occurrence, Outcome, Reached, Source, Story, Turn


def some(store: Store) -> None:
    with store.writing() as db:
        add(db, *(article(n) for n in range(6)))
        keep(db, *(coded(article(n), Act(), Act()) for n in range(3)))


def test_an_empty_store_is_well(store: Store, engine: str):
    found = health.health(store, NOW)
    assert found.problems == ()
    assert found.engine.lower().startswith(engine)
    assert found.tables == known()[-1]
    assert found.size > 0
    assert (found.free is None) == (engine == "postgresql")
    assert (found.oldest, found.silent, found.faults, found.runs) == (None, (), (), ())


def test_what_is_in_it_and_what_waits(store: Store):
    some(store)
    with store.writing() as db:
        add(db, article(9), now=at(-5))
        work.given_up(db, "coded", seq(db, article(5)), "language: no")
    found = health.health(store, NOW, whole=True)
    assert (found.rows["article"], found.rows["event"], found.rows["judgement"]) == (7, 6, 0)
    assert found.queue == (work.Waiting("coded", 3, 1), work.Waiting("grouped", 3, 0), work.Waiting("watched", 0, 0))
    assert found.oldest == at(-5)
    assert found.faults == (health.Fault(stage="coded", article=article(5).id, error="language: no"),)
    assert [(run.coder, made, counting) for run, made, counting in found.runs] == [("first", 3, 3)]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("UPDATE tally SET n = n + 1", "pairs of reports are counted"),
        ("DELETE FROM tally", "pairs of reports are counted"),
        ("UPDATE tally SET status = 'DENIED'", "1 of 1 pairs of sides have other counts"),
        ("DELETE FROM dyad WHERE event = 1", "pairs of reports are counted"),
        ("UPDATE event SET state = 2 WHERE seq = 1", "1 pairs are of events that do not count"),
        ("DELETE FROM work WHERE article = 6", "1 articles are neither coded nor waiting"),
        ("DELETE FROM work WHERE stage = 'grouped'", "3 articles are neither in a story nor waiting"),
        ("UPDATE article SET place = 7", "1 addresses have two texts that count"),
    ],
)
def test_what_is_wrong_is_told(store: Store, harm: str, told: str):
    some(store)
    assert health.check(store) == []
    with store.writing() as db:
        db.exec_driver_sql(harm)
    assert any(told in one for one in health.check(store)), health.check(store)


@pytest.mark.parametrize(
    ("harm", "told", "whole"),
    [
        ("UPDATE daily SET n = n + 1", "acts by day are counted", False),
        ("DELETE FROM reached_tally", "0 rungs by month are counted", False),
        ("DELETE FROM covered", "0 coded articles by day are counted", False),
        ("UPDATE coding SET state = 1 WHERE seq = 1", "1 codings count, or do not,", False),
        ("DELETE FROM rung", "and 0 are there", False),
        ("UPDATE daily SET type = 'AID'", "counts of acts by day are other", True),
        ("UPDATE mix SET country = 'IRQ'", "counts of reports by day and country are other", True),
        ("UPDATE covered SET country = 'XXX'", "counts of coded articles by day are other", True),
        ("UPDATE reached_tally SET level = 11", "counts of rungs by month are other", True),
        ("UPDATE coding SET rungs = 3 - rungs WHERE seq < 3", "2 codings have other rungs than are there", True),
    ],
)
def test_what_is_wrong_in_relations_is_told(store: Store, harm: str, told: str, whole: bool):
    related(store)
    assert health.check(store, whole=True) == []
    with store.writing() as db:
        db.exec_driver_sql(harm)
    assert bool([one for one in health.check(store) if told in one]) is not whole
    assert any(told in one for one in health.check(store, whole=True)) or not whole


def related(store: Store) -> None:
    """Two articles with a story, an act, a rung each (and one more), of which one is reached."""
    dice = random.Random(1)
    one, other = article(1), article(2)
    with store.writing() as db:
        add(db, one, other)
        keep(db, coded(one, Act()), coded(other, Act()))
        some = [climbs.rung(dice, one.id, n, turn=Turn.REACHED) for n in range(3)]
        rungs.write(db, {1: some[:1], 2: some[1:]})
        event = coded(one, Act()).events[0]
        act = Occurrence(
            id=event.id, story=one.id, type=event.type, status=Outcome.ACTUAL, reports=(event.id,), day=DAY,
            actors=("RUS",), recipients=("IRQ",),
        )  # fmt: skip
        rise = Reached(id=some[0].id, rung=some[0], effective=0, confirmed=True, why="test", rungs=(some[0].id,))
        story = Story(id=one.id, articles=(one.id,), first=DAY, last=DAY)
        groups.put(db, [seq(db, one)], [Grouped(story, (act,), (rise,))])


def test_pairs_that_are_missing_altogether_are_seen_by_the_whole_look(store: Store):
    some(store)
    with store.writing() as db:
        db.exec_driver_sql("DELETE FROM tally")
        db.exec_driver_sql("DELETE FROM dyad")
        db.exec_driver_sql("DELETE FROM mix")
    assert health.check(store) == []
    assert health.check(store, whole=True) == ["0 pairs of sides are there, and the events that count make 6"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_rows_that_name_what_is_gone_are_told(store: Store):
    some(store)
    with store.database.raw() as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM run")
    assert "rows of coding name rows of run that are gone" in health.check(store)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_damaged_page_is_told(store: Store, address: str):
    some(store)
    with store.database.raw() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_event_article'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with open(address, "r+b") as file:  # noqa: PTH123
        file.seek((page - 1) * size)
        file.write(b"\xff" * 100)
    with Store(address) as again:  # what a connection has read before it does not read again
        assert any("damaged" in one for one in health.check(again))


def followed(db, name: str, **clocks: object) -> None:
    sources.put(db, Source(id=name, feed=f"https://{name}/rss"), at(-24 * 100))
    db.execute(update(schema.source).where(schema.source.c.id == name).values(**clocks))


def test_a_source_that_has_fallen_silent_is_told(store: Store):
    with store.writing() as db:
        followed(db, "alive.example", succeeded=at(-1), renewed=at(-10))
        followed(db, "silent.example", succeeded=at(-1), renewed=at(-24 * 6))
        followed(db, "gone.example", succeeded=at(-24 * 6), renewed=at(-24 * 6))
        followed(db, "never.example", succeeded=None, renewed=None)
        followed(db, "off.example", enabled=False)
        followed(db, "new.example", succeeded=None, renewed=None, added=at(-24))
    silent = {one.source: one.answers for one in health.health(store, NOW).silent}
    assert silent == {"silent.example": True, "gone.example": False, "never.example": False}


def test_a_source_that_seldom_publishes_is_given_its_time(store: Store):
    days = [DAY - timedelta(days=10 * n) for n in range(6)]
    with store.writing() as db:
        add(db, *(article(3 * n, published=day) for n, day in enumerate(days)))
        followed(db, "news0.example", succeeded=at(-1), renewed=at(-24 * 30))
    assert health.health(store, NOW).silent == ()
    (one,) = health.health(store, at(24 * 40)).silent
    assert (one.source, one.usual, one.renewed) == ("news0.example", 10.0, at(-24 * 30))


def test_little_room_on_the_disk_is_told(store: Store, engine: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "ROOM", 10**18)
    problems = health.health(store, NOW).problems
    assert bool(problems) == (engine == "sqlite")
    assert all("MB are free" in one for one in problems)


def test_messages_that_are_stuck_are_told_without_their_secrets(store: Store):
    channels = {
        "webhook:https://me:pw@hook.example/services/T0/SECRET?key=SECRET": "webhook:https://hook.example",
        "notify:tgram://SECRET/chat": "notify:tgram://…",
        "mail:desk@example.org": "mail:desk@example.org",
        "file:alerts.jsonl": "file:alerts.jsonl",
    }
    with store.writing() as db:
        some = raised(db, *range(len(channels)))
        for one, channel in zip(some, channels, strict=True):
            outbox.put(db, "iraq", [one], channel, NOW)
        (late, *dead) = outbox.due(db, NOW)
        for one in dead:
            outbox.begin(db, one.key, NOW)
            tried = Delivery(key=one.key, channel=one.channel, at=NOW, taken=False, error="503")
            outbox.end(db, one.key, tried, dead=True)
    found = health.health(store, at(25))
    assert {one.channel for one in found.dead + found.late} == set(channels.values())
    assert {(one.key, one.tries, one.error) for one in found.dead} == {(one.key, 1, "503") for one in dead}
    assert [(one.key, one.watch, one.tries, one.error) for one in found.late] == [(late.key, "iraq", 0, None)]
    assert health.health(store, at(23)).late == ()
    assert (found.rows["watch"], found.rows["alert"], found.problems) == (1, 4, ())


def test_what_waits_to_be_watched_does_not_hide_what_is_in_no_story(store: Store):
    some(store)
    with store.writing() as db:
        watches.put(db, watch(), NOW)
        work.done(db, "grouped", [1, 2, 3])
        assert work.waiting(db, "watched", 9) == [1, 2, 3]
    assert health.check(store) == ["3 articles are neither in a story nor waiting"]
