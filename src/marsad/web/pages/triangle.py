"""Three sides: each pair over the same time, and the course of the first two as the third sees it."""

from __future__ import annotations

from datetime import date
from math import fsum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response

from marsad.desk.pairs.glancing import Glance
from marsad.desk.questions.asked import whom
from marsad.errors import SettingsError
from marsad.export.acts_table import called
from marsad.export.picture import Axis
from marsad.identity import state_of
from marsad.relate.periods import RHYTHMS
from marsad.types import Series
from marsad.web.charts.counts import counts_picture
from marsad.web.charts.course import Drawn, axis_for, course_picture, legend
from marsad.web.days import day as day_of
from marsad.web.days import span
from marsad.web.view import View, Viewed

router = APIRouter()
_Word = Annotated[str, Query(max_length=40)]


@router.get("/triangle/{a}/{b}/{c}")
def triangle(
    view: Viewed, a: str, b: str, c: str, by: _Word = "month", since: _Word = "", until: _Word = ""
) -> Response:
    """The page of three sides; ``c`` is taken for the one that warns."""
    last, first = day_of(until, view.today, last=True), day_of(since, view.today)
    sides = [whom(view.desk, name, last)[0] for name in (a, b, c)]
    if len({state_of(side) for side in sides}) < 3:
        raise SettingsError(f"{', '.join(sides)} are not three sides", do="give three states, each once")
    if by not in RHYTHMS:
        raise SettingsError(f"by = {by!r} is not allowed", do="give " + ", ".join(RHYTHMS))
    span(first, last, by, view.today)
    one, other, third = sides
    question = ("triangle", *sides, by, first, last)
    glance, others = view.kept(question, lambda: _asked(view, sides, by, first, last), _size)
    series = [glance.both, *others]
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


def _asked(
    view: View, sides: list[str], by: str, since: date | None, until: date | None
) -> tuple[Glance, tuple[Series, ...]]:
    """How the first two stand to each other, and what passes between each of them and the third in the same time."""
    one, other, third = sides
    glance = view.desk.glance(one, other, sanctioner=state_of(third), by=by, since=since, until=until)
    begin = glance.course.since or glance.course.until
    pairs = ((one, third), (other, third))
    return glance, tuple(view.desk.passed(*pair, by=by, since=begin, until=until, sides=sides) for pair in pairs)


def _size(made: tuple[Glance, tuple[Series, ...]]) -> int:
    """Bytes of what is kept, about."""
    glance, others = made
    periods = len(glance.both.periods) + sum(len(one.periods) for one in others)
    return 20_000 + 3_000 * len(glance.whole.reached) + 1_000 * periods


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
