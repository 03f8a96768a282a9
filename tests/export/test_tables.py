from dataclasses import replace
from datetime import date

import pytest
import world
from hypothesis import given
from hypothesis import strategies as st

from marsad.export.rows import rows
from marsad.export.tables import (
    CountryMonths,
    DyadMonths,
    country_columns,
    country_months,
    country_of,
    dyad_columns,
    dyad_months,
)
from marsad.types import EventType, Occurrence, Outcome, Precision, Report

CODING = world.handmade()


def act(**facts: object) -> Occurrence:
    given = {
        "id": "o", "story": "s", "type": EventType.CONSULT, "status": Outcome.ACTUAL, "reports": ("1", "2", "3"),
        "actors": ("RUS.GOV.MFA",), "recipients": ("IRQ",), "day": date(2026, 3, 5), "precision": Precision.DAY,
        "country": "IRQ",
    } | facts  # fmt: skip
    return Occurrence(**given)  # type: ignore[arg-type]


def test_a_visit_is_one_occurrence_and_three_reports():
    (row,) = dyad_months([act()])
    assert list(row) == list(dyad_columns())
    assert (row["source"], row["target"], row["month"]) == ("RUS", "IRQ", "2026-03")
    assert (row["occurrences"], row["reports"]) == (1, 3)
    assert (row["actual"], row["actual_reports"], row["denied"]) == (1, 3, 0)
    assert (row["verbal_cooperation"], row["consult"], row["consult_reports"], row["assault"]) == (1, 1, 3, 0)
    assert row["mean_intensity"] == 2.1


def test_actors_may_be_told_apart():
    (row,) = dyad_months([act()], by="actor")
    assert (row["source"], row["target"]) == ("RUS.GOV.MFA", "IRQ")


def test_what_did_not_happen_is_counted_by_status_alone():
    denied = act(status=Outcome.DENIED, type=EventType.ASSAULT)
    (row,) = dyad_months([act(), denied])
    assert (row["occurrences"], row["actual"], row["denied"], row["denied_reports"]) == (2, 1, 1, 3)
    assert (row["assault"], row["material_conflict"], row["mean_intensity"]) == (0, 0, 2.1)
    (row,) = dyad_months([act(), denied], statuses=set(Outcome))
    assert (row["assault"], row["mean_intensity"]) == (1, pytest.approx(-3.6))
    (row,) = dyad_months([denied])
    assert row["mean_intensity"] is None


def test_contested_has_a_column_of_its_own():
    (row,) = dyad_months([act(status=Outcome.CONTESTED)])
    assert (row["contested"], row["actual"]) == (1, 0)


def test_a_year_is_no_month():
    given = [act(precision=Precision.YEAR), act(day=None, precision=Precision.UNKNOWN), act(precision=Precision.MONTH)]
    found = {row["month"]: row["occurrences"] for row in dyad_months(given)}
    assert found == {None: 2, "2026-03": 1}


def test_pairs_are_ordered_and_each_country_counts_once():
    both = act(actors=("RUS.GOV.MFA", "RUS.GOV.MOD", "IRN"), recipients=("IRQ", "IRQ.KRG"))
    assert [(row["source"], row["target"]) for row in dyad_months([both])] == [("IRN", "IRQ"), ("RUS", "IRQ")]
    assert [row["occurrences"] for row in dyad_months([both])] == [1, 1]
    assert list(dyad_months([act(recipients=())])) == []


def test_countries_count_what_they_take_part_in():
    found = {row["country"]: row for row in country_months([act(), act(id="p", recipients=(), country=None)])}
    assert list(found["IRQ"]) == list(country_columns())
    assert (found["RUS"]["as_actor"], found["RUS"]["as_recipient"], found["RUS"]["occurrences"]) == (2, 0, 2)
    assert (found["IRQ"]["as_recipient"], found["IRQ"]["as_place"], found["IRQ"]["occurrences"]) == (1, 1, 1)
    assert found["IRQ"]["reports"] == 3


def test_rows_count_an_occurrence_once_and_each_report():
    event = CODING.events[0]
    given = [
        Report(event=replace(event, id=str(n)), article=CODING.article, occurrence=occurrence)
        for n, occurrence in enumerate(["o", "o", None, None])
    ]
    (row,) = dyad_months(rows(given))
    assert (row["source"], row["target"], row["occurrences"], row["reports"]) == ("RUS", "SDN", 3, 4)
    withdrawn = [replace(report, withdrawn=True) for report in given]
    assert list(dyad_months(rows(withdrawn))) == list(country_months(rows(withdrawn))) == []


def test_rows_and_occurrences_agree():
    reports = [Report(event=event, article=CODING.article) for event in CODING.events]
    occurrences = [
        Occurrence(
            id=event.id,
            story="s",
            type=event.type,
            status=Outcome(event.status.value),
            reports=(event.id,),
            actors=tuple(one.country for one in event.actors if one.country),
            recipients=tuple(one.country for one in event.recipients if one.country),
            day=event.day,
            precision=event.precision,
            country=event.place.country if event.place else None,
        )
        for event in CODING.events
    ]
    assert list(dyad_months(rows(reports))) == list(dyad_months(occurrences))
    assert list(country_months(rows(reports))) == list(country_months(occurrences))


_ACTS = st.builds(
    act,
    type=st.sampled_from(EventType),
    status=st.sampled_from(Outcome),
    actors=st.lists(st.sampled_from(["RUS", "USA.GOV.MFA", "UN"]), max_size=2).map(tuple),
    recipients=st.lists(st.sampled_from(["IRQ", "IRN"]), max_size=2).map(tuple),
    reports=st.lists(st.text("ab", max_size=2), max_size=3).map(tuple),
    precision=st.sampled_from(Precision),
)


@given(st.lists(_ACTS, max_size=12), st.randoms())
def test_the_order_of_what_is_counted_does_not_matter_and_the_sums_hold(acts, order):
    mixed = list(acts)
    order.shuffle(mixed)
    first, second = list(dyad_months(acts)), list(dyad_months(mixed))
    assert [{**row, "mean_intensity": 0} for row in first] == [{**row, "mean_intensity": 0} for row in second]
    for row in first:
        assert sum(row[outcome.value.lower()] for outcome in Outcome) == row["occurrences"]
        assert sum(row[kind.value.lower()] for kind in EventType) == row["actual"]
        assert sum(row[f"{kind.value.lower()}_reports"] for kind in EventType) == row["actual_reports"]


def test_an_id_has_a_country_where_it_is_known():
    assert [country_of(one) for one in ("SDN.RSF", "EU", "IRQ.KRG", "IGO", "INT", "???")] == [
        "SDN", "IGO", "IRQ", "IGO", "INT", None,
    ]  # fmt: skip


def test_counters_can_be_read_while_they_grow():
    months, by_country = DyadMonths(), CountryMonths()
    assert list(months.rows()) == list(by_country.rows()) == []
    for one in (months, by_country):
        one.add(act())
        one.add(act(id="p"))
    assert next(months.rows())["occurrences"] == 2 and len(list(by_country.rows())) == 2


def test_every_column_is_explained_in_both_languages():
    for column in (dyad_columns() | country_columns()).values():
        assert column.en and any("\u0600" <= letter <= "\u06ff" for letter in column.ar)
