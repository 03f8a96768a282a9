"""What reports say of one element: a feed for each name that elements have in the files of law.

An element that no feed knows is left to curated data and to users. A fact that is not there yet is false only where
something else was seen in its place: talks where a contract would be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from marsad.assess import factors
from marsad.assess.asked import DECIDED, Asked, happened
from marsad.assess.dealings import Counterparty, Dealing, What
from marsad.assess.entities import UNNAMED, is_body
from marsad.assess.factors import claim
from marsad.assess.stages import BASING, DELIVERY, highest, is_planned, window
from marsad.identity import state_of
from marsad.knowledge import arms
from marsad.knowledge.actors import actors
from marsad.knowledge.instruments import term
from marsad.knowledge.ladders import ladders
from marsad.knowledge.listed import listed
from marsad.knowledge.organs import organs
from marsad.knowledge.templates import UNTOLD, named
from marsad.types import Event, Ladder, Name, Reached, Sector
from marsad.types.law import Claim, Element, Fact, Truth

#: The list that comes with Marsad; another has its own members, or is brought by the user.
_LIST = "us/caatsa/231"
#: Categories of arms in the UN Register of Conventional Arms, and those of which only some are.
_REGISTER = frozenset(
    {"tank", "armoured-vehicle", "artillery", "rocket-artillery", "fighter", "bomber", "ship", "submarine", "missile"}
)
_SOME = frozenset({"air-defence", "helicopter", "drone", "launcher"})
_BANK = re.compile(r"\bbank|بنك|مصرف", re.IGNORECASE)
#: The lowest signal that tells the near side whom it must not deal with.
_WARNED = 2


#: What is asked of one element, and its answer; None where nothing was seen that bears on it.
Feed = Callable[[Asked, Element], Fact | None]


# ------------------------------------------------------------------ who


def _person(asked: Asked, element: Element) -> Fact | None:
    _, _, rest = asked.entity.partition(".")
    if rest == UNNAMED:
        return asked.fact(element, Truth.UNKNOWN, note=named("fact", "unnamed"))
    if not is_body(asked.entity):
        return asked.fact(element, Truth.FALSE, note=named("fact", "state"))
    claims = [claim(one, True, "party") for one in asked.steps]
    return asked.fact(element, Truth.TRUE, claims[:3], named("fact", "person"))


def bank(entity: str) -> bool | None:
    """Whether an entity is a bank, as far as its name or its organ says.

    >>> bank("IRQ.TBI"), bank("IRQ.GOV.MOD"), bank("IRQ.?")
    (True, False, None)
    """
    known = actors().get(entity)
    if known and any(_BANK.search(name) for name in (known.name.en, known.name.ar)):
        return True
    _, _, rest = entity.partition(".")
    if rest.startswith("GOV.CENTRAL-BANK"):
        return True
    public = known is not None and known.sector in (Sector.GOV, Sector.MIL, Sector.SPY)
    return False if rest in organs() or public else None


def _bank(asked: Asked, element: Element) -> Fact | None:
    found = bank(asked.entity)
    if found is None:
        return asked.fact(element, Truth.UNKNOWN, note=named("fact", "bank_unknown"))
    return asked.fact(element, Truth.TRUE if found else Truth.FALSE, note=named("fact", "bank" if found else "no_bank"))


# ------------------------------------------------------------------ the act


def _dated(asked: Asked, element: Element) -> Fact | None:
    """A transaction on or after the first day that counts."""
    if _not_for_banks(asked):
        return None
    first = asked.firsts.get(element.id)
    told = [(deal, *_counted(deal, first)) for deal in asked.deals if deal.transaction]
    claims = [claim(deal.reached, truth is not Truth.FALSE, why, *deal.amounts) for deal, truth, why in told]
    claims += [_denial(one) for deal, _, _ in told for one in deal.denied]
    for truth in (Truth.TRUE, Truth.CONTESTED, Truth.UNKNOWN):
        those = [(deal, why) for deal, its, why in told if its is truth]
        if those:
            deal, why = those[0]
            since = deal.reached.rung.day if truth is Truth.TRUE else None
            return asked.fact(element, truth, claims, _act(deal.reached, why), since=since)
    return _no_transaction(asked, element, claims)


def _counted(deal: Dealing, first: date | None) -> tuple[Truth, str]:
    """Whether a transaction counts, and the key of why."""
    truth = happened(deal)
    if deal.what is What.CIVILIAN:
        return truth, "civilian"
    when = window(deal.reached.rung)
    if first and when and when[1] < first:
        return Truth.FALSE, "before"
    if truth is Truth.CONTESTED:
        return truth, "denied" if deal.denied else "one_source"
    if truth is Truth.UNKNOWN:
        return truth, "unstood" if not deal.reached.confirmed else "unsaid"
    if when is None:
        return Truth.UNKNOWN, "undated"
    return (Truth.UNKNOWN, "day_unsure") if first and when[0] < first else (truth, "done")


def _denial(one: Event | Reached) -> Claim:
    if isinstance(one, Reached):
        return claim(one, False, "denial")
    speaker = (one.speaker.actor or one.speaker.country) if one.speaker else None
    return Claim(holds=False, evidence=(one.id,), voice=one.voice, speaker=speaker, day=one.day, note="denial")


def _act(one: Reached, why: str) -> Name:
    rung = one.rung
    return named("act", why, stage=stage(rung.level), rung=rung.name, day=rung.day or UNTOLD)


def stage(level: int) -> Name:
    """What a level of L is called."""
    found = ladders().level(Ladder.L, level).name
    return Name(ar=found["ar"], en=found["en"])


def _no_transaction(asked: Asked, element: Element, claims: list[Claim]) -> Fact | None:
    """Not yet, where something else was seen; in use or stationed means that one was, on a day that nobody tells."""
    planned = [one for one in asked.steps if is_planned(one)]
    claims += [claim(one, False, "planned") for one in planned]
    after = [deal for deal in asked.deals if DELIVERY < deal.reached.rung.level <= BASING and deal.sure]
    if after:
        one = after[0].reached
        return asked.fact(element, Truth.CONTESTED, [*claims, claim(one, True, "after")], _act(one, "after"))
    top = highest([deal.reached for deal in asked.deals if not deal.transaction])
    if top:
        return asked.fact(element, Truth.FALSE, [*claims, claim(top, False, "stage")], _act(top, "stage"))
    if claims:
        return asked.fact(element, Truth.FALSE, claims, named("act", "none"))
    return None


def _not_for_banks(asked: Asked) -> bool:
    """Whether a law for banks is asked about somebody who is none: what states buy is no transaction of a bank."""
    return asked.instrument.subject == "bank" and bank(asked.entity) is not True


# ------------------------------------------------------------------ with whom


def _in_sector(asked: Asked, element: Element) -> Fact | None:
    if _not_for_banks(asked):
        return None
    deals = asked.decisive
    weighed = factors.sector(deals)
    truth = factors.argued(weighed)
    if truth is Truth.UNKNOWN:
        return None
    sure = factors.sector([deal for deal in deals if deal.sure])
    if truth is Truth.TRUE and factors.argued(sure) is not Truth.TRUE:
        truth = Truth.CONTESTED
    claims = [each for told in weighed.values() for each in told]
    return asked.fact(element, truth, claims, named("fact", f"sector_{truth.value}"), weighed=weighed)


def _status(asked: Asked, element: Element) -> Fact | None:
    """Whether a counterparty is on the list, on the day of the deal; of talks, on the day that is asked about."""
    members = _members(element.listed)
    if members is None or _not_for_banks(asked):
        return None
    found: list[Claim] = []
    missed: list[Claim] = []
    for deal in asked.decisive:
        day = (deal.reached.rung.day if deal.transaction else None) or asked.as_of
        for seller in deal.sellers:
            entry = seller.entry
            since = members.get(entry.id) if entry else None
            if entry and since and since <= day:
                found.append(claim(deal.reached, True, f"listed:{entry.id}", entry.id))
            else:
                missed.append(claim(deal.reached, False, f"not_listed:{seller.id}"))
        entries = [(maker.id, maker.entry.id) for maker in deal.makers if maker.entry and maker.entry.id in members]
        if not deal.sellers:
            missed += [claim(deal.reached, True, f"maker:{maker}", entry) for maker, entry in entries]
    if found:
        who = _entry_name(found[0])
        note = named("fact", "listed", who=who, day=found[0].day or asked.as_of)
        return asked.fact(element, Truth.TRUE, [*found, *missed], note, by="list")
    if any(not each.holds for each in missed):
        return asked.fact(element, Truth.FALSE, missed, named("fact", "not_listed"), by="list")
    return asked.fact(element, Truth.UNKNOWN, missed, named("fact", "seller_unknown"), by="list") if missed else None


def _members(of: str | None) -> Mapping[str, date] | None:
    """The entries of a list, each with the day since when; None for one that does not come with Marsad."""
    if of == _LIST:
        return {entry.id: entry.since for entry in listed()}
    found = term("lists", of) if of else None
    return dict.fromkeys(found.members, found.since or date.min) if found and found.members else None


def _entry_name(one: Claim) -> Name:
    return next((entry.name for entry in listed() if entry.id in one.evidence), Name())


def _with_counterpart(asked: Asked, element: Element) -> Fact | None:
    """The other end is the state itself: where it is who deals, there is no list to be on."""
    deals = asked.decisive
    if not deals:
        return None
    sure = [deal for deal in deals if deal.sure]
    claims = [claim(deal.reached, True, "counterpart") for deal in deals]
    return asked.fact(element, Truth.TRUE if sure else Truth.CONTESTED, claims, named("fact", "counterpart"))


def _register(asked: Asked, element: Element) -> Fact | None:
    """Whether the arms are of a class of the UN Register of Conventional Arms."""
    kinds: dict[str, Claim] = {}
    for deal in asked.decisive:
        for item in deal.reached.rung.items:
            arm = arms.arms().get(item) or arms.arm(item)
            if arm:
                kinds.setdefault(arm.category, claim(deal.reached, True, f"category:{arm.category}"))
    if kinds.keys() & _REGISTER:
        return asked.fact(element, Truth.TRUE, kinds.values())
    return asked.fact(element, Truth.CONTESTED, kinds.values()) if kinds.keys() & _SOME else None


# ------------------------------------------------------------------ knowledge


def _knowingly(asked: Asked, element: Element) -> Fact | None:
    """Argued: from the list, which is public, and from warnings, where they were there before the deal."""
    if _not_for_banks(asked):
        return None
    done = [deal for deal, truth in asked.transactions if truth in DECIDED]
    if not done:
        note = named("fact", "nothing_to_know")
        return asked.fact(element, Truth.UNKNOWN, note=note) if asked.deals else None
    claims: list[Claim] = []
    for deal in done:
        day = deal.reached.rung.day
        claims += [
            claim(deal.reached, True, f"public_list:{seller.entry.id}", seller.entry.id)
            for seller in deal.sellers
            if seller.entry and day and seller.entry.since <= day
        ]
        plain = [seller for seller in deal.sellers if _plain(deal, seller)]
        claims += [claim(deal.reached, True, f"plain:{seller.id}") for seller in plain]
        claims += [claim(one, True, f"warned:{one.rung.name}") for one in asked.signals if _warned(one, day)]
    if not claims:
        return asked.fact(element, Truth.UNKNOWN, note=named("fact", "nothing_shows"))
    actual = asked.version.standard == "actual"
    note = named("fact", "known_actual" if actual else "known")
    return asked.fact(element, Truth.CONTESTED if actual else Truth.TRUE, claims, note)


def _plain(deal: Dealing, seller: Counterparty) -> bool:
    """Whether it is plain whom one deals with: a ministry of defence, a service, an arms firm that sells arms."""
    return seller.of_sector and (seller.entry is None or deal.what is What.ARMS)


def _warned(one: Reached, day: date | None) -> bool:
    rung = one.rung
    loud = rung.ladder is Ladder.W and one.confirmed and one.effective >= _WARNED
    return loud and rung.day is not None and day is not None and rung.day <= day


# ------------------------------------------------------------------ open texture


def _significant(asked: Asked, element: Element) -> Fact | None:
    if _not_for_banks(asked):
        return None
    determined = asked.official.get("determined")
    done = [deal for deal, truth in asked.transactions if truth in DECIDED]
    near = state_of(asked.entity)
    civil = [deal for deal in asked.deals if deal.transaction and deal.what is What.CIVILIAN]
    weighed = factors.significance([*done, *civil], asked.signals, near, asked.instrument.sanctioner, asked.as_of)
    if determined and determined.truth is Truth.TRUE:
        return asked.fact(element, Truth.TRUE, determined.claims, named("fact", "so_determined"), weighed=weighed)
    if not done and not civil:
        note = named("fact", "nothing_to_weigh")
        return asked.fact(element, Truth.UNKNOWN, note=note) if asked.deals else None
    live = [deal for deal in done if deal.ended is None]
    claims = [each for told in weighed.values() for each in told]
    if not live:
        key = "called_off" if done else "civilian_only"
        return asked.fact(element, Truth.FALSE, claims, named("fact", key), weighed=weighed)
    truth = factors.argued(weighed)
    return asked.fact(element, truth, claims, named("fact", f"significant_{truth.value}"), weighed=weighed)


def _significant_or_none(asked: Asked, element: Element) -> Fact | None:
    """Of laws whose act no report feeds (facilitation) nothing is weighed."""
    return _significant(asked, element) if asked.instrument.id == _LIST else None


#: The feed of each element by its id; ``status`` is that of every list.
FEEDS: Mapping[str, Feed] = MappingProxyType(
    {
        "is_person": _person,
        "is_bank": _bank,
        "dated": _dated,
        "dated_sdn": _dated,
        "supplies": _dated,
        "in_sector": _in_sector,
        "status": _status,
        "with_iran": _with_counterpart,
        "register_arms": _register,
        "knowingly": _knowingly,
        "significant": _significant_or_none,
    }
)
