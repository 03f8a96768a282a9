"""What a watch would have told over the last days, replayed as if the articles had come on their days.

The articles that the watch may be about are put, day by day, into a store in memory, with the codings that they have;
what was before is there when the replay begins. Nothing is written to the store that is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from marsad.alert import keys, tell
from marsad.desk.intake.stages import Bench, Done, Idle, group
from marsad.desk.laws.assessing import Assessing
from marsad.desk.watches.looked import labelled, newest_of, relabelled, reports_of, turns
from marsad.desk.watches.watched import watch as watched
from marsad.identity import state_of
from marsad.store import (
    Connection,
    Store,
    articles,
    codings,
    events,
    reached,
    rungs,
    runs,
    search,
    sources,
    watches,
    work,
)
from marsad.store.where import Where
from marsad.types import Alert, AlertTrigger, Coding, Watch

#: Articles that are replayed at most, the latest; and those before the days that are read for what was before.
MOST = 2_000
#: How long before the days that are replayed, articles count for what was before.
BEFORE = timedelta(400)


def rehearse(desk: Assessing, watch: Watch, days: int) -> list[Alert]:
    """The alerts that a watch would have told in the last ``days``, the earliest first."""
    now = desk.now().astimezone(UTC)
    first = now.date() - timedelta(days - 1)
    mine = replace(watch, channels=(), muted=None, created=_evening(first - timedelta(1)))
    if mine.trigger is AlertTrigger.CHANGE:
        return _changes(desk, mine, first, now)
    if mine.trigger is AlertTrigger.FINDING:
        return _findings(desk, mine, first, now)
    if mine.trigger is AlertTrigger.SILENCE:
        return _silences(desk, mine, first, now)
    return _replayed(desk, mine, first, now)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), UTC)


# --- what comes with the articles ------------------------------------------------------------------------------------


def _replayed(desk: Assessing, mine: Watch, first: date, now: datetime) -> list[Alert]:
    with desk.store.reading() as db:
        read = _codings(db, mine, first, now.date())
        known = [one.source for one in sources.followed(db)]
    store = Store("sqlite://")
    try:
        with store.writing() as db:
            for source in known:
                sources.put(db, source, mine.created or now)
        clock = [_evening(first - timedelta(1))]
        bench = Bench(store, Idle(), "", lambda: clock[0])
        raised: list[Alert] = []
        before = [one for one in read if (one.article.published or first) < first]
        _bring(bench, before)
        with store.writing() as db:
            watches.put(db, mine, mine.created or now)
        rest = read[len(before) :]
        while rest:
            day = rest[0].article.published or first
            today = [one for one in rest if (one.article.published or first) == day]
            rest = rest[len(today) :]
            clock[0] = _evening(day)
            _bring(bench, today)
            raised += watched(bench, Done())
        return raised
    finally:
        store.close()


def _bring(bench: Bench, given: Sequence[Coding]) -> None:
    """Keep articles with their codings, and group them."""
    for at in range(0, len(given), 64):
        some = given[at : at + 64]
        with bench.store.writing() as db:
            articles.add(db, [articles.draft(one.article) for one in some], bench.now())
            run = runs.ensure(db, "rehearsed", "", bench.now()).id
            seqs = articles.seqs(db, [one.article.id for one in some])
            kept = [one for one in some if one.article.id in seqs]
            codings.write(db, run, kept, bench.now())
            work.done(db, "coded", list(seqs.values()))
    group(bench, Done())


def _codings(db: Connection, mine: Watch, first: date, last: date) -> list[Coding]:
    """The codings of the articles that may matter, in the order of their days."""
    seqs = sorted(_seqs(db, mine, first - BEFORE))
    current = codings.current(db, seqs)
    found = codings.by_seq(db, list(current.values())).values()
    dated = [one for one in found if one.article.published and first - BEFORE <= one.article.published <= last]
    dated.sort(key=lambda one: (one.article.published or last, one.article.id))
    return [replace(one, article=replace(one.article, replaces=None)) for one in dated[-MOST:]]


def _seqs(db: Connection, mine: Watch, since: date) -> set[int]:
    """The numbers of articles that a watch may be about."""
    asked = mine.query
    ids: set[str] = set()
    if asked.words and not asked.near and mine.trigger is not AlertTrigger.RUNG:
        ids.update(hit.article.id for hit in search.find(db, asked.words, Where(), limit=MOST).items)
    else:
        for where in _wheres(mine, since):
            page = events.listed(db, where, limit=MOST)
            ids.update(one.article.id for one in page.items)
    if mine.trigger is AlertTrigger.RUNG and asked.near and asked.counterpart:
        ids |= _climbing(db, mine)
    return set(articles.seqs(db, sorted(ids)).values())


def _wheres(mine: Watch, since: date) -> Iterator[Where]:
    """What is asked of the store, so that nothing that a watch may tell is left out."""
    asked = mine.query
    named = [one for one in (asked.near, asked.counterpart, asked.sanctioner) if one]
    given = Where(actors=asked.actors, recipients=asked.recipients, parties=asked.parties, since=since)
    if len(named) > 1:
        for one in named:
            for other in named:
                if one != other:
                    yield replace(given, actors=(one,), recipients=(other,))
            # What two do together, or is said of a side, may name it alone.
            yield replace(given, actors=(one,))
    elif named:
        yield replace(given, parties=(*asked.parties, *named)) if not asked.parties else given
    else:
        yield given


def _climbing(db: Connection, mine: Watch) -> set[str]:
    """The articles that tell of rungs of a pair."""
    near, counterpart = state_of(mine.query.near or ""), state_of(mine.query.counterpart or "")
    if near == counterpart:
        return set()
    pair = (db, near, counterpart, mine.query.sanctioner and state_of(mine.query.sanctioner))
    some = [*reached.of_pair(*pair).reached, *reached.low_of_pair(*pair, date.max)]
    return {one.article for one in rungs.by_id(db, sorted({id for each in some for id in each.rungs}))}  # noqa: A001


# --- what watches look for themselves --------------------------------------------------------------------------------


def _changes(desk: Assessing, mine: Watch, first: date, now: datetime) -> list[Alert]:
    """Changes are found as one would have who lived through the days."""
    with desk.store.reading() as db:
        made = turns(db, mine, now, desk.settings.persist, first)
        return [
            tell.change(mine, one, reports_of(db, one.occurrences), f"{keys.of_change(one)} {one.day}", at)
            for one in made
            for at in [_evening(one.found)]
        ]


def _findings(desk: Assessing, mine: Watch, first: date, now: datetime) -> list[Alert]:
    """The labels of each day on which something was published about the side, as they were known then."""
    near = mine.query.near or ""
    with desk.store.reading() as db:
        reports = events.listed(db, Where(parties=(state_of(near),), since=first - BEFORE), limit=MOST).items
        days = sorted({one.article.published for one in reports if one.article.published})
    raised: list[Alert] = []
    seen: dict[str, str] = {}
    begun = False
    for day in [first - timedelta(1), *(one for one in days if first <= one <= now.date())]:
        assessed = desk.assess(near, mine.query.law, on=day, known_on=day, likes=False)
        made, seen = relabelled(near, assessed.found, seen, begun)
        begun = True
        with desk.store.reading() as db:
            raised += [labelled(db, mine, one, _evening(day), desk.settings.knowledge, day) for one in made]
    return raised


def _silences(desk: Assessing, mine: Watch, first: date, now: datetime) -> list[Alert]:
    """The silences that ended or lasted in the days, by the days of the articles."""
    raised: list[Alert] = []
    with desk.store.reading() as db:
        days = sources.days(db, first - timedelta(mine.silent))
        for one in sources.followed(db):
            named = mine.query.sources
            asked = bool({one.source.id, one.source.name} & set(named)) if named else bool(one.source.feed)
            if not asked or not days.get(one.source.id):
                continue
            mine_days = [*days[one.source.id], now.date() + timedelta(mine.silent)]
            for last, following in pairwise(mine_days):
                silent = last + timedelta(mine.silent)
                if silent < following and first <= silent <= now.date():
                    newest = newest_of(db, one.source.id, last)
                    raised.append(tell.silence(mine, one.source, _evening(last), _evening(silent), newest))
    return sorted(raised, key=lambda one: (one.found, one.subject))
