"""What watches look for themselves: changes in a series, the labels of findings, sources gone silent.

They are looked at where a side of theirs was touched, or the day has turned. What a watch saw is kept in the
transaction that keeps its alerts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import msgspec

from marsad.alert import keys, tell
from marsad.alert.because import of_newest
from marsad.alert.match import Watches
from marsad.alert.news import Telling
from marsad.desk.laws.assessing import Assessing
from marsad.desk.laws.found import Found
from marsad.desk.pairs.turning import busy, turned
from marsad.desk.watches.watched import LOOK, Post
from marsad.knowledge.instruments import law as law_of
from marsad.store import Connection, articles, events, occurrences, sources, watches
from marsad.store.queries import query
from marsad.types import Alert, AlertTrigger, Article, Because, Change, Label, Report, Watch

#: Under these a watch remembers the day on which it last looked, that it knows what stood when it began, and labels.
LOOKED, BEGUN, LABELS = "day", "begun", "labels"
#: Acts of a change whose reports are shown.
SHOWN = 20
_ARTICLE = re.compile(r"[0-9a-f]{16}")
_OWN = (AlertTrigger.CHANGE, AlertTrigger.FINDING, AlertTrigger.SILENCE)


def look_around(desk: Assessing) -> list[Alert]:
    """Have each watch that looks for itself look, where it is to; gives what was told."""
    now = desk.now()
    today = now.astimezone(UTC).date().isoformat()
    with desk.store.reading() as db:
        kept = [one for one in watches.listed(db) if one.trigger in _OWN]
        due = [
            one
            for one in kept
            if one.trigger is AlertTrigger.SILENCE
            or watches.recall(db, one.id, LOOK) == "1"
            or watches.recall(db, one.id, LOOKED) != today
        ]
    raised: list[Alert] = []
    for mine in due:
        # What takes long is worked out before the transaction: others wait to write.
        assessed = (
            desk.assess(mine.query.near or "", mine.query.law, likes=False)
            if mine.trigger is AlertTrigger.FINDING
            else None
        )
        with desk.store.reading() as db:
            made = turns(db, mine, now, desk.settings.persist) if mine.trigger is AlertTrigger.CHANGE else []
        with desk.store.writing() as db:
            post = Post(db, Watches((), query), now)
            if assessed is not None:
                _findings(post, mine, assessed.found, desk.settings.knowledge)
            elif mine.trigger is AlertTrigger.CHANGE:
                _changes(post, mine, made)
            else:
                _silences(post, mine)
            if mine.trigger is not AlertTrigger.SILENCE:
                watches.remember(db, mine.id, LOOKED, today)
                watches.remember(db, mine.id, LOOK, "0")
            post.send()
        raised += [alert for _, alert in post.raised]
    return raised


# --- changes ---------------------------------------------------------------------------------------------------------


def turns(db: Connection, mine: Watch, now: datetime, persist: int, since: date | None = None) -> list[Change]:
    """The changes that a watch asks for, found since it began, or since a day."""
    today = now.astimezone(UTC).date()
    first = since or (mine.created.astimezone(UTC).date() if mine.created else today)
    asked = [one for one in (mine.query.near, mine.query.counterpart, mine.query.sanctioner) if one]
    pairs = [(one, other) for one in asked for other in asked if one != other]
    if len(asked) == 1:
        pairs = busy(db, asked[0], today - timedelta(365), 100)
    wanted = Watches((mine,), query)
    found = turned(db, pairs, first, max(first, today), persist)
    return sorted((one for one in found if wanted.changes(one)), key=lambda one: (one.found, one.source, one.quad))


def _changes(post: Post, mine: Watch, made: Iterable[Change]) -> None:
    for one in made:
        key = keys.of_change(one)
        told = (watches.recall(post.db, mine.id, key) or "").split()
        own = str(one.day.toordinal())
        if not keys.is_same(one, told):
            alert = tell.change(mine, one, reports_of(post.db, one.occurrences), f"{key} {own}", post.now)
            post.keep(mine, alert, [f"{key} {own}"])
        if own not in told:
            watches.remember(post.db, mine.id, key, " ".join([*told, own]))


def reports_of(db: Connection, ids: Sequence[str]) -> list[Report]:
    """The reports of acts, those of the latest first."""
    acts = occurrences.by_id(db, ids[-SHOWN:])
    acts.sort(key=lambda act: (act.day or date.min, act.id), reverse=True)
    known = events.by_id(db, [id for act in acts for id in act.reports])  # noqa: A001
    return [known[id] for act in acts for id in act.reports if id in known]  # noqa: A001


# --- findings --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label that is another than before, of a body under a law."""

    entity: str
    law: str
    before: str
    after: str
    found: Found | None


def relabelled(
    of: str, found: Iterable[Found], seen: Mapping[str, str], begun: bool
) -> tuple[list[Labelled], dict[str, str]]:
    """What has another label than was ``seen``, and what is seen now, by whom and law.

    Of a state its furthest body is watched: the label is under the state's code, whosever it is. What was never seen
    was not engaged, once the watch has ``begun``; before that, everything is only seen.
    """
    made: list[Labelled] = []
    now: dict[str, str] = {}
    first: dict[str, Found] = {}
    for one in found:  # those furthest come first
        finding = one.shown.finding
        whom = finding.entity if "." in of else of
        first.setdefault(f"{whom} {finding.instrument}", one)
    now = {key: one.shown.finding.label.value for key, one in first.items()}
    now |= {key: Label.NOT_ENGAGED.value for key in seen if key not in now}
    for key, label in now.items():
        before = seen.get(key, Label.NOT_ENGAGED.value)
        if begun and before != label:
            whom, _, law = key.partition(" ")
            known = first.get(key)
            made.append(Labelled(known.shown.finding.entity if known else whom, law, before, label, known))
    return made, now


def begin(db: Connection, mine: Watch, found: Iterable[Found]) -> None:
    """Have a watch on findings remember what is found now: what is another later is told."""
    _, now = relabelled(mine.query.near or "", found, {}, False)
    watches.remember(db, mine.id, BEGUN, "1")
    watches.remember(db, mine.id, LABELS, msgspec.json.encode(now).decode())


def _findings(post: Post, mine: Watch, found: Sequence[Found], folders: Sequence[str]) -> None:
    kept = watches.recall(post.db, mine.id, LABELS)
    seen: dict[str, str] = msgspec.json.decode(kept) if kept else {}
    begun = watches.recall(post.db, mine.id, BEGUN) == "1"
    made, now = relabelled(mine.query.near or "", found, seen, begun)
    for one in made:
        alert = labelled(post.db, mine, one, post.now, folders)
        post.keep(mine, alert, [f"f {alert.id}"])
    if not begun:
        watches.remember(post.db, mine.id, BEGUN, "1")
    if now != seen:
        watches.remember(post.db, mine.id, LABELS, msgspec.json.encode(now).decode())


def labelled(
    db: Connection, mine: Watch, one: Labelled, now: datetime, folders: Sequence[str], day: date | None = None
) -> Alert:
    """The alert of a label that is another."""
    law = law_of(one.law, tuple(folders)).instrument
    return tell.finding(
        mine,
        one.entity,
        (one.law, law.name),
        (one.before, one.after),
        day or now.astimezone(UTC).date(),
        _because(db, one.found) if one.found else (),
        now,
        one.found.shown.name if one.found else None,
    )


def _because(db: Connection, one: Found) -> tuple[Because, ...]:
    """The newest sentences that a finding rests on, of articles of the store."""
    cited = one.shown.cited
    # Known cases are cited too: they are no articles, and have ids of their own.
    ids = {each.article.id for each in cited.values() if _ARTICLE.fullmatch(each.article.id)}
    there = articles.seqs(db, sorted(ids))
    newest = sorted(one.shown.reached, key=lambda each: (each.rung.day or date.min, each.confirmed), reverse=True)
    return of_newest(
        Telling(cited[key].rung, cited[key].article, cited[key].source)
        for each in newest
        for key in (each.rung.id, each.id)
        if key in cited and cited[key].article.id in there
    )


# --- silence ---------------------------------------------------------------------------------------------------------


def newest_of(db: Connection, source: str, until: date | None = None) -> Article | None:
    """The last article of a source, of those published by ``until``."""
    seq = sources.newest(db, source, until)
    return None if seq is None else articles.by_seq(db, [seq]).get(seq)


def _silences(post: Post, mine: Watch) -> None:
    last = sources.latest(post.db)
    for one in sources.followed(post.db):
        named = mine.query.sources
        asked = bool({one.source.id, one.source.name} & set(named)) if named else bool(one.source.feed)
        if not asked or not (one.source.enabled or named):
            continue
        if not (one.source.feed or one.articles):
            continue  # nothing is asked of it, and nothing ever came: it has not gone silent
        since = max(filter(None, (one.renewed, last.get(one.source.id))), default=one.added)
        silent = since + timedelta(mine.silent)
        if post.now < silent or (mine.created and silent < mine.created):
            continue
        key = f"silence {one.source.id}"
        if watches.recall(post.db, mine.id, key) != since.isoformat():
            alert = tell.silence(mine, one.source, since, post.now, newest_of(post.db, one.source.id))
            post.keep(mine, alert, [f"{key} {since.isoformat()}"])
            watches.remember(post.db, mine.id, key, since.isoformat())
