"""Rungs of the ladders, and the counts that relations between sides are made of.

The counts are filled here. The rungs of what is coded already are made when it is grouped, for which all of it waits.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# As they stand in this version, whatever becomes of marsad.store.columns.
Whole = Digest = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Small = Day = sa.Integer()
# Sorted by code points, whatever the language of the server.
Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Packed = sa.Text()
Flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, fill what can be counted, and have everything grouped again."""
    op.add_column("coding", sa.Column("state", Small, server_default="0", nullable=False))
    op.add_column("coding", sa.Column("rungs", Small, nullable=True))
    _rungs()
    _counts()
    _fill()


def _column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, autoincrement=False, nullable=null)


def _rungs() -> None:
    op.create_table(
        "rung",
        _column("coding", Whole),
        _column("n", Small),
        _column("id", Digest),
        _column("ladder", Words),
        _column("level", Small),
        _column("turn", Words),
        _column("near", Words, null=True),
        _column("counterpart", Words, null=True),
        _column("sanctioner", Words, null=True),
        _column("event", Digest, null=True),
        _column("day", Day),
        _column("body", Packed),
        sa.ForeignKeyConstraint(["coding"], ["coding.seq"], name="fk_rung_coding", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("coding", "n", name="pk_rung"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rung_id", "rung", ["id"], unique=False)
    pair = ["ladder", "sanctioner", "one", "other"]
    op.create_table(
        "reached",
        _column("seq", Whole),
        _column("id", Digest),
        _column("story", Whole),
        *(_column(name, Words) for name in pair),
        _column("level", Small),
        _column("effective", Small),
        _column("confirmed", Flag),
        _column("turn", Words),
        _column("high", Small),
        _column("day", Day),
        _column("body", Packed),
        sa.ForeignKeyConstraint(["story"], ["story.seq"], name="fk_reached_story", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_reached"),
        sqlite_strict=True,
    )
    op.create_index("ix_reached_id", "reached", ["id"], unique=False)
    op.create_index("ix_reached_story", "reached", ["story"], unique=False)
    level = [*pair, "level", "effective", "confirmed", "turn", "day", "id"]
    op.create_index("ix_reached_level", "reached", level, unique=False)
    high = sa.text("high = 1")
    op.create_index(
        "ix_reached_high", "reached", [*pair, "day", "id"], unique=False, sqlite_where=high, postgresql_where=high
    )


def _counts() -> None:
    kinds: dict[str, Any] = {"month": Whole, "day": Day, "level": Small, "effective": Small, "confirmed": Flag}
    tables = {
        "reached_tally": (
            "ladder", "sanctioner", "one", "other", "month", "level", "effective", "confirmed", "turn",
        ),
        "daily": ("source", "target", "day", "type", "status"),
        "mix": ("source", "target", "day", "country"),
        "covered": ("day", "country"),
    }  # fmt: skip
    for table, names in tables.items():
        op.create_table(
            table,
            *(_column(name, kinds.get(name, Words)) for name in names),
            sa.Column("n", Whole, nullable=False),
            sa.PrimaryKeyConstraint(*names, name=f"pk_{table}"),
            sqlite_strict=True,
            sqlite_with_rowid=False,
        )


def _fill() -> None:
    op.execute(
        'UPDATE coding SET state = CASE WHEN NOT "current" THEN 2'
        ' WHEN NOT (SELECT article."current" FROM article WHERE article.seq = coding.article) THEN 1 ELSE 0 END'
    )
    op.execute(
        "INSERT INTO daily (source, target, day, type, status, n)"
        " SELECT pair.source, pair.target, pair.day, act.type, act.status, count(*)"
        " FROM occurrence_dyad AS pair JOIN occurrence AS act ON act.seq = pair.occurrence"
        " GROUP BY pair.source, pair.target, pair.day, act.type, act.status"
    )
    op.execute(
        "INSERT INTO mix (source, target, day, country, n)"
        " SELECT pair.source, pair.target, pair.day, coalesce(source.country, ''), count(*)"
        " FROM dyad AS pair JOIN event ON event.seq = pair.event JOIN article ON article.seq = event.article"
        " LEFT JOIN source ON source.seq = article.source WHERE event.status = 'ACTUAL'"
        " GROUP BY pair.source, pair.target, pair.day, coalesce(source.country, '')"
    )
    op.execute(
        "INSERT INTO covered (day, country, n)"
        " SELECT article.published, coalesce(source.country, ''), count(*)"
        " FROM coding JOIN article ON article.seq = coding.article"
        " LEFT JOIN source ON source.seq = article.source WHERE coding.state = 0"
        " GROUP BY article.published, coalesce(source.country, '')"
    )
    op.execute(
        "INSERT INTO work (stage, article, tries)"
        " SELECT 'grouped', coding.article, 0 FROM coding WHERE coding.state = 0 AND NOT EXISTS"
        " (SELECT 1 FROM work WHERE work.stage = 'grouped' AND work.article = coding.article)"
    )
