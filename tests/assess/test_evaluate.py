"""What rules come to on facts, which facts their values rest on, and which facts count on a day."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import fact, facts, leaf, node, random_law, truth_of, version

from marsad.assess.evaluate import evaluate, held
from marsad.assess.logic import decided
from marsad.knowledge.instruments import cases, instrument, instruments
from marsad.types.law import Truth

T, F, U, C = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN, Truth.CONTESTED


def grounds(step):
    return [one.element for one in step.facts]


def test_a_missing_fact_is_unknown_never_false():
    step = evaluate(version("a", {"top": leaf("a")}), "top", {})
    assert step.truth is U
    assert step.parts[0].facts == ()


def test_the_tree_has_names_places_and_clauses():
    made = version(
        "a b c",
        {"top": node("all", "low", node("any", "a", node("not", "b")), unless=("w",)), "low": leaf("a")},
        {"w": leaf("c")},
    )
    step = evaluate(made, "top", facts(a=True, c=False))
    assert (step.id, step.op, step.truth) == ("top", "all", T)
    low, some = step.parts
    assert (low.id, low.op, low.parts[0].id, low.parts[0].op) == ("low", "leaf", "a", "element")
    assert (some.id, some.op, [part.id for part in some.parts]) == ("top.2", "any", ["a", "top.2.2"])
    assert [(one.id, one.truth) for one in step.exceptions] == [("w", F)]
    assert low.parts[0].cite.section == "a"
    assert step.exceptions[0].cite.section == "w"
    assert step.cite is None


def test_at_least_shows_its_number():
    step = evaluate(version("a b c", {"top": node("at_least", "a", "b", "c", n=2)}), "top", facts(a=True, b=C))
    assert (step.op, step.n, step.truth) == ("at_least", 2, C)


@pytest.mark.parametrize(
    ("condition", "given", "truth", "rests"),
    [
        (node("all", "a", "b"), facts(a=True, b=True), T, ["a", "b"]),
        (node("all", "a", "b", "c"), facts(a=False, b=True, c=C), F, ["a"]),
        (node("all", "a", "b", "c"), facts(a=True, b=U, c=C), C, ["b", "c"]),
        (node("any", "a", "b", "c"), facts(a=True, b=True, c=False), T, ["a", "b"]),
        (node("any", "a", "b"), facts(a=False, b=False), F, ["a", "b"]),
        (node("any", "a", "b", "c"), facts(a=C, b=False), C, ["a"]),
        (node("at_least", "a", "b", "c", n=2), facts(a=True, b=False, c=False), F, ["b", "c"]),
        (node("not", node("all", "a", "b")), facts(a=False, b=True), T, ["a"]),
        (node("not", "a"), facts(a=C), C, ["a"]),
        (node("any", "a", node("all", "a", "b")), facts(a=True, b=True), T, ["a", "b"]),
    ],
)
def test_a_value_rests_on_the_facts_that_decide_it(condition, given, truth, rests):
    step = evaluate(version("a b c", {"top": condition}), "top", given)
    assert step.truth is truth
    assert grounds(step) == rests


@pytest.mark.parametrize(
    ("a", "b", "truth", "rests"),
    [
        (True, True, F, ["b"]),
        (True, False, T, ["a", "b"]),
        (True, U, U, ["b"]),
        (True, C, C, ["b"]),
        (False, True, F, ["a", "b"]),
        (False, C, F, ["a"]),
        (C, False, C, ["a"]),
        (C, U, C, ["a", "b"]),
        (U, True, F, ["b"]),
    ],
)
@pytest.mark.parametrize("negated", [False, True])
def test_an_exception_and_what_it_rests_on(a, b, truth, rests, negated):
    condition = node("not", node("not", "a"), unless=("w",)) if negated else leaf("a", "w")
    step = evaluate(version("a b", {"top": condition}, {"w": leaf("b")}), "top", facts(a=a, b=b))
    assert step.truth is truth
    assert grounds(step) == rests
    assert step.exceptions[0].id == "w"


def test_a_never_is_false():
    assert evaluate(version("a", {"top": node("any")}), "top", facts(a=True)).truth is F


def test_a_fact_stands_in_a_step_once():
    step = evaluate(version("a", {"top": node("all", "a", "a", "low"), "low": leaf("a")}), "top", facts(a=True))
    assert grounds(step) == ["a"]


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 10**6))
def test_to_learn_more_never_turns_what_was_decided(seed):
    rng = random.Random(seed)
    made, given = random_law(rng)
    before = evaluate(made, "top", given).truth
    open_ = [key for key in made.elements if not decided(truth_of(made, given, key))]
    for key in open_[: rng.randint(0, len(open_))]:
        given[key] = fact(key, rng.random() < 0.5)
    if decided(before):
        assert evaluate(made, "top", given).truth is before


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 10**6))
def test_what_a_value_rests_on_is_enough_for_it(seed):
    made, given = random_law(random.Random(seed))
    step = evaluate(made, "top", given)
    rests = {one.element: one for one in step.facts}
    assert rests.items() <= given.items()
    if decided(step.truth):
        assert evaluate(made, "top", rests).truth is step.truth
    # A contested value leans on something contested, any other on nothing contested.
    assert (step.truth is C) is any(one.truth is C for one in step.facts)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10**6))
def test_the_same_twice(seed):
    made, given = random_law(random.Random(seed))
    assert evaluate(made, "top", given) == evaluate(made, "top", dict(reversed(given.items())))


DAY = date(2020, 6, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "as_of", "known_on", "counts"),
    [
        ({}, DAY, DAY, True),
        ({"since": DAY}, DAY, DAY, True),
        ({"since": DAY}, BEFORE, DAY, False),
        ({"until": DAY}, DAY, DAY, True),
        ({"until": DAY}, AFTER, AFTER, False),
        ({"known": DAY}, DAY, DAY, True),
        ({"known": DAY}, DAY, BEFORE, False),
        ({"since": BEFORE, "until": BEFORE, "known": AFTER}, BEFORE, AFTER, True),
        ({"since": BEFORE, "until": BEFORE, "known": AFTER}, BEFORE, DAY, False),
    ],
)
def test_facts_count_on_both_axes_of_time(days, as_of, known_on, counts):
    assert (held({"a": fact("a", True, **days)}, as_of, known_on) != {}) is counts


def every_case():
    return [pytest.param(case, id=f"{of} {case.id}") for of in instruments() for case in cases(of)]


@pytest.mark.parametrize("case", every_case())
def test_the_cases_beside_each_law(case):
    law = instrument(case.instrument).at(case.on, case.known_on)
    assert (law.valid_from if law else None) == case.version
    if law is None:
        return
    given = case.held(law)
    assert {rule: evaluate(law, rule, given).truth for rule in case.rules} == dict(case.rules)
    if case.reliefs is not None:
        assert {key for key in law.reliefs if evaluate(law, key, given).truth is T} == case.reliefs
