"""The text of an article as HTML, with its triggers and mentions marked and the numbers of its events."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from marsad.export.labels import act, country, label, quad
from marsad.export.marks import Piece, pieces
from marsad.export.meant import whom
from marsad.export.safe import for_html
from marsad.export.where import parties
from marsad.types import Coding, Event, Mention, Span, Status


@dataclass(frozen=True, slots=True)
class Anchors:
    """The names of the places on a page that lead to each other, for the article with this number on it."""

    article: int

    def card(self, event: int) -> str:
        """Where an event is told."""
        return f"a{self.article}e{event}"

    def word(self, event: int) -> str:
        """Where its trigger stands."""
        return f"a{self.article}t{event}"

    def sentence(self, number: int) -> str:
        """Where a sentence begins; empty where sentences are no places."""
        return ""

    def actor(self, id: str) -> str:  # noqa: A002 (the field's word)
        """The address of the page about an actor; empty where there is none."""
        return ""

    def written(self, value: date | str, lang: str) -> str:
        """A day, or a number as text, as it is written: here alike in both languages."""
        return str(value)


def named(mention: Mention, text: str, lang: str) -> str:
    """What a mention is, in words: kind, country, sector; below that whom it means, with the id."""
    parts = [label("kind", mention.kind, lang)]
    if mention.country:
        parts.append(f"{country(mention.country, lang)} ({mention.country})")
    if mention.sector:
        parts.append(label("sector", mention.sector, lang))
    lines = [" · ".join(parts)]
    if mention.actor and mention.actor != mention.country:
        lines.append(" · ".join((*whom(mention, text, lang), mention.actor)))
    return "\n".join(lines)


def told(event: Event, lang: str) -> str:
    """What an event is, in words: type, mode, status."""
    return f"{act(event.type, event.mode, lang)} · {label('status', event.status, lang)}"


# What may follow a trigger within its word: letters, digits, vowel marks (U+064B to U+065F). No word has more.
_REST = re.compile(r"[\w\u064b-\u065f]{0,40}")
_LINE = re.compile(r"[^\n]+")


def _word_end(text: str, stop: int) -> int:
    """Where the word ends in whose midst ``stop`` may lie: a number set there would tear joined letters apart."""
    return _REST.match(text, stop).end()  # type: ignore[union-attr]  # matches the empty string too


def _lines(text: str, start: int, stop: int) -> list[Span]:
    """The lines of ``text[start:stop]`` that hold more than white space."""
    found = (Span(line.start(), line.end()) for line in _LINE.finditer(text, start, stop))
    return [line for line in found if not line.of(text).isspace()]


class Marked:
    """The marked text of one article: :attr:`title` (empty without one) and :attr:`paragraphs`, as HTML.

    Marks may nest and overlap; they are written flat, one element for each stretch under the same marks. Each leads
    to its event, and carries the class ``eN`` of every event that it takes part in, so that an event and its words
    can light up together.

    ``within`` is the part of the text that is written, all of it without; the title is empty where it lies outside.
    ``notes`` is the HTML to stand behind a sentence, by its number; it is written where sentences have a place.
    """

    def __init__(
        self,
        coding: Coding,
        lang: str,
        anchors: Anchors,
        within: Span | None = None,
        notes: Mapping[int, str] | None = None,
    ) -> None:
        self._coding, self._lang, self._anchors = coding, lang, anchors
        self._notes = notes or {}
        self._sentences = coding.sentences if anchors.sentence(0) else ()
        text, title = coding.article.text, coding.article.title
        self._event = {event.id: number for number, event in enumerate(coding.events, start=1)}
        self._part: dict[Mention, list[int]] = defaultdict(list)
        self._numbers: dict[int, list[int]] = defaultdict(list)
        for number, event in enumerate(coding.events, start=1):
            self._numbers[_word_end(text, event.trigger.stop)].append(number)
            for mention in dict.fromkeys((*parties(event), *event.items)):
                self._part[mention].append(number)
        first, last = (within.start, within.stop) if within else (0, len(text))
        title = title if title and first <= title.start < last else None
        # A Markdown file may begin before its title.
        above = _lines(text, first, title.start) if title else []
        below = _lines(text, title.stop if title else first, last)
        written = self._written([*above, *([title] if title else []), *below])
        self.title = written.pop(len(above)) if title else ""
        self.paragraphs = written

    def _written(self, lines: Sequence[Span]) -> list[str]:
        """Each of ``lines``, which do not overlap and are in order, with its marks."""
        if not lines:
            return []
        marks = [(event.trigger, event) for event in self._coding.events]
        spans: list[tuple[Span, Event | Mention]] = [*marks, *((m.span, m) for m in self._coding.mentions)]
        edges = [edge for line in (*lines, *self._sentences) for edge in (line.start, line.stop)]
        found: list[list[tuple[int | None, str]]] = [[] for _ in lines]
        at = 0
        for piece in pieces(Span(lines[0].start, lines[-1].stop), spans, [*edges, *self._numbers]):
            while piece.span.start >= lines[at].stop and at + 1 < len(lines):
                at += 1
            if lines[at].overlap(piece.span):
                numbers = (self._number(number) for number in self._numbers.get(piece.span.stop, ()))
                found[at].append((self._sentence(piece.span.start), "".join((self._piece(piece), *numbers))))
        return self._set(found)

    def _sentence(self, at: int) -> int | None:
        """The number of the sentence there; None between two, and where sentences are no places."""
        number = bisect_right(self._sentences, at, key=lambda span: span.stop)
        return number if number < len(self._sentences) and self._sentences[number].start <= at else None

    def _set(self, lines: Sequence[Sequence[tuple[int | None, str]]]) -> list[str]:
        """Each line joined, its sentences as places with their notes behind them; one over two lines is one place."""
        last = {number: at for at, line in enumerate(lines) for number, _ in line}
        begun: set[int] = set()
        made = []
        for at, line in enumerate(lines):
            parts = []
            for number, some in groupby(line, key=itemgetter(0)):
                words = "".join(written for _, written in some)
                if number is not None:
                    place = "" if number in begun else f' id="{self._anchors.sentence(number)}"'
                    note = self._notes.get(number, "") if last[number] == at else ""
                    words = f'<span class="s"{place}>{words}{note}</span>'
                    begun.add(number)
                parts.append(words)
            made.append("".join(parts))
        return made

    def _piece(self, piece: Piece[Event | Mention]) -> str:
        words = for_html(piece.span.of(self._coding.article.text))
        if not piece.marks:
            return words
        classes: list[str] = []
        titles: list[str] = []
        events: list[int] = []  # triggers come first in the marks, so that their event is the one led to
        for mark in piece.marks:
            if isinstance(mark, Event):
                numbers = [self._event[mark.id]]
                classes += ["t", f"s-{mark.status.lower()}", quad(mark.type)]
                titles.append(told(mark, self._lang))
            else:
                numbers = self._part.get(mark, [])
                classes.append("m")
                titles.append(named(mark, self._coding.article.text, self._lang))
            events += numbers
            classes += [f"e{number}" for number in numbers]
        about = f'class="{" ".join(dict.fromkeys(classes))}" title="{for_html(chr(10).join(titles))}"'
        if not events:
            return f"<span {about}>{words}</span>"
        return f'<a href="#{self._anchors.card(events[0])}" {about}>{words}</a>'

    def _number(self, number: int) -> str:
        """The number of an event after its trigger, with the sign of what did not happen: the event leads back here."""
        status = self._coding.events[number - 1].status
        spoken = for_html(f"{label('word', 'event', self._lang)} {number}, {label('status', status, self._lang)}")
        sign = "" if status is Status.ACTUAL else label("sign", status, self._lang)
        return (
            f'<sup class="n e{number}" id="{self._anchors.word(number)}">'
            f'<a href="#{self._anchors.card(number)}" aria-label="{spoken}">{sign}'
            f"{self._anchors.written(str(number), self._lang)}</a></sup>"
        )
