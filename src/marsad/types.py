"""Every datum of Marsad's path: frozen, slotted, without input or output.

The path is ``Article -> Annotation -> Event -> Coding``. All offsets count code points of
``Article.text`` and are half open: ``text[span.start:span.stop]`` is what the span names.
Every type here encodes and decodes with :mod:`msgspec` (``msgspec.json.encode(event)``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a mention is (annotation guidelines, "Entities")."""

    PERSON = "PERSON"
    OFFICE = "OFFICE"
    STATE = "STATE"
    ORG = "ORG"
    GROUP = "GROUP"
    PLACE = "PLACE"
    ARMS = "ARMS"
    LAW = "LAW"


#: Kinds that can act or be acted on; the others (PLACE, ARMS, LAW) carry no sector.
ACTING = frozenset({Kind.PERSON, Kind.OFFICE, Kind.STATE, Kind.ORG, Kind.GROUP})


class Sector(StrEnum):
    """The part of society an actor belongs to."""

    GOV = "GOV"
    LEG = "LEG"
    JUD = "JUD"
    MIL = "MIL"
    SPY = "SPY"
    COP = "COP"
    PTY = "PTY"
    REB = "REB"
    CVL = "CVL"
    MED = "MED"
    BUS = "BUS"
    NGO = "NGO"
    IGO = "IGO"
    UNK = "UNK"


class EventType(StrEnum):
    """The sixteen types of PLOVER, from the most cooperative to the most conflictual."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Status(StrEnum):
    """Whether it happened."""

    ACTUAL = "ACTUAL"
    PLANNED = "PLANNED"
    POSSIBLE = "POSSIBLE"
    DENIED = "DENIED"


class Voice(StrEnum):
    """In whose words: a quotation, a named speaker's words retold, unnamed sources, the writer, a reading."""

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"
    ANONYMOUS = "anonymous"
    REPORT = "report"
    READING = "reading"


class Role(StrEnum):
    """How a mention takes part in what a trigger names."""

    ACTOR = "ACTOR"
    RECIPIENT = "RECIPIENT"
    SPEAKER = "SPEAKER"
    PLACE = "PLACE"


class Precision(StrEnum):
    """How exactly the day of an event is known; ``article`` is the day of publication, for want of a better."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    ARTICLE = "article"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points.

    >>> Span(3, 8).of("في بغداد")
    'بغداد'
    """

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"a span needs 0 <= start <= stop, got {self.start}..{self.stop}")

    def of(self, text: str) -> str:
        """The characters that the span names in ``text``."""
        return text[self.start : self.stop]

    def shift(self, by: int) -> Span:
        """The same span ``by`` code points further on."""
        return Span(self.start + by, self.stop + by)

    def overlap(self, other: Span) -> int:
        """How many code points both spans share."""
        return max(0, min(self.stop, other.stop) - max(self.start, other.start))

    def __len__(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text as it was published. ``text`` is title, blank line, body, and is never changed.

    ``id`` is Marsad's own (a digest of address, or source, and text); ``given`` is what the input called it.
    ``drawn``: the text is not what the input holds, but was taken out of a page, joined with its title, freed of marks.
    ``published_from`` says why that date (:data:`PUBLISHED_FROM`); ``fetched`` is when the page was got, in UTC, and is
    never taken for the date. ``replaces`` is the id of the version before at the same address.
    """

    id: str
    text: str
    title: Span | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: date | None = None
    published_from: str | None = None
    language: str = "ar"
    given: str | int | None = None
    drawn: bool = False
    fetched: datetime | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A phrase that names days: from ``first`` to ``last``, both inside, as exactly as ``precision`` says.

    ``rule`` is the id of the rule that read it («أمس»: ``day.relative``).
    """

    span: Span
    first: date
    last: date
    precision: Precision
    rule: str

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a time needs first <= last, got {self.first}..{self.last}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number with what it counts: money, people and things, shares.

    ``low`` and ``high`` bound it, the same where it is exact; None is an open end («أكثر من 300»: 300, None).
    ``unit`` is an ISO 4217 code for money, ``percent``, ``count``, or a unit of measure (``km``, ``barrel``, ``year``
    …); ``of`` is what is counted, as the text has it.
    """

    span: Span
    low: float | None
    high: float | None
    unit: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both languages of the interface; an empty string where it is not known."""

    ar: str = ""
    en: str = ""

    def shown(self, language: str) -> str:
        """The name in ``language``, else in the other."""
        return (self.ar or self.en) if language == "ar" else (self.en or self.ar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One who can act: a state, an organ, a body, a group, a firm, a medium, a person without a known office.

    ``id`` is ``<ISO3 or body>.<SHORTNAME>`` (``RUS.GOV.MFA``, ``TUR.SSB``, ``EU``); ``since`` and ``until`` bound its
    existence, the last day inside; ``links`` name others by id (``part-of:RUS.ROSTEC``).
    """

    id: str
    name: Name
    kind: Kind
    country: str | None = None
    sector: Sector | None = None
    since: date | None = None
    until: date | None = None
    wikidata: str | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who somebody is at a day: the actor that they are or act for, with person and office where there are any.

    ``actor`` is the organ for an office-holder (``RUS.GOV.MFA``), ``role`` the kind of office (``FOREIGN``). ``former``
    where the office was left before that day. ``score`` is 0..1; ``why`` the rule that found it; ``source`` where the
    fact is from; ``stale`` where the row was last checked long before that day, so that it is no certain fact.
    """

    actor: str
    person: Name | None = None
    office: Name | None = None
    role: str | None = None
    country: str | None = None
    sector: Sector | None = None
    since: date | None = None
    until: date | None = None
    former: bool = False
    stale: bool = False
    score: float = 1.0
    why: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a mention may be, with its score, where more than one may be meant."""

    actor: str
    score: float


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An input that gave no Coding, and why. ``line`` counts from 1 within ``where``."""

    code: str
    message: str
    given: str | int | None = None
    line: int | None = None
    where: str | None = None


#: Where the date of an article may be from, the surest first; the reason is kept with the article.
PUBLISHED_FROM: dict[str, str] = {
    "input": "the input says so: the field `published` of a JSON object, a column of a table",
    "json-ld": "`datePublished` in the page's JSON-LD",
    "meta": "a meta element of the page's head, such as `article:published_time`",
    "time": "the `datetime` of a time element that the page marks as its date of publication",
    "feed": "the entry of the feed that led to the page",
    "byline": "a date written near the headline, read by Marsad's own dates",
    "address": "year, month and day in the address",
    "file": "the properties of a document (.docx, .pdf)",
}


class SourceKind(StrEnum):
    """What publishes: a news agency, a paper or broadcaster, a medium that a state owns, an official site."""

    AGENCY = "agency"
    PAPER = "paper"
    STATE = "state"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One that publishes. ``id`` is the host of its address without ``www.``, else its name as the input gave it.

    ``country`` is an ISO 3166 alpha-3 code, ``zone`` an IANA time zone: days are calendar days there. ``feed`` is the
    address that is followed from round to round while ``enabled``; None for one that is only known.
    """

    id: str
    name: str = ""
    country: str | None = None
    kind: SourceKind | None = None
    owner: str | None = None
    zone: str | None = None
    url: str | None = None
    feed: str | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchState:
    """What is remembered of an address between two fetches. All times are in UTC.

    ``fetched`` is the last try, ``succeeded`` the last that gave the page or said that it had not changed, ``after``
    the time before which the address must not be asked again (``Retry-After``, growing delays after failures).
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    fetched: datetime | None = None
    succeeded: datetime | None = None
    after: datetime | None = None
    status: int | None = None
    failures: int = 0
    error: str | None = None


class Outcome(StrEnum):
    """The status of an occurrence: that of its reports, or *contested* where independent ones contradict."""

    ACTUAL = "ACTUAL"
    PLANNED = "PLANNED"
    POSSIBLE = "POSSIBLE"
    DENIED = "DENIED"
    CONTESTED = "CONTESTED"


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
