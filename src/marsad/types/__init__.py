"""Every datum of Marsad's path: frozen, slotted, without input or output.

The path is ``Article -> Annotation -> Event -> Coding``. All offsets count code points of
``Article.text`` and are half open: ``text[span.start:span.stop]`` is what the span names.
Every type here encodes and decodes with :mod:`msgspec` (``msgspec.json.encode(event)``).
"""

from marsad.types.actors import Actor, Candidate, Holding, Name
from marsad.types.articles import PUBLISHED_FROM, Amount, Article, FetchState, Skipped, Source, Span, TimeMention
from marsad.types.events import Annotation, Coding, Event, Evidence, Link, Mention, Trigger
from marsad.types.labels import ACTING, EventType, Kind, Outcome, Precision, Role, Sector, SourceKind, Status, Voice
from marsad.types.relations import (
    Addressee,
    Branch,
    Change,
    Course,
    Coverage,
    Ladder,
    Medium,
    Reached,
    Relation,
    Rung,
    Scope,
    Series,
    Standing,
    Turn,
)
from marsad.types.stories import Judgement, Occurrence, Report, Run, Story

__all__ = [
    "ACTING",
    "PUBLISHED_FROM",
    "Actor",
    "Addressee",
    "Amount",
    "Annotation",
    "Article",
    "Branch",
    "Candidate",
    "Change",
    "Coding",
    "Course",
    "Coverage",
    "Event",
    "EventType",
    "Evidence",
    "FetchState",
    "Holding",
    "Judgement",
    "Kind",
    "Ladder",
    "Link",
    "Medium",
    "Mention",
    "Name",
    "Occurrence",
    "Outcome",
    "Precision",
    "Reached",
    "Relation",
    "Report",
    "Role",
    "Run",
    "Rung",
    "Scope",
    "Sector",
    "Series",
    "Skipped",
    "Source",
    "SourceKind",
    "Span",
    "Standing",
    "Status",
    "Story",
    "TimeMention",
    "Trigger",
    "Turn",
    "Voice",
]
