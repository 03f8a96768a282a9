"""What two articles share and where they contradict, as numbers: the features that :mod:`.weights` weighs.

Each feature is at least 0 and symmetric. Evidence for saturates: that two texts are told in very like words says no
more than that they share some rare ones, since two attacks of one day are told in the same words too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import sqrt

from marsad.identity import state_of
from marsad.knowledge.rarity import state_rarity
from marsad.stories.brief import RARITY, SHINGLES, Act, Brief, Spot, unpacked
from marsad.stories.names import is_own
from marsad.stories.near import near
from marsad.types import EventType, Status

#: What a shortened text must have of common runs at least, and of how many runs.
LEAST_RUNS = 12
#: Where evidence for is full: the weighted share of common stems; from which on they are nearly one text; the rarity
#: of common states; names; numbers.
_WORDS, _ONE_TEXT, _STATES, _NAMES, _NUMBERS = 0.2, 0.6, 12.0, 3.0, 3.0
#: Two numbers as near as this share of the greater are one, rounded; under 10 they are not.
_ROUNDED, _TO_ROUND = 0.07, 10
_SPANS = frozenset({"day", "hour", "year", "month", "week", "minute"})
#: Acts that one does to another; of talks and agreements either party may stand first.
_ONE_WAY = frozenset({EventType.ASSAULT, EventType.SANCTION, EventType.COERCE, EventType.ACCUSE, EventType.THREATEN,
                      EventType.REJECT, EventType.AID, EventType.REQUEST})  # fmt: skip

#: The names of the features, in the order of :func:`features`.
FEATURES = (
    "other language",  # which shares no words, and needs the more names
    "words",  # common stems, by their rarity
    "one text",  # nearly all stems are common, and no place, state or direction is other
    "states",  # common states, by their rarity
    "names across",  # common names of articles in two languages
    "names",  # common names of persons, places, bodies
    "numbers",  # common numbers; a span of time or one below ten counts less
    "rounded",  # numbers that are one but for rounding
    "other numbers",  # both have numbers, none in common
    "other count",  # as many of a thing in one, as many others in the other
    "one more state",  # one's main states are not in the other
    "other states",  # either's main states are not in the other
    "other place",  # no place of the one near one of the other, though of one state
    "other place abroad",  # nor of one state
    "other headline",  # either's headline names a place that the other has nowhere
    "other day",  # the days that the leads give first differ
    "no common day",  # both give days, none in common
    "other parties",  # parties of acts of one type, of which either has one that the other has not
    "turned",  # who did it to whom, the other way round
    "other round",
    "one round",  # only one says which of a row it is
    "past",  # one tells of times long ago alone
)


def features(a: Brief, b: Brief) -> tuple[float, ...]:
    """What speaks for and against two articles telling the same, by :data:`FEATURES`."""
    across = a.language != b.language
    names = _common_names(a.names, b.names)
    stems = 0.0 if across else stems_in_common(a.words, b.words)
    states, places = _states(a.countries, b.countries), _places(a.spots, b.spots)
    back = float(turned(a.acts, b.acts))
    # «قتل 12 في بعقوبة», «قتل 7 في طوزخورماتو»: in the same words but these.
    one_text = 0.0 if states[1] or any(places) or back else max(0.0, stems - _ONE_TEXT)
    return (
        float(across),
        min(1.0, stems / _WORDS),
        one_text,
        min(_STATES, round(sum(_rarity(state) for state in a.countries if state in b.countries), 6)),
        names * across,
        min(1.0, names),
        *_numbers(a, b),
        *states,
        *places,
        float(headed_apart(a, b)),
        float(bool(a.told and b.told and a.told != b.told)),
        float(bool(a.days and b.days and not set(a.days) & set(b.days))),
        float(counterparts(a.acts, b.acts) is not None),
        back,
        *_rounds(a.rounds, b.rounds),
        float(a.past != b.past),
    )


def common(a: Brief, b: Brief) -> tuple[float, float]:
    """The share of common runs of words of all that either has, and of those that the shorter text has.

    Exact for texts of up to 128 runs, else estimated to some points. The second is 0 where the shorter is too short.
    """
    x, y = unpacked(a.shingles), unpacked(b.shingles)
    both = x & y
    if not both:
        return 0.0, 0.0
    whole = len(x) == a.size and len(y) == b.size
    # Of the smallest of all, those that both have: what is cut off of either is larger than these.
    least = x | y if whole else sorted(x | y)[:SHINGLES]
    share = sum(each in both for each in least) / len(least)
    smaller = min(a.size, b.size)
    of_shorter = share * (a.size + b.size) / (1 + share) / smaller
    return share, min(1.0, of_shorter) if smaller >= LEAST_RUNS else 0.0


def stems_in_common(a: bytes, b: bytes) -> float:
    """The cosine of two sets of packed stems, weighed by their rarity: 0..1."""
    shared = sum((stem & RARITY) ** 2 for stem in unpacked(a) & unpacked(b))
    return shared / sqrt(_norm(a) * _norm(b)) if shared else 0.0


@lru_cache(1 << 12)  # an article is compared with many
def _norm(words: bytes) -> int:
    return sum((stem & RARITY) ** 2 for stem in unpacked(words))


@lru_cache(1 << 10)
def _rarity(state: str) -> float:
    return state_rarity(state)


def _common_names(x: Sequence[str], y: Sequence[str]) -> float:
    """How many names both have; a body of a state, which is in much of its news, counts half in one language."""
    shared = (name for name in x if name in y and (name[0] == "~" or is_own(name)))
    return min(_NAMES, sum(1.0 if name[0] == "~" or ":" in name else 0.5 for name in shared))


# ---------------------------------------------------------------- numbers


@lru_cache(1 << 12)
def _parsed(numbers: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    return tuple((unit, float(value)) for unit, _, value in (number.partition(":") for number in numbers))


def _numbers(a: Brief, b: Brief) -> tuple[float, float, float, float]:
    """Common numbers, rounded ones, whether there are none, and whether a count differs."""
    x, y = _parsed(a.numbers), _parsed(b.numbers)
    shared = sum(telling(unit, value) for unit, value in x if (unit, value) in y)
    rounded = sum(_rounds_to(one, other) for one in x for other in y)
    things = {thing for thing, _ in a.counts} & {thing for thing, _ in b.counts}
    return (
        min(_NUMBERS, round(shared, 6)),
        min(2.0, rounded),
        float(bool(x and y and not shared and not rounded)),
        float(bool(things) and not set(a.counts) & set(b.counts)),
    )


def telling(unit: str, value: float) -> float:
    """How much a common number says: a sum or a count of two digits 1, three days 0.4."""
    if unit in _SPANS:
        return 0.4
    return 0.5 if value < _TO_ROUND else 1.0


def _rounds_to(one: tuple[str, float], other: tuple[str, float]) -> bool:
    (unit, x), (of, y) = one, other
    return unit == of and x != y and min(x, y) >= _TO_ROUND and abs(x - y) <= _ROUNDED * max(x, y)


# ---------------------------------------------------------------- states and places


def _states(x: Sequence[str], y: Sequence[str]) -> tuple[float, float]:
    odd = odd_states(x, y)
    return float(bool(odd[0]) != bool(odd[1])), float(bool(odd[0] and odd[1]))


def odd_states(x: Sequence[str], y: Sequence[str]) -> tuple[list[str], list[str]]:
    """The main states of each that the other does not name."""
    return [state for state in x[:2] if state not in y], [state for state in y[:2] if state not in x]


def elsewhere(x: Sequence[Spot], y: Sequence[Spot]) -> tuple[Spot, Spot] | None:
    """The first place of each, where none of the one is near any of the other; towns go before provinces and seas."""
    x = [spot for spot in x if not spot.wide] or x
    y = [spot for spot in y if not spot.wide] or y
    if not x or not y or any(near(one, other) for one in x for other in y):
        return None
    return x[0], y[0]


def _places(x: Sequence[Spot], y: Sequence[Spot]) -> tuple[float, float]:
    if elsewhere(x, y) is None:
        return 0.0, 0.0
    within = bool({spot.country for spot in x} & {spot.country for spot in y})
    return float(within), float(not within)


def headed_apart(a: Brief, b: Brief) -> bool:
    """Whether the headline of either names a place that the other names nowhere."""
    if not a.headed or not b.headed:
        return False
    return any(p not in b.names and p not in b.headed for p in a.headed) and any(
        p not in a.names and p not in a.headed for p in b.headed
    )


# ---------------------------------------------------------------- acts


def counterparts(x: Sequence[Act], y: Sequence[Act]) -> tuple[str, str] | None:
    """A party of each with an id of its own that the other has not, in acts of a type that both tell of."""
    both = {act.type for act in x} & {act.type for act in y}
    one, other = _own_parties(x, both), _own_parties(y, both)
    if one <= other or other <= one:
        return None
    return min(one - other), min(other - one)


def _own_parties(acts: Sequence[Act], types: Iterable[EventType]) -> set[str]:
    return {party for act in acts if act.type in types for party in (*act.actors, *act.recipients) if is_own(party)}


def turned(x: Sequence[Act], y: Sequence[Act]) -> bool:
    """Whether the acts of one type go the one way in the one article, and only the other way in the other."""
    one, other = set(_ways(x)), set(_ways(y))
    if not one or not other or one & other:
        return False
    return any((kind, to, who) in other for kind, who, to in one)


def _ways(acts: Sequence[Act]) -> Iterator[tuple[EventType, str, str]]:
    for act in acts:
        if act.type not in _ONE_WAY and act.mode != "visit":
            continue
        for who in act.actors:
            for to in act.recipients:
                if state_of(who) != state_of(to):
                    yield act.type, state_of(who), state_of(to)


def same_act(x: Sequence[Act], y: Sequence[Act]) -> tuple[EventType, str] | None:
    """The type of the first acts of one type with parties of common states, and those states."""
    for one in x:
        for other in y:
            if one.type is other.type and (one.status is Status.DENIED) == (other.status is Status.DENIED):
                sides = [_meet(one.actors, other.actors), _meet(one.recipients, other.recipients)]
                if any(sides):
                    return one.type, "→".join(" ".join(side) for side in sides)
    return None


def _meet(x: Sequence[str], y: Sequence[str]) -> list[str]:
    return sorted({state_of(party) for party in x} & {state_of(party) for party in y})


# ---------------------------------------------------------------- rounds


def _rounds(x: Sequence[int], y: Sequence[int]) -> tuple[float, float]:
    if x and y:
        return float(not set(x) & set(y)), 0.0
    return 0.0, float(bool(x or y) and max((*x, *y)) > 1)
