"""What one sentence says twice («العقوبات المفروضة … هذه العقوبات») is one event, at its fuller mention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from marsad.text import fold_text, light_stem
from marsad.types import Event, Evidence, Mention, Precision, Status

MERGED = "said-twice"
#: Characters between two words for one act.
_NEAR = 30


def _parties(mentions: Sequence[Mention]) -> frozenset[tuple[str | None, int]]:
    """Who, by country where known; by place in the text where not."""
    return frozenset((m.country, 0) if m.country else (None, m.span.start) for m in mentions)


def _agree(a: Sequence[Mention], b: Sequence[Mention]) -> bool:
    return not a or not b or _parties(a) == _parties(b)


def _fullness(event: Event) -> int:
    return 2 * len(event.actors) + 2 * len(event.recipients) + (event.speaker is not None) + (event.place is not None)


def _stem(event: Event, text: str) -> str:
    words = event.trigger.of(text).split()
    return light_stem(fold_text(words[-1])) if words else ""


def _apart(a: Event, b: Event) -> bool:
    """Whether the sentence gives the two different days."""
    dated = not {a.precision, b.precision} & {Precision.ARTICLE, Precision.UNKNOWN}
    return dated and (a.day, a.precision) != (b.day, b.precision)


def same(a: Event, b: Event, text: str) -> bool:
    """Whether two events of one sentence name one act: one type, mode, status and stem; parties and days that agree."""
    return (
        a.sentence == b.sentence
        and (a.type, a.mode, a.status) == (b.type, b.mode, b.status)
        and a.status is Status.ACTUAL
        and not _apart(a, b)
        and (_agree_on_words(a, b, text) or _agree_on_parties(a, b))
    )


def _agree_on_words(a: Event, b: Event, text: str) -> bool:
    """One stem, and parties that do not contradict each other."""
    return _stem(a, text) == _stem(b, text) and _agree(a.actors, b.actors) and _agree(a.recipients, b.recipients)


def _agree_on_parties(a: Event, b: Event) -> bool:
    """The same named parties on both sides, close together: «العقوبات الأميركية المفروضة على إيران»."""
    both = all((a.actors, a.recipients, b.actors, b.recipients))
    near = b.trigger.start - a.trigger.stop <= _NEAR
    return both and near and _agree(a.actors, b.actors) and _agree(a.recipients, b.recipients)


def _join(fuller: Event, other: Event) -> Event:
    """``fuller`` with what only ``other`` says, and the other's trigger as further evidence."""
    return replace(
        fuller,
        actors=fuller.actors or other.actors,
        recipients=fuller.recipients or other.recipients,
        speaker=fuller.speaker or other.speaker,
        place=fuller.place or other.place,
        items=tuple(dict.fromkeys((*fuller.items, *other.items))),
        amounts=tuple(dict.fromkeys((*fuller.amounts, *other.amounts))),
        score=max(fuller.score, other.score),
        evidence=(*fuller.evidence, Evidence(part="trigger", span=other.trigger, why=MERGED)),
    )


def _double(kept: Sequence[Event], event: Event, text: str) -> int | None:
    """Where in ``kept`` the same act of the same sentence stands."""
    for i in range(len(kept) - 1, -1, -1):
        if kept[i].sentence != event.sentence:
            return None
        if same(kept[i], event, text):
            return i
    return None


def merge(events: Sequence[Event], text: str) -> list[Event]:
    """The events with doubles of one sentence joined, in the order of the text."""
    kept: list[Event] = []
    for event in events:
        double = _double(kept, event, text)
        if double is None:
            kept.append(event)
        else:
            first, second = kept[double], event
            fuller_first = _fullness(first) >= _fullness(second)
            kept[double] = _join(first, second) if fuller_first else _join(second, first)
    return kept
