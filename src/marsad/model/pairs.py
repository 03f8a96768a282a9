"""Pairs of triggers and mentions, and of mentions and gazetteer names, with what lies between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marsad.model.features import Place
from marsad.model.labels import distance_bucket


@dataclass(frozen=True, slots=True)
class Chosen:
    """A mention or a trigger on units ``first`` to ``last`` inclusive; ``kind`` indexes KINDS or TYPES."""

    first: int
    last: int
    kind: int
    score: float


def _between(of: Sequence[Chosen], first: int, last: int, most: int) -> int:
    return min(most, sum(first <= one.first and one.last <= last for one in of))


def role_pairs(triggers: Sequence[Chosen], mentions: Sequence[Chosen]) -> np.ndarray:
    """Every pair, trigger-major: int64 ``[T * M, 5]`` of trigger, mention, distance bucket, and how many other
    mentions (up to 4) and triggers (up to 3) stand between.
    """
    rows = np.zeros((len(triggers) * len(mentions), 5), np.int64)
    k = 0
    for t, trigger in enumerate(triggers):
        for m, mention in enumerate(mentions):
            first, last = min(trigger.last, mention.last) + 1, max(trigger.first, mention.first) - 1
            rows[k] = (
                t,
                m,
                distance_bucket(trigger.first, trigger.last, mention.first, mention.last),
                _between(mentions, first, last, 4),
                _between(triggers, first, last, 3),
            )
            k += 1
    return rows


def copy_pairs(mentions: Sequence[Chosen], names: Sequence[Place]) -> np.ndarray:
    """Every mention with every name: int64 ``[M * G, 3]`` of mention, name, distance bucket."""
    rows = [
        (m, n, distance_bucket(mention.first, mention.last, name.first, name.last))
        for m, mention in enumerate(mentions)
        for n, name in enumerate(names)
    ]
    return np.array(rows, np.int64).reshape(-1, 3)
