"""How near a prediction comes to gold in one text: what matches, what is missed, what is invented.

*event*: trigger ranges overlap and the type is the same, one to one. *trigger*: whatever the type. *actor*,
*recipient*, *speaker*, *place*, *time*: on matched events, fillers overlap by half of the shorter; fillers of
unmatched events are missed or extra. A time is the phrase that gives an event its day. *mention*: same kind, overlap
at least half of the longer. *country*: share of matched fillers with a gold code that have the same. *status*,
*voice*: on matched events. *dyad*: multiset of (type, status, actor country, recipient country), the product of the
distinct codes, an empty side as none, events with no code left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TypeVar

from marsad.errors import GoldError
from marsad.score.records import Act, Filler, Record

G = TypeVar("G")
P = TypeVar("P")

#: Measures with precision, recall and F1.
MATCHED = ("event", "trigger", "mention", "actor", "recipient", "speaker", "place", "time", "dyad")
#: The roles, with what an act has in each.
ROLES: dict[str, Callable[[Act], Sequence[Filler]]] = {
    "actor": lambda act: act.actors,
    "recipient": lambda act: act.recipients,
    "speaker": lambda act: act.speakers,
    "place": lambda act: act.places,
    "time": lambda act: act.times,
}
#: Roles that only some gold carries: they are no misses of the reader, and have no country of an actor.
_BESIDE = frozenset({"place", "time"})
#: Right, predicted, gold.
Triple = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """What one text adds; confusions are (gold, predicted), ``country`` is (same, compared)."""

    matched: dict[str, Triple]
    types: dict[str, Triple]
    status: Counter[tuple[str, str]]
    voice: Counter[tuple[str, str]]
    country: tuple[int, int]
    language: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that gold and prediction do not share. ``what``: missed, invented, type, status, or a role."""

    id: str
    what: str
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
    scored = ((score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted))
    pairs: list[tuple[int, int]] = []
    left: set[int] = set()
    right: set[int] = set()
    for value, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if value > 0 and i not in left and j not in right:
            pairs.append((i, j))
            left.add(i)
            right.add(j)
    return pairs


def rest(of: Sequence[G], taken: Iterable[int]) -> list[G]:
    """What is not among the ``taken`` positions."""
    gone = set(taken)
    return [one for i, one in enumerate(of) if i not in gone]


def same_event(gold: Act, predicted: Act) -> int:
    """Code points that the triggers share, if the types agree."""
    return gold.trigger.overlap(predicted.trigger) if gold.type == predicted.type else 0


def _same_trigger(gold: Act, predicted: Act) -> int:
    return gold.trigger.overlap(predicted.trigger)


def _same_filler(gold: Filler, predicted: Filler) -> int:
    shared = gold.span.overlap(predicted.span)
    return shared if 2 * shared >= min(len(gold.span), len(predicted.span)) else 0


def _same_mention(gold: Filler, predicted: Filler) -> int:
    shared = gold.span.overlap(predicted.span)
    return shared if gold.kind == predicted.kind and 2 * shared >= max(len(gold.span), len(predicted.span)) else 0


def _codes(fillers: Sequence[Filler]) -> list[str | None]:
    """The distinct codes, or None alone where there are none."""
    return [*sorted({f.code for f in fillers if f.code})] or [None]


def dyads(record: Record) -> Counter[tuple[str, str, str | None, str | None]]:
    """The multiset of (type, status, actor country, recipient country)."""
    found: Counter[tuple[str, str, str | None, str | None]] = Counter()
    for act in record.acts:
        actors, recipients = _codes(act.actors), _codes(act.recipients)
        if actors != [None] or recipients != [None]:
            found.update((act.type, act.status, a, r) for a, r in product(actors, recipients))
    return found


class _Tally:
    """Triples that grow."""

    def __init__(self) -> None:
        self.triples: dict[str, list[int]] = {}

    def add(self, name: str, right: int, predicted: int, gold: int) -> None:
        row = self.triples.setdefault(name, [0, 0, 0])
        for k, n in enumerate((right, predicted, gold)):
            row[k] += n

    def done(self, names: Iterable[str]) -> dict[str, Triple]:
        return {name: (t[0], t[1], t[2]) for name in names for t in [self.triples.get(name, [0, 0, 0])]}


def _roles(gold: Act, predicted: Act, tally: _Tally) -> tuple[int, int]:
    """Add the fillers of a matched pair; gives (same country, compared)."""
    same = compared = 0
    for name, of in ROLES.items():
        g, p = of(gold), of(predicted)
        pairs = pair_up(g, p, _same_filler)
        tally.add(name, len(pairs), len(p), len(g))
        if name not in _BESIDE:
            coded = [(g[i].code, p[j].code) for i, j in pairs if g[i].code]
            same, compared = same + sum(a == b for a, b in coded), compared + len(coded)
    return same, compared


def count(gold: Record, predicted: Record) -> Counted:
    """Everything that one text adds to the figures."""
    tally, types = _Tally(), _Tally()
    pairs = pair_up(gold.acts, predicted.acts, same_event)
    loose = pair_up(gold.acts, predicted.acts, _same_trigger)
    mentions = pair_up(gold.mentions, predicted.mentions, _same_mention)
    tally.add("event", len(pairs), len(predicted.acts), len(gold.acts))
    tally.add("trigger", len(loose), len(predicted.acts), len(gold.acts))
    tally.add("mention", len(mentions), len(predicted.mentions), len(gold.mentions))
    status: Counter[tuple[str, str]] = Counter()
    voice: Counter[tuple[str, str]] = Counter()
    same = compared = 0
    for i, j in pairs:
        g, p = gold.acts[i], predicted.acts[j]
        status[g.status, p.status] += 1
        if g.voice:
            voice[g.voice, p.voice or ""] += 1
        types.add(g.type, 1, 1, 1)
        s, c = _roles(g, p, tally)
        same, compared = same + s, compared + c
    for g in rest(gold.acts, (i for i, _ in pairs)):
        types.add(g.type, 0, 0, 1)
        for name, of in ROLES.items():
            tally.add(name, 0, 0, len(of(g)))
    for p in rest(predicted.acts, (j for _, j in pairs)):
        types.add(p.type, 0, 1, 0)
        for name, of in ROLES.items():
            tally.add(name, 0, len(of(p)), 0)
    wanted, found = dyads(gold), dyads(predicted)
    tally.add("dyad", (wanted & found).total(), found.total(), wanted.total())
    return Counted(tally.done(MATCHED), types.done(types.triples), status, voice, (same, compared), gold.language)


def differences(gold: Record, predicted: Record) -> list[Difference]:
    """What gold has and the prediction misses, and the other way round, to read."""
    text = gold.text or predicted.text or ""

    def say(act: Act) -> str:
        return f"{act.type} {act.status} «{act.trigger.of(text)}»"

    def names(fillers: Sequence[Filler]) -> str:
        return "، ".join(f"{f.span.of(text)} [{f.code or '?'}]" for f in fillers) or "—"

    pairs = pair_up(gold.acts, predicted.acts, same_event)
    out = []
    for i, j in pairs:
        g, p = gold.acts[i], predicted.acts[j]
        if g.status != p.status:
            out.append(Difference(gold.id, "status", say(g), p.status, text))
        for role, of in ROLES.items():
            if role not in _BESIDE and len(pair_up(of(g), of(p), _same_filler)) < max(len(of(g)), len(of(p))):
                out.append(Difference(gold.id, role, f"{say(g)}: {names(of(g))}", names(of(p)), text))
    left, right = rest(gold.acts, (i for i, _ in pairs)), rest(predicted.acts, (j for _, j in pairs))
    wrong = pair_up(left, right, _same_trigger)
    out += [Difference(gold.id, "type", say(left[i]), say(right[j]), text) for i, j in wrong]
    out += [Difference(gold.id, "missed", say(g), "", text) for g in rest(left, (i for i, _ in wrong))]
    out += [Difference(gold.id, "invented", "", say(p), text) for p in rest(right, (j for _, j in wrong))]
    return out


def _by_id(records: Iterable[Record], what: str) -> dict[str, Record]:
    known: dict[str, Record] = {}
    for record in records:
        if record.id in known:
            raise GoldError(f"id {record.id!r} stands twice in the {what}", do="give each text one line")
        known[record.id] = record
    return known


def compare(gold: Iterable[Record], predicted: Iterable[Record]) -> Comparison:
    """Gold against predictions of the same ids, in whatever order.

    Raises :class:`GoldError` where an id is doubled, gold texts have no prediction, or there is no gold.
    """
    wanted = _by_id(gold, "gold")
    known = _by_id(predicted, "predictions")
    if not wanted:
        raise GoldError("the gold holds no text", do="give a file with at least one line")
    result = Comparison()
    for record in wanted.values():
        if record.id not in known:
            raise GoldError(f"gold text {record.id!r} has no prediction", do="predict every line of the gold")
        result.texts.append(count(record, known[record.id]))
        result.differences += differences(record, known[record.id])
    return result
