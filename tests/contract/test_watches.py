"""Watches are kept as they were given, changed, muted and removed; what they remember is theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from kept import NOW, add, article, at, seq
from raised import HOOK, MAIL, alert, raised, watch

from marsad.errors import FormatError, NotFoundError
from marsad.store import Store, alerts, outbox, watches, work
from marsad.types import (
    AlertTrigger,
    EventType,
    Ladder,
    Outcome,
    Query,
    Rhythm,
    Sent,
    Stage,
    Status,
    Voice,
    Watch,
)

FULL = Watch(
    id="iraq-russia-2",
    name="صفقة «إس-400»\nمع بغداد",
    trigger=AlertTrigger.RUNG,
    query=Query(
        near="IRQ", counterpart="RUS", sanctioner="USA", parties=("IRQ", "RUS.GOV"), actors=("RUS",),
        recipients=("IRQ.GOV.MOD",), speakers=("USA.GOV.STATE",), types=(EventType.CONSULT, EventType.SANCTION),
        statuses=(Status.ACTUAL, Outcome.CONTESTED), voices=(Voice.VERBATIM,), sources=("a.example",),
        languages=("ar", "en"), words="إس-400", law="us/caatsa/231", ladder=Ladder.L, level=5,
    ),
    channels=(HOOK, MAIL, "file:alerts.jsonl"),
    lang="ar",
    stages=(Stage.CONFIRMED,),
    within=3,
    silent=14,
    quiet=(time(22, 30), time(6)),
    zone="Asia/Baghdad",
    cooldown=90,
    digest=Rhythm.WEEKLY,
    muted=at(5),
)  # fmt: skip


def test_a_watch_is_kept_as_it_was_given(store: Store):
    with store.writing() as db:
        assert watches.put(db, FULL, NOW) == replace(FULL, created=NOW)
        plain = watches.put(db, watch("all", query=Query(), trigger=AlertTrigger.SILENCE), at(1))
    with store.reading() as db:
        assert watches.find(db, FULL.id) == replace(FULL, created=NOW)
        assert watches.listed(db) == [plain, replace(FULL, created=NOW)]
        assert isinstance(watches.find(db, FULL.id).query.statuses[0], Status)
        assert watches.find(db, FULL.id).query.statuses == (Status.ACTUAL, Outcome.CONTESTED)


def test_a_changed_watch_keeps_when_it_was_made(store: Store):
    with store.writing() as db:
        watches.put(db, watch(), NOW)
        changed = watches.put(db, watch(cooldown=5, created=at(99)), at(2))
        assert changed == watches.find(db, "iraq") == watch(cooldown=5, created=NOW)
        assert watches.listed(db) == [changed]


@pytest.mark.parametrize("id", ["", "Iraq", "العراق", "a b", "-a", "a/b", "a\n", "a" * 81, "<b>"])
def test_an_id_that_is_none_is_refused(store: Store, id: str):  # noqa: A002
    with store.writing() as db, pytest.raises(FormatError, match="small letters"):
        watches.put(db, watch(id), NOW)


def test_what_there_is_not_is_told(store: Store):
    with store.writing() as db:
        for ask in (
            lambda: watches.find(db, "no"),
            lambda: watches.mute(db, "no", NOW),
            lambda: watches.remove(db, "no", NOW),
            lambda: watches.remember(db, "no", "a", "b"),
        ):
            with pytest.raises(NotFoundError, match="marsad watch list"):
                ask()
        assert watches.recall(db, "no", "a") is None
        assert watches.listed(db) == []


def test_a_watch_is_muted_and_no_longer(store: Store):
    with store.writing() as db:
        watches.put(db, watch(), NOW)
        assert watches.mute(db, "iraq", at(3)).muted == watches.find(db, "iraq").muted == at(3)
        assert watches.mute(db, "iraq", None) == watch(created=NOW)


def test_what_it_remembers_is_its_own_and_the_last(store: Store):
    with store.writing() as db:
        for id in ("one", "other"):  # noqa: A001
            watches.put(db, watch(id), NOW)
        for value in ("not engaged", "", "waived"):
            watches.remember(db, "one", "JOR us/caatsa/231", value)
            assert watches.recall(db, "one", "JOR us/caatsa/231") == value
        assert watches.recall(db, "other", "JOR us/caatsa/231") is None
        watches.put(db, watch("one", cooldown=5), NOW)
        assert watches.recall(db, "one", "JOR us/caatsa/231") == "waived"
        watches.put(db, watch("one", query=Query(near="JOR")), NOW)
        assert watches.recall(db, "one", "JOR us/caatsa/231") is None


def test_a_removed_watch_leaves_its_alerts_and_sends_nothing_more(store: Store):
    with store.writing() as db:
        some = raised(db, 1, 2, 3)
        for n, one in enumerate(some):
            outbox.put(db, "iraq", [one], f"file:{n}", at(n))
        first, second, _ = [outbox.due(db, at(9))[n].key for n in range(3)]
        watches.remember(db, "iraq", "a", "b")
        outbox.begin(db, first, NOW)
        outbox.end(db, first, delivery(first, taken=True))
        outbox.begin(db, second, NOW)
        watches.remove(db, "iraq", at(4))
        assert watches.listed(db) == []
        assert [one.id for one in alerts.listed(db, watch="iraq").items] == [one.id for one in reversed(some)]
        assert outbox.due(db, at(9)) == outbox.dead(db) == []
        assert [one.taken for one in outbox.deliveries(db, first)] == [True]
        outbox.end(db, second, delivery(second, taken=False))
        assert outbox.deliveries(db, second) == []
        with pytest.raises(NotFoundError):
            watches.find(db, "iraq")


def test_a_watch_of_a_former_id_is_new_but_tells_nothing_twice(store: Store):
    with store.writing() as db:
        raised(db, 1)
        watches.remember(db, "iraq", "a", "b")
        watches.remove(db, "iraq", at(1))
        assert watches.put(db, watch(), at(2)).created == at(2)
        assert watches.recall(db, "iraq", "a") is None
        assert not alerts.add(db, alert(9), [alert(1).id])
        assert len(alerts.listed(db).items) == 1


def test_articles_wait_to_be_watched_only_where_something_is_watched(store: Store):
    with store.writing() as db:
        add(db, *(article(n) for n in range(4)))
        seqs = [seq(db, article(n)) for n in range(4)]
        work.done(db, "grouped", seqs[:1])
        assert work.waiting(db, "watched", 9) == []
        for id in ("one", "other"):  # noqa: A001
            watches.put(db, watch(id), NOW)
        work.done(db, "grouped", seqs[1:3])
        assert work.waiting(db, "watched", 9) == seqs[1:3]
        work.done(db, "watched", seqs[1:2])
        watches.remove(db, "one", NOW)
        assert work.waiting(db, "watched", 9) == seqs[2:3]
        watches.remove(db, "other", NOW)
        assert work.waiting(db, "watched", 9) == []
        work.done(db, "grouped", seqs[3:])
        assert work.waiting(db, "watched", 9) == []


def delivery(key: str, *, taken: bool):
    from marsad.types import Delivery

    return Delivery(key=key, channel=HOOK, at=NOW, taken=taken, error=None if taken else "503")


def test_what_was_sent_stays_known(store: Store):
    with store.writing() as db:
        raised(db, 1)
        outbox.put(db, "iraq", [alert(1)], HOOK, NOW)
        (one,) = outbox.due(db, NOW)
        outbox.begin(db, one.key, NOW)
        outbox.end(db, one.key, delivery(one.key, taken=True))
        watches.remove(db, "iraq", NOW)
        assert len(outbox.deliveries(db, one.key)) == 1
        assert one.state is Sent.WAITING
