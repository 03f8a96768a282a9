"""Is a store whole, and is what it follows alive: what `marsad doctor` tells of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Select, exists, func, select, text

from marsad.store import outbox, recount, runs, sources, work
from marsad.store.columns import NO_DAY
from marsad.store.migrate import known
from marsad.store.schema import (
    CURRENT,
    article,
    coding,
    dyad,
    event,
    meta,
    occurrence,
    occurrence_dyad,
    party,
    report,
    tally,
)
from marsad.store.schema import member as members
from marsad.store.schema import work as queue
from marsad.store.sources import Followed
from marsad.store.store import Store
from marsad.store.tallies import OCCURRENCE, REPORT
from marsad.store.work import Waiting
from marsad.types import Message, Run

#: A source is silent after so many days without an article, or so many times its usual interval, whichever is longer.
DAYS, TIMES = 3.0, 5.0
#: The usual interval is the median of the days between this many days on which a source has published.
RECENT = 30
#: Pairs of sides whose counts are counted again, unless all are.
SAMPLE = 50
#: A message that waits so long behind its time is late.
LATE = timedelta(days=1)
#: Less room on the disk than this is a problem, in bytes.
ROOM = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A followed source that has fallen silent. ``usual`` is its usual interval in days, None where it is not known.

    The two clocks: ``succeeded`` is its last answer, ``renewed`` its last new article.
    """

    source: str
    succeeded: datetime | None
    renewed: datetime | None
    usual: float | None
    answers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a stage could not do with an article (by id), and why."""

    stage: str
    article: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A message that was not taken: its channel, without what may be a secret in the address, and the last fault."""

    key: str
    watch: str
    channel: str
    due: datetime
    tries: int
    error: str | None

    @classmethod
    def of(cls, one: Message) -> Stuck:
        """That of a message."""
        return cls(
            key=one.key, watch=one.watch, channel=_public(one.channel), due=one.due, tries=one.tries, error=one.error
        )


def _public(channel: str) -> str:
    """A channel as a report of a fault may show it: of an address the host, and not even that of another's service."""
    kind, _, rest = channel.partition(":")
    scheme, found, where = rest.partition("://")
    if not found:
        return channel
    host = re.split("[/?#]", where, maxsplit=1)[0].rpartition("@")[2]
    return f"{kind}:{scheme}://{host if kind == 'webhook' else '…'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The state of a store. Sizes are in bytes; ``free`` is the room on its disk, None where that is elsewhere.

    ``engine`` is the engine with its version, ``tables`` the version of the tables; ``oldest`` is when the article was
    added that has waited longest. ``dead`` are the messages of watches that were given up, ``late`` those that should
    have been sent more than a day ago and wait. ``problems`` are what is wrong, in sentences.
    """

    engine: str
    tables: str
    size: int
    free: int | None
    rows: Mapping[str, int]
    queue: tuple[Waiting, ...]
    faults: tuple[Fault, ...]
    runs: tuple[tuple[Run, int, int], ...]
    silent: tuple[Silent, ...]
    oldest: datetime | None
    dead: tuple[Stuck, ...]
    late: tuple[Stuck, ...]
    problems: tuple[str, ...]


def health(store: Store, now: datetime, *, whole: bool = False) -> Health:
    """Look at everything; ``whole`` counts all again and reads every index, which takes long in a large store."""
    problems = check(store, whole=whole)
    free = _free(store)
    if free is not None and free < ROOM:
        problems.append(f"only {free / 1e6:.0f} MB are free on its disk")
    with store.reading() as db:
        silent = tuple(_silent(db, now))
        return Health(
            engine=_engine(db),
            tables=MigrationContext.configure(db).get_current_revision() or "",
            size=_size(db),
            free=free,
            rows={name: _count(db, select(table)) for name, table in sorted(meta.tables.items())},
            queue=tuple(work.counts(db)),
            faults=tuple(_faults(db)),
            runs=tuple(runs.listed(db)),
            silent=silent,
            oldest=_oldest(db),
            dead=tuple(map(Stuck.of, outbox.dead(db))),
            late=tuple(map(Stuck.of, outbox.late(db, now - LATE))),
            problems=tuple(problems),
        )


def check(store: Store, *, whole: bool = False) -> list[str]:
    """What is wrong inside the store, in sentences; empty where all is well.

    The pages, the references, what must be true of versions, codings and the queue, and the counts of pairs: of some,
    or of all where ``whole``.
    """
    with store.reading() as db:
        found = _pages(db, whole) if store.database.sqlite else []
        if MigrationContext.configure(db).get_current_revision() != known()[-1]:
            found.append("its tables are of another version")
        if any("damaged" in one for one in found):
            return found  # what stands on damaged pages tells nothing
        found += _broken(db) + _counts(db, whole) + recount.check(db, whole=whole)
    if whole and store.database.sqlite:
        found += _words(store)
    return found


def _pages(db: Connection, whole: bool) -> list[str]:
    told = db.exec_driver_sql(f"PRAGMA {'integrity' if whole else 'quick'}_check(5)").scalars().all()
    found = [f"the file is damaged: {one}" for one in told if one != "ok"]
    lost = {(row[0], row[2]) for row in db.exec_driver_sql("PRAGMA foreign_key_check")} if not found else set()
    return found + [f"rows of {table} name rows of {parent} that are gone" for table, parent in sorted(lost)]


def _words(store: Store) -> list[str]:
    """What is wrong in the index of words, which checks itself."""
    from marsad.errors import StoreError

    try:
        with store.writing() as db:  # to the engine this is an INSERT
            db.execute(text("INSERT INTO search(search) VALUES ('integrity-check')"))
    except StoreError as error:
        return [f"the index of words is damaged: {error.what}"]
    return []


def _count(db: Connection, asked: Select[tuple[object, ...]]) -> int:
    return db.execute(select(func.count()).select_from(asked.subquery())).scalar_one()


def _broken(db: Connection) -> list[str]:
    """What must be true of any store, each with the number of cases where it is not."""
    twice = select(article.c.place).where(article.c.current, article.c.place.is_not(None)).group_by(article.c.place)
    both = select(coding.c.article).where(coding.c.current).group_by(coding.c.article)
    coded = exists(select(1).where(coding.c.article == article.c.seq, coding.c.current))
    waits = exists(select(1).where(queue.c.article == article.c.seq, queue.c.stage != work.WATCHED))
    grouped = exists(select(1).where(members.c.article == article.c.seq))
    counts = event.c.state == CURRENT
    cases = {
        "addresses have two texts that count": twice.having(func.count() > 1),
        "articles have two codings that count": both.having(func.count() > 1),
        "articles are neither coded nor waiting": select(article.c.seq).where(article.c.current, ~coded, ~waits),
        "articles are neither in a story nor waiting": select(article.c.seq).where(
            article.c.current, coded, ~grouped, ~waits
        ),
        "events count whose article has been replaced": select(event.c.seq)
        .join(article, article.c.seq == event.c.article)
        .where(counts, ~article.c.current),
        "events count whose coding has been superseded": select(event.c.seq)
        .join(coding, coding.c.seq == event.c.coding)
        .where(counts, ~coding.c.current),
        "pairs are of events that do not count": select(dyad.c.event)
        .join(event, event.c.seq == dyad.c.event)
        .where(~counts),
        "occurrences have no report": select(occurrence.c.seq).where(
            ~exists(select(1).where(report.c.occurrence == occurrence.c.seq))
        ),
    }
    return [f"{n} {what}" for what, asked in cases.items() if (n := _count(db, asked))]


# --- counts ----------------------------------------------------------------------------------------------------------


def _counts(db: Connection, whole: bool) -> list[str]:
    """Whether pairs and their counts are those of the events and occurrences, counted again."""
    found = []
    for what, table in ((REPORT, dyad), (OCCURRENCE, occurrence_dyad)):
        held = db.execute(select(func.coalesce(func.sum(tally.c.n), 0)).where(tally.c.what == what)).scalar_one()
        if held != (there := _count(db, select(table))):
            found.append(f"{held} pairs of {what}s are counted, and {there} are there")
    if whole and (made := _made(db)) != (there := _count(db, select(dyad))):
        found.append(f"{there} pairs of sides are there, and the events that count make {made}")
    pairs = _pairs(db, whole)
    wrong = sum(_held(db, *pair) != _again(db, *pair) for pair in pairs)
    if wrong:
        found.append(f"{wrong} of {len(pairs)} pairs of sides have other counts than their events")
    return found


def _pairs(db: Connection, whole: bool) -> list[tuple[str, str]]:
    """Pairs of sides to count again: all, or some evenly chosen."""
    asked = select(tally.c.source, tally.c.target).where(tally.c.what == REPORT).distinct()
    pairs = [(source, target) for source, target in db.execute(asked.order_by(tally.c.source, tally.c.target))]
    return pairs if whole else pairs[:: max(1, len(pairs) // SAMPLE)]


def _made(db: Connection) -> int:
    """How many pairs of sides the events that count are between, from their parties."""
    one, other = party.alias("one"), party.alias("other")
    asked = (
        select(event.c.seq, one.c.side.label("source"), other.c.side.label("target"))
        .join(one, (one.c.event == event.c.seq) & (one.c.role == "A") & one.c.side.is_not(None))
        .join(other, (other.c.event == event.c.seq) & (other.c.role == "R") & other.c.side.is_not(None))
        .where(event.c.state == CURRENT)
        .distinct()
    )
    return _count(db, asked)


Counted = dict[tuple[int, str, str, str], int]


def _held(db: Connection, source: str, target: str) -> Counted:
    asked = select(tally.c.month, tally.c.type, tally.c.status, tally.c.voice, tally.c.n).where(
        tally.c.what == REPORT, tally.c.source == source, tally.c.target == target
    )
    return {(month, *rest): n for month, *rest, n in db.execute(asked)}


def _again(db: Connection, source: str, target: str) -> Counted:
    """The counts of a pair, from the parties of the events that count."""
    one, other = party.alias("one"), party.alias("other")
    asked = (
        select(event.c.day, event.c.type, event.c.status, event.c.voice, func.count(event.c.seq.distinct()))
        .join(one, (one.c.event == event.c.seq) & (one.c.role == "A") & (one.c.side == source))
        .join(other, (other.c.event == event.c.seq) & (other.c.role == "R") & (other.c.side == target))
        .where(event.c.state == CURRENT)
        .group_by(event.c.day, event.c.type, event.c.status, event.c.voice)
    )
    found: Counted = {}
    for day, type_, status, voice, n in db.execute(asked):
        on = day or NO_DAY
        key = (on.year * 100 + on.month, type_, status, voice)
        found[key] = found.get(key, 0) + n
    return found


# --- figures ---------------------------------------------------------------------------------------------------------


def _engine(db: Connection) -> str:
    if db.dialect.name == "sqlite":
        return f"SQLite {db.exec_driver_sql('SELECT sqlite_version()').scalar_one()}"
    return f"PostgreSQL {db.exec_driver_sql('SHOW server_version').scalar_one()}"


def _size(db: Connection) -> int:
    if db.dialect.name == "sqlite":
        pages: int = db.exec_driver_sql("PRAGMA page_count").scalar_one()
        return pages * int(db.exec_driver_sql("PRAGMA page_size").scalar_one())
    return int(db.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def _free(store: Store) -> int | None:
    path = store.database.path
    return None if path is None else shutil.disk_usage(path.absolute().parent).free


def _faults(db: Connection) -> list[Fault]:
    told = work.faults(db)
    ids = dict(db.execute(select(article.c.seq, article.c.id).where(article.c.seq.in_([one[1] for one in told]))).all())
    return [Fault(stage=stage, article=ids[seq], error=error) for stage, seq, error in told]


def _oldest(db: Connection) -> datetime | None:
    asked = select(func.min(article.c.added)).join(queue, queue.c.article == article.c.seq)
    return db.execute(asked.where(queue.c.tries < work.TRIES)).scalar()


# --- sources ---------------------------------------------------------------------------------------------------------


def _silent(db: Connection, now: datetime) -> list[Silent]:
    return [one for followed in sources.followed(db, feeds_only=True) if (one := _silence(db, followed, now))]


def _silence(db: Connection, one: Followed, now: datetime) -> Silent | None:
    usual = _usual(db, one.source.id)
    longest = timedelta(days=max(DAYS, TIMES * (usual or 0)))
    answers = now - (one.succeeded or one.added) <= longest
    if answers and now - (one.renewed or one.added) <= longest:
        return None
    return Silent(source=one.source.id, succeeded=one.succeeded, renewed=one.renewed, usual=usual, answers=answers)


def _usual(db: Connection, id: str) -> float | None:  # noqa: A002 (the field's word)
    """The median of the days between those on which a source has published, of the latest."""
    from marsad.store.schema import source

    mine = select(source.c.seq).where(source.c.id == id).scalar_subquery()
    asked = select(article.c.published).where(article.c.source == mine, article.c.published > NO_DAY).distinct()
    days: Sequence[date] = db.execute(asked.order_by(article.c.published.desc()).limit(RECENT)).scalars().all()
    gaps = [(one - other).days for one, other in pairwise(days)]
    return float(median(gaps)) if len(gaps) >= 3 else None
