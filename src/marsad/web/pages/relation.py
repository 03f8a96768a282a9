"""A pair: where it stands on the ladders and which sentence says so, its course, counts, precedents, and the law."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response

from marsad.api import forms
from marsad.assess.finding import RULES
from marsad.desk.pairs.glancing import Glance, Shown
from marsad.desk.questions.asked import whom
from marsad.errors import NotFoundError, SettingsError
from marsad.export.acts_table import called
from marsad.export.cited import Cited
from marsad.export.course import RUNGS, rung_row
from marsad.export.labels import country
from marsad.export.labels import level as level_name
from marsad.export.plot import plot
from marsad.identity import state_of
from marsad.knowledge.instruments import instruments
from marsad.relate.periods import RHYTHMS
from marsad.relate.precedents import Like
from marsad.types import Change, EventType, Ladder, Reached, Relation, Span, Status, Voice
from marsad.types.law import Instrument
from marsad.web.cache import ALWAYS, Cache, Key
from marsad.web.charts.counts import counts_picture
from marsad.web.charts.course import Drawn, axis_for, course_picture, legend
from marsad.web.charts.small import case_picture, sketch
from marsad.web.days import day as day_of
from marsad.web.days import span as spanned
from marsad.web.reading import sentence_page
from marsad.web.view import View, Viewed, short

router = APIRouter()
#: Lines of the table of rungs, of the table of periods.
RUNG_ROWS, PERIOD_ROWS = 20, 24
#: Rungs of a course up to which known cases are compared at once.
FEW = 120
#: Filters of rungs: their parameters, in the order of the form.
_FILTERS = ("status", "voice", "source", "type")
_Word = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks of a pair."""

    one: str
    other: str
    sanctioner: str | None
    by: str
    since: date | None
    until: date | None
    filters: dict[str, str]

    @property
    def pair(self) -> tuple[str, str]:
        """Both sides."""
        return self.one, self.other


@router.get("/relation/{one}/{other}")
def relation(
    view: Viewed,
    one: str,
    other: str,
    sanctioner: _Word = "",
    by: _Word = "month",
    since: _Word = "",
    until: _Word = "",
    status: _Word = "",
    voice: _Word = "",
    source: _Word = "",
    kind: Annotated[str, Query(alias="type", max_length=200)] = "",
    rung: _Word = "",
    part: _Word = "",
    form: Annotated[str, Query(alias="as", max_length=20)] = "",
) -> Response:
    """The page of a pair; ``part`` alone asks for a piece of it, ``as`` for a file."""
    given = {"status": status, "voice": voice, "source": source, "type": kind}
    asked = _asked(view, one, other, sanctioner, by, since, until, given)
    if part == "evidence":
        return view.page("relation", part="evidence", **_evidence(view, asked, rung, None))
    glance = _glance(view, asked)
    shown = _filtered(view, glance, asked.filters)
    if form in ("svg", "csv"):
        return _file(view, glance, shown, form)
    if part == "precedents":
        return view.page("relation", part="precedents", asked=asked, **_precedents(view, glance, True))
    if part == "course":
        return view.page("relation", part="course", asked=asked, **_course(view, asked, glance, shown, rung, True))
    return view.page(
        "relation",
        part="",
        **_names(view, asked),
        **_standing(view, glance),
        **_course(view, asked, glance, shown, rung, view.request.query_params.get("changes") == "1"),
        **_evidence(view, asked, rung, glance),
        **_tables(view, shown, glance),
        **_choices(view, glance),
        **_precedents(view, glance, len(glance.whole.reached) <= FEW),
        **_beside(view, asked),
    )


def _asked(
    view: View, one: str, other: str, sanctioner: str, by: str, since: str, until: str, given: dict[str, str]
) -> Asked:
    last, first = day_of(until, view.today, last=True), day_of(since, view.today)
    near, counterpart = (whom(view.desk, name, last)[0] for name in (one, other))
    if near == counterpart:
        raise SettingsError(f"{near} and {counterpart} are the same side", do="give two different ones")
    if by not in RHYTHMS:
        raise SettingsError(f"by = {by!r} is not allowed", do="give " + ", ".join(RHYTHMS))
    spanned(first, last, by, view.today)
    sides = {state_of(near), state_of(counterpart)}
    usual = view.desk.settings.sanctioner
    warner = None if sanctioner == "-" else state_of(whom(view.desk, sanctioner, last)[0]) if sanctioner else usual
    _known("status", given["status"], Status)
    _known("voice", given["voice"], Voice)
    _known("type", given["type"], EventType)
    return Asked(
        one=near,
        other=counterpart,
        sanctioner=None if warner in sides else warner or None,
        by=by,
        since=first,
        until=last,
        filters={name: value for name, value in given.items() if value},
    )


def _known(name: str, value: str, allowed: type[Status] | type[Voice] | type[EventType]) -> None:
    if value and value not in {one.value for one in allowed}:
        raise SettingsError(f"{name} = {value[:40]!r} is not allowed", do="give " + ", ".join(allowed))


def _filtered(view: View, glance: Glance, filters: dict[str, str]) -> tuple[Reached, ...]:
    """The rungs that are shown: those of the time asked about that the filters keep."""
    kept = glance.course.reached
    if value := filters.get("status"):
        kept = tuple(one for one in kept if one.rung.status == value)
    if value := filters.get("voice"):
        kept = tuple(one for one in kept if one.rung.voice == value)
    if value := filters.get("source"):
        kept = tuple(one for one in kept if value in one.origins)
    if value := filters.get("type"):
        types = view.desk.types(kept)
        kept = tuple(one for one in kept if one.rung.event and types.get(one.rung.event) == value)
    return kept


# --- the parts of the page -------------------------------------------------------------------------------------------


def _names(view: View, asked: Asked) -> dict[str, Any]:
    def name(side: str) -> str:
        return called(side, view.lang) or side

    between = " – ".join(name(side) for side in asked.pair)
    warner = country(asked.sanctioner, view.lang) if asked.sanctioner else ""
    return {"one_name": name(asked.one), "other_name": name(asked.other), "warner": warner, "between": between}


def _standing(view: View, glance: Glance) -> dict[str, Any]:
    """Each ladder with what stands on it, and the sentence behind that."""
    wanted = [Ladder.L, *([Ladder.W] if glance.course.sanctioner else [])]
    wanted += [Ladder.R] if Ladder.R in glance.course.standing else []
    found = [(ladder, glance.course.standing.get(ladder)) for ladder in wanted]
    tops = [one for _, standing in found if standing for one in (standing.highest, standing.unconfirmed) if one]
    return {"standing": found, "behind": view.desk.cited(tops)}


def _glance(view: View, asked: Asked) -> Glance:
    """What is shown of the pair, kept while the store stays as it is: filters and pieces ask for the same again."""
    question = ("glance", *asked.pair, asked.sanctioner, asked.by, asked.since, asked.until)
    return _cache(view).get(
        Key(question, "", view.now.date(), view.desk.store.revision()),
        lambda: view.desk.glance(
            *asked.pair, sanctioner=asked.sanctioner, by=asked.by, since=asked.since, until=asked.until
        ),
        lambda made: 20_000 + 3_000 * len(made.whole.reached) + 1_000 * len(made.both.periods),
    )


def _key(view: View, question: str, glance: Glance, *more: Hashable) -> Key:
    """Under what the answer to a question on a pair is kept: it is the same while the store stays as it is."""
    course = glance.course
    of = (question, course.near, course.counterpart, course.until, *more)
    return Key(of, "", view.now.date(), view.desk.store.revision())


def _changes(view: View, asked: Asked, glance: Glance, look: bool) -> Sequence[Change] | None:
    """Turns in the time shown; to find them takes a while, and without ``look`` only those already known are given."""
    first, last = glance.course.since, glance.course.until
    key, cache = _key(view, "changes", glance, first, asked.pair), _cache(view)
    if not look and key not in cache:
        return None
    return cache.get(
        key, lambda: tuple(view.desk.changes(*asked.pair, since=first, until=last)), lambda made: 200 + 2000 * len(made)
    )


def _likes(view: View, glance: Glance, compare: bool) -> Sequence[Like] | None:
    """The known cases that are most alike; without ``compare`` only where they are known already."""
    whole, cache = glance.whole, _cache(view)
    # Made of the rungs alone: news of others changes nothing.
    rungs = blake2b(msgspec.json.encode(whole.reached), digest_size=16).digest()
    question = ("likes", whole.near, whole.counterpart, whole.sanctioner, whole.until, rungs)
    key = Key(question, "", view.now.date(), ALWAYS)
    if not compare and key not in cache:
        return None
    return cache.get(key, lambda: view.desk.precedents_of(glance.whole), lambda made: 200 + 4000 * len(made))


def _cache(view: View) -> Cache:
    cache: Cache = view.request.app.state.cache
    return cache


def _course(
    view: View, asked: Asked, glance: Glance, shown: Sequence[Reached], rung: str, look: bool
) -> dict[str, Any]:
    said, _ = view.words("relation")
    between = _names(view, asked)["between"]
    query = [(k, v) for k, v in view.request.query_params.multi_items() if k not in ("rung", "part", "theme", "lang")]
    start = f"?{urlencode(query)}&rung=" if query else "?rung="
    known = _changes(view, asked, glance, look)
    changes = known or ()
    drawn = Drawn(
        course=replace(glance.course, reached=tuple(shown)),
        stays=glance.stays,
        link=lambda id: f"{start}{quote(id)}#evidence",  # noqa: A006 (the field's word)
        rises=() if asked.filters else glance.rises,
        changes=changes,
        chosen=rung or None,
        said=said,
    )
    axis = axis_for(drawn.course)
    names = {key: said(key) for key in ("up", "down", "others")}
    return {
        "picture": course_picture(drawn, view.lang, said("course_name", pair=between)),
        "counts": counts_picture(
            glance.both.periods, axis, view.lang, {**names, "name": said("counts_name", pair=between)}
        ),
        "legend": legend(view.lang),
        "looked": known is not None,
        "changes": changes,
        "glance": glance,
    }


def _evidence(view: View, asked: Asked, rung: str, glance: Glance | None) -> dict[str, Any]:
    """The rung that is chosen with its sentences; None where none is, or it is gone."""
    shown: Shown | None = None
    if rung:
        own = next((one for one in glance.whole.reached if rung in (one.id, one.rung.id)), None) if glance else None
        try:
            shown = view.desk.shown(own) if own else view.desk.rung(rung)
        except NotFoundError:
            if glance is None:
                raise
    pieces = _pieces(shown.best) if shown and shown.best else []
    return {"shown": shown, "pieces": pieces, "asked": asked, "sentence_page": sentence_page}


def _pieces(cited: Cited) -> list[tuple[str, str]]:
    """The sentence in pieces, each with what it is: rung, speaker, condition, measure, or nothing."""
    rung, text, sentence = cited.rung, cited.article.text, cited.sentence
    marks: list[tuple[Span, str]] = [(rung.span, "rung")]
    marks += [(rung.speaker.span, "speaker")] if rung.speaker else []
    marks += [(rung.condition, "condition")] if rung.condition else []
    marks += [(rung.measure, "measure")] if rung.measure else []
    at, made = sentence.start, []
    for span, kind in sorted(marks, key=lambda mark: (mark[0].start, mark[0].stop)):
        start, stop = max(span.start, at), min(span.stop, sentence.stop)
        if start < stop:
            made += [(text[at:start], ""), (text[start:stop], kind)]
            at = stop
    return [piece for piece in (*made, (text[at : sentence.stop], "")) if piece[0]]


def _tables(view: View, shown: Sequence[Reached], glance: Glance) -> dict[str, Any]:
    rows = sorted(shown, key=lambda one: (one.rung.day or date.min, one.id), reverse=True)[:RUNG_ROWS]
    return {
        "rows": rows,
        "all_rows": len(shown),
        "cited": view.desk.cited(rows),
        "called_period": lambda first, last: _period(first, last, glance.both.by, view.lang),
        "periods": _runs(glance.both.periods)[:PERIOD_ROWS],
        "all_periods": len(_runs(glance.both.periods)),
    }


def _runs(periods: Sequence[Relation]) -> list[tuple[Relation, Relation]]:
    """The periods, the latest first, each as its first and its last: those running without any article are one."""
    made: list[tuple[Relation, Relation]] = []
    for one in reversed(periods):
        nothing = one.acts is None and not one.others
        if made and nothing and made[-1][0].acts is None and not made[-1][0].others:
            made[-1] = (one, made[-1][1])
        else:
            made.append((one, one))
    return made


def _period(first: date, last: date, by: str, lang: str) -> str:
    """What a period, or several running, is called: months without their days."""
    ends = [short(day, lang) for day in (first, last)]
    if by == "month":
        ends = [told.partition("/" if lang == "ar" else " ")[2] for told in ends]
    return " – ".join(dict.fromkeys(ends))


def _choices(view: View, glance: Glance) -> dict[str, Any]:
    """What the filters offer: what there is, and what is chosen."""
    reached = glance.course.reached
    voices = {one.rung.voice for one in reached}
    statuses = {one.rung.status for one in reached}
    return {
        "voices": [voice for voice in Voice if voice in voices],
        "statuses": [status for status in Status if status in statuses],
        "origins": sorted({origin for one in reached for origin in one.origins})[:200],
        "types": list(EventType),
        "sanctioners": sorted({one.sanctioner for one in instruments().values()} | {view.desk.settings.sanctioner}),
    }


def _precedents(view: View, glance: Glance, compare: bool) -> dict[str, Any]:
    """Known cases, each with its picture; not ``compare``: they are asked for apart."""
    said, _ = view.words("relation")
    years = [said(key) for key in ("years_before", "years_here", "years_after")]
    standing = glance.whole.standing.get(Ladder.L)
    at = standing.highest if standing else None
    found = _likes(view, glance, compare) if at else ()
    cases = [
        (
            like,
            case_picture(
                like.precedent.rungs, like.day, like.taken, view.lang, like.precedent.name.shown(view.lang), years
            )
            if like.day
            else "",
        )
        for like in found or ()
    ]
    return {"cases": cases, "compared": found is not None, "at": at}


def _beside(view: View, asked: Asked) -> dict[str, Any]:
    """The triangle, the laws, where the pair can be had as files."""
    said, _ = view.words("relation")
    triangle = []
    if asked.sanctioner:
        one, other, warner = state_of(asked.one), state_of(asked.other), asked.sanctioner
        pairs = [(one, other), (one, warner), (other, warner)]
        for pair, months in zip(pairs, view.desk.sketches(pairs, until=asked.until), strict=True):
            known = sum(n for n in months if n)
            triangle.append((pair, sketch(months, said("year_acts", n=known)), known))
    span = {"since": asked.since, "until": asked.until, "sanctioner": asked.sanctioner, "by": asked.by}
    return {
        "triangle": triangle,
        "laws": [
            (one, set(RULES) <= set(one.versions[-1].rules)) for one in instruments().values() if _is_of(one, asked)
        ],
        "query": urlencode({key: str(value) for key, value in span.items() if value}),
    }


def _is_of(one: Instrument, asked: Asked) -> bool:
    return one.sanctioner == asked.sanctioner and one.counterpart in (None, state_of(asked.other))


# --- as files --------------------------------------------------------------------------------------------------------


def _file(view: View, glance: Glance, shown: Sequence[Reached], form: str) -> Response:
    """The picture or the table of rungs; the file has the name of the pair."""
    course = replace(glance.course, reached=tuple(shown))
    cited = view.desk.cited(shown)
    name = f"{course.near}-{course.counterpart}"
    headers = {"content-disposition": f'attachment; filename="{quote(name)}.{form}"', "cache-control": "no-cache"}
    if form == "csv":
        rows = (rung_row(one, cited, view.lang) for one in shown)
        return Response(forms.table(rows, RUNGS), media_type="text/csv; charset=utf-8", headers=headers)
    text = plot(
        course, lambda ladder, n: level_name(ladder, n, view.lang), stays=glance.stays, cited=cited, lang=view.lang
    )
    return Response(text, media_type="image/svg+xml", headers=headers)
