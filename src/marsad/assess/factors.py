"""Open texture: what speaks for it and what against, each with its evidence; the value is argued, never a number.

After the public guidance on section 231 (section 1.3 of the research on sanctions): all facts and circumstances, case
by case. Precedents count from the day on which they were known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from marsad.assess.dealings import Dealing, What
from marsad.assess.stages import DELIVERY
from marsad.knowledge.precedents import ItemClass, Precedent, Tie, precedents, tie
from marsad.types import Branch, Ladder, Reached, Voice
from marsad.types.law import Claim, Truth

#: Factors that weigh against where they are given.
AGAINST = frozenset({"civilian_use", "required_dealing"})
#: Classes of arms that are large by their nature.
MAJOR = frozenset(set(ItemClass) - {ItemClass.OTHER})
#: The lowest signal that says that a dealing matters to the sanctioner; a reassurance says that it does not.
_MATTERS, _REASSURED = 3, -1
#: At most so many signals, and so many precedents, are told on either side.
_TOLD = 2
_TIES = frozenset({Tie.NATO_ALLY, Tie.ADVERSARY})

Factors = Mapping[str, tuple[Claim, ...]]


def argued(factors: Factors) -> Truth:
    """What the claims come to: true where all weigh for, false where all weigh against, contested where both are made.

    >>> argued({"civilian_use": (Claim(holds=True, evidence=("e",)),)})
    <Truth.FALSE: 'false'>
    """
    sides = {claim.holds is not (factor in AGAINST) for factor, claims in factors.items() for claim in claims}
    if not sides:
        return Truth.UNKNOWN
    return Truth.CONTESTED if len(sides) > 1 else Truth.TRUE if True in sides else Truth.FALSE


def significance(
    deals: Sequence[Dealing], signals: Iterable[Reached], near: str, sanctioner: str, as_of: date
) -> Factors:
    """The factors of whether transactions are significant."""
    said = tuple(signals)
    return _made(
        {
            "us_interests": (*_interests(said), *_tied(near, sanctioner, as_of, deals)),
            "nature_and_magnitude": tuple(_nature(deals, near, as_of)),
            "relation_to_sector": tuple(_relation(deals)),
            "civilian_use": tuple(_civilian(deals)),
        }
    )


def sector(deals: Sequence[Dealing]) -> Factors:
    """The factors of whether those whom somebody dealt with are of the sector, or work for it."""
    part, works = [], []
    for deal in deals:
        for seller in deal.sellers:
            if seller.of_sector:
                why = f"listed:{seller.entry.id}" if seller.entry else f"sector:{seller.id}"
                part.append(claim(deal.reached, True, why, seller.entry.id if seller.entry else seller.id))
        if deal.what in (What.ARMS, What.INTELLIGENCE):
            works.append(claim(deal.reached, True, deal.what.value))
        elif deal.what is What.CIVILIAN and not any(seller.of_sector for seller in deal.sellers):
            works.append(claim(deal.reached, False, "civilian"))
    return _made({"part_of_sector": tuple(part), "operates_for_sector": tuple(works)})


def _interests(signals: Sequence[Reached]) -> Iterator[Claim]:
    warnings = (one for one in signals if one.rung.ladder is Ladder.W and one.confirmed)
    sure = [one for one in warnings if one.rung.voice is not Voice.READING]
    louder = sorted((one for one in sure if one.effective >= _MATTERS), key=lambda one: (-one.effective, one.id))
    calm = [one for one in sure if one.effective == _REASSURED and one.rung.branch is not Branch.LEGISLATURE]
    for one in louder[:_TOLD]:
        yield claim(one, True, f"signal:{one.rung.name}")
    for one in calm[-_TOLD:]:
        yield claim(one, False, f"signal:{one.rung.name}")


def _tied(near: str, sanctioner: str, as_of: date, deals: Sequence[Dealing]) -> Iterator[Claim]:
    found = tie(near, sanctioner, as_of)
    if found in _TIES and deals:
        yield Claim(holds=True, evidence=("precedents.yaml",), note=f"tie:{found.value}")


def _nature(deals: Sequence[Dealing], near: str, as_of: date) -> Iterator[Claim]:
    live = [deal for deal in deals if deal.ended is None]
    for deal in deals:
        if deal.ended is not None:
            yield claim(deal.ended, False, "called_off")
    for deal in live:
        for kind in sorted(deal.classes & MAJOR):
            yield claim(deal.reached, True, f"class:{kind.value}", *deal.amounts)
    if live and all(deal.reached.rung.level < DELIVERY for deal in live):
        yield claim(live[-1].reached, False, "undelivered")
    yield from _precedents(live, near, as_of)


def _precedents(live: Sequence[Dealing], near: str, as_of: date) -> Iterator[Claim]:
    """The nearest precedents: of the same system, else of its class; what came of them was known by then."""
    items = {item for deal in live for item in deal.reached.rung.items}
    classes = frozenset(kind for deal in live for kind in deal.classes) & MAJOR
    if not classes or all(deal.reached.rung.level < DELIVERY for deal in live):
        return
    like = [case for case in precedents() if case.near != near and case.uncounted is None and case.classes & classes]
    like.sort(key=lambda case: (not items & set(case.items), case.id))
    for holds, day_of, note in ((True, sanctioned_on, "sanctioned"), (False, _spared_on, "spared")):
        known = [(case, day) for case in like if (day := day_of(case)) and day <= as_of]
        for case, day in known[:_TOLD]:
            yield Claim(holds=holds, evidence=(case.id,), day=day, note=f"precedent_{note}:{case.id}")


def sanctioned_on(case: Precedent) -> date | None:
    """The day on which measures under the law of a case were imposed; None where none were."""
    imposed = (step.day for step in case.rungs if step.rung == "W8")
    return min(imposed, default=None) if case.sanctioned else None


def _spared_on(case: Precedent) -> date | None:
    """The day of the first delivery after which nothing was done."""
    if case.sanctioned or case.outcome != "no-action":
        return None
    return min((step.day for step in case.rungs if step.rung == f"L{DELIVERY}"), default=None)


def _relation(deals: Sequence[Dealing]) -> Iterator[Claim]:
    for deal in deals:
        sector_sellers = [seller for seller in deal.sellers if seller.of_sector]
        if deal.what in (What.ARMS, What.INTELLIGENCE) and deal.ended is None:
            yield claim(deal.reached, True, deal.what.value, *(seller.id for seller in sector_sellers))


def _civilian(deals: Sequence[Dealing]) -> Iterator[Claim]:
    return (claim(deal.reached, True, "civilian") for deal in deals if deal.what is What.CIVILIAN)


def _made(given: Mapping[str, tuple[Claim, ...]]) -> Factors:
    """The factors that anything is claimed of, each claim once."""
    return MappingProxyType({key: tuple(dict.fromkeys(claims)) for key, claims in given.items() if claims})


def claim(one: Reached, holds: bool, note: str = "", *more: str) -> Claim:
    """What a rung says for or against something; ``more`` is further evidence. The rung that shows it comes first."""
    rung = one.rung
    told = (rung.id, *(each for each in one.rungs if each != rung.id), *((rung.event,) if rung.event else ()), *more)
    speaker = rung.speaker
    return Claim(
        holds=holds,
        evidence=tuple(dict.fromkeys(told)),
        voice=rung.voice,
        speaker=(speaker.actor or speaker.country) if speaker else None,
        official=one.official,
        day=rung.day,
        note=note,
    )
