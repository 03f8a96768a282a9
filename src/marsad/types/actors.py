"""Who can act, and who they are at a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from marsad.types.labels import Kind, Sector


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
