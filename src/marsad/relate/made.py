"""What rungs of every ladder have: span, day, whether it is recalled, items, and what they rest on."""

from __future__ import annotations

import re
from datetime import date

from marsad.identity import rung_id
from marsad.knowledge.rules import Rule
from marsad.relate.cues import Found
from marsad.relate.scene import Part, Scene
from marsad.types import Event, Evidence, Kind, Ladder, Precision, Rung

#: Older than so many days before its article, an event is recalled.
_RECALLED = 60
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UNSURE = frozenset({Precision.ARTICLE, Precision.UNKNOWN})


def made(scene: Scene, part: Part, rule: Rule, fits: Found, event: Event | None, ladder: Ladder, level: int) -> Rung:
    """The rung that a rule codes, without its parties and how it is told."""
    article = scene.coding.article
    span = part.words.span(fits.anchor) if rule.match or event is None else event.trigger
    day, precision = _day(scene, part, event)
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
        past=_past(scene, part, rule, fits, event),
        items=_items(part, event, article.text),
        evidence=evidence + (event.evidence if event else ()),
    )


def _day(scene: Scene, part: Part, event: Event | None) -> tuple[date | None, Precision]:
    """The day of the event, else of another one in the sentence, else that of the article."""
    for one in (event, *part.events):
        if one and one.day and one.precision not in _UNSURE:
            return one.day, one.precision
    if event and event.day:
        return event.day, event.precision
    return (scene.day, Precision.ARTICLE) if scene.day else (None, Precision.UNKNOWN)


def _past(scene: Scene, part: Part, rule: Rule, fits: Found, event: Event | None) -> bool:
    """Whether the rung is a recalled one: by its day, by words that say so, or by a year gone by."""
    if rule.past:
        return True
    if event and event.day and scene.day and event.precision is not Precision.ARTICLE:
        return (scene.day - event.day).days > _RECALLED
    clause = part.words.clause(fits.anchor)
    if part.words.has(frozenset({"past"}), clause):
        return True
    years = map(int, _YEAR.findall(part.words.span(clause).of(scene.coding.article.text)))
    return any(scene.day is None or year < scene.day.year for year in years)


def _items(part: Part, event: Event | None, text: str) -> tuple[str, ...]:
    """The weapon systems named: ids where they are known, else their words."""
    arms = [m for m in (event.items if event else ()) if m.kind is Kind.ARMS]
    arms = arms or [m for m in part.mentions if m.kind is Kind.ARMS]
    return tuple(dict.fromkeys(m.actor or m.span.of(text) for m in arms))
