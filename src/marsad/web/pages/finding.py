"""What laws come to: for a state, body by body, and for one body under one law with every reason and its sentence."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response

from marsad.desk.laws.assessing import Assessment
from marsad.desk.laws.frozen import freeze
from marsad.export.brief import OPEN
from marsad.export.finding import finding_record
from marsad.export.finding_page import SIGNS
from marsad.export.finding_shown import Shown
from marsad.export.finding_words import element_name, short
from marsad.export.finding_words import word as said
from marsad.identity import state_of
from marsad.knowledge.instruments import laws
from marsad.types.law import Label, Truth
from marsad.web.pages.law import day, shared
from marsad.web.view import View, Viewed

router = APIRouter()
#: Sentences of a claim that stand open; the rest is folded.
SENTENCES = 2
#: Sets of what is missing, or of what would undo it, that stand open.
SETS = 3
_Steps = Annotated[list[str], Query()]


@router.get("/finding/{of}")
def of_state(view: Viewed, of: str, on: str = "", known_on: str = "") -> Response:
    """Every law that is engaged, for each body of a state (or for one body)."""
    as_of, known = day(on), day(known_on)
    return _listed(
        view, of, (of, None, as_of, known), lambda: view.desk.assess(of, on=as_of, known_on=known, lang=view.lang), None
    )


@router.get("/finding/{of}/{law:path}")
def of_law(
    view: Viewed,
    of: str,
    law: str,
    on: str = "",
    known_on: str = "",
    what_if: _Steps = [],  # noqa: B006 (read only; the framework's way)
    form: Annotated[str, Query(alias="as")] = "",
) -> Response:
    """One body under one law; of a state, all its bodies under it. ``as=page`` and ``as=freeze`` give files to keep."""
    steps = [one for one in what_if if one.strip()]
    as_of, known = day(on), day(known_on)

    def assessed() -> Assessment:
        return view.desk.assess(of, law, on=as_of, known_on=known, what_if=steps, lang=view.lang)

    name = quote(f"{of}-{law}".replace("/", "-"), safe=".-")
    if form == "page":
        return _file(assessed().page(view.lang), "text/html; charset=utf-8", f"{name}.html")
    if form == "freeze":
        return _file(freeze(assessed(), view.desk.settings.knowledge), "application/json", f"{name}.json")
    asked = (of, law, as_of, known, *steps)
    if "." not in of:
        return _listed(view, of, asked, assessed, law)
    seen = view.kept(("finding", view.lang, *asked), lambda: Seen.of(assessed().findings[0], view.lang), Seen.size)
    return view.page(
        "finding",
        record=seen.record,
        disputes=seen.disputes,
        dates=seen.dates,
        languages=seen.languages,
        of=of,
        steps=steps,
        open_=Label(seen.record["label"]) in OPEN,
        page=Page(),
        json=f"/api/findings/{quote(of)}?{urlencode(_asked(view, law), doseq=True)}",
        **_common(view),
    )


def _common(view: View) -> dict[str, Any]:
    return {
        "head": partial(said, lang=view.lang),
        "signs": SIGNS,
        "kind": kind,
        "sentences": SENTENCES,
        "most": SETS,
        **shared(view),
    }


def _asked(view: View, law: str | None) -> dict[str, Any]:
    """The question as the API takes it."""
    given = view.request.query_params
    asked: dict[str, Any] = {"law": law} if law else {}
    asked |= {key: given[key] for key in ("on", "known_on") if given.get(key)}
    steps = [one for one in given.getlist("what_if") if one]
    return asked | ({"what_if": steps} if steps else {}) | {"lang": view.lang}


def _file(content: str | bytes, kind_: str, name: str) -> Response:
    """A file to keep, and not to show: its own policy would not be ours."""
    return Response(content, media_type=kind_, headers={"content-disposition": f'attachment; filename="{name}"'})


def _listed(
    view: View, of: str, asked: tuple[Hashable, ...], assessed: Callable[[], Assessment], law: str | None
) -> Response:
    def made() -> list[dict[str, Any]]:
        return [_row(one, view.lang) for one in assessed().findings]

    rows = view.kept(("findings", view.lang, *asked), made, lambda some: 500 + 2000 * len(some))
    return view.page(
        "findings",
        of=of,
        side=state_of(of),
        rows=rows,
        law=law,
        laws=list(laws(view.desk.settings.knowledge)),
        query=urlencode({key: value for key, value in _asked(view, None).items() if key != "lang"}, doseq=True),
        json=f"/api/findings/{quote(of)}?{urlencode(_asked(view, law), doseq=True)}",
        as_of=rows[0]["as_of"] if rows else None,
        **_common(view),
    )


def _row(shown: Shown, lang: str) -> dict[str, Any]:
    """One body under one law in a line."""
    record, finding = finding_record(shown, lang), shown.finding
    missing = finding.missing.to_hold[0] if finding.missing.to_hold else {}
    return {
        "entity": finding.entity,
        "as_of": finding.as_of,
        "name": record["entity_name"],
        "instrument": finding.instrument,
        "law": short(record["law"]),
        "label": finding.label.value,
        "label_text": record["label_text"],
        "open": finding.label in OPEN,
        "missing": [(element_name(key, shown.version, lang), value) for key, value in missing.items()],
        "note": record["missing"]["note"],
    }


def kind(label: str) -> str:
    """The class of a label's mark.

    >>> kind("elements arguably met, no determination")
    'elements-arguably-met'
    """
    return Label(label).value.split(",")[0].replace(" ", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A finding as the page shows it: its record, and what is drawn from it."""

    record: dict[str, Any]
    disputes: list[Mapping[str, Any]]
    dates: list[tuple[Any, str, str]]
    languages: dict[str, str]

    @classmethod
    def of(cls, shown: Shown, lang: str) -> Seen:
        """Of a finding in a language."""
        record = finding_record(shown, lang)
        return cls(
            record=record,
            disputes=list(_disputes(record)),
            dates=list(_dates(shown, lang)),
            languages=_languages(shown),
        )

    def size(self) -> int:
        """About how many bytes it takes."""
        return 4 * len(msgspec.json.encode(self.record))


class Page:
    """What was shown on a page already: sentences by their words, with their numbers, and reliefs by their ids."""

    def __init__(self) -> None:
        self._sentences: dict[tuple[str, str | None], int] = {}
        self._reliefs: set[str] = set()

    def number(self, one: Mapping[str, Any]) -> tuple[int, bool]:
        """The number of a sentence, and whether it stands here for the first time."""
        key = (one["words"], one.get("article"))
        first = key not in self._sentences
        return self._sentences.setdefault(key, len(self._sentences) + 1), first

    def first(self, relief: str) -> bool:
        """Whether a relief stands here for the first time."""
        seen = relief in self._reliefs
        self._reliefs.add(relief)
        return not seen


def _languages(shown: Shown) -> dict[str, str]:
    """In which language the sentence of each rung is, by the id of the rung in the world."""
    cited = ((one.id, shown.cited.get(one.rung.id)) for one in shown.reached)
    return {key: seen.article.language if seen else "en" for key, seen in cited}


def _disputes(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The facts of which some say that they hold, and others that they do not."""
    for fact in record["facts"]:
        if len({claim["holds"] for claim in fact["claims"]}) > 1:
            yield fact


def _dates(shown: Shown, lang: str) -> Iterator[tuple[Any, str, str]]:
    """The days that count, the earliest first: the key of what it is, and the name of the element."""
    finding, version = shown.finding, shown.version
    found: list[tuple[Any, str, str]] = [(finding.deadline, "review_ends", "")] if finding.deadline else []
    for fact in finding.facts:
        if fact.truth is not Truth.TRUE:
            continue
        name = element_name(fact.element, version, lang)
        official = version and fact.element in version.elements
        if official and version and version.elements[fact.element].kind == "official_act" and fact.since:
            found.append((fact.since, "began", name))
        if fact.until:
            found.append((fact.until, "ends", name))
    yield from sorted(found, key=lambda one: (one[0], one[1], one[2]))
