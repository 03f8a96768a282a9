"""Whatever happens to articles in whatever order: pairs and counts are those that a count from nothing gives."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

import pytest
from kept import NOW, add, article, coded, keep, pairs_of, refetched, seq, some_acts
from sqlalchemy import select

from marsad.store import Connection, Store, articles, codings, forget, groups, health, schema, tallies, work
from marsad.store.groups import Grouped
from marsad.store.tallies import OCCURRENCE, REPORT
from marsad.types import Mention, Occurrence, Outcome, Report, Story


def counted(db: Connection) -> tuple[set, Counter]:
    """Pairs and counts from the codings that count, without any help of the store's own counting."""
    pairs, counts = set(), Counter()
    current = list(db.execute(select(schema.article.c.seq).where(schema.article.c.current)).scalars())
    for one in codings.by_seq(db, list(codings.current(db, current).values())).values():
        for event in one.events:
            for source, target in pairs_of(event):
                pairs.add((source, target, event.day, event.id))
                month = event.day.year * 100 + event.day.month if event.day else 101
                counts[(REPORT, source, target, month, event.type, event.status, event.voice)] += 1
    for act in db.execute(select(schema.occurrence)).all():
        sides: dict[str, set[str]] = {"A": set(), "R": set()}
        for row in db.execute(select(schema.occurrence_party).where(schema.occurrence_party.c.occurrence == act.seq)):
            sides[row.role].add(row.side)
        month = act.day.year * 100 + act.day.month if act.day else 101
        for source in sides["A"]:
            for target in sides["R"]:
                counts[(OCCURRENCE, source, target, month, act.type, act.status, "")] += 1
    return pairs, counts


def held(db: Connection) -> tuple[set, Counter]:
    """Pairs and counts as the store has them."""
    asked = select(schema.dyad, schema.event.c.id).join(schema.event, schema.event.c.seq == schema.dyad.c.event)
    pairs = {(row.source, row.target, row.day, row.id) for row in db.execute(asked)}
    counts = Counter({tuple(row[:-1]): row.n for row in db.execute(select(schema.tally))})
    return pairs, counts


def named(who: Iterable[Mention]) -> tuple[str, ...]:
    """The parties of an occurrence: actors, else states."""
    return tuple(sorted({one.actor or one.country for one in who} - {None, "INT"}))


class World:
    """A store to which things happen."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.dice, self.hour, self.run = store, random.Random(seed), 0, 0
        self.seen = []

    def happen(self) -> None:
        what: list[Callable[[Connection], None]] = [self.adds, self.adds, self.codes, self.codes, self.groups]
        if self.dice.random() < 0.15:
            self.forgets()
        else:
            with self.store.writing() as db:
                self.dice.choice([*what, self.recodes])(db)

    def adds(self, db: Connection) -> None:
        some = []
        for _ in range(self.dice.randint(1, 4)):
            self.hour += 1
            base = article(self.dice.randrange(12))
            # Another text or a former one, seen now or long ago.
            hour = self.hour if self.dice.random() < 0.7 else -self.hour
            some.append(refetched(base, hour, f"نص {self.dice.randrange(3)} " + "كلام " * 30))
        add(db, *some)

    def codes(self, db: Connection) -> None:
        seqs = work.waiting(db, "coded", self.dice.randint(1, 6))
        made = [
            coded(one, *some_acts(self.dice), coder=f"run {self.run}") for one in articles.by_seq(db, seqs).values()
        ]
        if made:
            keep(db, *made)

    def recodes(self, db: Connection) -> None:
        self.run += 1
        work.outdated(db, f"run {self.run}", "k")
        self.codes(db)

    def groups(self, db: Connection) -> None:
        """Stories at random over what waits and what stood with it, as a grouping of whatever rules might make them."""
        changed = sorted(groups.touched(db, work.waiting(db, "grouped", self.dice.randint(1, 5))))
        counting = [number for number in changed if articles.is_current(db, number)]
        for number in changed:
            groups.forget(db, [number])
        coding_of = codings.current(db, counting)
        read = codings.by_seq(db, list(coding_of.values()))
        piles: dict[int, list[int]] = {}
        for number in coding_of:
            groups.remember(db, number, b"x", [number % 3])
            piles.setdefault(self.dice.randrange(3), []).append(number)
        made = [self.story([read[coding_of[number]] for number in pile]) for pile in piles.values()]
        groups.put(db, changed, made)
        work.done(db, "grouped", changed)

    def story(self, told: list) -> Grouped:
        ids = [one.article.id for one in told]
        acts = []
        reports = [event for one in told for event in one.events]
        self.dice.shuffle(reports)
        while reports:
            some = [reports.pop() for _ in range(min(len(reports), self.dice.randint(1, 3)))]
            actors, recipients = (named(who) for who in (some[0].actors, some[0].recipients))
            acts.append(
                Occurrence(
                    id=some[0].id,
                    story=ids[0],
                    type=some[0].type,
                    status=self.dice.choice(list(Outcome)),
                    reports=tuple(event.id for event in some),
                    actors=actors,
                    recipients=recipients,
                    day=some[0].day,
                    precision=some[0].precision,
                )
            )
        return Grouped(Story(id=ids[0], articles=tuple(ids), first=date(2026, 3, 1)), tuple(acts))

    def forgets(self) -> None:
        with self.store.reading() as db:
            known = db.execute(select(schema.article.c.id)).scalars().all()
            hosts = db.execute(select(schema.source.c.id)).scalars().all()
        if not known:
            return
        what = self.dice.choice(hosts) if self.dice.random() < 0.1 and hosts else self.dice.choice(known)
        forget.forget(self.store, what, name="tester", now=NOW)


@pytest.mark.parametrize("seed", range(3))
def test_counts_are_always_those_of_a_count_from_nothing(store: Store, seed: int):
    world = World(store, seed)
    for step in range(25):
        world.happen()
        with store.reading() as db:
            assert held(db) == counted(db), f"after step {step}"
    assert health.check(store, whole=True) == []


def test_a_report_tells_its_occurrence(store: Store):
    world = World(store, 1)
    with store.writing() as db:
        text = article(1)
        add(db, text)
        keep(db, coded(text, *some_acts(random.Random(3), 4), coder="c"))
        world.groups(db)
        from marsad.store import events
        from marsad.store.where import Where

        found: list[Report] = events.listed(db, Where(), limit=99).items
        acts = {name: act.id for act in _acts(db) for name in act.reports}
        assert found
        assert {one.event.id: one.occurrence for one in found} == acts
        assert seq(db, text) in groups.stories_of(db, [seq(db, text)])


def _acts(db: Connection) -> list[Occurrence]:
    from marsad.store import occurrences
    from marsad.store.where import Where

    return occurrences.listed(db, Where(), limit=99).items


def test_months_of_a_pair_are_its_counts(store: Store):
    dice = random.Random(11)
    with store.writing() as db:
        some = [article(n) for n in range(6)]
        add(db, *some)
        keep(db, *(coded(one, *some_acts(dice)) for one in some))
        _, counts = counted(db)
        for source, target in {key[1:3] for key in counts}:
            told = {(m.month or 101, m.type, m.status, m.voice): m.n for m in tallies.months(db, source, target)}
            assert told == {key[3:]: n for key, n in counts.items() if key[1:3] == (source, target)}
