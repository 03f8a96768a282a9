"""The sentences that an alert rests on: the nearest to an official's own words first, of different papers first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from marsad.alert.keys import sentence
from marsad.alert.news import Telling
from marsad.types import Article, Because, Event, Mention, Report, Sector, Source, Voice

#: Sentences that are kept with an alert.
MOST = 5
VOICES = (Voice.VERBATIM, Voice.PARAPHRASE, Voice.REPORT, Voice.ANONYMOUS, Voice.READING)
_OFFICIAL = frozenset({Sector.GOV, Sector.MIL, Sector.LEG, Sector.SPY, Sector.JUD, Sector.IGO})


def rank(voice: Voice, speaker: Mention | None) -> tuple[int, bool]:
    """How near words are to somebody who must know, the nearest first."""
    return VOICES.index(voice), not (speaker and speaker.sector in _OFFICIAL)


def publisher(article: Article, source: Source | None) -> str:
    """Who printed it, as far as that is known."""
    return (source.name or source.id if source else None) or article.source or article.url or article.id


def of_reports(given: Iterable[Report]) -> tuple[Because, ...]:
    """The sentences of reports."""
    ranked = sorted(given, key=lambda one: rank(one.event.voice, one.event.speaker))
    return _chosen(of_event(one.event, one.article, one.source) for one in ranked)


def of_tellings(given: Iterable[Telling]) -> tuple[Because, ...]:
    """The sentences of the tellings of a rung."""
    ranked = sorted(given, key=lambda one: rank(one.rung.voice, one.rung.speaker))
    return _chosen(_of_telling(one) for one in ranked)


def of_newest(given: Iterable[Telling]) -> tuple[Because, ...]:
    """The sentences of tellings of several rungs, in their order, of different papers first."""
    return _chosen(_of_telling(one) for one in given)


def of_event(event: Event, article: Article, source: Source | None) -> Because:
    """The sentence of an event."""
    made = _because(article, source, event.trigger.start, event.speaker)
    return _with(made, event, event.voice)


def of_article(article: Article, source: Source | None) -> Because:
    """The title of an article, else its first sentence."""
    return _because(article, source, article.title.start if article.title else 0, None)


def _of_telling(one: Telling) -> Because:
    made = _because(one.article, one.source, one.rung.span.start, one.rung.speaker)
    return _with(made, one.report.event if one.report else None, one.rung.voice, one)


def _because(article: Article, source: Source | None, at: int, speaker: Mention | None) -> Because:
    span = sentence(article, at)
    return Because(
        article=article.id,
        quotation=span.of(article.text),
        span=span,
        language=article.language,
        title=article.title.of(article.text) if article.title else None,
        source=(source.name or source.id if source else None) or article.source,
        url=article.url,
        published=article.published,
        speaker=speaker.span.of(article.text) if speaker else None,
        speaker_actor=speaker.actor if speaker else None,
    )


def _with(made: Because, event: Event | None, voice: Voice, telling: Telling | None = None) -> Because:
    status = event.status if event else telling.rung.status if telling else None
    return replace(
        made, event=event.id if event else None, type=event.type if event else None, status=status, voice=voice
    )


def _chosen(given: Iterable[Because]) -> tuple[Because, ...]:
    """The first of each paper, then the others; no sentence twice."""
    first: list[Because] = []
    rest: list[Because] = []
    papers: set[str | None] = set()
    seen: set[tuple[str, int]] = set()
    for one in given:
        if (one.article, one.span.start) in seen:
            continue
        seen.add((one.article, one.span.start))
        paper = one.source or one.article
        (rest if paper in papers else first).append(one)
        papers.add(paper)
    return tuple([*first, *rest][:MOST])
