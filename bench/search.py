"""How fast a page of search results is: ``python bench/search.py [--articles 100000] [STORE]``.

A seeded generator writes articles of some 60 words straight into the tables of a new store, in a temporary folder or
at STORE (a path or ``postgresql://…``), which is kept and used again: words by Zipf's law, days in no order (the worst
case: papers come nearly in the order of their days), a source each, an event each fifth. Prints how many articles each
question finds, and the time of the first and of the second page of 50 and of the count, each over a new connection, in
milliseconds: the median and the worst of 20. The bar is 100 ms at a million articles. Run it with ``python -P`` where
a neighbour of this file has the name of a module of Python's own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection, func, insert, select

from marsad.store import Store, search
from marsad.store.schema import actor, article, coding, event, party, run, source
from marsad.store.where import Where
from marsad.types import EventType

SEED, VOCABULARY, WORDS, SOURCES, SIDES, DAYS = 20251201, 50_000, 60, 40, 60, 3_650
ROUNDS, PAGE = 20, 50
T = TypeVar("T")
NOW = datetime(2025, 12, 1, tzinfo=UTC)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def vocabulary(rng: np.random.Generator) -> list[str]:
    """Words of four to nine letters, the commonest first; none loses a letter to the rules of terms."""
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        size = int(rng.integers(3, 9))
        word = "م" + "".join(LETTERS[k] for k in rng.integers(0, len(LETTERS), size))
        found[word] = None
    return list(found)


def texts(rng: np.random.Generator, words: list[str], count: int) -> Iterator[str]:
    """The texts of the articles."""
    shares = 1 / np.arange(1, len(words) + 1)
    bounds = np.cumsum(shares / shares.sum())
    for at in range(0, count, 1_000):
        some = min(1_000, count - at)
        sizes = rng.integers(WORDS // 2, WORDS * 3 // 2, some)
        ranks = np.searchsorted(bounds, rng.random(int(sizes.sum()))).clip(max=len(words) - 1)
        start = 0
        for size in sizes:
            yield " ".join([words[k] for k in ranks[start : start + size]])
            start += size


def fill(store: Store, rng: np.random.Generator, words: list[str], count: int) -> None:
    """The rows of ``count`` articles, and of their events."""
    with store.writing() as db:
        db.execute(insert(source), [
            {"seq": n, "id": f"paper{n}.example", "name": f"Paper {n}", "enabled": True, "added": NOW}
            for n in range(1, SOURCES + 1)
        ])  # fmt: skip
        db.execute(insert(run), {"seq": 1, "coder": "bench", "knowledge": "none", "started": NOW})
        db.execute(insert(actor), [{"seq": n, "id": f"A{n:02}.GOV"} for n in range(1, SIDES + 1)])
    first = date(2016, 1, 1)
    batch: list[tuple[int, str]] = []
    for seq, text in enumerate(texts(rng, words, count), 1):
        batch.append((seq, text))
        if len(batch) == 5_000 or seq == count:
            days = [first + timedelta(int(k)) for k in rng.integers(0, DAYS, len(batch))]
            papers = [int(k) for k in rng.geometric(0.1, len(batch)).clip(max=SOURCES)]
            sides = [int(k) for k in rng.geometric(0.1, len(batch)).clip(max=SIDES)]
            with store.writing() as db:
                _write(db, batch, days, papers, sides)
            batch.clear()
            if sys.stderr.isatty():
                print(f"\r{seq:,}", end="", file=sys.stderr)


def _write(db: Connection, batch: list[tuple[int, str]], days: list[date], papers: list[int], sides: list[int]) -> None:
    """The rows of some articles, and of the events of each fifth."""
    rows = [
        {
            "seq": seq, "id": f"{seq * 0x9E3779B97F4A7C15 % (1 << 64):016x}", "source": paper, "text": text,
            "published": day, "language": "en" if seq % 50 == 0 else "ar", "drawn": False, "current": True,
            "added": NOW,
        }
        for (seq, text), day, paper in zip(batch, days, papers, strict=True)
    ]  # fmt: skip
    db.execute(insert(article), rows)
    search.index(db, [(seq, search.words(text)) for seq, text in batch])
    coded = [(seq, day, side) for (seq, _), day, side in zip(batch, days, sides, strict=True) if seq % 5 == 0]
    if not coded:
        return
    db.execute(insert(coding), [
        {"seq": seq, "article": seq, "run": 1, "at": NOW, "measured": True, "current": True} for seq, _, _ in coded
    ])  # fmt: skip
    db.execute(insert(event), [
        {
            "seq": seq, "id": f"{seq:016x}", "coding": seq, "article": seq, "state": 0, "sentence": 0, "start": 0,
            "stop": 3, "type": "CONSULT" if seq % 3 else "PROTEST", "status": "ACTUAL", "voice": "report", "day": day,
            "precision": "day", "score": 0.9, "evidence": [0],
        }
        for seq, day, _ in coded
    ])  # fmt: skip
    db.execute(insert(party), [
        {"event": seq, "role": "A", "n": 0, "mention": 0, "actor": side, "side": f"A{side:02}", "day": day}
        for seq, day, side in coded
    ])  # fmt: skip


def questions(words: list[str]) -> dict[str, tuple[str, Where]]:
    """What is asked, by what it shows."""
    often = words[12]
    return {
        "a word of every article": (words[0], Where()),
        "a very common word": (often, Where()),
        "a common word": (words[100], Where()),
        "a middling word": (words[500], Where()),
        "a rare word": (words[30_000], Where()),
        "a phrase": (f'"{words[20]} {words[21]}"', Where()),
        "the commonest phrase": (f'"{words[0]} {words[1]}"', Where()),
        "two common words": (f"{often} {words[15]}", Where()),
        "one without another": (f"{often} -{words[0]}", Where()),
        "one OR another": (f"{often} OR {words[15]}", Where()),
        "a beginning of 4 letters": (f"{words[3][:4]}*", Where()),
        "very common, in a year": (often, Where(since=date(2018, 1, 1), until=date(2018, 12, 31))),
        "very common, of a source": (often, Where(sources=("paper20.example",))),
        "very common, in English": (often, Where(languages=("en",))),
        "very common, a side": (often, Where(actors=("A20",))),
        "very common, a type": (often, Where(types=(EventType.PROTEST,))),
    }


def timed(store: Store, work: Callable[[Connection], T]) -> tuple[float, T]:
    """How long it takes over a new connection, in milliseconds, and what it gives."""
    begun = time.perf_counter()
    with store.reading() as db:
        made = work(db)
    return (time.perf_counter() - begun) * 1e3, made


def measure(store: Store, words: list[str]) -> None:
    """Print the table."""
    print(f"{'':26}{'found':>8}{'first page':>16}{'second page':>16}{'count':>16}")
    for name, (written, where) in questions(words).items():
        first, second, counts = [], [], []
        for _ in range(ROUNDS):
            taken, page = timed(store, lambda db: search.find(db, written, where, limit=PAGE))  # noqa: B023
            first.append(taken)
            if after := page.after:
                taken, _ = timed(store, lambda db: search.find(db, written, where, after=after, limit=PAGE))  # noqa: B023
                second.append(taken)
            taken, found = timed(store, lambda db: search.count(db, written, where))  # noqa: B023
            counts.append(taken)
        cells = "".join(
            f"{median(some):9.1f} {max(some):6.1f}" if some else f"{'':16}" for some in (first, second, counts)
        )
        print(f"{name:26}{found:8}{cells}", flush=True)


def main() -> None:
    """Fill the store where it is empty, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("store", nargs="?")
    parser.add_argument("--articles", type=int, default=100_000)
    given = parser.parse_args()
    rng = np.random.default_rng(SEED)
    words = vocabulary(rng)
    with tempfile.TemporaryDirectory() as folder, Store(given.store or str(Path(folder) / "bench.db")) as store:
        with store.reading() as db:
            there = db.execute(select(func.count()).select_from(article)).scalar_one()
        if not there:
            begun = time.perf_counter()
            fill(store, rng, words, given.articles)
            if not store.database.sqlite:
                with store.writing() as db:
                    db.exec_driver_sql("ANALYZE")
            print(f"{given.articles / (time.perf_counter() - begun):,.0f} articles a second written, events with them")
        print(f"{there or given.articles:,} articles; milliseconds, median and worst of {ROUNDS}")
        measure(store, words)


if __name__ == "__main__":
    main()
