"""From the rungs of a store to the course of a pair: what is read one by one, and what a body below a side is in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from marsad.export.cited import Cited
from marsad.identity import state_of
from marsad.relate.course import Stay, course, stays
from marsad.store import Connection, articles, events, reached, sources
from marsad.store.reached import Climbed, Rises
from marsad.types import Course, Ladder, Reached, Rung

#: Low rungs of a pair that are read one by one beside the first and the last of each level, the latest of each kind.
LOW = 500


class Climb(NamedTuple):
    """A course from the day asked about on, the time on its rungs by ladder, the low rungs by month.

    ``left`` is how many rungs were too many to read one by one.
    """

    course: Course
    rises: tuple[Rises, ...]
    left: int
    stays: Mapping[Ladder, tuple[Stay, ...]]


def climbed(
    db: Connection,
    one: str,
    other: str,
    sanctioner: str | None,
    since: date | None,
    until: date,
    *,
    few: int | None = None,
    most: int | None = None,
) -> Climb:
    """The course of the two sides; of a body, what it takes part in. Within one side nobody climbs.

    With ``few`` no low rung is read one by one, but the first and the last of each level, where there are more; of high
    ones the latest ``most`` of each ladder.
    """
    near, counterpart = state_of(one), state_of(other)
    if near == counterpart:
        nothing = Course(
            near=one, counterpart=other, sanctioner=sanctioner, since=since, until=until, reached=(), standing={}
        )
        return Climb(nothing, (), 0, {})
    most = reached.MOST if most is None else most
    found = reached.of_pair(db, near, counterpart, sanctioner, None, until, most=most)
    low = sum(each.n for each in found.rises)
    chosen: Sequence[Reached] = found.reached
    if few is None or low <= few:
        chosen = read_low(db, found, near, counterpart, sanctioner, until)
    low -= sum(not reached.is_high(each.rung) for each in chosen)
    for body in (one, other):
        chosen = of_body(db, chosen, body) if "." in body else chosen
    whole = course(chosen, near, counterpart, sanctioner, until)
    standing = {ladder: stays(whole, ladder, since) for ladder in whole.standing}
    cut = course(chosen, near, counterpart, sanctioner, until, since) if since else whole
    return Climb(cut, found.rises, found.left + max(0, low), standing)


def course_between(db: Connection, one: str, other: str, sanctioner: str | None, until: date) -> Course:
    """The course of two sides up to a day with all that is read of it: of the low rungs the latest, one by one."""
    climbed = reached.of_pair(db, one, other, sanctioner, None, until)
    return course(read_low(db, climbed, one, other, sanctioner, until), one, other, sanctioner, until)


def read_low(
    db: Connection, climbed: Climbed, one: str, other: str, sanctioner: str | None, until: date
) -> list[Reached]:
    """What was read of a pair, and the latest of its low rungs."""
    low = reached.low_of_pair(db, one, other, sanctioner, until, most=LOW)
    return list({(each.id, each.rung.article): each for each in (*climbed.reached, *low)}.values())


def of_body(db: Connection, given: Sequence[Reached], body: str) -> list[Reached]:
    """What a body below a side has climbed, as buyer or as a party of the act; and the signals that name no other."""

    def is_it(actor: str | None) -> bool:
        return actor is not None and (actor == body or actor.startswith(f"{body}."))

    told = events.by_id(db, [one.rung.event for one in given if one.rung.ladder is Ladder.L and one.rung.event])
    acting = {
        id
        for id, report in told.items()  # noqa: A001 (the field's word)
        if any(is_it(mention.actor) for mention in (*report.event.actors, *report.event.recipients))
    }
    return [
        one
        for one in given
        if is_it(one.rung.party)
        or (one.rung.event in acting if one.rung.ladder is Ladder.L else one.rung.party is None)
    ]


def sentences_of(db: Connection, given: Iterable[Reached]) -> dict[str, Cited]:
    """The sentences that rungs in the world rest on, by the id of the rung."""
    return cited(db, [each.rung for each in given])


def cited(db: Connection, rungs: Sequence[Rung]) -> dict[str, Cited]:
    """The articles that give rungs, and who published them, by the id of the rung."""
    numbers = articles.seqs(db, sorted({rung.article for rung in rungs}))
    texts = {one.id: one for one in articles.by_seq(db, list(numbers.values())).values()}
    published = sources.by_article(db, list(numbers.values()))
    return {
        rung.id: Cited(rung=rung, article=texts[rung.article], source=published.get(numbers[rung.article]))
        for rung in rungs
        if rung.article in texts
    }
