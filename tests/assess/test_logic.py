"""The tables of logic, cell by cell, and what holds of all of them."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assess import logic
from marsad.assess.logic import all_of, any_of, at_least, decided, negate, unless
from marsad.types.law import Truth

T, F, U, C = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN, Truth.CONTESTED
EVERY = (T, C, U, F)
#: Rows and columns in the order of EVERY.
AND = ((T, C, U, F), (C, C, C, F), (U, C, U, F), (F, F, F, F))
OR = ((T, T, T, T), (T, C, C, C), (T, C, U, U), (T, C, U, F))
UNLESS = ((F, C, U, T), (F, C, C, C), (F, C, U, U), (F, F, F, F))
COULD_BE = {T: {True}, F: {False}, U: {True, False}, C: {True, False}}


@pytest.mark.parametrize("row", range(4))
@pytest.mark.parametrize("column", range(4))
def test_tables(row, column):
    one, other = EVERY[row], EVERY[column]
    assert all_of((one, other)) is AND[row][column]
    assert any_of((one, other)) is OR[row][column]
    assert unless(one, (other,)) is UNLESS[row][column]


def test_not():
    assert [negate(one) for one in EVERY] == [F, C, U, T]
    assert [decided(one) for one in EVERY] == [True, False, False, True]


def test_the_tables_of_the_documentation_are_these():
    cells = [line.split() for line in (logic.__doc__ or "").splitlines() if line[:1].isalpha()]
    tables = {line[0]: n for n, line in enumerate(cells) if line[1:] == ["true", "contested", "unknown", "false"]}
    for name, table in (("and", AND), ("or", OR), ("unless", UNLESS)):
        rows = cells[tables[name] + 1 : tables[name] + 5]
        assert rows == [[one, *row] for one, row in zip(EVERY, table, strict=True)]


def test_none_of_all_holds_and_none_of_any():
    assert all_of(()) is T
    assert any_of(()) is F
    assert at_least(0, ()) is T
    assert at_least(1, ()) is F


TRUTHS = st.lists(st.sampled_from(EVERY), max_size=6)


@settings(deadline=None)
@given(st.integers(-1, 7), TRUTHS)
def test_at_least_is_decided_where_every_way_to_settle_it_is_the_same(n, truths):
    ways = {sum(way) >= n for way in product(*(COULD_BE[one] for one in truths))}
    assert COULD_BE[at_least(n, truths)] == ways


@settings(deadline=None)
@given(st.integers(0, 7), TRUTHS)
def test_what_is_not_decided_is_contested_where_a_part_is(n, truths):
    if not decided(at_least(n, truths)):
        assert (at_least(n, truths) is C) is (C in truths)


@settings(deadline=None)
@given(st.integers(0, 7), TRUTHS)
def test_order_does_not_matter_and_the_negation_counts_the_others(n, truths):
    assert at_least(n, truths) is at_least(n, truths[::-1])
    assert negate(at_least(n, truths)) is at_least(len(truths) - n + 1, [negate(one) for one in truths])


@settings(deadline=None)
@given(st.sampled_from(EVERY), TRUTHS)
def test_unless_is_and_not_any(truth, exceptions):
    assert unless(truth, exceptions) is all_of((truth, *map(negate, exceptions)))
