"""Kills a process that adds and codes 2,000 times at random points, and tells what was wrong with what was left.

python bench/killed.py [--times 2000] [--seed 1]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from killing import Killed, kill


def main() -> int:
    """Kill, and tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    last = Killed()
    with tempfile.TemporaryDirectory() as folder:
        for last in kill(Path(folder), given.times, given.seed):
            if last.kills % 100 == 0:
                print(f"{last.kills} kills, {last.ends} histories whole, {len(last.wrong)} wrong", flush=True)
    for wrong in last.wrong[:20]:
        print(wrong)
    print(f"killed {last.kills} times, {last.ends} histories came to their end, {len(last.wrong)} things were wrong")
    return 1 if last.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
