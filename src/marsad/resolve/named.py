"""Bodies by name, whole or inside a phrase, and who leads or speaks for them: «أمين عام الناتو», «حركة حماس»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from marsad.knowledge import actors, holders
from marsad.knowledge.countries import BODIES_OF_STATES, NO_ONE_STATE, countries
from marsad.knowledge.holders import Holder
from marsad.knowledge.organs import Term
from marsad.resolve import office, person
from marsad.resolve.around import bodies
from marsad.resolve.office import Office
from marsad.resolve.phrase import Piece, Reading
from marsad.types import Actor, Holding, Name, Sector

ALIAS, ALIAS_INSIDE = "alias", "alias.in-phrase"
#: Offices whose holder is one at a time, so that an office without a name means him.
ONE = frozenset({"SPOKESPERSON", "DEPUTY_FOREIGN", "DEPUTY_DEFENCE", "DEPUTY_HEAD", "AMBASSADOR", "ENVOY"})
#: Offices of which there is one for each state to which they are sent.
SENT = frozenset({"AMBASSADOR", "ENVOY"})
HEADS = ("HEAD_OF_STATE", "HEAD_OF_GOVERNMENT", "DEPUTY_HEAD")
#: Roles of those who lead a body, the likeliest first.
_LEADERS = (
    "HEAD_OF_BODY", "PARTY_LEADER", "INTELLIGENCE", "COMMANDER", "STATE_COMPANY", "CENTRAL_BANK", "CHIEF_OF_STAFF",
    *HEADS, "JUDGE", "HEAD_OF_POLICE", "PROSECUTOR", "PARLIAMENT", "OTHER",
)  # fmt: skip


#: A form of more characters than this is found in the name of an office; a shorter one may be of another's (UN, UNHCR).
_LONG = 5


#: In the names of offices of which there are several, those that are not the first.
_UNDER = re.compile(r"\b(Deputy|Assistant|Vice|Arabic-language|regional)\b")

#: And those of a part of the body.
_PART = re.compile(r" in the | abroad$|interim")


def leads(term: Term | None) -> bool:
    """Whether a term at the beginning of a phrase means somebody of the body that follows."""
    if term is None or term.kind not in ("office", "prefix"):
        return False
    return term.key not in office.PEOPLE and term.key not in ("MEMBER", "OFFICIAL", "SOURCE", "MINISTER")


@dataclass(frozen=True, slots=True)
class Body:
    """An actor named inside a phrase, from word ``first`` to ``last`` (the last not inside)."""

    first: int
    last: int
    actor: Actor


def find(reading: Reading, found: person.Found | None, on: date, context: str | None) -> Body | None:
    """The longest name of an actor inside the phrase; conditions on it are looked up in the context too."""
    at = context.find(reading.phrase) if context else -1
    if not context or at < 0:
        hits = list(bodies(reading.phrase, on))
    else:
        stop = at + len(reading.phrase)
        hits = [(a - at, b - at, name) for a, b, name in bodies(context, on) if at <= a and b <= stop]
    best: Body | None = None
    for start, stop, name in hits:
        inside = [n for n, word in enumerate(reading.words) if word.stop > start and word.start < stop]
        if len(inside) > 1 and reading.words[inside[0]].text == "the":
            inside = inside[1:]
        if not inside or (found and found.first <= inside[-1] and inside[0] < found.last):
            continue
        if any(p.first <= inside[0] and inside[-1] < p.last and _larger(p, len(inside)) for p in reading.pieces):
            continue
        if best is None or len(inside) > best.last - best.first:
            best = Body(inside[0], inside[-1] + 1, actors.actors()[name])
    return best


def _larger(piece: Piece, length: int) -> bool:
    """Whether a term of more words holds the alias: «بيت» in «البيت الأبيض»."""
    return piece.term is not None and piece.last - piece.first > length


def alias(actor: Actor, score: float, why: str = ALIAS) -> Holding:
    """An actor of ``actors.csv`` as an answer."""
    return Holding(
        actor=actor.id, office=actor.name, country=actor.country, sector=actor.sector, since=actor.since,
        until=actor.until, score=round(min(1.0, score), 3), why=why, source="actors.csv",
    )  # fmt: skip


def without(reading: Reading, first: int, last: int) -> Reading:
    """The reading without the words ``first`` to ``last``."""
    return replace(
        reading,
        pieces=tuple(p for p in reading.pieces if not first <= p.first < last),
        rest=tuple(at for at in reading.rest if not first <= at < last),
    )


def of_office(held: Office, name: Name | None, score: float, why: str) -> Holding:
    """An office without a known holder as an answer; ``name`` is what the phrase calls him."""
    sector = Sector.PTY if held.former and held.sector in person.LEFT and held.head else held.sector
    if held.country == BODIES_OF_STATES and sector is not Sector.JUD:
        sector = Sector.IGO
    return Holding(
        actor=held.actor, person=name, office=held.name, role=held.role, country=held.country, sector=sector,
        former=held.former, score=round(score, 3), why=why, source="organs.yaml",
    )  # fmt: skip


def written(reading: Reading) -> Name | None:
    """The unread words, in English those in capitals: the name of somebody that is not known."""
    said = [reading.words[at].written for at in reading.rest if not reading.latin or reading.words[at].capital]
    if not said or (len(said) == 1 and not reading.latin):
        return None
    return Name("", " ".join(said)) if reading.latin else Name(" ".join(said), "")


def of_another(body: Body, reading: Reading) -> bool:
    """Whether a state before it says whose the office is: «مندوب العراق الدائم لدى الأمم المتحدة»."""
    before = [p.state.code for p in reading.states if p.state and p.state.kind != "place" and p.last <= body.first]
    return bool(before) and body.actor.country not in before


def in_phrase(body: Body, reading: Reading, on: date) -> Iterator[Holding]:
    """A body by name inside a phrase: «حركة حماس», «المتحدث باسم حزب الله»."""
    actor = body.actor
    outside = without(reading, body.first, body.last)
    held = office.of_reading(outside, None)
    own = next((p.state.code for p in outside.states if p.state and p.state.kind != "place"), None)
    agrees = own is None or own == actor.country
    if held and held.organ in office.MINISTRIES and held.head and actor.country == BODIES_OF_STATES:
        held = replace(held, country=NO_ONE_STATE, actor=f"{NO_ONE_STATE}.{held.organ}", score=0.7)
        yield of_office(held, None, held.score, ALIAS_INSIDE)  # the ministers of the G7 are of its states
        return
    score = 0.92 if agrees else 0.75
    if held and (held.head or held.role in ONE or held.role in ("HEAD", "LEADER")) and not outside.rest:
        rows = _of_body(actor, held, on)
        if held.role in SENT:
            rows = sent(rows, outside, actor.country)
        yield from (person.holding(row, on, score - 0.1 * n, ALIAS_INSIDE) for n, row in enumerate(rows[:3]))
        if rows:
            return
    before = held is not None and any(
        p.term and p.term.name == held.name for p in outside.pieces if p.last <= body.first
    )
    yield Holding(
        actor=actor.id, person=written(outside) if held and (held.head or held.role in ONE) else None,
        office=held.name if held and before else actor.name, role=held.role if held else None, country=actor.country,
        sector=actor.sector, since=actor.since, until=actor.until, former=bool(held and held.former), score=score,
        why=ALIAS_INSIDE, source="actors.csv",
    )  # fmt: skip


def led(reading: Reading, held: Office, on: date, context: str | None) -> Iterator[Holding]:
    """«رئيس حزب العدالة والتنمية»: the body by name behind who leads it, of which there may be several."""
    first = reading.pieces[0]
    if first.first or first.last >= len(reading.words) or not leads(first.term):
        return
    start = reading.words[first.last - (not held.wide and first.last - first.first > 1)].start
    for number, actor in enumerate(actors.named(reading.phrase[start:], on, context)):
        rows = _of_body(actor, held, on)
        if rows:
            yield person.holding(rows[0], on, 0.85 - 0.05 * number, ALIAS_INSIDE)
        else:
            yield replace(alias(actor, 0.85 - 0.05 * number, ALIAS_INSIDE), role=held.role)


def _of_body(actor: Actor, held: Office, on: date) -> list[Holder]:
    """The rows of the office of a body that the phrase names: its spokesman, or else its head."""
    organs = [link.removeprefix("organ:") for link in actor.links if link.startswith("organ:")]
    rows = [row for where in (actor.id, *organs) for row in holders.of_office(where, None, on)]
    if held.role in ONE:
        one = principal([row for row in rows if row.role == held.role], held)
        return one if held.role in SENT or len({row.person_id for row in one}) < 2 else []
    heads = [row for row in rows if row.role in _LEADERS]
    called = actors.forms(actor.id)

    def order(row: Holder) -> tuple[bool, bool, int, bool, bool]:
        """The office that the phrase says, of the body as it is called, the likelier, the whole, the higher."""
        own = row.actor == actor.id or any(form in row.office.en for form in called if len(form) > _LONG)
        part = _PART.search(row.office.en) is not None
        return row.role != held.role, not own, _LEADERS.index(row.role), part, "-in-chief" not in row.office.en

    return sorted(principal(heads, held), key=order)


def principal(rows: Iterable[Holder], held: Office) -> list[Holder]:
    """The rows without deputies, where there are others and the phrase names none."""
    every = list(rows)
    if held.role is not None and "DEPUTY" in held.role:
        return every
    return [row for row in every if not _UNDER.search(row.office.en)] or every


def sent(rows: Iterable[Holder], reading: Reading, own: str | None) -> list[Holder]:
    """The rows of those who are sent to a state that the phrase names, beside ``own``."""
    hosts = [p.state for p in reading.pieces if p.state and p.state.code != own]
    names = [countries()[host.entry].name["en"] for host in hosts]
    return [row for row in rows if any(name in row.office.en for name in names)]
