"""A store and everything that is done with it: ``with marsad.open("news.db") as desk``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from marsad.desk.intake.adding import Added, Adding
from marsad.desk.intake.stages import Bench, Codes, Done, Idle, Told, code, group, renew
from marsad.desk.laws.assessing import Assessing
from marsad.desk.pairs.glancing import Glancing
from marsad.desk.pairs.relating import Relating
from marsad.desk.questions.asking import Asking
from marsad.desk.stop import Stop
from marsad.desk.tending import Tending
from marsad.desk.watches.delivering import Delivering
from marsad.desk.watches.watching import Watching
from marsad.errors import BusyError, MarsadError, NotFoundError, ReadError
from marsad.knowledge.version import version
from marsad.read import read
from marsad.settings import Settings
from marsad.store import Store, sources, work
from marsad.store.engine import DEFAULT
from marsad.types import Article, Skipped, Source

if TYPE_CHECKING:
    from marsad.desk.intake.following import Follower, Round
    from marsad.read.web.fetcher import Fetcher, World


def _now() -> datetime:
    return datetime.now(UTC)


class Desk(Asking, Relating, Glancing, Watching, Assessing, Delivering, Tending):
    """Keeps what it reads in a store, and answers from it. ``address``: a file, or ``postgresql://…``.

    The coder is loaded when it is first needed; ``now`` is the clock, in UTC. Raises :class:`StoreError` for a store
    that cannot be used.

    >>> with Desk("sqlite://") as desk:
    ...     desk.count()
    0
    """

    def __init__(
        self,
        address: str | None = None,
        settings: Settings | None = None,
        *,
        coder: Codes | None = None,
        world: World | None = None,
        now: Callable[[], datetime] = _now,
        must_exist: bool = False,
    ) -> None:
        self.settings = settings or Settings()
        self.store = Store(address or self.settings.store or DEFAULT, must_exist=must_exist)
        self.now = now
        self._coder, self._world = coder, world
        self._fetcher: Fetcher | None = None

    # --- reading and keeping ---------------------------------------------------------------------------------------

    def add(
        self,
        *paths: str,
        format: str | None = None,  # noqa: A002 (the option's word)
        follow: bool = True,
        stdin: BinaryIO | None = None,
        told: Callable[[Added], None] | None = None,
    ) -> Added:
        """Read files, folders, addresses and feeds, and keep each article once.

        A feed, and the feeds of an OPML file, are followed from then on (:meth:`round`), unless ``follow`` is False:
        then their articles are taken once.
        """
        addresses, lists, files = _sorted(paths)
        adding = Adding(self.store, self.now, told, whole=format)
        for path in lists:
            self._opml(path, follow, adding)
        adding.keep(self._read(files, stdin if stdin is not None else sys.stdin.buffer, adding))
        self._fetched(addresses, follow, adding)
        return adding.added

    def _read(self, files: Iterable[str], stdin: BinaryIO, adding: Adding) -> Iterator[Article | Skipped]:
        for adding.path in files:
            yield from read([adding.path], stdin=stdin, format=adding.whole, settings=self.settings)

    def _opml(self, path: str, follow: bool, adding: Adding) -> None:
        try:
            feeds, skipped = _listed(path)
        except MarsadError as error:
            adding.added.skip(Skipped(code=error.code, message=str(error), where=path))
            return
        adding.added.skip(*skipped)
        follower = self._follower(adding)
        follower.follow(feeds, follow)
        asked = frozenset(one.feed for one in feeds if one.feed)
        self._alone(lambda: follower.round(Stop(), asked), path, adding)

    def _fetched(self, urls: Sequence[str], follow: bool, adding: Adding) -> None:
        if urls:
            self._alone(lambda: self._follower(adding).take(urls, follow, Stop()), urls[0], adding)

    def _alone(self, work: Callable[[], Round], where: str, adding: Adding) -> None:
        """Do ``work``, which fetches; beside another command that fetches that is told, and it is left."""
        try:
            with self.store.alone("round"):
                work()
        except BusyError as error:
            adding.added.skip(Skipped(code=error.code, message=str(error), where=where))

    def follow_opml(self, path: str | Path) -> tuple[int, list[Skipped]]:
        """Follow the feeds of an OPML file from now on; gives how many, and what in it is no feed."""
        feeds, skipped = _listed(str(path))
        self._follower().follow(feeds, True)
        return len(feeds), skipped

    @property
    def fetcher(self) -> Fetcher:
        """What fetches pages; made when it is first needed, and remembers how long each host is to be left alone."""
        if self._fetcher is None:
            from marsad.read.web.fetcher import Fetcher

            keep = None
            if self.settings.archive:
                from marsad.read.archives.archive import Archive

                self._archive = Archive(Path(self.settings.archive), now=self.now)
                keep = self._archive.keep
            self._fetcher = Fetcher(self.settings, self._world, keep=keep)
        return self._fetcher

    def round(self, stop: Stop | None = None) -> Round:
        """Ask every feed that is followed and due, and keep what is new. Raises :class:`BusyError` beside another."""
        with self.store.alone("round"):
            return self._follower().round(stop or Stop())

    def _follower(self, adding: Adding | None = None) -> Follower:
        from marsad.desk.intake.following import Follower

        return Follower(self.store, self.fetcher, self.settings, self.now, adding)

    # --- the stages ------------------------------------------------------------------------------------------------

    @property
    def coder(self) -> Codes:
        """The coder, loaded when it is first needed."""
        if self._coder is None:
            from marsad.coder import load

            self._coder = load(self.settings)
        return self._coder

    def code(
        self, limit: int | None = None, told: Told | None = None, stop: Callable[[], bool] = lambda: False
    ) -> Done:
        """Do what waits: code the articles, put them into stories, hold what is new against the watches.

        Raises :class:`BusyError` beside another.
        """
        done = Done()
        with self.store.alone("code"):
            renew(self.store)
            with self.store.reading() as db:
                waiting = {one.stage: one.waiting for one in work.counts(db)}
            if (waiting["coded"] or waiting["grouped"]) and not stop():
                # Without work the coder, two seconds of loading, is not asked for.
                coder = self.coder if waiting["coded"] else Idle()
                bench = Bench(self.store, coder, version(self.settings.knowledge), self.now, told, stop)
                if waiting["coded"]:
                    code(bench, done, limit)
                group(bench, done)
            if not stop():
                self._look(None, done, told, stop)
        return done

    def recode(self) -> int:
        """Have every article coded again that the present coder, with the present knowledge, has not coded.

        Gives how many. Raises :class:`BusyError` beside another command that codes.
        """
        coder, knowledge = self.coder.name, version(self.settings.knowledge)
        with self.store.alone("code"), self.store.writing() as db:
            return work.outdated(db, coder, knowledge)

    def waiting(self) -> list[work.Waiting]:
        """How many articles wait for each stage."""
        with self.store.reading() as db:
            return work.counts(db)

    def retry(self) -> int:
        """Try again what a stage has given up; gives how many articles. Raises :class:`BusyError` as above."""
        with self.store.alone("code"), self.store.writing() as db:
            return work.retry(db)

    # --- what is followed -------------------------------------------------------------------------------------------

    def follow(self, source: Source) -> bool:
        """Know this source, and follow its feed if it has one; gives whether it is new."""
        with self.store.writing() as db:
            return sources.put(db, source, self.now())

    def enable(self, name: str, enabled: bool) -> Source:
        """Follow the source with this id, name or address, or follow it no longer. Raises :class:`NotFoundError`."""
        with self.store.writing() as db:
            found = sources.find(db, name)
            sources.enable(db, found.id, enabled)
            return found

    # --- the end ----------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """End what is open."""
        if self._fetcher is not None:
            self._fetcher.close()
            if self.settings.archive:
                self._archive.close()
        self.store.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _sorted(paths: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """``paths``, each kind by itself: addresses, lists of feeds (OPML), and all else."""
    addresses: list[str] = []
    lists: list[str] = []
    files: list[str] = []
    for path in paths:
        if path.lower().startswith(("http://", "https://")):
            addresses.append(path)
        else:
            (lists if _is_opml(path) else files).append(path)
    return addresses, lists, files


def _is_opml(path: str) -> bool:
    """Whether a file is a list of feeds: by its name, or by how it begins if that may be one."""
    if path.lower().endswith(".opml"):
        return True
    if path.lower().endswith(".xml") and Path(path).is_file():
        from marsad.read.feeds.feed import is_feed

        with suppress(OSError), Path(path).open("rb") as file:  # reading it will say the same
            return is_feed(file.read(4096)) == "opml"
    return False


def _listed(path: str) -> tuple[list[Source], list[Skipped]]:
    """The feeds of an OPML file, and what in it is none."""
    from marsad.desk.intake.fetched import listed

    try:
        return listed(Path(path).read_bytes(), path)
    except FileNotFoundError:
        raise NotFoundError("no such file", where=path, do="check the name") from None
    except OSError as error:
        raise ReadError(f"cannot be read ({error.strerror})", where=path, do="check its rights") from None
