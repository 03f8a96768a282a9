"""What is asked of a store: acts and their reports, articles, stories, sources, actors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from marsad.desk.answers import HITS, OCCURRENCES, REPORTS, Answer
from marsad.store import (
    Store,
    articles,
    codings,
    corpus,
    events,
    groups,
    judgements,
    named,
    occurrences,
    runs,
    search,
    sources,
)
from marsad.store.occurrences import Spread
from marsad.store.search import Hit
from marsad.store.sources import Followed
from marsad.store.where import Where
from marsad.types import Article, Coding, Event, Judgement, Occurrence, Report, Run, Source, Story

T = TypeVar("T")


def _every(ask: Callable[[str | None], Answer[T]]) -> Iterator[T]:
    """The items of all pages; ``ask`` gives the one behind a cursor."""
    after: str | None = None
    while True:
        found = ask(after)
        yield from found
        if (after := found.after) is None:
            return


@dataclass(frozen=True, slots=True)
class Version:
    """One of the texts that stood at an address; ``current`` is the one that counts."""

    article: Article
    current: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """That two articles (by id) report the same news, how surely (0..1), and why."""

    one: str
    other: str
    score: float
    why: str


class Asking:
    """Answers from ``store``."""

    store: Store

    # --- acts ------------------------------------------------------------------------------------------------------

    def events(self, where: Where | None = None, *, after: str | None = None, limit: int = 50) -> Answer[Occurrence]:
        """What happened: each act once, with its reports; the latest day first."""
        with self.store.reading() as db:
            page = occurrences.listed(db, where or Where(), after=after, limit=limit)
            return Answer(page.items, OCCURRENCES, page.after)

    def reports(self, where: Where | None = None, *, after: str | None = None, limit: int = 50) -> Answer[Report]:
        """What was reported: each event of each article; the latest day first."""
        with self.store.reading() as db:
            page = events.listed(db, where or Where(), after=after, limit=limit)
            return Answer(page.items, REPORTS, page.after)

    def every_report(self, where: Where | None = None, size: int = 500) -> Iterator[Report]:
        """All reports asked for, page by page."""
        return _every(lambda after: self.reports(where, after=after, limit=size))

    def every_event(self, where: Where | None = None, size: int = 500) -> Iterator[Occurrence]:
        """All occurrences asked for, page by page."""
        return _every(lambda after: self.events(where, after=after, limit=size))

    def count(self, where: Where | None = None, *, reports: bool = False) -> int:
        """How many occurrences (or reports) are asked for, up to :data:`marsad.store.where.ENOUGH`."""
        with self.store.reading() as db:
            return events.count(db, where or Where()) if reports else occurrences.count(db, where or Where())

    def search(
        self, words: str, where: Where | None = None, *, after: str | None = None, limit: int = 20
    ) -> Answer[Hit]:
        """The articles that have the words, the newest first; replaced versions where ``where`` asks for those."""
        asked = where or Where()
        with self.store.reading() as db:
            page = search.find(db, words, asked, after=after, limit=limit, versions=asked.withdrawn)
            return Answer(page.items, HITS, page.after)

    def count_hits(self, words: str, where: Where | None = None) -> int:
        """How many articles have the words, up to :data:`marsad.store.where.ENOUGH`."""
        asked = where or Where()
        with self.store.reading() as db:
            return search.count(db, words, asked, versions=asked.withdrawn)

    def size(self) -> int:
        """How many articles the store has, each version counted."""
        with self.store.reading() as db:
            return articles.number(db)

    def article(self, id: str) -> Article:  # noqa: A002 (the field's word)
        """The article with this id, the beginning of it, or at this address."""
        with self.store.reading() as db:
            return articles.find(db, id)[1]

    def coding(self, id: str) -> Coding | None:  # noqa: A002
        """What was found in an article by the newest run; None where it waits to be coded."""
        with self.store.reading() as db:
            seq, _ = articles.find(db, id)
            number = codings.current(db, [seq]).get(seq)
            return codings.by_seq(db, [number])[number] if number else None

    def story(self, id: str) -> Story:  # noqa: A002
        """The story with this id, or a former id of it."""
        with self.store.reading() as db:
            return groups.find(db, id)

    def sources(self, *, counted: bool = True) -> list[Followed]:
        """Whom articles came from, and what is followed; not ``counted``, quicker, without the numbers of articles."""
        with self.store.reading() as db:
            return sources.followed(db, counted=counted)

    # --- what stands around it -------------------------------------------------------------------------------------

    def event(self, id: str) -> Event:  # noqa: A002 (the field's word)
        """The event with this id, or the beginning of it, as the newest run has it that found it."""
        with self.store.reading() as db:
            return events.find(db, id)[0][1]

    def act(self, id: str) -> Occurrence:  # noqa: A002
        """The occurrence with this id, the beginning of it, or a former id."""
        with self.store.reading() as db:
            return groups.find_act(db, id)

    def told(self, ids: Sequence[str]) -> dict[str, Report]:
        """The reports with these whole ids that count."""
        with self.store.reading() as db:
            return events.by_id(db, ids)

    def spread(self, ids: Sequence[str]) -> dict[str, Spread]:
        """How widely each of the acts with these ids is told."""
        with self.store.reading() as db:
            return occurrences.spread(db, ids)

    def number(self, id: str) -> int:  # noqa: A002
        """The number of an article in this store, for :attr:`Where.article`."""
        with self.store.reading() as db:
            number, _ = articles.find(db, id)
            return number

    def versions(self, id: str) -> list[Version]:  # noqa: A002
        """Every text that stood at the address of an article, the oldest first."""
        with self.store.reading() as db:
            rows = articles.versions(db, articles.find(db, id)[0])
            texts = articles.by_seq(db, [seq for seq, _, _ in rows])
            return [Version(texts[seq], current) for seq, _, current in rows]

    def story_of(self, id: str) -> Story | None:  # noqa: A002
        """The story that an article stands in; None where it is yet to be grouped, or counts no longer."""
        with self.store.reading() as db:
            found = groups.stories_of(db, [articles.find(db, id)[0]])
            return groups.find(db, next(iter(found.values()))) if found else None

    def alike(self, story: Story) -> list[Alike]:
        """Why the articles of a story stand in it together, the surest first."""
        with self.store.reading() as db:
            seqs = articles.seqs(db, story.articles)
            ids = {seq: id for id, seq in seqs.items()}  # noqa: A001
            return [Alike(ids[e.one], ids[e.other], e.score, e.why) for e in groups.why(db, sorted(ids))]

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """The articles with these whole ids."""
        with self.store.reading() as db:
            return {one.id: one for one in articles.by_seq(db, list(articles.seqs(db, ids).values())).values()}

    def source(self, name: str) -> Source:
        """The source with this id, name, address or feed. Raises :class:`NotFoundError` with what comes near."""
        with self.store.reading() as db:
            return sources.find(db, name)

    def actors(self, under: str) -> list[str]:
        """The ids of the actors that the store has met, of ``under`` and what stands under it."""
        with self.store.reading() as db:
            return named.actors(db, under)

    def runs(self) -> list[tuple[Run, int, int]]:
        """Which coders made what, the oldest first: how many codings, and how many of them count."""
        with self.store.reading() as db:
            return runs.listed(db)

    def judgements(self, target: str | None = None) -> list[Judgement]:
        """Every judgement, the earliest first; of the thing with the whole id ``target``, if it is given."""
        with self.store.reading() as db:
            return judgements.listed(db, target)

    def judged(self, ids: Iterable[str]) -> dict[str, dict[str, Judgement]]:
        """What persons hold of each of these things (by whole id), by field, where they hold anything."""
        with self.store.reading() as db:
            return judgements.standing(db, ids)

    def corpus(self) -> Iterator[dict[str, Any]]:
        """The sentences with judged events, as the model learns from them."""
        with self.store.reading() as db:
            yield from corpus.corpus(db)
