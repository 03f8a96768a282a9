"""Whose turn it is: when each host may be asked next, and the order in which addresses are asked for.

Knows nothing of HTTP. A course (the way to one page, robots.txt and redirects included) is a generator that yields the
host that it is about to ask, is taken up again when that host is due, and asks once before it yields the next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Generic, TypeAlias, TypeVar

Result = TypeVar("Result")
#: Yields hosts, is sent nothing, returns what came of it.
Course: TypeAlias = Generator[str, None, Result]

#: How many addresses are looked at ahead, to find one whose host is due.
AHEAD = 10_000
#: Longest wait in seconds for a host after faults of its own; the delay that the user asks for may be longer.
PATIENCE = 300.0
#: Shortest sleep in seconds, so that rounding never makes one that ends before its time.
LEAST = 0.001
#: How many seconds requests under way are given to end, once the caller takes no more.
PARTING = 1.0


@dataclass(slots=True)
class _Host:
    due: float = float("-inf")
    asked: float = float("-inf")
    failures: int = 0
    delays: dict[str, float] = field(default_factory=dict)


class Hosts:
    """When each host may be asked next. Times are seconds of the clock that the caller uses; safe between threads."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()
        self.patience = max(PATIENCE, delay)

    def due(self, host: str) -> float:
        """The time before which ``host`` must not be asked."""
        with self._lock:
            return self._hosts[host].due if host in self._hosts else float("-inf")

    def take(self, host: str, at: float) -> bool:
        """Whether ``host`` may be asked at ``at``; if so, nobody else may for a while."""
        with self._lock:
            known = self._hosts.setdefault(host, _Host())
            if known.due > at:
                return False
            known.asked = at
            known.due = at + max(self._delay, *known.delays.values(), 0.0)
            return True

    def asked(self, host: str, at: float, *, failed: bool, pause: float = 0.0) -> None:
        """A request to ``host`` has ended at ``at``; ``pause`` is how many seconds it has asked to be left alone.

        After each failure the wait doubles, as far as :data:`PATIENCE` and one step beyond.
        """
        with self._lock:
            known = self._hosts.setdefault(host, _Host())
            known.failures = known.failures + 1 if failed else 0
            delay = max(self._delay, pause, *known.delays.values())
            if failed:
                grown = max(self._delay, 1.0) * 2.0 ** min(known.failures, 30)
                delay = max(delay, min(grown, 2 * PATIENCE))
            known.asked = at
            known.due = max(known.due, at + delay)

    def slow_down(self, host: str, origin: str, delay: float) -> None:
        """Keep to the ``delay`` in seconds that the robots.txt of ``origin`` asks for: the longest of a host counts."""
        with self._lock:
            known = self._hosts.setdefault(host, _Host())
            known.delays[origin] = delay
            known.due = max(known.due, known.asked + delay)

    def asked_before(self, host: str, ago: float, at: float) -> None:
        """``host`` was asked ``ago`` seconds before ``at``, by whoever that was."""
        with self._lock:
            known = self._hosts.setdefault(host, _Host())
            known.due = max(known.due, at + self._delay - max(ago, 0.0))


@dataclass(slots=True)
class _Begun(Generic[Result]):
    """A course that waits for ``host``."""

    steps: Course[Result]
    host: str


@dataclass(slots=True)
class _Outcome(Generic[Result]):
    """What a step led to: the next host to wait for, the end with its result, or a fault of ours."""

    home: str
    host: str | None = None
    result: list[Result] = field(default_factory=list)
    fault: BaseException | None = None


def _stepped(home: str, steps: Course[Result]) -> _Outcome[Result]:
    try:
        return _Outcome(home, host=next(steps))
    except StopIteration as end:
        return _Outcome(home, result=[end.value])
    except BaseException as fault:  # raised again by whoever waits for the result
        return _Outcome(home, fault=fault)


class Turns(Generic[Result]):
    """Runs courses, those of one host one after the other, and gives what comes of each as soon as it is there.

    With one worker all is done in the calling thread and in the same order each time. With more, as many hosts are
    asked side by side. Nothing is begun while the caller has not taken what is ready.
    """

    def __init__(
        self,
        courses: Iterable[tuple[str, Course[Result]]],
        hosts: Hosts,
        workers: int,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        """``courses``: each with its home, the host that it begins with."""
        self._source: Iterator[tuple[str, Course[Result]]] | None = iter(courses)
        self._hosts, self._clock, self._sleep, self._workers = hosts, clock, sleep, workers
        self._queues: dict[str, deque[Course[Result]]] = {}  # by home, the one under way first
        self._queued = 0
        self._new: deque[str] = deque()  # homes of which nothing is under way yet
        self._begun: dict[str, _Begun[Result]] = {}  # by home, in the order in which they began to wait
        self._running: dict[str, _Begun[Result]] = {}
        self._ended: deque[Result] = deque()
        self._todo: SimpleQueue[tuple[str, Course[Result]] | None] = SimpleQueue()
        self._done: SimpleQueue[_Outcome[Result]] = SimpleQueue()

    def run(self, stop: Callable[[], None] = lambda: None) -> Iterator[Result]:
        """The results as they come. ``stop`` ends requests under way, if the caller takes no more."""
        # Daemons: one that waits for a host that does not answer must not hold up the end of the program.
        threads = [
            Thread(target=self._work, name="marsad-fetch", daemon=True)
            for _ in range(self._workers if self._workers > 1 else 0)
        ]
        whole = False
        try:
            for thread in threads:
                thread.start()
            while self._go_on():
                while self._ended:
                    yield self._ended.popleft()
            whole = True
        finally:
            if not whole:
                stop()
            for _ in threads:
                self._todo.put(None)
            for thread in threads:
                thread.join(None if whole else PARTING / len(threads))
            for begun in self._begun.values():
                begun.steps.close()

    def _work(self) -> None:
        """In a thread: do one step after the other, as they are given out."""
        while task := self._todo.get():
            self._done.put(_stepped(*task))

    def _begin(self) -> bool:
        """Begin the first course of another home, if there is one within reach."""
        while not self._new and self._source is not None and self._queued < AHEAD:
            try:
                home, steps = next(self._source)
            except StopIteration:
                self._source = None
                break
            if home not in self._queues:
                self._queues[home] = deque()
                self._new.append(home)
            self._queues[home].append(steps)
            self._queued += 1
        if not self._new:
            return False
        home = self._new.popleft()
        self._take(_stepped(home, self._queues[home][0]))
        return True

    def _take(self, outcome: _Outcome[Result]) -> None:
        """Let the course wait for its next host; if it has ended, begin the next of its home."""
        home, queue = outcome.home, self._queues[outcome.home]
        while outcome.host is None:
            queue.popleft()
            self._queued -= 1
            if not queue:
                del self._queues[home]
            if outcome.fault:
                raise outcome.fault
            self._ended += outcome.result
            if not queue:
                return
            outcome = _stepped(home, queue[0])
        self._begun[home] = _Begun(queue[0], outcome.host)

    def _go_on(self) -> bool:
        """Do the step that is due first, else begin another course, else wait; False if there is nothing left."""
        home, wait = self._next(self._clock())
        free = len(self._running) < self._workers
        if free and home is not None and wait <= 0:
            begun = self._running[home] = self._begun.pop(home)
            if self._workers > 1:
                self._todo.put((home, begun.steps))
            else:
                self._finish(_stepped(home, begun.steps))
        elif free and self._begin():
            pass
        elif self._running:
            with suppress(Empty):
                self._finish(self._done.get(timeout=max(wait, LEAST) if free and home is not None else None))
        elif home is not None:
            self._sleep(max(wait, LEAST))
        else:
            return False
        return True

    def _finish(self, outcome: _Outcome[Result]) -> None:
        del self._running[outcome.home]
        self._take(outcome)

    def _next(self, now: float) -> tuple[str | None, float]:
        """The home of the course that can go on first, and in how many seconds.

        One that would have to wait longer than anybody is willing to goes on at once, to say so.
        """
        busy = {begun.host for begun in self._running.values()}
        found: tuple[str | None, float] = None, float("inf")
        for home, begun in self._begun.items():
            if begun.host not in busy:
                wait = self._hosts.due(begun.host) - now
                if wait > self._hosts.patience:
                    wait = 0.0
                if wait < found[1]:
                    found = home, wait
        return found
