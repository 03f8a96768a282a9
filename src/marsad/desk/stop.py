"""The wish of somebody outside that work ends: seen between two steps, and at once where the work only waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(BaseException):
    """Ends a wait. Raised inside :meth:`Stop.waiting` only, and caught by whoever waits."""


class Stop:
    """Whether to stop: called, it says so.

    :meth:`ask` is for the handler of a signal, which runs in the main thread, between any two of its steps: in a wait
    for the web or for the next round it ends the wait, elsewhere what is being written is written first.
    """

    def __init__(self) -> None:
        self._asked = self._waiting = False

    def __call__(self) -> bool:
        """Whether somebody has asked."""
        return self._asked

    def ask(self, *_: object) -> None:
        """Ask to stop; takes what a handler of signals is given."""
        self._asked = True
        if self._waiting:
            self._waiting = False
            raise Stopped

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Nothing is being written inside: :class:`Stopped` is raised as soon as somebody asks, or has asked."""
        self._waiting = True
        try:
            if self._asked:
                raise Stopped
            yield
        finally:
            self._waiting = False

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass, fewer if somebody asks."""
        try:
            with self.waiting():
                time.sleep(max(0.0, seconds))
        except Stopped:
            pass


class Ended(Stop):
    """The same for work in another thread than that of who asks: a wait there is not broken off, but ends."""

    def __init__(self) -> None:
        super().__init__()
        self._event = threading.Event()

    def ask(self, *_: object) -> None:
        """Ask to stop."""
        self._asked = True
        self._event.set()

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass, fewer if somebody asks."""
        self._event.wait(max(0.0, seconds))
