"""What of a story denies what: reports that say that an act did not happen, beside those that say it did. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.alert.news import Denied, Told, sides
from marsad.types import EventType, Outcome, Report, Status

#: What was reported. What is only possible (a condition, a fear) was not, and nobody denies it by saying so.
_SAID = frozenset({Outcome.ACTUAL, Outcome.PLANNED})
_DENY = "deny"


def denials(acts: Sequence[Told]) -> Iterator[Denied]:
    """What is denied among the acts of one story.

    An act that is contested; one that a DENIED act of the same type and sides contradicts; one that somebody's word
    (REJECT, deny) is about. Who says of what nobody has reported that it did not happen denies nothing, unless his word
    is a denial: then it was told somewhere, read or not.
    """
    for told in acts:
        against = {one.event.id: one for one in (*_contradicting(told, acts), *_words_about(told, acts))}
        claims = [one for one in told.reports if one.event.status is not Status.DENIED]
        denying = {one.article.id for one in against.values()}
        if any(one.article.id not in denying for one in claims):
            if against:
                yield Denied(told, tuple(against.values()))
        elif told.act.status is Outcome.DENIED and (words := tuple(_words_about(told, acts))):
            about = {one.article.id for one in words}
            yield Denied(told, (*(one for one in told.reports if one.article.id in about), *words))


def _contradicting(told: Told, acts: Sequence[Told]) -> Iterator[Report]:
    """The reports that say that it did not happen."""
    if told.act.status is Outcome.CONTESTED:
        yield from (one for one in told.reports if one.event.status is Status.DENIED)
    elif told.act.status in _SAID:
        for other in acts:
            if other.act.status is Outcome.DENIED and other.act.type is told.act.type and _same_sides(told, other):
                yield from other.reports


def _words_about(told: Told, acts: Sequence[Told]) -> Iterator[Report]:
    """The reports of words that deny it."""
    own = {one.event.id for one in told.reports}
    beside = {(one.article.id, one.event.sentence) for one in told.reports if one.event.status is Status.DENIED}
    for other in acts:
        for one in other.reports:
            event = one.event
            if event.type is not EventType.REJECT or event.mode != _DENY:
                continue
            # Where no coder says what is denied, it is what the sentence has as denied.
            if event.about in own or (event.about is None and (one.article.id, event.sentence) in beside):
                yield one


def _same_sides(one: Told, other: Told) -> bool:
    """Whether two acts are about the same states, as far as both name them."""
    mine, its = ({side for report in told.reports for side in sides(report)} for told in (one, other))
    return bool(mine and its) and (mine <= its or its <= mine)
