"""The grammar of offices: which organ of which state a phrase names, and who of it.

Office or body × portfolio × country, in the order of either language: «وزير الخارجية الروسي», «وزير خارجية روسيا»,
"the Russian foreign minister's spokesman". Arabic is read from the left, English from its head: the last noun before
the first preposition, backwards, then what follows. The vocabulary is that of :mod:`marsad.knowledge.organs`, the
states are those of :mod:`marsad.knowledge.gazetteer`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from marsad.knowledge import SETS, actors, gazetteer, kept
from marsad.knowledge.countries import BODIES_OF_STATES, NO_ONE_STATE, countries
from marsad.knowledge.organs import Term, terms
from marsad.resolve.around import around
from marsad.resolve.phrase import Piece, Reading, read
from marsad.types import Name, Sector

INSIDE, FIXED, AROUND, NOWHERE = "office.country-in-phrase", "office.own-name", "office.country-of-context", "office"

#: Heads that take the organ that follows them: the head of a party is no head of state.
_ANY_HEAD = frozenset(
    {"رئيس", "رئيسه", "رؤساء", "رئيسي", "رئيسا", "قائد", "قائده", "president", "commander", "general"}
)
#: Roles of words so wide that an adjective behind them says the sector (شخصيات سياسية, مجموعة إرهابية).
_WIDE = frozenset({"OFFICIAL", "CITIZEN", "COMMITTEE", "TITLE"})
MINISTRIES = frozenset({"GOV.MFA", "GOV.MOD", "GOV.MOI", "GOV.MOF", "GOV.ENERGY", "GOV.OIL", "GOV.HEALTH", "GOV.TRADE"})
#: Organs that are sectors of a society rather than of a state: their nouns name people, and need no state.
PEOPLE = frozenset({"CVL", "REB", "MED", "BUS", "NGO"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An organ of a state, and who of it: the organ itself (``head`` False), its head, or somebody else of it.

    ``organ`` is without the state (``GOV.MFA``), ``actor`` with it where that is known; ``role`` is that of whoever is
    meant, ``lead`` that of the organ's head. ``country`` is None where nothing gives it. ``state`` is the entry of the
    gazetteer, which for bodies of states is not the country (``UN``, ``IGO``).
    """

    organ: str
    actor: str
    country: str | None
    sector: Sector
    role: str | None
    lead: str | None
    name: Name
    head: bool
    former: bool = False
    acting: bool = False
    designate: bool = False
    wide: bool = False
    score: float = 0.9
    why: str = INSIDE


def office(phrase: str, on: date | None = None, context: str | None = None) -> Office | None:
    """The organ that the phrase names, with whom of it; None where it names none.

    ``on`` is the day, on which nothing here depends yet that is not in the vocabulary; ``context`` the sentence, for
    the state where the phrase has none.

    >>> found = office("سكرتير مجلس الأمن الروسي")
    >>> found.actor, found.role, found.sector.value
    ('RUS.GOV.SECURITY-COUNCIL', 'SECURITY_COUNCIL', 'SPY')
    >>> office("the Iraqi defence ministry's spokesman").role
    'SPOKESPERSON'
    >>> office("كرسي") is None
    True
    """
    return of_reading(read(phrase), context)


def of_reading(reading: Reading, context: str | None = None) -> Office | None:
    """:func:`office` of a phrase that was read already."""
    found = _organ(reading)
    if found is None:
        return None
    term, prefix, sector, wide, indefinite = found
    marks = reading.marks()
    state, why, score = _state(reading, term)
    country = state.code if state else None
    entry = state.entry if state else None
    organ = term.key if term.kind != "prefix" else (term.deputy or sector.value)
    if term.actor and not (term.default and state):
        entry, _, organ = term.actor.partition(".")
        country = countries()[entry].country if entry in countries() else entry
        why, score = FIXED, 0.95
    if country == BODIES_OF_STATES and term.key in MINISTRIES:
        country, entry = NO_ONE_STATE, NO_ONE_STATE  # the ministers of the EU are of its states
    if country is None and bloc_of(reading):
        country, entry, score = NO_ONE_STATE, NO_ONE_STATE, 0.7
    if country is None and not reading.rest and _stateless(term, sector):
        country, entry, why, score = NO_ONE_STATE, NO_ONE_STATE, NOWHERE, 0.5
    if country is None:
        country = around(context, reading.phrase)
        entry, why, score = (country, AROUND, 0.6) if country else (None, NOWHERE, 0.4)
    role = prefix_role(prefix, term) if prefix else (term.role if term.kind != "organ" or not wide else None)
    head = term.kind == "office" and not prefix and organ not in PEOPLE and term.role != "MEMBER"
    return Office(
        organ=organ, actor=actor_id(entry, country, organ), country=country, sector=sector, role=role, lead=term.role,
        name=_shown(term, prefix), head=head or (prefix is not None and prefix.key == "HEAD"),
        former="former" in marks, acting="acting" in marks, designate="designate" in marks, wide=wide,
        score=score if not indefinite else score * 0.8, why=why,
    )  # fmt: skip


def bloc_of(reading: Reading) -> str | None:
    """The bloc that an adjective of the phrase names, if any."""
    return next((p.term.key for p in reading.pieces if p.term and p.term.kind == "bloc"), None)


def _stateless(term: Term, sector: Sector) -> bool:
    """Reporters, writers, traders: of no one state, where the phrase gives none."""
    return term.kind == "office" and term.actor is None and sector in (Sector.MED, Sector.BUS)


@kept(SETS)
def _gazetteer() -> dict[str, str]:
    """By the codes of the gazetteer: the actors that go by another id (LAS: ARAB-LEAGUE)."""
    links = ((link, actor.id) for actor in actors.actors().values() for link in actor.links)
    return {link.partition(":")[2]: name for link, name in links if link.startswith("gazetteer:")}


def entry_id(entry: str) -> str:
    """The actor's id of a state, body or bloc of the gazetteer.

    >>> entry_id("IRQ"), entry_id("LAS"), entry_id("WEST")
    ('IRQ', 'ARAB-LEAGUE', 'WEST')
    """
    return _gazetteer().get(entry, entry)


def actor_id(entry: str | None, country: str | None, organ: str) -> str:
    """The id of an organ: of a state, of a body of states (``UN.SECURITY-COUNCIL``), or of none that is known.

    >>> actor_id("RUS", "RUS", "GOV.MFA"), actor_id("UN", "IGO", "GOV.SECURITY-COUNCIL"), actor_id(None, None, "GOV")
    ('RUS.GOV.MFA', 'UN.SECURITY-COUNCIL', 'GOV')
    """
    if entry is None:
        return organ
    if country == BODIES_OF_STATES:
        inner = organ.removeprefix("GOV.") if organ != "GOV" else ""
        return f"{entry_id(entry)}.{inner}" if inner else entry_id(entry)
    if "." in entry:
        return entry  # a region or body inside a state has organs of its own
    return f"{country}.{organ}" if organ else entry


def prefix_role(prefix: Term, term: Term) -> str | None:
    """The role of the one before an office: its spokesman, its deputy, its head."""
    if prefix.key == "DEPUTY":
        return term.deputy or "DEPUTY"
    if prefix.key in ("HEAD", "LEADER"):
        return term.role
    return prefix.key


def _shown(term: Term, prefix: Term | None) -> Name:
    if prefix is None:
        return term.head if term.kind == "office" and term.head != Name() else term.name
    if prefix.key == "HEAD" and term.head != Name():
        return term.head
    if prefix.name == term.name:  # «المسؤول»: the word before an organ that is not there
        return term.name
    of = term.head if prefix.key == "DEPUTY" and term.head != Name() else term.name
    return Name(f"{prefix.name.ar} {of.ar}".strip(), f"{of.en} {prefix.name.en}".strip() if of.en else prefix.name.en)


def _organ(reading: Reading) -> tuple[Term, Term | None, Sector, bool, bool] | None:
    """The organ, the word before it, the sector, whether the sector is a wide guess, whether the head is unread."""
    ordered = reading.ordered()
    prefix: Term | None = None
    organ: Term | None = None
    title: Term | None = None
    at = -1
    hint: Sector | None = None
    for number, piece in enumerate(ordered):
        term = piece.term
        if term and term.kind == "plural" and organ is None and prefix is None and title is None and not reading.latin:
            return None
        if term is None or term.kind in ("noise", "mark", "counting", "bloc", "plural", "pointer"):
            continue
        if term.kind == "nothing":
            if organ is None and prefix is None:
                return None
            break
        if term.kind == "adjective":
            hint = hint or term.sector
        elif term.kind == "prefix":
            if organ is None and (prefix is None or prefix.key in ("HEAD", "MEMBER", "SOURCE", "OFFICIAL")):
                prefix = prefix or term
                if prefix is not term and term.key in ("MINISTER", "DIPLOMAT"):
                    organ = term
                    break
        elif term.role == "TITLE":
            title = title or term
        elif term.kind in ("organ", "office"):
            if organ is None and term.role == "MEMBER" and prefix is None and _before_office(ordered, number):
                prefix = terms().get("نائب")
                continue
            if organ is None and _only_head(reading, ordered, number):
                prefix = prefix or _HEAD
                continue
            organ, at = term, number
            break
    if organ is None and prefix is None:
        organ = title
    if organ is not None and prefix is None and reading.latin:
        prefix = _behind(ordered[at + 1 :], ordered[at].first if at >= 0 else 0)
    if organ is None and prefix is None:
        return None
    if organ is None:
        assert prefix is not None
        sector = hint or _stated(reading, prefix) or prefix.sector or Sector.UNK
        if prefix is _HEAD or (prefix.key == "LEADER" and reading.states and not hint):
            organ = terms().get("رئيس")
            assert organ is not None
            wide = hint is None and prefix is _HEAD
            return organ, None, hint or Sector.GOV, wide, bool(reading.rest)
        return replace(prefix, kind="prefix"), None if prefix.deputy else prefix, sector, True, False
    wide = organ.role in _WIDE or organ.key == "CVL"
    sector = organ.sector or Sector.GOV
    if wide and not organ.actor:
        hint = hint or _later(ordered)
        sector = hint or sector
    if hint and prefix and prefix.key in ("SOURCE",):
        sector = hint
    return organ, prefix, sector, wide, False


def _behind(later: tuple[Piece, ...], first: int) -> Term | None:
    """In English the deputy stands before the office: "deputy foreign minister"."""
    for piece in later:
        if piece.term and piece.term.kind == "prefix" and piece.term.key == "DEPUTY" and piece.first < first:
            return piece.term
    return None


def _before_office(ordered: tuple[Piece, ...], number: int) -> bool:
    """Whether the next piece is an office or body that has deputies: «نواب رئيس الجمهورية»."""
    later = next((p.term for p in ordered[number + 1 :] if p.term and p.term.kind != "noise"), None)
    return later is not None and later.kind in ("office", "organ") and later.key.startswith("GOV")


def _later(ordered: tuple[Piece, ...]) -> Sector | None:
    return next((p.term.sector for p in ordered if p.term and p.term.kind == "adjective"), None)


_HEAD = Term(kind="prefix", key="HEAD", sector=Sector.GOV, role="HEAD", name=Name("رئيس", "head"))


def _only_head(reading: Reading, ordered: tuple[Piece, ...], number: int) -> bool:
    """Whether «رئيس» (president, commander) is the head of what follows, and not of a state."""
    piece = ordered[number]
    if piece.last - piece.first != 1 or not piece.term or piece.term.kind != "office":
        return False
    word = reading.words[piece.first].text
    if word not in _ANY_HEAD and not any(each in _ANY_HEAD for each in reading.variants[piece.first]):
        return False
    for later in ordered[number + 1 :]:
        if later.state and not later.term:
            return False
        if later.term and later.term.kind in ("organ", "prefix"):
            between = [at for at in reading.rest if piece.last <= at < later.first or later.last <= at < piece.first]
            return not between
        if later.term and later.term.kind in ("office",):
            return False
    return False


def _stated(reading: Reading, prefix: Term) -> Sector | None:
    """Officials of a state are its government's, and so is a source that names none but it."""
    if prefix.key == "MEMBER" and reading.states:
        return Sector.CVL
    return None


def _state(reading: Reading, term: Term) -> tuple[gazetteer.Hit | None, str, float]:
    """The state in the phrase: the first; a town counts only where there is no other."""
    hits = [piece.state for piece in reading.pieces if piece.state]
    outside = [piece.state for piece in reading.states if piece.state]
    named = [hit for hit in outside if hit.kind != "place"] or [hit for hit in hits if hit.kind != "place"] or hits
    if term.kind == "office" and term.key.startswith("GOV.") and not _many(reading):
        named = [hit for hit in named if hit.code != NO_ONE_STATE]  # «والتعاون الإفريقي» is of the office's name
    return (named[0], INSIDE, 0.9) if named else (None, NOWHERE, 0.4)


def _many(reading: Reading) -> bool:
    return any(piece.term and piece.term.kind in ("plural", "bloc") for piece in reading.pieces)
