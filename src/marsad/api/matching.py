"""Names against the sanctions lists, in the shape that the screening of sanctions uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path as File
from threading import BoundedSemaphore, Lock
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from marsad.api import forms
from marsad.api.asked import Asks, Text, day
from marsad.api.examples import documented
from marsad.api.problems import Refused
from marsad.assess.screen import Decision, Hit, Screened, Verdict
from marsad.desk import Desk
from marsad.desk.laws.lists import folder_of
from marsad.desk.laws.screening import Screening, prepared, screening
from marsad.export.screened import against, version_record, why
from marsad.knowledge.countries import countries
from marsad.read.lists import values
from marsad.text.names import SAME
from marsad.types.lists import Asked, EntryType

router = APIRouter(prefix="/api", tags=["match"])
#: The schemas of the field, and what they are on a list; None: anything.
SCHEMAS: dict[str, EntryType | None] = {
    "Person": EntryType.PERSON,
    "Organization": EntryType.ENTITY,
    "Company": EntryType.ENTITY,
    "PublicBody": EntryType.ENTITY,
    "Vessel": EntryType.VESSEL,
    "Airplane": EntryType.AIRCRAFT,
    "LegalEntity": None,
    "Thing": None,
}
_SCHEMA = {
    EntryType.PERSON: "Person", EntryType.ENTITY: "Organization", EntryType.VESSEL: "Vessel",
    EntryType.AIRCRAFT: "Airplane",
}  # fmt: skip
_FEATURES = {Verdict.AGREES: 1.0, Verdict.CLOSE: 0.5, Verdict.CONTRADICTS: 0.0}
#: Most names of one query that are looked for, screenings that are kept in memory, and questions that are answered at
#: a time: each takes a while, and those who ask for anything else are not to wait for them.
NAMES, KEPT, ATONCE = 8, 2, 3
_Values = list[Annotated[Text, Field(max_length=300)]]


class MatchQuery(BaseModel):
    """Who is looked for. Read are the properties name, alias, weakAlias, birthDate, nationality, country,
    jurisdiction, citizenship; others are let be."""

    model_config = ConfigDict(populate_by_name=True)

    schema_: Text = Field("Thing", alias="schema", max_length=60, description=f"One of {', '.join(SCHEMAS)}.")
    properties: dict[Annotated[Text, Field(max_length=60)], Annotated[_Values, Field(max_length=50)]] = Field(
        default_factory=dict, max_length=60
    )


class MatchQueries(BaseModel):
    """Queries by a name of yours."""

    queries: dict[Annotated[Text, Field(max_length=100)], MatchQuery] = Field(min_length=1, max_length=50)


class Screens:
    """The lists of a day in memory, made when they are first asked for, and anew when a list was added."""

    def __init__(self, desk: Desk) -> None:
        path = desk.store.database.path
        self._folder: File = folder_of(str(path) if path else desk.settings.store)
        self._kept: dict[Any, Any] = {}
        self._turn = Lock()
        self.places = BoundedSemaphore(ATONCE)

    def of(self, on: date, threshold: float) -> tuple[Screening, Any]:
        """What a screening rests on, and what answers for one name."""
        found = screening(self._folder, on, threshold)
        key = (found.versions, on, threshold)
        with self._turn:
            if key not in self._kept:
                while len(self._kept) >= KEPT:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = prepared(found)
            return found, self._kept[key]


@router.post("/match", summary="Screen names against sanctions lists", **documented("match"))
def match(
    request: Request,
    desk: Asks,
    asked: MatchQueries,
    on: Annotated[
        Text | None, Query(max_length=20, description="Against the lists as of this day; else today.")
    ] = None,
    threshold: Annotated[float, Query(ge=0.5, le=1.0, description="The score from which a name matches.")] = SAME,
    limit: Annotated[int, Query(ge=1, le=50, description="Most results of a query.")] = 5,
) -> Response:
    """A score is of names, never a likelihood that somebody is sanctioned; `features` say what agreed, what did not.

    `match` is set from the threshold on, where nothing contradicts. Screened against the lists that were added, and
    the two extracts that come with Marsad; `lists` says which. Research, not legal advice.
    """
    given = day(on, "on") or desk.today()
    screens: Screens = request.app.state.screens
    if not screens.places.acquire(blocking=False):
        raise Refused(503, "busy", f"{ATONCE} others screen names", headers={"retry-after": "5"})
    try:
        # To two places: what is kept in memory is kept by threshold.
        of, screen = screens.of(given, round(threshold, 2))
        made = {name: _response(query, screen, limit) for name, query in asked.queries.items()}
    finally:
        screens.places.release()
    return forms.written({
        "responses": made,
        "on": given,
        "threshold": of.threshold,
        "lists": list(map(version_record, of.versions)),
        "not_screened_against": list(map(version_record, of.late)),
    })  # fmt: skip


def _response(query: MatchQuery, screen: Any, limit: int) -> dict[str, Any]:
    found = _best(screen(one) for one in _asked(query))
    results = [_result(hit) for hit in found[:limit]]
    return {
        "status": 200,
        "query": {"schema": query.schema_, "properties": query.properties},
        "results": results,
        "total": {"value": len(found), "relation": "eq"},
    }


def _asked(query: MatchQuery) -> Iterator[Asked]:
    """One question a name, with what else is known."""
    given = query.properties

    def first(*names: str) -> Iterator[str]:
        for name in names:
            yield from given.get(name, ())

    born = next((one for text in first("birthDate") if (one := values.birth(text))), None)
    country = next(
        (code for text in first("nationality", "citizenship", "country", "jurisdiction")
         if (code := values.country(text)) in countries()), None,
    )  # fmt: skip
    names = list(dict.fromkeys(filter(None, map(values.clean, first("name", "alias", "weakAlias")))))[:NAMES]
    for name in names:
        yield Asked(name, SCHEMAS.get(query.schema_), born, country)


def _best(found: Iterable[Screened]) -> list[Hit]:
    """Each entry once, by the name that is nearest to it, the nearest first."""
    best: dict[tuple[str, str], Hit] = {}
    for screened in found:
        for hit in screened.hits:
            key = (str(hit.version), hit.entry.uid)
            if key not in best or hit.counted > best[key].counted:
                best[key] = hit
    order = list(Decision)
    return sorted(best.values(), key=lambda hit: (order.index(hit.decision), -hit.counted, hit.entry.uid))


def _result(hit: Hit) -> dict[str, Any]:
    entry = hit.entry
    names = [one.text for one in entry.names]
    properties = {
        "name": names[:1],
        "alias": names[1:],
        "birthDate": list(map(str, entry.born)),
        "country": list(entry.countries),
        "program": list(entry.programmes),
        "listingDate": [str(entry.listed)] if entry.listed else [],
        "topics": ["sanction"],
    }
    return {
        "id": f"{hit.version.list}:{entry.uid}",
        "caption": names[0],
        "schema": _SCHEMA[entry.type],
        "properties": {name: values for name, values in properties.items() if values},
        "score": round(hit.counted, 4),
        "match": hit.decision is Decision.MATCH,
        "features": {
            "name": round(hit.score, 4),
            **{check.what: _FEATURES[check.verdict] for check in hit.checks},
            **{f"limit_{one}": 1.0 for one in hit.limits},
        },
        "datasets": [hit.version.list],
        "decision": hit.decision,
        "matched": hit.name.text,
        "why": why(hit),
        "against": against(hit),
    }
