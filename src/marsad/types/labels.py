"""The labels: what a mention, an act, a status, a voice, a precision may be."""

from __future__ import annotations

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


class Outcome(StrEnum):
    """The status of an occurrence: that of its reports, or *contested* where independent ones contradict."""

    ACTUAL = "ACTUAL"
    PLANNED = "PLANNED"
    POSSIBLE = "POSSIBLE"
    DENIED = "DENIED"
    CONTESTED = "CONTESTED"


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


class SourceKind(StrEnum):
    """What publishes: a news agency, a paper or broadcaster, a medium that a state owns, an official site."""

    AGENCY = "agency"
    PAPER = "paper"
    STATE = "state"
    OFFICIAL = "official"
