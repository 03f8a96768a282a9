"""Articles with what was found in them, and the stories that they stand in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import Asks, Id, Text
from marsad.api.examples import documented
from marsad.desk.records import Known, article_record, story_record
from marsad.errors import NotFoundError
from marsad.export.lines import record

router = APIRouter(prefix="/api", tags=["articles"])


@router.get("/articles", summary="The article at an address", **documented("article"))
def at(
    request: Request, desk: Asks, url: Annotated[Text, Query(max_length=2_000, description="Its address.")]
) -> Response:
    """The article that stands at this address now, with everything that is known of it."""
    return forms.one(request, lambda: article_record(Known.of(desk, url)))


@router.get("/articles/{id}", summary="An article with all that is known of it", **documented("article"))
def article(request: Request, desk: Asks, id: Id) -> Response:  # noqa: A002 (the field's word)
    """Its text, mentions and events in the line format, its versions, its story, and what persons hold."""
    return forms.one(request, lambda: article_record(Known.of(desk, id)))


@router.get("/articles/{id}/coding", summary="What was found in an article", **documented("coding"))
def coding(request: Request, desk: Asks, id: Id) -> Response:  # noqa: A002
    """The object of the line format, by the newest run."""

    def make() -> Any:
        found = desk.coding(id)
        if found is None:
            raise NotFoundError(f"the article {id!r} waits to be coded", do="`marsad code` does what waits")
        return record(found)

    return forms.one(request, make)


@router.get("/stories/{id}", summary="The articles that report the same news", **documented("story"))
def story(request: Request, desk: Asks, id: Id) -> Response:  # noqa: A002
    """Who reported, the earliest first, and why the articles are held to tell the same."""

    def make() -> Any:
        found = desk.story(id)
        return story_record(found, desk.articles(found.articles), desk.alike(found))

    return forms.one(request, make)
