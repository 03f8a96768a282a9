"""The rules that correct the model, in the order in which they run.

Each takes an annotation and gives one; what it changed carries the rule's id in ``why``. What each rule is worth is
measured by ``bench/rules.py``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from marsad.annotate.speech import speakers
from marsad.annotate.words import Words
from marsad.knowledge import grammar, lexicon
from marsad.text.quotes import quotes
from marsad.types import Annotation, EventType, Kind, Span, Status

Rule = Callable[[Annotation], Annotation]
REFUSAL = "negated-acceptance"
#: The longest name of a law in quotation marks, in characters.
_NAME = 80


def refusal(annotation: Annotation) -> Annotation:
    """«لا نقبل», «لم تستجب»: the refusing has happened, whatever the particle says."""
    words = Words(annotation.article.text)
    negation, acceptance = lexicon.words("NEGATION"), grammar.words("ACCEPTANCE")
    triggers = list(annotation.triggers)
    for i, trigger in enumerate(triggers):
        if trigger.type is not EventType.REJECT or trigger.status is Status.ACTUAL:
            continue
        inside = words.inside(trigger.span)
        before = words.before(trigger.span, 2)
        negated = any(w in negation for w in inside)
        if negated or (any(w in acceptance for w in inside) and any(w in negation for w in before)):
            triggers[i] = replace(trigger, status=Status.ACTUAL, why=REFUSAL)
    return replace(annotation, triggers=tuple(triggers))


def law_names(annotation: Annotation) -> Annotation:
    """The name of a law goes on to its closing quotation mark, and a noun inside the marks is no act of its own.

    «قانون "حماية المدنيين من العنف"»: the model may stop at a word that is an act elsewhere.
    """
    text = annotation.article.text
    inside: list[Span] = []
    mentions = list(annotation.mentions)
    marked = quotes(text)
    starts = [quote.start for quote in marked]
    for i, mention in enumerate(mentions):
        if mention.kind is not Kind.LAW:
            continue
        k = bisect_left(starts, mention.span.start)
        if k == len(marked) or marked[k].start > mention.span.stop or len(marked[k]) > _NAME:
            continue
        inside.append(marked[k])
        if mention.span.stop <= marked[k].stop:
            mentions[i] = replace(mention, span=Span(mention.span.start, marked[k].stop + 1))
    if not inside:
        return annotation
    gone = {
        t
        for t, trigger in enumerate(annotation.triggers)
        if any(name.start <= trigger.span.start and trigger.span.stop <= name.stop for name in inside)
    }
    return without(replace(annotation, mentions=tuple(mentions)), gone)


def without(annotation: Annotation, gone: set[int]) -> Annotation:
    """The annotation without some of its triggers and their links."""
    kept = [t for t in range(len(annotation.triggers)) if t not in gone]
    place = {t: k for k, t in enumerate(kept)}
    return replace(
        annotation,
        triggers=tuple(annotation.triggers[t] for t in kept),
        links=tuple(replace(k, trigger=place[k.trigger]) for k in annotation.links if k.trigger in place),
    )


RULES: tuple[Rule, ...] = (law_names, refusal, speakers)
