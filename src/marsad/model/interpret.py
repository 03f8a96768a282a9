"""One sentence's numbers to mentions, triggers and links. The network is handed in, so that training can use it too."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from marsad.model import decode, labels
from marsad.model.decode import Floats, Thresholds
from marsad.model.features import Place
from marsad.model.pairs import Chosen
from marsad.types import ACTING, Link, Mention, Span, Trigger

#: Words and marks that join two parties of one act, as units stand in the text.
_JOINING = frozenset({"،", ",", "و", "and", "&", "أو", "or", "وكذلك", "بالإضافة", "إلى"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a model file was trained with besides its weights."""

    modes: tuple[str, ...]  # "CONSULT/visit"; "CONSULT/" is none of its modes
    codes: tuple[str, ...]  # the first is "", no country
    thresholds: Thresholds = field(default_factory=Thresholds)
    #: Logistic calibration of a trigger's logit: score = sigmoid(a * logit + b).
    calibration: tuple[float, float] = (1.0, 0.0)
    version: str = "0"


@dataclass(frozen=True, slots=True)
class Found:
    """What the model finds in one sentence; spans point into the text that the units came from."""

    mentions: tuple[Mention, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Second:
    """Logits of the second stage: per pair, per trigger, per mention, per mention and name."""

    role: Floats  # [T, M, 4] or [T * M, 4]
    status: Floats  # [T, 4]
    mode: Floats  # [T, modes]
    context: Floats  # [T, 19]
    sector: Floats  # [M, 14]
    country: Floats  # [M, codes]
    copy: Floats  # [M, G] or [M * G]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The input of :func:`interpret`: text, units in it, gazetteer names on the units, first-stage logits."""

    text: str
    units: Sequence[Span]
    names: Sequence[Place]
    emissions: Floats  # [U, 17]
    triggers: Floats  # [U, 16]
    second: Callable[[list[Chosen], list[Chosen]], Second] = field(repr=False)


def coordinated(sentence: Sentence, mentions: Sequence[Chosen]) -> NDArray[np.bool_]:
    """[M, M] whether two mentions are parts of one enumeration («تركيا وإيران وروسيا»)."""
    n = len(mentions)
    out = np.eye(n, dtype=np.bool_)
    text, units = sentence.text, sentence.units
    for i in range(n - 1):
        gap = [text[u.start : u.stop] for u in units[mentions[i].last + 1 : mentions[i + 1].first]]
        first = units[mentions[i + 1].first]
        joined = bool(gap) or text[first.start] == "و"
        if joined and len(gap) <= 3 and all(word in _JOINING for word in gap):
            out[i, i + 1] = out[i + 1, i] = True
            earlier = out[i].copy()
            out[i + 1] |= earlier
            out[:, i + 1] |= earlier
    return out


def _span(sentence: Sentence, one: Chosen) -> Span:
    """The characters of a mention, without a conjunction or preposition glued to its first word."""
    start, stop = sentence.units[one.first].start, sentence.units[one.last].stop
    word = sentence.text[start : sentence.units[one.first].stop]
    for name in sentence.names:
        if name.first == one.first and start < name.start < stop:
            return Span(name.start, stop)
    for clitics in ("وبال", "وكال", "فبال", "بال", "كال", "وال", "فال"):  # و ف ب ك before ال
        if word.startswith(clitics) and len(word) > len(clitics) + 2:
            return Span(start + len(clitics) - 2, stop)
    return Span(start, stop)


def codes_with(codes_known: Sequence[str], names: Sequence[Place]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The model's codes and those of the names beyond them; and each name's index among them."""
    codes = list(codes_known)
    index = {code: i for i, code in enumerate(codes)}
    where = []
    for name in names:
        if name.code not in index:
            index[name.code] = len(codes)
            codes.append(name.code)
        where.append(index[name.code])
    return tuple(codes), np.array(where, np.int64)


def _mentions(sentence: Sentence, chosen: Sequence[Chosen], got: Second, vocabulary: Vocabulary) -> list[Mention]:
    codes, where = codes_with(vocabulary.codes, sentence.names)
    copies = got.copy.reshape(len(chosen), len(sentence.names))
    out = []
    for m, one in enumerate(chosen):
        kind = labels.KINDS[one.kind]
        logits = np.full(len(codes), decode.NEVER, np.float32)
        logits[: len(vocabulary.codes)] = got.country[m]
        probability = decode.country(logits, copies[m], where)
        code = codes[int(probability.argmax())]
        sector = labels.SECTORS[int(got.sector[m].argmax())] if kind in ACTING else None
        out.append(
            Mention(
                span=_span(sentence, one),
                kind=kind,
                sector=sector,
                score=round(one.score, 3),
                country=code or None,
                why=f"model {vocabulary.version}",
            )
        )
    return out


def _mode(logits: Floats, kind: int, vocabulary: Vocabulary) -> str | None:
    """The best mode of the type; None where "no mode" is best, or the type has none."""
    prefix = f"{labels.TYPES[kind]}/"
    fits = [i for i, name in enumerate(vocabulary.modes) if name.startswith(prefix)]
    if not fits:
        return None
    return vocabulary.modes[max(fits, key=lambda i: (float(logits[i]), -i))].removeprefix(prefix) or None


def _triggers(sentence: Sentence, chosen: Sequence[Chosen], got: Second, vocabulary: Vocabulary) -> list[Trigger]:
    at = vocabulary.thresholds
    status = decode.status(got.status, at.status) if len(chosen) else got.status
    contexts = decode.sigmoid(got.context)
    a, b = vocabulary.calibration
    out = []
    for t, one in enumerate(chosen):
        p = min(max(one.score, 1e-6), 1 - 1e-6)
        score = 1 / (1 + math.exp(-(a * math.log(p / (1 - p)) + b)))
        out.append(
            Trigger(
                span=Span(sentence.units[one.first].start, sentence.units[one.last].stop),
                type=labels.TYPES[one.kind],
                mode=_mode(got.mode[t], one.kind, vocabulary),
                status=labels.STATUSES[int(status[t].argmax())],
                contexts=tuple(name for k, name in enumerate(labels.CONTEXTS) if contexts[t, k] >= at.context),
                score=round(score, 3),
                why=f"model {vocabulary.version}",
            )
        )
    return out


def choose(sentence: Sentence, transition: Floats, at: Thresholds) -> tuple[list[Chosen], list[Chosen]]:
    """Triggers and mentions of the first stage."""
    return (
        decode.triggers(decode.sigmoid(sentence.triggers), at.trigger),
        decode.mentions(sentence.emissions, transition),
    )


def links(
    sentence: Sentence, triggers: list[Chosen], mentions: list[Chosen], got: Second, at: Thresholds
) -> list[Link]:
    """Who takes part in what, with the model's probability."""
    if not triggers or not mentions:
        return []
    p = decode.sigmoid(got.role).reshape(len(triggers), len(mentions), len(labels.ROLES))
    joined = coordinated(sentence, mentions)
    return [
        Link(trigger=t, mention=m, role=labels.ROLES[role], score=round(score, 3))
        for t, found in enumerate(decode.roles(p, at, joined))
        for m, role, score in found
    ]


def judge(sentence: Sentence, given: Sequence[Chosen], vocabulary: Vocabulary) -> list[Mention]:
    """What the model says of mentions that are given, on units of the sentence: their sector and country."""
    mentions = list(given)
    return _mentions(sentence, mentions, sentence.second([], mentions), vocabulary) if mentions else []


def interpret(sentence: Sentence, transition: Floats, vocabulary: Vocabulary) -> Found:
    """Mentions, triggers and links of one sentence, in the order of the text.

    ``transition`` [18, 17] are the tag scores of the trained model, the start of the sentence in the last row.
    """
    if not sentence.units:
        return Found()
    triggers, mentions = choose(sentence, transition, vocabulary.thresholds)
    if not triggers and not mentions:
        return Found()
    got = sentence.second(triggers, mentions)
    return Found(
        tuple(_mentions(sentence, mentions, got, vocabulary)),
        tuple(_triggers(sentence, triggers, got, vocabulary)),
        tuple(links(sentence, triggers, mentions, got, vocabulary.thresholds)),
    )
