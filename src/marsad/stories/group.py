"""Stories out of pairs that are alike: what is joined depends on the set of the articles, never on their order.

Third part of the step. Pairs are joined from the likest down, as long as nothing forbids it: a person's judgement, too
many days from first to last, or two groups of which too few pairs are alike (one article that tells of two things
would chain them).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from marsad.types import Story

#: Days from the first article of a story to the last.
SPAN = 4
#: The share of the pairs across two groups that must be alike before they become one.
SUPPORT = 0.25


@dataclass(frozen=True, slots=True)
class Judged:
    """What persons hold of pairs of articles, by id: that they are one story, or not. *Apart* goes before *same*.

    Both hold through whatever else is judged or found: a pair that is apart never ends in one story. A cycle of
    ``same`` that would join such a pair is broken at its last pair in the order of ids.
    """

    same: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()

    def articles(self) -> frozenset[str]:
        """Every article that is judged."""
        return frozenset(one for pairs in (self.same, self.apart) for pair in pairs for one in pair)


def when(day: date | None) -> date:
    """The day to order by: what has no day comes last."""
    return day or date.max


def split(days: Mapping[str, date | None], edges: Mapping[tuple[str, str], float], judged: Judged) -> list[Story]:
    """The stories of some articles, by id with their days, of which the pairs of ``edges`` are alike, with the score.

    Each article is in exactly one story. What no edge and no judgement joins does not influence each other, so that a
    store may call this for one connected part at a time. Linear in the number of edges, but for their sorting.
    """
    groups = _Groups(days, edges, judged)
    known = [tuple(sorted(pair)) for pair in judged.same if pair[0] in days and pair[1] in days]
    for one, other in sorted(known):
        groups.join(one, other, forced=True)
    for (one, other), _ in sorted(edges.items(), key=lambda each: (-each[1], sorted(each[0]))):
        groups.join(one, other)
    return sorted((story(members, days) for members in groups.members()), key=order)


def order(one: Story) -> tuple[date, str]:
    """Stories by their first article."""
    return when(one.first), one.id


def story(members: Iterable[str], days: Mapping[str, date | None]) -> Story:
    """The story of these articles."""
    ordered = tuple(sorted(members, key=lambda one: (when(days[one]), one)))
    known = [day for one in ordered if (day := days[one])]
    return Story(id=ordered[0], articles=ordered, first=known[0] if known else None, last=known[-1] if known else None)


class _Groups:
    """Groups of articles on their way to stories. A group is named by one of its articles."""

    def __init__(self, days: Mapping[str, date | None], edges: Mapping[tuple[str, str], float], judged: Judged) -> None:
        self._group = {one: one for one in days}
        self._members = {one: [one] for one in days}
        self._days = {one: (day, day) for one, day in days.items() if day}
        self._across: dict[str, dict[str, int]] = {one: {} for one in days}
        self._apart: dict[str, set[str]] = {one: set() for one in days}
        for one, other in edges:
            self._across[one][other] = self._across[other][one] = 1
        for one, other in judged.apart:
            if one in days and other in days:
                self._apart[one].add(other)
                self._apart[other].add(one)

    def members(self) -> Iterable[list[str]]:
        """The articles of each group."""
        return self._members.values()

    def join(self, one: str, other: str, forced: bool = False) -> None:
        """Make one group of those of two articles, where nothing forbids it; ``forced`` by apart alone."""
        a, b = self._group[one], self._group[other]
        if a == b or b in self._apart[a] or not (forced or (self._in_span(a, b) and self._supported(a, b))):
            return
        if (len(self._members[a]), b) < (len(self._members[b]), a):
            a, b = b, a
        self._merge(a, b)

    def _in_span(self, a: str, b: str) -> bool:
        if a not in self._days or b not in self._days:
            return True
        first = min(self._days[a][0], self._days[b][0])
        return (max(self._days[a][1], self._days[b][1]) - first).days <= SPAN

    def _supported(self, a: str, b: str) -> bool:
        return self._across[a].get(b, 0) >= SUPPORT * len(self._members[a]) * len(self._members[b])

    def _merge(self, a: str, b: str) -> None:
        """Group ``b`` goes into ``a``, with its days, its edges and what it must stay apart from."""
        for one in self._members[b]:
            self._group[one] = a
        self._members[a] += self._members.pop(b)
        spans = [self._days.pop(group) for group in (a, b) if group in self._days]
        if spans:
            self._days[a] = min(first for first, _ in spans), max(last for _, last in spans)
        for other, count in self._across.pop(b).items():
            del self._across[other][b]
            if other != a:
                self._across[a][other] = self._across[other][a] = self._across[a].get(other, 0) + count
        for other in self._apart.pop(b):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart[a].add(other)
