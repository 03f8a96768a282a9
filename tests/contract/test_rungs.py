"""The rungs of codings come back as they were, count as their codings do, and are made anew when the rules change."""

from __future__ import annotations

import random

import climbs
from kept import NOW, Act, add, article, coded, keep, refetched, seq
from sqlalchemy import func, select

from marsad.store import Connection, Store, codings, forget, health, rungs, schema, sources, work
from marsad.types import Article, Ladder, Rung, Source, SourceKind, Span


def climb(db: Connection, one: Article, *some: Rung, coder: str = "first") -> int:
    """Code an article, and keep these rungs with it; gives the number of the coding."""
    keep(db, coded(one, Act(), coder=coder))
    coding = codings.current(db, [seq(db, one)])[seq(db, one)]
    rungs.write(db, {coding: some})
    return coding


def drawn(one: Article, count: int, seed: int = 1) -> list[Rung]:
    dice = random.Random(seed)
    return [climbs.full(dice, one.id), *(climbs.rung(dice, one.id, n) for n in range(1, count))]


def number(db: Connection) -> int:
    return db.execute(select(func.count()).select_from(schema.rung)).scalar_one()


def test_rungs_come_back_as_they_were(store: Store):
    one = article(1)
    some = [
        *drawn(one, 40),
        Rung(id="0" * 16, article=one.id, ladder=Ladder.L, level=0, sentence=0, span=Span(0, 0), rule=""),
    ]
    with store.writing() as db:
        add(db, one)
        climb(db, one, *some)
    with store.reading() as db:
        assert rungs.of_articles(db, [seq(db, one)]) == some
        assert rungs.by_id(db, [some[3].id, some[0].id]) == [some[0], some[3]]


def test_they_come_in_the_order_of_days_and_articles_however_they_were_written(store: Store):
    some = [article(n) for n in (9, 2, 1)]
    with store.writing() as db:
        add(db, *some)
        for one in some:
            climb(db, one, *drawn(one, 3, seed=hash(one.id)))
        told = [one.article for one in rungs.of_articles(db, [seq(db, one) for one in some])]
    ordered = sorted(some, key=lambda one: (one.published, one.id))
    assert told == [one.id for one in ordered for _ in range(3)]


def test_only_those_of_codings_that_count_are_told(store: Store):
    one = article(1)
    later = refetched(one, 1, "نص آخر")
    with store.writing() as db:
        add(db, one)
        old, new = drawn(one, 2, seed=1), drawn(one, 3, seed=2)
        climb(db, one, *old)
        climb(db, one, *new, coder="second")
        assert rungs.of_articles(db, [seq(db, one)]) == new
        assert rungs.by_id(db, [old[0].id]) == []
        add(db, later)
        assert rungs.of_articles(db, [seq(db, one)]) == []
        add(db, refetched(one, 2))
        assert rungs.of_articles(db, [seq(db, one)]) == new
        assert number(db) == 5
        work.done(db, "grouped", [seq(db, one)])
        assert forget.prune(db).codings == 1
        assert number(db) == 3
    forget.forget(store, one.id, name="me", now=NOW)
    with store.reading() as db:
        assert number(db) == 0


def test_what_other_rules_have_made_waits_to_be_made_anew(store: Store):
    some = [article(n) for n in range(4)]
    with store.writing() as db:
        add(db, *some)
        made = [climb(db, one, *drawn(one, 2)) for one in some[:3]]
        assert rungs.stale(db, "1")
        assert rungs.renew(db, "1") == 3
        assert not rungs.stale(db, "1")
        assert rungs.missing(db, made) == made
        rungs.write(db, {made[0]: drawn(some[0], 1), made[1]: []})
        assert rungs.missing(db, made) == made[2:]
        assert rungs.renew(db, "1") == 0
        assert rungs.missing(db, made) == made[2:]
        work.done(db, "grouped", [seq(db, one) for one in some])
        assert rungs.renew(db, "2") == 3
        assert work.waiting(db, "grouped", 9) == [seq(db, one) for one in some[:3]]
        assert len(rungs.of_articles(db, [seq(db, some[0])])) == 1, "until then the old ones stand"


def test_a_coding_of_which_no_rungs_were_ever_made_is_missed(store: Store):
    one = article(1)
    with store.writing() as db:
        add(db, one)
        keep(db, coded(one, Act()))
        rungs.renew(db, "1")
        work.done(db, "grouped", [seq(db, one)])
    told = "1 codings have no rungs yet, and do not wait for them"
    assert told in health.check(store)
    with store.writing() as db:
        work.put(db, "grouped", [seq(db, one)])
    assert health.check(store) == []


def test_a_source_of_another_kind_has_its_rungs_made_anew(store: Store):
    some = [article(n) for n in range(3)]  # three papers
    with store.writing() as db:
        add(db, *some)
        made = [climb(db, one, *drawn(one, 1)) for one in some]
        work.done(db, "grouped", [seq(db, one) for one in some])
        sources.put(db, Source(id="news1.example", name="a name"), NOW)
        assert rungs.missing(db, made) == []
        sources.put(db, Source(id="news1.example", kind=SourceKind.OFFICIAL), NOW)
        assert rungs.missing(db, made) == [made[1]]
        assert work.waiting(db, "grouped", 9) == [seq(db, some[1])]
        assert sources.kinds(db, [seq(db, one) for one in some]) == {seq(db, some[1]): SourceKind.OFFICIAL}
