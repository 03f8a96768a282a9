"""What watches are matched against: acts and rungs in the world with the articles that tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from marsad.identity import state_of
from marsad.types import Article, Mention, Occurrence, Reached, Report, Rung, Source

#: Codes of ``Mention.country`` that are no state: a body of states, and no one state.
_STATELESS = frozenset({"IGO", "INT"})


@dataclass(frozen=True, slots=True)
class Told:
    """An act in the world, with the reports that count of it."""

    act: Occurrence
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """A rung of one article, with who published that, and the event that it rests on, where there is one."""

    rung: Rung
    article: Article
    source: Source | None = None
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Risen:
    """A rung in the world, with all that tell of it."""

    reached: Reached
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """An act that was reported, and the reports that deny it."""

    claim: Told
    denials: tuple[Report, ...]


def above(actor: str | None) -> Iterator[str]:
    """An actor's id and all that it stands under.

    >>> list(above("RUS.GOV.MFA"))
    ['RUS.GOV.MFA', 'RUS.GOV', 'RUS']
    """
    while actor:
        yield actor
        actor = actor.rpartition(".")[0]


def of_mention(mention: Mention) -> Iterator[str]:
    """What a mention stands under: its actor with all above it, and its state."""
    yield from above(mention.actor)
    if mention.country and mention.country not in _STATELESS:
        yield mention.country


def states(mentions: Iterable[Mention]) -> frozenset[str]:
    """The states, and bodies that stand for themselves, that mentions are of."""
    found = set()
    for mention in mentions:
        if mention.country and mention.country not in _STATELESS:
            found.add(mention.country)
        elif mention.actor:
            found.add(state_of(mention.actor))
    return frozenset(found)


def sides(report: Report) -> tuple[str, ...]:
    """The states, and bodies that stand for themselves, that an event is about, sorted."""
    return tuple(sorted(states((*report.event.actors, *report.event.recipients))))
