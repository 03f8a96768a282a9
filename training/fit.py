"""Training: batches, losses, optimiser, averaged weights, checkpoints; and predictions for measuring."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce
from torch.nn.functional import log_softmax

from marsad.model import labels
from training.corpus import Example, batches
from training.encoder import Encoder, Weights, dequantise
from training.net import Heads, Net, Pairs, crf_loss

#: The encoder runs in bfloat16 where the processor has it; elsewhere that is emulated, a hundred times slower.
MIXED = bool(torch.cpu._is_avx512_bf16_supported())


@dataclass(frozen=True)
class Recipe:
    """Everything that a run depends on besides its data."""

    depth: int = 8
    epochs: float = 6.0
    batch: int = 8
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    head_decay: float = 0.05
    layer_decay: float = 1.0
    warmup: float = 0.1
    word_dropout: float = 0.1
    encoder_dropout: float = 0.1
    head_dropout: float = 0.1
    start: str = ""  # a run whose weights this one begins with, in place of the base's
    stop: int = 0  # end after so many epochs of the schedule, with the weights averaged so far; 0: at its end
    ours: float = 1.0  # share of the sentences with our own labels that an epoch takes, drawn anew for each
    averaging: float = 0.0  # decay of the moving average of weights, taken every 4 steps; 0: none
    seed: int = 1
    threads: int = 1


class Table:
    """The frozen word embedding: Q4 rows of the kept pieces, expanded once."""

    def __init__(self, rows: np.ndarray) -> None:
        self.weight = torch.from_numpy(dequantise(np.ascontiguousarray(rows).reshape(-1)).reshape(len(rows), -1))

    def __call__(self, ids: Tensor) -> Tensor:
        """The embeddings of piece ids."""
        return nn.functional.embedding(ids, self.weight)


@dataclass
class Batch:
    """Padded inputs and flattened targets of some sentences."""

    ids: Tensor  # [B, P]
    mask: Tensor  # [B, P]
    unit: Tensor  # [B, P]
    features: Tensor  # [B, U, F]
    length: Tensor  # [B]
    unit_mask: Tensor  # [B, U]
    pairs: Pairs


def collate(examples: Sequence[Example], pad: int = 1) -> Batch:
    """The inputs of a batch; the pairs are those of each example's mentions, triggers and names."""
    b, p = len(examples), max(len(e.pieces) for e in examples)
    u = max(1, max(len(e.features) for e in examples))
    ids = torch.full((b, p), pad)
    unit = torch.full((b, p), -1)
    features = torch.zeros(b, u, 8, dtype=torch.long)
    rows: dict[str, list[np.ndarray]] = {"trigger": [], "mention": [], "name": [], "role": [], "copy": []}
    t = m = g = 0
    for i, e in enumerate(examples):
        ids[i, : len(e.pieces)] = torch.from_numpy(e.pieces)
        unit[i, : len(e.unit)] = torch.from_numpy(e.unit)
        features[i, : len(e.features)] = torch.from_numpy(e.features)
        rows["trigger"] += [np.array([[i, c.first, c.last, c.kind] for c in e.triggers]).reshape(-1, 4)]
        rows["mention"] += [np.array([[i, c.first, c.last, c.kind] for c in e.mentions]).reshape(-1, 4)]
        rows["name"] += [np.array([[i, c.first, c.last] for c in e.names]).reshape(-1, 3)]
        if e.role_pairs is not None and e.copy_pairs is not None:
            rows["role"] += [e.role_pairs + np.array([t, m, 0, 0, 0])]
            rows["copy"] += [e.copy_pairs + np.array([m, g, 0])]
        t, m, g = t + len(e.triggers), m + len(e.mentions), g + len(e.names)
    length = torch.tensor([len(e.features) for e in examples])
    joined = {k: torch.from_numpy(np.concatenate(v).astype(np.int64)) for k, v in rows.items()}
    return Batch(
        ids, (ids != pad).float(), unit, features, length, torch.arange(u)[None] < length[:, None], Pairs(**joined)
    )


def _soft_cross_entropy(logits: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Mean over the rows that have a target at all."""
    has = (target.sum(1) > 0).float() * weight
    return -(target * log_softmax(logits, -1)).sum(1).mul(has).sum() / has.sum().clamp(min=1)


def losses(net: Net, batch: Batch, examples: Sequence[Example], h: Tensor, codes: dict[str, int]) -> dict[str, Tensor]:
    """The weighted loss of every head."""
    heads = net.heads
    u = h.shape[1]
    weight = torch.tensor([e.weight for e in examples])
    tags = torch.zeros(len(examples), u, dtype=torch.long)
    types = torch.zeros(len(examples), u, len(labels.TYPES))
    for i, e in enumerate(examples):
        tags[i, : len(e.tags)] = torch.from_numpy(e.tags)
        types[i, : len(e.types)] = torch.from_numpy(e.types)
    words = (batch.unit_mask.sum(1) * weight).sum()
    out = {"mention": (crf_loss(heads, heads.mention(h), tags, batch.unit_mask) * weight).sum() / words}
    trigger = bce(heads.trigger(h), types, reduction="none").sum(2) * batch.unit_mask * weight[:, None]
    out["trigger"] = 2 * trigger.sum() / words
    if not len(batch.pairs.trigger) and not len(batch.pairs.mention):
        return out
    got = heads.pairs(h, batch.length, batch.pairs)
    stack = lambda name: torch.from_numpy(np.concatenate([getattr(e, name) for e in examples]))  # noqa: E731
    if len(batch.pairs.trigger):
        per = weight[batch.pairs.trigger[:, 0]]
        out["status"] = 0.5 * _soft_cross_entropy(got["status"], stack("status"), per)
        context = bce(got["context"], stack("context"), reduction="none").sum(1)
        out["context"] = 0.05 * (context * per).mean()
        mode = stack("mode")
        has = ((mode >= 0) * per).float()
        nll = -log_softmax(got["mode"], -1).gather(1, mode.clamp(min=0)[:, None])[:, 0]
        out["mode"] = 0.2 * (nll * has).sum() / has.sum().clamp(min=1)
        if len(batch.pairs.role):
            per = per[batch.pairs.role[:, 0]]
            role = bce(got["role"], stack("roles"), reduction="none").sum(1)
            out["role"] = (role * per).sum() / per.sum()
    if len(batch.pairs.mention):
        per = weight[batch.pairs.mention[:, 0]]
        out["sector"] = 0.2 * _soft_cross_entropy(got["sector"], stack("sector"), per)
        out["country"] = 0.2 * _country_loss(got, batch, examples, codes, per)
    return out


def _country_loss(
    got: dict[str, Tensor], batch: Batch, examples: Sequence[Example], codes: dict[str, int], weight: Tensor
) -> Tensor:
    """Minus log probability of each mention's code, from the classifier and from names that carry the code."""
    gold = [code for e in examples for code in e.country]
    names = [place.code for e in examples for place in e.names]
    known = torch.tensor([g is not None for g in gold])
    target = torch.tensor([codes.get(g or "", -1) for g in gold])
    m = len(gold)
    mention, name, _ = batch.pairs.copy.unbind(1)
    same = torch.tensor([gold[i] == names[j] for i, j in zip(mention.tolist(), name.tolist(), strict=True)])
    copies = got["copy"]
    peak = torch.cat([got["country"].max(1).values, copies]).max().detach()
    all_copies = torch.zeros(m).index_add_(0, mention, (copies - peak).exp())
    hits = torch.zeros(m).index_add_(0, mention, (copies - peak).exp() * same if len(mention) else copies)
    whole = (got["country"] - peak).exp().sum(1) + all_copies
    own = (got["country"] - peak).exp().gather(1, target.clamp(min=0)[:, None])[:, 0] * (target >= 0)
    right = own + hits
    use = ((right > 0) & known).float() * weight
    return -((right.clamp(min=1e-12).log() - whole.clamp(min=1e-12).log()) * use).sum() / use.sum().clamp(min=1)


def groups(net: Net, recipe: Recipe) -> list[dict[str, object]]:
    """Optimiser groups: the encoder's layers (lower layers slower under ``layer_decay``), then the heads."""
    made: list[dict[str, object]] = []
    depth = len(net.encoder.layers)
    for k, module in enumerate([net.encoder.norm, *net.encoder.layers]):
        rate = recipe.rate * recipe.layer_decay ** (depth - k)
        made.append({"params": list(module.parameters()), "lr": rate, "weight_decay": recipe.decay})
    made.append({"params": list(net.heads.parameters()), "lr": recipe.head_rate, "weight_decay": recipe.head_decay})
    return made


def standardise(net: Net, table: Table, examples: Sequence[Example]) -> None:
    """Fix the heads' mean and deviation to those of the untouched encoder's units."""
    net.eval()
    rows = []
    with torch.no_grad():
        for i in range(0, len(examples), 8):
            batch = collate(examples[i : i + 8])
            pooled = net.pool(table(batch.ids), batch.mask, batch.unit, batch.features.shape[1])
            rows.append(pooled[batch.unit_mask])
    x = torch.cat(rows)
    net.heads.mean.copy_(x.mean(0))
    net.heads.deviation.copy_(x.std(0))


def build(weights: Weights, recipe: Recipe, modes: int, codes: int) -> Net:
    """A fresh net on the base's bottom layers."""
    torch.manual_seed(recipe.seed)
    encoder = Encoder(weights, recipe.depth, recipe.encoder_dropout)
    return Net(encoder, Heads(weights.hidden, modes, codes, recipe.head_dropout))


def begin(net: Net, path: Path, modes: Sequence[str], codes: Sequence[str]) -> None:
    """Put the weights of another run into ``net``: rows of modes and countries by their names, the rest as it is."""
    state = {"heads.ours": torch.zeros_like(net.heads.ours), **torch.load(path, weights_only=True)}
    known = json.loads(path.with_suffix(".labels.json").read_text())
    fresh = net.state_dict()
    for head, before, now in (("mode", known["modes"], modes), ("country", known["codes"], codes)):
        where = {name: i for i, name in enumerate(before)}
        for part in ("weight", "bias"):
            key = f"heads.{head}.{part}"
            rows = [state[key][where[name]] if name in where else fresh[key][i] for i, name in enumerate(now)]
            state[key] = torch.stack(rows)
    net.load_state_dict(state)


class Average:
    """A moving average of the weights, swapped in at the end."""

    def __init__(self, net: Net, decay: float) -> None:
        self.live = [p for p in net.parameters() if p.requires_grad]
        self.kept = [p.detach().clone() for p in self.live]
        self.decay, self.steps = decay, 0

    def update(self) -> None:
        """Take in the present weights."""
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        torch._foreach_lerp_(self.kept, [p.detach() for p in self.live], 1 - decay)

    def swap(self) -> None:
        """Put the average into the net."""
        with torch.no_grad():
            for p, kept in zip(self.live, self.kept, strict=True):
                p.copy_(kept)


def drawn(examples: list[Example], share: float, seed: int) -> list[Example]:
    """The sentences of an epoch: all of the corpus's, and ``share`` of those with our own labels."""
    ours = [e for e in examples if e.ours]
    if share >= 1 or not ours:
        return examples
    kept = np.random.default_rng(seed).permutation(len(ours))[: round(share * len(ours))]
    return [e for e in examples if not e.ours] + [ours[i] for i in sorted(kept.tolist())]


def train(
    net: Net,
    table: Table,
    examples: list[Example],
    codes: list[str],
    recipe: Recipe,
    save: Path,
    mask_id: int,
) -> None:
    """Train ``net`` and save its weights to ``save``; resumes from ``save`` + ``.resume`` (one state an epoch).

    The same recipe, data and machine give the same weights: each epoch seeds its own generators.
    """
    torch.set_num_threads(recipe.threads)
    index = {code: i for i, code in enumerate(codes)}
    net.train()
    optimiser = torch.optim.AdamW(groups(net, recipe), fused=True, betas=(0.9, 0.98))
    base = [group["lr"] for group in optimiser.param_groups]
    whole = int(np.ceil(recipe.epochs))
    steps_an_epoch = sum(1 for _ in batches(drawn(examples, recipe.ours, 0), recipe.batch, 0))
    steps = int(steps_an_epoch * recipe.epochs)
    average = Average(net, recipe.averaging) if recipe.averaging else None
    resume = save.with_suffix(".resume")
    done = 0
    if resume.exists():
        state = torch.load(resume, weights_only=False)
        if state["recipe"] == asdict(recipe):
            net.load_state_dict(state["net"])
            optimiser.load_state_dict(state["optimiser"])
            if average:
                average.kept, average.steps = state["average"]
            done = state["epochs"]
    step = done * steps_an_epoch
    began = time.time()
    for epoch in range(done, recipe.stop or whole):
        torch.manual_seed(recipe.seed * 1000 + epoch)
        seen: dict[str, float] = {}
        taken = drawn(examples, recipe.ours, recipe.seed * 1000 + epoch)
        shuffled = batches(taken, recipe.batch, recipe.seed * 1000 + epoch)
        for count, group in enumerate(islice(shuffled, steps - step), 1):
            batch = collate(group)
            share = step / steps
            factor = min(1.0, share / recipe.warmup) * max(
                0.02, 1 - max(0.0, share - recipe.warmup) / (1 - recipe.warmup)
            )
            for g, rate in zip(optimiser.param_groups, base, strict=True):
                g["lr"] = rate * factor
            ids = torch.where(
                (torch.rand(batch.ids.shape) < recipe.word_dropout) & (batch.unit >= 0), mask_id, batch.ids
            )
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=MIXED):
                pooled = net.pool(table(ids), batch.mask, batch.unit, batch.features.shape[1])
            ours = torch.tensor([float(e.ours) for e in group])
            h = net.heads.units(pooled.float(), batch.features, ours)
            parts = losses(net, batch, group, h, index)
            loss = sum(parts.values())
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
            if average and step % 4 == 0:
                average.update()
            for name, value in parts.items():
                seen[name] = seen.get(name, 0.0) + float(value.detach())
            if count % 200 == 0:
                report = " ".join(f"{name} {value / count:.3f}" for name, value in seen.items())
                print(
                    f"{save.stem} epoch {epoch + 1} step {step}/{steps} {time.time() - began:.0f} s: {report}",
                    flush=True,
                )
        state = {"recipe": asdict(recipe), "net": net.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save(
            {**state, "average": (average.kept, average.steps) if average else None, "epochs": epoch + 1}, resume
        )
    if average:
        average.swap()
    torch.save(net.state_dict(), save)
    save.with_suffix(".json").write_text(json.dumps(asdict(recipe), indent=1))
    resume.unlink(missing_ok=True)


@dataclass
class Outputs:
    """What the first stage says of a sentence: emissions [U, 17], trigger logits [U, 16], unit vectors [U, hidden]."""

    emissions: np.ndarray
    triggers: np.ndarray
    h: Tensor


def infer(net: Net, table: Table, examples: Sequence[Example], size: int = 16) -> Iterator[tuple[Example, Outputs]]:
    """First-stage outputs, sentence by sentence, in order of length."""
    net.eval()
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].pieces))
    with torch.no_grad():
        for at in range(0, len(order), size):
            group = [examples[i] for i in order[at : at + size]]
            batch = collate(group)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=MIXED):
                pooled = net.pool(table(batch.ids), batch.mask, batch.unit, batch.features.shape[1])
            h = net.heads.units(pooled.float(), batch.features)
            emissions, triggers = net.heads.mention(h), net.heads.trigger(h)
            for i, example in enumerate(group):
                n = len(example.features)
                yield example, Outputs(emissions[i, :n].numpy(), triggers[i, :n].numpy(), h[i, :n])


def second(net: Net, example: Example, h: Tensor) -> dict[str, np.ndarray]:
    """Second-stage logits for the example's present triggers, mentions and names."""
    batch = collate([example])
    with torch.no_grad():
        got = net.heads.pairs(h[None], batch.length, batch.pairs)
    return {name: value.numpy() for name, value in got.items()}
