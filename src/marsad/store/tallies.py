"""How many reports and occurrences each pair of sides has in a month, how many acts in a day, how many reports of the
papers of a country: kept as they come and go, so that the question costs the same in a store of a thousand events and
of ten million. Read by the day in :mod:`marsad.store.days`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, delete, func, literal, select

from marsad.store.columns import NO_DAY, day_number
from marsad.store.rows import upserting
from marsad.store.schema import daily, mix, tally
from marsad.types import Status

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


class DayKey(NamedTuple):
    """Acts that are counted apart; ``status`` is their outcome."""

    source: str
    target: str
    day: date | None
    type: str
    status: str


class MixKey(NamedTuple):
    """ACTUAL reports that are counted apart; ``country`` is that of their source, empty where it is not known."""

    source: str
    target: str
    day: date | None
    country: str


def month_of(day: date | None) -> int:
    """The month ``yyyymm`` of a day, 101 for none."""
    return day_number(day or NO_DAY) // 100


def bump(db: Connection, table: Table, by: Mapping[Any, int]) -> None:
    """Add to each count ``n`` of ``table``, or take from it; what comes to nothing is gone.

    The keys are named tuples with the columns of the table's primary key.
    """
    rows = [{**key._asdict(), "n": n} for key, n in by.items() if n]
    if not rows:
        return
    fields = [column.name for column in table.primary_key]
    made = upserting(db, table)
    db.execute(made.on_conflict_do_update(index_elements=fields, set_={"n": table.c.n + made.excluded.n}), rows)
    if any(row["n"] < 0 for row in rows):
        same = [table.c[field] == bindparam(f"_{field}") for field in fields]
        less = [{f"_{field}": row[field] for field in fields} for row in rows if row["n"] < 0]
        db.execute(delete(table).where(*same, table.c.n <= 0), less)


class Reports:
    """Reports that come or go, counted: by month and kind, and the ACTUAL ones by day and country of their source."""

    def __init__(self, sign: int) -> None:
        self.sign = sign
        self.by: Counter[Key] = Counter()
        self.mix: Counter[MixKey] = Counter()

    def count(self, pair: tuple[str, str], day: date | None, kind: tuple[str, str, str], country: str | None) -> None:
        """One report of ``kind`` (type, status, voice)."""
        self.by[Key(REPORT, *pair, month_of(day), *kind)] += self.sign
        if kind[1] == Status.ACTUAL.value:
            self.mix[MixKey(*pair, day, country or "")] += self.sign

    def write(self, db: Connection) -> None:
        """Change what is kept."""
        bump(db, tally, self.by)
        bump(db, mix, self.mix)


class Acts:
    """Acts that come or go, counted by month and by day."""

    def __init__(self, sign: int) -> None:
        self.sign = sign
        self.by: Counter[Key] = Counter()
        self.daily: Counter[DayKey] = Counter()

    def count(self, pair: tuple[str, str], day: date | None, kind: tuple[str, str]) -> None:
        """One act of ``kind`` (type, outcome)."""
        self.by[Key(OCCURRENCE, *pair, month_of(day), *kind, "")] += self.sign
        self.daily[DayKey(*pair, day, *kind)] += self.sign

    def write(self, db: Connection) -> None:
        """Change what is kept."""
        bump(db, tally, self.by)
        bump(db, daily, self.daily)


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


def last_month(db: Connection, source: str, target: str, until: date, *, what: str = REPORT) -> int | None:
    """The latest month (``yyyymm``) up to that of a day in which an ordered pair has any; None for none with a day."""
    asked = select(func.max(tally.c.month)).where(
        tally.c.what == what, tally.c.source == source, tally.c.target == target, tally.c.month <= month_of(until)
    )
    found = db.execute(asked).scalar()
    return None if found in (None, month_of(None)) else int(found)


class Busy(NamedTuple):
    """An ordered pair of sides, and how many acts there are between them."""

    source: str
    target: str
    n: int


def pairs(db: Connection, since: date | None = None, limit: int = 100) -> list[Busy]:
    """The pairs with the most acts from the month of ``since`` on, of whatever outcome, the busiest first."""
    total = func.sum(tally.c.n)
    asked = (
        select(tally.c.source, tally.c.target, total)
        .where(tally.c.what == OCCURRENCE, tally.c.month >= month_of(since))
        .group_by(tally.c.source, tally.c.target)
        .order_by(total.desc(), tally.c.source, tally.c.target)
        .limit(limit)
    )
    return [Busy(source, target, int(n)) for source, target, n in db.execute(asked)]
