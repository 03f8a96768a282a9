"""Quotations by speaker: what was said between quotation marks, each once, whoever prints it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from marsad.export.rows import Sentences, clean
from marsad.text import fold_text
from marsad.types import Mention, Report


@dataclass(slots=True)
class Quotation:
    """Words of a speaker, with the reports that have them, the first that came first."""

    speaker: Mention | None
    words: str
    quotation: str
    reports: list[Report] = field(default_factory=list)

    @property
    def first(self) -> Report:
        """The report that came first."""
        return self.reports[0]


def _speaker(report: Report) -> Mention | None:
    """Whom a report quotes. Who tells of an act of his own («سنفرض عقوبات») is its actor."""
    event = report.event
    return event.speaker or (event.actors[0] if len(event.actors) == 1 else None)


def _key(report: Report, speaker: Mention | None) -> tuple[str, ...]:
    """What tells speakers apart: two ministers of one ministry stay two."""
    if speaker is None:
        return ("",)
    person = (speaker.person.en or speaker.person.ar) if speaker.person else ""
    if speaker.actor:
        return (speaker.actor, person)
    return (speaker.country or "", fold_text(speaker.span.of(report.article.text)))


def quotations(reports: Iterable[Report]) -> list[Quotation]:
    """The quotations in ``reports``: those of a speaker one after the other, whoever comes first in ``reports`` first.

    Words of which the marks are not known are those of their sentence.
    """
    within = Sentences()
    by_speaker: dict[tuple[str, ...], dict[str, Quotation]] = {}
    for report in reports:
        event, text = report.event, report.article.text
        spans = [part.span for part in event.evidence if part.part == "voice"]
        said = clean(spans[0].of(text)) if spans else within.of(report)
        speaker = _speaker(report)
        words = clean(speaker.span.of(text)) if speaker else ""
        mine = by_speaker.setdefault(_key(report, speaker), {})
        mine.setdefault(fold_text(said), Quotation(speaker, words, said)).reports.append(report)
    return [one for mine in by_speaker.values() for one in mine.values()]


def quotation_record(one: Quotation) -> dict[str, Any]:
    """A quotation as ``--json`` gives it: who, what, and where it stands."""
    speaker, report = one.speaker, one.first
    article, source = report.article, report.source
    return {
        "speaker": speaker.actor if speaker else None,
        "speaker_words": one.words or None,
        "speaker_country": speaker.country if speaker else None,
        "person": (speaker.person.en or None) if speaker and speaker.person else None,
        "person_ar": (speaker.person.ar or None) if speaker and speaker.person else None,
        "quotation": one.quotation,
        "day": report.event.day,
        "article": article.id,
        "title": clean(article.title.of(article.text)) if article.title else None,
        "url": article.url,
        "source": source.id if source else article.source,
        "published": article.published,
        "language": article.language,
        "articles": len({each.article.id for each in one.reports}),
        "events": [each.event.id for each in one.reports],
    }
