"""The rungs of the ladders that one article gives, by the rules of ``ladders.yaml``.

The first rule that fits takes the words it stands on. An event that these words belong to gives parties, status, voice
and day; where the coder found none, the sentence does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from marsad.knowledge.ladders import ladders
from marsad.knowledge.rules import EventTest, Ladders, Rule
from marsad.relate.cues import Found, Range, found
from marsad.relate.scene import Part, Scene, side_of, sides
from marsad.relate.signals import signal
from marsad.relate.steps import step, told
from marsad.types import Coding, Event, EventType, Kind, Ladder, Precision, Rung, SourceKind, Status, Turn, Voice

#: Acts that a signal may belong to where none stands on its words, and how near an act must stand to a step.
_SIGNALS = frozenset({EventType.SANCTION, EventType.THREATEN, EventType.REJECT})
_STEP = 2
#: From this level on a signal of W names what it is about.
_NAMED = 2
#: What a signal names was there at least so many days before, where its day is its own.
_FRESH = 7
_VAGUE = frozenset({Precision.ARTICLE, Precision.UNKNOWN})
_ACTS, _IMPOSED = 6, 8
#: Up to this level W denies, reserves or keeps silent; from the other on it objects or warns.
_RESERVED, _OBJECTS = 1, 3
#: A statement is about what was there before; a writer tells of a step and of the worry about it in one.
_STATED = frozenset({Voice.VERBATIM, Voice.PARAPHRASE, Voice.ANONYMOUS})
#: Acts that are none of these are what a signal is about («a transaction»), and not the signal.
_SIGNS: Mapping[Ladder, frozenset[EventType]] = {
    Ladder.L: frozenset(EventType),
    Ladder.W: _SIGNALS
    | {EventType.ACCUSE, EventType.REQUEST, EventType.COERCE, EventType.CONCEDE, EventType.RETREAT, EventType.SUPPORT},
    Ladder.R: frozenset(EventType) - {EventType.SANCTION, EventType.COOPERATE, EventType.ACCUSE},
}


def rungs(coding: Coding, kind: SourceKind | None = None) -> tuple[Rung, ...]:
    """All rungs that one article gives, in the order of the text; ``kind`` is what sort of source published it.

    An official source speaks for itself: what it states is in its own words, and not a writer's report.
    """
    return _Climb(coding, ladders(), kind).all()


@dataclass(slots=True)
class _Taken:
    """What rules have taken in a sentence: words by their number, and events by id and ladder."""

    words: set[int] = field(default_factory=set)
    events: set[tuple[str, Ladder]] = field(default_factory=set)

    def has(self, words: Range) -> bool:
        return not self.words.isdisjoint(range(*words))


@dataclass(frozen=True, slots=True)
class _Index:
    """Rules by what they code, so that a sentence meets none that its words and events cannot fit."""

    rules: tuple[Rule, ...]
    by_class: Mapping[str, tuple[int, ...]]
    by_type: Mapping[EventType, tuple[int, ...]]

    def rules_for(self, part: Part) -> list[Rule]:
        """The rules that may fit a sentence, in their order."""
        numbers = {number for name in part.words.hits for number in self.by_class.get(name, ())}
        for event in part.events:
            numbers.update(self.by_type.get(event.type, ()))
        return [self.rules[number] for number in sorted(numbers)]


@cache
def _index(steps: bool) -> _Index:
    """The rules of L, or all others."""
    rules = tuple(rule for rule in ladders().rules if (rule.ladder is Ladder.L) is steps)
    by_class: dict[str, list[int]] = {}
    by_type: dict[EventType, list[int]] = {}
    for number, rule in enumerate(rules):
        coded = {name for pattern in rule.match for element in pattern if element.codes for name in element.classes}
        for name in coded:
            by_class.setdefault(name, []).append(number)
        for kind in rule.event.types if rule.event and not rule.match else ():
            by_type.setdefault(kind, []).append(number)
    return _Index(
        rules,
        {name: tuple(numbers) for name, numbers in by_class.items()},
        {kind: tuple(numbers) for kind, numbers in by_type.items()},
    )


class _Climb:
    """The rules at work on one article."""

    def __init__(self, coding: Coding, book: Ladders, kind: SourceKind | None) -> None:
        self._scene, self._kind = Scene(coding, book), kind
        self._pair: tuple[str, str] | None = None

    def all(self) -> tuple[Rung, ...]:
        """The rungs of the article: those of L first, since they tell which side it deals with."""
        steps = [rung for part in self._scene.parts for rung in self._of(part, _index(True), None)]
        main = self._main(steps)
        signals = [rung for part in self._scene.parts for rung in self._of(part, _index(False), main)]
        signals = list(_outspoken(self._scene, signals))
        told = (*_own(steps, signals, self._scene.day), *_lifted(signals))
        made = _kept(_once(_same_day(told)))
        return tuple(sorted(made, key=lambda rung: (rung.span, rung.ladder, rung.level)))

    def _main(self, steps: list[Rung]) -> str | None:
        """The side that the article deals with: of its rungs of L, else of its title, else of its text."""
        if steps:
            return Counter(rung.near for rung in steps).most_common(1)[0][0]
        scene = self._scene
        title = scene.parts[:1] if scene.coding.article.title else []
        for parts in (title, scene.parts):
            for named in (
                (side_of(mention) for part in parts for _, mention in part.acting()),
                (side_of(mention) for part in parts for mention in part.mentions if mention.kind is Kind.PLACE),
            ):
                others = Counter(
                    side for side in named if side and not scene.is_sanctioner(side) and not scene.is_sanctioned(side)
                )
                if others:
                    return others.most_common(1)[0][0]
        return None

    def _of(self, part: Part, index: _Index, main: str | None) -> Iterator[Rung]:
        if part.asks:
            return
        taken = _Taken()
        for rule in index.rules_for(part):
            for fits, event in self._cases(part, rule, taken):
                rung = self._rung(part, rule, fits, event, main)
                if rung:
                    yield rung

    def _cases(self, part: Part, rule: Rule, taken: _Taken) -> Iterator[tuple[Found, Event | None]]:
        """Where a rule fits, with the event that it belongs to; what it stands on is taken."""
        if not rule.match:
            yield from self._by_event(part, rule, taken)
            return
        for pattern in rule.match:
            for fits in found(pattern, part.words):
                if taken.has(fits.anchor) or not self._allows(part, rule, fits.anchor):
                    continue
                event = self._event(part, rule, fits)
                if rule.event and not _is(part, event, rule.event):
                    continue
                if rule.turned and told(self._scene, part, fits)[1] is Turn.REACHED:
                    continue
                claimed = part.words.of(*self._scene.book.claims)
                for words in fits.places:
                    if words == fits.anchor or words in claimed:
                        taken.words.update(range(*words))
                if rule.rest:
                    taken.words.update(_rest(part, fits))
                if rule.ladder:
                    on = [one.id for words in fits.places for one in part.overlapping(words)]
                    taken.events.update((one, rule.ladder) for one in (*on, *([event.id] if event else [])))
                yield fits, event

    def _by_event(self, part: Part, rule: Rule, taken: _Taken) -> Iterator[tuple[Found, Event]]:
        """The events that no words were found for, and that a rule codes by themselves."""
        for event, words in zip(part.events, part.triggers, strict=True):
            if rule.ladder is None or (event.id, rule.ladder) in taken.events or taken.has(words):
                continue
            if rule.event and _is(part, event, rule.event) and self._allows(part, rule, words):
                taken.events.add((event.id, rule.ladder))
                yield Found((words,), words), event

    def _allows(self, part: Part, rule: Rule, anchor: Range) -> bool:
        """Whether the words around let a rule apply."""
        if rule.unless and part.words.has(rule.unless, part.words.clause(anchor)):
            return False
        if rule.needs and not part.words.has(rule.needs):
            return False
        return not rule.topic or self._scene.deals(part)

    def _event(self, part: Part, rule: Rule, fits: Found) -> Event | None:
        """The event that the words belong to: one on what the rule codes, on its other words, or close by."""
        on = [event for words in (fits.anchor, *fits.places) for event in part.overlapping(words)]
        if not on and rule.ladder is Ladder.L:
            on = [event for gap, event in part.near(fits.whole) if gap <= _STEP]
        elif not on:
            on = [event for _, event in part.near(fits.whole) if event.type in _SIGNALS]
        asked = [event for event in on if rule.event and _is(part, event, rule.event)]
        return next(iter(asked or [event for event in on if _signs(rule, event)]), None)

    def _rung(self, part: Part, rule: Rule, fits: Found, event: Event | None, main: str | None) -> Rung | None:
        if rule.ladder is None or rule.level is None:
            return None
        if rule.ladder is not Ladder.L:
            return signal(self._scene, part, rule, fits, event, main, self._kind)
        caught_up = event is not None or bool(part.words.hits.get("both"))
        made = step(self._scene, part, rule, fits, event, self._pair if caught_up else None)
        if made and made.near and made.counterpart:
            self._pair = (made.near, made.counterpart)
        return made


def _signs(rule: Rule, event: Event) -> bool:
    """Whether an act may be the one that a rule codes, and not only what that is about."""
    if rule.ladder is None:
        return True
    put_off = rule.ladder is Ladder.R and event.type is EventType.SANCTION and event.status is not Status.ACTUAL
    return put_off or event.type in _SIGNS[rule.ladder]


def _is(part: Part, event: Event | None, test: EventTest) -> bool:
    """Whether an event is what a rule asks for."""
    if event is None or event.score < test.least:
        return False
    trigger = part.words.words(event.trigger)
    if (test.words and not part.words.has(test.words, trigger)) or (test.first and trigger[0] >= test.first):
        return False
    if test.both:
        acting, hit = sides(event.actors), sides(event.recipients)
        if not acting or not hit or set(acting) == set(hit):
            return False
    if test.who and not any(mention.kind in test.who for mention in (*event.actors, *event.recipients)):
        return False
    return (
        (not test.types or event.type in test.types)
        and (not test.modes or (event.mode or "none") in test.modes)
        and (not test.statuses or event.status in test.statuses)
        and (not test.contexts or not test.contexts.isdisjoint(event.contexts))
    )


def _once(made: Iterable[Rung]) -> Iterator[Rung]:
    """The rungs, each once: what one sentence says twice is one; that of an event goes before that of mere words."""
    seen: set[object] = set()
    for rung in sorted(made, key=lambda one: (one.event is None, one.span)):
        same = (rung.sentence, rung.ladder, rung.level, rung.turn, rung.near, rung.sanctioner, rung.past)
        if rung.id not in seen and same not in seen:
            seen |= {rung.id, same}
            yield rung


def _own(steps: Iterable[Rung], signals: Iterable[Rung], day: date | None) -> Iterator[Rung]:
    """The steps without those that a sanctioner only names as what its signal is about, or that it calls off itself.

    What else it names has been known before.
    """
    spoken: dict[int, list[Rung]] = {}
    for rung in signals:
        if rung.ladder is Ladder.W and rung.level >= _NAMED:
            spoken.setdefault(rung.sentence, []).append(rung)
    for rung in steps:
        of = spoken.get(rung.sentence, [])
        stated = {one.day for one in of if one.voice in _STATED or one.level >= _ACTS}
        if not of:
            yield rung
        elif rung.status is not Status.PLANNED and rung.turn is Turn.REACHED:
            yield _known(rung, day, stated) if stated else rung


def _known(rung: Rung, day: date | None, said: Collection[date | None]) -> Rung:
    """A step that a signal names, which an article of ``day`` tells as ``said``: it is older, and no reading."""
    voice = Voice.REPORT if rung.voice is Voice.READING else rung.voice
    fresh = rung.day is None or day is None or rung.day in said or (day - rung.day).days <= _FRESH
    if not fresh:
        return replace(rung, voice=voice)
    return replace(rung, past=True, day=day, precision=Precision.ARTICLE if day else Precision.UNKNOWN, voice=voice)


def _same_day(made: Sequence[Rung]) -> Iterator[Rung]:
    """The rungs, those without a day of their own with that of the one other place where the article tells the act."""
    days: dict[object, set[tuple[date | None, Precision]]] = {}
    for rung in made:
        if rung.precision not in _VAGUE and not rung.past:
            days.setdefault(_act(rung), set()).add((rung.day, rung.precision))
    for rung in made:
        known = days.get(_act(rung), set()) if rung.precision in _VAGUE and not rung.past else set()
        if len(known) == 1:
            ((day, precision),) = known
            rung = replace(rung, day=day, precision=precision)
        yield rung


def _act(rung: Rung) -> object:
    return (
        rung.ladder,
        rung.level,
        rung.turn,
        rung.sanctioner,
        rung.near,
        rung.counterpart if not rung.sanctioner else None,
    )


def _lifted(signals: Sequence[Rung]) -> Iterator[Rung]:
    """The signals, with sanctions that a sentence tells the relief of as past ones."""
    relieved = {rung.sentence for rung in signals if rung.ladder is Ladder.R and rung.level > 1}
    for rung in signals:
        of = rung.ladder is Ladder.W and rung.level >= _IMPOSED and rung.sentence in relieved
        yield replace(rung, past=True) if of else rung


def _outspoken(scene: Scene, signals: Sequence[Rung]) -> Iterator[Rung]:
    """The signals without those that are only what a denial, a reservation or a silence of their clause is about.

    A verb that warns or threatens stands beside one; a mere «may», or an act that no words tell, does not.
    """
    reserved: dict[tuple[int, str | None], list[Rung]] = {}
    for rung in signals:
        if rung.ladder is Ladder.W and rung.level <= _RESERVED and rung.voice is not Voice.READING:
            reserved.setdefault((rung.sentence, rung.sanctioner), []).append(rung)
    for rung in signals:
        beside = reserved.get((rung.sentence, rung.sanctioner), ())
        if beside and rung.ladder is Ladder.W and rung.level >= _OBJECTS and rung.rule in _frail():
            words = scene.parts[rung.sentence].words
            clause = words.clause(words.words(rung.span))
            if any(clause[0] <= words.words(one.span)[0] < clause[1] for one in beside):
                continue
        yield rung


@cache
def _frail() -> frozenset[str]:
    """Rules of W whose words or acts alone warn of nothing: of modal words, and of events without words."""
    return frozenset(
        rule.id
        for rule in ladders().rules
        if rule.ladder is Ladder.W
        and (rule.own or (rule.event is not None and not rule.match and not rule.event.words))
    )


def _kept(made: Iterable[Rung]) -> list[Rung]:
    """The rungs without those of bare nouns («the waiver»), where the article says otherwise what that is."""
    found = list(made)
    told = {(rung.ladder, rung.sanctioner) for rung in found if rung.rule not in _bare()}
    return [rung for rung in found if rung.rule not in _bare() or (rung.ladder, rung.sanctioner) not in told]


@cache
def _bare() -> frozenset[str]:
    return frozenset(rule.id for rule in ladders().rules if rule.bare)


def _rest(part: Part, fits: Found) -> range:
    """The words behind those of a rule, up to the next clause or the next verb of saying."""
    stop = part.words.clause(fits.anchor)[1]
    verbs = [start for start, _ in part.words.of("say", "warned") if start >= fits.whole[1]]
    return range(fits.whole[1], min([stop, *verbs]))
