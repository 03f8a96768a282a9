"""Whom articles come from, with both clocks: the last answer, and the newest article."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from marsad.store.sources import Followed
from marsad.web.pages.observatory import SILENT, silent
from marsad.web.view import Viewed

router = APIRouter()
#: How the table may be sorted, by the word of the address.
ORDERS = ("name", "country", "answered", "newest", "articles")
#: Most rows that are shown.
MOST = 500


@router.get("/sources")
def sources(view: Viewed, by: str = "name", q: str = "") -> Response:
    """Every source, sorted; those whose name, host or country has ``q`` in it."""
    every = view.kept("followed", view.desk.sources, lambda found: 400 * len(found))
    words = q.strip().lower()[:200]
    found = [one for one in every if words in _named(one)]
    rows = _sorted(found, by if by in ORDERS else ORDERS[0])
    quiet = {one.source.id for one in silent(every, view.now)}
    return view.page(
        "sources",
        rows=rows[:MOST],
        left=max(0, len(rows) - MOST),
        total=len(every),
        silent=quiet,
        days=SILENT,
        by=by,
        q=q,
        orders=ORDERS,
    )


def _named(one: Followed) -> str:
    source = one.source
    return " ".join(filter(None, (source.id, source.name, source.country, source.owner))).lower()


def _sorted(found: list[Followed], by: str) -> list[Followed]:
    def name(one: Followed) -> str:
        return (one.source.name or one.source.id).lower()

    if by == "articles":
        return sorted(found, key=lambda one: (-one.articles, name(one)))
    if by == "country":
        return sorted(found, key=lambda one: (one.source.country or "~", name(one)))
    if by in ("answered", "newest"):
        clock = "succeeded" if by == "answered" else "renewed"
        known = sorted((one for one in found if getattr(one, clock)), key=lambda one: getattr(one, clock), reverse=True)
        return known + [one for one in found if not getattr(one, clock)]
    return sorted(found, key=name)
