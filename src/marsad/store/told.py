"""What was newly printed in a time about two sides: whose words stood there, and what was denied.

The day of an article counts here, not that of the act: a denial of last year's contract is this week's news. Found by
the parties' index of sides, so the day of the act bounds what is looked at (:data:`LAG`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from marsad.store.events import of_rows
from marsad.store.rows import parts
from marsad.store.schema import CURRENT, article, event, occurrence, party, report
from marsad.store.where import is_one
from marsad.types import Report, Status, Voice

#: Days before and after the time asked about that an act told of in it may lie.
LAG = timedelta(92)


def said(
    db: Connection,
    speakers: Sequence[str],
    both: tuple[str, str],
    since: date,
    until: date,
    *,
    beside: Sequence[str] = (),
    limit: int = 50,
) -> list[Report]:
    """What was said, in quotation or retold, by one of ``speakers`` in articles of a time that are about ``both``.

    About both is an article in which each of them takes part in something, or one ``beside`` (by id). Who tells of an
    act of his own is its actor. The latest article first, at most ``limit``.
    """
    told = [event.c.voice.in_([Voice.VERBATIM.value, Voice.PARAPHRASE.value])]
    return _printed(db, speakers, ("S", "A"), both, since, until, told, beside, limit)


def denied(
    db: Connection,
    both: tuple[str, str],
    since: date,
    until: date,
    *,
    beside: Sequence[str] = (),
    limit: int = 50,
) -> list[Report]:
    """What was denied of one of ``both`` in articles of a time that are about both; the latest article first."""
    told = [event.c.status == Status.DENIED.value]
    return _printed(db, both, ("A", "R", "S"), both, since, until, told, beside, limit)


def of_acts(db: Connection, acts: Sequence[str]) -> dict[str, list[str]]:
    """The ids of the events that report each of these acts (by whole id), the earliest first."""
    found: dict[str, list[str]] = {}
    for some in parts(acts):
        asked = (
            select(occurrence.c.id, event.c.id)
            .join(report, report.c.occurrence == occurrence.c.seq)
            .join(event, event.c.seq == report.c.event)
            .join(article, article.c.seq == event.c.article)
            .where(occurrence.c.id.in_(some))
            .order_by(article.c.published, article.c.id, event.c.start)
        )
        for act, id in db.execute(asked):  # noqa: A001 (the field's word)
            found.setdefault(act, []).append(id)
    return found


def _printed(
    db: Connection,
    sides: Sequence[str],
    roles: Sequence[str],
    both: tuple[str, str],
    since: date,
    until: date,
    told: Sequence[ColumnElement[bool]],
    beside: Sequence[str],
    limit: int,
) -> list[Report]:
    """The events of one of ``sides`` that are asked for, by the day of their article."""
    mine = [
        party.c.role.in_(roles),
        is_one(db, sides, party),
        party.c.day.between(since - LAG, until + LAG),
        event.c.state == CURRENT,
        article.c.published.between(since, until),
        *told,
        or_(_about(db, both), article.c.id.in_(beside)) if beside else _about(db, both),
    ]
    of = party.join(event, event.c.seq == party.c.event).join(article, article.c.seq == event.c.article)
    asked: Any = select(event.c.seq, article.c.published).distinct().select_from(of).where(*mine)
    asked = asked.order_by(article.c.published.desc(), event.c.seq.desc()).limit(limit)
    numbers = [number for number, _ in db.execute(asked)]
    rows = {row.seq: row for row in db.execute(select(event).where(event.c.seq.in_(numbers)))}
    return of_rows(db, [rows[number] for number in numbers])


def _about(db: Connection, both: tuple[str, str]) -> ColumnElement[bool]:
    """That each of two sides takes part in something that the article tells."""
    conditions = []
    for side in both:
        other, taking = event.alias(), party.alias()
        joined = other.join(taking, taking.c.event == other.c.seq)
        here = (other.c.article == article.c.seq, other.c.state == CURRENT, is_one(db, (side,), taking, found=True))
        conditions.append(exists(select(1).select_from(joined).where(*here)))
    return conditions[0] & conditions[1]
