"""Step: whom a mention means. Annotation in, Annotation with actors, countries and sectors out."""

from marsad.resolve.actors import resolve

__all__ = ["resolve"]
