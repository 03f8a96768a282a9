"""What the days make of facts: a relief that must be renewed runs out, and a review by Congress comes to its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from marsad.assess.rules import elements, reached
from marsad.knowledge.instruments import REVIEW, law
from marsad.types.actors import Name
from marsad.types.law import Condition, ElementKind, Fact, Truth, Version

#: Who sets a fact that is counted from the day of another.
CALENDAR = "calendar"
#: Elements of the instrument on the review, which may stand among the facts about any other, and their days: the report
#: to Congress, both Houses' disapproval, the veto of it; what ends a review before its time.
_REPORT, _DISAPPROVED, _VETOED = "report_submitted", "disapproval_passed", "vetoed"
_APPROVED, _BARRED = "approval_enacted", "disapproval_enacted"
#: The elements that the calendar decides: that of the other instruments, and those of the review itself.
_PASSED, _OVER, _DISAPPROVAL_OVER, _VETO_OVER = (
    "review_passed", "review_over", "disapproval_wait_over", "veto_wait_over"
)  # fmt: skip
#: The ids of the facts that bear on a review.
REVIEWS = frozenset({_REPORT, _DISAPPROVED, _VETOED, _APPROVED, _BARRED})


def lasting(version: Version) -> dict[str, int]:
    """For how many days an official act holds that only reliefs with ``days`` rest on: an act's id and its days.

    An act that a rule names itself, or a relief without days, holds until it is ended.
    """
    days: dict[str, int] = {}
    ever = {name for condition in version.rules.values() for name in _leaves(condition)}
    for key, relief in version.reliefs.items():
        for name in elements(version, reached(version, key), key):
            if version.elements[name].kind is not ElementKind.OFFICIAL_ACT:
                continue
            if relief.days is None:
                ever.add(name)
            else:
                days[name] = max(relief.days, days.get(name, 0))
    return {name: count for name, count in days.items() if name not in ever}


def counted(version: Version, facts: Mapping[str, Fact], as_of: date) -> dict[str, Fact]:
    """The facts of a day with what the calendar says of it; ``facts`` are those that count on ``as_of``.

    - An official act that holds for some days (:func:`lasting`), from ``since`` on, that day the first, is false when
      they are over: it has lapsed, and may be renewed.
    - Where a report to Congress is known with its day (``report_submitted`` of the instrument on the review), what is
      not decided otherwise of the end of the review is counted: false while it runs, true when it is over. An enacted
      disapproval makes it false for good, an enacted approval true at once.
    """
    made = dict(facts)
    for name, days in lasting(version).items():
        fact = facts.get(name)
        if fact is None or fact.since is None or fact.truth not in (Truth.TRUE, Truth.CONTESTED):
            continue
        end = fact.since + timedelta(days=days)
        if as_of >= end:
            made[name] = replace(fact, truth=Truth.FALSE, by=CALENDAR, since=end, until=None, note=_lapsed(end))
    for fact in _reviewed(facts, as_of):
        known = made.get(fact.element)
        if known is None or known.truth is Truth.UNKNOWN:
            made[fact.element] = fact
    return made


def deadline(facts: Mapping[str, Fact], as_of: date) -> date | None:
    """The last day of a review by Congress that runs on ``as_of``; None where none is known to run."""
    report = _day(facts, _REPORT)
    if report is None or _true(facts, _APPROVED) or _true(facts, _BARRED):
        return None
    last = _last(facts, report)
    return last if report <= as_of <= last else None


def _last(facts: Mapping[str, Fact], report: date) -> date:
    calendar = law(REVIEW).calendar
    assert calendar is not None  # the instrument on the review is the one that has it
    return calendar.review(report, disapproved=_day(facts, _DISAPPROVED), vetoed=_day(facts, _VETOED))


def _reviewed(facts: Mapping[str, Fact], as_of: date) -> Iterator[Fact]:
    """What the calendar says of a review whose report is known."""
    report = _day(facts, _REPORT)
    calendar = law(REVIEW).calendar if report else None
    if report is None or calendar is None:
        return
    base = facts[_REPORT]
    ends = {_OVER: calendar.review(report)}
    if disapproved := _day(facts, _DISAPPROVED):
        ends[_DISAPPROVAL_OVER] = disapproved + timedelta(days=calendar.after_disapproval)
    if vetoed := _day(facts, _VETOED):
        ends[_VETO_OVER] = vetoed + timedelta(days=calendar.after_veto)
    passed = as_of > max(ends.values()) or _true(facts, _APPROVED)
    truths = {key: as_of > end for key, end in ends.items()} | {_PASSED: passed and not _true(facts, _BARRED)}
    for key, holds in truths.items():
        yield replace(
            base,
            element=key,
            truth=Truth.TRUE if holds else Truth.FALSE,
            by=CALENDAR,
            note=_review_note(report, ends.get(key, max(ends.values()))),
        )


def _true(facts: Mapping[str, Fact], key: str) -> bool:
    return key in facts and facts[key].truth is Truth.TRUE


def _day(facts: Mapping[str, Fact], key: str) -> date | None:
    return facts[key].since if _true(facts, key) else None


def _leaves(condition: Condition) -> Iterator[str]:
    if condition.op == "leaf":
        yield str(condition.id)
    for part in condition.parts:
        yield from _leaves(part)


def _lapsed(end: date) -> Name:
    return Name(ar=f"انقضت مدته ولم يُعرف تجديده قبل {end.isoformat()}", en=f"lapsed; no renewal before {end} is known")


def _review_note(report: date, end: date) -> Name:
    return Name(
        ar=f"محسوب من التقرير المرفوع في {report.isoformat()}: آخر يوم {end.isoformat()}",
        en=f"counted from the report of {report}: the last day is {end}",
    )
