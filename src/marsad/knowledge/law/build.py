"""From the data of a file of law without problems to the types: its instrument, its menu, its calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from marsad.knowledge.law.calendar import Calendar
from marsad.knowledge.law.source import Way
from marsad.knowledge.law.terms import citation, named
from marsad.types import Name
from marsad.types.law import (
    Citation,
    Condition,
    Consequence,
    Element,
    ElementKind,
    Instrument,
    Relief,
    Version,
)

#: The data of another file, by id; None where there is none.
Other = Callable[[str], Mapping[str, Any] | None]
#: The word for a condition that cannot hold.
NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of a menu. ``only`` says whom it can hit (``bank``).

    ``parts`` are measures that count for themselves, and then the measure itself does not.
    """

    id: str
    name: Name
    cite: Citation
    only: str | None = None
    parts: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A file of law: its instrument, and what else it holds.

    ``changes`` has, by the first day of each version, what changed and where that stands; ``on_or_after`` the day on or
    after which what an element speaks of must have happened; ``sources`` the sources by their keys.
    """

    path: Path
    instrument: Instrument
    changes: Mapping[date, tuple[Name, Citation]]
    notes: tuple[Name, ...]
    sources: Mapping[str, str]
    on_or_after: Mapping[str, date]
    menu: tuple[Measure, ...] = ()
    calendar: Calendar | None = None


def law(data: Mapping[str, Any], path: Path, other: Other) -> Law:
    """The law of ``data``; ``other`` gives the data of the files that ``same_as`` names."""
    notes = tuple(map(named, data.get("notes", ())))
    sources = {key: str(words) for key, words in data["sources"].items()}
    elements = {key: _same(data, "elements", key, other) for key in data["elements"]}
    reliefs = {key: _same(data, "reliefs", key, other) for key in data["reliefs"]}
    versions = tuple(_version(data, one, elements, reliefs, notes) for one in data["versions"])
    return Law(
        path=path,
        instrument=Instrument(
            id=data["id"],
            name=named(data["name"]),
            cite=citation(data["cite"], sources),
            sanctioner=data["sanctioner"],
            subject=data["subject"],
            versions=versions,
            counterpart=data.get("counterpart"),
            sources=tuple(sources.values()),
        ),
        changes={one["valid_from"]: (named(one["note"]), citation(one["cite"], sources)) for one in data["versions"]},
        notes=notes,
        sources=MappingProxyType(sources),
        on_or_after={key: item["on_or_after"] for key, (item, _) in elements.items() if "on_or_after" in item},
        menu=tuple(_measure(item, sources) for item in data.get("measures", ())),
        calendar=Calendar.of(data["calendar"]) if "calendar" in data else None,
    )


def _same(data: Mapping[str, Any], part: str, key: str, other: Other) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The entry ``key`` with the sources that its citation names, both from another file where it is ``same_as`` there;
    the span of time, and a citation of its own, stay."""
    item = data[part][key]
    if "same_as" not in item:
        return item, data["sources"]
    there = other(item["same_as"])
    assert there is not None  # lint has looked
    found, sources = _same(there, part, key, other)
    made = {name: value for name, value in found.items() if name not in ("since", "until")}
    made |= {name: value for name, value in item.items() if name != "same_as"}
    return made, data["sources"] if "cite" in item else sources


def within(item: Mapping[str, Any], version: Mapping[str, Any]) -> bool:
    """Whether an entry with ``since`` and ``until`` belongs to a version."""
    since, until = item.get("since"), item.get("until")
    last = version["valid_to"] or date.max
    return (since is None or since <= version["valid_from"]) and (until is None or last <= until)


def conditions(rule: Any, version: Mapping[str, Any]) -> Iterator[tuple[Way, Any]]:
    """The conditions of a rule that belong to a version, with the way to each: one, where the file has no problems."""
    if isinstance(rule, list):
        yield from (((place, "when"), item["when"]) for place, item in enumerate(rule) if within(item, version))
    else:
        yield (), rule


def condition(given: Any) -> Condition:
    """A condition of a file.

    >>> condition({"all": ["a", {"not": "b"}], "unless": ["c"]}).unless
    ('c',)
    """
    if given == NEVER:
        return Condition(op="any")
    if isinstance(given, str):
        return Condition(op="leaf", id=given)
    unless = tuple(given.get("unless", ()))
    if "not" in given:
        return Condition(op="not", parts=(condition(given["not"]),), unless=unless)
    operator = next(key for key in ("all", "any", "at_least") if key in given)
    parts = tuple(map(condition, given["of" if operator == "at_least" else operator]))
    return Condition(op=operator, n=given.get("at_least", 0), parts=parts, unless=unless)


_Entries = Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]]


def _version(
    data: Mapping[str, Any], one: Mapping[str, Any], elements: _Entries, reliefs: _Entries, notes: tuple[Name, ...]
) -> Version:
    consequence = data.get("consequence")
    return Version(
        valid_from=one["valid_from"],
        valid_to=one["valid_to"],
        known_from=one["known_from"],
        elements=MappingProxyType(
            {key: _element(key, item, sources) for key, (item, sources) in elements.items() if within(item, one)}
        ),
        rules=MappingProxyType(
            {key: condition(given) for key, rule in data["rules"].items() for _, given in conditions(rule, one)}
        ),
        reliefs=MappingProxyType(
            {key: _relief(key, item, sources) for key, (item, sources) in reliefs.items() if within(item, one)}
        ),
        consequence=_consequence(consequence, data["sources"]) if consequence else None,
        standard=data["standard"],
        notes=(named(one["note"]), *notes),
    )


def _element(key: str, item: Mapping[str, Any], sources: Mapping[str, Any]) -> Element:
    return Element(
        id=key,
        name=named(item["name"]),
        kind=ElementKind(item["kind"]),
        cite=citation(item["cite"], sources),
        ask=named(item["ask"]),
        can_become_true=item.get("can_become_true", True),
        factors=tuple(item.get("factors", ())),
        listed=item.get("list"),
        by=tuple(item.get("by", ())),
    )


def _relief(key: str, item: Mapping[str, Any], sources: Mapping[str, Any]) -> Relief:
    return Relief(
        id=key,
        name=named(item["name"]),
        kind=item["kind"],
        condition=condition(item["when"]),
        cite=citation(item["cite"], sources),
        days=item.get("days"),
        notes=named(item.get("notes")),
    )


def _consequence(item: Mapping[str, Any], sources: Mapping[str, Any]) -> Consequence:
    return Consequence(
        modal=item["modal"],
        menu=item.get("menu"),
        least=item["least"],
        measures=tuple(map(named, item.get("measures", ()))),
        cite=citation(item["cite"], sources),
    )


def _measure(item: Mapping[str, Any], sources: Mapping[str, Any]) -> Measure:
    whole = Measure(id=str(item["id"]), name=named(item["name"]), cite=citation(item["cite"], sources))
    parts = tuple(replace(whole, id=str(one["id"]), name=named(one["name"])) for one in item.get("parts", ()))
    return replace(whole, only=item.get("only"), parts=parts)
