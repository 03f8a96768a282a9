"""Payloads, and a store that is full of them: each in the text, title, source, author, address and names of an article,
in the name and the words of a watch, and in what a person holds of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path

from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.errors import MarsadError
from marsad.identity import article_id, event_id
from marsad.settings import Settings
from marsad.store.queries import query
from marsad.types import (
    AlertTrigger,
    Article,
    Coding,
    Event,
    EventType,
    Evidence,
    Kind,
    Mention,
    Name,
    Precision,
    Query,
    Sector,
    Skipped,
    Source,
    Span,
    Status,
    Voice,
    Watch,
)

NOW = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
#: Addresses are the payloads of these kinds themselves.
_ADDRESSES = frozenset({"address", "host"})
_TYPES = ((EventType.CONSULT, "visit"), (EventType.THREATEN, None), (EventType.AGREE, None), (EventType.SANCTION, None))


@dataclass(frozen=True)
class Payload:
    """A text that is meant to become something else."""

    number: int
    kind: str
    text: str

    @property
    def mark(self) -> str:
        """A word that only it has."""
        return f"zq{self.number:03}z"

    @property
    def line(self) -> str:
        """On one line, with its mark behind it."""
        return f"{' '.join(self.text.splitlines())} {self.mark}"

    @property
    def short(self) -> str:
        """The beginning of it, on one line, with its mark."""
        return f"{' '.join(self.text.splitlines())[:200]} {self.mark}"


@cache
def payloads() -> tuple[Payload, ...]:
    """Every one of ``payloads.toml``."""
    given = tomllib.loads((Path(__file__).parent / "payloads.toml").read_text(encoding="utf-8"))["group"]
    texts = [(one["kind"], text * one.get("times", 1) + one.get("end", "")) for one in given for text in one["texts"]]
    return tuple(Payload(number, kind, text) for number, (kind, text) in enumerate(texts))


@dataclass(frozen=True)
class Piece:
    """An article that is full of some payloads, each in a sentence of its own; its address is ``address``."""

    number: int
    payloads: tuple[Payload, ...]
    address: str

    @property
    def joined(self) -> str:
        """All of them on one line, the beginning of those that are very long."""
        return " ".join(one.short for one in self.payloads)

    @property
    def day(self) -> date:
        """One of its own, so that nothing is taken for a report of the same."""
        return NOW.date() - timedelta(1 + 3 * self.number)

    @cached_property
    def article(self) -> Article:
        """Text, title, source, author and address are payloads."""
        told = "\n\n".join(
            f"زار لافروف بغداد وقال «{one.line}».\n{one.text}\nانتهى {one.mark}." for one in self.payloads
        )
        text = f"{self.joined}\n\n{told}"
        return Article(
            id=article_id(text, self.address, self.joined), text=text, title=Span(0, len(self.joined)),
            url=self.address, source=self.joined, author=self.joined, published=self.day, published_from="json-ld",
            language="ar", fetched=NOW,
        )  # fmt: skip

    @cached_property
    def coding(self) -> Coding:
        """For each payload what somebody said who is called like it."""
        events, mentions = [], []
        begin = self.article.title.stop if self.article.title else 0
        edges = [Span(0, begin)]
        for number, one in enumerate(self.payloads):
            begin = self.article.text.index("زار لافروف بغداد", begin + 1)
            edges.append(Span(begin, self.article.text.index(f"انتهى {one.mark}.", begin) + len(one.mark) + 7))
            who = Mention(
                span=Span(begin + 4, begin + 10), kind=Kind.PERSON, sector=Sector.GOV, actor="RUS.GOV.MFA",
                country="RUS", person=Name(ar=one.short, en=one.short), why=one.short,
            )  # fmt: skip
            whom = Mention(
                span=Span(begin + 11, begin + 16), kind=Kind.STATE, sector=Sector.GOV, actor="IRQ", country="IRQ"
            )
            mentions += [who, whom]
            events.append(self._event(one, number, Span(begin, begin + 3), who, whom))
        return Coding(
            article=self.article, sentences=tuple(edges), mentions=tuple(mentions), events=tuple(events),
            coder=Coder.name,
        )  # fmt: skip

    def _event(self, one: Payload, number: int, trigger: Span, who: Mention, whom: Mention) -> Event:
        kind, mode = _TYPES[number % len(_TYPES)]
        quoted = self.article.text.index("«", trigger.start) + 1
        return Event(
            id=event_id(self.article.id, trigger.start, trigger.stop, kind), article=self.article.id,
            sentence=number + 1, trigger=trigger, type=kind, mode=mode, status=tuple(Status)[number % len(Status)],
            actors=(who,), recipients=(whom,), speaker=who, voice=Voice.VERBATIM, day=self.day,
            precision=Precision.DAY, score=0.9, coder=Coder.name,
            evidence=(
                Evidence(part="trigger", span=trigger, why=one.short),
                Evidence(part="voice", span=Span(quoted, quoted + len(one.line)), why="test"),
            ),
        )  # fmt: skip


@cache
def pieces() -> tuple[Piece, ...]:
    """Every payload in one article, and every address at one."""
    every = payloads()
    addresses = [one.text for one in every if one.kind in _ADDRESSES]
    addresses += [f"https://paper{one.number}.example/{one.short}" for one in every[:: len(_TYPES) + 1]]
    groups = [every[start : start + len(_TYPES) + 1] for start in range(0, len(every), len(_TYPES) + 1)]
    return tuple(Piece(number, some, addresses[number]) for number, some in enumerate(groups))


class Coder:
    """Codes the articles of payloads as :attr:`Piece.coding` has it."""

    name = "marsad test"

    def __init__(self) -> None:
        self._known = {one.article.id: one for one in pieces()}

    def pipe(self, items: Iterable[Article | Skipped], batch_size: int | None = None) -> Iterator[Coding | Skipped]:
        for item in items:
            yield item if isinstance(item, Skipped) else replace(self._known[item.id].coding, article=item)


def opened(path: Path, settings: Settings | None = None) -> Desk:
    """A desk on the store at ``path``."""
    return Desk(str(path), settings, coder=Coder(), now=lambda: NOW)  # type: ignore[arg-type]


def fill(desk: Desk) -> None:
    """Watch, keep, code and judge."""
    query = Query(near="IRQ", counterpart="RUS")
    name = "<b>all</b> Bcc: evil@evil.example"
    desk.watch(Watch(id="all", name=name, trigger=AlertTrigger.EVENT, query=query))
    for one in payloads():
        about = Query(near="FJI", words=_question(one))
        desk.watch(Watch(id=f"w{one.number}", name=one.line[:200], trigger=AlertTrigger.EVENT, query=about))
    for piece in pieces():
        desk.follow(Source(id=f"s{piece.number}.example", name=piece.joined, url=piece.address))
        add(desk.store, iter([piece.article]), desk.now)
    desk.code()
    for piece in pieces():
        event = piece.coding.events[0].id
        desk.judge(event, "status", "DENIED", name=piece.payloads[0].line[:80], reason=piece.joined)
    desk.code()


def _question(one: Payload) -> str | None:
    """The payload, where it is a question of words."""
    try:
        query(one.text[:200])
    except MarsadError:
        return None
    return one.text[:200]
