"""Forgetting: nothing of it is left, what stood beside it is right, and it never comes back. And pruning."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from kept import DAY, NOW, Act, add, article, at, coded, keep, refetched, seq, some_acts
from sqlalchemy import func, select

from marsad.errors import NotFoundError
from marsad.store import (
    Store,
    articles,
    events,
    fetches,
    forget,
    groups,
    health,
    judgements,
    occurrences,
    runs,
    schema,
    sources,
    tallies,
    work,
)
from marsad.store.groups import Edge, Grouped
from marsad.store.where import Where
from marsad.types import EventType, FetchState, Occurrence, Outcome, Source, Status, Story

#: Words that stand nowhere else, in letters that a file would show.
RARE = "القيروطمبلاز"
RARE_LATIN = "Zqxwvurbletrous"


def size(db, table) -> int:
    return db.execute(select(func.count()).select_from(table)).scalar_one()


def group(db, *some, acts: bool = True) -> None:
    """One story of the articles, and of their first events one occurrence."""
    first = [events.of_articles(db, [seq(db, one)])[0].event for one in some]
    act = Occurrence(
        id=first[0].id,
        story=some[0].id,
        type=first[0].type,
        status=Outcome.ACTUAL,
        reports=tuple(one.id for one in first),
        actors=("RUS",),
        recipients=("IRQ",),
        day=DAY,
    )
    story = Story(id=some[0].id, articles=tuple(one.id for one in some), first=DAY, last=DAY)
    seqs = [seq(db, one) for one in some]
    for number in seqs:
        groups.remember(db, number, b"what grouping knows", [7])
    groups.link(db, [Edge(seqs[0], other, 0.9, "copies") for other in seqs[1:]])
    groups.put(db, seqs, [Grouped(story, (act,) if acts else ())])
    work.done(db, "grouped", seqs)


def test_nothing_of_an_article_is_left(store: Store):
    one, other = article(1), article(2)
    with store.writing() as db:
        add(db, one)
        keep(db, coded(one, Act(actors=(4,), speaker=10), Act()))
        group(db, one)
        fetches.keep(db, [FetchState(url=one.url + "?utm_source=rss", etag="x")])
        judgements.add(db, coded(one, Act()).events[0].id, "event", "no", "me", "is none", NOW)
        add(db, other)
        judgements.add(db, other.id, "not-same-as", one.id, "me", "two things", NOW)
    assert forget.forget(store, one.id, name="me", now=NOW) == forget.Forgotten(1, 2)
    with store.reading() as db:
        left = {name: n for name, table in schema.meta.tables.items() if (n := size(db, table))}
        assert left.keys() == {"article", "forgotten", "run", "source", "work"} | ({"about"} & left.keys())
        assert left["article"] == 1
        assert {(row.what, row.name, row.at) for row in db.execute(select(schema.forgotten))} == {
            ("article", "me", NOW),
            ("place", "me", NOW),
        }
    assert health.check(store, whole=True) == []


def test_what_is_forgotten_never_comes_back(store: Store):
    first = refetched(article(1), 0)
    second = refetched(first, 1, "نص آخر")
    with store.writing() as db:
        add(db, first, second)
    assert forget.forget(store, first.id, name="me", now=NOW).articles == 2
    with store.writing() as db:
        same_words = replace(first, fetched=at(9))
        again = [first, second, same_words, refetched(first, 5, "نص ثالث"), replace(first, url=first.url + "#top")]
        assert add(db, *again) == ["forgotten"] * 5
        assert add(db, article(2)) == ["new"]
        assert size(db, schema.article) == 1


def test_an_article_is_forgotten_by_its_address_and_by_the_beginning_of_its_id(store: Store):
    with store.writing() as db:
        add(db, article(1), article(2))
    assert forget.forget(store, article(1).url or "", name="me", now=NOW).articles == 1
    assert forget.forget(store, article(2).id[:7], name="me", now=NOW).articles == 1
    with pytest.raises(NotFoundError, match="no article and no source"):
        forget.forget(store, article(2).id, name="me", now=NOW)


def test_an_id_that_begins_two_is_refused(store: Store):
    with store.writing() as db:
        add(db, replace(article(1), id="abcd000000000001"), replace(article(2), id="abcd000000000002"))
    with pytest.raises(NotFoundError, match="write more of it"):
        forget.forget(store, "abcd", name="me", now=NOW)


def test_a_story_that_loses_an_article_is_grouped_again(store: Store):
    some = [article(n) for n in range(3)]
    with store.writing() as db:
        add(db, *some)
        keep(db, *(coded(one, Act()) for one in some))
        group(db, *some)
        assert tallies.months(db, "RUS", "IRQ", what=tallies.OCCURRENCE)
    forget.forget(store, some[0].id, name="me", now=NOW)
    with store.reading() as db:
        assert work.waiting(db, "grouped", 9) == [seq(db, one) for one in some[1:]]
        assert occurrences.count(db, Where()) == 0
        assert tallies.months(db, "RUS", "IRQ", what=tallies.OCCURRENCE) == []
        assert [m.n for m in tallies.months(db, "RUS", "IRQ")] == [2]
        assert len(groups.remembered(db, [seq(db, one) for one in some[1:]])) == 2
    assert health.check(store, whole=True) == []


def test_a_source_goes_with_all_that_it_gave(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forget, "SOME", 3)
    some = [article(n) for n in range(24)]
    feed, sport = "https://news0.example/rss.xml", "https://news0.example/sport.xml"
    with store.writing() as db:
        add(db, *some)
        keep(db, *(coded(one, Act(), Act()) for one in some))
        sources.put(db, Source(id="news0.example", name="وكالة", feed=feed), NOW)
        sources.put(db, Source(id="news0.example", feed=sport), NOW)
        urls = [feed, sport, "https://www.news0.example/1?x=y", "https://other.example/news0.example"]
        fetches.keep(db, [FetchState(url=url) for url in urls])
    assert forget.forget(store, "وكالة", name="me", now=NOW) == forget.Forgotten(8, 16)
    with store.writing() as db:
        assert [one.source.id for one in sources.followed(db)] == ["news1.example", "news2.example"]
        assert list(fetches.states(db, urls)) == [urls[-1]]
        assert size(db, schema.article) == 16
        assert events.count(db, Where()) == 32
        row = db.execute(select(schema.forgotten)).one()
        assert (row.what, row.id, row.articles) == ("source", "news0.example", 8)
        assert add(db, article(3), article(99)) == ["forgotten", "forgotten"]
    assert health.check(store, whole=True) == []


def test_forgetting_that_was_ended_in_the_middle_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forget, "SOME", 2)
    with store.writing() as db:
        add(db, *(article(3 * n) for n in range(5)))
    real, calls = forget._remove, []

    def killed(db, numbers):
        calls.append(numbers)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(db, numbers)

    monkeypatch.setattr(forget, "_remove", killed)
    with pytest.raises(KeyboardInterrupt):
        forget.forget(store, "news0.example", name="me", now=NOW)
    with store.writing() as db:
        assert size(db, schema.article) == 3
        assert add(db, article(0)) == ["forgotten"]
    assert forget.forget(store, "news0.example", name="me", now=NOW).articles == 3
    with store.reading() as db:
        assert [size(db, table) for table in (schema.article, schema.source)] == [0, 0]
        assert db.execute(select(schema.forgotten.c.articles)).scalar() == 5


def test_what_will_be_forgotten_is_told_ahead(store: Store):
    with store.writing() as db:
        add(db, *(article(n) for n in range(6)), refetched(article(1), 1, "نص آخر"))
        keep(db, *(coded(article(n), Act(), Act()) for n in range(6)))
        for what in (article(1).id, "news0.example"):
            told = forget.ahead(db, what)
            assert told.articles == 2
            assert told.events == (4 if what == "news0.example" else 0)
    assert forget.forget(store, "news0.example", name="me", now=NOW, reason="asked to").events == 4
    with store.reading() as db:
        assert db.execute(select(schema.forgotten.c.reason)).scalar() == "asked to"
        with pytest.raises(NotFoundError):
            forget.ahead(db, "news0.example")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_byte_of_what_is_forgotten_is_left_in_the_file(store: Store, tmp_path: Path):
    dice = random.Random(4)
    words = [f"كلمة{n}" for n in range(400)]
    texts = [article(n, text=" ".join(dice.choices(words, k=dice.choice([30, 300, 3000])))) for n in range(60)]
    secret = article(999, text=f"قال {RARE} كلاما عن {RARE_LATIN} " + "وزاد عليه. " * 200)
    with store.writing() as db:
        add(db, *texts[:30])
    with store.writing() as db:
        add(db, secret)
        keep(db, coded(secret, *some_acts(dice)))
        groups.remember(db, seq(db, secret), f"brief of {RARE_LATIN}".encode(), [1])
    with store.writing() as db:
        add(db, *texts[30:])
    held = b"".join(path.read_bytes() for path in tmp_path.glob("news.db*"))
    assert RARE.encode() in held
    assert RARE_LATIN.encode() in held
    assert forget.forget(store, secret.id, name="me", now=NOW).erased
    held = b"".join(path.read_bytes() for path in tmp_path.glob("news.db*"))
    for word in (RARE, RARE_LATIN, RARE_LATIN.lower(), RARE[1:], secret.url or ""):
        assert word.encode() not in held, word
    with store.reading() as db:
        assert set(articles.by_seq(db, [seq(db, one) for one in texts]).values()) == set(texts)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_while_another_reads_the_log_cannot_be_emptied_and_that_is_told(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("marsad.store.engine.PATIENCE", 0.1)
    with Store(address) as store:
        with store.writing() as db:
            add(db, article(1))
        with Store(address) as other, other.reading() as db:
            assert size(db, schema.article) == 1
            assert forget.forget(store, article(1).id, name="me", now=NOW) == forget.Forgotten(1, 0, erased=False)


# --- pruning ---------------------------------------------------------------------------------------------------------


def recoded(db, *some, acts=None, coder="second") -> None:
    keep(db, *(coded(one, *(acts or [Act()]), coder=coder) for one in some))


def test_pruning_leaves_what_counts_and_takes_what_was_superseded(store: Store):
    some = [article(n) for n in range(3)]
    with store.writing() as db:
        add(db, *some)
        keep(db, *(coded(one, Act(actors=(4,)), Act(), coder="first") for one in some))
        recoded(db, *some[:2])
        recoded(db, *some, coder="third")
        group(db, *some)
        before = events.listed(db, Where()).items
        assert forget.prune(db) == forget.Pruned(codings=5, events=8, runs=2, actors=1)
        assert events.listed(db, Where()).items == before
        assert [(run.coder, made) for run, made, _ in runs.listed(db)] == [("third", 3)]
        assert forget.prune(db) == forget.Pruned(0, 0, 0, 0)
    assert health.check(store, whole=True) == []


def test_pruning_keeps_a_judged_event_that_the_newer_run_has_not_found(store: Store):
    one, other = article(1), article(2)
    old = [coded(each, Act(type=EventType.AID), Act(), coder="first") for each in (one, other)]
    with store.writing() as db:
        add(db, one, other)
        keep(db, *old)
        judgements.add(db, old[0].events[0].id, "status", "DENIED", "me", "it was denied", NOW)
        judgements.add(db, old[1].events[1].id, "status", "DENIED", "me", "it was denied", NOW)
        recoded(db, one, other, acts=(Act(type=EventType.CONSULT), Act(type=EventType.CONSULT)))
        work.done(db, "grouped", [seq(db, each) for each in (one, other)])
        assert forget.prune(db).codings == 1
        assert events.find(db, old[0].events[0].id)[0][1].type == EventType.AID
        with pytest.raises(NotFoundError):
            events.find(db, old[1].events[0].id)


def test_pruning_waits_for_grouping_and_spares_the_newest_run(store: Store):
    one = article(1)
    with store.writing() as db:
        add(db, one)
        keep(db, coded(one, Act(), coder="first"))
        recoded(db, one)
        runs.ensure(db, "begins just now", "k", NOW)
        assert forget.prune(db) == forget.Pruned(0, 0, 0, 0)
        work.done(db, "grouped", [seq(db, one)])
        assert forget.prune(db, most=0).codings == 0
        assert forget.prune(db, most=5).codings == 1
        assert [run.coder for run, _, _ in runs.listed(db)] == ["second", "begins just now"]


def test_pruning_keeps_the_events_of_replaced_articles(store: Store):
    first = refetched(article(1), 0)
    with store.writing() as db:
        add(db, first)
        keep(db, coded(first, Act(status=Status.PLANNED)))
        add(db, refetched(first, 1, "نص آخر"))
        work.done(db, "grouped", [seq(db, first)])
        forget.prune(db)
        assert [one.withdrawn for one in events.listed(db, Where(withdrawn=True)).items] == [True]
