"""What watches have told, and who has seen it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from marsad.api import forms
from marsad.api.access import Writes
from marsad.api.asked import Asks, Id, Page, Text, at
from marsad.api.examples import documented
from marsad.export.alerts import alert_record

router = APIRouter(prefix="/api", tags=["alerts"])


class Seen(BaseModel):
    """Which alerts, by id or the beginning of it, and who has seen them."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[Text, Field(max_length=64)]] = Field(min_length=1, max_length=500)
    name: Text = Field(min_length=1, max_length=200)


@router.get("/alerts", summary="What watches have told", **documented("alerts"))
def listed(
    request: Request,
    desk: Asks,
    page: Page,
    since: Annotated[Text | None, Query(max_length=40, description="Raised at this time or later, or day.")] = None,
    watch: Annotated[Text | None, Query(max_length=100, description="Of this watch.")] = None,
    unacked: Annotated[bool, Query(description="Only what nobody has seen.")] = False,
) -> Response:
    """The newest first; each with its sentence in both languages, and `because`: the words that it rests on."""
    begin = at(since, "since")

    def ask() -> tuple[Any, str | None]:
        found = desk.alerts(since=begin, watch=watch, unacked=unacked, after=page.after, limit=page.limit)
        return map(alert_record, found.items), found.after

    def table() -> tuple[Any, Any, str | None]:
        found = desk.alerts(since=begin, watch=watch, unacked=unacked, after=page.after, limit=page.limit)
        return found.rows(), found.columns(), found.after

    return forms.page(request, ask, table)


@router.get("/alerts/{id}", summary="One alert", **documented("alert"))
def alert(request: Request, desk: Asks, id: Id) -> Response:  # noqa: A002 (the field's word)
    """What was told, why, and whether anybody has seen it."""
    return forms.one(request, lambda: alert_record(desk.alert(id)))


@router.post("/alerts/ack", summary="Say that you have seen alerts", **documented("acked"))
def ack(desk: Asks, seen: Seen, _: Writes) -> Response:
    """Who saw one first stays. Where one is not there, none is noted."""
    found = desk.ack(seen.ids, seen.name.strip())
    return forms.written({"items": list(map(alert_record, found)), "after": None})
