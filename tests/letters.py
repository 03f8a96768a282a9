"""Kills a process that delivers at random points, and looks at what its receivers have.

Two webhooks and a file: the webhooks are a receiver that honours the key, now and then answers with a fault, and now
and then takes a message and hangs up without a word. Nothing may be lost, nothing twice, and each has its messages in
the order in which they were put into the outbox. Used by tests/path/test_delivery_kills.py (50 times) and
bench/delivered.py (500 times).

Receiver and sender are forks of one process, so that a try costs what its work costs.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from raised import alert, watch
from sqlalchemy import event as listening
from sqlalchemy.engine import Engine

from marsad.alert.channels import file, webhook
from marsad.desk import Desk
from marsad.settings import Settings
from marsad.store import Store, alerts, health, outbox, watches

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
#: Messages of each channel in one history, and how many statements may pass before a kill.
MESSAGES, STATEMENTS = 8, 250
#: How much later it is in each process that goes on: more than the wait after the faults of a receiver.
LATER = timedelta(minutes=15)


class _Receiver(ThreadingHTTPServer):
    """Takes each key once, and writes it down with its path before it says so."""

    daemon_threads = True

    def __init__(self, log: Path, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.log, self.chance, self.lock = log.open("ab", buffering=0), random.Random(seed), Lock()
        self.taken: set[str] = set()
        self.faults: dict[str, int] = {}

    def takes(self, path: str, key: str) -> str:
        """What becomes of a message: taken, taken without a word, or a fault, at most twice for a key."""
        with self.lock:
            word = self.chance.choices(("taken", "mute", "fault"), (8, 1, 1))[0]
            if word != "taken":
                self.faults[key] = self.faults.get(key, 0) + 1
                if self.faults[key] > 2:
                    word = "taken"
            if word != "fault" and key not in self.taken:
                self.taken.add(key)
                self.log.write(f"{path} {key}\n".encode())
            return word

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed."""


class _Handler(BaseHTTPRequestHandler):
    server: _Receiver

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        key = json.loads(body)["key"]  # raises for half a message: then nothing is taken
        assert key == self.headers["Idempotency-Key"]
        word = self.server.takes(self.path, key)
        if word != "mute":
            self.send_response(204 if word == "taken" else 503)
            self.end_headers()


@contextmanager
def receiver(log: Path, seed: int) -> Iterator[int]:
    """A receiver in a process of its own; gives its port."""
    server = _Receiver(log, seed)
    child = os.fork()
    if child == 0:
        try:
            server.serve_forever(0.05)
        finally:
            os._exit(0)
    server.socket.close()
    server.log.close()
    try:
        yield int(server.server_address[1])
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def fill(address: str, channels: tuple[str, ...]) -> dict[str, list[str]]:
    """Put the messages of a history into an outbox; gives for each channel their keys in order."""
    with Store(address) as store:
        for number, channel in enumerate(channels):
            with store.writing() as db:
                watches.put(db, watch(f"w{number}", channels=(channel,)), NOW)
                for n in range(MESSAGES):
                    one = alert(n, NOW, f"w{number}")
                    assert alerts.add(db, one, [one.id])
                    outbox.put(db, one.watch, [one], channel, NOW)
        return expected(store, channels)


def expected(store: Store, channels: tuple[str, ...]) -> dict[str, list[str]]:
    """The keys of each channel in the order in which they are due."""
    with store.reading() as db:
        waiting = outbox.late(db, NOW + timedelta(days=1))
    return {channel: [one.key for one in waiting if one.channel == channel] for channel in channels}


def work(address: str, attempt: int) -> bool:
    """Deliver what is due; gives whether nothing waits any more."""
    settings = Settings(private=True, secret="a secret of both", timeout=10.0)
    with Desk(address, settings, now=lambda: NOW + attempt * LATER) as desk:
        desk.deliver()
        return desk.next_delivery() is None


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _arm(chance: random.Random) -> None:
    """Have this process killed: at a statement or a commit, after a message was taken, or in the middle of a line."""
    kind = chance.random()
    if kind < 0.5:
        left = [chance.randrange(1, STATEMENTS)]

        def count(*_: object) -> None:
            left[0] -= 1
            if left[0] <= 0:
                _die()

        listening.listen(Engine, chance.choice(("before_cursor_execute", "after_cursor_execute")), count)
        listening.listen(Engine, "commit", count)
    elif kind < 0.75:
        before, answered, gone = chance.random() < 0.3, webhook._answered, itertools.count()
        at = chance.randrange(MESSAGES)

        def asked(*given: object) -> tuple[int, float]:
            last = next(gone) >= at
            if last and before:
                _die()
            found = answered(*given)  # type: ignore[arg-type]
            if last:
                _die()
            return found

        webhook._answered = asked  # type: ignore[assignment]
    else:
        at, part, lines = chance.randrange(MESSAGES), chance.random(), itertools.count()
        write, real = file._write, os.write

        def cut(number: int, line: bytes, size: int) -> None:
            if next(lines) >= at:
                real(number, line[: int(len(line) * part)])
                _die()
            write(number, line, size)

        file._write = cut


@dataclass(slots=True)
class Killed:
    """How it went: how often the process was killed, how often all was delivered, and everything that was wrong."""

    kills: int = 0
    ends: int = 0
    messages: int = 0
    wrong: list[str] = field(default_factory=list)


def _child(address: str, attempt: int, seed: int) -> tuple[bool, bool]:
    """Deliver in a fork that may be killed; gives whether it was, and whether nothing waits any more."""
    chance = random.Random(seed)
    pause = chance.uniform(0.02, 0.5) if chance.random() < 0.3 else None
    child = os.fork()
    if child == 0:
        status = 1
        try:
            if pause is None:
                _arm(chance)
            status = 0 if work(address, attempt) else 3
        finally:
            os._exit(status)
    if pause is not None:
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 1:
        raise AssertionError("the process that delivers has failed")
    return os.WIFSIGNALED(status), os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0


def kill(folder: Path, times: int, seed: int) -> Iterator[Killed]:
    """Kill ``times`` times, and give how it stands after each. Each history goes on where the kill left it."""
    done = Killed()
    for number in itertools.count():
        address, log, line = str(folder / f"{number}.db"), folder / f"{number}.log", folder / f"{number}.jsonl"
        with receiver(log, seed + number) as port:
            channels = (*(f"webhook:http://127.0.0.1:{port}/{name}" for name in "ab"), f"file:{line.name}")
            keys = fill(address, channels)
            for attempt in itertools.count():
                killed, ended = _child(address, attempt, seed + 1000 * number + attempt)
                if not ended and done.kills < times:
                    done.kills += killed
                    yield done
                elif not ended and attempt > 10_000:
                    raise AssertionError("it comes to no end")
                if ended:
                    break
        done.ends += 1
        done.messages += sum(map(len, keys.values()))
        done.wrong += [f"history {seed + number}: {one}" for one in look(address, keys, log, line)]
        for path in folder.glob(f"{number}.*"):
            path.unlink()
        if done.kills >= times:
            yield done
            return


def look(address: str, keys: dict[str, list[str]], log: Path, line: Path) -> list[str]:
    """What is wrong with what the receivers have, once nothing waits any more."""
    wrong: list[str] = []
    took = [one.split() for one in log.read_text().splitlines()]
    for channel, sent in keys.items():
        if channel.startswith("webhook:"):
            got = [key for path, key in took if path == channel[-2:]]
        else:
            got = [json.loads(one)["key"] for one in line.read_bytes().splitlines()]
        wrong += [f"{channel}: {len(set(sent) - set(got))} lost"] if set(sent) - set(got) else []
        wrong += [f"{channel}: {len(got) - len(set(got))} twice"] if len(got) > len(set(got)) else []
        wrong += [f"{channel}: out of order"] if got != sent and sorted(got) == sorted(sent) else []
    with Store(address) as store:
        wrong += health.check(store)
        with store.reading() as db:
            wrong += [f"{one.key} was given up: {one.error}" for one in outbox.dead(db)]
    return wrong
