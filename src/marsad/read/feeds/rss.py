"""RSS of all its versions, RDF and Atom: the tree of a feed as a :class:`Feed`.

One table says which elements hold what, for all of them: feeds mix the vocabularies (``dc:date`` and
``atom:updated`` in RSS, ``pubDate`` in RDF). Elements are known by the vocabulary that their namespace stands for, or
their prefix where no namespace is declared, and by their name in small letters.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from marsad.errors import FormatError
from marsad.read.feeds.entry import (
    LONG_TAG,
    LONGEST,
    MARKED,
    MOST,
    Entry,
    Feed,
    address,
    line,
    person,
    plain,
    prose,
    tags,
)
from marsad.read.feeds.stamps import stamp
from marsad.read.feeds.xml import ITEMS, local

#: What a namespace's address holds, and the prefix that its elements are known by.
_VOCABULARIES = (
    ("rss/1.0/modules/content", "content"), ("purl.org/dc/terms", "dcterms"), ("purl.org/dc", "dc"),
    ("w3.org/2005/atom", "atom"), ("purl.org/atom", "atom"), ("search.yahoo.com/mrss", "media"),
    ("itunes.com", "itunes"),
    ("feedburner", "feedburner"), ("news.yandex", "yandex"), ("w3.org/1999/xhtml", "xhtml"), ("rdf-syntax-ns", "rdf"),
)  # fmt: skip
#: The namespaces that RSS's own elements have been given.
_RSS = ("purl.org/rss/1.", "purl.org/net/rss", "netscape.com/", "userland.com/", "law.harvard.edu/", "rssboard.org/")
_TITLE = ("title", "atom:title", "dc:title", "media:title")
_PUBLISHED = (
    "pubdate", "published", "issued", "atom:published", "atom:issued", "dcterms:issued", "dc:date", "dcterms:created",
    "created", "atom:created", "dcterms:date", "date",
)  # fmt: skip
_UPDATED = ("updated", "modified", "atom:updated", "atom:modified", "dcterms:modified", "lastbuilddate", "lastmod")
_AUTHOR = ("dc:creator", "author", "atom:author", "dc:author", "itunes:author")
_CONTENT = (
    "content:encoded",
    "content",
    "atom:content",
    "yandex:full-text",
    "xhtml:body",
    "xhtml:div",
    "body",
    "fullitem",
)
_SUMMARY = (
    "description",
    "summary",
    "atom:summary",
    "dc:description",
    "itunes:summary",
    "media:description",
    "abstract",
)
_ID = ("guid", "id", "atom:id", "dc:identifier")
_TAGS = ("category", "atom:category", "dc:subject")
_LANGUAGE = ("language", "dc:language")
#: Types of content that hold no text.
_NO_TEXT = ("image/", "audio/", "video/", "application/pdf", "multipart/")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_XML = "{http://www.w3.org/XML/1998/namespace}"


@lru_cache(maxsize=4096)
def _name(tag: str, home: str) -> str:
    """What an element is known by; those of the namespace ``home``, that of the entries, have no prefix."""
    namespace, mark, local = tag.rpartition("}")
    local, namespace = local.lower(), namespace.removeprefix("{")
    if not mark:  # none, or a prefix that is not declared
        return local.removeprefix("rss:")
    if namespace == home:
        return local
    for part, prefix in _VOCABULARIES:
        if part in namespace.lower():
            return f"{prefix}:{local}"
    return local if any(part in namespace.lower() for part in _RSS) else f"?:{local}"


@dataclass(slots=True)
class _Element:
    """An element of a feed by the names of what is in it. ``base`` and ``language`` hold for all of that."""

    element: Any
    base: str | None
    language: str | None
    parts: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        home = _home(self.element)
        for child in self.element:
            if isinstance(child.tag, str):
                self.parts.setdefault(_name(child.tag, home), []).append(child)

    def all(self, names: Iterable[str]) -> Iterator[Any]:
        """The elements of these names, those of the first name first."""
        for name in names:
            yield from self.parts.get(name, ())

    def text(self, names: Iterable[str]) -> str | None:
        """The words of the first that has any, on one line."""
        return next((words for one in self.all(names) if (words := line(_markup(one)[0]))), None)

    def prose(self, names: Iterable[str]) -> str | None:
        """The words of the first that has any, in paragraphs."""
        for one in self.all(names):
            markup, said = _markup(one)
            if markup and (words := (plain if said and not MARKED.search(markup) else prose)(markup)):
                return words
        return None

    def stamp(self, names: Iterable[str]) -> str | None:
        """The first date that can be read."""
        return next((day for one in self.all(names) if one.text and (day := stamp(one.text.strip()))), None)


def _home(element: Any) -> str:
    return element.tag.rpartition("}")[0].removeprefix("{") if "}" in element.tag else ""


def _markup(element: Any) -> tuple[str, bool]:
    """What an element holds, as HTML or text, and whether it says that it is plain text (Atom's type ``text``)."""
    kind = (element.get("type") or "").lower().strip()
    if kind.startswith(_NO_TEXT):
        return "", True
    held: str = element.text or ""
    if len(element):
        from lxml import etree

        escaped = held.replace("&", "&amp;").replace("<", "&lt;")
        return escaped + "".join(etree.tostring(child, encoding="unicode") for child in element), False
    odd = "/" in kind and not kind.startswith("text/") and not kind.endswith("xml")
    if odd or "base64" in (element.get("mode"), element.get("encoding")):
        return _decoded(held), False
    return held, kind in ("text", "text/plain")


def _decoded(held: str) -> str:
    """The text of base64, as Atom has what is no text by its type; "" for what is none either."""
    try:
        return base64.b64decode(held).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


@dataclass(slots=True)
class _Around:
    """What holds for elements by where they stand: the base of addresses and the language."""

    base: str | None
    #: Whether the document has any ``xml:base`` or ``xml:lang`` at all.
    marked: bool
    #: What holds within the elements around those that were asked for.
    known: dict[Any, tuple[str | None, str | None]] = field(default_factory=dict)

    def of(self, element: Any) -> _Element:
        """``element`` with the base and the language that its own and the outer elements give it."""
        return _Element(element, *(self._own(element) if self.marked else (self.base, None)))

    def _own(self, element: Any) -> tuple[str | None, str | None]:
        base, language = self._within(element.getparent())
        written = element.get(f"{_XML}base")
        base = _joined(base, written) if written and len(written) <= LONGEST else base
        return base, (element.get(f"{_XML}lang") or language or "")[:LONG_TAG] or None

    def _within(self, element: Any) -> tuple[str | None, str | None]:
        if element is None:
            return self.base, None
        if element not in self.known:
            self.known[element] = self._own(element)
        return self.known[element]


def _joined(base: str | None, written: str) -> str | None:
    try:
        return urljoin(base or "", written.strip())
    except ValueError:
        return base


def xml_feed(root: Any, where: str, url: str | None = None) -> Feed:
    """The feed that a tree holds; addresses in it are read against ``url``, that of the feed, else against its site.

    Raises :class:`FormatError` for a tree of anything else.
    """
    kind = {"rss": "rss", "channel": "rss", "feed": "atom", "rdf": "rdf"}.get(local(root))
    if kind is None:
        raise FormatError(
            f"no feed: its first element is {local(root)[:40]!r}", where=where, do="give RSS, Atom or JSON"
        )
    around = _Around(url, root.xpath("boolean(//@xml:base | //@xml:lang)"))
    channel = next((one for one in root if isinstance(one.tag, str) and local(one) == "channel"), root)
    head = around.of(channel)
    site = _link(head, entry=False)
    if url is None and site:
        around = _Around(site, around.marked)
    return Feed(
        kind=kind,
        title=head.text(_TITLE),
        url=site,
        language=(head.text(_LANGUAGE) or head.language or "").strip() or None,
        entries=tuple(_entry(around.of(one)) for one in islice(_items(root), MOST)),
        next=_related(head, "next"),
    )


def _items(root: Any) -> Iterator[Any]:
    """Every entry, however deep: where one was not closed the next stands within it."""
    found = root.iter("item", "entry", "{*}item", "{*}entry")
    first = next(found, None)
    if first is not None:
        yield first
        yield from found
        return
    for one in root.iter():
        if isinstance(one.tag, str) and local(one) in ITEMS:
            yield one


def _entry(item: _Element) -> Entry:
    id_ = next((words for one in item.all(_ID) if (words := (one.text or "").strip())), None)
    id_ = id_ or item.element.get(_ABOUT)
    url = _link(item, entry=True)
    return Entry(
        title=item.text(_TITLE),
        url=url,
        id=id_ or url,
        published=item.stamp(_PUBLISHED),
        updated=item.stamp(_UPDATED),
        author=_author(item),
        summary=item.prose(_SUMMARY),
        content=item.prose(_CONTENT),
        language=item.text(_LANGUAGE) or item.language,
        tags=tags(one.get("label") or one.get("term") or one.text or "" for one in item.all(_TAGS)),
    )


def _links(item: _Element) -> Iterator[tuple[str, str, str]]:
    """Relation, type and address of the links as Atom writes them."""
    for one in item.all(("link", "atom:link")):
        if href := one.get("href"):
            yield (one.get("rel") or "alternate").strip().lower(), (one.get("type") or "").lower(), href


def _related(item: _Element, relation: str) -> str | None:
    return next((url for rel, _, href in _links(item) if rel == relation and (url := address(href, item.base))), None)


def _link(item: _Element, *, entry: bool) -> str | None:
    """The page of an entry, or the site of a feed."""
    for one in item.all(("feedburner:origlink",)):  # the page itself, where the link counts readers on its way there
        if url := address(one.text, item.base):
            return url
    for one in item.all(("link",)):
        if not one.get("href") and (url := address(one.text, item.base)):
            return url
    alternate = [(kind, href) for rel, kind, href in _links(item) if rel == "alternate"]
    alternate.sort(key=lambda one: one[0] not in ("", "text/html", "application/xhtml+xml"))
    for _, href in alternate:
        if url := address(href, item.base):
            return url
    if not entry:
        return None
    for one in item.all(("guid",)):
        if (one.get("isPermaLink") or "true").strip().lower() != "false" and (url := address(one.text, item.base)):
            return url
    return address(item.element.get("href") or item.element.get("HREF"), item.base)


def _author(item: _Element) -> str | None:
    """The names of those who wrote it; Atom keeps each in an element of its own."""
    for name in _AUTHOR:
        found: list[str] = []
        for one in item.parts.get(name, ()):
            inner = next((child for child in one if isinstance(child.tag, str) and local(child) == "name"), None)
            written = (inner.text if inner is not None else _markup(one)[0]) or ""
            if (words := person(written)) and words not in found:
                found.append(words)
        if found:
            return ", ".join(found[:10])
    return None
