"""One who acts: names, what stands above and below, offices over time, relations, acts, words, lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from marsad.desk.questions import acting, asked
from marsad.desk.questions.acting import Deeds
from marsad.desk.questions.around import publisher
from marsad.errors import NotFoundError
from marsad.export.quotes import Quotation
from marsad.knowledge import using
from marsad.knowledge.holders import Holder
from marsad.text.names import SAME
from marsad.types.lists import Asked
from marsad.web.known import known, near, person
from marsad.web.pages.event import line
from marsad.web.reading import LONGEST, Told, actor_page, cut, named, sentence_page, title
from marsad.web.view import View, Viewed, number, short

router = APIRouter()
#: Quotations, and office-holders of one office, that are shown at first.
WORDS, FIRST = 8, 5
#: Offices of a person whose words are looked through for theirs.
LOOKED = 3


class Said(NamedTuple):
    """Words of somebody, where they stand, who printed them first, and in how many articles they are."""

    quotation: Quotation
    words: str
    page: str
    publisher: str
    articles: int


@router.get("/actor/{id:path}")
def actor(view: Viewed, id: str) -> Response:  # noqa: A002 (the field's word)
    """The page of an actor by its id, of a person by theirs; a name leads to whom it means today."""
    with using(view.desk.settings.knowledge):
        if not person(id):
            try:
                whole, _ = asked.whom(view.desk, id, view.desk.today())
            except NotFoundError:
                if rows := person(id.upper()):
                    return RedirectResponse(actor_page(rows[0].person_id), 302)
                return _missing(view, id)
            if whole != id:
                return RedirectResponse(actor_page(whole), 302)
        return _page(view, id)


def _missing(view: View, id: str) -> Response:  # noqa: A002
    """The page of nobody, with who comes near."""
    side = id.partition(".")[0].upper()
    met = view.desk.actors(side) if side.isascii() and side.isalnum() else []
    shown = [(one, _title(one, view.lang)) for one in near(id[:80], met)]
    return view.page("actor_missing", 404, id_=id[:120], near=shown, actor_page=actor_page)


def _title(id: str, lang: str) -> str:  # noqa: A002
    rows = person(id)
    return rows[0].person.shown(lang) if rows else named(id, lang)


def _page(view: View, id: str) -> Response:  # noqa: A002
    lang, store = view.lang, view.desk.store
    rows = person(id)
    deeds = _deeds_of(view, rows) if rows else acting.deeds(store, id)
    seen = known(id, deeds.met, _screen(view))
    told = Told()
    first = acting.firsts(store, deeds.acts)
    return view.page(
        "actor",
        seen=seen,
        heading=seen.name.shown(lang) or id,
        other=seen.name.en if lang == "ar" else seen.name.ar,
        deeds=deeds,
        acts=[(one, line(first[one.id], told) if one.id in first else None) for one in deeds.acts],
        said=[_said(one) for one in deeds.words[:WORDS]],
        offices=_offices(seen.offices, view.desk.today(), by_person=bool(rows)),
        articles=_articles(deeds),
        title_=_title,
        named=named,
        actor_page=actor_page,
        title_of=title,
        day_of=lambda first, last: _day_of(first, last, lang),
    )


def _screen(view: View) -> Callable[[Asked], Any] | None:
    """What asks the lists in use, those that were added and those that come with Marsad."""
    screens = getattr(view.request.app.state, "screens", None)
    if screens is None:
        return None
    return lambda one: screens.of(view.desk.today(), SAME)[1](one)


def _deeds_of(view: View, rows: Sequence[Holder]) -> Deeds:
    """The words of a person, looked for among those of the bodies whose offices they hold or held last."""
    said: list[Quotation] = []
    names = {name for row in rows for name in (row.person.ar, row.person.en) if name}
    for body in list(dict.fromkeys(row.actor for row in rows))[:LOOKED]:
        for one in acting.words(view.desk.store, body):
            who = one.speaker.person if one.speaker else None
            if who and names & {who.ar, who.en}:
                said.append(one)
    return Deeds(acts=(), after=None, words=said, partners=(), of=0)


def _said(one: Quotation) -> Said:
    report = one.first
    return Said(
        one,
        cut(one.quotation, LONGEST),
        sentence_page(report.article.id, report.event.sentence),
        publisher(report.article, report.source),
        len({each.article.id for each in one.reports}),
    )


def _day_of(first: date | None, last: date | None, lang: str) -> str:
    """A day that lies between two, as exactly as that is known: a day, a month or a year."""
    if first is None or last is None or first == last:
        return short(first or last, lang)
    if (first.year, first.month) == (last.year, last.month):
        return number(f"{first.month}/{first.year}", lang)
    return number(str(first.year), lang)


class Office(NamedTuple):
    """An office, or a person, with the rows: whether each holds it now, held it before, or was long not looked at."""

    name: Holder
    rows: Sequence[tuple[Holder, str]]


def _offices(rows: Sequence[Holder], today: date, *, by_person: bool) -> list[Office]:
    """The rows by office, those of now first; of one person as one."""

    def stands(row: Holder) -> str:
        return "former" if row.former(today) else "stale" if row.stale(today) else "holds"

    grouped = [list(some) for _, some in groupby(rows, key=lambda row: "" if by_person else row.role)]
    return [Office(some[0], [(row, stands(row)) for row in some]) for some in grouped]


def _articles(deeds: Deeds) -> list[Any]:
    """The latest articles with words of the actor."""
    found = {one.first.article.id: one.first for one in deeds.words}
    latest = sorted(found.values(), key=lambda one: (one.article.published or date.min, one.article.id), reverse=True)
    return latest[:6]
