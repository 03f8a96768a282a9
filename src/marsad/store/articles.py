"""Articles: each kept once, each change at an address a new version.

What takes long (folding the text for the search) is done by :func:`worded`, outside the transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from marsad.errors import NotFoundError
from marsad.identity import place_id, source_id
from marsad.store import search, sources, standing, work
from marsad.store.rows import next_seq, parts
from marsad.store.schema import article, forgotten, source
from marsad.types import Article, Span


class Kept(StrEnum):
    """What became of an article that was handed to the store."""

    NEW = "new"
    VERSION = "version"  # the text at its address has changed
    OLDER = "older"  # a version from before the one that is known
    AGAIN = "again"  # a former version, which stands at the address again
    KNOWN = "known"
    FORGOTTEN = "forgotten"  # was removed by `marsad forget`, and stays away


@dataclass(frozen=True, slots=True)
class Draft:
    """An article made ready to be kept; ``place`` is the digest of its address.

    ``words`` is what search finds it by; None until :func:`worded` has worked it out, which takes longest of all.
    """

    article: Article
    place: str | None
    source: str | None
    words: str | None = None


@dataclass(slots=True)
class _Version:
    """The version at an address that counts."""

    seq: int
    seen: datetime | None


def draft(one: Article, address: str | None = None) -> Draft:
    """``one`` made ready to be kept; ``address`` is where its text stands, if it has no ``url`` (a file's path)."""
    where = one.url or address
    return Draft(
        article=one,
        place=place_id(where) if where else None,
        source=source_id(one.url, one.source),
    )


def worded(db: Connection, drafts: Sequence[Draft]) -> list[Draft]:
    """``drafts`` with the words of those that are not known yet. A reading connection will do."""
    known = seqs(db, [one.article.id for one in drafts])
    return [
        one if one.words is not None or one.article.id in known else replace(one, words=search.words(one.article.text))
        for one in drafts
    ]


def add(db: Connection, drafts: Sequence[Draft], now: datetime) -> list[Kept]:
    """Keep the articles; gives what became of each, in order. New ones wait for the first stage."""
    return _Adding(db, drafts, now).kept()


class _Adding:
    """One call of :func:`add`: what is known of the ids and the places of its articles, and what is to be written."""

    def __init__(self, db: Connection, drafts: Sequence[Draft], now: datetime) -> None:
        self.db, self.drafts, self.now = db, drafts, now
        ids = [one.article.id for one in drafts]
        places = [one.place for one in drafts if one.place]
        self.known: dict[str, int] = {}
        self.at: dict[str, _Version] = {}
        for some in parts(ids):
            asked = select(article.c.id, article.c.seq).where(article.c.id.in_(some))
            self.known.update(db.execute(asked).all())
        for some in parts(places):
            current = select(article.c.place, article.c.seq, article.c.fetched)
            for place, seq, seen in db.execute(current.where(article.c.place.in_(some), article.c.current)):
                self.at[place] = _Version(seq, seen)
        self.gone = gone(db, ids, places, [one.source for one in drafts if one.source])
        self.seq = next_seq(db, article)
        self.rows: list[dict[str, Any]] = []
        self.words: list[tuple[int, str]] = []
        self.replaced: list[int] = []
        self.again: set[int] = set()
        self.seen: dict[int, datetime] = {}  # known versions that were seen later than we knew

    def kept(self) -> list[Kept]:
        """Decide on each, then write."""
        kept = [self._one(one) for one in self.drafts]
        names = {row["source"]: row["named"] or row["source"] for row in self.rows if row["source"]}
        seqs = sources.ensure(self.db, names, self.now) if names else {}
        for row in self.rows:
            row["source"] = seqs.get(row["source"])
        # Versions may follow each other within one call, and a former one come back: what stands in the end counts.
        last = {version.seq for version in self.at.values()}
        replaced = set(self.replaced) - last
        for row in self.rows:
            row["current"] = row["current"] and row["seq"] not in replaced
        if self.rows:
            self.db.execute(insert(article), self.rows)
            search.index(self.db, self.words)
            work.put(self.db, work.STAGES[0], [row["seq"] for row in self.rows])
        if old := sorted(replaced.difference(row["seq"] for row in self.rows)):
            self.db.execute(update(article).where(article.c.seq.in_(old)).values(current=False))
            standing.withdraw(self.db, old)
        for seq, seen in self.seen.items():
            self.db.execute(update(article).where(article.c.seq == seq).values(fetched=seen))
        if back := sorted(self.again & last):
            self.db.execute(update(article).where(article.c.seq.in_(back)).values(current=True))
            standing.restore(self.db, back)
        return kept

    def _one(self, one: Draft) -> Kept:
        id, place, seen = one.article.id, one.place, one.article.fetched  # noqa: A001
        if id in self.gone or place in self.gone or one.source in self.gone:
            return Kept.FORGOTTEN
        now_at = self.at.get(place) if place else None
        if id in self.known:
            return self._again(self.known[id], now_at, seen)
        older = now_at is not None and seen is not None and now_at.seen is not None and seen < now_at.seen
        seq = self.known[id] = self.seq
        self.seq += 1
        self._write(one, seq, replaces=None if older or now_at is None else now_at.seq, current=not older)
        if now_at is None:
            if place:
                self.at[place] = _Version(seq, seen)
            return Kept.NEW
        if older:
            return Kept.OLDER
        self.replaced.append(now_at.seq)
        now_at.seq, now_at.seen = seq, seen
        return Kept.VERSION

    def _again(self, seq: int, now_at: _Version | None, seen: datetime | None) -> Kept:
        """A version that is known: whether it stands at its address again, and when it was seen there last."""
        if now_at is None or seen is None or not now_at.seen or seen <= now_at.seen:
            return Kept.KNOWN
        self.seen[seq] = now_at.seen = seen
        if now_at.seq == seq:
            return Kept.KNOWN
        self.replaced.append(now_at.seq)
        self.again.add(seq)
        now_at.seq = seq
        return Kept.AGAIN

    def _write(self, draft: Draft, seq: int, *, replaces: int | None, current: bool) -> None:
        one = draft.article
        self.rows.append(
            {
                "seq": seq,
                "id": one.id,
                "place": draft.place,
                "source": draft.source,
                "url": one.url,
                "named": one.source,
                "author": one.author,
                "text": one.text,
                "title_start": one.title.start if one.title else None,
                "title_stop": one.title.stop if one.title else None,
                "published": one.published,
                "published_from": one.published_from,
                "fetched": one.fetched,
                "language": one.language,
                "given": one.given,
                "drawn": one.drawn,
                "replaces": replaces,
                "current": current,
                "added": self.now,
            }
        )
        self.words.append((seq, search.words(one.text) if draft.words is None else draft.words))


def gone(db: Connection, ids: Iterable[str], places: Iterable[str], names: Iterable[str]) -> set[str]:
    """Those of the articles, places and sources that were forgotten."""
    if db.execute(select(forgotten.c.id).limit(1)).first() is None:
        return set()
    found: set[str] = set()
    for what, some in (("article", ids), ("place", places), ("source", names)):
        for piece in parts(list(some)):
            asked = select(forgotten.c.id).where(forgotten.c.what == what, forgotten.c.id.in_(piece))
            found.update(db.execute(asked).scalars())
    return found


def of_row(row: Row[Any]) -> Article:
    """The article of a row of its table."""
    title = None if row.title_start is None else Span(row.title_start, row.title_stop)
    return Article(
        id=row.id,
        text=row.text,
        title=title,
        url=row.url,
        source=row.named,
        author=row.author,
        published=row.published,
        published_from=row.published_from,
        language=row.language,
        given=row.given,
        drawn=row.drawn,
        fetched=row.fetched,
        replaces=getattr(row, "replaces_id", None),
    )


_before = article.alias("before")
#: An article's row with the id of the version before it.
COLUMNS = select(article, _before.c.id.label("replaces_id")).outerjoin(_before, _before.c.seq == article.c.replaces)


def by_seq(db: Connection, seqs: Sequence[int]) -> dict[int, Article]:
    """The articles with these numbers."""
    found: dict[int, Article] = {}
    for some in parts(seqs):
        found.update({row.seq: of_row(row) for row in db.execute(COLUMNS.where(article.c.seq.in_(some)))})
    return found


def seqs(db: Connection, ids: Sequence[str]) -> dict[str, int]:
    """The numbers of those of the articles that are there."""
    found: dict[str, int] = {}
    for some in parts(ids):
        found.update(db.execute(select(article.c.id, article.c.seq).where(article.c.id.in_(some))).all())
    return found


def added(db: Connection, ids: Sequence[str]) -> dict[str, datetime]:
    """When each of the articles with these whole ids was added."""
    found: dict[str, datetime] = {}
    for some in parts(ids):
        found.update(db.execute(select(article.c.id, article.c.added).where(article.c.id.in_(some))).all())
    return found


def versions(db: Connection, seq: int) -> list[tuple[int, str, bool]]:
    """Number, id and whether it counts of every version at the address of an article, the oldest first."""
    place = select(article.c.place).where(article.c.seq == seq).scalar_subquery()
    asked = select(article.c.seq, article.c.id, article.c.current).where(
        (article.c.place == place) | (article.c.seq == seq)
    )
    return [tuple(row) for row in db.execute(asked.order_by(article.c.fetched, article.c.seq))]


def whole_id(written: str, what: str, within: Callable[[str, str], Sequence[str]]) -> str:
    """The id that ``written`` (all of it, or its beginning) names; ``within`` gives the ids between two.

    Raises :class:`NotFoundError` where none begins so, or more than one.
    """
    word = written.strip().lower()
    if not 4 <= len(word) <= 16 or not set(word) <= set("0123456789abcdef"):
        raise NotFoundError(f"{written!r} is no id of {what}", do="an id has 16 of 0-9 and a-f; its first four will do")
    found = sorted(set(within(word.ljust(16, "0"), word.ljust(16, "f"))))
    if not found:
        raise NotFoundError(
            f"no {what.partition(' ')[2]} {written!r}", do="copy its id from `marsad search` or `marsad events`"
        )
    if len(found) > 1:
        raise NotFoundError(
            f"{written!r} begins {len(found)} ids of {what}", do=f"write more of it: {', '.join(found[:3])} …"
        )
    return found[0]


def is_ambiguous(error: NotFoundError, written: str) -> bool:
    """Whether :func:`whole_id` found more than one, and not none."""
    return error.what.startswith(f"{written!r} begins ")


def find(db: Connection, written: str) -> tuple[int, Article]:
    """The article whose id, its beginning, or whose address is ``written``. Raises :class:`NotFoundError`."""
    if "://" in written:
        asked = COLUMNS.where(article.c.place == place_id(written)).order_by(
            article.c.current.desc(), article.c.seq.desc()
        )
    else:

        def within(low: str, high: str) -> list[str]:
            return list(db.execute(select(article.c.id).where(article.c.id.between(low, high)).limit(4)).scalars())

        asked = COLUMNS.where(article.c.id == whole_id(written, "an article", within))
    row = db.execute(asked.limit(1)).first()
    if row is None:
        raise NotFoundError(f"no article at {written}", do="`marsad search` finds the articles that are kept")
    return row.seq, of_row(row)


def is_current(db: Connection, seq: int) -> bool:
    """Whether the article is there and no newer version stands at its address."""
    return bool(db.execute(select(article.c.current).where(article.c.seq == seq)).scalar())


def publishers(db: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The id of the source of each of the articles that has one."""
    found: dict[int, str] = {}
    for some in parts(numbers):
        asked = select(article.c.seq, source.c.id).join(source, source.c.seq == article.c.source)
        found.update(db.execute(asked.where(article.c.seq.in_(some))).all())
    return found


def number(db: Connection) -> int:
    """How many articles there are, each version counted."""
    return db.execute(select(func.count()).select_from(article)).scalar_one()
