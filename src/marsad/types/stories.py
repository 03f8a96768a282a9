"""What is kept of many articles: acts in the world, stories, and who holds what of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from marsad.types.articles import Article, Source
from marsad.types.events import Event
from marsad.types.labels import EventType, Outcome, Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One act in the world, with every report of it.

    ``id`` is that of its earliest event; ``actors`` and ``recipients`` are ids of actors, else codes of countries;
    ``country`` is where it happened; ``reports`` are ids of events, the earliest first.
    """

    id: str
    story: str
    type: EventType
    status: Outcome
    reports: tuple[str, ...]
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    day: date | None = None
    precision: Precision = Precision.UNKNOWN
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that report the same news, the earliest first; ``id`` is the id of that one."""

    id: str
    articles: tuple[str, ...]
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An event with the article that reports it: what tables and exports are made of.

    ``occurrence`` is the id of the act in the world that it belongs to, once stories are grouped. ``withdrawn``: the
    article has been replaced by a newer version at its address.
    """

    event: Event
    article: Article
    source: Source | None = None
    occurrence: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Which coder and which knowledge made what; ``knowledge`` is a digest of the tables in use."""

    id: int
    coder: str
    knowledge: str
    started: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person holds of something, beside the machine's value, which stays.

    ``target`` is the id of an event, an article or an occurrence; ``field`` what of it (``type``, ``status``,
    ``actors``, ``same-as`` …); ``name`` is who judged, ``at`` when, in UTC.
    """

    id: int
    target: str
    field: str
    value: str
    name: str
    reason: str
    at: datetime
