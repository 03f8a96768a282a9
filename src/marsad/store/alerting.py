"""The tables of what is watched, told and sent, and of who may ask over the network: a part of the one schema."""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint, text

from marsad.store.columns import Bytes, Digest, Flag, Moment, Packed, Small, SomeDay, Whole, Words
from marsad.store.tables import keyed as _keyed
from marsad.store.tables import of as _of
from marsad.store.tables import part as _part
from marsad.store.tables import seq as _seq
from marsad.store.tables import table as _table

#: What is watched; ``body`` is what no column holds. One that was removed stays for its alerts.
watch = _table(
    "watch",
    _seq(),
    Column("id", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("trigger", Words, nullable=False),
    Column("body", Packed, nullable=False),
    Column("muted", Moment),
    Column("created", Moment, nullable=False),
    Column("removed", Moment),
)

#: What a watch last saw, by a key of its own: a label of a law, a day of a source.
remembered = _keyed("remembered", _of("watch", key=True), _part("key", Words), Column("value", Words, nullable=False))

#: What a watch has told: whatever has one of these keys is not told again. Digests of them, since a key may say what
#: an article says, and stays when that is forgotten.
told = _keyed("told", _of("watch", key=True), _part("key", Digest))

alert = _table(
    "alert",
    _seq(),
    Column("id", Digest, nullable=False, unique=True),
    _of("watch"),
    Column("trigger", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("stage", Words),
    Column("day", SomeDay, nullable=False),
    Column("found", Moment, nullable=False),
    Column("ar", Words, nullable=False),  # the sentence; empty where all that it rested on was forgotten
    Column("en", Words, nullable=False),
    Column("link", Words, nullable=False),
    Column("held", Flag, nullable=False),
    Column("acked", Moment),
    Column("acked_by", Words),
    Index(None, "watch"),
    Index(None, "found"),
    Index("ix_alert_unacked", "seq", sqlite_where=text("acked IS NULL"), postgresql_where=text("acked IS NULL")),
)

#: The words that an alert rests on: they go with their article.
because = _keyed(
    "because",
    _of("alert", key=True),
    _part("n", Small),
    _of("article"),
    Column("event", Digest),
    Column("quotation", Words, nullable=False),
    Column("start", Whole, nullable=False),
    Column("stop", Whole, nullable=False),
    Column("language", Words, nullable=False),
    *(Column(name, Words) for name in ("title", "source", "url")),
    Column("published", SomeDay, nullable=False),
    *(Column(name, Words) for name in ("type", "status", "voice", "speaker", "speaker_actor")),
    Index(None, "article"),
)

#: The outbox: alerts of a watch that go to one channel together. ``begun``: its alerts are fixed, it was tried once.
message = _table(
    "message",
    _seq(),
    Column("key", Words, nullable=False, unique=True),
    _of("watch"),
    Column("channel", Words, nullable=False),
    Column("due", Moment, nullable=False),
    Column("state", Words, nullable=False),  # waiting, sent, dead
    Column("begun", Flag, nullable=False),
    Column("tries", Small, nullable=False),
    Column("next", Moment),
    Column("error", Words),
    Index(None, "watch"),
    Index(None, "state", "channel", "due"),
)

message_alert = _keyed(
    "message_alert",
    _of("message", key=True),
    _part("n", Small),
    _of("alert"),
    UniqueConstraint("message", "alert"),
    Index(None, "alert"),
)

#: Each try to send a message.
delivery = _keyed(
    "delivery",
    _of("message", key=True),
    _part("n", Small),
    Column("at", Moment, nullable=False),
    Column("taken", Flag, nullable=False),
    Column("error", Words),
)

#: Who may ask over the network; of the secret only a digest.
api_key = _table(
    "api_key",
    _seq(),
    Column("name", Words, nullable=False),
    Column("digest", Bytes, nullable=False, unique=True),
    Column("scopes", Words, nullable=False),
    Column("rate", Small),  # requests a minute
    Column("added", Moment, nullable=False),
    Column("used", Moment),
    Column("revoked", Moment),
    Index(None, "name"),
)
