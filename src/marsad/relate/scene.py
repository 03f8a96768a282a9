"""What a rule sees of an article: its sentences with their words, mentions and events, and the sides of these."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from marsad.knowledge.rules import Ladders
from marsad.relate.cues import LAW, Range, Sentence, body_of, named, sentences
from marsad.text.dates import dates
from marsad.text.quotes import quotes
from marsad.types import ACTING, Coding, Event, Kind, Mention, Sector, Span, TimeMention

#: What may stand behind a question mark.
_CLOSING = " \n\t\"'»”’)"
#: How the resolver tells that a country is the model's guess, or that of the words around.
_MODEL, _AROUND = "model", "country-of-context"
_NOBODY = frozenset({"INT", "IGO", ""})
_BODIES = frozenset({"IGO", "INT"})
#: People whose words about another's penalties are their reading, and no signal.
READERS = frozenset({Sector.MED, Sector.NGO, Sector.CVL, Sector.UNK, Sector.BUS})
#: From so many words on a quotation is somebody's speech.
_SPEECH = 4
#: An event belongs to words that it does not overlap where it is at most so many words off.
_NEAR = 5


def side_of(mention: Mention | None) -> str | None:
    """The state or body that a mention stands for: a code of a state, or an id such as ``EU``; None where unknown.

    >>> from marsad.types import Span
    >>> side_of(Mention(span=Span(0, 5), kind=Kind.ORG, actor="RUS.GOV.MFA", country="RUS"))
    'RUS'
    """
    if mention is None:
        return None
    if mention.actor and ":" not in mention.actor:
        prefix = mention.actor.partition(".")[0]
        if prefix not in _NOBODY:
            return prefix
    country = mention.country or ""
    return None if country in _NOBODY else country


def speaks_for(scene: Scene, mention: Mention | None) -> str | None:
    """The side that somebody speaks for; None where it is only guessed from what stands around («the official»)."""
    side = side_of(mention)
    if mention is None or mention.why is None or scene.is_sanctioner(side):
        return side
    around = mention.why.endswith(_AROUND) and mention.kind in (Kind.OFFICE, Kind.PERSON, Kind.ORG)
    return None if around or guessed(mention) else side


def guessed(mention: Mention) -> bool:
    """Whether the side of somebody is the model's guess alone."""
    somebody = mention.kind in (Kind.OFFICE, Kind.PERSON, Kind.ORG)
    return somebody and mention.why is not None and mention.why.startswith(_MODEL)


def sides(mentions: Iterable[Mention]) -> list[str]:
    """The sides of mentions, each once, in their order."""
    return list(dict.fromkeys(side for mention in mentions if (side := side_of(mention))))


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence with what was found in it. ``at`` has the words of each mention, ``triggers`` of each event.

    ``asks``: it is a question.
    """

    words: Sentence
    mentions: tuple[Mention, ...]
    at: tuple[Range, ...]
    events: tuple[Event, ...]
    triggers: tuple[Range, ...]
    asks: bool = False

    def acting(self) -> list[tuple[Range, Mention]]:
        """The mentions that can act and have a side, with their words."""
        return [(at, m) for at, m in zip(self.at, self.mentions, strict=True) if m.kind in ACTING and side_of(m)]

    def overlapping(self, words: Range) -> list[Event]:
        """The events whose trigger shares a word with ``words``."""
        pairs = zip(self.events, self.triggers, strict=True)
        return [event for event, (start, stop) in pairs if start < words[1] and words[0] < stop]

    def near(self, words: Range) -> list[tuple[int, Event]]:
        """The events within a few words, with how many words off, the nearest first."""
        found = []
        for number, (event, (start, stop)) in enumerate(zip(self.events, self.triggers, strict=True)):
            gap = max(start - words[1], words[0] - stop, 0)
            if gap <= _NEAR:
                found.append((gap, number, event))
        return [(gap, event) for gap, _, event in sorted(found, key=lambda one: one[:2])]


def _with_bodies(coding: Coding) -> Coding:
    """The coding, with those who speak for a body of states that signals (the EU) as of its side.

    Their code only says that it is one («IGO»); which, their own words do.
    """
    text, made = coding.article.text, dict[Mention, Mention]()
    for one in coding.mentions:
        if one.country in _BODIES and one.kind in ACTING and side_of(one) is None:
            body = body_of(one.span.of(text))
            if body:
                made[one] = replace(one, country=body)
    if not made:
        return coding

    def of(them: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(made.get(one, one) for one in them)

    events = tuple(
        replace(
            event,
            actors=of(event.actors),
            recipients=of(event.recipients),
            speaker=made.get(event.speaker, event.speaker) if event.speaker else None,
        )
        for event in coding.events
    )
    return replace(coding, mentions=of(coding.mentions), events=events)


class Scene:
    """An article as the rules see it."""

    def __init__(self, coding: Coding, book: Ladders) -> None:
        self.coding, self.book = coding, book
        self.day: date | None = coding.article.published
        coding = self.coding = _with_bodies(coding)
        mentions = sorted(coding.mentions, key=lambda m: m.span)
        starts = [m.span.start for m in mentions]
        events: dict[int, list[Event]] = {}
        for event in coding.events:
            events.setdefault(event.sentence, []).append(event)
        self._quotes: list[Span] | None = None
        self._times: dict[int, list[TimeMention]] = {}
        self.parts: list[Part] = []
        for words, span in zip(sentences(coding.article.text, coding.sentences), coding.sentences, strict=True):
            own = mentions[bisect_left(starts, span.start) : bisect_left(starts, span.stop)]
            here = events.get(words.index, ())
            self.parts.append(
                Part(
                    words,
                    tuple(own),
                    tuple(words.words(m.span) for m in own),
                    tuple(here),
                    tuple(words.words(event.trigger) for event in here),
                    coding.article.text[span.start : span.stop].rstrip(_CLOSING).endswith(("?", "؟")),
                )
            )

    @property
    def quotes(self) -> list[Span]:
        """The quotations that are somebody's speech, and no mere words in inverted commas."""
        if self._quotes is None:
            text = self.coding.article.text
            self._quotes = [quote for quote in quotes(text) if len(quote.of(text).split()) >= _SPEECH]
        return self._quotes

    def times(self, part: Part) -> list[TimeMention]:
        """The dates that a sentence names."""
        index = part.words.index
        if index not in self._times:
            article, span = self.coding.article, self.coding.sentences[index]
            found = dates(span.of(article.text), self.day, article.language) if self.day else []
            self._times[index] = [replace(time, span=time.span.shift(span.start)) for time in found]
        return self._times[index]

    def is_sanctioner(self, side: str | None) -> bool:
        """Whether a side is one whose words about penalties are signals."""
        return side in self.book.sanctioners

    def is_sanctioned(self, side: str | None) -> bool:
        """Whether dealings with a side may bring penalties, at the day of the article."""
        since = self.book.sanctioned.get(side or "")
        return since is not None and (self.day is None or since <= self.day)

    def relays(self, mention: Mention) -> bool:
        """Whether somebody only passes on what others say: a medium."""
        return mention.sector is Sector.MED

    def before(self, part: Part, reach: int) -> Sequence[Part]:
        """The sentences before one, the nearest first, and the title."""
        index = part.words.index
        nearest = self.parts[max(0, index - reach) : index][::-1]
        first = [] if not index or index <= reach or self.coding.article.title is None else [self.parts[0]]
        return [*nearest, *first]

    def around(self, part: Part, reach: int) -> Sequence[Part]:
        """The sentences before one, the nearest first, the title, and the next sentence."""
        index = part.words.index
        return [*self.before(part, reach), *self.parts[index + 1 : index + 2]]

    def deals(self, part: Part, reach: int = 2) -> bool:
        """Whether a sentence, or what stands before it, is about sanctions, arms or dealings with a sanctioned side."""
        return any(self._deals(one) for one in (part, *self.around(part, reach)))

    def _deals(self, part: Part) -> bool:
        if part.words.has(_TOPIC) or named(part.words, LAW):
            return True
        things = {Kind.ARMS, Kind.LAW}
        return any(m.kind in things or self.is_sanctioned(side_of(m)) for m in part.mentions)


_TOPIC = frozenset({"sanction", "law", "topical", "arms"})
