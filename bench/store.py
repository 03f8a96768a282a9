"""The store: how fast articles are added, and how questions are answered in a large one.

    python bench/store.py                         20,000 articles: adding beside the raw speed of SQLite, HTML, WARC
    python bench/store.py --large                 1,000,000 articles and 10,000,000 events in one SQLite file besides
    python bench/store.py --large --articles N    the same with fewer

Data: a seeded generator. Articles of 300 words (of 60 in the large store) drawn by Zipf's law from 60,000 made-up
Arabic words; events between 60 states whose pairs are drawn by Zipf's law too, over ten years. Everything on one core,
in one run; "raw" is what the library alone does with the same rows.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import msgspec

from marsad.desk.intake import adding
from marsad.identity import article_id
from marsad.knowledge.countries import countries
from marsad.read import read
from marsad.settings import Settings
from marsad.store import Store, search, tallies
from marsad.store.columns import day_number, written
from marsad.store.engine import PRAGMAS
from marsad.store.where import Where
from marsad.types import Article, EventType, Status, Voice

NOW = datetime(2026, 3, 5, tzinfo=UTC)
ADDED = written(NOW)
FIRST = date(2016, 1, 1)
EVIDENCE = '[{"part":"trigger","span":{"start":0,"stop":5},"why":"bench"}]'
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


class Generator:
    """Articles and events, the same for the same seed."""

    def __init__(self, seed: int, words: int) -> None:
        self.chance = random.Random(seed)
        made: dict[str, None] = {}
        while len(made) < 60_000:
            made["".join(self.chance.choices(LETTERS, k=self.chance.randint(3, 8)))] = None
        self.vocabulary = list(made)
        self.weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.vocabulary))))
        self.words = words

    def text(self) -> str:
        """A title and sentences of twenty words, some with what Arabic writes before a word."""
        words = self.chance.choices(self.vocabulary, cum_weights=self.weights, k=self.words)
        for at in range(0, len(words), 7):
            words[at] = self.chance.choice(("و", "ال", "بال", "لل", "وال")) + words[at]
        lines = [" ".join(words[at : at + 20]) + "." for at in range(8, len(words), 20)]
        return " ".join(words[:8]) + "\n\n" + " ".join(lines)

    def articles(self, first: int, count: int) -> Iterator[Article]:
        """Numbered articles over ten years, of 200 papers."""
        for number in range(first, first + count):
            text = self.text()
            url = f"https://paper-{number % 200}.example/{number}"
            day = FIRST + timedelta(days=self.chance.randrange(3650))
            yield Article(
                id=article_id(text, url), text=text, url=url, published=day, published_from="input", fetched=NOW
            )


def clocked(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def say(name: str, value: str, bar: str = "") -> None:
    """One figure, with its bar."""
    print(f"{name:<58}{value:>22}   {bar}", flush=True)


def raw_rows(path: Path, articles: list[Article]) -> Iterator[float]:
    """Seconds that SQLite alone takes for each slice of the same rows, indexes and full text, not looking into any."""
    with Store(str(path)):
        pass
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    rows = [
        (
            n,
            n * 7919,
            n * 104729,
            one.url,
            one.text,
            day_number(one.published or FIRST),
            "input",
            "ar",
            0,
            1,
            ADDED,
        )
        for n, one in enumerate(articles, start=1)
    ]
    into = (
        "INSERT INTO article(seq, id, place, url, text, published, published_from, language, drawn, current, added)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?)"
    )

    def work(some: list[tuple[object, ...]]) -> None:
        db.execute("BEGIN IMMEDIATE")
        db.executemany(into, some)
        db.executemany("INSERT INTO search(rowid, words) VALUES (?, ?)", [(row[0], row[4]) for row in some])
        db.execute("COMMIT")

    for at in range(0, len(rows), adding.BATCH):
        yield clocked(lambda at=at: work(rows[at : at + adding.BATCH]))
    db.close()


def small(folder: Path, count: int) -> None:
    """Adding from JSON lines, beside what SQLite and the parser do alone.

    Slice by slice in turn, so that whatever else the machine does slows down both.
    """
    articles = list(Generator(1, 300).articles(0, count))
    slices = [articles[at : at + adding.BATCH] for at in range(0, count, adding.BATCH)]
    lines = [folder / f"{n}.jsonl" for n in range(len(slices))]
    for path, some in zip(lines, slices, strict=True):
        with path.open("w", encoding="utf-8") as out:
            for one in some:
                row = {"id": one.url, "url": one.url, "text": one.text, "published": str(one.published)}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    decoder = msgspec.json.Decoder()
    raw = raw_rows(folder / "raw.db", articles)
    parsed = inserted = took = again = 0.0
    with Store(str(folder / "added.db")) as store:
        for path in lines:
            parsed += clocked(lambda path=path: [decoder.decode(line) for line in path.open("rb")])
            inserted += next(raw)
            took += clocked(lambda path=path: _added(store, path))
        for path in lines:
            again += clocked(lambda path=path: _added(store, path))
    say("raw: JSON lines decoded", f"{count / parsed:,.0f} articles/s")
    say("raw: rows and full text into SQLite", f"{count / inserted:,.0f} articles/s")
    share = f"{inserted / took:.2f} of raw (bar .5; 800/s)"
    say("added from JSON lines, nothing coded", f"{count / took:,.0f} articles/s", share)
    say("the same once more (all known)", f"{count / again:,.0f} articles/s")


def _added(store: Store, path: Path) -> None:
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123
        adding.add(store, read([str(path)], stdin=nothing, settings=Settings()), lambda: NOW)


def memory() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def large(folder: Path, count: int) -> None:
    """A million articles, ten million events, and questions to them."""
    path = folder / "large.db"
    made = Generator(2, 60)
    step = max(1, count // 10)
    speeds, held = [], []
    with Store(str(path)) as store:
        for first in range(0, count, step):
            took = clocked(lambda first=first: adding.add(store, made.articles(first, step), lambda: NOW))
            speeds.append(step / took)
            held.append(memory())
            print(f"  {first + step:>9,} articles: {speeds[-1]:,.0f}/s, {held[-1]:.0f} MB", flush=True)
    say(
        f"adding to a file of {count - step:,} articles",
        f"{speeds[-1]:,.0f} articles/s",
        f"{speeds[-1] / speeds[0]:.2f} of the first tenth (bar .7)",
    )
    say("memory, first and last tenth", f"{held[0]:.0f} and {held[-1]:.0f} MB", "flat")
    pairs = events(path, count)
    say("file", f"{path.stat().st_size / 1e9:.2f} GB")
    with Store(str(path)) as store:
        took = clocked(lambda: adding.add(store, made.articles(count, 10_000), lambda: NOW))
        say(
            "adding beside ten million events",
            f"{10_000 / took:,.0f} articles/s",
            f"{10_000 / took / speeds[0]:.2f} of the first tenth (bar .7)",
        )
        questions(store, made, pairs)


def events(path: Path, articles: int) -> list[tuple[str, str]]:
    """Ten events an article, straight into the tables; gives the pairs, the most frequent first."""
    chance = random.Random(3)
    states = [code for code in countries() if len(code) == 3][:60]
    pairs = [(one, other) for one in states for other in states if one != other]
    chance.shuffle(pairs)
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(pairs))))
    types, statuses, voices = ([one.value for one in kind] for kind in (EventType, Status, Voice))
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -1000000")
    tables = ("event", "party", "dyad", "coding")
    indexes = db.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN {tables}"
    ).fetchall()
    for name, _ in indexes:  # made anew at the end, as for any load of this size
        db.execute(f"DROP INDEX {name}")
    db.execute(
        "INSERT INTO run(seq, coder, knowledge, started) VALUES (1, 'bench', 'bench', '2026-01-01T00:00:00.000000Z')"
    )
    days = dict(db.execute("SELECT seq, published FROM article"))
    number, tally = 0, Counter[tuple[str, ...]]()
    start = time.perf_counter()
    for first in range(1, articles + 1, 5_000):
        rows, parties, dyads = [], [], []
        some = range(first, min(first + 5_000, articles + 1))
        drawn = iter(chance.choices(pairs, cum_weights=weights, k=10 * len(some)))
        for seq in some:
            day = days[seq]
            for n in range(10):
                number += 1
                one, other = next(drawn)
                bits = chance.getrandbits(62)
                kind, status, voice = types[bits % 16], statuses[(bits >> 5) % 4], voices[(bits >> 9) % 5]
                rows.append(
                    (number, bits - (1 << 61), seq, seq, 0, n, n, n + 5, kind, status, voice, day, "day", 0.9, EVIDENCE)
                )
                parties.append((number, "A", 0, 0, one, day))
                parties.append((number, "R", 0, 1, other, day))
                dyads.append((one, other, day, number))
                tally[("report", one, other, day // 100, kind, status, voice)] += 1
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO coding(seq, article, run, at, measured, current) VALUES (?,?,1,?,1,1)",
            [(s, s, ADDED) for s in some],
        )
        db.executemany(
            "INSERT INTO event(seq, id, coding, article, state, sentence, start, stop, type, status, voice, day,"
            " precision, score, evidence) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            rows,
        )
        db.executemany(
            "INSERT INTO mention(coding, n, start, stop, kind, score) VALUES (?,?,0,5,'STATE',1.0)",
            [(seq, n) for seq in some for n in (0, 1)],
        )
        db.executemany("INSERT INTO party(event, role, n, mention, side, day) VALUES (?,?,?,?,?,?)", parties)
        db.executemany("INSERT INTO dyad(source, target, day, event) VALUES (?,?,?,?)", dyads)
        db.execute("COMMIT")
    db.executemany("INSERT INTO tally VALUES (?,?,?,?,?,?,?,?)", [(*key, n) for key, n in sorted(tally.items())])
    for _, sql in indexes:
        db.execute(sql)
    db.execute("ANALYZE")
    db.close()
    print(f"  {number:,} events written in {time.perf_counter() - start:.0f} s", flush=True)
    return pairs


def questions(store: Store, made: Generator, pairs: list[tuple[str, str]]) -> None:
    """How long a pair by month, a page of events and a page of search take: the median and the worst of twenty."""
    from marsad.store import events as found

    for name, pair in (("the heaviest pair", pairs[0]), ("a middling pair", pairs[30]), ("a rare pair", pairs[-1])):
        with store.reading() as db:
            asked(f"{name} by month", lambda db=db, pair=pair: tallies.months(db, *pair, by=["status"]), "bar 50 ms")
            asked(f"{name} by month, type, status, voice", lambda db=db, pair=pair: tallies.months(db, *pair))
            where = Where(actors=(pair[0],), recipients=(pair[1],))
            asked(f"{name}: a page of its events", lambda db=db, where=where: found.listed(db, where, limit=50))
    words = made.vocabulary
    for name, query in (
        ("a very common word", words[0]),
        ("a middling word", words[300]),
        ("a rare word", words[-1]),
        ("two common words", f"{words[0]} {words[1]}"),
    ):
        with store.reading() as db:
            asked(f"search: {name}", lambda db=db, query=query: search.find(db, query, Where(), limit=20), "bar 100 ms")
    with store.reading() as db:
        where = Where(since=date(2025, 1, 1), types=(EventType.SANCTION,))
        asked("a page of one type in a year", lambda: found.listed(db, where, limit=50))


def asked(name: str, question: Callable[[], object], bar: str = "") -> None:
    """Ask twenty times and tell the median and the worst."""
    times = [clocked(question) * 1e3 for _ in range(20)]
    say(name, f"{statistics.median(times):.1f} ms ({max(times):.1f})", bar)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--large", action="store_true")
    options.add_argument("--articles", type=int, help="how many (20,000; with --large 1,000,000)")
    options.add_argument("--folder", type=Path, help="where the stores are made (a temporary folder)")
    given = options.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        if given.large:
            large(Path(name), given.articles or 1_000_000)
        else:
            small(Path(name), given.articles or 20_000)


if __name__ == "__main__":
    sys.exit(main())
