"""Feeds as they come, RSS, Atom, RDF or JSON, as a :class:`Feed`, and as articles where the feed has the text itself.

Which it is, is told by how it begins; what is no feed is refused with what it is instead. XML is read by
:mod:`marsad.read.feeds.xml` and :mod:`marsad.read.feeds.rss`, imported when the first feed comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from marsad.errors import EmptyError, FormatError, MarsadError, SizeError
from marsad.read.article import Facts, Origin, article
from marsad.read.chunks import too_large
from marsad.read.feeds.entry import Entry, Feed, address
from marsad.read.pages.tags import Tag, tokens
from marsad.settings import Settings
from marsad.text import language as language_of
from marsad.types import Article, Skipped

__all__ = ["Entry", "Feed", "articles", "entry_facts", "feed", "find_feeds", "is_feed"]

#: The longest feed, in bytes.
LARGEST = 32_000_000
#: Types that a page gives for the feeds that it names.
TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
#: How much of a page is searched for them, in bytes, and how many are taken.
HEAD, MOST_NAMED = 1_000_000, 100

_BINARY = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP file or an office document",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"Rar!": "an archive",
    b"BZh": "an archive",
    b"\xfd7zXZ": "an archive",
    b"WARC/1.": "a web archive",
}
_ROOT = re.compile(r"<(?:rdf:RDF|(?:[A-Za-z][\w.-]{0,30}:)?(?:rss|feed|channel))(?=[\s/>])", re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:[A-Za-z][\w.-]{0,30}:)?([A-Za-z][\w.-]{0,60})([^<>]{0,4000})")
_RDF = re.compile(r"purl\.org/rss|netscape\.com|rss", re.IGNORECASE)
_JSON = re.compile(r"\s*\{.{0,4000}?[\"']version[\"']\s*:\s*[\"']https?:\\?/\\?/(?:www\.)?jsonfeed\.org", re.DOTALL)
_KINDS = {"rss": "rss", "feed": "atom", "rdf": "rdf", "opml": "opml"}
_NOT = {
    "urlset": "a sitemap",
    "sitemapindex": "a list of sitemaps",
    "svg": "a picture (SVG)",
    "error": "an error that the server sends",
    "opml": "a list of feeds (OPML)",
    "html": "a web page",
}
_TAGS = "html head body div p title meta link script style table span center br a b h1 h2 h3 img form"
_HTML = frozenset(_TAGS.split())
#: Languages that are written in Arabic letters.
_ARABIC_LETTERS = frozenset({"ar", "fa", "ur", "ps", "ckb", "ug", "sd", "ku", "pa"})
_ARABIC, _LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3]"), re.compile(r"[^\W\d_]")


def is_feed(head: bytes) -> str | None:
    """What a document is by how it begins: ``rss``, ``atom``, ``rdf``, ``json``, ``opml``; None for anything else.

    Byte order marks, declarations, comments and a DOCTYPE are passed over; the first kilobytes are enough.

    >>> is_feed(b'<?xml version="1.0"?><!-- x --><rss version="2.0">'), is_feed(b"<!DOCTYPE html><html>")
    ('rss', None)
    """
    from marsad.read.feeds.xml import prolog

    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "ignore")
    elif head[:2] in (b"<\0", b"\0<", b"{\0", b"\0{"):
        text = head.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "ignore")
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    if _JSON.match(text):
        return "json"
    element = _ELEMENT.match(text, prolog(text))
    kind = _KINDS.get(element[1].lower()) if element else None
    if kind == "rdf" and element and not _RDF.search(element[2]):
        return None  # RDF of something else
    return kind


def feed(data: bytes, where: str, *, charset: str | None = None, url: str | None = None) -> Feed:
    """The feed that ``data`` is. ``charset`` is that of the HTTP header, ``url`` the feed's address.

    Addresses come absolute, dates as they were written in ISO 8601, text without marks. What is damaged is read as far
    as it can be. Raises :class:`FormatError`, which says what it is, for what is no feed, :class:`EmptyError`,
    :class:`EncodingError` and :class:`SizeError`. Time and memory are linear in the length, whatever is in it.
    """
    if len(data) > LARGEST:
        raise SizeError(f"more than {LARGEST} bytes", where=where, do="this is too large for a feed")
    if not data.strip():
        raise EmptyError("nothing in it", where=where, do="look at its address in a browser")
    for mark, what in _BINARY.items():
        if data.startswith(mark):
            raise FormatError(f"this is {what}, no feed", where=where, do="give the feed's own address or file")
    from marsad.read.feeds.xml import AHEAD, prolog, text_of_xml, tree

    text = text_of_xml(data, where, charset)
    start = prolog(text)
    if text.startswith(("{", "["), start):
        from marsad.read.feeds.jsonfeed import json_feed

        return json_feed(text[start:], where, url)
    element = _ELEMENT.match(text, start)
    name = element[1].lower() if element else ""
    if name not in ("rss", "feed", "rdf", "channel"):
        # Warnings of the server may stand before a feed, but no page holds one.
        found = None if name in _NOT else _ROOT.search(text, start, start + AHEAD)
        if found is None:
            raise _no_feed(name, text, where, url)
        start = found.start()
    from marsad.read.feeds.rss import xml_feed

    return xml_feed(tree(text[start:], where), where, url)


def _no_feed(name: str, text: str, where: str, url: str | None) -> FormatError:
    """What ``text`` is, whose first element is ``name``, and where its feed may be."""
    page = name in _HTML or "<html" in text[:HEAD].lower()
    if page:
        named = find_feeds(text[:HEAD].encode("utf-8"), url or "")
        do = f"a link to a feed in it: {named[0]}" if named else "look for the address of its feed"
        return FormatError("this is a web page", where=where, do=do)
    if name == "opml":
        return FormatError("this is a list of feeds (OPML)", where=where, do="`marsad add FILE` follows its feeds")
    what = f"this is {_NOT[name]}" if name in _NOT else f"no feed: it begins with {text.strip()[:40]!r}"
    return FormatError(what, where=where, do="give RSS, Atom or JSON Feed")


def find_feeds(data: bytes, url: str) -> tuple[str, ...]:
    """The addresses of the feeds that a page names in its links, in order, those of comments last.

    >>> find_feeds(b'<link rel="alternate" type="application/rss+xml" href="/rss">', "https://example.org/news")
    ('https://example.org/rss',)
    """
    base = url
    found: dict[str, bool] = {}
    for token in tokens(data[:HEAD].decode("utf-8", "replace")):
        if not isinstance(token, Tag) or token.closes:
            continue
        given = token.attributes
        if token.name == "base":
            base = address(given.get("href"), url) or url
        elif (
            token.name == "link"
            and {"alternate", "feed"} & set(given.get("rel", "").lower().split())
            and given.get("type", "").partition(";")[0].strip().lower() in TYPES
            and (one := address(given.get("href"), base or None))
        ):
            found.setdefault(one, "comment" in one.lower())
        if len(found) >= MOST_NAMED:
            break
    return tuple(sorted(found, key=found.__getitem__))


def entry_facts(entry: Entry, feed: Feed) -> Facts:
    """What a feed says of an entry's article. Where ``published`` is missing, ``updated`` is its date.

    ``source`` is the feed's title, else the host of the entry, else of the feed. A language that the letters of the
    entry contradict is left out: feeds of Arabic papers often declare en-US.
    """
    host = urlsplit(entry.url or feed.url or "").hostname
    return Facts(
        title=entry.title,
        url=entry.url,
        source=feed.title or (host.removeprefix("www.") if host else None),
        author=entry.author,
        published=entry.published or entry.updated,
        published_from="feed",
        language=_spoken(entry, feed),
    )


def _spoken(entry: Entry, feed: Feed) -> str | None:
    declared = (entry.language or feed.language or "").strip()
    code = re.split("[-_]", declared.lower(), maxsplit=1)[0]
    if not 2 <= len(code) <= 3 or not code.isascii() or not code.isalpha():
        return None
    sample = " ".join(filter(None, (entry.title, (entry.content or entry.summary or "")[:2_000])))
    letters, arabic = len(_LETTER.findall(sample)), len(_ARABIC.findall(sample))
    if letters and (2 * arabic > letters) != (code in _ARABIC_LETTERS):
        return None
    # Within one script the declaration stands, but for Arabic, which is told from its neighbours surely.
    return "ar" if code in _ARABIC_LETTERS and letters and language_of(sample) == "ar" else declared


def articles(data: bytes, origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    """The articles of a feed that is given as a file, each of the content of an entry, else of its summary.

    An entry without text comes as Skipped with the code ``empty``. ``given`` is the id of the entry. Raises as
    :func:`feed` does.
    """
    if len(data) > settings.max_bytes:
        raise too_large(settings.max_bytes, origin.where)
    read = feed(data, origin.where)
    for number, entry in enumerate(read.entries, start=1):
        one = Origin(f"{origin.where}, entry {number}", given=entry.id or origin.given)
        try:
            text = entry.content or entry.summary
            if not text:
                what = "only a title" if entry.title else "no text in it"
                raise EmptyError(what, where=one.where, do="the text may be on its page: follow the feed (marsad add)")
            yield article(text, entry_facts(entry, read), one, settings, drawn=True)
        except MarsadError as error:
            yield one.skipped(error)
