"""One story: who reported it and when, in which language, and wherein the reports differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from marsad.desk.questions import around
from marsad.desk.questions.around import Compared, News, publisher
from marsad.export.meant import value
from marsad.export.rows import clean
from marsad.knowledge.countries import NO_STATE
from marsad.types import Article, Outcome, Report, Source, Status
from marsad.web.pages.event import Line, line
from marsad.web.reading import Told, actor_page, named, title
from marsad.web.view import Viewed

router = APIRouter()
#: Acts that are told with their sentences; the others stand in the table alone.
SHOWN, ROWS = 12, 60


class Paper(NamedTuple):
    """An article of the story, and whose text it prints where that is another's."""

    article: Article
    source: Source | None
    name: str
    copied: str
    acts: int


class Differing(NamedTuple):
    """An act wherein reports differ: in whether it happened, in numbers, in whom they name; or some are silent."""

    act: Compared
    claims: Sequence[Line]
    denials: Sequence[Line]
    amounts: Sequence[tuple[str, str]]
    actors: Sequence[tuple[str, str]]


@router.get("/story/{id}")
def story(view: Viewed, id: str) -> Response:  # noqa: A002 (the field's word)
    """The page of a story, by its id, a former one, or the beginning of one."""
    seen = around.news(view.desk.store, id)
    if seen.story.id != id:
        return RedirectResponse(f"/story/{seen.story.id}", 302)
    told, papers = Told(), seen.papers()
    differing = [_differing(one, told, view.lang) for one in seen.acts]
    apart = [one for one in differing if (one.claims and one.denials) or one.amounts or one.actors]
    return view.page(
        "story",
        seen=seen,
        heading=title(seen.articles[0][0]) if seen.articles else seen.story.id,
        papers=_papers(seen),
        names=papers,
        denied=[one for one in apart if one.claims and one.denials][:SHOWN],
        apart=[one for one in apart if not (one.claims and one.denials)][:SHOWN],
        alone=[one for one in differing if one.act.silent and len(papers) > 1][:ROWS],
        agreed=[one for one in differing if not one.act.silent and one not in apart][:ROWS],
        states=_states(seen),
        named=named,
        title_of=title,
        publishers=lambda reports: list(dict.fromkeys(map(_who, reports))),
        actor_page=actor_page,
    )


def _papers(seen: News) -> list[Paper]:
    names = {one.id: publisher(one, source) for one, source in seen.articles}
    counts: dict[str, set[str]] = {}
    for act in seen.acts:
        for report in act.reports:
            counts.setdefault(report.article.id, set()).add(act.act.id)
    return [
        Paper(one, source, names[one.id], _copied(seen, one.id, names), len(counts.get(one.id, ())))
        for one, source in seen.articles
    ]


def _copied(seen: News, article: str, names: dict[str, str]) -> str:
    first = seen.copies.get(article, article)
    return names.get(first, first) if first != article else ""


def _differing(one: Compared, told: Told, lang: str) -> Differing:
    denials = [each for each in one.reports if each.event.status is Status.DENIED]
    claims = [each for each in one.reports if each.event.status is not Status.DENIED]
    both = bool(denials and claims)
    shown = one.reports if both or one.act.status is Outcome.CONTESTED else one.reports[:1]
    lines = [line(each, told) for each in shown[: SHOWN * 2]]
    return Differing(
        act=one,
        claims=_once(each for each in lines if each.report.event.status is not Status.DENIED),
        denials=_once(each for each in lines if each.report.event.status is Status.DENIED),
        amounts=_apart([(_who(each), _amounts(each, lang)) for each in one.reports]),
        actors=_apart([(_who(each), _actors(each, lang)) for each in one.reports])
        if _other_actors(one.reports)
        else [],
    )


def _once(lines: Iterable[Line]) -> list[Line]:
    found: dict[tuple[str, int], Line] = {}
    for one in lines:
        found.setdefault((one.report.article.id, one.report.event.sentence), one)
    return list(found.values())


def _who(report: Report) -> str:
    return publisher(report.article, report.source)


def _amounts(report: Report, lang: str) -> str:
    return " · ".join(dict.fromkeys(value(one, lang) for one in report.event.amounts))


def _actors(report: Report, lang: str) -> str:
    """Whom a report names as having done it; nothing where it names nobody."""
    comma = "، " if lang == "ar" else ", "
    return comma.join(
        dict.fromkeys(
            named(one.actor, lang) if one.actor else clean(one.span.of(report.article.text))
            for one in report.event.actors
        )
    )


def _other_actors(reports: Sequence[Report]) -> bool:
    """Whether two reports name actors of which none is the other, or a part of it."""
    named_ = [found for each in reports if (found := {one.actor for one in each.event.actors if one.actor})]
    return any(not _meet(one, other) for one, other in combinations(named_, 2))


def _meet(one: set[str], other: set[str]) -> bool:
    return any(f"{a}.".startswith(f"{b}.") or f"{b}.".startswith(f"{a}.") for a in one for b in other)


def _apart(told: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What each source says, where two say different things; silence is no contradiction."""
    said = list(dict.fromkeys((who, what) for who, what in told if what))
    several = len({what for _, what in said}) > 1 and len({who for who, _ in said}) > 1
    return said[:SHOWN] if several else []


def _states(seen: News) -> list[tuple[str, str]]:
    """The pairs of sides that rungs of the story are about."""
    found: dict[tuple[str, str], None] = {}
    for one in seen.reached:
        near, other = one.rung.near, one.rung.counterpart or one.rung.sanctioner
        if near and other and near not in NO_STATE and other not in NO_STATE:
            found.setdefault((near, other))
    return list(found)[:4]
