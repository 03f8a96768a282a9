"""Text cut where marks begin and end, so that marks that overlap or nest can be written one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from marsad.types import Span

Mark = TypeVar("Mark")


@dataclass(frozen=True, slots=True)
class Piece(Generic[Mark]):
    """A stretch of text under the same marks, in the order in which they were given."""

    span: Span
    marks: tuple[Mark, ...]


def pieces(within: Span, marks: Iterable[tuple[Span, Mark]], cuts: Iterable[int] = ()) -> Iterator[Piece[Mark]]:
    """``within`` from its start to its stop, cut wherever a mark begins or ends, and at ``cuts``.

    Marks outside ``within`` are passed over, those that reach over its edges are cut there. The pieces joined give
    the text back: nothing is lost, nothing stands twice.

    >>> [(p.span.start, p.span.stop, p.marks) for p in pieces(Span(0, 9), [(Span(0, 4), "a"), (Span(2, 6), "b")])]
    [(0, 2, ('a',)), (2, 4, ('a', 'b')), (4, 6, ('b',)), (6, 9, ())]
    """
    opens: dict[int, list[int]] = defaultdict(list)
    closes: dict[int, list[int]] = defaultdict(list)
    known: list[Mark] = []
    points = {within.start, within.stop, *(cut for cut in cuts if within.start < cut < within.stop)}
    for span, mark in marks:
        start, stop = max(span.start, within.start), min(span.stop, within.stop)
        if start < stop:
            opens[start].append(len(known))
            closes[stop].append(len(known))
            known.append(mark)
            points |= {start, stop}
    active: set[int] = set()
    for start, stop in pairwise(sorted(points)):
        active.difference_update(closes[start])
        active.update(opens[start])
        yield Piece(Span(start, stop), tuple(known[number] for number in sorted(active)))
