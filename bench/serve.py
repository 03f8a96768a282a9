"""Many readers of one server on loopback: faults, how long an answer takes, and whether memory stays flat.

    python bench/serve.py STORE [--readers 50] [--every 5] [--seconds 60] [--short] [--pages PATH ...]

Starts ``marsad serve`` on a free port over STORE, which is not written to, and lets each reader ask for a page, then
wait. Every tenth reader also listens to the stream. ``--short`` is ten seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx2

#: What is asked for, one after the other, each reader beginning elsewhere. With ``--fresh`` the number in it is
#: another each time, so that no answer is kept from the one before.
PATHS = (
    "/", "/api/events?limit={n}", "/relation/{one}/{other}", "/api/relations/{one}/{other}?since={year}-01",
    "/api/search?q=عقوبات&limit={n}", "/api/reports?party={one}&limit={n}", "/sources", "/alerts",
    "/api/alerts?limit={n}", "/api/findings/{one}?law=us/caatsa/231&on={year}-06-01",
    "/api/changes?who={one}&limit={n}",
    "/search?q=عقوبات", "/map",
)  # fmt: skip
#: An address, the status of its answer (0: none), and the seconds that it took.
Told = tuple[str, int, float]


def filled(path: str, given: argparse.Namespace, number: int) -> str:
    """An address of :data:`PATHS` for one request."""
    n = 1 + number * 7 % 199 if given.fresh else 50
    year = 2016 + number * 3 % 11 if given.fresh else 2025
    return path.format(one=given.one, other=given.other, n=n, year=year)


def memory(process: int) -> float:
    """The memory of a process, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


async def reader(client: httpx2.AsyncClient, first: int, given: argparse.Namespace, told: list[Told]) -> None:
    """One reader: a page, then a pause, until the time is over."""
    paths = given.pages or PATHS
    end = time.monotonic() + given.seconds
    await asyncio.sleep(first / given.readers * given.every)
    number = first
    while time.monotonic() < end:
        path = paths[number % len(paths)]
        number += 1
        began = time.perf_counter()
        try:
            status = (await client.get(filled(path, given, number + 31 * first))).status_code
        except httpx2.HTTPError as error:
            status = 0
            print(f"{path}: {error!r}", file=sys.stderr)
        took = time.perf_counter() - began
        told.append((path, status, took))
        await asyncio.sleep(max(0.0, given.every - took))


async def listener(client: httpx2.AsyncClient, seconds: float) -> None:
    """One who listens to what is new."""
    try:
        async with asyncio.timeout(seconds), client.stream("GET", "/api/stream") as answer:
            async for _ in answer.aiter_bytes():
                pass
    except TimeoutError:
        pass


async def load(address: str, given: argparse.Namespace) -> list[Told]:
    """What every reader was told."""
    told: list[Told] = []
    limits = httpx2.Limits(max_connections=2 * given.readers, max_keepalive_connections=2 * given.readers)
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        asked = [reader(client, n, given, told) for n in range(given.readers)]
        await asyncio.gather(*asked, *(listener(client, given.seconds) for _ in range(given.readers // 10)))
    return told


def warm(address: str, given: argparse.Namespace) -> None:
    """Ask once for each page: what a server loads at its first is not what is measured."""
    with httpx2.Client(base_url=address, timeout=600) as client:
        for path in given.pages or PATHS:
            client.get(filled(path, given, 0))


def quantile(times: list[float], part: float) -> float:
    """The time that a part of them stays below, in milliseconds."""
    return 1000 * (statistics.quantiles(times, n=100)[round(part * 100) - 1] if len(times) > 1 else times[0])


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--one", default="IRQ")
    parser.add_argument("--other", default="RUS")
    parser.add_argument("--pages", nargs="*")
    parser.add_argument("--no-pages", action="store_true", help="the API alone")
    parser.add_argument("--fresh", action="store_true", help="another question each time")
    given = parser.parse_args()
    given.seconds = 10.0 if given.short else given.seconds
    command = [sys.executable, "-m", "marsad", "serve", "--store", given.store, "--port", "0"]
    command += ["--no-pages"] if given.no_pages else []
    given.pages = given.pages or ([path for path in PATHS if path.startswith("/api")] if given.no_pages else None)
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        found = re.search(r"http://[^/]+", server.stdout.readline())
        assert found, "the server did not begin"
        warm(found[0], given)
        before = memory(server.pid)
        told = asyncio.run(load(found[0], given))
        after = memory(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        ended = server.wait(30)
    times = [took for _, _, took in told]
    print(json.dumps({
        "load": [round(one, 1) for one in os.getloadavg()],
        "readers": given.readers, "fresh": given.fresh, "seconds": given.seconds, "requests": len(told),
        "statuses": dict(Counter(status for _, status, _ in told)),
        "faults": sorted({f"{status} {path}" for path, status, _ in told if not 200 <= status < 400}),
        "p50_ms": round(quantile(times, 0.5), 1), "p95_ms": round(quantile(times, 0.95), 1),
        "max_ms": round(1000 * max(times), 1),
        "memory_mb": {"begin": round(before, 1), "end": round(after, 1)}, "exit": ended,
        "p50_by_page_ms": {
            path: round(1000 * statistics.median(took for one, _, took in told if one == path), 1)
            for path in sorted({path for path, _, _ in told})
        },
    }, ensure_ascii=False, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
