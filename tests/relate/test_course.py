"""The course of a pair: what several stories tell as one, what stands of it, since when."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import SettingsError
from marsad.relate.course import Stay, course, joined, stays
from marsad.relate.merge import merged
from marsad.types import Branch, Ladder, Precision, Rung, Span, Turn, Voice
from tests.cost import grows_less

UNTIL = date(2025, 12, 31)
L, W, R = Ladder.L, Ladder.W, Ladder.R


def told(story, name, day=None, *, by=("p", "q"), **changes):
    """What one story tells of a rung: ``name`` is ladder and level, ``day`` an ISO date, ``by`` the papers."""
    ladder = Ladder(name[0])
    when = date.fromisoformat(day) if day else None
    given = {
        "ladder": ladder,
        "level": int(name[1:]),
        "sentence": 0,
        "span": Span(0, 4),
        "rule": "test",
        "near": "IRQ",
        "counterpart": "RUS",
        "sanctioner": None if ladder is L else "USA",
        "day": when,
        "precision": Precision.DAY if when else Precision.UNKNOWN,
    } | changes
    rungs = [Rung(id=f"{story}.{name}.{paper}", article=f"{story}.{paper}", **given) for paper in by]
    occurrences = {given["event"]: story} if "event" in given else {}
    (found,) = merged(rungs, occurrences, {f"{story}.{paper}": paper for paper in by})
    return found


def of(*reached, near="IRQ", counterpart="RUS", sanctioner="USA", until=UNTIL, since=None):
    return course(reached, near, counterpart, sanctioner, until, since)


def names(found):
    return [one.rung.name for one in found.reached]


def standing(*reached, ladder=L, **others):
    return of(*reached, **others).standing[ladder]


def highest(*reached, ladder=L, **others):
    top = standing(*reached, ladder=ladder, **others).highest
    return top and top.rung.name


# Who is in it


@pytest.mark.parametrize(("near", "counterpart"), [("IRQ", "RUS"), ("RUS", "IRQ")])
def test_both_sides_climb_whoever_is_asked_for_first(near, counterpart):
    mine = [told("s", "L3", "2025-09-16"), told("t", "L4", "2025-09-17", near="RUS", counterpart="IRQ")]
    others = [told("u", "L6", "2025-09-16", near="SYR"), told("v", "L6", "2025-09-16", counterpart="IRN")]
    assert names(of(*mine, *others, near=near, counterpart=counterpart)) == ["L3", "L4"]


def test_a_signal_counts_for_the_side_that_it_is_about():
    warned = told("s", "W4", "2025-09-16")
    assert names(of(warned)) == ["W4"]
    assert names(of(warned, near="RUS", counterpart="IRQ")) == []


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"near": None}, True),
        ({"counterpart": None}, True),
        ({"near": None, "counterpart": None}, True),
        ({"near": "TUR"}, False),
        ({"counterpart": "IRN"}, False),
        ({"sanctioner": "EU"}, False),
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["W4", "R1"])
def test_which_signals_count(name, changes, counts):
    assert names(of(told("s", name, "2025-09-16", **changes))) == ([name] if counts else [])


def test_without_a_sanctioner_there_are_no_signals():
    reached = [told("s", "W4", "2025-09-16"), told("s", "L3", "2025-09-16")]
    found = of(*reached, sanctioner=None)
    assert (names(found), list(found.standing)) == (["L3"], [L])


def test_nothing_gives_an_empty_course():
    found = of()
    assert (found.reached, found.standing, stays(found, L)) == ((), {}, ())


def test_bad_spans_and_pairs_are_refused():
    with pytest.raises(SettingsError, match="2026-01-01"):
        of(since=date(2026, 1, 1))
    with pytest.raises(SettingsError, match="two sides"):
        of(near="RUS")


# What several stories tell of one act


def test_stories_of_one_act_are_one_rung():
    found = of(told("s", "L6", "2025-03-01"), told("t", "L6", "2025-03-03"), told("u", "L6", "2025-06-01"))
    assert names(found) == ["L6", "L6"]
    assert found.reached[0].rungs == ("s.L6.p", "s.L6.q", "t.L6.p", "t.L6.q")


def test_a_later_story_of_another_origin_confirms():
    first = told("s", "L6", "2025-03-01", by=("p",))
    assert standing(first).unconfirmed.why == "one-source"
    assert standing(first, told("t", "L6", "2025-03-02", by=("p",))).highest is None
    found = standing(first, told("t", "L6", "2025-03-02", by=("q",))).highest
    assert (found.why, found.origins, found.rung.day) == ("two-sources", ("p", "q"), date(2025, 3, 1))


def test_nameless_sources_and_readings_of_other_stories_confirm_nothing():
    first = told("s", "W8", "2025-03-01", by=("p",))
    for voice in (Voice.ANONYMOUS, Voice.READING):
        assert standing(first, told("t", "W8", "2025-03-01", by=("q",), voice=voice), ladder=W).highest is None


def test_a_named_telling_raises_the_nameless_one_of_another_story():
    nameless = told("s", "W4", "2025-03-01", by=("p",), voice=Voice.ANONYMOUS)
    assert (nameless.effective, nameless.confirmed) == (3, False)
    (both,) = joined([nameless, told("t", "W4", "2025-03-01", by=("q",))])
    assert (both.effective, both.confirmed, both.origins) == (4, True, ("q",))


def test_what_was_confirmed_by_hand_stays_so():
    by_hand = replace(told("s", "L8", "2025-03-01", by=("p",)), confirmed=True, why="precedent", origins=())
    (both,) = joined([by_hand, told("t", "L8", "2025-03-02", by=("q",))])
    assert (both.confirmed, both.why) == (True, "precedent")


def test_deals_with_other_items_or_buyers_are_other_rungs():
    some = told("s", "L6", "2025-03-01", items=("RUS.S-400",), party="IRQ.GOV.MOD")
    assert len(joined([some, told("t", "L6", "2025-03-01", items=("RUS.MI-28",))])) == 2
    assert len(joined([some, told("t", "L6", "2025-03-01", party="IRQ.GOV.INTERIOR")])) == 2
    assert len(joined([some, told("t", "L6", "2025-03-01", party="IRQ.GOV")])) == 1


def test_a_vague_day_is_told_by_an_exact_one():
    year = told("s", "L6", "2025-01-01", precision=Precision.YEAR)
    (both,) = joined([year, told("t", "L6", "2025-03-05")])
    assert (both.rung.day, both.rung.precision) == (date(2025, 3, 5), Precision.DAY)


def test_undated_tellings_of_two_stories_stay_apart_and_come_last():
    found = of(told("s", "L3"), told("t", "L3"), told("u", "L4", "2025-03-01"))
    assert names(found) == ["L4", "L3", "L3"]


# What is recalled


def recalled(story, name, day, **changes):
    return told(story, name, day, past=True, precision=Precision.ARTICLE, **changes)


def test_a_recalled_act_joins_the_earlier_one_and_may_confirm_it():
    imposed = told("s", "W8", "2020-12-14", by=("p",), near="TUR")
    later = recalled("t", "W8", "2025-09-16", by=("q",), near="TUR")
    found = of(imposed, later, near="TUR")
    (one,) = found.reached
    assert (one.rung.day, one.rung.past, one.why) == (date(2020, 12, 14), False, "two-sources")
    assert found.standing[W].since == date(2020, 12, 14)


def test_it_joins_the_latest_that_was_old_by_then():
    days = ["2018-08-01", "2020-12-14", "2025-09-16", "2025-10-01"]
    acts = [told(f"s{n}", "W8", day) for n, day in enumerate(days)]
    found = joined([*acts, recalled("t", "W8", "2025-09-17")])
    assert [len(one.rungs) for one in found] == [2, 4, 2, 2]
    (fresh, _) = joined([acts[2], acts[3], recalled("t", "W8", "2025-09-17")])
    assert len(fresh.rungs) == 4


@pytest.mark.parametrize("changes", [{"near": "TUR"}, {"counterpart": "IRN"}, {"party": "IRQ.B"}], ids=str)
def test_it_joins_no_act_of_others(changes):
    imposed = told("s", "W8", "2020-12-14", party="IRQ.A")
    assert len(joined([imposed, recalled("t", "W8", "2025-09-16", **changes)])) == 2


def test_where_no_earlier_one_is_known_it_is_past_and_nothing_new():
    found = of(recalled("s", "W8", "2025-09-16"), recalled("t", "W8", "2025-10-20"), told("u", "W1", "2025-09-16"))
    assert [(one.rung.name, one.rung.day.isoformat(), one.rung.past) for one in found.reached] == [
        ("W1", "2025-09-16", False),
        ("W8", "2025-09-16", True),
    ]
    on = found.standing[W]
    assert (on.highest.rung.name, on.since, on.days, on.first) == ("W8", None, None, {1: date(2025, 9, 16)})
    assert on.latest.rung.name == "W1"


def test_with_a_day_of_its_own_it_was_reached_on_that_day():
    old = told("s", "W8", "2020-12-14", past=True)
    on = standing(old, ladder=W)
    assert (on.since, on.first) == (date(2020, 12, 14), {8: date(2020, 12, 14)})
    year = told("s", "L6", "2014-01-01", past=True, precision=Precision.YEAR)
    assert standing(year).since == date(2014, 1, 1)


def test_what_happens_after_the_article_is_not_what_it_recalls():
    assert len(joined([recalled("s", "W8", "2025-09-16"), told("t", "W8", "2025-10-01")])) == 2


def test_without_any_day_it_joins_the_latest():
    acts = [told("s", "W8", "2018-08-01"), told("t", "W8", "2020-12-14"), told("u", "W8", past=True)]
    assert [len(one.rungs) for one in joined(acts)] == [2, 4]


# What stands


def test_the_standing_is_the_highest_since_it_was_first_reached():
    on = standing(
        told("s", "L3", "2025-01-10"), told("t", "L4", "2025-02-01"), told("u", "L3", "2025-03-01"),
        told("v", "L4", "2025-04-01"),
    )  # fmt: skip
    assert (on.highest.rung.name, on.since, on.days) == ("L4", date(2025, 2, 1), 333)
    assert (on.latest.rung.name, on.latest.rung.day) == ("L4", date(2025, 4, 1))
    assert on.first == {3: date(2025, 1, 10), 4: date(2025, 2, 1)}
    assert on.unconfirmed is None


def test_an_unconfirmed_rung_is_shown_only_where_it_is_higher():
    rumour = told("s", "L6", "2025-01-10", voice=Voice.ANONYMOUS)
    assert standing(rumour, told("t", "L4", "2025-01-01")).unconfirmed.rung.name == "L6"
    assert standing(rumour, told("t", "L7", "2025-01-20")).unconfirmed is None
    assert standing(rumour).highest is None


def test_a_reading_is_above_a_reservation_and_unconfirmed():
    on = standing(
        told("s", "W1", "2025-09-17", voice=Voice.PARAPHRASE),
        told("s", "W5", "2025-09-17", voice=Voice.READING),
        ladder=W,
    )
    assert (on.highest.rung.name, on.unconfirmed.effective, on.unconfirmed.why) == ("W1", 3, "reading")


def test_a_nameless_warning_counts_one_less():
    on = standing(told("s", "W4", "2025-01-01", branch=Branch.ANONYMOUS), told("t", "W3", "2025-01-02"), ladder=W)
    assert (on.highest.rung.name, on.unconfirmed) == ("W3", None)


def test_an_undated_rung_stands_but_not_since_any_day():
    on = standing(told("s", "L6"), told("t", "L4", "2025-01-01"))
    assert (on.highest.rung.name, on.since, on.days, on.first) == ("L6", None, None, {4: date(2025, 1, 1)})
    assert on.latest.rung.name == "L4"
    assert standing(told("s", "L4"), told("t", "L4", "2025-01-01")).since == date(2025, 1, 1)


def test_since_cuts_the_list_and_not_the_standing():
    reached = [told("s", "L6", "2024-01-01"), told("t", "L3", "2025-03-01"), told("u", "L4")]
    found = of(*reached, since=date(2025, 1, 1))
    assert names(found) == ["L3"]
    assert (found.standing[L].highest.rung.name, found.standing[L].since) == ("L6", date(2024, 1, 1))
    assert names(of(*reached, since=date(2025, 3, 1), until=date(2025, 3, 1))) == ["L3"]


# What is called off


SIGNED = told("a", "L6", "2025-03-01", items=("RUS.S-400",))
PAID = told("b", "L7", "2025-04-01", items=("RUS.S-400",))
TALKS = told("c", "L4", "2025-01-10")


def off(story, name, day, **changes):
    return told(story, name, day, turn=Turn.CANCELLED, **changes)


def test_a_cancelled_contract_takes_the_payment_and_leaves_the_talks():
    on = standing(TALKS, SIGNED, PAID, off("x", "L6", "2025-06-01", items=("RUS.S-400",)))
    assert (on.highest.rung.name, on.since) == ("L4", date(2025, 1, 10))
    assert (on.latest.rung.name, on.latest.rung.turn) == ("L6", Turn.CANCELLED)
    assert on.first == {4: date(2025, 1, 10), 6: date(2025, 3, 1), 7: date(2025, 4, 1)}


def test_it_takes_no_other_deal():
    assert highest(TALKS, SIGNED, off("x", "L6", "2025-06-01", items=("RUS.SU-57",))) == "L6"
    assert highest(TALKS, SIGNED, off("x", "L6", "2025-06-01")) == "L4"


def test_what_is_reached_again_stands():
    again = told("d", "L6", "2025-07-01", items=("RUS.S-400",))
    on = standing(TALKS, SIGNED, off("x", "L6", "2025-06-01"), again)
    assert (on.highest.rung.name, on.since, on.first[6]) == ("L6", date(2025, 7, 1), date(2025, 3, 1))


@pytest.mark.parametrize(
    ("reached", "cancelled", "stands"),
    [
        ("L1", "L1", True),
        ("L2", "L2", True),
        ("L3", "L3", True),
        ("L4", "L4", False),
        ("L5", "L5", False),
        ("L5", "L6", True),
        ("L6", "L5", True),
        ("L6", "L7", True),
        ("L7", "L7", False),
        ("L7", "L6", False),
        ("L8", "L6", True),
        ("L8", "L8", True),
        ("L9", "L9", False),
        ("L10", "L10", False),
        ("W8", "W8", False),
        ("W5", "W5", False),
        ("R3", "R3", False),
        ("R2", "R3", True),
    ],
)
def test_what_each_cancelled_rung_takes(reached, cancelled, stands):
    pair = [told("s", reached, "2025-03-01"), off("x", cancelled, "2025-06-01")]
    assert highest(*pair, ladder=Ladder(reached[0])) == (reached if stands else None)


def test_a_postponed_rung_lowers_nothing_and_is_shown():
    found = of(SIGNED, told("x", "L6", "2025-06-01", turn=Turn.POSTPONED))
    assert names(found) == ["L6", "L6"]
    assert (found.standing[L].highest.id, found.standing[L].latest.rung.turn) == (SIGNED.id, Turn.POSTPONED)


def test_what_is_put_off_calls_off_nothing_yet():
    hit, spared = told("s", "W8", "2025-03-01"), told("t", "R3", "2025-03-02")
    later = {"turn": Turn.POSTPONED}
    assert highest(hit, told("x", "R4", "2025-06-01", **later), ladder=W) == "W8"
    assert highest(spared, told("x", "W8", "2025-06-01", **later), ladder=R) == "R3"
    assert highest(SIGNED, told("x", "L0", "2025-06-01", **later)) == "L6"


def test_the_end_takes_every_deal():
    ended = told("x", "L0", "2025-06-01", party="IRQ.A", items=("RUS.SU-57",))
    assert highest(told("s", "L6", "2025-03-01", party="IRQ.B", items=("RUS.S-400",)), ended) == "L0"


@pytest.mark.parametrize("name", ["L1", "L3", "L6", "L8", "L10"])
def test_the_end_takes_all(name):
    ended = told("x", "L0", "2025-06-01")
    on = standing(told("s", name, "2025-03-01"), ended)
    assert (on.highest.rung.name, on.since) == ("L0", date(2025, 6, 1))
    assert highest(told("s", name, "2025-03-01"), ended, told("t", "L1", "2025-07-01")) == "L1"


def test_what_is_less_sure_takes_nothing_that_is_surer():
    rumour = off("x", "L6", "2025-06-01", voice=Voice.ANONYMOUS)
    one_paper = off("x", "L6", "2025-06-01", by=("p",))
    for call in (rumour, one_paper, told("x", "L0", "2025-06-01", voice=Voice.ANONYMOUS)):
        assert highest(SIGNED, call) == "L6"
    told_of = told("s", "L6", "2025-03-01", voice=Voice.ANONYMOUS)
    assert standing(told_of, rumour).unconfirmed is None
    read = off("x", "L6", "2025-06-01", voice=Voice.READING)
    assert standing(told_of, read).unconfirmed is not None


def test_a_call_takes_what_was_there_on_its_day_and_in_its_span():
    assert highest(SIGNED, off("x", "L6", "2025-03-01")) is None
    assert highest(SIGNED, off("x", "L6", "2025-02-28")) == "L6"
    assert highest(SIGNED, off("x", "L6", "2025-03-01", precision=Precision.MONTH)) is None
    assert highest(SIGNED, off("x", "L6", "2025-01-01", precision=Precision.YEAR)) is None


def test_what_has_no_day_is_called_off_by_any_and_calls_off_nothing():
    assert highest(told("s", "L6"), off("x", "L6", "2025-01-01")) is None
    assert highest(recalled("s", "L6", "2025-05-01"), off("x", "L6", "2025-01-01")) is None
    assert highest(SIGNED, off("x", "L6", None)) == "L6"


def test_a_cancelled_rung_is_no_rung_that_was_reached():
    found = of(off("x", "L6", "2025-06-01"))
    assert (found.standing[L].highest, found.standing[L].unconfirmed, found.standing[L].first) == (None, None, {})


def test_a_reassurance_is_the_latest_and_takes_no_threat():
    on = standing(told("s", "W5", "2025-03-01"), told("t", "W-1", "2025-06-01"), ladder=W)
    assert (on.highest.rung.name, on.latest.rung.name) == ("W5", "W-1")


def test_termination_ends_what_was_and_not_what_comes():
    warned, hit = told("s", "W5", "2025-01-01"), told("t", "W8", "2025-03-01")
    lifted = told("u", "R4", "2025-06-01")
    on = standing(warned, hit, lifted, ladder=W)
    assert (on.highest, on.latest.rung.name, on.first[8]) == (None, "W8", date(2025, 3, 1))
    assert highest(warned, hit, lifted, told("v", "W2", "2025-07-01"), ladder=W) == "W2"
    assert highest(warned, hit, told("u", "R3", "2025-06-01"), ladder=W) == "W8"
    assert highest(warned, hit, told("u", "R4", "2025-06-01", by=("p",)), ladder=W) == "W8"
    assert highest(hit, told("u", "R4", "2025-06-01", counterpart="RUS"), ladder=W) is None


@pytest.mark.parametrize("name", ["W-1", "W0", "W4", "W7", "W9"])
def test_termination_ends_all_of_w(name):
    assert highest(told("s", name, "2025-03-01"), told("t", "R4", "2025-06-01"), ladder=W) is None


def test_termination_for_one_leaves_the_other():
    hit = told("t", "W8", "2025-03-01", party="IRQ.A")
    assert highest(hit, told("u", "R4", "2025-06-01", party="IRQ.B"), ladder=W) == "W8"
    assert highest(hit, told("u", "R4", "2025-06-01", party="IRQ.A"), ladder=W) is None


def test_a_new_imposition_ends_the_relief_before_it():
    lifted, talked = told("s", "R4", "2025-03-01"), told("t", "R1", "2025-02-01")
    hit = told("u", "W8", "2025-06-01")
    found = of(talked, lifted, hit)
    assert (found.standing[R].highest.rung.name, found.standing[W].highest.rung.name) == ("R1", "W8")
    assert highest(hit, told("s", "R2", "2025-06-01"), ladder=R) == "R2"
    assert highest(told("s", "R3", "2025-06-10"), hit, ladder=R) == "R3"


# The time on a rung


def test_the_time_on_each_rung():
    found = of(
        told("s", "L3", "2025-01-10"),
        TALKS,
        SIGNED,
        told("t", "L3", "2025-04-01"),
        off("x", "L6", "2025-06-01"),
        told("y", "L0", "2025-08-01"),
        told("z", "L1", "2025-10-01"),
        told("r", "L8", "2025-11-01", voice=Voice.ANONYMOUS),
        told("u", "L9"),
    )
    days = [date(2025, 1, 10), date(2025, 3, 1), date(2025, 6, 1), date(2025, 8, 1), date(2025, 10, 1), UNTIL]
    levels = [4, 6, 4, 0, 1]
    assert stays(found, L) == tuple(Stay(n, *span) for n, span in zip(levels, pairwise(days), strict=True))
    assert stays(found, L, since=date(2025, 7, 1)) == (
        Stay(4, date(2025, 7, 1), days[3]),
        Stay(0, days[3], days[4]),
        Stay(1, days[4], UNTIL),
    )


def test_a_gap_is_left_where_nothing_stood():
    found = of(told("s", "W8", "2025-01-01"), told("t", "R4", "2025-03-01"), told("u", "W2", "2025-05-01"))
    assert stays(found, W) == (
        Stay(8, date(2025, 1, 1), date(2025, 3, 1)),
        Stay(2, date(2025, 5, 1), UNTIL),
    )


def test_what_was_called_off_within_the_year_took_no_time():
    found = of(SIGNED, off("x", "L6", "2025-01-01", precision=Precision.YEAR), told("t", "L1", "2025-02-01"))
    assert stays(found, L) == (Stay(1, date(2025, 2, 1), UNTIL),)


# Whatever the order, and never the future


@st.composite
def histories(draw):
    made = []
    for n in range(draw(st.integers(0, 9))):
        day = draw(st.none() | st.dates(date(2025, 1, 1), date(2025, 3, 1)))
        vague = draw(st.sampled_from([Precision.DAY, Precision.DAY, Precision.ARTICLE, Precision.MONTH]))
        made.append(
            told(
                f"s{n}",
                draw(st.sampled_from(["L0", "L1", "L3", "L6", "L7", "W-1", "W1", "W5", "W8", "R3", "R4"])),
                day.isoformat() if day else None,
                by=draw(st.sampled_from([("p",), ("q",), ("p", "q")])),
                precision=vague if day else Precision.UNKNOWN,
                turn=draw(st.sampled_from([Turn.REACHED, Turn.REACHED, Turn.CANCELLED, Turn.POSTPONED])),
                voice=draw(st.sampled_from([*Voice])),
                past=draw(st.booleans()),
                items=draw(st.sampled_from([(), ("RUS.S-400",), ("RUS.SU-57",)])),
                party=draw(st.sampled_from([None, "IRQ.A", "IRQ.B"])),
            )
        )
    return made


@settings(deadline=None)
@given(histories(), st.randoms())
def test_the_order_of_the_stories_decides_nothing(history, random):
    mixed = list(history)
    random.shuffle(mixed)
    found = of(*history)
    assert found == of(*mixed)
    assert sorted(one for act in found.reached for one in act.rungs) == sorted(o for s in history for o in s.rungs)


@settings(deadline=None)
@given(histories(), st.dates(date(2025, 1, 1), date(2025, 3, 1)))
def test_what_comes_later_changes_nothing_of_before(history, until):
    then = [one for one in history if one.rung.day is None or one.rung.day <= until]
    assert of(*history, until=until) == of(*then, until=until)


@settings(deadline=None)
@given(histories())
def test_a_standing_is_of_its_course(history):
    found = of(*history)
    assert {one.rung.ladder for one in found.reached} == set(found.standing)
    for ladder, on in found.standing.items():
        confirmed = {one.effective for one in found.reached if one.confirmed and one.rung.ladder is ladder}
        for one in (on.highest, on.latest, on.unconfirmed):
            assert one is None or one in found.reached
        assert on.highest is None or (on.highest.confirmed and on.highest.rung.turn is Turn.REACHED)
        assert on.unconfirmed is None or not on.unconfirmed.confirmed
        assert set(on.first) <= confirmed
        assert (on.days is None) == (on.since is None)
        stayed = stays(found, ladder)
        assert all(one.since < other.since and one.until <= other.since for one, other in pairwise(stayed))
        if on.highest and on.since:
            assert stayed[-1].until == UNTIL and stayed[-1].level == on.highest.effective


@settings(deadline=None)
@given(histories())
def test_a_story_told_twice_by_the_same_changes_nothing(history):
    again = of(*history, *history)
    assert [one.rungs for one in again.reached if one.rung.day] == [
        one.rungs for one in of(*history).reached if one.rung.day
    ]
    assert {k: (v.since, v.first) for k, v in again.standing.items()} == {
        k: (v.since, v.first) for k, v in of(*history).standing.items()
    }


def test_time_grows_with_the_history():
    def climbing(many):
        first = date(1990, 1, 1)
        days = [(first + timedelta(3 * n)).isoformat() for n in range(many)]
        reached = [told(f"s{n:05}", "L4", day) for n, day in enumerate(days)]
        reached += [off(f"x{n:05}", "L4", day) for n, day in enumerate(days)]
        reached += [recalled(f"r{n:05}", "L4", day) for n, day in enumerate(days)]
        return lambda: of(*reached)

    assert grows_less(12, climbing(200), climbing(1200), floor=0.2)
