"""Stories and occurrences as they are kept: what grouping remembers of an article, why articles are alike, the result.

The result is a function of the articles that count. After a change only the stories that it touches are made anew, by
whoever knows how (:mod:`marsad.stories`); here they are only found, and written in the place of the former ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from marsad.errors import NotFoundError
from marsad.identity import state_of
from marsad.store import occurrences as acts
from marsad.store import reached as rising
from marsad.store import work
from marsad.store.articles import whole_id
from marsad.store.rows import next_seq, parts, upserting
from marsad.store.schema import (
    CURRENT,
    about,
    actor,
    alias,
    alike,
    article,
    brief,
    brief_key,
    event,
    member,
    occurrence,
    occurrence_dyad,
    occurrence_party,
    report,
    story,
)
from marsad.store.tallies import Acts
from marsad.types import Occurrence, Reached, Story

STORY, ACT = "story", "occurrence"


@dataclass(frozen=True, slots=True)
class Edge:
    """Two articles (by seq) that report the same news, how surely (0..1), and why."""

    one: int
    other: int
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Grouped:
    """A story as it is to be kept, with what happened in it, and the rungs that were reached."""

    story: Story
    occurrences: tuple[Occurrence, ...] = ()
    reached: tuple[Reached, ...] = ()


def remember(db: Connection, seq: int, body: bytes, keys: Iterable[int]) -> None:
    """Keep what grouping needs of an article, in the place of what was kept before."""
    forget(db, [seq])
    db.execute(insert(brief).values(article=seq, body=body))
    if rows := [{"key": key, "article": seq} for key in sorted(set(keys))]:
        db.execute(insert(brief_key), rows)


def forget(db: Connection, seqs: Sequence[int]) -> None:
    """Remember nothing of the articles: they count no longer."""
    for some in parts(seqs):
        db.execute(delete(brief).where(brief.c.article.in_(some)))
        db.execute(delete(brief_key).where(brief_key.c.article.in_(some)))
        db.execute(delete(alike).where(or_(alike.c.first.in_(some), alike.c.second.in_(some))))


def stale(db: Connection, version: str) -> bool:
    """Whether what is remembered was made by another ``version`` of grouping."""
    return db.execute(select(about.c.value).where(about.c.key == STORY)).scalar() != version


def renew(db: Connection, version: str) -> int:
    """Have all that another ``version`` of grouping has remembered made anew; gives how many articles that are."""
    if not stale(db, version):
        return 0
    old = list(db.execute(select(brief.c.article).order_by(brief.c.article)).scalars())
    forget(db, old)
    work.put(db, "grouped", old)
    db.execute(delete(about).where(about.c.key == STORY))
    db.execute(insert(about).values(key=STORY, value=version))
    return len(old)


def candidates(db: Connection, keys: Iterable[int], but: int) -> list[int]:
    """The articles that share a key, in their order, without the article ``but``."""
    found: set[int] = set()
    for some in parts(sorted(set(keys))):
        found.update(db.execute(select(brief_key.c.article).where(brief_key.c.key.in_(some))).scalars())
    return sorted(found - {but})


def remembered(db: Connection, seqs: Sequence[int]) -> dict[int, bytes]:
    """What is remembered of each of the articles, of which anything is."""
    found: dict[int, bytes] = {}
    for some in parts(seqs):
        asked = select(brief.c.article, brief.c.body).where(brief.c.article.in_(some))
        found.update(db.execute(asked).all())
    return found


def link(db: Connection, edges: Sequence[Edge]) -> None:
    """Keep why articles are alike."""
    if edges:
        rows = [
            {"first": min(e.one, e.other), "second": max(e.one, e.other), "score": e.score, "why": e.why} for e in edges
        ]
        made = upserting(db, alike)
        same = {"score": made.excluded.score, "why": made.excluded.why}
        db.execute(made.on_conflict_do_update(index_elements=["first", "second"], set_=same), rows)


def touched(db: Connection, seqs: Iterable[int]) -> set[int]:
    """The articles and all others of the stories that they stand in."""
    found = set(seqs)
    for some in parts(sorted(found)):
        mine = select(member.c.story).where(member.c.article.in_(some))
        found.update(db.execute(select(member.c.article).where(member.c.story.in_(mine))).scalars())
    return found


def joined(db: Connection, seqs: Iterable[int], judged: Iterable[tuple[int, int]] = ()) -> set[int]:
    """The articles and all that edges, or the pairs that a person ``judged`` the same, join with them, however far."""
    beside: dict[int, set[int]] = {}
    for one, other in judged:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    found: set[int] = set()
    front = set(seqs)
    while front:
        found |= front
        ahead: set[int] = set()
        for one in front:
            ahead |= beside.get(one, set())
        for some in parts(sorted(front)):
            ahead.update(db.execute(select(alike.c.second).where(alike.c.first.in_(some))).scalars())
            ahead.update(db.execute(select(alike.c.first).where(alike.c.second.in_(some))).scalars())
        front = ahead - found
    return found


def members(db: Connection, seqs: Iterable[int]) -> dict[str, set[int]]:
    """The stories of the articles, by id, with all articles of each."""
    found: dict[str, set[int]] = {}
    for some in parts(sorted(touched(db, seqs))):
        asked = select(story.c.id, member.c.article).join(story, story.c.seq == member.c.story)
        for id, seq in db.execute(asked.where(member.c.article.in_(some))):  # noqa: A001
            found.setdefault(id, set()).add(seq)
    return found


def edges(db: Connection, seqs: Sequence[int]) -> list[Edge]:
    """The edges between any two of the articles."""
    found: list[Edge] = []
    inside = set(seqs)
    for some in parts(seqs):
        rows = db.execute(select(alike).where(alike.c.first.in_(some)).order_by(alike.c.first, alike.c.second))
        found.extend(Edge(row.first, row.second, row.score, row.why) for row in rows if row.second in inside)
    return found


def put(db: Connection, of: Sequence[int], made: Sequence[Grouped]) -> None:
    """The stories ``made`` are those of the articles ``of`` now: they take the place of all that those stood in.

    The id of a story or occurrence that is no more leads to the one that has its first article or event.
    """
    former = _former(db, of)
    _remove(db, list(former.stories))
    articles = _numbers(db, article.c.id, article.c.seq, [id for one in made for id in one.story.articles])  # noqa: A001
    told = [id for one in made for act in one.occurrences for id in act.reports]  # noqa: A001
    events = _numbers(db, event.c.id, event.c.seq, told, event.c.state == CURRENT)
    _Writing(db, articles, events).write(made)
    now_story = {id: one.story.id for one in made for id in one.story.articles}  # noqa: A001
    now_act = {id: act.id for one in made for act in one.occurrences for id in act.reports}  # noqa: A001
    _aliases(db, STORY, former.stories.values(), now_story)
    _aliases(db, ACT, former.acts, now_act)


@dataclass(frozen=True, slots=True)
class _Former:
    stories: dict[int, str]
    acts: list[str]


def _former(db: Connection, of: Sequence[int]) -> _Former:
    stories: dict[int, str] = {}
    for some in parts(of):
        asked = select(story.c.seq, story.c.id).join(member, member.c.story == story.c.seq)
        stories.update(db.execute(asked.where(member.c.article.in_(some))).all())
    names: list[str] = []
    for some in parts(list(stories)):
        names.extend(db.execute(select(occurrence.c.id).where(occurrence.c.story.in_(some))).scalars())
    return _Former(stories, names)


def _remove(db: Connection, stories: Sequence[int]) -> None:
    """Take the stories out, with their occurrences and rungs, and those out of the counts."""
    by = Acts(-1)
    for some in parts(stories):
        asked = (
            select(occurrence_dyad, occurrence.c.type, occurrence.c.status)
            .join(occurrence, occurrence.c.seq == occurrence_dyad.c.occurrence)
            .where(occurrence.c.story.in_(some))
        )
        for row in db.execute(asked):
            by.count((row.source, row.target), row.day, (row.type, row.status))
        rising.uncount(db, some)
        db.execute(delete(story).where(story.c.seq.in_(some)))
    by.write(db)


def _numbers(db: Connection, id: Any, seq: Any, ids: Sequence[str], *where: Any) -> dict[str, int]:  # noqa: A002
    found: dict[str, int] = {}
    for some in parts(ids):
        found.update(db.execute(select(id, seq).where(id.in_(some), *where)).all())
    return found


class _Writing:
    """The rows of some stories, gathered table by table and written at once."""

    def __init__(self, db: Connection, articles: Mapping[str, int], events: Mapping[str, int]) -> None:
        self.db, self.articles, self.events = db, articles, events
        self.story, self.act = next_seq(db, story), next_seq(db, occurrence)
        self.by = Acts(1)
        self.reached: list[tuple[int, Reached]] = []
        tables = (story, member, occurrence, occurrence_party, occurrence_dyad, report)
        self.rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in tables}

    def write(self, made: Sequence[Grouped]) -> None:
        named = [who for one in made for act in one.occurrences for who in (*act.actors, *act.recipients)]
        self.actors = _numbers(self.db, actor.c.id, actor.c.seq, sorted(set(named)))
        for one in made:
            self._story(one)
        for table, rows in self.rows.items():
            if rows:
                self.db.execute(insert(table), rows)
        self.by.write(self.db)
        rising.write(self.db, self.reached)

    def _story(self, one: Grouped) -> None:
        seq = self.story
        self.story += 1
        held = one.story
        self.rows[story].append(
            {"seq": seq, "id": held.id, "first": held.first, "last": held.last, "articles": len(held.articles)}
        )
        self.rows[member].extend({"article": self.articles[id], "story": seq} for id in held.articles)  # noqa: A001
        for act in one.occurrences:
            self._act(seq, act)
        self.reached.extend((seq, rise) for rise in one.reached)

    def _act(self, of: int, act: Occurrence) -> None:
        seq = self.act
        self.act += 1
        self.rows[occurrence].append(
            {
                "seq": seq,
                "id": act.id,
                "story": of,
                "type": act.type.value,
                "mode": act.mode,
                "status": act.status.value,
                "day": act.day,
                "precision": act.precision.value,
                "country": act.country,
                "reports": len(act.reports),
            }
        )
        self.rows[report].extend({"occurrence": seq, "event": self.events[id]} for id in act.reports)  # noqa: A001
        for role, who in (("A", act.actors), ("R", act.recipients)):
            self.rows[occurrence_party].extend(
                {
                    "occurrence": seq,
                    "role": role,
                    "n": n,
                    "actor": self.actors.get(one),
                    "side": state_of(one),
                    "day": act.day,
                }
                for n, one in enumerate(who)
            )
        for source in dict.fromkeys(map(state_of, act.actors)):
            for target in dict.fromkeys(map(state_of, act.recipients)):
                self.rows[occurrence_dyad].append(
                    {"source": source, "target": target, "day": act.day, "occurrence": seq}
                )
                self.by.count((source, target), act.day, (act.type.value, act.status.value))


def _aliases(db: Connection, what: str, former: Iterable[str], now: Mapping[str, str]) -> None:
    """Lead former ids to what has their first part now, and no id that is in use to another."""
    live = set(now.values())
    for some in parts(sorted(live)):
        db.execute(delete(alias).where(alias.c.what == what, alias.c.id.in_(some)))
    rows = [{"what": what, "id": id, "now": now[id]} for id in former if id not in live and id in now]  # noqa: A001
    for row in rows:
        db.execute(update(alias).where(alias.c.what == what, alias.c.now == row["id"]).values(now=row["now"]))
    if rows:
        made = upserting(db, alias)
        db.execute(made.on_conflict_do_update(index_elements=["what", "id"], set_={"now": made.excluded.now}), rows)


def stories_of(db: Connection, seqs: Sequence[int]) -> dict[int, str]:
    """The id of the story of each article (by seq) that is grouped."""
    found: dict[int, str] = {}
    for some in parts(seqs):
        asked = select(member.c.article, story.c.id).join(story, story.c.seq == member.c.story)
        found.update(db.execute(asked.where(member.c.article.in_(some))).all())
    return found


def find(db: Connection, written: str) -> Story:
    """The story with this id, its beginning, or a former id. Raises :class:`NotFoundError`."""
    seq = _row(db, STORY, story, written)
    row = db.execute(select(story).where(story.c.seq == seq)).one()
    order = (article.c.published, article.c.id)
    asked = select(article.c.id).join(member, member.c.article == article.c.seq).where(member.c.story == seq)
    return Story(
        id=row.id, articles=tuple(db.execute(asked.order_by(*order)).scalars()), first=row.first, last=row.last
    )


def find_act(db: Connection, written: str) -> Occurrence:
    """The occurrence with this id, its beginning, or a former id. Raises :class:`NotFoundError`."""
    seq = _row(db, ACT, occurrence, written)
    return acts.of_rows(db, db.execute(select(occurrence).where(occurrence.c.seq == seq)).all())[0]


def _row(db: Connection, what: str, table: Any, written: str) -> int:
    def within(low: str, high: str) -> Sequence[str]:
        live = db.execute(select(table.c.id).where(table.c.id.between(low, high)).limit(4)).scalars().all()
        old = select(alias.c.now).where(alias.c.what == what, alias.c.id.between(low, high)).limit(4)
        return [*live, *db.execute(old).scalars()]

    whole = whole_id(written, f"a {what}" if what == STORY else f"an {what}", within)
    seq = db.execute(select(table.c.seq).where(table.c.id == whole)).scalar()
    if seq is None:
        raise NotFoundError(f"{what} {written!r} is no more", do="`marsad search` finds the articles that are kept")
    return int(seq)


def why(db: Connection, seqs: Sequence[int]) -> list[Edge]:
    """Why the articles stand in one story, the surest first."""
    return sorted(edges(db, seqs), key=lambda edge: (-edge.score, edge.one, edge.other))
