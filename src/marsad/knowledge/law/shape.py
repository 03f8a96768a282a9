"""What may stand where in a file of law: small checks that are put together to the shape of a whole file.

A check takes a value, the way to it and a :class:`Report`, and tells the report what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from marsad.knowledge.law.source import Document, Problem, Way

#: Quotations of the law have no more words than this.
MOST_QUOTED = 25

_ARABIC = re.compile("[\u0621-\u064a]")
_LATIN = re.compile("[A-Za-z]")
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(slots=True)
class Report:
    """The problems of a document; ``terms`` are the words that it may use, by their group."""

    document: Document
    terms: Mapping[str, Collection[str]]
    problems: list[Problem] = field(default_factory=list)

    def __call__(self, way: Way, message: str) -> None:
        """Note a problem."""
        self.problems.append(self.document.problem(way, message))


Check = Callable[[Any, Way, Report], None]


def text(value: Any, way: Way, report: Report) -> None:
    """Some words; a number stands for its digits."""
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        report(way, "give some words")


def quotation(value: Any, way: Way, report: Report) -> None:
    """Words of the law, few of them."""
    text(value, way, report)
    if isinstance(value, str) and (words := len(value.split())) > MOST_QUOTED:
        report(way, f"{words} words are quoted, at most {MOST_QUOTED} may be: shorten it, or say it in your own words")


def name(value: Any, way: Way, report: Report) -> None:
    """A name, a question or a note in both languages."""
    record({"en": text, "ar": text})(value, way, report)
    if isinstance(value, dict):
        if isinstance(given := value.get("ar"), str) and not _ARABIC.search(given):
            report((*way, "ar"), "holds no Arabic: write the Arabic name")
        if isinstance(given := value.get("en"), str) and (_ARABIC.search(given) or not _LATIN.search(given)):
            report((*way, "en"), "is no English: write the English name")


def day(value: Any, way: Way, report: Report) -> None:
    """A calendar day."""
    if isinstance(value, datetime) or not isinstance(value, date):
        report(way, "give a day, like 2018-08-13")


def day_of_year(value: Any, way: Way, report: Report) -> None:
    """A day of any year, as month and day."""
    try:
        if not (isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value, re.ASCII)):
            raise ValueError
        date.fromisoformat(f"2000-{value}")
    except ValueError:
        report(way, 'give a month and a day in quotation marks, like "07-10"')


def flag(value: Any, way: Way, report: Report) -> None:
    """Yes or no."""
    if not isinstance(value, bool):
        report(way, "give true or false")


def whole(least: int) -> Check:
    """A whole number of at least ``least``."""

    def check(value: Any, way: Way, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            report(way, f"give a whole number of at least {least}")

    return check


def nullable(inner: Check) -> Check:
    """Nothing (null), or what ``inner`` says."""

    def check(value: Any, way: Way, report: Report) -> None:
        if value is not None:
            inner(value, way, report)

    return check


def term(group: str) -> Check:
    """A word that terms.yaml defines in ``group``."""

    def check(value: Any, way: Way, report: Report) -> None:
        known = report.terms.get(group, ())
        if not isinstance(value, str) or value not in known:
            report(way, f"{value!r} is no term of {group}: give one of {', '.join(known)}, or define it in terms.yaml")

    return check


def listing(inner: Check, least: int = 1) -> Check:
    """A list of at least ``least`` values, each as ``inner`` says."""

    def check(value: Any, way: Way, report: Report) -> None:
        if not isinstance(value, list) or len(value) < least:
            report(way, f"give a list of at least {least}" if least else "give a list")
            return
        for place, item in enumerate(value):
            inner(item, (*way, place), report)

    return check


def table(inner: Check, ids: re.Pattern[str] | None = _ID) -> Check:
    """Values by their id, each as ``inner`` says."""

    def check(value: Any, way: Way, report: Report) -> None:
        if not isinstance(value, dict):
            report(way, "give ids, each with what belongs to it")
            return
        for key, item in value.items():
            if ids and not ids.fullmatch(key):
                report((*way, key), "write an id in small letters, like initial_waiver")
            inner(item, (*way, key), report)

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """A mapping with these keys and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, way: Way, report: Report) -> None:
        if not isinstance(value, dict):
            report(way, f"give the keys {', '.join(required or known)}")
            return
        for key in required:
            if key not in value:
                report((*way, key), f"{key} is missing")
        for key, item in value.items():
            if key in known:
                known[key](item, (*way, key), report)
            else:
                report((*way, key), f"the key is not known: use {', '.join(known)}")

    return check


def either(when: str, then: Check, otherwise: Check) -> Check:
    """``then`` for a mapping that has the key ``when``, else ``otherwise``."""

    def check(value: Any, way: Way, report: Report) -> None:
        (then if isinstance(value, dict) and when in value else otherwise)(value, way, report)

    return check


def citation(value: Any, way: Way, report: Report) -> None:
    """Where something stands, and how that was checked."""
    optional = {"usc": text, "public_law": text, "section": text, "quote": quotation, "sources": listing(text, 0)}
    record({"verified": term("verified")}, optional)(value, way, report)
    if isinstance(value, dict) and not value.keys() & {"usc", "public_law", "section"}:
        report(way, "says nowhere: give usc, public_law or section")


def condition(value: Any, way: Way, report: Report) -> None:
    """A condition: an id, ``never``, or a mapping with all, any, at_least with of, or not; and unless."""
    if isinstance(value, str) and value:
        return
    if not isinstance(value, dict):
        report(way, "give an id, never, or one of all, any, at_least, not")
        return
    operators = [key for key in ("all", "any", "at_least", "not") if key in value]
    if len(operators) != 1:
        report(way, "give exactly one of all, any, at_least, not")
        return
    (operator,) = operators
    known = {operator, "unless"} | ({"of"} if operator == "at_least" else set())
    for key in value.keys() - known:
        report((*way, key), f"the key is not known beside {operator}")
    if operator == "not":
        condition(value["not"], (*way, "not"), report)
    else:
        key = "of" if operator == "at_least" else operator
        if operator == "at_least":
            whole(1)(value["at_least"], (*way, "at_least"), report)
        if not isinstance(value.get(key), list) or not value[key]:
            report((*way, key), "give a list of conditions")
        else:
            for place, part in enumerate(value[key]):
                condition(part, (*way, key, place), report)
            if operator == "at_least" and isinstance(value["at_least"], int) and value["at_least"] > len(value[key]):
                report((*way, "at_least"), f"{value['at_least']} of {len(value[key])} can never hold")
    if "unless" in value:
        _exceptions(value["unless"], (*way, "unless"), report)


def _exceptions(value: Any, way: Way, report: Report) -> None:
    if not isinstance(value, list) or not value:
        report(way, "give a list of labels, each the name of a relief or a rule")
        return
    for place, label in enumerate(value):
        if not isinstance(label, str):
            report((*way, place), "an exception needs a label: make it a relief or a rule, and give its name here")


_SPAN: Mapping[str, Check] = {"since": day, "until": day}
_SAME = record({"same_as": text}, {"cite": citation, **_SPAN})
_ELEMENT = record(
    {"kind": term("kinds"), "name": name, "ask": name, "cite": citation},
    {
        "can_become_true": flag, "factors": listing(term("factors")), "list": term("lists"),
        "by": listing(term("officials")), "on_or_after": day, **_SPAN,
    },
)  # fmt: skip
_RELIEF = record(
    {"kind": term("reliefs"), "name": name, "when": condition, "cite": citation},
    {"days": whole(1), "notes": name, **_SPAN},
)
_VERSION = record(
    {"valid_from": day, "valid_to": nullable(day), "known_from": day, "note": name, "cite": citation},
)
_MEASURE = record(
    {"id": text, "name": name, "cite": citation},
    {"only": term("subjects"), "parts": listing(record({"id": text, "name": name}), 2)},
)


def _rule(value: Any, way: Way, report: Report) -> None:
    """A condition, or a list of conditions that held one after the other."""
    if isinstance(value, list):
        listing(record({"when": condition}, _SPAN))(value, way, report)
    else:
        condition(value, way, report)


def _consequence(value: Any, way: Way, report: Report) -> None:
    required: Mapping[str, Check] = {"modal": term("modals"), "least": whole(0), "cite": citation}
    record(required, {"menu": text, "measures": listing(name)})(value, way, report)
    if isinstance(value, dict) and ("menu" in value) == ("measures" in value):
        report(way, "give a menu, or measures")


#: The shape of a file of law.
instrument: Check = record(
    {
        "id": text, "name": name, "sanctioner": text, "subject": term("subjects"), "cite": citation,
        "sources": table(text), "versions": listing(_VERSION), "standard": term("standards"),
        "elements": table(either("same_as", _SAME, _ELEMENT)), "rules": table(_rule),
        "reliefs": table(either("same_as", _SAME, _RELIEF)),
    },
    {
        "counterpart": text, "consequence": _consequence, "notes": listing(name), "measures": listing(_MEASURE),
        "calendar": record({
            "days": whole(1), "long": record({"days": whole(1), "first": day_of_year, "last": day_of_year}),
            "after_disapproval": whole(1), "after_veto": whole(1), "cite": citation,
        }),
    },
)  # fmt: skip
