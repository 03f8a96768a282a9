"""Acts, reports and quotations for a terminal: each in a few lines that tell at once who did what, and whether it was.

Lines are set as in :mod:`marsad.export.table`: codes and signs first, the words of the text alone on their line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.text import Text

from marsad.export.labels import act, country, label, quad
from marsad.export.meant import code, whom
from marsad.export.quotes import Quotation
from marsad.export.safe import for_terminal as safe
from marsad.export.table import STYLES, Layout, padded
from marsad.knowledge import ontology
from marsad.knowledge.actors import actors
from marsad.knowledge.countries import countries, is_arabic
from marsad.knowledge.organs import organs
from marsad.text import sentences
from marsad.types import (
    Article,
    Event,
    Judgement,
    Mention,
    Occurrence,
    Outcome,
    Precision,
    Report,
    Source,
    Status,
    Voice,
)

#: Cells before the second and the further lines: as wide as a day, and a gap.
INDENT = 12
#: Code points of a sentence before its trigger and behind it: in a list the sentence is only to remind.
AROUND = 150
_CONTESTED = "≠"
Judged = Mapping[str, Judgement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An act as a table tells it: its first report, in how many sources it stands, what persons hold of it."""

    act: Occurrence
    first: Report | None
    articles: int = 0
    sources: int = 0
    judged: Judged | None = None


def called(party: str, lang: str) -> str:
    """What an actor's id, or the code of a country, is called; empty where no table says it.

    >>> called("RUS.GOV.MFA", "en"), called("IRQ", "ar"), called("SYR.CVL", "en"), called("XXX.NOBODY", "en")
    ('foreign ministry, Russia', 'العراق', 'civilians, Syria', '')
    """
    if party in countries():
        return country(party, lang)
    if known := actors().get(party):
        return known.name.shown(lang)
    side, _, rest = party.partition(".")
    if side not in countries():
        return ""
    organ, sector = organs().get(rest), ontology.sectors().get(rest)
    name = organ.name.shown(lang) if organ else sector.name[lang] if sector else ""
    comma = "، " if lang == "ar" else ", "
    return f"{name}{comma}{country(side, lang)}" if name else ""


def _status(status: Status | Outcome, lang: str) -> tuple[str, str]:
    """The sign with the word for a status, and the style that they are shown in."""
    if status.value == Outcome.CONTESTED.value:
        return f"{_CONTESTED} {label('word', 'contested', lang)}", "bold magenta"
    return f"{label('sign', status, lang)} {label('status', status, lang)}", STYLES[Status(status.value)]


#: How much of a day is told, where no more of it is known.
_KNOWN = {Precision.MONTH: 7, Precision.YEAR: 4}


def known_day(day: date, precision: Precision) -> str:
    """A day as far as it is known: ``2026-03-05``, ``2026-03``, ``2026``."""
    return day.isoformat()[: _KNOWN.get(precision)]


def _day(day: date | None, precision: Precision, layout: Layout) -> str:
    told = layout.isolated(known_day(day, precision), "en") if day else "–"
    return padded(told, INDENT)


def _head(one: Occurrence | Event, layout: Layout) -> Text:
    """The first line: when, whether, what, and the id to ask for it by."""
    word, style = _status(one.status, layout.lang)
    return Text.assemble(
        _day(one.day, one.precision, layout),
        (padded(word, 13), style),
        (padded(act(one.type, one.mode, layout.lang), 28), f"bold {STYLES[quad(one.type)]}"),
        (f" {layout.isolated(one.id, 'en')}", "dim"),
    )


def _sides(one: Sequence[str], other: Sequence[str], layout: Layout) -> Text:
    """Who → whom, each with id and name."""
    lang = layout.lang
    comma = "، " if lang == "ar" else ", "

    def side(parties: Sequence[str]) -> Text:
        found = Text()
        for number, party in enumerate(parties):
            found.append(comma if number else "")
            found.append(layout.isolated(safe(party), "en"), "bold")
            if (name := called(party, lang)) and name != party:
                found.append(f" {safe(name)}")
        return found if parties else Text(label("word", "unknown", lang), "dim")

    arrow = " ← " if lang == "ar" else " → "
    return Text.assemble(side(one), arrow, side(other))


def _wrapped(text: Text, language: str, layout: Layout, console: Console) -> Iterator[Text]:
    for line in text.wrap(console, max(20, layout.width - INDENT)):
        line.rstrip()
        yield layout.of(line, language, indent=INDENT)


def _said(report: Report, layout: Layout, console: Console) -> Iterator[Text]:
    """The sentence of a report, its trigger in brackets; of a long one what stands around it."""
    article, trigger = report.article, report.event.trigger
    within = sentences(article.text, article.title)
    span = next((one for one in within if one.start <= trigger.start < one.stop), trigger)
    start, stop = max(span.start, trigger.start - AROUND), min(max(span.stop, trigger.stop), trigger.stop + AROUND)
    text = Text.assemble(
        "…" if start > span.start else "",
        flat(article.text[start : trigger.start]),
        "[",
        (flat(trigger.of(article.text)), "bold underline"),
        "]",
        flat(article.text[trigger.stop : stop]),
        "…" if stop < span.stop else "",
    )
    yield from _wrapped(text, article.language, layout, console)


def flat(text: str) -> str:
    """``text`` on one line: a heading may have been broken."""
    return re.sub(r"\s+", " ", safe(text))


def publisher(article: Article, source: Source | None) -> str:
    """Who printed an article, else where it stands, else what the input called it."""
    return (source.name or source.id if source else article.source) or article.url or str(article.given or "")


def _facts(parts: Iterable[str], layout: Layout, console: Console) -> Iterator[Text]:
    if kept := [part for part in parts if part]:
        yield from _wrapped(Text(" · ".join(kept), "dim"), layout.lang, layout, console)


def judged_lines(judged: Judged | None, layout: Layout, console: Console) -> Iterator[Text]:
    """What persons hold of something, field by field."""
    word = label("word", "judged", layout.lang)
    for field, one in (judged or {}).items():
        told = f"{layout.isolated(f'{field}={safe(one.value)}', 'en')} · {safe(one.name)}: {safe(one.reason)}"
        yield from _wrapped(Text.assemble((f"{word}: ", "bold"), told), layout.lang, layout, console)


def act_lines(told: Told, layout: Layout, console: Console) -> Iterator[Text]:
    """The lines of an act: what and whether, who to whom, how widely it is told, the sentence of its first report."""
    one, lang = told.act, layout.lang
    yield layout.of(_head(one, layout), lang)
    yield from _wrapped(_sides(one.actors, one.recipients, layout), lang, layout, console)
    if told.first:
        yield from _said(told.first, layout, console)
    counts = [f"{label('word', 'reports', lang)}: {len(one.reports)}"]
    counts += [f"{label('word', 'articles', lang)}: {told.articles}"] if told.articles > 1 else []
    counts += [f"{label('word', 'sources', lang)}: {told.sources}"] if told.sources > 1 else []
    if told.first and told.sources <= 1:
        counts.append(_isolated(publisher(told.first.article, told.first.source), layout))
    yield from _facts([*counts, _precision(one.precision, lang)], layout, console)
    yield from judged_lines(told.judged, layout, console)


def _precision(precision: Precision, lang: str) -> str:
    """How exactly the day is known; nothing where there is none, which the day itself says."""
    return "" if precision is Precision.UNKNOWN else label("precision", precision, lang)


def _isolated(words: str, layout: Layout) -> str:
    return layout.isolated(safe(words), "ar" if is_arabic(words) else "en")


def _codes(mentions: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(code(one) for one in mentions))


def _voice(report: Report, layout: Layout) -> str:
    """In whose words, where they are not the writer's own."""
    event, lang = report.event, layout.lang
    voice = label("voice", event.voice, lang)
    if event.speaker is None:
        return "" if event.voice is Voice.REPORT else voice
    who = " · ".join(whom(event.speaker, report.article.text, lang)) or event.speaker.span.of(report.article.text)
    known = code(event.speaker)
    return f"{voice}: {layout.isolated(known, 'en')} {_isolated(who, layout)}" if known != "—" else f"{voice}: {who}"


def report_lines(report: Report, judged: Judged | None, layout: Layout, console: Console) -> Iterator[Text]:
    """The lines of a report: as those of an act, and who says so where."""
    event, article, lang = report.event, report.article, layout.lang
    yield layout.of(_head(event, layout), lang)
    yield from _wrapped(_sides(_codes(event.actors), _codes(event.recipients), layout), lang, layout, console)
    yield from _said(report, layout, console)
    published = layout.isolated(article.published.isoformat(), "en") if article.published else ""
    yield from _facts(
        [
            _precision(event.precision, lang),
            _voice(report, layout),
            _isolated(publisher(article, report.source), layout),
            published,
            layout.isolated(article.id, "en"),
            label("word", "withdrawn", lang) if report.withdrawn else "",
        ],
        layout,
        console,
    )
    yield from judged_lines(judged, layout, console)


def quotation_lines(found: Sequence[Quotation], layout: Layout, console: Console) -> Iterator[Text]:
    """Quotations under the names of their speakers, in the order given: those of one speaker beside each other."""
    lang = layout.lang
    before: str | None = None
    for one in found:
        who = _speaker(one, layout)
        if who.plain != before:
            yield from [Text("")] if before is not None else []
            yield layout.of(who, lang)
            before = who.plain
        article, source = one.first.article, one.first.source
        ids = [layout.isolated(each.event.id, "en") for each in one.reports[:1]]
        papers = len({each.article.id for each in one.reports})
        counts = [f"{label('word', 'articles', lang)}: {papers}"] if papers > 1 else []
        facts = [*counts, _isolated(publisher(article, source), layout), *ids]
        event = one.first.event
        day = _day(event.day or article.published, event.precision if event.day else Precision.DAY, layout)
        yield layout.of(Text.assemble(day, (" · ".join(part for part in facts if part), "dim")), lang)
        yield from _wrapped(Text(f"«{safe(one.quotation)}»"), article.language, layout, console)


def _speaker(one: Quotation, layout: Layout) -> Text:
    """Who speaks: the id, and the name, else the words of the text."""
    speaker, lang = one.speaker, layout.lang
    if speaker is None:
        return Text(label("word", "unknown", lang), "bold")
    known = code(speaker)
    person = speaker.person.shown(lang) if speaker.person else ""
    name = person or called(known, lang) or one.words
    return Text.assemble((layout.isolated(safe(known), "en"), "bold"), "  ", _isolated(name, layout))
