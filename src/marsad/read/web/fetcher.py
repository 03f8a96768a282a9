"""Pages and feeds from the web, politely: the only module of this room that opens the network.

Each request is one connection of its own, over HTTP/1.1, by GET, without cookies, and never through a proxy: what the
environment says of proxies is not looked at. Its HTTPS is verified (``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` are
heeded). Where it may connect to stands in :mod:`marsad.net`, how long to wait and what to leave alone in
:mod:`~marsad.read.web.turns` and :mod:`~marsad.read.web.robots`.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from threading import Lock
from typing import Self

import httpcore2
import httpx2

from marsad.about import __version__
from marsad.errors import AddressError, FetchError, MarsadError, SizeError
from marsad.net import addresses
from marsad.net.addresses import host_of
from marsad.net.answers import short, utc
from marsad.net.connect import NETWORK_FAULTS, Body, Deadline, Network, Stream, TooLarge, World
from marsad.read.web import robots
from marsad.read.web.answers import Answer, Errand, Fault, NotYet, bare, deferred, failed, told
from marsad.read.web.exchange import Exchange, Fetched
from marsad.read.web.turns import Course, Hosts, Turns
from marsad.settings import Settings
from marsad.types import FetchState

__all__ = ["Exchange", "Fetched", "Fetcher", "World"]

#: Most bytes that come at a time.
CHUNK = 1 << 16

#: What httpx2 decompresses, with the packages that Marsad asks for.
_CODINGS = frozenset({"gzip", "deflate", "br"})


class _NotKept(Exception):
    """A fault of our own while a copy was kept: it has nothing to do with the address."""

    def __init__(self, error: MarsadError) -> None:
        self.error = error


class Fetcher:
    """Fetches addresses, each host no faster than its site and the settings allow.

    Remembers, as long as it lives, when each host was asked and what its robots.txt says. ``keep`` is handed each whole
    exchange, one at a time, redirects and answers without a page included; what it raises is raised.
    """

    def __init__(
        self, settings: Settings, world: World | None = None, *, keep: Callable[[Exchange], None] | None = None
    ) -> None:
        self.settings = settings
        self.world = world or World()
        self._keep = keep
        self._hosts = Hosts(settings.delay)
        self._known = robots.Known()
        self._open: set[Stream] = set()
        self._lock = Lock()
        self._agent = f"{robots.AGENT}/{__version__}" + (f" (+{settings.contact})" if settings.contact else "")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all connections."""
        for stream in tuple(self._open):
            stream.shut()

    def fetch(self, url: str, state: FetchState | None = None) -> Fetched:
        """What ``url`` gives, asked for when its host is due; a fault is in :attr:`Fetched.error`, never raised.

        ``state`` is that of the last try: a page that has not changed since is not sent again, and nothing is asked
        before its ``after``.
        """
        (found,) = self._fetched([(url, state)], 1)
        return found

    def fetch_all(self, items: Iterable[tuple[str, FetchState | None]]) -> Iterator[Fetched]:
        """What each of ``items`` gives, in the order in which they are done.

        As many hosts as ``settings.fetchers`` are asked side by side, the addresses of each one after the other. With
        one fetcher all is done in the calling thread, in the same order each time.
        """
        return self._fetched(items, self.settings.fetchers)

    def _fetched(self, items: Iterable[tuple[str, FetchState | None]], workers: int) -> Iterator[Fetched]:
        courses = ((self._home(url), self._course(url, state or FetchState(url=url))) for url, state in items)
        try:
            yield from Turns(courses, self._hosts, workers, self.world.clock, self.world.sleep).run(self.close)
        except _NotKept as fault:
            raise fault.error from None

    def _home(self, url: str) -> str:
        try:
            return host_of(self._target(url))
        except AddressError:
            return ""

    def _target(self, url: str) -> httpx2.URL:
        return addresses.target(url, private=self.settings.private)

    def _course(self, url: str, known: FetchState) -> Course[Fetched]:
        """The way to one page; the hosts that it yields are asked once each."""
        errand = Errand(known=replace(known, url=url), limit=self.settings.max_page, left=self.settings.timeout)
        now = self.world.now()
        try:
            if known.after and utc(known.after) > now:
                raise NotYet(utc(known.after))
            target = self._target(url)
            if known.fetched:
                ago = (now - utc(known.fetched)).total_seconds()
                self._hosts.asked_before(host_of(target), ago, self.world.clock())
            answer = yield from self._followed(target, errand)
        except NotYet as early:
            return deferred(errand, early.after, self.world.now())
        except (Fault, MarsadError) as error:
            fault = error if isinstance(error, Fault) else Fault(bare(error))
            return failed(errand, fault, self.world.now())
        return told(errand, answer, self.world.now())

    def _followed(self, target: httpx2.URL, errand: Errand) -> Course[Answer]:
        """The answer at the end of the redirects."""
        seen: set[str] = set()
        while True:
            where = str(target)
            if where in seen or len(seen) > self.settings.redirects:
                what = "redirects lead in a circle" if where in seen else f"more than {len(seen) - 1} redirects"
                raise FetchError(what, where=errand.final, do="give the address that a browser ends at")
            seen.add(where)
            if not errand.rules:
                yield from self._obey(target)
            errand.final = where
            answer = yield from self._asked(target, errand)
            if answer.location is None:
                return answer
            target = addresses.joined(target, answer.location, private=self.settings.private)
            errand.redirected(answer.status, str(target))

    def _obey(self, target: httpx2.URL) -> Course[None]:
        """Raise :class:`Fault` if the site asks to leave ``target`` alone."""
        origin = f"{target.scheme}://{target.netloc.decode('ascii')}"
        with self._lock:
            rules = self._known.get(origin, self.world.now())
        if rules is None:
            rules = yield from self._rules(origin)
            self._hosts.slow_down(host_of(target), origin, rules.delay)
            with self._lock:
                self._known.put(origin, rules)
        if refusal := rules.refusal(str(target)):
            raise Fault(refusal, pause=(rules.until - self.world.now()).total_seconds())

    def _rules(self, origin: str) -> Course[robots.Robots]:
        where = f"{origin}/robots.txt"
        errand = Errand(known=FetchState(url=where), limit=robots.LIMIT, left=self.settings.timeout, rules=True)
        try:
            answer = yield from self._followed(self._target(where), errand)
        except (Fault, MarsadError) as error:
            fault = error.error if isinstance(error, Fault) else bare(error)
            return robots.unreachable(fault, self.world.now())
        now = self.world.now()
        return robots.answered(answer.status, answer.body, now, answer.pause(now), where)

    def _asked(self, target: httpx2.URL, errand: Errand) -> Course[Answer]:
        """The answer to one request, made when the host is due. Raises :class:`NotYet` if that is too far away."""
        host, clock = host_of(target), self.world.clock
        while True:
            wait = self._hosts.due(host) - clock()
            if wait > self._hosts.patience:
                raise NotYet(self.world.now() + timedelta(seconds=wait))
            yield host
            if self._hosts.take(host, clock()):
                break
        began, answer, failed_ = clock(), None, True
        try:
            answer = self._exchanged(target, errand)
        except MarsadError:
            failed_ = False  # refused by us
            raise
        except httpcore2.TimeoutException:
            what = f"no whole answer within {self.settings.timeout:g} seconds"
            raise Fault(FetchError(what, where=errand.final, do="try later, or raise the setting timeout")) from None
        except NETWORK_FAULTS as error:
            what = f"no whole answer ({short(error)})"
            raise Fault(FetchError(what, where=errand.final, do="try later")) from None
        finally:
            errand.left -= clock() - began
            pause = answer.pause(self.world.now()) if answer else 0.0
            self._hosts.asked(host, clock(), failed=answer.overloaded if answer else failed_, pause=pause)
        return answer

    def _exchanged(self, target: httpx2.URL, errand: Errand) -> Answer:
        """Ask and listen: one connection, one request, one answer."""
        left = Deadline(self.world.clock, errand.left)
        url = httpcore2.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)
        headers = errand.headers(target.netloc.decode("ascii"), self._agent)
        network = Network(self.world, errand.final, left, private=self.settings.private, open_=self._open)
        secure = self._tls if target.scheme == "https" else None
        with httpcore2.HTTPConnection(url.origin, ssl_context=secure, network_backend=network) as connection:
            heard = connection.handle_request(httpcore2.Request("GET", url, headers=headers))
            assert isinstance(heard.stream, Iterable)
            stream = Body(heard.stream, errand.limit + CHUNK, left)
            response = httpx2.Response(heard.status, headers=heard.headers, stream=stream)
            answer = Answer(heard.status, dict(response.headers), charset=response.charset_encoding)
            body, whole = self._body(response, answer, errand)
        if self._keep and whole and body is not None:
            reason = bytes(heard.extensions.get("reason_phrase", b"")).decode("latin-1")
            got = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in heard.headers)
            exchange = Exchange(errand.final, self.world.now(), headers, heard.status, reason, got, body)
            try:
                with self._lock:
                    self._keep(exchange)
            except MarsadError as error:
                raise _NotKept(error) from None
        return replace(answer, body=body)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self.world.tls()

    def _body(self, response: httpx2.Response, answer: Answer, errand: Errand) -> tuple[bytes | None, bool]:
        """The body, decompressed, and whether it is all of it; None where nobody wants it, or it cannot be had.

        Raises :class:`SizeError` for a page that is too large. A robots.txt is cut instead.
        """
        if not answer.good and not self._keep:
            return None, False
        held: list[bytes] = []
        room = errand.limit
        try:
            if answer.good and not errand.rules and answer.length > room:
                raise TooLarge
            if odd := answer.codings - _CODINGS:
                raise FetchError(f"it is compressed in an unknown way ({min(odd)[:40]!r})", where=errand.final)
            for part in response.iter_bytes():
                held.append(part[:room])
                room -= len(part)
                if room < 0:
                    raise TooLarge
        except TooLarge:
            if answer.good and not errand.rules:
                do = "raise the setting max_page to have it"
                raise SizeError(f"more than {errand.limit} bytes", where=errand.final, do=do) from None
            return (b"".join(held) if answer.good else None), False
        except (httpx2.DecodingError, FetchError):
            if answer.good:
                raise
            return None, False
        return b"".join(held), True
