"""A rung with the sentence that it rests on: what pages, tables and plots show of it."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.text import sentences
from marsad.types import Article, Rung, Source, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A rung, the article that gives it, and who published that."""

    rung: Rung
    article: Article
    source: Source | None = None

    @property
    def sentence(self) -> Span:
        """The sentence of the article in which the rung stands."""
        within = sentences(self.article.text, self.article.title)
        at = self.rung.span.start
        return next((one for one in within if one.start <= at < one.stop), self.rung.span)

    @property
    def words(self) -> str:
        """That sentence, on one line."""
        return " ".join(self.sentence.of(self.article.text).split())

    @property
    def publisher(self) -> str:
        """Who printed it, else where it stands."""
        named = self.source.name or self.source.id if self.source else self.article.source
        return named or self.article.url or str(self.article.given or self.article.id)
