"""The articles that have some words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import Asks, Filtered, Page, Text
from marsad.api.examples import documented
from marsad.export.acts import ARTICLES, article_rows
from marsad.export.hits import hit_record

router = APIRouter(prefix="/api", tags=["search"])


@router.get("/search", summary="Articles by their words", **documented("search"))
def search(
    request: Request,
    desk: Asks,
    q: Annotated[
        Text, Query(min_length=1, max_length=500, description='Words, "a phrase", -without, begin*, one OR other.')
    ],
    asked: Filtered,
    page: Page,
) -> Response:
    """The newest first. Days, source and language are of the article; the other filters ask that one event be so."""
    where = asked.where(desk)

    def ask() -> tuple[Any, str | None]:
        found = desk.search(q, where, after=page.after, limit=page.limit)
        return map(hit_record, found.items), found.after

    def table() -> tuple[Any, Any, str | None]:
        found = desk.search(q, where, after=page.after, limit=page.limit)
        return article_rows(hit.article for hit in found.items), ARTICLES, found.after

    return forms.page(request, ask, table)
