"""One act in the world: who did what to whom, whether it happened, and every report of it, by independent source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from marsad.desk.questions import around
from marsad.desk.questions.around import Act, Origin
from marsad.errors import FormatError, MarsadError
from marsad.export.rows import clean
from marsad.identity import state_of
from marsad.knowledge.countries import NO_STATE
from marsad.store.judgements import SAME
from marsad.types import Event, Judgement, Occurrence, Report
from marsad.web import judging
from marsad.web.pages.article import keep_name, name_of
from marsad.web.reading import Told, actor_page, named, sentence_page
from marsad.web.view import View, Viewed

router = APIRouter()
#: Reports of one source that are shown with their sentences; the others are told by their title alone.
FULL = 3
#: Reports that are shown in all; of an act with more, a link leads to the story.
MOST = 60
_Given = Annotated[str, Form()]


class Line(NamedTuple):
    """A report as it is shown: its sentence and where it stands, who speaks, and whether the text is another's."""

    report: Report
    words: str
    page: str
    speaker: str
    is_copy: bool


class Group(NamedTuple):
    """The reports of one independent source."""

    name: str
    lines: Sequence[Line]


@router.get("/event/{id}")
def event(view: Viewed, id: str) -> Response:  # noqa: A002 (the field's word)
    """The page of an act, by its id, a former one, the beginning of one, or the id of an event that reports it."""
    seen = around.act(view.desk.store, id)
    if seen.act.id != id:
        return RedirectResponse(f"/event/{seen.act.id}", 302)
    return _page(view, seen)


@router.post("/event/{id}/judge")
def judge(
    view: Viewed,
    id: str,  # noqa: A002
    choice: _Given = "",
    value: _Given = "",
    name: _Given = "",
    reason: _Given = "",
) -> Response:
    """Keep that a reader holds the act to be the same as another, or not; grouping follows that."""
    seen = around.act(view.desk.store, id)
    try:
        if choice not in SAME or not value.strip():
            raise FormatError("nothing was judged", do="choose same or not, and give the id of the other act")
        view.desk.judge(seen.act.id, choice, value, name=name[: judging.NAME], reason=reason[: judging.REASON])
    except MarsadError as error:
        return _page(view, seen, error, {"choice": choice, "value": value, "name": name, "reason": reason}, 422)
    return keep_name(view.back(f"/event/{seen.act.id}#judged"), name)


def _page(
    view: View, seen: Act, error: MarsadError | None = None, filled: dict[str, str] | None = None, status: int = 200
) -> Response:
    sentence = Told()
    left = [MOST]
    claims = [_group(one, sentence, left) for one in seen.claims]
    denials = [_group(one, sentence, left) for one in seen.denials]
    return view.page(
        "event",
        status,
        act_=seen.act,
        seen=seen,
        claims=[one for one in claims if one.lines],
        denials=[one for one in denials if one.lines],
        hidden=seen.left - min(0, left[0]),
        about_=[line(one, sentence) for one in seen.about[:12]],
        pairs=pairs(seen.act),
        articles=len({one.report.article.id for origin in (*seen.claims, *seen.denials) for one in origin.told}),
        events={one.report.event.id: one.report for origin in (*seen.claims, *seen.denials) for one in origin.told},
        judged=_judged(seen, view.lang),
        named=named,
        actor_page=actor_page,
        heading=heading(seen.act, view.lang),
        error=error,
        filled=judging.filled(name_of(view), filled),
    )


def _group(origin: Origin, sentence: Told, left: list[int]) -> Group:
    """The reports of a source, as many as there is room for; ``left`` is how many that are."""
    shown = origin.told[: max(0, left[0])]
    left[0] -= len(origin.told)
    lines: dict[tuple[object, ...], Line] = {}
    for one in shown:  # two words of one sentence may name the act
        event = one.report.event
        key = (event.article, event.sentence, event.status, event.voice)
        lines.setdefault(key, line(one.report, sentence, is_copy=one.is_copy))
    return Group(origin.name, list(lines.values()))


def line(report: Report, sentence: Told, *, is_copy: bool = False) -> Line:
    """A report as it is shown."""
    page = sentence_page(report.article.id, report.event.sentence)
    return Line(report, sentence.of(report), page, speaker_of(report.event, report.article.text), is_copy)


def speaker_of(event: Event, text: str) -> str:
    """The words that name the speaker; empty without one."""
    return clean(event.speaker.span.of(text)) if event.speaker else ""


def heading(act: Occurrence, lang: str) -> tuple[list[str], list[str]]:
    """The names of who did it and to whom, at most three each."""
    return [named(one, lang) for one in act.actors[:3]], [named(one, lang) for one in act.recipients[:3]]


def pairs(act: Occurrence) -> list[tuple[str, str]]:
    """The pairs of sides that the act is between, each once."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for one in map(state_of, act.actors):
        for other in map(state_of, act.recipients):
            if one != other and one not in NO_STATE and other not in NO_STATE:
                found.setdefault(tuple(sorted((one, other))), (one, other))
    return list(found.values())[:6]


def _judged(seen: Act, lang: str) -> list[tuple[Judgement, str, Report | None]]:
    """What persons hold of the act and of its reports, each in words, with the report that it is about."""
    told = {one.report.event.id: one.report for origin in (*seen.claims, *seen.denials) for one in origin.told}
    return [
        (one, judging.said(one.field, one.value, lang), told.get(target))
        for target, some in seen.judged.items()
        for one in some
    ]
