"""What the coder finds in an article: mentions, triggers, events."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marsad.types.actors import Candidate, Name
from marsad.types.articles import Amount, Article, Span, TimeMention
from marsad.types.labels import EventType, Kind, Precision, Role, Sector, Status, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where in the text a part of an event stands, and which rule or model says so."""

    part: str
    span: Span
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A phrase that names an actor, a place, an arm or a law.

    ``country`` is ISO 3166 alpha-3, or IGO (body of states), INT (no one state); None where unknown.
    ``score`` is a probability. ``actor`` is the id of who is meant at the article's day; ``person`` and ``office`` (an
    organ or a body too) are what it is called; ``former`` where the office was left before. ``candidates`` stand where
    it may be several, the likeliest first. ``why`` names what gave actor and country.
    """

    span: Span
    kind: Kind
    sector: Sector | None = None
    score: float = 1.0
    actor: str | None = None
    country: str | None = None
    person: Name | None = None
    office: Name | None = None
    former: bool = False
    candidates: tuple[Candidate, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The shortest phrase that names an act, with what the act is and whether it happened.

    ``score`` is the probability that this is an event of this type.
    """

    span: Span
    type: EventType
    mode: str | None = None
    status: Status = Status.ACTUAL
    contexts: tuple[str, ...] = ()
    score: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """``mentions[mention]`` takes part in ``triggers[trigger]`` as ``role``."""

    trigger: int
    mention: int
    role: Role
    score: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What was found in an article, before it is made into events. Spans point into ``article.text``.

    Mentions and triggers stand in the order of the text.
    """

    article: Article
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    links: tuple[Link, ...] = ()

    def sentence_of(self, span: Span) -> int:
        """The index of the sentence that ``span`` begins in; of the next, where it begins between two."""
        return min(bisect_right(self.sentences, span.start, key=_stop), len(self.sentences) - 1)

    def by_sentence(self, found: Iterable[Trigger | Mention | TimeMention | Amount]) -> list[list[int]]:
        """For each sentence the indexes of those of ``found`` that begin in it."""
        grouped: list[list[int]] = [[] for _ in self.sentences]
        for i, one in enumerate(found):
            grouped[self.sentence_of(one.span)].append(i)
        return grouped


def _stop(span: Span) -> int:
    return span.stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act in one article: who did or said what to whom, in whose words, and whether it happened.

    ``sentence`` is an index into ``Coding.sentences``. ``about`` is the id of the event that a denial, a threat
    or a demand is about. An event without evidence cannot be built.
    """

    id: str
    article: str
    sentence: int
    trigger: Span
    type: EventType
    status: Status
    evidence: tuple[Evidence, ...]
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    speaker: Mention | None = None
    voice: Voice = Voice.REPORT
    day: date | None = None
    precision: Precision = Precision.UNKNOWN
    place: Mention | None = None
    items: tuple[Mention, ...] = ()
    amounts: tuple[Amount, ...] = ()
    about: str | None = None
    score: float = 1.0
    coder: str = ""

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"event {self.id} ({self.type}) has no evidence: give at least that of its trigger")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What the coder gives for an article. ``measured`` is False in languages without published figures."""

    article: Article
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    coder: str
    measured: bool = True
