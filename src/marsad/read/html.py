"""A saved web page as text: its title, the paragraphs of its article, and what its head says about it.

The standard library's parser takes quadratic time on broken tags (on Python 3.11, 100 kB of ``<a`` for half a
minute), so tags are told apart here, by patterns that never go back: every character is looked at a bounded number
of times. What is text and what is frame is told by the elements alone.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from marsad.errors import EmptyError
from marsad.read.article import Facts
from marsad.read.chunks import decoded

#: Elements whose content is no text of the page.
RAW = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "textarea", "object", "math"})
#: Elements that frame the article; their text is taken only where nothing else is.
FRAME = frozenset({"nav", "header", "footer", "aside", "form", "button", "select", "menu", "dialog"})
#: Elements that hold it.
MAIN = frozenset({"article", "main"})
_LINES = (
    "address blockquote body br caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr "
    "html li ol p pre section summary table tbody td tfoot th thead title tr ul"
)
#: Elements that end a line of text.
BLOCK = frozenset(_LINES.split()) | FRAME | MAIN

_OPEN = re.compile(r"<(?:(?P<comment>!--)|(?P<other>[!?])|(?P<end>/)?(?P<name>[A-Za-z][^\s/>]*+))")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?P<name>[^\s/>=]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?+"""
)
_SPACE = re.compile(r"[\s/=]*+")
_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in RAW}
# `int` refuses numbers of thousands of digits; a reference of more than seven names no character.
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9A-Fa-f]{7,}+);?")
_CHARSET = re.compile(rb"""charset=["']?(windows-125\d|cp125\d|iso-8859-\d{1,2})\b""", re.IGNORECASE)
#: How many bytes of a page are searched for its charset, as browsers do.
HEAD = 1024


class Tag(NamedTuple):
    """A tag: its name, whether it closes, its attributes."""

    name: str
    closes: bool = False
    attributes: dict[str, str] = {}  # noqa: RUF012 (never written to)


def _unescaped(text: str) -> str:
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text)) if "&" in text else text


def _attributes(source: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes from ``at`` to the end of the tag, and where the text goes on (-1: the tag never ends)."""
    found: dict[str, str] = {}
    while True:
        at = _SPACE.match(source, at).end()  # type: ignore[union-attr]  # matches the empty string too
        if at >= len(source):
            return found, -1
        if source[at] == ">":
            return found, at + 1
        one = _ATTRIBUTE.match(source, at)
        assert one is not None  # what is neither space, slash, = nor > begins a name
        value = one["double"] or one["single"] or one["bare"] or ""
        found.setdefault(one["name"].lower(), _unescaped(value))
        at = one.end()


def tokens(source: str) -> Iterator[str | Tag]:
    """The text and the tags of a page in order, without comments, declarations, scripts and styles."""
    at = 0
    while (tag := source.find("<", at)) >= 0:
        if tag > at:
            yield _unescaped(source[at:tag])
        opened = _OPEN.match(source, tag)
        if opened is None:
            yield "<"
            at = tag + 1
            continue
        if opened["comment"] or opened["other"]:
            mark = "-->" if opened["comment"] else ">"
            stop = source.find(mark, opened.end())
            at = stop + len(mark) if stop >= 0 else -1
        else:
            name = opened["name"].lower()
            attributes, at = _attributes(source, opened.end())
            if at >= 0:
                yield Tag(name, bool(opened["end"]), attributes)
            if at >= 0 and name in RAW and not opened["end"]:
                close = _END[name].search(source, at)
                at = close.start() if close else -1
        if at < 0:  # what was opened never ends: nothing behind it is text
            return
    if at < len(source):
        yield _unescaped(source[at:])


class Block(NamedTuple):
    """A line of the page: its words, the elements that it stands in, and whether all of it is one link."""

    words: str
    main: bool
    frame: bool
    linked: bool
    element: str


@dataclass(slots=True)
class _Page:
    """What is gathered on the way through a page."""

    blocks: list[Block] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    inside: Counter[str] = field(default_factory=Counter)
    element: str = ""
    parts: list[str] = field(default_factory=list)
    unlinked: bool = False

    def text(self, data: str) -> None:
        self.parts.append(data)
        self.unlinked = self.unlinked or not (self.inside["a"] or data.isspace())

    def end_block(self) -> None:
        if words := " ".join("".join(self.parts).split()):
            main, frame = (any(self.inside[name] for name in names) for names in (MAIN, FRAME))
            self.blocks.append(Block(words, main, frame, not self.unlinked, self.element))
        self.parts, self.unlinked = [], False

    def tag(self, tag: Tag) -> None:
        if tag.name in BLOCK:
            self.end_block()
            self.element = "" if tag.closes else tag.name
        if tag.name == "meta":
            key = tag.attributes.get("property") or tag.attributes.get("name") or tag.attributes.get("itemprop") or ""
            self.meta.setdefault(key.lower(), tag.attributes.get("content", ""))
        elif tag.name == "link" and "canonical" in tag.attributes.get("rel", "").lower():
            self.meta.setdefault("canonical", tag.attributes.get("href", ""))
        elif tag.name in MAIN or tag.name in FRAME or tag.name == "a":
            self.inside[tag.name] = max(0, self.inside[tag.name] + (-1 if tag.closes else 1))


def _article(blocks: list[Block]) -> list[Block]:
    """The blocks of the article: those in its element, else those outside the frame, else all; no lists of links."""
    body = [block for block in blocks if block.element != "title"]
    words = [block for block in body if not block.linked]
    for chosen in (
        [block for block in words if block.main and not block.frame],
        [block for block in words if not block.frame],
        words,
    ):
        if chosen:
            return chosen
    return body


def _charset(data: bytes) -> str | None:
    declared = _CHARSET.search(data[:HEAD])
    return declared[1].decode("ascii") if declared else None


def page(data: bytes, where: str) -> tuple[str, Facts]:
    """The paragraphs of the page and its facts.

    Raises :class:`EncodingError` for bytes that are neither UTF-8 nor the old charset that the page declares, and
    :class:`EmptyError` for a page without words.
    """
    charset = _charset(data)
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError:
        source = data.decode(charset, "replace") if charset else decoded(data, where)
    seen = _Page()
    for token in tokens(source):
        if isinstance(token, Tag):
            seen.tag(token)
        else:
            seen.text(token)
    seen.end_block()
    headings = [block.words for kind in ("h1", "title") for block in seen.blocks if block.element == kind]
    title = seen.meta.get("og:title", "").strip() or next(iter(headings), None)
    body = [block.words for block in _article(seen.blocks) if block.words != title]
    if not body:
        raise EmptyError("no words in the page", where=where, do="if it shows a picture of a text, give the text")
    return "\n\n".join(body), Facts(
        title=title,
        url=seen.meta.get("canonical") or seen.meta.get("og:url") or None,
        source=seen.meta.get("og:site_name") or None,
        author=seen.meta.get("author") or None,
        published=_published(seen.meta),
        published_from="page",
    )


def _published(meta: dict[str, str]) -> str | None:
    """The day that the head gives, if it is written as a date; what pages write there is often none."""
    for key in ("article:published_time", "datepublished", "date", "dc.date", "pubdate"):
        written = meta.get(key, "").strip()[:10]
        with suppress(ValueError):
            return date.fromisoformat(written).isoformat()
    return None
