"""Codings: what was found comes back exactly; a newer run stands before an older one, and both are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept import NOW, Act, add, article, at, coded, keep, pairs_of, refetched, seq, side_of
from sqlalchemy import select
from world import handmade

from marsad.errors import NotFoundError
from marsad.store import Store, codings, events, runs, schema, tallies
from marsad.store.where import Where
from marsad.types import (
    Amount,
    Article,
    Candidate,
    Coding,
    Event,
    EventType,
    Evidence,
    Kind,
    Mention,
    Name,
    Precision,
    Span,
    Status,
    Voice,
)


def back(db, one: Coding) -> Coding:
    number = codings.current(db, [seq(db, one.article)])[seq(db, one.article)]
    return codings.by_seq(db, [number])[number]


def test_a_coding_comes_back_exactly(store: Store):
    whole = handmade()
    with store.writing() as db:
        add(db, whole.article)
        assert keep(db, whole) == [seq(db, whole.article)]
    with store.reading() as db:
        assert back(db, whole) == whole


def test_every_field_that_few_have_comes_back(store: Store):
    who = Mention(
        span=Span(0, 4),
        kind=Kind.PERSON,
        sector=None,
        score=0.123456789012345,
        actor="RUS.GOV.MFA",
        country="RUS",
        person=Name("لافروف", "Lavrov"),
        office=Name("", "foreign minister"),
        former=True,
        candidates=(Candidate("RUS.GOV.MFA", 0.9), Candidate("USA", 0.1)),
        why="office.named",
    )
    place = Mention(span=Span(5, 9), kind=Kind.PLACE, country="IRQ")
    text = Article(id="00000000000000a1", text="كلام كثير جدا لا يقول شيئا")
    one = Event(
        id="ffffffffffffffff",
        article=text.id,
        sentence=0,
        trigger=Span(3, 7),
        type=EventType.AID,
        status=Status.POSSIBLE,
        evidence=(Evidence(part="trigger", span=Span(3, 7), why="model 1"),),
        mode="x",
        contexts=("military", "economic"),
        actors=(who,),
        recipients=(who, place),
        speaker=who,
        voice=Voice.READING,
        precision=Precision.CENTURY,
        place=place,
        items=(place, who),
        amounts=(Amount(span=Span(0, 1), low=None, high=3e300, unit="USD", of="دولار"),),
        about="0000000000000000",
        score=1e-300,
        coder="c",
    )
    whole = Coding(
        article=text,
        sentences=(Span(0, 3), Span(3, 9)),
        mentions=(who, place),
        events=(one,),
        coder="c",
        measured=False,
    )
    bare = coded(article(2), coder="c")
    with store.writing() as db:
        add(db, text, bare.article)
        keep(db, whole, bare)
        assert back(db, whole) == whole
        assert back(db, bare) == bare


def test_the_same_run_twice_adds_nothing(store: Store):
    one = coded(article(1), Act(), Act())
    with store.writing() as db:
        add(db, one.article)
        assert len(keep(db, one)) == 1
    with store.writing() as db:
        assert keep(db, one, now=at(5)) == []
        assert events.count(db, Where()) == 2
        assert [(made, counting) for _, made, counting in runs.listed(db)] == [(1, 1)]


def test_a_run_is_a_coder_with_its_knowledge(store: Store):
    with store.writing() as db:
        first = runs.ensure(db, "a", "k", NOW)
        assert runs.ensure(db, "a", "k", at(1)) == first
        assert runs.ensure(db, "a", "other", at(1)).id != first.id
        assert [run.knowledge for run, _, _ in runs.listed(db)] == ["k", "other"]


def test_a_newer_run_supersedes_and_keeps_the_older(store: Store):
    text = article(1)
    old = coded(text, Act(type=EventType.CONSULT), Act(type=EventType.AID))
    new = coded(text, Act(type=EventType.CONSULT, status=Status.DENIED), coder="second")
    with store.writing() as db:
        add(db, text)
        keep(db, old)
        keep(db, new)
    with store.reading() as db:
        assert back(db, new) == new
        assert [one.event for one in events.listed(db, Where()).items] == list(new.events)
        (_, current, state), (_, former, before) = events.find(db, old.events[0].id)
        assert (current, former) == (new.events[0], old.events[0])
        assert (state, before) == (schema.CURRENT, schema.SUPERSEDED)
        assert [(run.coder, made, n) for run, made, n in runs.listed(db)] == [("first", 1, 0), ("second", 1, 1)]
        assert [(one.status, one.n) for one in tallies.months(db, "RUS", "IRQ")] == [("DENIED", 1)]


def test_an_article_that_was_replaced_before_it_was_coded_is_coded_as_withdrawn(store: Store):
    first = refetched(article(1), 0)
    second = refetched(first, 1, "نص آخر طويل بما يكفي")
    with store.writing() as db:
        add(db, first, second)
        keep(db, coded(first, Act()), coded(second, Act(), Act()))
        assert events.count(db, Where()) == 2
        assert events.count(db, Where(withdrawn=True)) == 3
        assert {one.withdrawn: one.article.id for one in events.listed(db, Where(withdrawn=True)).items} == {
            True: first.id,
            False: second.id,
        }
        add(db, refetched(first, 2))
        assert [one.article.id for one in events.listed(db, Where()).items] == [first.id]


def test_an_article_that_is_gone_is_not_coded(store: Store):
    with store.writing() as db:
        add(db, article(1))
        assert len(keep(db, coded(article(1), Act()), coded(article(2), Act()))) == 1


def test_pairs_are_of_each_side_once(store: Store):
    one = coded(article(1), Act(actors=(0, 1, 3), recipients=(1, 4, 8, 9)), Act(actors=(), recipients=(0,)))
    with store.writing() as db:
        add(db, one.article)
        keep(db, one)
        held = {(row.source, row.target) for row in db.execute(select(schema.dyad))}
    assert held == pairs_of(one.events[0]) == {("RUS", "RUS"), ("RUS", "IRQ"), ("IRQ", "RUS"), ("IRQ", "IRQ")}
    assert [side_of(who) for who in one.events[0].recipients] == ["RUS", "IRQ", None, None]


def test_counts_of_a_pair_by_month(store: Store):
    days = [None, at(0).date(), at(0).date(), at(24 * 40).date()]
    one = coded(article(1), *(Act(day=day) for day in days))
    with store.writing() as db:
        add(db, one.article)
        keep(db, one)
        assert [(m.month, m.n) for m in tallies.months(db, "RUS", "IRQ")] == [(None, 1), (202603, 2), (202604, 1)]
        assert [m.month for m in tallies.months(db, "RUS", "IRQ", since=days[3])] == [202604]
        assert [m.month for m in tallies.months(db, "RUS", "IRQ", since=days[1], until=days[1])] == [202603]
        assert tallies.months(db, "IRQ", "RUS") == []


def test_an_event_is_found_by_the_beginning_of_its_id(store: Store):
    one = coded(article(1), Act())
    with store.writing() as db:
        add(db, one.article)
        keep(db, one)
        assert [found for _, found, _ in events.find(db, one.events[0].id[:8])] == list(one.events)
        with pytest.raises(NotFoundError):
            events.find(db, "0123456789abcdef")


def test_two_equal_mentions_are_one_phrase(store: Store):
    one = coded(article(1), Act())
    twice = replace(one, mentions=(*one.mentions, one.mentions[0]))
    with store.writing() as db:
        add(db, one.article)
        keep(db, twice)
        assert back(db, twice) == twice
