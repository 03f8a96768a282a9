"""How long work takes, for tests of what hostile input costs; made to hold on a machine that does other things too.

Processor time is measured, never the clock on the wall, and a bound counts as kept as soon as one of a few tries keeps
it: what grows with the square of its input keeps it in none.
"""

import time
from collections.abc import Callable

TRIES = 5


def seconds(work: Callable[[], object]) -> float:
    """Processor time of ``work``, of this process with all its threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def within(limit: float, work: Callable[[], object]) -> bool:
    """Whether ``work`` takes less than ``limit`` seconds of processor time."""
    return any(seconds(work) < limit for _ in range(TRIES))


def grows_less(times: float, small: Callable[[], object], large: Callable[[], object], floor: float = 0.0) -> bool:
    """Whether ``large`` takes less than ``times`` the time of ``small``, or less than ``floor`` seconds."""
    least = most = float("inf")
    for _ in range(TRIES):
        least, most = min(least, seconds(small)), min(most, seconds(large))
        if most < max(times * least, floor):
            return True
    return False
