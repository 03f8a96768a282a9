"""How two or three stand to each other, and what has turned between them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import (
    Asks,
    By,
    Days,
    Lang,
    Page,
    Text,
    WhoPath,
    different,
    language,
    periods,
    warner,
    whom,
)
from marsad.api.cache import Cache, Key
from marsad.api.examples import documented
from marsad.api.problems import Refused
from marsad.desk.answers import Framed
from marsad.desk.records import relation_record, triangle_record
from marsad.export.changes import CHANGES, change_records, change_rows

router = APIRouter(prefix="/api", tags=["relations"])
_Warner = Annotated[
    Text | None, Query(max_length=200, description="Whose warnings stand beside; else the setting `sanctioner`.")
]


@router.get("/relations/{one}/{other}", summary="How two stand to each other", **documented("relation"))
def relation(
    request: Request, desk: Asks, one: WhoPath, other: WhoPath, days: Days, sanctioner: _Warner = None,
    by: By = "month", lang: Lang = None,
) -> Response:  # fmt: skip
    """What passes between them either way, what has changed, and both ladders with the sentence of each rung.

    As CSV: one row a period.
    """
    periods(desk, days, by)
    on = days.until or days.since

    def make() -> Framed:
        a, b = different(desk, {"one": one, "other": other}, on)
        seen = warner(desk, sanctioner, [a, b], on)
        return desk.relation(a, b, sanctioner=seen, by=by, since=days.since, until=days.until)

    return forms.framed(request, make, lambda found: relation_record(found, language(desk, lang)))


@router.get("/triangles/{one}/{other}/{third}", summary="How three stand to each other", **documented("triangle"))
def triangle(
    request: Request, desk: Asks, one: WhoPath, other: WhoPath, third: WhoPath, days: Days, by: By = "month",
    lang: Lang = None,
) -> Response:  # fmt: skip
    """Pair by pair, then the ladders of the first two; the third is taken for the one that warns.

    As CSV: one row a period.
    """
    periods(desk, days, by)

    def make() -> Framed:
        a, b, c = different(desk, {"one": one, "other": other, "third": third}, days.until or days.since)
        return desk.triangle(a, b, c, by=by, since=days.since, until=days.until)

    return forms.framed(request, make, lambda found: triangle_record(found, language(desk, lang)))


@router.get("/changes", summary="Where the rate of what passes between two has turned", **documented("changes"))
def changes(
    request: Request,
    desk: Asks,
    days: Days,
    page: Page,
    who: Annotated[
        list[Annotated[Text, Query(max_length=200)]] | None,
        Query(max_length=2, description="Nobody (the busiest pairs), one (its pairs) or two."),
    ] = None,
    pairs: Annotated[int, Query(ge=1, le=500, description="Look at so many busy pairs.")] = 100,
) -> Response:
    """The newest first; without `since` those of the last year."""
    names = list(who or ())
    ids = [whom(desk, one, "who", days.until or days.since) for one in names]
    if len(ids) == 2 and ids[0] == ids[1]:
        raise Refused(422, "request", f"{ids[0]} stands there twice", where="who", do="give different ones")

    def found() -> tuple[Any, str | None]:
        one, other = [*ids, None, None][:2]
        cache: Cache = request.app.state.cache
        # However much of it is asked for, and in whatever form, it is looked for once.
        question = ("api changes", one, other, days.since, days.until, pairs)
        every = cache.get(
            Key(question, "", desk.today(), desk.store.revision()),
            lambda: desk.changes(one, other, since=days.since, until=days.until, pairs=pairs).items,
            lambda some: 200 + 2_000 * len(some),
        )
        return forms.sliced(every, page.after, page.limit)

    def ask() -> tuple[Any, str | None]:
        items, after = found()
        return change_records(items), after

    def table() -> tuple[Any, Any, str | None]:
        items, after = found()
        return change_rows(items), CHANGES, after

    return forms.page(request, ask, table)
