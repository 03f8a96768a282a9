"""The object a user holds: text in, :class:`~marsad.types.Coding` out. Pure: no database, no network.

Wires the steps, and is the only file that knows them all.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from multiprocessing import Pipe, get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Condition, Thread

from marsad.about import __version__
from marsad.annotate import annotate
from marsad.annotate.annotate import Reads
from marsad.coding import events
from marsad.errors import EmptyError, LanguageError, MarsadError
from marsad.identity import article_id
from marsad.model import load as load_model
from marsad.read.article import MEASURED
from marsad.resolve import countries
from marsad.settings import Settings
from marsad.text import language
from marsad.types import Article, Coding, Skipped


class Coder:
    """Codes articles one after another; the same article always gives the same coding.

    >>> coding = load()("زار وزير الخارجية الروسي سيرغي لافروف بغداد يوم الاثنين.")
    >>> [(event.type.value, event.mode, event.status.value) for event in coding.events]
    [('CONSULT', 'visit', 'ACTUAL')]
    """

    def __init__(self, read: Reads, version: str, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.name = f"marsad {__version__} / model {version}"
        self._read = read

    def __call__(self, article: Article | str) -> Coding:
        """The coding of an article, or of a bare text.

        Raises :class:`EmptyError` for one without words, :class:`LanguageError` under ``strict_language``.
        """
        if not isinstance(article, (str, Article)):
            raise TypeError(f"give a str or an Article, not {type(article).__name__}")
        if isinstance(article, str):
            article = Article(id=article_id(article), text=article, language=language(article))
        if not article.text.strip():
            raise EmptyError("no text in it", where=str(article.given or article.id), do="give an article with words")
        measured = article.language in MEASURED
        if self.settings.strict_language and not measured:
            raise LanguageError(
                f"language {article.language!r} is neither Arabic nor English",
                where=str(article.given or article.id),
                do="leave out strict_language to code it unmeasured",
            )
        annotation = countries(annotate(article, self._read))
        return Coding(
            article=article,
            sentences=annotation.sentences,
            mentions=annotation.mentions,
            events=events(annotation, self.name),
            coder=self.name,
            measured=measured,
        )

    def _one(self, item: Article | Skipped) -> Coding | Skipped:
        if isinstance(item, Skipped):
            return item
        try:
            return self(item)
        except MarsadError as error:
            return Skipped(code=error.code, message=str(error), given=item.given)

    def pipe(
        self, items: Iterable[Article | Skipped], batch_size: int | None = None
    ) -> Generator[Coding | Skipped, None, None]:
        """Codings in the order of ``items``, lazily; what was skipped is passed on, what cannot be coded is Skipped.

        ``settings.processes`` work side by side; one that is free takes what has come of ``items``, at most
        ``batch_size``. Neither changes a result, and each is given as soon as it and all before it are there. With
        more than one process ``items`` is run through by a thread of its own, and a script has to call this under
        ``if __name__ == "__main__":``, since each process imports it anew. Close the generator to end them early.
        """
        if self.settings.processes == 1:
            yield from map(self._one, items)
        else:
            yield from _side_by_side(items, batch_size or self.settings.batch_size, self.settings)


class _Ahead:
    """What has come of some items, at most ``most`` of them: a thread of its own reads on.

    ``wake`` is a connection that can be read from while there is something to take, or the end to learn of.
    """

    def __init__(self, items: Iterable[Article | Skipped], most: int) -> None:
        self.wake, self._waker = Pipe(duplex=False)
        self.fault: BaseException | None = None
        self._items, self._most = items, most
        self._held: list[Article | Skipped] = []
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

    def take(self) -> list[Article | Skipped]:
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


def _side_by_side(
    items: Iterable[Article | Skipped], size: int, settings: Settings
) -> Generator[Coding | Skipped, None, None]:
    """The codings of ``items`` in their order, from processes that each code a batch at a time."""
    source = _Ahead(items, size)
    workers: dict[Connection, BaseProcess] = {}
    free: list[Connection] = []
    busy: dict[Connection, int] = {}  # the number of the batch that each codes
    done: dict[int, list[Coding | Skipped]] = {}
    sent = given = 0
    try:
        while len(workers) < settings.processes:
            workers.update([_started(settings)])
        while busy or not source.over:
            # None is sent far before the oldest that is still being coded: what is done meanwhile is held.
            room = free and sent - given < 2 * settings.processes and not source.over
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


def _started(settings: Settings) -> tuple[Connection, BaseProcess]:
    """A new process that codes what it is sent, and the connection to it.

    It has no semaphore, so that nothing is left behind however the program ends; and it does not hear Ctrl-C, which a
    terminal sends to every process: this one ends it.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, replace(settings, processes=1)), daemon=True)
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
        "a process that codes has ended",
        do="give fewer processes if the memory is short; in a script call pipe under `if __name__ == '__main__':`",
    )


def _send(connection: Connection, batch: list[Article | Skipped]) -> None:
    try:
        connection.send(batch)
    except OSError:
        raise _ended() from None


def _received(connection: Connection) -> list[Coding | Skipped]:
    """What a process sends. Raises what it raised, and :class:`MarsadError` if it has ended."""
    try:
        found: list[Coding | Skipped] | Exception = connection.recv()
    except (EOFError, OSError):
        raise _ended() from None
    if isinstance(found, Exception):
        raise found
    return found


def _work(connection: Connection, settings: Settings) -> None:
    """In a process of its own: load the model, say so, and code each batch that comes, until nobody listens."""
    with suppress(EOFError, OSError):
        try:
            coder = load(settings)
        except Exception as error:
            connection.send(error)
            return
        connection.send([])
        while True:
            batch: list[Article | Skipped] = connection.recv()
            try:
                found: list[Coding | Skipped] | Exception = [coder._one(item) for item in batch]
            except Exception as error:
                found = error
            connection.send(found)


def load(settings: Settings | None = None) -> Coder:
    """A coder with the model of the settings (by default the one shipped). Raises :class:`ModelError`."""
    settings = settings or Settings()
    model = load_model(settings.model, settings.threads)
    return Coder(model, model.version, settings)
