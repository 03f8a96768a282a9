"""The ids of articles, events and alerts, short digests of nothing but what they name; what an actor's id says.

A digest survives recoding: judgements and alerts that point at an event stay with it when another coder, or another
batch size, finds it again.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit, urlunsplit

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


def rung_id(article: str, start: int, stop: int, ladder: str) -> str:
    """The id of the rung of ``ladder`` that the words ``start..stop`` of an article give.

    >>> rung_id("a1", 3, 8, "W") == rung_id("a1", 3, 8, "L")
    False
    """
    return _digest(article, str(start), str(stop), "rung", ladder)


def alert_id(watch: str, since: str, key: str) -> str:
    """The id of what the watch of this id, begun ``since``, tells of ``key``.

    >>> alert_id("arms", "2026-03-01", "e 1") == alert_id("arms", "2026-03-01", "e 2")
    False
    """
    return _digest("alert", watch, since, key)


def state_of(actor: str) -> str:
    """The state, or body of states, that the id of an actor is under.

    >>> state_of("IRQ.?"), state_of("IRQ.GOV.MOD"), state_of("EU")
    ('IRQ', 'IRQ', 'EU')
    """
    return actor.partition(".")[0]


#: Parameters of an address that say how a reader came to it, and not what stands there.
_TRACKING = re.compile(r"(?:utm_[a-z_]+|fbclid|gclid|yclid|mc_cid|mc_eid|ref_src|at_medium|at_campaign)", re.I)
_PORTS = {"http": ":80", "https": ":443"}


def address(url: str) -> str:
    """``url`` without what makes no difference to the page: fragment, tracking parameters, case of the host.

    >>> address("HTTPS://News.Example:443/a?utm_source=rss&id=7#top")
    'https://news.example/a?id=7'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # a broken IPv6 address
        return url.strip()
    if not parts.netloc:
        return url.strip()
    host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, ":"))
    kept = [one for one in parts.query.split("&") if one and not _TRACKING.fullmatch(one.partition("=")[0])]
    return urlunsplit((parts.scheme, host, parts.path or "/", "&".join(kept), ""))


def place_id(where: str) -> str:
    """The digest of what has one text at a time: an address of the web, or a file's."""
    return _digest(address(where))


def source_id(url: str | None, name: str | None) -> str | None:
    """The id of the source: the host of the address, else its name as the input gave it, else None.

    >>> source_id("https://www.aljazeera.net/politics/1", "الجزيرة نت"), source_id(None, "رويترز")
    ('aljazeera.net', 'رويترز')
    """
    host = ""
    if url:
        try:
            host = (urlsplit(url).hostname or "").removeprefix("www.")
        except ValueError:
            host = ""
    return host[:200] or " ".join((name or "").split())[:200] or None
