"""Events as reports: each with its article, its source and the occurrence that it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select

from marsad.store import articles as stored
from marsad.store import codings
from marsad.store.rows import parts
from marsad.store.schema import CURRENT, WITHDRAWN, article, coding, dyad, event, occurrence, report, run, source
from marsad.store.sources import of_row
from marsad.store.where import EVENTS, ROLES, Page, Where, by_who, counted, page, parties, plain, without
from marsad.types import Event, Outcome, Report, Source, Status


def of_event(where: Where) -> list[ColumnElement[bool]]:
    """What is asked of an event, and of nothing but events."""
    conditions: list[ColumnElement[bool]] = []
    if where.voices:
        conditions.append(event.c.voice.in_([voice.value for voice in where.voices]))
    if where.about:
        conditions.append(event.c.about == where.about)
    if where.article is not None:
        conditions.append(event.c.article == where.article)
    told: list[ColumnElement[bool]] = []
    if where.languages:
        told.append(article.c.language.in_(where.languages))
    if where.sources:
        told.append(or_(source.c.id.in_(where.sources), source.c.name.in_(where.sources)))
    if told:
        joined = article.outerjoin(source, source.c.seq == article.c.source)
        conditions.append(exists(select(1).select_from(joined).where(article.c.seq == event.c.article, *told)))
    return conditions


def _asked(db: Connection, where: Where) -> tuple[Select[Any], Any, Any]:
    """The events asked for, by whichever index finds the fewest, with the columns of day and number to sort by."""
    conditions = [*plain(EVENTS, without(where, "statuses")), *statuses(where), *of_event(where)]
    if not where.withdrawn and (pair := where.pair()):
        rest = parties(db, EVENTS, without(where, "actors", "recipients"))
        asked = select(event).join(dyad, dyad.c.event == event.c.seq)
        mine = (dyad.c.source == pair[0], dyad.c.target == pair[1], *where.days(dyad.c.day))
        return asked.where(*mine, *conditions, *rest), dyad.c.day, dyad.c.event
    # Written as `state = 0`, for the index of those that count.
    counts = event.c.state.in_((CURRENT, WITHDRAWN)) if where.withdrawn else event.c.state == CURRENT
    for name, role in ROLES:
        if len(names := getattr(where, name)) == 1:
            rest = parties(db, EVENTS, without(where, name))
            return by_who(db, EVENTS, names, role, where, [counts, *conditions, *rest])
    return select(event).where(counts, *conditions, *parties(db, EVENTS, where)), event.c.day, event.c.seq


def statuses(where: Where) -> list[ColumnElement[bool]]:
    """That an event has one of the statuses asked for; a contested one is a report of an act that is contested."""
    if not where.statuses:
        return []
    wanted: list[ColumnElement[bool]] = [event.c.status.in_([str(status) for status in where.statuses])]
    if Outcome.CONTESTED in where.statuses:
        told = select(1).select_from(report.join(occurrence, occurrence.c.seq == report.c.occurrence))
        wanted.append(exists(told.where(report.c.event == event.c.seq, occurrence.c.status == Outcome.CONTESTED.value)))
    return [or_(*wanted)]


def listed(db: Connection, where: Where, *, after: str | None = None, limit: int = 50) -> Page[Report]:
    """The reports asked for, the latest day first, then the latest that came; ``after`` is a page's cursor."""
    rows, more = page(db, *_asked(db, where), after, limit)
    return Page(of_rows(db, rows), more)


def articles_of(db: Connection, where: Where, limit: int) -> list[int]:
    """The articles (by seq) of the latest reports asked for, at most so many reports; each article once."""
    rows, _ = page(db, *_asked(db, where), None, limit)
    return list(dict.fromkeys(row.article for row in rows))


def count(db: Connection, where: Where) -> int:
    """How many reports are asked for; counting ends at :data:`marsad.store.where.ENOUGH`."""
    return counted(db, _asked(db, where)[0], event.c.seq)


def of_rows(db: Connection, rows: Sequence[Any]) -> list[Report]:
    """The reports of rows of the table of events, in their order."""
    texts = stored.by_seq(db, list({row.article for row in rows}))
    said = codings.mentions(db, list({row.coding for row in rows}))
    taking = codings.parties_of(db, [row.seq for row in rows])
    coders = _coders(db, {row.coding for row in rows})
    publishers = _sources(db, list(texts))
    acts = _acts(db, [row.seq for row in rows])
    return [
        Report(
            event=codings.event_of(
                row, texts[row.article], said.get(row.coding, ()), taking.get(row.seq, {}), coders[row.coding]
            ),
            article=texts[row.article],
            source=publishers.get(row.article),
            occurrence=acts.get(row.seq),
            withdrawn=row.state == WITHDRAWN,
        )
        for row in rows
    ]


def _coders(db: Connection, numbers: set[int]) -> dict[int, str]:
    asked = select(coding.c.seq, run.c.coder).join(run, run.c.seq == coding.c.run)
    return dict(db.execute(asked.where(coding.c.seq.in_(numbers))).all())


def _acts(db: Connection, numbers: Sequence[int]) -> dict[int, str]:
    asked = select(report.c.event, occurrence.c.id).join(occurrence, occurrence.c.seq == report.c.occurrence)
    return dict(db.execute(asked.where(report.c.event.in_(numbers))).all())


def _sources(db: Connection, numbers: Sequence[int]) -> dict[int, Source]:
    asked = select(article.c.seq.label("of"), source).join(source, source.c.seq == article.c.source)
    found: dict[int, Source] = {}
    for some in parts(numbers):
        found.update({row.of: of_row(row) for row in db.execute(asked.where(article.c.seq.in_(some)))})
    return found


def of_articles(db: Connection, numbers: Sequence[int]) -> list[Report]:
    """The reports that count of these articles, in the order of the articles' days and of their texts."""
    found: list[Report] = []
    for some in parts(numbers, 1_000):
        rows = db.execute(select(event).where(event.c.article.in_(some), event.c.state == CURRENT)).all()
        found.extend(of_rows(db, rows))
    return sorted(found, key=lambda one: (one.article.published is None, one.article.published, one.event.trigger))


def bearing(db: Connection, numbers: Sequence[int], on: Collection[str]) -> list[Report]:
    """Of these articles the reports that count and are one of the events ``on``, about one, or denials of anything.

    In the order of :func:`of_articles`.
    """
    found: list[Report] = []
    light = select(event.c.seq, event.c.id, event.c.about, event.c.status)
    for some in parts(numbers, 1_000):
        rows = db.execute(light.where(event.c.article.in_(some), event.c.state == CURRENT))
        chosen = [row.seq for row in rows if row.id in on or row.about in on or row.status == Status.DENIED]
        for those in parts(chosen, 1_000):
            found.extend(of_rows(db, db.execute(select(event).where(event.c.seq.in_(those))).all()))
    return sorted(found, key=lambda one: (one.article.published is None, one.article.published, one.event.trigger))


def by_id(db: Connection, ids: Sequence[str]) -> dict[str, Report]:
    """The reports with these whole ids that count."""
    found: dict[str, Report] = {}
    for some in parts(ids, 1_000):
        rows = db.execute(select(event).where(event.c.id.in_(some), event.c.state == CURRENT)).all()
        found.update({one.event.id: one for one in of_rows(db, rows)})
    return found


def find(db: Connection, written: str) -> list[tuple[int, Event, int]]:
    """The events with this id (or its beginning), those that count first: their seqs, themselves, their states.

    Raises :class:`NotFoundError`.
    """

    def within(low: str, high: str) -> Sequence[str]:
        return db.execute(select(event.c.id).distinct().where(event.c.id.between(low, high)).limit(4)).scalars().all()

    whole = stored.whole_id(written, "an event", within)
    rows = db.execute(select(event).where(event.c.id == whole).order_by(event.c.state, event.c.seq.desc())).all()
    return [(row.seq, one.event, row.state) for row, one in zip(rows, of_rows(db, rows), strict=True)]
