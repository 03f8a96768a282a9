"""What would come of a step that has not been taken: ``delivery:s-400@2026-03-01:RUS.ROSOBORONEXPORT``."""

from __future__ import annotations

import re
from datetime import date

from marsad.assess.entities import is_body
from marsad.assess.stages import STAGES
from marsad.errors import SettingsError
from marsad.identity import state_of
from marsad.knowledge import arms
from marsad.knowledge.actors import actors
from marsad.knowledge.countries import countries
from marsad.knowledge.ladders import ladders
from marsad.types import (
    Event,
    EventType,
    Evidence,
    Kind,
    Ladder,
    Mention,
    Precision,
    Reached,
    Rung,
    Span,
    Status,
    Voice,
)

RULE = "what-if"
FORM = "STAGE[:ITEM]@DATE[:PARTY]"
_EXAMPLE = "give it as delivery:s-400@2026-03-01:RUS.ROSOBORONEXPORT"
_ASKED = re.compile(r"(?P<stage>[^:@]+)(?::(?P<item>[^@]+))?@(?P<day>[^:@]+)(?::(?P<party>[^@]+))?")
_NOWHERE = Span(0, 0)


def what_if(asked: str, entity: str, counterpart: str = "RUS") -> tuple[Reached, Event]:
    """The rung that ``entity`` would reach, as if it were confirmed, and the event that names the other side.

    STAGE is a word (``contract``, ``delivery``), its name in Arabic, or a rung (``L8``); ITEM a weapon system by name;
    PARTY the id of who deals on the other side, or of the buyer, or both behind each other. Facts that rest on it alone
    have ``by="what-if"``.

    Raises :class:`~marsad.errors.SettingsError` for what cannot be read, naming the part.

    >>> rung = what_if("delivery:s-400@2026-03-01:RUS.ROSOBORONEXPORT", "IRQ.?")[0].rung
    >>> rung.name, rung.items, rung.day.isoformat(), rung.party
    ('L8', ('RUS.S-400',), '2026-03-01', None)
    """
    found = _ASKED.fullmatch(asked.strip())
    if found is None:
        raise _fault(f"{asked!r} is no {FORM}", _EXAMPLE)
    level, day = _stage(found["stage"].strip()), _day(found["day"].strip())
    item = _item(found["item"])
    near = state_of(entity)
    buyer, sellers = _parties(found["party"], near, counterpart)
    buyer = buyer or (entity if is_body(entity) else None)
    name = f"{RULE}:{asked.strip()}"
    rung = Rung(
        id=name,
        article=RULE,
        ladder=Ladder.L,
        level=level,
        sentence=0,
        span=_NOWHERE,
        rule=RULE,
        near=near,
        counterpart=counterpart,
        party=buyer,
        event=name,
        status=Status.ACTUAL,
        day=day,
        precision=Precision.DAY,
        voice=Voice.REPORT,
        items=(item,) if item else (),
    )
    told = tuple(Mention(span=_NOWHERE, kind=Kind.ORG, actor=each, country=counterpart) for each in sellers)
    event = Event(
        id=name,
        article=RULE,
        sentence=0,
        trigger=_NOWHERE,
        type=EventType.COOPERATE,
        status=Status.ACTUAL,
        evidence=(Evidence(part="trigger", span=_NOWHERE, why=RULE),),
        contexts=("arms-trade",),
        actors=told,
        day=day,
        precision=Precision.DAY,
    )
    return Reached(id=name, rung=rung, effective=level, confirmed=True, why=RULE, rungs=(name,), origins=(RULE,)), event


def _fault(what: str, do: str) -> SettingsError:
    return SettingsError(what, where="--what-if", do=do)


def _stage(word: str) -> int:
    if match := re.fullmatch(r"[Ll](\d{1,2})", word):
        level = int(match[1])
        if 1 <= level <= 10:
            return level
    if word.lower() in STAGES:
        return STAGES[word.lower()]
    for level in STAGES.values():
        if word.lower() in (name.lower() for name in ladders().level(Ladder.L, level).name.values()):
            return level
    raise _fault(f"{word!r} is no stage", f"use one of {', '.join(STAGES)}, or L1 to L10")


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise _fault(f"{word!r} is no day", "write it as 2026-03-01") from None


def _item(words: str | None) -> str | None:
    if words is None:
        return None
    word = words.strip()
    found = arms.arms().get(word.upper()) or arms.arm(word.upper(), labelled=True) or arms.arm(word, labelled=True)
    if found is None:
        raise _fault(f"{word!r} is no weapon system that is known", "name one of arms.csv, such as s-400, or none")
    return found.id


def _parties(given: str | None, near: str, counterpart: str) -> tuple[str | None, tuple[str, ...]]:
    buyer, sellers = None, []
    for each in (given or "").split(":"):
        party = each.strip().upper()
        if not party:
            continue
        side = state_of(party)
        if side not in countries() or (not is_body(party) and party not in actors()):
            raise _fault(f"{each.strip()!r} is no body", f"give its id, such as {counterpart}.GOV.MOD")
        if side == near:
            buyer = party
        elif side == counterpart:
            sellers.append(party)
        else:
            raise _fault(f"{party} is neither of {near} nor of {counterpart}", "name who deals on either side")
    return buyer, tuple(sellers)
