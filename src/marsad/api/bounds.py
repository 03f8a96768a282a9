"""How much is taken: requests a minute of one key or address, and bytes of a body, also of one without a length."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.api.problems import Refused, answer

#: So many keys and addresses are counted; of more, those that asked longest ago are forgotten.
COUNTED = 10_000


class Rates:
    """Requests a minute: each who may make as many at once, and then as many as come back with time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._turn = Lock()

    def take(self, who: str, a_minute: int) -> float:
        """Count a request; gives 0 where it may be made, else the seconds after which one may.

        >>> rates = Rates(lambda: 0.0)
        >>> [rates.take("one", 2) for _ in range(3)]
        [0.0, 0.0, 30.0]
        """
        now = self._clock()
        with self._turn:
            left, then = self._left.pop(who, (float(a_minute), now))
            left = min(float(a_minute), left + (now - then) * a_minute / 60)
            wait = 0.0 if left >= 1 else (1 - left) * 60 / a_minute
            self._left[who] = (left if wait else left - 1, now)
            if len(self._left) > COUNTED:
                self._left.popitem(last=False)
        return wait


def network(address: str) -> str:
    """Who is counted as one: an address of IPv4, or a network of IPv6 as a line at home has one.

    >>> network("192.0.2.7"), network("2001:db8:1:2:3:4:5:6")
    ('192.0.2.7', '2001:db8:1:2::/64')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


class Bodies:
    """Ends a request whose body is larger than ``most`` bytes, as soon as that is known."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        too_large = Refused(413, "size", f"more than {self.most} bytes", where="body", do="send less at a time")
        length = Headers(scope=scope).get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or len(length) > 15 or int(length) > self.most:
            await answer(scope["path"], too_large)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.most:
                raise too_large
            return message

        await self.app(scope, counted, send)
