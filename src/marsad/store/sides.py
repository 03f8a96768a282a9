"""On which side a mention stands, and the pairs of sides that an event is between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.identity import state_of
from marsad.types import Event, Mention

#: Codes of ``Mention.country`` that are no state: a body of states, and no one state.
STATELESS = frozenset({"IGO", "INT"})


def side(mention: Mention) -> str | None:
    """The state of a mention (``IRQ``), else the body that stands for itself (``EU``); None where it is not known.

    >>> from marsad.types import Kind, Span
    >>> side(Mention(span=Span(0, 1), kind=Kind.ORG, actor="EU.COUNCIL", country="IGO"))
    'EU'
    """
    if mention.country and mention.country not in STATELESS:
        return mention.country
    return state_of(mention.actor) if mention.actor else None


def _all(mentions: Iterable[Mention]) -> list[str]:
    return list(dict.fromkeys(one for mention in mentions if (one := side(mention))))


def pairs(event: Event) -> Iterator[tuple[str, str]]:
    """Each ordered pair of an actor's and a recipient's side, once; a side with itself too."""
    targets = _all(event.recipients)
    for source in _all(event.actors):
        for target in targets:
            yield source, target
