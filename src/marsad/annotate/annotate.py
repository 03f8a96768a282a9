"""Sentences through the model, then the rules, each leaving its id in ``why``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from marsad.annotate.rules import RULES, Rule
from marsad.model import Found
from marsad.model.load import join
from marsad.text import clauses, sentences
from marsad.types import Annotation, Article, Span

#: Words of a sentence beyond which it is cut at clause starts before the model reads it.
LONGEST = 90

#: What reads a range of a text: the trained model, or a stand-in of the tests.
Reads = Callable[[str, Span], Found]


def pieces(text: str, spans: Sequence[Span]) -> list[Span]:
    """What the model is given: the sentences, the long ones cut at clause starts."""
    return [piece for span in spans for piece in clauses(text, span, LONGEST)]


def annotate(article: Article, read: Reads, rules: Sequence[Rule] = RULES) -> Annotation:
    """Mentions, triggers and links of an article; every span points into its text."""
    text = article.text
    spans = sentences(text, article.title)
    found = [read(text, piece) for piece in pieces(text, spans)]
    whole = join(found) if found else Found()
    annotation = Annotation(
        article=article,
        sentences=tuple(spans),
        mentions=whole.mentions,
        triggers=whole.triggers,
        links=whole.links,
    )
    for rule in rules:
        annotation = rule(annotation)
    return annotation
