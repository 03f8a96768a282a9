"""Articles and codings for the tests of the store: numbered, small, with whatever acts a test asks for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from marsad.identity import article_id, event_id
from marsad.store import Connection, articles, codings, runs, work
from marsad.types import (
    Article,
    Coding,
    Event,
    EventType,
    Evidence,
    Kind,
    Mention,
    Precision,
    Sector,
    Span,
    Status,
    Voice,
)

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
DAY = date(2026, 3, 1)
#: Who may take part: an actor, and the country that its mentions carry.
WHO = (
    ("RUS.GOV.MFA", "RUS"),
    ("RUS.GOV", "RUS"),
    ("RUSSIA-X", None),  # begins as an id of RUS does, and is none
    (None, "IRQ"),
    ("IRQ.GOV.PM", "IRQ"),
    ("EU", "IGO"),
    ("EU.COUNCIL", "IGO"),
    ("UN", "IGO"),
    (None, "INT"),
    (None, None),
    ("USA.GOV.STATE", "USA"),
    (None, "TUR"),
)


def at(hours: float) -> datetime:
    """So many hours from the first moment of the tests."""
    return NOW + timedelta(hours=hours)


def article(number: int, text: str | None = None, **fields: object) -> Article:
    """A numbered article at an address of its own."""
    url = fields.pop("url", f"https://news{number % 3}.example/{number}")
    words = text or f"الخبر رقم {number}: زارت روسيا العراق. " + "كلام كثير لا يقول شيئا جديدا. " * 20
    return Article(
        id=article_id(words, url, fields.get("source")),  # type: ignore[arg-type]
        text=words,
        url=url,  # type: ignore[arg-type]
        published=fields.pop("published", DAY + timedelta(days=number % 7)),  # type: ignore[arg-type]
        **fields,  # type: ignore[arg-type]
    )


@dataclass(frozen=True)
class Act:
    """An event that a test asks for; parties by their places in :data:`WHO`."""

    type: EventType = EventType.CONSULT
    actors: tuple[int, ...] = (0,)
    recipients: tuple[int, ...] = (3,)
    speaker: int | None = None
    status: Status = Status.ACTUAL
    voice: Voice = Voice.REPORT
    mode: str | None = None
    day: date | None = DAY
    place: str | None = None
    about: str | None = None


def coded(one: Article, *acts: Act, coder: str = "first") -> Coding:
    """The coding of an article in which just these acts are found, each at a trigger of its own."""
    mentions: list[Mention] = []

    def mention(kind: Kind, actor: str | None, country: str | None) -> Mention:
        start = 3 * len(mentions)
        made = Mention(span=Span(start, start + 2), kind=kind, sector=Sector.GOV, actor=actor, country=country)
        mentions.append(made)
        return made

    events = []
    for n, act in enumerate(acts):
        span = Span(4 * n, 4 * n + 3)
        events.append(
            Event(
                id=event_id(one.id, span.start, span.stop, act.type),
                article=one.id,
                sentence=0,
                trigger=span,
                type=act.type,
                mode=act.mode,
                status=act.status,
                voice=act.voice,
                actors=tuple(mention(Kind.ORG, *WHO[k]) for k in act.actors),
                recipients=tuple(mention(Kind.ORG, *WHO[k]) for k in act.recipients),
                speaker=None if act.speaker is None else mention(Kind.PERSON, *WHO[act.speaker]),
                place=None if act.place is None else mention(Kind.PLACE, None, act.place),
                day=act.day,
                precision=Precision.DAY if act.day else Precision.UNKNOWN,
                about=act.about,
                evidence=(Evidence(part="trigger", span=span, why="test"),),
                coder=coder,
            )
        )
    return Coding(
        article=one, sentences=(Span(0, len(one.text)),), mentions=tuple(mentions), events=tuple(events), coder=coder
    )


def some_acts(dice: random.Random, most: int = 4) -> tuple[Act, ...]:
    """Acts at random: every field takes several values, and none."""
    return tuple(
        Act(
            type=dice.choice([EventType.CONSULT, EventType.SANCTION, EventType.ASSAULT]),
            actors=tuple(dice.sample(range(len(WHO)), dice.choice([0, 1, 1, 2, 3]))),
            recipients=tuple(dice.sample(range(len(WHO)), dice.choice([0, 1, 1, 2]))),
            speaker=dice.choice([None, None, 10, 6]),
            status=dice.choice(list(Status)),
            voice=dice.choice(list(Voice)),
            mode=dice.choice([None, "visit"]),
            day=dice.choice([None, *(DAY + timedelta(days=n) for n in (0, 1, 2, 40))]),
            place=dice.choice([None, None, "IRQ", "SDN"]),
        )
        for _ in range(dice.randint(0, most))
    )


def add(db: Connection, *some: Article, now: datetime = NOW) -> list[str]:
    """Keep the articles; what became of each."""
    return [kept.value for kept in articles.add(db, [articles.draft(one) for one in some], now)]


def keep(db: Connection, *some: Coding, knowledge: str = "k", now: datetime = NOW) -> list[int]:
    """Keep the codings (of one coder) and hand their articles on to be grouped."""
    run = runs.ensure(db, some[0].coder if some else "first", knowledge, now)
    new = codings.write(db, run.id, some, now)
    work.done(db, "coded", list(articles.seqs(db, [one.article.id for one in some]).values()))
    return new


def seq(db: Connection, one: Article | str) -> int:
    """The number of an article."""
    id = one if isinstance(one, str) else one.id  # noqa: A001
    return articles.seqs(db, [id])[id]


def refetched(one: Article, hours: float, text: str | None = None) -> Article:
    """The same address, fetched so many hours later (or before), with the same or another text."""
    words = one.text if text is None else text
    return replace(one, id=article_id(words, one.url, one.source), text=words, fetched=at(hours))


def side_of(mention: Mention) -> str | None:
    """The side of a mention, told anew for the tests."""
    if mention.country not in (None, "IGO", "INT"):
        return mention.country
    return mention.actor.split(".")[0] if mention.actor else None


def pairs_of(event: Event) -> set[tuple[str, str]]:
    """The pairs of sides that an event is between."""
    ours = {side_of(one) for one in event.actors} - {None}
    theirs = {side_of(one) for one in event.recipients} - {None}
    return {(one, other) for one in ours for other in theirs}  # type: ignore[misc]


def names(some: Sequence[Article]) -> list[str]:
    """The ids of articles."""
    return [one.id for one in some]
