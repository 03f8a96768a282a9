"""The process is killed 50 times while it raises alerts and sends them; who honours the key has each alert once."""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from kept import NOW
from killing import _arm_statement
from raised import alert, raised

from marsad.store import Store, alerts, health, outbox
from marsad.types import Delivery, Message

TIMES, ALERTS = 50, 30
CHANNELS = ("webhook:https://hook.example", "mail:desk@example.org")


def when(number: int) -> datetime:
    return NOW + timedelta(minutes=number)


def work(address: str, inbox: Path, acknowledge: int) -> None:
    """Raise alerts that are to be sent to every channel, and send; each that is on the disk goes to ``acknowledge``."""
    with Store(address) as store, inbox.open("a", encoding="utf-8") as post:
        with store.reading() as db:
            first = alerts.count(db, unacked=False)
        for number in range(first, ALERTS):
            with store.writing() as db:
                some = raised(db, number, found=when(number))
                for channel in CHANNELS:
                    outbox.put(db, "iraq", some, channel, when(number))
            os.write(acknowledge, f"{some[0].id}\n".encode())
            send(store, post, when(number))
        while send(store, post, when(ALERTS)):
            pass


def send(store: Store, post, now: datetime) -> int:
    """Try what is due once; the receiver refuses the first try, and each third after it."""
    with store.reading() as db:
        due = outbox.due(db, now)
    for one in due:
        with store.writing() as db:
            begun = outbox.begin(db, one.key, now)
        taken = begun.tries % 3 != 1
        if taken:
            post.write(f"{begun.channel} {begun.key} {','.join(begun.alerts)}\n")
            post.flush()
        answer = Delivery(key=one.key, channel=one.channel, at=now, taken=taken)
        with store.writing() as db:
            outbox.end(db, one.key, answer, next=now)
    return len(due)


@dataclass(frozen=True)
class Ended:
    """What a process said before its end, and whether that was its own."""

    told: set[str]
    whole: bool


def child(address: str, inbox: Path, seed: int) -> Ended:
    """Run the work in a fork, which is killed at a statement, at a commit or after a time."""
    read, write = os.pipe()
    chance = random.Random(seed)
    timed = chance.random() < 0.3
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(read)
            if not timed:
                _arm_statement(chance)
            work(address, inbox, write)
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    if timed:
        time.sleep(chance.uniform(0.0, 0.4))
        os.kill(pid, signal.SIGKILL)
    told = b""
    while some := os.read(read, 1 << 16):
        told += some
    os.close(read)
    _, status = os.waitpid(pid, 0)
    whole = os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
    return Ended(set(told[: told.rfind(b"\n") + 1].decode().split()), whole)


def look(address: str, acknowledged: set[str]) -> None:
    """What was acknowledged is there, nothing is half, and each alert is in one message of each channel."""
    if not Path(address).exists():
        assert not acknowledged
        return
    with Store(address) as store:
        assert health.check(store) == []
        with store.reading() as db:
            kept = {one.id for one in alerts.listed(db, limit=10 * ALERTS).items}
            assert acknowledged <= kept
            waiting: list[Message] = outbox.late(db, when(10 * ALERTS))
            assert sum(one.tries > 0 for one in waiting) <= len(CHANNELS)


@pytest.mark.skipif(sys.platform == "win32", reason="forks and SIGKILL are needed")
def test_a_killed_process_loses_no_message_and_changes_none(tmp_path: Path):
    kills = 0
    for history in itertools.count():
        address, inbox = str(tmp_path / f"{history}.db"), tmp_path / f"{history}.txt"
        acknowledged: set[str] = set()
        for attempt in itertools.count():
            ended = child(address, inbox, 1000 * history + attempt)
            acknowledged |= ended.told
            look(address, acknowledged)
            if ended.whole:
                break
            kills += 1
        received(inbox)
        if kills >= TIMES:
            return


def received(inbox: Path) -> None:
    """Each channel had each alert, in order; what came twice came under its key, unchanged, before anything else."""
    lines = [line.split() for line in inbox.read_text(encoding="utf-8").splitlines()]
    for channel in CHANNELS:
        mine = [(key, inside) for to, key, inside in lines if to == channel]
        once = [key for key, _ in itertools.groupby(mine)]
        assert len({key for key, _ in once}) == len(once)
        had = [one for _, inside in once for one in inside.split(",")]
        assert had == [alert(n).id for n in range(ALERTS)]
