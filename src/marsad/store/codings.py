"""What a run found in an article: sentences, mentions, events and their parties, and back again as they were.

A coding of the same article by the same run adds nothing; one by another run stands beside it, and counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select

from marsad.store import articles as stored
from marsad.store import coverage, standing
from marsad.store.rows import next_seq, parts
from marsad.store.schema import CURRENT, actor, coding, event, mention, party, run, sentence
from marsad.store.sides import side
from marsad.types import (
    Amount,
    Article,
    Candidate,
    Coding,
    Event,
    EventType,
    Evidence,
    Kind,
    Mention,
    Name,
    Precision,
    Sector,
    Span,
    Status,
    Voice,
)


class _More(msgspec.Struct, omit_defaults=True):
    """The fields of a mention that few have."""

    person: Name | None = None
    office: Name | None = None
    former: bool = False
    candidates: tuple[Candidate, ...] = ()
    why: str | None = None


_amounts, _evidence = tuple[Amount, ...], tuple[Evidence, ...]


def write(db: Connection, run_id: int, codings: Sequence[Coding], now: datetime) -> list[int]:
    """Keep ``codings`` of articles that are there; gives the seqs of those that this run had not coded before.

    What former runs found in them counts no longer; an article that has been replaced meanwhile is coded as withdrawn.
    """
    seqs = stored.seqs(db, [one.article.id for one in codings])
    done: set[int] = set()
    for some in parts(list(seqs.values())):
        asked = select(coding.c.article).where(coding.c.run == run_id, coding.c.article.in_(some))
        done.update(db.execute(asked).scalars())
    # An article that was forgotten while it was being coded is not there: its coding goes with it.
    new = {seqs[one.article.id]: one for one in codings if seqs.get(one.article.id) not in (None, *done)}
    if new:
        standing.supersede(db, list(new))
        _Writing(db, run_id, now).write(new)
    return list(new)


class _Writing:
    """The rows of some codings, gathered table by table and written at once."""

    def __init__(self, db: Connection, run_id: int, now: datetime) -> None:
        self.db, self.run_id, self.now = db, run_id, now
        self.coding, self.event = next_seq(db, coding), next_seq(db, event)
        self.rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in (coding, sentence, mention, event, party)}

    def write(self, new: dict[int, Coding]) -> None:
        self.actors = self._actors(new.values())
        counting: list[int] = []
        first_coding = self.coding
        for seq, one in new.items():
            state = standing.of_article(self.db, seq)
            first = self.event
            self._coding(seq, one, state)
            if state == CURRENT:
                counting.extend(range(first, self.event))
        for table, rows in self.rows.items():
            if rows:
                self.db.execute(insert(table), rows)
        for some in parts(counting):
            standing.count(self.db, some)
        coverage.count(self.db, (coding.c.seq >= first_coding) & (coding.c.state == CURRENT), 1)

    def _actors(self, codings: Any) -> dict[str, int]:
        ids = sorted({one.actor for coding in codings for one in coding.mentions if one.actor})
        known: dict[str, int] = {}
        for some in parts(ids):
            asked = select(actor.c.id, actor.c.seq).where(actor.c.id.in_(some))
            known.update(self.db.execute(asked).all())
        if new := [one for one in ids if one not in known]:
            first = next_seq(self.db, actor)
            rows = [{"seq": first + n, "id": one} for n, one in enumerate(new)]
            self.db.execute(insert(actor), rows)
            known.update({row["id"]: row["seq"] for row in rows})
        return known

    def _coding(self, article: int, one: Coding, state: int) -> None:
        seq = self.coding
        self.coding += 1
        self.rows[coding].append(
            {
                "seq": seq,
                "article": article,
                "run": self.run_id,
                "at": self.now,
                "measured": one.measured,
                "current": True,
                "state": state,
            }
        )
        self.rows[sentence].extend(
            {"coding": seq, "n": n, "start": span.start, "stop": span.stop} for n, span in enumerate(one.sentences)
        )
        self.rows[mention].extend(self._mention(seq, n, found) for n, found in enumerate(one.mentions))
        index = {found: n for n, found in enumerate(one.mentions)}
        for found in one.events:
            self._event(seq, article, state, found, index)

    def _mention(self, seq: int, n: int, one: Mention) -> dict[str, Any]:
        more = _More(one.person, one.office, one.former, one.candidates, one.why)
        return {
            "coding": seq,
            "n": n,
            "start": one.span.start,
            "stop": one.span.stop,
            "kind": one.kind.value,
            "sector": one.sector and one.sector.value,
            "actor": self.actors[one.actor] if one.actor else None,
            "country": one.country,
            "score": one.score,
            "more": msgspec.to_builtins(more),
        }

    def _event(self, seq: int, article: int, state: int, one: Event, index: dict[Mention, int]) -> None:
        number = self.event
        self.event += 1
        self.rows[event].append(
            {
                "seq": number,
                "id": one.id,
                "coding": seq,
                "article": article,
                "state": state,
                "sentence": one.sentence,
                "start": one.trigger.start,
                "stop": one.trigger.stop,
                "type": one.type.value,
                "mode": one.mode,
                "status": one.status.value,
                "voice": one.voice.value,
                "contexts": one.contexts,
                "place": None if one.place is None else index[one.place],
                "items": [index[item] for item in one.items],
                "country": one.place.country if one.place else None,
                "day": one.day,
                "precision": one.precision.value,
                "amounts": msgspec.to_builtins(one.amounts),
                "about": one.about,
                "score": one.score,
                "evidence": msgspec.to_builtins(one.evidence),
            }
        )
        speaker = () if one.speaker is None else (one.speaker,)
        for role, found in (("A", one.actors), ("R", one.recipients), ("S", speaker)):
            self.rows[party].extend(
                {
                    "event": number,
                    "role": role,
                    "n": n,
                    "mention": index[who],
                    "actor": self.actors[who.actor] if who.actor else None,
                    "side": side(who),
                    "day": one.day,
                }
                for n, who in enumerate(found)
            )


def current(db: Connection, articles: Sequence[int]) -> dict[int, int]:
    """The coding that counts of each article (seq to seq), where there is one."""
    found: dict[int, int] = {}
    for some in parts(articles):
        asked = select(coding.c.article, coding.c.seq).where(coding.c.article.in_(some), coding.c.current)
        found.update(db.execute(asked).all())
    return found


def by_seq(db: Connection, seqs: Sequence[int]) -> dict[int, Coding]:
    """The codings with these numbers, as they were written."""
    found: dict[int, Coding] = {}
    for some in parts(seqs, 1_000):
        asked = select(coding, run.c.coder).join(run, run.c.seq == coding.c.run).where(coding.c.seq.in_(some))
        heads = db.execute(asked).all()
        texts = stored.by_seq(db, [row.article for row in heads])
        spans = _grouped(db, sentence, some)
        said = mentions(db, some)
        events = _grouped(db, event, some)
        parties = parties_of(db, [row.seq for rows in events.values() for row in rows])
        for head in heads:
            whole = said.get(head.seq, ())
            found[head.seq] = Coding(
                article=texts[head.article],
                sentences=tuple(Span(row.start, row.stop) for row in spans.get(head.seq, ())),
                mentions=whole,
                events=tuple(
                    event_of(row, texts[head.article], whole, parties.get(row.seq, {}), head.coder)
                    for row in events.get(head.seq, ())
                ),
                coder=head.coder,
                measured=head.measured,
            )
    return found


def _grouped(db: Connection, table: Any, codings: Sequence[int]) -> dict[int, list[Row[Any]]]:
    order = table.c.n if "n" in table.c else table.c.seq
    rows: dict[int, list[Row[Any]]] = {}
    for row in db.execute(select(table).where(table.c.coding.in_(codings)).order_by(table.c.coding, order)):
        rows.setdefault(row.coding, []).append(row)
    return rows


def mentions(db: Connection, codings: Sequence[int]) -> dict[int, tuple[Mention, ...]]:
    """The mentions of each coding, in their order."""
    asked = (
        select(mention, actor.c.id.label("actor_id"))
        .outerjoin(actor, actor.c.seq == mention.c.actor)
        .where(mention.c.coding.in_(codings))
        .order_by(mention.c.coding, mention.c.n)
    )
    found: dict[int, list[Mention]] = {}
    for row in db.execute(asked):
        more = msgspec.convert(row.more or {}, _More)
        found.setdefault(row.coding, []).append(
            Mention(
                span=Span(row.start, row.stop),
                kind=Kind(row.kind),
                sector=Sector(row.sector) if row.sector else None,
                score=row.score,
                actor=row.actor_id,
                country=row.country,
                person=more.person,
                office=more.office,
                former=more.former,
                candidates=more.candidates,
                why=more.why,
            )
        )
    return {seq: tuple(some) for seq, some in found.items()}


def parties_of(db: Connection, events: Sequence[int]) -> dict[int, dict[str, list[int]]]:
    """The numbers of the mentions that take part in each event, by role."""
    found: dict[int, dict[str, list[int]]] = {}
    for some in parts(events):
        asked = select(party.c.event, party.c.role, party.c.mention).where(party.c.event.in_(some))
        for number, role, n in db.execute(asked.order_by(party.c.event, party.c.role, party.c.n)):
            found.setdefault(number, {}).setdefault(role, []).append(n)
    return found


def event_of(
    row: Row[Any], article: Article, said: Sequence[Mention], parties: dict[str, list[int]], coder: str
) -> Event:
    """The event of a row of its table; ``said`` are the mentions of its coding."""
    speakers = parties.get("S", [])
    return Event(
        id=row.id,
        article=article.id,
        sentence=row.sentence,
        trigger=Span(row.start, row.stop),
        type=EventType(row.type),
        mode=row.mode,
        status=Status(row.status),
        contexts=tuple(row.contexts or ()),
        actors=tuple(said[n] for n in parties.get("A", ())),
        recipients=tuple(said[n] for n in parties.get("R", ())),
        speaker=said[speakers[0]] if speakers else None,
        voice=Voice(row.voice),
        day=row.day,
        precision=Precision(row.precision),
        place=None if row.place is None else said[row.place],
        items=tuple(said[n] for n in row.items or ()),
        amounts=msgspec.convert(row.amounts or (), _amounts),
        about=row.about,
        evidence=msgspec.convert(row.evidence, _evidence),
        score=row.score,
        coder=coder,
    )
