"""What an actor has done and said as a store has it, and lists of acts with the sentence to show for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from marsad.export.quotes import Quotation, quotations
from marsad.identity import state_of
from marsad.store import Store, around, events, named
from marsad.store.sides import STATELESS
from marsad.store.tallies import Busy
from marsad.store.where import Page, Where
from marsad.types import Occurrence, Report, Voice

#: Acts of a body from which its partners are counted, words of it that are read.
LATEST, WORDS = 300, 40
#: Years in which the partners of a side are counted.
YEARS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What a store has of an actor: its latest acts and words, with whom it has most to do, the actors below it.

    The ``partners`` of a side are counted from the month of ``since`` on, :data:`YEARS` before its latest act; those of
    a body from its latest acts, ``of`` in number.
    """

    acts: Sequence[Occurrence]
    after: str | None
    words: Sequence[Quotation]
    partners: Sequence[Busy]
    of: int
    since: date | None = None
    met: Sequence[str] = field(default_factory=tuple)


def deeds(store: Store, who: str, limit: int = 12) -> Deeds:
    """What the store has of the actor with this id, with all that is under it."""
    with store.reading() as db:
        latest = around.of_party(db, who, Where(), limit=LATEST if "." in who else limit)
        said = events.listed(db, Where(speakers=(who,), voices=(Voice.VERBATIM,)), limit=WORDS)
        since = _since(latest)
        partners = _partners(who, latest) if "." in who else around.partners(db, who, since)
        return Deeds(
            acts=latest.items[:limit],
            after=latest.after,
            words=quotations(said.items),
            partners=partners,
            of=len(latest.items) if "." in who else 0,
            since=since,
            met=named.actors(db, who, 200),
        )


def _since(latest: Page[Occurrence]) -> date | None:
    days = [one.day for one in latest.items if one.day]
    return date(max(days).year - YEARS, max(days).month, 1) if days else None


def words(store: Store, who: str) -> list[Quotation]:
    """The latest words of an actor with all that is under it: what stands between quotation marks."""
    with store.reading() as db:
        return quotations(events.listed(db, Where(speakers=(who,), voices=(Voice.VERBATIM,)), limit=WORDS).items)


def _partners(who: str, latest: Page[Occurrence], most: int = 12) -> list[Busy]:
    """The sides that a body has most to do with in its latest acts."""
    counts: dict[str, int] = {}
    for one in latest.items:
        mine = [
            any(each == who or each.startswith(f"{who}.") for each in some) for some in (one.actors, one.recipients)
        ]
        others = (*(one.recipients if mine[0] else ()), *(one.actors if mine[1] else ()))
        for other in {state_of(each) for each in others} - {state_of(who), *STATELESS}:
            counts[other] = counts.get(other, 0) + 1
    busiest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [Busy(who, other, n) for other, n in busiest]


def acts_with(store: Store, who: str, where: Where, *, after: str | None = None, limit: int = 20) -> Page[Occurrence]:
    """The acts that an actor takes part in, on either side: days, types and statuses of ``where`` are asked."""
    with store.reading() as db:
        return around.of_party(db, who, replace(where, parties=()), after=after, limit=limit)


def acts_where(store: Store, where: Where, *, after: str | None = None, limit: int = 20) -> Page[Occurrence]:
    """The acts asked for, looked for among the latest, then further back from page to page."""
    with store.reading() as db:
        return around.recent(db, where, after=after, limit=limit)


def firsts(store: Store, acts: Iterable[Occurrence]) -> dict[str, Report]:
    """The first report of each act, by the id of the act: the sentence to show for it."""
    first = {one.reports[0]: one.id for one in acts if one.reports}
    with store.reading() as db:
        return {first[key]: report for key, report in events.by_id(db, list(first)).items()}
