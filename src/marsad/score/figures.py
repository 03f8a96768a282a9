"""From counted texts to precision, recall, F1 and bootstrap intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.score.match import MATCHED, Counted
from marsad.types import EventType, Status

Floats = NDArray[np.float64]
STATUSES = tuple(Status)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its 95 % bootstrap interval; all None where there is nothing to measure.

    ``gold`` is how many cases it rests on.
    """

    value: float | None
    low: float | None
    high: float | None
    gold: int
    precision: float | None = None
    recall: float | None = None


def prf(right: float, predicted: float, gold: float) -> tuple[float, float, float]:
    """Precision, recall, F1; 0 where undefined."""
    p, r = float(right / predicted) if predicted else 0.0, float(right / gold) if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _share(right: float, of: float) -> float | None:
    return float(right / of) if of else None


def macro(confusion: Floats) -> float | None:
    """Mean F1 of the classes that gold or prediction has. ``confusion`` [K, K], gold in rows."""
    used = [k for k in range(len(confusion)) if confusion[k].sum() + confusion[:, k].sum()]
    scores = [prf(confusion[k, k], confusion[:, k].sum(), confusion[k].sum())[2] for k in used]
    return float(np.mean(scores)) if scores else None


class _Sums:
    """The counts of every text as arrays, so that a resampling is one product."""

    def __init__(self, texts: Sequence[Counted]) -> None:
        n = len(texts)
        self.voices = sorted({v for t in texts for pair in t.voice for v in pair})
        rows = [[t.matched[name] for name in MATCHED] for t in texts]
        self.matched = np.array(rows, np.float64).reshape(n, len(MATCHED), 3)
        self.status = self._confusion([[[t.status[g, p] for p in STATUSES] for g in STATUSES] for t in texts])
        self.voice = self._confusion([[[t.voice[g, p] for p in self.voices] for g in self.voices] for t in texts])
        self.country = np.array([t.country for t in texts], np.float64).reshape(n, 2)

    @staticmethod
    def _confusion(rows: list[Any]) -> Floats:
        k = len(rows[0]) if rows else 0
        return np.array(rows, np.float64).reshape(len(rows), k, k)

    def values(self, weight: Floats) -> dict[str, float | None]:
        """Every figure when each text counts ``weight`` times."""
        sums = np.tensordot(weight, self.matched, 1)
        out: dict[str, float | None] = {}
        for (right, predicted, gold), name in zip(sums, MATCHED, strict=True):
            out[name] = prf(right, predicted, gold)[2] if predicted or gold else None
        status, country, voice = (np.tensordot(weight, x, 1) for x in (self.status, self.country, self.voice))
        out["country"] = _share(country[0], country[1])
        out["status accuracy"] = _share(float(np.trace(status)), status.sum())
        out["status macro"] = macro(status)
        for k, name in enumerate(STATUSES):
            cases = status[k].sum() + status[:, k].sum()
            out[f"status {name}"] = prf(status[k, k], status[:, k].sum(), status[k].sum())[2] if cases else None
        if self.voices:
            out["voice accuracy"] = _share(float(np.trace(voice)), voice.sum())
            out["voice macro"] = macro(voice)
        return out

    def cases(self) -> dict[str, int]:
        """How many gold cases each figure rests on."""
        sums, status = self.matched.sum(0), self.status.sum((0, 2))
        out = {name: int(sums[k, 2]) for k, name in enumerate(MATCHED)}
        out |= {f"status {name}": int(status[k]) for k, name in enumerate(STATUSES)}
        whole, voiced = int(status.sum()), int(self.voice.sum())
        out |= {"status accuracy": whole, "status macro": whole, "voice accuracy": voiced, "voice macro": voiced}
        return out | {"country": int(self.country[:, 1].sum())}


def figures(texts: Sequence[Counted], rounds: int = 1000, seed: int = 0) -> dict[str, Figure]:
    """Every figure, by name, with an interval from ``rounds`` resamplings of the texts (0: none)."""
    n, sums, rng = len(texts), _Sums(texts), np.random.default_rng(seed)
    draws = [sums.values(rng.multinomial(n, np.full(n, 1 / n)).astype(float)) for _ in range(rounds)] if n else []
    cases, whole = sums.cases(), sums.matched.sum(0)
    out = {}
    for name, value in sums.values(np.ones(n)).items():
        sample = [x for draw in draws if (x := draw[name]) is not None]
        low, high = (float(np.quantile(sample, q)) for q in (0.025, 0.975)) if sample else (value, value)
        p, r = prf(*whole[MATCHED.index(name)])[:2] if name in MATCHED and value is not None else (None, None)
        out[name] = Figure(value, low, high, cases[name], p, r)
    return out


def by_type(texts: Sequence[Counted]) -> dict[str, tuple[float, float, float, int]]:
    """Precision, recall, F1 and gold count of each event type, in PLOVER's order."""
    out = {}
    for name in EventType:
        rows = [t.types[name] for t in texts if name in t.types]
        right, predicted, gold = (sum(row[k] for row in rows) for k in range(3))
        if predicted or gold:
            out[str(name)] = (*prf(right, predicted, gold), gold)
    return out
