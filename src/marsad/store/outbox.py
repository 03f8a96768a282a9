"""What is to be sent: kept with the alerts in one transaction, so that no kill loses a message, and sent at least once.

A try begins in a transaction of its own and ends in another; killed in between, the message is tried again under the
same key and with the same alerts. On a channel one message is in course at a time, in the order in which they are due.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from marsad.errors import NotFoundError
from marsad.store import watches
from marsad.store.alerting import alert, delivery, message, message_alert, watch
from marsad.store.rows import next_seq, parts
from marsad.types import Alert, Delivery, Message, Sent

_SELECT = select(message, watch.c.id.label("watch_id")).join(watch, watch.c.seq == message.c.watch)
_WAITING = message.c.state == Sent.WAITING.value


def put(db: Connection, watch: str, alerts: Sequence[Alert], channel: str, due: datetime) -> None:
    """Have ``alerts``, which are kept, sent to ``channel`` when ``due``.

    They join the message of the same watch (by id) and channel that has not been tried and was still held back when
    they were raised, and are due with it then; else they are a new one. Raises :class:`NotFoundError` for a watch that
    there is not.
    """
    if not alerts:
        return
    seq = watches.number(db, watch)
    if seq is None:
        raise NotFoundError(f"no watch {watch!r}", do="`marsad watch list` shows them")
    raised = max(one.found for one in alerts)
    held = (message.c.watch == seq, message.c.channel == channel, _WAITING, ~message.c.begun, message.c.due > raised)
    number = db.execute(select(message.c.seq).where(*held).order_by(message.c.seq.desc()).limit(1)).scalar()
    if number is None:
        number = next_seq(db, message)
        key = _key(watch, channel, alerts[0].id, str(number))
        new = {"key": key, "watch": seq, "channel": channel, "state": Sent.WAITING.value}
        db.execute(insert(message).values(seq=number, due=due, begun=False, tries=0, **new))
    else:
        # The newest word is that of the watch as it is now: its hours may have been changed.
        db.execute(update(message).where(message.c.seq == number).values(due=due))
    _enclose(db, number, alerts)


def _key(*parts: str) -> str:
    """The key of a message: it depends on what is in it, so that a store from a backup sends under the same keys."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _enclose(db: Connection, number: int, alerts: Sequence[Alert]) -> None:
    ids = list(dict.fromkeys(one.id for one in alerts))
    seqs = dict(db.execute(select(alert.c.id, alert.c.seq).where(alert.c.id.in_(ids))).all())
    within = list(db.execute(select(message_alert.c.alert).where(message_alert.c.message == number)).scalars())
    new = [seqs[id] for id in ids if id in seqs and seqs[id] not in within]  # noqa: A001
    if new:
        first = len(within)
        rows = [{"message": number, "n": first + n, "alert": one} for n, one in enumerate(new)]
        db.execute(insert(message_alert), rows)


def _of_rows(db: Connection, rows: Sequence[Row[Any]]) -> list[Message]:
    enclosed: dict[int, list[str]] = {}
    for some in parts([row.seq for row in rows]):
        asked = select(message_alert.c.message, alert.c.id).join(alert, alert.c.seq == message_alert.c.alert)
        asked = asked.where(message_alert.c.message.in_(some)).order_by(message_alert.c.message, message_alert.c.n)
        for number, id in db.execute(asked):  # noqa: A001
            enclosed.setdefault(number, []).append(id)
    same = ("key", "channel", "due", "tries", "next", "error")
    return [
        Message(
            watch=row.watch_id,
            alerts=tuple(enclosed.get(row.seq, ())),
            state=Sent(row.state),
            **{name: getattr(row, name) for name in same},
        )
        for row in rows
    ]


def _heads(db: Connection) -> list[Row[Any]]:
    """The message of each channel that is next: the one in course, else the one that is due first."""
    channels = db.execute(select(message.c.channel).where(_WAITING).distinct().order_by(message.c.channel)).scalars()
    return [
        row
        for channel in list(channels)
        for row in db.execute(
            _SELECT.where(_WAITING, message.c.channel == channel)
            .order_by((message.c.tries > 0).desc(), message.c.due, message.c.seq)
            .limit(1)
        )
    ]


def _ready(row: Row[Any]) -> datetime:
    """When a message may be tried."""
    ready: datetime = row.next or row.due
    return ready


def due(db: Connection, now: datetime, channels_busy: Collection[str] = ()) -> list[Message]:
    """What may be tried now, at most one message a channel, without those of ``channels_busy``.

    One that failed and waits for its next try keeps those behind it waiting, so that none overtakes it; one that is
    held back by its watch does not.
    """
    rows = [row for row in _heads(db) if row.channel not in channels_busy and _ready(row) <= now]
    return _of_rows(db, sorted(rows, key=lambda row: (row.due, row.seq)))


def next_due(db: Connection) -> datetime | None:
    """When the next try is due (it may be past); None where nothing waits."""
    return min((_ready(row) for row in _heads(db)), default=None)


def begin(db: Connection, key: str, now: datetime) -> Message:
    """Begin to try a message: from now on its alerts do not change. Gives it, this try counted.

    Raises :class:`NotFoundError` where no such message waits: it was sent, given up, or its watch removed.
    """
    mine = (message.c.key == key) & _WAITING
    begun = db.execute(update(message).where(mine).values(begun=True, tries=message.c.tries + 1)).rowcount
    if not begun:
        raise NotFoundError(f"no message {key!r} waits to be sent", do="ask for what is due again")
    return _of_rows(db, db.execute(_SELECT.where(message.c.key == key)).all())[0]


def end(db: Connection, key: str, delivery: Delivery, *, next: datetime | None = None, dead: bool = False) -> None:  # noqa: A002
    """Keep how a try ended: taken, or tried again at ``next`` (None: as soon as may be), or given up (``dead``).

    Of a message that is gone, since its watch was removed meanwhile, nothing is kept; one that was sent stays so.
    """
    row = db.execute(select(message.c.seq, message.c.state).where(message.c.key == key)).first()
    if row is None:
        return
    _note(db, row.seq, delivery)
    if row.state == Sent.SENT.value:
        return
    state = Sent.SENT if delivery.taken else Sent.DEAD if dead else Sent.WAITING
    again = next if state is Sent.WAITING else None
    error = None if delivery.taken else _plain(delivery.error)
    db.execute(update(message).where(message.c.seq == row.seq).values(state=state.value, next=again, error=error))


def _note(db: Connection, number: int, one: Delivery) -> None:
    made = db.execute(select(func.max(delivery.c.n)).where(delivery.c.message == number)).scalar()
    n = 0 if made is None else made + 1
    db.execute(insert(delivery).values(message=number, n=n, at=one.at, taken=one.taken, error=_plain(one.error)))


def _plain(error: str | None) -> str | None:
    """What a peer said, as far as a store holds it."""
    return error and error.replace("\0", "")[:1000]


def dead(db: Connection) -> list[Message]:
    """The messages that were given up, the oldest first."""
    return _of_rows(db, db.execute(_SELECT.where(message.c.state == Sent.DEAD.value).order_by(message.c.seq)).all())


def late(db: Connection, before: datetime) -> list[Message]:
    """The messages that wait though they were due ``before`` then, the oldest first."""
    asked = _SELECT.where(_WAITING, message.c.due < before).order_by(message.c.due, message.c.seq)
    return _of_rows(db, db.execute(asked).all())


def retry(db: Connection, key: str | None = None) -> int:
    """Try again what was given up (the message of ``key``, or all), as if for the first time; gives how many."""
    asked = update(message).where(message.c.state == Sent.DEAD.value)
    if key is not None:
        asked = asked.where(message.c.key == key)
    return db.execute(asked.values(state=Sent.WAITING.value, tries=0, next=None)).rowcount


def deliveries(db: Connection, key: str) -> list[Delivery]:
    """The tries of a message that came to an end, the first first."""
    asked = select(delivery, message.c.channel).join(message, message.c.seq == delivery.c.message)
    rows = db.execute(asked.where(message.c.key == key).order_by(delivery.c.n))
    return [Delivery(key=key, channel=row.channel, at=row.at, taken=row.taken, error=row.error) for row in rows]


def hold(db: Connection, key: str, until: datetime) -> None:
    """Hold back a message that waits until then: its watch is asleep, or has just sent another."""
    mine = (message.c.key == key) & _WAITING
    begun = db.execute(select(message.c.begun).where(mine)).scalar()
    db.execute(update(message).where(mine).values(**{"next" if begun else "due": until}))


def last_sent(db: Connection, watch: str, channel: str) -> datetime | None:
    """When a message of the watch (by id) was last taken on a channel; None where none was."""
    of = delivery.join(message, message.c.seq == delivery.c.message)
    mine = (message.c.watch == watches.number(db, watch), message.c.channel == channel, delivery.c.taken)
    return db.execute(select(func.max(delivery.c.at)).select_from(of).where(*mine)).scalar()
