"""Pairs of triggers and mentions, and of mentions and gazetteer names, with what lies between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.model.features import Place

Rows = NDArray[np.int64]
#: Units between, from which on a distance falls into the next bucket.
_STEPS = np.array((0, 1, 2, 3, 5, 8, 13, 21))
TOUCHING, DISTANCES = 8, 17
#: Most mentions and triggers between that are told apart.
_MENTIONS, _TRIGGERS = 4, 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """A mention or a trigger on units ``first`` to ``last`` inclusive; ``kind`` indexes KINDS or TYPES."""

    first: int
    last: int
    kind: int
    score: float


def _ends(of: Sequence[Chosen] | Sequence[Place]) -> Rows:
    """First and last units, [n, 2]."""
    return np.array([(one.first, one.last) for one in of], np.int64).reshape(-1, 2)


def distances(ranges: Rows, others: Rows) -> Rows:
    """Signed distance in units of every range to every other, as a bucket 0..16, [n, m]; 8: they overlap.

    ``ranges`` [n, 2] and ``others`` [m, 2] are first and last units, inclusive.
    """
    after = others[None, :, 0] - ranges[:, None, 1] - 1
    before = ranges[:, None, 0] - others[None, :, 1] - 1
    gap = np.maximum(after, before)
    step = np.searchsorted(_STEPS, gap, side="right")
    bucket: Rows = TOUCHING + np.where(gap < 0, 0, np.where(after >= 0, step, -step))
    return bucket


def _between(of: Rows, first: Rows, last: Rows, most: int) -> NDArray[Any]:
    """How many of the ranges ``of``, in order and apart from each other, lie within first..last, at most ``most``."""
    count = np.searchsorted(of[:, 1], last, side="right") - np.searchsorted(of[:, 0], first, side="left")
    return np.asarray(np.clip(count, 0, most))


def role_pairs(triggers: Sequence[Chosen], mentions: Sequence[Chosen]) -> Rows:
    """Every pair, trigger-major: int64 ``[T * M, 5]`` of trigger, mention, distance bucket, and how many other
    mentions (up to 4) and triggers (up to 3) stand between. Both are in the order of the text.
    """
    t, m = _ends(triggers), _ends(mentions)
    first = np.minimum(t[:, None, 1], m[None, :, 1]) + 1
    last = np.maximum(t[:, None, 0], m[None, :, 0]) - 1
    rows = np.empty((len(t), len(m), 5), np.int64)
    rows[..., 0] = np.arange(len(t))[:, None]
    rows[..., 1] = np.arange(len(m))[None, :]
    rows[..., 2] = distances(t, m)
    rows[..., 3] = _between(m, first, last, _MENTIONS)
    rows[..., 4] = _between(t, first, last, _TRIGGERS)
    return rows.reshape(-1, 5)


def copy_pairs(mentions: Sequence[Chosen], names: Sequence[Place]) -> Rows:
    """Every mention with every name: int64 ``[M * G, 3]`` of mention, name, distance bucket."""
    m, n = _ends(mentions), _ends(names)
    rows = np.empty((len(m), len(n), 3), np.int64)
    rows[..., 0] = np.arange(len(m))[:, None]
    rows[..., 1] = np.arange(len(n))[None, :]
    rows[..., 2] = distances(m, n)
    return rows.reshape(-1, 3)
