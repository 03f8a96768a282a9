"""What is dear to work out, kept while the store stays as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import NamedTuple, TypeVar

T = TypeVar("T")
#: Most bytes of all that is kept.
MOST = 64_000_000
#: In place of a revision: the question itself has all that the answer is made of, and no state of the store ends it.
ALWAYS = -1


class Key(NamedTuple):
    """What is asked, in which language, on which day, of which state of the store (``Store.revision``)."""

    question: Hashable
    lang: str
    day: date
    revision: int


class Cache:
    """Answers by their key, those used longest ago dropped first. Several threads may ask at once.

    ``most`` bounds the sum of the sizes that are told of what is kept.

    >>> cache = Cache()
    >>> key = Key("pairs", "en", date(2026, 3, 1), 7)
    >>> cache.get(key, lambda: "dear", len), cache.get(key, lambda: "never made", len)
    ('dear', 'dear')
    """

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[Key, tuple[object, int]] = OrderedDict()
        self._lock = Lock()
        self._making: dict[Key, Lock] = {}

    def get(self, key: Key, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """What is kept under ``key``, else what ``make`` gives, of ``size`` bytes; made once, however many wait."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]  # type: ignore[return-value]
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._kept:
                    return self._kept[key][0]  # type: ignore[return-value]
            try:
                made = make()
                self._keep(key, made, size(made))
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return made

    def _keep(self, key: Key, made: object, size: int) -> None:
        if size > self.most // 4:
            return
        with self._lock:
            # What was worked out of an earlier state of the store is not asked for again.
            for old in [one for one in self._kept if ALWAYS < one.revision < key.revision]:
                self._drop(old)
            self._kept[key] = (made, size)
            self.size += size
            while self.size > self.most:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        self.size -= self._kept.pop(key)[1]

    def __contains__(self, key: Key) -> bool:
        return key in self._kept

    def __len__(self) -> int:
        return len(self._kept)
