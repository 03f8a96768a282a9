"""The shipped files: two ONNX graphs, the Q4 table, pieces, dictionaries, hashes.

``encoder.onnx`` (int8, but for the feed-forward outputs named in ``FULL``): word embeddings, pooling matrix and
features of one sentence to unit vectors, tag emissions and trigger logits. ``pairs.onnx`` (float32): unit vectors and
index tables to the logits of roles, status, mode, contexts, sector, country and copies.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from marsad.model import labels
from marsad.model.interpret import Vocabulary
from training.fit import Net
from training.net import Pairs
from training.prepared import LEAST, Prepared
from training.tune import transition_of

#: Layers (from 0) whose feed-forward output stays in float32: its input has outliers that one int8 scale cannot hold.
#: Chosen on the held-out documents (training/LOG.md).
FULL = (4, 5)


class First(nn.Module):
    """One sentence: ``words`` [1, P, hidden], ``pool`` [U, P] rows that average, ``features`` [U, F]."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, words: Tensor, pool: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Unit vectors [U, hidden], emissions [U, 17], trigger logits [U, 16]."""
        x = self.net.encoder.norm(words + self.net.encoder.position[: words.shape[1]])
        bias = torch.zeros(1, 1, 1, 1)
        for layer in self.net.encoder.layers:
            x = layer(x, bias)
        h = self.net.heads.units(pool @ x[0], features)
        return h, self.net.heads.mention(h), self.net.heads.trigger(h)


class Second(nn.Module):
    """Index tables without the sentence column; the logits in the order of ``OUTPUTS``."""

    OUTPUTS = ("role", "status", "mode", "context", "sector", "country", "copy")

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(
        self, h: Tensor, trigger: Tensor, mention: Tensor, name: Tensor, role: Tensor, copy: Tensor
    ) -> tuple[Tensor, ...]:
        """``trigger`` [T, 3], ``mention`` [M, 3], ``name`` [G, 2], ``role`` [T * M, 5], ``copy`` [M * G, 3]."""
        one = lambda x: torch.cat([torch.zeros_like(x[:, :1]), x], 1)  # noqa: E731
        length = torch.full((1,), 1, dtype=torch.long) * h.shape[0]
        got = self.net.heads.pairs(h[None], length, Pairs(one(trigger), one(mention), one(name), role, copy))
        return tuple(got[name] for name in self.OUTPUTS)


def _first(net: Net, path: Path, work: Path) -> None:
    p, u = 12, 7
    example = (torch.randn(1, p, 384), torch.rand(u, p), torch.zeros(u, 8, dtype=torch.long))
    axes = {"words": {1: "P"}, "pool": {0: "U", 1: "P"}, "features": {0: "U"}}
    names = ["h", "emissions", "triggers"]
    plain = work / "encoder.fp32.onnx"
    torch.onnx.export(
        First(net),
        example,
        str(plain),
        dynamo=False,
        opset_version=17,
        input_names=list(axes),
        output_names=names,
        dynamic_axes={**axes, **{name: {0: "U"} for name in names}},
    )
    graph = onnx.load(str(plain))
    keep = [
        n.name for n in graph.graph.node if n.op_type == "MatMul" and any(f"layers.{i}/down" in n.name for i in FULL)
    ]
    heads = [n.name for n in graph.graph.node if n.op_type == "MatMul" and "/layers." not in n.name]
    quantize_dynamic(
        str(plain),
        str(path),
        weight_type=QuantType.QUInt8,  # signed weights overflow in AVX2's 16-bit sums: two points of event F1
        per_channel=True,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=keep + heads + [n.name for n in graph.graph.node if "/attention_scores" in n.name],
        extra_options={"MatMulConstBOnly": True},
    )


def _second(net: Net, path: Path) -> None:
    u, t, m, g = 9, 2, 3, 2
    long = lambda *shape: torch.zeros(*shape, dtype=torch.long)  # noqa: E731
    example = (torch.randn(u, 384), long(t, 3), long(m, 3), long(g, 2), long(t * m, 5), long(m * g, 3))
    axes = {"h": "U", "trigger": "T", "mention": "M", "name": "G", "pair": "R", "near": "K"}
    outputs = {"role": "R", "status": "T", "mode": "T", "context": "T", "sector": "M", "country": "M", "copy": "K"}
    torch.onnx.export(
        Second(net),
        example,
        str(path),
        dynamo=False,
        opset_version=17,
        input_names=list(axes),
        output_names=list(outputs),
        dynamic_axes={k: {0: v} for k, v in {**axes, **outputs}.items()},
    )


def export(net: Net, prepared: Prepared, vocabulary: Vocabulary, out: Path, work: Path) -> None:
    """Write every file of the model to ``out``, with their SHA-256 in ``SHA256SUMS``; the float32 graph to ``work``."""
    out.mkdir(parents=True, exist_ok=True)
    net.eval()
    with torch.no_grad():
        _first(net, out / "encoder.onnx", work)
        _second(net, out / "pairs.onnx")
    (out / "table.q4").write_bytes(np.ascontiguousarray(prepared.rows).tobytes())
    kept = prepared.kept
    lines = [f"{prepared.weights.pieces[i]}\t{prepared.weights.scores[i]:.4f}" for i in kept.tolist()]
    (out / "pieces.txt.xz").write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))
    stems = prepared.counts.all(least=LEAST)
    tables = {"stems": dict(sorted(stems.stems.items())), "skeletons": dict(sorted(stems.skeletons.items()))}
    (out / "stems.json.xz").write_bytes(lzma.compress(json.dumps(tables, ensure_ascii=False).encode(), preset=9))
    transition = transition_of([net])
    (out / "labels.json").write_text(
        json.dumps(
            {
                "labels": labels.VERSION,
                "version": vocabulary.version,
                "modes": vocabulary.modes,
                "codes": vocabulary.codes,
                "thresholds": asdict(vocabulary.thresholds),
                "calibration": vocabulary.calibration,
                "transition": [[round(float(x), 4) for x in row] for row in transition],
            },
            indent=1,
        )
    )
    files = sorted(p for p in out.iterdir() if p.name not in ("SHA256SUMS", "card.md", "__init__.py"))
    sums = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}" for p in files]
    (out / "SHA256SUMS").write_text("\n".join(sums) + "\n")
    for p in files:
        print(f"{p.name} {p.stat().st_size / 1e6:.1f} MB")
