"""The fake world: numbered articles, a coder that knows ten words, and one invented article coded by hand.

Nothing here needs the model. `install` puts the fake coder where the command line looks for the real one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

from marsad.identity import article_id, event_id
from marsad.settings import Settings
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
    Skipped,
    Span,
    Status,
    Voice,
)

NAME = "marsad 0.1.0 / fake"

STATES = {
    "روسيا": "RUS",
    "العراق": "IRQ",
    "واشنطن": "USA",
    "إيران": "IRN",
    "Russia": "RUS",
    "Iraq": "IRQ",
    "Iran": "IRN",
}
TRIGGERS = {
    "زارت": (EventType.CONSULT, "visit", Status.ACTUAL, 0.9),
    "ستدعم": (EventType.AID, None, Status.PLANNED, 0.7),
    "هاجمت": (EventType.ASSAULT, "aerial", Status.DENIED, 0.4),
    "visited": (EventType.CONSULT, "visit", Status.ACTUAL, 0.9),
    "attacked": (EventType.ASSAULT, "aerial", Status.ACTUAL, 0.8),
}
_WORD = re.compile(r"\w+")


class Coder:
    """Knows the words above: the state before a trigger (else the first after) is the actor, the next the recipient."""

    name = NAME

    def __call__(self, item: str | Article) -> Coding:
        article = item if isinstance(item, Article) else Article(id=article_id(item), text=item)
        mentions, triggers = [], []
        for word in _WORD.finditer(article.text):
            span = Span(word.start(), word.end())
            if word[0] in STATES:
                mentions.append(
                    Mention(span=span, kind=Kind.STATE, sector=Sector.GOV, country=STATES[word[0]], why="fake")
                )
            elif word[0] in TRIGGERS:
                triggers.append((span, *TRIGGERS[word[0]]))
        events = []
        for span, type_, mode, status, score in triggers:
            before = [m for m in mentions if m.span.stop <= span.start][-1:]
            after = [m for m in mentions if m.span.start >= span.stop]
            actors, recipients = (before, after[:1]) if before else (after[:1], after[1:2])
            events.append(
                Event(
                    id=event_id(article.id, span.start, span.stop, type_),
                    article=article.id,
                    sentence=0,
                    trigger=span,
                    type=type_,
                    mode=mode,
                    status=status,
                    actors=tuple(actors),
                    recipients=tuple(recipients),
                    score=score,
                    coder=NAME,
                    evidence=(Evidence(part="trigger", span=span, why="fake"),),
                )
            )
        return Coding(
            article=article,
            sentences=(Span(0, len(article.text)),),
            mentions=tuple(mentions),
            events=tuple(events),
            coder=NAME,
            measured=article.language in ("ar", "en"),
        )

    def pipe(self, items: Iterable[Article | Skipped], batch_size: int = 64) -> Iterator[Coding | Skipped]:
        for item in items:
            yield item if isinstance(item, Skipped) else self(item)


def load(settings: Settings | None = None) -> Coder:
    return Coder()


def install() -> None:
    """Make ``marsad.coder`` this fake, for this process."""
    module = ModuleType("marsad.coder")
    module.load, module.Coder = load, Coder  # type: ignore[attr-defined]
    sys.modules["marsad.coder"] = module


def main() -> None:
    """The command ``marsad``, with the fake coder."""
    from marsad import cli

    install()
    cli.main()


def articles(count: int) -> Iterator[dict[str, str]]:
    """Numbered articles, as objects of the line format."""
    for number in range(count):
        yield {"id": f"n{number}", "text": f"الخبر رقم {number}. زارت روسيا العراق في اليوم {number}."}


#: An invented article on an arms visit, as a file has it: title, blank line, body.
KHARTOUM = Path(__file__).with_name("data") / "khartoum.txt"


def _find(text: str, phrase: str) -> Span:
    """The range of ``phrase``; ``phrase#2`` is its second occurrence, ``phrase|more`` the one before ``more``."""
    words, _, number = phrase.partition("#")
    words, _, more = words.partition("|")
    start = -1
    for _ in range(int(number or 1)):
        start = text.index(words + more, start + 1)
    return Span(start, start + len(words))


_MENTIONS = (
    ("وفد عسكري روسي", Kind.GROUP, Sector.MIL, "RUS"),
    ("الخرطوم", Kind.STATE, Sector.GOV, "SDN"),
    ("واشنطن", Kind.STATE, Sector.GOV, "USA"),
    ("نائب وزير الدفاع الروسي، أندريه فوروبيوف", Kind.PERSON, Sector.GOV, "RUS"),
    ("العاصمة السودانية", Kind.PLACE, None, "SDN"),
    ("وزير الدفاع السوداني، ياسين الطاهر", Kind.PERSON, Sector.GOV, "SDN"),
    ("منظومة «بانتسير» للدفاع الجوي", Kind.ARMS, None, "RUS"),
    ("الطاهر#2", Kind.PERSON, Sector.GOV, "SDN"),
    ("الجانبين", Kind.GROUP, Sector.GOV, None),
    ("وزارة الخارجية الأميركية", Kind.ORG, Sector.GOV, "USA"),
    ("السودان|، لكن", Kind.STATE, Sector.GOV, "SDN"),
    ("المتحدثة باسمها", Kind.OFFICE, Sector.GOV, "USA"),
    ("شركات السلاح الروسية", Kind.ORG, Sector.BUS, "RUS"),
    ("قانون كاتسا", Kind.LAW, None, "USA"),
    ("المتحدثة#2", Kind.OFFICE, Sector.GOV, "USA"),
    ("صحيفة «النيل الجديد»", Kind.ORG, Sector.MED, "SDN"),
    ("واشنطن#2", Kind.STATE, Sector.GOV, "USA"),
    ("تركيا", Kind.STATE, Sector.GOV, "TUR"),
    ("منظومة إس-400 (S-400)", Kind.ARMS, None, "RUS"),
    ("الأميركي| تهديدا", Kind.STATE, Sector.GOV, "USA"),
    ("للخرطوم", Kind.STATE, Sector.GOV, "SDN"),
    ("القاهرة", Kind.PLACE, None, "EGY"),
    ("الخارجية المصرية", Kind.ORG, Sector.GOV, "EGY"),
    ("الأطراف السودانية", Kind.GROUP, Sector.UNK, "SDN"),
    ("قوات الدعم السريع", Kind.ORG, Sector.REB, "SDN"),
    ("دارفور", Kind.PLACE, None, "SDN"),
    ("خمسة مدنيين", Kind.GROUP, Sector.CVL, "SDN"),
    ("لجنة محلية", Kind.ORG, Sector.NGO, "SDN"),
    ("القوات", Kind.ORG, Sector.REB, "SDN"),
    ("متحدث باسم القوات", Kind.OFFICE, Sector.REB, "SDN"),
)

_A, _P, _M, _D = Status.ACTUAL, Status.PLANNED, Status.POSSIBLE, Status.DENIED
# trigger; type, mode, status; actors; recipients; speaker; voice; contexts; items; score
_EVENTS: tuple[tuple[object, ...], ...] = (
    ("يزور", "CONSULT", "visit", _A, [0], [1], None, "report", ["military"], [], 0.96),
    ("بحث", "CONSULT", None, _P, [0], [1], None, "report", ["arms-trade"], [], 0.71),
    ("تحذّر", "THREATEN", "restrict", _A, [2], [], None, "report", [], [], 0.63),
    ("زيارة", "CONSULT", "visit", _A, [3], [4], None, "report", ["military"], [], 0.97),
    ("التقى", "CONSULT", None, _A, [3], [5], None, "report", ["military"], [], 0.95),
    ("توريد", "COOPERATE", None, _M, [3], [5], None, "report", ["arms-trade", "military"], [6], 0.78),
    ("اتفقا", "AGREE", None, _A, [8], [], 7, "verbatim", ["arms-trade"], [], 0.88),
    ("ستوقّع العقد", "SUPPORT", None, _P, [], [], 7, "paraphrase", ["arms-trade"], [], 0.74),
    ("نفت", "REJECT", "deny", _A, [9], [], None, "report", ["diplomatic"], [], 0.9),
    ("فرضت عقوبات", "SANCTION", "sanctions", _D, [9], [10], None, "report", ["economic"], [], 0.93),
    ("حذّرت", "THREATEN", "restrict", _A, [11], [], None, "report", ["legal"], [13], 0.86),
    ("صفقة#2", "COOPERATE", None, _M, [], [12], 11, "paraphrase", ["arms-trade"], [], 0.66),
    ("عقوبات#2", "SANCTION", "sanctions", _M, [], [], 11, "verbatim", ["legal"], [13], 0.81),
    ("رفضت", "REJECT", "comment", _A, [14], [], None, "report", ["diplomatic"], [], 0.94),
    ("العقوبات| التي", "SANCTION", "sanctions", _A, [16], [17], 15, "paraphrase", ["economic"], [18], 0.92),
    ("شرائها", "COOPERATE", None, _A, [17], [], 15, "paraphrase", ["arms-trade"], [18], 0.8),
    ("تهديدا", "THREATEN", "restrict", _A, [19], [20], 15, "reading", [], [], 0.76),
    ("رحّبت", "SUPPORT", None, _A, [22], [23], None, "report", ["diplomatic"], [], 0.9),
    ("دعت", "REQUEST", "yield", _A, [22], [24], None, "report", ["humanitarian"], [], 0.93),
    ("وقف إطلاق النار", "RETREAT", "ceasefire", _M, [24], [], 22, "paraphrase", ["military"], [], 0.85),
    ("قصف", "ASSAULT", "heavy-weapons", _A, [28], [26], 27, "paraphrase", ["military"], [], 0.83),
    ("اتهمت", "ACCUSE", "allege", _A, [27], [28], None, "report", ["human-rights"], [], 0.92),
    ("نفاه", "REJECT", "deny", _A, [29], [], None, "report", [], [], 0.89),
)


def handmade() -> Coding:
    """An invented article on an arms visit, coded by hand: every status, voice and family of types is in it."""
    text = KHARTOUM.read_text(encoding="utf-8")
    mentions = []
    for phrase, kind, sector, country in _MENTIONS:
        mentions.append(
            Mention(span=_find(text, phrase), kind=kind, sector=sector, country=country, score=0.9, why="hand")
        )
    paragraphs, start = [], 0
    for part in text.split("\n\n"):
        paragraphs.append(Span(start, start + len(part)))
        start += len(part) + 2
    ident = article_id(text)
    events = []
    for trigger, type_, mode, status, actors, recipients, speaker, voice, contexts, items, score in _EVENTS:
        span = _find(text, trigger)
        events.append(
            Event(
                id=event_id(ident, span.start, span.stop, type_),
                article=ident,
                sentence=next(n for n, p in enumerate(paragraphs) if p.start <= span.start < p.stop),
                trigger=span,
                type=EventType(type_),
                mode=mode,
                status=status,
                contexts=tuple(contexts),
                actors=tuple(mentions[n] for n in actors),
                recipients=tuple(mentions[n] for n in recipients),
                speaker=None if speaker is None else mentions[speaker],
                voice=Voice(voice),
                day=date(2026, 3, 5),
                precision=Precision.ARTICLE,
                place=mentions[25] if type_ in ("ASSAULT", "RETREAT") else None,
                items=tuple(mentions[n] for n in items),
                score=score,
                coder=NAME,
                evidence=(
                    Evidence(part="trigger", span=span, why="fake"),
                    *(Evidence(part="actor", span=mentions[n].span, why="hand") for n in actors),
                ),
            )
        )
    about = {8: 9, 10: 12, 21: 20, 22: 20}  # a denial, a threat, an accusation, and what it is about
    events = [replace(e, about=events[about[n]].id) if n in about else e for n, e in enumerate(events)]
    return Coding(
        article=Article(
            id=ident,
            text=text,
            title=Span(0, text.index("\n")),
            source="وكالة مختلَقة",
            url="https://example.org/khartoum",
            published=date(2026, 3, 5),
            published_from="input",
            language="ar",
            given="khartoum.txt",
        ),
        sentences=tuple(paragraphs),
        mentions=tuple(mentions),
        events=tuple(events),
        coder=NAME,
    )
