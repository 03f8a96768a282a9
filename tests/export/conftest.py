"""A coding in which everything is resolved: persons, offices, a former one, candidates, amounts, days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import world

from marsad.types import Amount, Candidate, Coding, Mention, Name, Precision, Sector, Span

MINISTER = {
    "actor": "RUS.GOV.MOD",
    "person": Name("أندريه فوروبيوف", "Andrei Vorobyov"),
    "office": Name("نائب وزير الدفاع", "Deputy Minister of Defence"),
    "why": "name.office-agrees",
}


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def amounts(text: str) -> tuple[Amount, ...]:
    """What the article tells of civilians, and two that no article would have at these places."""
    return (
        Amount(span=span(text, "خمسة مدنيين"), low=5, high=5, unit="count", of="مدنيين"),
        Amount(span=span(text, "دارفور"), low=4.2e9, high=4.2e9, unit="USD"),
        Amount(span=span(text, "القاهرة"), low=20, high=99, unit="km"),
    )


@pytest.fixture(scope="session")
def known() -> Coding:
    """The invented article of tests/world.py with whom its mentions mean."""
    coding = world.handmade()
    text = coding.article.text
    several = (Candidate("SDN.GOV.MOD", 0.91), Candidate("SDN.MIL", 0.7), Candidate("SDN.GOV.MOD", 0.6))
    told: dict[str, dict[str, object]] = {
        "نائب وزير الدفاع الروسي، أندريه فوروبيوف": MINISTER,
        "وزير الدفاع السوداني، ياسين الطاهر": {
            "actor": "SDN.GOV.MOD",
            "person": Name("ياسين الطاهر", ""),
            "office": Name("وزير الدفاع", "Minister of Defence"),
            "former": True,
            "candidates": several,
        },
        "الخرطوم": {"actor": "SDN", "office": Name("السودان", "Sudan")},
        "وزارة الخارجية الأميركية": {"actor": "USA.GOV.MFA", "office": Name("وزارة الخارجية", "foreign ministry")},
        "خمسة مدنيين": {"actor": "SDN.CVL", "office": Name("قائد", "commander")},
        "قوات الدعم السريع": {"actor": "SDN.RSF", "office": Name("قوات الدعم السريع", "Rapid Support Forces")},
        "منظومة «بانتسير» للدفاع الجوي": {"actor": "RUS.PANTSIR", "office": Name("بانتسير", "Pantsir")},
        "صحيفة «النيل الجديد»": {"actor": "UN", "country": "IGO", "sector": Sector.IGO,
                                  "office": Name("الأمم المتحدة", "United Nations")},
    }  # fmt: skip
    new: dict[Mention, Mention] = {}
    for mention in coding.mentions:
        facts = told.get(mention.span.of(text), {})
        new[mention] = replace(mention, **facts)  # type: ignore[arg-type]
    events = [
        replace(
            event,
            actors=tuple(new[one] for one in event.actors),
            recipients=tuple(new[one] for one in event.recipients),
            items=tuple(new[one] for one in event.items),
            speaker=event.speaker and new[event.speaker],
            place=event.place and new[event.place],
        )
        for event in coding.events
    ]
    at = next(n for n, event in enumerate(events) if event.mode == "heavy-weapons")
    events[at] = replace(events[at], amounts=amounts(text), day=date(2026, 3, 1), precision=Precision.WEEK)
    return replace(coding, mentions=tuple(new.values()), events=tuple(events))
