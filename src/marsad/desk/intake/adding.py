"""Articles into the store, some at a time: what is counted here is on the disk."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from marsad.errors import StoreError
from marsad.identity import source_id
from marsad.read.files import named
from marsad.store import Connection, Store, articles, sources
from marsad.store.articles import Draft, Kept
from marsad.types import Article, Skipped, Source

#: Articles of one transaction, and the seconds after which fewer are written too: a slow stream is kept as it comes.
BATCH, SECONDS = 500, 2.0
#: Faults that are held to be told one by one; all are counted.
HELD = 1_000
#: Formats whose files hold one article each.
WHOLE = frozenset({"text", "md", "html", "docx", "pdf"})


@dataclass(slots=True)
class Added:
    """What became of what was handed over: how many of each kind, and what could not be read.

    ``skipped`` holds the first :data:`HELD` of those; ``faults`` counts all. ``feeds``: how many feeds are followed
    from now on.
    """

    kept: Counter[Kept] = field(default_factory=Counter)
    skipped: list[Skipped] = field(default_factory=list)
    faults: int = 0
    feeds: int = 0

    @property
    def new(self) -> int:
        """Articles that were not there: new ones and versions."""
        return self.kept[Kept.NEW] + self.kept[Kept.VERSION] + self.kept[Kept.OLDER]

    def take(self, other: Added) -> None:
        """Count what ``other`` has counted."""
        self.kept.update(other.kept)
        self.skip(*other.skipped)
        self.faults += other.faults - len(other.skipped)
        self.feeds += other.feeds

    def skip(self, *skipped: Skipped) -> None:
        """Count what could not be read."""
        self.faults += len(skipped)
        self.skipped.extend(skipped[: max(0, HELD - len(self.skipped))])


@dataclass(slots=True)
class Adding:
    """Keeps articles in ``store``; ``now`` is the clock.

    ``added`` counts what has become of them; ``told`` is called with it after each time that some are on the disk.
    ``path``: the file or folder that the articles come from just now; ``whole``: the format that every file is read
    as, if one was given.
    """

    store: Store
    now: Callable[[], datetime]
    told: Callable[[Added], None] | None = None
    path: str | None = None
    whole: str | None = None
    added: Added = field(default_factory=Added)

    def keep(
        self,
        items: Iterable[Article | Skipped],
        through: Source | None = None,
        also: Callable[[Connection], None] | None = None,
    ) -> None:
        """Keep the articles of ``items``, and count what was skipped; ``through``: the source whose feed led to them.

        Ctrl-C, and a source that fails, end it once what was read is on the disk. ``also`` writes something else in the
        transaction of the last of them, or in one of its own.
        """
        held: list[Draft] = []
        since = time.monotonic()
        try:
            for one in self._drafts(items, through):
                held.append(one)
                if len(held) >= BATCH or time.monotonic() - since > SECONDS:
                    self._write(held, through)
                    held, since = [], time.monotonic()
        except StoreError:
            raise  # what the store has refused once it refuses again
        except BaseException:
            self._write(held, through)
            raise
        self._write(held, through, also)

    def _drafts(self, items: Iterable[Article | Skipped], through: Source | None) -> Iterator[Draft]:
        """What is to be kept, made ready outside of any transaction."""
        for item in items:
            if isinstance(item, Skipped):
                self.added.skip(item)
            elif through:
                yield _of(articles.draft(item, _entry_address(item, through)), through)
            elif self.path and (address := file_address(item, self.path, self.whole)):
                yield articles.draft(replace(item, fetched=item.fetched or self.now()), address)
            else:
                yield articles.draft(item)

    def _write(
        self, held: list[Draft], through: Source | None, also: Callable[[Connection], None] | None = None
    ) -> None:
        if held or also:
            kept: list[Kept] = []
            with self.store.reading() as db:
                held = articles.worded(db, held)
            with self.store.writing() as db:
                if held:
                    kept = articles.add(db, held, self.now())
                    self._renew(
                        db, {one.source for one, what in zip(held, kept, strict=True) if what is Kept.NEW}, through
                    )
                if also:
                    also(db)
            self.added.kept.update(kept)
        if self.told:
            self.told(self.added)

    def _renew(self, db: Connection, fresh: set[str | None], through: Source | None) -> None:
        """Note whom something new has come from."""
        ids = {one for one in (*fresh, through.id if through and fresh else None) if one}
        if ids:
            sources.renewed(db, ids, self.now())


def add(
    store: Store,
    items: Iterable[Article | Skipped],
    now: Callable[[], datetime],
    told: Callable[[Added], None] | None = None,
) -> Added:
    """Keep the articles of ``items``; ``told`` is called with the counts so far after each that is on the disk."""
    adding = Adding(store, now, told)
    adding.keep(items)
    return adding.added


def file_address(one: Article, path: str, whole: str | None = None) -> str | None:
    """Where the text of an article without an address stands: the file that it is all of, if it is one.

    A changed file is a new version of its article; an object in a file of many is told by its own address or by none.
    ``path`` is the file, or a folder around it; ``whole`` the format that it was read as, where its name does not tell.
    """
    if one.url is not None or not isinstance(one.given, str) or (whole or named(one.given)) not in WHOLE:
        return None
    file = Path(one.given)
    if one.given != path and Path(path) not in file.parents:
        return None
    try:
        return file.resolve().as_uri() if file.is_file() else None
    except (OSError, ValueError):  # an id that only looks like a file, and is no name of one
        return None


def _entry_address(one: Article, through: Source) -> str | None:
    """What stands for the address of an entry of a feed that has none: the feed, and what it calls the entry."""
    return f"entry {through.feed} {one.given}" if one.url is None and one.given is not None else None


def _of(draft: Draft, through: Source) -> Draft:
    """``draft`` with the source that it belongs to: the one whose feed led to it, if that is known by another host.

    A feed may stand elsewhere than its site (``feeds.example``); what it leads to at the site is of that source.
    """
    site = source_id(through.url, None)
    if draft.article.url is None or (site and draft.source == site and not through.id.startswith(site)):
        return replace(draft, source=through.id)
    return draft
