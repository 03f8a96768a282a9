"""Whom a phrase means at a day: persons, offices, bodies, groups, states, crowds; Arabic or English.

The order of evidence, each with its id in ``Holding.why``: an exact alias valid at the day; an office with its state
inside the phrase; a name in the phrase, with office or state agreeing; a body by name inside the phrase; the office
with the state of the context; generic people; a state's name; a demonym. Where several may be meant, all are given,
the likeliest first; nothing is given for what names no actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from marsad.knowledge import actors, holders
from marsad.knowledge.countries import BODIES_OF_STATES, NO_ONE_STATE, countries
from marsad.knowledge.holders import Holder
from marsad.knowledge.organs import bare, terms
from marsad.resolve import generic, named, office, person
from marsad.resolve.around import around
from marsad.resolve.office import Office
from marsad.resolve.phrase import Reading, read
from marsad.text.names.lexicon import common
from marsad.types import Holding, Name, Sector

OWNED = "office.of-person"
UNKNOWN_NAME, NAME_AROUND = "office.name-unknown", "name.country-of-context"
STATE, METONYM, DEMONYM = "state.name", "state.metonym", "demonym"
#: Phrases longer than this, in characters, are no names of actors.
LONGEST = 400
_NAMED = office.PEOPLE | {"PTY", "LEG", "SPY", "MIL", "COP"}
_SHORT = 5
#: Organs for which no other of the state answers: who heads the upper house is not who heads the lower.
_ONLY = frozenset({"LEG.UPPER", "PTY", "PTY.OPPOSITION"})
_PEOPLE = ("ون", "ين", "يو", "ي", "يا", "ات")
_AND = re.compile(r"\s+(?:and\s+|و\s*(?=\w))|\s*[,،]\s+")


def who(phrase: str, on: date, context: str | None = None) -> list[Holding]:
    """Whom the phrase means at the day ``on``, the likeliest first; empty where it names no actor.

    ``context`` is the sentence, for what the phrase leaves to it: the state of «الحكومة». ``score`` is 0..1; an office
    whose state nothing tells has no country, and its actor is the organ alone (``GOV``).

    >>> [(found.actor, found.person.en) for found in who("وزير الدفاع التركي", date(2024, 5, 1))]
    [('TUR.GOV.MOD', 'Yaşar Güler')]
    >>> who("a chair", date(2024, 5, 1))
    []
    """
    if len(phrase) > LONGEST:
        return []
    reading = read(phrase)
    if not reading.words:
        return []
    best: dict[tuple[str, str, str | None, bool], Holding] = {}
    for each in _answers(reading, on, context):
        name = (each.person.en or each.person.ar) if each.person else ""
        key = (each.actor, name, each.role, each.former)
        if key not in best or best[key].score < each.score:
            best[key] = each
    found = sorted(best.values(), key=lambda each: -each.score)
    return found or _each(phrase, on, context)


def _each(phrase: str, on: date, context: str | None) -> list[Holding]:
    """Of «بوتين وأردوغان», which means nobody as a whole, each part; empty where a part means nobody."""
    parts = [part for part in _AND.split(phrase) if part.strip()]
    if not 1 < len(parts) <= _SHORT:
        return []
    found = [who(part, on, context) for part in parts]
    return [some[0] for some in found] if all(found) else []


def _answers(reading: Reading, on: date, context: str | None) -> Iterator[Holding]:
    if generic.is_several(reading):
        yield generic.several()
        return
    exact = actors.named(reading.phrase, on, context)
    found = person.find(reading)
    body = named.find(reading, found, on, context)
    if exact and body and body.first and named.leads(reading.pieces[0].term if reading.pieces else None):
        exact = ()  # «رئيس المخابرات المصرية»: who leads it is meant, not the body
    if exact:
        near = around(context, reading.phrase)
        for number, actor in enumerate(exact):
            agrees = 0.02 if near and near == actor.country else 0.0
            yield named.alias(actor, 0.97 + agrees - 0.05 * number)
        body = None
    if found and found.last - found.first == len(reading.words):
        yield from _bare_name(found, reading, on, context, bool(exact))
        if not found.weak:
            return
        found = None
    if exact:
        return
    outside = named.without(reading, found.first, found.last) if found else reading
    if found and (owned := _owned(found, outside, on, context)):
        yield owned
        return
    held = office.of_reading(outside, context)
    if body is None and found is None and held and held.organ in _NAMED:
        several = list(named.led(reading, held, on, context))
        if several:
            yield from several
            return
    if found is None and body is None and held is None and (rows := person.spelled(reading)):
        yield from person.by_name(rows, on, around(context, reading.phrase), 0.7, person.SPELLED)
        return
    if found:
        yield from _person(found, held, outside, on, context)
    elif body and not (held and named.of_another(body, reading)):
        yield from named.in_phrase(body, reading, on)
    else:
        yield from _plain(outside, held, on, context)


def _bare_name(found: person.Found, reading: Reading, on: date, context: str | None, known: bool) -> Iterator[Holding]:
    """A name by itself. One that wants more counts where its bearer is in office, or the context is about his state."""
    near = around(context, reading.phrase)
    rows = found.rows
    score = 0.96 if not found.single else 0.86
    if found.weak:
        said = (p for p in reading.pieces if p.term and p.term.kind != "noise")
        if any(terms().get(reading.words[piece.first].written) for piece in said):
            return  # a word of the vocabulary as it stands, not only when bent («المالكي»: no owners)
        rows = tuple(row for row in rows if row.holds(on) or row.country == near)
        score = 0.55 if not any(row.country == near for row in rows) else 0.7
        if any(p.state for p in reading.pieces):
            score = 0.3
    yield from person.by_name(rows, on, near, score * (0.5 if known else 1), person.NAME)


def _person(
    found: person.Found, held: Office | None, reading: Reading, on: date, context: str | None
) -> Iterator[Holding]:
    """A name in a phrase, with title, office or state beside it."""
    state = next((p.state.code for p in reading.states if p.state and p.state.kind == "demonym"), None)
    near = state or around(context, reading.phrase)
    got = list(person.by_name(found.rows, on, near, 0.9 if found.single else 0.96, person.INSIDE, held))
    stated = (
        held is not None and held.head and held.why in (office.INSIDE, office.FIXED) and held.country != NO_ONE_STATE
    )
    if held and stated and got and all(each.country != held.country for each in got):
        # a namesake: the office that the phrase states is surer
        name = " ".join(reading.words[at].written for at in range(found.first, found.last))
        yield named.of_office(held, Name("", name) if reading.latin else Name(name, ""), 0.6, UNKNOWN_NAME)
        got = [replace(each, score=round(each.score * 0.5, 3)) for each in got]
    yield from got


def _owned(found: person.Found, reading: Reading, on: date, context: str | None) -> Holding | None:
    """The body of a person («إدارة الرئيس أوباما», «أنصار مرسي»): Arabic puts it before him and his title."""
    if reading.latin:
        return None
    before = [p for p in reading.pieces if p.last <= found.first and p.term and p.term.kind != "noise"]
    if not before or before[0].term is None or before[0].first > 1:
        return None
    if before[0].last == found.first and reading.words[before[0].first].text.startswith("ال"):
        return None  # a title in apposition («الفريق شمس الدين كباشي»): what is owned has no article
    term = before[0].term
    titled = any(p.term and p.term.kind == "office" for p in before[1:])
    many = term.key in office.PEOPLE and term.role != "TITLE" and titled
    if term.actor or not (term.kind == "organ" or many) or term.sector is None:
        return None
    who_of = max(person.by_name(found.rows, on, around(context, reading.phrase), 0.8), key=lambda each: each.score)
    country = next((p.state.code for p in reading.states if p.state and p.state.kind != "place"), who_of.country)
    return Holding(
        actor=f"{country}.{term.key}", office=term.name, country=country, sector=term.sector, score=0.7, why=OWNED,
        source=who_of.source,
    )  # fmt: skip


def _plain(reading: Reading, held: Office | None, on: date, context: str | None) -> Iterator[Holding]:
    """A phrase without a known name: offices and organs, generic people, states."""
    if held and not held.wide and held.organ not in office.PEOPLE:
        for code in _joint(reading) or [""]:
            one = replace(held, country=code, actor=f"{code}.{held.organ}") if code else held
            yield from _office(one, reading, on)
        return
    if held and held.role == "ENVOY" and held.country and _holders(held, reading, on):
        yield from _office(held, reading, on)
        return
    crowd = generic.of_reading(reading, held, context)
    if crowd:
        yield crowd
    elif held:
        yield from _office(held, reading, on)
    else:
        some = list(_states(reading))
        yield from some or _unknown(reading, context)


def _joint(reading: Reading) -> list[str]:
    """The states of «وزيرا خارجية مصر والأردن», where two or more are joined by and."""
    pieces = [p for p in reading.states if p.state and p.state.kind != "place"]
    found = []
    for before, after in pairwise(pieces):
        word = reading.words[after.first].text
        between = {reading.words[at].text for at in range(before.last, after.first)}
        if (not between and word.startswith("و") and not reading.latin) or between in ({"and"}, {"و"}):
            found += [p.state.code for p in (before, after) if p.state]
    return list(dict.fromkeys(found))


def _office(held: Office, reading: Reading, on: date) -> Iterator[Holding]:
    """An office with its holder at the day, or an organ."""
    personal = held.head or held.role in named.ONE
    name = named.written(reading) if personal else None
    rows = _holders(held, reading, on) if held.country and held.role and personal else ()
    if name and rows:
        near = person.near_name(name, rows)
        if near:
            yield person.holding(near[0], on, held.score * near[1], person.NEAR_NAME, former=held.former)
            return
        rows = ()
    if not rows:
        yield named.of_office(held, name, held.score * (0.9 if name else 1), UNKNOWN_NAME if name else held.why)
        return
    score = held.score * (0.7 if held.former else 1)  # «the former minister» may be any of those before
    for number, row in enumerate(rows):
        yield person.holding(row, on, score - 0.1 * number, held.why, former=held.former)


def _holders(held: Office, reading: Reading, on: date) -> tuple[Holder, ...]:
    """Who holds the office at the day, or held it last where the phrase says former; none where it may be many."""
    assert held.country is not None
    if held.former:
        return _before(held, on)
    rows = holders.of_office(held.actor, held.role, on)
    if held.head and not rows and held.organ not in _ONLY:
        there = holders.of_office(held.actor, None, on)
        rows = next((some for role in named.HEADS if (some := tuple(r for r in there if r.role == role))), ())
        rows = rows or _of_state(held, on)
    if held.role in named.ONE:
        rows = tuple(named.principal(rows, held))
    if held.role in named.SENT:
        rows = tuple(named.sent(rows, reading, held.country))
    if held.role in named.ONE and len({row.person_id for row in rows}) > 1:
        return ()
    return rows if len({row.person_id for row in rows}) <= 3 else ()


def _of_state(held: Office, on: date) -> tuple[Holder, ...]:
    """Who holds such an office of the state in another organ of it; none of those who are against it."""
    rows = holders.of_office(held.country or "", held.role, on)
    return tuple(row for row in rows if row.sector is not Sector.REB)


def _before(held: Office, on: date) -> tuple[Holder, ...]:
    """The last holder that had left the office by the day."""
    rows = [r for r in holders.holders() if r.country == held.country and r.role == held.role and r.former(on)]
    return (max(rows, key=lambda row: row.until or date.min),) if rows else ()


def _states(reading: Reading) -> Iterator[Holding]:
    """States by name, metonym or demonym, where the phrase says no more."""
    if any(p.term and p.term.kind == "nothing" for p in reading.ordered()):
        return
    pieces = [p for p in reading.states if p.state and p.state.kind != "place"]
    demonym = bool(pieces) and pieces[0].state is not None and pieces[0].state.kind == "demonym"
    praised = not reading.latin and bool(pieces) and pieces[0].first == 0  # «الولايات المتحدة الصديقة»
    praised = praised and all(reading.words[at].text.startswith("ال") for at in reading.rest)
    if reading.rest and not praised and not (demonym and _human(reading)):
        return
    first = reading.pieces[0].term if reading.pieces else None
    if first and first.kind == "mark" and not reading.latin:
        return  # «المنتخب المغربي» is a team, «الرئيس المنتخب» a president
    if any(p.term and p.term.kind == "adjective" for p in reading.pieces) and not reading.rest:
        return
    for number, piece in enumerate(pieces):
        assert piece.state is not None
        kind, code, entry = piece.state.kind, piece.state.code, piece.state.entry
        sector = Sector.IGO if code == BODIES_OF_STATES else Sector.GOV
        why = DEMONYM if kind == "demonym" else METONYM if kind == "metonym" else STATE
        loose = bool(reading.rest) and not praised
        score = 0.35 if loose else (0.95 if kind != "demonym" else 0.8)
        actor = office.entry_id(entry)
        name = countries()[entry].name
        yield Holding(
            actor=actor, office=Name(name["ar"], name["en"]), country=code, score=round(score - 0.02 * number, 3),
            why=why,
            sector=Sector.CVL if loose else sector, source="countries.csv",
        )  # fmt: skip
        if loose:
            return


def _human(reading: Reading) -> bool:
    """Whether the first unread word looks like people (a sound plural, a nisba) or, of a few, like a name."""
    word = reading.words[reading.rest[0]] if not reading.latin else reading.words[reading.rest[-1]]
    if reading.latin:
        return word.capital or (word.text.endswith("s") and not word.text.endswith("ss"))
    return word.text.endswith(_PEOPLE) or common(bare(word.text)) > 0 or common(word.text) > 0


def _unknown(reading: Reading, context: str | None) -> Iterator[Holding]:
    """A name of nobody known, in a sentence that is about a state: likely somebody of that state."""
    titled = any(p.term and p.term.kind == "noise" and p.first == 0 for p in reading.pieces)
    if not context or not reading.rest or len(reading.words) > _SHORT or len(reading.pieces) > titled:
        return
    near = around(context, reading.phrase)
    if near is None or not any(common(word.text) or common(bare(word.text)) for word in reading.words):
        return
    said = " ".join(word.written for word in reading.words)
    yield Holding(
        actor=f"{near}.{Sector.CVL.value}", person=Name("", said) if reading.latin else Name(said, ""), country=near,
        sector=Sector.CVL, score=0.3, why=NAME_AROUND,
    )  # fmt: skip
