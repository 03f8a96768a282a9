"""Turns in what passes between two: daily counts in, :class:`~marsad.types.Change` out."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from threading import Lock
from typing import Any

import numpy as np

from marsad.errors import FormatError
from marsad.relate.detect import PERSIST, Detector, Found
from marsad.types import Change


def _check(days: Sequence[date], counts: Sequence[int | None], exposure: Sequence[float] | None) -> None:
    """Raise :class:`FormatError` where there is not one of each a day."""
    for name, values in (("counts", counts), ("exposure", exposure)):
        if values is not None and len(values) != len(days):
            raise FormatError(f"{len(values)} {name} for {len(days)} days", do="give one a day")


def changes(
    days: Sequence[date],
    counts: Sequence[int | None],
    exposure: Sequence[float] | None,
    now: date,
    *,
    source: str,
    target: str,
    quad: str,
    persist: int = PERSIST,
) -> tuple[Change, ...]:
    """The turns of one series as they were known by ``now``, in the order in which they were found.

    ``days`` ascend; one that is left out is taken as not read. ``counts`` are acts a day, None where nothing was read:
    unknown, which is not zero. ``exposure`` is the coverage of each day over its running level, 1 where it is as usual
    (None: of every day); rates are per unit of it, so that reading more is no turn. A day after ``now`` is not looked
    at; leave out the day that is not over yet. ``persist`` is how many observed days a turn must last.

    One pass, each day once: a change stands as it was found, whatever comes later, and :func:`change` of what a
    :class:`~marsad.relate.detect.Detector` finds day by day is the same to the last bit. The ``occurrences`` are for
    the caller to fill. Raises FormatError on sequences of unequal length, a day out of order or a value that is none.

    >>> from datetime import timedelta
    >>> days = [date(2025, 1, 1) + timedelta(i) for i in range(60)]
    >>> counts = [2, 3, 1, 2, 4] * 8 + [9, 12, 8, 11] * 5
    >>> found = changes(days, counts, None, days[-1], source="RUS", target="IRQ", quad="verbal cooperation")
    >>> [(change.day.isoformat(), change.before < 4 < change.after) for change in found]
    [('2025-02-10', True)]
    """
    _check(days, counts, exposure)
    detector = Detector(persist)
    told: list[Change] = []
    for number, day in enumerate(days):
        if day > now:
            break
        found = detector.step(day, counts[number], 1.0 if exposure is None else exposure[number])
        if found is not None:
            told.append(change(found, source, target, quad))
    return tuple(told)


#: Series that are remembered, and days at the end of each that are replayed: what is read late falls into them.
REMEMBERED, REPLAYED = 512, 40


@dataclass(frozen=True, slots=True)
class _Stood:
    """Where a detector stood after the first ``n`` days of a series: these days, its state, what it had told."""

    n: int
    digest: bytes
    state: Mapping[str, Any]
    told: tuple[Found, ...]


class Replays:
    """Finds :func:`changes`, and remembers of each series where it stood: the same days are not gone through again.

    What is given is the same to the last bit: where a day in the past is another than before, all is gone through.
    Several threads may ask at once.
    """

    def __init__(self) -> None:
        self._stood: OrderedDict[Hashable, _Stood] = OrderedDict()
        self._lock = Lock()

    def changes(
        self,
        days: Sequence[date],
        counts: Sequence[int | None],
        exposure: Sequence[float],
        now: date,
        *,
        source: str,
        target: str,
        quad: str,
        persist: int = PERSIST,
    ) -> tuple[Change, ...]:
        """As :func:`changes`."""
        _check(days, counts, exposure)
        end = bisect_right(days, now)
        key = (source, target, quad, persist, days[0] if days else None)
        with self._lock:
            stood = self._stood.get(key)
        if stood is None or stood.n > end or stood.digest != _digest(days, counts, exposure, stood.n):
            detector, told, begin = Detector(persist), [], 0
        else:
            detector, told, begin = Detector.of(stood.state), list(stood.told), stood.n
        keep = max(begin, end - REPLAYED)
        for number in range(begin, end):
            if number == keep:
                self._keep(key, _Stood(keep, _digest(days, counts, exposure, keep), detector.state(), tuple(told)))
            if found := detector.step(days[number], counts[number], exposure[number]):
                told.append(found)
        return tuple(change(found, source, target, quad) for found in told)

    def _keep(self, key: Hashable, stood: _Stood) -> None:
        with self._lock:
            self._stood[key] = stood
            self._stood.move_to_end(key)
            while len(self._stood) > REMEMBERED:
                self._stood.popitem(last=False)


def _digest(days: Sequence[date], counts: Sequence[int | None], exposure: Sequence[float], n: int) -> bytes:
    """What the first ``n`` days of a series are known by."""
    made = blake2b(digest_size=16)
    made.update(np.array([day.toordinal() for day in days[:n]], dtype=np.int64).tobytes())
    made.update(np.array([-1 if one is None else one for one in counts[:n]], dtype=np.int64).tobytes())
    made.update(np.array(exposure[:n], dtype=np.float64).tobytes())
    return made.digest()


def change(found: Found, source: str, target: str, quad: str) -> Change:
    """What a detector found, with whose relation it is."""
    return Change(
        source=source,
        target=target,
        quad=quad,
        day=found.day,
        found=found.found,
        before=found.before,
        after=found.after,
        strength=found.strength,
    )
