"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "0001"
down_revision = None

# As they stand in this version, whatever becomes of marsad.store.columns.
Whole = Digest = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Small = sa.Integer()
Real: sa.types.TypeEngine[float] = sa.Double().with_variant(sqlite.REAL(), "sqlite")
# Sorted by code points, whatever the language of the server: ids are asked for between two others.
Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Moment = Packed = sa.Text()
Flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")
Day = sa.Integer()
Bytes = sa.LargeBinary()


def upgrade() -> None:
    """Make every table, and the index of words beside them."""
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        # Its own tokens, set apart by spaces: the tokenizer `ascii` takes every other letter as part of a word.
        op.execute("CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii')")
    else:
        op.execute(
            "CREATE TABLE search (rowid BIGINT PRIMARY KEY REFERENCES article (seq) ON DELETE CASCADE,"
            " words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_words ON search USING gin (words)")


def _tables() -> None:
    op.create_table(
        "about",
        sa.Column("key", Words, nullable=False),
        sa.Column("value", Words, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_about"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "actor",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("id", Words, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_actor"),
        sa.UniqueConstraint("id", name="uq_actor_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "alias",
        sa.Column("what", Words, nullable=False),
        sa.Column("id", Digest, nullable=False),
        sa.Column("now", Digest, nullable=False),
        sa.PrimaryKeyConstraint("what", "id", name="pk_alias"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alias_what_now", "alias", ["what", "now"], unique=False)
    op.create_table(
        "fetch",
        sa.Column("url", Words, nullable=False),
        sa.Column("etag", Words, nullable=True),
        sa.Column("last_modified", Words, nullable=True),
        sa.Column("fetched", Moment, nullable=True),
        sa.Column("succeeded", Moment, nullable=True),
        sa.Column("after", Moment, nullable=True),
        sa.Column("status", Small, nullable=True),
        sa.Column("failures", Small, nullable=False),
        sa.Column("error", Words, nullable=True),
        sa.PrimaryKeyConstraint("url", name="pk_fetch"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "forgotten",
        sa.Column("what", Words, nullable=False),
        sa.Column("id", Words, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("name", Words, nullable=False),
        sa.Column("reason", Words, server_default="", nullable=False),
        sa.Column("articles", Whole, nullable=False),
        sa.PrimaryKeyConstraint("what", "id", name="pk_forgotten"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "run",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("coder", Words, nullable=False),
        sa.Column("knowledge", Words, nullable=False),
        sa.Column("started", Moment, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_run"),
        sa.UniqueConstraint("coder", "knowledge", name="uq_run_coder_knowledge"),
        sqlite_strict=True,
    )
    op.create_table(
        "source",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("id", Words, nullable=False),
        sa.Column("name", Words, server_default="", nullable=False),
        sa.Column("country", Words, nullable=True),
        sa.Column("kind", Words, nullable=True),
        sa.Column("owner", Words, nullable=True),
        sa.Column("zone", Words, nullable=True),
        sa.Column("url", Words, nullable=True),
        sa.Column("feed", Words, nullable=True),
        sa.Column("enabled", Flag, nullable=False),
        sa.Column("added", Moment, nullable=False),
        sa.Column("succeeded", Moment, nullable=True),
        sa.Column("renewed", Moment, nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_source"),
        sa.UniqueConstraint("feed", name="uq_source_feed"),
        sa.UniqueConstraint("id", name="uq_source_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "story",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("id", Digest, nullable=False),
        sa.Column("first", Day, nullable=False),
        sa.Column("last", Day, nullable=False),
        sa.Column("articles", Whole, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_story"),
        sa.UniqueConstraint("id", name="uq_story_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_story_last_seq", "story", ["last", "seq"], unique=False)
    op.create_table(
        "tally",
        sa.Column("what", Words, nullable=False),
        sa.Column("source", Words, nullable=False),
        sa.Column("target", Words, nullable=False),
        sa.Column("month", Whole, autoincrement=False, nullable=False),
        sa.Column("type", Words, nullable=False),
        sa.Column("status", Words, nullable=False),
        sa.Column("voice", Words, nullable=False),
        sa.Column("n", Whole, nullable=False),
        sa.PrimaryKeyConstraint("what", "source", "target", "month", "type", "status", "voice", name="pk_tally"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "article",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("id", Digest, nullable=False),
        sa.Column("place", Digest, nullable=True),
        sa.Column("source", Whole, autoincrement=False, nullable=True),
        sa.Column("url", Words, nullable=True),
        sa.Column("named", Words, nullable=True),
        sa.Column("author", Words, nullable=True),
        sa.Column("text", Words, nullable=False),
        sa.Column("title_start", Whole, nullable=True),
        sa.Column("title_stop", Whole, nullable=True),
        sa.Column("published", Day, nullable=False),
        sa.Column("published_from", Words, nullable=True),
        sa.Column("fetched", Moment, nullable=True),
        sa.Column("language", Words, nullable=False),
        sa.Column("given", Packed, nullable=True),
        sa.Column("drawn", Flag, nullable=False),
        sa.Column("replaces", Whole, autoincrement=False, nullable=True),
        sa.Column("current", Flag, nullable=False),
        sa.Column("added", Moment, nullable=False),
        sa.ForeignKeyConstraint(["replaces"], ["article.seq"], name="fk_article_replaces", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["source"], ["source.seq"], name="fk_article_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_article"),
        sa.UniqueConstraint("id", name="uq_article_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_article_place", "article", ["place"], unique=False)
    op.create_index("ix_article_published_seq", "article", ["published", "seq"], unique=False)
    op.create_index("ix_article_replaces", "article", ["replaces"], unique=False)
    op.create_index("ix_article_source_published", "article", ["source", "published"], unique=False)
    op.create_table(
        "occurrence",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("id", Digest, nullable=False),
        sa.Column("story", Whole, autoincrement=False, nullable=False),
        sa.Column("type", Words, nullable=False),
        sa.Column("mode", Words, nullable=True),
        sa.Column("status", Words, nullable=False),
        sa.Column("day", Day, nullable=False),
        sa.Column("precision", Words, nullable=False),
        sa.Column("country", Words, nullable=True),
        sa.Column("reports", Whole, nullable=False),
        sa.ForeignKeyConstraint(["story"], ["story.seq"], name="fk_occurrence_story", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_occurrence"),
        sa.UniqueConstraint("id", name="uq_occurrence_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_occurrence_day_seq", "occurrence", ["day", "seq"], unique=False)
    op.create_index("ix_occurrence_story", "occurrence", ["story"], unique=False)
    op.create_table(
        "alike",
        sa.Column("first", Whole, autoincrement=False, nullable=False),
        sa.Column("second", Whole, autoincrement=False, nullable=False),
        sa.Column("score", Real, nullable=False),
        sa.Column("why", Words, nullable=False),
        sa.ForeignKeyConstraint(["first"], ["article.seq"], name="fk_alike_first", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second"], ["article.seq"], name="fk_alike_second", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("first", "second", name="pk_alike"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alike_second", "alike", ["second"], unique=False)
    op.create_table(
        "brief",
        sa.Column("article", Whole, autoincrement=False, nullable=False),
        sa.Column("body", Bytes, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.seq"], name="fk_brief_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name="pk_brief"),
        sqlite_strict=True,
    )
    op.create_table(
        "brief_key",
        sa.Column("key", Whole, autoincrement=False, nullable=False),
        sa.Column("article", Whole, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.seq"], name="fk_brief_key_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "article", name="pk_brief_key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_brief_key_article", "brief_key", ["article"], unique=False)
    op.create_table(
        "coding",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("article", Whole, autoincrement=False, nullable=False),
        sa.Column("run", Whole, autoincrement=False, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("measured", Flag, nullable=False),
        sa.Column("current", Flag, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.seq"], name="fk_coding_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run"], ["run.seq"], name="fk_coding_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_coding"),
        sa.UniqueConstraint("article", "run", name="uq_coding_article_run"),
        sqlite_strict=True,
    )
    op.create_index("ix_coding_run", "coding", ["run"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("what", Words, nullable=False),
        sa.Column("target", Digest, nullable=False),
        sa.Column("article", Whole, autoincrement=False, nullable=True),
        sa.Column("field", Words, nullable=False),
        sa.Column("value", Words, nullable=False),
        sa.Column("name", Words, nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.seq"], name="fk_judgement_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_judgement"),
        sqlite_strict=True,
    )
    op.create_index("ix_judgement_article", "judgement", ["article"], unique=False)
    op.create_index("ix_judgement_target", "judgement", ["target"], unique=False)
    op.create_table(
        "member",
        sa.Column("article", Whole, autoincrement=False, nullable=False),
        sa.Column("story", Whole, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.seq"], name="fk_member_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story"], ["story.seq"], name="fk_member_story", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name="pk_member"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_member_story", "member", ["story"], unique=False)
    op.create_table(
        "occurrence_dyad",
        sa.Column("source", Words, nullable=False),
        sa.Column("target", Words, nullable=False),
        sa.Column("day", Day, autoincrement=False, nullable=False),
        sa.Column("occurrence", Whole, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["occurrence"], ["occurrence.seq"], name="fk_occurrence_dyad_occurrence", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source", "target", "day", "occurrence", name="pk_occurrence_dyad"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_occurrence_dyad_occurrence", "occurrence_dyad", ["occurrence"], unique=False)
    op.create_table(
        "occurrence_party",
        sa.Column("occurrence", Whole, autoincrement=False, nullable=False),
        sa.Column("role", Words, nullable=False),
        sa.Column("n", Small, autoincrement=False, nullable=False),
        sa.Column("actor", Whole, autoincrement=False, nullable=True),
        sa.Column("side", Words, nullable=False),
        sa.Column("day", Day, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.seq"], name="fk_occurrence_party_actor", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["occurrence"], ["occurrence.seq"], name="fk_occurrence_party_occurrence", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("occurrence", "role", "n", name="pk_occurrence_party"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_occurrence_party_actor_role_day_occurrence",
        "occurrence_party",
        ["actor", "role", "day", "occurrence"],
        unique=False,
    )
    op.create_index(
        "ix_occurrence_party_side_role_day_occurrence",
        "occurrence_party",
        ["side", "role", "day", "occurrence"],
        unique=False,
    )
    op.create_table(
        "work",
        sa.Column("stage", Words, nullable=False),
        sa.Column("article", Whole, autoincrement=False, nullable=False),
        sa.Column("tries", Small, server_default="0", nullable=False),
        sa.Column("error", Words, nullable=True),
        sa.ForeignKeyConstraint(["article"], ["article.seq"], name="fk_work_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("stage", "article", name="pk_work"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_work_article", "work", ["article"], unique=False)
    op.create_table(
        "event",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("id", Digest, nullable=False),
        sa.Column("coding", Whole, autoincrement=False, nullable=False),
        sa.Column("article", Whole, autoincrement=False, nullable=False),
        sa.Column("state", Small, nullable=False),
        sa.Column("sentence", Small, nullable=False),
        sa.Column("start", Whole, nullable=False),
        sa.Column("stop", Whole, nullable=False),
        sa.Column("type", Words, nullable=False),
        sa.Column("mode", Words, nullable=True),
        sa.Column("status", Words, nullable=False),
        sa.Column("voice", Words, nullable=False),
        sa.Column("contexts", Packed, nullable=True),
        sa.Column("place", Small, nullable=True),
        sa.Column("items", Packed, nullable=True),
        sa.Column("country", Words, nullable=True),
        sa.Column("day", Day, nullable=False),
        sa.Column("precision", Words, nullable=False),
        sa.Column("amounts", Packed, nullable=True),
        sa.Column("about", Digest, nullable=True),
        sa.Column("score", Real, nullable=False),
        sa.Column("evidence", Packed, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.seq"], name="fk_event_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["coding"], ["coding.seq"], name="fk_event_coding", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_event"),
        sa.UniqueConstraint("coding", "id", name="uq_event_coding_id"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_event_about",
        "event",
        ["about"],
        unique=False,
        sqlite_where=sa.text("about IS NOT NULL"),
        postgresql_where=sa.text("about IS NOT NULL"),
    )
    op.create_index("ix_event_article", "event", ["article"], unique=False)
    op.create_index(
        "ix_event_day",
        "event",
        ["day", "seq"],
        unique=False,
        sqlite_where=sa.text("state = 0"),
        postgresql_where=sa.text("state = 0"),
    )
    op.create_index("ix_event_id", "event", ["id"], unique=False)
    op.create_table(
        "mention",
        sa.Column("coding", Whole, autoincrement=False, nullable=False),
        sa.Column("n", Small, autoincrement=False, nullable=False),
        sa.Column("start", Whole, nullable=False),
        sa.Column("stop", Whole, nullable=False),
        sa.Column("kind", Words, nullable=False),
        sa.Column("sector", Words, nullable=True),
        sa.Column("actor", Whole, autoincrement=False, nullable=True),
        sa.Column("country", Words, nullable=True),
        sa.Column("score", Real, nullable=False),
        sa.Column("more", Packed, nullable=True),
        sa.ForeignKeyConstraint(["actor"], ["actor.seq"], name="fk_mention_actor", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["coding"], ["coding.seq"], name="fk_mention_coding", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("coding", "n", name="pk_mention"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mention_actor_coding", "mention", ["actor", "coding"], unique=False)
    op.create_table(
        "sentence",
        sa.Column("coding", Whole, autoincrement=False, nullable=False),
        sa.Column("n", Small, autoincrement=False, nullable=False),
        sa.Column("start", Whole, nullable=False),
        sa.Column("stop", Whole, nullable=False),
        sa.ForeignKeyConstraint(["coding"], ["coding.seq"], name="fk_sentence_coding", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("coding", "n", name="pk_sentence"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dyad",
        sa.Column("source", Words, nullable=False),
        sa.Column("target", Words, nullable=False),
        sa.Column("day", Day, autoincrement=False, nullable=False),
        sa.Column("event", Whole, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.seq"], name="fk_dyad_event", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source", "target", "day", "event", name="pk_dyad"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_dyad_event", "dyad", ["event"], unique=False)
    op.create_table(
        "party",
        sa.Column("event", Whole, autoincrement=False, nullable=False),
        sa.Column("role", Words, nullable=False),
        sa.Column("n", Small, autoincrement=False, nullable=False),
        sa.Column("mention", Small, nullable=False),
        sa.Column("actor", Whole, autoincrement=False, nullable=True),
        sa.Column("side", Words, nullable=True),
        sa.Column("day", Day, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.seq"], name="fk_party_actor", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event"], ["event.seq"], name="fk_party_event", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "role", "n", name="pk_party"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_party_actor_role_day_event", "party", ["actor", "role", "day", "event"], unique=False)
    op.create_index("ix_party_side_role_day_event", "party", ["side", "role", "day", "event"], unique=False)
    op.create_table(
        "report",
        sa.Column("occurrence", Whole, autoincrement=False, nullable=False),
        sa.Column("event", Whole, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.seq"], name="fk_report_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["occurrence"], ["occurrence.seq"], name="fk_report_occurrence", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("occurrence", "event", name="pk_report"),
        sa.UniqueConstraint("event", name="uq_report_event"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
