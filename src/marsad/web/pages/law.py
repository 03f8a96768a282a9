"""The laws: the list of them, and each with its provision, its history, what an amendment changed, and its cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from markupsafe import Markup, escape

from marsad.api.asked import FIRST
from marsad.assess.difference import Difference, diff
from marsad.errors import SettingsError
from marsad.export.finding_words import label_words, truth_words
from marsad.export.law import Terms
from marsad.export.law import word as told
from marsad.export.law_record import DISCLAIMER, change
from marsad.knowledge.instruments import Law, cases, law, laws, menu, terms
from marsad.knowledge.law.terms import GROUPS
from marsad.knowledge.precedents import precedents
from marsad.types.law import Citation, Condition, Truth, Version
from marsad.web.view import View, Viewed, digits
from marsad.web.view import day as written

router = APIRouter()
#: The last year that is asked about.
LAST = 2100
_ODD = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})|(?P<rung>\b[LWR]-?\d+\b)")
_PIECES = re.compile(r"(\d{4}-\d{2}-\d{2}|\b[LWR]-?\d+\b)")
#: A sign beside how a clause was checked, so that colour is never alone.
CHECKED: Mapping[str, str] = {"text": "✓", "summary": "≈", "memory": "?"}


@router.get("/law")
def listed(view: Viewed) -> Response:
    """Every law, by who may sanction under it."""
    folders = view.desk.settings.knowledge
    found = [law(of, folders) for of in laws(folders)]
    groups: dict[str, list[Law]] = {}
    for one in found:
        groups.setdefault(one.instrument.sanctioner, []).append(one)
    return view.page("laws", groups=groups, known=counted_cases(), **shared(view))


@router.get("/law/{of:path}")
def page(
    view: Viewed,
    of: str,
    on: str = "",
    begins: Annotated[str, Query(alias="from")] = "",
    ends: Annotated[str, Query(alias="to")] = "",
) -> Response:
    """One law as it reads on a day (``?on=``), and what differs between two (``?from=&to=``)."""
    folders = view.desk.settings.knowledge
    one = law(of, folders)
    first, last = day(begins), day(ends)
    asked = day(on)
    version = one.instrument.at(asked) if asked else one.instrument.versions[-1]
    trials = cases(of, folders)
    compared = (first, last) if first and last else None
    return view.page(
        "law",
        law=one,
        current=version,
        asked=asked,
        compared=compared,
        differences=[*_differences(one, *compared)] if compared else [],
        menu=menu(of, folders),
        trials=trials,
        names={each.id: each.name.shown(view.lang) for each in trials},
        known=[each for each in precedents() if each.law == of],
        lists=_lists(version, shared(view)["terms"]) if version else [],
        **shared(view),
    )


def day(given: str) -> date | None:
    """The day of an address; None for none. Raises :class:`SettingsError` for what is no day."""
    if not given.strip():
        return None
    try:
        found = date.fromisoformat(given.strip())
        if not FIRST.year <= found.year <= LAST:
            raise ValueError
        return found
    except ValueError:
        raise SettingsError(f"{given[:20]!r} is no day", do="write it as 2018-08-13") from None


def shared(view: View) -> dict[str, Any]:
    """What the templates of laws and findings are filled with: words, terms, citations."""
    folders = view.desk.settings.knowledge
    known: Terms = {group: terms(group, folders) for group in GROUPS}
    return {
        "told": partial(told, lang=view.lang),
        "terms": known,
        "term": partial(_term, known, view.lang),
        "named": partial(_named, known, view.lang),
        "cite_place": cite_place,
        "checked_signs": CHECKED,
        "dated": partial(dated, lang=view.lang),
        "disclaimer": DISCLAIMER[view.lang],
        "label_text": partial(label_words, lang=view.lang),
        "truth_text": partial(_truth, lang=view.lang),
    }


def dated(words: str | None, lang: str) -> Markup:
    """A sentence with its days in the digits of the language, and its rungs from left to right.

    >>> dated("W8 <in> 2020-12-14", "en")
    Markup('<bdi dir="ltr">W8</bdi> &lt;in&gt; <time datetime="2020-12-14">14 December 2020</time>')
    """

    def shown(piece: str) -> Markup:
        found = _ODD.fullmatch(piece)
        if found is None:
            return escape(digits(piece, lang))
        if found["rung"]:
            return Markup('<bdi dir="ltr">{}</bdi>').format(piece)
        try:
            told = written(date.fromisoformat(piece), lang)
        except ValueError:
            return escape(piece)
        return Markup('<time datetime="{}">{}</time>').format(piece, told)

    pieces = _PIECES.split(words or "")
    return Markup("").join(shown(one) for one in pieces)


def _truth(value: Truth, lang: str) -> str:
    return truth_words(value, None, None, lang)


def _term(known: Terms, lang: str, group: str, key: str) -> str:
    found = known.get(group, {}).get(key)
    return found.name.shown(lang) if found else key


def _named(known: Terms, lang: str, key: str, version: Version) -> str:
    """What an element, a rule or a relief is called."""
    if key in version.elements:
        return version.elements[key].name.shown(lang)
    if key in version.reliefs and key not in version.rules:
        return version.reliefs[key].name.shown(lang)
    return _term(known, lang, "rules", key)


def cite_place(cite: Citation) -> str:
    """Where something stands: the code, else the public law with its section.

    >>> cite_place(Citation(public_law="Pub. L. 115-44", section="231"))
    'Pub. L. 115-44 s. 231'
    """
    if cite.usc or not cite.public_law:
        return cite.usc or cite.section or ""
    return " ".join(part for part in (cite.public_law, cite.section and f"s. {cite.section}") if part)


def counted_cases() -> Mapping[str, int]:
    """How many of the known cases are under each law."""
    found: dict[str, int] = {}
    for case in precedents():
        found[case.law] = found.get(case.law, 0) + 1
    return found


def _lists(version: Version, known: Terms) -> list[Any]:
    """The dated lists that the elements look at."""
    ids = dict.fromkeys(one.listed for one in version.elements.values() if one.listed)
    found = [known["lists"][key] for key in ids if key in known["lists"]]
    return [one for one in found if one.rounds or one.notes]


def _differences(one: Law, begins: date, ends: date) -> list[dict[str, Any]]:
    """What differs between two days; on one where no version was in force there was nothing."""
    before, after = (
        one.instrument.at(each) or Version(valid_from=each, valid_to=each, known_from=each, elements={}, rules={})
        for each in (begins, ends)
    )
    return [
        {"part": each.part, "id": each.id, "became": change(each), "sides": _sides(each, before, after)}
        for each in diff(before, after)
    ]


def _sides(given: Difference, before: Version, after: Version) -> list[tuple[str, Any, Version, str]]:
    """What there is of a difference before and after: the key of its word, the thing, its version, its kind."""
    both = (("before", given.before, before), ("after", given.after, after))
    return [(key, thing, version, _kind(thing)) for key, thing, version in both if thing is not None]


def _kind(thing: object) -> str:
    return "standard" if isinstance(thing, str) else "rule" if isinstance(thing, Condition) else type(thing).__name__
