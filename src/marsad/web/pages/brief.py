"""One page on a pair: where it stands, what moved, was said and denied, what laws come to, and what was read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response
from markupsafe import Markup
from rich.console import Console

from marsad.desk.pairs.briefing import MONTH, WEEK, brief
from marsad.errors import NotFoundError
from marsad.export.brief import brief_record
from marsad.export.brief_html import brief_body, brief_page, style
from marsad.export.brief_shown import Brief
from marsad.export.brief_text import WIDEST, brief_lines
from marsad.export.table import Layout
from marsad.identity import state_of
from marsad.knowledge.countries import countries
from marsad.web.pages.law import day
from marsad.web.view import View, Viewed

router = APIRouter()
#: Days of the times that are offered, by their words.
TIMES = (("week", WEEK), ("month", MONTH), ("quarter", 90))


@router.get("/static/css/brief.css")
def css() -> Response:
    """The style of a brief, the same as that of the file to keep."""
    return Response(style(), media_type="text/css", headers={"cache-control": "no-cache"})


@router.get("/brief/{one}/{other}")
def page(
    view: Viewed,
    one: str,
    other: str,
    since: str = "",
    until: str = "",
    sanctioner: str = "",
    form: Annotated[str, Query(alias="as")] = "",
) -> Response:
    """The brief of a pair; ``as=page``, ``as=text`` and ``as=json`` give files to keep."""
    sides = (_side(one), _side(other))
    first, last = day(since), day(until)
    warner = _side(sanctioner) if sanctioner.strip() else None

    def made() -> Brief:
        return brief(view.desk, *sides, since=first, until=last, sanctioner=warner, lang=view.lang)

    if form in ("page", "text", "json"):
        return _file(made(), form, view.lang, "-".join(sides))
    asked = ("brief", view.lang, *sides, first, last, warner)
    record = view.kept(asked, lambda: brief_record(made(), view.lang), lambda one: 4 * len(msgspec.json.encode(one)))
    return view.page(
        "brief",
        record=record,
        body=Markup(brief_body(record, view.lang, linked=True)),
        times=[(key, *_time(view, days)) for key, days in TIMES],
    )


def _time(view: View, days: int) -> tuple[date, date]:
    return view.today - timedelta(days - 1), view.today


def _side(given: str) -> str:
    """The id of a side or of a body. Raises :class:`NotFoundError` for a state that nobody knows."""
    one = given.strip().upper()
    if state_of(one) not in countries():
        raise NotFoundError(f"no state {given[:40]!r}", do="give its code (IRQ), or the id of a body (TUR.SSB)")
    return one


def _file(made: Brief, form: str, lang: str, name: str) -> Response:
    """A brief as a file to keep."""
    content: Any = {"page": _page, "text": _text, "json": _json}[form](made, lang)
    kind = {"page": "text/html", "text": "text/plain", "json": "application/json"}[form]
    ending = {"page": "html", "text": "txt", "json": "json"}[form]
    told = f'attachment; filename="{quote(name)}-{made.since}-{made.until}.{ending}"'
    return Response(content, media_type=f"{kind}; charset=utf-8", headers={"content-disposition": told})


def _page(made: Brief, lang: str) -> str:
    return brief_page(made, lang)


def _json(made: Brief, lang: str) -> bytes:
    return msgspec.json.encode(brief_record(made, lang)) + b"\n"


def _text(made: Brief, lang: str) -> str:
    def lines() -> Iterator[str]:
        console = Console(file=StringIO(), width=WIDEST)
        for line in brief_lines(made, Layout(lang=lang, width=WIDEST), console):
            yield f"{line.plain}\n"

    return "".join(lines())
