"""Rungs of W and R: what a sanctioner signals, does, or takes back."""

from __future__ import annotations

from dataclasses import replace

from marsad.knowledge.rules import Rule
from marsad.relate import telling
from marsad.relate.cues import LAW, Found, named
from marsad.relate.made import made
from marsad.relate.parties import about, sanctioner, subject
from marsad.relate.scene import Part, Scene, side_of, sides, speaks_for
from marsad.types import Addressee, Event, EventType, Kind, Ladder, Mention, Rung, SourceKind, Status, Voice

#: The most that somebody's reading of W comes to.
READING = 3
#: From this level on W is an act; below, words.
_ACTS = 6
#: Speech that stays what it is, whoever reads something into it.
_RESERVED = 1
_SPOKEN = frozenset({EventType.REJECT, EventType.THREATEN, EventType.ACCUSE, EventType.REQUEST})
_TELLS = _SPOKEN | {EventType.SANCTION}


def signal(
    scene: Scene, part: Part, rule: Rule, fits: Found, event: Event | None, main: str | None, kind: SourceKind | None
) -> Rung | None:
    """The rung of W or R that a rule codes; None where no sanctioner is known, or the words are not its own.

    ``main`` is the side that the article deals with, ``kind`` what sort of source published it.
    """
    if rule.level is None or rule.ladder is None:
        return None
    law = next(iter(named(part.words, LAW)), None)
    by, mention = sanctioner(scene, part, fits, event, law)
    if by is None and rule.ladder is Ladder.W:
        return None
    speaker = _speaker(scene, part, rule, fits, event, by)
    doer = subject(part, fits.places[0], max(fits.anchor[0], fits.places[0][1]))
    reading = _reading(scene, part, rule, fits, speaker, event)
    if (
        by
        and rule.ladder is Ladder.W
        and rule.level < _ACTS
        and not reading
        and not _speaks(scene, part, rule, fits, by, doer, speaker, event)
    ):
        return None
    if rule.weak and event and event.status is Status.DENIED:
        return None
    if rule.instead and part.words.has(frozenset({rule.instead.words}), part.words.clause(fits.anchor)):
        other = rule.instead
        rule = replace(rule, id=other.id, level=other.level, scope=other.scope or rule.scope, instead=None)
    level = rule.level
    if level is None:
        return None
    if reading and rule.ladder is Ladder.W:
        level = min(level, READING)
    anonymous = telling.is_anonymous(part, speaker or mention)
    addressee = telling.addressee_of(part, fits)
    near, counterpart = about(scene, part, fits, event, by, addressee is not None, law, main)
    if rule.general and addressee:
        near = None
    rung = made(scene, part, rule, fits, event, rule.ladder, level)
    voice = telling.voice_of(scene, rung.span, speaker, event, anonymous)
    if kind is SourceKind.OFFICIAL and voice is Voice.REPORT:
        voice = Voice.PARAPHRASE
    return replace(
        rung,
        status=event.status if event else Status.ACTUAL,
        sanctioner=by,
        near=near,
        counterpart=counterpart,
        party=_hit(event, near),
        speaker=speaker,
        voice=Voice.READING if reading else voice,
        branch=telling.branch_of(part, [m for m in (speaker, doer, mention) if by and side_of(m) == by][:2], anonymous),
        addressee=addressee or (Addressee.NAMED if near else None),
        law=law,
        condition=telling.condition_of(part, fits),
        measure=telling.measure_of(part),
        medium=telling.medium_of(part),
    )


def _speaker(scene: Scene, part: Part, rule: Rule, fits: Found, event: Event | None, by: str | None) -> Mention | None:
    """Who says it: the one who performs the speech act, where he is of the sanctioner's side, else who is named."""
    if (
        rule.voice is None
        and event
        and event.type in _SPOKEN
        and (event.speaker is None or scene.relays(event.speaker))
    ):
        own = next((m for m in event.actors if by and side_of(m) == by and m.kind is not Kind.LAW), None)
        if own:
            return own
    return telling.speaker_of(scene, part, fits, event)


def _reading(scene: Scene, part: Part, rule: Rule, fits: Found, speaker: Mention | None, event: Event | None) -> bool:
    """Whether a rung is somebody's reading: of an act, or of a denial, only where it is an observer who speaks."""
    if rule.voice is Voice.READING:
        return True
    level = rule.level or 0
    if level >= _ACTS:
        return telling.is_reader(part, speaker) and bool(event and event.voice is Voice.READING)
    if level <= _RESERVED:
        return telling.is_reader(part, speaker)
    named_here = telling.speaker_of(scene, part, fits, event)
    return telling.is_reading(scene, part, fits, named_here, event)


def _speaks(
    scene: Scene,
    part: Part,
    rule: Rule,
    fits: Found,
    by: str,
    doer: Mention | None,
    speaker: Mention | None,
    event: Event | None,
) -> bool:
    """Whether words are the sanctioner's, or the writer's, and not what another state holds, hopes or denies."""
    negates = fits.places[0] in part.words.of("not")
    first_acts = () if negates else part.overlapping(fits.places[0])
    if any(_foreign(scene, by, one) for one in first_acts if one.type in _SPOKEN):
        return False
    said, side = speaks_for(scene, speaker), speaks_for(scene, doer)
    if event and event.type in _SPOKEN and _foreign(scene, by, event):
        return False
    if said and (said == by or scene.is_sanctioner(said)):
        return True
    if said and rule.own:
        return False
    acting = event is not None and event.type in _TELLS and by in sides(event.actors)
    if acting or (side == by and not rule.own):
        return True
    if event and event.type in _TELLS and _foreign(scene, by, event):
        return False
    first = next((speaks_for(scene, mention) for _, mention in part.acting()), None)
    return not said and (rule.own or side in (None, by) or first == by)


def _foreign(scene: Scene, by: str, event: Event) -> bool:
    """Whether those who act are all of other sides, and none that signals."""
    acting = {side for mention in event.actors if (side := speaks_for(scene, mention))}
    return bool(acting) and by not in acting and not any(map(scene.is_sanctioner, acting))


def _hit(event: Event | None, near: str | None) -> str | None:
    """The id of the body or person that a penalty hits, where it is not the state itself."""
    for mention in event.recipients if event else ():
        one = mention.actor and "." in mention.actor and mention.kind in (Kind.ORG, Kind.PERSON)
        if one and side_of(mention) == near:
            return mention.actor
    return None
