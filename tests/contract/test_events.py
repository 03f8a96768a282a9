"""What is asked of events and occurrences, against the same question asked of every one in plain Python."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from kept import DAY, add, article, coded, keep, refetched, seq, side_of, some_acts

from marsad.errors import FormatError
from marsad.store import Store, events, groups, occurrences, sources
from marsad.store import where as asking
from marsad.store.groups import Grouped
from marsad.store.where import Where
from marsad.types import (
    Article,
    Coding,
    Event,
    EventType,
    Mention,
    Occurrence,
    Outcome,
    Source,
    Status,
    Story,
    Voice,
)


@dataclass
class Told:
    """An event as the tests know it."""

    event: Event
    article: Article
    withdrawn: bool


@dataclass
class World:
    """A store with some hundred events at random, and what is in it."""

    store: Store
    told: list[Told]
    acts: list[Occurrence]
    numbers: dict[str, int]


@pytest.fixture
def world(store: Store) -> World:
    dice = random.Random(5)
    texts = [article(n, language=dice.choice(["ar", "en"]), text=f"نص {n} " + "كلام " * 40) for n in range(40)]
    texts = [refetched(one, 0) for one in texts]
    newer = [refetched(one, 1, one.text + "زيادة") for one in texts[:6]]
    made = [coded(one, *some_acts(dice, 5)) for one in (*texts, *newer)]
    # Some events are about another.
    made[3] = _about(made[3], next(one.id for whole in made[10:] for one in whole.events))
    with store.writing() as db:
        add(db, *texts)
        keep(db, *made[: len(texts)])
        add(db, *newer)
        keep(db, *made[len(texts) :])
        sources.put(db, Source(id="news0.example", name="وكالة الأولى"), refetched(texts[0], 2).fetched)
        gone = {one.article.id for one in made[:6]}
        told = [Told(event, whole.article, whole.article.id in gone) for whole in made for event in whole.events]
        acts = _acts([one for one in told if not one.withdrawn], dice)
        groups.put(db, [seq(db, one) for one in texts], [Grouped(*one) for one in acts])
        numbers = {one.id: seq(db, one) for one in (*texts, *newer)}
    return World(store, told, [act for _, some in acts for act in some], numbers)


def _about(whole: Coding, other: str) -> Coding:
    from dataclasses import replace

    first, *rest = whole.events
    return replace(whole, events=(replace(first, about=other), *rest))


def _acts(told: list[Told], dice: random.Random) -> list[tuple[Story, tuple[Occurrence, ...]]]:
    """Every ten articles one story, and occurrences of one to three of its events."""
    ids = list(dict.fromkeys(one.article.id for one in told))
    made = []
    for at in range(0, len(ids), 10):
        story = Story(id=ids[at], articles=tuple(ids[at : at + 10]), first=DAY)
        some = [one.event for one in told if one.article.id in story.articles]
        acts = []
        while some:
            reports = [some.pop() for _ in range(min(len(some), dice.randint(1, 3)))]
            first = reports[0]
            acts.append(
                Occurrence(
                    id=first.id,
                    story=story.id,
                    type=first.type,
                    mode=first.mode,
                    status=dice.choice(list(Outcome)),
                    reports=tuple(one.id for one in reports),
                    actors=_named(first.actors),
                    recipients=_named(first.recipients),
                    day=first.day,
                    precision=first.precision,
                    country=first.place.country if first.place else None,
                )
            )
        made.append((story, tuple(acts)))
    return made


def _named(who: tuple[Mention, ...]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(one.actor or one.country for one in who if (one.actor or one.country) not in (None, "INT"))
    )


def _is(who: Mention, names: tuple[str, ...]) -> bool:
    return any(
        side_of(who) == name if "." not in name else who.actor == name or (who.actor or "").startswith(f"{name}.")
        for name in names
    )


def _named_is(who: str, names: tuple[str, ...]) -> bool:
    return any(who.split(".")[0] == n if "." not in n else who == n or who.startswith(f"{n}.") for n in names)


def inner(where: Where, one: Told, numbers: dict[str, int]) -> bool:
    """What is asked of a report beyond its act."""
    host = (one.article.url or "").split("/")[2]
    return (
        (not where.voices or one.event.voice in where.voices)
        and (not where.about or one.event.about == where.about)
        and (where.article is None or numbers[one.article.id] == where.article)
        and (not where.languages or one.article.language in where.languages)
        and (
            not where.sources or host in where.sources or (host == "news0.example" and "وكالة الأولى" in where.sources)
        )
        and (not where.speakers or (one.event.speaker is not None and _is(one.event.speaker, where.speakers)))
    )


def within(where: Where, day: date | None) -> bool:
    if where.since is None and where.until is None:
        return True
    return day is not None and (where.since or date.min) <= day <= (where.until or date.max)


def fits(where: Where, one: Told, numbers: dict[str, int]) -> bool:
    event = one.event
    parties = (*event.actors, *event.recipients)
    country = where.country
    return (
        (where.withdrawn or not one.withdrawn)
        and inner(where, one, numbers)
        and within(where, event.day)
        and (not where.types or event.type in where.types)
        and (not where.modes or event.mode in where.modes)
        and (not where.statuses or event.status in where.statuses)
        and (not where.actors or any(_is(who, where.actors) for who in event.actors))
        and (not where.recipients or any(_is(who, where.recipients) for who in event.recipients))
        and (not where.parties or any(_is(who, where.parties) for who in parties))
        and (
            not country
            or (event.place is not None and event.place.country == country)
            or any(side_of(who) == country for who in parties)
        )
    )


def fits_act(where: Where, act: Occurrence, told: dict[str, Told], numbers: dict[str, int]) -> bool:
    parties = (*act.actors, *act.recipients)
    return (
        any(inner(where, told[name], numbers) for name in act.reports)
        and within(where, act.day)
        and (not where.types or act.type in where.types)
        and (not where.modes or act.mode in where.modes)
        and (not where.statuses or act.status.value in where.statuses)
        and (not where.actors or any(_named_is(who, where.actors) for who in act.actors))
        and (not where.recipients or any(_named_is(who, where.recipients) for who in act.recipients))
        and (not where.parties or any(_named_is(who, where.parties) for who in parties))
        and (
            not where.country
            or act.country == where.country
            or any(who.split(".")[0] == where.country for who in parties)
        )
    )


QUESTIONS = [
    Where(),
    Where(withdrawn=True),
    Where(actors=("RUS",)),
    Where(actors=("RUS.GOV",)),
    Where(actors=("RUS.GOV.MFA", "EU")),
    Where(recipients=("IRQ",)),
    Where(recipients=("EU.COUNCIL",), withdrawn=True),
    Where(speakers=("USA",)),
    Where(speakers=("EU.COUNCIL", "USA.GOV")),
    Where(parties=("IRQ", "RUS.GOV.MFA")),
    Where(parties=("NOBODY",)),
    Where(country="IRQ"),
    Where(country="SDN"),
    Where(types=(EventType.SANCTION, EventType.ASSAULT)),
    Where(modes=("visit",)),
    Where(statuses=(Status.DENIED, Status.PLANNED)),
    Where(voices=(Voice.REPORT,)),
    Where(voices=(Voice.VERBATIM, Voice.READING), languages=("en",)),
    Where(since=DAY + timedelta(days=1)),
    Where(until=DAY),
    Where(since=DAY, until=DAY + timedelta(days=2), country="RUS"),
    Where(sources=("news0.example",)),
    Where(sources=("وكالة الأولى", "news1.example"), types=(EventType.CONSULT,)),
    Where(languages=("en",)),
    Where(actors=("RUS",), recipients=("IRQ",)),
    Where(actors=("RUS",), recipients=("IRQ",), since=DAY, statuses=(Status.ACTUAL,)),
    Where(actors=("RUS",), recipients=("IRQ",), withdrawn=True),
    Where(actors=("EU",), recipients=("RUS.GOV",), voices=tuple(Voice)),
    Where(actors=("RUS", "EU"), recipients=("IRQ", "TUR"), until=DAY + timedelta(days=50)),
    Where(actors=("IRQ",), recipients=("IRQ",), speakers=("USA",)),
    Where(actors=("UN",), parties=("IRQ",), country="TUR"),
]


def paged(listed: Callable[..., asking.Page], db, where: Where, size: int) -> Iterator:
    """All that is asked for, page by page."""
    after = None
    while True:
        page = listed(db, where, after=after, limit=size)
        assert len(page.items) <= size
        yield from page.items
        if page.after is None:
            return
        after = page.after


def test_each_question_of_events_has_the_answer_of_a_plain_loop(world: World):
    with world.store.reading() as db:
        for where in [*QUESTIONS, *_of_the_world(world)]:
            asked = [one for one in world.told if fits(where, one, world.numbers)]
            for size in (9, 1000):
                found = list(paged(events.listed, db, where, size))
                assert sorted(one.event.id for one in found) == sorted(one.event.id for one in asked), where
            days = [one.event.day or date.min for one in found]
            assert days == sorted(days, reverse=True)
            assert {one.event.id: one.withdrawn for one in found} == {one.event.id: one.withdrawn for one in asked}
            assert events.count(db, where) == len(asked)


def test_each_question_of_occurrences_has_the_answer_of_a_plain_loop(world: World):
    told = {one.event.id: one for one in world.told if not one.withdrawn}
    with world.store.reading() as db:
        for where in [*QUESTIONS, *_of_the_world(world)]:
            asked = [act for act in world.acts if fits_act(where, act, told, world.numbers)]
            for size in (9, 1000):
                found = list(paged(occurrences.listed, db, where, size))
                assert sorted(one.id for one in found) == sorted(one.id for one in asked), where
            assert occurrences.count(db, where) == len(asked)


def _of_the_world(world: World) -> list[Where]:
    about = next(one.event.about for one in world.told if one.event.about)
    return [Where(about=about), Where(article=next(iter(world.numbers.values()))), Where(article=999_999)]


def test_random_questions_have_the_answer_of_a_plain_loop(world: World):
    dice = random.Random(9)
    fields = [(name, value) for where in QUESTIONS for name in Where.__slots__ if (value := getattr(where, name))]
    told = {one.event.id: one for one in world.told if not one.withdrawn}
    with world.store.reading() as db:
        for _ in range(40):
            where = Where(**dict(dice.sample(fields, dice.randint(1, 4))))
            asked = {one.event.id for one in world.told if fits(where, one, world.numbers)}
            assert {one.event.id for one in events.listed(db, where, limit=1000).items} == asked, where
            acts = {act.id for act in world.acts if fits_act(where, act, told, world.numbers)}
            assert {one.id for one in occurrences.listed(db, where, limit=1000).items} == acts, where


def test_a_report_comes_whole(world: World):
    with world.store.reading() as db:
        told = {one.event.id: one for one in world.told}
        of = {name: act.id for act in world.acts for name in act.reports}
        for one in paged(events.listed, db, Where(), 50):
            assert one.event == told[one.event.id].event
            assert one.article.text == told[one.event.id].article.text
            assert one.source is not None
            assert one.occurrence == of[one.event.id]


def test_an_occurrence_comes_whole(world: World):
    with world.store.reading() as db:
        found = {one.id: one for one in paged(occurrences.listed, db, Where(), 7)}
        for act in world.acts:
            assert found[act.id].actors == act.actors
            assert found[act.id].recipients == act.recipients
            assert set(found[act.id].reports) == set(act.reports)
            assert (found[act.id].status, found[act.id].day, found[act.id].story) == (act.status, act.day, act.story)


def test_a_page_goes_on_behind_what_came_while_it_was_read(world: World):
    with world.store.writing() as db:
        first = events.listed(db, Where(), limit=5)
        text = article(99)
        add(db, text)
        keep(db, coded(text, *some_acts(random.Random(1), 5)))
        rest = list(paged(events.listed, db, Where(), 50))
        second = events.listed(db, Where(), after=first.after, limit=1000)
    seen = [one.event.id for one in (*first.items, *second.items)]
    assert len(seen) == len(set(seen))
    assert {one.event.id for one in rest} >= set(seen)


@pytest.mark.parametrize("written", ["", "x", "1.2.3x", "99999999.1", "20260301.", ".5"])
def test_what_is_no_cursor_is_told(store: Store, written: str):
    if written == "":
        return
    with store.reading() as db, pytest.raises(FormatError):
        events.listed(db, Where(), after=written)


def test_reports_of_articles_come_in_the_order_of_days(world: World):
    with world.store.reading() as db:
        found = events.of_articles(db, list(world.numbers.values()))
    assert {one.event.id for one in found} == {one.event.id for one in world.told if not one.withdrawn}
    days = [one.article.published for one in found]
    assert days == sorted(days)


def test_counting_ends_where_it_is_enough(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(asking, "ENOUGH", 10)
    with world.store.reading() as db:
        assert events.count(db, Where()) == 10
