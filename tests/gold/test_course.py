"""The story of examples/story from its events by hand: the course comes out exactly as it was written."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "tools"))
from measure_course import compared


def test_from_the_events_by_hand_the_course_comes_out_exactly():
    result = compared(by_hand=True)
    assert (result.missed, result.extra) == ((), ())
    assert len(result.hits) == 36
