"""How well turns in a relation are found, and how fast: python bench/changes.py [--seed N] [--series N] [--sure P]

Draws daily counts (negative binomial, k = 5) of 400 days each by a committed seed: series with turns of ×3 or ÷3 by at
least 2 a day, and half as many without; with a weekly season, trends, holidays, days of bursts, thin coverage, and
holes in it. Prints, for the detector that reads them day by day:

- a change is *right* where a turn of the same direction, not taken by another change, lies within NEAR days of its
  ``day``, and it was found on the day of that turn or up to LATEST days later; precision is the share that is right;
- recall is the share of turns with a right change found at most SOON days after the turn;
- false alarms are all changes in the series without turns.

Beside it stand PELT (`ruptures`, where installed), which is offline: it sees a series whole, so that its delay does not
count; and an *oracle*, as a measure of what the noise allows: a two-sided CUSUM that is told season, trend, holidays,
coverage and the true rate up to the last turn, and waits for the next turn only. Constants of the detector were chosen
on other seeds.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from marsad.relate import detect
from marsad.relate.changes import changes

SEED, SERIES, LENGTH, FIRST = 20251201, 200, 400, date(2024, 1, 1)
K, TIMES, LEAST = 5.0, 3.0, 2.0
SOON, NEAR, LATEST = 7, 10, 30
YEARS = 20


class Told(NamedTuple):
    """A change: numbers of the day of the turn and of the day of finding, and whether the rate rose."""

    day: int
    found: int
    up: bool


@dataclass
class Drawn:
    """A series, what was drawn into it, and the mean of each day had it turned in no way."""

    counts: list[int | None]
    exposure: list[float]
    turns: list[tuple[int, bool]] = field(default_factory=list)
    unturned: list[float] = field(default_factory=list)

    @property
    def days(self) -> list[date]:
        return [FIRST + timedelta(number) for number in range(len(self.counts))]


def turned(rng: np.random.Generator, usual: np.ndarray) -> tuple[np.ndarray, list[tuple[int, bool]]]:
    """The rates with two to six turns 40 days apart or more, each to three times or a third of the base, or back."""
    wanted, at = int(rng.integers(2, 7)), []
    for day in rng.integers(60, len(usual) - 15, 100).tolist():
        if len(at) < wanted and all(abs(day - other) >= 40 for other in at):
            at.append(day)
    level, power, turns = usual.copy(), 0, []
    for day in sorted(at):
        ways = [way for way in (1, -1) if abs(power + way) <= 1 and level[day] * abs(TIMES**way - 1) >= LEAST]
        if ways:
            way = ways[int(rng.integers(len(ways)))]
            power += way
            level[day:] *= TIMES**way
            turns.append((day, way > 0))
    return level, turns


def season(rng: np.random.Generator, days: list[date]) -> np.ndarray:
    """A factor a day: in four series of five a weekend (Friday and Saturday, or Saturday and Sunday) is quieter."""
    week = rng.uniform(0.95, 1.05, 7)
    first = int(rng.integers(4, 6))
    if rng.random() < 0.8:
        week[first : first + 2] *= rng.uniform(0.5, 1)
    return (week / week.mean())[[day.weekday() for day in days]]


def spans(rng: np.random.Generator, a_year: float, longest: int, length: int, shortest: int = 1) -> list[slice]:
    """Stretches of days at random."""
    starts = rng.integers(0, length, rng.poisson(a_year * length / 365))
    return [slice(int(start), int(start) + int(rng.integers(shortest, longest + 1))) for start in starts]


def draw(rng: np.random.Generator, turning: bool, length: int = LENGTH) -> Drawn:
    """One series."""
    days = [FIRST + timedelta(number) for number in range(length)]
    usual = np.full(length, rng.uniform(0.5, 20))
    if rng.random() < 0.5:  # a trend: up to doubling or halving in a year
        usual = usual * 2.0 ** (rng.uniform(-1, 1) * np.arange(length) / 365)
    level, turns = turned(rng, usual) if turning else (usual, [])
    factor, cover = season(rng, days), np.ones(length)
    for span in spans(rng, 0.5, 40, length, shortest=10):
        cover[span] *= rng.uniform(0.4, 0.7)
    quiet = rng.random() < 0.5
    for _ in range(
        4
    ):  # holidays, the same each year: papers print less, and in half of the series less is done as well
        start, lasts = int(rng.integers(0, 365)), int(rng.integers(1, 5))
        printed, done = rng.uniform(0.5, 0.9, 2)
        for year in range(0, length, 365):
            cover[year + start : year + start + lasts] *= printed
            factor[year + start : year + start + lasts] *= done if quiet else 1
    for _ in range(int(rng.integers(0, 5))):
        factor[int(rng.integers(length))] *= rng.uniform(3, 8)
    mean = level * factor * cover
    counts: list[int | None] = rng.poisson(rng.gamma(K, mean / K)).tolist()
    for span in spans(rng, 1.5, 7, length):
        counts[span] = [None] * len(counts[span])
    # How much is read is counted in articles, which is not quite how much of the acts is seen.
    seen = cover * np.exp(rng.normal(0, 0.05, length))
    return Drawn(counts, seen.tolist(), turns, (usual * factor * cover).tolist())


def online(one: Drawn) -> list[Told]:
    """What Marsad finds."""
    days = one.days
    told = changes(days, one.counts, one.exposure, days[-1], source="A", target="B", quad="")
    return [Told((c.day - FIRST).days, (c.found - FIRST).days, c.after > c.before) for c in told]


def pelt(one: Drawn) -> list[Told]:
    """What PELT finds in the series whole: counts made even in variance, weekdays made equal, small steps left out."""
    import ruptures  # type: ignore[import-not-found]

    at = [number for number, count in enumerate(one.counts) if count is not None]
    rates = np.array([(one.counts[number] or 0) / one.exposure[number] for number in at])
    even = 2 * math.sqrt(K) * np.arcsinh(np.sqrt(rates / K))
    weekdays = np.array([one.days[number].weekday() for number in at])
    for weekday in range(7):
        even[weekdays == weekday] -= np.median(even[weekdays == weekday]) - np.median(even)
    search = ruptures.KernelCPD(kernel="linear", min_size=7).fit(even.reshape(-1, 1))
    ends = [0, *search.predict(pen=3 * math.log(len(at)))]
    told = []
    for first, middle, last in zip(ends, ends[1:], ends[2:], strict=False):
        before, after = rates[first:middle].mean() + 0.01, rates[middle:last].mean() + 0.01
        if abs(math.log(after / before)) >= math.log(detect.JUMP):
            told.append(Told(at[middle], at[middle], bool(after > before)))
    return told


def oracle(one: Drawn, threshold: float = 6.0) -> list[Told]:
    """What one finds who knows all but the next turn; a turn not found in LATEST days is told to it."""

    def gain(count: int, mean: float, other: float) -> float:
        return count * math.log(other * (mean + K) / (mean * (other + K))) + K * math.log((mean + K) / (other + K))

    told, known, level, up, down = [], 0, 1.0, 0.0, 0.0
    for number, count in enumerate(one.counts):
        if known < len(one.turns) and number > one.turns[known][0] + LATEST:
            level, known, up, down = level * TIMES ** (1 if one.turns[known][1] else -1), known + 1, 0.0, 0.0
        if count is None:
            continue
        mean = one.unturned[number] * level
        up = max(0.0, up + gain(count, mean, mean * TIMES))
        down = max(0.0, down + gain(count, mean, mean / TIMES))
        if max(up, down) >= threshold:
            rose = up > down
            right = known < len(one.turns) and number >= one.turns[known][0] and rose == one.turns[known][1]
            told.append(Told(one.turns[known][0] if right else number, number, rose))
            if right:
                level, known = level * TIMES ** (1 if rose else -1), known + 1
            up = down = 0.0
    return told


def delays(one: Drawn, told: list[Told], whole: bool) -> list[int]:
    """Delay in days of each right change; ``whole``: the series was seen whole."""
    left, out = list(one.turns), []
    for change in told:
        fits = [
            turn
            for turn in left
            if turn[1] == change.up
            and abs(turn[0] - change.day) <= NEAR
            and (whole or 0 <= change.found - turn[0] <= LATEST)
        ]
        if fits:
            turn = min(fits, key=lambda fit: abs(fit[0] - change.day))
            left.remove(turn)
            out.append(change.found - turn[0])
    return out


def measure(name: str, find: Callable[[Drawn], list[Told]], turning: list[Drawn], still: list[Drawn]) -> None:
    """Print a line of figures."""
    whole = find is pelt
    start = time.process_time()
    told = [find(one) for one in turning]
    alarms = sum(len(find(one)) for one in still)
    took = (time.process_time() - start) / sum(len(one.counts) for one in turning + still)
    right = [delay for one, found in zip(turning, told, strict=True) for delay in delays(one, found, whole)]
    turns, reported = sum(len(one.turns) for one in turning), sum(len(found) for found in told)
    soon = len(right) if whole else sum(delay <= SOON for delay in right)
    days = sum(len(one.counts) for one in still)
    late = sorted(right or [0])[len(right) // 2]
    online_only = f" by day {SOON}, {len(right) / max(turns, 1):.3f} ever, median delay {late:.0f}"
    print(
        f"{name:8} precision {len(right) / max(reported, 1):.3f} ({len(right)} of {reported}), "
        f"recall {soon / max(turns, 1):.3f}{'' if whole else online_only}, "
        f"false alarms {alarms} in {days} days ({alarms / days * 500:.2f} in 500), {took * 1e6:.0f} µs a day"
    )


def main() -> int:
    """Draw, measure and print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seed", type=int, default=SEED, help="another than the committed one, to tune on")
    asked.add_argument("--series", type=int, default=SERIES, help="how many series with turns")
    asked.add_argument("--sure", type=float, default=detect.SURE, help="probability from which a turn is reported")
    args = asked.parse_args()
    detect.SURE = args.sure
    rng = np.random.default_rng(args.seed)
    turning = [draw(rng, turning=True) for _ in range(args.series)]
    still = [draw(rng, turning=False) for _ in range((args.series + 1) // 2)]
    turns = sum(len(one.turns) for one in turning)
    print(f"seed {args.seed}: {len(turning)} series with {turns} turns, {len(still)} without, of {LENGTH} days each")
    print(f"right: same direction, day within {NEAR} days of the turn, found 0 to {LATEST} days after it")
    measure("marsad", online, turning, still)
    try:
        measure("PELT", pelt, turning, still)
    except ImportError:
        print("PELT     not measured: pip install ruptures")
    measure("oracle", oracle, turning, still)
    long = draw(rng, turning=True, length=YEARS * 365)
    start = time.process_time()
    online(long)
    print(f"{YEARS} years of days of one pair: {(time.process_time() - start) * 1000:.0f} ms of processor time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
