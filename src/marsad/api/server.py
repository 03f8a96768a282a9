"""The server itself: one process, whom nobody can hold by being slow, and that ends when it is told to.

uvicorn has a time for idle connections and none for those who send a byte now and then. Here a request has to be there
whole, head and body, within a time from its first byte, and what is sent has to be taken within one.
"""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from marsad.api.options import Options
from marsad.errors import SettingsError

#: Seconds that answers under way have, when the server ends.
GRACE = 5
_TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\ncontent-type: application/problem+json\r\nconnection: close\r\n"
    b"content-length: %d\r\n\r\n%b"
)
_SLOW_BODY = (
    b'{"type":"urn:marsad:problem:time","title":"The request took too long","status":408,"detail":"the request was '
    b'not there in time. send it in one go","instance":"","code":"time","what":"the request was not there in time",'
    b'"where":null,"do":"send it in one go"}'
)


class Protocol(H11Protocol):
    """HTTP/1.1 with a time for each request to arrive, and for each answer to be taken."""

    #: Seconds; set by :func:`protocol`.
    request_time: float = 20.0
    write_time: float = 30.0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._arriving: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a first request."""
        super().connection_made(transport)
        self._await_request()

    def data_received(self, data: bytes) -> None:
        """Take what came; the time runs until the request is whole, and is not begun anew by each byte."""
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._await_request()
        else:
            _off(self._arriving)
            self._arriving = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        _off(self._arriving)
        _off(self._taking)
        self._arriving = self._taking = None
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to wait for the other side to take what was sent."""
        super().pause_writing()
        if self._taking is None:
            self._taking = self.loop.call_later(self.write_time, self.transport.abort)

    def resume_writing(self) -> None:
        """It was taken."""
        super().resume_writing()
        _off(self._taking)
        self._taking = None

    def timeout_keep_alive_handler(self) -> None:
        """End an idle connection, also where the other side takes nothing more."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(self.write_time, self.transport.abort)

    def _await_request(self) -> None:
        if self._arriving is None:
            self._arriving = self.loop.call_later(self.request_time, self._too_slow)

    def _too_slow(self) -> None:
        self._arriving = None
        if self.transport.is_closing():
            return
        if self.conn.our_state is h11.IDLE or (self.cycle and not self.cycle.response_started):
            with suppress(Exception):
                self.transport.write(_TOO_SLOW % (len(_SLOW_BODY), _SLOW_BODY))
        self.transport.close()
        self.loop.call_later(self.write_time, self.transport.abort)


def _off(timer: asyncio.TimerHandle | None) -> None:
    """Stop a timer, if it runs."""
    if timer is not None:
        timer.cancel()


def protocol(options: Options) -> type[Protocol]:
    """The protocol with the times of ``options``."""
    times = {"request_time": options.request_time, "write_time": options.write_time}
    return type("Protocol", (Protocol,), times)


class Server(uvicorn.Server):
    """Ends streams when it is told to end, so that nobody has to be cut off."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ask to end; a second time, at once."""
        super().handle_exit(sig, frame)
        self._end_streams()

    def end(self) -> None:
        """Ask to end, from any thread."""
        self.should_exit = True
        self._end_streams()

    def _end_streams(self) -> None:
        served = self.config.app
        if isinstance(served, FastAPI):
            served.state.hub.end()


def bound(options: Options) -> socket.socket:
    """A socket that listens where ``options`` say. Raises :class:`SettingsError` where that cannot be."""
    where = f"{options.host}:{options.port}"
    try:
        (family, _, _, _, address), *_ = socket.getaddrinfo(
            options.host.strip("[]"), options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError):
        raise SettingsError("no address of this machine", where=where, do="give another --host") from None
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(min(options.connections, 512))
    except PermissionError:
        made.close()
        raise SettingsError("this port may not be used", where=where, do="give a --port above 1023") from None
    except OSError as error:
        made.close()
        taken = error.errno == errno.EADDRINUSE
        what = "the port is taken" if taken else f"cannot listen there ({error.strerror})"
        do = "give another --port, or end the program that has it" if taken else "give another --host"
        raise SettingsError(what, where=where, do=do) from None
    made.setblocking(False)
    return made


def address(options: Options, listening: socket.socket) -> str:
    """The address to open in a browser."""
    host = options.host if options.host not in ("0.0.0.0", "::", "") else "localhost"
    host = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{host}:{listening.getsockname()[1]}/"


def server(app: FastAPI, options: Options) -> Server:
    """The server of ``app``, yet to be run on a socket."""
    config = uvicorn.Config(
        app,
        http=protocol(options),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=int(options.keep_alive),
        timeout_graceful_shutdown=GRACE,
        limit_concurrency=options.connections,
    )
    return Server(config)


def run(app: FastAPI, options: Options, listening: socket.socket, made: Callable[[Server], None] | None = None) -> None:
    """Serve until Ctrl-C or SIGTERM; ``made`` is handed the server before it begins."""
    one = server(app, options)
    if made is not None:
        made(one)
    with _heard(), suppress(KeyboardInterrupt):
        one.run(sockets=[listening])


@contextmanager
def _heard() -> Iterator[None]:
    """The signals that end a server: once it has ended, uvicorn raises them again, and they are to do no more."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = [(number, signal.signal(number, lambda *_: None)) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
