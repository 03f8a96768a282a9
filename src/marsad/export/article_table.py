"""An article for a terminal: its text, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from marsad.export.acts_table import Judged, judged_lines
from marsad.export.labels import label
from marsad.export.safe import for_terminal as safe
from marsad.export.table import Layout, padded
from marsad.knowledge.countries import is_arabic
from marsad.types import PUBLISHED_FROM, Article, Coding

_KEYS = ("article", "source", "author", "published", "fetched", "original", "versions", "story")


def _fact(key: str, value: str, layout: Layout) -> Text:
    """A word, and behind it a value; further values of one word leave it out."""
    words = {one: label("word", one, layout.lang) for one in _KEYS}
    column = max(map(cell_len, words.values())) + 2
    return layout.of(Text.assemble((padded(words.get(key, ""), column), "dim"), value), layout.lang)


def _plain(words: str, layout: Layout) -> str:
    return layout.isolated(safe(words), "ar" if is_arabic(words) else "en")


def text(article: Article, layout: Layout, console: Console) -> Iterator[Text]:
    """The text as it was published, its title in bold, paragraph by paragraph."""
    title = article.title
    for start, line in _paragraphs(article.text):
        bold = title is not None and title.start <= start < title.stop
        for piece in Text(safe(line), "bold" if bold else "").wrap(console, layout.width):
            piece.rstrip()
            yield layout.of(piece, article.language)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Each line of ``text`` with where it begins."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def about(article: Article, layout: Layout) -> Iterator[Text]:
    """Who printed it and when, and from where that is known."""
    published = article.published.isoformat() if article.published else ""
    if published and article.published_from in PUBLISHED_FROM:
        published = f"{layout.isolated(published, 'en')} ({layout.isolated(str(article.published_from), 'en')})"
    facts = {
        "article": layout.isolated(article.id, "en"),
        "source": _plain(article.source or "", layout),
        "author": _plain(article.author or "", layout),
        "published": published,
        "fetched": layout.isolated(f"{article.fetched:%Y-%m-%d %H:%M}", "en") if article.fetched else "",
        "original": layout.isolated(safe(article.url or ""), "en") if article.url else "",
    }
    yield from (_fact(key, value, layout) for key, value in facts.items() if value)


def versions(found: Sequence[tuple[Article, bool]], layout: Layout) -> Iterator[Text]:
    """The texts that stood at its address, where there is more than one; the one that counts has a sign."""
    key = "versions"
    for one, current in found if len(found) > 1 else ():
        seen = f"  {one.fetched:%Y-%m-%d %H:%M}" if one.fetched else ""
        sign = label("sign", "ACTUAL" if current else "DENIED", layout.lang)
        yield _fact(key, f"{sign} {layout.isolated(one.id + seen, 'en')}", layout)
        key = ""


def story(found: Sequence[tuple[Article, tuple[float, str] | None]], layout: Layout) -> Iterator[Text]:
    """The other articles of its story: each with its id and title, and below it why, where the two are linked."""
    key = "story"
    for one, why in found:
        title = one.title.of(one.text) if one.title else one.text[:80]
        told = f"{layout.isolated(one.id, 'en')}  {_plain(' '.join(title.split()), layout)}"
        yield _fact(key, told, layout)
        parts = [layout.isolated(one.published.isoformat(), "en")] if one.published else []
        parts += [_plain(one.source, layout)] if one.source else []
        parts += [layout.isolated(f"{why[0]:.2f} {why[1]}", "en")] if why else []
        if parts:
            yield _fact("", " · ".join(parts), layout)
        key = ""


def judged(coding: Coding, held: Mapping[str, Judged], layout: Layout, console: Console) -> Iterator[Text]:
    """What persons hold of the article and of its events, each by its id."""
    for id in (coding.article.id, *(event.id for event in coding.events)):  # noqa: A001 (the field's word)
        if id in held:
            yield Text("")
            yield layout.of(Text(layout.isolated(id, "en")), layout.lang)
            yield from judged_lines(held[id], layout, console)
