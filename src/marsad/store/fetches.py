"""What is remembered of each address between two fetches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from marsad.store.rows import parts
from marsad.store.schema import fetch, source
from marsad.types import FetchState


def states(db: Connection, urls: Sequence[str]) -> dict[str, FetchState]:
    """The states of those of ``urls`` that were fetched before."""
    found: dict[str, FetchState] = {}
    for some in parts(urls):
        for row in db.execute(select(fetch).where(fetch.c.url.in_(some))).mappings():
            found[row["url"]] = FetchState(**row)
    return found


def keep(db: Connection, new: Iterable[FetchState]) -> None:
    """Remember these states in the place of those before."""
    rows = {one.url: {name: getattr(one, name) for name in FetchState.__slots__} for one in new}
    if rows:
        for some in parts(list(rows)):
            db.execute(delete(fetch).where(fetch.c.url.in_(some)))
        db.execute(insert(fetch), list(rows.values()))


def outstanding(db: Connection, tries: int) -> list[FetchState]:
    """The states of the pages that have never been got, and were tried less than ``tries`` times; of no feed.

    A page is remembered so from the moment that a feed leads to it: it is not lost if the feed moves on.
    """
    feeds = select(source.c.feed).where(source.c.feed.is_not(None))
    asked = select(fetch).where(fetch.c.succeeded.is_(None), fetch.c.failures < tries, fetch.c.url.not_in(feeds))
    return [FetchState(**row) for row in db.execute(asked.order_by(fetch.c.url)).mappings()]
