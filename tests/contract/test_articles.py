"""Articles: each is kept once, and of the versions at an address the one that was seen last counts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from kept import NOW, add, article, at, coded, keep, refetched, seq, some_acts
from sqlalchemy import func, select

from marsad.errors import NotFoundError
from marsad.store import Store, articles, schema, work
from marsad.types import Article, Span


def current(db, place_of: Article) -> list[str]:
    return [name for _, name, counts in articles.versions(db, seq(db, place_of)) if counts]


def test_an_article_comes_back_as_it_was_given(store: Store):
    whole = replace(
        article(1, text="عنوان\n\nنص الخبر «بالعلامات» 𐍈"),
        title=Span(0, 5),
        source="وكالة",
        author="كاتب",
        published_from="json-ld",
        fetched=at(1.5),
        given=0,
        drawn=True,
    )
    bare = Article(id="00000000000000ff", text="bare", language="en")
    with store.writing() as db:
        assert add(db, whole, bare) == ["new", "new"]
    with store.reading() as db:
        assert articles.find(db, whole.id)[1] == whole
        assert articles.find(db, bare.id)[1] == bare
        assert articles.by_seq(db, [seq(db, whole), 99]) == {seq(db, whole): whole}


def test_adding_twice_adds_nothing(store: Store):
    some = [article(n) for n in range(5)]
    with store.writing() as db:
        assert add(db, *some, some[0]) == ["new"] * 5 + ["known"]
    with store.writing() as db:
        assert add(db, *some) == ["known"] * 5
        assert db.execute(select(func.count()).select_from(schema.article)).scalar() == 5
        assert [one.waiting for one in work.counts(db)] == [5, 0, 0]


def test_a_later_text_at_an_address_is_a_version_and_an_earlier_one_stands_behind(store: Store):
    first = refetched(article(1), 0)
    newer, older = refetched(first, 2, "نص أحدث"), refetched(first, -2, "نص أقدم")
    with store.writing() as db:
        assert add(db, first) == ["new"]
        assert add(db, newer) == ["version"]
        assert add(db, older) == ["older"]
        assert current(db, first) == [newer.id]
        assert articles.find(db, newer.id)[1].replaces == first.id
        assert articles.find(db, older.id)[1].replaces is None
        assert [name for _, name, _ in articles.versions(db, seq(db, first))] == [older.id, first.id, newer.id]
        assert articles.find(db, first.url)[1].id == newer.id


def test_a_former_text_that_stands_there_again_counts_again(store: Store):
    first = refetched(article(1), 0)
    second, again = refetched(first, 1, "نص آخر"), refetched(first, 2)
    with store.writing() as db:
        assert add(db, first, second) == ["new", "version"]
    with store.writing() as db:
        assert add(db, again) == ["again"]
        assert current(db, first) == [first.id]
        assert articles.find(db, first.id)[1].fetched == at(2)


def test_a_version_that_comes_back_is_grouped_again(store: Store):
    first = refetched(article(1), 0)
    with store.writing() as db:
        add(db, first)
        keep(db, coded(first))
        work.done(db, "grouped", [seq(db, first)])
        add(db, refetched(first, 1, "نص آخر"))
        work.done(db, "grouped", [seq(db, first)])
        add(db, refetched(first, 2))
        assert seq(db, first) in work.waiting(db, "grouped", 10)


@pytest.mark.parametrize("seed", range(6))
def test_many_versions_in_any_batches_leave_the_one_seen_last(store: Store, seed: int):
    dice = random.Random(seed)
    texts = [f"نص {n}" for n in range(4)]
    seen = [refetched(article(dice.randrange(3)), hour, dice.choice(texts)) for hour in dice.sample(range(40), 30)]
    given = list(seen)
    with store.writing() as db:
        while given:
            some, given = given[: (size := dice.randint(1, 8))], given[size:]
            add(db, *some)
            keep(db, *(coded(one, *some_acts(dice)) for one in some))
        for url in {one.url for one in seen}:
            last = max((one for one in seen if one.url == url), key=lambda one: one.fetched)
            assert current(db, last) == [last.id], url


def test_each_article_alone_or_all_at_once_is_the_same(store: Store):
    dice = random.Random(7)
    seen = [refetched(article(dice.randrange(2)), n / 2, f"نص {dice.randrange(3)}") for n in range(14)]
    other = [replace(one, id=one.id[::-1], url=one.url.replace("news", "paper")) for one in seen]
    with store.writing() as db:
        one_by_one = [kept for one in seen for kept in add(db, one)]
        assert add(db, *other) == one_by_one
        for one, twin in zip(seen, other, strict=True):
            assert current(db, one) == [name[::-1] for name in current(db, twin)]


def test_the_same_words_at_two_addresses_are_two_articles(store: Store):
    one = article(1)
    other = replace(one, id="00000000000000aa", url="https://elsewhere.example/1")
    with store.writing() as db:
        assert add(db, one, other) == ["new", "new"]


def test_an_address_is_the_same_however_it_is_written(store: Store):
    one = refetched(article(1), 0)
    with store.writing() as db:
        add(db, one)
        marked = replace(refetched(one, 1, "نص آخر"), url=one.url + "?utm_source=rss#top")
        assert add(db, marked) == ["version"]


def test_an_article_is_found_by_the_beginning_of_its_id(store: Store):
    with store.writing() as db:
        add(db, *(replace(article(n), id=f"abcd00000000000{n}") for n in range(3)), article(9))
    with store.reading() as db:
        assert articles.find(db, article(9).id[:6])[1].id == article(9).id
        for written in ("abcd", "ffff", "no id", "https://nowhere.example/"):
            with pytest.raises(NotFoundError):
                articles.find(db, written)


def test_more_ids_than_one_statement_takes(store: Store):
    with store.writing() as db:
        add(db, article(1))
        many = [f"{n:016x}" for n in range(70_000)]
        assert articles.seqs(db, [*many, article(1).id]) == {article(1).id: seq(db, article(1))}


def test_what_waits_is_handed_from_stage_to_stage(store: Store):
    some = [article(n) for n in range(4)]
    with store.writing() as db:
        add(db, *some)
        seqs = [seq(db, one) for one in some]
        assert work.waiting(db, "coded", 2) == seqs[:2]
        assert work.waiting(db, "coded", 9, after=seqs[1]) == seqs[2:]
        work.done(db, "coded", seqs[:3])
        work.put(db, "grouped", [*seqs, *seqs])
        assert work.waiting(db, "grouped", 9) == seqs
        work.done(db, "grouped", seqs)
        assert [(one.stage, one.waiting) for one in work.counts(db)] == [("coded", 1), ("grouped", 0), ("watched", 0)]


def test_a_stage_gives_up_after_so_many_tries_until_it_is_told_to_try_again(store: Store):
    with store.writing() as db:
        add(db, article(1), article(2))
        one, other = seq(db, article(1)), seq(db, article(2))
        for _ in range(work.TRIES):
            assert one in work.waiting(db, "coded", 9)
            work.failed(db, "coded", one, "broke\0 down")
        work.given_up(db, "coded", other, "is of no use")
        assert work.waiting(db, "coded", 9) == []
        assert work.counts(db)[0] == work.Waiting("coded", 0, 2)
        assert set(work.faults(db)) == {("coded", one, "broke down"), ("coded", other, "is of no use")}
        assert work.retry(db) == 2
        assert work.waiting(db, "coded", 9) == [one, other]
        assert work.faults(db) == []


def test_another_coder_or_other_knowledge_has_everything_that_counts_to_do_again(store: Store):
    first = refetched(article(1), 0)
    with store.writing() as db:
        add(db, first, refetched(first, 1, "نص آخر"), article(2))
        keep(db, coded(first), coded(article(2)))
        assert work.outdated(db, "first", "k") == 1  # the newer text, which waits anyhow
        assert work.outdated(db, "first", "other") == 2
        assert work.outdated(db, "second", "k") == 2


def test_when_an_article_was_added_is_not_when_it_was_fetched(store: Store):
    with store.writing() as db:
        add(db, refetched(article(1), 5), now=NOW)
        row = db.execute(select(schema.article.c.added, schema.article.c.fetched)).one()
    assert row.added == NOW
    assert row.fetched == at(5)


def sources_of(some: Sequence[Article]) -> set[str]:
    return {one.url.split("/")[2] for one in some if one.url}


def test_articles_lead_to_their_sources(store: Store):
    some = [article(n) for n in range(6)]
    with store.writing() as db:
        add(db, *some)
        assert set(articles.publishers(db, [seq(db, one) for one in some]).values()) == sources_of(some)
