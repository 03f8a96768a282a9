"""Events as entities of FollowTheMoney (https://followthemoney.tech, 4.11), one JSON object each.

``Article`` for each article, ``Event`` for each act, ``PublicBody``, ``Organization``, ``Company`` or ``LegalEntity``
for each actor that is known, ``Person`` for each person, ``Mention`` for the words of an article that name one. Ids are
made from Marsad's and stay the same from export to export, so that a later one adds to an earlier one. Properties are
those of the schema alone; ``tools/check_ftm.py`` checks a file against the library, which is no dependency of Marsad.

There are no ``Sanction`` entities: whether one is in force is for the law to say, not for an article that tells of one.
The text of an article is not exported: it is its publisher's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, TextIO

import msgspec

from marsad.export.rows import Sentences, clean
from marsad.identity import state_of
from marsad.knowledge import ontology
from marsad.knowledge.actors import actors
from marsad.knowledge.countries import countries
from marsad.knowledge.organs import organs
from marsad.types import Actor, Kind, Mention, Name, Occurrence, Outcome, Precision, Report, Sector

Entity = dict[str, Any]

#: What is exported by default: what happened, and what sources contradict each other on.
HAPPENED = frozenset({Outcome.ACTUAL, Outcome.CONTESTED})
#: Sentences that an event holds at most, and the characters of one, or of an address.
SENTENCES, LONGEST = 5, 4_000
#: The greatest lengths of FollowTheMoney: of a name, and of a string.
_NAME, _STRING = 384, 1_024
_ID = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)

# Codes of FollowTheMoney (ISO 3166 alpha-2 in small letters, and its own for states of the past) that are not the first
# two letters of the alpha-3 code.
_ALPHA_2 = """
ABW:aw AGO:ao ALA:ax AND:ad ARE:ae ARM:am ATA:aq ATF:tf ATG:ag AUT:at BDI:bi BEN:bj BES:bq BGD:bd BHS:bs BIH:ba BLR:by
BLZ:bz BRB:bb BRN:bn CAF:cf CHL:cl CHN:cn COD:cd COG:cg COK:ck COM:km CPV:cv CUW:cw CYM:ky DNK:dk ESH:eh EST:ee FLK:fk
FRO:fo FSM:fm GIN:gn GLP:gp GNB:gw GNQ:gq GRD:gd GRL:gl GUF:gf GUY:gy IRL:ie IRQ:iq ISR:il JAM:jm KAZ:kz KOR:kr LBR:lr
LBY:ly MAC:mo MAF:mf MDG:mg MDV:mv MEX:mx MLT:mt MNE:me MNP:mp MOZ:mz MTQ:mq MYT:yt NIU:nu PAK:pk PCN:pn PLW:pw PNG:pg
POL:pl PRK:kp PRT:pt PRY:py PYF:pf SEN:sn SGS:gs SLB:sb SLV:sv SPM:pm SRB:rs SUR:sr SVK:sk SVN:si SWE:se SWZ:sz SYC:sc
TCD:td TKM:tm TUN:tn TUR:tr TUV:tv UKR:ua URY:uy WLF:wf SUN:suhh YUG:yucs SCG:csxx CSK:cshh DDR:dd
"""
#: States of the past that FollowTheMoney has no code for.
_NO_CODE = frozenset({"YMD", "VDR"})
#: Languages of FollowTheMoney by ISO 639-1: those of the region, and those that report on it.
_LANGUAGES = {
    "ar": "ara", "en": "eng", "fa": "fas", "he": "heb", "tr": "tur", "ur": "urd", "ps": "pus", "fr": "fra", "de": "deu",
    "es": "spa", "it": "ita", "pt": "por", "nl": "nld", "ru": "rus", "uk": "ukr", "zh": "zho", "ja": "jpn", "hi": "hin",
}  # fmt: skip
#: What an actor of a sector is, and the topic that FollowTheMoney has for it.
_SCHEMAS: dict[Sector, tuple[str, str]] = {
    Sector.GOV: ("PublicBody", "gov"),
    Sector.LEG: ("PublicBody", "gov.legislative"),
    Sector.JUD: ("PublicBody", "gov.judicial"),
    Sector.MIL: ("PublicBody", "mil"),
    Sector.SPY: ("PublicBody", "gov.security"),
    Sector.COP: ("PublicBody", "gov.security"),
    Sector.PTY: ("Organization", "pol.party"),
    Sector.REB: ("Organization", ""),
    Sector.MED: ("Organization", ""),
    Sector.NGO: ("Organization", ""),
    Sector.IGO: ("Organization", "gov.igo"),
    Sector.BUS: ("Company", ""),
}
#: Sectors that are an organ of a state where an id names no more (``IRQ.MIL``); of others it is a crowd.
_ORGANS = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "COP"})
_CROWDS = frozenset(sector.value for sector in Sector) - _ORGANS


@cache
def _exceptions() -> dict[str, str]:
    return {pair[:3]: pair[4:] for pair in _ALPHA_2.split()}


def alpha_2(country: str | None) -> str | None:
    """The code of FollowTheMoney for an ISO 3166 alpha-3 code; None for bodies of states, and where there is none.

    >>> [alpha_2(code) for code in ("IRQ", "FRA", "XKX", "SUN", "IGO", None)]
    ['iq', 'fr', 'xk', 'suhh', None, None]
    """
    if country is None or country not in countries() or country in _NO_CODE:
        return None
    entry = countries()[country]
    if entry.status in ("region", "body"):
        return None
    return _exceptions().get(country, country[:2].lower())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _id(kind: str, name: str) -> str:
    """An id that FollowTheMoney takes: Marsad's own where it can be, a digest of it where it cannot."""
    return f"marsad-{kind}-{name if _ID.fullmatch(name) and len(name) < 150 else _digest(name)}"


def _entity(ident: str, schema: str, **properties: Iterable[str | None]) -> Entity:
    """An entity with the properties that have a value, each value once and no longer than may be."""
    found: dict[str, list[str]] = {}
    for name, values in properties.items():
        most = _NAME if name in ("name", "alias") else LONGEST if name in ("summary", "sourceUrl") else _STRING
        cleaned = dict.fromkeys(clean(value)[:most].strip() for value in values if value)
        if kept := [value for value in cleaned if value]:
            found[name] = kept
    return {"id": ident, "schema": schema, "properties": found}


def _both(name: Name | None) -> tuple[str, ...]:
    return (name.en, name.ar) if name else ()


def _of_state(actor: str) -> Name | None:
    """The name of an organ of a state, with that of the state: «foreign ministry (Russia)»."""
    head, _, rest = actor.partition(".")
    state, organ = countries().get(head), organs().get(rest)
    if state is None or (organ is None and rest not in _ORGANS):
        return None
    name = organ.name if organ else Name(ontology.sectors()[rest].name["ar"], ontology.sectors()[rest].name["en"])
    return Name(f"{name.ar} ({state.name['ar']})", f"{name.en} ({state.name['en']})")


def _known(actor: str, mention: Mention | None = None) -> Actor | None:
    """Who an id is, from the tables; else from the mention of it. None for a crowd («civilians»), which is nobody."""
    if found := actors().get(actor):
        return found
    if entry := countries().get(actor):
        name = Name(entry.name["ar"], entry.name["en"])
        sector = Sector.IGO if entry.country == "IGO" else Sector.GOV
        return Actor(id=actor, name=name, kind=Kind.STATE, country=entry.country, sector=sector)
    head, _, rest = actor.rpartition(".")
    if rest in _CROWDS and (not head or head in countries()):
        return None
    country = state_of(actor)
    of_state = _of_state(actor)
    called = mention.office if mention and not mention.person else None
    return Actor(
        id=actor,
        name=of_state or called or Name("", actor),
        kind=mention.kind if mention else Kind.ORG,
        country=mention.country if mention else country if country in countries() else None,
        sector=mention.sector if mention else Sector.GOV if of_state else None,
    )


def _actor(known: Actor) -> Entity:
    """The entity of an actor."""
    schema, topic = _SCHEMAS.get(known.sector, ("LegalEntity", "")) if known.sector else ("LegalEntity", "")
    return _entity(
        _id("actor", known.id),
        schema,
        name=_both(known.name),
        country=[alpha_2(known.country)],
        topics=[topic],
        wikidataId=[known.wikidata],
        **({"incorporationDate": [known.since.isoformat()]} if known.since else {}),
        **({"dissolutionDate": [known.until.isoformat()]} if known.until else {}),
    )


def _person(mention: Mention) -> Entity | None:
    """The entity of the person that a mention means; None where it means none by name."""
    name = mention.person
    if name is None or not any(_both(name)):
        return None
    ident = f"marsad-person-{_digest(name.en or name.ar, mention.country or '')}"
    position = () if mention.former else _both(mention.office)
    return _entity(ident, "Person", name=_both(name), position=position, country=[alpha_2(mention.country)])


def _article(report: Report) -> Entity:
    """The entity of an article, without its text."""
    article, source = report.article, report.source
    publisher = (source and source.name) or article.source
    return _entity(
        _id("article", article.id),
        "Article",
        title=[article.title.of(article.text) if article.title else None],
        author=[article.author],
        publishedAt=[article.published.isoformat() if article.published else None],
        retrievedAt=[article.fetched.isoformat()[:19] if article.fetched else None],
        language=[_LANGUAGES.get(article.language)],
        sourceUrl=[_address(article.url)],
        publisher=[publisher],
        publisherUrl=[_address(source.url) if source else None],
        processingAgent=[report.event.coder],
    )


def _address(url: str | None) -> str | None:
    return url if url and _ADDRESS.fullmatch(url) else None


def _dates(day: date | None, precision: Precision) -> dict[str, list[str]]:
    """The date of an event as exactly as it is known: FollowTheMoney takes ``2026``, ``2026-03``, or first and last."""
    if day is None or precision is Precision.UNKNOWN:
        return {}
    full, month, year = day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]
    match precision:
        case Precision.DAY | Precision.ARTICLE:
            return {"date": [full]}
        case Precision.WEEK:
            last = day + timedelta(days=6) if day <= date.max - timedelta(days=6) else day
            return {"startDate": [full], "endDate": [last.isoformat()]}
        case Precision.MONTH:
            return {"date": [month]}
        case Precision.YEAR:
            return {"date": [year]}
        case Precision.DECADE | Precision.CENTURY:
            return {"startDate": [year]}
        case _:
            return {"startDate": [month]}


@dataclass(slots=True)
class _Act:
    """What its reports say of one act, until all have come."""

    first: Report
    outcome: Outcome
    occurrence: Occurrence | None = None
    articles: dict[str, None] = field(default_factory=dict)
    involved: dict[str, None] = field(default_factory=dict)
    sentences: dict[str, None] = field(default_factory=dict)
    publishers: dict[str, None] = field(default_factory=dict)
    seen: int = 0

    @property
    def complete(self) -> bool:
        """Whether every report of it has come."""
        return self.occurrence is None or self.seen >= len(self.occurrence.reports)


def _called(mentions: Sequence[Mention], text: str) -> str:
    """Those of one side of an event in English where that is known."""
    names = []
    for mention in mentions:
        known = _known(mention.actor, mention) if mention.actor else None
        name = mention.person or (known and known.name)
        names.append((name.shown("en") if name else "") or clean(mention.span.of(text)))
    return ", ".join(dict.fromkeys(names)) or "?"


def _event(act: _Act) -> Entity:
    """The entity of an act."""
    report, occurrence = act.first, act.occurrence
    event, article = report.event, report.article
    day, precision = (occurrence.day, occurrence.precision) if occurrence else (event.day, event.precision)
    mode = occurrence.mode if occurrence else event.mode
    what = f"{event.type.value} · {mode}" if mode else event.type.value
    sides = f"{_called(event.actors, article.text)} → {_called(event.recipients, article.text)}"
    mark = "" if act.outcome is Outcome.ACTUAL else f"({act.outcome.value.lower()}) "
    when = f", {day.isoformat()}" if day and precision in (Precision.DAY, Precision.ARTICLE) else ""
    place = event.place
    return _entity(
        _id("event", occurrence.id if occurrence else event.id),
        "Event",
        name=[f"{mark}{what}: {sides}{when}"],
        **_dates(day, precision),
        summary=act.sentences,
        involved=act.involved,
        location=[place.span.of(article.text)[:250] if place else None],
        country=[alpha_2(occurrence.country if occurrence else place.country if place else None)],
        keywords=[event.type.value, mode, act.outcome.value, *event.contexts],
        proof=act.articles,
        publisher=act.publishers,
        recordId=[occurrence.id if occurrence else event.id],
    )


class _Export:
    """The entities that were given already, and the acts of which reports are still to come."""

    def __init__(self, occurrences: Iterable[Occurrence], statuses: Collection[Outcome]) -> None:
        self._occurrences = {one.id: one for one in occurrences}
        self._statuses = frozenset(statuses)
        self._given: set[str] = set()
        self._open: dict[str, _Act] = {}
        self._within = Sentences()

    def _new(self, entity: Entity | None) -> Iterator[Entity]:
        if entity is not None and entity["id"] not in self._given and _complete(entity):
            self._given.add(entity["id"])
            yield entity

    def _party(self, mention: Mention, report: Report, act: _Act) -> Iterator[Entity]:
        """The actor and the person that a mention means, each once, and the mention.

        Who has left an office does not act for the organ any more.
        """
        known = _known(mention.actor, mention) if mention.actor and not mention.former else None
        for entity in (_person(mention), _actor(known) if known else None):
            if entity is None or not _complete(entity):
                continue
            yield from self._new(entity)
            act.involved[entity["id"]] = None
            words, document = clean(mention.span.of(report.article.text)), _id("article", report.article.id)
            yield from self._new(
                _entity(
                    f"marsad-mention-{_digest(document, entity['id'], words)}",
                    "Mention",
                    document=[document],
                    name=[words],
                    resolved=[entity["id"]],
                    detectedSchema=[entity["schema"]],
                    contextCountry=[alpha_2(mention.country)],
                )
            )

    def add(self, report: Report) -> Iterator[Entity]:
        """The entities that a report brings, and the act's when it is the last of them."""
        event = report.event
        occurrence = self._occurrences.get(report.occurrence) if report.occurrence else None
        outcome = occurrence.status if occurrence else Outcome(event.status.value)
        if outcome not in self._statuses:
            return
        key = occurrence.id if occurrence else event.id
        act = self._open.setdefault(key, _Act(report, outcome, occurrence))
        act.seen += 1
        yield from self._new(_article(report))
        act.articles[_id("article", report.article.id)] = None
        for mention in (*event.actors, *event.recipients):
            yield from self._party(mention, report, act)
        if len(act.sentences) < SENTENCES:
            act.sentences[self._within.of(report)] = None
        if publisher := (report.source and report.source.name) or report.article.source:
            act.publishers[publisher] = None
        if act.complete:
            yield _event(self._open.pop(key))

    def rest(self) -> Iterator[Entity]:
        """The acts of which not every report came."""
        for act in self._open.values():
            yield _event(act)
        self._open.clear()


def _complete(entity: Entity) -> bool:
    """Whether an entity has what FollowTheMoney asks of it: all but articles have a name."""
    return entity["schema"] == "Article" or bool(entity["properties"].get("name"))


def entities(
    reports: Iterable[Report],
    occurrences: Iterable[Occurrence] = (),
    *,
    statuses: Collection[Outcome] = HAPPENED,
    withdrawn: bool = False,
) -> Iterator[Entity]:
    """The entities of ``reports``: each before what refers to it, each once.

    Reports of one of ``occurrences`` are one ``Event``, given when the last of them has come, at the end where some do
    not; a report of none of them is an ``Event`` of its own. One with another status than ``statuses`` gives nothing;
    what is not ACTUAL says so in its name. What a replaced version of an article says is left out unless ``withdrawn``.
    Memory holds the ids of what was given, and the acts that wait for reports.
    """
    export = _Export(occurrences, statuses)
    for report in reports:
        if withdrawn or not report.withdrawn:
            yield from export.add(report)
    yield from export.rest()


_encoder = msgspec.json.Encoder()


def write(given: Iterable[Entity], out: TextIO) -> int:
    """Write entities as JSON lines, and give how many."""
    number = 0
    for entity in given:
        out.write(_encoder.encode(entity).decode() + "\n")
        number += 1
    return number
