"""The example story in a store: an invented purchase from first contact to waiver, as if its papers came in day by day.

It lies in ``examples/story`` of a checkout, and as a copy in an installed package. Everything in it is invented.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from io import BytesIO
from itertools import groupby
from pathlib import Path

from filelock import FileLock, Timeout

from marsad.about import __version__
from marsad.desk.desk import Desk
from marsad.desk.intake.adding import add
from marsad.errors import BusyError, NotFoundError
from marsad.read import read
from marsad.settings import Settings
from marsad.store import sources
from marsad.types import AlertTrigger, Article, EventType, Ladder, Query, Source, SourceKind, Watch

#: What is told of progress: the day of the story, how many articles are done, and of how many.
Told = Callable[[date, int, int], None]
#: The hour at which the papers of a day are in.
_EVENING = time(20)

WATCHES = (
    Watch(
        id="example-jordan-russia", name="الأردن وروسيا · Jordan and Russia", trigger=AlertTrigger.RUNG,
        query=Query(near="JOR", counterpart="RUS", sanctioner="USA"),
    ),
    Watch(
        id="example-warnings", name="تحذيرات واشنطن · Washington's warnings", trigger=AlertTrigger.RUNG,
        query=Query(near="JOR", counterpart="RUS", sanctioner="USA", ladder=Ladder.W, level=4),
    ),
    Watch(
        id="example-denials", name="نفي · Denials", trigger=AlertTrigger.DENIAL, query=Query(parties=("JOR",)),
    ),
    Watch(
        id="example-sanctions", name="عقوبات · Sanctions", trigger=AlertTrigger.EVENT,
        query=Query(actors=("USA",), recipients=("JOR",), types=(EventType.SANCTION,)),
    ),
)  # fmt: skip


def story() -> Path:
    """The folder of the story. Raises :class:`NotFoundError` where it was not installed."""
    here = Path(__file__).resolve()
    for folder in (here.parents[4] / "examples" / "story", here.parents[2] / "examples" / "story"):
        if (folder / "articles.jsonl").is_file():
            return folder
    raise NotFoundError("the example story is not here", where=str(here.parents[2]), do="install Marsad again")


def articles() -> list[Article]:
    """Its articles, the earliest first."""
    given = read([str(story() / "articles.jsonl")], stdin=BytesIO(), settings=Settings())
    found = [one for one in given if isinstance(one, Article) and one.published]
    return sorted(found, key=lambda one: (one.published or date.min, str(one.given)))


def publishers() -> Iterator[Source]:
    """The invented media that print it."""
    for one in json.loads((story() / "sources.json").read_text(encoding="utf-8")):
        yield Source(**{**one, "kind": SourceKind(one["kind"])})


def tell(desk: Desk, told: Told | None = None, watches: Sequence[Watch] = WATCHES) -> datetime:
    """Put the story into the store of ``desk`` day by day, watched from before it begins; gives when it ends.

    The clock meanwhile is that of the story, so that what is told bears its days; that of ``desk`` goes on as it went.
    """
    every = articles()
    first = every[0].published or date.min
    clock = [datetime.combine(first - timedelta(1), _EVENING, UTC)]
    then = copy(desk)
    then.now = lambda: clock[0]
    for one in publishers():
        then.follow(one)
    for watch in watches:
        then.watch(watch)
    done = 0
    for day, papers in groupby(every, key=lambda one: one.published or first):
        clock[0] = datetime.combine(day, _EVENING, UTC)
        some = list(papers)
        add(then.store, iter(some), then.now)
        then.code()
        done += len(some)
        if told:
            told(day, done, len(every))
    return clock[0]


def forget(desk: Desk) -> None:
    """Take the story out of the store of ``desk`` again, with its watches."""
    known = {one.id for one in desk.watches()}
    for watch in WATCHES:
        if watch.id in known:
            desk.unwatch(watch.id)
    for one in publishers():
        try:
            desk.forget(one.id, name="example", reason="the example story was removed")
        except NotFoundError:
            continue


def holds(desk: Desk) -> bool:
    """Whether the store of ``desk`` has the story, or a part of it."""
    with desk.store.reading() as db:
        try:
            return bool(sources.find(db, next(publishers()).id))
        except NotFoundError:
            return False


def demo(settings: Settings, path: Path | None = None, told: Told | None = None) -> Desk:
    """A desk on a store that has the story alone, at ``path`` or in the user's cache folder; made when it is not there.

    Its clock begins on the evening of the last day of the story. Raises :class:`BusyError` where another is making it.
    """
    file = path or _cache() / f"example-{_digest()}.db"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        making = file.with_name(f"{file.name}.part")
        lock = FileLock(f"{file}.lock")  # given back by the system when a process ends, however it ends
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise BusyError("the example is being made already", where=str(file), do="wait a minute") from None
        try:
            if not file.exists():
                _clear(making)
                with Desk(str(making), settings) as desk:
                    tell(desk, told)
                making.replace(file)
        finally:
            _clear(making)
            lock.release()
    begun = datetime.now(UTC)
    end = datetime.combine(articles()[-1].published or date.min, _EVENING, UTC)
    return Desk(str(file), settings, now=lambda: end + (datetime.now(UTC) - begun))


def _clear(making: Path) -> None:
    """Take away what is left of a store that was being made."""
    for left in making.parent.glob(f"{making.name}*"):
        left.unlink(missing_ok=True)


def _cache() -> Path:
    """Where programs keep what they can make again."""
    given = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    return (Path(given) if given else Path.home() / ".cache") / "marsad"


def _digest() -> str:
    """What a store with the story is made of: the version, and the texts."""
    made = blake2b((story() / "articles.jsonl").read_bytes(), digest_size=5)
    return f"{__version__}-{made.hexdigest()}"
