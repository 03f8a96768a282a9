"""The known cases, and which of them a course is like."""

from __future__ import annotations

import difflib
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import Asks, Lang, Page, Text, Words, day, language, whom
from marsad.api.examples import documented
from marsad.errors import NotFoundError
from marsad.export.precedents import LIKES, like_rows, lines, precedent_record
from marsad.knowledge.precedents import precedents
from marsad.relate.precedents import after

router = APIRouter(prefix="/api", tags=["precedents"])


@router.get("/precedents", summary="The known cases", **documented("precedents"))
def every(request: Request, page: Page) -> Response:
    """Who stood there before, step by step, each with its source."""

    def ask() -> tuple[Any, str | None]:
        items, more = forms.sliced(precedents(), page.after, page.limit)
        return map(precedent_record, items), more

    return forms.page(request, ask)


@router.get("/precedents/{case}", summary="One known case", **documented("precedent"))
def case(request: Request, case: Annotated[Text, Path(max_length=60, description="TUR-SSB-2020")]) -> Response:
    """A case in full."""

    def make() -> Any:
        known = {one.id: one for one in precedents()}
        if found := known.get(case.upper()):
            return precedent_record(found)
        near = difflib.get_close_matches(case.upper(), known, n=3, cutoff=0.3)
        do = f"did you mean {', '.join(near)}?" if near else "/api/precedents lists them"
        raise NotFoundError(f"no case {case!r}", do=do)

    return forms.one(request, make)


@router.get("/likeness/{who}", summary="Which known cases a course is like", **documented("likeness"))
def like(
    request: Request,
    desk: Asks,
    who: Annotated[Text, Path(max_length=200, description="The state, or body, whose course is compared.")],
    counterpart: Annotated[Text, Query(max_length=200, description="Whom it draws near to.")] = "RUS",
    sanctioner: Annotated[Text | None, Query(max_length=200, description="Who warns; else by the setting.")] = None,
    until: Annotated[Text | None, Query(max_length=20, description="Its course up to this day.")] = None,
    but: Annotated[list[Words] | None, Query(max_length=20, description="Leave out the cases of these.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 100,
    lang: Lang = None,
) -> Response:
    """The cases that stood where it stands now, the likest first, each with why, and what came next.

    They are few and chosen: counts stand with their number, never as a probability. As CSV: one row a case.
    """
    on, spoken = day(until, "until", last=True), language(desk, lang)

    def found() -> Any:
        return desk.like(
            whom(desk, who, "who", on),
            counterpart=whom(desk, counterpart, "counterpart", on),
            sanctioner=whom(desk, sanctioner or desk.settings.sanctioner or "USA", "sanctioner", on),
            until=on,
            but=[whom(desk, one, "but", on) for one in but or ()],
        )

    def ask() -> tuple[Any, str | None]:
        likes = found()
        afters = (after(likes), after(likes, exact=False)) if likes else ()
        return lines(likes.items[:limit], afters, spoken), None

    return forms.page(request, ask, lambda: (like_rows(found().items[:limit], spoken), LIKES, None))
