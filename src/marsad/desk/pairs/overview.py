"""Many pairs at a glance: where each stands on the ladders, what moved last, how busy the year was, what was said last.

Read from what the store has counted, so that a pair costs the same in a store of a thousand events and of ten million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from marsad.desk.pairs.climbing import cited, of_body
from marsad.export.rows import Sentences
from marsad.identity import state_of
from marsad.knowledge.countries import NO_STATE
from marsad.relate.course import course
from marsad.store import Connection, Store, events, occurrences, reached, tallies
from marsad.store.where import Where
from marsad.types import Ladder, Reached, Standing, Status, Voice, Watch

#: Days back to which a trend looks.
BEFORE = 30
#: Months that a year shows: the one that runs, and the twelve before it.
MONTHS = 13
#: High rungs of each ladder that are read, the latest; the first and the last of each level are read whatever.
MOST = 80


class Pair(NamedTuple):
    """Two sides that are looked at, and whose warnings to the first."""

    near: str
    counterpart: str
    sanctioner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence of an article, with who printed it, who speaks, in which voice and status."""

    words: str
    language: str
    article: str
    source: str
    day: date | None
    voice: Voice
    status: Status
    event: str | None = None
    speaker: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How a pair stands on ``until``.

    ``months`` are the acts in both directions in each of :data:`MONTHS` months, the earliest first.
    ``standing`` is by ladder, ``before`` that of :data:`BEFORE` days ago. ``last`` is the newest dated step on any
    ladder, ``said`` the newest sentence.
    """

    pair: Pair
    until: date
    months: tuple[int, ...]
    standing: Mapping[Ladder, Standing]
    before: Mapping[Ladder, Standing]
    last: Reached | None = None
    said: Said | None = None

    def trend(self, ladder: Ladder) -> int:
        """Whether it stands higher (1) or lower (-1) than :data:`BEFORE` days ago, or as it did (0)."""
        now, then = (_level(one.get(ladder)) for one in (self.standing, self.before))
        return (now > then) - (now < then)


def _level(one: Standing | None) -> int:
    """The level of what stands, below all levels where nothing does."""
    return one.highest.effective if one and one.highest else -2


def overview(store: Store, pair: Pair, until: date, year: date | None = None) -> Overview:
    """How ``pair`` stands on ``until``; the months are those up to ``year``, if that is another day."""
    with store.reading() as db:
        near, counterpart = state_of(pair.near), state_of(pair.counterpart)
        found = reached.of_pair(db, near, counterpart, pair.sanctioner, None, until, most=MOST, low=False)
        chosen: Sequence[Reached] = found.reached
        for body in (pair.near, pair.counterpart):
            chosen = of_body(db, chosen, body) if "." in body else chosen
        then = until - timedelta(BEFORE)
        now = course(chosen, near, counterpart, pair.sanctioner, until)
        steps = [one for one in now.reached if one.rung.day and not one.rung.past]
        last = max(steps, key=lambda one: (one.rung.day or until, one.confirmed, one.effective), default=None)
        return Overview(
            pair=pair,
            until=until,
            months=_months(db, near, counterpart, year or until),
            standing=now.standing,
            before=course(chosen, near, counterpart, pair.sanctioner, then).standing,
            last=last,
            said=_said(db, pair, last, until),
        )


def watched(watches: Iterable[Watch], sanctioner: str | None) -> list[Pair]:
    """The pairs of watches, each once; ``sanctioner`` is whose warnings are looked at where a watch names nobody."""
    return list(
        dict.fromkeys(
            Pair(one.query.near, one.query.counterpart, one.query.sanctioner or sanctioner)
            for one in watches
            if one.query.near and one.query.counterpart and state_of(one.query.near) != state_of(one.query.counterpart)
        )
    )


def busiest(store: Store, sanctioner: str | None, since: date | None, limit: int) -> list[Pair]:
    """The pairs of states with the most acts since the month of ``since``, both directions together.

    The sanctioner is put second, a sanctioned side it is not known to be.
    """
    acts: dict[tuple[str, str], int] = {}
    with store.reading() as db:
        for one, other, n in tallies.pairs(db, since, limit * 6):
            if one != other and not {one, other} & set(NO_STATE):
                key = (one, other) if (other, one) not in acts else (other, one)
                acts[key] = acts.get(key, 0) + n
    chosen = sorted(acts, key=lambda key: (-acts[key], key))[:limit]
    return [Pair(one, other, None if sanctioner in (one, other) else sanctioner) for one, other in chosen]


def newest(store: Store, pairs: Iterable[Pair], today: date) -> date:
    """The day up to which a year is shown: today, or the end of the last month with an act, where a year has none."""
    month = 0
    with store.reading() as db:
        for pair in pairs:
            for way in ((pair.near, pair.counterpart), (pair.counterpart, pair.near)):
                last = tallies.last_month(db, state_of(way[0]), state_of(way[1]), today, what=tallies.OCCURRENCE)
                month = max(month, last or 0)
    if not month:
        return today
    first = date(month // 100, month % 100, 1)
    end = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return today if end > today - timedelta(365) else end


def _months(db: Connection, one: str, other: str, until: date) -> tuple[int, ...]:
    start = until.year * 12 + until.month - MONTHS
    counts = [0] * MONTHS
    first = date(start // 12, start % 12 + 1, 1)
    for way in ((one, other), (other, one)):
        for month in tallies.months(db, *way, what=tallies.OCCURRENCE, by=(), since=first, until=until):
            if month.month:
                counts[month.month // 100 * 12 + month.month % 100 - 1 - start] += month.n
    return tuple(counts)


def _said(db: Connection, pair: Pair, last: Reached | None, until: date) -> Said | None:
    """The newest sentence: of the last step, or of the last act where that is later."""
    act = _last_act(db, pair, until)
    if last is not None and (act is None or act.day is None or (last.rung.day or until) >= act.day):
        found = cited(db, [last.rung]).get(last.rung.id)
        if found:
            rung, speaker = found.rung, found.rung.speaker
            return Said(
                words=found.words,
                language=found.article.language,
                article=found.article.id,
                source=found.publisher,
                day=rung.day,
                voice=rung.voice,
                status=rung.status,
                event=rung.event,
                speaker=_line(speaker.span.of(found.article.text)) if speaker else None,
                url=found.article.url,
            )
    return act


def _last_act(db: Connection, pair: Pair, until: date) -> Said | None:
    found = []
    for way in ((pair.near, pair.counterpart), (pair.counterpart, pair.near)):
        found += occurrences.listed(db, Where(actors=way[:1], recipients=way[1:], until=until), limit=1).items
    if not found:
        return None
    act = max(found, key=lambda one: (one.day or date.min, one.id))
    report = events.by_id(db, act.reports[:1]).get(act.reports[0]) if act.reports else None
    if report is None:
        return None
    event, article = report.event, report.article
    source = report.source
    return Said(
        words=Sentences().of(report),
        language=article.language,
        article=article.id,
        source=(source.name or source.id) if source else article.source or article.id,
        day=act.day,
        voice=event.voice,
        status=event.status,
        event=event.id,
        speaker=_line(event.speaker.span.of(article.text)) if event.speaker else None,
        url=article.url,
    )


def _line(text: str) -> str:
    return " ".join(text.split())
