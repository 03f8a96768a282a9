"""Which events are shown: the filters that the command line, the page and the library share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from marsad.types import Coding, Event, EventType, Mention, Status


def parties(event: Event) -> Iterator[Mention]:
    """Everything that takes part in ``event``: actors, recipients, speaker, place."""
    yield from event.actors
    yield from event.recipients
    if event.speaker:
        yield event.speaker
    if event.place:
        yield event.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The events that are wanted. An empty set wants all; ``countries`` are codes, of any party of the event."""

    min_score: float = 0.0
    types: frozenset[EventType] = frozenset()
    statuses: frozenset[Status] = frozenset()
    countries: frozenset[str] = frozenset()

    def wants(self, event: Event) -> bool:
        """Whether ``event`` is wanted."""
        return (
            event.score >= self.min_score
            and (not self.types or event.type in self.types)
            and (not self.statuses or event.status in self.statuses)
            and (not self.countries or any(party.country in self.countries for party in parties(event)))
        )

    def of(self, coding: Coding) -> Coding:
        """``coding`` with the wanted events alone, none ``about`` another; its sentences and mentions stay."""
        if self == Where():
            return coding
        events = [event for event in coding.events if self.wants(event)]
        left = {event.id for event in events}
        return replace(
            coding,
            events=tuple(event if event.about in left else replace(event, about=None) for event in events),
        )
