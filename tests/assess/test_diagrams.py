"""Diagrams say what the functions and families that they stand for say."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assess.diagrams import NO, YES, Choices, Sets

PLACES = 4
#: What may be done with each element: left, made true, made false.
CHOICES = list(product((None, True, False), repeat=PLACES))
FUNCTION = st.recursive(
    st.tuples(st.integers(0, PLACES - 1), st.booleans(), st.booleans(), st.booleans()),
    lambda inner: st.tuples(st.integers(0, 3), st.lists(inner, max_size=3)),
    max_leaves=8,
)


def built(choices, one):
    if len(one) == 4:
        return choices.element(*one)
    n, parts = one
    return choices.at_least(n, [built(choices, part) for part in parts])


def says(one, choice):
    if len(one) == 4:
        place, left, true, false = one
        return {None: left, True: true, False: false}[choice[place]]
    n, parts = one
    return sum(says(part, choice) for part in parts) >= n


def followed(choices, number, choice):
    while number not in (NO, YES):
        place, left, true, false = choices.nodes[number]
        number = {None: left, True: true, False: false}[choice[place]]
    return number == YES


@settings(deadline=None)
@given(FUNCTION)
def test_functions_and_their_smallest_sets(one):
    choices, sets = Choices(), Sets()
    number = built(choices, one)
    assert [followed(choices, number, choice) for choice in CHOICES] == [says(one, choice) for choice in CHOICES]
    yes = [
        frozenset((place, value) for place, value in enumerate(choice) if value is not None)
        for choice in CHOICES
        if says(one, choice)
    ]
    smallest = {given for given in yes if not any(other < given for other in yes)}
    found = list(sets.each(sets.smallest(choices, number)))
    assert {frozenset(given) for given in found} == smallest
    assert len(found) == len(smallest)
    assert found == sorted(found, key=lambda given: (len(given), [(place, not value) for place, value in given]))


@settings(deadline=None)
@given(FUNCTION, FUNCTION)
def test_equal_functions_have_equal_numbers(one, other):
    choices = Choices()
    same = all(says(one, choice) == says(other, choice) for choice in CHOICES)
    assert (built(choices, one) == built(choices, other)) is same


@settings(deadline=None)
@given(FUNCTION, FUNCTION)
def test_the_sets_that_contain_none_of_another_family(one, other):
    choices, sets = Choices(), Sets()
    first, second = (sets.smallest(choices, built(choices, function)) for function in (one, other))
    given_, against = ([frozenset(each) for each in sets.each(family)] for family in (first, second))
    left = {each for each in given_ if not any(part <= each for part in against)}
    assert {frozenset(each) for each in sets.each(sets.beyond(first, second))} == left


@pytest.mark.parametrize("value", [True, False])
def test_a_set_contains_what_leaves_its_first_element_alone(value):
    choices, sets = Choices(), Sets()
    first, other = choices.element(0, False, value, not value), choices.element(0, False, not value, value)
    second = choices.element(1, False, True, False)
    both, either = (
        sets.smallest(choices, join(one, second)) for join, one in ((choices.both, first), (choices.either, other))
    )
    assert list(sets.each(either)) == [((0, not value),), ((1, True),)]
    assert list(sets.each(sets.beyond(both, either))) == []
