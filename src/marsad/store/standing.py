"""Which events and codings count: those of the current version of an article, made by the newest run.

The others stay, marked as withdrawn (the article was replaced) or superseded (a newer run has coded it), and leave the
pairs, their counts, and what is told to be read.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from marsad.store import coverage, work
from marsad.store.rows import parts
from marsad.store.schema import CURRENT, SUPERSEDED, WITHDRAWN, article, brief, coding, dyad, event, party, source
from marsad.store.tallies import Reports


def withdraw(db: Connection, articles: Sequence[int]) -> None:
    """The articles have been replaced: their events count no longer, and are kept as withdrawn."""
    for some in parts(articles):
        _uncount(db, event.c.article.in_(some))
        db.execute(update(event).where(event.c.article.in_(some), event.c.state == CURRENT).values(state=WITHDRAWN))
        counts = coding.c.article.in_(some) & (coding.c.state == CURRENT)
        coverage.count(db, counts, -1)
        db.execute(update(coding).where(counts).values(state=WITHDRAWN))
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
        again = coding.c.article.in_(some) & coding.c.current & (coding.c.state == WITHDRAWN)
        coverage.count(db, again, 1)
        db.execute(update(coding).where(again).values(state=CURRENT))
        # While it was replaced, grouping forgot it: that it is coded tells that it is to be grouped again.
        work.put(db, "grouped", list(db.execute(newest.with_only_columns(coding.c.article)).scalars()))


def supersede(db: Connection, articles: Sequence[int]) -> None:
    """A newer run is about to code the articles: what former ones found counts no longer, and is kept."""
    for some in parts(articles):
        _uncount(db, event.c.article.in_(some))
        db.execute(update(event).where(event.c.article.in_(some)).values(state=SUPERSEDED))
        coverage.count(db, coding.c.article.in_(some) & (coding.c.state == CURRENT), -1)
        db.execute(update(coding).where(coding.c.article.in_(some)).values(current=False, state=SUPERSEDED))


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
    doer, done_to = party.alias("doer"), party.alias("done_to")
    kind = (event.c.type, event.c.status, event.c.voice)
    asked = (
        select(doer.c.side, done_to.c.side, event.c.day, event.c.seq, *kind, source.c.country)
        .select_from(event)
        .join(doer, (doer.c.event == event.c.seq) & (doer.c.role == "A") & doer.c.side.is_not(None))
        .join(done_to, (done_to.c.event == event.c.seq) & (done_to.c.role == "R") & done_to.c.side.is_not(None))
        .join(article, article.c.seq == event.c.article)
        .outerjoin(source, source.c.seq == article.c.source)
        .where(event.c.seq.in_(events))
        .distinct()
    )
    by, rows = Reports(1), []
    for one, other, day, seq, type_, status, voice, country in db.execute(asked):
        rows.append({"source": one, "target": other, "day": day, "event": seq})
        by.count((one, other), day, (type_, status, voice), country)
    if rows:
        db.execute(insert(dyad), rows)
        by.write(db)


def _uncount(db: Connection, which: ColumnElement[bool]) -> None:
    """Take those events that count out of the pairs."""
    kind = (event.c.type, event.c.status, event.c.voice)
    asked = (
        select(dyad.c.source, dyad.c.target, dyad.c.day, *kind, source.c.country)
        .join(event, event.c.seq == dyad.c.event)
        .join(article, article.c.seq == event.c.article)
        .outerjoin(source, source.c.seq == article.c.source)
        .where(which)
    )
    by = Reports(-1)
    for one, other, day, type_, status, voice, country in db.execute(asked):
        by.count((one, other), day, (type_, status, voice), country)
    if by.by:
        db.execute(delete(dyad).where(dyad.c.event.in_(select(event.c.seq).where(which))))
        by.write(db)
