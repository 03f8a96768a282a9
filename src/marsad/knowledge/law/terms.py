"""The words that files of law may use, from ``terms.yaml``: kinds, standards, officials, factors, lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from marsad.knowledge.law import shape
from marsad.knowledge.law.shape import Check, Report, listing, record, table
from marsad.knowledge.law.source import Document, Problem
from marsad.types import Name
from marsad.types.law import Citation, Verified

#: The groups of terms, and what may stand in a term of each beside its name.
GROUPS = ("subjects", "kinds", "verified", "modals", "standards", "reliefs", "officials", "factors", "rules", "lists")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """So many names ``added`` to a list on a day; ``status`` says how that is known."""

    day: date
    added: int
    status: str
    name: Name
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the files of law: what it is called, and what it means (empty where the name says it).

    A list has besides its ``warning`` (what being on it does not mean), where it stands (``cite``), ``notes``, the
    ``rounds`` in which it grew, or its ``members`` (ids of :mod:`marsad.knowledge.listed`) and ``since`` when.
    """

    id: str
    group: str
    name: Name
    means: Name = Name()  # noqa: RUF009 (frozen)
    warning: Name = Name()  # noqa: RUF009 (frozen)
    cite: Citation | None = None
    notes: tuple[Name, ...] = ()
    rounds: tuple[Round, ...] = ()
    members: tuple[str, ...] = ()
    since: date | None = None


def _status(value: Any, way: tuple[str | int, ...], report: Report) -> None:
    if value not in ("found", "inferred", "known"):
        report(way, f"{value!r} is not known: give one of found, inferred, known")


_TERM = record({"name": shape.name}, {"means": shape.name})
_LIST = record(
    {"name": shape.name, "means": shape.name},
    {
        "warning": shape.name, "cite": shape.citation, "notes": listing(shape.name), "since": shape.day,
        "members": listing(shape.text),
        "rounds": listing(record(
            {"day": shape.day, "added": shape.whole(1), "status": _status, "name": shape.name},
            {"sources": listing(shape.text)},
        )),
    },
)  # fmt: skip
#: The shape of ``terms.yaml``.
SHAPE: Check = record({}, {group: table(_LIST if group == "lists" else _TERM, None) for group in GROUPS})


def problems(document: Document) -> list[Problem]:
    """What is wrong with a file of terms."""
    if document.faults:
        return list(document.faults)
    data = document.data if isinstance(document.data, dict) else {}
    report = Report(document, {"verified": data.get("verified") or _VERIFIED})
    SHAPE(document.data, (), report)
    return report.problems


_VERIFIED = tuple(one.value for one in Verified)


def terms(documents: Iterable[Document]) -> Mapping[str, Mapping[str, Term]]:
    """The terms of some files without problems, by group and id; a later file stands over an earlier one."""
    made: dict[str, dict[str, Term]] = {group: {} for group in GROUPS}
    for document in documents:
        for group, items in (document.data or {}).items():
            made[group] |= {key: _term(key, group, item) for key, item in items.items()}
    return MappingProxyType({group: MappingProxyType(items) for group, items in made.items()})


def _term(key: str, group: str, item: Mapping[str, Any]) -> Term:
    return Term(
        id=key,
        group=group,
        name=named(item["name"]),
        means=named(item.get("means")),
        warning=named(item.get("warning")),
        cite=citation(item["cite"], {}) if "cite" in item else None,
        notes=tuple(map(named, item.get("notes", ()))),
        rounds=tuple(
            Round(
                day=one["day"],
                added=one["added"],
                status=one["status"],
                name=named(one["name"]),
                sources=tuple(one.get("sources", ())),
            )
            for one in item.get("rounds", ())
        ),
        members=tuple(item.get("members", ())),
        since=item.get("since"),
    )


def named(given: Mapping[str, Any] | None) -> Name:
    """A name of a file."""
    return Name(ar=str(given["ar"]), en=str(given["en"])) if given else Name()


def citation(given: Mapping[str, Any], sources: Mapping[str, Any]) -> Citation:
    """A citation of a file whose ``sources`` by key are these."""

    def words(key: str) -> str | None:
        return str(given[key]) if key in given else None

    return Citation(
        usc=words("usc"),
        public_law=words("public_law"),
        section=words("section"),
        quote=words("quote"),
        verified=Verified(given["verified"]),
        sources=tuple(str(sources.get(key, key)) for key in given.get("sources", ())),
    )
