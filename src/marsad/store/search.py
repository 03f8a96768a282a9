"""Search: articles by their words, the same hits on both engines, the newest first.

The tokens are ours (:mod:`marsad.text.terms`) and neither engine's: SQLite keeps them in a contentless FTS5 table,
PostgreSQL in a ``tsvector`` that is put together here. A page is found by whichever way is short: a rare word's hits
are sorted; else the articles are walked from the newest, until enough of them are hits.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    cast,
    column,
    delete,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

# `articles` needs this module to keep words, and this module `articles` to give what it finds.
from marsad.store import articles as stored
from marsad.store import events
from marsad.store.queries import Query, fts, highlights, query, snippet, tsquery
from marsad.store.rows import parts, upserting
from marsad.store.schema import CURRENT, WITHDRAWN, about, article, event, source
from marsad.store.sources import of_row
from marsad.store.where import (
    ENOUGH,
    EVENTS,
    ROLES,
    Page,
    Where,
    by_who,
    cursor,
    cursor_of,
    parties,
    plain,
    without,
)
from marsad.text.terms import VERSION
from marsad.text.terms import words as joined
from marsad.types import Article, Source, Span

#: What an article is found by: its first words and characters, and the first places of each word. PostgreSQL keeps no
#: more (positions up to 16,383, 255 of a word, 1 MB in all), and both engines are to find the same.
MOST_WORDS, MOST_CHARACTERS, MOST_PLACES = 16_383, 200_000, 255
#: Stands in the index for a word that has had its places: no term, as it is no letter.
_FILLER = "·"
#: The version of what stands in the index.
_MADE = f"{VERSION}.1"

_search = table("search", column("rowid"), column("words"))


# What is kept


def words(text: str) -> str:
    """The words that ``text`` is found by, as they stand in the index: joined by single spaces."""
    made = _first(joined(_first(text)))  # a ligature becomes several letters
    if made.count(" ") < MOST_PLACES:
        return made
    every = made.split(" ")
    if len(every) - len(set(every)) < MOST_PLACES:
        return made if len(every) <= MOST_WORDS else " ".join(every[:MOST_WORDS])
    had: Counter[str] = Counter()
    for n, word in enumerate(every[:MOST_WORDS]):
        had[word] += 1
        if had[word] > MOST_PLACES:
            every[n] = _FILLER
    return " ".join(every[:MOST_WORDS])


def _first(text: str) -> str:
    """The runs of ``text`` that lie within its first characters."""
    return text if len(text) <= MOST_CHARACTERS else (text[:MOST_CHARACTERS].rsplit(None, 1) or [""])[0]


def index(db: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Make the articles (seq, :func:`words`) findable."""
    if not rows:
        return
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("INSERT INTO search(rowid, words) VALUES (?, ?)", list(rows))
    else:
        made = [(seq, _vector(some)) for seq, some in rows]
        db.exec_driver_sql("INSERT INTO search(rowid, words) VALUES (%s, %s::tsvector)", made)


def remove(db: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Make the articles (seq, :func:`words` of their texts) findable no longer."""
    if not rows:
        return
    if db.dialect.name == "sqlite":
        # A contentless table does not know what it holds: it is told the very words that go.
        db.exec_driver_sql("INSERT INTO search(search, rowid, words) VALUES ('delete', ?, ?)", list(rows))
    else:
        for some in parts([seq for seq, _ in rows]):
            db.execute(delete(_search).where(_search.c.rowid.in_(some)))


def compact(db: Connection) -> None:
    """Write the index anew, so that nothing is left in it of what was removed. Takes minutes for a million articles."""
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("INSERT INTO search(search) VALUES ('optimize')")


def stale(db: Connection) -> bool:
    """Whether the index was made by other rules than today's."""
    return db.execute(select(about.c.value).where(about.c.key == "search")).scalar() != _MADE


def reindex(db: Connection) -> int:
    """Make the index again from the texts, if it was made by other rules; gives the number of articles.

    To be called in a transaction that writes; some 3,000 articles a second.
    """
    if not stale(db):
        return 0
    db.exec_driver_sql(
        "INSERT INTO search(search) VALUES ('delete-all')" if db.dialect.name == "sqlite" else "TRUNCATE search"
    )
    done, last = 0, 0
    while rows := db.execute(
        select(article.c.seq, article.c.text).where(article.c.seq > last).order_by(article.c.seq).limit(1_000)
    ).all():
        index(db, [(row.seq, words(row.text)) for row in rows])
        done, last = done + len(rows), rows[-1].seq
    made = upserting(db, about).values(key="search", value=_MADE)
    db.execute(made.on_conflict_do_update(index_elements=["key"], set_={"value": _MADE}))
    return done


def _vector(joined: str) -> str:
    """The words as PostgreSQL writes a ``tsvector``."""
    places: dict[str, list[str]] = {}
    for n, word in enumerate(joined.split(), 1):
        if word != _FILLER:
            places.setdefault(word, []).append(str(n))
    return " ".join([f"'{word}':{','.join(some)}" for word, some in places.items()])


# What is found


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found; ``spans`` are the words and phrases that were asked for, ``snippet`` the part that
    shows most of them."""

    seq: int
    article: Article
    source: Source | None
    spans: tuple[Span, ...]
    snippet: Span


def find(
    db: Connection, written: str, where: Where, *, after: str | None = None, limit: int = 50, versions: bool = False
) -> Page[Hit]:
    """The articles that ``written`` finds (:func:`query`), the newest first; ``after`` is a page's cursor.

    Of ``where``, days, sources and languages are those of the article; all else is asked of its events: one that counts
    must be so. ``versions``: those that have been replaced at their addresses, too.
    """
    asked = query(written)
    found = _Finding(db, asked, where, versions).page(cursor(after) if after else None, limit)
    seqs = [seq for seq, _ in found]
    texts, publishers = stored.by_seq(db, seqs), _sources(db, seqs)
    hits = [_hit(seq, texts[seq], publishers.get(seq), asked) for seq in seqs]
    return Page(hits, cursor_of(found[-1][1], found[-1][0]) if found and len(found) == limit else None)


def count(db: Connection, written: str, where: Where, *, versions: bool = False) -> int:
    """How many articles ``written`` finds; counting ends at :data:`marsad.store.where.ENOUGH`."""
    return _Finding(db, query(written), where, versions).count()


def _hit(seq: int, one: Article, publisher: Source | None, asked: Query) -> Hit:
    spans = highlights(one.text, asked)
    return Hit(seq=seq, article=one, source=publisher, spans=spans, snippet=snippet(one, spans))


#: So many hits are sorted; of more, the articles are walked by their days. On PostgreSQL walking costs more.
RARE, RARE_POSTGRESQL = 1_000, 10_000
#: So many articles of a source or a party are looked at one by one.
FEW = 10_000
#: From this share of the articles on, trying each is shorter than gathering all that have the words.
DENSE, DENSE_POSTGRESQL = 0.15, 0.01


class _Finding:
    """One question to the index, and how its answer is found.

    SQLite counts 10 million hits of one word a second, gathers 2 million, but tries only 10,000 single articles.
    """

    def __init__(self, db: Connection, asked: Query, where: Where, versions: bool) -> None:
        self.db, self.where, self.sqlite = db, where, db.dialect.name == "sqlite"
        self.begins = any(one.begins for group in (*asked.groups, asked.without) for one in group)
        self.matches: ColumnElement[bool] = (
            literal_column("search").op("MATCH", is_comparison=True)(literal(fts(asked)))
            if self.sqlite
            else _search.c.words.op("@@", is_comparison=True)(cast(literal(tsquery(asked)), TSQUERY))
        )
        self.conditions = _conditions(db, where, versions)

    def page(self, behind: tuple[date, int] | None, limit: int) -> list[tuple[int, date | None]]:
        """Number and day of at most ``limit`` articles behind a day and a number."""
        rare = RARE if self.sqlite else RARE_POSTGRESQL
        some = list(self.db.execute(self._hits().limit(rare + 1)).scalars())
        walk = self._articles(behind).limit(limit)
        if len(some) <= rare:
            return self._rows(walk.where(self._listed("article.seq", some)))
        few = _few(self.db, self.where)
        share = self._share(some)
        if share and (tried := self._tried(behind, limit, share, few)) is not None:
            return tried
        if few is not None:
            return self._rows(walk.where(self._listed("article.seq", self._among(few))))
        return self._rows(walk.where(self._gathered()))

    def count(self) -> int:
        """How many articles are found, at most :data:`ENOUGH`."""
        if (few := _few(self.db, self.where)) is not None:
            some = select(article.c.seq).where(self._listed("article.seq", self._among(few)), *self.conditions)
        elif self.where.since or self.where.until or self.where.sources:
            some = select(article.c.seq).where(self._gathered(), *self.conditions)
        else:
            # The + has each hit's article looked up, and not the other way round.
            both = _search.join(article, article.c.seq == literal_column("+search.rowid"))
            some = select(article.c.seq).select_from(both).where(self.matches, *self.conditions)
        return self.db.execute(select(func.count()).select_from(some.limit(ENOUGH).subquery())).scalar() or 0

    def _share(self, some: Sequence[int]) -> float:
        """Which share of the articles are hits, where trying each is the shorter way; else 0."""
        # The first hits come in the order of their numbers, or nearly: how far they reach tells how many there are.
        share = len(some) / max(1, *some)
        if self.sqlite:  # of a beginning all words are gone through for each try
            return share if share >= DENSE and not self.begins else 0
        return share if share >= DENSE_POSTGRESQL else 0

    def _tried(
        self, behind: tuple[date, int] | None, limit: int, share: float, few: Sequence[int] | None
    ) -> list[tuple[int, date | None]] | None:
        """The page, found by trying as many of the newest articles as should do; None where they did not.

        They do not where the word is one of former years.
        """
        size = int(limit / share * 1.3) + 10
        walk = self._articles(behind).limit(size)
        walked = self._rows(walk if few is None else walk.where(self._listed("article.seq", few)))
        tried = self._hits().where(self._listed("search.rowid", [seq for seq, _ in walked]))
        hits = set(self.db.execute(tried).scalars())
        found = [row for row in walked if row[0] in hits]
        return found[:limit] if len(found) >= limit or len(walked) < size else None

    def _among(self, few: Sequence[int]) -> list[int]:
        """The hits among a few articles. Without the + SQLite would ask the index for each by itself."""
        return list(self.db.execute(self._hits().where(self._listed("+search.rowid", few))).scalars())

    def _gathered(self) -> ColumnElement[bool]:
        """That an article is one of the hits, which are gathered first. The + keeps SQLite walking by day or source."""
        return literal_column("+article.seq" if self.sqlite else "article.seq").in_(self._hits())

    def _listed(self, name: str, seqs: Sequence[int]) -> ColumnElement[bool]:
        """That the number ``name`` is one of ``seqs``."""
        if self.sqlite:
            given: Select[Any] = select(literal_column("value")).select_from(func.json_each(json.dumps(list(seqs))))
            return literal_column(name).in_(given)
        return literal_column(name.lstrip("+")) == func.any(literal(list(seqs), ARRAY(BigInteger)))

    def _hits(self) -> Select[Any]:
        return select(_search.c.rowid).where(self.matches)

    def _articles(self, behind: tuple[date, int] | None) -> Select[Any]:
        """The articles that are asked for, whatever their words, the newest first."""
        day, seq = article.c.published, article.c.seq
        asked = select(seq, day).where(*self.conditions).order_by(day.desc(), seq.desc())
        if behind:
            # The first condition says nothing new, and lets the index begin there.
            asked = asked.where(day <= behind[0], or_(day < behind[0], and_(day == behind[0], seq < behind[1])))
        return asked

    def _rows(self, asked: Select[Any]) -> list[tuple[int, date | None]]:
        return [(seq, day) for seq, day in self.db.execute(asked)]


def _conditions(db: Connection, where: Where, versions: bool) -> list[ColumnElement[bool]]:
    """What is asked of an article beside its words."""
    conditions = where.days(article.c.published)
    if not versions:
        conditions.append(article.c.current)
    if where.article is not None:
        conditions.append(article.c.seq == where.article)
    if where.languages:
        conditions.append(article.c.language.in_(where.languages))
    if where.sources:
        conditions.append(article.c.source.in_(_publishers(db, where)))
    act = _act(where)
    if act != Where():
        of_act = [*plain(EVENTS, without(act, "statuses")), *events.statuses(act)]
        of_act += [*events.of_event(act), *parties(db, EVENTS, act)]
        counts = event.c.state.in_((CURRENT, WITHDRAWN)) if where.withdrawn else event.c.state == CURRENT
        conditions.append(exists(select(1).where(event.c.article == article.c.seq, counts, *of_act)))
    return conditions


def _act(where: Where) -> Where:
    """What is asked of the events of an article."""
    return without(where, "since", "until", "sources", "languages", "article", "withdrawn")


def _publishers(db: Connection, where: Where) -> list[int]:
    asked = select(source.c.seq).where(or_(source.c.id.in_(where.sources), source.c.name.in_(where.sources)))
    return list(db.execute(asked).scalars())


def _few(db: Connection, where: Where) -> list[int] | None:
    """The articles of the party or the source that is asked for, where they are few: an index knows them."""
    asked: list[Select[Any]] = []
    for name, role in ROLES:
        if len(names := getattr(where, name)) == 1:
            taking = by_who(db, EVENTS, names, role, Where(), [])[0]
            asked.append(taking.with_only_columns(event.c.article).limit(FEW + 1))
    if where.sources:
        asked.append(select(article.c.seq).where(article.c.source.in_(_publishers(db, where))).limit(FEW + 1))
    for one in asked:
        few = list(db.execute(one).scalars())
        if len(few) <= FEW:
            return few
    return None


def _sources(db: Connection, seqs: Sequence[int]) -> dict[int, Source]:
    asked = select(article.c.seq.label("of"), source).join(source, source.c.seq == article.c.source)
    return {row.of: of_row(row) for row in db.execute(asked.where(article.c.seq.in_(seqs)))}
