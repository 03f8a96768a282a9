import json
import math
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import FormatError, SettingsError
from marsad.relate import detect
from marsad.relate.changes import REPLAYED, Replays, change, changes
from marsad.relate.detect import JUMP, LONGEST, PERSIST, Detector
from marsad.types import Change
from tests.cost import grows_less

START = date(2024, 1, 1)
K = 5.0


def days_of(length: int) -> list[date]:
    return [START + timedelta(number) for number in range(length)]


def drawn(seed: int, means: "np.ndarray | list[float]") -> list[int]:
    rng = np.random.default_rng(seed)
    return [int(count) for count in rng.poisson(rng.gamma(K, np.asarray(means) / K))]


def found(counts, exposure=None, now=None, persist=PERSIST) -> tuple[Change, ...]:
    days = days_of(len(counts))
    return changes(
        days, counts, exposure, now or days[-1], source="RUS", target="IRQ", quad="verbal cooperation", persist=persist
    )


def number(day: date) -> int:
    return (day - START).days


@st.composite
def histories(draw) -> tuple[list[int | None], list[float]]:
    """Stretches of days at a level each, so that turns are there to be found, with holes and thin days."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    counts: list[int | None] = []
    for _ in range(draw(st.integers(1, 4))):
        mean = draw(st.sampled_from([0.2, 1.0, 4.0, 12.0, 50.0]))
        counts += rng.poisson(rng.gamma(K, mean / K, draw(st.integers(5, 50)))).tolist()
    holes = draw(st.lists(st.integers(0, len(counts) - 1), max_size=8))
    for hole in holes:
        counts[hole] = None
    exposure = draw(st.lists(st.sampled_from([0.0, 0.3, 1.0, 1.4]), min_size=len(counts), max_size=len(counts)))
    return counts, exposure if draw(st.booleans()) else [1.0] * len(counts)


@pytest.mark.parametrize("seed", range(5))
def test_a_turn_is_found_with_its_day_and_its_rates(seed: int) -> None:
    counts = drawn(seed, [6.0] * 100 + [18.0] * 60)
    (one,) = found(counts)
    assert abs(number(one.day) - 100) <= 5
    assert (one.found - one.day).days >= PERSIST - 1
    assert number(one.found) <= 112
    assert 4 < one.before < 9 and 12 < one.after < 27
    assert detect.SURE <= one.strength <= 1
    assert (one.source, one.target, one.quad, one.occurrences) == ("RUS", "IRQ", "verbal cooperation", ())


@pytest.mark.parametrize("seed", range(5))
def test_a_fall_is_found_too(seed: int) -> None:
    told = found(drawn(seed, [15.0] * 100 + [3.0] * 40))
    assert [one.after < one.before for one in told if number(one.found) >= 100] == [True]


def test_up_and_back_are_two_changes() -> None:
    up, back = found([5, 4, 6, 5, 7] * 16 + [20, 25, 18, 22] * 5 + [5, 6, 4] * 10)
    assert (number(up.day), up.before < up.after) == (80, True)
    assert (number(back.day), back.before > back.after) == (100, True)


def test_one_day_is_no_turn() -> None:
    counts = [4, 5, 3, 4, 6] * 20
    for burst in (400, 0):
        for at in (30, 51, 77):
            assert found([*counts[:at], burst, *counts[at + 1 :]]) == ()


@pytest.mark.parametrize("seed", range(6))
def test_a_holiday_of_three_days_is_no_turn(seed: int) -> None:
    means = np.full(120, 10.0)
    means[80:83] = 1.0
    assert [one for one in found(drawn(seed, means)) if 78 <= number(one.day) <= 84] == []


def test_a_weekend_is_no_turn() -> None:
    assert found([10, 11, 9, 12, 2, 1, 10] * 40) == ()


def test_a_slow_trend_is_no_turn() -> None:
    assert found([round(4 * 6 ** (number / 730)) for number in range(730)]) == ()


def test_more_read_is_no_turn() -> None:
    exposure = [1.0] * 90 + [3.0] * 60
    counts = [round(5 * reach) for reach in exposure]
    assert found(counts, exposure) == ()
    assert len(found(counts)) == 1


def test_less_read_hides_no_turn() -> None:
    """Twice as much per unit of what is read, at a third of the reading."""
    exposure = [1.0] * 90 + [0.3] * 60
    (one,) = found([6] * 90 + [6] * 60, exposure)
    assert one.after == pytest.approx(20, rel=0.2)


def test_what_was_not_read_is_not_zero() -> None:
    counts: list[int | None] = [5, 4, 6, 5, 7] * 20
    counts[60:80] = [None] * 20
    assert found(counts) == ()
    zeros = [0 if count is None else count for count in counts]
    assert len(found(zeros)) == 2
    assert found(counts, [0.0 if count is None else 1.0 for count in counts]) == ()


def test_a_turn_in_a_hole_is_found_after_it() -> None:
    counts: list[int | None] = [5, 4, 6, 5, 7] * 14 + [None] * 20 + [20, 25, 18, 22] * 4
    (one,) = found(counts)
    assert number(one.day) == 90


def test_days_left_out_are_as_days_not_read() -> None:
    counts: list[int | None] = [5, 4, 6, 5, 7] * 14 + [None] * 20 + [20, 25, 18, 22] * 4
    days = days_of(len(counts))
    kept = [(day, count) for day, count in zip(days, counts, strict=True) if count is not None]
    left = changes(
        [day for day, _ in kept],
        [count for _, count in kept],
        None,
        days[-1],
        source="RUS",
        target="IRQ",
        quad="verbal cooperation",
    )
    assert left == found(counts)


@pytest.mark.parametrize("persist", [1, 4, 9, LONGEST])
def test_a_change_has_lasted_before_it_is_told(persist: int) -> None:
    for seed in range(4):
        for one in found(drawn(seed, [6.0] * 80 + [24.0] * 60 + [5.0] * 60), persist=persist):
            assert (one.found - one.day).days >= persist - 1


def test_no_count_is_too_large_or_too_small() -> None:
    assert found([10**9] * 60) == ()
    assert found([0] * 400) == ()
    (one,) = found([0] * 100 + [10**6] * 30)
    assert number(one.day) == 100


@settings(deadline=None, max_examples=60)
@given(histories(), st.integers(1, LONGEST))
def test_living_day_by_day_gives_what_a_replay_gives(history, persist: int) -> None:
    """Also where the state goes through JSON each night; and what was told is never told otherwise later."""
    counts, exposure = history
    days = days_of(len(counts))
    live: list[Change] = []
    detector = Detector(persist)
    for day, count, reach in zip(days, counts, exposure, strict=True):
        detector = Detector.of(json.loads(json.dumps(detector.state())))
        turn = detector.step(day, count, reach)
        if turn:
            live.append(change(turn, "RUS", "IRQ", "verbal cooperation"))
    assert found(counts, exposure, persist=persist) == tuple(live)
    for now in days[:: max(1, len(days) // 5)]:
        assert found(counts, exposure, now, persist) == tuple(one for one in live if one.found <= now)


@settings(deadline=None, max_examples=40)
@given(histories())
def test_a_change_is_a_change(history) -> None:
    counts, exposure = history
    told = found(counts, exposure)
    for one in told:
        # The grid of rates rounds the one before to half a step.
        assert abs(math.log(one.after / one.before)) > math.log(JUMP) - 0.1
        assert one.day <= one.found
        assert counts[number(one.found)] is not None
    for earlier, later in pairwise(told):
        assert later.day > earlier.found


@settings(deadline=None, max_examples=40)
@given(histories(), st.data())
def test_nothing_after_now_is_looked_at(history, data) -> None:
    counts, exposure = history
    at = data.draw(st.integers(0, len(counts) - 1))
    other = [*counts[: at + 1], *[-7] * (len(counts) - at - 1)]
    now = START + timedelta(at)
    assert found(other, exposure, now) == found(counts, exposure, now)


def test_figures_on_drawn_series_hold() -> None:
    """A small sample of what bench/changes.py measures in full, of its kind but simpler."""
    right = alarms = 0
    for seed in range(20):
        at, (low, high) = 60 + 3 * seed, [(2.0, 6.0), (5.0, 15.0), (15.0, 45.0)][seed % 3]
        before, after = (low, high) if seed % 2 else (high, low)
        told = found(drawn(seed, [before] * at + [after] * 40))
        fits = [one for one in told if 0 <= number(one.found) - at <= 10 and abs(number(one.day) - at) <= 10]
        right += bool(fits)
        alarms += len(told) - bool(fits)
    assert right >= 17
    assert alarms <= 3


def test_a_day_costs_the_same_whatever_came_before() -> None:
    short, long = drawn(1, [5.0] * 400), drawn(1, [5.0] * 1600)
    assert grows_less(8, lambda: found(short), lambda: found(long))


def test_bad_input_is_told() -> None:
    days = days_of(3)
    sides = {"source": "RUS", "target": "IRQ", "quad": ""}
    for bad in (
        lambda: changes(days, [1, 2], None, days[-1], **sides),
        lambda: changes(days, [1, 2, 3], [1.0], days[-1], **sides),
        lambda: changes(days, [1, -2, 3], None, days[-1], **sides),
        lambda: changes(days, [1, 2, 3], [1.0, math.nan, 1.0], days[-1], **sides),
        lambda: changes(days, [1, 2, 3], [1.0, -1.0, 1.0], days[-1], **sides),
        lambda: changes(days, [1, 2, 3], [1.0, math.inf, 1.0], days[-1], **sides),
        lambda: changes([days[1], days[0]], [1, 2], None, days[-1], **sides),
        lambda: changes([days[1], days[1]], [None, 2], None, days[-1], **sides),
        lambda: Detector.of({"persist": 4}),
        lambda: Detector.of(Detector().state() | {"runs": [1.0]}),
    ):
        with pytest.raises(FormatError):
            bad()
    for persist in (0, -1, LONGEST + 1):
        with pytest.raises(SettingsError):
            changes(days, [1, 2, 3], None, days[-1], persist=persist, **sides)
    with pytest.raises(SettingsError):
        Detector(dispersion=0)


@settings(deadline=None, max_examples=30)
@given(histories(), st.data())
def test_what_is_remembered_changes_no_answer(
    history: tuple[list[int | None], list[float]], data: st.DataObject
) -> None:
    """Day after day, with days of the past read late, and asked about earlier days in between."""
    counts, exposure = history
    replays, about = Replays(), {"source": "RUS", "target": "IRQ", "quad": "verbal cooperation"}
    end = max(1, len(counts) - 60)
    while end <= len(counts):
        days = days_of(end)
        now = days[-1] - timedelta(data.draw(st.sampled_from([0, 0, 3, 60])))
        given_ = (days, counts[:end], exposure[:end], now)
        assert replays.changes(*given_, **about) == changes(*given_, **about)
        if data.draw(st.booleans()):
            late = data.draw(st.integers(0, end - 1))
            counts[late] = (counts[late] or 0) + 5
        end += data.draw(st.sampled_from([1, 7, 45]))


def test_of_a_series_gone_through_before_the_last_days_alone_are_new(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[date] = []
    monkeypatch.setattr(Detector, "step", lambda self, day, *given: steps.append(day))
    replays, days = Replays(), days_of(400)
    given_ = (days, [3] * 400, [1.0] * 400, days[-1])
    for _ in range(2):
        replays.changes(*given_, source="RUS", target="IRQ", quad="verbal cooperation")
    assert steps == [*days, *days[-REPLAYED:]]
