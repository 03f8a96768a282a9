"""The linked data (JSON-LD) of a page: what it says of the article, from scripts that are often broken. Pure.

Bounded: of each script so many objects are looked at, and what cannot be parsed is searched for single fields.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

#: Objects and lists of a page that are looked at.
NODES = 5_000
#: Fields that lead to other texts than the page's own.
_OTHERS = frozenset(
    ("comment", "itemlistelement", "mentions", "isbasedon", "citation", "relatedlink", "review", "video", "image",
     "associatedmedia", "haspart", "suggestedanswer", "logo", "potentialaction", "breadcrumb", "about", "ispartof")
)  # fmt: skip
_TYPES = ("article", "posting", "report", "newsstory")
_WRAPPING = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)?")
_NO_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_COMMA = re.compile(r",(\s*[}\]])")
_FIELD = re.compile(r'"(datePublished|headline|@type)"\s*:\s*(?:\[\s*)?"([^"\\]{1,400})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linked data says of one article; empty strings where it says nothing. ``kind`` is its type."""

    kind: str = ""
    headline: str = ""
    published: str = ""
    url: str = ""
    author: str = ""
    publisher: str = ""

    @property
    def is_article(self) -> bool:
        """Whether the type is one of articles, not of the page around it."""
        return any(word in self.kind for word in _TYPES)


def articles(scripts: Iterable[str]) -> list[Linked]:
    """What the scripts say that have a headline or a date of publication, articles before the pages around them.

    >>> [found] = articles(['{"@graph": [{"@type": "NewsArticle", "datePublished": "2025-09-16",}]}'])
    >>> found.published
    '2025-09-16'
    """
    found = [linked for script in scripts for linked in _of(script)]
    return sorted(found, key=lambda linked: not linked.is_article)


def _of(script: str) -> Iterator[Linked]:
    """What one script says."""
    try:
        root = _parsed(script)
    except (ValueError, RecursionError):
        fields: dict[str, str] = {}
        for name, value in _FIELD.findall(script):
            fields.setdefault(name, html.unescape(value))
        if "datePublished" in fields or "headline" in fields:
            yield Linked(
                kind=fields.get("@type", "").lower(),
                headline=fields.get("headline", ""),
                published=fields.get("datePublished", ""),
            )
        return
    yield from _walked(root)


def _parsed(script: str) -> Any:
    """The value of the script, as it is or mended. Raises :class:`ValueError` or :class:`RecursionError`."""
    try:
        return json.loads(script, strict=False)
    except ValueError:
        bare = _WRAPPING.sub("", script, count=1).strip()
        if "&quot;" in bare:
            bare = html.unescape(bare)
        # What stands behind the value (a closing comment, a semicolon) is left out.
        return json.JSONDecoder(strict=False).raw_decode(_COMMA.sub(r"\1", bare))[0]


def _walked(root: Any) -> Iterator[Linked]:
    """The objects of a value, the outer before the inner, without those that lead to other texts."""
    queue: deque[Any] = deque([root])
    for _ in range(NODES):
        if not queue:
            return
        node = queue.popleft()
        if isinstance(node, list):
            queue.extend(one for one in node[:NODES] if isinstance(one, (dict, list)))
        elif isinstance(node, dict):
            if "datePublished" in node or "headline" in node:
                yield _linked(node)
            queue.extend(
                value for key, value in node.items() if isinstance(value, (dict, list)) and key.lower() not in _OTHERS
            )


def _linked(node: dict[str, Any]) -> Linked:
    kinds = node.get("@type")
    return Linked(
        kind=" ".join(_texts(kinds)).lower(),
        headline=_text(node.get("headline")),
        published=_text(node.get("datePublished")),
        url=_text(node.get("url")) or _text(node.get("mainEntityOfPage"), "@id") or _text(node.get("@id")),
        author="; ".join(dict.fromkeys(_texts(node.get("author"), "name"))),
        publisher=_text(node.get("publisher"), "name"),
    )


def _texts(value: Any, key: str = "@value") -> list[str]:
    """The texts of a value that is a text, an object with one under ``key``, or a list of such; at most twenty."""
    found: list[str] = []
    for one in value[:20] if isinstance(value, list) else [value]:
        text = one.get(key) if isinstance(one, dict) else one
        if isinstance(text, list):
            text = next(iter(text), None)
        if isinstance(text, (str, int)) and not isinstance(text, bool) and (words := _clean(str(text))):
            found.append(words)
    return found


def _clean(text: str) -> str:
    """``text`` on one line, without what escapes can bring into it: NULs, other controls, halves of pairs."""
    return " ".join(_NO_TEXT.sub(" ", text).split())


def _text(value: Any, key: str = "@value") -> str:
    return next(iter(_texts(value, key)), "")
