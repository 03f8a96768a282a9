"""What is asked of a site, what its answer means (a page, no change, a fault), and what is remembered of it.

Pure: the network is in :mod:`~marsad.read.web.fetcher`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from marsad.errors import FetchError, MarsadError
from marsad.net.answers import LONGEST_PAUSE, retry_after
from marsad.read.web.exchange import Fetched
from marsad.types import FetchState

#: Longest ETag or Last-Modified that is kept, in characters.
LONGEST_MARK = 1_000
#: How long an address is left alone after its first failure, in seconds; it doubles with each.
FIRST_PAUSE = 60.0

# Feeds first, then pages; what a site has in one form only it sends anyway.
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.9, application/xhtml+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/plain;q=0.7, */*;q=0.5"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
#: Headers that are handed on with a page.
_HANDED_ON = frozenset({
    "cache-control", "content-language", "content-location", "content-type", "date", "etag", "expires",
    "last-modified", "link", "server",
})  # fmt: skip


class Fault(Exception):
    """What ended the way to a page: the ``error`` to tell, the ``status`` if there was one, seconds to ``pause``."""

    def __init__(self, error: MarsadError, *, status: int | None = None, pause: float = 0.0) -> None:
        self.error, self.status, self.pause = error, status, pause


class NotYet(Exception):
    """An address, or its host, must not be asked before ``after``: no failure, and nothing was asked."""

    def __init__(self, after: datetime) -> None:
        self.after = after


@dataclass(slots=True)
class Errand:
    """What is wanted (a page, or the ``rules`` of a site), within how many bytes and seconds, and the way so far.

    ``final`` is the address asked last; ``moved`` where permanent redirects alone have led; ``steady`` is False once
    there was another redirect, which may lead elsewhere the next time.
    """

    known: FetchState
    limit: int
    left: float
    rules: bool = False
    final: str = ""
    moved: str | None = None
    steady: bool = True

    @property
    def marks(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed."""
        if not self.steady:
            return {}
        marks = {"If-None-Match": self.known.etag, "If-Modified-Since": self.known.last_modified}
        return {name: value for name, value in marks.items() if value}

    def headers(self, host: str, agent: str) -> tuple[tuple[str, str], ...]:
        """The headers to send to ``host``."""
        return (
            ("Host", host),
            ("User-Agent", agent),
            ("Accept", "text/plain, */*;q=0.5" if self.rules else _ACCEPT),
            ("Accept-Encoding", "gzip, deflate, br"),
            ("Connection", "close"),
            *self.marks.items(),
        )

    def redirected(self, status: int, to: str) -> None:
        """Note that the way goes on at ``to``."""
        self.steady = self.steady and status in _PERMANENT
        if self.steady:
            self.moved = to


@dataclass(frozen=True, slots=True)
class Answer:
    """The status and headers (names in small letters) of an answer, and the body where it is of use."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None = None
    charset: str | None = None

    @property
    def good(self) -> bool:
        """Whether it brings the page, and all of it."""
        return 200 <= self.status < 300 and self.status != HTTPStatus.PARTIAL_CONTENT

    @property
    def overloaded(self) -> bool:
        """Whether the host has too much to do, or is out of order."""
        return self.status == HTTPStatus.TOO_MANY_REQUESTS or self.status >= 500

    @property
    def location(self) -> str | None:
        """Where it sends us on to."""
        return self.headers.get("location") if self.status in _REDIRECTS else None

    @property
    def length(self) -> int:
        """How many bytes it says that it has, as they are sent; 0 where it says nothing."""
        value = self.headers.get("content-length", "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0

    @property
    def codings(self) -> frozenset[str]:
        """How the body is compressed."""
        named = (one.strip().lower() for one in self.headers.get("content-encoding", "").split(","))
        return frozenset(named) - {"", "identity"}

    def pause(self, now: datetime) -> float:
        """For how many seconds the host asks to be left alone; 0 where it does not."""
        return retry_after(self.headers.get("retry-after", ""), now) if self.overloaded else 0.0


def growing(failures: int) -> float:
    """How many seconds an address is left alone after so many failures in a row.

    >>> [growing(n) for n in (1, 2, 3, 20)]
    [60.0, 120.0, 240.0, 86400.0]
    """
    return min(FIRST_PAUSE * 2.0 ** min(failures - 1, 30), LONGEST_PAUSE)


def _mark(value: str | None) -> str | None:
    """An ETag or a Last-Modified that can be sent back as it is."""
    usable = value and len(value) <= LONGEST_MARK and value.isascii() and value.isprintable()
    return value if usable else None


def told(errand: Errand, answer: Answer, at: datetime) -> Fetched:
    """What an answer that is no redirect says of the page, with what is to be remembered."""
    known = errand.known
    unchanged = answer.status == HTTPStatus.NOT_MODIFIED and bool(errand.marks)
    if not unchanged and not answer.good:
        phrase = next((f" ({found.phrase})" for found in HTTPStatus if found == answer.status), "")
        error = FetchError(f"the site answers with status {answer.status}{phrase}", where=errand.final, do="try later")
        return failed(errand, Fault(error, status=answer.status, pause=answer.pause(at)), at)
    etag, modified = (_mark(answer.headers.get(name)) for name in ("etag", "last-modified"))
    if unchanged:
        etag, modified = etag or known.etag, modified or known.last_modified
    state = FetchState(
        url=known.url,
        etag=etag if errand.steady else None,
        last_modified=modified if errand.steady else None,
        fetched=at,
        succeeded=at,
        status=answer.status,
    )
    return Fetched(
        url=known.url,
        final=errand.final,
        at=at,
        state=state,
        status=answer.status,
        body=None if unchanged else answer.body,
        unchanged=unchanged,
        content_type=answer.headers.get("content-type", "").partition(";")[0].strip().lower() or None,
        charset=answer.charset,
        headers={name: value for name, value in answer.headers.items() if name in _HANDED_ON},
        redirected_permanently=errand.moved,
    )


def failed(errand: Errand, fault: Fault, at: datetime) -> Fetched:
    """A failure, with the time before which there is to be no new try: the later, the more there were in a row."""
    known = errand.known
    failures = known.failures + 1
    state = replace(
        known,
        fetched=at,
        after=at + timedelta(seconds=max(fault.pause, growing(failures))),
        status=fault.status,
        failures=failures,
        error=str(fault.error),
    )
    final = errand.final or known.url
    return Fetched(url=known.url, final=final, at=at, state=state, status=fault.status, error=fault.error)


def deferred(errand: Errand, after: datetime, at: datetime) -> Fetched:
    """No try: it is too early. What was remembered stays, but for the time."""
    error = FetchError(
        f"not to be asked before {after:%Y-%m-%d %H:%M:%S} UTC", where=errand.known.url, do="try again then"
    )
    state = replace(errand.known, after=after)
    return Fetched(url=errand.known.url, final=errand.final or errand.known.url, at=at, state=state, error=error)


def bare(error: MarsadError) -> MarsadError:
    """``error`` without what it was raised from, which would hold on to the bytes of its page."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
