"""What a desk answers on pairs: series, courses, changes and likenesses of a small store, and their tables."""

from dataclasses import replace
from datetime import date, timedelta

import pairs
import pytest

from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.desk.pairs import climbing
from marsad.errors import SettingsError
from marsad.export.changes import CHANGES
from marsad.export.course import RUNGS
from marsad.export.precedents import LIKES
from marsad.export.series import RELATIONS
from marsad.identity import article_id, event_id
from marsad.store import reached
from marsad.store.where import Where
from marsad.types import Ladder, Outcome

DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def asked():
    with pairs.desk() as desk:
        yield desk


@pytest.fixture(autouse=True)
def changes(monkeypatch):
    pairs.stand_in(monkeypatch)


def rungs(course):
    return [(one.rung.name, one.rung.day.isoformat()) for one in course.reached]


VISIT, SILENCE, TALKS = ("L3", "2025-01-10"), ("W0", "2025-01-12"), ("L4", "2025-02-03")
CONTRACT, THREAT, AGAIN = ("L6", "2025-03-03"), ("W5", "2025-03-10"), ("L3", "2025-05-05")


def acts(answer):
    return sum(one.acts or 0 for one in answer)


def counted(desk, one, other):
    """How many acts the store has of one towards another, asked of them one by one."""
    return desk.count(Where(actors=(one,), recipients=(other,), statuses=(Outcome.ACTUAL,)))


# --- relation --------------------------------------------------------------------------------------------------------


def test_a_relation_has_both_directions_the_course_and_its_sentences(asked):
    found = asked.relation("IRQ", "RUS", sanctioner="USA", until=DAY)
    assert (found.forth.series.source, found.back.series.source) == ("IRQ", "RUS")
    assert (acts(found.forth), acts(found.back)) == (counted(asked, "IRQ", "RUS"), 0) and acts(found.forth) >= 4
    assert rungs(found.course) == [VISIT, SILENCE, TALKS, CONTRACT, THREAT, AGAIN]
    assert set(found.cited) == {one.rung.id for one in found.course.reached}
    contract = next(one for one in found.course.reached if one.rung.name == "L6")
    assert len(contract.rungs) == 2 and contract.confirmed
    assert "عقدا" in found.cited[contract.rung.id].words or "contract" in found.cited[contract.rung.id].words
    assert found.left == 0


def test_either_order_of_the_pair_gives_the_same_course(asked):
    one, other = asked.course("IRQ", "RUS", sanctioner="USA"), asked.course("RUS", "IRQ", sanctioner="USA")
    assert [each for each in rungs(one) if each[0][0] == "L"] == [each for each in rungs(other) if each[0][0] == "L"]


def test_the_time_on_a_rung_knows_what_stood_before_the_first_day(asked):
    found = asked.relation("IRQ", "RUS", sanctioner="USA", since=date(2025, 4, 1), until=DAY)
    assert rungs(found.course) == [AGAIN]
    assert [(one.level, one.since) for one in found.stays[Ladder.L]] == [(6, date(2025, 4, 1))]
    assert [(one.level, one.until) for one in found.stays[Ladder.W]] == [(5, DAY)]
    assert found.course.standing[Ladder.L].since == date(2025, 3, 3)


def test_a_maker_has_the_rungs_that_it_takes_part_in_and_the_signals_that_name_no_other(asked):
    course = asked.course("IRQ", "RUS.ROSOBORONEXPORT", sanctioner="USA")
    assert rungs(course) == [SILENCE, TALKS, CONTRACT, THREAT]
    for target in ("RUS.ROSOBORONEXPORT", "RUS"):  # it is under its state, which has its acts too
        assert acts(asked.series("IRQ", target)) == counted(asked, "IRQ", target) > 0
    assert acts(asked.series("IRQ", "RUS.ROSOBORONEXPORT")) < acts(asked.series("IRQ", "RUS"))


def test_a_ministry_has_what_it_did(asked):
    assert rungs(asked.course("IRQ.GOV.MOD", "RUS")) == [VISIT, TALKS, CONTRACT, AGAIN]
    assert rungs(asked.course("IRQ.GOV.MFA", "RUS")) == []


def test_within_one_side_there_is_a_series_and_nobody_climbs(asked):
    found = asked.relation("IRQ.GOV.MOD", "IRQ.GOV", sanctioner="USA")
    assert rungs(found.course) == [] and (found.course.near, found.course.counterpart) == ("IRQ.GOV.MOD", "IRQ.GOV")
    assert acts(found.forth) == 0 and found.stays == {}


def test_a_body_of_states_stands_for_itself(asked):
    assert (acts(asked.series("EU", "IRQ")), acts(asked.series("IRQ", "EU"))) == (1, 0)
    assert acts(asked.series("IRQ", "EU", mutual=True)) == 1
    assert asked.series("EU", "IRQ").series.coverage.missing == ()


def test_a_period_of_which_nothing_was_read_is_unknown_not_nothing(asked):
    july = asked.series("IRQ", "RUS")[-1]
    assert (july.first, july.acts, july.reports, july.articles) == (date(2025, 7, 1), None, None, 0)
    april = next(one for one in asked.series("IRQ", "RUS") if one.first == date(2025, 4, 1))
    assert (april.acts, april.articles) == (0, 1)


def test_what_was_read_is_told_and_whose_papers_are_missing(asked):
    covered = asked.relation("IRQ", "EU", sanctioner="GBR").forth.series.coverage
    assert (covered.articles, covered.sources) == (10, 4)
    assert covered.countries == {"RUS": 4, "IRQ": 3, "USA": 3}
    assert covered.missing == ("GBR",)
    with pairs.desk(countries=False) as unknown:
        covered = unknown.series("IRQ", "RUS").series.coverage
        assert (covered.countries, covered.missing) == ({"": 10}, ("IRQ", "RUS"))


def test_by_day_week_and_month_there_is_as_much(asked):
    for by in ("day", "week", "month"):
        assert acts(asked.series("IRQ", "RUS", by=by)) == counted(asked, "IRQ", "RUS")
    with pytest.raises(SettingsError):
        asked.series("IRQ", "RUS", by="year")


def test_rungs_beyond_what_is_read_are_counted_and_told(asked, monkeypatch):
    with pairs.desk() as heavy:
        add_contracts(heavy, 5)
        whole = heavy.relation("IRQ", "RUS", sanctioner="USA")
        monkeypatch.setattr(reached, "MOST", 1)
        found = heavy.relation("IRQ", "RUS", sanctioner="USA")
    signed = [[one for one in each.course.reached if one.rung.name == "L6"] for each in (whole, found)]
    # Of each level the first and the last are there always.
    assert len(signed[1]) < len(signed[0]) == 6 and found.left >= 3 > whole.left == 0
    assert {one.rung.day for one in signed[1]} >= {one.rung.day for one in (signed[0][0], signed[0][-1])}
    assert found.course.standing[Ladder.L].first[6] == whole.course.standing[Ladder.L].first[6]


def test_low_rungs_are_read_one_by_one_where_they_are_few_and_counted_by_month(asked, monkeypatch):
    found = asked.relation("IRQ", "RUS", sanctioner="USA")
    assert [one for one in rungs(found.course) if one[0] == "L3"] == [VISIT, AGAIN] and found.left == 0
    assert sum(one.n for one in found.rises if one.level == 3) == 3  # one of them told in two stories
    monkeypatch.setattr(climbing, "LOW", 0)
    assert asked.relation("IRQ", "RUS", sanctioner="USA").left >= 1


def put(desk: Desk, day: date, n: int, name: str = "contract-en", *, told: bool = True) -> None:
    """Keep a copy of one of the articles under another address, day and tail, with its events, or without."""
    made = pairs.coding(name)
    tail = f" {day} {n} ".join(["Alpha", "beta", "gamma", "delta", "epsilon", "zeta"])
    text, url = f"{made.article.text} {tail}", f"https://neva.example/{day}/{n}"
    article = replace(made.article, id=article_id(text, url, "neva.example"), text=text, url=url, published=day)
    events = tuple(
        replace(
            one, id=event_id(article.id, one.trigger.start, one.trigger.stop, one.type), article=article.id, day=day
        )
        for one in made.events
    )
    desk.coder.more[article.id] = replace(made, article=article, events=events if told else ())
    add(desk.store, [article], desk.now)


def add_contracts(desk: Desk, number: int) -> None:
    """More contracts, each of another month."""
    for n in range(number):
        put(desk, date(2019, 1 + n, 5), n)
    desk.code()


# --- triangle, changes, precedents -----------------------------------------------------------------------------------


def test_a_triangle_has_three_pairs_both_ways_and_the_course_of_the_first_two(asked):
    found = asked.triangle("IRQ", "RUS", "USA", until=DAY)
    assert [(one.series.source, one.series.target) for one in found.pairs] == [
        ("IRQ", "RUS"), ("IRQ", "USA"), ("RUS", "USA"),
    ]  # fmt: skip
    assert [acts(one) for one in found.pairs] == [counted(asked, "IRQ", "RUS"), counted(asked, "USA", "IRQ"), 0]
    assert all(one.series.mutual and one.series.coverage.missing == () for one in found.pairs)
    assert rungs(found.course)[-2:] == [THREAT, AGAIN]
    assert rungs(asked.triangle("IRQ", "RUS", "USA.GOV.MFA", until=DAY).course) == rungs(found.course)


def test_changes_of_two_have_the_acts_that_made_them(asked):
    found = asked.changes("IRQ", "RUS", since=date(2025, 1, 1))
    assert {(one.source, one.target) for one in found} == {("IRQ", "RUS")}
    first = min(found, key=lambda one: one.day)
    assert first.occurrences and first.day == date(2025, 1, 10)
    assert {asked.act(act).day for act in first.occurrences} == {first.day}


def test_a_turn_is_found_on_the_same_day_whether_it_is_lived_or_replayed(monkeypatch):
    monkeypatch.undo()  # the step of changes itself
    first = date(2024, 1, 1)
    with Desk("sqlite://", coder=pairs.Coder(), now=lambda: pairs.NOW) as desk:
        for n in range(130):
            put(desk, first + timedelta(n), 0, told=n % 10 == 0 or n >= 90)
        desk.code()
        (turn,) = desk.changes("IRQ", "RUS", since=first, until=first + timedelta(129))
        assert abs((turn.day - (first + timedelta(90))).days) <= 7 and turn.after > 2 * turn.before
        assert (turn.source, turn.target) == ("IRQ", "RUS") and len(turn.occurrences) >= 4
        before = desk.changes("IRQ", "RUS", since=first, until=turn.found - timedelta(1))
        there = desk.changes("IRQ", "RUS", since=first, until=turn.found)
        assert list(before) == [] and list(there) == [turn]
        assert list(desk.relation("IRQ", "RUS", until=first + timedelta(129)).changes) == [turn]


def test_changes_are_the_newest_first_and_only_those_that_were_known_in_the_time(asked):
    found = asked.changes(since=date(2025, 1, 1))
    assert [one.found for one in found] == sorted((one.found for one in found), reverse=True)
    assert {(one.source, one.target) for one in found} == {("IRQ", "RUS"), ("USA", "IRQ"), ("EU", "IRQ")}
    late = asked.changes(since=date(2025, 4, 1))
    assert {(one.source, one.target) for one in late} == {("EU", "IRQ")}
    assert list(asked.changes(since=date(2025, 1, 1), until=date(2025, 1, 12))) == []


def test_changes_of_one_are_those_of_its_own_pairs(asked):
    assert {(one.source, one.target) for one in asked.changes("EU")} == {("EU", "IRQ")}
    assert {one.source for one in asked.changes("RUS", since=date(2025, 1, 1))} == {"IRQ"}
    maker = asked.changes("RUS.ROSOBORONEXPORT", since=date(2025, 1, 1))
    assert {(one.source, one.target) for one in maker} == {("IRQ", "RUS.ROSOBORONEXPORT")}
    assert len(asked.changes("IRQ", since=date(2025, 1, 1), pairs=1)) < len(
        asked.changes("IRQ", since=date(2025, 1, 1))
    )


def test_cases_are_ranked_by_the_course_so_far(asked):
    found = asked.like("IRQ")
    assert found[0].asked == 6 and all(one.precedent.near != "TUR" for one in asked.like("IRQ", but=["TUR"]))
    assert asked.like("IRQ", until=date(2025, 1, 31))[0].asked == 3


# --- wrong questions -------------------------------------------------------------------------------------------------


def test_a_span_that_ends_before_it_begins_is_refused(asked):
    since, until = date(2025, 2, 1), date(2025, 1, 1)
    for ask in (asked.relation, asked.series, asked.course, asked.changes):
        with pytest.raises(SettingsError, match="later than"):
            ask("IRQ", "RUS", since=since, until=until)
    with pytest.raises(SettingsError, match="today, 2025-07-01"):
        asked.relation("IRQ", "RUS", since=date(2026, 1, 1))


@pytest.mark.parametrize(("counterpart", "sanctioner"), [("IRQ", "USA"), ("RUS", "IRQ"), ("USA", "USA")])
def test_precedents_want_three_sides(asked, counterpart, sanctioner):
    with pytest.raises(SettingsError, match="are not three sides"):
        asked.like("IRQ", counterpart=counterpart, sanctioner=sanctioner)


def test_an_empty_store_has_nothing_to_say():
    with Desk("sqlite://", coder=pairs.Coder(), now=lambda: pairs.NOW) as empty:
        found = empty.relation("IRQ", "RUS", sanctioner="USA")
        assert found.course.reached == () and list(found.changes) == [] and found.forth.series.coverage.articles == 0
        assert all(one.acts is None for one in found.forth)
        assert list(empty.changes()) == [] and len(empty.like("IRQ")) > 10


# --- tables ----------------------------------------------------------------------------------------------------------


def answers(desk):
    related, triangle = desk.relation("IRQ", "RUS", sanctioner="USA"), desk.triangle("IRQ", "RUS", "USA")
    return {
        "relation": (related, RELATIONS, 14),
        "forth": (related.forth, RELATIONS, 7),
        "rungs": (related.rungs("ar"), RUNGS, 6),
        "turned": (related.changes, CHANGES, len(related.changes)),
        "triangle": (triangle, RELATIONS, 21),
        "triangle-rungs": (triangle.rungs(), RUNGS, 6),
        "series": (desk.series("IRQ", "RUS"), RELATIONS, 7),
        "changes": (desk.changes(since=date(2025, 1, 1)), CHANGES, 3),
        "like": (desk.like("IRQ"), LIKES, len(desk.like("IRQ"))),
    }


def test_every_answer_has_rows_with_its_columns(asked):
    for name, (found, columns, number) in answers(asked).items():
        assert len(found.rows()) == number > 0, name
        assert all(list(row) == list(columns) for row in found.rows()), name


def test_every_answer_becomes_a_frame(asked):
    polars = pytest.importorskip("polars")
    for name, (found, columns, number) in answers(asked).items():
        frame = found.to_polars()
        assert isinstance(frame, polars.DataFrame) and frame.columns == list(columns), name
        assert frame.height == number and found.to_arrow().num_rows == number, name
    frame = asked.relation("IRQ", "RUS").to_polars()
    assert frame["first"].dtype == polars.Date and frame["acts"].sum() == counted(asked, "IRQ", "RUS")
    assert asked.relation("IRQ", "RUS", sanctioner="USA").rungs("ar").to_polars()["name"].to_list()[0] == "زيارة رفيعة"


def test_every_answer_goes_to_pandas(asked):
    pytest.importorskip("pandas")
    for found, columns, number in answers(asked).values():
        assert (len(found.to_pandas()), list(found.to_pandas().columns)) == (number, list(columns))


def test_a_slice_of_a_series_is_an_answer_too(asked):
    assert [row["first"] for row in asked.series("IRQ", "RUS")[:2].rows()] == [date(2025, 1, 1), date(2025, 2, 1)]
