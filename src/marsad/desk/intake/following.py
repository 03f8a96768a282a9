"""Feeds and pages: what is asked for, and what becomes of the answers. One call is one round over the feeds.

A feed is asked whether it has changed. Each of its entries that is not known yet, or has been updated since, gives an
article: of the page behind it, or of the feed's own text where that is whole. What the page cannot give (a wall, a
fault that stays) the feed's summary gives. An address is read from where it was read first, the page or the feed.

Killed at any point, a round is made up for by the next: that an address was read, and the pages that a feed leads to,
are noted in the transaction that keeps its articles, and a feed is asked for all of its entries until each of its pages
is done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from marsad.desk.intake.adding import Added, Adding
from marsad.desk.intake.fetched import Told, kind_of, listed, of_entry, of_page, read_feed, source_of
from marsad.desk.stop import Stop, Stopped
from marsad.errors import MarsadError, NotFoundError, RobotsError, StoreError
from marsad.identity import address
from marsad.read.feeds.entry import Feed
from marsad.read.web.exchange import Fetched
from marsad.read.web.fetcher import Fetcher
from marsad.settings import Settings
from marsad.store import Connection, Store, fetches, sources
from marsad.store.articles import Kept
from marsad.store.sources import Followed
from marsad.types import FetchState, Skipped, Source

#: A page that failed so often is not asked for again; the feed's summary stands.
TRIES = 4


@dataclass(slots=True)
class Round:
    """What one round over the feeds came to: feeds that were ``asked``, ``answered`` or had not changed, ``pages``.

    ``faults`` are addresses that did not answer, each with the reason.
    """

    asked: int = 0
    answered: int = 0
    unchanged: int = 0
    pages: int = 0
    added: Added = field(default_factory=Added)
    faults: list[tuple[str, MarsadError]] = field(default_factory=list)


@dataclass(slots=True)
class _Read:
    """A feed that was read, and the pages (by address) without which its state is not kept as it is."""

    state: FetchState
    pages: set[str]


@dataclass(slots=True)
class _Wanted:
    """A page that is to be fetched, its state, and what led to it: nothing any more, if the feed has moved on."""

    url: str
    state: FetchState | None = None
    told: Told | None = None
    reads: list[_Read] = field(default_factory=list)


class Follower:
    """Follows the feeds of a store: for one round, or one list of addresses."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        settings: Settings,
        now: Callable[[], datetime],
        adding: Adding | None = None,
    ) -> None:
        self.store, self.fetcher, self.settings, self.now = store, fetcher, settings, now
        self._adding = adding or Adding(store, now)
        self.made = Round(added=self._adding.added)
        self._wanted: dict[str, _Wanted] = {}

    # --- a round ---------------------------------------------------------------------------------------------------

    def round(self, stop: Stop, only: frozenset[str] | None = None) -> Round:
        """Ask every feed that is followed and due, fetch the pages that are new, and keep their articles.

        ``only`` these feeds are asked, if it is given, whether they are followed or not.
        """
        with self.store.reading() as db:
            known = sources.followed(db, feeds_only=only is None)
        due = {
            one.source.feed: one
            for one in known
            if one.source.feed and (only is None or one.source.feed in only) and self._is_due(one.fetch)
        }
        self.made.asked += len(due)
        with closing(self._answers([(url, one.fetch) for url, one in due.items()], stop)) as answers:
            for got in answers:
                self._feed(got, due[got.url])
        if only is None and not stop():
            self._remember()
        self._pages(stop)
        return self.made

    def _answers(self, asked: Iterable[tuple[str, FetchState | None]], stop: Stop) -> Generator[Fetched, None, None]:
        """What the addresses give, until somebody asks to stop: that ends the wait for the next."""
        answers = self.fetcher.fetch_all(asked)
        try:
            while not stop():
                with stop.waiting():
                    got = next(answers, None)
                if got is None:
                    return
                yield got
        except Stopped:
            return
        finally:
            if close := getattr(answers, "close", None):
                close()

    def _is_due(self, state: FetchState | None) -> bool:
        return state is None or state.after is None or state.after <= self.now()

    def _remember(self) -> None:
        """Want the pages of earlier rounds too that were never got."""
        with self.store.reading() as db:
            for state in fetches.outstanding(db, TRIES):
                if self._is_due(state):
                    self._wanted.setdefault(state.url, _Wanted(state.url, state))

    # --- a feed ----------------------------------------------------------------------------------------------------

    def _feed(self, got: Fetched, followed: Followed) -> None:
        """Take what a feed's answer leads to: articles that are kept at once, and pages that are wanted."""
        source = followed.source
        if got.error is not None:
            self.made.faults.append((got.url, got.error))
            return self._keep([got.state])
        if got.body is None:
            self.made.answered += 1
            self.made.unchanged += 1
            return self._keep([got.state], source)
        try:
            read = read_feed(got)
        except MarsadError as error:
            self.made.faults.append((got.url, error))
            return self._keep([replace(got.state, etag=None, last_modified=None, error=str(error)[:500])])
        self.made.answered += 1
        return self._entries(got, read, source)

    def _entries(self, got: Fetched, read: Feed, source: Source) -> None:
        named = replace(source, url=source.url or read.url, name=source.name or read.title or "")
        told = [Told(entry, read, named) for entry in read.entries]
        with self.store.reading() as db:
            known = fetches.states(db, [address(one.entry.url) for one in told if one.entry.url])
        marks: list[FetchState] = []
        whole: list[Told] = []
        reading = _Read(got.state, set())
        for one in told:
            place = address(one.entry.url) if one.entry.url else None
            state = known.get(place) if place else None
            if self._is_of_feed(one, state):
                whole.append(one)
                if place and (state is None or state.succeeded is None):
                    marks += [FetchState(url=place, fetched=got.at, succeeded=got.at), *self._done(place)]
            elif place and self._is_new(one, state):
                marks += [] if state else [FetchState(url=place)]
                wanted = self._wanted.setdefault(place, _Wanted(one.entry.url or place, state, one))
                wanted.reads.append(reading)
                reading.pages.add(place)
        texts = (of_entry(one, self.settings, got.at) for one in whole)
        # With the last of them: killed before, the same entries are there in the next round.
        self._adding.keep(texts, named, lambda db: self._note(db, [*marks, _until_done(reading)], source, named))

    def _is_of_feed(self, one: Told, state: FetchState | None) -> bool:
        """Whether the text of the feed is the article: it is whole, and the page was not read before."""
        return one.is_whole and (state is None or state.succeeded is None or state.status is None)

    def _is_new(self, one: Told, state: FetchState | None) -> bool:
        """Whether the page is to be asked for: it was not read yet, or before the entry was last updated."""
        if state is None:
            return True
        if state.succeeded is None:
            return state.failures < TRIES
        return one.at is not None and state.succeeded < one.at <= self.now()

    # --- pages -----------------------------------------------------------------------------------------------------

    def _pages(self, stop: Stop) -> None:
        """Fetch the pages that are wanted and due, and keep the article of each as it comes."""
        by_url = {one.url: (place, one) for place, one in self._wanted.items() if self._is_due(one.state)}
        with closing(self._answers([(url, one.state) for url, (_, one) in by_url.items()], stop)) as answers:
            for got in answers:
                self.made.pages += 1
                place, one = by_url[got.url]
                self._page(replace(got, state=replace(got.state, url=place)), one)

    def _page(self, got: Fetched, one: _Wanted) -> None:
        state, found = got.state, None
        if got.error is not None:
            self.made.faults.append((one.url, got.error))
            if _may_pass(got.error) and state.failures < TRIES:
                self._keep([state])  # it will be asked for again
                return
            state = replace(state, failures=max(TRIES, state.failures))
        elif got.body is not None:
            found = of_page(got, self.settings, one.told)
        if one.told and one.told.text and (got.error or isinstance(found, Skipped)):
            found = of_entry(one.told, self.settings, got.at)
        states = [state, *self._done(state.url)]
        source = one.told.source if one.told else None
        self._adding.keep([found] if found else [], source, lambda db: fetches.keep(db, states))

    def _done(self, place: str) -> list[FetchState]:
        """A page is wanted no longer; gives the states of the feeds that waited for it alone."""
        one = self._wanted.pop(place, None)
        for read in one.reads if one else ():
            read.pages.discard(place)
        return [read.state for read in one.reads if not read.pages] if one else []

    def _keep(self, states: list[FetchState], answered: Source | None = None) -> None:
        with self.store.writing() as db:
            self._note(db, states, answered)

    def _note(
        self, db: Connection, states: list[FetchState], answered: Source | None, named: Source | None = None
    ) -> None:
        """Remember the states, that a source has answered, and what its feed says of it where nobody has said it."""
        fetches.keep(db, states)
        if answered:
            sources.answered(db, [answered.id], self.now())
        if answered and named and named != answered:
            with suppress(NotFoundError):  # forgotten in the meantime
                known = sources.find(db, answered.id)
                sources.put(db, replace(known, url=named.url, name=named.name), self.now())

    # --- addresses that are given ----------------------------------------------------------------------------------

    def take(self, urls: Sequence[str], follow: bool, stop: Stop) -> Round:
        """Keep what is at the addresses now: pages, feeds, lists of feeds. Feeds are followed from then on, or not.

        What cannot be had is among the skipped.
        """
        with self.store.reading() as db:
            known = fetches.states(db, [*urls, *map(address, urls)])
        lists: list[Source] = []
        asked = [(url, known.get(url) or known.get(address(url))) for url in dict.fromkeys(urls)]
        with closing(self._answers(asked, stop)) as answers:
            for got in answers:
                try:
                    lists += self._taken(got, follow)
                except StoreError:
                    raise
                except MarsadError as error:
                    self.made.added.skip(Skipped(code=error.code, message=str(error), where=got.url))
        if feeds := self.follow(lists, follow):
            return self.round(stop, frozenset(one.source.feed for one in feeds if one.source.feed))
        self._pages(stop)
        return self.made

    def _taken(self, got: Fetched, follow: bool) -> list[Source]:
        """Keep what an address gave; gives the feeds that it lists. Raises why there is nothing."""
        if got.error is not None:
            raise got.error
        if got.body is None:
            self._known(got, follow)
            return []
        kind = kind_of(got)
        if kind == "opml":
            feeds, skipped = listed(got.body, got.url)
            self.made.added.skip(*skipped)
            return feeds
        if kind == "feed":
            [followed] = self.follow([source_of(got.url, read_feed(got))], follow)
            self.made.asked += 1
            self._feed(got, followed)
            return []
        self.made.pages += 1
        state = replace(got.state, url=address(got.url))
        self._adding.keep([of_page(got, self.settings)], None, lambda db: fetches.keep(db, [state]))
        return []

    def _known(self, got: Fetched, follow: bool) -> None:
        """Note that an address has not changed; if it is a feed, it is followed from now on."""
        feeds = self._known_feeds({got.url})
        if not feeds:
            self.made.added.kept[Kept.KNOWN] += 1
            return self._keep([replace(got.state, url=address(got.url))])
        self.follow([feeds[0].source], follow)
        self.made.asked += 1
        return self._feed(got, feeds[0])

    def _known_feeds(self, feeds: Collection[str | None]) -> list[Followed]:
        with self.store.reading() as db:
            return [one for one in sources.followed(db) if one.source.feed in feeds]

    def follow(self, found: Sequence[Source], follow: bool) -> list[Followed]:
        """Know the sources, and follow their feeds from now on if ``follow``; gives them as the store has them.

        One that is known already is not touched if nobody wants to follow it.
        """
        if not found:
            return []
        feeds = {one.feed for one in found}
        there = {one.source.feed for one in self._known_feeds(feeds)} if not follow else set()
        with self.store.writing() as db:
            for one in found:
                if one.feed not in there:
                    sources.put(db, replace(one, enabled=follow), self.now())
        known = self._known_feeds(feeds)
        self.made.added.feeds += len(known) if follow else 0
        return known


def _until_done(reading: _Read) -> FetchState:
    """The state of a feed while pages of it are missing: without the marks, so that all its entries come again."""
    return replace(reading.state, etag=None, last_modified=None) if reading.pages else reading.state


def _may_pass(error: MarsadError) -> bool:
    """Whether a fault may be over the next time: no answer, or a robots.txt that cannot be had for now."""
    if isinstance(error, RobotsError):
        return error.where is None or error.where.endswith("/robots.txt")
    return error.code == "fetch"
