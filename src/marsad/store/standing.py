"""Which events count: those of the current version of an article, made by the newest run.

The others stay, marked as withdrawn (the article was replaced) or superseded (a newer run has coded it), and leave the
pairs and their counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from marsad.store import work
from marsad.store.rows import parts
from marsad.store.schema import CURRENT, SUPERSEDED, WITHDRAWN, article, brief, coding, dyad, event, party
from marsad.store.tallies import REPORT, Key, change, month_of


def withdraw(db: Connection, articles: Sequence[int]) -> None:
    """The articles have been replaced: their events count no longer, and are kept as withdrawn."""
    for some in parts(articles):
        _uncount(db, event.c.article.in_(some))
        db.execute(update(event).where(event.c.article.in_(some), event.c.state == CURRENT).values(state=WITHDRAWN))
    regroup(db, articles)


def restore(db: Connection, articles: Sequence[int]) -> None:
    """The articles stand at their addresses again: the events of their newest codings count."""
    for some in parts(articles):
        mine = event.c.article.in_(some) & (event.c.state == WITHDRAWN)
        newest = select(coding.c.seq).where(coding.c.article.in_(some), coding.c.current)
        back = list(db.execute(select(event.c.seq).where(mine, event.c.coding.in_(newest))).scalars())
        for piece in parts(back):
            db.execute(update(event).where(event.c.seq.in_(piece)).values(state=CURRENT))
            count(db, piece)
        # While it was replaced, grouping forgot it: that it is coded tells that it is to be grouped again.
        work.put(db, "grouped", list(db.execute(newest.with_only_columns(coding.c.article)).scalars()))


def supersede(db: Connection, articles: Sequence[int]) -> None:
    """A newer run is about to code the articles: what former ones found counts no longer, and is kept."""
    for some in parts(articles):
        _uncount(db, event.c.article.in_(some))
        db.execute(update(event).where(event.c.article.in_(some)).values(state=SUPERSEDED))
        db.execute(update(coding).where(coding.c.article.in_(some)).values(current=False))


def regroup(db: Connection, articles: Sequence[int]) -> None:
    """Those of the articles that stand in stories are to be grouped anew."""
    for some in parts(articles):
        known = list(db.execute(select(brief.c.article).where(brief.c.article.in_(some))).scalars())
        if known:
            work.put(db, "grouped", known)


def of_article(db: Connection, seq: int) -> int:
    """The state of what is coded now of an article: it counts, or the article has been replaced."""
    current = db.execute(select(article.c.current).where(article.c.seq == seq)).scalar()
    return CURRENT if current else WITHDRAWN


def count(db: Connection, events: Sequence[int]) -> None:
    """Put the events (by seq) among the pairs of their parties' sides."""
    source, target = party.alias("source"), party.alias("target")
    asked = (
        select(source.c.side, target.c.side, event.c.day, event.c.seq, event.c.type, event.c.status, event.c.voice)
        .select_from(event)
        .join(source, (source.c.event == event.c.seq) & (source.c.role == "A") & source.c.side.is_not(None))
        .join(target, (target.c.event == event.c.seq) & (target.c.role == "R") & target.c.side.is_not(None))
        .where(event.c.seq.in_(events))
        .distinct()
    )
    by: Counter[Key] = Counter()
    rows = []
    for one, other, day, seq, type_, status, voice in db.execute(asked):
        rows.append({"source": one, "target": other, "day": day, "event": seq})
        by[Key(REPORT, one, other, month_of(day), type_, status, voice)] += 1
    if rows:
        db.execute(insert(dyad), rows)
        change(db, by)


def _uncount(db: Connection, which: ColumnElement[bool]) -> None:
    """Take those events that count out of the pairs."""
    asked = (
        select(dyad.c.source, dyad.c.target, dyad.c.day, event.c.type, event.c.status, event.c.voice)
        .join(event, event.c.seq == dyad.c.event)
        .where(which)
    )
    by: Counter[Key] = Counter()
    for source, target, day, type_, status, voice in db.execute(asked):
        by[Key(REPORT, source, target, month_of(day), type_, status, voice)] -= 1
    if by:
        db.execute(delete(dyad).where(dyad.c.event.in_(select(event.c.seq).where(which))))
        change(db, by)
