"""From what was known of an entity to a finding, with everything that is shown beside it. Pure, but for knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from marsad.assess.entities import body_of, entities, is_body
from marsad.assess.facts import buyer, facts, facts_of
from marsad.assess.finding import assess
from marsad.assess.what_if import what_if
from marsad.desk.laws.known import Known
from marsad.export.cited import Cited
from marsad.export.finding_shown import ORDER, Quoted, Shown
from marsad.identity import state_of
from marsad.knowledge.instruments import Law, menu
from marsad.knowledge.precedents import Precedent, item_classes, precedents, tie
from marsad.knowledge.precedents import Step as Line
from marsad.relate.cases import article_of, course_of
from marsad.relate.course import course
from marsad.relate.precedents import Like, like
from marsad.types import Course, Event, Ladder, Name, Reached, Source
from marsad.types.law import ElementKind, Fact, Finding, Instrument, Step, Truth

_SURE = (Truth.FALSE, Truth.UNKNOWN, Truth.CONTESTED, Truth.TRUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """A step that is assumed, the event that names the other side, and the entity that takes it."""

    entity: str
    reached: Reached
    event: Event

    @classmethod
    def of(cls, words: str, entity: str, counterpart: str) -> Assumed:
        """Out of words such as ``delivery:s-400@2026-03-01``. Raises :class:`~marsad.errors.SettingsError`."""
        one, event = what_if(words, entity, counterpart)
        return cls(entity=body_of(one.rung.party, state_of(entity)), reached=one, event=event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: a law, of whom, as of a day, and as known on another, and what is ``assumed`` besides."""

    law: Law
    entity: str
    as_of: date
    known_on: date
    judged: tuple[Fact, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding as it is shown, with what was asked and what was known."""

    asked: Asked
    seen: Known
    shown: Shown


def found(asked: Asked, seen: Known, lang: str = "en", likes: bool = True) -> Shown:
    """The finding on an entity, with its steps and signals, their sentences, precedents and measures.

    The known cases of the entity count beside what was read: their official acts always, and a case as a whole where
    it goes further than what was read. What is assumed goes with what was read. Without
    ``likes`` no precedent is compared.
    """
    instrument = asked.law.instrument
    seen = replace(
        seen,
        reached=(*seen.reached, *(one.reached for one in asked.assumed)),
        events=(*seen.events, *(one.event for one in asked.assumed)),
    )
    cases = list(_cases(instrument, asked, lang))
    acts = [fact for case in cases for fact in case.acts(instrument)]
    ways: list[tuple[Finding, _Case | None]] = [(_finding(asked, seen, acts), None)]
    ways += [(_finding(asked, seen, [*acts, *case.facts.values()]), case) for case in cases]
    finding, chosen = max(ways, key=lambda way: _reach(way[0]))
    mine = tuple(_of(asked.entity, instrument, seen.reached))
    used = [chosen] if chosen else [case for case in cases if list(case.acts(instrument))]
    reached = (*mine, *(one for case in used for one in case.reached))
    return Shown(
        finding=finding,
        law=asked.law,
        reached=tuple(sorted(reached, key=lambda one: (one.rung.day or date.max, one.id))),
        cited={**seen.cited, **{key: one for case in used for key, one in case.cited.items()}},
        quotes={**seen.quotes, **{key: quote for case in used for key, quote in case.quotes.items()}},
        likes=_likes(asked, mine, {case.case.id for case in used}) if likes else (),
        measures=menu(instrument.id, asked.folders),
        name=used[0].case.buyer if used else Name(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A known case of an entity as far as it was known: its rungs, the facts that they give, its lines."""

    case: Precedent
    reached: tuple[Reached, ...]
    facts: Mapping[str, Fact]
    cited: Mapping[str, Cited] = field(default_factory=dict)
    quotes: Mapping[str, Quoted] = field(default_factory=dict)

    def acts(self, instrument: Instrument) -> Iterator[Fact]:
        """The official acts that it records."""
        kinds = {key: one.kind for version in instrument.versions for key, one in version.elements.items()}
        for key, fact in self.facts.items():
            if fact.truth is Truth.TRUE and kinds.get(key) is ElementKind.OFFICIAL_ACT:
                yield fact


def _cases(instrument: Instrument, asked: Asked, lang: str) -> Iterator[_Case]:
    last = min(asked.as_of, asked.known_on)
    for whole in precedents():
        if whole.law != instrument.id or not is_body(asked.entity) or buyer(whole) != asked.entity:
            continue
        steps = tuple(step for step in whole.steps if step.day <= last)
        case = replace(whole, steps=steps)
        reached = course_of(case, lang=lang).reached
        if whole.uncounted is None and steps:
            yield _Case(
                case=case,
                reached=reached,
                facts=facts_of(instrument, case, reached, asked.as_of, entity=asked.entity),
                cited=dict(_cited(case, reached, lang)),
                quotes=dict(_lines(case, lang)),
            )


def _page(case: Precedent, step: Line) -> tuple[str | None, str]:
    """The page that a step is from, and its host; the id of the case where it is from none."""
    page = step.sources[0] if step.sources else None
    return page, page.split("/")[2].removeprefix("www.") if page and "://" in page else case.id


def _cited(case: Precedent, reached: Iterable[Reached], lang: str) -> Iterator[tuple[str, Cited]]:
    """The line of each rung of a case, as printed by the page that it is from."""
    article = article_of(case, lang=lang)
    steps = {f"{case.id}.{number}": step for number, step in enumerate(case.steps, 1)}
    for one in reached:
        url, host = _page(case, steps[one.id])
        yield (
            one.id,
            Cited(rung=one.rung, article=replace(article, url=url), source=Source(id=host, name=host)),
        )


def _lines(case: Precedent, lang: str) -> Iterator[tuple[str, Quoted]]:
    """The line of each step, by the id of its rung and of its denial; acts under another law too."""
    for number, step in enumerate(case.steps, 1):
        url, host = _page(case, step)
        quote = Quoted(words=step.text.shown(lang), language=lang, publisher=host, url=url, article=case.id)
        yield f"{case.id}.{number}", quote
        yield f"{case.id}.{number}.denied", quote


def _finding(asked: Asked, seen: Known, curated: Sequence[Fact]) -> Finding:
    instrument = asked.law.instrument
    made = facts(
        instrument, asked.entity, seen.reached, seen.events, asked.as_of, asked.known_on, curated, asked.judged,
        published=seen.published, officials=seen.officials, firsts=asked.law.on_or_after,
    )  # fmt: skip
    return assess(instrument, asked.entity, made, asked.as_of, asked.known_on)


def _reach(finding: Finding) -> tuple[int, int]:
    """How far a finding goes: by its label, then by how sure exposure is."""
    exposure = next((step.truth for step in _steps(finding) if step.id == "exposure"), Truth.FALSE)
    return ORDER[finding.label], _SURE.index(exposure)


def _steps(finding: Finding) -> Iterator[Step]:
    waits = [finding.tree]
    while waits:
        step = waits.pop()
        yield step
        waits += [*step.parts, *step.exceptions]


def _of(entity: str, instrument: Instrument, reached: Iterable[Reached]) -> Iterator[Reached]:
    """The steps of an entity, and the signals that are about it, or about nobody else of its state."""
    near = state_of(entity)
    for one in reached:
        rung = one.rung
        if rung.ladder is Ladder.L:
            mine = near in (state_of(rung.near or ""), state_of(rung.counterpart or ""))
            if mine and body_of(rung.party, near) == entity:
                yield one
        elif rung.sanctioner == instrument.sanctioner and body_of(rung.party or entity, near) == entity:
            yield one


def _likes(asked: Asked, mine: Sequence[Reached], used: set[str]) -> tuple[Like, ...]:
    """The known cases by their likeness to what the entity has climbed.

    Without those that it is itself: what is used of it, and its own that had not ended by then.
    """
    so_far = _course(asked, mine)
    if so_far is None:
        return ()
    items = item_classes(item for one in so_far.reached for item in one.rung.items)
    tied = tie(so_far.near, asked.law.instrument.sanctioner, asked.as_of)
    others = [
        case
        for case in precedents()
        if case.law == asked.law.instrument.id
        and case.id not in used
        and (buyer(case) != asked.entity or not is_body(asked.entity) or case.steps[-1].day < asked.as_of)
    ]
    if not any(one.rung.day for one in mine):  # without a day nobody sees that it is the same news
        others = [case for case in others if case.near != so_far.near or not _runs(case, asked.as_of)]
    return like(so_far, items, tied, others)


def _runs(case: Precedent, day: date) -> bool:
    """Whether a case had begun by a day and not ended before it."""
    return case.steps[0].day <= day and (case.outcome == "open" or day <= case.steps[-1].day)


def _course(asked: Asked, mine: Sequence[Reached]) -> Course | None:
    instrument, near = asked.law.instrument, state_of(asked.entity)
    if not instrument.counterpart or len({near, instrument.counterpart, instrument.sanctioner}) < 3:
        return None
    return course(mine, near, instrument.counterpart, instrument.sanctioner, asked.as_of)


def under(state: str, law: Law, seen: Known, as_of: date, known_on: date, judged: Iterable[Fact]) -> tuple[str, ...]:
    """The entities of a state that are assessed: whom news names, whom it does not, on whom somebody judged or acted.

    Bodies against whom a known case records an official act are among them, whatever was read.
    """
    day = min(as_of, known_on)
    hit = {
        buyer(case)
        for case in precedents()
        if case.law == law.instrument.id
        and state_of(buyer(case)) == state
        and any(step.day <= day and step.rung in ("W7", "W8") and step.counts for step in case.steps)
    }
    told = entities(state, seen.reached)
    more = hit | {fact.entity for fact in judged if state_of(fact.entity) == state}
    return tuple(dict.fromkeys((*told, *sorted(more))))
