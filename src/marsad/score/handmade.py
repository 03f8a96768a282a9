"""Codings made by hand: a row of gold with its entities and events, as the coder would give it.

So a step behind the coder can be measured by itself: on what is in the text, and not on what was found of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from marsad.errors import GoldError
from marsad.identity import article_id, event_id
from marsad.text import sentences
from marsad.types import (
    Article,
    Coding,
    Event,
    EventType,
    Evidence,
    Kind,
    Mention,
    Precision,
    Sector,
    Span,
    Status,
    Voice,
)

BY_HAND = "by-hand"
_ITEMS = frozenset({Kind.ARMS, Kind.LAW})


def article_of(row: Mapping[str, Any]) -> Article:
    """The article of a row: ``text``, with ``title``, ``published``, ``url``, ``source``, ``lang`` where it has them.

    A title that the text does not begin with stands before it, and offsets count in the whole, as in the line format.
    """
    text, title, span = row["text"], row.get("title"), None
    if title:
        text = text if text.startswith(title) else f"{title}\n\n{text}"
        span = Span(0, len(title))
    published = row.get("published")
    return Article(
        id=article_id(text, row.get("url"), row.get("source")),
        text=text,
        title=span,
        url=row.get("url"),
        source=row.get("source"),
        published=date.fromisoformat(published) if published else None,
        published_from="input" if published else None,
        language=row.get("lang", "ar"),
        given=row.get("id"),
    )


def coding_of(row: Mapping[str, Any]) -> Coding:
    """The coding that the entities and events of a row make.

    The form is that of ``gold/`` (``gold/README.md``); besides, an entity may have ``actor``, an event ``day``,
    ``precision``, ``items`` (else the ARMS and LAW entities nearest to its trigger) and ``about`` (the number of
    another event). Raises :class:`~marsad.errors.GoldError` for a row that is not of that form.

    >>> row = {"id": "1", "text": "زار لافروف بغداد.", "lang": "ar",
    ...        "entities": [{"start": 4, "stop": 10, "type": "PERSON", "code": "RUS", "sector": "GOV"}],
    ...        "events": [{"trigger": [0, 3], "type": "CONSULT", "mode": "visit", "status": "ACTUAL", "actors": [0]}]}
    >>> coding_of(row).events[0].actors[0].country
    'RUS'
    """
    try:
        return _coding(row)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        what = f"a row that is not of the form of gold ({type(error).__name__}: {error})"
        raise GoldError(what, where=str(row.get("id")), do="see gold/README.md for the form") from error


def _coding(row: Mapping[str, Any]) -> Coding:
    article = article_of(row)
    spans = tuple(sentences(article.text, article.title))
    mentions = tuple(_mention(item) for item in row.get("entities", ()))
    given = row.get("events", ())
    triggers = [Span(*item["trigger"]) for item in given]
    items = _items(triggers, mentions, spans)
    ids = [
        event_id(article.id, trigger.start, trigger.stop, item["type"])
        for trigger, item in zip(triggers, given, strict=True)
    ]
    events = tuple(
        _event(item, article, spans, mentions, own, ids, number)
        for number, (item, own) in enumerate(zip(given, items, strict=True))
    )
    return Coding(
        article=article,
        sentences=spans,
        mentions=tuple(sorted(mentions, key=lambda mention: mention.span)),
        events=tuple(sorted(events, key=lambda event: event.trigger)),
        coder=BY_HAND,
    )


def _mention(item: Mapping[str, Any]) -> Mention:
    return Mention(
        span=Span(item["start"], item["stop"]),
        kind=Kind(item["type"]),
        sector=Sector(item["sector"]) if item.get("sector") else None,
        country=item.get("code") or None,
        actor=item.get("actor") or None,
    )


def _sentence(spans: Sequence[Span], at: Span) -> int:
    return next((number for number, span in enumerate(spans) if at.start < span.stop), len(spans) - 1)


def _items(triggers: Sequence[Span], mentions: Sequence[Mention], spans: Sequence[Span]) -> list[list[Mention]]:
    """For each trigger the ARMS and LAW mentions of its sentence that stand nearest to it."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        here = _sentence(spans, mention.span)
        near = [number for number, trigger in enumerate(triggers) if _sentence(spans, trigger) == here]
        if mention.kind in _ITEMS and near:
            found[min(near, key=lambda number: (_gap(triggers[number], mention.span), number))].append(mention)
    return [found[number] for number in range(len(triggers))]


def _gap(trigger: Span, item: Span) -> int:
    return max(item.start - trigger.stop, trigger.start - item.stop)


def _event(
    item: Mapping[str, Any],
    article: Article,
    spans: Sequence[Span],
    mentions: Sequence[Mention],
    items: Sequence[Mention],
    ids: Sequence[str],
    number: int,
) -> Event:
    trigger = Span(*item["trigger"])
    day = date.fromisoformat(item["day"]) if item.get("day") else article.published
    unsaid = Precision.ARTICLE if day else Precision.UNKNOWN
    precision = item.get("precision") or (Precision.DAY if item.get("day") else unsaid)
    about = item.get("about")
    return Event(
        id=ids[number],
        article=article.id,
        sentence=_sentence(spans, trigger),
        trigger=trigger,
        type=EventType(item["type"]),
        status=Status(item["status"]),
        evidence=(Evidence(part="trigger", span=trigger, why=BY_HAND),),
        mode=item.get("mode") or None,
        contexts=tuple(item.get("context") or ()),
        actors=tuple(mentions[k] for k in item.get("actors") or ()),
        recipients=tuple(mentions[k] for k in item.get("recipients") or ()),
        speaker=mentions[item["speaker"]] if item.get("speaker") is not None else None,
        voice=Voice(item.get("voice") or "report"),
        day=day,
        precision=Precision(precision),
        items=tuple(mentions[k] for k in item["items"]) if item.get("items") else tuple(items),
        about=ids[about] if about is not None else None,
        coder=BY_HAND,
    )
