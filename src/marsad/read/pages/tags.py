"""The text and the tags of a page, in order, in linear time: what :mod:`.survey` goes through.

The standard library's parser takes quadratic time on broken tags (on Python 3.11, 100 kB of ``<a`` for half a
minute), so tags are told apart here, by patterns that never go back: every character is looked at a bounded number
of times, and the number of tags is bounded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from marsad.errors import SizeError

#: Elements whose content is no text of the page.
RAW = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "textarea", "object", "math"})
#: Most tags and attributes of a page, together: some two seconds. The largest pages of news have a tenth of them.
MOST = 600_000
#: Most attributes of one tag that are read; the others are passed over.
ATTRIBUTES = 200

_OPEN = re.compile(r"<(?:(?P<comment>!--)|(?P<other>[!?])|(?P<end>/)?(?P<name>[A-Za-z][^\s/>]*+))")
_ONE = r"""[\s/]*+(?P<name>[^\s/>=]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?+"""
_ATTRIBUTE = re.compile(_ONE)
_REST = re.compile(r"""(?:[\s/=]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+)*+""")
_SPACE = re.compile(r"[\s/=]*+")
_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in RAW}
# `int` refuses numbers of thousands of digits; a reference of more than seven names no character.
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9A-Fa-f]{7,}+);?")


class Tag(NamedTuple):
    """A tag: its name, whether it closes, its attributes; ``raw`` is what a script of linked data holds."""

    name: str
    closes: bool = False
    attributes: dict[str, str] = {}  # noqa: RUF012 (never written to)
    raw: str = ""


def unescaped(text: str) -> str:
    """``text`` with its character references as characters."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text)) if "&" in text else text


def _attributes(source: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes from ``at`` to the end of the tag, and where the text goes on (-1: the tag never ends)."""
    found: dict[str, str] = {}
    for _ in range(ATTRIBUTES):
        at = _SPACE.match(source, at).end()  # type: ignore[union-attr]  # matches the empty string too
        if at >= len(source):
            return found, -1
        if source[at] == ">":
            return found, at + 1
        one = _ATTRIBUTE.match(source, at)
        assert one is not None  # what is neither space, slash, = nor > begins a name
        value = one["double"] or one["single"] or one["bare"] or ""
        found.setdefault(one["name"].lower(), unescaped(value))
        at = one.end()
    at = _REST.match(source, at).end()  # type: ignore[union-attr]
    at = _SPACE.match(source, at).end()  # type: ignore[union-attr]
    return found, at + 1 if at < len(source) else -1


def tokens(source: str, where: str | None = None) -> Iterator[str | Tag]:
    """The text and the tags of a page in order, without comments, declarations, scripts and styles.

    Raises :class:`SizeError` beyond :data:`MOST` tags and attributes.
    """
    at, left = 0, MOST
    while (tag := source.find("<", at)) >= 0:
        if (left := left - 1) < 0:
            raise SizeError(f"more than {MOST} tags and attributes", where=where, do="this is no page of news")
        if tag > at:
            yield unescaped(source[at:tag])
        opened = _OPEN.match(source, tag)
        if opened is None:
            yield "<"
            at = tag + 1
            continue
        if opened["comment"] or opened["other"]:
            mark = "-->" if opened["comment"] else ">"
            # The dashes that begin a comment may end it: <!-->
            stop = source.find(mark, opened.end() - 2 if opened["comment"] else opened.end())
            at = stop + len(mark) if stop >= 0 else -1
        else:
            name = opened["name"].lower()
            attributes, at = _attributes(source, opened.end())
            left -= len(attributes)
            raw, content = name in RAW and not opened["end"], ""
            begin = at
            if at >= 0 and raw:
                close = _END[name].search(source, at)
                at = close.start() if close else -1
                if name == "script" and "ld+json" in attributes.get("type", "").lower():
                    content = source[begin : at if close else len(source)]
            if begin >= 0:
                yield Tag(name, bool(opened["end"]), attributes, content)
        if at < 0:  # what was opened never ends: nothing behind it is text
            return
    if at < len(source):
        yield unescaped(source[at:])
