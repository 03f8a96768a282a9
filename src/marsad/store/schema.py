"""The tables, one schema for both engines. Rows are numbered (``seq``) in the order in which they came.

What a person wrote (``judgement``) and what the machine made (``coding`` and all under it) stand beside each other and
never change each other. All that is made from an article goes with it: foreign keys cascade.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, MetaData, Table, UniqueConstraint, text

from marsad.store.columns import Bytes, Digest, Flag, Moment, Packed, Real, Small, SomeDay, Whole, Words

meta = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _seq() -> Column[Any]:
    # Numbers are given by the writer, of which there is one at a time.
    return Column("seq", Whole, primary_key=True, autoincrement=False)


def _of(
    table: str, name: str | None = None, *, null: bool = False, key: bool = False, gone: str = "CASCADE"
) -> Column[Any]:
    """A reference to a row of ``table``, and what becomes of this row when that one is gone."""
    target = ForeignKey(f"{table}.seq", ondelete=gone)
    return Column(name or table, Whole, target, nullable=null, primary_key=key, autoincrement=False)


def _table(name: str, *parts: Any) -> Table:
    return Table(name, meta, *parts, sqlite_strict=True)


def _keyed(name: str, *parts: Any) -> Table:
    """A table that is read by its primary key alone: SQLite keeps its rows in the key's order."""
    return Table(name, meta, *parts, sqlite_strict=True, sqlite_with_rowid=False)


#: What the store knows of itself: the version of the search index, who made it.
about = _keyed("about", Column("key", Words, primary_key=True), Column("value", Words, nullable=False))

source = _table(
    "source",
    _seq(),
    Column("id", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False, server_default=""),
    Column("country", Words),
    Column("kind", Words),
    Column("owner", Words),
    Column("zone", Words),
    Column("url", Words),
    Column("feed", Words, unique=True),
    Column("enabled", Flag, nullable=False),
    Column("added", Moment, nullable=False),
    # The two clocks: when it last answered, and when it last had an article that was not known.
    Column("succeeded", Moment),
    Column("renewed", Moment),
)

fetch = _keyed(
    "fetch",
    Column("url", Words, primary_key=True),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("fetched", Moment),
    Column("succeeded", Moment),
    Column("after", Moment),
    Column("status", Small),
    Column("failures", Small, nullable=False),
    Column("error", Words),
)

article = _table(
    "article",
    _seq(),
    Column("id", Digest, nullable=False, unique=True),
    # What has one text at a time: the digest of the address. Versions of an article share it.
    Column("place", Digest),
    _of("source", null=True),
    Column("url", Words),
    Column("named", Words),  # the source as the input named it
    Column("author", Words),
    Column("text", Words, nullable=False),
    Column("title_start", Whole),
    Column("title_stop", Whole),
    Column("published", SomeDay, nullable=False),
    Column("published_from", Words),
    Column("fetched", Moment),
    Column("language", Words, nullable=False),
    Column("given", Packed),
    Column("drawn", Flag, nullable=False),
    _of("article", "replaces", null=True, gone="SET NULL"),
    Column("current", Flag, nullable=False),  # no newer version stands at its address
    Column("added", Moment, nullable=False),
    Index(None, "place"),
    Index(None, "published", "seq"),
    Index(None, "source", "published"),
    Index(None, "replaces"),
)

#: The queue: an article that a stage has yet to do. ``tries`` and ``error`` tell of those that failed.
work = _keyed(
    "work",
    Column("stage", Words, primary_key=True),
    _of("article", key=True),
    Column("tries", Small, nullable=False, server_default="0"),
    Column("error", Words),
    Index(None, "article"),
)

run = _table(
    "run",
    _seq(),
    Column("coder", Words, nullable=False),
    Column("knowledge", Words, nullable=False),
    Column("started", Moment, nullable=False),
    UniqueConstraint("coder", "knowledge"),
)

coding = _table(
    "coding",
    _seq(),
    _of("article"),
    _of("run"),
    Column("at", Moment, nullable=False),
    Column("measured", Flag, nullable=False),
    Column("current", Flag, nullable=False),  # no newer run has coded the article
    UniqueConstraint("article", "run"),
    Index(None, "run"),
)

sentence = _keyed(
    "sentence",
    _of("coding", key=True),
    Column("n", Small, primary_key=True, autoincrement=False),
    Column("start", Whole, nullable=False),
    Column("stop", Whole, nullable=False),
)

#: Ids of actors, each written once.
actor = _table("actor", _seq(), Column("id", Words, nullable=False, unique=True))

mention = _keyed(
    "mention",
    _of("coding", key=True),
    Column("n", Small, primary_key=True, autoincrement=False),
    Column("start", Whole, nullable=False),
    Column("stop", Whole, nullable=False),
    Column("kind", Words, nullable=False),
    Column("sector", Words),
    _of("actor", null=True),
    Column("country", Words),
    Column("score", Real, nullable=False),
    Column("more", Packed),  # person, office, former, candidates, why: the fields that few have
    Index(None, "actor", "coding"),
)

#: States of an event: it counts; its article has been replaced; a newer run has coded its article.
CURRENT, WITHDRAWN, SUPERSEDED = 0, 1, 2

event = _table(
    "event",
    _seq(),
    Column("id", Digest, nullable=False),
    _of("coding"),
    _of("article"),
    Column("state", Small, nullable=False),
    Column("sentence", Small, nullable=False),
    Column("start", Whole, nullable=False),
    Column("stop", Whole, nullable=False),
    Column("type", Words, nullable=False),
    Column("mode", Words),
    Column("status", Words, nullable=False),
    Column("voice", Words, nullable=False),
    Column("contexts", Packed),
    Column("place", Small),  # numbers of mentions of the same coding
    Column("items", Packed),
    Column("country", Words),  # of the place
    Column("day", SomeDay, nullable=False),
    Column("precision", Words, nullable=False),
    Column("amounts", Packed),
    Column("about", Digest),
    Column("score", Real, nullable=False),
    Column("evidence", Packed, nullable=False),
    UniqueConstraint("coding", "id"),
    Index(None, "id"),
    Index(None, "article"),
    Index("ix_event_day", "day", "seq", sqlite_where=text("state = 0"), postgresql_where=text("state = 0")),
    Index(
        "ix_event_about", "about", sqlite_where=text("about IS NOT NULL"), postgresql_where=text("about IS NOT NULL")
    ),
)

#: Who takes part: role ``A`` (actor), ``R`` (recipient) or ``S`` (speaker). ``side`` is the state, or the body that
#: stands for itself (``EU``, ``UN``); ``day`` is the event's, so that one index answers.
party = _keyed(
    "party",
    _of("event", key=True),
    Column("role", Words, primary_key=True),
    Column("n", Small, primary_key=True, autoincrement=False),
    Column("mention", Small, nullable=False),
    _of("actor", null=True),
    Column("side", Words),
    Column("day", SomeDay, nullable=False),
    Index(None, "side", "role", "day", "event"),
    Index(None, "actor", "role", "day", "event"),
)

#: The events between two sides that count, each pair of an actor's and a recipient's side once an event.
dyad = _keyed(
    "dyad",
    Column("source", Words, primary_key=True),
    Column("target", Words, primary_key=True),
    Column("day", SomeDay, primary_key=True, autoincrement=False),
    _of("event", key=True),
    Index(None, "event"),
)

#: How many there are of a pair in a month (``yyyymm``, 101 for none): ``what`` is ``report`` (events that count, by
#: status and voice) or ``occurrence`` (acts, by outcome; their voice is empty).
tally = _keyed(
    "tally",
    Column("what", Words, primary_key=True),
    Column("source", Words, primary_key=True),
    Column("target", Words, primary_key=True),
    Column("month", Whole, primary_key=True, autoincrement=False),
    Column("type", Words, primary_key=True),
    Column("status", Words, primary_key=True),
    Column("voice", Words, primary_key=True),
    Column("n", Whole, nullable=False),
)

story = _table(
    "story",
    _seq(),
    Column("id", Digest, nullable=False, unique=True),
    Column("first", SomeDay, nullable=False),
    Column("last", SomeDay, nullable=False),
    Column("articles", Whole, nullable=False),
    Index(None, "last", "seq"),
)

#: Which story an article belongs to.
member = _keyed("member", _of("article", key=True), _of("story"), Index(None, "story"))

#: What is remembered of an article for grouping, and the keys under which it is found.
brief = _table("brief", _of("article", key=True), Column("body", Bytes, nullable=False))
brief_key = _keyed(
    "brief_key",
    Column("key", Whole, primary_key=True, autoincrement=False),
    _of("article", key=True),
    Index(None, "article"),
)

#: Why two articles are one story (``first`` is the smaller seq).
alike = _keyed(
    "alike",
    _of("article", "first", key=True),
    _of("article", "second", key=True),
    Column("score", Real, nullable=False),
    Column("why", Words, nullable=False),
    Index(None, "second"),
)

occurrence = _table(
    "occurrence",
    _seq(),
    Column("id", Digest, nullable=False, unique=True),
    _of("story"),
    Column("type", Words, nullable=False),
    Column("mode", Words),
    Column("status", Words, nullable=False),
    Column("day", SomeDay, nullable=False),
    Column("precision", Words, nullable=False),
    Column("country", Words),
    Column("reports", Whole, nullable=False),
    Index(None, "story"),
    Index(None, "day", "seq"),
)

#: Who takes part in an occurrence, as in ``party``; ``actor`` is NULL where only the state is known.
occurrence_party = _keyed(
    "occurrence_party",
    _of("occurrence", key=True),
    Column("role", Words, primary_key=True),
    Column("n", Small, primary_key=True, autoincrement=False),
    _of("actor", null=True),
    Column("side", Words, nullable=False),
    Column("day", SomeDay, nullable=False),
    Index(None, "side", "role", "day", "occurrence"),
    Index(None, "actor", "role", "day", "occurrence"),
)

#: The occurrences between two sides, as ``dyad`` has the events.
occurrence_dyad = _keyed(
    "occurrence_dyad",
    Column("source", Words, primary_key=True),
    Column("target", Words, primary_key=True),
    Column("day", SomeDay, primary_key=True, autoincrement=False),
    _of("occurrence", key=True),
    Index(None, "occurrence"),
)

#: Which events report an occurrence.
report = _keyed(
    "report",
    _of("occurrence", key=True),
    _of("event", key=True),
    UniqueConstraint("event"),
)

#: Former ids of what has been merged: ``what`` is ``story`` or ``occurrence``.
alias = _keyed(
    "alias",
    Column("what", Words, primary_key=True),
    Column("id", Digest, primary_key=True),
    Column("now", Digest, nullable=False),
    Index(None, "what", "now"),
)

#: What a person holds of something. Kept whatever becomes of the machine's value, but for what is forgotten.
judgement = _table(
    "judgement",
    _seq(),
    Column("what", Words, nullable=False),  # event, article, occurrence, story
    Column("target", Digest, nullable=False),
    _of("article", null=True),  # the article that it is about, so that it is forgotten with it
    Column("field", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "target"),
    Index(None, "article"),
)

#: What was forgotten, without its content: the digest of an article or of its address keeps it from coming back.
forgotten = _keyed(
    "forgotten",
    Column("what", Words, primary_key=True),  # article, place, source
    Column("id", Words, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("name", Words, nullable=False),
    Column("reason", Words, nullable=False, server_default=""),
    Column("articles", Whole, nullable=False),
)
