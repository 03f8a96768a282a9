"""The queue: which articles a stage has yet to do. A row is there until the stage has done its work, in one transaction
with that work: killed in between, a stage does it again, and nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from marsad.store.alerting import watch
from marsad.store.rows import parts
from marsad.store.schema import article, coding, run, work

#: The stages in their order; what one has done is handed to the next. Registered here, done by the desk.
STAGES = ("coded", "grouped", "watched")
#: The last stage, which watches what is new: where nothing is watched, nothing waits for it.
WATCHED = "watched"
#: A stage gives an article up after so many failures; `marsad doctor` tells of it.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many articles a stage has yet to do, and how many it has given up."""

    stage: str
    waiting: int
    failed: int


def put(db: Connection, stage: str, articles: Sequence[int]) -> None:
    """The articles (by seq) are to be done by ``stage``; one that waits already waits on."""
    for some in parts(list(dict.fromkeys(articles))):
        there = set(db.execute(select(work.c.article).where(work.c.stage == stage, work.c.article.in_(some))).scalars())
        if new := [{"stage": stage, "article": one, "tries": 0} for one in some if one not in there]:
            db.execute(insert(work), new)


def waiting(db: Connection, stage: str, most: int, after: int = 0) -> list[int]:
    """The seqs of at most ``most`` articles that wait for ``stage``, in their order, from behind ``after``."""
    asked = select(work.c.article).where(work.c.stage == stage, work.c.article > after, work.c.tries < TRIES)
    return list(db.execute(asked.order_by(work.c.article).limit(most)).scalars())


def done(db: Connection, stage: str, articles: Sequence[int]) -> None:
    """``stage`` has done the articles: the next stage, if there is one, has them to do."""
    for some in parts(articles):
        db.execute(delete(work).where(work.c.stage == stage, work.c.article.in_(some)))
    at = STAGES.index(stage) + 1
    if at < len(STAGES) and (STAGES[at] != WATCHED or is_watched(db)):
        put(db, STAGES[at], articles)


def is_watched(db: Connection) -> bool:
    """Whether there is a watch."""
    return bool(db.execute(select(exists(select(1).where(watch.c.removed.is_(None))))).scalar())


def clear(db: Connection, stage: str) -> None:
    """Nothing is to be done by ``stage`` any more."""
    db.execute(delete(work).where(work.c.stage == stage))


def failed(db: Connection, stage: str, article: int, error: str) -> None:
    """``stage`` could not do the article, and why."""
    mine = (work.c.stage == stage) & (work.c.article == article)
    db.execute(update(work).where(mine).values(tries=work.c.tries + 1, error=error.replace("\0", "")[:1000]))


def given_up(db: Connection, stage: str, article: int, error: str) -> None:
    """``stage`` will never do the article: trying again would end the same."""
    mine = (work.c.stage == stage) & (work.c.article == article)
    db.execute(update(work).where(mine).values(tries=TRIES, error=error.replace("\0", "")[:1000]))


def retry(db: Connection, stage: str | None = None) -> int:
    """Try again what was given up (of ``stage``, or of all); gives how many."""
    asked = update(work).where(work.c.tries >= TRIES).values(tries=0, error=None)
    return db.execute(asked if stage is None else asked.where(work.c.stage == stage)).rowcount


def counts(db: Connection) -> list[Waiting]:
    """How many wait for each stage, and how many each has given up."""
    asked = select(
        work.c.stage,
        func.count().filter(work.c.tries < TRIES),
        func.count().filter(work.c.tries >= TRIES),
    ).group_by(work.c.stage)
    found = {stage: Waiting(stage, some, lost) for stage, some, lost in db.execute(asked)}
    return [found.get(stage, Waiting(stage, 0, 0)) for stage in STAGES]


def faults(db: Connection, most: int = 20) -> list[tuple[str, int, str]]:
    """The latest faults: stage, seq of the article, and why."""
    asked = select(work.c.stage, work.c.article, work.c.error).where(work.c.error.is_not(None))
    return [(stage, one, error or "") for stage, one, error in db.execute(asked.limit(most))]


def outdated(db: Connection, coder: str, knowledge: str) -> int:
    """Put every article that counts, and that this coder with this knowledge has not coded, before the first stage."""
    mine = (
        select(coding.c.article)
        .join(run, run.c.seq == coding.c.run)
        .where(run.c.coder == coder, run.c.knowledge == knowledge)
    )
    old = select(article.c.seq).where(article.c.current, article.c.seq.not_in(mine))
    found = list(db.execute(old.order_by(article.c.seq)).scalars())
    put(db, STAGES[0], found)
    return len(found)
