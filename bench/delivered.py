"""Kills a process that delivers 500 times at random points, and tells what was wrong with what its receivers have.

python bench/delivered.py [--times 500] [--seed 1]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from letters import Killed, kill


def main() -> int:
    """Kill, and tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    last, told = Killed(), 0
    with tempfile.TemporaryDirectory() as folder:
        for last in kill(Path(folder), given.times, given.seed):
            if last.kills >= told + 100:
                told = last.kills
                print(f"{told} kills, {last.ends} histories whole, {len(last.wrong)} wrong", flush=True)
    for wrong in last.wrong[:20]:
        print(wrong)
    print(
        f"killed {last.kills} times, {last.messages} messages in {last.ends} histories arrived, "
        f"{len(last.wrong)} things were wrong"
    )
    return 1 if last.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
