"""How near predictions come to gold: counts a text, then precision, recall, F1 and bootstrap intervals.

*event*: trigger ranges overlap and the type is the same, one to one. *trigger*: whatever the type. *actor*,
*recipient*, *speaker*, *place*: on matched events, fillers overlap by half of the shorter; fillers of unmatched
events are missed or extra. *mention*: same kind, overlap at least half of the longer. *country*: share of matched
fillers with a gold code that have the same. *status*, *voice*: on matched events. *dyad*: multiset of (type, status,
actor country, recipient country), the product of the distinct codes, an empty side as none, events
with no code left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TypeVar

import numpy as np

from marsad.errors import GoldError
from marsad.score.records import Act, Filler, Record
from marsad.types import EventType, Span, Status

G = TypeVar("G")
P = TypeVar("P")

#: Measures with precision, recall and F1.
MATCHED = ("event", "trigger", "mention", "actor", "recipient", "speaker", "place", "dyad")
ROLES = ("actor", "recipient", "speaker", "place")


@dataclass(frozen=True, slots=True)
class Counted:
    """What one text adds: ``matched[measure]`` is (right, predicted, gold); confusions are (gold, predicted)."""

    matched: dict[str, tuple[int, int, int]]
    types: dict[str, tuple[int, int, int]]
    status: Counter[tuple[str, str]]
    voice: Counter[tuple[str, str]]
    country: tuple[int, int]
    language: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that gold and prediction do not share."""

    id: str
    what: str  # missed, invented, type, status, actor, recipient, speaker
    gold: str
    predicted: str
    text: str


@dataclass(slots=True)
class Comparison:
    """All texts counted, in order, and what differed."""

    texts: list[Counted] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


def pair_up(gold: Sequence[G], predicted: Sequence[P], score: Callable[[G, P], int]) -> list[tuple[int, int]]:
    """One-to-one pairs with a positive score, the highest first, then by position."""
    scored = [(-score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted) if score(g, p) > 0]
    pairs, left, right = [], set(), set()
    for _, i, j in sorted(scored):
        if i not in left and j not in right:
            pairs.append((i, j))
            left.add(i)
            right.add(j)
    return pairs


def _half_of_shorter(a: Span, b: Span) -> int:
    shared = a.overlap(b)
    return shared if shared and 2 * shared >= min(len(a), len(b)) else 0


def _same_mention(a: Filler, b: Filler) -> int:
    shared = a.span.overlap(b.span)
    return shared if a.kind == b.kind and shared and 2 * shared >= max(len(a.span), len(b.span)) else 0


def _fillers(act: Act, role: str) -> Sequence[Filler]:
    return {"actor": act.actors, "recipient": act.recipients, "speaker": act.speakers}[role]


def dyads(record: Record) -> Counter[tuple[str, str, str | None, str | None]]:
    """The multiset of (type, status, actor country, recipient country)."""
    found: Counter[tuple[str, str, str | None, str | None]] = Counter()
    for act in record.acts:
        sides: list[list[str | None]] = [
            [*sorted({f.code for f in fillers if f.code})] or [None] for fillers in (act.actors, act.recipients)
        ]
        if sides != [[None], [None]]:
            found.update((act.type, act.status, a, r) for a, r in product(*sides))
    return found


def _roles(gold: Act | None, predicted: Act | None, add: Callable[[str, int, int, int], None]) -> tuple[int, int]:
    """Add the fillers of a matched pair (or of one side alone); gives (same country, compared countries)."""
    same = compared = 0
    for role in ("actor", "recipient", "speaker"):
        g = _fillers(gold, role) if gold else ()
        p = _fillers(predicted, role) if predicted else ()
        pairs = pair_up(g, p, lambda a, b: _half_of_shorter(a.span, b.span))
        add(role, len(pairs), len(p), len(g))
        for i, j in pairs:
            if g[i].code:
                compared += 1
                same += g[i].code == p[j].code
    g_places = gold.places if gold else ()
    p_places = predicted.places if predicted else ()
    add("place", len(pair_up(g_places, p_places, _half_of_shorter)), len(p_places), len(g_places))
    return same, compared


def count(gold: Record, predicted: Record) -> Counted:
    """Everything that one text adds to the figures."""
    matched = {name: [0, 0, 0] for name in MATCHED}

    def add(name: str, right: int, of_predicted: int, of_gold: int) -> None:
        for k, n in enumerate((right, of_predicted, of_gold)):
            matched[name][k] += n

    pairs = pair_up(gold.acts, predicted.acts, lambda g, p: g.trigger.overlap(p.trigger) if g.type == p.type else 0)
    loose = pair_up(gold.acts, predicted.acts, lambda g, p: g.trigger.overlap(p.trigger))
    add("event", len(pairs), len(predicted.acts), len(gold.acts))
    add("trigger", len(loose), len(predicted.acts), len(gold.acts))
    mentions = pair_up(gold.mentions, predicted.mentions, _same_mention)
    add("mention", len(mentions), len(predicted.mentions), len(gold.mentions))
    status: Counter[tuple[str, str]] = Counter()
    voice: Counter[tuple[str, str]] = Counter()
    types = {t: [0, 0, 0] for t in {a.type for a in (*gold.acts, *predicted.acts)}}
    same = compared = 0
    for i, j in pairs:
        g, p = gold.acts[i], predicted.acts[j]
        status[g.status, p.status] += 1
        if g.voice:
            voice[g.voice, p.voice or ""] += 1
        types[g.type][0] += 1
        s, c = _roles(g, p, add)
        same, compared = same + s, compared + c
    for i, g in enumerate(gold.acts):
        types[g.type][2] += 1
        if i not in {i for i, _ in pairs}:
            _roles(g, None, add)
    for j, p in enumerate(predicted.acts):
        types[p.type][1] += 1
        if j not in {j for _, j in pairs}:
            _roles(None, p, add)
    g_dyads, p_dyads = dyads(gold), dyads(predicted)
    add("dyad", (g_dyads & p_dyads).total(), p_dyads.total(), g_dyads.total())
    return Counted(
        {name: (row[0], row[1], row[2]) for name, row in matched.items()},
        {name: (row[0], row[1], row[2]) for name, row in types.items()},
        status,
        voice,
        (same, compared),
        gold.language,
    )


def differences(gold: Record, predicted: Record) -> list[Difference]:
    """What gold has and the prediction misses, and the other way round, to read."""
    text = gold.text or predicted.text or ""

    def say(act: Act) -> str:
        return f"{act.type} {act.status} «{act.trigger.of(text)}»"

    def names(fillers: Sequence[Filler]) -> str:
        return "، ".join(f"{f.span.of(text)} [{f.code or '?'}]" for f in fillers) or "—"

    pairs = pair_up(gold.acts, predicted.acts, lambda g, p: g.trigger.overlap(p.trigger) if g.type == p.type else 0)
    out = []
    for i, j in pairs:
        g, p = gold.acts[i], predicted.acts[j]
        if g.status != p.status:
            out.append(Difference(gold.id, "status", say(g), p.status, text))
        for role in ("actor", "recipient", "speaker"):
            a, b = _fillers(g, role), _fillers(p, role)
            if len(pair_up(a, b, lambda x, y: _half_of_shorter(x.span, y.span))) < max(len(a), len(b)):
                out.append(Difference(gold.id, role, f"{say(g)}: {names(a)}", names(b), text))
    left = [g for i, g in enumerate(gold.acts) if i not in {i for i, _ in pairs}]
    right = [p for j, p in enumerate(predicted.acts) if j not in {j for _, j in pairs}]
    wrong = pair_up(left, right, lambda g, p: g.trigger.overlap(p.trigger))
    out += [Difference(gold.id, "type", say(left[i]), say(right[j]), text) for i, j in wrong]
    out += [
        Difference(gold.id, "missed", say(g), "", text) for i, g in enumerate(left) if i not in {i for i, _ in wrong}
    ]
    out += [
        Difference(gold.id, "invented", "", say(p), text) for j, p in enumerate(right) if j not in {j for _, j in wrong}
    ]
    return out


def compare(gold: Iterable[Record], predicted: Iterable[Record]) -> Comparison:
    """Gold against predictions of the same ids, in whatever order.

    Raises :class:`GoldError` where an id is doubled, or gold texts have no prediction.
    """
    known: dict[str, Record] = {}
    for record in predicted:
        if record.id in known:
            raise GoldError(f"id {record.id!r} is predicted twice", do="give each text one line")
        known[record.id] = record
    result = Comparison()
    for record in gold:
        if record.id not in known:
            raise GoldError(f"gold text {record.id!r} has no prediction", do="predict every line of the gold")
        result.texts.append(count(record, known[record.id]))
        result.differences += differences(record, known[record.id])
    return result


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its 95 % bootstrap interval; ``gold`` is how many cases it rests on."""

    value: float
    low: float
    high: float
    gold: int
    precision: float | None = None
    recall: float | None = None


def prf(right: float, predicted: float, gold: float) -> tuple[float, float, float]:
    """Precision, recall, F1; 0 where undefined, 1 where there is nothing to find and nothing was found."""
    if not predicted and not gold:
        return 1.0, 1.0, 1.0
    p, r = float(right / predicted) if predicted else 0.0, float(right / gold) if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def macro(confusion: np.ndarray) -> float:
    """Mean F1 of the classes that gold or prediction has. ``confusion`` [K, K], gold in rows."""
    used = [k for k in range(len(confusion)) if confusion[k].sum() + confusion[:, k].sum()]
    scores = [prf(confusion[k, k], confusion[:, k].sum(), confusion[k].sum())[2] for k in used]
    return float(np.mean(scores)) if scores else 1.0


def figures(texts: Sequence[Counted], rounds: int = 1000, seed: int = 0) -> dict[str, Figure]:
    """Every figure, by name, with an interval from ``rounds`` resamplings of the texts (0: none)."""
    n = len(texts)
    statuses = tuple(Status)
    table = np.array([[t.matched[name] for name in MATCHED] for t in texts], np.float64).reshape(n, len(MATCHED), 3)
    confusion = np.array([[[t.status[g, p] for p in statuses] for g in statuses] for t in texts], np.float64)
    confusion = confusion.reshape(n, len(statuses), len(statuses))
    country = np.array([t.country for t in texts], np.float64).reshape(n, 2)
    voices = sorted({v for t in texts for pair in t.voice for v in pair})
    voiced = np.array([[[t.voice[g, p] for p in voices] for g in voices] for t in texts], np.float64)
    voiced = voiced.reshape(n, len(voices), len(voices))

    def all_of(weight: np.ndarray) -> dict[str, float]:
        sums = np.tensordot(weight, table, 1)
        out = {name: prf(*sums[k])[2] for k, name in enumerate(MATCHED)}
        c, s, v = (np.tensordot(weight, x, 1) for x in (confusion, country, voiced))
        out["country"] = float(s[0] / s[1]) if s[1] else 1.0
        out["status accuracy"] = float(np.trace(c) / c.sum()) if c.sum() else 1.0
        out["status macro"] = macro(c)
        for k, name in enumerate(statuses):
            out[f"status {name}"] = prf(c[k, k], c[:, k].sum(), c[k].sum())[2]
        if len(voices):
            out["voice accuracy"] = float(np.trace(v) / v.sum()) if v.sum() else 1.0
            out["voice macro"] = macro(v)
        return out

    rng = np.random.default_rng(seed)
    value = all_of(np.ones(n))
    draws = [all_of(rng.multinomial(n, np.full(n, 1 / n)).astype(float)) for _ in range(rounds)] if n else []
    sums, gold_status = table.sum(0), confusion.sum((0, 2))
    cases = {name: int(sums[k, 2]) for k, name in enumerate(MATCHED)}
    cases |= {
        "country": int(country[:, 1].sum()),
        "voice accuracy": int(voiced.sum()),
        "voice macro": int(voiced.sum()),
    }
    cases |= {f"status {name}": int(gold_status[k]) for k, name in enumerate(statuses)}
    out = {}
    for name, v in value.items():
        sample = [draw[name] for draw in draws]
        low, high = (float(np.quantile(sample, q)) for q in (0.025, 0.975)) if sample else (v, v)
        p, r, _ = prf(*sums[MATCHED.index(name)]) if name in MATCHED else (None, None, None)
        out[name] = Figure(float(v), low, high, cases.get(name, int(confusion.sum())), p, r)
    return out


def by_type(texts: Sequence[Counted]) -> dict[str, tuple[float, float, float, int]]:
    """Precision, recall, F1 and gold count of each event type, in PLOVER's order."""
    out = {}
    for name in EventType:
        rows = [t.types[name] for t in texts if name in t.types]
        right, predicted, gold = (sum(row[k] for row in rows) for k in range(3))
        if predicted or gold:
            out[str(name)] = (*prf(right, predicted, gold), gold)
    return out
