"""The server on a real socket: whom nobody can hold by being slow, and that ends when it is told to."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator

import httpx2
import pytest

from marsad.api import server as serving
from marsad.api.app import app
from marsad.api.options import Options
from marsad.errors import SettingsError

Started = Callable[..., tuple[str, int]]


@pytest.fixture
def started(desk) -> Iterator[Started]:
    """Starts servers on free ports; gives host and port."""
    ended = []

    def start(**given: object) -> tuple[str, int]:
        options = Options(port=0, **given)  # type: ignore[arg-type]
        listening = serving.bound(options)
        one = serving.server(app(desk, options), options)
        thread = threading.Thread(target=one.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        ended.append((one, thread))
        while not one.started:
            time.sleep(0.01)
        return listening.getsockname()

    yield start
    for one, thread in ended:
        one.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the server did not end"


def opened(where: tuple[str, int]) -> socket.socket:
    made = socket.create_connection(where, timeout=20)
    return made


def until_closed(one: socket.socket) -> bytes:
    """What comes until the other side closes."""
    got = b""
    try:
        while piece := one.recv(65_536):
            got += piece
    except ConnectionResetError:
        pass
    return got


def test_it_answers(started):
    host, port = started()
    answer = httpx2.get(f"http://{host}:{port}/api/events")
    assert answer.status_code == 200 and "server" not in answer.headers


def test_who_says_nothing_is_let_go(started):
    where = started(request_time=0.3)
    with opened(where) as one:
        assert b"408" in until_closed(one).split(b"\r\n")[0]


@pytest.mark.parametrize(
    "begin",
    [b"", b"GET /api/events HTTP/1.1\r\nHost: localhost\r\n",
     b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n",
     b"GET /api/ladders/W1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n",
     b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"],
    ids=["a line", "headers", "a body", "a body that nobody reads", "chunks"],
)  # fmt: skip
def test_a_byte_now_and_then_holds_nobody(started, begin):
    where = started(request_time=0.6, keep_alive=30)
    ended = threading.Event()
    with opened(where) as one:
        one.sendall(begin)

        def drip() -> None:
            drop = b"1\r\nx\r\n" if b"chunked" in begin else b"x"
            while not ended.wait(0.05):
                try:
                    one.sendall(drop)
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            until_closed(one)  # times out, and fails, where the server waits on
        finally:
            ended.set()
            thread.join()
    assert httpx2.get(f"http://{where[0]}:{where[1]}/healthz").status_code == 200


def test_an_idle_connection_is_closed_and_a_busy_one_is_not(started):
    where = started(keep_alive=1, request_time=5)
    with opened(where) as one:
        for _ in range(3):
            one.sendall(b"GET /api/ladders/W1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            got = b""
            while b'"after":null}' not in got:
                got += one.recv(65_536)
            assert got.startswith(b"HTTP/1.1 200")
        until_closed(one)


def test_two_requests_at_once_on_one_connection(started):
    with opened(started()) as one:
        asked = b"GET /api/ladders/W1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
        one.sendall(asked + asked.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert until_closed(one).count(b"HTTP/1.1 200 OK") == 2


def test_who_does_not_take_the_answer_is_let_go(desk):
    """What is sent has to be taken: else a reader who asks and never reads would keep it in memory for ever."""
    options = Options(port=0, write_time=0.3)
    kind = serving.protocol(options)

    async def tried() -> bool:
        aborted = asyncio.Event()

        class Transport(asyncio.Transport):
            def get_extra_info(self, name, default=None):
                return default

            def is_closing(self):
                return False

            def abort(self):
                aborted.set()

        from uvicorn.config import Config
        from uvicorn.server import ServerState

        config = Config(app(desk), http=kind, lifespan="off")
        config.load()
        one = kind(config=config, server_state=ServerState(), app_state={}, _loop=asyncio.get_running_loop())
        one.connection_made(Transport())
        one.pause_writing()
        one.resume_writing()
        one.pause_writing()
        await asyncio.wait_for(aborted.wait(), 10)
        one.connection_lost(ConnectionAbortedError())
        return aborted.is_set()

    assert asyncio.run(tried())


def test_a_head_that_is_too_long_is_refused(started):
    with opened(started()) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000)
        assert until_closed(one)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 431", b"")


def test_more_connections_than_are_let_in(started):
    where = started(connections=5)
    held = [opened(where) for _ in range(8)]
    try:
        held[-1].sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert b"503" in until_closed(held[-1]).split(b"\r\n")[0]
    finally:
        for one in held:
            one.close()


def test_a_port_that_is_taken():
    first = serving.bound(Options(port=0))
    try:
        with pytest.raises(SettingsError, match="taken"):
            serving.bound(Options(port=first.getsockname()[1]))
    finally:
        first.close()


@pytest.mark.parametrize("host", ["999.1.1.1", "nowhere.invalid", "192.0.2.1"])
def test_an_address_that_is_none_of_this_machine(host):
    with pytest.raises(SettingsError):
        serving.bound(Options(host=host, port=0))


def test_the_stream_begins_and_ends_with_the_server(desk):
    options = Options(port=0, look=0.05, heartbeat=0.1)
    listening = serving.bound(options)
    one = serving.server(app(desk, options), options)
    thread = threading.Thread(target=one.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    host, port = listening.getsockname()
    seen = []
    with httpx2.stream("GET", f"http://{host}:{port}/api/stream", timeout=20) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        for line in lines:
            seen.append(line)
            if line.startswith(":"):
                break
        one.end()  # the stream ends by itself, before anything has to be cut off
        seen += lines
    thread.join(20)
    assert not thread.is_alive()
    assert "event: revision" in seen and seen[0] == "retry: 5000"
    assert json.loads(next(one for one in seen if one.startswith("data:"))[5:])["revision"] >= 1
