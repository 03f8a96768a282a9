"""What is watched, what was raised, and how it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from marsad.types.actors import Name
from marsad.types.articles import Span
from marsad.types.labels import EventType, Outcome, Status, Voice
from marsad.types.relations import Ladder


class AlertTrigger(StrEnum):
    """What a watch waits for.

    *event*: an act in the world that matches. *rung*: one that is reached on a ladder. *change*: a turn in what passes
    between two. *finding*: a label of a law that is another than before. *denial*: of something that was reported.
    *silence*: a source without anything new.
    """

    EVENT = "event"
    RUNG = "rung"
    CHANGE = "change"
    FINDING = "finding"
    DENIAL = "denial"
    SILENCE = "silence"


class Stage(StrEnum):
    """When a rung is told: told of for the first time, confirmed, or confirmed and higher than any before."""

    FIRST = "first"
    CONFIRMED = "confirmed"
    HIGHER = "higher"


class Rhythm(StrEnum):
    """How often alerts are sent together: of a day, of a week (on Monday)."""

    DAILY = "daily"
    WEEKLY = "weekly"


class Sent(StrEnum):
    """What became of a message: it waits, it was taken by its receiver, or it was given up."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a watch is about; what is empty does not restrict.

    ``near``, ``counterpart`` and ``sanctioner`` are the pair, or triangle, of rungs, changes and findings; of events,
    the pair in either direction. ``parties`` (any of them takes part), ``actors``, ``recipients`` and ``speakers`` are
    a side or an actor with all under it, as in a question to the store. ``words`` all stand in the article, as in
    search. ``law`` is the id of an instrument (``us/caatsa/231``). ``ladder`` and ``level`` are the lowest rung told.
    """

    near: str | None = None
    counterpart: str | None = None
    sanctioner: str | None = None
    parties: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    types: tuple[EventType, ...] = ()
    statuses: tuple[Status | Outcome, ...] = ()
    voices: tuple[Voice, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    words: str | None = None
    law: str | None = None
    ladder: Ladder | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved query, what of it is told, and where and when.

    ``id`` is chosen by its user or made of ``name``: small letters, digits and hyphens. ``channels`` are addresses:
    ``webhook:https://…``, ``mail:desk@example.org``, ``file:alerts.jsonl``, ``stdout``, ``notify:…`` (the extra
    ``notify``); without one, alerts are only kept. ``within`` is how many days old an act may be on the day of the
    article that tells of it: what papers recall is no news. ``silent`` is after how many days without anything new a
    source counts as silent. Nothing is sent between the hours of ``quiet`` (begin and end, in ``zone``; over midnight
    where the end is earlier), within ``cooldown`` minutes of what was sent before, or before ``muted``; what was held
    back by hours or cooldown is sent together afterwards, what was raised while muted is kept and never sent. Only
    what was added to the store from ``created`` on is told.
    """

    id: str
    name: str
    trigger: AlertTrigger
    query: Query = Query()
    channels: tuple[str, ...] = ()
    lang: str = "en"
    stages: tuple[Stage, ...] = (Stage.FIRST, Stage.CONFIRMED, Stage.HIGHER)
    within: int = 30
    silent: int = 7
    quiet: tuple[time, time] | None = None
    zone: str = "UTC"
    cooldown: int = 0
    digest: Rhythm | None = None
    muted: datetime | None = None
    created: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """The words in one article that an alert rests on.

    ``quotation`` is the sentence as the article has it, ``span`` where it stands there; ``source`` the name of the
    paper, ``url`` the address; ``event`` the event in it, with its ``type``, ``status``, ``voice``, and who speaks:
    in the words of the article (``speaker``) and by id (``speaker_actor``).
    """

    article: str
    quotation: str
    span: Span
    language: str
    event: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: date | None = None
    type: EventType | None = None
    status: Status | None = None
    voice: Voice | None = None
    speaker: str | None = None
    speaker_actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing that a watch has told, once.

    ``subject`` is what it is about: the id of an act or of a rung in the world, of a source, ``JOR>RUS:…`` of a change,
    ``JOR.GOV.MOD us/caatsa/231`` of a finding. ``stage`` is that of a rung, the new label of a finding. ``day`` is that
    of what happened, ``found`` when it was raised, in UTC. ``said`` is one sentence made from templates, ``link`` the
    path of its page in the observatory. ``held``: it was raised while the watch was muted, and is not sent.
    """

    id: str
    watch: str
    trigger: AlertTrigger
    subject: str
    found: datetime
    said: Name
    because: tuple[Because, ...] = ()
    stage: str | None = None
    day: date | None = None
    link: str = "/"
    held: bool = False
    acked: datetime | None = None
    acked_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Alerts of one watch that go to one channel together.

    ``key`` is the same at each try: a receiver that remembers keys takes nothing twice. From the first try on
    ``alerts`` do not change. ``due`` is when it may be sent, ``next`` when it is tried again.
    """

    key: str
    watch: str
    channel: str
    due: datetime
    alerts: tuple[str, ...] = ()
    state: Sent = Sent.WAITING
    tries: int = 0
    next: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One try to send a message: when, whether it was taken, else why not."""

    key: str
    channel: str
    at: datetime
    taken: bool
    error: str | None = None
