"""A text in, what was found in it out: nothing is kept."""

from __future__ import annotations

import time
from functools import partial
from typing import Annotated

import anyio
import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from marsad.api import forms
from marsad.api.access import too_many
from marsad.api.asked import Text
from marsad.api.bounds import Rates
from marsad.api.examples import documented
from marsad.api.options import Options
from marsad.api.problems import Refused
from marsad.desk import Desk
from marsad.export.lines import record
from marsad.read.json import parsed
from marsad.types import Coding, Skipped

router = APIRouter(prefix="/api", tags=["read"])
#: Texts that wait for the one that is read.
WAITING = 16


class Given(BaseModel):
    """An article as the line format has it."""

    model_config = ConfigDict(extra="forbid")

    text: Text = Field(min_length=1, description="The text; with a title that it does not begin with, the title is "
                       "put before it, and offsets count in that.")  # fmt: skip
    id: Annotated[Text, Field(max_length=200)] | int | None = Field(None, description="Echoed.")
    title: Text | None = Field(None, max_length=2_000)
    url: Text | None = Field(None, max_length=2_000)
    source: Text | None = Field(None, max_length=500)
    published: Text | None = Field(None, max_length=60, description="The day that relative days are told from.")
    language: Text | None = Field(None, max_length=20)


class Reader:
    """Codes one text at a time: whoever comes meanwhile waits, and not for ever.

    What is being coded cannot be ended; its size bounds it, and the next waits for it.
    """

    def __init__(self, desk: Desk, options: Options) -> None:
        self._desk, self.options = desk, options
        self._turn: anyio.CapacityLimiter | None = None
        self.rates = Rates()

    async def code(self, given: Given) -> Coding | Skipped:
        """The coding of a text. Raises :class:`Refused` where there is no time for it."""
        if self._turn is None:
            self._turn = anyio.CapacityLimiter(1)  # belongs to the loop that runs
        if self._turn.statistics().tasks_waiting >= WAITING:
            raise Refused(503, "busy", "too many texts wait to be read", headers={"retry-after": "10"})
        until = time.monotonic() + self.options.read_time
        work = partial(self._code, msgspec.json.encode(given.model_dump(exclude_none=True)), until)
        with anyio.move_on_after(self.options.read_time):
            return await anyio.to_thread.run_sync(work, abandon_on_cancel=True, limiter=self._turn)
        raise Refused(504, "time", f"not read within {self.options.read_time:g} s", do="send a shorter text")

    def _code(self, data: bytes, until: float) -> Coding | Skipped:
        if time.monotonic() > until:
            return Skipped(code="time", message="nobody waits for it")
        article = parsed(data, "body", None, self._desk.settings)
        if isinstance(article, Skipped):
            return article
        coder = self._desk.coder
        return next(coder.pipe([article], 1))


@router.post("/read", summary="Code a text now; nothing is kept", **documented("read"))
async def read(request: Request, given: Given) -> Response:
    """Who did or said what to whom, in the line format: codes, and offsets in the text."""
    reader: Reader = request.app.state.reader
    options = reader.options
    if len(given.text) > options.read_characters:
        raise Refused(413, "size", f"more than {options.read_characters} characters", where="body.text",
                      do="send one article at a time")  # fmt: skip
    who = request.state.key.name if request.state.key else request.state.address
    if wait := reader.rates.take(str(who), options.read_rate):
        raise too_many(wait, options.read_rate)
    found = await reader.code(given)
    if isinstance(found, Skipped):
        raise Refused(422, found.code, found.message.removeprefix("body: "), where="body")
    return forms.written(record(found))
