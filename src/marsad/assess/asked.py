"""What is asked of one entity, and what was seen of it: what the feeds of elements look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from marsad.assess.dealings import ONE_SOURCE, Dealing, What
from marsad.assess.factors import Factors
from marsad.assess.stages import DEALING, DELIVERY, window
from marsad.types import Name, Reached
from marsad.types.law import Claim, Element, Fact, Instrument, Truth, Version

#: Transactions of which so much is known count.
DECIDED = (Truth.TRUE, Truth.CONTESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked, of whom, on which day, and all that was seen by then.

    ``deals`` are the entity's ``steps`` of rapprochement as dealings, ``signals`` those of the sanctioner, ``official``
    the acts that are shown already, ``firsts`` the day from which what an element speaks of counts, by its id.
    """

    instrument: Instrument
    version: Version
    entity: str
    deals: tuple[Dealing, ...]
    steps: tuple[Reached, ...]
    signals: tuple[Reached, ...]
    as_of: date
    official: Mapping[str, Fact]
    firsts: Mapping[str, date]

    def fact(
        self,
        element: Element,
        truth: Truth,
        claims: Iterable[Claim] = (),
        note: Name = Name(),  # noqa: B008 (frozen)
        *,
        by: str = "events",
        since: date | None = None,
        weighed: Factors = MappingProxyType({}),
    ) -> Fact:
        """A fact of the entity; supposed where it rests on what is supposed."""
        told = tuple(dict.fromkeys(claims))
        shown = [one for one in self.steps if one.rung.rule == "what-if"]
        supposed = {key for one in shown for key in one.rungs}
        rests = [each for each in told if each.holds is (truth is Truth.TRUE)]
        if supposed and rests and all(supposed & set(each.evidence) for each in rests):
            by = "what-if"
        return Fact(
            element=element.id,
            entity=self.entity,
            truth=truth,
            by=by,
            since=since,
            claims=told,
            factors=weighed,
            note=note,
        )

    @property
    def transactions(self) -> list[tuple[Dealing, Truth]]:
        """The transactions that may be and are not from before the law, each with whether it was one."""
        told = [(deal, happened(deal)) for deal in self.deals if deal.transaction and not self._before(deal)]
        return [(deal, truth) for deal, truth in told if truth is not Truth.FALSE]

    def _before(self, deal: Dealing) -> bool:
        """Whether a transaction lies before the first day from which any counts."""
        when = window(deal.reached.rung)
        return bool(self.firsts) and when is not None and when[1] < min(self.firsts.values())

    @property
    def decisive(self) -> list[Dealing]:
        """Transactions that were or may have been; where there is none, the steps towards one that are not ended.

        A contract from before the law is such a step, as long as nothing was delivered.
        """
        done = [deal for deal, truth in self.transactions if truth in DECIDED]
        live = [deal for deal in self.deals if deal.ended is None and deal.reached.rung.level >= DEALING]
        early = [deal for deal in live if deal.transaction and self._before(deal) and happened(deal) in DECIDED]
        delivered = any(deal.reached.rung.level == DELIVERY for deal in early)
        steps = [deal for deal in live if not deal.transaction]
        return done or [*steps, *(early if not delivered else ())]


def happened(deal: Dealing) -> Truth:
    """Whether a transaction took place: as it was reported, confirmed and denied."""
    if deal.what is What.CIVILIAN:
        return Truth.FALSE
    if deal.denied:
        return Truth.CONTESTED
    if not deal.sure:
        return Truth.CONTESTED if deal.reached.why == ONE_SOURCE else Truth.UNKNOWN
    plain = deal.what is not What.UNSAID or any(seller.of_sector for seller in deal.sellers)
    return Truth.TRUE if plain else Truth.UNKNOWN
