"""How much is read of a day against what is usual: what keeps more papers from looking like more acts."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.desk.pairs.turning import LEVEL, _exposure
from marsad.relate.changes import changes

FIRST = date(2024, 1, 1)


def turns(counts, read):
    days = [FIRST + timedelta(n) for n in range(len(counts))]
    known = [count if n else None for count, n in zip(counts, read, strict=True)]
    return changes(days, known, _exposure(read), days[-1], source="IRQ", target="RUS", quad="q", persist=7)


def test_as_much_as_usual_is_one_and_nothing_is_nought():
    assert _exposure([5, 5, 0, 5]) == [1.0, 1.0, 0.0, 1.0]
    assert _exposure([]) == [] and _exposure([0, 0]) == [0.0, 0.0]
    assert _exposure([4, 4, 8])[-1] == pytest.approx(1.5)


def test_what_is_usual_follows_in_a_year():
    more = _exposure([10] * LEVEL + [30] * LEVEL)
    assert more[LEVEL] == pytest.approx(3.0, rel=0.02) and more[-1] == pytest.approx(1.0)
    assert more[LEVEL:] == sorted(more[LEVEL:], reverse=True)


@given(st.lists(st.integers(0, 50), max_size=60), st.lists(st.integers(0, 50), max_size=20))
@settings(deadline=None)
def test_nothing_later_is_looked_at(read, later):
    assert _exposure([*read, *later])[: len(read)] == _exposure(read)


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(1, 9))
@settings(deadline=None)
def test_only_the_proportion_counts(read, times):
    assert _exposure([n * times for n in read]) == pytest.approx(_exposure(read))


def test_more_papers_are_no_turn_and_more_acts_are():
    usual, more = [2, 1, 3, 2, 2, 1, 3], [6, 5, 7, 6, 8, 4, 6]
    assert turns(usual * 20 + more * 20, [10] * 140 + [30] * 140) == ()
    assert [one.after > one.before for one in turns(usual * 20 + more * 20, [10] * 280)] == [True]


def test_a_hole_in_what_was_read_is_no_turn():
    usual = [2, 1, 3, 2, 2, 1, 3]
    assert turns(usual * 20 + [0] * 30 + usual * 10, [10] * 140 + [0] * 30 + [10] * 70) == ()
