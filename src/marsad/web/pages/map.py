"""The map: how the states of the world stand to one of them, and the same as a table."""

from __future__ import annotations

from functools import cache
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response

from marsad.desk.pairs.glancing import YEAR, months_back
from marsad.desk.questions.asked import whom
from marsad.export.labels import country
from marsad.identity import state_of
from marsad.knowledge.countries import countries
from marsad.web.charts.world import world
from marsad.web.days import day as day_of
from marsad.web.view import Viewed

router = APIRouter()
#: The classes of a state on the map, in the order of the legend.
CLASSES = ("cooperation", "mixed", "conflict", "few", "blank")
_Word = Annotated[str, Query(max_length=200)]


@router.get("/map")
def map_page(view: Viewed, of: _Word = "", until: _Word = "") -> Response:
    """The map around the state ``of``; without one, around the state that most of the latest acts are of."""
    last = day_of(until, view.today, last=True) or view.today
    side = state_of(whom(view.desk, of, last)[0]) if of else view.desk.lately(until=last)
    bonds = view.desk.around(side, until=last)
    words = {bond.other: bond.word for bond in bonds}
    by_code = {bond.other: bond for bond in bonds}
    said, counted = view.words("map")

    def told(code: str) -> str:
        bond = by_code[code]
        return said("told", state=country(code, view.lang), relation=said(bond.word), acts=counted("n_acts", bond.acts))

    return view.page(
        "map",
        of=side,
        of_name=country(side, view.lang),
        bonds=bonds,
        all_acts=sum(bond.acts for bond in bonds),
        first=months_back(last, YEAR - 1),
        last=last,
        classes=CLASSES,
        states=_states(view.lang),
        drawing=world(
            side,
            words,
            lambda code: f"/relation/{quote(side)}/{quote(code)}",
            told,
            view.lang,
            said("name", of=country(side, view.lang)),
        ),
    )


@cache
def _states(lang: str) -> list[tuple[str, str]]:
    """Every side that can be chosen, with its name, in the order of the names."""
    named = [(entry.code, entry.name[lang]) for entry in countries().values() if entry.status in ("state", "territory")]
    return sorted(named, key=lambda each: each[1])
