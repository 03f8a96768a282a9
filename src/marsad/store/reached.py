"""Rungs in the world, each once: written with the story that they are made of, found by pair.

A pair may have 100,000 low rungs (visits, talks). The high ones are read one by one; the low ones as counts by month,
kept as they come and go, with the first and the last of each month, which an index finds.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Connection,
    Text,
    and_,
    bindparam,
    cast,
    func,
    insert,
    literal_column,
    or_,
    select,
    type_coerce,
)

from marsad.store.columns import NO_DAY, Whole, Words, day_number, hexadecimal
from marsad.store.rows import next_seq, parts
from marsad.store.rungs import bare
from marsad.store.schema import reached, reached_tally
from marsad.store.tallies import bump, month_of
from marsad.types import Ladder, Reached, Rung, Turn

#: From this level on rungs are read one by one; on ladder R all are, and whatever was put off or called off.
HIGH = {Ladder.L: 5, Ladder.W: 4, Ladder.R: 1}

_decode = msgspec.json.Decoder(Reached).decode


class Pair(NamedTuple):
    """What rungs are found by. On ladder L ``one`` and ``other`` are both sides, sorted, and there is no sanctioner.

    On W and R ``one`` is the side that the signal is about, ``other`` the side whose dealings; empty for everybody and
    for what is not known.
    """

    ladder: str
    sanctioner: str
    one: str
    other: str


class Key(NamedTuple):
    """Rungs that are counted apart: the pair, the month ``yyyymm``, the rest as in :class:`Reached`."""

    ladder: str
    sanctioner: str
    one: str
    other: str
    month: int
    level: int
    effective: int
    confirmed: bool
    turn: str


def pair_of(rung: Rung) -> Pair:
    """What a rung is found by."""
    near, counterpart = rung.near or "", rung.counterpart or ""
    if rung.ladder is Ladder.L:
        return Pair(rung.ladder.value, "", *sorted((near, counterpart)))
    return Pair(rung.ladder.value, rung.sanctioner or "", near, counterpart)


def is_high(rung: Rung) -> bool:
    """Whether it is read one by one, however many a pair has."""
    return _is_high(rung.ladder, rung.level, rung.turn)


def _is_high(ladder: Ladder, level: int, turn: Turn) -> bool:
    return level >= HIGH[ladder] or turn is not Turn.REACHED


def write(db: Connection, made: Sequence[tuple[int, Reached]]) -> None:
    """Keep rungs, each with the story (by seq) that it is made of."""
    if not made:
        return
    first = next_seq(db, reached)
    rows = [_row(first + n, story, one) for n, (story, one) in enumerate(made)]
    db.execute(insert(reached), rows)
    bump(db, reached_tally, Counter(_key(row) for row in rows))


def _row(seq: int, story: int, one: Reached) -> dict[str, Any]:
    return {
        "seq": seq,
        "id": one.id,
        "story": story,
        **pair_of(one.rung)._asdict(),
        "level": one.rung.level,
        "effective": one.effective,
        "confirmed": one.confirmed,
        "turn": one.rung.turn.value,
        "high": int(is_high(one.rung)),
        "day": one.rung.day,
        "body": {**bare(msgspec.to_builtins(one)), "confirmed": one.confirmed},
    }


def _key(row: Any) -> Key:
    told = {field: row[field] for field in Key._fields if field != "month"}
    return Key(month=month_of(row["day"]), **told)


def uncount(db: Connection, stories: Sequence[int]) -> None:
    """Take the rungs of stories (by seq), which are about to go, out of the counts."""
    fields = [reached.c[field] for field in Key._fields if field != "month"]
    by: Counter[Key] = Counter()
    for some in parts(stories):
        asked = select(*fields, reached.c.day).where(reached.c.story.in_(some))
        by.update(_key(row) for row in db.execute(asked).mappings())
    bump(db, reached_tally, {key: -n for key, n in by.items()})


def by_id(db: Connection, ids: Sequence[str]) -> list[Reached]:
    """The rungs with these whole ids, the earliest first; two that the same words give have the same id."""
    return _sorted(_read(db, reached.c.id.in_(some)) for some in parts(ids))


def by_seq(db: Connection, seqs: Sequence[int]) -> list[Reached]:
    """The rungs with these numbers, the earliest first."""
    return _sorted(_read(db, reached.c.seq.in_(some)) for some in parts(seqs))


def of_stories(db: Connection, stories: Sequence[int]) -> list[Reached]:
    """The rungs that were made with stories (by seq), the earliest first."""
    return _sorted(_read(db, reached.c.story.in_(some)) for some in parts(stories))


def _read(db: Connection, which: Any) -> list[Reached]:
    # Read straight from its JSON: thousands are read at once.
    asked = select(type_coerce(reached.c.body, Words)).where(which)
    return [_decode(body) for body in db.execute(asked).scalars()]


def _sorted(found: Any) -> list[Reached]:
    return sorted((one for some in found for one in some), key=lambda one: (one.rung.day or date.min, one.id))


# --- the course of a pair --------------------------------------------------------------------------------------------

#: High rungs of a ladder that are read one by one, the latest.
MOST = 500


class Rises(NamedTuple):
    """How many low rungs of one kind a pair has in a month (``yyyymm``, None for those without a day).

    ``first`` and ``last`` are the ids of the earliest and the latest of them.
    """

    ladder: Ladder
    level: int
    effective: int
    confirmed: bool
    month: int | None
    n: int
    first: str
    last: str


class Climbed(NamedTuple):
    """The rungs of a pair: one by one the high ones, by month the low ones.

    ``reached`` are those that were read one by one, the earliest first: the latest :data:`MOST` high ones of each
    ladder, and of low and high ones the first and the last of each level (as told and as effective, confirmed and not,
    by turn). ``rises`` counts all low ones. ``left`` is how many high ones were not read.
    """

    reached: tuple[Reached, ...]
    rises: tuple[Rises, ...]
    left: int


def of_pair(
    db: Connection,
    near: str,
    counterpart: str,
    sanctioner: str | None = None,
    since: date | None = None,
    until: date | None = None,
    *,
    most: int = MOST,
    low: bool = True,
) -> Climbed:
    """What two sides have reached on ladder L, and ``sanctioner`` on W and R about ``near`` and those dealings.

    A signal to everybody, and one that does not say whose dealings it is about, are among them; without a sanctioner
    there are none. The days bound the rungs, both inside; those without a day are told where ``since`` is not given.
    Not ``low``: the low ones are not counted, ``rises`` is empty.
    """
    span = {"first": day_number(since or NO_DAY), "last": day_number(until or date.max)}
    ends: dict[tuple[Any, ...], _Count] = {}
    rises: dict[Kind, _Count] = {}
    high: dict[str, list[_End]] = {}
    left = 0
    for given in _asked(near, counterpart, sanctioner):
        of: set[Pair] = set()
        for pair, kind, count in _kinds(db, given, span):
            ends[kind] = count.joined(ends.get(kind))
            if _is_high(Ladder(kind[0]), kind[1], Turn(kind[4])):
                of.add(pair)
        for pair in sorted(of):
            found, beyond = _high(db, pair, span, most)
            high.setdefault(pair.ladder, []).extend(found)
            left += beyond + len(found)
        for month, count in (*_months(db, given, span), *_edges(db, given, span)) if low else ():
            rises[month] = count.joined(rises.get(month))
    chosen = {end.seq for some in high.values() for end in sorted(some, reverse=True)[:most]}
    chosen.update(end.seq for count in ends.values() for end in (count.first, count.last))
    whole = by_seq(db, sorted(chosen))
    left -= sum(is_high(one.rung) for one in whole)
    return Climbed(tuple(whole), tuple(_rises(kind, count) for kind, count in sorted(rises.items())), left)


def low_of_pair(
    db: Connection, near: str, counterpart: str, sanctioner: str | None, until: date, *, most: int = MOST
) -> list[Reached]:
    """The latest low rungs of a pair up to a day, at most so many of either kind; those without a day come last."""
    last = day_number(until)
    found: list[int] = []
    for given in _asked(near, counterpart, sanctioner):
        # The counts tell in which of the last months there are so many: these alone are looked into.
        span = {"from": _since(db, given, last, most), "to": last // 100, "last": last, "most": most}
        found.extend(db.execute(_LOW, {**given, **span}).scalars())
    return by_seq(db, sorted(found))


def _since(db: Connection, given: Mapping[str, Any], last: int, most: int) -> int:
    """The latest month from which on there are ``most`` low rungs up to a day, all of that month's; 0 for fewer."""
    there = 0
    for month, n in db.execute(_BY_MONTH, {**given, "before": last // 100}):
        if (there := there + n) >= most:
            return int(month)
    return 0


class _End(NamedTuple):
    """A rung as the indexes have it, sorted by day and id."""

    day: int
    id: str
    seq: int


class _Count(NamedTuple):
    """How many rungs, and which come first and last."""

    n: int
    first: _End
    last: _End

    def joined(self, other: _Count | None) -> _Count:
        return (
            self
            if other is None
            else _Count(self.n + other.n, min(self.first, other.first), max(self.last, other.last))
        )


class Kind(NamedTuple):
    """Low rungs of a pair that are counted apart."""

    ladder: str
    level: int
    effective: int
    confirmed: bool
    month: int


_KIND = ("level", "effective", "confirmed", "turn")


def _rises(kind: Kind, count: _Count) -> Rises:
    month = None if kind.month == month_of(None) else kind.month
    return Rises(Ladder(kind.ladder), *kind[1:4], month, count.n, count.first.id, count.last.id)


def _asked(near: str, counterpart: str, sanctioner: str | None) -> list[dict[str, Any]]:
    """What the columns of a pair may be, for the rungs that concern two sides."""
    one, other = sorted((near, counterpart))
    found: list[dict[str, Any]] = [{"ladder": ["L"], "sanctioner": [""], "one": [one], "other": [other]}]
    if sanctioner:
        signals = {"ladder": ["W", "R"], "sanctioner": [sanctioner]}
        found.append({**signals, "one": [near, ""], "other": [counterpart, ""]})
    return found


def _split(span: Mapping[str, int]) -> list[int]:
    """The months of which a span of days has a part only."""
    first, last = span["first"], span["last"]
    starts, stops = first % 100 != 1, last % 100 < monthrange(last // 10_000, last // 100 % 100)[1]
    return sorted({month for month, cut in ((first // 100, starts), (last // 100, stops)) if cut})


# The questions are made once, which takes longer than to answer them.
_rise = reached.alias("rise")
_day = type_coerce(_rise.c.day, Whole)
_within = _day.between(bindparam("first"), bindparam("last"))
_tally = reached_tally.c
_is_of = and_(*(_rise.c[field] == _tally[field] for field in (*Pair._fields, *_KIND)))
_in_month = _day.between(_tally.month * 100, _tally.month * 100 + 99)
_of_pairs = and_(*(_tally[field].in_(bindparam(field, expanding=True)) for field in Pair._fields))
_is_low = or_(*(and_(_tally.ladder == ladder.value, _tally.level < HIGH[ladder]) for ladder in (Ladder.L, Ladder.W)))
_low = and_(_of_pairs, _is_low, _tally.turn == Turn.REACHED.value)
_kind = (_tally.ladder, _tally.level, _tally.effective, _tally.confirmed)


def _ends(*where: Any) -> list[Any]:
    """The first and the last rung of a row of counts, each as one text: its day, its id, its number."""
    day, id, seq = (cast(type_coerce(column, Whole), Text) for column in (_day, _rise.c.id, _rise.c.seq))  # noqa: A001
    asked = select(day + " " + id + " " + seq).where(_is_of, *where).limit(1)
    orders = ((_day, _rise.c.id), (_day.desc(), _rise.c.id.desc()))
    return [asked.order_by(*order).scalar_subquery() for order in orders]


_apart = [_tally[field] for field in (*Pair._fields, *_KIND)]
_KINDS = select(*_apart, *_ends(_within)).where(_of_pairs).group_by(*_apart)
_MONTHS = select(*_kind, _tally.month, _tally.n, *_ends(_in_month)).where(
    _low,
    _tally.month.between(bindparam("from"), bindparam("to")),
    _tally.month.not_in(bindparam("split", expanding=True)),
)
_EDGES = (
    select(*_kind, _tally.month, _day, _rise.c.id, _rise.c.seq)
    .join_from(reached_tally, _rise, and_(_is_of, _in_month))
    .where(_low, _tally.month.in_(bindparam("split", expanding=True)), _within)
)
_BY_MONTH = (
    select(_tally.month, func.sum(_tally.n))
    .where(_low, _tally.month < bindparam("before"))  # of the last month some may come later
    .group_by(_tally.month)
    .order_by(_tally.month.desc())
)
_LOW = (
    select(_rise.c.seq)
    .join_from(reached_tally, _rise, and_(_is_of, _in_month))
    .where(_low, _tally.month.between(bindparam("from"), bindparam("to")), _day <= bindparam("last"))
    .order_by(_day.desc(), _rise.c.id.desc())
    .limit(bindparam("most"))
)
# Written as it stands in the index, which is of the high ones alone.
_of_pair = and_(*(_rise.c[field] == bindparam(field) for field in Pair._fields), _rise.c.high == literal_column("1"))
_HIGH = (
    select(_day, _rise.c.id, _rise.c.seq)
    .where(_of_pair, _within)
    .order_by(_day.desc(), _rise.c.id.desc())
    .limit(bindparam("most"))
)
_HOW_MANY = select(func.count()).select_from(_rise).where(_of_pair, _within)


def _kinds(
    db: Connection, given: Mapping[str, Any], span: Mapping[str, int]
) -> Iterator[tuple[Pair, tuple[Any, ...], _Count]]:
    """What kinds of rungs there are in a span, low and high, with the first and the last of each."""
    for *key, first, last in db.execute(_KINDS, {**given, **span}):
        if first is not None:
            yield Pair(*key[:4]), (key[0], *key[4:]), _Count(0, _read_end(first), _read_end(last))


def _months(db: Connection, given: Mapping[str, Any], span: Mapping[str, int]) -> Iterator[tuple[Kind, _Count]]:
    """The counts of whole months as they are kept; the index gives the first and the last of each."""
    asked = {**given, "from": span["first"] // 100, "to": span["last"] // 100, "split": _split(span)}
    for *kind, n, first, last in db.execute(_MONTHS, asked):
        yield Kind(*kind), _Count(int(n), _read_end(first), _read_end(last))


def _read_end(text: str) -> _End:
    day, id, seq = text.split()  # noqa: A001 (the field's word)
    return _End(int(day), hexadecimal(int(id)), int(seq))


def _edges(db: Connection, given: Mapping[str, Any], span: Mapping[str, int]) -> Iterator[tuple[Kind, _Count]]:
    """The low rungs of months of which a part is asked for, counted now."""
    if split := _split(span):
        for *kind, day, id, seq in db.execute(_EDGES, {**given, **span, "split": split}):  # noqa: A001
            end = _End(day, id, seq)
            yield Kind(*kind), _Count(1, end, end)


def _high(db: Connection, pair: Pair, span: Mapping[str, int], most: int) -> tuple[list[_End], int]:
    """The latest high rungs of a pair, and how many there are beyond these."""
    asked = {**pair._asdict(), **span}
    found = [_End(*row) for row in db.execute(_HIGH, {**asked, "most": most})]
    return found, 0 if len(found) < most else int(db.execute(_HOW_MANY, asked).scalar_one()) - len(found)
