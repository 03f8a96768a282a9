"""What a law comes to for a state's bodies, or for one body."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import Asks, Lang, Text, day, language, whom
from marsad.api.examples import documented
from marsad.assess.entities import UNNAMED
from marsad.desk import Desk
from marsad.knowledge.countries import countries
from marsad.knowledge.precedents import precedents

router = APIRouter(prefix="/api", tags=["findings"])
_On = Annotated[Text | None, Query(max_length=20, description="As of this day; today without it.")]
_Known = Annotated[Text | None, Query(max_length=20, description="As it was known on this day.")]
_WhatIf = Annotated[
    list[Annotated[Text, Query(max_length=200)]] | None,
    Query(max_length=10, description="Assume a step: delivery:s-400@2026-03-01:RUS.ROSOBORONEXPORT."),
]


@router.get("/findings/{of}", summary="What the laws, or one law, come to", **documented("findings"))
def assess(
    request: Request,
    desk: Asks,
    of: Annotated[Text, Path(max_length=200, description="A state (IRQ), a body (TUR.SSB), or IRQ.? for no name.")],
    law: Annotated[Text | None, Query(max_length=200, description="us/caatsa/231; else every one engaged.")] = None,
    on: _On = None,
    known_on: _Known = None,
    what_if: _WhatIf = None,
    lang: Lang = None,
) -> Response:
    """A label, never a likelihood, with its steps, the clause and the sentence of each, and what is missing.

    Exposure falls on persons: of a state each body has its own finding, and nothing is added up. Research, not legal
    advice.
    """
    as_of, known, spoken = day(on, "on", last=True), day(known_on, "known_on", last=True), language(desk, lang)

    def make() -> Any:
        found = desk.assess(
            _entity(desk, of, as_of), law, on=as_of, known_on=known, what_if=tuple(what_if or ()), lang=spoken
        )
        return found.record(spoken)

    return forms.one(request, make)


def _entity(desk: Desk, given: str, on: date | None) -> str:
    """The id of who is meant; ``IRQ.?`` is a body that nobody names."""
    word = given.strip().upper()
    state, _, rest = word.partition(".")
    if state in countries() and (rest == UNNAMED or word in {case.party for case in precedents()}):
        return word
    return whom(desk, given, "of", on)
