"""What has turned between two: the counts of a store, as the step of changes takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from marsad.identity import state_of
from marsad.knowledge import ontology
from marsad.relate.changes import Replays
from marsad.relate.detect import LONGEST
from marsad.store import Connection, coverage, days, occurrences, tallies
from marsad.store.where import Where
from marsad.types import Change, EventType, Outcome

#: Days of history that a change is looked for in, before the first day that is asked about.
HISTORY = 3 * 365
#: Days of which the mean is how much is usually read.
LEVEL = 365
#: Acts that a change is told with, the latest.
ACTS = 50
#: Pairs of which the busy ones of one side are chosen: more than any store has.
EVERY = 1_000_000
#: Remembers where the detectors of what was asked about stood.
changes = Replays().changes


def busy(db: Connection, one: str | None, since: date, number: int) -> list[tuple[str, str]]:
    """The busiest pairs of sides since a month; of those that ``one`` is in, each with it in the place of its side."""
    if one is None:
        return [(pair.source, pair.target) for pair in tallies.pairs(db, since, number)]
    side = state_of(one)
    pairs = [(pair.source, pair.target) for pair in tallies.pairs(db, since, EVERY)]
    mine = [(one if source == side else source, one if target == side else target)
            for source, target in pairs if side in (source, target)]  # fmt: skip
    return [pair for pair in mine if "." not in one or pair[0] != pair[1]][:number]


def turned(
    db: Connection, pairs: Iterable[tuple[str, str]], since: date | None, until: date, persist: int
) -> list[Change]:
    """What has turned in each class of acts of each pair, told with the acts that made it."""
    first = since - timedelta(HISTORY) if since else None
    read = {day: n for day, n in coverage.read(db, first, until).items() if n}
    if not read:
        return []
    every = [min(read) + timedelta(k) for k in range((until - min(read)).days + 1)]
    reach = _exposure([read.get(day, 0) for day in every])
    found = []
    for one, other in pairs:
        for quad, by_day in _by_quad(db, one, other, first, until).items():
            made = changes(
                every,
                [by_day.get(day, 0) if day in read else None for day in every],
                reach,
                until,
                source=one,
                target=other,
                quad=quad,
                persist=persist,
            )
            found += [
                replace(each, occurrences=_acts(db, each, until))
                for each in made
                if (since is None or each.found >= since) and _is_read(each, read)
            ]
    return found


def _is_read(turned: Change, read: Mapping[date, int]) -> bool:
    """Whether it was found within a fortnight, or on half of the days something was read: else nobody knows when."""
    days = [turned.day + timedelta(k) for k in range((turned.found - turned.day).days + 1)]
    return len(days) <= LONGEST or 2 * sum(day in read for day in days) >= len(days)


def _exposure(read: Sequence[int]) -> list[float]:
    """How much was read of each day, against the mean of the days read in the year up to it.

    Nothing later is looked at. More papers from one day on are no turn: the level follows them too slowly for one.
    """
    made: list[float] = []
    days, total = 0, 0
    for n, today in enumerate(read):
        days, total = days + (today > 0), total + today
        if n >= LEVEL:
            days, total = days - (read[n - LEVEL] > 0), total - read[n - LEVEL]
        made.append(today * days / total if total else 0.0)
    return made


def _by_quad(db: Connection, one: str, other: str, since: date | None, until: date) -> dict[str, dict[date, int]]:
    """How many acts of each class of the code book there were on a day; without the classes that have none."""
    kinds: dict[str, list[str]] = {quad: [] for quad in ontology.quads()}
    for kind, entry in ontology.types().items():
        kinds[entry.quad].append(kind)
    counts = days.by_group(db, one, other, kinds, since, until, outcome=Outcome.ACTUAL.value)
    return {quad: by_day for quad, by_day in counts.items() if by_day}


def _acts(db: Connection, turned: Change, until: date) -> tuple[str, ...]:
    """The ids of the acts since a turn, the earliest first, up to the day when it was known."""
    kinds = tuple(EventType(kind) for kind, entry in ontology.types().items() if entry.quad == turned.quad)
    asked = Where(
        actors=(turned.source,), recipients=(turned.target,), types=kinds, statuses=(Outcome.ACTUAL,),
        since=turned.day, until=min(turned.found, until),
    )  # fmt: skip
    return tuple(reversed([act.id for act in occurrences.listed(db, asked, limit=ACTS).items]))
