"""Lists of feeds (OPML, http://opml.org/spec2.opml) in and out: what readers of feeds exchange."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from marsad.errors import EmptyError, FormatError, MarsadError, SizeError
from marsad.read.article import Origin
from marsad.read.feeds.entry import address, line
from marsad.read.feeds.xml import local, text_of_xml, tree
from marsad.types import Skipped, Source

#: Feeds of a list that are taken; the largest public collections have some thousands.
MOST = 10_000
#: Attributes of an outline, beyond which it is none: lxml needs quadratic time for the names of many.
ATTRIBUTES = 100
#: The longest list, in bytes.
LARGEST = 32_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed of a list. ``folder`` holds the names of the folders that it lies in, the outermost first."""

    title: str | None = None
    feed: str
    site: str | None = None
    folder: tuple[str, ...] = ()


def opml(data: bytes, where: str) -> tuple[Outline | Skipped, ...]:
    """The feeds of a list in order, each once; what cannot be followed comes as Skipped, with the reason.

    No list within it is fetched. Raises :class:`FormatError` for what is no OPML, :class:`SizeError` and
    :class:`EmptyError`.

    >>> source = '<opml><body><outline text="A"><outline xmlUrl="https://a.example/rss"/></outline></body></opml>'
    >>> [one] = opml(source.encode(), "a.opml")
    >>> one.feed, one.folder
    ('https://a.example/rss', ('A',))
    """
    if len(data) > LARGEST:
        raise SizeError(f"more than {LARGEST} bytes", where=where, do="split the list")
    if not data.strip():
        raise EmptyError("nothing in it", where=where, do="give a list of feeds (OPML)")
    root = tree(text_of_xml(data, where), where)
    if not isinstance(root.tag, str) or local(root) != "opml":
        raise FormatError("no list of feeds (OPML)", where=where, do="give one as a reader of feeds exports it")
    return tuple(_outlines(root, Origin(where)))


def _outlines(root: Any, origin: Origin) -> Iterator[Outline | Skipped]:
    """The outlines below ``root``, by a stack of our own: the tree is at most as deep as libxml2 lets it be."""
    seen: set[str] = set()
    stack: list[tuple[Any, tuple[str, ...]]] = [(root, ())]
    while stack:
        element, folder = stack.pop()
        inner = folder
        if local(element) == "outline" and len(element.attrib) <= ATTRIBUTES:
            given = {name.rpartition("}")[2].lower(): value.strip() for name, value in element.items()}
            title = line(given.get("title") or given.get("text") or "")
            found = _outline(given, title, folder, seen)
            if isinstance(found, Outline):
                seen.add(found.feed)
                yield found
            elif found:
                yield origin.skipped(found)
            elif title:
                inner = (*folder, title)
        if len(seen) >= MOST:
            yield origin.skipped(SizeError(f"more than {MOST} feeds", where=origin.where, do="split the list"))
            return
        children = [child for child in element if isinstance(child.tag, str)]
        stack.extend((child, inner) for child in reversed(children))


def _outline(
    given: dict[str, str], title: str | None, folder: tuple[str, ...], seen: set[str]
) -> Outline | MarsadError | None:
    """The feed of an outline, why it cannot be followed, or None for a folder or a note."""
    written = given.get("xmlurl") or (given.get("url") if given.get("type", "").lower() in ("rss", "atom") else None)
    name = f"{title or written or given.get('url') or 'an outline'}"[:100]
    if given.get("iscomment", "").lower() == "true":
        return FormatError(f"{name!r} is switched off in the list") if written else None
    if given.get("type", "").lower() in ("include", "link") and not written:
        return FormatError(f"{name!r} is another list, which is not fetched", do="save it and give the file")
    if not written:
        return None
    feed = address(written)
    if feed is None:
        return FormatError(f"{written[:100]!r} is no address of the web", do="mend it in the list")
    if feed in seen:
        return FormatError(f"{feed[:200]} is in the list twice")
    return Outline(title=title, feed=feed, site=address(given.get("htmlurl"), feed), folder=folder)


def write_opml(sources: Iterable[Source]) -> str:
    """The list of the feeds that are followed, as other readers of feeds take it; those not enabled as comments.

    >>> print(write_opml([Source(id="a.example", name="أ", feed="https://a.example/rss?x=1&y=2")]), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <opml version="2.0">
    <head><title>Marsad</title></head>
    <body>
    <outline type="rss" text="أ" title="أ" xmlUrl="https://a.example/rss?x=1&amp;y=2"/>
    </body>
    </opml>
    """
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "<head><title>Marsad</title></head>",
        "<body>",
    ]
    for source in sources:
        if source.feed is None:
            continue
        name = source.name or source.id
        named = {"type": "rss", "text": name, "title": name, "xmlUrl": source.feed, "htmlUrl": source.url}
        if not source.enabled:
            named["isComment"] = "true"
        rows.append("<outline" + "".join(f" {key}={_quoted(value)}" for key, value in named.items() if value) + "/>")
    return "\n".join([*rows, "</body>", "</opml>", ""])


def _quoted(value: str) -> str:
    return quoteattr("".join(char for char in value if char.isprintable() or char == " "))
