"""From the network's numbers to mentions, triggers and links. Pure numpy; one sentence at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marsad.model import labels
from marsad.model.pairs import Chosen

Floats = NDArray[np.float32]
NEVER = -1e4
ACTOR, RECIPIENT, SPEAKER, PLACE = range(4)


def allowed() -> Floats:
    """[K + 1, K] 0 where tag may follow tag (the last row: start of the sentence), a large negative number else."""
    tags = labels.TAGS
    out = np.zeros((len(tags) + 1, len(tags)), np.float32)
    for j, tag in enumerate(tags):
        if tag.startswith("I-"):
            for i, before in enumerate((*tags, "O")):
                if before[2:] != tag[2:] or before == "O":
                    out[i, j] = NEVER
    return out


def sigmoid(x: Floats) -> Floats:
    """The logistic function, without overflow."""
    return np.asarray(0.5 * (np.tanh(0.5 * x) + 1.0), np.float32)


def softmax(x: Floats) -> Floats:
    """Over the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), np.float32)


def viterbi(emissions: Floats, transition: Floats) -> list[int]:
    """The best tags of one sentence. ``transition`` [K + 1, K] holds the start scores in its last row."""
    n, k = emissions.shape
    back = np.zeros((n, k), np.intp)
    score = transition[k] + emissions[0]
    inner = transition[:k]
    columns = np.arange(k)
    for i in range(1, n):
        grown = score[:, None] + inner
        best = grown.argmax(0)
        back[i] = best
        score = grown[best, columns] + emissions[i]
    tag = int(score.argmax())
    path = [tag]
    for i in range(n - 1, 0, -1):
        tag = int(back[i, tag])
        path.append(tag)
    return path[::-1]


def mentions(emissions: Floats, transition: Floats) -> list[Chosen]:
    """Mentions of one sentence, in order. The score is the geometric mean of the tags' probabilities."""
    if not len(emissions):
        return []
    path = viterbi(emissions, transition)
    if not any(path):
        return []
    probability = softmax(emissions)
    found = []
    i = 0
    while i < len(path):
        if path[i] == 0:
            i += 1
            continue
        kind, j = (path[i] - 1) // 2, i + 1
        while j < len(path) and path[j] == 2 + 2 * kind:
            j += 1
        logs = [np.log(max(float(probability[u, path[u]]), 1e-6)) for u in range(i, j)]
        found.append(Chosen(i, j - 1, kind, float(np.exp(np.mean(logs)))))
        i = j
    return found


def triggers(probability: Floats, threshold: float) -> list[Chosen]:
    """Units whose best type passes ``threshold``; neighbours of one type are one trigger."""
    best = probability.argmax(1)
    top = probability[np.arange(len(best)), best]
    found: list[Chosen] = []
    for i in np.flatnonzero(top >= threshold).tolist():
        kind, p = int(best[i]), float(top[i])
        if found and found[-1].last == i - 1 and found[-1].kind == kind:
            found[-1] = Chosen(found[-1].first, i, kind, max(found[-1].score, p))
        else:
            found.append(Chosen(i, i, kind, p))
    return found


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Cut-offs, chosen on a split of the training data. ``fallback``: the best actor above it where none passes."""

    trigger: float = 0.4
    actor: float = 0.45
    recipient: float = 0.45
    speaker: float = 0.45
    place: float = 0.45
    context: float = 0.5
    fallback: float = 0.2
    #: What PLANNED, POSSIBLE and DENIED are multiplied by.
    status: float = 1.7


def roles(probability: Floats, at: Thresholds, coordinated: NDArray[np.bool_]) -> list[list[tuple[int, int, float]]]:
    """For each trigger, (mention, role, probability). ``probability`` [T, M, 4].

    ``coordinated`` [M, M]: two mentions that a conjunction joins, of which both can be the actor.
    """
    out = []
    for p in probability:
        found: list[tuple[int, int, float]] = []
        actor, recipient = p[:, ACTOR], p[:, RECIPIENT]
        passing = [m for m in np.argsort(-actor, kind="stable").tolist() if actor[m] >= at.actor]
        passing = [m for m in passing if actor[m] >= recipient[m]]
        chosen: list[int] = []
        for m in passing:
            if not chosen or any(coordinated[m, other] for other in chosen):
                chosen.append(m)
        if not chosen and len(p):
            best = int(actor.argmax())
            if actor[best] >= at.fallback and actor[best] >= recipient[best]:
                chosen = [best]
        found += [(m, ACTOR, float(actor[m])) for m in chosen]
        found += [
            (m, RECIPIENT, float(recipient[m]))
            for m in range(len(p))
            if recipient[m] >= at.recipient and m not in chosen
        ]
        for role, threshold in ((SPEAKER, at.speaker), (PLACE, at.place)):
            scores = p[:, role].copy()
            if role == SPEAKER:
                scores[chosen] = 0
            if len(p) and scores.max() >= threshold:
                m = int(scores.argmax())
                found.append((m, role, float(scores[m])))
        out.append(sorted(found))
    return out


def status(logits: Floats, boost: float) -> Floats:
    """[T, 4] probabilities, with the rarer three multiplied by ``boost``."""
    p = softmax(logits)
    p[:, 1:] *= boost
    return np.asarray(p / p.sum(-1, keepdims=True), np.float32)


def country(classifier: Floats, copies: Floats, names: NDArray[np.int64]) -> Floats:
    """[codes] probabilities of one mention: classifier logits, with each name's copy score added to its code.

    ``classifier`` [C]; ``copies`` [G] logits; ``names`` [G] code index of each name of the sentence.
    """
    total = np.exp(classifier - classifier.max())
    np.add.at(total, names, np.exp(copies - classifier.max()))
    return np.asarray(total / total.sum(), np.float32)
