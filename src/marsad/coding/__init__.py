"""Step: Annotation in, Events out: parties, voice, items, what an event is about, and evidence for every part."""

from marsad.coding.events import events

__all__ = ["events"]
