"""What an act shows of itself to the watches: its sides with all above them, and the pairs that it is between. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from marsad.alert.news import Told, above, of_mention
from marsad.identity import state_of
from marsad.knowledge import ontology
from marsad.types import EventType, Outcome, Report, Sector, Status, Voice

#: Acts that two do together, who speaks for a side, and in whose words.
_TOGETHER = frozenset({"verbal-cooperation", "material-cooperation"})
_OFFICIALS = frozenset({Sector.GOV, Sector.MIL, Sector.LEG, Sector.SPY})
_NAMED = frozenset({Voice.VERBATIM, Voice.PARAPHRASE})

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """An act as watches see it; ``sides`` are its actors and recipients, a pair is sorted."""

    told: Told
    actors: frozenset[str]
    recipients: frozenset[str]
    sides: frozenset[str]
    pairs: frozenset[Pair]
    type: EventType
    status: Outcome
    statuses: frozenset[Status]
    voices: frozenset[Voice]

    @classmethod
    def of(cls, told: Told) -> View:
        """The view of an act."""
        act = told.act
        actors = frozenset(one for who in act.actors for one in above(who))
        recipients = frozenset(one for who in act.recipients for one in above(who))
        return cls(
            told=told,
            actors=actors,
            recipients=recipients,
            sides=actors | recipients,
            pairs=frozenset((*_between(told, actors, recipients), *_spoken_of(told))),
            type=act.type,
            status=act.status,
            statuses=frozenset(one.event.status for one in told.reports),
            voices=frozenset(one.event.voice for one in told.reports),
        )


def _between(told: Told, actors: frozenset[str], recipients: frozenset[str]) -> Iterator[Pair]:
    for one, other in product(actors, recipients):
        yield min(one, other), max(one, other)
    if not recipients:
        # What two do together may be told without a side that it is done to.
        for who, whom in product(told.act.actors, told.act.actors):
            if who != whom:
                for one, other in product(above(who), above(whom)):
                    yield min(one, other), max(one, other)


def _spoken_of(told: Told) -> Iterator[Pair]:
    """The pairs that it is between where reports name one side alone, and who speaks is of another.

    What two do together is told by one of them («لم يُبحث الأمر مع عمّان», says the Kremlin).
    """
    act = told.act
    named = {*act.actors, *act.recipients}
    if len(set(map(state_of, named))) != 1 or ontology.types()[act.type].quad not in _TOGETHER:
        return
    speaking = {side for one in told.reports for side in _speaks(one)}
    for who, other in product(named, speaking):
        if state_of(other) != state_of(who):
            for one in above(who):
                yield min(one, other), max(one, other)


def _speaks(one: Report) -> Iterator[str]:
    """Who speaks by name for his state in a report, and that state."""
    speaker = one.event.speaker
    if speaker is not None and speaker.sector in _OFFICIALS and one.event.voice in _NAMED:
        yield from of_mention(speaker)
