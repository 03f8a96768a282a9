"""Takes things out for good: what a person wants forgotten, and what newer runs have made needless.

Forgetting removes an article, or all of a source, with everything made from it, and remembers only digests, so that it
never comes back. What is forgotten is gone from the file too: pages are overwritten, the log is emptied, and the index
of words is written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, func, or_, select

from marsad.errors import NotFoundError
from marsad.identity import place_id, source_id
from marsad.store import alerts, articles, groups, judgements, search, standing, work
from marsad.store.rows import parts, upserting
from marsad.store.schema import (
    CURRENT,
    actor,
    alias,
    article,
    coding,
    event,
    fetch,
    forgotten,
    judgement,
    mention,
    occurrence_party,
    party,
    run,
    source,
)
from marsad.store.schema import work as waiting
from marsad.store.store import Store

#: Articles that are removed in one transaction: other writers wait no longer than for these.
SOME = 500


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many articles were removed (each version counts) with how many events that counted.

    ``erased`` is False where another program was reading just then, so that SQLite's log still has what was removed
    until the store is next written to.
    """

    articles: int
    events: int
    erased: bool = True


def forget(store: Store, what: str, *, name: str, now: datetime, reason: str = "") -> Forgotten:
    """Remove the article (with every version at its address) or the source ``what``, and all that was made from it.

    ``what`` is the id of a source, the id of an article (or its beginning, or its address), or a source's name;
    ``name`` is who asks, and ``reason`` why. Ended in the middle, the same call goes on. Raises :class:`NotFoundError`.
    """
    said = {"name": name, "reason": reason, "at": now}
    with store.writing() as db:
        publisher, mine = _meant(db, what)
        if mine is not None:
            gone = [number for number, _, _ in articles.versions(db, mine)]
            _mark_article(db, gone, said)
        else:
            gone = []
            assert publisher is not None
            _mark_source(db, publisher, said)
    made = Forgotten(0, 0)
    while True:
        with store.writing() as db:
            if publisher is not None:
                asked = select(article.c.seq).where(article.c.source == publisher).limit(SOME)
                gone = list(db.execute(asked).scalars())
            made = Forgotten(made.articles + len(gone), made.events + _remove(db, gone))
            if publisher is not None:
                _count(db, publisher, len(gone))
            if mine is not None or len(gone) < SOME:
                if publisher is not None:
                    _remove_source(db, publisher)
                break
    return Forgotten(made.articles, made.events, _erase(store))


def ahead(db: Connection, what: str) -> Forgotten:
    """What :func:`forget` would remove: how many articles, with how many events. Raises :class:`NotFoundError`."""
    publisher, mine = _meant(db, what)
    numbers = [] if mine is None else [number for number, _, _ in articles.versions(db, mine)]
    chosen: ColumnElement[bool] = article.c.seq.in_(numbers) if publisher is None else article.c.source == publisher
    told = select(func.count()).select_from(event.join(article, article.c.seq == event.c.article))
    return Forgotten(
        articles=db.execute(select(func.count()).select_from(article).where(chosen)).scalar_one(),
        events=db.execute(told.where(chosen, event.c.state == CURRENT)).scalar_one(),
    )


def _meant(db: Connection, what: str) -> tuple[int | None, int | None]:
    """The source, or else the article, that ``what`` names."""
    publisher = db.execute(select(source.c.seq).where(source.c.id == what)).scalar()
    mine = None if publisher else _article(db, what)
    if publisher is None and mine is None:
        publisher = _named(db, what)
    return publisher, mine


def _article(db: Connection, what: str) -> int | None:
    try:
        return articles.find(db, what)[0]
    except NotFoundError as error:
        if articles.is_ambiguous(error, what):
            raise  # more than one article, which is no reason to look among the sources
        return None


def _named(db: Connection, what: str) -> int:
    """The source that is called so, or has this address or feed."""
    asked = select(source.c.seq).where(or_(source.c.name == what, source.c.url == what, source.c.feed == what))
    found = list(db.execute(asked.limit(2)).scalars())
    if len(found) != 1:
        told = f"{what!r} is more than one source" if found else f"no article and no source {what!r}"
        raise NotFoundError(told, do="give an id: `marsad search` and `marsad sources` show them")
    return int(found[0])


#: Who has something forgotten, why, and when.
Said = Mapping[str, object]


def _mark(db: Connection, what: str, ids: Sequence[str], count: int, said: Said) -> None:
    if rows := [{"what": what, "id": one, "articles": count, **said} for one in ids]:
        db.execute(upserting(db, forgotten).on_conflict_do_nothing(), rows)


def _mark_article(db: Connection, numbers: Sequence[int], said: Said) -> None:
    rows = db.execute(select(article.c.id, article.c.place).where(article.c.seq.in_(numbers))).all()
    _mark(db, "article", [row.id for row in rows], 1, said)
    _mark(db, "place", sorted({row.place for row in rows if row.place}), len(rows), said)


def _mark_source(db: Connection, publisher: int, said: Said) -> None:
    _mark(db, "source", list(db.execute(select(source.c.id).where(source.c.seq == publisher)).scalars()), 0, said)


def _count(db: Connection, publisher: int, more: int) -> None:
    """Add to how many articles went with a source."""
    whose = select(source.c.id).where(source.c.seq == publisher).scalar_subquery()
    mine = (forgotten.c.what == "source") & (forgotten.c.id == whose)
    db.execute(forgotten.update().where(mine).values(articles=forgotten.c.articles + more))


def _remove(db: Connection, numbers: Sequence[int]) -> int:
    """Take articles out with all that was made from them; gives how many events that counted went with them."""
    if not numbers:
        return 0
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("PRAGMA secure_delete = ON")
    mine = event.c.article.in_(numbers)
    events: int = db.execute(select(func.count()).where(mine, event.c.state == CURRENT)).scalar_one()
    rows = db.execute(select(article.c.seq, article.c.id, article.c.place, article.c.url, article.c.text)
                      .where(article.c.seq.in_(numbers))).all()  # fmt: skip
    ids = [row.id for row in rows]
    told = list(db.execute(select(event.c.id).where(mine).distinct()).scalars())
    who = _actors(db, numbers)
    standing.withdraw(db, numbers)
    # The stories that they stand in go whole: what is left of them is grouped anew.
    left = sorted(groups.touched(db, numbers) - set(numbers))
    groups.put(db, [*numbers, *left], [])
    work.put(db, "grouped", left)
    _remove_told(db, [*ids, *told])
    alerts.forget(db, numbers)
    _remove_fetches(db, {row.place for row in rows if row.place}, {row.url for row in rows if row.url})
    search.remove(db, [(row.seq, search.words(row.text)) for row in rows])
    db.execute(delete(article).where(article.c.seq.in_(numbers)))
    _remove_actors(db, who)
    return int(events)


def _remove_told(db: Connection, ids: Sequence[str]) -> None:
    """Remove what names them from elsewhere: judgements (of others too), and former ids."""
    for some in parts(ids, 5_000):
        db.execute(delete(judgement).where(or_(judgement.c.target.in_(some), judgement.c.value.in_(some))))
        db.execute(delete(alias).where(or_(alias.c.id.in_(some), alias.c.now.in_(some))))


def _remove_fetches(db: Connection, places: set[str], urls: set[str]) -> None:
    """Remove the states of addresses that are those of articles, however they were written."""
    hosts = {source_id(url, None) for url in urls} - {None}
    for host in hosts:
        asked = select(fetch.c.url).where(fetch.c.url.contains(host, autoescape=True))
        some = [url for url in db.execute(asked).scalars() if place_id(url) in places or url in urls]
        for piece in parts(some):
            db.execute(delete(fetch).where(fetch.c.url.in_(piece)))


def _remove_source(db: Connection, publisher: int) -> None:
    """Remove a source with its other feeds and every address that was fetched from it."""
    row = db.execute(select(source.c.id, source.c.feed, source.c.url).where(source.c.seq == publisher)).one()
    others = db.execute(
        select(source.c.seq, source.c.id, source.c.feed).where(source.c.id.contains(row.id, autoescape=True))
    )
    same = [one for one in others if one.feed and one.id == f"{row.id} {one.feed}"[:400]]
    asked = select(fetch.c.url).where(fetch.c.url.contains(row.id, autoescape=True))
    fetched = [url for url in db.execute(asked).scalars() if source_id(url, None) == row.id]
    fetched += [one for one in (row.feed, row.url, *(each.feed for each in same)) if one]
    for some in parts(fetched):
        db.execute(delete(fetch).where(fetch.c.url.in_(some)))
    db.execute(delete(source).where(source.c.seq.in_([publisher, *(one.seq for one in same)])))


def _actors(db: Connection, numbers: Sequence[int]) -> list[int]:
    """The actors that the articles name."""
    codings = select(coding.c.seq).where(coding.c.article.in_(numbers))
    asked = select(mention.c.actor).where(mention.c.coding.in_(codings), mention.c.actor.is_not(None)).distinct()
    return list(db.execute(asked).scalars())


def _remove_actors(db: Connection, which: Sequence[int] | None = None) -> int:
    """Remove the actors (of ``which``, or of all) that nothing names any more; gives how many."""
    unnamed: list[ColumnElement[bool]] = [
        ~exists(select(1).where(table.c.actor == actor.c.seq)) for table in (mention, party, occurrence_party)
    ]
    if which is None:
        return db.execute(delete(actor).where(*unnamed)).rowcount
    return sum(db.execute(delete(actor).where(actor.c.seq.in_(some), *unnamed)).rowcount for some in parts(which))


def _erase(store: Store) -> bool:
    """Leave nothing of what was removed in the file; gives whether that could be done."""
    if not store.database.sqlite:
        return True  # the server's own vacuum frees its pages
    with store.writing() as db:
        db.exec_driver_sql("PRAGMA secure_delete = ON")
        search.compact(db)  # words that were deleted stay in it until its parts are merged
    if store.database.path is None:
        return True
    with store.database.raw() as raw:
        busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many were removed of each."""

    codings: int
    events: int
    runs: int
    actors: int


def prune(db: Connection, most: int | None = None) -> Pruned:
    """Remove what newer runs have superseded (at most so many codings), runs without a coding, actors without mention.

    A coding with an event that a person has judged, and that the newer run has not found, stays; so does one whose
    article is yet to be grouped. The newest run stays, for it may just have begun: hold ``store.alone("code")``.
    """
    waits = exists(select(1).where(waiting.c.article == coding.c.article))
    asked = select(coding.c.seq).where(~coding.c.current, ~waits, coding.c.seq.not_in(_judged(db)))
    old = list(db.execute(asked.order_by(coding.c.seq).limit(most)).scalars())
    events = 0
    for some in parts(old):
        events += db.execute(select(func.count()).where(event.c.coding.in_(some))).scalar_one()
        db.execute(delete(coding).where(coding.c.seq.in_(some)))
    newest = select(func.max(run.c.seq)).scalar_subquery()
    used = exists(select(1).where(coding.c.run == run.c.seq))
    runs = db.execute(delete(run).where(~used, run.c.seq != newest)).rowcount
    return Pruned(len(old), events, runs, _remove_actors(db))


def _judged(db: Connection) -> list[int]:
    """The codings, one for each judged event that no coding which counts has: the last that has it."""
    ids = set(db.execute(select(judgement.c.target)).scalars())
    values = select(judgement.c.value).where(judgement.c.field.in_(judgements.SAME))
    ids.update(db.execute(values).scalars())
    last: dict[str, int] = {}
    counting: set[str] = set()
    for some in parts(sorted(ids)):
        asked = select(event.c.id, coding.c.seq, coding.c.current).join(coding, coding.c.seq == event.c.coding)
        for id, seq, current in db.execute(asked.where(event.c.id.in_(some)).order_by(coding.c.seq)):  # noqa: A001
            last[id] = seq
            if current:
                counting.add(id)
    return sorted({seq for id, seq in last.items() if id not in counting})  # noqa: A001
