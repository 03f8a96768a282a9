"""What is new, as it comes: server-sent events of alerts, and of the store having changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

import msgspec
from fastapi import APIRouter, Header, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from marsad.api.asked import Text
from marsad.api.options import Options
from marsad.api.problems import Refused
from marsad.desk import Desk
from marsad.errors import MarsadError
from marsad.store import alerts
from marsad.types import Alert

log = logging.getLogger("marsad.api")
router = APIRouter(prefix="/api", tags=["stream"])
#: Most alerts that are told again to one who comes back, and messages that wait for one who is slow.
BACKLOG, WAITING = 200, 256
#: Milliseconds after which a browser comes back.
RETRY = 5_000


@dataclass(frozen=True, slots=True)
class Event:
    """One message: ``id`` is that of an alert; others have none."""

    name: str
    data: bytes
    id: str | None = None

    def written(self) -> bytes:
        """As the stream has it (JSON has no line ends)."""
        head = f"id: {self.id}\n" if self.id else ""
        return f"{head}event: {self.name}\n".encode() + b"data: " + self.data + b"\n\n"


def _alert(one: Alert) -> Event:
    return Event("alert", msgspec.json.encode(one), one.id)


class Hub:
    """Looks for what is new while anybody listens, once for all of them."""

    def __init__(self, desk: Desk, options: Options) -> None:
        self._desk, self._options = desk, options
        self._listeners: set[asyncio.Queue[Event | None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None

    def end(self) -> None:
        """End every stream; from any thread, or a handler of signals."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.close)

    def close(self) -> None:
        """End every stream; to be called in the loop."""
        self._closed = True
        for queue in list(self._listeners):
            _end(queue)

    async def listen(self, last: str | None) -> AsyncIterator[bytes]:
        """The stream of one listener, with what came since the alert ``last``."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue(WAITING)
        self._listeners.add(queue)
        self._loop = asyncio.get_running_loop()
        try:
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._look())
            yield f"retry: {RETRY}\n\n".encode()
            revision, missed, whole = await run_in_threadpool(self._since, last)
            if not whole:
                yield Event("reset", b"{}").written()
            for one in missed:
                yield _alert(one).written()
            yield Event("revision", msgspec.json.encode({"revision": revision})).written()
            told = {one.id for one in missed}
            while not self._closed:
                try:
                    event = await asyncio.wait_for(queue.get(), self._options.heartbeat)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if event is None:
                    return
                if event.id is None or event.id not in told:
                    yield event.written()
        finally:
            self._listeners.discard(queue)

    @property
    def full(self) -> bool:
        """Whether no more may listen."""
        return self._closed or len(self._listeners) >= self._options.listeners

    async def _look(self) -> None:
        revision, last = await run_in_threadpool(self._now)
        while self._listeners and not self._closed:
            await asyncio.sleep(self._options.look)
            try:
                now, new = await run_in_threadpool(self._changed, revision, last)
            except MarsadError as error:
                log.warning("the stream cannot look: %s", error)
                continue
            if now == revision:
                continue
            revision, last = now, new[-1].id if new else last
            for event in (*map(_alert, new), Event("revision", msgspec.json.encode({"revision": now}))):
                self._send(event)

    def _send(self, event: Event) -> None:
        for queue in list(self._listeners):
            try:
                queue.put_nowait(event)
            except asyncio.QueueFull:  # who does not read is let go, and comes back with the last id
                self._listeners.discard(queue)
                _end(queue)

    # --- in a thread -----------------------------------------------------------------------------------------------

    def _now(self) -> tuple[int, str | None]:
        with self._desk.store.reading() as db:
            newest = alerts.listed(db, limit=1).items
        return self._desk.store.revision(), newest[0].id if newest else None

    def _changed(self, revision: int, last: str | None) -> tuple[int, list[Alert]]:
        now = self._desk.store.revision()
        return now, [] if now == revision else self._newer(last)[0]

    def _since(self, last: str | None) -> tuple[int, list[Alert], bool]:
        revision = self._desk.store.revision()
        missed, whole = self._newer(last) if last else ([], True)
        return revision, missed if whole else [], whole

    def _newer(self, last: str | None) -> tuple[list[Alert], bool]:
        """The alerts behind ``last``, the earliest first, and whether they are all."""
        found: list[Alert] = []
        after = None
        with self._desk.store.reading() as db:
            while len(found) < BACKLOG:
                page = alerts.listed(db, after=after, limit=50)
                for one in page.items:
                    if one.id == last:
                        return found[::-1], True
                    found.append(one)
                if (after := page.after) is None:
                    return found[::-1], last is None
        return found[::-1], False


def _end(queue: asyncio.Queue[Event | None]) -> None:
    while queue.full():
        queue.get_nowait()
    queue.put_nowait(None)


@router.get(
    "/stream",
    summary="What is new, as it comes",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "Server-sent events: `alert` (with its id), `revision`, and `reset` where too much was "
            "missed: then load all again.",
            "content": {"text/event-stream": {"example": 'event: revision\ndata: {"revision":42}\n\n'}},
        }
    },
)
async def stream(request: Request, last_event_id: Annotated[Text | None, Header(max_length=64)] = None) -> Response:
    """Stays open. With `Last-Event-ID` it begins with the alerts that came since that one."""
    hub: Hub = request.app.state.hub
    if hub.full:
        raise Refused(503, "busy", "no more may listen", headers={"retry-after": "30"})
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(hub.listen(last_event_id), headers=headers, media_type="text/event-stream")
