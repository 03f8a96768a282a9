"""Errors as pages, in the reader's language and with what to do, where a browser asks; the rest is the API's."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.errors import BusyError, ExtraError, MarsadError, NotFoundError, ReadError, SettingsError
from marsad.web.guard import HEADERS, Refused
from marsad.web.view import view

#: The status of an error of ours, by its kind; what else there is, is our fault.
STATUS: tuple[tuple[type[MarsadError], int], ...] = (
    (NotFoundError, 404), (BusyError, 503), (SettingsError, 400), (ReadError, 400), (ExtraError, 501),
)  # fmt: skip
_PROGRAMS = ("/api", "/feeds", "/healthz", "/metrics", "/static", "/openapi")
_KNOWN = frozenset({400, 403, 404, 405, 413, 429, 501, 503})

Handler = Callable[[Request, Any], Response | Awaitable[Response]]
log = logging.getLogger(__name__)


def install(app: FastAPI) -> None:
    """Put the pages of errors before the handlers that ``app`` has."""
    for kind in (MarsadError, HTTPException, RequestValidationError):
        given: Handler | None = app.exception_handlers.get(kind)
        app.add_exception_handler(kind, _paged(given))
    # Innermost: a middleware of the API answers what nobody else has caught.
    app.user_middleware.append(Middleware(Caught))


class Caught:
    """Answers what no handler expects with a page, where a browser asks and nothing was sent yet."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except ClientDisconnect:
            raise
        except Exception as error:
            if begun or scope["type"] != "http" or not wants_page(request := Request(scope, receive)):
                raise
            answer = await run_in_threadpool(page, request, error)
            await answer(scope, receive, send)


def _paged(other: Handler | None) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, error: Exception) -> Response:
        if wants_page(request):
            return await run_in_threadpool(page, request, error)
        if other is None:
            return JSONResponse({"detail": "error"}, _status(error), headers=dict(HEADERS))
        answer = other(request, error)
        return await answer if inspect.isawaitable(answer) else answer

    return handle


def wants_page(request: Request) -> bool:
    """Whether a browser asks for a page."""
    path = request.url.path
    program = any(path == one or path.startswith((f"{one}/", f"{one}.")) for one in _PROGRAMS)
    return not program and "text/html" in request.headers.get("accept", "")


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, RequestValidationError):
        return 400
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def page(request: Request, error: Exception) -> Response:
    """The page that says what went wrong, and what to do; what only we can mend is written to the log."""
    status = _status(error)
    if status == 500:
        log.error("%s %r", request.method, request.url.path, exc_info=error)  # %r: no line end of theirs
    key = str(status) if status in _KNOWN else "500"
    if isinstance(error, Refused):
        key = error.why
    told = error if isinstance(error, MarsadError) and status != 500 else None
    answer = view(request).page(
        "error", status, key=key, shown=status, wrong=_wrong(error), what=told and told.what, advice=told and told.do
    )
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers["cache-control"] = "no-store"
    return answer


def _wrong(error: Exception) -> list[str]:
    """Which values of an address or a form cannot be used."""
    if not isinstance(error, RequestValidationError):
        return []
    return [f"{' '.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors()[:8]]
