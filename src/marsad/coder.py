"""The object a user holds: text in, :class:`~marsad.types.Coding` out. Pure: no database, no network.

Wires the steps, and is the only file that knows them all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing import get_context
from multiprocessing.pool import AsyncResult

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

    def pipe(self, items: Iterable[Article | Skipped], batch_size: int | None = None) -> Iterator[Coding | Skipped]:
        """Codings in the order of ``items``, lazily; what was skipped is passed on, what cannot be coded is Skipped.

        ``settings.processes`` work side by side, ``batch_size`` articles at a time; neither changes a result.
        """
        if self.settings.processes == 1:
            yield from map(self._one, items)
            return
        size = batch_size or self.settings.batch_size
        context = get_context("spawn")
        with context.Pool(self.settings.processes, _start, (self.settings,)) as pool:
            stream = iter(items)
            waiting: deque[AsyncResult[list[Coding | Skipped]]] = deque()
            while batch := list(islice(stream, size)):
                waiting.append(pool.apply_async(_work, (batch,)))
                if len(waiting) > 2 * self.settings.processes:
                    yield from waiting.popleft().get()
            for result in waiting:
                yield from result.get()


_worker: Coder | None = None


def _start(settings: Settings) -> None:
    """In a new process: load the model once."""
    global _worker
    from dataclasses import replace

    _worker = load(replace(settings, processes=1))


def _work(batch: list[Article | Skipped]) -> list[Coding | Skipped]:
    assert _worker is not None, "a worker starts with _start"
    return [_worker._one(item) for item in batch]


def load(settings: Settings | None = None) -> Coder:
    """A coder with the model of the settings (by default the one shipped). Raises :class:`ModelError`."""
    settings = settings or Settings()
    model = load_model(settings.model, settings.threads)
    return Coder(model, model.version, settings)
