"""The light answers of pages say the same as the whole ones."""

from __future__ import annotations

from datetime import date

import pairs
import pytest

from marsad.desk.pairs import glancing
from marsad.errors import NotFoundError, SettingsError
from marsad.knowledge import ontology
from marsad.store.where import Where
from marsad.types import Ladder, Outcome

UNTIL = date(2025, 6, 30)


@pytest.fixture(scope="module")
def desk():
    with pairs.desk() as made:
        yield made


@pytest.mark.parametrize("by", ["day", "week", "month"])
@pytest.mark.parametrize("since", [date(2025, 1, 1), date(2025, 2, 10), date(2025, 6, 1)])
@pytest.mark.parametrize("until", [UNTIL, date(2025, 6, 15), date(2025, 6, 1)])
def test_a_glance_tells_what_the_whole_answer_tells(desk, by, since, until):
    whole = desk.relation("IRQ", "RUS", sanctioner="USA", by=by, since=since, until=until)
    seen = desk.glance("IRQ", "RUS", sanctioner="USA", by=by, since=since, until=until)
    assert seen.course == whole.course
    assert seen.stays == whole.stays
    both = desk.series("IRQ", "RUS", by=by, since=since, until=until, mutual=True)
    for field in ("first", "last", "acts", "articles", "quads", "types", "others", "intensity", "baseline"):
        assert [getattr(one, field) for one in seen.both.periods] == [getattr(one, field) for one in both], field
    assert {one.reports for one in seen.both.periods} == {None}
    for mine, its in ((seen.forth, whole.forth), (seen.back, whole.back)):
        assert [mine.get(one.first, 0) for one in its] == [one.acts or 0 for one in its]


def test_without_a_first_day_it_begins_with_the_month_of_the_first_rung(desk):
    seen = desk.glance("IRQ", "RUS", sanctioner="USA")
    first = min(one.rung.day for one in seen.whole.reached if one.rung.day)
    assert seen.course.since == first.replace(day=1) and seen.course.reached == seen.whole.reached


def test_low_rungs_that_are_many_are_counted_by_month(desk, monkeypatch):
    few = desk.glance("IRQ", "RUS", sanctioner="USA")
    assert few.rises == () and few.left == 0
    monkeypatch.setattr(glancing, "FEW", 1)
    many = desk.glance("IRQ", "RUS", sanctioner="USA", since=date(2025, 1, 1))
    assert sum(one.n for one in many.rises) >= 2 and many.left == 0
    assert {ladder: one.highest for ladder, one in many.course.standing.items()} == {
        ladder: one.highest for ladder, one in few.course.standing.items()
    }


def test_a_rung_has_its_sentences_and_who_else_tells_of_it(desk):
    highest = desk.glance("IRQ", "RUS", sanctioner="USA").course.standing[Ladder.L].highest
    for shown in (desk.rung(highest.id), desk.shown(highest)):
        assert shown.reached.id == highest.id
        assert {one.rung.id for one in (shown.best, *shown.others)} == set(highest.rungs)
    with pytest.raises(NotFoundError):
        desk.rung("0" * 16)


def test_who_stands_around_a_side_is_what_the_events_say(desk):
    bonds = {bond.other: bond for bond in desk.around("IRQ", until=UNTIL)}
    assert {"RUS", "EU"} <= set(bonds) <= {"RUS", "USA", "EU"}
    for other, bond in bonds.items():
        told = [
            act
            for pair in (("IRQ", other), (other, "IRQ"))
            for act in desk.events(Where(actors=pair[:1], recipients=pair[1:], statuses=(Outcome.ACTUAL,)))
        ]
        assert bond.acts == len(told)
        assert bond.intensity == pytest.approx(sum(ontology.types()[act.type].intensity for act in told), abs=0.05)
    assert bonds["RUS"].word == "cooperation" and bonds["EU"].word == "few"
    assert desk.around("IRQ", until=date(2020, 1, 1)) == []


def test_the_state_of_the_latest_acts_is_in_the_middle_of_a_map_that_asks_for_none(desk):
    assert desk.lately(until=UNTIL) == "IRQ"
    assert desk.lately(until=date(2020, 1, 1), usual="EGY") == "EGY"


def test_a_sketch_tells_unknown_months_from_empty_ones(desk):
    [months] = desk.sketches([("IRQ", "RUS")], months=8, until=UNTIL)
    series = desk.series("IRQ", "RUS", since=date(2025, 1, 1), until=UNTIL, mutual=True)
    assert months[:2] == [None, None]  # 2024: nothing was read
    assert months[2:] == [one.acts for one in series]


def test_a_span_that_ends_before_it_begins_is_refused(desk):
    with pytest.raises(SettingsError):
        desk.glance("IRQ", "RUS", since=date(2025, 2, 1), until=date(2025, 1, 1))


def test_cases_are_compared_between_three_sides_only(desk):
    seen = desk.glance("IRQ", "RUS", sanctioner="USA")
    assert [one.precedent.id for one in desk.precedents_of(seen.whole)] == [
        one.precedent.id for one in desk.like("IRQ", counterpart="RUS", sanctioner="USA")[:4]
    ]
    assert desk.precedents_of(desk.glance("IRQ", "RUS").whole) == ()
