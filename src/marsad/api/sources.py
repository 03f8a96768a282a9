"""Whom articles come from, and what is followed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import Asks, Page, Text
from marsad.api.examples import documented
from marsad.desk.records import source_record
from marsad.errors import NotFoundError

router = APIRouter(prefix="/api", tags=["sources"])


@router.get("/sources", summary="Whom articles come from", **documented("sources"))
def every(request: Request, desk: Asks, page: Page) -> Response:
    """Two clocks tell of each: when it last answered, and when it last had an article that was not known."""

    def ask() -> tuple[Any, str | None]:
        items, after = forms.sliced(desk.sources(), page.after, page.limit)
        return map(source_record, items), after

    return forms.page(request, ask)


@router.get("/sources/{name:path}", summary="One source", **documented("source"))
def one(
    request: Request, desk: Asks, name: Annotated[Text, Path(max_length=500, description="Its id, name or address.")]
) -> Response:
    """The source with this id, name or address."""

    def make() -> Any:
        wanted = desk.source(name).id
        for each in desk.sources():
            if each.source.id == wanted:
                return source_record(each)
        raise NotFoundError(f"no source {name!r}", do="/api/sources lists them")

    return forms.one(request, make)
