"""One linear pass over a page: its lines, what its head says, its linked data, the times that it marks.

Between :mod:`.tags` and :mod:`.html`, :mod:`.published`. What is text and what is frame is told by the elements
alone, which is enough to read any page, however broken; where the main text is surely is left to trafilatura.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from marsad.read.pages.tags import Tag, tokens

#: Elements that frame the article; their text is taken only where nothing else is.
FRAME = frozenset({"nav", "header", "footer", "aside", "form", "button", "select", "menu", "dialog"})
#: Those of them that never hold the line under a headline.
ASIDE = FRAME - {"header", "footer", "form"}
#: Elements that hold it.
MAIN = frozenset({"article", "main"})
_LINES = (
    "address blockquote body br caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr "
    "html li ol p pre section summary table tbody td tfoot th thead title tr ul"
)
#: Elements that end a line of text.
BLOCK = frozenset(_LINES.split()) | FRAME | MAIN

#: Words of a link, at most: more is text in a link that was not closed.
LINK = 40
#: Scripts of linked data that are kept, and their characters together.
SCRIPTS, SCRIPTS_SIZE = 32, 2_000_000
#: Times and dates that a page marks which are kept.
STAMPS = 400
#: What the name of a property that is a date holds.
_DATED = ("date", "published", "created", "issued")
#: Characters of a class that are looked at.
_CLASS = 200


class Block(NamedTuple):
    """A line of the page: its words, the elements that it stands in, and whether all of it is one link.

    ``aside``: it stands in navigation, beside the article, or the like; ``hint``: the classes of its elements;
    ``part``: how many article elements have begun, so that those inside one can be told from the next.
    """

    words: str
    main: bool
    frame: bool
    linked: bool
    element: str
    aside: bool = False
    hint: str = ""
    part: int = 0


class Stamp(NamedTuple):
    """A date that an element carries in an attribute: its value, the element's name and what it is marked as.

    ``at`` is the index of the line that it stands in or before.
    """

    value: str
    element: str
    marks: str
    at: int
    main: bool = False
    aside: bool = False


@dataclass(slots=True)
class Survey:
    """What is gathered on the way through a page. ``meta``: the first value of each name, in small letters."""

    blocks: list[Block] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    language: str = ""
    base: str = ""
    root: str = ""
    inside: Counter[str] = field(default_factory=Counter)
    _element: str = ""
    _parts: list[str] = field(default_factory=list)
    _hint: str = ""
    _unlinked: bool = False
    _part: int = 0

    def _within(self, names: frozenset[str]) -> bool:
        return any(self.inside[name] for name in names)

    def text(self, data: str) -> None:
        """Take in a piece of text."""
        self._parts.append(data)
        self._unlinked = self._unlinked or not (self.inside["a"] or data.isspace())

    def end_block(self) -> None:
        """End the line."""
        if self._parts and (words := " ".join("".join(self._parts).split())):
            main, frame, aside = map(self._within, (MAIN, FRAME, ASIDE))
            linked = not self._unlinked and words.count(" ") < LINK
            self.blocks.append(Block(words, main, frame, linked, self._element, aside, self._hint, self._part))
            self._hint = ""
        self._parts, self._unlinked = [], False

    def tag(self, tag: Tag) -> None:
        """Take in a tag."""
        name, attributes = tag.name, tag.attributes
        self.root = self.root or name
        if name in BLOCK:
            self.end_block()
            self._element = "" if tag.closes else name
            self._hint = "" if tag.closes else self._hint
        if attributes:
            self._attributes(name, attributes)
        if name == "a":  # a link that is not closed ends where the next begins
            self.inside["a"] = 0 if tag.closes else 1
        elif name in MAIN or name in FRAME:
            self.inside[name] = max(0, self.inside[name] + (-1 if tag.closes else 1))
            self._part += name == "article" and not tag.closes
        elif tag.raw and len(self.linked) < SCRIPTS and sum(map(len, self.linked)) + len(tag.raw) <= SCRIPTS_SIZE:
            self.linked.append(tag.raw)

    def _attributes(self, name: str, attributes: dict[str, str]) -> None:
        """What the attributes of an opening tag say."""
        if "class" in attributes:
            self._hint = f"{self._hint} {attributes['class'][:_CLASS]}".strip()[-_CLASS:].lower()
        if name == "meta":
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            if value := attributes.get("content", "").strip():
                self.meta.setdefault(key.lower(), value)
        elif name == "link":
            if "canonical" in attributes.get("rel", "").lower().split():
                self.meta.setdefault("canonical", attributes.get("href", ""))
        elif name == "html":
            self.language = self.language or attributes.get("lang") or attributes.get("xml:lang") or ""
        elif name == "base":
            self.base = self.base or attributes.get("href", "")
        self._stamp(name, attributes)

    def _stamp(self, name: str, attributes: dict[str, str]) -> None:
        """The date that the element carries, if it does."""
        marks = " ".join(attributes[key] for key in ("itemprop", "property") if key in attributes).lower()
        if name == "time" or (name == "abbr" and "title" in attributes):
            marks += (" pubdate " if "pubdate" in attributes else " ") + attributes.get("class", "").lower()
        elif not any(word in marks for word in _DATED):
            return
        value = attributes.get("datetime") or attributes.get("content") or ""
        value = attributes["title"] if name == "abbr" and "title" in attributes else value
        if value and len(self.stamps) < STAMPS:
            main, aside = self._within(MAIN), self._within(ASIDE)
            self.stamps.append(Stamp(value.strip()[:100], name, marks, len(self.blocks), main, aside))


def survey(source: str, where: str | None = None) -> Survey:
    """What the page ``source`` holds. Raises :class:`SizeError` for one with too many tags."""
    seen = Survey()
    for token in tokens(source, where):
        if isinstance(token, str):
            seen.text(token)
        else:
            seen.tag(token)
    seen.end_block()
    return seen


def article_blocks(blocks: list[Block]) -> list[Block]:
    """The lines of the article: those in its element, else those outside the frame, else all; no lists of links."""
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
