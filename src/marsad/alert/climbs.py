"""Whether a rung is what a watch is about: its ladder and level, its pair or triangle, and who tells of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.alert.asks import Asks
from marsad.alert.news import Risen, Telling, above, of_mention
from marsad.alert.words import Text
from marsad.identity import state_of
from marsad.types import Ladder, Query


def takes_rung(asks: Asks, risen: Risen, text: Text) -> bool:
    """Whether a rung is what is asked for."""
    query, rung, level = asks.watch.query, risen.reached.rung, risen.reached.effective
    if query.ladder is not None and rung.ladder is not query.ladder:
        return False
    if query.level is not None and level < query.level:
        return False
    if asks.statuses and rung.status not in asks.statuses:
        return False
    return _concerns(query, risen) and any(_takes_telling(asks, one, text) for one in risen.tellings)


def _takes_telling(asks: Asks, one: Telling, text: Text) -> bool:
    query, rung = asks.watch.query, one.rung
    event = one.report.event if one.report else None
    if query.law and rung.law != query.law:
        return False
    if asks.types and not (event and event.type in asks.types):
        return False
    if asks.voices and rung.voice not in asks.voices:
        return False
    speaks = set(of_mention(rung.speaker)) if rung.speaker else set()
    if query.speakers and not speaks & set(query.speakers):
        return False
    doing = {side for who in (event.actors if event else ()) for side in of_mention(who)}
    hit = {side for who in (event.recipients if event else ()) for side in of_mention(who)}
    if rung.ladder is not Ladder.L:
        doing |= set(above(rung.sanctioner))
        hit |= {*above(rung.near), *above(rung.party)}
    if query.actors and not doing & set(query.actors):
        return False
    if query.recipients and not hit & set(query.recipients):
        return False
    if query.parties and not (doing | hit | _sides(_named(one))) & set(query.parties):
        return False
    return asks.takes_article(one.article, one.source, text)


def _named(one: Telling) -> tuple[str | None, ...]:
    """Whom a rung names."""
    rung = one.rung
    return rung.near, rung.counterpart, rung.sanctioner, rung.party


def _sides(named: Iterable[str | None]) -> set[str]:
    return {side for one in named for side in above(one)}


def _concerns(query: Query, risen: Risen) -> bool:
    """Whether a rung is of the pair or triangle asked for.

    On W and R a signal to everybody, or that does not say whose dealings it is about, concerns a pair too, where
    anything else says that it is meant.
    """
    rung = risen.reached.rung
    wanted = (query.near, query.counterpart)
    if rung.ladder is Ladder.L:
        sides = [rung.near, rung.counterpart]
        for asked in filter(None, wanted):
            if state_of(asked) not in sides:
                return False
            sides.remove(state_of(asked))
            if "." in asked and not _takes_part(asked, risen):
                return False
        return True
    if query.sanctioner and rung.sanctioner != state_of(query.sanctioner):
        return False
    meant = bool(query.sanctioner)
    for one, side in zip(wanted, (rung.near, rung.counterpart), strict=True):
        if one is None or side is None:
            continue
        if state_of(one) != side or ("." in one and rung.party and one not in above(rung.party)):
            return False
        meant = True
    return meant or not any(wanted)


def _takes_part(body: str, risen: Risen) -> bool:
    """Whether a body below a side is the buyer, or a party of the act."""
    for one in risen.tellings:
        event = one.report.event if one.report else None
        who = [mention.actor for mention in (*event.actors, *event.recipients)] if event else []
        if any(body in above(actor) for actor in (one.rung.party, *who)):
            return True
    return False
