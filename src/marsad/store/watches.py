"""What is watched, and what each watch last saw."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import MISSING, fields, replace
from datetime import datetime
from typing import Any, get_type_hints

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from marsad.errors import FormatError, NotFoundError
from marsad.store import work
from marsad.store.alerting import message, remembered, watch
from marsad.store.rows import next_seq, upserting
from marsad.types import AlertTrigger, Outcome, Query, Sent, Status, Watch

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
#: What columns hold, and ``body`` does not.
_COLUMNS = ("id", "name", "trigger", "muted", "created")
_STATUSES = frozenset(Status)


def _reader(kind: type, name: str, without: Collection[str], **other: Any) -> type[Any]:
    """What reads the fields of ``kind`` out of JSON, all at once; ``other`` fields are of another type than there."""
    hints = {**get_type_hints(kind), **other}
    given = {one.name: one.default for one in fields(kind) if one.default is not MISSING}
    kept = [one for one in hints if one not in without]
    made = [(one, hints[one], given[one]) if one in given and one not in other else (one, hints[one]) for one in kept]
    return msgspec.defstruct(name, made, kw_only=True)


# A status is of one of two kinds, which is too much for the reader: it is read as a word.
_Body = _reader(Watch, "_Body", _COLUMNS, query=_reader(Query, "_Query", (), statuses=tuple[str, ...]))
_KEPT = tuple(one.name for one in fields(Watch) if one.name not in (*_COLUMNS, "query"))
_ASKED = tuple(one.name for one in fields(Query) if one.name != "statuses")


def put(db: Connection, one: Watch, now: datetime) -> Watch:
    """Add ``one``, or change the watch of this id to it; gives it as it is kept.

    Only when it was first added is not changed. What it last saw is forgotten where its question is another; what it
    has told it does not tell again. Raises :class:`FormatError` for an id of anything but small letters, digits and
    hyphens.
    """
    if not _ID.fullmatch(one.id):
        raise FormatError(f"{one.id[:100]!r} is no id of a watch", do="give small letters, digits and hyphens")
    row = db.execute(select(watch).where(watch.c.id == one.id)).first()
    known = None if row is None or row.removed else of_row(row)
    kept = replace(one, created=known.created if known else now)
    seq = row.seq if row else next_seq(db, watch)
    values = {**_values(kept), "removed": None}
    if row is None:
        db.execute(insert(watch).values(seq=seq, **values))
        return kept
    db.execute(update(watch).where(watch.c.seq == seq).values(**values))
    if known is None or (known.trigger, known.query) != (one.trigger, one.query):
        db.execute(delete(remembered).where(remembered.c.watch == seq))
    return kept


def _values(one: Watch) -> dict[str, Any]:
    body = {name: value for name, value in msgspec.to_builtins(one).items() if name not in _COLUMNS}
    return {"id": one.id, "name": one.name, "trigger": one.trigger.value, "body": body, "muted": one.muted,
            "created": one.created}  # fmt: skip


def of_row(row: Row[Any]) -> Watch:
    """The watch of a row of its table."""
    body = msgspec.convert(row.body, _Body)
    asked = body.query
    statuses = tuple(Status(one) if one in _STATUSES else Outcome(one) for one in asked.statuses)
    query = Query(statuses=statuses, **{name: getattr(asked, name) for name in _ASKED})
    return Watch(
        id=row.id,
        name=row.name,
        trigger=AlertTrigger(row.trigger),
        query=query,
        muted=row.muted,
        created=row.created,
        **{name: getattr(body, name) for name in _KEPT},
    )


def listed(db: Connection) -> list[Watch]:
    """The watches in the order of their ids."""
    return [of_row(row) for row in db.execute(select(watch).where(watch.c.removed.is_(None)).order_by(watch.c.id))]


def find(db: Connection, id: str) -> Watch:  # noqa: A002 (the field's word)
    """The watch of this id. Raises :class:`NotFoundError`."""
    return of_row(_row(db, id))


def _row(db: Connection, id: str) -> Row[Any]:  # noqa: A002
    row = db.execute(select(watch).where(watch.c.id == id, watch.c.removed.is_(None))).first()
    if row is None:
        raise NotFoundError(f"no watch {id[:100]!r}", do="`marsad watch list` shows them")
    return row


def number(db: Connection, id: str) -> int | None:  # noqa: A002
    """The seq of a watch, also of one that was removed; None where there never was one."""
    return db.execute(select(watch.c.seq).where(watch.c.id == id)).scalar()


def mute(db: Connection, id: str, until: datetime | None) -> Watch:  # noqa: A002
    """Have a watch send nothing until then; None: let it send again. Raises :class:`NotFoundError`."""
    seq = _row(db, id).seq
    db.execute(update(watch).where(watch.c.seq == seq).values(muted=until))
    return find(db, id)


def remove(db: Connection, id: str, now: datetime) -> None:  # noqa: A002
    """Watch this no longer, and send nothing more of it. Its alerts stay. Raises :class:`NotFoundError`."""
    seq = _row(db, id).seq
    db.execute(update(watch).where(watch.c.seq == seq).values(removed=now))
    db.execute(delete(remembered).where(remembered.c.watch == seq))
    db.execute(delete(message).where(message.c.watch == seq, message.c.state != Sent.SENT.value))
    if not work.is_watched(db):
        work.clear(db, work.WATCHED)


def recall(db: Connection, id: str, key: str) -> str | None:  # noqa: A002
    """What the watch last remembered under ``key``; None where it has not."""
    asked = select(remembered.c.value).join(watch, watch.c.seq == remembered.c.watch)
    return db.execute(asked.where(watch.c.id == id, remembered.c.key == key)).scalar()


def remember(db: Connection, id: str, key: str, value: str) -> None:  # noqa: A002
    """Have the watch remember ``value`` under ``key``. Raises :class:`NotFoundError`."""
    new = upserting(db, remembered).values(watch=_row(db, id).seq, key=key, value=value)
    db.execute(new.on_conflict_do_update(index_elements=["watch", "key"], set_={"value": value}))
