"""A small store for the tests of the commands: six articles of five sources, coded by hand, grouped as they are read.

Two papers report a visit, a third denies it: one contested act of three reports. The rest stands alone: a sanction that
is planned, a quotation, and a page whose text has changed since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.identity import article_id, event_id
from marsad.types import (
    Article,
    Coding,
    Event,
    EventType,
    Evidence,
    Kind,
    Mention,
    Name,
    Precision,
    Sector,
    Skipped,
    Span,
    Status,
    Voice,
)

NOW = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
NAME = "marsad 0.1.0 / model test"
WHO = {
    "لافروف": ("RUS.GOV.MFA", "RUS", Name("سيرغي لافروف", "Sergei Lavrov")),
    "Lavrov": ("RUS.GOV.MFA", "RUS", Name("سيرغي لافروف", "Sergei Lavrov")),
    "العراق": (None, "IRQ", None),
    "بغداد": ("IRQ", "IRQ", None),
    "Baghdad": ("IRQ", "IRQ", None),
    "واشنطن": ("USA.GOV.STATE", "USA", None),
    "السودان": (None, "SDN", None),
    "الأمم المتحدة": ("UN", "IGO", None),
    "تركيا": (None, "TUR", None),
}

#: Address, day, source, text (title, body), and its acts: trigger, type, mode, status, actor, recipient, and perhaps
#: the speaker and the words quoted.
TEXTS = {
    "one": (
        "https://one.example/1", date(2026, 3, 1), "الأولى",
        "لافروف في بغداد\n\nزار لافروف بغداد يوم الأحد وبحث العقوبات مع الحكومة.",
        [("زار", "CONSULT", "visit", "ACTUAL", "لافروف", "بغداد", None, None)],
    ),
    "two": (
        "https://two.example/a", date(2026, 3, 1), "الثانية",
        "Lavrov in Baghdad\n\nLavrov visited Baghdad on Sunday and spoke of the sanctions.",
        [("visited", "CONSULT", "visit", "ACTUAL", "Lavrov", "Baghdad", None, None)],
    ),
    "denied": (
        "https://three.example/x", date(2026, 3, 2), "الثالثة",
        "نفي\n\nلم يزر لافروف بغداد يوم الأحد كما قيل.",
        [("يزر", "CONSULT", "visit", "DENIED", "لافروف", "بغداد", None, None)],
    ),
    "planned": (
        "https://one.example/2", date(2026, 3, 5), "الأولى",
        "واشنطن والسودان\n\nستفرض واشنطن عقوبات على السودان الأسبوع المقبل.",
        [("ستفرض", "SANCTION", "sanctions", "PLANNED", "واشنطن", "السودان", None, None)],
    ),
    "quoted": (
        "https://four.example/q", date(2026, 3, 6), "الرابعة",
        "لافروف يتكلم\n\nقال لافروف «لن نقبل العقوبات» وهو في تركيا.",
        [("نقبل", "REJECT", None, "ACTUAL", "لافروف", "تركيا", "لافروف", "لن نقبل العقوبات")],
    ),
    "before": (
        "https://five.example/v", date(2026, 3, 7), "الخامسة",
        "قصف\n\nقصفت تركيا العراق أمس.",
        [("قصفت", "ASSAULT", None, "ACTUAL", "تركيا", "العراق", None, None)],
    ),
    "after": (
        "https://five.example/v", date(2026, 3, 7), "الخامسة",
        "قصف\n\nنفت تركيا أنها قصفت العراق أمس.",
        [("قصفت", "ASSAULT", None, "DENIED", "تركيا", "العراق", None, None)],
    ),
}  # fmt: skip


def article(name: str) -> Article:
    """One of :data:`TEXTS`, as it was fetched."""
    url, day, source, text, _ = TEXTS[name]
    return Article(
        id=article_id(text, url, source),
        text=text,
        title=Span(0, text.index("\n")),
        url=url,
        source=source,
        author="ن. ن." if name == "one" else None,
        published=day,
        published_from="json-ld",
        language="en" if name == "two" else "ar",
        fetched=NOW.replace(hour=9) if name == "after" else NOW,
    )


def coding(name: str, coder: str = NAME) -> Coding:
    """What is found in it."""
    one = article(name)
    text = one.text
    body = text.index("\n\n") + 2
    mentions: dict[str, Mention] = {}

    def mention(word: str | None) -> tuple[Mention, ...]:
        if word is None:
            return ()
        actor, country, person = WHO[word]
        start = text.index(word, body)
        kind = Kind.PERSON if person else Kind.STATE
        made = Mention(
            span=Span(start, start + len(word)), kind=kind, sector=Sector.GOV, actor=actor, country=country,
            person=person, why="test",
        )  # fmt: skip
        return (mentions.setdefault(word, made),)

    events = []
    for trigger, kind, mode, status, actor, recipient, speaker, quotation in TEXTS[name][4]:
        start = text.index(trigger, body)
        span = Span(start, start + len(trigger))
        evidence = [Evidence(part="trigger", span=span, why="test")]
        if quotation:
            at = text.index(quotation)
            evidence.append(Evidence(part="voice", span=Span(at, at + len(quotation)), why="test"))
        events.append(
            Event(
                id=event_id(one.id, span.start, span.stop, kind),
                article=one.id,
                sentence=1,
                trigger=span,
                type=EventType(kind),
                mode=mode,
                status=Status(status),
                actors=mention(actor),
                recipients=mention(recipient),
                speaker=next(iter(mention(speaker)), None),
                voice=Voice.VERBATIM if quotation else Voice.REPORT,
                day=date(2026, 3, 1) if kind == "CONSULT" else one.published,
                precision=Precision.DAY,
                score=0.9,
                coder=coder,
                evidence=tuple(evidence),
            )
        )
    return Coding(
        article=one,
        sentences=(Span(0, body - 2), Span(body, len(text))),
        mentions=tuple(sorted(mentions.values(), key=lambda each: each.span)),
        events=tuple(events),
        coder=coder,
    )


class Coder:
    """Codes :data:`TEXTS` as it is written there; ``name`` tells two of them apart."""

    def __init__(self, name: str = NAME) -> None:
        self.name = name
        self._known = {article(one).id: one for one in TEXTS}

    def __call__(self, item: str | Article) -> Coding:
        one = item if isinstance(item, Article) else Article(id=article_id(item), text=item)
        if one.id not in self._known:
            return Coding(article=one, sentences=(Span(0, len(one.text)),), mentions=(), events=(), coder=self.name)
        return replace(coding(self._known[one.id], self.name), article=one)

    def pipe(self, items: Iterable[Article | Skipped], batch_size: int | None = None) -> Iterator[Coding | Skipped]:
        for item in items:
            yield item if isinstance(item, Skipped) else self(item)


def fill(desk: Desk) -> None:
    """Keep the articles, code and group them; a person says that the three on the visit are one story."""
    for name in TEXTS:
        add(desk.store, [article(name)], desk.now)
    desk.code()
    for name in ("two", "denied"):
        desk.judge(article(name).id, "same-as", article("one").id, name="Layla", reason="one visit")
    desk.code()


def made(path: Path) -> Path:
    """The store, in a new file."""
    with Desk(str(path), coder=Coder(), now=lambda: NOW) as desk:
        fill(desk)
    return path


def event(name: str) -> str:
    """The id of the event of one of :data:`TEXTS`."""
    return coding(name).events[0].id
