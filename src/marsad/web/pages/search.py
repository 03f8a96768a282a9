"""Search: articles by their words with the words marked, acts by filters; names and ids lead to their things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup, escape

from marsad.desk.questions import acting, asked
from marsad.desk.questions.around import publisher
from marsad.errors import FormatError, MarsadError, NotFoundError
from marsad.export.marks import pieces
from marsad.export.rows import clean
from marsad.knowledge import ontology, using
from marsad.store.search import Hit
from marsad.store.where import ENOUGH, Page, Where
from marsad.types import EventType, Occurrence, Outcome, Span, Voice
from marsad.web.pages.event import line
from marsad.web.reading import Told, actor_page, named, title
from marsad.web.view import View, Viewed

router = APIRouter()
#: Hits of a page, and most characters of what is asked.
SHOWN, LONGEST = 20, 300
_ID = frozenset("0123456789abcdef")
#: The filters, in the order of the form.
FILTERS = ("actor", "type", "status", "voice", "since", "until", "source", "language")


class Found(NamedTuple):
    """An article that was found: its title and snippet with the words marked, and who printed it."""

    hit: Hit
    title: Markup
    snippet: Markup
    publisher: str


@router.get("/search")
def search(
    view: Viewed,
    q: str = "",
    actor: str = "",
    type: str = "",  # noqa: A002 (the parameter's word)
    status: str = "",
    voice: str = "",
    since: str = "",
    until: str = "",
    source: str = "",
    language: str = "",
    after: str = "",
) -> Response:
    """Articles that have the words ``q``; without words, the acts that the filters ask for."""
    words = clean(q)[:LONGEST]
    given = dict(zip(FILTERS, (actor, type, status, voice, since, until, source, language), strict=True))
    given = {name: clean(value)[:LONGEST] for name, value in given.items()}
    with using(view.desk.settings.knowledge):
        if to := _thing(view, words):
            return RedirectResponse(to, 302)
        leads = _leads(view, words)
        try:
            where = _where(view, given)
            made = _found(view, words, where, given, after)
        except MarsadError as error:
            if isinstance(error, (FormatError, NotFoundError)):
                return _page(view, words, given, leads, {}, 422, error)
            raise
    return _page(view, words, given, leads, made, 200, None)


def _page(
    view: View,
    words: str,
    given: Mapping[str, str],
    leads: Sequence[tuple[str, str, str]],
    made: Mapping[str, Any],
    status: int,
    error: MarsadError | None,
) -> Response:
    shown = {"hits": [], "acts": [], "after": None, "count": None, "more": False, **made}
    return view.page(
        "search",
        status,
        q=words,
        given=given,
        asked=bool(words or any(given.values())),
        leads=leads,
        error=error,
        types=list(EventType),
        statuses=list(Outcome),
        voices=list(Voice),
        type_word=lambda one: ontology.types()[one].name[view.lang],
        named=named,
        actor_page=actor_page,
        open_=any(given.values()),
        **shown,
    )


def _thing(view: View, words: str) -> str:
    """Where a whole id leads; empty for all else."""
    if len(words) != 16 or not set(words.lower()) <= _ID:
        return ""
    word = words.lower()
    desk = view.desk
    looks = ((desk.act, "event"), (desk.article, "article"), (desk.story, "story"), (desk.event, "event"))
    for look, page in looks:
        try:
            look(word)
        except NotFoundError:
            continue
        return f"/{page}/{word}"
    return ""


def _leads(view: View, words: str) -> list[tuple[str, str, str]]:
    """Whom the words may name, and which thing an id's beginning may be: name, what it is, page."""
    if not words or len(words) > 60:
        return []
    found: list[tuple[str, str, str]] = []
    try:
        id, _ = asked.whom(view.desk, words, view.desk.today())  # noqa: A001 (the field's word)
        found.append((named(id, view.lang), id, actor_page(id)))
    except NotFoundError:
        pass
    if 4 <= len(words) < 16 and set(words.lower()) <= _ID:
        for look, page in ((view.desk.article, "article"), (view.desk.act, "event")):
            try:
                whole = look(words.lower()).id
            except NotFoundError:
                continue
            found.append((whole, page, f"/{page}/{whole}"))
    return found


def _where(view: View, given: Mapping[str, str]) -> Where:
    """The question that the filters ask. Raises :class:`MarsadError` for what is not known."""
    desk = view.desk
    until = asked.day(given["until"], last=True) if given["until"] else None
    since = asked.day(given["since"]) if given["since"] else None
    if since and until and since > until:
        raise FormatError(f"since {since} is later than until {until}", do="give a span that begins before it ends")
    return Where(
        parties=(asked.whom(desk, given["actor"], until or since or desk.today())[0],) if given["actor"] else (),
        types=_label(given["type"], list(EventType)),
        statuses=_label(given["status"], list(Outcome)),
        voices=_label(given["voice"], list(Voice)),
        since=since,
        until=until,
        sources=(asked.source(desk, given["source"]),) if given["source"] else (),
        languages=(given["language"].lower(),) if given["language"] else (),
    )


def _label(value: str, labels: Sequence[Any]) -> tuple[Any, ...]:
    if not value:
        return ()
    known = {one.value.lower(): one for one in labels}
    if value.lower() not in known:
        raise NotFoundError(f"{value[:40]!r} is no label", do=f"give one of {', '.join(one.value for one in labels)}")
    return (known[value.lower()],)


def _found(view: View, words: str, where: Where, given: Mapping[str, str], after: str) -> dict[str, Any]:
    desk = view.desk
    if words:
        answer = desk.search(words, where, after=after or None, limit=SHOWN)
        count = None if after else desk.count_hits(words, where)
        return {"hits": [_hit(one) for one in answer], "after": answer.after, "count": count, "more": count == ENOUGH}
    if not any(given.values()):
        return {}
    page = _acts(view, where, after)
    first, told = acting.firsts(desk.store, page.items), Told()
    acts = [(one, line(first[one.id], told) if one.id in first else None) for one in page.items]
    return {"acts": acts, "after": page.after}


def _acts(view: View, where: Where, after: str) -> Page[Occurrence]:
    """The acts asked for; those of one actor on either side are found by its own index."""
    if where.parties and not (where.voices or where.sources or where.languages):
        return acting.acts_with(view.desk.store, where.parties[0], where, after=after or None, limit=SHOWN)
    return acting.acts_where(view.desk.store, where, after=after or None, limit=SHOWN)


def _hit(hit: Hit) -> Found:
    article = hit.article
    text, span = article.text, hit.snippet
    begins = article.title.stop if article.title else 0
    before = "… " if text[begins : span.start].strip() else ""
    behind = " …" if text[span.stop :].strip() else ""
    heading = _marked(text, article.title, hit.spans) if article.title else escape(title(article))
    return Found(hit, heading, before + _marked(text, span, hit.spans) + behind, publisher(article, hit.source))


def _marked(text: str, within: Span, spans: Sequence[Span]) -> Markup:
    """A part of a text with what was asked for in ``mark`` elements."""
    made = Markup("")
    cut = Span(within.start, min(within.stop, within.start + 600))
    for piece in pieces(cut, [(span, span) for span in spans]):
        words = escape(piece.span.of(text))
        made += Markup("<mark>{}</mark>").format(words) if piece.marks else words
    return made
