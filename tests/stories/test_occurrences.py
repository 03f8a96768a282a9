"""One act in the world of its reports: which reports are of one act, and what independent sources make of it."""

from datetime import date, timedelta

import pytest
from briefs import DAY, mention, report
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.stories import independent, occurrences
from marsad.types import EventType, Kind, Outcome, Precision, Status, Voice

TOWN = mention("geonames:98182", "IRQ", Kind.PLACE)
OTHER_TOWN = mention("geonames:95446", "IRQ", Kind.PLACE)
VISIT = EventType.CONSULT


def acts(*reports, copies=None):
    return occurrences(reports, "story", copies)


def groups(*reports):
    return [act.reports for act in acts(*reports)]


def test_reports_of_one_act_are_one_occurrence_with_its_finest_parties():
    (act,) = acts(
        report("b", VISIT, actors="RUS", recipients="IRQ", mode="visit"),
        report("a", VISIT, actors="RUS.GOV.MFA", recipients="IRQ.GOV.MFA", day=DAY, place=TOWN),
    )
    assert (act.id, act.reports, act.story) == ("a.0", ("a.0", "b.0"), "story")
    assert (act.actors, act.recipients, act.mode) == (("RUS.GOV.MFA",), ("IRQ.GOV.MFA",), "visit")
    assert (act.day, act.precision, act.country) == (DAY, Precision.DAY, "IRQ")
    assert act.status is Outcome.ACTUAL


@pytest.mark.parametrize(
    "other",
    [
        {"type_": EventType.THREATEN},
        {"mode": "aerial"},
        {"actors": "USA"},
        {"recipients": "YEM"},
        {"actors": "ISR.POLICE"},
        {"day": date(2025, 9, 15)},
        {"place": OTHER_TOWN},
        {"place": mention(None, "SYR", Kind.PLACE)},
        {"published": DAY + timedelta(400), "day": DAY + timedelta(400)},
    ],
    ids=str,
)
def test_what_contradicts_is_another_act(other):
    given = {"actors": "ISR.IDF", "recipients": "LBN", "mode": "explosives", "day": DAY, "place": TOWN}
    assert len(acts(report("a", **given), report("b", **(given | other)))) == 2


def test_talks_are_one_act_whoever_is_named_first():
    one, other = report("a", VISIT, actors="RUS", recipients="IRQ"), report("b", VISIT, actors="IRQ", recipients="RUS")
    assert len(acts(one, other)) == 1
    strike = {"type_": EventType.ASSAULT}
    assert (
        len(
            acts(
                report("a", **strike, actors="RUS", recipients="IRQ"),
                report("b", **strike, actors="IRQ", recipients="RUS"),
            )
        )
        == 2
    )


def test_two_mentions_in_one_article_are_two_reports_of_one_act_and_one_article():
    one, two = report("a", actors="ISR", recipients="LBN"), report("a", actors="ISR", recipients="LBN", at=9)
    assert groups(one, two) == [("a.0", "a.9")]
    counted = independent([one, two])
    assert (counted.reports, counted.articles, counted.sources) == (2, 1, 1)


def test_a_bare_report_belongs_to_the_only_act_of_its_type_but_to_none_of_two():
    strike, other = report("a", actors="ISR", recipients="LBN"), report("b", actors="ISR", recipients="SYR")
    bare = report("c")
    assert groups(strike, bare) == [("a.0", "c.0")]
    assert groups(strike, other, bare) == [("a.0",), ("b.0",), ("c.0",)]


def test_what_happened_and_what_may_come_in_one_article_are_two():
    done, may = (
        report("a", actors="USA", recipients="IRN"),
        report("a", status=Status.POSSIBLE, actors="USA", recipients="IRN", at=5),
    )
    assert len(acts(done, may)) == 2


def test_independent_sources_that_contradict_make_it_contested():
    said, denied = (
        report("a", actors="IRN", recipients="RUS"),
        report("b", status=Status.DENIED, actors="IRN", recipients="RUS"),
    )
    assert acts(said, denied)[0].status is Outcome.CONTESTED


@pytest.mark.parametrize(
    ("reports", "copies"),
    [
        ((report("a", source="x"), report("b", status=Status.DENIED, source="x")), {}),
        ((report("a"), report("b", status=Status.DENIED)), {"a": "a", "b": "a"}),
        ((report("a"), report("a", status=Status.DENIED, at=5)), {}),
    ],
    ids=["one source", "one text", "one article"],
)
def test_one_source_alone_does_not_contest_an_act(reports, copies):
    assert [act.status for act in acts(*reports, copies=copies)] == [Outcome.ACTUAL]


@pytest.mark.parametrize(
    ("statuses", "outcome"),
    [
        ("PLANNED ACTUAL", Outcome.ACTUAL),
        ("POSSIBLE PLANNED", Outcome.PLANNED),
        ("POSSIBLE DENIED", Outcome.DENIED),
        ("POSSIBLE POSSIBLE", Outcome.POSSIBLE),
    ],
)
def test_the_status_is_that_of_the_surest_report(statuses, outcome):
    made = [
        report(f"a{k}", status=Status(one), actors="USA", recipients="IRN") for k, one in enumerate(statuses.split())
    ]
    assert [act.status for act in acts(*made)] == [outcome]


def test_a_reading_never_goes_before_what_is_reported():
    read = report("a", actors="USA", recipients="TUR", voice=Voice.READING)
    assert acts(read, report("b", status=Status.POSSIBLE, actors="USA", recipients="TUR"))[0].status is Outcome.POSSIBLE
    assert acts(read, report("b", status=Status.DENIED, actors="USA", recipients="TUR"))[0].status is Outcome.DENIED
    assert acts(read)[0].status is Outcome.ACTUAL


def test_copies_and_articles_of_one_source_count_once():
    reports = [report(name, source=source) for name, source in (("a", "x"), ("b", "y"), ("c", "z"), ("d", "z"))]
    counted = independent(reports, {"a": "a", "b": "a"})
    assert (counted.reports, counted.articles, counted.sources) == (4, 4, 2)


_parties = st.sampled_from(("", "RUS", "RUS.GOV.MFA", "IRQ", "RUS IRQ", "INT.CVL"))
_reports = st.builds(
    report,
    st.sampled_from("abcd"),
    st.sampled_from((EventType.CONSULT, EventType.ASSAULT)),
    st.sampled_from(Status),
    _parties,
    _parties,
    mode=st.sampled_from((None, "visit")),
    day=st.none() | st.sampled_from((DAY, DAY + timedelta(1))),
    place=st.sampled_from((None, TOWN, OTHER_TOWN)),
    at=st.integers(0, 40),
)


@settings(deadline=None)
@given(st.data(), st.lists(_reports, max_size=8, unique_by=lambda one: one.event.id))
def test_occurrences_do_not_depend_on_the_order_of_the_reports_and_hold_each_once(data, reports):
    found = acts(*reports)
    assert found == acts(*data.draw(st.permutations(reports)))
    assert sorted(one for act in found for one in act.reports) == sorted(one.event.id for one in reports)
    assert all(act.id == act.reports[0] for act in found)
