"""Sources, their two clocks, and what is remembered of addresses between two fetches."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept import NOW, add, article, at

from marsad.errors import NotFoundError
from marsad.store import Store, fetches, sources
from marsad.types import FetchState, Source, SourceKind

WHOLE = Source(
    id="news0.example",
    name="وكالة",
    country="IRQ",
    kind=SourceKind.AGENCY,
    owner="الدولة",
    zone="Asia/Baghdad",
    url="https://news0.example/",
    feed="https://news0.example/rss.xml",
)


def test_a_source_comes_back_as_it_was_given(store: Store):
    with store.writing() as db:
        assert sources.put(db, WHOLE, NOW) is True
        assert sources.put(db, WHOLE, at(1)) is False
        for name in (WHOLE.id, WHOLE.name, WHOLE.url, WHOLE.feed):
            assert sources.find(db, name) == WHOLE
        assert [one.added for one in sources.followed(db)] == [NOW]


def test_what_is_said_later_mends_and_silence_changes_nothing(store: Store):
    with store.writing() as db:
        sources.put(db, WHOLE, NOW)
        sources.put(db, Source(id=WHOLE.id, country="SYR"), NOW)
        assert sources.find(db, WHOLE.id) == replace(WHOLE, country="SYR")


def test_what_is_said_of_one_without_a_feed_is_said_of_no_other_one(store: Store):
    with store.writing() as db:
        for name in ("one.example", "two.example", "three.example"):
            sources.put(db, Source(id=name), NOW)
        assert not sources.put(db, Source(id="two.example", country="IRQ"), NOW)
        told = {one.source.id: one.source.country for one in sources.followed(db)}
    assert told == {"one.example": None, "two.example": "IRQ", "three.example": None}


def test_a_second_feed_of_a_site_is_followed_beside_the_first(store: Store):
    second = replace(WHOLE, feed="https://news0.example/sport.xml")
    with store.writing() as db:
        assert sources.put(db, WHOLE, NOW) is True
        assert sources.put(db, second, NOW) is True
        assert sources.put(db, second, NOW) is False
        assert [one.source.feed for one in sources.followed(db, feeds_only=True)] == [WHOLE.feed, second.feed]
        assert sources.find(db, WHOLE.id).feed == WHOLE.feed


def test_a_source_of_articles_is_known_and_a_feed_makes_it_followed(store: Store):
    with store.writing() as db:
        add(db, article(0), article(3))
        assert sources.followed(db, feeds_only=True) == []
        assert sources.put(db, WHOLE, NOW) is False
        (one,) = sources.followed(db, feeds_only=True)
        assert (one.articles, one.source.name) == (2, "وكالة")
        sources.enable(db, WHOLE.id, False)
        assert sources.followed(db, feeds_only=True) == []
        assert [one.source.enabled for one in sources.followed(db)] == [False]


def test_the_two_clocks_go_on_their_own(store: Store):
    with store.writing() as db:
        sources.put(db, WHOLE, NOW)
        sources.answered(db, [WHOLE.id], at(2))
        sources.renewed(db, [WHOLE.id], at(1))
        (one,) = sources.followed(db)
        assert (one.succeeded, one.renewed) == (at(2), at(1))


def test_a_name_that_is_not_there_brings_what_comes_near(store: Store):
    with store.writing() as db:
        sources.put(db, WHOLE, NOW)
        with pytest.raises(NotFoundError, match=r"news0\.example"):
            sources.find(db, "news0")
        with pytest.raises(NotFoundError, match="lists them"):
            sources.find(db, "100%_")


def test_states_of_addresses_come_back_and_the_last_stands(store: Store):
    first = FetchState(url="https://a.example/", etag='"x"', fetched=NOW, failures=2, error="قطع", status=503)
    whole = FetchState(
        url="https://b.example/خبر",
        etag="e",
        last_modified="Mon, 02 Mar 2026 10:00:00 GMT",
        fetched=at(1),
        succeeded=at(0.25),
        after=at(3),
        status=200,
    )
    with store.writing() as db:
        fetches.keep(db, [first, whole])
        assert fetches.states(db, [first.url, whole.url, "https://c.example/"]) == {
            first.url: first,
            whole.url: whole,
        }
        later = replace(first, failures=0, error=None, status=200)
        fetches.keep(db, [first, later])
        assert fetches.states(db, [first.url]) == {first.url: later}


def test_the_state_of_a_feed_stands_beside_its_source(store: Store):
    with store.writing() as db:
        sources.put(db, WHOLE, NOW)
        fetches.keep(db, [FetchState(url=WHOLE.feed or "", failures=3, error="قطع")])
        (one,) = sources.followed(db)
        assert one.fetch == FetchState(url=WHOLE.feed or "", failures=3, error="قطع")
