"""Laws as Marsad has them: every version, every element with its citation, what an amendment changed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import Asks, Text, day
from marsad.api.examples import documented
from marsad.api.problems import Refused
from marsad.assess.difference import diff
from marsad.desk.records import law_record
from marsad.errors import NotFoundError
from marsad.export import law_record as export
from marsad.knowledge.instruments import instrument, laws
from marsad.knowledge.instruments import law as law_of
from marsad.knowledge.listed import register
from marsad.types.law import Instrument, Version

router = APIRouter(prefix="/api", tags=["laws"])
#: The law whose list comes with Marsad.
LISTED = "us/caatsa/231"
_Of = Annotated[Text, Path(max_length=200, description="The path of a provision: us/caatsa/231")]
_Day = Annotated[Text, Query(max_length=20, description="A day, YYYY-MM-DD.")]


@router.get("/laws", summary="The laws that Marsad knows", **documented("laws"))
def every(request: Request, desk: Asks) -> Response:
    """Each with its name and citation, and how many versions and elements it has."""
    folders = desk.settings.knowledge

    def told(of: str) -> dict[str, Any]:
        made = law_record(law_of(of, folders))
        made.pop("file")  # where something lies on the machine of the server is nobody's business
        return made

    return forms.page(request, lambda: ([told(of) for of in laws(folders)], None))


@router.get(
    "/laws/{of:path}/differences", summary="What differs between a law on two days", **documented("differences")
)
def differences(
    request: Request, desk: Asks, of: _Of, before: _Day, after: _Day
) -> Response:  # fmt: skip
    """Element by element, rule by rule: `marsad law ID --diff DATE DATE`."""
    days = (_needed(before, "before"), _needed(after, "after"))

    def make() -> Any:
        one = instrument(of, desk.settings.knowledge)
        found = diff(*(_at(one, each) for each in days))
        return {"id": one.id, "from": days[0], "to": days[1], "differences": list(map(export.difference, found))}

    return forms.one(request, make)


@router.get("/laws/{of:path}/names", summary="Who is on the list that a law looks at", **documented("names"))
def names(
    request: Request, desk: Asks, of: _Of, on: Annotated[Text | None, Query(max_length=20, description="A day.")] = None
) -> Response:
    """Each name with its date and how that is known. To be on the list is no sanction."""
    given = day(on, "on") or desk.today()

    def make() -> Any:
        versions = instrument(of, desk.settings.knowledge).versions
        if LISTED not in {one.listed for each in versions for one in each.elements.values()}:
            raise NotFoundError(f"no list comes with {of}", do=f"only {LISTED} has one")
        return export.names(register(given))

    return forms.one(request, make)


@router.get("/laws/{of:path}", summary="A law with its history", **documented("law"))
def law(
    request: Request, desk: Asks, of: _Of,
    on: Annotated[Text | None, Query(max_length=20, description="As it reads on this day; else every version.")] = None,
) -> Response:  # fmt: skip
    """Everything that its file holds, in both languages, with where each part stands and how that was checked."""
    given = day(on, "on")

    def make() -> Any:
        one = law_of(of, desk.settings.knowledge)
        version = one.instrument.at(given) if given else None
        chosen = None if given is None else (version,) if version else ()
        return export.record(one, chosen)

    return forms.one(request, make)


def _needed(written: str, name: str) -> date:
    found = day(written, name)
    if found is None:
        raise Refused(422, "request", "no day", where=f"query.{name}", do="give one such as 2018-08-13")
    return found


def _at(one: Instrument, on: date) -> Version:
    """The version of a day; where none was in force there was nothing."""
    return one.at(on) or Version(valid_from=on, valid_to=on, known_from=on, elements={}, rules={})
