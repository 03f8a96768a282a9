"""Triggers and links to events, each part with its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from marsad.coding.about import about, told
from marsad.coding.amounts import NEAREST, tied
from marsad.coding.days import days
from marsad.coding.merge import merge
from marsad.coding.voice import Voices
from marsad.identity import event_id
from marsad.types import Annotation, Event, Evidence, Kind, Link, Mention, Role, Span, Trigger

_ITEMS = frozenset({Kind.ARMS, Kind.LAW})
_PART = {Role.ACTOR: "actor", Role.RECIPIENT: "recipient", Role.SPEAKER: "speaker", Role.PLACE: "place"}


def _items(annotation: Annotation) -> dict[int, list[Mention]]:
    """ARMS and LAW mentions by the trigger that they stand nearest to, within one sentence."""
    tied: dict[int, list[Mention]] = defaultdict(list)
    triggers = annotation.by_sentence(annotation.triggers)
    for mention in annotation.mentions:
        if mention.kind in _ITEMS and (near := triggers[annotation.sentence_of(mention.span)]):
            tied[min(near, key=lambda t: (_gap(annotation.triggers[t].span, mention.span), t))].append(mention)
    return tied


def _gap(trigger: Span, item: Span) -> int:
    """Characters between, counted three times where the item comes first: a verb stands before its objects."""
    return item.start - trigger.stop if item.start >= trigger.start else 3 * (trigger.start - item.stop)


def _evidence(
    trigger: Trigger, links: Sequence[Link], mentions: Sequence[Mention], items: Sequence[Mention]
) -> list[Evidence]:
    found = [Evidence(part="trigger", span=trigger.span, why=trigger.why)]
    for link in links:
        mention = mentions[link.mention]
        found.append(Evidence(part=_PART[link.role], span=mention.span, why=link.why or trigger.why))
        if mention.country and mention.why and mention.why != trigger.why:
            found.append(Evidence(part=f"{_PART[link.role]}.country", span=mention.span, why=mention.why))
    found += [Evidence(part="item", span=item.span, why=NEAREST) for item in items]
    return found


def events(annotation: Annotation, coder: str) -> tuple[Event, ...]:
    """The events of an article, in the order of the text.

    What one sentence says twice is one event; what two sentences say stays two.
    """
    article = annotation.article
    voices = Voices(annotation)
    links: dict[int, list[Link]] = defaultdict(list)
    for link in annotation.links:
        links[link.trigger].append(link)
    items = _items(annotation)
    when = days(annotation)
    sums = tied(annotation)
    found: list[Event] = []
    for t, trigger in enumerate(annotation.triggers):
        k = annotation.sentence_of(trigger.span)
        of = {role: [annotation.mentions[x.mention] for x in links[t] if x.role == role] for role in Role}
        speaker = of[Role.SPEAKER][0] if of[Role.SPEAKER] else None
        voice, evidence = voices.of(trigger, speaker, of[Role.ACTOR], annotation.sentences[k])
        found.append(
            Event(
                id=event_id(article.id, trigger.span.start, trigger.span.stop, str(trigger.type)),
                article=article.id,
                sentence=k,
                trigger=trigger.span,
                type=trigger.type,
                mode=trigger.mode,
                status=trigger.status,
                contexts=trigger.contexts,
                actors=tuple(of[Role.ACTOR]),
                recipients=tuple(of[Role.RECIPIENT]),
                speaker=speaker,
                voice=voice,
                day=when[t].day,
                precision=when[t].precision,
                place=of[Role.PLACE][0] if of[Role.PLACE] else None,
                items=tuple(items[t]),
                amounts=tuple(sums[t]),
                score=trigger.score,
                coder=coder,
                evidence=(
                    *_evidence(trigger, links[t], annotation.mentions, items[t]),
                    *((day,) if (day := when[t].evidence) else ()),
                    *(Evidence(part="amount", span=amount.span, why=NEAREST) for amount in sums[t]),
                    *evidence,
                ),
            )
        )
    merged = merge(found, article.text)
    return told([replace(event, about=target) for event, target in zip(merged, about(merged), strict=True)])
