"""The work that waits in the store, stage by stage: coded (with the rungs that it gives), grouped. What comes behind,
:mod:`marsad.desk.watches.watched`, holds it against the watches.

A stage takes its articles in the order in which they came and writes what it made in the transaction that takes them
off the queue: killed at any point, it goes on where it stood. One command does a stage at a time.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import Protocol

import msgspec

from marsad import relate, stories
from marsad.knowledge.files import DATA
from marsad.relate.merge import merged
from marsad.store import Connection, Store, articles, codings, events, groups, judgements, rungs, runs, sources, work
from marsad.store.groups import Edge, Grouped
from marsad.stories import Brief
from marsad.types import Article, Coding, Skipped, SourceKind, Story

#: Articles that are taken off the queue at a time; written after so many seconds, or when so many are done.
TAKEN, SECONDS, WRITTEN = 512, 2.0, 64
#: Articles that are grouped in one transaction.
GROUPED = 32

#: The version of what :mod:`marsad.relate` makes of a coding and of a story; the rules beside it are data.
RELATED = "1"

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Brief).decode


@cache
def rules() -> str:
    """The version of the rules of the ladders: of the code that applies them, and of their table."""
    return f"{RELATED} {blake2b((DATA / 'ladders.yaml').read_bytes(), digest_size=6).hexdigest()}"


class Codes(Protocol):
    """What codes articles: :class:`marsad.coder.Coder`, or a stand-in of a test."""

    name: str

    def pipe(
        self, items: Iterable[Article | Skipped], batch_size: int | None = None
    ) -> Generator[Coding | Skipped, None, None]:
        """The coding of each item, in order, or why there is none."""
        ...


@dataclass(slots=True)
class Done:
    """What a call has done: articles by stage, and how many each stage could not do."""

    stages: dict[str, int] = field(default_factory=lambda: dict.fromkeys(work.STAGES, 0))
    failed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(work.STAGES, 0))


class Idle:
    """Stands for the coder where nothing is to be coded."""

    name = "none"

    def pipe(
        self, items: Iterable[Article | Skipped], batch_size: int | None = None
    ) -> Generator[Coding | Skipped, None, None]:
        """Nothing."""
        yield from ()


Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """What a stage works with: the store, the coder and its knowledge, the clock, and whom to tell of progress."""

    store: Store
    coder: Codes
    knowledge: str
    now: Callable[[], datetime]
    told: Told | None = None
    stop: Callable[[], bool] = lambda: False

    def tell(self, stage: str, done: int) -> None:
        """Say how many a stage has done, and how many it has before it."""
        if self.told:
            with self.store.reading() as db:
                waiting = sum(one.waiting for one in work.counts(db) if one.stage == stage)
            self.told(stage, done, waiting)


def code(bench: Bench, done: Done, limit: int | None = None) -> None:
    """Code the articles that wait, at most ``limit``."""
    with bench.store.writing() as db:
        run = runs.ensure(db, bench.coder.name, bench.knowledge, bench.now()).id
    given: deque[Article] = deque()  # to the coder, without an answer yet: it may read ahead, in a thread of its own
    held: list[tuple[Article, Coding | Skipped]] = []
    since = time.monotonic()
    with closing(bench.coder.pipe(_waiting(bench, given, limit))) as results:
        for result in results:
            held.append((given.popleft(), result))
            if len(held) >= WRITTEN or time.monotonic() - since > SECONDS:
                _keep(bench, run, held, done)
                held, since = [], time.monotonic()
            if bench.stop():
                break
    _keep(bench, run, held, done)


def _waiting(bench: Bench, given: deque[Article], limit: int | None) -> Iterator[Article]:
    """The articles that wait to be coded, in their order; each is put at the end of ``given`` too."""
    left = sys.maxsize if limit is None else limit
    after = 0
    while left:
        with bench.store.reading() as db:
            seqs = work.waiting(db, "coded", min(TAKEN, left), after)
            found = articles.by_seq(db, seqs)
        if not seqs:
            return
        for seq in seqs:
            given.append(found[seq])
            yield found[seq]
        after, left = seqs[-1], left - len(seqs)


def _keep(bench: Bench, run: int, held: list[tuple[Article, Coding | Skipped]], done: Done) -> None:
    """Write the codings, and take their articles off the queue, in one transaction."""
    if not held:
        return
    with bench.store.writing() as db:
        seqs = articles.seqs(db, [article.id for article, _ in held])
        made = [result for _, result in held if isinstance(result, Coding)]
        counting = codings.current(db, codings.write(db, run, made, bench.now()))
        _climb(db, {counting[seq]: one for one in made if (seq := seqs.get(one.article.id)) in counting})
        work.done(db, "coded", [seqs[one.article.id] for one in made if one.article.id in seqs])
        for article, result in held:
            if isinstance(result, Skipped) and article.id in seqs:
                work.given_up(db, "coded", seqs[article.id], f"{result.code}: {result.message}")
                done.failed["coded"] += 1
    done.stages["coded"] += len(made)
    bench.tell("coded", done.stages["coded"])


def _climb(db: Connection, read: Mapping[int, Coding]) -> None:
    """Keep the rungs that codings (by seq) give, where they have not been made by the rules of now."""
    new = rungs.missing(db, list(read))
    seqs = articles.seqs(db, [read[coding].article.id for coding in new])
    kinds = sources.kinds(db, list(seqs.values()))
    rungs.write(db, {coding: relate.rungs(read[coding], kinds.get(seqs[read[coding].article.id])) for coding in new})


def renew(store: Store) -> None:
    """Have everything grouped anew that other rules have grouped, or whose rungs they have made."""
    with store.reading() as db:
        stale = groups.stale(db, stories.VERSION) or rungs.stale(db, rules())
    if stale:  # a round without anything to do keeps no writer waiting
        with store.writing() as db:
            groups.renew(db, stories.VERSION)
            rungs.renew(db, rules())


def group(bench: Bench, done: Done) -> None:
    """Put the articles that wait into stories."""
    while not bench.stop():
        with bench.store.writing() as db:
            seqs = work.waiting(db, "grouped", GROUPED)
            if not seqs:
                return
            _group(db, seqs)
            work.done(db, "grouped", seqs)
        done.stages["grouped"] += len(seqs)
        bench.tell("grouped", done.stages["grouped"])


def _group(db: Connection, seqs: list[int]) -> None:
    """Make anew the stories that the articles stand in, or come to stand in."""
    changed = groups.touched(db, seqs)
    groups.forget(db, seqs)
    counting = codings.current(db, [seq for seq in seqs if articles.is_current(db, seq)])
    read = codings.by_seq(db, list(counting.values()))
    _climb(db, read)
    publishers = articles.publishers(db, list(counting))
    briefs = {seq: stories.brief(read[coding], publishers.get(seq)) for seq, coding in counting.items()}
    for seq, one in briefs.items():
        groups.remember(db, seq, _pack(one), stories.keys(one))
    for seq, one in briefs.items():
        known = _briefs(db, groups.candidates(db, stories.keys(one), seq))
        likes = {other: stories.alike(one, brief) for other, brief in known.items()}
        groups.link(db, [Edge(seq, other, like.score, like.why) for other, like in likes.items() if like])
    _regroup(db, changed, set(seqs))


def _briefs(db: Connection, seqs: Iterable[int]) -> dict[int, Brief]:
    return {seq: _unpack(body) for seq, body in groups.remembered(db, sorted(seqs)).items()}


def _regroup(db: Connection, changed: set[int], new: set[int]) -> None:
    """The stories of everything that is joined with articles that ``changed``; of ``new`` ones, whatever they were."""
    judged = stories.Judged(*judgements.same(db))
    numbers = articles.seqs(db, sorted(judged.articles()))
    pairs = [(numbers[one], numbers[other]) for one, other in judged.same if one in numbers and other in numbers]
    part = groups.joined(db, changed, pairs)
    known = _briefs(db, part)
    ids = {seq: one.article for seq, one in known.items()}
    edges = {(ids[e.one], ids[e.other]): e.score for e in groups.edges(db, sorted(known))}
    made = stories.split({one.article: one.day for one in known.values()}, edges, judged)
    # What is as it was stays as it is: of a long chain of articles few change.
    former = groups.members(db, part)
    seq_of = {id: seq for seq, id in ids.items()}  # noqa: A001
    sets = {one.id: {seq_of[id] for id in one.articles} for one in made}  # noqa: A001
    same = {one for one, members in sets.items() if former.get(one) == members and not members & new}
    fresh = [one for one in made if one.id not in same]
    of = {seq for one, seqs in former.items() if one not in same for seq in seqs} | {
        seq for one in fresh for seq in sets[one.id]
    }
    briefs = {one.article: one for one in known.values()}
    groups.put(db, sorted(of), [_story(db, one, sets[one.id], briefs) for one in fresh])


def _story(db: Connection, story: Story, members: set[int], briefs: Mapping[str, Brief]) -> Grouped:
    """A story with what happened in it, and the rungs that were reached."""
    copies = stories.copies([briefs[id] for id in story.articles])  # noqa: A001
    acts = stories.occurrences(events.of_articles(db, sorted(members)), story.id, copies)
    told = rungs.of_articles(db, sorted(members))
    if not told:
        return Grouped(story, tuple(acts))
    act_of = {report: act.id for act in acts for report in act.reports}
    origins = {one: briefs[first].source or first for one, first in copies.items()}
    numbers = articles.seqs(db, story.articles)
    kinds = sources.kinds(db, sorted(members))
    officials = {one for one, seq in numbers.items() if kinds.get(seq) is SourceKind.OFFICIAL}
    return Grouped(story, tuple(acts), merged(told, act_of, origins, officials))
