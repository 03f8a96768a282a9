"""The invented story, fed by its events by hand, changes its label on the days that are written down."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "tools"))
import measure_labels


@pytest.fixture(scope="module")
def told():
    with measure_labels.told(by_hand=True) as desk:
        yield desk


def test_each_turn_comes_on_its_day_and_not_a_day_before(told):
    law, entity, turns, last = measure_labels.expected()

    def label(day):
        return told.assess(entity, law, on=day, known_on=day).findings[0].finding.label

    assert [label(day) for day, _ in turns] == [one for _, one in turns]
    before = [label(day - timedelta(1)) for day, _ in turns[1:]]
    assert before == [one for _, one in turns[:-1]]
    assert label(last) is turns[-1][1]


def test_figures_count_turns_days_and_what_is_above():
    _, _, turns, last = measure_labels.expected()
    same = measure_labels.Compared(turns, turns, last).figures()
    assert same == {"turns": 1.0, "days": 1.0, "above": 0.0}
    early = (turns[0], (turns[1][0] - timedelta(1), turns[1][1]), *turns[2:])
    off = measure_labels.Compared(turns, early, last).figures()
    assert off["turns"] == (len(turns) - 2) / (len(turns) - 1) and 0 < off["above"] < 0.001 and off["days"] < 1
