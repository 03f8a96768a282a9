"""JSON Feed (https://www.jsonfeed.org/version/1.1/) as a :class:`Feed`; what has the wrong type is passed over."""

from __future__ import annotations

from itertools import islice
from typing import Any

import msgspec

from marsad.errors import FormatError
from marsad.read.feeds.entry import MOST, Entry, Feed, address, line, person, plain, prose, tags
from marsad.read.feeds.stamps import stamp


def json_feed(text: str, where: str, url: str | None = None) -> Feed:
    """The feed of a JSON document. Raises :class:`FormatError` for one that is none, or no JSON.

    >>> json_feed('{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [{"id": 1}]}', "a").entries
    (Entry(title=None, url=None, id='1', published=None, updated=None, author=None, summary=None, content=None, \
language=None, tags=()),)
    """
    do = 'a JSON Feed is {"version": "https://jsonfeed.org/version/1.1", "title": …, "items": […]}'
    try:
        given = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise FormatError(f"no feed, and no JSON either ({why})", where=where, do=do) from None
    version = _text(given, "version") or "" if isinstance(given, dict) else ""
    if not isinstance(given, dict) or not ("jsonfeed.org" in version or _looks_so(given)):
        raise FormatError("this is JSON, but no JSON Feed", where=where, do=do)
    site = address(_text(given, "home_page_url"), url)
    base = url or address(_text(given, "feed_url")) or site
    items = given.get("items")
    entries = (item for item in items if isinstance(item, dict)) if isinstance(items, list) else iter(())
    return Feed(
        kind="json",
        title=line(_text(given, "title") or ""),
        url=site,
        language=(_text(given, "language") or "").strip() or None,
        entries=tuple(_entry(item, base) for item in islice(entries, MOST)),
        next=address(_text(given, "next_url"), base),
    )


def _looks_so(given: dict[str, Any]) -> bool:
    """Whether an object without a version is a feed all the same: a title, and a list of items with addresses."""
    items = given.get("items")
    if not isinstance(items, list) or not isinstance(given.get("title"), str):
        return False
    return all(isinstance(one, dict) and ("url" in one or "id" in one) for one in items[:10])


def _text(given: dict[str, Any], key: str) -> str | None:
    """A text; a number, which some write for an id, as its figures."""
    value = given.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


def _entry(item: dict[str, Any], base: str | None) -> Entry:
    url = address(_text(item, "url"), base) or address(_text(item, "external_url"), base) or address(_text(item, "id"))
    given = item.get("tags")
    return Entry(
        title=line(_text(item, "title") or ""),
        url=url,
        id=_text(item, "id") or url,
        published=stamp(_text(item, "date_published") or ""),
        updated=stamp(_text(item, "date_modified") or ""),
        author=_author(item),
        summary=prose(_text(item, "summary") or ""),
        content=prose(_text(item, "content_html") or "") or plain(_text(item, "content_text") or ""),
        language=_text(item, "language"),
        tags=tags(one for one in given if isinstance(one, str)) if isinstance(given, list) else (),
    )


def _author(item: dict[str, Any]) -> str | None:
    """The names of the authors; version 1.0 has one ``author``."""
    authors = item.get("authors")
    given = authors if isinstance(authors, list) else [item.get("author")]
    names = (person(_text(one, "name") or "") for one in given[:10] if isinstance(one, dict))
    return ", ".join(dict.fromkeys(one for one in names if one)) or None
