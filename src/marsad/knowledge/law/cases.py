"""The cases beside a file of law: facts on a day, and what must come of them.

A case of ``231.tests.yaml``::

    - id: delivery                      # what it is called
      name: {en: …, ar: …}              # in one line
      on: 2018-10-01                    # the day; known: the day on which it is asked, where that is another
      rest: "false"                     # what every element has that is not given: "false" or unknown
      facts:
        is_person: true                 # true, false, unknown or contested, …
        listed: {value: true, since: 2017-10-27, until: 2018-12-31, known: 2017-10-27}   # … from when to when
        dated: {happened: 2018-01-15}   # true if that is on or after the day that the element sets
      expect:
        version: 2018-08-13             # the version in force, by its first day; null: none
        rules: {exposure: true}
        reliefs: [delay]                # those that hold, and no others
        label: elements partly present   # null: it is not said
      but:                              # the same with one thing changed, and what that changes
        - {id: no-person, facts: {is_person: false}, expect: {rules: {exposure: false}}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from marsad.knowledge.law import shape
from marsad.knowledge.law.build import Law
from marsad.knowledge.law.shape import Check, Report, listing, record, table
from marsad.knowledge.law.source import Document, Problem, Way
from marsad.knowledge.law.terms import named
from marsad.types import Name
from marsad.types.law import Claim, Fact, Label, Truth, Version

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Facts about one entity on a day, and what must come of them.

    ``facts`` holds what is given of elements, ``rest`` the value of every other. ``version`` is the first day of the
    version in force, None where there is none. ``reliefs`` and ``label`` are None where the case does not say.
    ``base`` is the case that this one changes, in the elements ``changed`` or in its day.
    """

    instrument: str
    id: str
    name: Name
    on: date
    known_on: date
    facts: Mapping[str, Fact]
    rest: Truth
    version: date | None
    rules: Mapping[str, Truth]
    reliefs: frozenset[str] | None = None
    label: Label | None = None
    base: str | None = None
    changed: frozenset[str] = frozenset()
    line: int = 0

    def held(self, version: Version) -> dict[str, Fact]:
        """The facts that hold on the day, as far as was known; the other elements of the version have ``rest``."""
        held: dict[str, Fact] = {}
        for key in version.elements:
            fact = self.facts.get(key)
            if (
                fact is None
                or (fact.since and self.on < fact.since)
                or (fact.until and fact.until < self.on)
                or (fact.known and self.known_on < fact.known)
            ):
                fact = Fact(element=key, entity=_ENTITY, truth=self.rest, by="curated")
            held[key] = fact
        return held


_ENTITY = "IRQ.?"


def _value(value: Any, way: Way, report: Report) -> None:
    if not isinstance(value, bool) and value not in ("unknown", "contested", "true", "false"):
        report(way, f"{value!r} is no value: give true, false, unknown or contested")


def _rest(value: Any, way: Way, report: Report) -> None:
    if value is not False and value not in ("unknown", "false"):
        report(way, "give unknown or false")


def _label(value: Any, way: Way, report: Report) -> None:
    if value not in tuple(Label):
        report(way, f"{value!r} is no label: give one of {' · '.join(Label)}")


def _fact(value: Any, way: Way, report: Report) -> None:
    if not isinstance(value, dict):
        _value(value, way, report)
    elif "happened" in value:
        record({"happened": shape.day})(value, way, report)
    else:
        record({"value": _value}, {"since": shape.day, "until": shape.day, "known": shape.day})(value, way, report)


_EXPECT: Mapping[str, Check] = {
    "version": shape.nullable(shape.day), "rules": table(_value), "reliefs": listing(shape.text, 0),
    "label": shape.nullable(_label),
}  # fmt: skip
_DAYS: Mapping[str, Check] = {"on": shape.day, "known": shape.day, "rest": _rest, "facts": table(_fact)}
_BUT = record({"id": shape.text, "expect": record({}, _EXPECT)}, {"name": shape.name, **_DAYS})
_CASE = record(
    {"id": shape.text, "name": shape.name, "on": shape.day, "expect": record({}, _EXPECT)},
    {**_DAYS, "but": listing(_BUT)},
)
#: The shape of a file of cases.
SHAPE: Check = record({"instrument": shape.text, "cases": listing(_CASE)})


def _truth(value: Any) -> Truth:
    return Truth(str(value).lower())


def cases(data: Mapping[str, Any], law: Law, document: Document) -> Iterator[Case]:
    """The cases of a file without problems, each ``but`` after the case that it changes."""
    for place, given in enumerate(data["cases"]):
        way: Way = ("cases", place)
        yield _case(given, law, document.lines.get(way, 1))
        for number, but in enumerate(given.get("but", ())):
            expect = {**given["expect"], **but["expect"]}
            rules = {**given["expect"].get("rules", {}), **but["expect"].get("rules", {})}
            facts = {**given.get("facts", {}), **but.get("facts", {})}
            whole = {**given, **but, "id": f"{given['id']}/{but['id']}", "facts": facts}
            # Of another day, what the case knew of its version no longer holds.
            whole["expect"] = {**expect, "rules": rules if expect.get("version", "") is not None else {}}
            line = document.lines.get((*way, "but", number), 1)
            yield _case(whole, law, line, base=given["id"], changed=frozenset(but.get("facts", ())))


def _case(
    given: Mapping[str, Any], law: Law, line: int, base: str | None = None, changed: frozenset[str] = frozenset()
) -> Case:
    expect, on = given["expect"], given["on"]
    default = law.instrument.at(on, given.get("known", on))
    return Case(
        instrument=law.instrument.id,
        id=str(given["id"]),
        name=named(given["name"]),
        on=on,
        known_on=given.get("known", on),
        facts={key: _given(key, value, law, on) for key, value in given.get("facts", {}).items()},
        rest=_truth(given.get("rest", "unknown")),
        version=expect.get("version", default.valid_from if default else None),
        rules={key: _truth(value) for key, value in expect.get("rules", {}).items()},
        reliefs=frozenset(map(str, expect["reliefs"])) if "reliefs" in expect else None,
        label=Label(expect["label"]) if expect.get("label") else None,
        base=base,
        changed=changed,
        line=line,
    )


def _given(key: str, value: Any, law: Law, on: date) -> Fact:
    since = until = known = None
    if not isinstance(value, dict):
        truth = _truth(value)
    elif "happened" in value:
        since = value["happened"]
        truth = Truth.TRUE if law.on_or_after.get(key, since) <= since <= on else Truth.FALSE
        since = since if truth is Truth.TRUE else None
    else:
        truth, since, until, known = _truth(value["value"]), value.get("since"), value.get("until"), value.get("known")
    claims = {Truth.TRUE: (True,), Truth.FALSE: (False,), Truth.CONTESTED: (True, False), Truth.UNKNOWN: ()}[truth]
    return Fact(
        element=key,
        entity=_ENTITY,
        truth=truth,
        by="curated",
        since=since,
        until=until,
        known=known,
        claims=tuple(Claim(holds=holds, evidence=("case",), official=True) for holds in claims),
    )


# ---------------------------------------------------------------- what is wrong with them


def problems(document: Document, law: Law) -> tuple[Problem, ...]:
    """What is wrong with a file of cases: its shape, names that the law lacks, and what no case tries."""
    if document.faults:
        return document.faults
    report = Report(document, {})
    SHAPE(document.data, (), report)
    if report.problems:
        return tuple(report.problems)
    if document.data["instrument"] != law.instrument.id:
        report(("instrument",), f"the file stands beside {law.instrument.id}")
    made = list(cases(document.data, law, document))
    for case in made:
        _names(case, law, report)
    if not report.problems:
        _tried(made, law, report)
    return tuple(report.problems)


def _names(case: Case, law: Law, report: Report) -> None:
    """Everything that a case names is in the version of its day."""
    version = law.instrument.at(case.on, case.known_on)

    def told(message: str) -> None:
        report.problems.append(Problem(report.document.file, case.line, f"cases.{case.id}", message))

    if (version.valid_from if version else None) != case.version:
        told(f"on {case.on} the version is that from {version.valid_from if version else 'no day'}")
        return
    if version is None:
        if case.rules or case.reliefs:
            told(f"no version is in force on {case.on}: expect version: null and nothing else")
        return
    known = {key for one in law.instrument.versions for key in one.elements}
    for group, names, has in (
        ("element", case.facts.keys(), known),
        ("rule", case.rules.keys(), version.rules),
        ("relief", case.reliefs or (), version.reliefs),
    ):
        for name in sorted(names - has.keys() if isinstance(has, Mapping) else set(names) - has):
            told(f"{name!r} is no {group} of this law on {case.on}")
    for key, given in case.facts.items():
        if given.since and given.until and given.until < given.since:
            told(f"{key} ends before it begins")


def _tried(made: Sequence[Case], law: Law, report: Report) -> None:
    """Each element is true in one case and false in another; each first day is tried, and the day before it."""
    values: dict[str, set[Truth]] = {}
    for case in made:
        version = law.instrument.at(case.on, case.known_on)
        for key, fact in case.held(version).items() if version else ():
            values.setdefault(key, set()).add(fact.truth)
    elements = dict.fromkeys(key for one in law.instrument.versions for key in one.elements)
    for key in elements:
        for truth in (Truth.TRUE, Truth.FALSE):
            if truth not in values.get(key, ()):
                report(("cases",), f"no case has {key} {truth.value}")
    tried = {case.on for case in made}
    for one in law.instrument.versions:
        for day in (one.valid_from - _DAY, one.valid_from):
            if day not in tried:
                report(("cases",), f"no case is on {day}, where a version begins on {one.valid_from}")
    happened = _happened(report.document.data)
    for key, first in law.on_or_after.items():
        for day in (first - _DAY, first):
            if (key, day) not in happened:
                report(("cases",), f"no case has {key} happen on {day}")


def _happened(data: Mapping[str, Any]) -> set[tuple[str, date]]:
    return {
        (key, fact["happened"])
        for case in data["cases"]
        for one in (case, *case.get("but", ()))
        for key, fact in one.get("facts", {}).items()
        if isinstance(fact, dict) and "happened" in fact
    }
