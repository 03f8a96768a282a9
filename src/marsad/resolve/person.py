"""Persons by name at a day: the office held then, those held before, and who of several with one name is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from marsad.knowledge import holders, kept
from marsad.knowledge import spelled as spellings
from marsad.knowledge.countries import BODIES_OF_STATES
from marsad.knowledge.holders import Holder
from marsad.knowledge.organs import terms
from marsad.resolve import office
from marsad.resolve.office import Office
from marsad.resolve.phrase import Reading
from marsad.text.names import name_score
from marsad.types import Holding, Name, Sector

NAME, TITLED, INSIDE = "name", "name.office-agrees", "name.in-phrase"
SPELLED = "name.near"
NOT_YET, EARLIER, NEAR_NAME = "name.not-yet-in-office", "name.earlier-office", "name.near-office-agrees"
#: Persons with one surname: whose office is heard of more.
_RANK = {
    "HEAD_OF_STATE": 1.0, "HEAD_OF_GOVERNMENT": 0.98, "FOREIGN": 0.95, "DEFENCE": 0.93, "SECURITY_COUNCIL": 0.9,
    "DEPUTY_HEAD": 0.9, "PARLIAMENT": 0.88, "INTERIOR": 0.88, "HEAD_OF_BODY": 0.9, "PARTY_LEADER": 0.75, "OTHER": 0.7,
}  # fmt: skip
#: Sectors that somebody leaves with the office: afterwards he is a politician.
LEFT = frozenset({Sector.GOV, Sector.LEG, Sector.SPY})
#: Offices that a politician comes to from outside; ministers and chiefs were officials before, as a rule.
_ELECTED = frozenset({"HEAD_OF_STATE", "HEAD_OF_GOVERNMENT", "PARLIAMENT", "DEPUTY_HEAD", "MEMBER"})
#: From this score on two spellings are one name, where the office agrees.
_ONE_NAME = 0.8
_FIRST, _LAST = date.min, date.max
#: Words of the longest name.
_WORDS = 7


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a phrase, from word ``first`` to ``last`` (the last not inside), and the rows of its bearers."""

    first: int
    last: int
    rows: tuple[Holder, ...]
    single: bool
    weak: bool


def find(reading: Reading) -> Found | None:
    """The name of an office-holder in a phrase; one of one word only where a title or office stands before it."""
    return _find(reading)


@kept(1 << 12)
def _find(reading: Reading) -> Found | None:
    if len(reading.words) <= _WORDS and (rows := holders.of_person(reading.phrase)):
        single = len(reading.words) == 1
        return Found(0, len(reading.words), rows, single, single and holders.wants_more(reading.phrase))
    got = holders.in_phrase(reading.phrase, reading.folded) if reading.rest else None
    if got is None:
        return None
    span, rows = got
    inside = [at for at, word in enumerate(reading.words) if word.stop > span.start and word.start < span.stop]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    single = last - first == 1
    weak = single and holders.wants_more(span.of(reading.phrase))
    if single and last - first < len(reading.words):
        rest = [at for at in reading.rest if at != first]
        beside = [p for p in reading.pieces if p.last <= first or p.first >= last]
        titled = any(p.last <= first and p.term and p.term.kind in ("office", "prefix", "noise") for p in beside)
        if rest or (weak and not titled) or (_said(reading, first) and (weak or not titled)):
            return None
    return Found(first, last, rows, single, weak)


def spelled(reading: Reading) -> tuple[Holder, ...]:
    """The rows of somebody whose name the whole phrase spells in a way that no row has."""
    if reading.pieces or (reading.latin and not all(word.capital for word in reading.words)):
        return ()
    return spellings.spelled(reading.phrase)


def _said(reading: Reading, at: int) -> bool:
    """Whether the word, as it stands, is one of the vocabulary or the name of a state."""
    if any(p.first <= at < p.last and p.state for p in reading.pieces):
        return True
    term = terms().get(reading.words[at].written)
    return term is not None and term.kind in ("organ", "office", "prefix", "nothing")


def by_name(
    rows: Iterable[Holder], on: date, near: str | None, score: float, why: str = NAME, held: Office | None = None
) -> Iterator[Holding]:
    """The offices of the persons of these rows at the day, then earlier ones.

    ``near`` is the state that phrase or context name, ``held`` the office that stands beside the name.
    """
    persons: dict[str, list[Holder]] = {}
    for row in rows:
        persons.setdefault(row.person_id, []).append(row)
    told = held.country if held and held.why != office.AROUND else None
    if told and any(each.country == told for some in persons.values() for each in some):
        persons = {key: some for key, some in persons.items() if any(each.country == told for each in some)}
    weights = {key: score * (_weight(some, on, near) if len(persons) > 1 else 1) for key, some in persons.items()}
    for key, some in persons.items():
        yield from _one(some, on, weights[key], why, held)


def _one(offices: list[Holder], on: date, weight: float, why: str, held: Office | None) -> Iterator[Holding]:
    agree = _agreeing(offices, held)
    at = [each for each in offices if each.holds(on)]
    at.sort(key=lambda each: _first(each, on, each in agree))
    before = sorted((each for each in offices if each.former(on)), key=_last, reverse=True)
    left = [each for each in before if each in agree]
    if left and held and (held.former or not any(each in agree for each in at)) and (held.former or not at):
        first = holding(left[0], on, weight, TITLED, former=True)
        yield first if held.former else replace(first, sector=left[0].sector)
        weight *= 0.6
        before.remove(left[0])
    elif not agree and (high := _headed(at, before)):
        first = holding(high, on, weight, why, former=True)
        yield replace(first, sector=high.sector) if held is not None and held.head else first
        weight *= 0.6
        before.remove(high)
    for number, each in enumerate(at):
        yield holding(each, on, weight - 0.02 * number, TITLED if each in agree else why)
    if at or left:
        yield from (
            replace(holding(each, on, weight * 0.3, EARLIER, former=True), sector=each.sector) for each in before
        )
    elif before:
        first = holding(before[0], on, weight * 0.95, why, former=True)
        titled = held is not None and held.head and not held.former and not held.wide
        yield replace(first, sector=before[0].sector) if titled else first
        yield from (holding(each, on, weight * 0.3, EARLIER, former=True) for each in before[1:])
    else:
        each = min(offices, key=lambda one: one.since or _FIRST)
        sector = Sector.PTY if each.role in _ELECTED else each.sector
        yield Holding(
            actor=each.person_id, person=each.person, country=each.country, score=round(weight * 0.7, 3), why=NOT_YET,
            sector=sector, source=each.source,
        )  # fmt: skip


def _first(holder: Holder, on: date, agrees: bool) -> tuple[bool, bool, float, bool, date]:
    """The order of offices held: those that the phrase names, the certain, the higher, those of his own state."""
    own = holder.person_id.partition(".")[0] == holder.country
    return not agrees, not holder.surely(on), -_RANK.get(holder.role, 0.8), not own, holder.since or _FIRST


def _last(holder: Holder) -> tuple[date, float]:
    """The order of offices left: the latest, of those left on one day the highest."""
    return holder.until or _LAST, _RANK.get(holder.role, 0.8)


def _headed(at: list[Holder], before: list[Holder]) -> Holder | None:
    """The state or government that somebody headed who now only leads a party that was his before."""
    if not at or any(each.role != "PARTY_LEADER" for each in at):
        return None
    led = min(each.since or _FIRST for each in at)
    heads = [each for each in before if each.role in ("HEAD_OF_STATE", "HEAD_OF_GOVERNMENT")]
    return next((each for each in heads if led <= (each.until or _LAST)), None)


def _weight(offices: list[Holder], on: date, near: str | None) -> float:
    """How likely one of several persons with one name is meant."""
    at = [each for each in offices if each.holds(on)]
    rank = max(_RANK.get(each.role, 0.8) for each in (at or offices))
    agrees = 1.0 if not near or near in {each.country for each in offices} else 0.8
    return rank * agrees * (1.0 if at else 0.75)


def _agreeing(offices: list[Holder], held: Office | None) -> list[Holder]:
    """The rows that are the office that the phrase names."""
    if held is None or held.wide:
        return []
    found = [
        each
        for each in offices
        if (held.country in (None, each.country) or held.why == office.AROUND)
        and (each.actor == held.actor or (held.role is not None and each.role == held.role) or _leads(each, held))
    ]
    return [each for each in found if each.role == held.role or _leads(each, held)] or found


def _leads(holder: Holder, held: Office) -> bool:
    """King, emir and president are heads of state alike."""
    return held.head and holder.role == held.lead


def holding(holder: Holder, on: date, score: float, why: str, *, former: bool = False) -> Holding:
    """A row as an answer; one that is stale, unsure or of an uncertain day counts for less."""
    stale = holder.stale(on)
    stays = holder.country == BODIES_OF_STATES or holder.actor.endswith(".GOV.CROWN")
    sector = Sector.PTY if former and holder.sector in LEFT and not stays else holder.sector
    doubt = (0.85 if holder.confidence == "unsure" else 1.0) * (0.9 if stale else 1.0)
    return Holding(
        actor=holder.actor, person=holder.person, office=holder.office, role=holder.role, country=holder.country,
        sector=sector, since=holder.since, until=holder.until, former=former, stale=stale,
        score=round(max(0.0, min(1.0, score * doubt)), 3), why=why, source=holder.source,
    )  # fmt: skip


def near_name(said: Name, rows: Iterable[Holder]) -> tuple[Holder, float] | None:
    """The row whose person is called so, in whatever spelling or script; None where none is near enough."""
    text = said.ar or said.en
    best: tuple[Holder, float] | None = None
    for row in rows:
        for form in (row.person.ar, row.person.en):
            if form and (score := name_score(text, form).score) >= _ONE_NAME and (best is None or score > best[1]):
                best = row, score
    return best
