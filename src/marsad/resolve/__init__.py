"""Step: whom a mention means. Annotation in, Annotation with countries out."""

from marsad.resolve.country import countries

__all__ = ["countries"]
