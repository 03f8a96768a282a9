"""What keeps the pages from being used by others: headers on every answer, and a token in every form.

A form is taken from our own pages alone: the browser says where a request comes from (``Sec-Fetch-Site``, ``Origin``),
and the form carries a token that belongs to a cookie of this browser. The token of a page lets its script write over
the API too (:meth:`Guard.local`). Which hosts may be asked for is the API's.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping

from fastapi import HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.api.access import foreign
from marsad.api.metrics import HEADERS as PLAIN

#: The cookie that tells one browser from another, the field of a form and the header that carry its token.
SEAT, FIELD, HEADER = "marsad-seat", "token", "x-marsad-token"
#: Most bytes of a form.
MOST = 256_000
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

#: Sent with every answer that does not say otherwise.
HEADERS: Mapping[str, str] = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    **PLAIN,
}


class Refused(HTTPException):
    """A form that is not taken; ``why`` is *foreign*, *stale* or *large*, a word of ``words/error.toml``."""

    def __init__(self, why: str, status: int = 403) -> None:
        super().__init__(status, f"the form is {why}: open the page again, and send it from there")
        self.why = why


class Guard:
    """The tokens of one run of the server: those of another run are refused, and the page says to open it again."""

    def __init__(self, secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(32)

    def seat(self, request: Request) -> str:
        """The name of this browser: that of its cookie, else a new one, the same for the whole request."""
        if not hasattr(request.state, "seat"):
            request.state.seat = request.cookies.get(SEAT) or secrets.token_urlsafe(18)
        return str(request.state.seat)

    def token(self, request: Request) -> str:
        """What the forms of a page carry."""
        return self._of(self.seat(request))

    def _of(self, seat: str) -> str:
        return hmac.digest(self._secret, seat.encode("utf-8", "replace"), "sha256").hex()

    def _fits(self, request: Request, token: object) -> bool:
        seat = request.cookies.get(SEAT)
        if not seat or not isinstance(token, str):
            return False
        return hmac.compare_digest(self._of(seat).encode(), token.encode("utf-8", "replace"))

    def local(self, request: Request) -> bool:
        """Whether a request is from the script of one of our own pages: it has the header with the page's token."""
        return not foreign(request.headers) and self._fits(request, request.headers.get(HEADER))

    async def check(self, request: Request) -> None:
        """A dependency of every page: what changes something must be asked for by a form of ours.

        Raises :class:`Refused`.
        """
        if request.method in _SAFE:
            return
        if foreign(request.headers):
            raise Refused("foreign")
        if not self.local(request) and not self._fits(request, (await request.form(max_files=0)).get(FIELD)):
            raise Refused("stale")

    def keep(self, request: Request, answer: Response) -> None:
        """Give the browser its cookie, unless it has it.

        Coming from another site it does not show it (``SameSite=Strict``): a new one would end the forms that it has
        open elsewhere. So the page asks for itself once more, which the browser takes for its own.
        """
        if SEAT in request.cookies:
            return
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            if request.method == "GET" and request.headers.get("sec-fetch-dest") == "document":
                answer.headers["refresh"] = "0"
            return
        answer.set_cookie(SEAT, self.seat(request), httponly=True, samesite="strict")


class Guarded:
    """Puts :data:`HEADERS` on every answer, and ends a form that is larger than :data:`MOST`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        form = headers.get("content-type", "").startswith(("application/x-www-form-urlencoded", "multipart/"))
        length, read = headers.get("content-length", "0"), 0

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if form and (read > MOST or (length.isdigit() and int(length) > MOST)):
                raise Refused("large", 413)
            return message

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    given.setdefault(name, value)
            await send(message)

        await self.app(scope, bounded, headed)
