"""The process is killed 50 times while it delivers; nothing is lost or taken twice, and order is kept."""

import sys
from pathlib import Path

import pytest
from letters import kill

#: Bench/delivered.py does the same 500 times.
TIMES = 50


@pytest.mark.skipif(sys.platform == "win32", reason="forks and SIGKILL are needed")
@pytest.mark.parametrize("part", range(2))
def test_a_killed_process_loses_no_message_and_sends_none_twice(tmp_path: Path, part):
    last = None
    for last in kill(tmp_path, TIMES // 2, seed=100 * part):
        assert last.wrong == []
    assert last is not None
    assert (last.kills, last.wrong) == (TIMES // 2, [])
    assert last.ends >= 1
