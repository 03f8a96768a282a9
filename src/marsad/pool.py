"""Work in several processes, in order: what :meth:`Coder.pipe <marsad.coder.Coder.pipe>` stands on.

The source is run through by a thread, so that a slow one holds nobody up; batches go to whoever is free; results come
in the order of the items. Neither the number of processes nor the size of a batch changes a result.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from multiprocessing import Pipe, get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Condition, Thread
from typing import Any, Generic, TypeAlias, TypeVar

from marsad.errors import MarsadError

Item = TypeVar("Item")
Done = TypeVar("Done")
#: Called once in each process; gives what is called with each item.
Work: TypeAlias = Callable[[], Callable[[Item], Done]]


class _Ahead(Generic[Item]):
    """What has come of some items, at most ``most`` of them: a thread of its own reads on.

    ``wake`` is a connection that can be read from while there is something to take, or the end to learn of.
    """

    def __init__(self, items: Iterable[Item], most: int) -> None:
        self.wake, self._waker = Pipe(duplex=False)
        self.fault: BaseException | None = None
        self._items, self._most = items, most
        self._held: list[Item] = []
        self._changed = Condition()
        self._awake = self._ended = self._closed = False
        # A daemon: one that waits for a slow source must not hold up the end of the program.
        Thread(target=self._read, name="marsad-source", daemon=True).start()

    def _read(self) -> None:
        try:
            for item in self._items:
                with self._changed:
                    self._changed.wait_for(lambda: self._closed or len(self._held) < self._most)
                    if self._closed:
                        return
                    self._held.append(item)
                    self._tell()
        except BaseException as error:  # raised again by whoever takes the items
            self.fault = error
        with self._changed:
            self._ended = True
            self._tell()

    def _tell(self) -> None:
        if not self._awake and not self._closed:
            self._awake = True
            self._waker.send_bytes(b".")

    @property
    def over(self) -> bool:
        """Whether all items are taken; ``fault`` then says what ended them before their time."""
        with self._changed:
            return self._ended and not self._held

    def take(self) -> list[Item]:
        """All that has come; asked for when ``wake`` can be read from."""
        with self._changed:
            self.wake.recv_bytes()
            self._awake = False
            batch, self._held = self._held, []
            if self._ended and batch:
                self._tell()
            self._changed.notify()
        return batch

    def close(self) -> None:
        """Let the thread end as soon as its source lets it."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            self.wake.close()
            self._waker.close()


def side_by_side(
    items: Iterable[Item], work: Work[Item, Done], processes: int, size: int
) -> Generator[Done, None, None]:
    """What each of ``items`` becomes, in their order, from ``processes`` that each take at most ``size`` at a time.

    ``work`` is called once in each process, and what it gives is called with each item; it must be picklable, and what
    it raises is raised here. Raises :class:`MarsadError` where a process ends before its time.
    """
    source = _Ahead(items, size)
    workers: dict[Connection, BaseProcess] = {}
    free: list[Connection] = []
    busy: dict[Connection, int] = {}  # the number of the batch that each codes
    done: dict[int, list[Done]] = {}
    sent = given = 0
    try:
        while len(workers) < processes:
            workers.update([_started(work)])
        while busy or not source.over:
            # None is sent far before the oldest that is still being coded: what is done meanwhile is held.
            room = free and sent - given < 2 * processes and not source.over
            for ready in wait([*workers, source.wake] if room else list(workers)):
                assert isinstance(ready, Connection)
                if ready is not source.wake:
                    found = _received(ready)
                    free.append(ready)
                    if ready in busy:  # the first word of each says only that it has loaded the model
                        done[busy.pop(ready)] = found
                elif batch := source.take():
                    busy[free[-1]] = sent
                    _send(free.pop(), batch)
                    sent += 1
            while given in done:
                yield from done.pop(given)
                given += 1
        if source.fault:
            raise source.fault
    finally:
        source.close()
        for connection, process in workers.items():
            process.terminate()
            process.join()
            connection.close()


def _started(work: Work[Item, Done]) -> tuple[Connection, BaseProcess]:
    """A new process that codes what it is sent, and the connection to it.

    It has no semaphore, so that nothing is left behind however the program ends; and it does not hear Ctrl-C, which a
    terminal sends to every process: this one ends it.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, work), daemon=True)
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # starting it with the first process would let the signal through again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    there.close()  # else its end would not be seen here
    return here, process


def _ended() -> MarsadError:
    return MarsadError(
        "a process that works beside this one has ended",
        do="give fewer processes if the memory is short; in a script call pipe under `if __name__ == '__main__':`",
    )


def _send(connection: Connection, batch: list[Item]) -> None:
    try:
        connection.send(batch)
    except OSError:
        raise _ended() from None


def _received(connection: Connection) -> list[Any]:
    """What a process sends. Raises what it raised, and :class:`MarsadError` if it has ended."""
    try:
        found: list[Any] | Exception = connection.recv()
    except (EOFError, OSError):
        raise _ended() from None
    if isinstance(found, Exception):
        raise found
    return found


def _work(connection: Connection, work: Work[Item, Done]) -> None:
    """In a process of its own: begin, say so, and do each batch that comes, until nobody listens."""
    with suppress(EOFError, OSError):
        try:
            do = work()
        except Exception as error:
            connection.send(error)
            return
        connection.send([])
        while True:
            batch: list[Item] = connection.recv()
            try:
                found: list[Done] | Exception = [do(item) for item in batch]
            except Exception as error:
                found = error
            connection.send(found)
