"""From the store to what was known of a pair on a day: rungs, events, and the sentences behind both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from marsad import stories
from marsad.desk.pairs.climbing import course_between
from marsad.export.cited import Cited
from marsad.export.finding_shown import Quoted
from marsad.relate.merge import merged
from marsad.store import Connection, articles, events, groups, rungs, sources
from marsad.store.where import Where
from marsad.stories import Brief
from marsad.text import sentences
from marsad.types import Event, Outcome, Reached, Report, Rung, Source, SourceKind, Span

#: Denials of a state's dealings that are looked at, the latest.
DENIALS = 500
_unpack = msgspec.msgpack.Decoder(Brief).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known: ``reached`` of a pair and of who warns it, and the ``events`` of the articles that tell of it.

    ``published`` is the day on which a rung or an article was out, by its id; ``officials`` are ids of articles and
    sources that are official publications. ``cited`` has the sentence of each rung, ``quotes`` that of each event.
    """

    reached: tuple[Reached, ...] = ()
    events: tuple[Event, ...] = ()
    published: Mapping[str, date] = field(default_factory=dict)
    officials: frozenset[str] = frozenset()
    cited: Mapping[str, Cited] = field(default_factory=dict)
    quotes: Mapping[str, Quoted] = field(default_factory=dict)


def known(
    db: Connection, near: str, counterpart: str, sanctioner: str, as_of: date, known_on: date, first: date
) -> Known:
    """What the store knew on ``known_on`` of two sides up to ``as_of``, and of the warnings of ``sanctioner``.

    An article counts from the day on which it was published; without one, from that on which it was fetched, else from
    ``first``.
    """
    whole = course_between(db, near, counterpart, sanctioner, as_of).reached
    told: defaultdict[str, list[Rung]] = defaultdict(list)
    for rung in rungs.by_id(db, sorted({key for one in whole for key in one.rungs})):
        told[rung.id].append(rung)
    denied = events.articles_of(db, Where(parties=(near,), statuses=(Outcome.DENIED,)), DENIALS)
    mine = articles.seqs(db, sorted({rung.article for some in told.values() for rung in some}))
    by_number = articles.by_seq(db, sorted({*mine.values(), *denied}))
    numbers = {one.id: number for number, one in sorted(by_number.items(), key=lambda item: item[1].id)}
    texts = {one.id: one for one in by_number.values()}
    out = {one.id: one.published or (one.fetched.date() if one.fetched else first) for one in texts.values()}

    def is_out(article: str) -> bool:
        return article in out and out[article] <= known_on

    reached = tuple(_as_known(db, whole, told, is_out, numbers))
    seen = [number for key, number in numbers.items() if is_out(key)]
    reports = events.bearing(db, seen, {one.rung.event for one in reached if one.rung.event})
    publishers = sources.by_article(db, seen)
    by = {key: publishers[number] for key, number in numbers.items() if number in publishers}
    shown = {key: next((rung for rung in some if is_out(rung.article)), None) for key, some in told.items()}
    return Known(
        reached=reached,
        events=tuple(report.event for report in reports),
        published=out | {rung.id: out[rung.article] for rung in shown.values() if rung},
        officials=_officials(by),
        cited={
            key: Cited(rung=rung, article=texts[rung.article], source=by.get(rung.article))
            for key, rung in shown.items()
            if rung
        },
        quotes=_quotes(reports),
    )


def _officials(by: Mapping[str, Source]) -> frozenset[str]:
    found = {key: one.id for key, one in by.items() if one.kind is SourceKind.OFFICIAL}
    return frozenset((*found, *found.values()))


def _quotes(reports: Iterable[Report]) -> dict[str, Quoted]:
    """The sentence of each event, by its id; each article is cut into sentences once."""
    cut: dict[str, Sequence[Span]] = {}
    for one in reports:
        if one.article.id not in cut:
            cut[one.article.id] = sentences(one.article.text, one.article.title)
    return {one.event.id: quoted(one, cut[one.article.id]) for one in reports}


def quoted(report: Report, within: Sequence[Span] | None = None) -> Quoted:
    """The sentence of an event; ``within`` are those of its article, where they are known already."""
    within = sentences(report.article.text, report.article.title) if within is None else within
    number = report.event.sentence
    span = within[number] if number < len(within) else report.event.trigger
    return Quoted.at(span, report.article, source=report.source)


def _as_known(
    db: Connection,
    whole: Iterable[Reached],
    told: Mapping[str, Sequence[Rung]],
    is_out: Callable[[str], bool],
    numbers: Mapping[str, int],
) -> Iterator[Reached]:
    """The rungs without what later articles tell of them: without these, some are confirmed by nobody yet."""
    for one in whole:
        tellings = [rung for key in one.rungs for rung in told.get(key, ())]
        early = [rung for rung in tellings if is_out(rung.article)]
        if len(early) == len(tellings):
            yield one
        elif early:
            yield from _anew(db, one, early, numbers)


def _anew(db: Connection, one: Reached, early: Sequence[Rung], numbers: Mapping[str, int]) -> Iterator[Reached]:
    """A rung out of the first of its tellings, as it would have been put together then."""
    ids = sorted({rung.article for rung in early})
    briefs = {brief.article: brief for brief in _briefs(db, [numbers[key] for key in ids])}
    first = stories.copies(briefs.values())
    origins = {key: briefs[other].source or other for key, other in first.items()}
    kinds = sources.kinds(db, [numbers[key] for key in ids])
    officials = {key for key in ids if kinds.get(numbers[key]) is SourceKind.OFFICIAL}
    acts = {rung.event: one.occurrence or one.id for rung in early if rung.event}
    yield from merged(early, acts, origins, officials)


def _briefs(db: Connection, numbers: Sequence[int]) -> Iterator[Brief]:
    return (_unpack(body) for body in groups.remembered(db, numbers).values())
