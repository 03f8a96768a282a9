"""Keys under which articles that may tell the same meet, so that not every two have to be compared.

A store keeps rows ``(key, article)``: the candidates of an article are those that share a key with it. A key joins two
things that the article says and its day, so that a war with a thousand articles a day does not fall under one key: two
names or numbers, one of them and an act, a rare word and a main state, two states that are seldom in the news together.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import combinations

from marsad.identity import state_of
from marsad.knowledge.rarity import state_rarity
from marsad.stories.alike import WINDOW
from marsad.stories.brief import RARITY, Brief, unpacked

#: How many names, numbers, and acts of an article make keys.
_NAMES, _NUMBERS, _ACTS, _STATES = 5, 3, 2, 2
#: Under fewer names and numbers than this, states make keys too.
_FEW = 2
#: The rarest words that make keys with a main state, and how rare they are at least: one in 512 sentences has it. Two
#: states make a key where they are as rare as this together: Tonga and New Zealand, not Russia and Ukraine.
_STEMS, _RARE, _SELDOM, _AMONG = 16, 9, 12.0, 4


def keys(brief: Brief) -> tuple[int, ...]:
    """The blocking keys of an article, signed 64-bit integers, sorted, each once; some hundred.

    Two copies share a band of their sketches; two that tell the same otherwise share a pair of names, numbers or acts
    within :data:`~marsad.stories.alike.WINDOW` days. An article without a day has bands alone.
    """
    found = set(brief.bands)
    if brief.day:
        day, width = brief.day.toordinal(), WINDOW + 1
        # Any two days at most WINDOW apart have one of these in common.
        buckets = {day // width, (day + WINDOW) // width}
        found |= {_key(f"{bucket}|{pair}") for pair in _pairs(brief) for bucket in buckets}
    return tuple(sorted(found))


def _pairs(brief: Brief) -> Iterator[str]:
    """Two things that the article says, as one text each, the same in whichever order they stand."""
    telling = [*brief.names[:_NAMES], *brief.numbers[:_NUMBERS]]
    acts = list(dict.fromkeys(_acts(brief)))[:_ACTS]
    yield from ("|".join(sorted(pair)) for pair in combinations(dict.fromkeys(telling), 2))
    # A body beside an act of its state says little more than the act: the army of a war is in all its news.
    parties = {state_of(party) for act in brief.acts for party in (*act.actors, *act.recipients)}
    yield from (f"{thing}|{act}" for thing in telling for act in acts if state_of(thing) not in parties)
    if len(telling) < _FEW:
        yield from (f"{act}|{where}" for act in acts for where in brief.countries[:_STATES])
        yield from (f"{thing}|{where}" for thing in telling for where in brief.countries[:_STATES])
    yield from (f"#{stem}|{where}" for stem in _rare(brief) for where in brief.countries[:_STATES])
    for pair in combinations(brief.countries[:_AMONG], 2):
        if sum(map(state_rarity, pair)) >= _SELDOM:
            yield "|".join(sorted(pair))


def _rare(brief: Brief) -> list[int]:
    """The rarest stems of the first words, those of one rarity in the order of their hashes."""
    rare = [stem for stem in unpacked(brief.words) if stem & RARITY >= _RARE]
    return sorted(rare, key=lambda stem: (-(stem & RARITY), stem))[:_STEMS]


def _acts(brief: Brief) -> Iterator[str]:
    """Type and states of each act, by its parties."""
    for act in brief.acts:
        for party in (*act.actors, *act.recipients):
            yield f"{act.type.value}:{state_of(party)}"


def _key(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
