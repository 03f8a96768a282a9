"""Who may ask: by which name the server was called, from which page, with which key, how often, and who may write."""

from __future__ import annotations

import base64
import binascii
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from marsad.api.bounds import Rates, network
from marsad.api.options import LOCAL, Options, is_local
from marsad.api.problems import Refused, answer
from marsad.desk import Desk
from marsad.errors import StoreError
from marsad.store import keys
from marsad.store.keys import Key

#: What changes nothing.
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: What programs ask for, in the answers to which no page of another site has any business.
_OURS = ("/api", "/feeds/", "/metrics")
#: Seconds that a key is known without the store being asked, and how many are.
FRESH, REMEMBERED = 5.0, 1_000


class Keys:
    """The keys of a store, each looked up at most every few seconds: a revoked one ends that much later."""

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        self._desk, self._clock = desk, clock
        self._found: OrderedDict[bytes, tuple[Key | None, float]] = OrderedDict()
        self._turn = Lock()

    def check(self, secret: str) -> Key | None:
        """The key of ``secret``; None where there is none, or it was revoked."""
        digest, now = sha256(secret.encode("utf-8", "surrogatepass")).digest(), self._clock()
        with self._turn:
            found = self._found.get(digest)
        if found and now - found[1] < FRESH:
            return found[0]
        store = self._desk.store
        with store.reading() as db:
            key = keys.check(db, secret)
        if key and key.is_stale(self._desk.now()):
            with store.writing(shown=False) as db:
                keys.used(db, key.name, self._desk.now())
        with self._turn:
            self._found[digest] = (key, now)
            if len(self._found) > REMEMBERED:
                self._found.popitem(last=False)
        return key


def secret(headers: Headers) -> tuple[str | None, bool]:
    """The key that a request carries, and whether a browser may have sent it by itself (``Basic``)."""
    if given := headers.get("x-api-key"):
        return given.strip(), False
    kind, _, rest = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return rest.strip(), False
    if kind.lower() == "basic":
        try:
            told = base64.b64decode(rest.strip(), validate=True).decode("utf-8", "replace")
        except binascii.Error:
            return "", True
        return told.partition(":")[2], True
    return None, False


def hosts_of(options: Options) -> frozenset[str]:
    """The names that the server may be called by; none where it is any."""
    own = options.host.lower()
    if not is_local(own) and not options.hosts:
        return frozenset()
    return frozenset({*LOCAL, own, f"[{own.strip('[]')}]", *(one.lower() for one in options.hosts)})


def called(headers: Headers) -> str | None:
    """The name that a server is called by, without its port; None where there is none, or several."""
    given = headers.getlist("host")
    if len(given) != 1:
        return None
    host = given[0].strip().lower()
    if host.startswith("["):
        return host[: host.find("]") + 1] or None
    return host.rpartition(":")[0] if host.count(":") == 1 else host


class Access:
    """Lets a request through, or refuses it, before anything of it is read."""

    def __init__(self, app: ASGIApp, desk: Desk, options: Options, keys: Keys, rates: Rates) -> None:
        self.app, self.desk, self.options, self.keys, self.rates = app, desk, options, keys, rates
        self._hosts = hosts_of(options)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})
        try:
            await self._check(scope, Headers(scope=scope))
        except Refused as fault:
            await answer(scope["path"], fault)(scope, receive, send)
            return
        except StoreError as error:
            await answer(scope["path"], Refused.of(error))(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _check(self, scope: Scope, headers: Headers) -> None:
        self._called(headers)
        _not_foreign(scope, headers)
        address = network((scope.get("client") or ("",))[0])
        state: dict[str, Any] = scope["state"]
        given, by_browser = secret(headers)
        key = None
        if given is not None:
            self._paced(f"look {address}", self.options.rate)
            key = await run_in_threadpool(self.keys.check, given)
        if scope["path"] == "/healthz":
            pass
        elif key is None and (given is not None or self.options.keys_needed):
            self._paced(f"fault {address}", self.options.fault_rate)
            raise _no_key(scope["path"], wrong=bool(given))
        self._paced(f"key {key.name}" if key else f"at {address}", (key and key.rate) or self.options.rate)
        state |= {"key": key, "by_browser": by_browser, "address": address}
        page = not scope["path"].startswith(_OURS)
        if page and self.options.keys_needed and scope["method"] not in SAFE and not (key and key.may("write")):
            raise Refused(403, "forbidden", "this key may only read")

    def _called(self, headers: Headers) -> None:
        host = called(headers)
        if host is None:
            raise Refused(400, "host", "no Host, or several", where="Host")
        if self._hosts and host not in self._hosts:
            raise Refused(421, "host", f"this server is not called {host[:100]!r}", where="Host")

    def _paced(self, who: str, a_minute: int) -> None:
        if wait := self.rates.take(who, a_minute):
            raise too_many(wait, a_minute)


def too_many(wait: float, a_minute: int) -> Refused:
    """That somebody asks too often."""
    after = {"retry-after": str(math.ceil(wait))}
    return Refused(429, "rate", f"more than {a_minute} requests a minute", headers=after)


def foreign(headers: Headers) -> bool:
    """Whether a browser says that a request comes from another site's page, or from one of another port."""
    if site := headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


def _not_foreign(scope: Scope, headers: Headers) -> None:
    """Refuse what a browser says another site's page asks for; to be led here from one is another matter.

    A form that is sent is no such leading. What the pages' own forms send is looked at once more by the pages.
    """
    led = scope["method"] in SAFE and headers.get("sec-fetch-mode") == "navigate"
    posts_a_page = scope["method"] not in SAFE and not scope["path"].startswith(_OURS)
    if foreign(headers) and not led and not posts_a_page:
        raise Refused(403, "foreign", "a page of another site asks", do="ask from a program, or from our own pages")


def _no_key(path: str, *, wrong: bool) -> Refused:
    what = "this key opens nothing" if wrong else "a key is needed"
    # A browser asks its user for a name and a password: any name, and the key.
    how = "Bearer" if path.startswith(_OURS) else "Basic"
    return Refused(401, "key", what, headers={"www-authenticate": f'{how} realm="Marsad", charset="UTF-8"'})


def writes(request: Request) -> str:
    """Who may change something: a key with the scope write, or a page of ours. Gives the name; else raises."""
    state, app = request.state, request.app
    key: Key | None = getattr(state, "key", None)
    if key and key.may("write") and not state.by_browser:
        return key.name
    local: Callable[[Request], bool] | None = getattr(app.state, "local_token", None)
    if local and local(request) and (not app.state.options.keys_needed or (key and key.may("write"))):
        return key.name if key else ""
    if key:
        raise Refused(403, "forbidden", "this key may only read", do="use one made with `marsad key add NAME --write`")
    raise Refused(401, "key", "to write needs a key", do="make one: `marsad key add NAME --write`, and send it as "
                  "Authorization: Bearer KEY", headers={"www-authenticate": 'Bearer realm="Marsad"'})  # fmt: skip


def trusted(request: Request) -> bool:
    """Whether whoever asks may see what only those who write are to know: the whole address of a channel."""
    key: Key | None = getattr(request.state, "key", None)
    return key.may("write") if key else not request.app.state.options.keys_needed


#: Asked for by an endpoint that changes something.
Writes = Annotated[str, Depends(writes)]
