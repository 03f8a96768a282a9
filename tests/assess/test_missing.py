"""What is missing: what may still change, the smallest sets, their order, and where they are cut."""

import random
from itertools import combinations
from math import comb

import pytest
from cost import within
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import changes, element, fact, facts, leaf, node, random_law, truth_of, version

from marsad.assess.evaluate import evaluate
from marsad.assess.missing import may_become, missing
from marsad.knowledge.instruments import instrument
from marsad.types.law import ElementKind, Missing, Truth

T, F, U, C = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN, Truth.CONTESTED


@pytest.mark.parametrize("kind", list(ElementKind))
@pytest.mark.parametrize("can", [True, False])
def test_what_an_element_may_become(kind, can):
    one = element("a", kind, can)
    assert may_become(one, U) == may_become(one, C) == (True, False)
    assert may_become(one, F) == ((True,) if can else ())
    assert may_become(one, T) == ((False,) if kind is ElementKind.OPEN_TEXTURE else ())


def test_the_smallest_sets_both_ways():
    made = version("a b c", {"top": node("all", "a", node("any", "b", "c"))})
    assert missing(made, "top", {}) == Missing(
        rule="top",
        to_hold=({"a": True, "b": True}, {"a": True, "c": True}),
        to_fail=({"a": False}, {"b": False, "c": False}),
    )


def test_what_is_so_already_needs_nothing():
    made = version("a b", {"top": node("any", "a", "b")})
    assert missing(made, "top", facts(a=True)).to_hold == ({},)
    assert missing(made, "top", facts(a=False, b=False)).to_fail == ({},)


def test_what_happened_stays_so():
    made = version("a b", {"top": node("all", "a", "b")})
    assert missing(made, "top", facts(a=True, b=True)).to_fail == ()
    assert missing(made, "top", facts(a=True)).to_fail == ({"b": False},)


def test_not_yet_is_reopened_and_never_is_not():
    made = version({"a": element("a"), "b": element("b", can=False)}, {"top": node("any", "a", "b")})
    assert missing(made, "top", facts(a=False, b=False)).to_hold == ({"a": True},)
    assert missing(made, "top", facts(a=False, b=False)).to_fail == ({},)


def test_a_waiver_not_yet_given_makes_a_duty_fail():
    made = version(
        {"a": element("a"), "w": element("w", ElementKind.OFFICIAL_ACT)},
        {"top": leaf("a", "waiver")},
        {"waiver": leaf("w")},
    )
    told = missing(made, "top", facts(a=True, w=False))
    assert told.to_hold == ({},)
    assert told.to_fail == ({"w": True},)


def test_an_argument_may_fall():
    made = version({"a": element("a"), "o": element("o", ElementKind.OPEN_TEXTURE)}, {"top": node("all", "a", "o")})
    assert missing(made, "top", facts(a=True, o=True)).to_fail == ({"o": False},)
    # It falls for one part of the law as for the other.
    twice = version({"o": element("o", ElementKind.OPEN_TEXTURE)}, {"top": node("all", "o", node("not", "o"))})
    assert missing(twice, "top", facts(o=True)).to_hold == ()


def test_what_stays_as_it_is_asks_for_nothing_but_cannot_change_as_well():
    made = version(
        "a b",
        {"top": node("all", node("not", "a"), "b"), "other": node("any", "a", node("all", node("not", "a"), "b"))},
    )
    assert missing(made, "top", facts(a=False, b=False)).to_hold == ({"b": True},)
    assert missing(made, "other", facts(a=False, b=False)).to_hold == ({"a": True}, {"b": True})


def test_a_set_that_contains_another_is_left_out():
    made = version("a b", {"top": node("any", "a", node("all", "a", "b"))})
    assert missing(made, "top", {}).to_hold == ({"a": True},)


def test_nothing_is_asked_to_be_both():
    made = version("a b", {"top": node("all", node("any", "a", "b"), node("not", "a"))})
    assert missing(made, "top", {}).to_hold == ({"a": False, "b": True},)


def test_the_value_is_that_of_the_tables_not_of_a_proof():
    made = version("a", {"top": node("any", "a", node("not", "a"))})
    assert evaluate(made, "top", {}).truth is U
    assert missing(made, "top", {}).to_hold == ({"a": True}, {"a": False})


def test_exceptions_rules_and_at_least():
    made = version(
        "a b c w", {"top": node("at_least", "a", "b", "low", n=2, unless=("x",)), "low": leaf("c")}, {"x": leaf("w")}
    )
    told = missing(made, "top", facts(w=False))
    assert told.to_hold == ({"a": True, "b": True}, {"a": True, "c": True}, {"b": True, "c": True})
    assert told.to_fail == ({"w": True}, {"a": False, "b": False}, {"a": False, "c": False}, {"b": False, "c": False})


def test_the_shortest_come_first_and_a_thousand_at_most():
    names = [f"e{n:02}" for n in range(14)]
    made = version(" ".join(names), {"top": node("at_least", *names, n=4)})
    told = missing(made, "top", {})
    assert comb(14, 4) == 1001
    assert len(told.to_hold) == 1000
    assert told.cut
    assert [tuple(one) for one in told.to_hold] == list(combinations(names, 4))[:1000]
    assert not missing(made, "top", facts(e00=True)).cut
    assert missing(made, "top", {}, most=3).to_hold == told.to_hold[:3]


def test_cut_where_the_other_question_has_more():
    made = version("a b", {"top": node("all", "a", "b")})
    assert missing(made, "top", {}, most=1) == Missing(
        rule="top", to_hold=({"a": True, "b": True},), to_fail=({"a": False},), cut=True
    )


def test_at_least_one_is_asked_for():
    with pytest.raises(ValueError, match="most is 0"):
        missing(version("a", {"top": leaf("a")}), "top", {}, most=0)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**6))
def test_every_set_does_what_it_says_and_no_part_of_it_does(seed):
    made, given = random_law(random.Random(seed))
    told = missing(made, "top", given, most=50)
    for value, sets in ((T, told.to_hold), (F, told.to_fail)):
        for one in sets:
            after = {key: fact(key, holds) for key, holds in one.items()}
            assert evaluate(made, "top", given | after).truth is value
            assert all(holds in changes(made, given, key) for key, holds in one.items())
            for key in one:
                rest = {other: what for other, what in after.items() if other != key}
                assert evaluate(made, "top", given | rest).truth is not value


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 10**6))
def test_contested_counts_as_unknown_here(seed):
    made, given = random_law(random.Random(seed))
    other = {key: fact(key, U) if truth_of(made, given, key) is C else one for key, one in given.items()}
    assert missing(made, "top", given) == missing(made, "top", other)


def test_a_million_sets_cost_little():
    names = [f"e{n:02}" for n in range(40)]
    pairs = [node("any", one, other) for one, other in zip(names[::2], names[1::2], strict=True)]
    made = version(" ".join(names), {"top": node("all", *pairs), "half": node("at_least", *names, n=20)})

    def ask():
        for rule in ("top", "half"):
            told = missing(made, rule, {}, most=10)
            assert [len(one) for one in told.to_hold] == [20] * 10
            assert told.cut

    assert within(2, ask)


def test_what_section_231_lacks_where_talks_are_all_there_is():
    law = instrument("us/caatsa/231").versions[-1]
    given = facts(dated=False, in_sector=True)
    told = missing(law, "exposure", given)
    assert told.to_hold == ({"is_person": True, "dated": True, "knowingly": True, "significant": True},)
    assert told.to_fail == ({},)
