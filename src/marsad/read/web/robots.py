"""What the robots.txt of a site asks of us: what to leave alone, and how long to wait between two requests.

As in RFC 9309: a site that has none (a status of the 400s) may be read; one whose file cannot be had for now (a
status of the 500s, no answer) is left alone until it can.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from protego import Protego

from marsad.errors import FetchError, MarsadError, RobotsError

#: The name by which a robots.txt can address us.
AGENT = "Marsad"
#: How long what a robots.txt says is good (RFC 9309, section 2.4: no longer than a day).
GOOD = timedelta(days=1)
#: How long until a robots.txt that could not be had is asked for again.
AGAIN = timedelta(minutes=10)
#: How many bytes of a robots.txt are read; what is beyond is not looked at (RFC 9309, section 2.5, asks for 500 KiB).
LIMIT = 512_000
#: Longest wait between two requests that a robots.txt can ask for, in seconds.
LONGEST = 86_400.0
#: Bytes of robots.txt that are remembered. Their rules take up to a hundred times that.
REMEMBERED = 4_000_000

_AGENT_LINE = re.compile(r"[\s\ufeff]*+user(?:-|\s++)?agent\s*+(?::|(?<=\s))(?P<name>[^#]*+)", re.IGNORECASE)
_PRODUCT = re.compile(r"[a-z_-]*+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site asks, good until ``until``: the least ``delay`` in seconds, and the rules.

    ``fault``: why nothing of the site may be asked for now, whatever the rules. ``size`` is that of the file.
    """

    until: datetime
    delay: float = 0.0
    rules: Protego | None = None
    fault: MarsadError | None = None
    size: int = 0

    def refusal(self, url: str) -> MarsadError | None:
        """Why ``url`` is to be left alone: the ``fault``, or a :class:`RobotsError` if the site asks for it."""
        if self.fault or not self.rules or self.rules.can_fetch(url, AGENT):
            return self.fault
        return RobotsError(
            "the robots.txt of the site asks to leave it alone",
            where=url,
            do="ask the site for permission, or take what it offers to all",
        )


def _addressed(line: str) -> str:
    """``line``, with every other robot's name the same: rules are kept for each name in the file.

    A file of 500 kB can name 15,000 robots and give them 15,000 rules.
    """
    found = _AGENT_LINE.match(line)
    if not found:
        return line
    name = found["name"].strip()
    product = _PRODUCT.match(name)
    if name == "*" or (product and product[0].lower() == AGENT.lower()):
        return f"User-agent: {'*' if name == '*' else AGENT}"
    return "User-agent: another-robot" if name else line


def parsed(body: bytes, until: datetime) -> Robots:
    """The rules in the bytes of a robots.txt; lines that are none are passed over.

    >>> robots = parsed(b"User-agent: *\\nDisallow: /private\\nCrawl-delay: 7", datetime(2026, 1, 2))
    >>> robots.delay, robots.rules.can_fetch("https://a.example/private/1", AGENT)
    (7.0, False)
    """
    text = body[:LIMIT].decode("utf-8", "replace").removeprefix("\ufeff")
    rules = Protego.parse("\n".join(map(_addressed, text.splitlines())))
    delay = rules.crawl_delay(AGENT) or 0.0
    if rate := rules.request_rate(AGENT):
        # Numbers of hundreds of digits are beyond what a float can hold.
        delay = max(delay, min(rate.seconds, 1 << 60) / min(rate.requests, 1 << 60))
    return Robots(until, min(delay, LONGEST) if math.isfinite(delay) else LONGEST, rules, size=len(body))


def answered(status: int, body: bytes | None, at: datetime, pause: float, where: str) -> Robots:
    """What follows from the answer to a request for the robots.txt ``where``; ``pause`` is the site's Retry-After."""
    if status == 429 or status >= 500:
        until = at + max(AGAIN, timedelta(seconds=pause))
        fault = RobotsError(
            f"the robots.txt of the site cannot be had (status {status}), so nothing is taken from it for now",
            where=where,
            do=f"try again after {until:%Y-%m-%d %H:%M} UTC",
        )
        return Robots(until, fault=fault)
    if 200 <= status < 300:
        return parsed(body or b"", at + GOOD)
    return Robots(at + GOOD)


def unreachable(error: MarsadError, at: datetime) -> Robots:
    """What follows from there being no answer: the same fault for every page of the site, for a while."""
    if not isinstance(error, FetchError):
        error = RobotsError(f"the robots.txt of the site cannot be had: {error}", do="try again later")
    return Robots(at + AGAIN, fault=error)


@dataclass(slots=True)
class Known:
    """The robots.txt of sites, by their scheme, host and port, the one asked for last at the end.

    Holds about :data:`REMEMBERED` bytes of files; the oldest are forgotten for newer ones.
    """

    _held: dict[str, Robots] = field(default_factory=dict)
    _size: int = 0

    def get(self, origin: str, now: datetime) -> Robots | None:
        """What is known of a site, unless it is out of date."""
        found = self._held.get(origin)
        return found if found and now < found.until else None

    def put(self, origin: str, robots: Robots) -> None:
        """Remember what a site asks."""
        self._drop(origin)
        self._held[origin] = robots
        self._size += 1_000 + robots.size
        while self._size > REMEMBERED and len(self._held) > 1:
            self._drop(next(iter(self._held)))

    def _drop(self, origin: str) -> None:
        if gone := self._held.pop(origin, None):
            self._size -= 1_000 + gone.size
