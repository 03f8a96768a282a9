"""What a pair has reached, against the same question asked of every rung in plain Python."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import climbs
import pytest
from kept import DAY, Act, add, article, coded, keep, seq
from sqlalchemy import select

from marsad.store import Connection, Store, groups, health, reached, schema
from marsad.store.groups import Grouped
from marsad.store.reached import HIGH
from marsad.types import Ladder, Reached, Story, Turn


def rise(dice: random.Random, n: int, **fields: object) -> Reached:
    one = climbs.full(dice, "0" * 16) if n % 9 == 0 else climbs.rung(dice, "0" * 16, n, **fields)
    return Reached(
        id=one.id,
        rung=one,
        effective=one.level - dice.choice([0, 0, 1]),
        confirmed=dice.random() < 0.5,
        why="test",
        rungs=(one.id,),
        origins=("one.example",),
    )


def put(db: Connection, n: int, *some: Reached) -> None:
    """A story of its own, of the article ``n``, in which these rungs are reached."""
    one = article(n)
    add(db, one)
    keep(db, coded(one, Act()))
    groups.remember(db, seq(db, one), b"x", [n])
    groups.put(db, [seq(db, one)], [Grouped(Story(id=one.id, articles=(one.id,), first=DAY, last=DAY), (), some)])


def day(one: Reached) -> date:
    return one.rung.day or date.min


def concerns(one: Reached, near: str, counterpart: str, sanctioner: str | None) -> bool:
    rung = one.rung
    if rung.ladder is Ladder.L:
        return {rung.near, rung.counterpart} == {near, counterpart}
    return (
        sanctioner is not None
        and rung.sanctioner == sanctioner
        and rung.near in (near, None)
        and rung.counterpart in (counterpart, None)
    )


def kind(one: Reached) -> tuple:
    return (one.rung.ladder, one.rung.level, one.effective, one.confirmed, one.rung.turn)


def rises(one: Reached) -> tuple:
    month = one.rung.day.year * 100 + one.rung.day.month if one.rung.day else None
    return (*kind(one)[:-1], month)


def high(one: Reached) -> bool:
    return one.rung.level >= HIGH[one.rung.ladder] or one.rung.turn is not Turn.REACHED


def expected(
    some: list[Reached], near: str, counterpart: str, sanctioner: str | None, since: date | None, until: date | None
) -> Iterator[Reached]:
    for one in some:
        if concerns(one, near, counterpart, sanctioner) and (since or date.min) <= day(one) <= (until or date.max):
            yield one


SPANS = [
    (None, None),
    (DAY, None),
    (None, DAY),
    (date(2026, 2, 1), date(2026, 3, 31)),
    (date(2026, 1, 15), date(2026, 3, 1)),
    (date(2026, 3, 2), date(2026, 3, 2)),
    (date(2026, 3, 2), date(2027, 12, 31)),
    (date(2030, 1, 1), None),
]


@pytest.fixture
def some() -> list[Reached]:
    dice = random.Random(4)
    return [rise(dice, n) for n in range(900)]


def test_each_pair_has_the_answer_of_a_plain_loop(store: Store, some: list[Reached]):
    with store.writing() as db:
        for n in range(0, len(some), 100):
            put(db, n, *some[n : n + 100])
        for near, counterpart, sanctioner in (("IRQ", "RUS", "USA"), ("RUS", "IRQ", "EU"), ("TUR", "EU", None)):
            for since, until in SPANS:
                asked = list(expected(some, near, counterpart, sanctioner, since, until))
                found = reached.of_pair(db, near, counterpart, sanctioner, since, until)
                low = [one for one in asked if not high(one)]
                assert {r[:5]: r.n for r in found.rises} == Counter(map(rises, low))
                for r in found.rises:
                    mine = [one for one in low if rises(one) == r[:5]]
                    ordered = sorted(mine, key=lambda one: (day(one), one.id))
                    assert (r.first, r.last) == (ordered[0].id, ordered[-1].id)
                assert found.left == 0
                ends = set()
                for apart in {kind(one) for one in asked}:
                    of = sorted((day(one), one.id) for one in asked if kind(one) == apart)
                    ends |= {of[0][1], of[-1][1]}
                wanted = [one for one in asked if high(one) or one.id in ends]
                assert list(found.reached) == sorted(wanted, key=lambda one: (day(one), one.id))


def test_either_side_may_be_asked_first_on_the_ladder_of_rapprochement(store: Store, some: list[Reached]):
    with store.writing() as db:
        put(db, 1, *some)
        assert reached.of_pair(db, "IRQ", "RUS") == reached.of_pair(db, "RUS", "IRQ")
        assert reached.of_pair(db, "IRQ", "RUS").reached
        assert reached.of_pair(db, "IRQ", "SDN") == ((), (), 0)


def test_of_many_high_ones_the_latest_are_read_and_the_ends_of_each_kind(store: Store):
    dice = random.Random(3)
    pair = {"near": "IRQ", "counterpart": "RUS", "turn": Turn.REACHED}
    many = [rise(dice, 1, ladder=Ladder.L, level=5 + n % 2, day=DAY + timedelta(days=n), **pair) for n in range(60)]
    with store.writing() as db:
        put(db, 1, *many)
        found = reached.of_pair(db, "IRQ", "RUS", most=10)
    ids = {one.id for one in found.reached}
    assert {one.id for one in many[-10:]} <= ids
    assert {one.id for one in many[:2]} <= ids, "the first of each level"
    assert found.left == 60 - len(ids) > 0
    assert found.rises == ()


def test_rungs_come_back_whole_by_id_and_go_with_their_story(store: Store, some: list[Reached]):
    with store.writing() as db:
        put(db, 1, *some[:30])
        put(db, 2, *some[30:40])
        assert {one.id: one for one in reached.by_id(db, [one.id for one in some])} == {o.id: o for o in some[:40]}
    assert health.check(store, whole=True) == []
    with store.writing() as db:
        groups.put(db, [seq(db, article(1))], [])
        assert reached.by_id(db, [one.id for one in some]) == sorted(some[30:40], key=lambda one: (day(one), one.id))
        groups.put(db, [seq(db, article(2))], [])
        assert db.execute(select(schema.reached)).all() == db.execute(select(schema.reached_tally)).all() == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_pair_is_found_by_its_index_whatever_else_is_there(store: Store, some: list[Reached]):
    """No question about a pair may go through the rungs of others, or through all of its own low ones."""
    told: list[str] = []
    with store.writing() as db:
        put(db, 1, *some)
        raw = db.connection.driver_connection
        raw.set_trace_callback(told.append)
        reached.of_pair(db, "IRQ", "RUS", "USA", date(2026, 1, 15), date(2026, 3, 20))
        raw.set_trace_callback(None)
        plans = [row[3] for asked in set(told) for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    assert len(plans) > 5
    assert [plan for plan in plans if plan.startswith("SCAN") and "CONSTANT" not in plan] == []
    assert {"ix_reached_high", "ix_reached_level"} <= {word for plan in plans for word in plan.split()}


def test_the_low_rungs_one_by_one_are_the_latest_up_to_a_day(store: Store):
    dice = random.Random(7)
    made = [rise(dice, n) for n in range(1, 240)]
    with store.writing() as db:
        for n in range(0, len(made), 40):
            put(db, n + 1, *made[n : n + 40])
        until = DAY + timedelta(2)
        wanted = [
            one
            for one in made
            if concerns(one, "IRQ", "RUS", "USA")
            and not reached.is_high(one.rung)
            and (one.rung.day is None or one.rung.day <= until)
        ]
        found = reached.low_of_pair(db, "IRQ", "RUS", "USA", until)
        assert Counter(one.id for one in found) == Counter(one.id for one in wanted) and len(wanted) > 3
        steps = [one for one in wanted if one.rung.ladder is Ladder.L]
        latest = sorted(steps, key=lambda one: (day(one), one.id))[-2:]
        few = reached.low_of_pair(db, "IRQ", "RUS", None, until, most=2)
        assert Counter(one.id for one in few) == Counter(one.id for one in latest)


def test_without_the_low_ones_all_else_is_the_same(store: Store, some: list[Reached]):
    with store.writing() as db:
        put(db, 1, *some)
        whole = reached.of_pair(db, "IRQ", "RUS", "USA")
        assert whole.rises
        assert reached.of_pair(db, "IRQ", "RUS", "USA", low=False) == whole._replace(rises=())
