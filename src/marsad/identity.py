"""The ids of articles and events: short digests that depend on nothing but what they name.

An id survives recoding: judgements and alerts that point at an event stay with it when another coder, or another
batch size, finds it again.
"""

from __future__ import annotations

import hashlib

#: Hexadecimal digits of an id: 64 bits, a collision in a thousand million articles has odds of about 1 in 40.
DIGITS = 16


def _digest(*parts: str) -> str:
    # Parts are set apart by NUL, which no address and no type holds; the text comes last. `surrogatepass`, because
    # a caller of the library may hand over any str, and an id is not the place to refuse it.
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def article_id(text: str, url: str | None = None, source: str | None = None) -> str:
    """The id of the article ``text`` at ``url``, or failing that from ``source``.

    The same words elsewhere are another article; changed words at the same address are a new version.

    >>> article_id("زار الوزير بغداد.") == article_id("زار الوزير بغداد.")
    True
    >>> article_id("a", url="https://example.org/1") == article_id("a")
    False
    """
    return _digest(url or source or "", text)


def event_id(article: str, start: int, stop: int, type: str) -> str:  # noqa: A002 (the field's word)
    """The id of the event that the trigger ``start..stop`` of the article with id ``article`` names.

    >>> event_id("a1", 3, 8, "CONSULT") == event_id("a1", 3, 8, "AGREE")
    False
    """
    return _digest(article, str(start), str(stop), type)
