"""Relations in a large store: how long a pair's whole course takes, and what adding a thousand events touches.

    python bench/relations.py                       100,000 events in a new SQLite file
    python bench/relations.py --events 10000000     the size that the bars are for (some 15 GB, half an hour)

Data: a seeded generator. Ten events an article between 60 states whose pairs are drawn by Zipf's law, over ten years,
in papers of 20 countries; every second event is an act of its own, every fourth gives a rung, every eighth a rung in
the world: most on the ladder of rapprochement, most of them low. The heaviest pair has one event in nine. Everything on
one core, with a warm cache: the median of twenty by the wall clock, the worst, and the median of the processor's time,
which is what counts where others work beside.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from store import ADDED, FIRST, NOW, Generator, clocked, events, say

from marsad.identity import event_id
from marsad.knowledge.countries import countries
from marsad.relate.course import course
from marsad.store import (
    Connection,
    Store,
    articles,
    codings,
    coverage,
    days,
    groups,
    reached,
    rungs,
    runs,
    tallies,
    work,
)
from marsad.store.columns import day_number, day_of
from marsad.store.groups import Grouped
from marsad.types import (
    Article,
    Coding,
    Event,
    EventType,
    Evidence,
    Kind,
    Ladder,
    Mention,
    Occurrence,
    Outcome,
    Reached,
    Rung,
    Span,
    Status,
    Story,
    Voice,
)

LAST = date(2025, 12, 31)
DAY = timedelta(days=1)
SANCTIONER = "USA"
#: Rungs that are written at a time; what reports are told apart by in a series.
SOME, VOICES = 20_000, ("status", "voice")


def paper(number: int) -> str:
    """The address of a numbered article, of one of 200 papers."""
    return f"https://paper-{number % 200}.example/{number}"


def write_articles(path: Path, count: int) -> None:
    """Sources with their countries, and articles of sixty words, straight into the tables and what search reads."""
    chance, made = random.Random(5), Generator(1, 60)
    states = [code for code in countries() if len(code) == 3][:20]
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    db.executemany(
        "INSERT INTO source(seq, id, name, country, enabled, added) VALUES (?,?,'',?,0,?)",
        [(n + 1, f"paper-{n}.example", states[n % 20] if n % 7 else None, ADDED) for n in range(200)],
    )
    into = (
        "INSERT INTO article(seq, id, place, source, url, text, published, language, drawn, current, added)"
        " VALUES (?,?,?,?,?,?,?,'ar',0,1,?)"
    )
    numbers = iter(range(1, count + 1))
    while some := list(islice(numbers, SOME)):
        rows = [
            (
                n,
                n * 7919,
                n * 104729,
                n % 200 + 1,
                paper(n),
                made.text(),
                day_number(FIRST + chance.randrange(3650) * DAY),
            )
            for n in some
        ]
        db.executemany(into, rows)
        db.executemany("INSERT INTO search(rowid, words) VALUES (?, ?)", [(row[0], row[5]) for row in rows])
    db.execute("COMMIT")
    db.close()


#: What of the store is made of what, a statement each; every second event is an act of its own.
ACTS = (
    "INSERT INTO story(seq, id, first, last, articles) SELECT seq, id, published, published, 1 FROM article",
    "INSERT INTO member(article, story) SELECT seq, seq FROM article",
    "INSERT INTO occurrence(seq, id, story, type, status, day, precision, reports)"
    " SELECT seq, id, article, type, status, day, 'day', 1 FROM event WHERE seq % 2 = 0",
    "INSERT INTO occurrence_party(occurrence, role, n, side, day)"
    " SELECT event, role, n, side, day FROM party WHERE event % 2 = 0",
    "INSERT INTO occurrence_dyad(source, target, day, occurrence)"
    " SELECT source, target, day, event FROM dyad WHERE event % 2 = 0",
    "INSERT INTO report(occurrence, event) SELECT seq, seq FROM occurrence",
    "INSERT INTO tally(what, source, target, month, type, status, voice, n)"
    " SELECT 'occurrence', d.source, d.target, d.day / 100, o.type, o.status, '', count(*)"
    " FROM occurrence_dyad AS d JOIN occurrence AS o ON o.seq = d.occurrence GROUP BY 2, 3, 4, 5, 6",
)
COUNTS = (
    "INSERT INTO daily(source, target, day, type, status, n)"
    " SELECT d.source, d.target, d.day, o.type, o.status, count(*)"
    " FROM occurrence_dyad AS d JOIN occurrence AS o ON o.seq = d.occurrence GROUP BY 1, 2, 3, 4, 5",
    "INSERT INTO mix(source, target, day, country, n)"
    " SELECT d.source, d.target, d.day, coalesce(s.country, ''), count(*) FROM dyad AS d"
    " JOIN event AS e ON e.seq = d.event JOIN article AS a ON a.seq = e.article JOIN source AS s ON s.seq = a.source"
    " WHERE e.status = 'ACTUAL' GROUP BY 1, 2, 3, 4",
    "INSERT INTO covered(day, country, n) SELECT a.published, coalesce(s.country, ''), count(*)"
    " FROM article AS a JOIN source AS s ON s.seq = a.source GROUP BY 1, 2",
)


def told(path: Path, statements: tuple[str, ...]) -> None:
    """Do the statements in one go."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -1000000")
    db.execute("BEGIN")
    for one in statements:
        db.execute(one)
    db.execute("COMMIT")
    db.close()


def rung_of(chance: random.Random, article: str, number: int, pair: tuple[str, str], day: date) -> Rung:
    """A rung between two, most of them on the ladder of rapprochement, most of them low."""
    ladder = chance.choices([Ladder.L, Ladder.W, Ladder.R], [74, 25, 1])[0]
    top = {Ladder.L: 9, Ladder.W: 8, Ladder.R: 4}[ladder]
    level = chance.randint(1, 4) if chance.random() < 0.97 else min(top, chance.randint(5, 9))
    span = Span(number % 90, number % 90 + 5)
    return Rung(
        id=f"{chance.getrandbits(64):016x}",
        article=article,
        ladder=ladder,
        level=level,
        sentence=0,
        span=span,
        rule="visit.high",
        near=pair[0],
        counterpart=pair[1],
        sanctioner=None if ladder is Ladder.L else SANCTIONER,
        event=f"{chance.getrandbits(64):016x}",
        day=day,
        voice=Voice.PARAPHRASE,
        speaker=Mention(span=Span(0, 8), kind=Kind.OFFICE, actor=f"{pair[0]}.GOV.MFA", country=pair[0]),
        evidence=(Evidence(part="trigger", span=span, why="visit.high"),),
    )


def reached_of(rung: Rung, chance: random.Random) -> Reached:
    """The rung in the world that a rung is of."""
    return Reached(
        id=rung.id,
        rung=rung,
        effective=rung.level,
        confirmed=chance.random() < 0.7,
        why="two independent sources",
        rungs=(rung.id,),
        origins=("paper-1.example", "paper-2.example"),
    )


def climb(path: Path) -> int:
    """A rung for every fourth event, one in the world for every eighth, by the store's own code; gives how many."""
    chance, count = random.Random(6), 0
    with Store(str(path)) as store, sqlite3.connect(path) as raw:
        rows: Iterator[tuple[int, int, str, str, int]] = iter(
            raw.execute(
                "SELECT e.seq, e.coding, d.source, d.target, d.day FROM event AS e JOIN dyad AS d ON d.event = e.seq"
                " WHERE e.seq % 4 = 0 ORDER BY e.seq"
            ).fetchall()
        )
        while some := list(islice(rows, SOME)):
            made: dict[int, list[Rung]] = {}
            rises = []
            for seq, coding, source, target, day in some:
                one = rung_of(chance, f"{coding * 7919:016x}", seq, (source, target), day_of(day))
                made.setdefault(coding, []).append(one)
                if seq % 8 == 0:
                    rises.append((coding, reached_of(one, chance)))
            with store.writing() as db:
                rungs.write(db, made)
                reached.write(db, rises)
            count += len(some)
    return count


def more(first: int, pair: tuple[str, str], count: int) -> list[tuple[Article, Coding, list[Rung], Grouped]]:
    """New articles of ten events each between two, each with its story, its acts and its rungs."""
    chance, made = random.Random(7), []
    for number in range(first, first + count):
        id = f"{number * 7919:016x}"  # noqa: A001 (the field's word)
        day = LAST - timedelta(days=chance.randrange(30))
        one = Article(id=id, text="نص جديد " * 20, url=paper(number), published=day)
        mentions = tuple(
            Mention(span=Span(9 * n, 9 * n + 5), kind=Kind.STATE, country=code) for n, code in enumerate(pair)
        )
        told_in = []
        for n in range(10):
            span = Span(30 + n, 34 + n)
            told_in.append(
                Event(
                    id=event_id(id, span.start, span.stop, "CONSULT"), article=id, sentence=0, trigger=span,
                    type=EventType.CONSULT, status=Status.ACTUAL, actors=mentions[:1], recipients=mentions[1:], day=day,
                    evidence=(Evidence(part="trigger", span=span, why="bench"),),
                )
            )  # fmt: skip
        coding = Coding(
            article=one, sentences=(Span(0, 80),), mentions=mentions, events=tuple(told_in), coder="bench 2"
        )
        acts = tuple(
            Occurrence(id=event.id, story=id, type=event.type, status=Outcome.ACTUAL, reports=(event.id,), day=day,
                       actors=pair[:1], recipients=pair[1:])
            for event in told_in[::2]
        )  # fmt: skip
        climbed = [rung_of(chance, id, n, pair, day) for n in range(3)]
        rises = tuple(reached_of(rung, chance) for rung in climbed[:2])
        story = Story(id=id, articles=(id,), first=day, last=day)
        made.append((one, coding, climbed, Grouped(story, acts, rises)))
    return made


def add(store: Store, some: list[tuple[Article, Coding, list[Rung], Grouped]]) -> int:
    """Keep what is new, all of it in one transaction; gives how many rows that changes."""
    drafts = [articles.draft(one) for one, _, _, _ in some]
    with store.writing() as db:
        raw = db.connection.driver_connection
        before = raw.total_changes
        articles.add(db, drafts, NOW)
        run = runs.ensure(db, "bench 2", "bench", NOW)
        codings.write(db, run.id, [coding for _, coding, _, _ in some], NOW)
        seqs = articles.seqs(db, [one.id for one, _, _, _ in some])
        of = codings.current(db, list(seqs.values()))
        rungs.write(db, {of[seqs[one.id]]: climbed for one, _, climbed, _ in some})
        groups.put(db, list(seqs.values()), [grouped for _, _, _, grouped in some])
        work.done(db, "coded", list(seqs.values()))
        work.done(db, "grouped", list(seqs.values()))
        return int(raw.total_changes - before)


def questions(store: Store, pair: tuple[str, str], name: str) -> None:
    """A pair's course, its series, and what they are corrected by: apart, then all at once."""
    near, counterpart = pair
    with store.reading() as db:
        found = reached.of_pair(db, near, counterpart, SANCTIONER)
        low, whole = sum(one.n for one in found.rises), len(found.reached)
        print(f"  {name}: {low:,} low rungs, {whole:,} read whole, {found.left:,} left", flush=True)
        asked(f"{name}: its rungs, high ones whole", lambda: reached.of_pair(db, near, counterpart, SANCTIONER))
        asked(
            "  five years of them", lambda: reached.of_pair(db, *pair, SANCTIONER, date(2019, 3, 5), date(2024, 3, 4))
        )
        asked("  made into its course", lambda: course(found.reached, near, counterpart, SANCTIONER, LAST))
        asked("  acts by month, both ways", lambda: [days.daily(db, *way, by="month") for way in (pair, pair[::-1])])
        asked("  acts by day, one way", lambda: days.daily(db, *pair))
        asked("  reports by month, both ways", lambda: [tallies.months(db, *w, by=VOICES) for w in (pair, pair[::-1])])
        asked("  reports by month and country", lambda: [days.mix(db, *w, by="month") for w in (pair, pair[::-1])])
        asked("  articles by month and country", lambda: coverage.by_day(db, by="month"))
        asked("  sources of ten years", lambda: coverage.coverage(db))
        asked(f"{name}: its whole course", lambda: climbed(db, pair), "bar 150 ms")
        asked("  with its series by month, both ways", lambda: (climbed(db, pair), series(db, pair)))


def climbed(db: Connection, pair: tuple[str, str]) -> None:
    """The whole course of a pair: its rungs, and how it stands."""
    near, counterpart = pair
    course(reached.of_pair(db, near, counterpart, SANCTIONER).reached, near, counterpart, SANCTIONER, LAST)


def series(db: Connection, pair: tuple[str, str]) -> None:
    """Acts and reports of a pair by month, each way."""
    for way in (pair, pair[::-1]):
        tallies.months(db, *way, what=tallies.OCCURRENCE, by=("type", "status"))
        tallies.months(db, *way, by=VOICES)


def asked(name: str, question: Callable[[], object], bar: str = "") -> None:
    """Ask twenty times, once warm, and tell how long it takes."""
    question()
    wall, cpu = [], []
    for _ in range(20):
        start, spent = time.perf_counter(), time.process_time()
        question()
        cpu.append((time.process_time() - spent) * 1e3)
        wall.append((time.perf_counter() - start) * 1e3)
    told = f"{statistics.median(wall):.1f} ms ({max(wall):.1f}), cpu {statistics.median(cpu):.1f}"
    say(name, told, bar)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    size = options.add_mutually_exclusive_group()
    size.add_argument("--events", type=int, help="how many (100,000)")
    size.add_argument("--articles", type=int, help="how many, of ten events each (10,000)")
    options.add_argument("--folder", type=Path, help="where the store is made (a temporary folder)")
    options.add_argument("--file", type=Path, help="the store itself, which is kept, and only asked where it is there")
    given = options.parse_args()
    count = given.articles or (given.events or 100_000) // 10
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if given.file:
        measure(given.file, count)
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        measure(Path(folder) / "relations.db", count)


def make(path: Path, count: int) -> None:
    """Make the store."""
    start = time.perf_counter()
    Store(str(path)).close()
    write_articles(path, count)
    events(path, count)
    told(path, ACTS)
    before = path.stat().st_size
    told(path, COUNTS)
    rises = climb(path)
    with Store(str(path)) as store, store.writing() as db:
        db.exec_driver_sql("ANALYZE")
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = path.stat().st_size
    print(f"  {10 * count:,} events and {rises:,} rungs in {time.perf_counter() - start:.0f} s", flush=True)
    say("file", f"{size / 1e9:.3f} GB", f"{(size - before) / (10 * count):.0f} bytes an event for relations")


def measure(path: Path, count: int) -> None:
    """Make the store where it is not there, and ask."""
    if not path.exists():
        make(path, count)
    with Store(str(path)) as store:
        with store.reading() as db:
            pairs = [(one.source, one.target) for one in tallies.pairs(db, FIRST, limit=10_000)]
        for name, pair in (("the heaviest pair", pairs[0]), ("a middling pair", pairs[30]), ("a rare pair", pairs[-1])):
            questions(store, pair, name)
        with store.reading() as db:
            asked("the busiest pairs of a year", lambda: tallies.pairs(db, LAST - timedelta(days=365)))
            (first,) = db.exec_driver_sql("SELECT max(seq) + 1 FROM article").one()
        changed = []
        for n in range(5):
            some = more(first + 100 * n, pairs[0], 100)
            took = clocked(lambda some=some: changed.append(add(store, some)))
        say("adding 1,000 events, rungs and all", f"{took * 1e3:.0f} ms", f"{changed[-1]:,} rows changed")


if __name__ == "__main__":
    sys.exit(main())
