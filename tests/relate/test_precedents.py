"""Which precedents a course is like: the order, the reasons, what came next, and that no case weighs on another."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import SettingsError
from marsad.knowledge.precedents import ItemClass, Precedent, Step, StepKind, Tie, precedents
from marsad.relate.cases import article_of, course_of
from marsad.relate.course import course
from marsad.relate.likeness import MOST, Aspect, Mark
from marsad.relate.precedents import after, like
from marsad.types import Branch, Ladder, Name, Precision, Reached, Rung, Span, Turn, Voice

AIR = frozenset({ItemClass.AIR_DEFENCE})
PARTNER = Tie.STRATEGIC_PARTNER
START = date(2025, 9, 16)


def reached(*rungs, near="IRQ", start=START):
    """A rung every ten days, too far apart to be one act.

    ``"L3"``, ``"W5 legislature"``, ``"L8?"`` (not confirmed), ``"L4 postponed"``.
    """
    made = []
    for number, words in enumerate(rungs):
        name, _, apart = words.partition(" ")
        sure = not name.endswith("?")
        ladder, level = Ladder(name[0]), int(name[1:].rstrip("?"))
        rung = Rung(
            id=f"r{number}",
            article=f"a{number}",
            ladder=ladder,
            level=level,
            sentence=0,
            span=Span(0, 1),
            rule="test",
            near=near,
            counterpart="RUS",
            sanctioner=None if ladder is Ladder.L else "USA",
            day=start + timedelta(10 * number),
            precision=Precision.DAY,
            branch=Branch.LEGISLATURE if apart == "legislature" else None,
            turn=Turn.POSTPONED if apart == "postponed" else Turn.REACHED,
        )
        made.append(
            Reached(id=rung.id, rung=rung, effective=level, confirmed=sure, why="test", rungs=(rung.id,), official=True)
        )
    return made


def so_far(*rungs, near="IRQ", start=START):
    return course(reached(*rungs, near=near, start=start), near, "RUS", "USA", start + timedelta(120))


IRAQ = so_far("L3", "L4", "W1", "W0")


def ranked(asked=IRAQ, items=AIR, tie=PARTNER, cases=None, **given):
    return like(asked, items, tie, precedents() if cases is None else cases, **given)


def place(likes):
    return {one.precedent.id: number for number, one in enumerate(likes)}


def by_id(likes):
    return {one.precedent.id: one for one in likes}


def case(name, *steps, near="XXX", **given):
    """An invented case: each step is a rung as in :func:`reached`, ten days after the one before."""
    made = []
    for number, words in enumerate(steps):
        rung, _, apart = words.partition(" ")
        ladder = Ladder(rung[0])
        made.append(
            Step(
                day=date(2018, 1, 1) + timedelta(10 * number),
                precision=Precision.DAY,
                kind=StepKind.RAPPROCHEMENT if ladder is Ladder.L else StepKind.SIGNAL,
                ladder=ladder,
                level=int(rung[1:]),
                text=Name(ar=f"خطوة {number}", en=f"step {number}"),
                voice=Voice.READING if apart == "reading" else Voice.REPORT,
                status="found",
                dated="found",
                branch=Branch.LEGISLATURE if apart == "legislature" else None,
                turn=Turn.POSTPONED if apart == "postponed" else Turn.REACHED,
            )
        )
    nobody = Name(ar="أحد", en="somebody")
    told = {
        "id": name, "name": nobody, "near": near, "party": f"{near}.GOV.MOD", "buyer": nobody, "counterpart": "RUS",
        "sellers": (), "seller": nobody, "sanctioner": "USA", "law": "us/caatsa/231", "items": (), "systems": nobody,
        "classes": AIR, "stage": None, "signal": None, "legislature": None, "delivered": None, "sanctioned": False,
        "outcome": "open", "steps": tuple(made),
    }  # fmt: skip
    return Precedent(**{**told, **given})


class TestTheIraqOf2025:
    def test_cases_that_stopped_early_come_before_those_that_ended_in_sanctions(self):
        at = place(ranked())
        early = ["IRQ-SAM-2018-2021", "IRQ-T90-2018", "QAT-S400", "SAU-S400", "KWT-T90", "ARE-SU35", "SDN-BASE"]
        last = max(at[one] for one in early)
        assert last < at["CHN-EDD-2018"] and last < at["TUR-SSB-2020"]

    def test_the_case_of_the_same_talks_is_the_likest_but_the_course_itself(self):
        first, second, *_ = ranked()
        assert (first.precedent.id, first.overlaps) == ("IRQ-SHOIGU-2025", True)
        assert (second.precedent.id, second.overlaps, second.same_state) == ("IRQ-SAM-2018-2021", False, True)
        assert second.stood and second.stage == 4

    def test_why_is_told_part_by_part_and_sums_up(self):
        for one in ranked():
            assert [part.aspect for part in one.why] == list(Aspect)
            assert one.score == pytest.approx(sum(part.points for part in one.why))
            assert all(0 <= part.points <= part.most == MOST[part.aspect] for part in one.why)
            assert one.most == sum(MOST.values())

    def test_what_came_next_has_its_day_and_the_days_between(self):
        iraq = by_id(ranked())["IRQ-SAM-2018-2021"]
        assert iraq.day == date(2018, 3, 27)
        assert (iraq.next_signal.step.rung, iraq.next_signal.days, iraq.next_signal.about) == ("W5", 659, False)
        assert (iraq.next_stage.step.rung, iraq.next_stage.about) == ("L0", True)
        assert iraq.next_stage.days == (date(2024, 9, 19) - date(2018, 3, 27)).days

    def test_the_counts_have_their_n_and_leave_out_the_course_itself(self):
        likes = ranked()
        exact, wide = after(likes), after(likes, exact=False)
        assert (exact.rung, exact.n, exact.left_out) == ("L4", 3, ("IRQ-SHOIGU-2025",))
        assert exact.cases == ("IRQ-SAM-2018-2021", "KWT-T90", "QAT-S400")
        assert exact.stages == {"": 1, "L0": 1, "postponed": 1}
        assert exact.outcomes == {"not-purchased": 2, "postponed": 1}
        assert wide.n == 19 and wide.signals == {} and wide.stages["L6"] == 11
        for of in (exact, wide):
            assert sum(of.stages.values()) == sum(of.outcomes.values()) == of.n == len(of.cases)
            assert all(isinstance(count, int) for count in (*of.stages.values(), *of.outcomes.values()))

    def test_what_is_not_to_be_counted_and_states_that_are_named_are_left_out(self):
        assert "MAR-S400" not in place(ranked())
        assert not any(one.precedent.near == "IRQ" for one in ranked(but=("IRQ",)))


def test_a_case_is_cut_where_it_stood_on_the_same_rung():
    cut, whole = case("CUT", "L4", "W1"), case("WHOLE", "L4", "W1", "L6", "W5", "L8", "W8")
    first, second = ranked(cases=[whole, cut])
    assert first.score == second.score and first.why == second.why
    ended = by_id([first, second])["WHOLE"]
    assert (ended.taken, ended.next_stage.step.rung, ended.next_stage.days) == (2, "L6", 10)
    assert by_id([first, second])["CUT"].next_stage is None


def test_within_its_time_on_the_rung_a_case_is_taken_where_it_is_the_likest():
    (one,) = ranked(cases=[case("LONG", "L3", "L4", "W1", "W5", "L4", "W4", "L6")])
    assert (one.taken, one.stage, one.stood) == (3, 4, True)
    assert one.next_stage.step.rung == "L6" and one.next_signal.step.rung == "W5"


def test_a_case_that_is_only_known_from_a_higher_rung_is_taken_there_and_says_so():
    (one,) = ranked(cases=[case("HIGH", "L6", "L8", "W8")])
    assert (one.stage, one.stood, one.taken) == (6, False, 1)
    assert after([one]).n == 0
    wide = after([one], exact=False)
    assert (wide.n, wide.stages) == (1, {"L6": 1})


def test_a_case_that_never_came_so_far_is_not_beyond_the_rung():
    (one,) = ranked(cases=[case("LOW", "L1", "L3", "W2")])
    assert (one.stage, one.stood) == (3, False)
    assert after([one], exact=False).n == 0


def test_of_two_rungs_as_near_the_lower_one_is_taken():
    (one,) = ranked(cases=[case("AROUND", "L3", "L5")])
    assert one.stage == 3


def test_what_ended_begins_anew():
    (one,) = ranked(so_far("L4"), cases=[case("AGAIN", "L6", "L0", "L4", "W2", "L6")])
    assert (one.stage, one.stood, one.taken, one.next_stage.step.rung) == (4, True, 3, "L6")


def test_an_ended_or_postponed_rapprochement_is_what_came_next():
    ended, put_off = by_id(ranked(cases=[case("E", "L4", "L0"), case("P", "L4", "L4 postponed")])).values()
    assert ended.next_stage.step.rung == "L0" and put_off.next_stage.step.turn is Turn.POSTPONED
    assert after([ended, put_off]).stages == {"L0": 1, "postponed": 1}


def test_a_lower_rung_that_follows_is_no_next_stage():
    (one,) = ranked(cases=[case("BACK", "L3", "L4", "L1", "L3", "L5")])
    assert one.next_stage.step.rung == "L5"


def test_the_legislature_is_not_the_executive():
    loud, meek = by_id(
        ranked(cases=[case("LAW", "W5 legislature", "L4", "W1"), case("EXE", "W5", "L4", "W1")])
    ).values()
    signals = {one.precedent.id: next(p for p in one.why if p.aspect is Aspect.SIGNAL) for one in (loud, meek)}
    assert signals["LAW"].theirs == ("W1",) and signals["LAW"].points == 3
    assert signals["EXE"].theirs == ("W5",) and signals["EXE"].points == 0
    assert Mark(Ladder.W, 5, legislature=True).coarse == "legislature warning"


def test_a_reading_is_capped():
    (one,) = ranked(so_far("L4", "W3"), cases=[case("READ", "L4", "W5 reading")])
    assert next(part for part in one.why if part.aspect is Aspect.SIGNAL).theirs == ("W3",)


def test_what_came_first_counts():
    talks_first, warned_first = (case("T", "L4", "W1", "L4"), case("W", "W1", "L4"))
    likes = by_id(ranked(so_far("L3", "L4", "W1"), cases=[talks_first, warned_first]))
    order = {name: next(p.points for p in one.why if p.aspect is Aspect.ORDER) for name, one in likes.items()}
    assert order["T"] == 2 > order["W"]


@pytest.mark.parametrize(
    ("items", "points"), [((ItemClass.AIR_DEFENCE,), 2), ((ItemClass.TANKS,), 0), ((), 0),
                          ((ItemClass.TANKS, ItemClass.AIR_DEFENCE), 1)],
)  # fmt: skip
def test_the_class_of_the_item_counts(items, points):
    (one,) = ranked(items=items, cases=[case("AIR", "L4")])
    assert next(part.points for part in one.why if part.aspect is Aspect.ITEMS) == points


@pytest.mark.parametrize(("tie", "points"), [(Tie.OTHER, 2), (PARTNER, 1), (Tie.NATO_ALLY, 0), (Tie.ADVERSARY, 1)])
def test_the_relation_to_the_sanctioner_counts(tie, points):
    (one,) = ranked(tie=tie, cases=[case("NOBODY", "L4")])
    assert next(part.points for part in one.why if part.aspect is Aspect.TIE) == points


def test_only_what_is_confirmed_and_stands_is_asked_about():
    assert ranked(so_far("L3", "L4", "L8?", "W1"), cases=[case("A", "L4")])[0].asked == 4
    assert ranked(so_far("L6", "L0", "L4"), cases=[case("A", "L4")])[0].asked == 4
    assert ranked(so_far("W1"), cases=[case("A", "W1", "L4")])[0].asked is None


def test_before_any_rapprochement_signals_alone_are_compared():
    (one,) = ranked(so_far("W2"), cases=[case("A", "W2", "L4")])
    assert (one.taken, one.stood, one.stage) == (1, True, None) and one.next_stage.step.rung == "L4"
    (other,) = ranked(so_far("W2"), cases=[case("B", "L6", "W8")])
    assert (other.taken, other.stood) == (0, False) and other.next_stage is None
    assert {part.aspect: part.points for part in other.why}[Aspect.STAGE] == 0


def test_rungs_may_be_given_without_their_course():
    assert ranked(reached("L3", "L4", "W1", "W0")) == ranked()
    with pytest.raises(SettingsError, match="no pair"):
        ranked([])


def test_a_case_overlaps_only_the_course_of_its_state_and_time():
    talks = case("IRAQ", "L4", near="IRQ")
    assert not ranked(cases=[talks])[0].overlaps
    assert ranked(so_far("L4", "W1", start=date(2018, 1, 1)), cases=[talks])[0].overlaps
    assert not ranked(so_far("L4", near="SYR", start=date(2018, 1, 1)), cases=[talks])[0].overlaps


def test_nothing_compared_cannot_be_counted():
    with pytest.raises(SettingsError, match="no precedent"):
        after([])


RUNGS = st.lists(
    st.sampled_from(["L0", "L1", "L3", "L4", "L5", "L6", "L8", "W-1", "W0", "W1", "W2", "W4", "W5", "W5 legislature",
                     "W8", "R1", "L4 postponed"]),
    max_size=7,
)  # fmt: skip


@given(RUNGS, RUNGS, RUNGS)
@settings(deadline=None, max_examples=60)
def test_a_case_more_changes_no_score_of_the_others(asked, one, other):
    asked_of = so_far("L3", *asked)
    first, second = case("ONE", *one), case("OTHER", *other, near="YYY")
    (alone,) = ranked(asked_of, cases=[first])
    assert by_id(ranked(asked_of, cases=[second, first]))["ONE"] == alone


@given(RUNGS, RUNGS)
@settings(deadline=None, max_examples=60)
def test_a_ranking_is_the_same_in_any_order_and_its_parts_are_in_bounds(asked, steps):
    cases = [*precedents(), case("MORE", *steps)]
    asked_of = so_far("L3", *asked)
    likes = ranked(asked_of, cases=cases)
    assert likes == ranked(asked_of, cases=cases[::-1])
    for one in likes:
        assert one.why and all(0 <= part.points <= part.most for part in one.why)
        assert one.taken <= len(one.precedent.rungs)
        if one.next_stage and one.taken:
            assert one.next_stage.days >= 0
    for exact in (True, False):
        of = after(likes, exact=exact)
        assert sum(of.outcomes.values()) == of.n


@given(RUNGS)
@settings(deadline=None, max_examples=60)
def test_a_course_is_the_likest_to_itself(steps):
    """A case with the very same steps as the course gets every point but that of the buyer."""
    told = ["L4", *(one for one in steps if one.startswith("L4 ") or one[0] in "WR")]
    (one,) = ranked(so_far(*told), tie=Tie.OTHER, cases=[case("SAME", *told)])
    assert one.score == one.most - MOST[Aspect.BUYER]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_precedent_is_a_course_with_a_sentence_for_each_rung(lang):
    for one in precedents():
        made, text = course_of(one, lang=lang), article_of(one, lang=lang)
        assert text.title.of(text.text) == one.name.shown(lang)
        steps = [step for step in one.steps if step.counts or step.doubted]
        assert [(r.rung.name, r.rung.day, r.confirmed) for r in made.reached] == [
            (step.rung, step.day, step.counts) for step in steps
        ]
        for rung, step in zip(made.reached, steps, strict=True):
            assert rung.rung.span.of(text.text) == step.text.shown(lang)
    assert course_of(precedents()[1]).standing[Ladder.W].highest.rung.name == "W8"


def test_a_case_that_ended_stands_on_no_contract():
    indonesia = next(one for one in precedents() if one.id == "IDN-SU35")
    assert course_of(indonesia).standing[Ladder.L].highest.rung.name == "L0"


def test_a_case_asked_about_as_a_course_finds_itself():
    """Each case that has rungs, asked about as a course, is likest to itself, unless another ended the same way."""
    for one in precedents():
        if not one.rungs or one.uncounted:
            continue
        made = course_of(one)
        day = one.rungs[-1].day
        best = like(made, one.classes, one.tie(day), precedents())[0]
        assert best.precedent.id == one.id, (one.id, best.precedent.id)


def test_a_copy_of_a_case_for_another_state_differs_by_the_buyer_alone():
    qatar = next(one for one in precedents() if one.id == "QAT-S400")
    iraq = replace(qatar, near="IRQ", id="COPY")
    likes = by_id(ranked(cases=[qatar, iraq]))
    assert likes["COPY"].score - likes["QAT-S400"].score == MOST[Aspect.BUYER]
