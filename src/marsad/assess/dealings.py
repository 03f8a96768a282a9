"""What somebody dealt in, with whom, whether that is denied, and what became of it: a rung as the law looks at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marsad.assess.entities import sector_of, side_of
from marsad.assess.stages import called_off, fit, is_denied, is_step, is_transaction
from marsad.identity import state_of
from marsad.knowledge import arms
from marsad.knowledge.actors import actors
from marsad.knowledge.listed import Listed, listed, match
from marsad.knowledge.precedents import ItemClass, item_classes
from marsad.types import ACTING, Event, EventType, Kind, Ladder, Mention, Reached, Sector, Status, Voice

#: Days by which a denial may lie apart from what it denies.
_APART = 14
#: The ministry of defence («وزارة الدفاع الروسية») is the sector by its name.
_DEFENCE = frozenset({"GOV.MOD"})
_IN_SECTOR = frozenset({Sector.MIL, Sector.SPY})
_ARMED = frozenset({"military", "arms-trade"})
_CIVIL = frozenset({"economic", "energy", "humanitarian", "health", "environment", "media", "migration"})
#: Rules of ``ladders.yaml`` that ask for a word for arms; what is recorded or supposed is of arms too.
_OF_ARMS = frozenset(
    {"l6.bought", "l6.supply", "l7.produced", "l8.delivered", "l9.in-service", "l9.trained", "precedent", "what-if"}
)
#: Voices in which somebody who is named stands for what is told.
STOOD = frozenset({Voice.VERBATIM, Voice.PARAPHRASE})
#: Why a rung that a single source stands for is not confirmed.
ONE_SOURCE = "one-source"
_LINK = "caatsa231:"
#: Types of events that a transaction is coded as, and what denies one.
_DEALS = frozenset({EventType.AGREE, EventType.SUPPORT, EventType.COOPERATE, EventType.AID})


class What(StrEnum):
    """What a dealing is in."""

    ARMS = "arms"
    INTELLIGENCE = "intelligence"
    CIVILIAN = "civilian"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterparty:
    """One with whom somebody dealt: the id of the actor, its sector, and its entry on the list of section 231."""

    id: str
    sector: Sector | None = None
    entry: Listed | None = None

    @property
    def of_sector(self) -> bool:
        """Whether it is of the defence or intelligence sector by what it is."""
        return self.entry is not None or self.sector in _IN_SECTOR or self.id.partition(".")[2] in _DEFENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealing:
    """A step of rapprochement with its ``sellers``, ``what`` it is in, and ``classes`` of the items.

    ``makers`` make the items, whoever sells them. ``denied`` are the events and rungs that deny it; ``ended`` is what
    called it off; ``amounts`` are ids of events that name a sum or a number. ``bears`` is the later stage of the same
    deal, told by others, that bears out what a single source tells: who pays or delivers has contracted.
    """

    reached: Reached
    what: What
    sellers: tuple[Counterparty, ...] = ()
    makers: tuple[Counterparty, ...] = ()
    classes: frozenset[ItemClass] = frozenset()
    denied: tuple[Event | Reached, ...] = ()
    ended: Reached | None = None
    amounts: tuple[str, ...] = ()
    bears: Reached | None = None

    @property
    def sure(self) -> bool:
        """Whether it counts as having happened."""
        return self.reached.confirmed or self.bears is not None

    @property
    def transaction(self) -> bool:
        """Whether it is a contract, a payment or a delivery."""
        return is_transaction(self.reached)


def dealings(
    reached: Sequence[Reached],
    events: Iterable[Event],
    counterpart: str,
    *,
    sellers: Sequence[str] = (),
    every: Sequence[Reached] | None = None,
) -> tuple[Dealing, ...]:
    """The steps among ``reached`` with ``counterpart`` as dealings, in their order.

    ``events`` are those of the articles: they name sellers, sums, and what is denied. ``sellers`` are those of all the
    steps where none is named. ``every`` are all the rungs of the state, among them what ends a deal.
    """
    told = tuple(events)
    whole = reached if every is None else every
    steps = [one for one in reached if is_step(one) and _with(one, counterpart)]
    return tuple(_dealing(one, told, whole, counterpart, sellers) for one in steps)


def _with(one: Reached, counterpart: str) -> bool:
    return counterpart in (state_of(one.rung.counterpart or ""), state_of(one.rung.near or ""))


def _dealing(
    one: Reached, events: Sequence[Event], every: Sequence[Reached], counterpart: str, sellers: Sequence[str]
) -> Dealing:
    own = [event for event in events if event.id == one.rung.event]
    items = tuple(dict.fromkeys((*one.rung.items, *(item for event in own for item in _items(event)))))
    named = list(_named(own, one, counterpart)) or [party(seller) for seller in sellers]
    makers = [arm.maker for item in items if (arm := arms.arms().get(item) or arms.arm(item)) and arm.maker]
    contexts = frozenset(context for event in own for context in event.contexts)
    return Dealing(
        reached=one,
        what=_what(one, items, contexts, named),
        sellers=tuple(named),
        makers=tuple(party(maker) for maker in dict.fromkeys(makers)),
        classes=item_classes(items),
        denied=tuple(_denials(one, own, events, every)) if is_transaction(one) else (),
        ended=called_off(one, every),
        amounts=tuple(event.id for event in own if event.amounts),
        bears=_bearing(one, every) if one.why == ONE_SOURCE else None,
    )


def _bearing(one: Reached, every: Sequence[Reached]) -> Reached | None:
    """The first later stage of the same deal, by its items, that another source tells."""
    rung = one.rung
    for other in every:
        later = is_transaction(other) and other.rung.level > rung.level and fit(other.rung, rung)
        same = bool(set(other.rung.items) & set(rung.items))
        stood = other.confirmed or other.why == ONE_SOURCE
        if later and same and stood and set(other.origins) - set(one.origins):
            return other
    return None


def _items(event: Event) -> Iterator[str]:
    return (item.actor for item in event.items if item.kind is Kind.ARMS and item.actor)


def _named(own: Iterable[Event], one: Reached, counterpart: str) -> Iterator[Counterparty]:
    """The bodies and persons of the other side in the events, each once."""
    seen = set()
    if one.rung.counterpart and one.rung.counterpart != counterpart and state_of(one.rung.counterpart) == counterpart:
        seen.add(one.rung.counterpart)
        yield party(one.rung.counterpart)
    for event in own:
        for mention in (*event.actors, *event.recipients):
            who = mention.actor
            if (
                mention.kind in ACTING
                and side_of(mention) == counterpart
                and who
                and who != counterpart
                and who not in seen
            ):
                seen.add(who)
                yield party(who, mention)


def party(actor: str, mention: Mention | None = None) -> Counterparty:
    """An actor as the other side of a dealing; by name on the list where the table of actors does not say so.

    >>> party("RUS.ROSOBORONEXPORT").entry.id, party("RUS.LUKOIL").of_sector, party("RUS.GOV.MOD").of_sector
    ('lsp-020', False, True)
    """
    known = actors().get(actor)
    links = {link.removeprefix(_LINK) for link in (known.links if known else ()) if link.startswith(_LINK)}
    entry = next((one for one in listed() if one.id in links), None)
    names = [known.name] if known else []
    names += [mention.person] if mention and mention.person else []
    for name in names if entry is None else ():
        found = [one for form in (name.en, name.ar) if form for one in match(form) if one.score == 1]
        entry = found[0].entry if found else entry
    return Counterparty(id=actor, sector=sector_of(actor, mention.sector if mention else None), entry=entry)


def _what(one: Reached, items: Sequence[str], contexts: frozenset[str], sellers: Sequence[Counterparty]) -> What:
    if items or one.rung.rule in _OF_ARMS or contexts & _ARMED:
        return What.ARMS
    if "intelligence" in contexts:
        return What.INTELLIGENCE
    if any(seller.entry is not None and seller.sector is Sector.BUS for seller in sellers):
        return What.ARMS  # an arms firm sells arms
    if any(seller.of_sector for seller in sellers):
        return What.UNSAID
    firms = bool(sellers) and all(seller.sector is Sector.BUS for seller in sellers)
    return What.CIVILIAN if firms or contexts & _CIVIL else What.UNSAID


def _denials(
    one: Reached, own: Sequence[Event], events: Sequence[Event], every: Sequence[Reached]
) -> Iterator[Event | Reached]:
    """What denies a transaction. What an official confirms, only one of the two sides contests, and by name."""
    rung = one.rung
    sides = {state_of(rung.near or ""), state_of(rung.counterpart or "")}
    for other in every:
        same = other.rung.level == rung.level and fit(other.rung, rung)
        if is_denied(other) and same and _near(other.rung.day, rung.day):
            yield other
    about = {event.id for event in own}
    types = {event.type for event in own} & _DEALS or _DEALS
    for event in events:
        if one.official and not (event.voice in STOOD and side_of(event.speaker) in sides):
            continue
        denies = event.status is Status.DENIED
        told = event.about in about and (denies or event.type is EventType.REJECT)
        if told or (denies and event.type in types and _of(event, one)):
            yield event


def _of(event: Event, one: Reached) -> bool:
    """Whether what an event denies is this act: of these sides, these items, and about that day."""
    rung = one.rung
    told = {side for mention in (*event.actors, *event.recipients) if (side := side_of(mention))}
    pair = {state_of(rung.near or ""), state_of(rung.counterpart or "")}
    items = set(_items(event))
    same = not items or not rung.items or bool(items & set(rung.items))
    return bool(told) and told <= pair and same and _near(event.day, rung.day)


def _near(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs((one - other).days) <= _APART


def signals(reached: Iterable[Reached], near: str, counterpart: str | None, sanctioner: str) -> tuple[Reached, ...]:
    """What the sanctioner has signalled to ``near``, or to everybody, about dealings with ``counterpart``."""
    return tuple(
        one
        for one in reached
        if one.rung.ladder is not Ladder.L
        and one.rung.sanctioner == sanctioner
        and state_of(one.rung.near or near) == near
        and (counterpart is None or state_of(one.rung.counterpart or counterpart) == counterpart)
    )
