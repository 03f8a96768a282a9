"""Every datum of Marsad's path: frozen, slotted, without input or output.

The path is ``Article -> Annotation -> Event -> Coding``. All offsets count code points of
``Article.text`` and are half open: ``text[span.start:span.stop]`` is what the span names.
Every type here encodes and decodes with :mod:`msgspec` (``msgspec.json.encode(event)``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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


class Ladder(StrEnum):
    """A scale that is climbed: rapprochement with a sanctioned side, the sanctioner's signal, its relief."""

    L = "L"
    W = "W"
    R = "R"


class Turn(StrEnum):
    """What becomes of a rung: it is reached, put off, or called off."""

    REACHED = "reached"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Branch(StrEnum):
    """Which power of a state speaks or acts; *anonymous* for its officials without a name."""

    EXECUTIVE = "executive"
    LEGISLATURE = "legislature"
    MILITARY = "military"
    ANONYMOUS = "anonymous"


class Addressee(StrEnum):
    """Whom a signal is meant for: a party by name, a class of them («our partners»), everybody."""

    NAMED = "named"
    CLASS = "class"
    ALL = "all"


class Scope(StrEnum):
    """How far a denial goes: it denies what is immediate («لا نية فورية»), or the thing altogether."""

    IMMEDIATE = "immediate"
    ANY = "any"


class Medium(StrEnum):
    """Where a signal was given: in writing, from a podium, in a hearing, or in private and then made known."""

    WRITTEN = "written"
    PODIUM = "podium"
    HEARING = "hearing"
    LEAKED = "leaked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A rung of a ladder that a sentence of one article puts somebody on, with everything that it rests on.

    On ladder L the side ``near`` draws near to ``counterpart`` (who of the two did it stands in the event; either may
    stand for itself or for a body: ``RUS``, ``EU``). On W and R ``sanctioner`` gives the signal, ``near`` is the side
    that it is about (None: everybody), ``counterpart`` the side whose dealings it is about, where that is known.
    ``party`` is the actor id of the body that buys, or that is hit. ``level`` is -1..10 on L and W, 1..4 on R.
    ``status`` is that of the event; a POSSIBLE contract gives no rung, a PLANNED one an L1. ``span`` is what the
    rung is read from: the trigger of ``event``, or the words of an attributed sentence without one. ``rule`` is the id
    of the rule in ``ladders.yaml``; ``items`` are ids of weapon systems, else their words.
    """

    id: str
    article: str
    ladder: Ladder
    level: int
    sentence: int
    span: Span
    rule: str
    turn: Turn = Turn.REACHED
    near: str | None = None
    counterpart: str | None = None
    sanctioner: str | None = None
    party: str | None = None
    event: str | None = None
    status: Status = Status.ACTUAL
    day: date | None = None
    precision: Precision = Precision.UNKNOWN
    speaker: Mention | None = None
    branch: Branch | None = None
    voice: Voice = Voice.REPORT
    addressee: Addressee | None = None
    law: str | None = None
    condition: Span | None = None
    measure: Span | None = None
    medium: Medium | None = None
    negated: bool = False
    scope: Scope | None = None
    past: bool = False
    items: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def name(self) -> str:
        """Ladder and level: ``L3``, ``W-1``."""
        return f"{self.ladder}{self.level}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One rung in the world, whatever number of papers tell of it.

    ``id`` is that of its earliest rung, ``rung`` the one that shows it best. ``effective`` is the level where an
    anonymous source or a mere reading counts for less; ``confirmed`` whether it counts as having happened, ``why`` says
    the rule. ``rungs`` are the ids of all that tell of it, ``origins`` the ids of the sources that do so independently
    of each other (a copy of an agency's text has the agency's).
    """

    id: str
    rung: Rung
    effective: int
    confirmed: bool
    why: str
    rungs: tuple[str, ...]
    origins: tuple[str, ...] = ()
    official: bool = False
    occurrence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a pair stands on a ladder at a day.

    ``highest`` is the highest rung that is confirmed and not called off since; ``unconfirmed`` the highest of all where
    that is higher; ``latest`` the newest confirmed one; ``since`` the day on which ``highest`` was reached, ``days`` how
    long ago that is; ``first`` the first day of each level that was ever reached and confirmed.
    """

    ladder: Ladder
    highest: Reached | None = None
    unconfirmed: Reached | None = None
    latest: Reached | None = None
    since: date | None = None
    days: int | None = None
    first: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a pair has climbed, and how the sanctioner has warned: every rung once, the earliest first.

    ``standing`` has an entry for each ladder with a rung, as of ``until``.
    """

    near: str
    counterpart: str
    sanctioner: str | None
    since: date | None
    until: date
    reached: tuple[Reached, ...]
    standing: Mapping[Ladder, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What passed from ``source`` to ``target`` in a period, ``first`` to ``last`` inside.

    ``acts`` counts ACTUAL occurrences, ``reports`` their reports; both are None where nothing at all was read of the
    period: unknown, not zero. ``quads`` and ``types`` tell ``acts`` apart, ``others`` has the occurrences of each other
    outcome, ``voices`` the reports by voice. ``intensity`` is the sum over ``acts`` of the scores in ``plover.yaml``
    (-10 to 10 each). ``articles`` is how many articles of the period were coded; ``share`` is the ACTUAL reports in a
    thousand of them, each country's papers weighed as in the whole span. ``baseline`` is what was to be expected,
    ``deviation`` how many standard deviations ``acts`` is off; None for want of a history.
    """

    source: str
    target: str
    first: date
    last: date
    acts: int | None
    reports: int | None
    articles: int
    quads: Mapping[str, int] = field(default_factory=dict)
    types: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    voices: Mapping[str, int] = field(default_factory=dict)
    intensity: float | None = None
    share: float | None = None
    baseline: float | None = None
    deviation: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was read for a series: coded articles and sources, by country of the source ("" where unknown).

    ``missing`` are the sides asked about that none of the sources belongs to.
    """

    articles: int
    sources: int
    countries: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The relation of an ordered pair over time, one :class:`Relation` a period ``by`` day, week or month.

    ``mutual`` where both directions are counted together. ``method`` names how baseline and deviation were worked out.
    """

    source: str
    target: str
    by: str
    mutual: bool
    periods: tuple[Relation, ...]
    coverage: Coverage
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A turn in what passes between two: from ``day`` on there is more, or less, of ``quad``.

    ``before`` and ``after`` are rates a day, ``strength`` the probability that the rate has turned (0..1), ``found``
    the day on which that was known, ``occurrences`` the ids of the acts since ``day`` that made it.
    """

    source: str
    target: str
    quad: str
    day: date
    found: date
    before: float
    after: float
    strength: float
    occurrences: tuple[str, ...] = ()
