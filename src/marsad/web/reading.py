"""What the pages of one thing share: names and addresses, sentences, and an article's text cut into parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from marsad.export.acts_table import called
from marsad.export.labels import direction, label
from marsad.export.marked import Anchors
from marsad.export.rows import clean
from marsad.knowledge import ontology
from marsad.knowledge.countries import NO_STATE
from marsad.knowledge.organs import organs
from marsad.text import sentences
from marsad.types import Article, Coding, Report, Span
from marsad.web.view import View, environment, number, short

#: Code points and events of an article on one page; what is longer has several parts.
MOST, EVENTS = 8_000, 24
#: Code points of a sentence, and of a title, that are shown in a list.
LONGEST, TITLE = 420, 160
#: From this sentence on an address says its number in the query too, so that the server finds the part.
_FAR = 20


class Places(Anchors):
    """The places of the page of an article: ``#e1`` an event, ``#t1`` its word, ``#s3`` a sentence."""

    __slots__ = ()

    def card(self, event: int) -> str:
        """Where an event is told."""
        return f"e{event}"

    def word(self, event: int) -> str:
        """Where its trigger stands."""
        return f"t{event}"

    def sentence(self, number: int) -> str:
        """Where a sentence begins."""
        return f"s{number}"

    def actor(self, id: str) -> str:  # noqa: A002 (the field's word)
        """The page of an actor; none for nobody, and for what is no one state."""
        return "" if id in NO_STATE or id == "—" else actor_page(id)

    def written(self, value: date | str, lang: str) -> str:
        """A day, or a number as text, in the digits of the language."""
        return number(value, lang) if isinstance(value, str) else short(value, lang)


def actor_page(id: str) -> str:  # noqa: A002
    """The address of the page about an actor.

    >>> actor_page("RUS.GOV.MFA")
    '/actor/RUS.GOV.MFA'
    """
    return f"/actor/{quote(id, safe='.')}"


def named(id: str, lang: str) -> str:  # noqa: A002
    """What an actor or a country is called; its id, where no table says it.

    >>> named("INT.GOV", "en"), named("XXX.NOBODY", "en")
    ('government, no single state', 'XXX.NOBODY')
    """
    if name := called(id, lang):
        return name
    side, _, rest = id.partition(".")
    if side not in NO_STATE:
        return id
    whose = label("country", side, lang)
    organ, sector = organs().get(rest), ontology.sectors().get(rest)
    name = organ.name.shown(lang) if organ else sector.name[lang] if sector else rest
    return f"{name}{'، ' if lang == 'ar' else ', '}{whose}" if name else whose


def sentence_page(article: str, number: int) -> str:
    """The address of a sentence of an article.

    >>> sentence_page("a1", 3), sentence_page("a1", 90)
    ('/article/a1#s3', '/article/a1?s=90#s90')
    """
    return f"/article/{article}{f'?s={number}' if number >= _FAR else ''}#s{number}"


def title(article: Article) -> str:
    """The title, else how the text begins, on one line."""
    words = clean(article.title.of(article.text)) if article.title else ""
    return cut(words or clean(article.text[: TITLE * 2]), TITLE)


def cut(words: str, most: int) -> str:
    """``words``, shortened at a space where they are longer.

    >>> cut("one two three", 9)
    'one two …'
    """
    if len(words) <= most:
        return words
    head = words[: most - 1]
    whole = head[-1:].isspace() or words[most - 1].isspace() or " " not in head
    return f"{(head if whole else head.rpartition(' ')[0]).rstrip()} …"


class Told:
    """The sentences of reports; those of the last article are kept, so give its reports one after another."""

    def __init__(self) -> None:
        self._article: str | None = None
        self._spans: list[Span] = []

    def of(self, report: Report) -> str:
        """The sentence that the trigger begins in, on one line, cut around the trigger where it is long."""
        article, trigger = report.article, report.event.trigger
        span = self._sentence(article, trigger)
        start, stop = span.start, span.stop
        if len(span) > LONGEST:
            start = max(start, trigger.start - LONGEST // 2)
            stop = min(stop, start + LONGEST)
        words = clean(article.text[start:stop])
        return f"{'… ' if start > span.start else ''}{words}{' …' if stop < span.stop else ''}"

    def _sentence(self, article: Article, trigger: Span) -> Span:
        if article.id != self._article:
            self._article, self._spans = article.id, sentences(article.text, article.title)
        at = bisect_right(self._spans, trigger.start, key=lambda span: span.stop)
        return self._spans[at] if at < len(self._spans) else trigger


def parts(coding: Coding) -> list[Span]:
    """The text in parts that fit on a page: whole sentences, unless one alone is longer than a page.

    Every character is in one part; what has no more than :data:`MOST` characters and :data:`EVENTS` events is one.
    """
    end = len(coding.article.text)
    starts = sorted(event.trigger.start for event in coding.events)
    found: list[Span] = []
    begin, last = 0, 0
    for edge in (*_edges(coding.sentences), end):
        while edge - begin > MOST or _between(starts, begin, edge) > EVENTS:
            if last <= begin:  # one sentence is too much: cut within it
                last = min(edge, begin + MOST)
                if last == edge:
                    break
            found.append(Span(begin, last))
            begin = last
        last = edge
    if begin < end or not found:
        found.append(Span(begin, end))
    return found


def _edges(within: Sequence[Span]) -> Iterator[int]:
    yield from (span.start for span in within[1:])


def _between(starts: Sequence[int], first: int, stop: int) -> int:
    return bisect_right(starts, stop - 1) - bisect_right(starts, first - 1)


def part_at(found: Sequence[Span], at: int) -> int:
    """The number (from 1) of the part that holds the character ``at``."""
    return min(bisect_right([span.stop for span in found], at), len(found) - 1) + 1


def fragment(view: View, page: str, template: str, **given: Any) -> str:
    """The template filled as a part of ``page``, with the words of that page."""
    word, counted = view.words(page)
    return environment().get_template(f"{template}.html").render(
        view=view, name=page, lang=view.lang, dir=direction(view.lang), theme=view.theme, word=word, counted=counted,
        now=view.now, **given,
    )  # fmt: skip
