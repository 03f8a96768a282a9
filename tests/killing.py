"""Kills a process that adds and codes at random points, and looks at what is left.

What was acknowledged has to be there, nothing twice, nothing half; and what comes of it in the end is what comes of an
undisturbed run. Used by tests/path/test_killed.py (200 times) and bench/killed.py (2,000 times).

The process is a fork, so that a try costs what its work costs. It dies by SIGKILL: at a statement or a commit that is
drawn beforehand, or after a time that is drawn.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import world
from sqlalchemy import event as listening
from sqlalchemy import text

from marsad.desk import Desk
from marsad.desk.intake import adding, stages
from marsad.identity import article_id
from marsad.store import Store, health
from marsad.types import Article

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
#: Articles of one history, how many go into one transaction of each kind, and how many statements may pass.
ARTICLES, ADDED, CODED, GROUPED, STATEMENTS = 60, 7, 5, 4, 160
_STATES = ("روسيا", "العراق", "واشنطن", "إيران")
_ACTS = ("زارت", "هاجمت", "ستدعم")


def history(seed: int) -> list[Article]:
    """Articles as a month brings them: with copies, new versions at an address, and the same once more."""
    chance = random.Random(seed)
    made: list[Article] = []
    for number in range(ARTICLES):
        kind = chance.random()
        one, other = chance.sample(_STATES, 2)
        body = f"الخبر رقم {chance.randrange(10_000)}. {chance.choice(_ACTS)} {one} {other} في اليوم {number}."
        body = f"{one} {chance.choice(_ACTS)} {other} اليوم. {body}"
        url = f"https://paper-{number % 5}.example/{number}"
        if made and kind < 0.2:
            body = chance.choice(made).text
        elif made and kind < 0.4:
            url = chance.choice(made).url or url
        elif made and kind < 0.5:
            made.append(chance.choice(made))
            continue
        made.append(
            Article(
                id=article_id(body, url),
                text=body,
                url=url,
                published=date(2026, 3, 1) + timedelta(days=number // 20),
                published_from="input",
                fetched=NOW + timedelta(minutes=number),
            )
        )
    return made


def work(address: str, articles: list[Article], acknowledge: int) -> None:
    """Add and code ``articles``; each time something is on the disk its ids go to the descriptor ``acknowledge``."""
    adding.BATCH, stages.WRITTEN, stages.TAKEN, stages.GROUPED = ADDED, CODED, 2 * CODED, GROUPED
    with Desk(address, coder=world.Coder(), now=lambda: NOW) as desk:
        for start in range(0, len(articles), 20):
            some = articles[start : start + 20]
            seen = itertools.count()

            def told(added: adding.Added, some=some, seen=seen) -> None:
                done = sum(added.kept.values())
                os.write(acknowledge, "".join(f"{one.id}\n" for one in some[:done]).encode())

            adding.add(desk.store, iter(some), desk.now, told)
            desk.code()


def dump(address: str) -> dict[str, list[tuple[object, ...]]]:
    """What a store holds, without the numbers that depend on how often it was begun anew."""
    asked = {
        "articles": "SELECT id, url, current FROM article ORDER BY id",
        "events": "SELECT event.id, state, type, status FROM event ORDER BY event.id, state",
        "pairs": "SELECT source, target, dyad.day, event.id FROM dyad JOIN event ON event.seq = dyad.event "
        "ORDER BY 1, 2, 3, 4",
        "tallies": "SELECT what, source, target, month, type, status, voice, n FROM tally ORDER BY 1,2,3,4,5,6,7",
        "stories": "SELECT id, first, last, articles FROM story ORDER BY id",
        "members": "SELECT article.id, story.id FROM member JOIN article ON article.seq = member.article "
        "JOIN story ON story.seq = member.story ORDER BY 1, 2",
        "occurrences": "SELECT id, type, status, day, reports FROM occurrence ORDER BY id",
        "reports": "SELECT occurrence.id, event.id FROM report JOIN occurrence ON occurrence.seq = report.occurrence "
        "JOIN event ON event.seq = report.event ORDER BY 1, 2",
        "waiting": "SELECT stage, article FROM work ORDER BY 1, 2",
    }
    with Store(address) as store, store.reading() as db:
        return {name: [tuple(row) for row in db.execute(text(query))] for name, query in asked.items()}


@dataclass(slots=True)
class Killed:
    """How it went: how often the process was killed, how often it came to its end, and everything that was wrong."""

    kills: int = 0
    ends: int = 0
    wrong: list[str] = field(default_factory=list)


def _child(address: str, articles: list[Article], seed: int) -> tuple[set[str], bool]:
    """Run the work in a fork that is killed; gives the ids that it acknowledged, and whether it came to its end."""
    read, write = os.pipe()
    chance = random.Random(seed)
    timed = chance.random() < 0.4
    pause = chance.uniform(0.0, 0.8)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(read)
            if not timed:
                _arm_statement(chance)
            work(address, articles, write)
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    if timed:
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
    told = bytearray()
    while some := os.read(read, 1 << 16):
        told += some
    os.close(read)
    _, status = os.waitpid(child, 0)
    whole = told[: told.rfind(b"\n") + 1].decode().split()
    return set(whole), os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0


def _arm_statement(chance: random.Random) -> None:
    from sqlalchemy.engine import Engine

    left = [chance.randrange(1, STATEMENTS)]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    listening.listen(Engine, chance.choice(("before_cursor_execute", "after_cursor_execute")), count)
    listening.listen(Engine, "commit", count)


def kill(folder: Path, times: int, seed: int) -> Iterator[Killed]:
    """Kill ``times`` times, and give how it stands after each. Each history goes on where the kill left it."""
    done = Killed()
    for number in itertools.count():
        articles = history(seed + number)
        address = str(folder / f"{number}.db")
        acknowledged: set[str] = set()
        for attempt in itertools.count():
            told, ended = _child(address, articles, seed + 1000 * number + attempt)
            acknowledged |= told
            done.wrong += _look(address, acknowledged)
            if ended:
                break
            done.kills += 1
            yield done
            if done.kills >= times:
                return
        done.ends += 1
        reference = str(folder / f"{number}.whole.db")
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
            work(reference, articles, nowhere.fileno())
        was, now = dump(reference), dump(address)
        done.wrong += [f"history {seed + number}: {name} differ" for name in was if was[name] != now[name]]
        for path in folder.glob(f"{number}.*"):
            path.unlink()


def _look(address: str, acknowledged: set[str]) -> list[str]:
    """What is wrong with a store that was left by a kill."""
    if not Path(address).exists():
        return ["the store is gone"] if acknowledged else []
    with Store(address) as store:
        problems = health.check(store)
        with store.reading() as db:
            there = {f"{row[0] + (1 << 63):016x}" for row in db.execute(text("SELECT id FROM article"))}
            lost = db.execute(
                text(
                    "SELECT count(*) FROM article WHERE seq NOT IN (SELECT article FROM work)"
                    " AND seq NOT IN (SELECT article FROM coding)"
                )
            ).scalar()
    if missing := acknowledged - there:
        problems.append(f"{len(missing)} acknowledged articles are missing")
    if lost:
        problems.append(f"{lost} articles are neither coded nor waiting")
    return problems
