"""A watch, ready to be asked whether an act, a denial or a change is what it is about. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from marsad.alert.news import Denied, above, of_mention
from marsad.alert.views import Pair, View
from marsad.alert.words import Text, Words, needle
from marsad.knowledge import ontology
from marsad.types import Article, Change, EventType, Outcome, Query, Report, Source, Status, Voice, Watch


@dataclass(frozen=True, slots=True)
class Asks:
    """What a watch asks for, as sets; what is empty does not restrict.

    ``needles`` are the words in the shape in which they stand in a line of terms: one of each group, none ``without``.
    ``alone`` is the only side named, where no pair is; ``bare``: nothing is asked of single reports.
    """

    watch: Watch
    words: Words | None
    needles: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    pairs: frozenset[Pair]
    alone: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    parties: frozenset[str]
    speakers: frozenset[str]
    sources: frozenset[str]
    languages: frozenset[str]
    types: frozenset[EventType]
    statuses: frozenset[Status | Outcome]
    voices: frozenset[Voice]
    quads: frozenset[str]
    bare: bool

    @classmethod
    def of(cls, watch: Watch, parse: Callable[[str], Words]) -> Asks:
        """What ``watch`` asks; ``parse`` reads words as search does, and raises for what is no question."""
        query = watch.query
        words = parse(query.words) if query.words else None
        pairs = frozenset(_pairs(query))
        return cls(
            watch=watch,
            words=words,
            needles=tuple(tuple(map(needle, group)) for group in words.groups) if words else (),
            without=tuple(map(needle, words.without)) if words else (),
            pairs=pairs,
            alone=None if pairs else query.near or query.counterpart or query.sanctioner,
            actors=frozenset(query.actors),
            recipients=frozenset(query.recipients),
            parties=frozenset(query.parties),
            speakers=frozenset(query.speakers),
            sources=frozenset(query.sources),
            languages=frozenset(query.languages),
            types=frozenset(query.types),
            statuses=frozenset(query.statuses),
            voices=frozenset(query.voices),
            quads=frozenset(ontology.types()[one].quad for one in query.types),
            bare=not (query.words or query.voices or query.speakers or query.sources or query.languages),
        )

    def takes(self, view: View, text: Text) -> bool:
        """Whether an act is what is asked for. What costs least is asked first."""
        if self.types and view.type not in self.types:
            return False
        if self.statuses and view.status not in self.statuses:
            return False
        if self.voices and self.voices.isdisjoint(view.voices):
            return False
        return self.takes_sides(view) and (self.bare or any(self.takes_report(one, text) for one in view.told.reports))

    def takes_sides(self, view: View) -> bool:
        """Whether the sides of an act are those asked for."""
        return not (
            (self.pairs and self.pairs.isdisjoint(view.pairs))
            or (self.alone and self.alone not in view.sides)
            or (self.actors and self.actors.isdisjoint(view.actors))
            or (self.recipients and self.recipients.isdisjoint(view.recipients))
            or (self.parties and self.parties.isdisjoint(view.sides))
        )

    def takes_report(self, one: Report, text: Text) -> bool:
        """Whether one report has voice, speaker, source, language and words together."""
        event = one.event
        if self.voices and event.voice not in self.voices:
            return False
        if self.speakers and (event.speaker is None or self.speakers.isdisjoint(of_mention(event.speaker))):
            return False
        return self.takes_article(one.article, one.source, text)

    def takes_article(self, article: Article, source: Source | None, text: Text) -> bool:
        """Whether an article is from where, and says what, is asked for."""
        if self.languages and article.language not in self.languages:
            return False
        if self.sources and self.sources.isdisjoint(_names(article, source)):
            return False
        if self.words is None:
            return True
        line, _ = text.of(article)
        for group in self.needles:
            for way in group:
                if way in line:
                    break
            else:
                return False
        return not any(one in line for one in self.without)

    def takes_denial(self, denied: Denied, view: View, text: Text) -> bool:
        """Whether a denial is: type, sides and status are those of what was reported, the rest is of who denies it."""
        if self.types and view.type not in self.types:
            return False
        # A status of a report and one of an act have the same value where they mean the same, and are equal then.
        if self.statuses and self.statuses.isdisjoint(view.statuses | {view.status}):
            return False
        return self.takes_sides(view) and any(self.takes_report(one, text) for one in denied.denials)

    def takes_change(self, change: Change) -> bool:
        """Whether a change is of what is asked for."""
        query = self.watch.query
        doing, hit = frozenset(above(change.source)), frozenset(above(change.target))
        ends = doing | hit
        if self.quads and change.quad not in self.quads:
            return False
        if self.pairs and not any(set(pair) <= ends for pair in self.pairs):
            return False
        wanted = () if self.pairs else [one for one in (query.near, query.counterpart) if one]
        return not (
            any(one not in ends for one in wanted)
            or (self.parties and self.parties.isdisjoint(ends))
            or (self.actors and self.actors.isdisjoint(doing))
            or (self.recipients and self.recipients.isdisjoint(hit))
        )


def _pairs(query: Query) -> Iterator[Pair]:
    """The pair, or each pair of a triangle, sorted."""
    named = [one for one in (query.near, query.counterpart, query.sanctioner) if one]
    for n, one in enumerate(named):
        for other in named[n + 1 :]:
            yield min(one, other), max(one, other)


def _names(article: Article, source: Source | None) -> set[str]:
    return {one for one in (source.id if source else None, source.name if source else None, article.source) if one}
