"""Rungs of L: a step of one side towards a sanctioned one."""

from __future__ import annotations

from dataclasses import replace

from marsad.knowledge.rules import Rule
from marsad.relate import telling
from marsad.relate.cues import Found, found
from marsad.relate.dated import dated
from marsad.relate.made import made
from marsad.relate.parties import pair
from marsad.relate.scene import Part, Scene
from marsad.types import Event, Kind, Ladder, Mention, Precision, Rung, Status, Turn, Voice

#: The most that a step not yet taken comes to: declared interest.
PLANNED = 1
#: Voices of words that somebody said, and who can say them.
_OWN_WORDS = frozenset({Voice.VERBATIM, Voice.PARAPHRASE})
_SPEAKING = frozenset({Kind.PERSON, Kind.OFFICE, Kind.ORG})


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
    speaker = _speaker(scene, part, fits, event)
    anonymous = telling.is_anonymous(part, speaker)
    rung = made(scene, part, rule, fits, event, Ladder.L, min(rule.level, PLANNED) if planned else rule.level)
    announced = planned and not rung.past and (event is None or event.status is not Status.ACTUAL)
    voice = telling.voice_of(scene, rung.span, speaker, event, anonymous)
    if speaker and voice is Voice.REPORT:
        voice = Voice.PARAPHRASE
    return replace(
        rung,
        status=status,
        turn=turn,
        day=scene.day if announced else rung.day,
        precision=_announced(scene) if announced else rung.precision,
        near=who.near,
        counterpart=who.counterpart,
        party=who.party,
        speaker=speaker,
        voice=Voice.READING if event and event.voice is Voice.READING and not rung.past else voice,
        branch=telling.branch_of(part, (speaker,), anonymous),
    )


def _speaker(scene: Scene, part: Part, fits: Found, event: Event | None) -> Mention | None:
    """Who tells of a step: the speaker of its event, else who takes it and says so; without an event, of its sentence.

    The code book names no speaker who is an actor: where words are somebody's, and nobody's by name, they are his own.
    """
    if event is None:
        return telling.speaker_of(scene, part, fits, None)
    if event.speaker or event.voice not in (*_OWN_WORDS, Voice.REPORT):
        return event.speaker
    doing = [one for one in event.actors if one.kind in _SPEAKING and not scene.relays(one)]
    if event.voice is Voice.REPORT:  # «أعلنت القيادة أنها تسلمت»: who does it is who is said to say it
        says = {said.speaker.span for said in telling.speakers(part)}
        doing = [one for one in doing if one.span in says]
    return doing[0] if doing else None


def _announced(scene: Scene) -> Precision:
    """How exactly the day of an announcement is known: it is that of its article, and not of what is to come."""
    return Precision.ARTICLE if scene.day else Precision.UNKNOWN


def _happened(scene: Scene, part: Part, rule: Rule, fits: Found, event: Event | None) -> tuple[Status, Turn]:
    """Whether a step was taken, by the words around it, else by the event on them."""
    if rule.level == 0:  # an end, or that there is nothing: no rung that is denied or called off
        return Status.ACTUAL, Turn.REACHED
    status, turn = told(scene, part, fits)
    if status in (Status.DENIED, Status.POSSIBLE):
        return status, turn
    if turn is not Turn.REACHED:
        return Status.ACTUAL, turn
    on = {one.id for words in fits.places for one in part.overlapping(words)}
    own = event if event and event.id in on else None
    if rule.planned:
        return (Status.DENIED if own and own.status is Status.DENIED else Status.PLANNED), turn
    if own and (status is Status.ACTUAL or _over(scene, own)):
        status = own.status
    if status is Status.PLANNED and own:
        time = dated(scene, part, fits.anchor, spoken=False, past=False)
        if time and time.precision is Precision.DAY and scene.day and time.last < scene.day:
            status = Status.ACTUAL
    return status, turn


def _over(scene: Scene, event: Event) -> bool:
    """Whether an act lies before the article, by a day of its own: no «will» of another clause makes it a plan."""
    known = event.status is Status.ACTUAL and event.precision is Precision.DAY and event.day and scene.day
    return bool(known and event.day and scene.day and event.day < scene.day)
