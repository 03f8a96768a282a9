"""The line format: one JSON object an article, in order. ``docs/*/lines.md`` describes it; it is stable.

Offsets count code points of the article's text and are half open. ``actors``, ``recipients``, ``speaker`` and
``items`` are indexes into ``mentions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from marsad.types import Amount, Coding, Event, Mention, Name, Skipped, Span

#: Decimal places of a score: more is noise, and would let the last bit of a machine show.
PLACES = 4

_encoder = msgspec.json.Encoder()


def _range(span: Span) -> dict[str, Any]:
    return {"start": span.start, "stop": span.stop}


def _name(name: Name) -> dict[str, str | None]:
    return {"ar": name.ar or None, "en": name.en or None}


def _mention(mention: Mention, text: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        **_range(mention.span),
        "text": mention.span.of(text),
        "kind": mention.kind,
        "actor": mention.actor,
        "country": mention.country,
        "sector": mention.sector,
        "score": round(mention.score, PLACES),
    }
    if mention.person:
        made["person"] = _name(mention.person)
    if mention.office:
        made["office"] = _name(mention.office)
    if mention.former:
        made["former"] = True
    if mention.candidates:
        made["candidates"] = [{"actor": c.actor, "score": round(c.score, PLACES)} for c in mention.candidates]
    if mention.why:
        made["why"] = mention.why
    return made


def _number(value: float | None) -> float | int | None:
    """A whole number without a point: 4200000000 reads better than 4200000000.0."""
    return int(value) if value is not None and float(value).is_integer() else value


def _amount(amount: Amount, text: str) -> dict[str, Any]:
    return {
        **_range(amount.span),
        "text": amount.span.of(text),
        "low": _number(amount.low),
        "high": _number(amount.high),
        "unit": amount.unit,
        "of": amount.of,
    }


def _event(event: Event, text: str, index: Mapping[Mention, int]) -> dict[str, Any]:
    place = event.place
    made: dict[str, Any] = {
        "id": event.id,
        "sentence": event.sentence,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "contexts": event.contexts,
        "trigger": {**_range(event.trigger), "text": event.trigger.of(text)},
        "actors": [index[mention] for mention in event.actors],
        "recipients": [index[mention] for mention in event.recipients],
        "speaker": None if event.speaker is None else index[event.speaker],
        "voice": event.voice,
        "day": event.day,
        "precision": event.precision,
        "place": None if place is None else {**_range(place.span), "country": place.country},
        "score": round(event.score, PLACES),
        "evidence": [{"part": part.part, **_range(part.span), "why": part.why} for part in event.evidence],
    }
    if event.items:
        made["items"] = [index[mention] for mention in event.items]
    if event.amounts:
        made["amounts"] = [_amount(amount, text) for amount in event.amounts]
    if event.about:
        made["about"] = event.about
    return made


def record(item: Coding | Skipped, *, text: bool = False) -> dict[str, Any]:
    """``item`` as the object of its line.

    ``text`` stands in it where it is asked for, or is not what the input holds; ``measured`` (false, for a language
    without published figures), ``items``, ``amounts`` and ``about`` of an event, ``person``, ``office``, ``former``,
    ``candidates`` and ``why`` of a mention only where there is something to say. Every party of an event has to stand
    in ``coding.mentions``.
    """
    if isinstance(item, Skipped):
        return {"id": item.given, "line": item.line, "error": {"code": item.code, "message": item.message}}
    article, words = item.article, item.article.text
    index = {mention: number for number, mention in enumerate(item.mentions)}
    made: dict[str, Any] = {
        "id": article.given,
        "article": article.id,
        "language": article.language,
        "coder": item.coder,
        "title": None if article.title is None else (article.title.start, article.title.stop),
        **({"text": words} if text or article.drawn else {}),
        "sentences": [(span.start, span.stop) for span in item.sentences],
        "mentions": [_mention(mention, words) for mention in item.mentions],
        "events": [_event(event, words, index) for event in item.events],
    }
    if not item.measured:
        made["measured"] = False
    return made


def line(item: Coding | Skipped, *, text: bool = False) -> bytes:
    r"""``item`` as one line of UTF-8, its end included; with its ``text`` as in :func:`record`.

    >>> line(Skipped(code="empty", message="-: no text in it", given="7", line=2))
    b'{"id":"7","line":2,"error":{"code":"empty","message":"-: no text in it"}}\n'
    """
    return _encoder.encode(record(item, text=text)) + b"\n"
