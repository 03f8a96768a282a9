"""Bayesian online change-point detection on daily counts, one day at a time.

The run-length filter of R. P. Adams and D. J. C. MacKay, *Bayesian Online Changepoint Detection*, 2007
(arXiv:0710.3742), on a Gamma–Poisson observation: a day's count is negative binomial around the rate of its run, with
dispersion k. The Gamma–Poisson with fixed k has no conjugate prior, and tempering a Gamma is only nearly right; so the
rate stands on a logarithmic grid, on which Bayes' rule is exact. That also makes room for what is no turn:

- a **season**: one factor for each day of the week, learnt on the way;
- a **trend**: the rate of the standing run drifts slowly, while a turn is a jump at once, by :data:`JUMP` or more;
- a **burst**: any one day may be an outlier;
- an **episode** (a holiday, a summit): a jump of a few days ago may end in a return to the rate before;
- **coverage**: rates are per unit of exposure, and a day that was not read changes nothing.

All state is in :class:`Detector`; a day costs the same whatever the length of the history.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.errors import FormatError, SettingsError

Array = NDArray[np.float64]

#: Days observed since a turn before it may be reported, and how many can be asked for.
PERSIST, LONGEST = 4, 14
#: Dispersion k of the negative binomial: the variance of a day with mean m is m + m²/k.
DISPERSION = 5.0

# What follows was tuned on series of bench/changes.py, drawn by other seeds than the committed one.
#: Probability that a day begins a new run.
HAZARD = 1 / 200
#: Posterior probability of a turn from which it is reported.
SURE = 0.57
#: Least ratio of the rates of two runs, and spread of the logarithm of that ratio around that of 3: a Cauchy
#: distribution, so that a turn of many times is one turn, not two.
JUMP, SPREAD = 1.7, 0.3
#: Probability that a day is an outlier; its count is then spread as 1 / (count + 1) up to about e^9.
OUTLIER, WIDE = 0.03, 9.0
#: A jump younger than so many observed days ends in a return with this probability a day.
EPISODE, RETURN = 5, 0.05
#: Standard deviation a day of the logarithm of the standing rate; applied once a week.
DRIFT, WEEK = 0.012, 7
#: Observed days before the first turn can be told from a beginning.
WARM = 14
#: Runs kept apart by their start; an older one is taken into the standing run.
RUNS = 23
#: Exposure under which a day says nothing.
LEAST = 0.1
#: Counts that the season of 1 weighs at first, and what is kept of the counts of a weekday each week.
PRIOR, KEEP = 30.0, 0.99

GRID = 64
LOGS: Array = np.linspace(math.log(0.02), math.log(3000.0), GRID)
#: The grid of rates a day; a higher or lower one is taken for the last.
RATES: Array = np.exp(LOGS)
_STEP = float(LOGS[1] - LOGS[0])


def _jumps() -> Array:
    """Row i: prior of the rate after a turn from ``RATES[i]``."""
    apart = np.abs(LOGS[:, None] - LOGS[None, :])
    prior: Array = (apart >= math.log(JUMP)) / (1 + ((apart - math.log(3)) / SPREAD) ** 2)
    prior /= prior.sum(axis=1, keepdims=True)
    return prior


_JUMPS = _jumps()
_KNOWN = math.log(1 - OUTLIER)
#: Days that the buffer of runs holds before it is moved back.
_SLACK = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A turn: its ``day``, the day on which it was ``found``, rates a day at exposure 1, posterior probability."""

    day: date
    found: date
    before: float
    after: float
    strength: float


class Detector:
    """Finds turns in daily counts, fed day by day.

    ``persist`` is how many observed days a turn must last before it is reported, ``dispersion`` the k of the counts.
    Raises SettingsError on a value that cannot be used.
    """

    def __init__(self, persist: int = PERSIST, dispersion: float = DISPERSION) -> None:
        if not 1 <= persist <= LONGEST:
            raise SettingsError(f"a change cannot be asked to persist {persist} days", do=f"give 1 to {LONGEST}")
        if not 0 < dispersion < math.inf:
            raise SettingsError(f"a dispersion of {dispersion} is none", do="give a number above 0, such as 5")
        self._persist, self._k = persist, float(dispersion)
        self._episode = max(EPISODE, persist)
        self._standing: Array = np.full(GRID, 1 / GRID)
        self._buffer: Array = np.zeros((RUNS + _SLACK, GRID))
        self._top = _SLACK
        self._masses = [1.0] + [0.0] * RUNS
        self._starts: deque[date | None] = deque([None] * RUNS, RUNS)
        self._befores: deque[float] = deque([0.0] * RUNS, RUNS)
        self._rate = self._likeliest = _mean(self._standing)
        self._seen = self._undrifted = 0
        self._last: date | None = None
        self._read: date | None = None
        self._told, self._meant, self._ratios = [PRIOR] * 7, [PRIOR] * 7, [1.0] * 7

    def step(self, day: date, count: int | None, exposure: float = 1.0) -> Found | None:
        """Take in one day, later than all before; gives the turn that is known since then, if any.

        ``count`` is None where nothing was read. Raises FormatError on a count or an exposure that is none, or on a day
        out of order.
        """
        self._check(day, count, exposure)
        self._last = day
        if count is None or exposure < LEAST:
            return None
        gap = 1 if self._read is None else (day - self._read).days
        self._read = day
        self._drift(gap)
        if self._seen >= WARM:
            self._age(day, gap)
        reach = exposure * self._season(day)
        count = min(count, round(float(RATES[-1]) * reach))
        self._weigh(self._likelihood(count, reach))
        if self._seen >= WARM:
            self._learn(day, count, exposure)
        self._seen += 1
        self._estimate()
        strength = sum(self._masses[self._persist :]) / sum(self._masses)
        return self._report(day, strength) if strength >= SURE else None

    def state(self) -> dict[str, Any]:
        """All that is known, as JSON can hold it: a detector made of it goes on as this one would."""
        return {
            "persist": self._persist,
            "dispersion": self._k,
            "standing": self._standing.tolist(),
            "runs": self._runs.tolist(),
            "masses": list(self._masses),
            "starts": [start and start.isoformat() for start in self._starts],
            "befores": list(self._befores),
            "rate": self._rate,
            "likeliest": self._likeliest,
            "seen": self._seen,
            "undrifted": self._undrifted,
            "last": self._last and self._last.isoformat(),
            "read": self._read and self._read.isoformat(),
            "told": list(self._told),
            "meant": list(self._meant),
        }

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> Detector:
        """The detector whose :meth:`state` this was. Raises FormatError where it is none."""
        try:
            self = cls(state["persist"], state["dispersion"])
            self._standing = np.array(state["standing"], dtype=np.float64).reshape(GRID)
            self._buffer[self._top :] = np.array(state["runs"], dtype=np.float64).reshape(RUNS, GRID)
            self._masses = [float(mass) for mass in state["masses"]]
            self._starts.extend(start and date.fromisoformat(start) for start in state["starts"])
            self._befores.extend(state["befores"])
            self._rate, self._likeliest = state["rate"], state["likeliest"]
            self._seen, self._undrifted = state["seen"], state["undrifted"]
            self._last = state["last"] and date.fromisoformat(state["last"])
            self._read = state["read"] and date.fromisoformat(state["read"])
            self._told, self._meant = list(state["told"]), list(state["meant"])
            self._ratios = [told / meant for told, meant in zip(self._told, self._meant, strict=True)]
        except (KeyError, TypeError, ValueError) as error:
            raise FormatError(f"no state of a detector: {error!r}", do="replay the history instead") from None
        return self

    @property
    def _runs(self) -> Array:
        """Joint probability of the runs since a turn (rows, the newest first) and of their rates (columns)."""
        return self._buffer[self._top : self._top + RUNS]

    def _check(self, day: date, count: int | None, exposure: float) -> None:
        """Raise FormatError on what is no day to go on with."""
        if count is not None and count < 0:
            raise FormatError(f"a count of {count}", where=str(day), do="give 0 or more, or None for a day not read")
        if not 0 <= exposure < math.inf:
            raise FormatError(f"an exposure of {exposure}", where=str(day), do="give 0 or more, 1 for a usual day")
        if self._last is not None and day <= self._last:
            raise FormatError(f"the day is not after {self._last}", where=str(day), do="give each day once, in order")

    def _drift(self, days: int) -> None:
        """Let the standing rate wander, once a week."""
        self._undrifted += days
        if self._undrifted < WEEK:
            return
        # After a long gap the rate is much less sure; a third to each side is the most that one pass can do.
        move = min(1 / 3, DRIFT**2 * self._undrifted / (2 * _STEP**2))
        self._undrifted = 0
        row = self._standing
        moved = row * (1 - 2 * move)
        moved[1:] += move * row[:-1]
        moved[:-1] += move * row[1:]
        moved[0] += move * row[0]
        moved[-1] += move * row[-1]
        self._standing = moved

    def _age(self, day: date, gap: int) -> None:
        """Make each run a day older, let the young ones return, and begin a new one."""
        hazard = 1 - (1 - HAZARD) ** gap
        mass = self._masses[0]
        returning = RETURN * sum(self._masses[1 : self._episode])
        self._runs[: self._episode - 1] *= 1 - RETURN
        self._standing *= 1 - hazard + (returning / mass if mass > 0 else 0.0)
        self._standing += self._runs[-1]
        if self._top == 0:
            self._buffer[_SLACK:] = self._runs.copy()
            self._top = _SLACK
        self._top -= 1
        nearest = round((math.log(self._rate) - float(LOGS[0])) / _STEP)
        np.multiply(_JUMPS[min(GRID - 1, max(0, nearest))], mass * hazard, out=self._buffer[self._top])
        self._starts.appendleft(day)
        self._befores.appendleft(self._rate)

    def _likelihood(self, count: int, reach: float) -> Array:
        """Probability of a count at each rate of the grid."""
        k, both = self._k, count + self._k
        ways = math.lgamma(both) - math.lgamma(count + 1) - math.lgamma(k)
        out: Array = RATES * reach
        out += k
        np.log(out, out=out)
        out *= -both
        out += count * LOGS
        out += ways + count * math.log(reach) + k * math.log(k) + _KNOWN
        np.exp(out, out=out)
        out += OUTLIER / ((count + 1) * WIDE)
        return out

    def _weigh(self, likelihood: Array) -> None:
        """Bayes' rule, with a rescaling long before anything is too small for a float."""
        self._standing *= likelihood
        runs = self._runs
        runs *= likelihood
        self._masses = [float(np.add.reduce(self._standing)), *np.add.reduce(runs, axis=1).tolist()]
        total = sum(self._masses)
        if total < 1e-50:
            self._standing /= total
            runs /= total
            self._masses = [mass / total for mass in self._masses]

    def _estimate(self) -> None:
        """Mean rate of the standing run, and of the likeliest one."""
        masses = self._masses
        self._rate = self._likeliest = float(self._standing.dot(RATES)) / masses[0]
        best = max(masses)
        if best > masses[0]:
            self._likeliest = float(self._runs[masses.index(best) - 1].dot(RATES)) / best

    def _season(self, day: date) -> float:
        """Factor of the weekday; the seven have a mean of 1."""
        return 7 * self._ratios[day.weekday()] / sum(self._ratios)

    def _learn(self, day: date, count: int, exposure: float) -> None:
        """Set what the weekday brought beside what was expected the day before, each day by its information."""
        usual = self._likeliest * exposure
        expected = usual * self._season(day)
        noise = 1 + expected / self._k
        # A burst must not teach a season.
        count_ = min(count, expected + 3 * math.sqrt(expected * noise))
        weekday = day.weekday()
        self._told[weekday] = KEEP * self._told[weekday] + (1 - KEEP) * PRIOR + count_ / noise
        self._meant[weekday] = KEEP * self._meant[weekday] + (1 - KEEP) * PRIOR + usual / noise
        self._ratios[weekday] = self._told[weekday] / self._meant[weekday]

    def _report(self, day: date, strength: float) -> Found | None:
        """Take the runs that have lasted for the standing one, and tell of the turn to them."""
        # The median of the posterior of the start; its mode is often days early where the days before were off anyway.
        half = sum(self._masses[self._persist :]) / 2
        run = self._persist - 1
        while (half := half - self._masses[run + 1]) > 0 and run < RUNS - 1:
            run += 1
        start, before, after = self._starts[run], self._befores[run], _mean(self._runs[run])
        lasting = self._runs[self._persist - 1 :].sum(axis=0)
        self._standing = lasting / lasting.sum()
        self._runs[:] = 0
        self._masses = [1.0] + [0.0] * RUNS
        self._rate = self._likeliest = _mean(self._standing)
        assert start is not None  # a run with mass has begun on a day
        return Found(day=start, found=day, before=before, after=after, strength=min(1.0, strength))


def _mean(masses: Array) -> float:
    """Mean rate under unnormalised probabilities of the grid."""
    return float(masses.dot(RATES)) / float(masses.sum())
