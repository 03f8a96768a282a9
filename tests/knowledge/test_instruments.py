"""Laws as data: that those which come with Marsad are whole and say no more than they know; that faults are told."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import NotFoundError
from marsad.knowledge import actors, listed
from marsad.knowledge import instruments as known
from marsad.knowledge.files import DATA
from marsad.types.law import Condition, ElementKind, Verified

IDS = [
    "us/caatsa/107", "us/caatsa/216", "us/caatsa/226", "us/caatsa/228", "us/caatsa/231", "us/caatsa/235",
    "us/caatsa/236", "us/eo-14024/11",
]  # fmt: skip
A231 = "us/caatsa/231"


def day(text):
    return date.fromisoformat(text)


# ---------------------------------------------------------------- those that come with Marsad


def test_the_packs_are_there_and_have_no_problem():
    assert list(known.laws()) == IDS == list(known.instruments())
    assert known.check() == []


@pytest.mark.parametrize("of", IDS)
def test_every_element_is_cited_checked_and_asked_in_both_languages(of):
    for version in known.instrument(of).versions:
        for one in (*version.elements.values(), *version.reliefs.values()):
            assert one.name.ar and one.name.en and isinstance(one.cite.verified, Verified)
            assert one.cite.usc or one.cite.public_law or one.cite.section
            assert one.cite.verified is Verified.MEMORY or one.cite.sources
            assert all(len(source) > 20 for source in one.cite.sources)  # the source itself, no key
        for one in version.elements.values():
            assert "؟" in one.ask.ar and "?" in one.ask.en
            assert bool(one.by) == (one.kind is ElementKind.OFFICIAL_ACT)
            assert bool(one.listed) == (one.kind is ElementKind.STATUS)
            assert bool(one.factors) == (one.kind is ElementKind.OPEN_TEXTURE)


def test_those_who_can_act_are_actors_that_texts_name():
    assert {"USA.GOV.PRESIDENCY", "USA.GOV.MFA", "USA.GOV.MOF", "USA.OFAC", "USA.LEG"} == set(known.terms("officials"))
    assert "USA.OFAC" in actors.actors()


def test_quotations_are_short_and_few():
    quotes = {
        part.cite.quote
        for one in known.instruments().values()
        for version in one.versions
        for part in (*version.elements.values(), *version.reliefs.values(), version.consequence)
        if part and part.cite and part.cite.quote
    }
    assert quotes and all(len(quote.split()) <= 25 for quote in quotes)
    assert "shall impose five or more" in quotes


@pytest.mark.parametrize(
    ("at", "relief", "duty"),
    [
        ("2017-08-02", False, False), ("2018-01-28", False, False), ("2018-01-29", False, True),
        ("2018-08-12", False, True), ("2018-08-13", True, True), ("2026-12-01", True, True),
    ],
)  # fmt: skip
def test_section_231_through_its_days(at, relief, duty):
    version = known.instrument(A231).at(day(at))
    assert ("modified_waiver" in version.reliefs) is relief is ("modified_waiver" in version.rules["duty"].unless)
    assert (version.rules["duty"] != Condition(op="any")) is duty  # any of nothing: never
    assert {"initial_waiver", "delay", "general_waiver", "termination"} <= version.reliefs.keys()
    assert version.reliefs["delay"].days == 180 and version.standard == "should-have-known"
    assert (version.consequence.modal, version.consequence.least, version.consequence.menu) == (
        "shall", 5, "us/caatsa/235",
    )  # fmt: skip


def test_section_231_was_not_there_before():
    assert known.instrument(A231).at(day("2017-08-01")) is None
    assert known.instrument(A231).subject == "person"
    assert known.instrument("us/eo-14024/11").at(day("2023-12-21")) is None


def test_an_unknown_instrument_is_told_with_those_that_look_like_it():
    with pytest.raises(NotFoundError, match="us/caatsa/231"):
        known.instrument("us/caatsa/213")
    with pytest.raises(NotFoundError, match="should-have-known"):
        known.term("standards", "known")


# ---------------------------------------------------------------- menu and calendar


def test_the_menu_of_twelve():
    menu = known.menu("us/caatsa/235")
    assert [one.id for one in menu] == [str(number) for number in range(1, 13)]
    assert known.menu(A231) == menu and known.menu("us/caatsa/107") == ()
    assert [(one.id, one.only, [part.id for part in one.parts]) for one in menu if one.parts] == [
        ("5", "bank", ["5A", "5B"])
    ]


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ([], 0), (["1", "2", "3", "4"], 4), (["5"], 1), (["5A"], 1), (["5A", "5B"], 2), (["5", "5A"], 1),
        (["5", "5A", "5B"], 2), (["2", "2"], 1), (["7", "8", "9", "11", "12"], 5),
    ],
)  # fmt: skip
def test_item_five_counts_one_or_two(chosen, count):
    assert known.counted("us/caatsa/235", chosen) == known.counted(A231, chosen) == count


def test_a_measure_that_the_menu_lacks_is_told():
    with pytest.raises(NotFoundError, match="13: no such measure"):
        known.counted("us/caatsa/235", ["1", "13"])


@pytest.mark.parametrize(
    ("report", "last"),
    [
        ("2020-07-09", "2020-08-07"),  # 30 days, the day of the report among them
        ("2020-07-10", "2020-09-07"),  # 60 from the tenth of July on
        ("2020-09-07", "2020-11-05"),  # … to the seventh of September
        ("2020-09-08", "2020-10-07"),
        ("2020-01-31", "2020-02-29"),
        ("2021-01-31", "2021-03-01"),
        ("2020-12-14", "2021-01-12"),
    ],
)
def test_the_review_by_congress(report, last):
    assert known.review(day(report)) == day(last)


def test_a_disapproval_and_a_veto_lengthen_the_review():
    report = day("2021-03-01")
    assert known.review(report) == day("2021-03-30")
    assert known.review(report, disapproved=day("2021-03-10")) == day("2021-03-30")
    assert known.review(report, disapproved=day("2021-03-18")) == day("2021-03-30")
    assert known.review(report, disapproved=day("2021-03-19")) == day("2021-03-31")
    assert known.review(report, disapproved=day("2021-03-25"), vetoed=day("2021-03-28")) == day("2021-04-07")
    assert known.review(report, disapproved=day("2021-03-25"), vetoed=day("2021-03-26")) == day("2021-04-06")


@settings(deadline=None)
@given(st.dates(date(2017, 8, 2), date(2090, 1, 1)))
def test_a_review_has_thirty_days_or_sixty(report):
    last = known.review(report)
    long = (7, 10) <= (report.month, report.day) <= (9, 7)
    days = [report + timedelta(days=number) for number in range(60 if long else 30)]
    assert last == days[-1]


# ---------------------------------------------------------------- who is listed


def test_the_list_is_dated_and_says_how_each_name_is_known():
    counts = {"2017-10-26": 0, "2017-10-27": 39, "2018-09-20": 72, "2018-12-19": 84, "2021-03-02": 90}
    for at, count in counts.items():
        found = listed.register(day(at))
        assert len(found.entries) == count == sum(one.added for one in found.rounds) == sum(found.statuses.values())
        assert found.statuses.keys() <= {"found", "inferred", "known"}
    assert dict(found.statuses) == {"found": 44, "inferred": 31, "known": 15}
    assert "no sanction" in found.warning.en and "ليس عقوبة" in found.warning.ar
    assert found.warning == listed.warning() and listed.warning("un").en == ""


def test_the_excluded_are_six_of_the_listed_since_the_amendment():
    assert listed.excluded(day("2018-08-12")) == ()
    names = " ".join(one.name.en for one in listed.excluded(day("2018-08-13")))
    for name in ("GRU", "FSB", "SVR", "ANO PO KSI", "Special Technology Center", "Zorsecurity"):
        assert name in names


def test_the_rounds_are_those_of_the_table():
    about = known.term("lists", A231)
    assert [one.day for one in about.rounds] == sorted({one.since for one in listed.listed()})
    assert about.cite.section == "231(e)" and any("(d)" in note.en for note in about.notes)


def test_every_law_and_its_cases_name_source_licence_and_date():
    for path in (DATA / "instruments").rglob("*.yaml"):
        head = path.read_text(encoding="utf-8")[:900].casefold()
        assert "source:" in head and "licence: apache-2.0" in head and "date:" in head, path
