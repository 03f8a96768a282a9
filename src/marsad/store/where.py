"""Which events, or which occurrences, are asked for: the question, and how both tables are asked it.

Whatever is asked, the newest day comes first and a page ends in a cursor. The index that finds the fewest rows in that
order drives: the pair of two sides, else one party, else the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    UnaryExpression,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.sql.operators import custom_op

from marsad.errors import FormatError
from marsad.store.columns import NO_DAY, day_number, day_of
from marsad.store.schema import actor, event, occurrence, occurrence_party, party
from marsad.types import EventType, Outcome, Status, Voice

T = TypeVar("T")
#: Counting stops here: what is more is told as "more than".
ENOUGH = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Which events are asked for; what is empty does not restrict.

    ``actors`` (any of them), ``recipients``, ``speakers`` and ``parties`` (actors or recipients) are a side with all
    that stands under it (``RUS``, ``EU``) or an actor with all under it (``RUS.GOV.MFA``); ``country`` is that of a
    party or of the place; ``about`` the id of an event; ``since`` and ``until`` bound the day of the act, both inside;
    ``withdrawn`` asks for the events of replaced articles too.
    """

    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    country: str | None = None
    types: tuple[EventType, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[Status | Outcome, ...] = ()
    voices: tuple[Voice, ...] = ()
    about: str | None = None
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    article: int | None = None
    withdrawn: bool = False

    def pair(self) -> tuple[str, str] | None:
        """The two sides, where the events of one with one other are asked for."""
        if len(self.actors) == len(self.recipients) == 1 and "." not in self.actors[0] + self.recipients[0]:
            return self.actors[0], self.recipients[0]
        return None

    def days(self, day: Any) -> list[ColumnElement[bool]]:
        """That ``day`` lies in the span asked for; what has no day lies in none."""
        conditions: list[ColumnElement[bool]] = []
        if self.since or self.until:
            conditions.append(day >= (self.since or date(1, 1, 2)))
        if self.until:
            conditions.append(day <= self.until)
        return conditions


def without(where: Where, *names: str) -> Where:
    """The same question without some of its fields."""
    return Where(**{name: getattr(where, name) for name in Where.__slots__ if name not in names})


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of what was asked for, and the cursor of the next page; None at the end."""

    items: list[T] = field(default_factory=list)
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that is asked for, and that of its parties, which names its rows as ``key``."""

    table: FromClause
    parties: FromClause
    key: str

    def has(self, db: Connection, names: Sequence[str], roles: Sequence[str]) -> ColumnElement[bool]:
        """That one of ``names`` takes part in one of ``roles``."""
        table = self.parties.alias()  # the question around it may be about the parties itself
        mine = table.c[self.key] == self.table.c.seq
        return exists(select(1).where(mine, table.c.role.in_(roles), is_one(db, names, table, found=True)))


EVENTS = Rows(event, party, "event")
OCCURRENCES = Rows(occurrence, occurrence_party, "occurrence")
#: The fields of :class:`Where` that name parties, with their roles.
ROLES = (("actors", "A"), ("recipients", "R"), ("speakers", "S"))


def is_one(db: Connection, names: Sequence[str], table: FromClause, *, found: bool = False) -> ColumnElement[bool]:
    """That a party (of ``table``) is one of ``names`` or stands under it; ``found``: its row is found by its event.

    SQLite has to be told: unasked, it goes through all the events of a side for each event that it looks at. A plus
    before a column keeps its index out of it.
    """
    plus = custom_op[Any]("+") if found and db.dialect.name == "sqlite" else None
    side, who = (
        column if plus is None else UnaryExpression(column, operator=plus) for column in (table.c.side, table.c.actor)
    )
    sides = [name for name in names if "." not in name]
    chosen: list[ColumnElement[bool]] = [side.in_(sides)] if sides else []
    for name in names:
        if "." in name:
            under = actor.c.id.between(f"{name}.", f"{name}/")  # "/" comes next behind "."
            seqs = db.execute(select(actor.c.seq).where(or_(actor.c.id == name, under))).scalars().all()
            chosen.append(who.in_(seqs))
    return or_(*chosen)


def parties(db: Connection, rows: Rows, where: Where) -> list[ColumnElement[bool]]:
    """What is asked of the parties; an occurrence has no speaker of its own."""
    conditions = [
        rows.has(db, names, [role])
        for name, role in ROLES
        if (names := getattr(where, name)) and not (rows is OCCURRENCES and role == "S")
    ]
    if where.parties:
        conditions.append(rows.has(db, where.parties, ["A", "R"]))
    if where.country:
        conditions.append(or_(rows.table.c.country == where.country, rows.has(db, [where.country], ["A", "R"])))
    return conditions


def plain(rows: Rows, where: Where) -> list[ColumnElement[bool]]:
    """What is asked of the row itself."""
    table = rows.table
    conditions = where.days(table.c.day)
    for column, values in (("type", where.types), ("mode", where.modes), ("status", where.statuses)):
        if values:
            conditions.append(table.c[column].in_([str(value) for value in values]))
    return conditions


def by_who(
    db: Connection, rows: Rows, names: Sequence[str], role: str, where: Where, conditions: Sequence[ColumnElement[bool]]
) -> tuple[Select[Any], Any, Any]:
    """The rows that one party takes part in, found by the party's index, with the columns to sort by."""
    table = rows.parties
    mine = [table.c.role == role, is_one(db, names, table), *where.days(table.c.day)]
    columns = (table.c.day.label("party_day"), table.c[rows.key].label("party_row"))
    # One side may take part twice: two ministers of a state.
    asked = select(rows.table, *columns).distinct().join(table, table.c[rows.key] == rows.table.c.seq)
    asked = asked.where(*mine, *conditions)
    return asked, table.c.day, table.c[rows.key]


def page(
    db: Connection, asked: Select[Any], day: Any, seq: Any, after: str | None, limit: int
) -> tuple[Sequence[Row[Any]], str | None]:
    """At most ``limit`` rows behind the cursor ``after``, and the cursor behind them, where there may be more."""
    if after:
        on, number = cursor(after)
        asked = asked.where(or_(day < on, and_(day == on, seq < number)))
    rows = db.execute(asked.order_by(day.desc(), seq.desc()).limit(limit)).all()
    return rows, (cursor_of(rows[-1].day, rows[-1].seq) if len(rows) == limit else None)


def counted(db: Connection, asked: Select[Any], column: Any) -> int:
    """How many rows are asked for; counting ends at :data:`ENOUGH`."""
    some = asked.with_only_columns(column).limit(ENOUGH).subquery()
    return db.execute(select(func.count()).select_from(some)).scalar() or 0


def cursor_of(day: date | None, seq: int) -> str:
    """The cursor behind a row: its day and number."""
    return f"{day_number(day or NO_DAY)}.{seq}"


def cursor(written: str) -> tuple[date, int]:
    """Day and number of a cursor. Raises :class:`FormatError`."""
    day, _, seq = written.partition(".")
    try:
        return day_of(int(day)), int(seq)
    except (ValueError, OverflowError):
        raise FormatError(f"{written[:40]!r} is no cursor", do="give `after` as the page before gave it") from None
