"""The stories of a growing set of articles, in memory; and of a whole set at once, which gives the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from itertools import combinations

import msgspec

from marsad.stories.alike import alike
from marsad.stories.brief import Brief
from marsad.stories.group import Judged, order, split, story
from marsad.stories.keys import keys
from marsad.types import Story


def twin(brief: Brief) -> int:
    """A signed 64-bit integer that two articles share where they say the very same on the same day.

    Of a hundred twins one has to be compared with the others; 0 for an article without words, which has no twin.
    """
    if not brief.bands:
        return 0
    data = msgspec.msgpack.encode(replace(brief, article="", source=None))
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


class Stories:
    """The stories of the articles added so far. The order of adding and removing makes no difference.

    Some 15 kB an article. Twins (:func:`twin`) are compared once, unless a person has judged one of them. Stories are
    worked out when they are asked for: to add many, :meth:`extend` and then :meth:`stories`.
    """

    def __init__(self, judged: Judged | None = None) -> None:
        self.judged = judged or Judged()
        self.compared = 0
        self._judged = self.judged.articles()
        self._briefs: dict[str, Brief] = {}
        self._node: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._edges: dict[str, dict[str, float]] = {}
        self._keys: dict[int, str | list[str]] = {}
        self._story: dict[str, Story] = {}
        self._stale: set[str] = set()
        self._same: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in self.judged.same:
            self._same[one].add(other)
            self._same[other].add(one)

    def __len__(self) -> int:
        return len(self._briefs)

    def __contains__(self, article: str) -> bool:
        return article in self._briefs

    def add(self, brief: Brief) -> Story:
        """Take in an article; gives the story that it is in now. One that is there already is taken in anew."""
        self.extend([brief])
        return self.of(brief.article)

    def extend(self, briefs: Iterable[Brief]) -> None:
        """Take in many articles."""
        for brief in briefs:
            held = self._briefs.get(brief.article)
            if held == brief:
                continue
            if held is not None:
                self.remove(brief.article)
            self._take(brief)

    def remove(self, article: str) -> None:
        """Forget an article. Raises :class:`KeyError` for one that is not there."""
        brief = self._briefs.pop(article)
        node = self._node.pop(article)
        self._story.pop(article, None)
        self._members[node].discard(article)
        self._stale.add(node)
        if not self._members[node]:
            self._drop(node, brief)

    def of(self, article: str) -> Story:
        """The story of an article. Raises :class:`KeyError` for one that is not there."""
        self._settle_all()
        return self._story[article]

    def stories(self) -> list[Story]:
        """All stories, each once, by the day and id of their first article."""
        self._settle_all()
        return sorted({each.id: each for each in self._story.values()}.values(), key=order)

    def _take(self, brief: Brief) -> None:
        article = brief.article
        same = 0 if article in self._judged else twin(brief)
        node = f"={same:x}" if same else article
        self._briefs[article], self._node[article] = brief, node
        self._stale.add(node)
        if node in self._members:
            self._members[node].add(article)
            return
        self._members[node] = {article}
        edges = self._edges[node] = {}
        for other in self._candidates(brief):
            self.compared += 1
            found = alike(brief, self._brief(other))
            if found:
                edges[other] = self._edges[other][node] = found.score
                self._stale.add(other)
        for key in keys(brief):
            held = self._keys.setdefault(key, node)
            if isinstance(held, list):
                held.append(node)
            elif held != node:
                self._keys[key] = [held, node]
        self._stale.update(self._nodes(self._same.get(article, ())))

    def _candidates(self, brief: Brief) -> set[str]:
        found: set[str] = set()
        for key in keys(brief):
            held = self._keys.get(key)
            if isinstance(held, str):
                found.add(held)
            elif held:
                found.update(held)
        return found

    def _drop(self, node: str, brief: Brief) -> None:
        """Forget a node that has no article any more."""
        for key in keys(brief):
            held = self._keys[key]
            if isinstance(held, list):
                held.remove(node)
                if len(held) == 1:
                    self._keys[key] = held[0]
            else:
                del self._keys[key]
        for other in self._edges.pop(node):
            del self._edges[other][node]
            self._stale.add(other)
        self._stale.update(self._nodes(self._same.get(brief.article, ())))
        self._stale.discard(node)
        del self._members[node]

    def _brief(self, node: str) -> Brief:
        return self._briefs[next(iter(self._members[node]))]

    def _nodes(self, articles: Iterable[str]) -> Iterator[str]:
        return (self._node[one] for one in articles if one in self._node)

    def _settle_all(self) -> None:
        while self._stale:
            self._settle(next(iter(self._stale)))

    def _settle(self, start: str) -> None:
        """Work out the stories of everything that is joined with a node, through whatever chain."""
        part = {start}
        queue = [start]
        while queue:
            node = queue.pop()
            judged = (other for one in self._members[node] for other in self._same.get(one, ()))
            for other in (*self._edges[node], *self._nodes(judged)):
                if other not in part:
                    part.add(other)
                    queue.append(other)
        self._stale -= part
        first = {node: min(self._members[node]) for node in part}
        days: dict[str, date | None] = {one: self._briefs[one].day for one in first.values()}
        edges = {
            (first[node], first[other]): score
            for node in part
            for other, score in self._edges[node].items()
            if first[node] < first[other]
        }
        for found in split(days, edges, self.judged):
            members = [one for leader in found.articles for one in self._members[self._node[leader]]]
            made = story(members, {one: self._briefs[one].day for one in members})
            self._story.update(dict.fromkeys(members, made))


def stories(briefs: Iterable[Brief], judged: Judged | None = None) -> list[Story]:
    """The stories of some articles, by the day and id of their first; every article is in one."""
    made = Stories(judged)
    made.extend(briefs)
    return made.stories()


def copies(briefs: Iterable[Brief]) -> dict[str, str]:
    """For each article the id of the earliest that prints the same text, through whatever chain: its own, or another's.

    Every two are compared: give it the articles of one story.
    """
    ordered = sorted(briefs, key=lambda one: (one.day or date.max, one.article))
    first = {one.article: one.article for one in ordered}
    for one, other in combinations(ordered, 2):
        a, b = first[one.article], first[other.article]
        if a != b and (found := alike(one, other)) and found.copy:
            first.update({article: a for article, held in first.items() if held == b})
    return first
