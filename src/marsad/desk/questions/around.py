"""One thing of a store with all that stands around it: an article, an act, a story. What the pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from marsad import stories
from marsad.desk.pairs.climbing import sentences_of
from marsad.errors import NotFoundError
from marsad.export.cited import Cited
from marsad.store import (
    Connection,
    Store,
    around,
    articles,
    codings,
    events,
    groups,
    judgements,
    occurrences,
    rungs,
    sources,
)
from marsad.stories import Brief
from marsad.text import sentences
from marsad.types import (
    Article,
    Coding,
    Judgement,
    Occurrence,
    Reached,
    Report,
    Run,
    Rung,
    Source,
    Story,
)

#: Articles of one story that are compared for copies, and whose reports are told: the earliest.
MOST = 80
#: Acts of a story, and reports of an act, that are read.
ACTS = 120
_unpack = msgspec.msgpack.Decoder(Brief).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article with what was found in it, by whom, and how it stands.

    ``coding`` is an empty one with the sentences alone where the article waits to be coded (``run`` is None then).
    ``versions`` are the texts at its address, the oldest first, each with whether it counts; ``acts`` has the act in
    the world of each event, by its id, ``rungs`` those that the article gives, ``judged`` what persons hold of it and
    of its events, every judgement by the id of its target.
    """

    article: Article
    source: Source | None
    coding: Coding
    run: Run | None
    coded: datetime | None
    versions: Sequence[tuple[Article, bool]]
    story: Story | None
    others: Sequence[Article]
    acts: Mapping[str, str]
    rungs: Sequence[Rung]
    judged: Mapping[str, Sequence[Judgement]]

    @property
    def current(self) -> bool:
        """Whether no newer text stands at its address."""
        return all(counts for one, counts in self.versions if one.id == self.article.id)


def piece(store: Store, written: str, others: int = 12) -> Piece:
    """The article with this id, its beginning, or at this address; at most so many ``others`` of its story.

    Raises :class:`~marsad.errors.NotFoundError`.
    """
    with store.reading() as db:
        number, one = articles.find(db, written)
        current = codings.current(db, [number]).get(number)
        coding = codings.by_seq(db, [current])[current] if current else _uncoded(one)
        run = around.coded(db, number)
        rows = articles.versions(db, number)
        texts = articles.by_seq(db, [seq for seq, _, _ in rows])
        held = groups.stories_of(db, [number])
        story = groups.find(db, held[number]) if held else None
        beside = [key for key in story.articles if key != one.id][:others] if story else []
        told = events.by_id(db, [event.id for event in coding.events])
        return Piece(
            article=one,
            source=sources.by_article(db, [number]).get(number),
            coding=coding,
            run=run[0] if run else None,
            coded=run[1] if run else None,
            versions=[(texts[seq], counts) for seq, _, counts in rows],
            story=story,
            others=_texts(db, beside),
            acts={key: report.occurrence for key, report in told.items() if report.occurrence},
            rungs=rungs.of_articles(db, [number]),
            judged=_judged(db, [one.id, *(event.id for event in coding.events)]),
        )


def _uncoded(one: Article) -> Coding:
    within = tuple(sentences(one.text, one.title))
    return Coding(article=one, sentences=within, mentions=(), events=(), coder="")


def _texts(db: Connection, ids: Sequence[str]) -> list[Article]:
    """The articles with these whole ids, in their order."""
    numbers = articles.seqs(db, ids)
    found = articles.by_seq(db, list(numbers.values()))
    return [found[numbers[key]] for key in ids if key in numbers]


def _judged(db: Connection, ids: Iterable[str]) -> dict[str, list[Judgement]]:
    """Every judgement that stands of these things, the earliest first."""
    found = judgements.standing(db, ids)
    return {key: sorted(fields.values(), key=lambda one: one.id) for key, fields in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report with the article that its text was copied from: its own, where it is nobody's copy."""

    report: Report
    origin: str

    @property
    def is_copy(self) -> bool:
        """Whether its article prints another's text."""
        return self.origin != self.report.article.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One independent source of an act, with its reports and those of whoever copied it, the earliest first."""

    name: str
    told: Sequence[Told]

    @property
    def first(self) -> Report:
        """The report that came first."""
        return self.told[0].report


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act in the world: ``claims`` and ``denials`` by independent source, what else is ``about`` it, its rungs.

    ``left`` is how many of its reports are not told.
    """

    act: Occurrence
    claims: Sequence[Origin]
    denials: Sequence[Origin]
    about: Sequence[Report]
    reached: Sequence[Reached]
    cited: Mapping[str, Cited]
    judged: Mapping[str, Sequence[Judgement]]
    left: int = 0

    @property
    def origins(self) -> int:
        """How many independent sources tell of it, on either side."""
        return len({origin.name for origin in (*self.claims, *self.denials)})


def act(store: Store, written: str) -> Act:
    """The act with this id, its beginning, a former id, or that of an event which reports it.

    Raises :class:`~marsad.errors.NotFoundError`.
    """
    with store.reading() as db:
        found = _act(db, written)
        shown = found.reports[:ACTS]
        told = events.by_id(db, shown)
        reports = [told[key] for key in shown if key in told]
        origins = copies(db, [one.article.id for one in reports])
        around_it = [one for one in around.about(db, shown) if one.event.id not in told]
        reached = [one for one in around.rises(db, found.story) if one.occurrence == found.id]
        denied = [one for one in reports if one.event.status == "DENIED"]
        claimed = [one for one in reports if one.event.status != "DENIED"]
        return Act(
            act=found,
            claims=by_origin(claimed, origins),
            denials=by_origin(denied, origins),
            about=around_it,
            reached=reached,
            cited=sentences_of(db, reached),
            judged=_judged(db, [found.id, *shown]),
            left=len(found.reports) - len(reports),
        )


def _act(db: Connection, written: str) -> Occurrence:
    try:
        return groups.find_act(db, written)
    except NotFoundError:
        event = events.find(db, written)[0][1]
        report = events.by_id(db, [event.id]).get(event.id)
        if report is None or report.occurrence is None:
            raise NotFoundError(
                f"event {event.id} is part of no act yet, or no longer", do=f"look at its article, {event.article}"
            ) from None
        return occurrences.by_id(db, [report.occurrence])[0]


def copies(db: Connection, ids: Sequence[str]) -> dict[str, str]:
    """For each of the first :data:`MOST` articles the one whose text it prints: itself, or another's id."""
    numbers = articles.seqs(db, list(dict.fromkeys(ids))[:MOST])
    return stories.copies(_unpack(body) for body in groups.remembered(db, list(numbers.values())).values())


def by_origin(reports: Sequence[Report], origins: Mapping[str, str]) -> list[Origin]:
    """Reports by independent source: a copy counts with the source whose text it is."""
    publishers = {one.article.id: publisher(one.article, one.source) for one in reports}
    found: dict[str, list[Told]] = {}
    for one in reports:
        origin = origins.get(one.article.id, one.article.id)
        name = publishers.get(origin, publishers[one.article.id])
        found.setdefault(name, []).append(Told(report=one, origin=origin))
    return [Origin(name=name, told=some) for name, some in found.items()]


def publisher(article: Article, source: Source | None) -> str:
    """Who printed an article, else where it stands."""
    named = (source.name or source.id) if source else article.source
    return named or article.url or str(article.given or article.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An act of a story with the reports of it; ``silent`` are the sources of the story that do not tell of it."""

    act: Occurrence
    reports: Sequence[Report]
    silent: Sequence[str]

    @property
    def statuses(self) -> dict[str, list[Report]]:
        """The reports by status."""
        found: dict[str, list[Report]] = {}
        for one in self.reports:
            found.setdefault(one.event.status.value, []).append(one)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A story: its articles with their sources, which of them are copies, and its acts as each tells them.

    ``left`` counts articles and acts that are not told.
    """

    story: Story
    articles: Sequence[tuple[Article, Source | None]]
    copies: Mapping[str, str]
    acts: Sequence[Compared]
    reached: Sequence[Reached]
    cited: Mapping[str, Cited]
    left: tuple[int, int] = (0, 0)

    def papers(self) -> list[str]:
        """The independent publishers, in the order in which they came."""
        return list(
            dict.fromkeys(publisher(*one) for one in self.articles if self.copies.get(one[0].id) in (None, one[0].id))
        )


def news(store: Store, written: str) -> News:
    """The story with this id, its beginning or a former id. Raises :class:`~marsad.errors.NotFoundError`."""
    with store.reading() as db:
        story = groups.find(db, written)
        shown = story.articles[:MOST]
        numbers = articles.seqs(db, shown)
        texts = articles.by_seq(db, list(numbers.values()))
        by = sources.by_article(db, list(numbers.values()))
        printed = [(texts[numbers[key]], by.get(numbers[key])) for key in shown if key in numbers]
        acts = around.acts_of(db, story.id, ACTS + 1)
        copied = copies(db, shown)
        papers = list(dict.fromkeys(publisher(*one) for one in printed if copied.get(one[0].id) in (None, one[0].id)))
        told = events.by_id(db, [key for one in acts[:ACTS] for key in one.reports])
        reached = around.rises(db, story.id)
        made = []
        for one in acts[:ACTS]:
            reports = [told[key] for key in one.reports if key in told]
            tellers = {publisher(each.article, each.source) for each in reports}
            made.append(Compared(act=one, reports=reports, silent=[name for name in papers if name not in tellers]))
        return News(
            story=story,
            articles=printed,
            copies=copied,
            acts=made,
            reached=reached,
            cited=sentences_of(db, reached),
            left=(len(story.articles) - len(printed), max(0, len(acts) - ACTS)),
        )
