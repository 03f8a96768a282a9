"""How many reports and occurrences each pair of sides has in a month: kept as they come and go, so that the question
costs the same in a store of a thousand events and of ten million.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, literal, select

from marsad.store.columns import NO_DAY, day_number
from marsad.store.rows import upserting
from marsad.store.schema import tally

REPORT, OCCURRENCE = "report", "occurrence"


class Key(NamedTuple):
    """What is counted apart. ``month`` is ``yyyymm``; ``voice`` is empty for an occurrence."""

    what: str
    source: str
    target: str
    month: int
    type: str
    status: str
    voice: str


def month_of(day: date | None) -> int:
    """The month ``yyyymm`` of a day, 101 for none."""
    return day_number(day or NO_DAY) // 100


def change(db: Connection, by: Counter[Key]) -> None:
    """Add to each count, or take from it; what comes to nothing is gone."""
    rows = [{**key._asdict(), "n": n} for key, n in by.items() if n]
    if not rows:
        return
    made = upserting(db, tally)
    db.execute(
        made.on_conflict_do_update(index_elements=list(Key._fields), set_={"n": tally.c.n + made.excluded.n}), rows
    )
    if any(row["n"] < 0 for row in rows):
        same = [tally.c[field] == bindparam(f"_{field}") for field in Key._fields]
        less = [{f"_{field}": row[field] for field in Key._fields} for row in rows if row["n"] < 0]
        db.execute(delete(tally).where(*same, tally.c.n <= 0), less)


class Month(NamedTuple):
    """How many of one kind a pair has in a month; ``month`` is ``yyyymm``, None for those without a day.

    What was not told apart is empty.
    """

    month: int | None
    type: str
    status: str
    voice: str
    n: int


#: What may be told apart.
KINDS = ("type", "status", "voice")


def months(
    db: Connection,
    source: str,
    target: str,
    *,
    what: str = REPORT,
    by: Sequence[str] = KINDS,
    since: date | None = None,
    until: date | None = None,
) -> list[Month]:
    """The counts of an ordered pair of sides by month, the earliest first, told apart ``by`` some of :data:`KINDS`."""
    columns = [tally.c[kind] if kind in by else literal("").label(kind) for kind in KINDS]
    told = [tally.c.month, *(tally.c[kind] for kind in KINDS if kind in by)]
    asked = (
        select(tally.c.month, *columns, func.sum(tally.c.n))
        .where(tally.c.what == what, tally.c.source == source, tally.c.target == target)
        .where(tally.c.month.between(month_of(since), month_of(until or date.max)))
        .group_by(*told)
        .order_by(*told)
    )
    none = month_of(None)
    rows: Iterator[Any] = iter(db.execute(asked))
    return [Month(None if row[0] == none else row[0], row[1], row[2], row[3], int(row[4])) for row in rows]
