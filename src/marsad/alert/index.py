"""Watches by what they ask for that is seldomest: a pair, words, a side, a type. So few are asked of an act. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from marsad.alert.asks import Asks
from marsad.alert.views import View
from marsad.alert.words import Text, Words
from marsad.types import EventType, Report, Voice

_Key = tuple[str, Hashable, EventType | Voice | None]


def _anchors(asks: Asks) -> list[_Key]:
    """What an act must have one of, to be what a watch asks for; nothing where anything may be."""
    query = asks.watch.query
    keys: list[tuple[str, Hashable]]
    if asks.pairs:
        keys = [("pair", pair) for pair in asks.pairs]
    elif asks.words and (first := _plain(asks.words)):
        sides = query.actors or query.recipients or query.parties
        keys = [("of", (one, side)) for one in first for side in sides] or [("word", one) for one in first]
    elif named := query.actors or query.recipients or query.parties:
        keys = [("side", name) for name in named]
    elif named_alone := query.near or query.counterpart or query.sanctioner:
        keys = [("side", named_alone)]
    elif asks.types:
        keys = [("any", None)]
    else:
        return []
    of: Sequence[EventType | Voice | None] = [*asks.types] or [*asks.voices] or [None]
    return [(kind, key, one) for kind, key in keys for one in of]


def _plain(words: Words) -> list[str]:
    """A term of each way of the group with the longest, where all ways have one that is not only begun."""
    ways = [[max(way.terms[: -1 if way.begins else None], key=len, default="") for way in group]
            for group in words.groups]  # fmt: skip
    return max((way for way in ways if all(way)), key=lambda way: min(map(len, way)), default=[])


@dataclass(slots=True)
class Index:
    """Watches by what an act must have."""

    by: dict[_Key, list[Asks]] = field(default_factory=lambda: defaultdict(list))
    always: list[Asks] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    def put(self, asks: Asks) -> None:
        """Add a watch."""
        keys = _anchors(asks)
        for key in keys:
            self.by[key].append(asks)
        if asks.words and not asks.pairs:
            self.words.update(_plain(asks.words))
        if not keys:
            self.always.append(asks)

    def near(self, view: View, reports: Sequence[Report], text: Text) -> Iterator[Asks]:
        """The watches that may ask for an act, each once."""
        yield from self.always
        if not self.by:
            return
        keys: list[tuple[str, Hashable]] = [("any", None)]
        keys += [("pair", pair) for pair in view.pairs]
        keys += [("side", one) for one in view.sides]
        if self.words:
            said = {word for one in reports for word in self.words.intersection(text.of(one.article)[1])}
            keys += [("word", word) for word in said]
            keys += [("of", both) for both in product(said, view.sides)]
        also = (None, view.type, *view.voices)
        seen: set[str] = set()
        for kind, key in keys:
            for of in also:
                for asks in self.by.get((kind, key, of), ()):
                    if asks.watch.id not in seen:
                        seen.add(asks.watch.id)
                        yield asks
