"""A store to which things happen in any order, by the desk's own stages, with rungs by the rules of ``climbs``."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import climbs
import pytest
from kept import NOW, add, article, coded, pairs_of, refetched, some_acts
from sqlalchemy import select

from marsad.desk.intake import stages
from marsad.store import Connection, Store, articles, codings, forget, reached, rungs, schema, sources, work
from marsad.types import Article, Coding, Skipped, Source, SourceKind, Status

HOSTS = ("news0.example", "news1.example", "news2.example")
#: What happens, the frequent more often.
STEPS = ("add", "add", "code", "code", "group", "renew", "group", "forget", "recode", "source", "source", "prune")


@dataclass
class Coder:
    """Finds in an article what its title says, or what it is told to have been found; ``name`` tells two apart."""

    name: str
    known: dict[str, Coding] | None = None

    def pipe(self, items: Any, batch_size: int | None = None) -> Iterator[Coding | Skipped]:
        for one in items:
            yield (
                self.known[one.id]
                if self.known
                else coded(one, *some_acts(random.Random(one.id + self.name)), coder=self.name)
            )


class Life:
    """What happens to ``store``; ``step`` is any of :data:`STEPS` with a number for all that is left open."""

    def __init__(self, store: Store, patch: pytest.MonkeyPatch) -> None:
        self.store, self.hour, self.rules, self.coder = store, 0, 0, Coder("first")
        patch.setattr(stages, "GROUPED", 3)
        patch.setattr(stages, "rules", lambda: str(self.rules))
        patch.setattr(stages.relate, "rungs", lambda coding, kind: climbs.rungs(coding, kind, str(self.rules)))
        patch.setattr(stages, "merged", climbs.merged)

    def step(self, what: str, number: int) -> None:
        getattr(self, what)(random.Random(number))

    def bench(self, rounds: int | None = None) -> stages.Bench:
        left = iter(range(rounds or 0))
        stop = (lambda: False) if rounds is None else (lambda: next(left, None) is None)
        return stages.Bench(self.store, self.coder, "k", lambda: NOW, stop=stop)

    def add(self, dice: random.Random) -> None:
        some = []
        for _ in range(dice.randint(1, 4)):
            self.hour += 1
            # Two texts that many print, at a few addresses; seen now, or long ago.
            hour = self.hour if dice.random() < 0.8 else -self.hour
            some.append(refetched(article(dice.randrange(30)), hour, text(dice.randrange(3), dice.randrange(3))))
        with self.store.writing() as db:
            add(db, *some)

    def code(self, dice: random.Random) -> None:
        stages.code(self.bench(), stages.Done(), dice.randint(1, 5))

    def group(self, dice: random.Random) -> None:
        stages.renew(self.store)
        stages.group(self.bench(dice.randint(1, 3)), stages.Done())

    def forget(self, dice: random.Random) -> None:
        with self.store.reading() as db:
            known = sorted(db.execute(select(schema.article.c.id)).scalars())
        if known:
            forget.forget(self.store, dice.choice(known), name="tester", now=NOW)

    def source(self, dice: random.Random) -> None:
        told = Source(
            id=dice.choice(HOSTS),
            country=dice.choice([None, "IRQ", "TUR"]),
            kind=dice.choice([None, SourceKind.OFFICIAL, SourceKind.OFFICIAL, SourceKind.PAPER]),
        )
        with self.store.writing() as db:
            sources.put(db, told, NOW)

    def recode(self, dice: random.Random) -> None:
        self.coder = Coder(f"coder {dice.randrange(5)}")
        with self.store.writing() as db:
            work.outdated(db, self.coder.name, "k")

    def renew(self, dice: random.Random) -> None:
        self.rules += 1
        stages.renew(self.store)

    def prune(self, dice: random.Random) -> None:
        with self.store.writing() as db:
            forget.prune(db)

    def drain(self) -> None:
        """Do all that waits."""
        stages.renew(self.store)
        stages.code(self.bench(), stages.Done())
        stages.group(self.bench(), stages.Done())


def text(family: int, variant: int) -> str:
    """A text of one of some stories, in one of some versions."""
    words = random.Random(family)
    body = " ".join("".join(words.choices("ابتثجحخدذرزسشص", k=5)) for _ in range(120))
    return f"عنوان {family}\n\n{body} {'خاتمة ' * variant}"


def again(life: Life, patch: pytest.MonkeyPatch, seed: int) -> Store:
    """A store in memory into which all that counts in ``life`` comes once, in another order."""
    with life.store.reading() as db:
        current = list(db.execute(select(schema.article.c.seq).where(schema.article.c.current)).scalars())
        texts: list[Article] = list(articles.by_seq(db, current).values())
        read = codings.by_seq(db, list(codings.current(db, current).values()))
        publishers = [one.source for one in sources.followed(db)]
    random.Random(seed).shuffle(texts)
    store = Store("sqlite://")
    other = Life(store, patch)
    other.rules = life.rules
    other.coder = Coder("all", {one.article.id: one for one in read.values()})
    with store.writing() as db:
        add(db, *texts)
        for one in publishers:
            sources.put(db, one, NOW)
    other.drain()
    return store


def related(db: Connection) -> dict[str, Any]:
    """Everything that relations are made of, without the numbers of rows."""
    current = list(db.execute(select(schema.article.c.seq).where(schema.article.c.current)).scalars())
    stories = list(db.execute(select(schema.story.c.seq)).scalars())
    counts = (schema.daily, schema.mix, schema.covered, schema.reached_tally, schema.tally)
    return {
        "rungs": rungs.of_articles(db, current),
        "reached": sorted(reached.of_stories(db, stories), key=repr),
        **{table.name: sorted(map(tuple, db.execute(select(table))), key=repr) for table in counts},
    }


def held(db: Connection) -> dict[str, Counter[Any]]:
    """The counts as they are kept."""
    tables = (schema.daily, schema.mix, schema.covered, schema.reached_tally)
    return {table.name: Counter({tuple(row[:-1]): row.n for row in db.execute(select(table))}) for table in tables}


def counted(db: Connection) -> dict[str, Counter[Any]]:
    """The same counts in plain Python, from codings, occurrences and rungs."""
    found: dict[str, Counter[Any]] = {name: Counter() for name in ("daily", "mix", "covered", "reached_tally")}
    country = {one.source.id: one.source.country or "" for one in sources.followed(db)}
    current = list(db.execute(select(schema.article.c.seq).where(schema.article.c.current)).scalars())
    for one in codings.by_seq(db, list(codings.current(db, current).values())).values():
        of = country[(one.article.url or "").split("/")[2]]
        found["covered"][one.article.published, of] += 1
        for event in one.events:
            if event.status is Status.ACTUAL:
                found["mix"].update((*pair, event.day, of) for pair in pairs_of(event))
    for act in db.execute(select(schema.occurrence)).all():
        sides: dict[str, set[str]] = {"A": set(), "R": set()}
        for row in db.execute(select(schema.occurrence_party).where(schema.occurrence_party.c.occurrence == act.seq)):
            sides[row.role].add(row.side)
        found["daily"].update((a, r, act.day, act.type, act.status) for a in sides["A"] for r in sides["R"])
    for rise in reached.of_stories(db, list(db.execute(select(schema.story.c.seq)).scalars())):
        rung = rise.rung
        month = rung.day.year * 100 + rung.day.month if rung.day else 101
        sides_of = (rung.near or "", rung.counterpart or "")
        pair = ("", *sorted(sides_of)) if rung.ladder == "L" else (rung.sanctioner or "", *sides_of)
        key = (str(rung.ladder), *pair, month, rung.level, rise.effective, rise.confirmed, str(rung.turn))
        found["reached_tally"][key] += 1
    return found
