"""The last stage of the queue: what new articles tell is held against the watches, and what is told is kept.

Alerts are written, and put into the outbox, in the transaction that takes their articles off the queue: killed at any
point, nothing is lost and nothing told twice.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from marsad.alert import keys, tell
from marsad.alert.because import publisher
from marsad.alert.denials import denials
from marsad.alert.match import Watches
from marsad.alert.news import Denied, Risen, Telling, Told, sides
from marsad.alert.schedule import due
from marsad.alert.stages import is_fresh, is_recalled, stages, told
from marsad.desk.intake.stages import Bench, Done
from marsad.desk.pairs.climbing import course_between
from marsad.identity import state_of
from marsad.relate.course import joined
from marsad.relate.merge import judged, solid
from marsad.store import (
    Connection,
    alerts,
    articles,
    events,
    groups,
    occurrences,
    outbox,
    reached,
    rungs,
    sources,
    watches,
    work,
)
from marsad.store.queries import query
from marsad.store.where import Where
from marsad.types import (
    Alert,
    AlertTrigger,
    Ladder,
    Occurrence,
    Outcome,
    Reached,
    Report,
    Rung,
    SourceKind,
    Stage,
    Status,
    Watch,
)

#: Articles that are watched in one transaction.
WATCHED = 32
#: What is dated ahead of the clock counts: a paper's day may be tomorrow here.
AHEAD = timedelta(366)
#: Under this a watch remembers that what it is about was touched, and is to be looked at.
LOOK = "look"


def watch(bench: Bench, done: Done, limit: int | None = None) -> list[Alert]:
    """Hold the articles that wait, at most ``limit``, against the watches; gives what was told."""
    raised: list[Alert] = []
    left = sys.maxsize if limit is None else limit
    held: tuple[list[Watch], Watches] | None = None
    while left and not bench.stop():
        with bench.store.writing() as db:
            seqs = work.waiting(db, work.WATCHED, min(WATCHED, left))
            if not seqs:
                break
            kept = watches.listed(db)
            if held is None or held[0] != kept:
                held = kept, Watches(kept, query)
            raised += Post(db, held[1], bench.now()).look(seqs)
            work.done(db, work.WATCHED, seqs)
        left -= len(seqs)
        done.stages[work.WATCHED] += len(seqs)
        bench.tell(work.WATCHED, done.stages[work.WATCHED])
    return raised


class Sides(NamedTuple):
    """Between whom a course is asked for; None where a signal leaves it open."""

    near: str | None
    counterpart: str | None
    sanctioner: str | None


@dataclass(slots=True)
class Post:
    """What keeps alerts, in one transaction."""

    db: Connection
    watches: Watches
    now: datetime
    added: dict[str, datetime] = field(default_factory=dict)
    raised: list[tuple[Watch, Alert]] = field(default_factory=list)

    def look(self, seqs: Sequence[int]) -> list[Alert]:
        """Tell what the articles tell that is new; the watches that look for themselves are told that they are to."""
        new = events.of_articles(self.db, seqs)
        if self.watches.asks[AlertTrigger.EVENT]:
            self._events(list(dict.fromkeys(one.occurrence for one in new if one.occurrence)))
        if self.watches.asks[AlertTrigger.DENIAL] and new:
            self._denials(seqs, {one.article.id for one in new})
        risen = rungs.of_articles(self.db, seqs)
        if self.watches.asks[AlertTrigger.RUNG] and risen:
            self._rungs(risen)
        named = {side for one in new for side in sides(one)}
        named.update(side for one in risen for side in (one.near, one.counterpart, one.sanctioner) if side)
        self._touch(named)
        self.send()
        return [alert for _, alert in self.raised]

    # --- acts --------------------------------------------------------------------------------------------------------

    def _events(self, ids: Sequence[str]) -> None:
        for one in map(self._with_claims, self._told(occurrences.by_id(self.db, ids))):
            before: list[Report] | None = None
            for mine in self.watches.events(one):
                if not self._is_new(mine, (each.article.id for each in one.reports)):
                    continue
                day = one.act.day
                if not any(is_fresh(each.article.published, day, mine.within) for each in one.reports):
                    continue
                before = self._before(one.reports) if before is None else before
                known_by = keys.of_act(one, before)
                self._tell(mine, known_by, tell.event(mine, one, known_by[0], self.now))

    def _told(self, acts: Sequence[Occurrence]) -> list[Told]:
        ids = [id for act in acts for id in act.reports]  # noqa: A001
        reports = events.by_id(self.db, ids)
        self._know(one.article.id for one in reports.values())
        made = [Told(act, tuple(reports[id] for id in act.reports if id in reports)) for act in acts]  # noqa: A001
        return [one for one in made if one.reports]

    def _with_claims(self, one: Told) -> Told:
        """What is denied with those who tell of it in stories that nobody has joined: then it is contested."""
        act = one.act
        if act.status is not Outcome.DENIED or act.day is None or not (known_by := set(keys.of_deed(one))):
            return one
        sides_of = tuple(sorted({state_of(each) for each in (*act.actors, *act.recipients)}))
        where = Where(types=(act.type,), statuses=(Status.ACTUAL,), parties=sides_of, since=act.day, until=act.day)
        denying = {publisher(each.article, each.source) for each in one.reports}
        claims = [
            report
            for other in self._told(occurrences.listed(self.db, where).items)
            if known_by & set(keys.of_deed(other))
            for report in other.reports
            if report.event.status is Status.ACTUAL and publisher(report.article, report.source) not in denying
        ]
        return Told(replace(act, status=Outcome.CONTESTED), (*one.reports, *claims)) if claims else one

    def _before(self, given: Sequence[Report]) -> list[Report]:
        """What former texts at the addresses of reports said of the same."""
        found: list[Report] = []
        for one in given:
            if one.article.replaces is None:
                continue
            for former in self._former(one.article.id):
                page = events.listed(self.db, Where(article=former, withdrawn=True), limit=500)
                found += [
                    each for each in page.items if each.event.type is one.event.type and sides(each) == sides(one)
                ]
        return found

    def _former(self, article: str) -> Iterator[int]:
        own = articles.seqs(self.db, [article]).get(article)
        if own is not None:
            yield from (seq for seq, id, _ in articles.versions(self.db, own) if id != article)  # noqa: A001

    # --- denials -----------------------------------------------------------------------------------------------------

    def _denials(self, seqs: Sequence[int], new: Collection[str]) -> None:
        stories = groups.stories_of(self.db, seqs)
        acts = self._told(occurrences.of_stories(self.db, sorted(set(stories.values()))))
        for story in dict.fromkeys(stories.values()):
            for one in denials([each for each in acts if each.act.story == story]):
                if {each.article.id for each in (*one.denials, *one.claim.reports)} & set(new):
                    self._denial(one)

    def _denial(self, one: Denied) -> None:
        before: list[Report] | None = None
        for mine in self.watches.denials(one):
            if not self._is_new(mine, (each.article.id for each in one.denials)):
                continue
            day = one.claim.act.day
            if not any(is_fresh(each.article.published, day, mine.within) for each in one.denials):
                continue
            before = self._before((*one.claim.reports, *one.denials)) if before is None else before
            known_by = keys.of_denial(one, before)
            self._tell(mine, known_by, tell.denial(mine, one, known_by[0], self.now))

    # --- rungs -------------------------------------------------------------------------------------------------------

    def _rungs(self, given: Sequence[Rung]) -> None:
        """The rungs that articles tell of, each as what is known of its pair makes it."""
        fresh = {one.id for one in given}
        asked: dict[Sides, set[Ladder]] = {}
        for one in given:
            for pair in self._pairs(one):
                asked.setdefault(pair, set()).add(one.ladder)
        for pair, wanted in asked.items():
            course = self._course(pair)
            touched = [one for one in course if one.rung.ladder in wanted and fresh & set(one.rungs)]
            held = self._risen(touched)
            known = articles.seqs(self.db, list({one.rung.article for one in course} | {
                each.article.id for one in held for each in one.tellings
            }))  # fmt: skip
            for one_risen in held:
                self._rung(one_risen, course, known)

    def _pairs(self, rung: Rung) -> set[Sides]:
        """Whose course a rung is of: what it leaves open is as the watches ask."""
        if rung.ladder is Ladder.L:
            one, other = sorted((rung.near or "", rung.counterpart or ""))
            return {Sides(one, other, None)} if one and one != other else set()
        own = Sides(rung.near, rung.counterpart, rung.sanctioner)
        if rung.near and rung.counterpart:
            return {own} if rung.near != rung.counterpart else set()
        found = {own}
        for watched in self.watches.of(AlertTrigger.RUNG):
            asked = watched.query
            if asked.near and asked.counterpart:
                near, counterpart = state_of(asked.near), state_of(asked.counterpart)
                if rung.near in (None, near) and rung.counterpart in (None, counterpart) and near != counterpart:
                    found.add(Sides(near, counterpart, rung.sanctioner))
        return found - {own} or found

    def _course(self, pair: Sides) -> Sequence[Reached]:
        until = self.now.date() + AHEAD
        near, counterpart, sanctioner = pair
        if near and counterpart:
            return course_between(self.db, near, counterpart, sanctioner, until).reached
        asked = (self.db, near or "", counterpart or "", sanctioner)
        some = (*reached.of_pair(*asked, None, until).reached, *reached.low_of_pair(*asked, until))
        return joined({(one.id, one.rung.article): one for one in some}.values())

    def _risen(self, given: Sequence[Reached]) -> list[Risen]:
        by_id: dict[str, list[Rung]] = {}
        for rung in rungs.by_id(self.db, sorted({id for one in given for id in one.rungs})):  # noqa: A001
            by_id.setdefault(rung.id, []).append(rung)
        every = [rung for some in by_id.values() for rung in some]
        numbers = articles.seqs(self.db, sorted({rung.article for rung in every}))
        texts = {one.id: one for one in articles.by_seq(self.db, list(numbers.values())).values()}
        published = sources.by_article(self.db, list(numbers.values()))
        reports = events.by_id(self.db, sorted({rung.event for rung in every if rung.event}))
        self._know(texts)
        made = []
        for one in given:
            tellings = tuple(
                Telling(
                    rung,
                    texts[rung.article],
                    published.get(numbers[rung.article]),
                    reports.get(rung.event) if rung.event else None,
                )
                for id in one.rungs  # noqa: A001
                for rung in by_id.get(id, ())
                if rung.ladder is one.rung.ladder
            )
            if tellings:
                made.append(Risen(one, tellings))
        return made

    def _rung(self, one: Risen, course: Sequence[Reached], known: Mapping[str, int]) -> None:
        if is_recalled(one.reached.rung):
            return
        at = stages(one, course, known)
        before: list[Telling] | None = None
        for mine in self.watches.rungs(one):
            day = one.reached.rung.day
            if not any(is_fresh(each.article.published, day, mine.within) for each in one.tellings):
                continue
            if not self._is_new(mine, (each.article.id for each in one.tellings)) and not self._is_news(mine, one):
                continue
            before = self._before_tellings(one) if before is None else before
            first, sure = keys.of_rung(one, False, before), keys.of_rung(one, True, before)
            had = alerts.known(self.db, mine.id, [*first, *sure])
            stage = told(at, mine.stages, not had.isdisjoint(first), not had.isdisjoint(sure))
            alert = tell.rung(mine, one, stage or at[0], (first if stage is Stage.FIRST else sure)[0], self.now)
            if stage is not None:
                self._tell(mine, first if stage is Stage.FIRST else sure, alert)
            # Later tellings of what was told are remembered with it; what was told as sure is first no more.
            if not had.isdisjoint(sure):
                alerts.add(self.db, alert, sure)
            if stage is not None or had:
                alerts.add(self.db, alert, first)

    def _before_tellings(self, one: Risen) -> list[Telling]:
        """What former texts at the addresses of tellings said of the same rung."""
        found: list[Telling] = []
        for each in one.tellings:
            if each.article.replaces is None:
                continue
            texts = articles.by_seq(self.db, list(self._former(each.article.id)))
            same = {text.id: text for text in texts.values()}
            found += [
                Telling(rung, same[rung.article])
                for rung in rungs.of_articles(self.db, list(texts), withdrawn=True)
                if rung.ladder is each.rung.ladder and (rung.level, rung.turn) == (each.rung.level, each.rung.turn)
            ]
        return found

    def _is_news(self, mine: Watch, one: Risen) -> bool:
        """Whether what was told before the watch began is confirmed only by what came since."""
        if not one.reached.confirmed or mine.created is None:
            return False
        old = [each for each in one.tellings if self.added.get(each.article.id, self.now) < mine.created]
        sure = [each for each in old if solid(each.rung)]
        origins = {each.source.id if each.source else each.article.id for each in sure}
        official = any(each.source is not None and each.source.kind is SourceKind.OFFICIAL for each in sure)
        return not any(judged(each.rung, len(origins), official)[1] for each in sure)

    # --- the watches that look for themselves ------------------------------------------------------------------------

    def _touch(self, named: Collection[str]) -> None:
        for trigger in (AlertTrigger.CHANGE, AlertTrigger.FINDING):
            for mine in self.watches.of(trigger):
                asked = (mine.query.near, mine.query.counterpart, mine.query.sanctioner)
                if any(state_of(one) in named for one in asked if one):
                    watches.remember(self.db, mine.id, LOOK, "1")

    # --- telling -----------------------------------------------------------------------------------------------------

    def _know(self, ids: Iterable[str]) -> None:
        new = [id for id in dict.fromkeys(ids) if id not in self.added]  # noqa: A001
        self.added.update(articles.added(self.db, new))

    def _is_new(self, mine: Watch, told_in: Iterable[str]) -> bool:
        """Whether none of the articles was there before the watch began."""
        began = mine.created
        return began is None or all(self.added.get(one, self.now) >= began for one in told_in)

    def _tell(self, mine: Watch, known_by: Sequence[str], alert: Alert) -> bool:
        """Keep an alert, and that it was told; False where it was told before."""
        if alerts.add(self.db, alert, known_by):
            self.raised.append((mine, alert))
            return True
        return False

    def keep(self, mine: Watch, alert: Alert, known_by: Sequence[str]) -> None:
        """Keep an alert of a watch that looked for itself."""
        self._tell(mine, known_by, alert)

    def send(self) -> None:
        """Put what was told into the outbox, for each channel of its watch."""
        by: dict[str, list[Alert]] = {}
        mine_of: dict[str, Watch] = {}
        for mine, alert in self.raised:
            mine_of[mine.id] = mine
            if not alert.held:
                by.setdefault(mine.id, []).append(alert)
        for id, some in by.items():  # noqa: A001
            mine = mine_of[id]
            for channel in mine.channels:
                at = due(mine, self.now, outbox.last_sent(self.db, id, channel))
                outbox.put(self.db, id, some, channel, at)
