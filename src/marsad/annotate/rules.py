"""The rules that correct the model, in the order in which they run.

Each takes an annotation and gives one; what it changed carries the rule's id in ``why``. What each rule is worth is
measured by ``bench/rules.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from marsad.annotate.speech import speakers
from marsad.annotate.words import Words
from marsad.knowledge import grammar, lexicon
from marsad.types import ACTING, Annotation, EventType, Link, Role, Status

Rule = Callable[[Annotation], Annotation]
REFUSAL, VICTIM = "negated-acceptance", "victim-after-noun"


def refusal(annotation: Annotation) -> Annotation:
    """«لا نقبل», «لن نسمح»: the refusing has happened, whatever the particle says."""
    words = Words(annotation.article.text)
    negation, acceptance = lexicon.words("NEGATION"), grammar.words("ACCEPTANCE")
    triggers = list(annotation.triggers)
    for i, trigger in enumerate(triggers):
        if trigger.type is not EventType.REJECT or trigger.status is Status.ACTUAL:
            continue
        inside = words.inside(trigger.span)
        before = words.before(trigger.span, 2)
        if any(w in acceptance for w in inside) and any(w in negation for w in (*before, *inside)):
            triggers[i] = replace(trigger, status=Status.ACTUAL, why=REFUSAL)
    return replace(annotation, triggers=tuple(triggers))


def victims(annotation: Annotation) -> Annotation:
    """«مقتل ثلاثة جنود»: whom the noun names next is the victim, never the one who did it."""
    words = Words(annotation.article.text)
    death = grammar.words("DEATH")
    links = list(annotation.links)
    starts = {m.span.start: i for i, m in enumerate(annotation.mentions) if m.kind in ACTING}
    for t, trigger in enumerate(annotation.triggers):
        if trigger.type is not EventType.ASSAULT or not any(w in death for w in words.inside(trigger.span)):
            continue
        after = words.next_start(trigger.span)
        mention = starts.get(after) if after is not None else None
        if mention is None:
            continue
        links = [k for k in links if not (k.trigger == t and k.mention == mention and k.role is Role.ACTOR)]
        if not any(k.trigger == t and k.mention == mention and k.role is Role.RECIPIENT for k in links):
            links.append(Link(trigger=t, mention=mention, role=Role.RECIPIENT, why=VICTIM))
    return replace(annotation, links=tuple(sorted(links, key=lambda k: (k.trigger, k.mention, k.role))))


RULES: tuple[Rule, ...] = (refusal, victims, speakers)
