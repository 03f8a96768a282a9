"""Rungs of W and R: what a sanctioner signals, does, or takes back."""

from __future__ import annotations

from dataclasses import replace

from marsad.knowledge.rules import Rule
from marsad.relate import telling
from marsad.relate.cues import LAW, Found, found, named
from marsad.relate.made import made
from marsad.relate.parties import about, sanctioner, subject
from marsad.relate.scene import Part, Scene, guessed, side_of, sides, speaks_for
from marsad.types import Addressee, Event, EventType, Kind, Ladder, Mention, Rung, Scope, SourceKind, Status, Voice

#: The most that somebody's reading of W comes to.
READING = 3
#: From this level on W is an act; below, words.
_ACTS = 6
#: Speech that stays what it is, whoever reads something into it.
_RESERVED = 1
#: From this level on somebody is warned, which no denial may come to.
_WARNS = 4
_NEGATIONS = frozenset({"not", "hesitate", "noexempt", "doubtless", "exclude"})
#: What relief comes to that is only talked of, and the acts that grant it.
_TALKED = 1
#: Costly acts are signals only where it is a state that often sanctions.
_COSTS = frozenset({6, 7})
_RELIEF = frozenset({EventType.CONCEDE, EventType.RETREAT, EventType.AID})
_SPOKEN = frozenset({EventType.REJECT, EventType.THREATEN, EventType.ACCUSE, EventType.REQUEST})
_TELLS = _SPOKEN | {EventType.SANCTION}
#: Acts that punish or warn: one that is DENIED is none.
_PENAL = frozenset({EventType.SANCTION, EventType.THREATEN, EventType.COERCE})
_REFUSALS = frozenset({"refuse", "deny"})
_IMMEDIATE = frozenset({"immediate"})
#: What is told to be untrue altogether is no denial of «imminent» sanctions alone.
_UNTRUE = frozenset({"untrue"})
#: The level of a denial.
_DENIES = -1


def signal(
    scene: Scene, part: Part, rule: Rule, fits: Found, event: Event | None, main: str | None, kind: SourceKind | None
) -> Rung | None:
    """The rung of W or R that a rule codes; None where no sanctioner is known, or the words are not its own.

    ``main`` is the side that the article deals with, ``kind`` what sort of source published it.
    """
    rule = _unless_denied(part, rule, fits, event)
    if rule.level is None or rule.ladder is None:
        return None
    ladder, law = rule.ladder, next(iter(named(part.words, LAW)), None)
    by, mention = sanctioner(scene, part, fits, event, law)
    if by is None and (rule.ladder is Ladder.W or not rule.match):
        return None
    if rule.ladder is Ladder.W and rule.level in _COSTS and not scene.is_sanctioner(by):
        by, mention = _maker(scene, part), None  # «Turkey was put out of the F-35 programme»
        if by is None:
            return None
    if by and not scene.is_sanctioner(by) and _strikes_back(scene, part, fits, event):
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
    clause = part.words.clause(fits.anchor)
    if rule.instead and part.words.has(frozenset({rule.instead.words}), clause) and not part.words.has(_UNTRUE, clause):
        other = rule.instead
        rule = replace(rule, id=other.id, level=other.level, scope=other.scope or rule.scope, instead=None)
    level = rule.level
    if level is None:
        return None
    kept = _guarded(scene, part, rule, fits)
    if kept is not None:
        level = kept
    if event and rule.ladder is Ladder.R and event.status is not Status.ACTUAL and event.type in _RELIEF:
        if event.status is Status.DENIED:
            return None
        level = level if rule.match else _TALKED
    if reading and rule.ladder is Ladder.W:
        level = min(level, READING)
    spoken = rule.ladder is Ladder.W and level < _ACTS
    anonymous = telling.is_anonymous(part, speaker or (mention if spoken else None))
    addressee = telling.addressee_of(part, fits)
    general = addressee is not None and (rule.general or level < READING or rule.ladder is not Ladder.W)
    near, counterpart = about(scene, part, fits, event, by, general, law, main)
    if rule.general and (addressee or near not in sides(part.mentions)):
        near = None
    rung = made(scene, part, rule, fits, event, ladder, level)
    voice = telling.voice_of(scene, rung.span, speaker, event, anonymous)
    if kind is SourceKind.OFFICIAL and voice is Voice.REPORT:
        voice = Voice.PARAPHRASE
    return replace(
        rung,
        status=_status(rule, event),
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


def _status(rule: Rule, event: Event | None) -> Status:
    """That of the event; but what words say was granted is no mere possibility, as its noun («إعفاء») may look."""
    if event is None:
        return Status.ACTUAL
    granted = rule.ladder is Ladder.R and bool(rule.match) and (rule.level or 0) > _TALKED and event.type in _RELIEF
    return Status.ACTUAL if granted and event.status is Status.POSSIBLE else event.status


def _maker(scene: Scene, part: Part) -> str | None:
    """The sanctioner whose arms a sentence names."""
    made_by = (side_of(one) for one in part.mentions if one.kind is Kind.ARMS)
    return next((side for side in made_by if scene.is_sanctioner(side)), None)


def _strikes_back(scene: Scene, part: Part, fits: Found, event: Event | None) -> bool:
    """Whether it is those who sanction that are hit: by its event, else by who stands first behind the words."""
    hit = sides(event.recipients) if event else []
    behind = [side for at, one in part.acting() if at[0] >= fits.anchor[1] and (side := side_of(one))]
    return any(map(scene.is_sanctioner, hit or behind[:1]))


def _unless_denied(part: Part, rule: Rule, fits: Found, event: Event | None) -> Rule:
    """The rule; that of a denial instead, where it warns or punishes and the act that its words tell is DENIED.

    So no denied act comes to a warning, whatever words stand around it.
    """
    if rule.ladder is not Ladder.W or (rule.level or 0) < _WARNS or _negates(rule):
        return rule
    on = [one for words in fits.places for one in part.overlapping(words)] + ([event] if event else [])
    denied = [one for one in on if one.type in _PENAL and one.status is Status.DENIED]
    refused = rule.level in _COSTS and any(part.words.has(_REFUSALS, words) for words in fits.places)
    if not denied or refused:  # a licence refused is no denial that one was
        return rule
    kept = part.words.has(_IMMEDIATE, part.words.clause(fits.anchor))
    scope = Scope.IMMEDIATE if kept else Scope.ANY
    return replace(rule, level=_RESERVED if kept else _DENIES, negated=True, scope=scope, instead=None)


def _guarded(scene: Scene, part: Part, rule: Rule, fits: Found) -> int | None:
    """What is left of a warning inside a denial or a reservation; None where there is none, or it is one itself."""
    if rule.ladder is not Ladder.W or (rule.level or 0) < _WARNS or _negates(rule):
        return None
    clause = part.words.clause(fits.anchor)
    named_here = [at for at in part.words.of("sanction") if clause[0] <= at[0] < clause[1]]
    anchors = [fits.anchor] if rule.match else named_here
    nameless = part.words.of("anonymity")
    for level, patterns in scene.book.guard.items():
        for frame in (one for pattern in patterns for at in anchors for one in found(pattern, part.words, at)):
            if not any(a <= start and stop <= b for start, stop in frame.places for a, b in nameless):
                return level
    return None


def _negates(rule: Rule) -> bool:
    """Whether a rule reckons with a negation: «will not hesitate», "did not rule out"."""
    return any(not element.classes.isdisjoint(_NEGATIONS) for pattern in rule.match for element in pattern)


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
    if event and speaker and _silent(event) and _other(by, speaker, event):
        return False
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


def _other(by: str, speaker: Mention, event: Event) -> bool:
    """Whether it is a body of another side that keeps silent, or one whose side is only guessed."""
    if speaker.kind is Kind.ORG and guessed(speaker):
        return True
    return speaker.kind is not Kind.PERSON and by not in (side_of(speaker), *sides(event.actors))


def _silent(event: Event) -> bool:
    """Whether an act is a refusal to speak."""
    return event.type is EventType.REJECT and event.mode == "comment"


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
