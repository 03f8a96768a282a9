"""A site for the tests, on 127.0.0.1: feeds, pages, and the ways in which a site can be odd, slow or hostile.

Not called site.py: a module of that name on the path would stand before the standard library's. The site listens in
threads of its own and keeps a list of what it was asked. Any number of names lead to it: :meth:`Site.world` is the
network in which each name under ``.example`` has a public address, and all connections end here. ::

    with Site(Clock()) as site:
        fetched = Fetcher(Settings(), site.world()).fetch("http://news-a.example/rss.xml")
"""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any, NamedTuple, Self
from urllib.parse import unquote, urlsplit

import httpcore2

from marsad.read.web.fetcher import World

START = datetime(2026, 3, 1, 6, tzinfo=UTC)
#: Articles that are new in each round, and how many a feed holds.
NEW, HELD = 2, 10


class Clock:
    """A clock that stands still but for sleeping."""

    def __init__(self, start: datetime = START) -> None:
        self.start, self.seconds = start, 0.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds)

    def time(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.seconds += max(0.0, seconds)


class RealClock:
    """The real one, with the same methods."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def time(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class Seen(NamedTuple):
    """A request: the host that was asked (without port), the path with its query, when, with which headers and body."""

    host: str
    path: str
    at: float
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Reply:
    """An answer. ``raw`` are the bytes to send instead of all else; ``parts`` those of a body that comes piecemeal."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    raw: bytes | None = None
    parts: Callable[[Callable[[bytes], Any]], None] | None = None


def text(host: str, number: int) -> str:
    """The text of an article, another for each host and number."""
    return f"الخبر {number} من {host}. زار الوزير رقم {number} بغداد، وبحث مع نظيره {number + 1} ملفات."


def page(host: str, number: int) -> str:
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>الخبر {number}</title></head>'
        f"<body><article><h1>الخبر {number}</h1><p>{text(host, number)}</p></article></body></html>"
    )


@cache
def bomb(codings: str) -> bytes:
    """20 MB of nothing, compressed by ``gzip``, ``br``, or by several one after the other (``gzip,gzip``)."""
    import brotli

    body = bytes(20_000_000)
    for coding in codings.split(","):
        body = gzip.compress(body, 6) if coding == "gzip" else brotli.compress(body, quality=5)
    return body


class Site:
    """The site. ``round`` says which articles there are; ``robots`` has a text or a status for a host, 404 for others.

    ``routes`` are answers of one's own, by path, called with host and query. ``connected`` lists the addresses to
    which connections were made through :meth:`world`.
    """

    def __init__(self, clock: Clock | RealClock | None = None, *, tls: ssl.SSLContext | None = None) -> None:
        self.clock = clock or RealClock()
        self.round = 0
        self.robots: dict[str, str | int] = {}
        self.routes: dict[str, Callable[[str, str], Reply]] = {}
        self.names: dict[str, list[str]] = {}
        self.seen: list[Seen] = []
        self.connected: list[tuple[str, int]] = []
        self.retry_after = "120"
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.site = self
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def resolve(self, host: str) -> list[str]:
        """The addresses of ``names``; for another name under ``.example`` a public one, always the same."""
        if host in self.names:
            return self.names[host]
        if not host.endswith(".example"):
            raise OSError(f"no such name: {host}")
        number = sum(host.encode()) % 250
        return [f"93.184.216.{number}"]

    def connect(self, address: str, port: int, seconds: float) -> httpcore2.NetworkStream:
        """A connection to this site, whatever the address; the address is noted."""
        self.connected.append((address, port))
        return httpcore2.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout=seconds)

    def world(self, **other: Any) -> World:
        """The clock of this site, and a network in which it is everywhere."""
        given: dict[str, Any] = {
            "now": self.clock.now, "clock": self.clock.time, "sleep": self.clock.sleep,
            "resolve": self.resolve, "connect": self.connect,
        }  # fmt: skip
        return World(**given | other)

    def asked(self, host: str | None = None) -> list[str]:
        """The paths that were asked for, of one host or all."""
        return [one.path for one in self.seen if host in (None, one.host)]

    def gaps(self) -> dict[str, float]:
        """For each host the least time between two requests."""
        times: dict[str, list[float]] = {}
        for one in self.seen:
            times.setdefault(one.host, []).append(one.at)
        return {host: min(b - a for a, b in pairwise(at)) for host, at in times.items() if len(at) > 1}

    def numbers(self) -> range:
        """The articles that a feed holds in this round."""
        last = (self.round + 1) * NEW
        return range(max(0, last - HELD), last)

    def answer(self, host: str, path: str, query: str, headers: dict[str, str]) -> Reply:
        """What there is at a path."""
        if path in self.routes:
            return self.routes[path](host, query)
        if path == "/robots.txt":
            found = self.robots.get(host, 404)
            return Reply(status=found) if isinstance(found, int) else Reply(found.encode(), kind="text/plain")
        first, _, rest = path.strip("/").partition("/")
        made = getattr(self, f"_{first.partition('.')[0]}", None)
        reply: Reply = made(host, rest, query) if made else Reply(b"<p>no such page", 404)
        if reply.headers.get("ETag") and headers.get("if-none-match") == reply.headers["ETag"]:
            return Reply(status=304, headers=reply.headers)
        return reply

    def _news(self, host: str, rest: str, query: str) -> Reply:
        return Reply(page(host, int(rest or 0)).encode())

    def _rss(self, host: str, rest: str, query: str) -> Reply:
        items = "".join(
            f"<item><title>الخبر {n}</title><link>http://{host}/news/{n}</link><guid>{host}/{n}</guid><pubDate>"
            f"Sun, 01 Mar 2026 06:{n % 60:02}:00 GMT</pubDate><description>{text(host, n)}</description></item>"
            for n in reversed(self.numbers())
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'
        return Reply(body.encode(), headers={"ETag": f'"round-{self.round}"'}, kind="application/rss+xml")

    def _atom(self, host: str, rest: str, query: str) -> Reply:
        items = "".join(
            f"<entry><title>الخبر {n}</title><link href='http://{host}/news/{n}'/><id>tag:{host},2026:{n}</id>"
            f"<updated>2026-03-01T06:{n % 60:02}:00Z</updated><summary>{text(host, n)}</summary></entry>"
            for n in reversed(self.numbers())
        )
        body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{host}</title>{items}</feed>'
        when = (START + timedelta(minutes=self.round)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        return Reply(body.encode(), headers={"Last-Modified": when}, kind="application/atom+xml")

    def _chain(self, host: str, rest: str, query: str) -> Reply:
        """So many redirects (/chain/3) to /news/0; ?301 or another status, 302 if there is none."""
        left = int(rest)
        to = "/news/0" if left == 0 else f"/chain/{left - 1}?{query}"
        return Reply(status=int(query or 302), headers={"Location": to})

    def _circle(self, host: str, rest: str, query: str) -> Reply:
        return Reply(status=302, headers={"Location": "/circle/b" if rest == "a" else "/circle/a"})

    def _to(self, host: str, rest: str, query: str) -> Reply:
        """A redirect to the address in the query; /to/301?… with that status."""
        return Reply(b"<p>over there", status=int(rest or 302), headers={"Location": unquote(query)})

    def _busy(self, host: str, rest: str, query: str) -> Reply:
        return Reply(status=int(rest or 429), headers={"Retry-After": self.retry_after})

    def _status(self, host: str, rest: str, query: str) -> Reply:
        return Reply(b"<p>sorry", status=int(rest))

    def _charset(self, host: str, rest: str, query: str) -> Reply:
        """Windows-1256 that is called UTF-8."""
        return Reply(page(host, 1).encode("windows-1256"))

    def _drip(self, host: str, rest: str, query: str) -> Reply:
        """A body of which a byte comes each second."""

        def drip(send: Callable[[bytes], Any]) -> None:
            for _ in range(1_000):
                send(b"<")
                self.clock.sleep(1.0)

        return Reply(parts=drip, headers={"Content-Length": "1000"})

    def _slowly(self, host: str, rest: str, query: str) -> Reply:
        """Headers of which a byte comes each second."""

        def drip(send: Callable[[bytes], Any]) -> None:
            for _ in range(1_000):
                send(b"H")
                self.clock.sleep(1.0)

        return Reply(parts=drip, raw=b"HTTP/1.1 200 OK\r\nX-Slow: ")

    def _silent(self, host: str, rest: str, query: str) -> Reply:
        """No answer until the site is closed."""
        self.closing.wait(30)
        return Reply()

    def _big(self, host: str, rest: str, query: str) -> Reply:
        """A body without end or length."""

        def pour(send: Callable[[bytes], Any]) -> None:
            while not self.closing.is_set():
                send(bytes(1 << 16))

        return Reply(parts=pour)

    def _long(self, host: str, rest: str, query: str) -> Reply:
        """A body that says that it has 11 MB."""
        return Reply(headers={"Content-Length": "11000000"}, parts=lambda send: send(b"<"))

    def _bomb(self, host: str, rest: str, query: str) -> Reply:
        """20 MB of nothing, by /bomb/gzip, /bomb/br, or /bomb/gzip,gzip."""
        return Reply(bomb(rest), headers={"Content-Encoding": rest})

    def _gzip(self, host: str, rest: str, query: str) -> Reply:
        return Reply(gzip.compress(page(host, 1).encode()), headers={"Content-Encoding": "gzip"})

    #: What breaks off, or is no HTTP, by /raw/NAME.
    RAW = {  # noqa: RUF012
        "nothing": b"",
        "garbage": b"\x00\xff\xfe <html>no http\r\n\r\n",
        "text": b"<html><p>a page without a head</html>\n",
        "short": b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>short",
        "lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<p>abc",
        "length": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<p>abc",
        "chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>abc\r\n0\r\n\r\n",
        "unfinished": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ab\r\n",
        "head": b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 300_000 + b"\r\n\r\n",
        "heads": b"HTTP/1.1 200 OK\r\n" + b"X-Many: a\r\n" * 30_000 + b"\r\n",
        "gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip at all",
        "odd": b"HTTP/1.1 200 OK\r\nContent-Encoding: lzma\r\n\r\nabc",
        "codings": b"HTTP/1.1 200 OK\r\nContent-Encoding: " + b"gzip," * 50 + b"gzip\r\n\r\nabc",
        "upgrade": b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        "partial": b"HTTP/1.1 206 Partial\r\nContent-Length: 3\r\n\r\nabc",
        "unasked": b"HTTP/1.1 304 Not Modified\r\n\r\n",
        "nowhere": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        "bytes": b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe[/\r\nContent-Length: 0\r\n\r\n",
        "status": b"HTTP/1.1 999 \xff\xfe\r\nContent-Length: 0\r\n\r\n",
    }

    def _raw(self, host: str, rest: str, query: str) -> Reply:
        return Reply(raw=self.RAW[rest])


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up, or that does not like our certificate, is what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        site, parts = self.server.site, urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("host", "").partition(":")[0]
        body = self.rfile.read(int(headers.get("content-length", 0)))
        site.seen.append(Seen(host, self.path, site.clock.time(), headers, body))
        with suppress(OSError):  # the client has had enough
            self._send(site.answer(host, parts.path, parts.query, headers))
        self.close_connection = True

    do_POST = do_GET

    def _send(self, reply: Reply) -> None:
        if reply.raw is not None:
            self.wfile.write(reply.raw)
        else:
            self.send_response(reply.status)
            length = {} if reply.parts else {"Content-Length": str(len(reply.body))}
            for name, value in ({"Content-Type": reply.kind, "Connection": "close"} | length | reply.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)
        self.wfile.flush()
        if reply.parts:
            reply.parts(self.wfile.write)
