"""What is watched, told and sent, and who may ask over the network; codings are counted by run from an index alone."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# As they stand in this version, whatever becomes of marsad.store.columns.
Whole = Digest = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Small = Day = sa.Integer()
# Sorted by code points, whatever the language of the server.
Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Moment = Packed = sa.Text()
Flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")
Bytes = sa.LargeBinary()


def upgrade() -> None:
    """Make the tables; there is nothing to fill them with."""
    op.create_index("ix_coding_run_current", "coding", ["run", "current"], unique=False)
    op.drop_index("ix_coding_run", "coding")
    _watches()
    _alerts()
    _outbox()
    _keys()


def _column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, autoincrement=False, nullable=null)


def _of(table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([other], [f"{other}.seq"], name=f"fk_{table}_{other}", ondelete="CASCADE")


def _table(name: str, *parts: Any) -> None:
    op.create_table(
        name, _column("seq", Whole), *parts, sa.PrimaryKeyConstraint("seq", name=f"pk_{name}"), sqlite_strict=True
    )


def _keyed(name: str, key: list[str], *parts: Any) -> None:
    op.create_table(
        name,
        *parts,
        sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _watches() -> None:
    _table(
        "watch",
        *(_column(name, Words) for name in ("id", "name", "trigger")),
        _column("body", Packed),
        _column("muted", Moment, null=True),
        _column("created", Moment),
        _column("removed", Moment, null=True),
        sa.UniqueConstraint("id", name="uq_watch_id"),
    )
    _keyed(
        "remembered",
        ["watch", "key"],
        _column("watch", Whole),
        _column("key", Words),
        _column("value", Words),
        _of("remembered", "watch"),
    )
    _keyed("told", ["watch", "key"], _column("watch", Whole), _column("key", Digest), _of("told", "watch"))


def _alerts() -> None:
    _table(
        "alert",
        _column("id", Digest),
        _column("watch", Whole),
        _column("trigger", Words),
        _column("subject", Words),
        _column("stage", Words, null=True),
        _column("day", Day),
        _column("found", Moment),
        *(_column(name, Words) for name in ("ar", "en", "link")),
        _column("held", Flag),
        _column("acked", Moment, null=True),
        _column("acked_by", Words, null=True),
        sa.UniqueConstraint("id", name="uq_alert_id"),
        _of("alert", "watch"),
    )
    op.create_index("ix_alert_watch", "alert", ["watch"], unique=False)
    op.create_index("ix_alert_found", "alert", ["found"], unique=False)
    open_ = sa.text("acked IS NULL")
    op.create_index("ix_alert_unacked", "alert", ["seq"], unique=False, sqlite_where=open_, postgresql_where=open_)
    _keyed(
        "because",
        ["alert", "n"],
        _column("alert", Whole),
        _column("n", Small),
        _column("article", Whole),
        _column("event", Digest, null=True),
        _column("quotation", Words),
        _column("start", Whole),
        _column("stop", Whole),
        _column("language", Words),
        *(_column(name, Words, null=True) for name in ("title", "source", "url")),
        _column("published", Day),
        *(_column(name, Words, null=True) for name in ("type", "status", "voice", "speaker", "speaker_actor")),
        _of("because", "alert"),
        _of("because", "article"),
    )
    op.create_index("ix_because_article", "because", ["article"], unique=False)


def _outbox() -> None:
    _table(
        "message",
        _column("key", Words),
        _column("watch", Whole),
        _column("channel", Words),
        _column("due", Moment),
        _column("state", Words),
        _column("begun", Flag),
        _column("tries", Small),
        _column("next", Moment, null=True),
        _column("error", Words, null=True),
        sa.UniqueConstraint("key", name="uq_message_key"),
        _of("message", "watch"),
    )
    op.create_index("ix_message_watch", "message", ["watch"], unique=False)
    op.create_index("ix_message_state_channel_due", "message", ["state", "channel", "due"], unique=False)
    _keyed(
        "message_alert",
        ["message", "n"],
        _column("message", Whole),
        _column("n", Small),
        _column("alert", Whole),
        sa.UniqueConstraint("message", "alert", name="uq_message_alert_message_alert"),
        _of("message_alert", "message"),
        _of("message_alert", "alert"),
    )
    op.create_index("ix_message_alert_alert", "message_alert", ["alert"], unique=False)
    _keyed(
        "delivery",
        ["message", "n"],
        _column("message", Whole),
        _column("n", Small),
        _column("at", Moment),
        _column("taken", Flag),
        _column("error", Words, null=True),
        _of("delivery", "message"),
    )


def _keys() -> None:
    _table(
        "api_key",
        _column("name", Words),
        _column("digest", Bytes),
        _column("scopes", Words),
        _column("rate", Small, null=True),
        _column("added", Moment),
        _column("used", Moment, null=True),
        _column("revoked", Moment, null=True),
        sa.UniqueConstraint("digest", name="uq_api_key_digest"),
    )
    op.create_index("ix_api_key_name", "api_key", ["name"], unique=False)
