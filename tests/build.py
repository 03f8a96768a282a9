"""Annotations written by hand: phrases named by their words, so that a test reads like the sentence."""

from __future__ import annotations

from datetime import date

from marsad.text import sentences
from marsad.types import Annotation, Article, EventType, Kind, Link, Mention, Role, Sector, Span, Status, Trigger


def span(text: str, words: str, nth: int = 1) -> Span:
    """Where ``words`` stand in ``text`` for the ``nth`` time."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def annotation(text, mentions=(), triggers=(), links=(), published=date(2025, 9, 16)):
    """``mentions``: (words, kind[, country[, nth]]); ``triggers``: (words, type[, status]); ``links``: (t, m, role)."""
    made = [
        Mention(
            span=span(text, row[0], row[3] if len(row) > 3 else 1),
            kind=Kind(row[1]),
            country=row[2] if len(row) > 2 else None,
            sector=Sector.GOV if row[1] in ("ORG", "OFFICE", "PERSON", "STATE", "GROUP") else None,
        )
        for row in mentions
    ]
    found = [
        Trigger(
            span=span(text, row[0]),
            type=EventType(row[1]),
            status=Status(row[2] if len(row) > 2 else "ACTUAL"),
            score=0.8,
            why="model test",
        )
        for row in triggers
    ]
    return Annotation(
        article=Article(id="a1", text=text, published=published),
        sentences=tuple(sentences(text)),
        mentions=tuple(made),
        triggers=tuple(found),
        links=tuple(Link(trigger=t, mention=m, role=Role(role)) for t, m, role in links),
    )
