"""Sums, counts and shares of an article, each with the act that it belongs to."""

from __future__ import annotations

from collections import defaultdict

from marsad.coding.tie import nearest
from marsad.text import amounts
from marsad.types import Amount, Annotation

NEAREST = "nearest-trigger"


def tied(annotation: Annotation) -> dict[int, list[Amount]]:
    """By trigger its amounts: each belongs to the nearest act of its sentence, in the order of the text."""
    found: dict[int, list[Amount]] = defaultdict(list)
    if not annotation.triggers:
        return found
    article = annotation.article
    triggers = annotation.by_sentence(annotation.triggers)
    for amount in amounts(article.text, article.language):
        here = triggers[annotation.sentence_of(amount.span)]
        near = nearest(article.text, [annotation.triggers[t].span for t in here], amount.span)
        if near:
            found[here[near[0][1]]].append(amount)
    return found
