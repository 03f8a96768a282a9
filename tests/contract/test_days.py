"""What passes between two by day, who tells it, what was read at all: against a plain loop over all that is kept."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from kept import DAY, NOW, Act, add, article, coded, keep, refetched, seq, side_of, some_acts
from sqlalchemy import select

from marsad.store import Connection, Store, articles, codings, coverage, days, groups, health, schema, sources, tallies
from marsad.store.groups import Grouped
from marsad.types import Coding, Coverage, Event, Mention, Occurrence, Outcome, Source, Status, Story

COUNTRY = {"news0.example": "IRQ", "news1.example": None, "news2.example": "RUS"}
SPANS = [(None, None), (DAY, DAY + timedelta(days=1)), (None, DAY), (DAY + timedelta(days=2), None)]
#: Sides, and actors below one.
WHO = ("RUS", "IRQ", "RUS.GOV", "IRQ.GOV.PM", "EU.COUNCIL")


def fill(db: Connection, seed: int = 5) -> list[Coding]:
    """Articles of three papers with acts at random, each event an occurrence of its own; gives their codings."""
    dice = random.Random(seed)
    some = [article(n, published=None if n == 4 else DAY + timedelta(days=n % 5)) for n in range(30)]
    add(db, *some)
    for name, country in COUNTRY.items():
        sources.put(db, Source(id=name, country=country), NOW)
    made = [coded(one, *some_acts(dice)) for one in some]
    keep(db, *made)
    for one in made:
        acts = tuple(_act(one.article.id, event, dice.choice(list(Outcome))) for event in one.events)
        story = Story(id=one.article.id, articles=(one.article.id,), first=DAY, last=DAY)
        groups.put(db, [seq(db, one.article)], [Grouped(story, acts)])
    return made


def _act(story: str, event: Event, outcome: Outcome) -> Occurrence:
    return Occurrence(
        id=event.id, story=story, type=event.type, status=outcome, reports=(event.id,), day=event.day,
        actors=_named(event.actors), recipients=_named(event.recipients),
    )  # fmt: skip


def _named(who: tuple[Mention, ...]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(one.actor or one.country for one in who if (one.actor or one.country) not in (None, "INT"))
    )


def held(who: str, asked: str) -> bool:
    if "." not in asked:
        return who.partition(".")[0] == asked
    return who == asked or who.startswith(f"{asked}.")


def told(who: Mention, asked: str) -> bool:
    return side_of(who) == asked if "." not in asked else held(who.actor or "", asked)


def inside(day: date | None, since: date | None, until: date | None) -> bool:
    return (since or date.min) <= (day or date.min) <= (until or date.max)


def month(day: date | None) -> date | None:
    return day and day.replace(day=1)


def test_acts_by_day_are_those_of_a_plain_loop(store: Store):
    with store.writing() as db:
        fill(db)
        acts = [groups.find_act(db, one) for one in db.execute(select(schema.occurrence.c.id)).scalars()]
        for source in WHO:
            for target in WHO:
                for since, until in SPANS:
                    counts = Counter(
                        (one.day, one.type, one.status)
                        for one in acts
                        if any(held(who, source) for who in one.actors)
                        and any(held(who, target) for who in one.recipients)
                        and inside(one.day, since, until)
                    )
                    found = days.daily(db, source, target, since, until)
                    assert {row[:3]: row.n for row in found} == counts, (source, target)
                    assert found == sorted(found, key=lambda row: (row.day or date.min, *row[1:]))
                    months = Counter()
                    for (day, *kind), n in counts.items():
                        months[(month(day), *kind)] += n
                    found = days.daily(db, source, target, since, until, by="month")
                    assert {row[:3]: row.n for row in found} == months


def test_reports_by_day_are_those_of_a_plain_loop(store: Store):
    with store.writing() as db:
        made = fill(db)
        events = [(event, _country(one)) for one in made for event in one.events]
        for source in WHO:
            for target in WHO:
                mine = [
                    (event, country)
                    for event, country in events
                    if any(told(who, source) for who in event.actors)
                    and any(told(who, target) for who in event.recipients)
                ]
                for since, until in SPANS:
                    some = [(event, country) for event, country in mine if inside(event.day, since, until)]
                    actual = Counter((e.day, country) for e, country in some if e.status is Status.ACTUAL)
                    assert {row[:2]: row.n for row in days.mix(db, source, target, since, until)} == actual
                    voices = Counter((month(e.day), e.type, e.status, e.voice) for e, _ in some)
                    found = days.told(db, source, target, since, until, by="month")
                    assert {row[:4]: row.n for row in found} == voices


def _country(one: Coding) -> str:
    return COUNTRY[(one.article.url or "").split("/")[2]] or ""


def test_what_was_read_is_told_by_day_and_country(store: Store):
    with store.writing() as db:
        made = fill(db)
        add(db, article(50))  # not coded: not read
        add(db, refetched(article(0), 1, "نص آخر"))  # replaced: read no longer
        made = [one for one in made if one.article.id != article(0).id]
        for since, until in SPANS:
            some = [one for one in made if inside(one.article.published, since, until)]
            counts = Counter((one.article.published, _country(one)) for one in some)
            found = coverage.by_day(db, since, until)
            assert {row[:2]: row.n for row in found} == counts
            months = {row[:2]: row.n for row in coverage.by_day(db, since, until, by="month")}
            assert months == Counter((month(one.article.published), _country(one)) for one in some)
            countries = Counter(_country(one) for one in some)
            hosts = {(one.article.url or "").split("/")[2] for one in some}
            assert coverage.coverage(db, since, until) == Coverage(
                articles=len(some), sources=len(hosts), countries=countries
            )
        assert coverage.coverage(db, date(2030, 1, 1)) == Coverage(articles=0, sources=0)


def test_a_source_that_turns_out_to_be_of_a_country_takes_its_articles_there(store: Store):
    with store.writing() as db:
        made = fill(db)
        sources.put(db, Source(id="news1.example", country="TUR"), NOW)
        sources.put(db, Source(id="news2.example", country="TUR"), NOW)
        sources.put(db, Source(id="news2.example", name="another name"), NOW)
        papers = Counter((one.article.url or "").split("/")[2] for one in made)
        countries = {"IRQ": papers["news0.example"], "TUR": papers["news1.example"] + papers["news2.example"]}
        assert coverage.coverage(db).countries == countries
        assert {row.country for row in days.mix(db, "RUS", "IRQ")} <= {"IRQ", "TUR"}
    assert health.check(store, whole=True) == []


def test_the_busiest_pairs_come_first(store: Store):
    with store.writing() as db:
        fill(db)
        counts: Counter[tuple[str, str]] = Counter()
        for row in db.execute(select(schema.occurrence_dyad)):
            counts[row.source, row.target] += 1
        asked = sorted(counts, key=lambda pair: (-counts[pair], pair))
        assert [row[:2] for row in tallies.pairs(db)] == asked[:100]
        assert [row.n for row in tallies.pairs(db, limit=3)] == [counts[pair] for pair in asked[:3]]
        april = sum(row.day is not None and row.day >= date(2026, 4, 1)
                    for row in db.execute(select(schema.occurrence_dyad)))  # fmt: skip
        assert sum(row.n for row in tallies.pairs(db, date(2026, 4, 20))) == april > 0, "from the month on"


def test_of_who_is_not_there_nothing_is_told(store: Store):
    with store.writing() as db:
        fill(db)
        for pair in (("NOBODY", "IRQ"), ("RUS", "SDN.GOV.X"), ("RUSSIA", "IRQ")):
            assert days.daily(db, *pair) == days.mix(db, *pair) == days.told(db, *pair) == []


@pytest.mark.parametrize("what", [days.daily, days.mix, days.told])
def test_another_period_is_refused(store: Store, what):
    with store.reading() as db, pytest.raises(ValueError, match="'week' is not day or month"):
        what(db, "RUS", "IRQ", by="week")


def test_a_coding_of_what_was_replaced_counts_nowhere_until_it_stands_again(store: Store):
    one = article(1)
    with store.writing() as db:
        add(db, one, refetched(one, 1, "نص آخر"))
        keep(db, coded(one, Act(), Act()))
        assert coverage.coverage(db).articles == 0
        assert days.mix(db, "RUS", "IRQ") == []
        add(db, refetched(one, 2))
        assert articles.is_current(db, seq(db, one))
        assert coverage.coverage(db).articles == 1
        assert [row.n for row in days.mix(db, "RUS", "IRQ")] == [2]
        add(db, refetched(one, 3, "نص آخر"), refetched(one, 4), refetched(one, 5))
        assert coverage.coverage(db).articles == 1
        assert codings.current(db, [seq(db, one)])
    assert health.check(store, whole=True) == []


def test_acts_by_day_and_group_are_those_by_day_and_type(store: Store):
    with store.writing() as db:
        fill(db)
        kinds = sorted(set(db.execute(select(schema.occurrence.c.type)).scalars()))
        groups_ = {"one": kinds[::2], "other": kinds[1::2], "none": []}
        of = {kind: name for name, some in groups_.items() for kind in some}
        for source in WHO:
            for target in WHO:
                for since, until in SPANS:
                    counts = {name: Counter() for name in groups_}
                    for row in days.daily(db, source, target, since, until):
                        if row.day and row.outcome == Outcome.ACTUAL:
                            counts[of[row.type]][row.day] += row.n
                    found = days.by_group(db, source, target, groups_, since, until, outcome=Outcome.ACTUAL.value)
                    assert found == counts, (source, target, since, until)


def test_what_was_read_of_a_day_is_that_of_all_countries(store: Store):
    with store.writing() as db:
        fill(db)
        for since, until in SPANS:
            counts = Counter()
            for row in coverage.by_day(db, since, until):
                if row.day:
                    counts[row.day] += row.n
            assert coverage.read(db, since, until) == counts


def test_the_last_month_of_a_pair_is_the_last_of_its_months(store: Store):
    with store.writing() as db:
        fill(db)
        for source in ("RUS", "IRQ", "EU", "XXX"):
            for target in ("RUS", "IRQ", "EU"):
                for until in (date(2000, 1, 1), DAY, date(2030, 1, 1)):
                    for what in (tallies.REPORT, tallies.OCCURRENCE):
                        rows = tallies.months(db, source, target, what=what, by=(), until=until)
                        wanted = max((row.month for row in rows if row.month), default=None)
                        assert tallies.last_month(db, source, target, until, what=what) == wanted
