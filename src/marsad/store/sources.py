"""Who publishes, what is followed, and its two clocks: the last answer, and the last article that was new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, literal, select, update

from marsad.errors import NotFoundError
from marsad.store import coverage, rungs
from marsad.store.rows import next_seq, parts
from marsad.store.schema import article, fetch, source
from marsad.types import FetchState, Source, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A source as the store has it. Times are in UTC; ``fetch`` is the state of its feed."""

    source: Source
    articles: int
    added: datetime
    succeeded: datetime | None = None
    renewed: datetime | None = None
    fetch: FetchState | None = None


_FIELDS = ("name", "country", "owner", "zone", "url", "feed", "enabled")


def of_row(row: Row[Any]) -> Source:
    """The source of a row of its table."""
    kind = SourceKind(row.kind) if row.kind else None
    return Source(id=row.id, kind=kind, **{field: getattr(row, field) for field in _FIELDS})


def _values(one: Source) -> dict[str, Any]:
    return {"kind": one.kind and one.kind.value, **{field: getattr(one, field) for field in _FIELDS}}


def ensure(db: Connection, names: Mapping[str, str], now: datetime) -> dict[str, int]:
    """The seq of each source id; one that is not there yet is made, with its name."""
    known = dict(db.execute(select(source.c.id, source.c.seq).where(source.c.id.in_(names))).all())
    new = [id for id in names if id not in known]  # noqa: A001
    if new:
        first = next_seq(db, source)
        rows = [
            {"seq": first + n, "id": id, "added": now, **_values(Source(id=id, name=names[id]))}
            for n, id in enumerate(new)  # noqa: A001
        ]
        db.execute(insert(source), rows)
        known.update({row["id"]: row["seq"] for row in rows})
    return known


def put(db: Connection, one: Source, now: datetime) -> bool:
    """Keep ``one``, or what it says of a source that is known; gives whether it is new.

    A field that is empty in ``one`` stays as it is. A feed that another source has goes on being that one's.
    """
    theirs = select(source).where(source.c.id == one.id)
    if one.feed:
        same = source.c.feed == one.feed
        theirs = select(source).where((source.c.id == one.id) | same).order_by(same.desc())
    rows = db.execute(theirs).all()
    if not rows:
        db.execute(insert(source).values(seq=next_seq(db, source), id=one.id, added=now, **_values(one)))
        return True
    known = rows[0]
    if one.feed and known.feed not in (None, one.feed):
        # A second feed of one site is followed under a name of its own.
        second = f"{one.id} {one.feed}"[:400]
        return put(db, Source(**{**{f: getattr(one, f) for f in Source.__slots__}, "id": second}), now)
    said = {field: value for field, value in _values(one).items() if value not in (None, "")}
    db.execute(update(source).where(source.c.seq == known.seq).values(**said))
    if (country := said.get("country", known.country)) != known.country:
        coverage.move(db, known.seq, known.country or "", country or "")
    if said.get("kind", known.kind) != known.kind:
        rungs.unmake(db, known.seq)
    return False


def kinds(db: Connection, articles: Sequence[int]) -> dict[int, SourceKind]:
    """What kind of source each of the articles (by seq) is from, where that is known."""
    found: dict[int, SourceKind] = {}
    for some in parts(articles):
        asked = select(article.c.seq, source.c.kind).join(source, source.c.seq == article.c.source)
        rows = db.execute(asked.where(article.c.seq.in_(some), source.c.kind.is_not(None)))
        found.update({seq: SourceKind(kind) for seq, kind in rows})
    return found


def by_article(db: Connection, articles: Sequence[int]) -> dict[int, Source]:
    """Who published each of the articles (by seq) of which that is known."""
    found: dict[int, Source] = {}
    for some in parts(articles):
        asked = select(article.c.seq.label("_article"), source).join(source, source.c.seq == article.c.source)
        found.update((row._article, of_row(row)) for row in db.execute(asked.where(article.c.seq.in_(some))))
    return found


def find(db: Connection, name: str) -> Source:
    """The source with this id, name, address or feed. Raises :class:`NotFoundError` with what comes near."""
    exact = (source.c.id == name) | (source.c.feed == name) | (source.c.url == name) | (source.c.name == name)
    row = db.execute(select(source).where(exact).order_by(source.c.seq).limit(1)).first()
    if row is None:
        near = (
            db.execute(select(source.c.id).where(source.c.id.contains(name, autoescape=True)).limit(5)).scalars().all()
        )
        raise NotFoundError(
            f"no source {name!r}", do=f"did you mean {', '.join(near)}?" if near else "`marsad sources` lists them"
        )
    return of_row(row)


def enable(db: Connection, id: str, enabled: bool) -> None:  # noqa: A002
    """Follow the source, or follow it no longer. What it gave stays."""
    db.execute(update(source).where(source.c.id == id).values(enabled=enabled))


def followed(db: Connection, *, feeds_only: bool = False, counted: bool = True) -> list[Followed]:
    """The sources in the order in which they came, with what each has given.

    Not ``counted``: without the number of articles (0), for which every article is looked at.
    """
    count = select(article.c.source, func.count().label("n")).group_by(article.c.source).subquery()
    n = func.coalesce(count.c.n, 0) if counted else literal(0)
    asked = (
        select(source, n.label("articles"), *(c.label(f"fetch_{c.name}") for c in fetch.c))
        .outerjoin(fetch, fetch.c.url == source.c.feed)
        .order_by(source.c.seq)
    )
    if counted:
        asked = asked.outerjoin(count, count.c.source == source.c.seq)
    if feeds_only:
        asked = asked.where(source.c.feed.is_not(None), source.c.enabled)
    return [
        Followed(
            source=of_row(row),
            articles=row.articles,
            added=row.added,
            succeeded=row.succeeded,
            renewed=row.renewed,
            fetch=FetchState(**{c.name: getattr(row, f"fetch_{c.name}") for c in fetch.c}) if row.fetch_url else None,
        )
        for row in db.execute(asked)
    ]


def answered(db: Connection, ids: Iterable[str], now: datetime) -> None:
    """The sources have answered now."""
    db.execute(update(source).where(source.c.id.in_(list(ids))).values(succeeded=now))


def renewed(db: Connection, ids: Iterable[str], now: datetime) -> None:
    """The sources have given an article now that was not known."""
    db.execute(update(source).where(source.c.id.in_(list(ids))).values(renewed=now))


def latest(db: Connection) -> dict[str, datetime]:
    """When each source, by id, last had an article that was not known, of those that ever had one."""
    last = func.max(article.c.added)
    asked = select(source.c.id, last).join(article, article.c.source == source.c.seq).group_by(source.c.id)
    return dict(db.execute(asked).all())


def newest(db: Connection, id: str, until: date | None = None) -> int | None:  # noqa: A002
    """The number of the article of a source that came last (published by ``until``); None where there is none."""
    asked = select(article.c.seq).join(source, source.c.seq == article.c.source).where(source.c.id == id)
    if until is not None:
        asked = asked.where(article.c.published <= until)
    latest_first = (article.c.added.desc(), article.c.published.desc(), article.c.seq.desc())
    return db.execute(asked.order_by(*latest_first).limit(1)).scalar()


def days(db: Connection, since: date) -> dict[str, list[date]]:
    """The days since then on which each source, by id, published anything that is kept, the earliest first."""
    found: dict[str, list[date]] = {}
    asked = select(source.c.id, article.c.published).distinct().join(article, article.c.source == source.c.seq)
    asked = asked.where(article.c.published >= since).order_by(source.c.id, article.c.published)
    for name, day in db.execute(asked):
        found.setdefault(name, []).append(day)
    return found
