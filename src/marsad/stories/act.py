"""What a report says of an act, and whether two reports agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marsad.stories.brief import Spot
from marsad.stories.gazetteer import gazetteer
from marsad.stories.names import party
from marsad.stories.near import near
from marsad.types import EventType, Mention, Precision, Report, Status

#: Of these types a party may stand on either side: who meets whom, who agrees with whom.
_MUTUAL = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})
#: Not a state: its parties are of no one state, and may be of any.
_ANY = "INT"
#: Days that reports of one act may differ by where both give it exactly.
_SLACK = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A report as two are compared: parties as ids of actors or countries, the place where it is known.

    ``order`` sorts by the article's day, its id and the trigger; ``fullness`` says how much the report tells.
    """

    report: Report
    order: tuple[date, str, int, str]
    actors: frozenset[str]
    recipients: frozenset[str]
    spot: Spot | None
    country: str | None

    @property
    def mode(self) -> str | None:
        """The mode of the act."""
        return self.report.event.mode

    @property
    def status(self) -> Status:
        """Whether it happened, as this report has it."""
        return self.report.event.status

    @property
    def bare(self) -> bool:
        """Whether it names neither party nor place."""
        return not (self.actors or self.recipients or self.country or self.spot)

    @property
    def fullness(self) -> int:
        """How much the report tells: both parties, mode, place and an exact day."""
        event = self.report.event
        return (
            4 * bool(self.actors)
            + 4 * bool(self.recipients)
            + 2 * bool(self.spot or self.country)
            + (event.mode is not None)
            + (event.precision is Precision.DAY)
        )


def said(report: Report) -> Said:
    """What a report says of its act."""
    event, article = report.event, report.article
    place = event.place
    row = gazetteer(place.actor) if place and place.actor else None
    return Said(
        report=report,
        order=(article.published or date.max, article.id, event.trigger.start, event.id),
        actors=_parties(event.actors),
        recipients=_parties(event.recipients),
        spot=Spot(row.id, row.country, row.latitude, row.longitude, row.kind != "town") if row else None,
        country=place.country if place and place.country != _ANY else None,
    )


def _parties(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(found for mention in mentions if (found := party(mention)))


def agrees(one: Said, other: Said) -> int | None:
    """How much two reports share of an act, a point for each side and the place; None where they contradict.

    Types must be the same, modes where both have one. 0 where nothing speaks against it and nothing for it.
    """
    a, b = one.report.event, other.report.event
    if a.type is not b.type or (a.mode and b.mode and a.mode != b.mode) or _other_day(one, other):
        return None
    if a.article == b.article and not _one_status(one, other):
        return None
    place = _places(one, other)
    parties = _sides(one.actors, one.recipients, other.actors, other.recipients)
    if parties is None and a.type in _MUTUAL:
        parties = _sides(one.actors, one.recipients, other.recipients, other.actors)
    if place is None or parties is None:
        return None
    return 2 * parties + place


def _one_status(one: Said, other: Said) -> bool:
    """Whether two acts of one article may be one: what happened is not what may come, unless a day says so."""
    open_ends = {Status.PLANNED, Status.POSSIBLE}
    return (one.status in open_ends) == (other.status in open_ends)


def _other_day(one: Said, other: Said) -> bool:
    a, b = one.report.event, other.report.event
    if not (a.day and b.day):
        return False
    if a.precision is b.precision is Precision.DAY:
        return abs((a.day - b.day).days) > _SLACK
    span = {Precision.YEAR: 366, Precision.MONTH: 31, Precision.WEEK: 7, Precision.QUARTER: 92, Precision.HALF: 184,
            Precision.SEASON: 92, Precision.DECADE: 3653, Precision.CENTURY: 36525}  # fmt: skip
    for coarse, fine in ((a, b), (b, a)):
        if coarse.precision in span and coarse.day and fine.day:
            days = (fine.day - coarse.day).days
            if not -span.get(fine.precision, 0) < days < span[coarse.precision]:
                return True
    return False


def _places(one: Said, other: Said) -> int | None:
    if one.spot and other.spot:
        return 1 if near(one.spot, other.spot) else None
    if one.country and other.country:
        return 0 if one.country == other.country else None
    return 0


def _sides(
    actors: frozenset[str], recipients: frozenset[str], others: frozenset[str], to: frozenset[str]
) -> int | None:
    """How many sides two reports share, none, one or two; None where one contradicts."""
    found = 0
    for x, y in ((actors, others), (recipients, to)):
        if x and y:
            if not any(under(p, q) for p in x for q in y):
                return None
            found += 1
    return found


def under(p: str, q: str) -> bool:
    """Whether two parties may be one: the same, one under the other, or one of no known state in the same sector.

    >>> under("RUS.GOV.MFA", "RUS"), under("RUS.GOV.MFA", "RUS.GOV.MOD"), under("INT.CVL", "IRQ.CVL")
    (True, False, True)
    """
    if p == q or p.startswith(f"{q}.") or q.startswith(f"{p}."):
        return True
    (state, _, rest), (other, _, more) = p.partition("."), q.partition(".")
    return _ANY in (state, other) and (not rest or not more or rest == more)
