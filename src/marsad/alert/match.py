"""Which watches an act, a rung, a denial, a change, a finding or a silent source concerns. Pure.

Watches are found by what they ask for that is seldomest (a pair, a word, a side, a type), so that a thousand of them
cost little more than those that match.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from marsad.alert.news import Denied, Risen, Telling, Told, above, of_mention
from marsad.alert.words import Text, Words, stands
from marsad.identity import state_of
from marsad.knowledge import ontology
from marsad.types import AlertTrigger, Article, Change, Ladder, Query, Report, Source, Watch


@dataclass(frozen=True, slots=True)
class _View:
    """What an act shows of itself: sides with all above them, and the pairs that it is between."""

    told: Told
    actors: frozenset[str]
    recipients: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    type: str
    status: str
    voices: frozenset[str]

    @classmethod
    def of(cls, told: Told) -> _View:
        act = told.act
        actors = frozenset(one for who in act.actors for one in above(who))
        recipients = frozenset(one for who in act.recipients for one in above(who))
        pairs = {(min(pair), max(pair)) for pair in product(actors, recipients)}
        if not recipients:
            # What two do together may be told without a side that it is done to.
            for one, other in product(act.actors, act.actors):
                if one != other:
                    pairs.update((min(pair), max(pair)) for pair in product(above(one), above(other)))
        voices = frozenset(one.event.voice.value for one in told.reports)
        return cls(told, actors, recipients, frozenset(pairs), act.type.value, act.status.value, voices)


@dataclass(frozen=True, slots=True)
class _Asks:
    """A watch, ready to be asked."""

    watch: Watch
    words: Words | None
    pairs: tuple[tuple[str, str], ...]
    types: frozenset[str]
    statuses: frozenset[str]
    voices: frozenset[str]
    quads: frozenset[str]
    bare: bool

    @classmethod
    def of(cls, watch: Watch, parse: Callable[[str], Words]) -> _Asks:
        query = watch.query
        return cls(
            watch=watch,
            words=parse(query.words) if query.words else None,
            pairs=tuple(_pairs(query)),
            types=frozenset(one.value for one in query.types),
            statuses=frozenset(one.value for one in query.statuses),
            voices=frozenset(one.value for one in query.voices),
            quads=frozenset(ontology.types()[one].quad for one in query.types),
            bare=not (query.words or query.voices or query.speakers or query.sources or query.languages),
        )

    # --- what is asked of each ------------------------------------------------------------------------------------

    def takes_sides(self, view: _View) -> bool:
        """Whether the sides of an act are those asked for."""
        query = self.watch.query
        if self.pairs and not any(pair in view.pairs for pair in self.pairs):
            return False
        alone = None if self.pairs else query.near or query.counterpart or query.sanctioner
        if alone and alone not in view.actors and alone not in view.recipients:
            return False
        return (
            (not query.actors or any(one in view.actors for one in query.actors))
            and (not query.recipients or any(one in view.recipients for one in query.recipients))
            and (not query.parties or any(one in view.actors or one in view.recipients for one in query.parties))
        )

    def takes_report(self, one: Report, text: Text) -> bool:
        """Whether one report has voice, speaker, source, language, law and words together."""
        query, event = self.watch.query, one.event
        if self.voices and event.voice.value not in self.voices:
            return False
        if query.speakers and not (event.speaker and set(of_mention(event.speaker)) & set(query.speakers)):
            return False
        return self.takes_article(one.article, one.source, text)

    def takes_article(self, article: Article, source: Source | None, text: Text) -> bool:
        """Whether an article is from where, and says what, is asked for."""
        query = self.watch.query
        if query.languages and article.language not in query.languages:
            return False
        if query.sources and not (_names(article, source) & set(query.sources)):
            return False
        if self.words is None:
            return True
        line, _ = text.of(article)
        found = all(any(stands(way, line) for way in group) for group in self.words.groups)
        return found and not any(stands(one, line) for one in self.words.without)

    def takes(self, view: _View, text: Text) -> bool:
        """Whether an act is what is asked for."""
        if self.types and view.type not in self.types:
            return False
        if self.statuses and view.status not in self.statuses:
            return False
        if self.voices and self.voices.isdisjoint(view.voices):
            return False
        return self.takes_sides(view) and (self.bare or any(self.takes_report(one, text) for one in view.told.reports))

    def takes_denial(self, denied: Denied, view: _View, text: Text) -> bool:
        """Whether a denial is: type, sides and status are those of what was reported, the rest is of who denies it."""
        act = denied.claim.act
        if self.types and act.type.value not in self.types:
            return False
        said = {one.event.status.value for one in denied.claim.reports} | {act.status.value}
        if self.statuses and not self.statuses & said:
            return False
        return self.takes_sides(view) and any(self.takes_report(one, text) for one in denied.denials)

    def takes_rung(self, risen: Risen, text: Text) -> bool:
        """Whether a rung is what is asked for."""
        query, rung, level = self.watch.query, risen.reached.rung, risen.reached.effective
        if query.ladder is not None and rung.ladder is not query.ladder:
            return False
        if query.level is not None and level < query.level:
            return False
        if self.statuses and rung.status.value not in self.statuses:
            return False
        return _concerns(query, risen) and any(self._takes_telling(one, text) for one in risen.tellings)

    def _takes_telling(self, one: Telling, text: Text) -> bool:
        query, rung = self.watch.query, one.rung
        event = one.report.event if one.report else None
        if query.law and rung.law != query.law:
            return False
        if self.types and not (event and event.type.value in self.types):
            return False
        if self.voices and rung.voice.value not in self.voices:
            return False
        speaks = set(of_mention(rung.speaker)) if rung.speaker else set()
        if query.speakers and not speaks & set(query.speakers):
            return False
        doing = {side for who in (event.actors if event else ()) for side in of_mention(who)}
        hit = {side for who in (event.recipients if event else ()) for side in of_mention(who)}
        if rung.ladder is not Ladder.L:
            doing |= set(above(rung.sanctioner))
            hit |= {*above(rung.near), *above(rung.party)}
        if query.actors and not doing & set(query.actors):
            return False
        if query.recipients and not hit & set(query.recipients):
            return False
        if query.parties and not (doing | hit | _sides(_named(one))) & set(query.parties):
            return False
        return self.takes_article(one.article, one.source, text)

    def takes_change(self, change: Change) -> bool:
        """Whether a change is of what is asked for."""
        query = self.watch.query
        ends = {*above(change.source), *above(change.target)}
        if self.quads and change.quad not in self.quads:
            return False
        if self.pairs and not any(set(pair) <= ends for pair in self.pairs):
            return False
        wanted = () if self.pairs else [one for one in (query.near, query.counterpart) if one]
        if not all(one in ends for one in wanted):
            return False
        return (
            (not query.parties or bool(ends & set(query.parties)))
            and (not query.actors or bool(set(above(change.source)) & set(query.actors)))
            and (not query.recipients or bool(set(above(change.target)) & set(query.recipients)))
        )


def _pairs(query: Query) -> Iterator[tuple[str, str]]:
    """The pair, or each pair of a triangle, sorted."""
    named = [one for one in (query.near, query.counterpart, query.sanctioner) if one]
    for n, one in enumerate(named):
        for other in named[n + 1 :]:
            yield min(one, other), max(one, other)


def _names(article: Article, source: Source | None) -> set[str]:
    return {one for one in (source.id if source else None, source.name if source else None, article.source) if one}


def _named(one: Telling) -> tuple[str | None, ...]:
    """Whom a rung names."""
    rung = one.rung
    return rung.near, rung.counterpart, rung.sanctioner, rung.party


def _sides(named: Iterable[str | None]) -> set[str]:
    return {side for one in named for side in above(one)}


def _concerns(query: Query, risen: Risen) -> bool:
    """Whether a rung is of the pair or triangle asked for.

    On W and R a signal to everybody, or that does not say whose dealings it is about, concerns a pair too, where
    anything else says that it is meant.
    """
    rung = risen.reached.rung
    wanted = (query.near, query.counterpart)
    if rung.ladder is Ladder.L:
        sides = [rung.near, rung.counterpart]
        for asked in filter(None, wanted):
            if state_of(asked) not in sides:
                return False
            sides.remove(state_of(asked))
            if "." in asked and not _takes_part(asked, risen):
                return False
        return True
    if query.sanctioner and rung.sanctioner != state_of(query.sanctioner):
        return False
    meant = bool(query.sanctioner)
    for one, side in zip(wanted, (rung.near, rung.counterpart), strict=True):
        if one is None or side is None:
            continue
        if state_of(one) != side or ("." in one and rung.party and one not in above(rung.party)):
            return False
        meant = True
    return meant or not any(wanted)


def _takes_part(body: str, risen: Risen) -> bool:
    """Whether a body below a side is the buyer, or a party of the act."""
    for one in risen.tellings:
        event = one.report.event if one.report else None
        who = [mention.actor for mention in (*event.actors, *event.recipients)] if event else []
        if any(body in above(actor) for actor in (one.rung.party, *who)):
            return True
    return False


# --- finding the watches ---------------------------------------------------------------------------------------------

_Key = tuple[str, Hashable, str | None]


def _anchors(asks: _Asks) -> list[_Key]:
    """What an act must have one of, to be what a watch asks for; nothing where anything may be."""
    query = asks.watch.query
    keys: list[tuple[str, Hashable]]
    if asks.pairs:
        keys = [("pair", pair) for pair in asks.pairs]
    elif asks.words and (first := _plain(asks.words)):
        keys = [("word", one) for one in first]
    elif named := query.actors or query.recipients or query.parties:
        keys = [("side", name) for name in named]
    elif named_alone := query.near or query.counterpart or query.sanctioner:
        keys = [("side", named_alone)]
    elif asks.types:
        keys = [("any", None)]
    else:
        return []
    types: list[str | None] = [*sorted(asks.types)] or [None]
    return [(kind, key, of) for kind, key in keys for of in types]


def _plain(words: Words) -> list[str]:
    """A term of each way of the group with the longest, where all ways have one that is not only begun."""
    ways = [[max(way.terms[: -1 if way.begins else None], key=len, default="") for way in group]
            for group in words.groups]  # fmt: skip
    return max((way for way in ways if all(way)), key=lambda way: min(map(len, way)), default=[])


@dataclass(slots=True)
class _Index:
    """Watches by what an act must have."""

    by: dict[_Key, list[_Asks]] = field(default_factory=lambda: defaultdict(list))
    always: list[_Asks] = field(default_factory=list)
    words: set[Hashable] = field(default_factory=set)

    def put(self, asks: _Asks) -> None:
        keys = _anchors(asks)
        for key in keys:
            self.by[key].append(asks)
            if key[0] == "word":
                self.words.add(key[1])
        if not keys:
            self.always.append(asks)

    def near(self, view: _View, reports: Sequence[Report], text: Text) -> Iterator[_Asks]:
        """The watches that may ask for an act, each once."""
        yield from self.always
        if not self.by:
            return
        keys: list[tuple[str, Hashable]] = [("any", None)]
        keys += [("pair", pair) for pair in view.pairs]
        keys += [("side", one) for one in view.actors | view.recipients]
        if self.words:
            keys += [
                ("word", word) for word in {word for one in reports for word in self.words & text.of(one.article)[1]}
            ]
        seen: set[str] = set()
        for kind, key in keys:
            for of in (None, view.type):
                for asks in self.by.get((kind, key, of), ()):
                    if asks.watch.id not in seen:
                        seen.add(asks.watch.id)
                        yield asks


class Watches:
    """Watches, to be asked which of them something concerns. ``parse`` reads words as search does.

    Raises what ``parse`` raises for words that are no question.
    """

    def __init__(self, watches: Iterable[Watch], parse: Callable[[str], Words]) -> None:
        self.asks: dict[AlertTrigger, list[_Asks]] = {trigger: [] for trigger in AlertTrigger}
        self._acts: dict[AlertTrigger, _Index] = {one: _Index() for one in (AlertTrigger.EVENT, AlertTrigger.DENIAL)}
        self._rungs: dict[str | None, list[_Asks]] = defaultdict(list)
        self._text = Text()
        for watch in watches:
            asks = _Asks.of(watch, parse)
            self.asks[watch.trigger].append(asks)
            if watch.trigger in self._acts:
                self._acts[watch.trigger].put(asks)
            elif watch.trigger is AlertTrigger.RUNG:
                named = watch.query.near or watch.query.counterpart or watch.query.sanctioner
                self._rungs[state_of(named) if named else None].append(asks)

    def of(self, trigger: AlertTrigger) -> list[Watch]:
        """The watches with this trigger."""
        return [one.watch for one in self.asks[trigger]]

    def events(self, told: Told) -> list[Watch]:
        """The watches that an act concerns."""
        view = _View.of(told)
        found = self._acts[AlertTrigger.EVENT].near(view, told.reports, self._text)
        return [asks.watch for asks in found if asks.takes(view, self._text)]

    def denials(self, denied: Denied) -> list[Watch]:
        """The watches that a denial concerns."""
        view = _View.of(denied.claim)
        found = self._acts[AlertTrigger.DENIAL].near(view, denied.denials, self._text)
        return [asks.watch for asks in found if asks.takes_denial(denied, view, self._text)]

    def rungs(self, risen: Risen) -> list[Watch]:
        """The watches that a rung concerns, by its level and those that tell of it; :mod:`.stages` says whether now."""
        rung = risen.reached.rung
        named = {None, rung.near, rung.counterpart, rung.sanctioner}
        if rung.ladder is not Ladder.L and None in (rung.near, rung.counterpart):
            found: Iterable[_Asks] = self.asks[AlertTrigger.RUNG]
        else:
            found = [asks for one in named for asks in self._rungs.get(one, ())]
        return [asks.watch for asks in found if asks.takes_rung(risen, self._text)]

    def changes(self, change: Change) -> list[Watch]:
        """The watches that a change concerns."""
        return [asks.watch for asks in self.asks[AlertTrigger.CHANGE] if asks.takes_change(change)]
