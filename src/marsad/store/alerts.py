"""What watches have told: each thing once, with the words that it rests on, and who has seen it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from marsad.errors import NotFoundError
from marsad.store import articles, watches
from marsad.store.alerting import alert, because, told, watch
from marsad.store.rows import next_seq, parts, upserting
from marsad.store.schema import article
from marsad.store.where import Page, cursor, cursor_of
from marsad.types import Alert, AlertTrigger, Because, EventType, Name, Span, Status, Voice

_SELECT = select(alert, watch.c.id.label("watch_id")).join(watch, watch.c.seq == alert.c.watch)
#: The fields of a quotation whose columns bear the same name.
_SAME = ("quotation", "language", "event", "title", "source", "url", "published", "speaker", "speaker_actor")


def known(db: Connection, watch: str, keys: Sequence[str]) -> set[str]:
    """Those of ``keys`` that the watch (by id) has told already."""
    seq = watches.number(db, watch)
    digests = {_digest(key): key for key in keys}
    found: set[str] = set()
    for some in parts(list(digests)):
        there = db.execute(select(told.c.key).where(told.c.watch == seq, told.c.key.in_(some))).scalars()
        found.update(digests[one] for one in there)
    return found


def _digest(key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def add(db: Connection, one: Alert, keys: Sequence[str]) -> bool:
    """Keep ``one`` and that its watch has told ``keys``; False, keeping only the keys, where one of them was told.

    What is told once is told once: to ask and to keep is one step, since there is one transaction that writes at a
    time. A quotation of an article that is not in the store (it may just have been forgotten) is left out. Raises
    :class:`NotFoundError` for a watch that there is not.
    """
    seq = watches.number(db, one.watch)
    if seq is None:
        raise NotFoundError(f"no watch {one.watch!r}", do="`marsad watch list` shows them")
    again = bool(known(db, one.watch, keys))
    if rows := [{"watch": seq, "key": key} for key in dict.fromkeys(map(_digest, keys))]:
        db.execute(upserting(db, told).on_conflict_do_nothing(), rows)
    if again or db.execute(select(alert.c.seq).where(alert.c.id == one.id)).first():
        return False
    number = next_seq(db, alert)
    db.execute(insert(alert).values(seq=number, **_values(one, seq)))
    _quote(db, number, one.because)
    return True


def _values(one: Alert, seq: int) -> dict[str, Any]:
    same = ("id", "subject", "stage", "day", "found", "link", "held", "acked", "acked_by")
    said = {"ar": one.said.ar, "en": one.said.en}
    return {"watch": seq, "trigger": one.trigger.value, **said, **{name: getattr(one, name) for name in same}}


def _quote(db: Connection, number: int, some: Sequence[Because]) -> None:
    seqs = articles.seqs(db, list({one.article for one in some}))
    rows = [
        {
            "alert": number, "n": n, "article": seqs[one.article], "start": one.span.start, "stop": one.span.stop,
            **{name: getattr(one, name) for name in _SAME},
            **{name: value and str(value) for name in ("type", "status", "voice") for value in [getattr(one, name)]},
        }
        for n, one in enumerate(some)
        if one.article in seqs
    ]  # fmt: skip
    if rows:
        db.execute(insert(because), rows)


def _of_rows(db: Connection, rows: Sequence[Row[Any]]) -> list[Alert]:
    quoted: dict[int, list[Because]] = {}
    for some in parts([row.seq for row in rows]):
        asked = select(because, article.c.id.label("article_id")).join(article, article.c.seq == because.c.article)
        asked = asked.where(because.c.alert.in_(some)).order_by(because.c.alert, because.c.n)
        for row in db.execute(asked):
            quoted.setdefault(row.alert, []).append(_because(row))
    same = ("id", "subject", "stage", "day", "found", "link", "held", "acked", "acked_by")
    return [
        Alert(
            watch=row.watch_id,
            trigger=AlertTrigger(row.trigger),
            said=Name(row.ar, row.en),
            because=tuple(quoted.get(row.seq, ())),
            **{name: getattr(row, name) for name in same},
        )
        for row in rows
    ]


def _because(row: Row[Any]) -> Because:
    return Because(
        article=row.article_id,
        span=Span(row.start, row.stop),
        type=EventType(row.type) if row.type else None,
        status=Status(row.status) if row.status else None,
        voice=Voice(row.voice) if row.voice else None,
        **{name: getattr(row, name) for name in _SAME},
    )


def listed(
    db: Connection,
    *,
    since: datetime | None = None,
    watch: str | None = None,
    unacked: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page[Alert]:
    """The alerts, the newest first: raised at ``since`` or later, of a watch (by id), seen by nobody yet.

    ``after`` is the cursor of the page before. Raises :class:`FormatError` for one that is none.
    """
    asked = _SELECT
    if since is not None:
        asked = asked.where(alert.c.found >= since)
    if watch is not None:
        asked = asked.where(alert.c.watch == watches.number(db, watch))
    if unacked:
        asked = asked.where(alert.c.acked.is_(None))
    if after:
        # The number alone tells: alerts are numbered as they are raised, also where the clock was put back.
        asked = asked.where(alert.c.seq < cursor(after)[1])
    rows = db.execute(asked.order_by(alert.c.seq.desc()).limit(limit)).all()
    end = cursor_of(rows[-1].found.date(), rows[-1].seq) if len(rows) == limit else None
    return Page(_of_rows(db, rows), end)


def find(db: Connection, written: str) -> Alert:
    """The alert whose id, or its beginning, is ``written``. Raises :class:`NotFoundError`."""
    return by_id(db, [_whole(db, written)])[0]


def by_id(db: Connection, ids: Sequence[str]) -> list[Alert]:
    """Those of the alerts (by whole id) that are there, in the order of ``ids``."""
    found: dict[str, Alert] = {}
    for some in parts(ids):
        rows = db.execute(_SELECT.where(alert.c.id.in_(some))).all()
        found.update((one.id, one) for one in _of_rows(db, rows))
    return [found[id] for id in ids if id in found]  # noqa: A001


def _whole(db: Connection, written: str) -> str:
    def within(low: str, high: str) -> list[str]:
        return list(db.execute(select(alert.c.id).where(alert.c.id.between(low, high)).limit(4)).scalars())

    return articles.whole_id(written, "an alert", within)


def ack(db: Connection, ids: Iterable[str], name: str, now: datetime) -> list[Alert]:
    """Note that ``name`` has seen the alerts (ids or their beginnings); gives them.

    Who saw one first stays. Raises :class:`NotFoundError` where one is not there: then none is noted.
    """
    whole = list(dict.fromkeys([_whole(db, written) for written in ids]))
    for some in parts(whole):
        mine = alert.c.id.in_(some) & alert.c.acked.is_(None)
        db.execute(update(alert).where(mine).values(acked=now, acked_by=name))
    return by_id(db, whole)


def count(db: Connection, *, unacked: bool = True) -> int:
    """How many alerts there are: seen by nobody yet, or all."""
    asked = select(func.count()).select_from(alert)
    return db.execute(asked.where(alert.c.acked.is_(None)) if unacked else asked).scalar_one()


def forget(db: Connection, numbers: Sequence[int]) -> None:
    """Take the quotations of articles (by seq) away. An alert that has none left stays, and says nothing."""
    for some in parts(numbers):
        mine = because.c.article.in_(some)
        resting = list(db.execute(select(because.c.alert).where(mine).distinct()).scalars())
        db.execute(delete(because).where(mine))
        for those in parts(resting):
            left = select(because.c.alert).where(because.c.alert.in_(those))
            empty = alert.c.seq.in_(those) & alert.c.seq.not_in(left)
            db.execute(update(alert).where(empty).values(ar="", en=""))
