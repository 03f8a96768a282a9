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
from marsad.types import Annotation, EventType, Status

Rule = Callable[[Annotation], Annotation]
REFUSAL = "negated-acceptance"


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


RULES: tuple[Rule, ...] = (refusal, speakers)
