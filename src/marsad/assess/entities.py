"""Who an assessment is of: the bodies under a state that news names, and the one that nobody names.

A state is not a person (22 USC 9521(5)): it only has jurisdiction over those who are.
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad.identity import state_of
from marsad.knowledge.actors import actors
from marsad.knowledge.organs import organs
from marsad.types import Ladder, Mention, Reached, Sector

#: What stands for the body in the id of an entity that nobody names: ``IRQ.?``.
UNNAMED = "?"
#: Organs that are the state itself, or all of a branch of it, and no body that deals.
_WHOLE = frozenset({"GOV", "LEG", "JUD", "CVL", "BUS", "NGO", "MED", "PTY", "REB", "PTY.OPPOSITION", "UNK"})


def unnamed(state: str) -> str:
    """The id of the body of a state that nobody names.

    >>> unnamed("IRQ")
    'IRQ.?'
    """
    return f"{state}.{UNNAMED}"


def is_body(entity: str) -> bool:
    """Whether an id names a body or a person, and not a state or all of a branch of it.

    >>> is_body("TUR.SSB"), is_body("IRQ.GOV"), is_body("IRQ"), is_body("IRQ.?")
    (True, False, False, False)
    """
    _, _, rest = entity.partition(".")
    return bool(rest) and rest != UNNAMED and rest not in _WHOLE


def body_of(party: str | None, near: str) -> str:
    """The entity that a rung is about: the body named, if it is under ``near``, else the one that nobody names."""
    return party if party and state_of(party) == near and is_body(party) else unnamed(near)


def entities(near: str, reached: Iterable[Reached]) -> tuple[str, ...]:
    """The entities under ``near`` that rungs give: the bodies that any names as party, by id, then the unnamed one.

    The unnamed one is there where a step of rapprochement names no body, and where nothing was read at all.
    """
    steps = [one.rung for one in reached if near in (one.rung.near, state_of(one.rung.party or ""))]
    of = {body_of(rung.party, near) for rung in steps if rung.ladder is Ladder.L or rung.party}
    whole = unnamed(near)
    return (*sorted(of - {whole}), *([whole] if whole in of or not of else []))


def side_of(mention: Mention | None) -> str | None:
    """The state or body that a mention stands for; None where that is not known."""
    if mention is None:
        return None
    if mention.actor and ":" not in mention.actor and state_of(mention.actor) not in ("INT", "IGO", ""):
        return state_of(mention.actor)
    return None if mention.country in (None, "", "INT", "IGO") else mention.country


def sector_of(actor: str, told: Sector | None = None) -> Sector | None:
    """The part of society that an actor belongs to: by the table of actors, by its organ, else as ``told``.

    >>> [sector_of(actor).value for actor in ("RUS.GOV.MOD", "RUS.FSB", "RUS.LUKOIL")]
    ['GOV', 'SPY', 'BUS']
    """
    if known := actors().get(actor):
        return known.sector or told
    organ = organs().get(actor.partition(".")[2])
    return (organ.sector if organ else None) or told
