"""A small store for the tests of pairs: a dozen invented articles on Iraq, Russia and the United States, coded by hand.

A visit, talks and a contract, each told by two papers; silence, a warning and a threat from Washington; a trade deal of
the European Union. The words of one article would command a terminal, or become part of a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.identity import article_id, event_id
from marsad.text import sentences
from marsad.types import (
    Article,
    Change,
    Coding,
    Event,
    EventType,
    Evidence,
    Kind,
    Mention,
    Precision,
    Sector,
    Skipped,
    Source,
    SourceKind,
    Span,
    Status,
    Voice,
)

NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
NAME = "marsad 0.1.0 / model test"
#: Words of the texts, and whom they mean: an actor, its state.
WHO = {
    "وزير الدفاع العراقي": ("IRQ.GOV.MOD", "IRQ", Kind.OFFICE),
    "Iraq's defence minister": ("IRQ.GOV.MOD", "IRQ", Kind.OFFICE),
    "وزارة الدفاع العراقية": ("IRQ.GOV.MOD", "IRQ", Kind.ORG),
    "The Iraqi defence ministry": ("IRQ.GOV.MOD", "IRQ", Kind.ORG),
    "بغداد": ("IRQ", "IRQ", Kind.STATE),
    "Iraq": ("IRQ", "IRQ", Kind.STATE),
    "موسكو": ("RUS", "RUS", Kind.STATE),
    "Moscow": ("RUS", "RUS", Kind.STATE),
    "روس أوبورون إكسبورت": ("RUS.ROSOBORONEXPORT", "RUS", Kind.ORG),
    "Rosoboronexport": ("RUS.ROSOBORONEXPORT", "RUS", Kind.ORG),
    "وزارة الخارجية الأميركية": ("USA.GOV.MFA", "USA", Kind.ORG),
    "the State Department": ("USA.GOV.MFA", "USA", Kind.ORG),
    "Washington": ("USA", "USA", Kind.STATE),
    "the European Union": ("EU", "IGO", Kind.ORG),
}
SOURCES = (
    Source(id="dijla.example", name="صحيفة دجلة", country="IRQ", kind=SourceKind.PAPER),
    Source(id="neva.example", name="Neva News", country="RUS", kind=SourceKind.AGENCY),
    Source(id="potomac.example", name="The Potomac", country="USA", kind=SourceKind.PAPER),
    Source(id="usstate.example", name="Statements", country="USA", kind=SourceKind.OFFICIAL),
)


class Told(NamedTuple):
    """An event of a text: its parts by their words."""

    trigger: str
    type: str
    mode: str | None
    actor: str
    recipient: str
    status: str = "ACTUAL"
    speaker: str | None = None


#: Name: address, day, language, text, events.
TEXTS: dict[str, tuple[str, date, str, str, list[Told]]] = {
    "visit": (
        "https://dijla.example/1", date(2025, 1, 10), "ar",
        "وزير الدفاع العراقي يصل موسكو\n\nزار وزير الدفاع العراقي موسكو يوم الجمعة في أول زيارة له.",
        [Told("زار", "CONSULT", "visit", "وزير الدفاع العراقي", "موسكو")],
    ),
    "visit-en": (
        "https://neva.example/1", date(2025, 1, 10), "en",
        "Visit\n\nIraq's defence minister visited Moscow on Friday, his first trip there.",
        [Told("visited", "CONSULT", "visit", "Iraq's defence minister", "Moscow")],
    ),
    "silence": (
        "https://potomac.example/1", date(2025, 1, 12), "en",
        "No comment\n\nIn Washington the State Department declined to comment on the sanctions that Iraq may face "
        "over its arms deals with Moscow.",
        [Told("declined to comment", "REJECT", None, "the State Department", "Iraq")],
    ),
    "talks": (
        "https://neva.example/2", date(2025, 2, 3), "en",
        "Talks\n\nThe Iraqi defence ministry negotiated with Rosoboronexport on Monday about the Pantsir-S1.",
        [Told("negotiated", "CONSULT", "meet", "The Iraqi defence ministry", "Rosoboronexport")],
    ),
    "contract": (
        "https://dijla.example/2", date(2025, 3, 3), "ar",
        "عقد\n\nوقّعت وزارة الدفاع العراقية يوم الإثنين عقدا مع روس أوبورون إكسبورت لشراء منظومات دفاع جوي.",
        [Told("وقّعت", "AGREE", "sign", "وزارة الدفاع العراقية", "روس أوبورون إكسبورت")],
    ),
    "contract-en": (
        "https://neva.example/3", date(2025, 3, 3), "en",
        "Contract\n\nThe Iraqi defence ministry signed a contract with Rosoboronexport on Monday to buy air defences.",
        [Told("signed", "AGREE", "sign", "The Iraqi defence ministry", "Rosoboronexport")],
    ),
    "threat": (
        "https://usstate.example/1", date(2025, 3, 10), "en",
        "Statement\n\nWashington will impose sanctions on Iraq over its contract with Moscow, the State Department "
        "said on Monday.",
        [Told("impose sanctions", "SANCTION", "sanctions", "Washington", "Iraq", "PLANNED", "the State Department")],
    ),
    "trade": (
        "https://potomac.example/2", date(2025, 4, 1), "en",
        "Brussels\n\nIraq and the European Union met on Tuesday.",
        [Told("met", "CONSULT", "meet", "the European Union", "Iraq")],
    ),
    "hostile": (
        "https://neva.example/4", date(2025, 5, 5), "en",
        "Again\n\nIraq's defence minister visited Moscow on <script>alert('x')</script> \x1b[31mred\x1b[0m "
        "\u202eMonday\u202c & \"went\" home.",
        [Told("visited", "CONSULT", "visit", "Iraq's defence minister", "Moscow")],
    ),
    "other": (
        "https://dijla.example/3", date(2025, 6, 2), "ar",
        "رياضة\n\nفاز الفريق بهدفين دون مقابل.",
        [],
    ),
}  # fmt: skip


def article(name: str) -> Article:
    """One of :data:`TEXTS`, as it was fetched."""
    url, day, language, text, _ = TEXTS[name]
    source = url.split("/")[2]
    return Article(
        id=article_id(text, url, source), text=text, title=Span(0, text.index("\n")), url=url, source=source,
        published=day, published_from="json-ld", language=language, fetched=NOW,
    )  # fmt: skip


def coding(name: str) -> Coding:
    """What is found in it."""
    one = article(name)
    text, body = one.text, one.text.index("\n\n") + 2
    within = sentences(text, one.title)
    mentions: dict[str, Mention] = {}

    def mention(words: str | None) -> tuple[Mention, ...]:
        if words is None:
            return ()
        actor, country, kind = WHO[words]
        start = text.index(words, body)
        span = Span(start, start + len(words))
        made = Mention(span=span, kind=kind, sector=Sector.GOV, actor=actor, country=country, why="test")
        return (mentions.setdefault(words, made),)

    events = []
    for told in TEXTS[name][4]:
        start = text.index(told.trigger, body)
        span = Span(start, start + len(told.trigger))
        events.append(
            Event(
                id=event_id(one.id, span.start, span.stop, told.type),
                article=one.id,
                sentence=next(n for n, each in enumerate(within) if each.start <= start < each.stop),
                trigger=span,
                type=EventType(told.type),
                mode=told.mode,
                status=Status(told.status),
                actors=mention(told.actor),
                recipients=mention(told.recipient),
                speaker=next(iter(mention(told.speaker)), None),
                voice=Voice.PARAPHRASE if told.speaker else Voice.REPORT,
                day=one.published,
                precision=Precision.DAY,
                score=0.9,
                coder=NAME,
                evidence=(Evidence(part="trigger", span=span, why="test"),),
            )
        )
    for words in WHO:
        if words in text[body:]:
            mention(words)
    return Coding(
        article=one,
        sentences=tuple(within),
        mentions=tuple(sorted(mentions.values(), key=lambda each: each.span)),
        events=tuple(events),
        coder=NAME,
    )


class Coder:
    """Codes :data:`TEXTS` as it is written there, and what is put into ``more`` by the id of the article."""

    name = NAME

    def __init__(self) -> None:
        self.more: dict[str, Coding] = {}
        self._known = {article(one).id: one for one in TEXTS}

    def pipe(self, items: Iterable[Article | Skipped], batch_size: int | None = None) -> Iterator[Coding | Skipped]:
        for item in items:
            if isinstance(item, Skipped):
                yield item
            else:
                yield self.more[item.id] if item.id in self.more else coding(self._known[item.id])


def desk(path: str = "sqlite://", *, countries: bool = True) -> Desk:
    """A desk over the store, in a new file or in memory; ``countries``: it is known where its sources are."""
    found = Desk(path, coder=Coder(), now=lambda: NOW)
    for one in SOURCES if countries else ():
        found.follow(one)
    add(found.store, [article(name) for name in TEXTS], found.now)
    found.code()
    return found


def made(path: Path) -> Path:
    """The store, in a new file."""
    desk(str(path)).close()
    return path


# --- what stands in for the step of changes --------------------------------------------------------------------------


def turned(days, counts, exposure, now, *, source, target, quad, persist, **_):
    """A change on the first day with an act, known ``persist`` days later: what the commands show, not how it is found.

    It has the signature of ``marsad.relate.changes.changes``.
    """
    first = next((day for day, n in zip(days, counts, strict=True) if n), None)
    if first is None or first + timedelta(persist) > now:
        return ()
    found = first + timedelta(persist)
    return (
        Change(
            source=source, target=target, quad=quad, day=first, found=found, before=0.05, after=0.75, strength=0.97
        ),
    )  # fmt: skip


def stand_in(monkeypatch) -> None:
    """Have :func:`turned` find the changes."""
    monkeypatch.setattr("marsad.desk.pairs.turning.changes", turned)
