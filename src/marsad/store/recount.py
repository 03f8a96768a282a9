"""Are the rungs and the counts of relations those of what is kept? A part of :mod:`marsad.store.health`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, SelectBase, and_, case, exists, func, literal_column, select, type_coerce

from marsad.store.columns import Whole
from marsad.store.rungs import RUNG
from marsad.store.schema import (
    CURRENT,
    SUPERSEDED,
    WITHDRAWN,
    about,
    article,
    coding,
    covered,
    daily,
    dyad,
    event,
    mix,
    occurrence,
    occurrence_dyad,
    reached,
    reached_tally,
    rung,
    source,
    work,
)
from marsad.types import Status

_country = func.coalesce(source.c.country, "")


def check(db: Connection, *, whole: bool = False) -> list[str]:
    """What is wrong, in sentences; ``whole`` counts all again."""
    return _states(db) + _rungs(db, whole) + (_again(db) if whole else _sums(db))


def _count(db: Connection, asked: SelectBase) -> int:
    return db.execute(select(func.count()).select_from(asked.subquery())).scalar_one()


def _states(db: Connection) -> list[str]:
    """Codings whose state is not that of their article and run."""
    right = case((~coding.c.current, SUPERSEDED), (~article.c.current, WITHDRAWN), else_=CURRENT)
    joined = coding.join(article, article.c.seq == coding.c.article)
    n = _count(db, select(coding.c.seq).select_from(joined).where(coding.c.state != right))
    return [f"{n} codings count, or do not, against their article and run"] if n else []


def _rungs(db: Connection, whole: bool) -> list[str]:
    """Codings that have other rungs than are told, or none although nothing waits to make them."""
    found = []
    told = func.coalesce(func.sum(coding.c.rungs), 0)
    held = select(func.count()).select_from(rung.join(coding, coding.c.seq == rung.c.coding))
    if (n := db.execute(select(told)).scalar_one()) != (
        there := db.execute(held.where(coding.c.rungs.is_not(None))).scalar_one()
    ):
        found.append(f"codings have {n} rungs, and {there} are there")
    if whole:
        mine = select(func.count()).where(rung.c.coding == coding.c.seq).scalar_subquery()
        if n := _count(db, select(coding.c.seq).where(coding.c.rungs.is_not(None), coding.c.rungs != mine)):
            found.append(f"{n} codings have other rungs than are there")
    if db.execute(select(about.c.value).where(about.c.key == RUNG)).scalar() is not None:
        waits = exists(select(1).where(work.c.article == coding.c.article))
        left = select(coding.c.seq).where(coding.c.state == CURRENT, coding.c.rungs.is_(None), ~waits)
        if n := _count(db, left):
            found.append(f"{n} codings have no rungs yet, and do not wait for them")
    return found


def _sums(db: Connection) -> list[str]:
    """Whether each table of counts comes to as many as there are of what it counts."""
    cases = {
        "acts by day": (daily, select(occurrence_dyad.c.occurrence)),
        "coded articles by day": (covered, select(coding.c.seq).where(coding.c.state == CURRENT)),
        "rungs by month": (reached_tally, select(reached.c.seq)),
    }
    found = []
    for what, (table, asked) in cases.items():
        held = db.execute(select(func.coalesce(func.sum(table.c.n), 0))).scalar_one()
        if held != (there := _count(db, asked)):
            found.append(f"{held} {what} are counted, and {there} are there")
    return found


def _again(db: Connection) -> list[str]:
    """Whether each table of counts is what a count from nothing gives."""
    found = []
    for what, (table, asked) in _counted().items():
        held = select(*table.c)
        if wrong := _count(db, held.except_(asked)) + _count(db, asked.except_(held)):
            found.append(f"{wrong} counts of {what} are other than what they count")
    return found


def _counted() -> dict[str, tuple[Any, Any]]:
    """Each table of counts with the question that makes it anew."""
    pair = (occurrence_dyad.c.source, occurrence_dyad.c.target, occurrence_dyad.c.day)
    act = (occurrence.c.type, occurrence.c.status)
    acts = select(*pair, *act, func.count()).join_from(
        occurrence_dyad, occurrence, occurrence.c.seq == occurrence_dyad.c.occurrence
    )
    told = (dyad.c.source, dyad.c.target, dyad.c.day)
    published = article.outerjoin(source, source.c.seq == article.c.source)
    counts = and_(dyad.c.event == event.c.seq, event.c.status == Status.ACTUAL.value)
    reports = select(*told, _country, func.count()).select_from(
        published.join(event, event.c.article == article.c.seq).join(dyad, counts)
    )
    read = select(article.c.published, _country, func.count()).select_from(
        published.join(coding, and_(coding.c.article == article.c.seq, coding.c.state == CURRENT))
    )
    month = (type_coerce(reached.c.day, Whole) // literal_column("100", Whole)).label("month")
    kind = [month if name == "month" else reached.c[name] for name in reached_tally.c.keys() if name != "n"]  # noqa: SIM118
    return {
        "acts by day": (daily, acts.group_by(*pair, *act)),
        "reports by day and country": (mix, reports.group_by(*told, _country)),
        "coded articles by day": (covered, read.group_by(article.c.published, _country)),
        "rungs by month": (reached_tally, select(*kind, func.count()).group_by(*kind)),
    }
