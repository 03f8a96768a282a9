"""The tables, one schema for both engines. Rows are numbered (``seq``) in the order in which they came.

What a person wrote (``judgement``) and what the machine made (``coding`` and all under it) stand beside each other and
never change each other. All that is made from an article goes with it: foreign keys cascade.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint, text

from marsad.store import alerting as alerting
from marsad.store.columns import Bytes, Digest, Flag, Moment, Packed, Real, Small, SomeDay, Whole, Words
from marsad.store.tables import keyed as _keyed
from marsad.store.tables import meta as meta
from marsad.store.tables import of as _of
from marsad.store.tables import part as _part
from marsad.store.tables import parts as _parts
from marsad.store.tables import seq as _seq
from marsad.store.tables import table as _table

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
    Column("state", Small, nullable=False, server_default="0"),  # as that of an event
    Column("rungs", Small),  # how many it gives; NULL where the rules of the ladders have not been asked yet
    UniqueConstraint("article", "run"),
    Index(None, "run", "current"),
)

sentence = _keyed(
    "sentence",
    _of("coding", key=True),
    _part("n", Small),
    Column("start", Whole, nullable=False),
    Column("stop", Whole, nullable=False),
)

#: Ids of actors, each written once.
actor = _table("actor", _seq(), Column("id", Words, nullable=False, unique=True))

mention = _keyed(
    "mention",
    _of("coding", key=True),
    _part("n", Small),
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

#: The rungs of the ladders that a coding gives; ``body`` is what no column holds.
rung = _keyed(
    "rung",
    _of("coding", key=True),
    _part("n", Small),
    Column("id", Digest, nullable=False),
    Column("ladder", Words, nullable=False),
    Column("level", Small, nullable=False),
    Column("turn", Words, nullable=False),
    *(Column(name, Words) for name in ("near", "counterpart", "sanctioner")),
    Column("event", Digest),
    Column("day", SomeDay, nullable=False),
    Column("body", Packed, nullable=False),
    Index(None, "id"),
)

#: Who takes part: role ``A`` (actor), ``R`` (recipient) or ``S`` (speaker). ``side`` is the state, or the body that
#: stands for itself (``EU``, ``UN``); ``day`` is the event's, so that one index answers.
party = _keyed(
    "party",
    _of("event", key=True),
    Column("role", Words, primary_key=True),
    _part("n", Small),
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
    _part("day", SomeDay),
    _of("event", key=True),
    Index(None, "event"),
)

#: How many there are of a pair in a month (``yyyymm``, 101 for none): ``what`` is ``report`` (events that count, by
#: status and voice) or ``occurrence`` (acts, by outcome; their voice is empty).
tally = _keyed(
    "tally",
    *_parts(Words, "what", "source", "target"),
    _part("month", Whole),
    *_parts(Words, "type", "status", "voice"),
    Column("n", Whole, nullable=False),
)

#: The acts of a pair by day, type and outcome.
daily = _keyed(
    "daily",
    *_parts(Words, "source", "target"),
    _part("day", SomeDay),
    *_parts(Words, "type", "status"),
    Column("n", Whole, nullable=False),
)

#: The ACTUAL reports of a pair by day and the country of their source (empty: not known).
mix = _keyed(
    "mix",
    *_parts(Words, "source", "target"),
    _part("day", SomeDay),
    _part("country", Words),
    Column("n", Whole, nullable=False),
)

#: The articles with a coding that counts, by the day of the article and the country of their source.
covered = _keyed("covered", _part("day", SomeDay), _part("country", Words), Column("n", Whole, nullable=False))

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
    _part("key", Whole),
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
    _part("n", Small),
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
    _part("day", SomeDay),
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

_CLIMB = ("ladder", "sanctioner", "one", "other")
#: Rungs in the world, each once, made with a story. The pair: on ladder L ``one`` and ``other`` are both sides, sorted;
#: on W and R ``one`` is the side that the signal of ``sanctioner`` is about, ``other`` the side whose dealings; empty
#: where unknown, or everybody. ``high``: read one by one, however many the pair has. ``body`` is the whole of it.
reached = _table(
    "reached",
    _seq(),
    Column("id", Digest, nullable=False),
    _of("story"),
    *(Column(name, Words, nullable=False) for name in _CLIMB),
    Column("level", Small, nullable=False),
    Column("effective", Small, nullable=False),
    Column("confirmed", Flag, nullable=False),
    Column("turn", Words, nullable=False),
    Column("high", Small, nullable=False),
    Column("day", SomeDay, nullable=False),
    Column("body", Packed, nullable=False),
    Index(None, "id"),
    Index(None, "story"),
    Index("ix_reached_level", *_CLIMB, "level", "effective", "confirmed", "turn", "day", "id"),
    Index("ix_reached_high", *_CLIMB, "day", "id", sqlite_where=text("high = 1"), postgresql_where=text("high = 1")),
)

#: How many rungs of a pair are reached in a month (as in ``tally``), each kind apart.
reached_tally = _keyed(
    "reached_tally",
    *_parts(Words, *_CLIMB),
    _part("month", Whole),
    *_parts(Small, "level", "effective"),
    _part("confirmed", Flag),
    _part("turn", Words),
    Column("n", Whole, nullable=False),
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
