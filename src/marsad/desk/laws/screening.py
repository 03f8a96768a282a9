"""Names against the lists of a day: which versions are asked, and each row of a table with its decision, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from marsad.assess import names
from marsad.assess.screen import Screened, screen
from marsad.desk.laws.lists import Lists, shipped
from marsad.errors import NotFoundError
from marsad.pool import side_by_side
from marsad.text.names import SAME
from marsad.types.lists import Asked, ListVersion

#: Names handed to a process at a time.
BATCH = 100


@dataclass(frozen=True, slots=True)
class Screening:
    """What a screening rests on: the day, the versions of the lists as of that day, the threshold.

    ``late`` are the lists that have no version of that day or before, each with its oldest: nothing is said of them.
    """

    folder: Path
    on: date
    versions: tuple[ListVersion, ...]
    late: tuple[ListVersion, ...] = ()
    threshold: float = SAME


def screening(folder: Path, on: date, threshold: float = SAME, *, with_shipped: bool = True) -> Screening:
    """The screening of a day: of each list that is kept the newest version not after it, and the shipped lists.

    Raises :class:`NotFoundError` where there is nothing to screen against.
    """
    versions, late = _lists(folder).at(on)
    versions += shipped() if with_shipped else []
    if not versions:
        raise NotFoundError(f"no list as of {on}", where=str(folder), do="add one: marsad lists add FILE")
    return Screening(folder, on, tuple(versions), tuple(late), threshold)


def screened(asked: Iterable[Asked], of: Screening, processes: int = 1) -> Iterator[Screened]:
    """The decision on each, in their order; neither that nor a result depends on the number of processes."""
    do = prepared(of)
    if processes == 1:
        yield from map(do, asked)
    else:  # the indexes are made by now, and each process finds them
        yield from side_by_side(asked, partial(prepared, of), processes, BATCH)


def prepared(of: Screening) -> Callable[[Asked], Screened]:
    """What answers for one name, with the lists in memory."""
    kept = _lists(of.folder)
    asked = names.Lists([kept.listing(version, of.on) for version in of.versions])
    return partial(screen, lists=asked, threshold=of.threshold)


def _lists(folder: Path) -> Lists:
    return Lists(folder, lambda: datetime.now(UTC))
