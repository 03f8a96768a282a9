"""All heads on one encoder, trained together: mentions, triggers, roles, status, and what each mention is.

Shapes: B sentences, P pieces, U units (words and marks), T triggers, M mentions, G names of the gazetteer.
Heads read units, the mean of their pieces, standardised, plus the embedded features of
:mod:`marsad.model.features`.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from marsad.model import labels
from marsad.model.features import sizes
from marsad.model.pairs import DISTANCES
from training.encoder import Encoder

ROLE_WIDTH, MENTIONS_BETWEEN, TRIGGERS_BETWEEN = 160, 5, 4


@dataclass
class Pairs:
    """Index tensors of a batch's triggers, mentions, gazetteer names and the pairs of them.

    ``trigger`` [T, 4]: sentence, first unit, last unit, type. ``mention`` [M, 4]: sentence, first, last, kind.
    ``name`` [G, 3]: sentence, first, last. ``role`` [R, 5]: trigger, mention, distance, mentions and triggers
    between. ``copy`` [K, 3]: mention, name, distance.
    """

    trigger: Tensor
    mention: Tensor
    name: Tensor
    role: Tensor
    copy: Tensor


class Heads(nn.Module):
    """Everything above the units."""

    def __init__(self, hidden: int, modes: int, codes: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(hidden))
        self.register_buffer("deviation", torch.ones(hidden))
        self.features = nn.ModuleList(nn.Embedding(n, hidden) for n in sizes())
        for embedding in self.features:
            nn.init.normal_(embedding.weight, std=0.05)
        # What sets sentences with our own labels apart, in training alone: so their habits are not learnt as the
        # corpus's.
        self.ours = nn.Parameter(torch.zeros(hidden))
        self.dropout = nn.Dropout(dropout)
        tags, types, kinds = len(labels.TAGS), len(labels.TYPES), len(labels.KINDS)
        self.mention = nn.Linear(hidden, tags)
        self.transition = nn.Parameter(torch.zeros(tags, tags))
        self.start = nn.Parameter(torch.zeros(tags))
        self.trigger = nn.Linear(hidden, types)
        nn.init.constant_(self.trigger.bias, -3.0)
        self.of_trigger = nn.Linear(2 * hidden, ROLE_WIDTH)
        self.of_mention = nn.Linear(3 * hidden, ROLE_WIDTH)
        self.of_between = nn.Linear(hidden, ROLE_WIDTH, bias=False)
        self.of_type = nn.Embedding(types, ROLE_WIDTH)
        self.of_kind = nn.Embedding(kinds, ROLE_WIDTH)
        self.of_distance = nn.Embedding(DISTANCES, ROLE_WIDTH)
        self.of_mentions = nn.Embedding(MENTIONS_BETWEEN, ROLE_WIDTH)
        self.of_triggers = nn.Embedding(TRIGGERS_BETWEEN, ROLE_WIDTH)
        for embedding in (self.of_type, self.of_kind, self.of_distance, self.of_mentions, self.of_triggers):
            nn.init.normal_(embedding.weight, std=0.1)
        self.role = nn.Linear(ROLE_WIDTH, len(labels.ROLES))
        self.role_pair = nn.Parameter(torch.randn(len(labels.ROLES), ROLE_WIDTH) * 0.02)
        nn.init.constant_(self.role.bias, -1.5)
        self.status = nn.Sequential(
            nn.Linear(3 * hidden, 256), nn.ReLU(), nn.Dropout(dropout), nn.Linear(256, len(labels.STATUSES))
        )
        self.mode = nn.Linear(2 * hidden, modes)
        self.context = nn.Linear(2 * hidden, len(labels.CONTEXTS))
        self.sector = nn.Linear(3 * hidden, len(labels.SECTORS))
        self.country = nn.Linear(3 * hidden, codes)
        self.copy_mention = nn.Linear(3 * hidden, 64)
        self.copy_name = nn.Linear(hidden, 64)
        self.copy_distance = nn.Embedding(DISTANCES, 64)
        nn.init.normal_(self.copy_distance.weight, std=0.1)
        self.copy = nn.Linear(64, 1)

    def units(self, pooled: Tensor, features: Tensor, ours: Tensor | None = None) -> Tensor:
        """``pooled`` [..., U, hidden], ``features`` [..., U, F] ids; gives the vectors that every head reads.

        ``ours`` [B]: 1 for a sentence with our own labels; left out, all are read in the manner of the corpus.
        """
        h = (pooled - self.mean) / self.deviation
        if ours is not None:
            h = h + ours[:, None, None] * self.ours
        for k, embedding in enumerate(self.features):
            h = h + embedding(features[..., k])
        return self.dropout(h)

    def pairs(self, h: Tensor, length: Tensor, pairs: Pairs) -> dict[str, Tensor]:
        """Logits for triggers, mentions and pairs; ``h`` [B, U, hidden], ``length`` [B] units of each sentence."""
        total = torch.cat([torch.zeros_like(h[:, :1]), h.cumsum(1)], 1)  # [B, U + 1, hidden]

        def mean(b: Tensor, first: Tensor, last: Tensor) -> Tensor:
            """Mean of units first..last; zero where there are none."""
            count = (last - first + 1).clamp(min=0)
            gap = total[b, (last + 1).clamp(min=0)] - total[b, first]
            return torch.where((count > 0)[:, None], gap / count.clamp(min=1)[:, None], torch.zeros_like(gap))

        tb, tf, tl, tt = pairs.trigger.unbind(1)
        mb, mf, ml, mk = pairs.mention.unbind(1)
        trigger = torch.cat([h[tb, tf], mean(tb, tf, tl)], 1)
        mention = torch.cat([h[mb, mf], h[mb, ml], mean(mb, mf, ml)], 1)
        sentence = total[torch.arange(len(length)), length] / length[:, None]
        t = self.of_trigger(trigger) + self.of_type(tt)
        m = self.of_mention(mention) + self.of_kind(mk)
        rt, rm, distance, mentions, triggers = pairs.role.unbind(1)
        left, right = torch.minimum(tl[rt], ml[rm]) + 1, torch.maximum(tf[rt], mf[rm]) - 1
        between = mean(tb[rt], left, right)
        mixed = (
            t[rt]
            + m[rm]
            + self.of_between(between)
            + self.of_distance(distance)
            + self.of_mentions(mentions)
            + self.of_triggers(triggers)
        )
        role = self.role(self.dropout(torch.relu(mixed))) + (t[rt] * m[rm]) @ self.role_pair.T
        around = torch.cat([trigger, sentence[tb]], 1)
        nb, nf, nl = pairs.name.unbind(1)
        name = self.copy_name(mean(nb, nf, nl))
        cm, cn, cd = pairs.copy.unbind(1)
        copy = self.copy(torch.tanh(self.copy_mention(mention)[cm] + name[cn] + self.copy_distance(cd)))[:, 0]
        return {
            "role": role,
            "status": self.status(around),
            "mode": self.mode(trigger),
            "context": self.context(torch.cat([trigger[:, trigger.shape[1] // 2 :], sentence[tb]], 1)),
            "sector": self.sector(mention),
            "country": self.country(mention),
            "copy": copy,
        }


class Net(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, heads: Heads) -> None:
        super().__init__()
        self.encoder, self.heads = encoder, heads

    def pool(self, words: Tensor, mask: Tensor, unit: Tensor, units: int) -> Tensor:
        """Mean of each unit's pieces, [B, units, hidden]. ``unit`` [B, P]: the unit of a piece, -1 for none."""
        x = self.encoder(words, mask).float()
        b, _, width = x.shape
        index = torch.where(unit >= 0, unit, units)
        out = x.new_zeros(b, units + 1, width).scatter_add_(1, index[..., None].expand_as(x), x)
        count = x.new_zeros(b, units + 1).scatter_add_(1, index, torch.ones_like(index, dtype=x.dtype))
        return (out / count.clamp(min=1)[..., None])[:, :units]


def crf_loss(heads: Heads, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
    """Negative log-likelihood of each sentence's tags, [B]. ``emissions`` [B, U, K], ``mask`` [B, U] bool."""
    b, n, _ = emissions.shape
    rows = torch.arange(b)
    gold = heads.start[tags[:, 0]] + emissions[rows, 0, tags[:, 0]]
    step = emissions.gather(2, tags[..., None])[..., 0][:, 1:] + heads.transition[tags[:, :-1], tags[:, 1:]]
    gold = gold + (step * mask[:, 1:]).sum(1)
    alpha = heads.start + emissions[:, 0]
    for i in range(1, n):
        grown = torch.logsumexp(alpha[:, :, None] + heads.transition, 1) + emissions[:, i]
        alpha = torch.where(mask[:, i, None], grown, alpha)
    return torch.logsumexp(alpha, 1) - gold
