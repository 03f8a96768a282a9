"""What rungs of every ladder have: span, day, whether it is recalled, items, and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from marsad.identity import rung_id
from marsad.knowledge.rules import Rule
from marsad.relate.cues import Found
from marsad.relate.dated import dated
from marsad.relate.scene import Part, Scene
from marsad.types import Event, EventType, Evidence, Kind, Ladder, Precision, Rung, Status

#: From this level on W is an act; below, words.
_ACTS = 6
#: Older than so many days before its article, an event is recalled.
_RECALLED = 60
_WEEK = 7
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UNSURE = frozenset({Precision.ARTICLE, Precision.UNKNOWN})
_PAST = frozenset({"past"})
#: Words for what lasts, and is nothing new.
_STATE = frozenset({"stative"})
#: What is done «despite threats» recalls them, at most so many words behind.
_DEFIED = 6
#: Acts of a sentence that tell the day of a rung without an event: those of the same kind of hand.
_ALIKE: Mapping[bool, frozenset[EventType]] = {
    True: frozenset({EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.AID}),
    False: frozenset(EventType) - {EventType.COOPERATE, EventType.AID, EventType.MOBILIZE, EventType.ASSAULT},
}


def made(scene: Scene, part: Part, rule: Rule, fits: Found, event: Event | None, ladder: Ladder, level: int) -> Rung:
    """The rung that a rule codes, without its parties and how it is told."""
    article = scene.coding.article
    span = part.words.span(fits.anchor) if rule.match or event is None else event.trigger
    spoken = (ladder is Ladder.W and level < _ACTS) or (ladder is Ladder.R and level < 2)
    past = _past(scene, part, rule, fits, event, spoken)
    day, precision = _day(scene, part, fits, event, ladder is Ladder.L, spoken, past)
    evidence = tuple(Evidence(part="rule", span=part.words.span(place), why=rule.id) for place in fits.places)
    return Rung(
        id=rung_id(article.id, span.start, span.stop, ladder.value),
        article=article.id,
        ladder=ladder,
        level=level,
        sentence=part.words.index,
        span=span,
        rule=rule.id,
        event=event.id if event else None,
        day=day,
        precision=precision,
        negated=rule.negated,
        scope=rule.scope,
        past=past,
        items=_items(part, event, article.text),
        evidence=evidence + (event.evidence if event else ()),
    )


def _day(
    scene: Scene, part: Part, fits: Found, event: Event | None, step: bool, spoken: bool, past: bool
) -> tuple[date | None, Precision]:
    """The day of the event, else one that the sentence names, else of an act that may be the same, else the article's.

    What is only recalled has no day but that of its own event.
    """
    own = event if event and event.day and not (past and event.status is Status.DENIED) else None
    sure = own is not None and own.precision not in _UNSURE
    if own and sure and not spoken:
        return own.day, own.precision
    time = dated(scene, part, fits.anchor, spoken=spoken, past=past)
    if time and not (sure and past):
        return time.first, time.precision
    if own and not (spoken and _fresh(scene, own)):
        return own.day, own.precision
    others = [one for one in part.events if one.type in _ALIKE[step] and one.status is Status.ACTUAL]
    for one in others if not past else ():
        if one.day and one.precision not in _UNSURE and not (spoken and _fresh(scene, one)):
            return one.day, one.precision
    return (scene.day, Precision.ARTICLE) if scene.day else (None, Precision.UNKNOWN)


def _fresh(scene: Scene, event: Event) -> bool:
    """Whether speech is of the days of its article, and no nearer known: «this week» is then that very day."""
    vague = event.precision not in (Precision.DAY, Precision.ARTICLE)
    return bool(vague and event.day and scene.day and (scene.day - event.day).days <= _WEEK)


def _past(scene: Scene, part: Part, rule: Rule, fits: Found, event: Event | None, spoken: bool) -> bool:
    """Whether the rung is a recalled one: by its day, by words that say so, or by a year gone by."""
    if rule.past or part.words.has(_STATE, fits.anchor):
        return True
    if event and event.day and scene.day and event.precision is not Precision.ARTICLE:
        return (scene.day - event.day).days > _RECALLED
    clause = part.words.clause(fits.anchor)
    if part.words.has(_PAST, clause):
        return True
    if any(0 <= fits.whole[0] - stop <= _DEFIED for _, stop in part.words.of("defy") if stop > clause[0]):
        return True
    if spoken and dated(scene, part, fits.anchor, spoken=True, past=False):
        return False
    years = map(int, _YEAR.findall(part.words.span(clause).of(scene.coding.article.text)))
    return any(scene.day is None or year < scene.day.year for year in years)


def _items(part: Part, event: Event | None, text: str) -> tuple[str, ...]:
    """The weapon systems named: ids where they are known, else their words."""
    arms = [m for m in (event.items if event else ()) if m.kind is Kind.ARMS]
    arms = arms or [m for m in part.mentions if m.kind is Kind.ARMS]
    return tuple(dict.fromkeys(m.actor or m.span.of(text) for m in arms))
