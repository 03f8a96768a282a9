"""Occurrences, each one act with all its reports; found by the same questions as events (:mod:`marsad.store.where`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, distinct, exists, func, select

from marsad.store.events import of_event
from marsad.store.rows import parts
from marsad.store.schema import (
    actor,
    article,
    event,
    occurrence,
    occurrence_dyad,
    occurrence_party,
    report,
    story,
)
from marsad.store.where import EVENTS, OCCURRENCES, ROLES, Page, Where, by_who, counted, page, parties, plain, without
from marsad.types import EventType, Occurrence, Outcome, Precision


def asked(db: Connection, where: Where) -> tuple[Select[Any], Any, Any]:
    """The occurrences asked for, by whichever index finds the fewest, with the columns of day and number to sort by."""
    conditions = plain(OCCURRENCES, where)
    inner = of_event(where)
    if where.speakers:
        inner.append(EVENTS.has(db, where.speakers, ["S"]))
    if inner:
        reported = select(1).select_from(report.join(event, event.c.seq == report.c.event))
        conditions.append(exists(reported.where(report.c.occurrence == occurrence.c.seq, *inner)))
    if pair := where.pair():
        rest = parties(db, OCCURRENCES, without(where, "actors", "recipients"))
        mine = (occurrence_dyad.c.source == pair[0], occurrence_dyad.c.target == pair[1])
        asked = select(occurrence).join(occurrence_dyad, occurrence_dyad.c.occurrence == occurrence.c.seq)
        asked = asked.where(*mine, *where.days(occurrence_dyad.c.day), *conditions, *rest)
        return asked, occurrence_dyad.c.day, occurrence_dyad.c.occurrence
    for name, role in ROLES[:2]:
        if len(names := getattr(where, name)) == 1:
            rest = parties(db, OCCURRENCES, without(where, name))
            return by_who(db, OCCURRENCES, names, role, where, [*conditions, *rest])
    return select(occurrence).where(*conditions, *parties(db, OCCURRENCES, where)), occurrence.c.day, occurrence.c.seq


def listed(db: Connection, where: Where, *, after: str | None = None, limit: int = 50) -> Page[Occurrence]:
    """The acts asked for, the latest day first; ``after`` is a page's cursor. ``withdrawn`` events are in none."""
    rows, more = page(db, *asked(db, where), after, limit)
    return Page(of_rows(db, rows), more)


def count(db: Connection, where: Where) -> int:
    """How many acts are asked for; counting ends at :data:`marsad.store.where.ENOUGH`."""
    return counted(db, asked(db, where)[0], occurrence.c.seq)


def of_rows(db: Connection, rows: Sequence[Any]) -> list[Occurrence]:
    """The occurrences of rows of their table, in their order."""
    numbers = [row.seq for row in rows]
    ids = select(story.c.seq, story.c.id).where(story.c.seq.in_({row.story for row in rows}))
    stories = dict(db.execute(ids).all())
    told = _reports(db, numbers)
    who = _who(db, numbers)
    return [
        Occurrence(
            id=row.id,
            story=stories[row.story],
            type=EventType(row.type),
            mode=row.mode,
            status=Outcome(row.status),
            actors=tuple(who.get((row.seq, "A"), ())),
            recipients=tuple(who.get((row.seq, "R"), ())),
            day=row.day,
            precision=Precision(row.precision),
            country=row.country,
            reports=tuple(told.get(row.seq, ())),
        )
        for row in rows
    ]


def _reports(db: Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    """The ids of the events that report each occurrence, the earliest first."""
    asked = (
        select(report.c.occurrence, event.c.id)
        .join(event, event.c.seq == report.c.event)
        .join(article, article.c.seq == event.c.article)
        .where(report.c.occurrence.in_(numbers))
        .order_by(report.c.occurrence, article.c.published, article.c.id, event.c.start)
    )
    told: dict[int, list[str]] = {}
    for number, id in db.execute(asked):  # noqa: A001
        told.setdefault(number, []).append(id)
    return told


def _who(db: Connection, numbers: Sequence[int]) -> dict[tuple[int, str], list[str]]:
    """The parties of each occurrence by role: ids of actors, else sides."""
    asked = (
        select(occurrence_party, actor.c.id.label("actor_id"))
        .outerjoin(actor, actor.c.seq == occurrence_party.c.actor)
        .where(occurrence_party.c.occurrence.in_(numbers))
        .order_by(occurrence_party.c.occurrence, occurrence_party.c.role, occurrence_party.c.n)
    )
    found: dict[tuple[int, str], list[str]] = {}
    for row in db.execute(asked):
        found.setdefault((row.occurrence, row.role), []).append(row.actor_id or row.side)
    return found


@dataclass(frozen=True, slots=True)
class Spread:
    """How widely an act is told: by how many events, of how many articles, in how many sources.

    An article without a source stands for one of its own.
    """

    reports: int
    articles: int
    sources: int


def spread(db: Connection, ids: Sequence[str]) -> dict[str, Spread]:
    """How widely each of the acts with these ids is told."""
    found: dict[str, Spread] = {}
    for some in parts(ids):
        asked = (
            select(
                occurrence.c.id,
                occurrence.c.reports,
                func.count(distinct(article.c.seq)),
                func.count(distinct(func.coalesce(article.c.source, -article.c.seq))),
            )
            .join(report, report.c.occurrence == occurrence.c.seq)
            .join(event, event.c.seq == report.c.event)
            .join(article, article.c.seq == event.c.article)
            .where(occurrence.c.id.in_(some))
            .group_by(occurrence.c.seq, occurrence.c.id, occurrence.c.reports)
        )
        found.update({id: Spread(*counts) for id, *counts in db.execute(asked)})  # noqa: A001
    return found


def of_stories(db: Connection, ids: Sequence[str]) -> list[Occurrence]:
    """The acts of the stories with these ids, those of one story together, in the order in which they were made."""
    found: list[Occurrence] = []
    for some in parts(ids):
        asked = select(occurrence).join(story, story.c.seq == occurrence.c.story).where(story.c.id.in_(some))
        found.extend(of_rows(db, db.execute(asked.order_by(occurrence.c.seq)).all()))
    return found


def by_id(db: Connection, ids: Sequence[str]) -> list[Occurrence]:
    """The acts with these whole ids, in the order in which they were made."""
    found: list[Occurrence] = []
    for some in parts(ids):
        asked = select(occurrence).where(occurrence.c.id.in_(some)).order_by(occurrence.c.seq)
        found.extend(of_rows(db, db.execute(asked).all()))
    return found
