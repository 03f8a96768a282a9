"""One article: its text with the events marked in it, what is known of it, and what readers hold of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from marsad.desk.questions import around
from marsad.desk.questions.around import Piece
from marsad.errors import FormatError, MarsadError, NotFoundError
from marsad.export.html import card, pairs
from marsad.export.labels import label
from marsad.export.marked import Marked
from marsad.types import Event, Rung, Span
from marsad.web import judging
from marsad.web.reading import Places, actor_page, fragment, named, part_at, parts, sentence_page, title
from marsad.web.view import View, Viewed

router = APIRouter()
#: The cookie with the name under which a reader judges, and for how many seconds it is kept.
NAME, KEPT = "marsad-name", 366 * 86_400
_ANCHORS = Places(1)
#: Most figures of the number of a part or a sentence that are read.
_FIGURES = 9
_Given = Annotated[str, Form()]


@router.get("/article/{id}")
def article(
    view: Viewed,
    id: str,  # noqa: A002
    part: str = "",
    s: str = "",
    e: str = "",
    judge: str = "",
) -> Response:
    """The page of an article, by its id or the beginning of it.

    ``part`` is the number of the part, ``s`` that of a sentence whose part is wanted, ``e`` the id of an event to go
    to, ``judge`` that of the event (or of the article) whose form is open.
    """
    seen = around.piece(view.desk.store, id)
    if e:
        return RedirectResponse(_place(seen, e), 302)
    if seen.article.id != id:
        return RedirectResponse(f"/article/{seen.article.id}", 302)
    return _page(view, seen, _part(seen, part, s, judge), judge)


@router.post("/article/{id}/judge")
def judge(
    view: Viewed,
    id: str,  # noqa: A002
    target: _Given = "",
    choice: _Given = "",
    field: _Given = "",
    value: _Given = "",
    name: _Given = "",
    reason: _Given = "",
) -> Response:
    """Keep what a reader holds of the article or of an event in it, and go back to where it stands."""
    seen = around.piece(view.desk.store, id)
    try:
        _check(seen, target)
        found = judging.given(choice, field, value)
        view.desk.judge_all(target, found, name=name[: judging.NAME], reason=reason[: judging.REASON])
    except MarsadError as error:
        filled = {"choice": choice, "field": field, "value": value, "name": name, "reason": reason}
        known = target if target in _targets(seen) else ""
        return _page(view, seen, _part(seen, "", "", known), known, error=error, filled=filled, status=422)
    return keep_name(view.back(_place(seen, target)), name)


@router.post("/article/{id}/withdraw")
def withdraw(view: Viewed, id: str, number: _Given = "", name: _Given = "", reason: _Given = "") -> Response:  # noqa: A002
    """Take a judgement of this article back; the machine's value, or the judgement before it, stands again."""
    seen = around.piece(view.desk.store, id)
    held = {str(one.id): key for key, some in seen.judged.items() for one in some}
    target = held.get(number, seen.article.id)
    try:
        if number not in held:
            raise NotFoundError(f"no judgement {number[:20]!r} of this article", do="open the page again")
        view.desk.withdraw(int(number), name=_must(name, "name"), reason=_must(reason, "reason"))
    except MarsadError as error:
        return _page(view, seen, _part(seen, "", "", target), "", error=error, status=422)
    return keep_name(view.back(_place(seen, target)), name)


def _must(given: str, what: str) -> str:
    if not given.strip():
        raise FormatError(f"who withdraws a judgement gives a {what}", do=f"write a {what}")
    return given.strip()[: judging.REASON]


def _targets(seen: Piece) -> tuple[str, ...]:
    """What may be judged on the page."""
    return (seen.article.id, *(event.id for event in seen.coding.events))


def _check(seen: Piece, target: str) -> None:
    if target not in _targets(seen):
        raise NotFoundError(f"{target[:20]!r} is no event of this article", do="open the page again")


def keep_name(answer: Response, name: str) -> Response:
    """The answer, which has the browser remember the name of the reader."""
    answer.set_cookie(NAME, quote(name.strip()[: judging.NAME]), max_age=KEPT, httponly=True, samesite="strict")
    return answer


def name_of(view: View) -> str:
    """The name under which the reader judged before."""
    return unquote(view.request.cookies.get(NAME, ""))[: judging.NAME]


def _part(seen: Piece, part: str, s: str, judge: str) -> int:
    """The number of the part that is asked for: by itself, by a sentence, or by an event that is judged."""
    found, coding = parts(seen.coding), seen.coding
    event = next((one for one in coding.events if one.id == judge), None)
    if event:
        return part_at(found, event.trigger.start)
    # Of a number that is longer than any there is, the first figures do: to read all takes time, and has a limit.
    if s.isdecimal() and int(s[:_FIGURES]) < len(coding.sentences):
        return part_at(found, coding.sentences[int(s[:_FIGURES])].start)
    return min(max(1, int(part[:_FIGURES])), len(found)) if part.isdecimal() else 1


def _place(seen: Piece, target: str) -> str:
    """The address of an event on the page, or of what is held of the article."""
    numbers = {event.id: number for number, event in enumerate(seen.coding.events, 1)}
    found = parts(seen.coding)
    where = f"/article/{seen.article.id}"
    if target not in numbers:
        return f"{where}#judged"
    part = part_at(found, seen.coding.events[numbers[target] - 1].trigger.start)
    return f"{where}{f'?part={part}' if len(found) > 1 else ''}#e{numbers[target]}"


def _page(
    view: View,
    seen: Piece,
    part: int,
    judged: str,
    *,
    error: MarsadError | None = None,
    filled: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    coding, lang = seen.coding, view.lang
    found = parts(coding)
    within = found[part - 1]
    text = Marked(coding, lang, _ANCHORS, within if len(found) > 1 else None, _notes(view, seen.rungs))
    given = {
        "seen": seen,
        "filled": judging.filled(name_of(view), filled),
        "judging": judged,
        "error": error,
    }
    return view.page(
        "article",
        status,
        heading=Markup(text.title) if text.title else title(seen.article),
        plain=title(seen.article),
        paragraphs=[Markup(one) for one in text.paragraphs],
        cards=Markup("").join(_cards(view, seen, within, given)),
        pairs=Markup(pairs(coding, lang, view.number)),
        held=[judging.standing(one, seen.article, None, lang) for one in seen.judged.get(seen.article.id, ())],
        part=part,
        parts=len(found),
        events=len(coding.events),
        rungs=_rungs(seen.rungs, lang),
        title=title,
        named=named,
        sentence_page=sentence_page,
        **given,
    )


def _cards(view: View, seen: Piece, within: Span, given: Mapping[str, object]) -> list[Markup]:
    """The events of a part, each with what is held of it below."""
    coding, lang = seen.coding, view.lang
    numbers = {event.id: number for number, event in enumerate(coding.events, 1)}
    made = []
    for number, event in enumerate(coding.events, 1):
        if within.start <= event.trigger.start < within.stop:
            below = fragment(view, "article", "article_below", **_below(seen, number, event, given, lang))
            made.append(Markup(card(number, event, numbers, coding.article, _ANCHORS, lang, below)))
    return made


def _below(seen: Piece, number: int, event: Event, given: Mapping[str, object], lang: str) -> dict[str, object]:
    held = seen.judged.get(event.id, ())
    stands = {one.field: one.value for one in held}
    return {
        **given,
        "number": number,
        "event": event,
        "act": seen.acts.get(event.id),
        "held": [judging.standing(one, seen.article, event, lang) for one in held],
        "choices": judging.choices(event, stands, lang) if given["judging"] == event.id else {},
        "fields": judging.WRITTEN,
    }


def relation_page(rung: Rung) -> str:
    """The address of the pair that a rung is about; empty where it is about no two sides."""
    one, other = rung.near, rung.counterpart or rung.sanctioner
    if one is None and rung.sanctioner and rung.counterpart:
        one = rung.sanctioner
    if not one or not other or one == other:
        return ""
    return f"/relation/{actor_page(one).rpartition('/')[2]}/{actor_page(other).rpartition('/')[2]}"


def _notes(view: View, rungs: Sequence[Rung]) -> dict[int, str]:
    """The rungs that each sentence gives, by its number."""
    found: dict[int, list[Rung]] = {}
    for one in rungs:
        same = [(each.ladder, each.level) for each in found.get(one.sentence, ())]
        if (one.ladder, one.level) not in same:
            found.setdefault(one.sentence, []).append(one)
    return {
        number: fragment(view, "article", "article_note", rungs=[(one, relation_page(one)) for one in some])
        for number, some in found.items()
    }


def _rungs(rungs: Sequence[Rung], lang: str) -> list[tuple[Rung, str, str]]:
    """Each rung of the article once a level, with whom it is about and the page of those."""
    found: dict[tuple[str, str | None, str | None], tuple[Rung, str, str]] = {}
    for one in rungs:
        sides = [named(side, lang) for side in (one.near, one.counterpart, one.sanctioner) if side]
        key = (one.name, one.near, one.counterpart)
        found.setdefault(key, (one, " – ".join(sides) or label("addressee", "all", lang), relation_page(one)))
    return list(found.values())
