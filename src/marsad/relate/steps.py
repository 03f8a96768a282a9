"""Rungs of L: a step of one side towards a sanctioned one."""

from __future__ import annotations

from dataclasses import replace

from marsad.knowledge.rules import Rule
from marsad.relate import telling
from marsad.relate.cues import Found, found
from marsad.relate.made import made
from marsad.relate.parties import pair
from marsad.relate.scene import Part, Scene
from marsad.types import Event, Ladder, Rung, Status, Turn, Voice

#: The most that a step not yet taken comes to: declared interest.
PLANNED = 1


def told(scene: Scene, part: Part, fits: Found) -> tuple[Status, Turn]:
    """Whether the words around say that it happened, and what became of it."""
    turn = Turn.REACHED
    for name, patterns in scene.book.told.items():
        if any(next(found(pattern, part.words, fits.anchor), None) for pattern in patterns):
            if isinstance(name, Status):
                return name, turn
            turn = name if turn is Turn.REACHED else turn
    return Status.ACTUAL, turn


def step(
    scene: Scene, part: Part, rule: Rule, fits: Found, event: Event | None, last: tuple[str, str] | None
) -> Rung | None:
    """The rung of L that a rule codes; None where it has not happened, or where no two sides are known.

    ``last`` are the sides of the rung before, for words that only point («the two sides»).
    """
    status, turn = _happened(scene, part, rule, fits, event)
    if rule.level is None or status in (Status.POSSIBLE, Status.DENIED):
        return None
    who = pair(scene, part, fits, event, last)
    if who is None:
        return None
    planned = status is Status.PLANNED and turn is Turn.REACHED
    speaker = event.speaker if event else None
    anonymous = telling.is_anonymous(part, speaker)
    rung = made(scene, part, rule, fits, event, Ladder.L, min(rule.level, PLANNED) if planned else rule.level)
    voice = telling.voice_of(scene, rung.span, speaker, event, anonymous)
    return replace(
        rung,
        status=status,
        turn=turn,
        near=who.near,
        counterpart=who.counterpart,
        party=who.party,
        speaker=speaker,
        voice=Voice.READING if event and event.voice is Voice.READING else voice,
        branch=telling.branch_of(part, (speaker,), anonymous),
    )


def _happened(scene: Scene, part: Part, rule: Rule, fits: Found, event: Event | None) -> tuple[Status, Turn]:
    """Whether a step was taken, by the words around it, else by the event on them."""
    status, turn = told(scene, part, fits)
    if status in (Status.DENIED, Status.POSSIBLE):
        return status, turn
    if turn is not Turn.REACHED:
        return Status.ACTUAL, turn
    if rule.planned:
        return Status.PLANNED, turn
    on = {one.id for words in fits.places for one in part.overlapping(words)}
    if event and event.id in on and status is Status.ACTUAL:
        status = event.status
    return status, turn
