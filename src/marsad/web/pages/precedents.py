"""The known cases: the list of them, and each with its course on both ladders and the page of each step."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from functools import partial

from fastapi import APIRouter
from fastapi.responses import Response

from marsad.errors import NotFoundError
from marsad.export.acts_table import known_day
from marsad.knowledge.countries import countries
from marsad.knowledge.precedents import OUTCOMES, Precedent, precedents
from marsad.relate.cases import course_of
from marsad.relate.course import stays
from marsad.types.labels import Precision
from marsad.web.charts.course import Drawn, course_picture
from marsad.web.view import Viewed, number

router = APIRouter()


@router.get("/precedents")
def listed(view: Viewed, law: str = "", outcome: str = "") -> Response:
    """Every known case, or those under a law, or of one outcome."""
    known = precedents()
    found = [one for one in known if law in ("", one.law) and outcome in ("", one.outcome)]
    used = {one.outcome for one in known}
    return view.page(
        "precedents",
        cases=found,
        law=law,
        outcome=outcome,
        laws=sorted({one.law for one in known}),
        outcomes=[one for one in sorted(OUTCOMES) if one in used],
    )


@router.get("/precedents/{case}")
def page(view: Viewed, case: str) -> Response:
    """One case with its steps."""
    one = _case(case)
    course = course_of(one, lang=view.lang)
    drawn = Drawn(
        course=course,
        stays={ladder: stays(course, ladder) for ladder in course.standing},
        link=lambda key: f"#step-{key.rpartition('.')[2]}",
        said=view.words("relation")[0],
    )
    return view.page(
        "precedent",
        case=one,
        picture=course_picture(drawn, view.lang, one.name.shown(view.lang)) if course.reached else None,
        about_day=partial(_about, lang=view.lang),
        states=countries(),
    )


def _about(of: date, precision: Precision, lang: str) -> str:
    """A day as far as it is known, in the digits of the language: a month, a year."""
    if precision is Precision.MONTH:
        return number(f"{of.month}/{of.year}", lang)
    return number(known_day(of, precision), lang)


def _case(name: str) -> Precedent:
    """The case with this id. Raises :class:`NotFoundError` with what comes near."""
    ids = {one.id: one for one in precedents()}
    if found := ids.get(name.upper()):
        return found
    near = get_close_matches(name.upper(), ids, n=3, cutoff=0.3)
    raise NotFoundError(f"no case {name[:40]!r}", do=f"did you mean {', '.join(near)}?" if near else "see /precedents")
