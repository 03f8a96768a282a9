"""Who can act: whom a name means on a day, and what is known of an actor."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import Asks, Page, Text, WhoPath, day, whom
from marsad.api.examples import documented
from marsad.desk import Desk
from marsad.desk.records import holding_record
from marsad.export.labels import country
from marsad.identity import state_of
from marsad.knowledge import using
from marsad.knowledge.actors import actors as known
from marsad.knowledge.listed import match
from marsad.resolve.who import who

router = APIRouter(prefix="/api", tags=["actors"])
_On = Annotated[Text | None, Query(max_length=20, description="The day; today without it.")]


@router.get("/actors", summary="The actors that the store has met", **documented("actors"))
def met(
    request: Request, desk: Asks, page: Page,
    under: Annotated[Text, Query(max_length=200, description="Of this side or actor, and what stands under it.")],
) -> Response:  # fmt: skip
    """Their ids and names, in the order of the ids."""
    side = whom(desk, under, "under")

    def ask() -> tuple[Any, str | None]:
        items, after = forms.sliced(desk.actors(side), page.after, page.limit)
        return [_brief(id) for id in items], after  # noqa: A001 (the field's word)

    return forms.page(request, ask)


@router.get("/actors/{id}", summary="What is known of an actor", **documented("actor"))
def actor(request: Request, desk: Asks, id: WhoPath, on: _On = None) -> Response:  # noqa: A002
    """Its names, kind, state and sector, its time, and the lists that it stands on, with since when."""
    given = day(on, "on") or desk.today()
    return forms.one(request, lambda: _record(desk, whom(desk, id, "id", given), given))


@router.get("/who", summary="Whom a name or an office means on a day", **documented("who"))
def named(
    request: Request, desk: Asks, name: Annotated[Text, Query(min_length=1, max_length=200)], on: _On = None,
    context: Annotated[Text | None, Query(max_length=2_000, description="The sentence that it stands in.")] = None,
) -> Response:  # fmt: skip
    """The likeliest first, earlier offices of a person last; by rules alone."""
    given = day(on, "on") or desk.today()

    def make() -> Any:
        with using(desk.settings.knowledge):
            return {"text": name, "answers": list(map(holding_record, who(name, given, context)))}

    return forms.one(request, make)


def _name(id: str) -> dict[str, str | None]:  # noqa: A002
    if found := known().get(id):
        return {"en": found.name.en or None, "ar": found.name.ar or None}
    if "." not in id:
        return {lang: country(id, lang) for lang in ("en", "ar")}
    return {"en": None, "ar": None}


def _brief(id: str) -> dict[str, Any]:  # noqa: A002
    return {"id": id, "name": _name(id)}


def _record(desk: Desk, id: str, on: date) -> dict[str, Any]:  # noqa: A002
    with using(desk.settings.knowledge):
        found = known().get(id)
        names = [name for name in (found.name.en, found.name.ar) if name] if found else []
        listed = {one.entry.id: one.entry for name in names for one in match(name, name, on)}
        side = state_of(id)
        return {
            **_brief(id),
            "kind": found.kind if found else None,
            "country": (found.country if found else None) or (side if "." in id else None),
            "sector": found.sector if found else None,
            "since": found.since if found else None,
            "until": found.until if found else None,
            "wikidata": found.wikidata if found else None,
            "links": list(found.links) if found else [],
            "listed": [
                {"list": one.list, "id": one.id, "since": one.since, "status": one.status, "source": one.source}
                for one in listed.values()
            ],
            "on": on,
            "met": bool(desk.actors(id)),
        }
