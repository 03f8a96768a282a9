"""A law as JSON: everything that its file holds, in both languages, every version, and the difference of two days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from marsad.assess.difference import Difference
from marsad.knowledge.instruments import Calendar, Law, Measure
from marsad.knowledge.listed import Registered
from marsad.types import Name
from marsad.types.law import Citation, Condition, Consequence, Element, Relief, Version


def name(given: Name) -> dict[str, str] | None:
    """A name in both languages; None where there is none."""
    return {"en": given.en, "ar": given.ar} if given.en or given.ar else None


def citation(given: Citation | None) -> dict[str, Any] | None:
    """Where something stands, and how that was checked."""
    if given is None:
        return None
    return {
        "usc": given.usc,
        "public_law": given.public_law,
        "section": given.section,
        "quote": given.quote,
        "verified": given.verified.value,
        "sources": list(given.sources),
    }


def condition(given: Condition) -> dict[str, Any]:
    """A condition: its operator, its parts or the name that it leads to, and its exceptions."""
    record: dict[str, Any] = {"op": given.op}
    record |= {"id": given.id} if given.op == "leaf" else {"parts": [condition(part) for part in given.parts]}
    record |= {"n": given.n} if given.op == "at_least" else {}
    return record | ({"unless": list(given.unless)} if given.unless else {})


def element(given: Element, on_or_after: date | None = None) -> dict[str, Any]:
    """An element with its question."""
    return {
        "id": given.id,
        "name": name(given.name),
        "kind": given.kind.value,
        "ask": name(given.ask),
        "can_become_true": given.can_become_true,
        "on_or_after": on_or_after,
        "factors": list(given.factors),
        "list": given.listed,
        "by": list(given.by),
        "cite": citation(given.cite),
    }


def relief(given: Relief) -> dict[str, Any]:
    """A way out with its condition."""
    return {
        "id": given.id,
        "name": name(given.name),
        "kind": given.kind,
        "days": given.days,
        "when": condition(given.condition),
        "notes": name(given.notes),
        "cite": citation(given.cite),
    }


def consequence(given: Consequence | None) -> dict[str, Any] | None:
    """What follows."""
    if given is None:
        return None
    return {
        "modal": given.modal,
        "menu": given.menu,
        "least": given.least,
        "measures": [name(one) for one in given.measures],
        "cite": citation(given.cite),
    }


def measure(given: Measure) -> dict[str, Any]:
    """A measure of a menu; one with parts counts by them."""
    record = {"id": given.id, "name": name(given.name), "only": given.only, "cite": citation(given.cite)}
    return record | {"parts": [{"id": part.id, "name": name(part.name)} for part in given.parts]}


def calendar(given: Calendar | None) -> dict[str, Any] | None:
    """The days of the review; first and last as month and day."""
    if given is None:
        return None
    return {
        "days": given.days,
        "long_days": given.long_days,
        "first": "{:02}-{:02}".format(*given.first),
        "last": "{:02}-{:02}".format(*given.last),
        "after_disapproval": given.after_disapproval,
        "after_veto": given.after_veto,
    }


def version(given: Version, law: Law) -> dict[str, Any]:
    """A version, whole."""
    note, cite = law.changes[given.valid_from]
    return {
        "valid_from": given.valid_from,
        "valid_to": given.valid_to,
        "known_from": given.known_from,
        "note": name(note),
        "cite": citation(cite),
        "standard": given.standard,
        "elements": [element(one, law.on_or_after.get(one.id)) for one in given.elements.values()],
        "rules": {key: condition(one) for key, one in given.rules.items()},
        "reliefs": [relief(one) for one in given.reliefs.values()],
        "consequence": consequence(given.consequence),
    }


def record(law: Law, versions: tuple[Version, ...] | None = None) -> dict[str, Any]:
    """A law with these of its ``versions``, or with every one."""
    one = law.instrument
    return {
        "id": one.id,
        "name": name(one.name),
        "cite": citation(one.cite),
        "sanctioner": one.sanctioner,
        "counterpart": one.counterpart,
        "subject": one.subject,
        "versions": [version(each, law) for each in (one.versions if versions is None else versions)],
        "menu": [measure(each) for each in law.menu],
        "calendar": calendar(law.calendar),
        "notes": [name(each) for each in law.notes],
        "sources": dict(law.sources),
        "disclaimer": dict(DISCLAIMER),
    }


def change(given: Difference) -> str:
    """What became of a part: ``added``, ``removed`` or ``changed``."""
    return "added" if given.before is None else "removed" if given.after is None else "changed"


def difference(given: Difference) -> dict[str, Any]:
    """What became of one part."""

    def side(value: Any) -> Any:
        makers: Mapping[type, Any] = {
            Element: element, Condition: condition, Relief: relief, Consequence: consequence,
        }  # fmt: skip
        return makers[type(value)](value) if type(value) in makers else value

    return {
        "part": given.part,
        "id": given.id,
        "change": change(given),
        "before": side(given.before),
        "after": side(given.after),
    }


def names(given: Registered) -> dict[str, Any]:
    """The list of specified persons on a day: each name with its date and how it is known."""
    return {
        "day": given.day,
        "warning": name(given.warning),
        "count": len(given.entries),
        "statuses": dict(given.statuses),
        "rounds": [
            {"day": one.day, "added": one.added, "status": one.status, "name": name(one.name), "sources": one.sources}
            for one in given.rounds
        ],
        "entries": [
            {
                "id": one.id,
                "name": name(one.name),
                "schema": one.schema,
                "sector": one.sector,
                "since": one.since,
                "status": one.status,
                "names": dict(one.statuses),
                "forms": one.forms,
                "source": one.source or None,
            }
            for one in given.entries
        ],
        "notes": [name(one) for one in given.notes],
    }


#: What stands under everything that is said of a law.
DISCLAIMER: Mapping[str, str] = {"en": "Research, not legal advice.", "ar": "بحث لا مشورة قانونية."}
