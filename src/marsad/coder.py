"""The object a user holds: text in, :class:`~marsad.types.Coding` out. Pure: no database, no network.

Wires the steps, and is the only file that knows them all.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from marsad.about import __version__
from marsad.annotate import annotate
from marsad.annotate.annotate import Reads
from marsad.coding import events
from marsad.errors import EmptyError, MarsadError
from marsad.identity import article_id
from marsad.knowledge import using
from marsad.model import Model
from marsad.model import load as load_model
from marsad.pool import side_by_side
from marsad.read.article import MEASURED, accept
from marsad.resolve import resolve
from marsad.resolve.actors import GUESSED
from marsad.resolve.who import who
from marsad.settings import Settings
from marsad.text import language, sentences
from marsad.types import ACTING, Annotation, Article, Coding, Holding, Kind, Mention, Skipped, Span


class Coder:
    """Codes articles one after another; the same article always gives the same coding.

    What the folders of ``settings.knowledge`` add is known to this coder alone. Raises :class:`KnowledgeError` for what
    is wrong with them.

    >>> coding = load()("زار وزير الخارجية الروسي سيرغي لافروف بغداد يوم الاثنين.")
    >>> [(event.type.value, event.mode, event.status.value) for event in coding.events]
    [('CONSULT', 'visit', 'ACTUAL')]
    """

    def __init__(self, read: Reads, version: str, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.name = f"marsad {__version__} / model {version}"
        self._read = read
        with using(self.settings.knowledge):
            pass  # a fault in a folder is told now, and not with each article

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
        accept(article.language, str(article.given or article.id), self.settings)
        with using(self.settings.knowledge):
            return self._coding(article)

    def _coding(self, article: Article) -> Coding:
        annotation = resolve(annotate(article, self._read))
        return Coding(
            article=article,
            sentences=annotation.sentences,
            mentions=annotation.mentions,
            events=events(annotation, self.name),
            coder=self.name,
            measured=article.language in MEASURED,
        )

    def meant(self, article: Article, given: Sequence[tuple[Span, Kind]]) -> tuple[Mention, ...]:
        """Whom mentions mean that are given, in their order: with actor, country and sector, and the reason of each.

        The model judges them too where it can (:meth:`Model.judge`): its guess is the last evidence.
        """
        with using(self.settings.knowledge):
            return self._meant(article, given)

    def _meant(self, article: Article, given: Sequence[tuple[Span, Kind]]) -> tuple[Mention, ...]:
        guesses = self._read.judge(article.text, given) if isinstance(self._read, Model) else [None] * len(given)
        mentions = [guess or Mention(span=span, kind=kind) for guess, (span, kind) in zip(guesses, given, strict=True)]
        order = sorted(range(len(given)), key=lambda i: (mentions[i].span, i))
        found = dict(zip(order, _resolved(article, [mentions[i] for i in order]), strict=True))
        return tuple(found[i] for i in range(len(given)))

    def who(self, phrase: str, on: date, context: str | None = None) -> list[Holding]:
        """Whom ``phrase`` means at the day ``on``, the likeliest first (:func:`marsad.resolve.who.who`).

        What the phrase leaves open, and who is not in the tables, is judged by the model in its sentence,
        ``context``, where the phrase stands in it.
        """
        with using(self.settings.knowledge):
            return self._who(phrase, on, context)

    def _who(self, phrase: str, on: date, context: str | None) -> list[Holding]:
        found = who(phrase, on, context)
        start = context.find(phrase) if context and phrase.strip() else -1
        if context is None or start < 0 or (found and found[0].why not in GUESSED) or not isinstance(self._read, Model):
            return found
        span = Span(start, start + len(phrase))
        (guess,) = self._read.judge(context, [(span, None)])
        if guess is None or guess.kind not in ACTING:
            return found
        article = Article(id=article_id(context), text=context, published=on, language=language(context))
        (meant,) = _resolved(article, [guess])
        if meant.actor is None:
            return found
        first = Holding(
            actor=meant.actor,
            person=meant.person,
            office=meant.office,
            role=found[0].role if found and found[0].actor == meant.actor else None,
            country=meant.country,
            sector=meant.sector,
            former=meant.former,
            score=round(0.6 * meant.score, 3),
            why=meant.why or "",
            source=self.name,
        )
        return [first, *(h for h in found if (h.actor, h.person) != (first.actor, first.person))]

    def _one(self, item: Article | Skipped) -> Coding | Skipped:
        if isinstance(item, Skipped):
            return item
        try:
            return self(item)
        except MarsadError as error:
            return Skipped(code=error.code, message=str(error), given=item.given)
        except Exception as error:  # a fault of ours: one article must not stop the stream, nor a queue for ever
            what = f"{item.given or item.id}: a fault in Marsad ({type(error).__name__}: {error}). please report it"
            return Skipped(code=MarsadError.code, message=what, given=item.given)

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
            work = partial(_one_of, replace(self.settings, processes=1))
            yield from side_by_side(items, work, self.settings.processes, batch_size or self.settings.batch_size)


def _resolved(article: Article, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Whom mentions of an article mean, without anything else of it; they are in the order of the text."""
    spans = tuple(sentences(article.text, article.title))
    return resolve(Annotation(article=article, sentences=spans, mentions=tuple(mentions))).mentions


def _one_of(settings: Settings) -> Callable[[Article | Skipped], Coding | Skipped]:
    """What a process of its own does with each item: loaded in that process."""
    return load(settings)._one


def load(settings: Settings | None = None) -> Coder:
    """A coder with the model of the settings (by default the one shipped). Raises :class:`ModelError`."""
    settings = settings or Settings()
    model = load_model(settings.model, settings.threads)
    return Coder(model, model.version, settings)
