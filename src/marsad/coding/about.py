"""Which act a denial, a threat or a demand is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from marsad.types import Event, EventType, Evidence, Status, Voice

CONTENT = "content-of-speech-act"
#: Speech acts that take another act as their content, and the statuses that such a content has, best first.
_ABOUT: dict[EventType, tuple[Status, ...]] = {
    EventType.REJECT: (Status.DENIED, Status.POSSIBLE, Status.PLANNED),
    EventType.THREATEN: (Status.POSSIBLE, Status.PLANNED),
    EventType.REQUEST: (Status.POSSIBLE, Status.PLANNED),
    EventType.AGREE: (Status.PLANNED, Status.POSSIBLE),
    EventType.ACCUSE: (Status.ACTUAL, Status.POSSIBLE, Status.DENIED),
}
#: How far on the content may begin, in characters after the speech act.
_REACH = 160


def about(events: Sequence[Event]) -> list[str | None]:
    """For each event, the id of the event that it is about, or None.

    The content is the nearest event after it in the sentence whose status fits; events are in the order of the text.
    """
    found: list[str | None] = []
    for i, event in enumerate(events):
        wanted = _ABOUT.get(event.type)
        best: tuple[int, int, str] | None = None
        for other in events[i + 1 :] if wanted else ():
            gap = other.trigger.start - event.trigger.stop
            if other.sentence != event.sentence or gap > _REACH:
                break
            if wanted and other.status in wanted:
                rank = (wanted.index(other.status), gap, other.id)
                best = min(best, rank) if best else rank
        found.append(best[2] if best else None)
    return found


def told(events: Sequence[Event]) -> tuple[Event, ...]:
    """The content of a speech act is told in the words of who performed it, where the sentence names no other speaker.

    «طالبت أنقرة بسحب القوات»: the withdrawal is what Ankara says, not what the writer states.
    """
    acts = {event.about: event for event in events if event.about and event.actors}
    found = []
    for event in events:
        act = acts.get(event.id)
        if act and event.voice is Voice.REPORT and event.status is not Status.ACTUAL:
            why = Evidence(part="voice", span=act.trigger, why=CONTENT)
            kept = tuple(e for e in event.evidence if e.part != "voice")
            event = replace(event, voice=Voice.PARAPHRASE, evidence=(*kept, why))
        found.append(event)
    return tuple(found)
