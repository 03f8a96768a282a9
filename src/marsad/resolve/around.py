"""The state that a sentence is about, for phrases that leave it to the sentence («الحكومة», «الوزير»)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from marsad.knowledge import SETS, actors, gazetteer, holders, kept, named
from marsad.knowledge.countries import BODIES_OF_STATES, NO_ONE_STATE
from marsad.text import Folded, fold

_CLITICS = frozenset("وفبلك")
#: A state counts in full beside the phrase, by half so many characters away.
_FAR = 120.0
_LONGEST = 4000

# A sentence is looked through for states, for persons and for bodies, and that for each of its phrases.
_folded = lru_cache(1 << 8)(fold)


@kept(1 << 10)
def _marks(context: str) -> tuple[tuple[int, int, str], ...]:
    """Where states and their office-holders stand in a context: start, stop and country, in the order of the text."""
    folded = _folded(context)
    found = [
        (hit.span.start, hit.span.stop, hit.code)
        for hit in gazetteer.find(context, folded, places=True)
        if hit.code not in (BODIES_OF_STATES, NO_ONE_STATE)
    ]
    found += _bodies(context)
    taken = {at for start, stop, _ in found for at in range(start, stop)}
    found += [mark for mark in _persons(folded) if mark[0] not in taken]
    return tuple(sorted(found))


@kept(1 << 10)
def bodies(text: str, on: date | None = None) -> tuple[tuple[int, int, str], ...]:
    """Where actors stand that have a name of their own, and their ids: :func:`marsad.knowledge.actors.find`, kept."""
    return tuple((span.start, span.stop, name) for span, name in actors.find(text, on, _folded(text)))


def _bodies(context: str) -> Iterator[tuple[int, int, str]]:
    for start, stop, name in bodies(context):
        country = actors.actors()[name].country
        if country and country not in (BODIES_OF_STATES, NO_ONE_STATE):
            yield start, stop, country


@kept(SETS)
def _starts() -> frozenset[str]:
    """The words that names of office-holders begin with."""
    return frozenset(name.partition(" ")[0] for name in holders.table().listed)


def _persons(folded: Folded) -> Iterator[tuple[int, int, str]]:
    """Where persons stand whose names say enough by themselves, and whom they serve."""
    table, starts = holders.table(), _starts()
    words = list(named.words(folded.text))
    at = 0
    while at < len(words):
        first = words[at][0]
        if first not in starts and not (first[:1] in _CLITICS and first[1:] in starts):
            at += 1
            continue
        for length in (3, 2, 1):
            run = words[at : at + length]
            name = " ".join(word for word, _, _ in run)
            numbers = table.listed.get(name)
            if numbers is None and name[:1] in _CLITICS:
                name = name[1:]
                numbers = table.listed.get(name)
            if not numbers or len(run) < length or name in table.weak:
                continue
            codes = {table.rows[number].country for number in numbers}
            if len(codes) == 1 and not codes & {BODIES_OF_STATES, NO_ONE_STATE}:
                span = folded.span(run[0][1], run[-1][2])
                yield span.start, span.stop, codes.pop()
                at += length - 1
                break
        at += 1


def around(context: str | None, phrase: str) -> str | None:
    """The state that a sentence says it is about, outside the phrase: the most named, the nearer counting for more.

    >>> around("قالت الحكومة العراقية إن الوزير زار أنقرة", "الوزير")
    'IRQ'
    """
    if not context:
        return None
    start = context.find(phrase)
    stop = start + len(phrase) if start >= 0 else -1
    found: dict[str, float] = {}
    for first, last, code in _marks(context[:_LONGEST]):
        if start <= first and last <= stop:
            continue
        far = 0 if start < 0 else start - last if last <= start else first - stop
        found[code] = found.get(code, 0.0) + 1 / (1 + far / _FAR) + (0.1 if first < start else 0)
    return max(found, key=lambda code: found[code]) if found else None
