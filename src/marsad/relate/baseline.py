"""What was to be expected of a count, from its own past alone, and how far off it is.

For each period, from those before it only:

1. **Level.** The rate of the trailing year: the counts of those of its periods that were read, over their exposure. A
   count more than three standard deviations off enters as if it were three: one war must not hide the next month's.
2. **Season.** The same pair's factor for the month or the ISO week, from the calendar years before, each measured
   against its own rate. Two years at least must know the season. Factors are drawn towards 1 by what differs within a
   season from year to year (one-way analysis of variance, the estimator of James and Stein): where years disagree
   there is no season.
3. **Deviation.** Anscombe's variance-stabilised residual, 2 (√(x + 3/8) - √(m + 3/8)) for a Poisson count, in its form
   for the negative binomial, 2/√a (arsinh √(a (x + 3/8)) - arsinh √(a (m + 3/8))), with the variance m + a m² of the
   trailing year by moments, never less than that of Poisson; over √(1 + exposure / exposure of the year), for what the
   mean itself is uncertain by. About 1 is one standard deviation. (F. J. Anscombe, The transformation of Poisson,
   binomial and negative-binomial data, Biometrika 35, 1948.)

**Exposure** is the trap: whoever follows twice the papers finds more acts, but not twice as many. So both is worked
out, with the days of a period as exposure and with the articles read in it, and the expectation that is nearer to the
count is taken; where the count lies between the two, coverage alone can explain it and the deviation is 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import asinh, sinh, sqrt
from operator import sub
from typing import NamedTuple

from marsad.relate.periods import Rhythm

#: The share of its seasons that a year must have been read in to say anything of the season.
_WHOLE = 0.75
_THREE_EIGHTHS = 0.375
#: Standard deviations off what was expected beyond which a count enters the history as if it were no farther.
FAR = 3.0
#: Dispersion below which the negative binomial is Poisson to the last digit.
_NONE = 1e-9


class Counted(NamedTuple):
    """A period with its count. Where no article of it was read, ``acts`` is not known, whatever it says."""

    year: int
    season: int
    acts: int
    days: int
    articles: int


class Judged(NamedTuple):
    """What was to be expected, and how many standard deviations the count is off; None where that is not known."""

    baseline: float | None
    deviation: float | None


class Expected(NamedTuple):
    """A mean, the dispersion ``a`` of the variance m + a m², and the exposure over that of the history (``unsure``)."""

    mean: float
    dispersion: float
    unsure: float


def judged(given: Sequence[Counted], rhythm: Rhythm) -> list[Judged]:
    """Baseline and deviation of each period, from the periods before it. The years must not fall.

    Both are None where fewer than ``rhythm.least`` periods of the trailing year were read, the deviation also where the
    period itself was not.
    """
    by_days = expected(given, [one.days for one in given], rhythm)
    by_articles = expected(given, [one.articles for one in given], rhythm)
    return [_nearer(*each) for each in zip(given, by_days, by_articles, strict=True)]


def _nearer(one: Counted, days: Expected | None, articles: Expected | None) -> Judged:
    if days is None or articles is None:
        return Judged(None, None)
    if not one.articles:
        return Judged(days.mean, None)
    found = [(residual(one.acts, each), each.mean) for each in (days, articles)]
    deviation, mean = min(found, key=lambda each: abs(each[0]))
    between = found[0][0] * found[1][0] < 0
    return Judged(mean, 0.0 if between else deviation)


def residual(count: int, expected: Expected) -> float:
    """How many standard deviations ``count`` is off: Anscombe's residual (see the head of this module).

    >>> round(residual(16, Expected(mean=9.0, dispersion=0.0, unsure=0.0)), 2)
    1.97
    """
    off = _stable(count, expected.dispersion) - _stable(expected.mean, expected.dispersion)
    return off / sqrt(1 + expected.unsure)


def _stable(count: float, dispersion: float) -> float:
    if dispersion < _NONE:
        return 2 * sqrt(count + _THREE_EIGHTHS)
    return 2 * asinh(sqrt(dispersion * (count + _THREE_EIGHTHS))) / sqrt(dispersion)


def _count(stable: float, dispersion: float) -> float:
    """The count of a stable value: the inverse of the above, not below 0."""
    half = max(0.0, stable / 2)
    root = half if dispersion < _NONE else sinh(half * sqrt(dispersion)) / sqrt(dispersion)
    return max(0.0, root * root - _THREE_EIGHTHS)


def _held(count: int, expected: Expected | None) -> float:
    """``count`` as it enters the history: no farther than :data:`FAR` from what was expected."""
    if expected is None or abs(residual(count, expected)) <= FAR:
        return count
    off = FAR * sqrt(1 + expected.unsure) * (1 if count > expected.mean else -1)
    return _count(_stable(expected.mean, expected.dispersion) + off, expected.dispersion)


def expected(given: Sequence[Counted], exposure: Sequence[int], rhythm: Rhythm) -> list[Expected | None]:
    """What each period was to have at this exposure, from those of the year before that were read; None: too few."""
    found: list[Expected | None] = []
    held: list[float] = []
    years: dict[int, list[Cell]] = {}
    for _, several in groupby(range(len(given)), key=lambda at: given[at].year):
        places = list(several)
        factors = seasons(years)
        past = _Past(rhythm)
        for at in range(max(0, places[0] - rhythm.year), places[0]):
            past.add(given[at], held[at], exposure[at] * factors.get(given[at].season, 1.0))
        for at in places:
            size = exposure[at] * factors.get(given[at].season, 1.0)
            found.append(past.expected(size))
            held.append(_held(given[at].acts, found[at]))
            past.add(given[at], held[at], size)
        within = slice(places[0], places[-1] + 1)
        for part, cell in _cells(given[within], exposure[within], rhythm):
            years.setdefault(part, []).append(cell)
    return found


class _Past:
    """Running sums over consecutive periods, those that were not read left out."""

    def __init__(self, rhythm: Rhythm) -> None:
        self._rhythm = rhythm
        self._sums: list[tuple[float, ...]] = [(0,) * 6]

    def add(self, one: Counted, acts: float, size: float) -> None:
        n, y, x, yy, xy, xx = self._sums[-1]
        if one.articles:
            n, y, x, yy, xy, xx = n + 1, y + acts, x + size, yy + acts * acts, xy + acts * size, xx + size * size
        self._sums.append((n, y, x, yy, xy, xx))

    def expected(self, size: float) -> Expected | None:
        """What the trailing year says of the next period, at the exposure ``size``."""
        start = self._sums[max(0, len(self._sums) - 1 - self._rhythm.year)]
        n, y, x, yy, xy, xx = map(sub, self._sums[-1], start)
        if n < self._rhythm.least or x <= 0:
            return None
        rate = y / x
        squares = (yy - 2 * rate * xy + rate * rate * xx) * n / (n - 1)
        dispersion = max(0.0, (squares - y) / (rate * rate * xx)) if rate else 0.0
        return Expected(rate * size, dispersion, size / x)


class Cell(NamedTuple):
    """A season of one year: what was counted, and what the rate of that year made one expect."""

    acts: int
    expected: float


def _cells(given: Sequence[Counted], exposure: Sequence[int], rhythm: Rhythm) -> Iterator[tuple[int, Cell]]:
    """The seasons of a year; none where it was not read for the most part, or nothing was counted in it."""
    sums: dict[int, tuple[int, int]] = {}
    for one, size in zip(given, exposure, strict=True):
        if one.articles:
            acts, so_far = sums.get(one.season, (0, 0))
            sums[one.season] = acts + one.acts, so_far + size
    if len(sums) >= _WHOLE * rhythm.seasons and (total := sum(acts for acts, _ in sums.values())):
        rate = total / sum(size for _, size in sums.values())
        for part, (acts, size) in sums.items():
            yield part, Cell(acts, rate * size)


def seasons(years: Mapping[int, Sequence[Cell]]) -> dict[int, float]:
    """The factor of each season from its cells, one a year; a season that is not named has 1."""
    known = {part: found for part, found in years.items() if len(found) > 1}
    ratios = {
        part: sum(cell.acts for cell in found) / sum(cell.expected for cell in found) for part, found in known.items()
    }
    trust = _trust(known, ratios)
    return {part: 1 + trust * (ratio - 1) for part, ratio in ratios.items()}


def _trust(known: Mapping[int, Sequence[Cell]], ratios: Mapping[int, float]) -> float:
    """How much of what differs between seasons is not just what differs from year to year (0 to 1)."""
    between = sum(sum(cell.expected for cell in found) * (ratios[part] - 1) ** 2 for part, found in known.items())
    within = sum(
        cell.expected * (cell.acts / cell.expected - ratios[part]) ** 2
        for part, found in known.items()
        for cell in found
    )
    free = sum(len(found) - 1 for found in known.values())
    if len(known) < 2 or not between:
        return 0.0
    return max(0.0, 1 - (within / free) / (between / (len(known) - 1)))
