"""The word embedding as it was published: 4-bit rows, memory-mapped, expanded when looked up.

A row is 12 blocks of 18 bytes: a float16 scale, then 32 weights of 4 bits, the first 16 in the low halves.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from marsad.errors import ModelError
from marsad.model.decode import Floats

BLOCK, WEIGHTS, ROW = 18, 32, 216


class Q4Table:
    """Piece ids to float32 rows of 384."""

    def __init__(self, path: Path, rows: int) -> None:
        size = path.stat().st_size
        if size != rows * ROW:
            raise ModelError(
                f"{size} bytes, {rows * ROW} expected for {rows} pieces", where=str(path), do="fetch the model again"
            )
        self._rows = np.memmap(path, np.uint8, "r", shape=(rows, ROW // BLOCK, BLOCK))

    def __call__(self, ids: Sequence[int]) -> Floats:
        """[len(ids), 384]."""
        blocks = self._rows[np.asarray(ids)]
        out = np.empty((*blocks.shape[:2], WEIGHTS), np.float32)
        out[..., :16] = blocks[..., 2:] & 15
        out[..., 16:] = blocks[..., 2:] >> 4
        out -= 8
        out *= np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
        return out.reshape(len(ids), -1)
