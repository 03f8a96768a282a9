"""What stands around an article, an act, a story, a side: asked by the pages that show one thing with all about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from marsad.store import events, occurrences, reached
from marsad.store.columns import NO_DAY
from marsad.store.rows import parts
from marsad.store.schema import CURRENT, coding, event, occurrence, occurrence_party, run, story, tally
from marsad.store.schema import reached as rising
from marsad.store.sides import STATELESS
from marsad.store.tallies import OCCURRENCE, Busy, month_of
from marsad.store.where import OCCURRENCES, Page, Where, by_who, cursor, cursor_of, is_one, plain
from marsad.types import Occurrence, Reached, Report, Run

#: Acts that are looked through for a page at most.
SCANNED = 60_000
#: Reports about one event that are told, the latest.
ABOUT = 50


def coded(db: Connection, article: int) -> tuple[Run, datetime] | None:
    """The newest run that has coded an article (by seq), and when; None where it waits to be coded."""
    asked = select(run, coding.c.at).join(coding, coding.c.run == run.c.seq)
    row = db.execute(asked.where(coding.c.article == article, coding.c.current)).first()
    return (Run(id=row.seq, coder=row.coder, knowledge=row.knowledge, started=row.started), row.at) if row else None


def acts_of(db: Connection, of: str, limit: int) -> list[Occurrence]:
    """The acts that the story with this whole id tells of, the earliest first, at most ``limit``."""
    mine = select(story.c.seq).where(story.c.id == of).scalar_subquery()
    asked = select(occurrence).where(occurrence.c.story == mine).order_by(occurrence.c.day, occurrence.c.seq)
    return occurrences.of_rows(db, db.execute(asked.limit(limit)).all())


def about(db: Connection, ids: Sequence[str]) -> list[Report]:
    """The reports that count and are about one of the events with these ids: its denial, a threat of it."""
    found: list[Any] = []
    for some in parts(ids):
        asked = select(event).where(event.c.about.in_(some), event.c.state == CURRENT)
        found += db.execute(asked.limit(ABOUT)).all()
    return events.of_rows(db, found[:ABOUT])


def rises(db: Connection, of: str) -> list[Reached]:
    """The rungs that are made of the story with this whole id, the earliest first."""
    mine = select(story.c.seq).where(story.c.id == of).scalar_subquery()
    return reached.by_seq(db, list(db.execute(select(rising.c.seq).where(rising.c.story == mine)).scalars()))


def recent(db: Connection, where: Where, *, after: str | None = None, limit: int = 50) -> Page[Occurrence]:
    """The acts asked for, the latest day first, looked for among the next :data:`SCANNED` acts in that order.

    So that what hardly any act is costs no more than what many are: a page may have fewer than ``limit``, or none, and
    still a cursor that goes on further back.
    """
    wanted, day, number = occurrences.asked(db, where)
    every = select(occurrence.c.day, occurrence.c.seq)
    return _paged(db, [(wanted, day, number)], [(every, occurrence.c.day, occurrence.c.seq)], after, limit, SCANNED)


def of_party(db: Connection, who: str, where: Where, *, after: str | None = None, limit: int = 50) -> Page[Occurrence]:
    """The acts that ``who`` takes part in, on either side of them, the latest day first.

    A page is as in :func:`recent`. Of ``where``, days, types, modes and statuses are asked. Each role is found by its
    own index: asked for both at once, a store goes through all its acts.
    """
    wanted, every = [], []
    table = occurrence_party
    for role in ("A", "R"):
        wanted.append(by_who(db, OCCURRENCES, [who], role, where, plain(OCCURRENCES, where)))
        mine = select(table.c.day, table.c.occurrence.label("seq")).where(
            table.c.role == role, is_one(db, [who], table)
        )
        every.append((mine, table.c.day, table.c.occurrence))
    narrow = bool(where.types or where.modes or where.statuses)
    return _paged(db, wanted, every if narrow else [], after, limit, SCANNED // 10)


_Question = tuple[Any, Any, Any]


def _paged(
    db: Connection,
    wanted: Sequence[_Question],
    every: Sequence[_Question],
    after: str | None,
    limit: int,
    scanned: int,
) -> Page[Occurrence]:
    """A page of several questions together, none of which looks further than ``scanned`` rows of ``every``."""
    begin = cursor(after) if after else None
    ends = [end for one in every if (end := _nth(db, one, begin, scanned))]
    last = max(ends, default=None)
    rows: dict[int, Any] = {}
    for asked, day, number in wanted:
        if begin:
            asked = asked.where(day <= begin[0], (day < begin[0]) | ((day == begin[0]) & (number < begin[1])))
        if last:
            asked = asked.where(day >= last[0], (day > last[0]) | ((day == last[0]) & (number >= last[1])))
        found = db.execute(asked.order_by(day.desc(), number.desc()).limit(limit)).all()
        rows.update({row.seq: row for row in found})
    first = sorted(rows.values(), key=lambda row: (row.day or NO_DAY, row.seq), reverse=True)[:limit]
    if len(first) == limit:
        more: str | None = cursor_of(first[-1].day, first[-1].seq)
    else:
        more = cursor_of(*last) if last else None
    return Page(occurrences.of_rows(db, first), more)


def _nth(db: Connection, question: _Question, begin: tuple[date, int] | None, nth: int) -> tuple[date, int] | None:
    """Day and number of the ``nth`` row behind ``begin``, the latest first; None where there are fewer."""
    asked, day, number = question
    if begin:
        asked = asked.where(day <= begin[0], (day < begin[0]) | ((day == begin[0]) & (number < begin[1])))
    row = db.execute(asked.order_by(day.desc(), number.desc()).offset(nth - 1).limit(1)).first()
    return (row.day or NO_DAY, row.seq) if row else None


def partners(db: Connection, side: str, since: date | None = None, limit: int = 12) -> list[Busy]:
    """The other sides with which ``side`` has the most acts from the month of ``since`` on, in either direction.

    ``source`` is ``side`` itself in each. What passes within it is left out, and what belongs to no one state.
    """
    counts: Counter[str] = Counter()
    begins = month_of(since)
    for mine, other in ((tally.c.source, tally.c.target), (tally.c.target, tally.c.source)):
        others = _leaps(tally.c.source) if other is tally.c.source else _leaps(tally.c.target, tally.c.source == side)
        # Each pair is a beginning of the key, and its months a span of it.
        n = select(func.sum(tally.c.n)).where(
            tally.c.what == OCCURRENCE, mine == side, other == others.c.side, tally.c.month >= begins
        )
        n = n.correlate(others)
        for name, acts in db.execute(select(others.c.side, n.scalar_subquery()).where(others.c.side.is_not(None))):
            counts[name] += int(acts or 0)
    for left_out in (side, *STATELESS):
        counts.pop(left_out, None)
    busiest = sorted(((name, n) for name, n in counts.items() if n), key=lambda item: (-item[1], item[0]))[:limit]
    return [Busy(side, name, n) for name, n in busiest]


def _leaps(column: Any, *where: Any) -> Any:
    """Every value of a column of the counts, found by leaps from one to the next, not by going through them all."""
    kind = (tally.c.what == OCCURRENCE, *where)
    leaps = select(func.min(column).label("side")).where(*kind).cte(recursive=True)
    following = select(func.min(column)).where(*kind, column > leaps.c.side).correlate(leaps).scalar_subquery()
    return leaps.union_all(select(following).where(leaps.c.side.is_not(None)))
