"""Step: Article in, Annotation (mentions, triggers, links) out. The model reads, the rules here correct it."""

from marsad.annotate.annotate import annotate

__all__ = ["annotate"]
