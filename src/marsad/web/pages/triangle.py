"""Three sides: each pair over the same time, and the course of the first two as the third sees it."""

from __future__ import annotations

from math import fsum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response

from marsad.desk.asked import day as day_of
from marsad.desk.asked import whom
from marsad.errors import SettingsError
from marsad.export.acts_table import called
from marsad.export.picture import Axis
from marsad.identity import state_of
from marsad.relate.periods import RHYTHMS
from marsad.types import Series
from marsad.web.charts.counts import counts_picture
from marsad.web.charts.course import Drawn, axis_for, course_picture, legend
from marsad.web.view import View, Viewed

router = APIRouter()
_Word = Annotated[str, Query(max_length=40)]


@router.get("/triangle/{a}/{b}/{c}")
def triangle(
    view: Viewed, a: str, b: str, c: str, by: _Word = "month", since: _Word = "", until: _Word = ""
) -> Response:
    """The page of three sides; ``c`` is taken for the one that warns."""
    last = day_of(until, last=True) if until else None
    first = day_of(since) if since else None
    sides = [whom(view.desk, name, last)[0] for name in (a, b, c)]
    if len({state_of(side) for side in sides}) < 3:
        raise SettingsError(f"{', '.join(sides)} are not three sides", do="give three states, each once")
    if by not in RHYTHMS:
        raise SettingsError(f"by = {by!r} is not allowed", do="give " + ", ".join(RHYTHMS))
    one, other, third = sides
    glance = view.desk.glance(one, other, sanctioner=state_of(third), by=by, since=first, until=last)
    begin = glance.course.since or glance.course.until
    series = [
        glance.both,
        *(
            view.desk.passed(*pair, by=by, since=begin, until=last, sides=sides)
            for pair in ((one, third), (other, third))
        ),
    ]
    names = {side: called(side, view.lang) or side for side in sides}
    said, _ = view.words("triangle")
    axis = axis_for(glance.course)
    start = f"/relation/{quote(one)}/{quote(other)}?sanctioner={quote(state_of(third))}&rung="
    drawn = Drawn(
        course=glance.course,
        stays=glance.stays,
        link=lambda id: f"{start}{quote(id)}#evidence",  # noqa: A006 (the field's word)
        rises=glance.rises,
        said=said,
    )
    between = f"{names[one]} – {names[other]}"
    return view.page(
        "triangle",
        sides=sides,
        names=names,
        glance=glance,
        by=by,
        between=between,
        pairs=[_pair(view, each, names, axis, each is glance.both) for each in series],
        picture=course_picture(drawn, view.lang, said("course_name", pair=between)),
        legend=legend(view.lang),
    )


def _pair(view: View, given: Series, names: dict[str, str], axis: Axis, first: bool) -> dict[str, Any]:
    """A pair with its picture and its sums; what is not known of a period adds nothing."""
    said, _ = view.words("triangle")
    between = f"{names[given.source]} – {names[given.target]}"
    words = {key: said(key) for key in ("up", "down", "others")} | {"name": said("counts_name", pair=between)}
    return {
        "one": given.source,
        "other": given.target,
        "drawn": counts_picture(given.periods, axis, view.lang, words, first=first),
        "acts": sum(one.acts or 0 for one in given.periods),
        "intensity": fsum(one.intensity or 0.0 for one in given.periods),
        "others": sum(sum(one.others.values()) for one in given.periods),
    }
