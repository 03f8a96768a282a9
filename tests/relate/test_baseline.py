import math
import random
from statistics import mean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.relate.baseline import Cell, Counted, Expected, Judged, expected, judged, residual, seasons
from marsad.relate.periods import RHYTHMS

MONTH, WEEK, DAY = (RHYTHMS[by] for by in ("month", "week", "day"))
COVERED = 1000


def monthly(acts: list[int], articles: list[int] | None = None, days: list[int] | None = None) -> list[Counted]:
    return [
        Counted(
            2000 + at // 12,
            at % 12 + 1,
            one,
            days[at] if days else 30,
            COVERED if articles is None else articles[at],
        )
        for at, one in enumerate(acts)
    ]


def poisson(drawn: random.Random, rate: float) -> int:
    limit, count, product = math.exp(-rate), 0, drawn.random()
    while product > limit:
        count, product = count + 1, product * drawn.random()
    return count


def negative_binomial(drawn: random.Random, rate: float, k: float) -> int:
    return poisson(drawn, drawn.gammavariate(k, rate / k))


histories = st.lists(st.tuples(st.integers(0, 40), st.sampled_from([0, 200, 1000, 5000])), max_size=60)


def of(history: list[tuple[int, int]]) -> list[Counted]:
    return monthly([acts for acts, _ in history], [articles for _, articles in history])


@given(st.integers(0, 500), st.sampled_from(list(RHYTHMS.values())), st.lists(st.integers(1, 9000), min_size=1))
@settings(deadline=None)
def test_a_constant_series_is_never_off_whatever_is_read(acts, rhythm, read):
    found = judged(
        [
            Counted(2000 + at // rhythm.year, 1 + at % 12, acts, 30, read[at % len(read)])
            for at in range(3 * rhythm.year)
        ],
        rhythm,
    )
    assert found[: rhythm.least] == [Judged(None, None)] * rhythm.least
    assert all(one.deviation == pytest.approx(0, abs=1e-6) for one in found[rhythm.least :])


@given(histories, histories)
@settings(deadline=None)
def test_what_comes_later_changes_nothing(history, later):
    assert judged(of(history + later), MONTH)[: len(history)] == judged(of(history), MONTH)


@given(histories)
@settings(deadline=None)
def test_a_hole_has_no_deviation_and_enters_no_history(history):
    holes = of(history)
    filled = [one if one.articles else one._replace(acts=one.acts + 7777) for one in holes]
    assert judged(filled, MONTH) == judged(holes, MONTH)
    assert all(
        one.deviation is None for one, each in zip(judged(holes, MONTH), holes, strict=True) if not each.articles
    )


@given(histories)
@settings(deadline=None)
def test_a_history_needs_its_periods(history):
    given = of(history)
    for at, one in enumerate(judged(given, MONTH)):
        read = sum(1 for each in given[max(0, at - MONTH.year) : at] if each.articles)
        assert (one.baseline is None) == (read < MONTH.least)
        assert one.baseline is None or one.baseline >= 0


@given(histories, st.integers(0, 400), st.integers(0, 400))
@settings(deadline=None)
def test_more_acts_are_more_off(history, some, more):
    given = of([*history, (0, COVERED)])
    less, much = (
        judged([*given[:-1], given[-1]._replace(acts=acts)], MONTH)[-1].deviation
        for acts in sorted((some, some + more))
    )
    assert less is None or less <= much + 1e-9


def test_a_short_month_is_not_expected_to_have_as_much():
    whole = judged(monthly([30] * 12 + [10], days=[30] * 12 + [10], articles=[900] * 12 + [300]), MONTH)[-1]
    assert whole.baseline == pytest.approx(10)
    assert whole.deviation == pytest.approx(0)
    as_much_read = judged(monthly([30] * 12 + [10], days=[30] * 12 + [10]), MONTH)[-1]
    assert as_much_read.baseline == pytest.approx(10)


def test_what_was_usual_is_that_of_the_year_before_and_the_less_sure_the_less_there_is_of_it():
    (*_, year) = expected(monthly([10] * 2 + [11] * 12 + [0]), [30] * 15, MONTH)
    assert (year.mean, year.unsure) == (pytest.approx(11), pytest.approx(1 / 12))
    (*_, half) = expected(monthly([11] * 6 + [0]), [30] * 7, MONTH)
    assert half.unsure == pytest.approx(1 / 6)


def test_twice_the_papers_alone_are_no_deviation_nor_are_twice_the_acts_in_them():
    for acts in (20, 29, 40):
        found = judged(monthly([20] * 12 + [acts], [1000] * 12 + [2000]), MONTH)[-1]
        assert found.deviation == pytest.approx(0, abs=1e-6)
        assert 20 <= found.baseline <= 40 + 1e-9
    more = judged(monthly([20] * 12 + [90], [1000] * 12 + [2000]), MONTH)[-1]
    assert more.baseline == pytest.approx(40) and more.deviation > 4
    fewer = judged(monthly([20] * 12 + [2], [1000] * 12 + [2000]), MONTH)[-1]
    assert fewer.baseline == pytest.approx(20) and fewer.deviation < -3


def test_anscombe_by_hand():
    plain = Expected(mean=9.0, dispersion=0.0, unsure=0.0)
    assert residual(16, plain) == pytest.approx(2 * (math.sqrt(16.375) - math.sqrt(9.375)))
    assert residual(16, plain._replace(unsure=3.0)) == pytest.approx(residual(16, plain) / 2)
    wide = residual(16, plain._replace(dispersion=0.2))
    by_hand = math.asinh(math.sqrt(0.2 * 16.375)) - math.asinh(math.sqrt(0.2 * 9.375))
    assert wide == pytest.approx(2 * by_hand / math.sqrt(0.2))
    assert residual(16, plain._replace(dispersion=1e-8)) == pytest.approx(residual(16, plain), rel=1e-4)


def test_dispersion_is_that_of_the_moments_and_never_less_than_poisson():
    acts = [10, 30, 5, 40, 20, 15, 60, 20, 10, 30, 25, 11]
    (*_, last) = expected(monthly([*acts, 0]), [30] * 13, MONTH)
    level = mean(acts)
    assert last.mean == pytest.approx(level)
    assert last.dispersion == pytest.approx((stdev(acts) ** 2 - level) / level**2)
    (*_, even) = expected(monthly([20, 21] * 6 + [0]), [30] * 13, MONTH)
    assert even.dispersion == 0


@pytest.mark.parametrize(("rhythm", "rate", "k"), [(MONTH, 20, None), (MONTH, 20, 5), (WEEK, 8, 5), (DAY, 3, 5)])
def test_deviations_of_chance_are_about_one(rhythm, rate, k):
    drawn, found = random.Random(6), []
    for _ in range(40 if rhythm is MONTH else 5):
        given = [
            Counted(
                2000 + at // rhythm.year,
                1 + at % rhythm.year * rhythm.seasons // rhythm.year,
                negative_binomial(drawn, rate, k) if k else poisson(drawn, rate),
                1,
                COVERED,
            )
            for at in range(5 * rhythm.year)
        ]
        found += [one.deviation for one in judged(given, rhythm) if one.deviation is not None]
    assert abs(mean(found)) < 0.3
    assert 0.85 < stdev(found) < 1.3
    assert sum(abs(one) > 3 for one in found) / len(found) < 0.03


def test_a_season_that_comes_back_is_expected_from_the_third_year_on():
    year = [10] * 11 + [40]
    found = judged(monthly(year * 4), MONTH)
    december = [found[at].deviation for at in (11, 23, 35, 47)]
    assert december[0] > 4 and december[1] > 2.5
    assert abs(december[2]) < 1 and abs(december[3]) < 1
    assert found[35].baseline > 2.5 * found[34].baseline


def test_one_loud_december_makes_no_season():
    quiet, loud = [10] * 12, [10] * 11 + [40]
    found = judged(monthly(quiet + loud + quiet), MONTH)
    assert found[35].baseline < 20


def test_seasons_want_two_years_and_are_drawn_to_one_by_what_years_disagree_on():
    assert seasons({1: [Cell(30, 10.0)], 2: [Cell(10, 10.0)]}) == {}
    agreed = seasons({1: [Cell(30, 20.0), Cell(30, 20.0)], 2: [Cell(10, 20.0), Cell(10, 20.0)]})
    assert agreed == {1: pytest.approx(1.5), 2: pytest.approx(0.5)}
    assert seasons({1: [Cell(40, 20.0), Cell(4, 20.0)], 2: [Cell(5, 20.0), Cell(33, 20.0)]}) == {
        1: pytest.approx(1),
        2: pytest.approx(1),
    }


def test_one_war_does_not_hide_the_next_month():
    found = judged(monthly([10, 11, 9, 10, 12, 8, 10, 10, 11, 9, 10, 10, 100, 100]), MONTH)
    assert found[12].deviation > 5 and found[13].deviation > 4
    assert found[13].baseline < 15


def test_a_new_level_becomes_usual():
    found = judged(monthly([10] * 12 + [30] * 36), MONTH)
    assert found[12].deviation > 3
    assert max(abs(one.deviation) for one in found[-12:]) < 1


def test_after_years_of_nothing_one_act_is_little_and_many_are_much():
    one, many = (judged(monthly([0] * 24 + [acts]), MONTH)[-1] for acts in (1, 30))
    assert one.baseline == many.baseline == 0
    assert one.deviation < 2 < 6 < many.deviation
