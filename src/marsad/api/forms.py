"""How an answer is written: as JSON, CSV or JSON lines, page by page, and not again where nothing has changed.

The form is the end of the address (``.json``, ``.csv``, ``.ndjson``), else what ``Accept`` likes best, else JSON.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from marsad.about import __version__
from marsad.api.access import trusted
from marsad.api.problems import Refused
from marsad.desk import Desk
from marsad.desk.answers import Framed
from marsad.export.rows import Column, Row, write_csv

#: The forms, with their media types; the first is the usual one.
MEDIA: Mapping[str, str] = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
}
_ACCEPTED = {
    "application/json": "json",
    "application/x-ndjson": "ndjson",
    "application/ndjson": "ndjson",
    "application/jsonl": "ndjson",
    "text/csv": "csv",
    "application/*": "json",
    "*/*": "json",
}
#: Addresses that end so without meaning a form.
_WHOLE = ("/api/openapi.json",)
#: Of this process: what it knows from files is part of its answers, and it may know more after a new start.
_STARTED = secrets.token_hex(4)
_encode = msgspec.json.Encoder().encode


class Endings:
    """Takes the form off the end of an address, so that there is one route for all of them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith("/api/") and path not in _WHOLE:
            stem, dot, ending = path.rpartition(".")
            if dot and ending in MEDIA and not stem.endswith("/"):
                # In place: whoever stands around this is to see which route it led to.
                scope["path"] = stem
                scope["state"] = {**scope.get("state", {}), "form": ending, "path": path}
                scope.pop("raw_path", None)
        await self.app(scope, receive, send)


def form(request: Request, offered: Iterable[str] = ("json",)) -> str:
    """The form that is asked for. Raises :class:`Refused` where an address ends in one that there is not."""
    asked: str | None = getattr(request.state, "form", None)
    known = tuple(offered)
    if asked is not None:
        if asked not in known:
            raise Refused(406, "form", f"there is no .{asked} of this", do="ask for ." + ", .".join(known))
        return asked
    return next((one for one in _liked(request.headers.get("accept", "")) if one in known), "json")


def _liked(accept: str) -> list[str]:
    """The forms of an ``Accept``, what is liked best first."""
    found: list[tuple[float, int, str]] = []
    for number, part in enumerate(accept.split(",")[:20]):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for one in parameters:
            if one.startswith("q="):
                try:
                    weight = float(one[2:])
                except ValueError:
                    weight = 0.0
        if media in _ACCEPTED and weight > 0:
            found.append((-weight, number, _ACCEPTED[media]))
    return [name for _, _, name in sorted(found)]


# --- not again -------------------------------------------------------------------------------------------------------


def tag(desk: Desk, request: Request, kind: str) -> str:
    """The ``ETag`` of an answer: it stands while nothing is written to the store, on one day, of one process.

    Who may write is told more than who only reads.
    """
    today = desk.now().astimezone(UTC).date()
    who = "writer" if trusted(request) else "reader"
    made = "|".join((_STARTED, __version__, str(desk.store.revision()), str(today), who, kind, str(request.url)))
    return f'"{hashlib.blake2b(made.encode(errors="replace"), digest_size=12).hexdigest()}"'


class _Unchanged(Exception):
    """What was asked for is there already."""

    def __init__(self, mark: str) -> None:
        super().__init__(mark)
        self.mark = mark


def marked(request: Request, kind: str) -> dict[str, str]:
    """The headers of an answer that is yet to be made. Raises where whoever asks has it."""
    mark = tag(request.app.state.desk, request, kind)
    given = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if mark in given or "*" in given:
        raise _Unchanged(mark)
    return {"etag": mark, **_KEPT}


_KEPT = {"cache-control": "private, no-cache", "vary": "accept"}


def unchanged(_: Request, error: Exception) -> Response:
    """304, for what is there already."""
    assert isinstance(error, _Unchanged)
    return Response(status_code=304, headers={"etag": error.mark, **_KEPT})


Unchanged = _Unchanged

# --- answers ---------------------------------------------------------------------------------------------------------


class Kept:
    """Answers that stand, by their ``ETag``, at most so many bytes: many readers of one page cost what one does."""

    def __init__(self, most: int = 32_000_000) -> None:
        self._most, self._size = most, 0
        self._answers: OrderedDict[str, tuple[bytes, str | None]] = OrderedDict()
        self._turn = Lock()
        self._making: dict[str, Lock] = {}

    def made(self, mark: str, make: Callable[[], tuple[bytes, str | None]]) -> tuple[bytes, str | None]:
        """What is kept, else what ``make`` gives: of many who ask at once one makes it, and the others wait."""
        if (found := self.get(mark)) is not None:
            return found
        with self._turn:
            making = self._making.setdefault(mark, Lock())
        with making:
            if (found := self.get(mark)) is not None:
                return found
            try:
                found = make()
                self.put(mark, *found)
            finally:
                with self._turn:
                    self._making.pop(mark, None)
        return found

    def get(self, mark: str) -> tuple[bytes, str | None] | None:
        """The body, and the cursor of the next page; None where it is not kept."""
        with self._turn:
            if (found := self._answers.get(mark)) is not None:
                self._answers.move_to_end(mark)
            return found

    def put(self, mark: str, body: bytes, after: str | None) -> None:
        """Keep an answer, and let those go that nobody asked for in a while."""
        if len(body) > self._most // 16:
            return
        with self._turn:
            if mark in self._answers:
                return
            self._answers[mark] = (body, after)
            self._size += len(body)
            while self._size > self._most:
                self._size -= len(self._answers.popitem(last=False)[1][0])


def answered(request: Request, kind: str, make: Callable[[], tuple[bytes, str | None]]) -> Response:
    """An answer in a form: kept, or made now by what gives its body and the cursor of the next page."""
    headers = marked(request, kind)
    kept: Kept = request.app.state.kept
    body, after = kept.made(headers["etag"], make)
    if after is not None:
        headers["link"] = f'<{_next(request, after)}>; rel="next"'
    return Response(body, headers=headers, media_type=MEDIA[kind])


def one(request: Request, make: Callable[[], Any]) -> Response:
    """An answer of one object."""
    return answered(request, form(request), lambda: (_encode(make()), None))


def framed(request: Request, make: Callable[[], Framed], record: Callable[[Any], Any]) -> Response:
    """An answer of one object, ``record`` of what is made, which has rows too."""

    def body() -> tuple[bytes, str | None]:
        found = make()
        return (table(found.rows(), found.columns()) if kind == "csv" else _encode(record(found))), None

    kind = form(request, ("json", "csv"))
    return answered(request, kind, body)


def page(
    request: Request,
    ask: Callable[[], tuple[Iterable[Any], str | None]],
    ask_rows: Callable[[], tuple[Iterable[Row], Mapping[str, Column], str | None]] | None = None,
) -> Response:
    """A page of a list: ``ask`` gives objects and the cursor of the next page, ``ask_rows`` rows, columns and that."""
    kind = form(request, ("json", "ndjson", "csv") if ask_rows else ("json", "ndjson"))

    def body() -> tuple[bytes, str | None]:
        if kind == "csv" and ask_rows:
            rows, columns, after = ask_rows()
            return table(rows, columns), after
        items, after = ask()
        if kind == "ndjson":
            return b"".join(_encode(item) + b"\n" for item in items), after
        return _encode({"items": list(items), "after": after}), after

    return answered(request, kind, body)


def table(rows: Iterable[Row], columns: Mapping[str, Column]) -> bytes:
    """Rows as CSV, in which no spreadsheet takes anything for a formula."""
    out = io.StringIO(newline="")
    write_csv(rows, out, columns=columns)
    return out.getvalue().encode()


def _next(request: Request, after: str) -> str:
    path = getattr(request.state, "path", request.url.path)
    query = [(key, value) for key, value in request.query_params.multi_items() if key != "after"]
    return f"{quote(path, errors='replace')}?{urlencode([*query, ('after', after)], errors='replace')}"


def sliced(items: Sequence[Any], after: str | None, limit: int) -> tuple[Sequence[Any], str | None]:
    """A page of a list that is short enough to be had whole; its cursor is the number of the next."""
    start = 0
    if after is not None:
        if not (after.isascii() and after.isdigit() and len(after) < 10):
            raise Refused(
                422, "format", f"{after[:40]!r} is no cursor", where="after", do="give it as the page gave it"
            )
        start = int(after)
    stop = start + limit
    return items[start:stop], str(stop) if stop < len(items) else None


def written(value: Any, status: int = 200) -> Response:
    """What was made by a request that changes something, or that asks more than an address can say."""
    return Response(_encode(value), status, {"cache-control": "no-store"}, media_type=MEDIA["json"])
