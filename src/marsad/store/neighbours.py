"""With whom a side has to do: its acts with every other side, by kind, out of the counts that are kept by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from marsad.store.schema import tally
from marsad.store.tallies import OCCURRENCE, month_of
from marsad.types import Outcome


class Dealt(NamedTuple):
    """How many ACTUAL acts of one type a side has done to another in a span of months."""

    source: str
    target: str
    type: str
    n: int


def neighbours(db: Connection, side: str, others: Sequence[str], since: date, until: date) -> list[Dealt]:
    """The acts of ``side`` towards each of ``others`` and of these towards it, from the month of ``since`` on.

    ``others`` are named, since counts are found by who acts: the sides of the world are a few hundred, and a look for
    each is cheaper than one at every count of the store.
    """
    named = [one for one in others if one != side]
    found: list[Dealt] = []
    for sources, targets in (([side], named), (named, [side])):
        asked = (
            select(tally.c.source, tally.c.target, tally.c.type, func.sum(tally.c.n))
            .where(tally.c.what == OCCURRENCE, tally.c.status == Outcome.ACTUAL.value)
            .where(tally.c.source.in_(sources), tally.c.target.in_(targets))
            .where(tally.c.month.between(month_of(since), month_of(until)))
            .group_by(tally.c.source, tally.c.target, tally.c.type)
            .order_by(tally.c.source, tally.c.target, tally.c.type)
        )
        found += [Dealt(source, target, kind, int(n)) for source, target, kind, n in db.execute(asked)]
    return found
