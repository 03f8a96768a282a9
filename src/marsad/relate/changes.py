"""Turns in what passes between two: daily counts in, :class:`~marsad.types.Change` out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from marsad.errors import FormatError
from marsad.relate.detect import PERSIST, Detector, Found
from marsad.types import Change


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
    for name, values in (("counts", counts), ("exposure", exposure)):
        if values is not None and len(values) != len(days):
            raise FormatError(f"{len(values)} {name} for {len(days)} days", do="give one a day")
    detector = Detector(persist)
    told: list[Change] = []
    for number, day in enumerate(days):
        if day > now:
            break
        found = detector.step(day, counts[number], 1.0 if exposure is None else exposure[number])
        if found is not None:
            told.append(change(found, source, target, quad))
    return tuple(told)


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
