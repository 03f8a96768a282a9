"""Reliefs that run out and reviews that end, to the day."""

from datetime import date, timedelta

import pytest
from laws import NAME, element, fact, leaf, node, version

from marsad.assess.calendar import counted, deadline, lasting
from marsad.knowledge.instruments import instrument
from marsad.types.law import Citation, ElementKind, Relief, Truth

DAY = date(2021, 3, 1)
LAW = instrument("us/caatsa/231").versions[-1]
OFFICIAL = ElementKind.OFFICIAL_ACT


def after(days: int, day: date = DAY) -> date:
    return day + timedelta(days=days)


def relief(key, condition, days=None):
    return Relief(id=key, name=NAME, kind="waiver", condition=condition, cite=Citation(section=key), days=days)


def test_which_acts_hold_for_some_days_only():
    assert lasting(LAW) == {"reduction_certified": 180}
    assert lasting(instrument("us/caatsa/107").versions[-1])["waiver_taken"] == 180
    made = version(
        {key: element(key, OFFICIAL) for key in "abcd"} | {"f": element("f")},
        {"top": node("all", "a", unless=("long", "short", "ever"))},
        {
            "long": relief("long", node("all", "a", "b", "f"), 90),
            "short": relief("short", node("all", "b", "c"), 30),
            "ever": relief("ever", leaf("c")),
        },
    )
    # a is named by a rule, c by a relief that holds until it is ended; f is no act of an official.
    assert lasting(made) == {"b": 90}


@pytest.mark.parametrize(
    ("days", "truth"), [(0, Truth.TRUE), (179, Truth.TRUE), (180, Truth.FALSE), (400, Truth.FALSE)]
)
def test_a_delay_lapses_after_its_days(days, truth):
    given = {"reduction_certified": fact("reduction_certified", True, since=DAY)}
    made = counted(LAW, given, after(days))["reduction_certified"]
    assert made.truth is truth
    if truth is Truth.FALSE:
        assert (made.by, made.since, made.until) == ("calendar", after(180), None)
        assert after(180).isoformat() in made.note.en and after(180).isoformat() in made.note.ar


def test_a_contested_certification_lapses_too_and_one_without_a_day_does_not():
    given = {"reduction_certified": fact("reduction_certified", Truth.CONTESTED, since=DAY)}
    assert counted(LAW, given, after(180))["reduction_certified"].truth is Truth.FALSE
    given = {"reduction_certified": fact("reduction_certified", True)}
    assert counted(LAW, given, after(9999)) == given
    given = {"reduction_certified": fact("reduction_certified", False, since=DAY)}
    assert counted(LAW, given, after(180)) == given


@pytest.mark.parametrize(
    ("report", "days"),
    [
        (date(2021, 3, 1), 30),
        (date(2021, 7, 9), 30),
        (date(2021, 7, 10), 60),
        (date(2021, 9, 7), 60),
        (date(2021, 9, 8), 30),
    ],
)
def test_the_review_runs_thirty_days_or_sixty(report, days):
    given = {"report_submitted": fact("report_submitted", True, since=report)}
    last = after(days - 1, report)
    assert deadline(given, after(-1, report)) is None
    assert deadline(given, report) == deadline(given, last) == last
    assert deadline(given, after(1, last)) is None
    for key in ("review_passed", "review_over"):
        assert counted(LAW, given, last)[key].truth is Truth.FALSE
        assert counted(LAW, given, after(1, last))[key].truth is Truth.TRUE
    passed = counted(LAW, given, after(1, last))["review_passed"]
    assert (passed.truth, passed.by) == (Truth.TRUE, "calendar")
    assert last.isoformat() in passed.note.en


def test_disapproval_and_veto_make_it_longer():
    given = {
        "report_submitted": fact("report_submitted", True, since=DAY),
        "disapproval_passed": fact("disapproval_passed", True, since=after(25)),
    }
    assert deadline(given, after(30)) == after(37)
    given["vetoed"] = fact("vetoed", True, since=after(36))
    assert deadline(given, after(38)) == after(46)
    made = counted(LAW, given, after(38))
    assert [made[key].truth for key in ("review_over", "disapproval_wait_over", "veto_wait_over", "review_passed")] == [
        Truth.TRUE, Truth.TRUE, Truth.FALSE, Truth.FALSE
    ]  # fmt: skip
    assert counted(LAW, given, after(47))["review_passed"].truth is Truth.TRUE


def test_what_congress_enacts_ends_the_review():
    given = {"report_submitted": fact("report_submitted", True, since=DAY)}
    approved = given | {"approval_enacted": fact("approval_enacted", True)}
    assert deadline(approved, after(5)) is None
    assert counted(LAW, approved, after(5))["review_passed"].truth is Truth.TRUE
    barred = given | {"disapproval_enacted": fact("disapproval_enacted", True)}
    assert deadline(barred, after(5)) is None
    assert counted(LAW, barred, after(500))["review_passed"].truth is Truth.FALSE


def test_without_a_report_or_its_day_nothing_is_counted():
    for given in (
        {},
        {"report_submitted": fact("report_submitted", True)},
        {"report_submitted": fact("report_submitted", Truth.CONTESTED, since=DAY)},
    ):
        assert counted(LAW, given, after(3)) == given
        assert deadline(given, after(3)) is None


def test_what_is_decided_otherwise_stands():
    given = {
        "report_submitted": fact("report_submitted", True, since=DAY),
        "review_passed": fact("review_passed", True),
    }
    assert counted(LAW, given, after(3))["review_passed"].by == "curated"
    given["review_passed"] = fact("review_passed", Truth.UNKNOWN)
    assert counted(LAW, given, after(3))["review_passed"].by == "calendar"
