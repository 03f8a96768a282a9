"""Choices on the held-out documents: thresholds and calibration, and what they give."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from marsad.model import decode, labels
from marsad.model.decode import Thresholds
from marsad.model.interpret import Found, Second, Sentence, Vocabulary, interpret
from marsad.model.pairs import Chosen, copy_pairs, role_pairs
from marsad.score import Record as Scored
from marsad.score import compare, figures
from marsad.score.figures import prf
from marsad.score.records import Act, Filler, parse
from marsad.text import units
from marsad.types import Role
from training.corpus import Example, Record
from training.fit import Net, Outputs, Table, infer, second


@dataclass
class Tuned:
    """Thresholds, calibration and the figures with them."""

    thresholds: Thresholds
    calibration: tuple[float, float]
    precision: float  # average precision of word x type
    figures: dict[str, float]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "thresholds": asdict(self.thresholds)}

    def report(self) -> str:
        """One line to read."""
        shown = " ".join(f"{k} {v:.3f}" for k, v in self.figures.items())
        return f"AP {self.precision:.3f} {shown} | {self.thresholds} {self.calibration}"


def load(path: Path) -> Tuned:
    """A Tuned as :meth:`Tuned.as_dict` wrote it."""
    kept = json.loads(path.read_text())
    return Tuned(Thresholds(**kept["thresholds"]), tuple(kept["calibration"]), kept["precision"], kept["figures"])


def average_precision(probability: np.ndarray, gold: np.ndarray) -> float:
    """Area under the precision-recall curve of flat scores."""
    order = np.argsort(-probability, kind="stable")
    hit = gold[order] > 0.5
    precision = np.cumsum(hit) / np.arange(1, len(hit) + 1)
    return float((precision * hit).sum() / max(1, hit.sum()))


@dataclass
class Cached:
    """First-stage outputs of several nets for one sentence, averaged."""

    example: Example
    record: Record
    emissions: np.ndarray
    triggers: np.ndarray  # logits of the mean probability
    outputs: list[Outputs]
    #: Second stages already run, by what was chosen in the first: thresholds of roles do not change it.
    known: dict[tuple[Chosen, ...], Second] = field(default_factory=dict)


def logit(p: np.ndarray) -> np.ndarray:
    """The inverse of the logistic function."""
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def cache(nets: Sequence[Net], table: Table, examples: list[Example], records: Sequence[Record]) -> list[Cached]:
    """The first stage of every net on every sentence."""
    outputs: dict[str, list[Outputs]] = {}
    for net in nets:
        for example, out in infer(net, table, examples):
            outputs.setdefault(example.id, []).append(out)
    made = []
    for example, record in zip(examples, records, strict=True):
        outs = outputs[example.id]
        probability = np.mean([decode.sigmoid(o.triggers) for o in outs], 0)
        made.append(Cached(example, record, np.mean([o.emissions for o in outs], 0), logit(probability), outs))
    return made


def transition_of(nets: Sequence[Net]) -> np.ndarray:
    """Tag scores with the start in the last row, and what may not follow forbidden."""
    both = [np.concatenate([n.heads.transition.detach().numpy(), n.heads.start.detach().numpy()[None]]) for n in nets]
    return np.asarray(np.mean(both, 0) + decode.allowed(), np.float32)


def run_second(nets: Sequence[Net], item: Cached, triggers: list[Chosen], mentions: list[Chosen]) -> Second:
    """The mean second stage, as logits; the country's from the first net."""
    key = (*triggers, *mentions)
    if key in item.known:
        return item.known[key]
    example = item.example
    asked = replace(
        example,
        triggers=triggers,
        mentions=mentions,
        role_pairs=role_pairs(triggers, mentions),
        copy_pairs=copy_pairs(mentions, example.names),
    )
    got = [second(net, asked, out.h) for net, out in zip(nets, item.outputs, strict=True)]
    mean = {k: np.mean([g[k] for g in got], 0) for k in ("status", "mode", "context", "sector")}
    role = logit(np.mean([decode.sigmoid(g["role"]) for g in got], 0))
    item.known[key] = Second(role=role, country=got[0]["country"], copy=got[0]["copy"], **mean)
    return item.known[key]


def found(nets: Sequence[Net], item: Cached, transition: np.ndarray, vocabulary: Vocabulary) -> Found:
    """What the nets find in one sentence."""
    text = item.record["text"]
    sentence = Sentence(
        text,
        units(text)[: len(item.example.features)],
        item.example.names,
        item.emissions,
        item.triggers,
        lambda t, m: run_second(nets, item, t, m),
    )
    return interpret(sentence, transition, vocabulary)


def scored(item: Record, got: Found) -> Scored:
    """A finding as a record to compare."""
    fillers = [Filler(m.span, str(m.kind), m.country) for m in got.mentions]
    acts = []
    for t, trigger in enumerate(got.triggers):
        of = {role: tuple(fillers[k.mention] for k in got.links if k.trigger == t and k.role == role) for role in Role}
        acts.append(
            Act(
                trigger.span,
                str(trigger.type),
                str(trigger.status),
                of[Role.ACTOR],
                of[Role.RECIPIENT],
                of[Role.SPEAKER],
                of[Role.PLACE],
                (),
                None,
            )
        )
    return Scored(item["id"], item["text"], item.get("lang", "ar"), tuple(fillers), tuple(acts))


def trigger_threshold(items: Sequence[Cached]) -> float:
    """The threshold with the best event F1, by words."""
    best = (0.0, 0.4)
    for threshold in np.arange(0.2, 0.65, 0.025).tolist():
        right = predicted = gold = 0
        for item in items:
            got = decode.triggers(decode.sigmoid(item.triggers), threshold)
            want = list(item.example.triggers)
            predicted, gold = predicted + len(got), gold + len(want)
            for g in got:
                match = next((w for w in want if w.kind == g.kind and w.first <= g.last and g.first <= w.last), None)
                if match:
                    want.remove(match)
                    right += 1
        best = max(best, (prf(right, predicted, gold)[2], threshold))
    return best[1]


def calibrate(items: Sequence[Cached], threshold: float) -> tuple[float, float]:
    """Logistic regression of "this event is right" on the logit of its probability (Platt), by Newton's method."""
    x, y = [], []
    for item in items:
        for g in decode.triggers(decode.sigmoid(item.triggers), threshold):
            right = any(w.kind == g.kind and w.first <= g.last and g.first <= w.last for w in item.example.triggers)
            x.append(float(logit(np.array(g.score))))
            y.append(float(right))
    design, target = np.stack([np.array(x), np.ones(len(x))], 1), np.array(y)
    w = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ w))
        hessian = (design * (p * (1 - p))[:, None]).T @ design + 1e-3 * np.eye(2)
        w = w + np.linalg.solve(hessian, design.T @ (target - p))
    return float(w[0]), float(w[1])


def evaluate(
    nets: Sequence[Net], items: Sequence[Cached], transition: np.ndarray, vocabulary: Vocabulary
) -> dict[str, float]:
    """Every figure of ``marsad eval``, without rules."""
    gold = parse((json.dumps(item.record) for item in items), "held out")
    got = (scored(item.record, found(nets, item, transition, vocabulary)) for item in items)
    return {name: f.value or 0.0 for name, f in figures(compare(gold, got).texts, rounds=0).items()}


def choose(
    nets: Sequence[Net],
    table: Table,
    examples: list[Example],
    records: Sequence[Record],
    modes: Sequence[str],
    codes: Sequence[str],
) -> Tuned:
    """Thresholds one after another, each by the figure that it moves."""
    items = cache(nets, table, examples, records)
    probability = np.concatenate([decode.sigmoid(i.triggers).reshape(-1) for i in items])
    gold = np.concatenate([i.example.types.reshape(-1) for i in items])
    transition = transition_of(nets)
    at = Thresholds(trigger=trigger_threshold(items))
    vocabulary = Vocabulary(tuple(modes), tuple(codes), at)
    for name, measures, tried in (
        ("actor", ("actor",), (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)),
        ("recipient", ("recipient",), (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)),
        ("speaker", ("speaker",), (0.3, 0.4, 0.5)),
        ("place", ("place",), (0.3, 0.4, 0.5)),
        ("fallback", ("actor", "dyad"), (0.15, 0.2, 0.25, 1.0)),
        ("status", ("status macro",), (1.0, 1.3, 1.7, 2.0)),
    ):
        best = (-1.0, 0.0)
        for value in tried:
            trial = replace(vocabulary, thresholds=replace(vocabulary.thresholds, **{name: value}))
            got = evaluate(nets, items, transition, trial)
            best = max(best, (sum(got[m] for m in measures), value))
        vocabulary = replace(vocabulary, thresholds=replace(vocabulary.thresholds, **{name: best[1]}))
    calibration = calibrate(items, at.trigger)
    result = evaluate(nets, items, transition, vocabulary)
    return Tuned(vocabulary.thresholds, calibration, average_precision(probability, gold), result)


assert len(labels.ROLES) == 4
