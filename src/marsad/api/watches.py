"""What is watched, and what a watch would have told."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, time
from threading import Lock
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from marsad.alert.channels import public
from marsad.api import forms
from marsad.api.access import Writes, trusted
from marsad.api.asked import Asks, Page, Text
from marsad.api.examples import documented
from marsad.api.problems import Refused
from marsad.export.alerts import alert_record, watch_record
from marsad.types import AlertTrigger, EventType, Ladder, Outcome, Rhythm, Stage, Status, Voice, Watch
from marsad.types import Query as Question

router = APIRouter(prefix="/api", tags=["watches"])
#: Channels that leave this machine for an address: what writes files or starts programs is set up on it alone.
CHANNELS = ("webhook:", "mail:")
_REHEARSING = Lock()
_Id = Annotated[Text, Path(max_length=100, description="The id of a watch.")]
_Name = Annotated[Text, Field(max_length=200)]
_Names = Annotated[tuple[_Name, ...], Field(max_length=50)]


class Asked(BaseModel):
    """What a watch is about; what is left out does not restrict. Actors, sides and sources are given by id."""

    model_config = ConfigDict(extra="forbid")

    near: _Name | None = None
    counterpart: _Name | None = None
    sanctioner: _Name | None = None
    parties: _Names = ()
    actors: _Names = ()
    recipients: _Names = ()
    speakers: _Names = ()
    types: tuple[EventType, ...] = ()
    statuses: tuple[Status | Outcome, ...] = ()
    voices: tuple[Voice, ...] = ()
    sources: _Names = ()
    languages: _Names = ()
    words: Annotated[Text, Field(max_length=500)] | None = None
    law: _Name | None = None
    ladder: Ladder | None = None
    level: int | None = Field(None, ge=-1, le=10)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("a time zone such as Asia/Baghdad is needed") from None


class Watching(BaseModel):
    """A watch: what, when, where to. ``id``: small letters, digits and hyphens; without one it is made of the name."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field("", pattern=r"^([a-z0-9][a-z0-9-]{0,59})?$")
    name: Text = Field(min_length=1, max_length=200)
    trigger: AlertTrigger
    query: Asked = Field(default_factory=lambda: Asked.model_validate({}))
    channels: tuple[Annotated[Text, Field(max_length=500)], ...] = Field((), max_length=10)
    lang: str = Field("en", pattern="^(ar|en)$")
    stages: tuple[Stage, ...] = (Stage.FIRST, Stage.CONFIRMED, Stage.HIGHER)
    within: int = Field(30, ge=0, le=36_500)
    silent: int = Field(7, ge=1, le=3_650)
    quiet: tuple[time, time] | None = None
    zone: Annotated[Text, AfterValidator(_zone)] = Field("UTC", max_length=60)
    cooldown: int = Field(0, ge=0, le=100_000)
    digest: Rhythm | None = None

    def watch(self) -> Watch:
        """The watch. Raises :class:`Refused` for a channel that is not set up from afar."""
        for channel in self.channels:
            if not channel.startswith(CHANNELS):
                told = f"{channel[:60]!r} is no channel that the API sets up"
                do = "give webhook:https://… or mail:…, or use `marsad watch add`"
                raise Refused(422, "request", told, where="body.channels", do=do)
        given = {name: getattr(self, name) for name in type(self).model_fields}
        about = {one.name: getattr(self.query, one.name) for one in fields(Question)}
        return Watch(**{**given, "query": Question(**about)})


class Muted(BaseModel):
    """Until when a watch sends nothing; null: it sends again."""

    model_config = ConfigDict(extra="forbid")

    until: datetime | None


def _record(request: Request, one: Watch) -> dict[str, Any]:
    """A watch; who may only read sees of an address no more than its host."""
    return watch_record(one if trusted(request) else replace(one, channels=tuple(map(public, one.channels))))


@router.get("/watches", summary="What is watched", **documented("watches"))
def listed(request: Request, desk: Asks, page: Page) -> Response:
    """In the order of their ids."""

    def ask() -> tuple[Any, str | None]:
        items, after = forms.sliced(desk.watches(), page.after, page.limit)
        return (_record(request, one) for one in items), after

    return forms.page(request, ask)


@router.post("/watches", summary="Watch something", status_code=201, **documented("watch", 201))
def watch(desk: Asks, given: Watching, _: Writes) -> Response:
    """Adds a watch, or changes the one with this id. Only what comes into the store from then on is told."""
    return forms.written(watch_record(desk.watch(given.watch())), 201)


@router.post("/watches/rehearse", summary="What a watch would have told", **documented("rehearsed"))
def rehearse(
    desk: Asks, given: Watching, days: Annotated[int, Query(ge=1, le=366, description="Of the last days.")] = 90
) -> Response:
    """Nothing is kept and nothing sent. One at a time: it takes a while."""
    watch = given.watch()
    if not _REHEARSING.acquire(blocking=False):
        raise Refused(503, "busy", "another watch is being rehearsed", headers={"retry-after": "10"})
    try:
        found = desk.rehearse(watch, days)
    finally:
        _REHEARSING.release()
    return forms.written({"items": list(map(alert_record, found)), "after": None})


@router.get("/watches/{id}", summary="One watch", **documented("watch"))
def one(request: Request, desk: Asks, id: _Id) -> Response:  # noqa: A002 (the field's word)
    """What it is about, and where it tells."""
    return forms.one(request, lambda: _record(request, desk.find_watch(id)))


@router.post("/watches/{id}/mute", summary="Have a watch send nothing for a while", **documented("watch"))
def mute(desk: Asks, id: _Id, muted: Muted, _: Writes) -> Response:  # noqa: A002
    """What it finds meanwhile is kept and never sent."""
    return forms.written(watch_record(desk.mute(id, muted.until)))


@router.delete("/watches/{id}", summary="Watch something no longer", status_code=204, response_class=Response)
def unwatch(desk: Asks, id: _Id, _: Writes) -> Response:  # noqa: A002
    """Its alerts stay."""
    desk.unwatch(id)
    return Response(status_code=204)
