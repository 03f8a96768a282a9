"""The process is killed 200 times while it adds and codes; nothing acknowledged is lost, nothing is twice."""

import sys
from pathlib import Path

import pytest
from killing import kill

#: Bench/killed.py does the same 2,000 times.
TIMES = 200


@pytest.mark.skipif(sys.platform == "win32", reason="forks and SIGKILL are needed")
@pytest.mark.parametrize("part", range(4))
def test_a_killed_process_loses_nothing_and_doubles_nothing(tmp_path: Path, part):
    last = None
    for last in kill(tmp_path, TIMES // 4, seed=100 * part):
        assert last.wrong == []
    assert last is not None and last.kills == TIMES // 4
