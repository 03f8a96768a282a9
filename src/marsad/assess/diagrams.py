"""Which decisions about elements bring something about, and the smallest of them: two kinds of shared diagrams.

A *choice* leaves each element as it is, makes it true, or makes it false. :class:`Choices` has functions of a choice,
yes or no, as decision diagrams (R. Bryant, 1986) whose nodes have three branches. :class:`Sets` has the smallest sets
of decisions for which such a function says yes, as zero-suppressed diagrams (S. Minato, 1993; D. Knuth, The Art of
Computer Programming 4A, 7.1.4). Either stays small where there are a million sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

#: An element, by its place in the order, and the value that it is given.
Decision = tuple[int, bool]
#: The function that always says no, and the one that always says yes; also the family of no set, and of the empty set.
NO, YES = 0, 1

_LAST = 1 << 30


class Choices:
    """Functions of a choice, each by the number of its node; equal functions have equal numbers.

    A node is an element and what is said where it is left as it is, made true, made false.
    """

    def __init__(self) -> None:
        self.nodes: list[tuple[int, int, int, int]] = [(_LAST, NO, NO, NO), (_LAST, YES, YES, YES)]
        self._numbers: dict[tuple[int, int, int, int], int] = {}
        self._either: dict[tuple[int, int], int] = {}
        self._both: dict[tuple[int, int], int] = {}

    def element(self, place: int, left: bool, true: bool, false: bool) -> int:
        """What depends on one element alone."""
        return self._node(place, int(left), int(true), int(false))

    def either(self, one: int, other: int) -> int:
        """Yes where one of the two says so."""
        if one == other or other == NO:
            return one
        if one == NO:
            return other
        if YES in (one, other):
            return YES
        key = (one, other) if one < other else (other, one)
        known = self._either.get(key)
        if known is None:
            known = self._either[key] = self._joined(self.either, one, other)
        return known

    def both(self, one: int, other: int) -> int:
        """Yes where both say so."""
        if one == other or other == YES:
            return one
        if one == YES:
            return other
        if NO in (one, other):
            return NO
        key = (one, other) if one < other else (other, one)
        known = self._both.get(key)
        if known is None:
            known = self._both[key] = self._joined(self.both, one, other)
        return known

    def at_least(self, n: int, functions: Sequence[int]) -> int:
        """Yes where ``n`` of them say so."""
        if n <= 0:
            return YES
        # By how many are still asked for, of the functions from some place on.
        row = [YES] + [NO] * n
        for one in reversed(functions):
            row = [YES] + [self.either(row[k], self.both(one, row[k - 1])) for k in range(1, n + 1)]
        return row[n]

    def _joined(self, join: Callable[[int, int], int], one: int, other: int) -> int:
        """What ``join`` makes of two functions, from what it makes of their branches."""
        place, left, true, false = self.nodes[one]
        place2, left2, true2, false2 = self.nodes[other]
        if place < place2:
            return self._node(place, join(left, other), join(true, other), join(false, other))
        if place > place2:
            return self._node(place2, join(one, left2), join(one, true2), join(one, false2))
        return self._node(place, join(left, left2), join(true, true2), join(false, false2))

    def _node(self, place: int, left: int, true: int, false: int) -> int:
        if left == true == false:
            return left
        key = (place, left, true, false)
        number = self._numbers.setdefault(key, len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(key)
        return number


class Sets:
    """Families of sets of decisions, none of which contains another, each by the number of its node.

    A node is an element and the sets that leave it as it is, and what is besides in those that make it true, false.
    """

    def __init__(self) -> None:
        self._nodes: list[tuple[int, int, int, int]] = [(_LAST, NO, NO, NO), (_LAST, NO, NO, NO)]
        # Which decisions its sets make at all, and which lengths they have: a bit for each.
        self._about: list[int] = [0, 0]
        self._lengths: list[int] = [0, 1]
        self._numbers: dict[tuple[int, int, int, int], int] = {}
        self._beyond: dict[tuple[int, int], int] = {}

    def smallest(self, choices: Choices, function: int) -> int:
        """The sets of decisions for which the function says yes, without those that contain another."""
        known = {NO: NO, YES: YES}

        def walk(number: int) -> int:
            if number not in known:
                place, left, true, false = choices.nodes[number]
                free = walk(left)
                known[number] = self._node(place, free, self.beyond(walk(true), free), self.beyond(walk(false), free))
            return known[number]

        return walk(function)

    def beyond(self, one: int, other: int) -> int:
        """The sets of ``one`` that contain no set of ``other``."""
        if NO in (one, other):
            return one
        if other in (YES, one):
            return NO
        # Sets that make other decisions only are contained nowhere, nor are sets in shorter ones.
        shortest = self._lengths[other] & -self._lengths[other]
        if not self._about[one] & self._about[other] or shortest > self._lengths[one]:
            return one
        key = (one, other)
        known = self._beyond.get(key)
        if known is None:
            known = self._beyond[key] = self._left(one, other)
        return known

    def _left(self, one: int, other: int) -> int:
        place, free, true, false = self._nodes[one]
        place2, free2, true2, false2 = self._nodes[other]
        beyond = self.beyond
        if place > place2:
            return beyond(one, free2)
        if place < place2:
            return self._node(place, beyond(free, other), beyond(true, other), beyond(false, other))
        return self._node(
            place, beyond(free, free2), beyond(beyond(true, free2), true2), beyond(beyond(false, free2), false2)
        )

    def each(self, family: int) -> Iterator[tuple[Decision, ...]]:
        """The sets, the shortest first; of equally short ones that which decides an earlier element, true before false.

        Each comes as soon as it is asked for: the first ten of a million cost no more than of ten.
        """
        lengths = self._lengths[family]
        for length in range(lengths.bit_length()):
            if lengths >> length & 1:
                yield from self._of_length(family, length)

    def _of_length(self, family: int, length: int) -> Iterator[tuple[Decision, ...]]:
        if family == YES:
            yield ()
            return
        place, free, true, false = self._nodes[family]
        for branch, value in ((true, True), (false, False)):
            if length and self._lengths[branch] >> (length - 1) & 1:
                for rest in self._of_length(branch, length - 1):
                    yield ((place, value), *rest)
        if self._lengths[free] >> length & 1:
            yield from self._of_length(free, length)

    def _node(self, place: int, free: int, true: int, false: int) -> int:
        if true == NO == false:
            return free
        key = (place, free, true, false)
        number = self._numbers.setdefault(key, len(self._nodes))
        if number == len(self._nodes):
            self._nodes.append(key)
            own = (2 if true else 0) | (1 if false else 0)
            self._about.append(own << 2 * place | self._about[free] | self._about[true] | self._about[false])
            self._lengths.append(self._lengths[free] | (self._lengths[true] | self._lengths[false]) << 1)
        return number
