"""People without a name: crowds, fighters, reporters, a people by its demonym; and words that point to states."""

from __future__ import annotations

from dataclasses import replace

from marsad.knowledge import lexicon
from marsad.knowledge.countries import BODIES_OF_STATES, NO_ONE_STATE, countries
from marsad.resolve import office
from marsad.resolve.around import around
from marsad.resolve.office import PEOPLE, Office, bloc_of
from marsad.resolve.phrase import Reading, read
from marsad.text import fold_text, light_stem
from marsad.types import Holding, Name, Sector

DEMONYM, AGENTS, POINTER, STATES = "people.demonym", "people", "state.of-context", "states"
_STATES = frozenset({"دول", "بلدان", "حلفاء", "شركاء", "اصدقاء", "اعداء", "خصوم", "جيران"})
_PLURAL = ("ون", "ين", "يون", "يين", "s", "ese", "men")


def generic(phrase: str, context: str | None = None) -> Holding | None:
    """The people that a phrase without a name means, with the state that it or the context names.

    >>> found = generic("متظاهرون عراقيون")
    >>> found.actor, found.country, found.sector.value
    ('IRQ.CVL', 'IRQ', 'CVL')
    >>> generic("مسلحون").actor
    'INT.REB'
    """
    reading = read(phrase)
    return of_reading(reading, office.of_reading(reading, context), context)


def of_reading(reading: Reading, held: Office | None, context: str | None) -> Holding | None:
    """:func:`generic` of a phrase that was read already, and the organ found in it."""
    if held is not None:
        return _crowd(held) if held.wide or (held.organ in PEOPLE and not held.head) else None
    first = next((p for p in reading.ordered() if p.term is None or p.term.kind not in ("noise", "mark")), None)
    if first is not None and first.term is not None and first.term.kind == "nothing":
        return None
    state = next((p for p in reading.states if p.state and p.state.kind != "place"), None)
    code = state.state.code if state and state.state else None
    plural = first is not None and first.term is not None and first.term.kind == "plural"
    if plural and (code is None or code in (BODIES_OF_STATES, NO_ONE_STATE) or len(reading.states) > 1):
        return several()
    sector = _agent(reading)
    if sector is None and code is not None and not reading.rest:
        return _people(reading)
    if sector is None and code is None and bloc_of(reading):
        return None if len(reading.rest) > 1 else _bloc(reading)
    if sector is None:
        return _pointed(reading, context)
    near = code or (NO_ONE_STATE if bloc_of(reading) else around(context, reading.phrase)) or NO_ONE_STATE
    return _group(near, sector, 0.75 if code else 0.5, AGENTS)


def _group(code: str, sector: Sector, score: float, why: str, name: Name | None = None) -> Holding:
    if code == BODIES_OF_STATES and sector is not Sector.JUD:
        sector = Sector.IGO
    return Holding(
        actor=f"{code}.{sector.value}", office=name, country=code, sector=sector, score=round(score, 3), why=why,
        source="organs.yaml",
    )  # fmt: skip


def is_several(reading: Reading) -> bool:
    """Whether an Arabic phrase is headed by states («دول», «حلفاء») of a body or a state: «دول الاتحاد الأوروبي»."""
    first = next((p for p in reading.pieces if p.term is None or p.term.kind not in ("noise", "mark")), None)
    if reading.latin or first is None or first.term is None or first.term.kind != "plural":
        return False
    return reading.words[first.first].text.removeprefix("ال") in _STATES and first.last < len(reading.words)


def several() -> Holding:
    """More states than one, of which the phrase says no more."""
    return Holding(
        actor=NO_ONE_STATE, country=NO_ONE_STATE, sector=Sector.GOV, score=0.5, why=STATES, source="organs.yaml"
    )


def _bloc(reading: Reading) -> Holding:
    bloc = bloc_of(reading)
    actor = bloc if bloc and bloc in countries() else NO_ONE_STATE
    return Holding(
        actor=actor, country=NO_ONE_STATE, sector=Sector.GOV, score=0.5, why=STATES, source="organs.yaml"
    )  # fmt: skip


def _crowd(held: Office) -> Holding:
    code = held.country or NO_ONE_STATE
    made = _group(code, held.sector, held.score * 0.9, held.why.replace("office", "people"), held.name)
    return replace(made, actor=held.actor) if code == BODIES_OF_STATES else made


def _agent(reading: Reading) -> Sector | None:
    """The sector of the first unread word that is an agent noun."""
    for at in reading.rest:
        known = lexicon.agents().get(light_stem(fold_text(reading.words[at].text)))
        if known:
            return Sector(known)
    return None


def _people(reading: Reading) -> Holding | None:
    """Iraqis, «العراقيون», «المغاربة»: a demonym in the plural, or counted, and no state."""
    piece = next(p for p in reading.states if p.state)
    if piece.state is None or piece.state.kind != "demonym" or len(reading.states) != 1:
        return None
    word = reading.words[piece.last - 1].text
    counted = any(p.term and p.term.kind in ("noise", "counting") and p.first < piece.first for p in reading.pieces)
    broken = not reading.latin and word[-1] != "ي" and not word.endswith("يه")
    if not (word.endswith(_PLURAL) or broken or counted):
        return None
    return _group(piece.state.code, Sector.CVL, 0.75, DEMONYM)


def _pointed(reading: Reading, context: str | None) -> Holding | None:
    """«بلاده», «المملكة»: the state of the context; «البلدان», «المجتمع الدولي»: more than one."""
    kinds = {p.term.kind for p in reading.pieces if p.term}
    if reading.rest or reading.states or not kinds <= {"noise", "pointer", "counting", "adjective", "mark"}:
        return None
    if "counting" in kinds and "pointer" not in kinds:
        return _group(around(context, reading.phrase) or NO_ONE_STATE, Sector.CVL, 0.4, AGENTS)
    if "pointer" in kinds and (near := around(context, reading.phrase)):
        return Holding(actor=near, country=near, sector=Sector.GOV, score=0.5, why=POINTER)
    return None
