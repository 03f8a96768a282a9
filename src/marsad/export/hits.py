"""Articles that a search has found: for a terminal, and as objects of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from rich.console import Console
from rich.text import Text

from marsad.export.acts_table import INDENT, flat, publisher
from marsad.export.labels import label
from marsad.export.marks import pieces
from marsad.export.rows import clean
from marsad.export.safe import for_terminal as safe
from marsad.export.table import Layout, padded
from marsad.knowledge.countries import is_arabic
from marsad.types import Article, Source, Span

#: Code points that are shown of a text without a title.
_BEGINNING = 80


class Hit(Protocol):
    """An article that was found; ``spans`` are what was asked for, ``snippet`` the part that shows most of it."""

    @property
    def article(self) -> Article:
        """The article."""
        ...

    @property
    def source(self) -> Source | None:
        """Who published it."""
        ...

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the words stand in its text."""
        ...

    @property
    def snippet(self) -> Span:
        """The part to show."""
        ...


def _title(article: Article) -> str:
    return article.title.of(article.text) if article.title else article.text[:_BEGINNING]


def hit_lines(hit: Hit, layout: Layout, console: Console) -> Iterator[Text]:
    """The lines of an article that was found: day, title, who printed it and its id, the snippet with its hits."""
    article, lang = hit.article, layout.lang
    day = layout.isolated(article.published.isoformat(), "en") if article.published else "–"
    who = publisher(article, hit.source)
    facts = [layout.isolated(safe(who), "ar" if is_arabic(who) else "en")] if who else []
    facts += [] if article.title else [label("word", "untitled", lang)]
    head = Text.assemble(
        padded(day, INDENT), (layout.isolated(article.id, "en"), "dim"), "  ", (" · ".join(facts), "dim")
    )
    yield layout.of(head, lang)
    parts = [(Text(flat(_title(article)), "bold"))] if article.title else []
    for text in [*parts, _snippet(hit)]:
        for line in text.wrap(console, max(20, layout.width - INDENT)):
            line.rstrip()
            yield layout.of(line, article.language, indent=INDENT)


def _snippet(hit: Hit) -> Text:
    """The snippet, what was asked for in brackets."""
    text = hit.article.text
    title = hit.article.title
    begins = 0 if title is None else title.stop
    found = Text("…" if text[begins : hit.snippet.start].strip() else "")
    for piece in pieces(hit.snippet, [(span, span) for span in hit.spans]):
        words = flat(piece.span.of(text))
        found.append(f"[{words}]" if piece.marks else words, "bold underline" if piece.marks else "")
    return found.append("…" if text[hit.snippet.stop :].strip() else "")


def hit_record(hit: Hit) -> dict[str, Any]:
    """An article that was found as ``--json`` gives it; ``spans`` and ``snippet`` are ranges of its text."""
    article, source = hit.article, hit.source
    return {
        "article": article.id,
        "title": clean(article.title.of(article.text)) if article.title else None,
        "url": article.url,
        "source": source.id if source else article.source,
        "source_name": (source.name or None) if source else article.source,
        "published": article.published,
        "language": article.language,
        "snippet": {"start": hit.snippet.start, "stop": hit.snippet.stop, "text": hit.snippet.of(article.text)},
        "spans": [(span.start, span.stop) for span in hit.spans],
    }
