"""A connection to an address that was checked, within a time that ends however little comes at a time.

The name of a host is resolved once for a request, every address that it has is checked, and the connection is made to
one of these, so that a second answer of the resolver changes nothing. Never through a proxy, which would connect where
we cannot check.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import httpcore2
import httpx2

from marsad.net import addresses

#: How many of the addresses of a host are tried.
TRIED = 4
#: What a connection may fail with, whoever is at fault.
NETWORK_FAULTS = (
    httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, httpx2.DecodingError
)  # fmt: skip


def _resolve(host: str) -> Sequence[str]:
    """The addresses that the system knows for a name, the best first."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


def _now() -> datetime:
    return datetime.now(UTC)


def _connect(address: str, port: int, seconds: float) -> httpcore2.NetworkStream:
    return httpcore2.SyncBackend().connect_tcp(address, port, timeout=seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The clocks and the network, as what uses them is given them; by default the real ones.

    ``now`` is in UTC; ``clock`` counts seconds and never goes back; ``resolve`` gives the addresses of a name;
    ``connect`` a connection to an address (never a name) and a port, within so many seconds; ``tls`` what certificates
    are verified with.
    """

    now: Callable[[], datetime] = _now
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    resolve: Callable[[str], Sequence[str]] = _resolve
    connect: Callable[[str, int, float], httpcore2.NetworkStream] = _connect
    tls: Callable[[], ssl.SSLContext] = httpx2.create_ssl_context


class Deadline:
    """So many seconds from now on; called, how many are left. Raises :class:`httpcore2.ReadTimeout` after its end."""

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock, self._end = clock, clock() + seconds

    def __call__(self) -> float:
        """The seconds that are left."""
        seconds = self._end - self._clock()
        if seconds <= 0:
            raise httpcore2.ReadTimeout("the time is over")
        return seconds


class Stream(httpcore2.NetworkStream):
    """A connection that ends at a time, and can be ended from outside: as long as it lives it is in ``open_``."""

    def __init__(self, stream: httpcore2.NetworkStream, left: Callable[[], float], open_: set[Stream]) -> None:
        self._stream, self._left, self._open = stream, left, open_
        open_.add(self)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What comes next, within the time that is left."""
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, within the time that is left."""
        self._stream.write(buffer, self._left())

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection under TLS."""
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, self._left())
        except BaseException:
            self.close()
            raise
        self._open.discard(self)
        return Stream(stream, self._left, self._open)

    def close(self) -> None:
        """End it."""
        self._open.discard(self)
        self._stream.close()

    def shut(self) -> None:
        """Let whoever reads from it see its end."""
        with suppress(OSError):
            self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def get_extra_info(self, info: str) -> Any:
        """What the connection says of itself."""
        return self._stream.get_extra_info(info)


class Network(httpcore2.NetworkBackend):
    """Connects to public addresses only, to the very ones that were checked; to others if ``private`` allows it.

    ``where`` is the address that messages name; ``left`` gives the seconds that are left.
    """

    def __init__(
        self, world: World, where: str, left: Callable[[], float], *, private: bool, open_: set[Stream] | None = None
    ) -> None:
        self._world, self._where, self._left, self._private = world, where, left, private
        self._open = set() if open_ is None else open_

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore2.NetworkStream:
        """A connection. Raises :class:`AddressError` for an address that is not public."""
        found = [host] if addresses.literal(host) else self._resolved(host)
        if not self._private:
            found = addresses.check_found(host, found, self._where)
        fault: Exception = httpcore2.ConnectError(f"{host} has no address")
        for number, address in enumerate(found[:TRIED]):
            seconds = self._left() / (min(len(found), TRIED) - number)
            try:
                stream = self._world.connect(address, port, seconds)
            except (httpcore2.NetworkError, httpcore2.TimeoutException) as error:
                fault = error
            else:
                return Stream(stream, self._left, self._open)
        raise fault

    def _resolved(self, host: str) -> list[str]:
        """What the resolver says, within the time that is left: nothing can call it off, so it has its own thread."""
        found: list[str] = []
        faults: list[Exception] = []

        def ask() -> None:
            try:
                found.extend(self._world.resolve(host))
            except Exception as fault:
                faults.append(fault)

        thread = Thread(target=ask, name="marsad-resolve", daemon=True)
        thread.start()
        thread.join(self._left())
        if thread.is_alive():
            raise httpcore2.ConnectTimeout(f"the name {host} is not resolved")
        if faults:
            raise httpcore2.ConnectError(f"the name {host} cannot be resolved ({faults[0]})") from faults[0]
        return found


class TooLarge(Exception):
    """A body has more bytes than are wanted."""


class Body(httpx2.SyncByteStream):
    """The body of an answer as it comes, as long as there is time; raises :class:`TooLarge` beyond ``limit`` bytes."""

    def __init__(self, parts: Iterable[bytes], limit: int, left: Callable[[], float]) -> None:
        self._parts, self._limit, self._left = parts, limit, left

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._parts:
            self._left()
            size += len(part)
            if size > self._limit:
                raise TooLarge
            yield part
