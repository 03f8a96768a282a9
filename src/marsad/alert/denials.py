"""What of a story denies what: reports that say that an act did not happen, beside those that say it did. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.alert.news import Denied, Told, sides
from marsad.types import EventType, Outcome, Report, Status

_SAID = frozenset({Outcome.ACTUAL, Outcome.PLANNED, Outcome.POSSIBLE})
_DENY = "deny"


def denials(acts: Sequence[Told]) -> Iterator[Denied]:
    """What is denied among the acts of one story.

    An act that is contested; one that a DENIED act of the same type and sides contradicts; one that somebody's word
    (REJECT, deny) is about. Who denies what nobody has reported elsewhere denies nothing.
    """
    for told in acts:
        act = told.act
        against: list[Report] = []
        if act.status is Outcome.CONTESTED:
            against += [one for one in told.reports if one.event.status is Status.DENIED]
        elif act.status in _SAID:
            for other in acts:
                if other.act.status is Outcome.DENIED and other.act.type is act.type and _same_sides(told, other):
                    against += other.reports
        own = {one.event.id for one in told.reports}
        against += [
            one
            for other in acts
            for one in other.reports
            if one.event.about in own and one.event.type is EventType.REJECT and one.event.mode == _DENY
        ]
        denying = {one.article.id for one in against}
        claims = [one for one in told.reports if one.event.status is not Status.DENIED]
        if against and any(one.article.id not in denying for one in claims):
            yield Denied(told, tuple({one.event.id: one for one in against}.values()))


def _same_sides(one: Told, other: Told) -> bool:
    """Whether two acts are about the same states, as far as both name them."""
    mine, its = ({side for report in told.reports for side in sides(report)} for told in (one, other))
    return bool(mine and its) and (mine <= its or its <= mine)
