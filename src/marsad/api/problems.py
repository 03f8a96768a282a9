"""Faults as problem+json (RFC 9457), all of one shape: what is wrong, where, and what to do."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from marsad.errors import (
    AddressError,
    BusyError,
    ExtraError,
    FetchError,
    KnowledgeError,
    MarsadError,
    ModelError,
    NotFoundError,
    SizeError,
    StoreError,
)

log = logging.getLogger("marsad.api")
MEDIA = "application/problem+json"
#: Most characters of an address that a fault says again.
INSTANCE = 1_000

#: The first that an error is an instance of says its status; any other is what was asked, and cannot be answered.
STATUSES: tuple[tuple[type[MarsadError], int], ...] = (
    (NotFoundError, 404),
    (SizeError, 413),
    (BusyError, 503),
    (StoreError, 503),
    (AddressError, 422),
    (FetchError, 502),
    (ExtraError, 501),
    (ModelError, 500),
    (KnowledgeError, 500),
)
#: Titles of a status, and what to do where nothing better is known.
TITLES: Mapping[int, tuple[str, str]] = {
    400: ("The request cannot be read", "see /api/openapi.json"),
    401: ("A key is needed", "send Authorization: Bearer KEY; make one with `marsad key add`"),
    403: ("This is not allowed", "use a key with the scope write"),
    404: ("There is no such thing", "check the address; /api lists what there is"),
    405: ("This method does not go here", "see /api/openapi.json"),
    406: ("It cannot be had in this form", "ask for .json"),
    408: ("The request took too long", "send it in one go"),
    413: ("Too large", "send less at a time"),
    415: ("Not of this type", "send JSON with Content-Type: application/json"),
    421: ("This server is not called so", "call it by its own name, or start it with --allow-host NAME"),
    422: ("What is asked cannot be answered", "mend what `where` names"),
    429: ("Too many requests", "wait as long as Retry-After says"),
    500: ("A fault in Marsad", "please report it"),
    501: ("An optional package is missing", "install it"),
    502: ("Somebody else did not answer", "try again later"),
    503: ("Busy, or the store does not answer", "try again later"),
    504: ("It took too long", "send less at a time"),
}
_DO_POST = "see /api/openapi.json"


class Problem(BaseModel):
    """A fault as it is told. ``type`` and ``code`` are stable, the words are not."""

    type: str = Field(examples=["urn:marsad:problem:not-found"])
    title: str = Field(examples=["There is no such thing"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["no act with the id '00000000'. copy it from `marsad events`"])
    instance: str = Field(examples=["/api/events/00000000"])
    code: str = Field(examples=["not-found"])
    what: str = Field(examples=["no act with the id '00000000'"])
    where: str | None = None
    do: str = Field(examples=["copy it from `marsad events`"])
    errors: list[dict[str, str]] | None = Field(None, description="Each fault, where there are several.")


class Refused(HTTPException):
    """A request that is not answered: ``status_code``, a stable ``code``, what is wrong, where, and what to do."""

    def __init__(
        self,
        status: int,
        code: str,
        what: str,
        *,
        where: str | None = None,
        do: str | None = None,
        headers: Mapping[str, str] | None = None,
        errors: list[dict[str, str]] | None = None,
    ) -> None:
        super().__init__(status, what, dict(headers or {}))
        self.code, self.what, self.where, self.do, self.errors = code, what, where, do, errors

    @classmethod
    def of(cls, error: MarsadError, status: int | None = None, where: str | None = None) -> Refused:
        """An error of Marsad's. Those of the installation are told to whoever runs it, in the log."""
        found = status or next((number for kind, number in STATUSES if isinstance(error, kind)), 422)
        headers = {"retry-after": "5"} if isinstance(error, BusyError) else None
        if found >= 500:
            log.error("%s", error)
        return cls(found, error.code, error.what, where=where or error.where, do=error.do, headers=headers)


def answer(path: str, fault: Refused) -> Response:
    """A fault as an answer."""
    title, usual = TITLES.get(fault.status_code, TITLES[400])
    do = fault.do or usual
    body: dict[str, Any] = {
        "type": f"urn:marsad:problem:{fault.code}",
        "title": title,
        "status": fault.status_code,
        "detail": ". ".join(part.rstrip(".") for part in (fault.what, do)),
        "instance": path[:INSTANCE],
        "code": fault.code,
        "what": fault.what,
        "where": fault.where,
        "do": do,
    }
    if fault.errors:
        body["errors"] = fault.errors
    # In ASCII: what stood in the address may be no Unicode.
    headers = {**(fault.headers or {}), "cache-control": "no-store"}
    return Response(json.dumps(body), fault.status_code, headers, media_type=MEDIA)


@contextmanager
def asked_in(name: str) -> Iterator[None]:
    """A parameter that names what there is not is a wrong question, and not a missing page."""
    try:
        yield
    except StoreError:
        raise
    except MarsadError as error:
        raise Refused.of(error, 422, where=name) from None


def _invalid(error: RequestValidationError) -> Refused:
    found = [
        {"where": ".".join(map(str, one["loc"]))[:200], "what": str(one["msg"]).removeprefix("Value error, ")[:500]}
        for one in error.errors()
    ]
    first = found[0] if found else {"where": "request", "what": "it cannot be read"}
    kinds = {str(one["type"]) for one in error.errors()}
    if kinds & {"json_invalid"}:
        return Refused(400, "format", first["what"], where="body", do="send JSON")
    return Refused(
        422, "request", first["what"], where=first["where"], do=_DO_POST, errors=found[:20] if len(found) > 1 else None
    )


def _http(error: HTTPException) -> Refused:
    codes = {401: "key", 403: "forbidden", 404: "not-found", 405: "method", 413: "size", 415: "type"}
    what = "there is nothing at this address" if error.status_code == 404 else str(error.detail)
    return Refused(error.status_code, codes.get(error.status_code, "request"), what, headers=error.headers)


def told(request: Request, error: Exception) -> Response:
    """Any fault as an answer; one of ours goes to the log with its trace, and says nothing of it."""
    if isinstance(error, Refused):
        fault = error
    elif isinstance(error, MarsadError):
        fault = Refused.of(error)
    elif isinstance(error, RequestValidationError):
        fault = _invalid(error)
    elif isinstance(error, HTTPException):
        fault = _http(error)
    else:
        log.error("a fault in %s %r", request.method, request.url.path, exc_info=error)  # %r: no line end of theirs
        fault = Refused(500, "fault", "a fault in Marsad")
    return answer(request.url.path, fault)


def install(app: FastAPI) -> None:
    """Have every fault of ``app`` told so."""
    for kind in (Refused, MarsadError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, told)
