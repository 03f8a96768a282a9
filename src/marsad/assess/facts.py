"""From news to facts: what reports say of each element of a law about one entity, as of a day and as known on another.

What decides an element is told by its name and kind, as ``terms.yaml`` fixes them:

* The one who deals is a person: a body or an official that is named. A state is none, and of ``IRQ.?``, the body that
  nobody names, it stays unknown.
* Only a contract, a payment and a delivery are transactions, on the day of the rung. A planned one is not yet; a denied
  one is contested; one told by a single source that stands for it is contested, one by anonymous sources or as a
  reading is unknown; one without a day, or of which nobody says what it was in, is unknown; a civilian one is none.
* The counterparty's status is that of the list on the day of the deal. Where there are only talks, it is that of those
  who talk, on the day that is asked about.
* Knowledge is argued: from a public list, or from a warning, that was there before.
* Open texture is argued factor by factor (:mod:`marsad.assess.factors`), official acts are shown by official sources
  (:mod:`marsad.assess.acts`).

A user's judgement wins over curated data, those over the machine; what lost keeps its claims beside what won.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from marsad.assess.acts import Acts
from marsad.assess.asked import Asked
from marsad.assess.dealings import dealings, signals
from marsad.assess.elements import FEEDS
from marsad.assess.entities import body_of
from marsad.assess.recorded import recorded
from marsad.identity import state_of
from marsad.knowledge.instruments import law, laws
from marsad.knowledge.precedents import Precedent
from marsad.types import Event, Ladder, Reached
from marsad.types.law import ElementKind, Fact, Instrument, Truth, Version

_RANK = {"judgement": 2, "curated": 1}


def facts(
    instrument: Instrument,
    entity: str,
    reached: Sequence[Reached],
    events: Iterable[Event],
    as_of: date,
    known_on: date,
    curated: Sequence[Fact] = (),
    judged: Sequence[Fact] = (),
    *,
    published: Mapping[str, date] | None = None,
    officials: Collection[str] = (),
    sellers: Sequence[str] = (),
    firsts: Mapping[str, date] | None = None,
) -> dict[str, Fact]:
    """What is held of each element of the version in force on ``as_of``, by its id; what nothing is known of is absent.

    ``reached`` are the rungs of the state that ``entity`` is under, as they were known on ``known_on`` (who joins
    stories after that day knows more), ``events`` those of their articles. ``published`` is the day on which a rung or
    an article was out, by its id: without it a rung counts as known on its own day. ``officials`` are articles or
    origins that are official publications. ``sellers`` are the other side of all steps, where no event names it.
    ``firsts`` are the days from which what an element speaks of counts (``Law.on_or_after``); without it those of the
    law of that id that comes with Marsad. ``curated`` and ``judged`` are facts with a source and by a user, of any
    entity; those of others are left out.
    """
    version = instrument.at(as_of, known_on)
    if version is None:
        return {}
    out = published or {}
    seen = [one for one in reached if _seen(one, as_of, known_on, out)]
    near = state_of(entity)
    mine = [one for one in seen if one.rung.ladder is Ladder.L and _of(one, entity)]
    told = [event for event in events if event.day is None or event.day <= min(as_of, known_on)]
    said = signals(seen, near, instrument.counterpart, instrument.sanctioner)
    deals = dealings(mine, told, instrument.counterpart or "", sellers=sellers, every=_pair(seen, near))
    acts = Acts(instrument=instrument, version=version, entity=entity, signals=said, officials=officials)
    official = {fact.element: fact for fact in acts.facts()}
    asked = Asked(
        instrument=instrument,
        version=version,
        entity=entity,
        deals=deals,
        steps=tuple(mine),
        signals=said,
        as_of=as_of,
        official=official,
        firsts=_firsts(instrument) if firsts is None else firsts,
    )
    made = {**dict(_fed(asked)), **official}
    made = {key: replace(fact, known=fact.known or _known(fact, seen, out)) for key, fact in made.items()}
    given = [fact for fact in (*curated, *judged) if _counts(fact, entity, as_of, known_on)]
    return _settled(version, made, given)


def facts_of(
    instrument: Instrument,
    precedent: Precedent,
    reached: Sequence[Reached],
    as_of: date,
    *,
    entity: str | None = None,
    curated: Sequence[Fact] = (),
) -> dict[str, Fact]:
    """The facts of a precedent on a day, by the same path as those of news; they are curated.

    ``reached`` are its steps (:func:`marsad.relate.cases.course_of`). Acts are those under the law of the case, shown
    by the sources of the case; what is denied, and what the press alone tells, is as it would be in news
    (:mod:`marsad.assess.recorded`). ``entity`` is its buyer, where no other is asked for.
    """
    steps, told = recorded(precedent, reached, as_of)
    made = facts(
        instrument,
        entity or buyer(precedent),
        steps,
        told,
        as_of,
        as_of,
        curated,
        officials={precedent.id},
        sellers=precedent.sellers,
    )
    return {key: replace(fact, by="curated") if fact.by == "events" else fact for key, fact in made.items()}


def buyer(precedent: Precedent) -> str:
    """The entity that a precedent is about.

    >>> from marsad.knowledge.precedents import precedents
    >>> [buyer(case) for case in precedents()][1:2]
    ['TUR.SSB']
    """
    return body_of(precedent.party, precedent.near)


def _firsts(instrument: Instrument) -> Mapping[str, date]:
    return law(instrument.id).on_or_after if instrument.id in laws() else {}


def _seen(one: Reached, as_of: date, known_on: date, published: Mapping[str, date]) -> bool:
    day = one.rung.day
    out = known(one, published)
    return (day is None or day <= as_of) and (out is None or out <= known_on)


def known(one: Reached, published: Mapping[str, date]) -> date | None:
    """The day on which a rung was first told; its own day where that is not given."""
    told = [published[key] for key in (*one.rungs, one.rung.article) if key in published]
    return min(told, default=one.rung.day)


def _of(one: Reached, entity: str) -> bool:
    near = state_of(entity)
    if near not in (state_of(one.rung.near or ""), state_of(one.rung.counterpart or "")):
        return False
    return body_of(one.rung.party, near) == entity


def _pair(seen: Iterable[Reached], near: str) -> list[Reached]:
    return [
        one
        for one in seen
        if one.rung.ladder is Ladder.L and near in (state_of(one.rung.near or ""), state_of(one.rung.counterpart or ""))
    ]


def _fed(asked: Asked) -> Iterator[tuple[str, Fact]]:
    """The fact of each element that anything feeds."""
    for key, element in asked.version.elements.items():
        feed = FEEDS.get(key) or (FEEDS["status"] if element.kind is ElementKind.STATUS else None)
        fact = feed(asked, element) if feed else None
        if fact is not None:
            yield key, fact


def _known(fact: Fact, seen: Sequence[Reached], published: Mapping[str, date]) -> date | None:
    """The first day on which what a decided fact rests on was known."""
    if fact.truth not in (Truth.TRUE, Truth.FALSE):
        return None
    shows = {key for claim in fact.claims if claim.holds is (fact.truth is Truth.TRUE) for key in claim.evidence}
    days = [day for one in seen if shows & set(one.rungs) and (day := known(one, published))]
    return min(days, default=None)


def _counts(fact: Fact, entity: str, as_of: date, known_on: date) -> bool:
    return (
        fact.entity == entity
        and (fact.since is None or fact.since <= as_of)
        and (fact.until is None or as_of <= fact.until)
        and (fact.known is None or fact.known <= known_on)
    )


def _settled(version: Version, made: Mapping[str, Fact], given: Sequence[Fact]) -> dict[str, Fact]:
    """The facts with those given by people: of several that count the latest; a judgement before curated data."""
    settled = dict(made)
    for fact in sorted(given, key=lambda one: (_RANK.get(one.by, 0), one.since or date.min)):
        if fact.element in version.elements:
            settled[fact.element] = _beside(fact, settled.get(fact.element))
    # What the law does not have may still be asked of its calendar: the report to Congress, a disapproval, a veto.
    others = {fact.element: fact for fact in given if fact.element not in version.elements}
    return settled | others


def _beside(winner: Fact, other: Fact | None) -> Fact:
    """A fact that won, with the claims and factors of the one that it stands in place of."""
    if other is None:
        return winner
    factors = {key: (*winner.factors.get(key, ()), *claims) for key, claims in other.factors.items()}
    return replace(
        winner,
        claims=tuple(dict.fromkeys((*winner.claims, *other.claims))),
        factors={**winner.factors, **factors},
    )
