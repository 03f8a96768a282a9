"""Each page of the observatory over a large store: how long the server needs for it, and how big it is.

    python bench/web.py STORE [--rounds 15] [--only NAME ...] [--lang ar]

Starts ``marsad serve`` on a free port over STORE and asks it for each page: once after the start (``first``: a cold
process, a warm file), then with a store that stays as it is (``kept``), then with a store whose revision is raised
before each request (``fresh``): what a reader waits while news comes in, and what the bar is for. ``cpu`` is the
processor's time of the server in the fresh rounds, which is what counts where others work beside. Times are medians in
milliseconds. Into STORE go 1,000 watches, 20 of them of pairs, and 1,000 alerts, where they are not there yet: give a
copy. Bars: 200 ms at the median, 150 KB.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import httpx2
from sqlalchemy import Connection, select

from marsad.store import Store, alerts, revision, tallies, watches
from marsad.store.schema import article, event, occurrence, report, source, story
from marsad.types import Alert, AlertTrigger, Because, EventType, Name, Query, Span, Watch

BAR_MS, BAR_KB = 200, 150
WATCHED, WATCHES, ALERTS = 20, 1_000, 1_000
SANCTIONER = "USA"


class Page(NamedTuple):
    """A page that is asked for."""

    name: str
    path: str


class Figures(NamedTuple):
    """What a page needs: milliseconds, kilobytes."""

    first: float
    kept: float
    fresh: float
    cpu: float
    size: float


# --- what is asked about ---------------------------------------------------------------------------------------------


def pairs(db: Connection) -> list[tuple[str, str]]:
    """Every pair of two states, the one with the most acts first."""
    found = [(one.source, one.target) for one in tallies.pairs(db, None, 100_000)]
    sides = dict.fromkeys(pair if pair[0] < pair[1] else pair[::-1] for pair in found)
    return [pair for pair in sides if pair[0] != pair[1] and SANCTIONER not in pair]


def filled(store: Store) -> None:
    """Watches and alerts, where there are none of ours."""
    now = datetime.now(UTC)
    with store.writing() as db:
        if {"bench-0", f"bench-{WATCHES - 1}"} <= {one.id for one in watches.listed(db)}:
            return
        chosen = pairs(db)
        busy = [*chosen[: WATCHED // 2], *chosen[len(chosen) // 2 :][: WATCHED // 2]]
        for n in range(WATCHES):
            watches.put(db, _watch(n, busy), now)
        of = select(article.c.seq, article.c.id, article.c.text, article.c.published, source.c.name, source.c.id)
        told = db.execute(of.join(source).order_by(article.c.seq).limit(ALERTS)).all()
        for n, row in enumerate(told):
            alerts.add(db, _alert(n, row, now), [f"bench {n}"])


def _watch(n: int, busy: list[tuple[str, str]]) -> Watch:
    if n < len(busy):
        query = Query(near=busy[n][0], counterpart=busy[n][1], sanctioner=SANCTIONER)
        return Watch(id=f"bench-{n}", name=f"{busy[n][0]} و{busy[n][1]}", trigger=AlertTrigger.RUNG, query=query)
    types = tuple(EventType)
    query = Query(parties=(busy[n % len(busy)][0],), types=(types[n % len(types)],))
    return Watch(id=f"bench-{n}", name=f"مراقبة {n}", trigger=AlertTrigger.EVENT, query=query)


def _alert(n: int, row: tuple[int, str, str, object, str, str], now: datetime) -> Alert:
    _, id, text, day, name, host = row  # noqa: A001 (the field's word)
    stop = min(len(text), 200)
    because = Because(article=id, quotation=text[:stop], span=Span(0, stop), language="ar", source=name or host,
                      published=day)  # type: ignore[arg-type] # fmt: skip
    return Alert(
        id=blake2b(f"bench {n}".encode(), digest_size=8).hexdigest(), watch=f"bench-{n % WATCHES}",
        trigger=AlertTrigger.EVENT, subject=f"{n:016x}", found=now - timedelta(seconds=ALERTS - n),
        said=Name(f"قول رقم {n} عن أمر جرى بين دولتين", f"Something happened between two states, number {n}"),
        because=(because,),
    )  # fmt: skip


def words(db: Connection) -> tuple[str, str, str]:
    """A word that many articles have, another, and one that few have."""
    counts: dict[str, int] = {}
    for text in db.execute(select(article.c.text).order_by(article.c.seq).limit(5_000)).scalars():
        for word in set(re.findall(r"\w{4,}", text)):
            counts[word] = counts.get(word, 0) + 1
    often = sorted(counts, key=lambda word: (-counts[word], word))
    return often[0], often[1], often[-1]


def pages(store: Store) -> list[Page]:
    """The pages, with what the store has in their addresses."""
    with store.reading() as db:
        every = pairs(db)
        heavy, middling, rare = every[0], every[min(30, len(every) // 2)], every[-1]
        common, second, seldom = words(db)
        half = db.execute(select(article.c.id).order_by(article.c.seq.desc()).limit(1).offset(50)).scalar_one()
        act = db.execute(select(occurrence.c.id).order_by(occurrence.c.seq.desc()).limit(1).offset(50)).scalar_one()
        reported = select(event.c.id).join(report, report.c.event == event.c.seq)
        told = db.execute(reported.order_by(event.c.seq.desc()).limit(1).offset(50)).scalar_one()
        one = db.execute(select(story.c.id).order_by(story.c.seq.desc()).limit(1).offset(50)).scalar_one()
    third = next(side for pair in every for side in pair if side not in heavy)
    found = {
        "observatory": "/", "pair, heaviest": "/relation/{}/{}".format(*heavy),
        "pair, middling": "/relation/{}/{}".format(*middling), "pair, rare": "/relation/{}/{}".format(*rare),
        "pair, a row of the observatory": "/parts/pair/{}/{}?year={}&sanctioner={}".format(
            *heavy, datetime.now(UTC).date(), SANCTIONER),
        "pair, whole course": "/relation/{}/{}?part=course&since=2016-01-01".format(*heavy),
        "triangle": "/triangle/{}/{}/{}".format(*heavy, third), "map": f"/map?of={heavy[0]}", "map, unasked": "/map",
        "article": f"/article/{half}", "event": f"/event/{told}", "act": f"/event/{act}", "story": f"/story/{one}",
        "actor": f"/actor/{heavy[0]}", "search, common": f"/search?q={common}", "search, rare": f"/search?q={seldom}",
        "search, two words": f"/search?q={common} {second}", "sources": "/sources", "alerts": "/alerts",
        "watches": "/watches", "law": "/law/us/caatsa/231", "finding": f"/finding/{heavy[0]}/us/caatsa/231",
        "findings of a state": f"/finding/{heavy[0]}", "brief": "/brief/{}/{}".format(*heavy), "about": "/about",
    }  # fmt: skip
    return [Page(name, path) for name, path in found.items()]


# --- the server ------------------------------------------------------------------------------------------------------


@contextmanager
def served(path: str) -> Iterator[tuple[int, str]]:
    """A server of its own: its process and its address."""
    command = [sys.executable, "-m", "marsad", "serve", "--store", path, "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        found = re.search(r"http://[^/]+", process.stdout.readline())
        if not found:
            raise SystemExit("the server did not begin")
        yield process.pid, found[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def spent(process: int) -> float:
    """The milliseconds of processor time of all threads of a process that are there."""
    return sum(int(one.read_text().split()[0]) for one in Path(f"/proc/{process}/task").glob("*/schedstat")) / 1e6


def timed(client: httpx2.Client, path: str) -> tuple[float, int]:
    """How long the answer took, and how many bytes it has."""
    begin = time.perf_counter()
    answer = client.get(path)
    took = (time.perf_counter() - begin) * 1e3
    if answer.status_code != 200:
        print(f"{path}: {answer.status_code}", file=sys.stderr)
    return took, len(answer.content)


def median(rounds: int, asked: Callable[[], float]) -> float:
    """The median of so many."""
    return statistics.median(asked() for _ in range(rounds))


def measured(store: Store, process: int, client: httpx2.Client, path: str, rounds: int) -> Figures:
    """One page."""
    first, size = timed(client, path)
    kept = median(rounds, lambda: timed(client, path)[0])
    used: list[float] = []

    def fresh() -> float:
        with store.writing(shown=False) as db:
            revision.advance(db)
        before = spent(process)
        took = timed(client, path)[0]
        used.append(spent(process) - before)
        return took

    return Figures(first, kept, median(rounds, fresh), statistics.median(used), size / 1e3)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--lang", default="ar")
    parser.add_argument("--only", nargs="*", default=[], help="pages whose names begin so")
    given = parser.parse_args()
    with Store(given.store) as store:
        filled(store)
        chosen = [one for one in pages(store) if not given.only or one.name.startswith(tuple(given.only))]
        load = os.getloadavg()[0]
        print(f"{'milliseconds':<32}{'first':>9}{'kept':>9}{'fresh':>9}{'cpu':>9}{'KB':>9}", flush=True)
        over = 0
        with served(given.store) as (process, address), httpx2.Client(base_url=address, timeout=120) as client:
            client.get("/about", params={"lang": given.lang})
            for one in chosen:
                seen = measured(store, process, client, one.path, given.rounds)
                slow = seen.fresh > BAR_MS or seen.size > BAR_KB
                over += slow
                print(f"{one.name:<32}" + "".join(f"{n:>9.1f}" for n in seen) + ("  over" if slow else ""), flush=True)
        print(f"{'bars':<32}{'':>18}{BAR_MS:>9}{'':>9}{BAR_KB:>9}  {over} over")
        print(f"load of the machine {load:.1f} before, {os.getloadavg()[0]:.1f} after, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
