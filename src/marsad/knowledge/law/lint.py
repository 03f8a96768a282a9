"""What the shape of a file of law cannot say: that its days meet, its names lead somewhere, its sources are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from marsad.knowledge.law import shape
from marsad.knowledge.law.build import NEVER, Other, conditions, within
from marsad.knowledge.law.shape import Report
from marsad.knowledge.law.source import Document, Problem, Way
from marsad.knowledge.law.terms import Term

#: What every instrument that binds somebody has, by these names.
RULES = ("act", "counterparty", "exposure", "duty", "sanctioned")
ACTS = ("determined", "imposed")
#: What an element of a kind must have, and no element of another may.
_OWN = {"open_texture": "factors", "status": "list", "official_act": "by"}
_DAY = timedelta(days=1)
#: Subjects of files that no person can fall under: they need none of those.
_OTHERS = ("menu", "president")


def problems(
    document: Document, given_id: str, terms: Mapping[str, Mapping[str, Term]], other: Other
) -> tuple[Problem, ...]:
    """What is wrong with a file of law whose path says that it is ``given_id``, in the order of its lines."""
    report = Report(document, _ids(terms), [*shaped(document, terms)])
    if not report.problems:
        _Sense(document.data, given_id, other, report).check()
    return tuple(sorted(report.problems, key=lambda one: (one.line, one.key)))


def shaped(document: Document, terms: Mapping[str, Mapping[str, Term]]) -> tuple[Problem, ...]:
    """What is wrong with the YAML of a file of law, or else with its shape."""
    if document.faults:
        return document.faults
    report = Report(document, _ids(terms))
    shape.instrument(document.data, (), report)
    return tuple(report.problems)


def _ids(terms: Mapping[str, Mapping[str, Term]]) -> dict[str, tuple[str, ...]]:
    return {group: tuple(items) for group, items in terms.items()}


class _Sense:
    """The checks of one file, whose shape is right."""

    def __init__(self, data: Mapping[str, Any], given_id: str, other: Other, report: Report) -> None:
        self.data, self.id, self.other, self.report = data, given_id, other, report
        self._used: set[str] = set()

    def check(self) -> None:
        if self.data["id"] != self.id:
            self.report(("id",), f"the file stands where {self.id} is expected: mend the id, or move the file")
        self._versions()
        self._spans()
        self._citations(self.data, ())
        self._same()
        if self.report.problems:
            return
        self._elements()
        self._names()
        for place, version in enumerate(self.data["versions"]):
            self._used |= _Version(self, version, place).check()
        self._idle()
        self._consequence()

    # ------------------------------------------------------------ days

    def _versions(self) -> None:
        versions = self.data["versions"]
        for place, one in enumerate(versions):
            way: Way = ("versions", place)
            if one["valid_to"] is not None and one["valid_to"] < one["valid_from"]:
                self.report((*way, "valid_to"), f"ends on {one['valid_to']}, before it begins")
            if place == 0:
                continue
            before = versions[place - 1]["valid_to"]
            if before is None or one["valid_from"] <= before:
                self.report((*way, "valid_from"), "overlaps the version before it: end that one a day earlier")
            elif one["valid_from"] > before + _DAY:
                self.report((*way, "valid_from"), f"leaves a gap after {before}: begin on {before + _DAY}")

    def _spans(self) -> None:
        begins = {one["valid_from"] for one in self.data["versions"]}
        ends = {one["valid_to"] for one in self.data["versions"]}
        for way, item in _spanned(self.data):
            since, until = item.get("since"), item.get("until")
            if since is not None and since not in begins:
                self.report((*way, "since"), f"no version begins on {since}")
            if until is not None and until not in ends:
                self.report((*way, "until"), f"no version ends on {until}")
            if since is not None and until is not None and until < since:
                self.report((*way, "until"), f"ends on {until}, before it begins")
        for key, rule in self.data["rules"].items():
            for one in self.data["versions"] if isinstance(rule, list) else ():
                found = sum(within(item, one) for item in rule)
                if found != 1:
                    what = "has no condition" if not found else f"has {found} conditions"
                    self.report(("rules", key), f"{what} for the version from {one['valid_from']}")

    # ------------------------------------------------------------ citations

    def _citations(self, value: Any, way: Way) -> None:
        """Every source that a citation names is defined."""
        if isinstance(value, list):
            for place, item in enumerate(value):
                self._citations(item, (*way, place))
        elif isinstance(value, dict):
            for key, item in value.items():
                if key == "cite":
                    self._sources(item, (*way, key))
                elif way or key != "sources":
                    self._citations(item, (*way, key))

    def _sources(self, cite: Mapping[str, Any], way: Way) -> None:
        for place, key in enumerate(cite.get("sources", ())):
            if key not in self.data["sources"]:
                known = ", ".join(self.data["sources"])
                self.report((*way, "sources", place), f"{key!r} is no source of this file: give one of {known}")
        if not cite.get("sources") and cite["verified"] != "memory":
            self.report(way, "names no source: give sources, or say verified: memory")

    # ------------------------------------------------------------ elements

    def _same(self) -> None:
        for part in ("elements", "reliefs"):
            for key, item in self.data[part].items():
                if "same_as" not in item:
                    continue
                there = self.other(item["same_as"])
                way = (part, key, "same_as")
                if there is None or item["same_as"] == self.data["id"]:
                    self.report(way, f"there is no other instrument {item['same_as']!r}")
                elif key not in there.get(part, {}):
                    self.report(way, f"{item['same_as']} has no {key} among its {part}")
                elif "same_as" in there[part][key]:
                    self.report(way, f"{item['same_as']} takes it from {there[part][key]['same_as']}: name that")

    def element(self, part: str, key: str) -> Mapping[str, Any]:
        """An element or a relief, from the file that has it."""
        item: Mapping[str, Any] = self.data[part][key]
        if "same_as" not in item:
            return item
        there = self.other(item["same_as"])
        assert there is not None  # else _same has told
        return {**there[part][key], **item}

    def _elements(self) -> None:
        for key, item in self.data["elements"].items():
            for kind, own in _OWN.items():
                if "same_as" in item or (item["kind"] == kind) == (own in item):
                    continue
                told = f"an element of kind {kind} needs {own}" if item["kind"] == kind else f"{own} is for {kind}"
                self.report(("elements", key, own), told)

    def _names(self) -> None:
        """No name is used for two things, and what everybody relies on is there."""
        count = Counter(key for part in ("elements", "rules", "reliefs") for key in self.data[part])
        for part in ("rules", "reliefs"):
            for key in self.data[part]:
                if count[key] > 1:
                    self.report((part, key), "the name is given to something else in this file too")
        for part in ("elements", "rules", "reliefs"):
            if NEVER in self.data[part]:
                self.report((part, NEVER), f"{NEVER} is a word of its own: take another name")
        for key in self.data["rules"].keys() - set(self.report.terms["rules"]):
            self.report(("rules", key), "is no term of rules: say in terms.yaml what it is called")
        if self.data["subject"] in _OTHERS:
            return
        for part, wanted in (("rules", RULES), ("elements", ACTS)):
            for key in wanted:
                if key not in self.data[part]:
                    self.report((part,), f"there is no {key}, which every instrument has")

    def _idle(self) -> None:
        """Every element is asked for in some version, and every relief relieves of something."""
        for key in self.data["elements"].keys() - self._used:
            self.report(("elements", key), "no rule and no relief asks for it")
        if self.data["subject"] not in _OTHERS:
            for key in self.data["reliefs"].keys() - self._used:
                self.report(("reliefs", key), "no rule names it under unless")

    # ------------------------------------------------------------ consequence

    def _consequence(self) -> None:
        given = self.data.get("consequence")
        if given is None:
            if self.data["subject"] not in _OTHERS:
                self.report(("consequence",), "is missing: say what follows")
            return
        menu = self.other(given["menu"]) if "menu" in given else None
        if "menu" in given and (menu is None or "measures" not in menu):
            self.report(("consequence", "menu"), f"there is no menu {given['menu']!r}")
            return
        measures = menu["measures"] if menu else given["measures"]
        most = sum(len(one["parts"]) if "parts" in one else 1 for one in measures)
        if given["least"] > most:
            self.report(("consequence", "least"), f"asks for {given['least']} measures of {most}")


class _Version:
    """The checks of one version: every name leads somewhere, and nothing leads back to itself."""

    def __init__(self, sense: _Sense, version: Mapping[str, Any], place: int) -> None:
        self.sense, self.version, self.report, data = sense, version, sense.report, sense.data
        self.elements = {key for key, item in data["elements"].items() if within(item, version)}
        self.reliefs = {key for key, item in data["reliefs"].items() if within(item, version)}
        self.rules = {
            key: (("rules", key, *way), one)
            for key, rule in data["rules"].items()
            for way, one in conditions(rule, version)
        }
        self.when = f" (version from {version['valid_from']})" if place else ""

    def check(self) -> set[str]:
        """Check the version; the names that its rules and reliefs ask for."""
        leads: dict[str, set[str]] = {}
        for key, (way, given) in self.rules.items():
            leads[key] = self._names(given, way, may_name_rules=True)
        for key in sorted(self.reliefs):
            given = self.sense.element("reliefs", key)["when"]
            leads[key] = self._names(given, ("reliefs", key, "when"), may_name_rules=False)
        self._circles(leads)
        return set().union(*leads.values())

    def _names(self, given: Any, way: Way, *, may_name_rules: bool) -> set[str]:
        """The names in a condition; those that lead nowhere are told."""
        found: set[str] = set()
        for label, exception, at in _leaves(given, way):
            found.add(label)
            known = label in self.elements or (may_name_rules and label in self.rules)
            if exception:
                known = label in self.reliefs or label in self.rules
            if not known and label != NEVER:
                what = "relief or rule" if exception else "element or rule" if may_name_rules else "element"
                self.report(at, f"{label!r} is no {what} of this file{self.when}")
        return found

    def _circles(self, leads: Mapping[str, set[str]]) -> None:
        free = {key: names & leads.keys() for key, names in leads.items()}
        while ready := [key for key, names in free.items() if not names & free.keys()]:
            for key in ready:
                del free[key]
        for key in sorted(free):
            self.report(("rules" if key in self.rules else "reliefs", key), f"leads back to itself{self.when}")


def _leaves(given: Any, way: Way) -> Iterator[tuple[str, bool, Way]]:
    """The names in a condition, whether each is an exception, and the way to it."""
    if isinstance(given, str):
        yield given, False, way
        return
    for key, value in given.items():
        if key == "unless":
            yield from ((label, True, (*way, key, place)) for place, label in enumerate(value))
        elif key == "not":
            yield from _leaves(value, (*way, key))
        elif isinstance(value, list):
            for place, part in enumerate(value):
                yield from _leaves(part, (*way, key, place))


def _spanned(data: Mapping[str, Any]) -> Iterator[tuple[Way, Mapping[str, Any]]]:
    """Everything that may have since and until."""
    for part in ("elements", "reliefs"):
        for key, item in data[part].items():
            yield (part, key), item
    for key, rule in data["rules"].items():
        for place, item in enumerate(rule if isinstance(rule, list) else ()):
            yield ("rules", key, place), item
