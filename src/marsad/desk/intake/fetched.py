"""What was fetched as articles: of a page, with what its feed says of it, or of a feed's own text. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from marsad.errors import EmptyError, FormatError, MarsadError
from marsad.identity import address, source_id
from marsad.read.article import Facts, Origin, article
from marsad.read.feeds.entry import Entry, Feed
from marsad.read.feeds.feed import entry_facts, feed, is_feed
from marsad.read.feeds.opml import opml
from marsad.read.pages.html import page
from marsad.read.web.exchange import Fetched
from marsad.settings import Settings
from marsad.types import Article, Skipped, Source

#: Code points of an entry's own text from which on it is taken for the whole article.
WHOLE = 1_200
#: Dates of a page that are surer than the feed's.
_SURE = frozenset({"json-ld", "meta", "time"})
#: Beginnings of the types of content that may be a page.
_PAGES = ("text/", "application/xhtml", "application/xml")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry, the feed that it stands in, and the source whose feed that is."""

    entry: Entry
    feed: Feed
    source: Source

    @property
    def text(self) -> str | None:
        """The text that the feed itself has of it."""
        return self.entry.content or self.entry.summary

    @property
    def is_whole(self) -> bool:
        """Whether that is the article, so that no page is asked for."""
        return self.entry.url is None or len(self.entry.content or "") >= WHOLE

    @property
    def at(self) -> datetime | None:
        """When the entry was updated last, else published, in UTC; None for a day without a time."""
        written = self.entry.updated or self.entry.published
        if not written or len(written) <= 10:
            return None
        try:
            at = datetime.fromisoformat(written)
            return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError):
            return None


def of_entry(told: Told, settings: Settings, at: datetime) -> Article | Skipped:
    """The article of an entry's own text, as it stood in the feed ``at`` that time."""
    entry, source = told.entry, told.source
    origin = Origin(entry.url or source.feed or source.id, given=entry.id)
    facts = replace(
        entry_facts(entry, told.feed),
        url=address(entry.url) if entry.url else None,
        zone=source.zone,
        source=source.name or told.feed.title or source.id,
    )
    try:
        return replace(article(told.text or "", facts, origin, settings, drawn=True), fetched=at)
    except MarsadError as error:
        return origin.skipped(error)


def of_page(got: Fetched, settings: Settings, told: Told | None = None) -> Article | Skipped:
    """The article of a fetched page, with what its feed says of it where the page does not say it more surely."""
    assert got.body is not None
    origin = Origin(got.url, given=got.url)
    try:
        text, facts = page(got.body, got.final, charset=got.charset, url=got.final, now=got.at.date())
        facts = _merged(facts, told) if told else facts
        facts = replace(facts, url=address(facts.url or got.final))
        return replace(article(text, facts, origin, settings, drawn=True), fetched=got.at)
    except MarsadError as error:
        return origin.skipped(error)


def _merged(facts: Facts, told: Told) -> Facts:
    """What the page says, and the feed where the page is silent or less sure."""
    said = entry_facts(told.entry, told.feed)
    surer = facts.published and facts.published_from in _SURE
    dated = facts if surer or not said.published else said
    return replace(
        facts,
        title=facts.title or said.title,
        author=facts.author or said.author,
        source=facts.source or told.source.name or said.source,
        published=dated.published,
        published_from=dated.published_from if dated.published else None,
        language=facts.language or said.language,
        zone=told.source.zone,
    )


def kind_of(got: Fetched) -> str:
    """What a fetched address is: ``feed``, ``opml`` or ``page``. Raises :class:`FormatError` for anything else."""
    assert got.body is not None
    kind = is_feed(got.body[:4096])
    if kind:
        return "opml" if kind == "opml" else "feed"
    if got.content_type and not got.content_type.startswith(_PAGES):
        raise FormatError(f"{got.content_type}, no page of text", where=got.url, do="save it and give the file")
    return "page"


def articles_at(got: Fetched, settings: Settings) -> Iterator[Article | Skipped]:
    """The articles of a fetched address: of a page one, of a feed those of its entries' own texts.

    Raises why there are none.
    """
    if got.error is not None:
        raise got.error
    kind = kind_of(got)
    if kind == "page":
        yield of_page(got, settings)
    elif kind == "feed":
        read = read_feed(got)
        source = source_of(got.url, read)
        for entry in read.entries:
            told = Told(entry, read, source)
            if told.text:
                yield of_entry(told, settings, got.at)
            else:
                where, do = entry.url or got.url, "give its address, or follow the feed (marsad add)"
                yield Origin(where, given=entry.id).skipped(EmptyError("only a title in the feed", where=where, do=do))
    else:
        raise FormatError("a list of feeds, no article", where=got.url, do="`marsad add` follows them")


def read_feed(got: Fetched) -> Feed:
    """The feed of a fetched address. Raises what is wrong with it."""
    assert got.body is not None
    return feed(got.body, got.url, charset=got.charset, url=got.final)


def source_of(url: str, read: Feed) -> Source:
    """The source that a feed at ``url`` is of: called by the host of its site."""
    return Source(id=source_id(read.url or url, read.title) or url, name=read.title or "", url=read.url, feed=url)


def listed(data: bytes, where: str) -> tuple[list[Source], list[Skipped]]:
    """The sources of an OPML file, and what in it cannot be followed. Raises :class:`FormatError` for no OPML."""
    feeds: list[Source] = []
    skipped: list[Skipped] = []
    for one in opml(data, where):
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            name = source_id(one.site or one.feed, one.title) or one.feed
            feeds.append(Source(id=name, name=one.title or "", url=one.site, feed=one.feed))
    return feeds, skipped
