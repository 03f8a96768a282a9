"""What is asked of the index of words: how a question is read, how each engine writes it, and where a text answers it.

Knows nothing of the database.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.errors import FormatError
from marsad.text.terms import beginnings, term_spans, terms
from marsad.types import Article, Span


@dataclass(frozen=True, slots=True)
class Wanted:
    """Terms that stand side by side; ``begins``: of the last one only the beginning."""

    terms: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Which words are asked for: one of each of ``groups``, and none of ``without``."""

    groups: tuple[tuple[Wanted, ...], ...]
    without: tuple[Wanted, ...] = ()


#: Most terms of a question: a headline has twenty.
MOST_TERMS = 64
_PIECE = re.compile(r"""((?<!\S)-(?=[\w"«“]))?(?:"([^"]*)"|«([^«»]*)»|“([^“”]*)”|([^\s"«»“”]+))""")
_SHORTEST = 2  # letters of a beginning


def query(written: str) -> Query:
    """What ``written`` asks for: words that must all be there, "phrases" («…» too), ``-word``, ``word*``, ``a OR b``.

    OR joins its two neighbours alone; a word that is several terms (``S-400``) is a phrase; whatever else is odd is
    plain words. Raises :class:`FormatError` where nothing is asked for, or more than :data:`MOST_TERMS` terms.

    >>> query('oil OR gas "Security Council" -Iraq').groups[1]
    (Wanted(terms=('security', 'council'), begins=False),)
    """
    groups: list[list[Wanted]] = []
    excluded: list[Wanted] = []
    size = 0
    either = False  # the last piece was OR, behind a word
    for no, *phrases, word in _PIECE.findall(written):
        if word == "OR" and groups and not either and not no:
            either = True
            continue
        ways = _ways("".join(phrases), word)
        size += sum(len(way.terms) for way in ways)
        if size > MOST_TERMS:
            raise FormatError(f"more than {MOST_TERMS} words are asked for", do="search for fewer of them")
        if not ways:
            continue
        if no:
            excluded += ways
            either = False
        elif either:
            groups[-1] += ways
            either = False
        else:
            groups.append(ways)
    if not groups:
        only = "only words that must not be there" if excluded else "no word to search for"
        raise FormatError(only, do='give one or more that stand in the articles: عقوبات, oil*, "two words", -without')
    return Query(tuple(map(tuple, groups)), tuple(excluded))


def _ways(phrase: str, word: str) -> list[Wanted]:
    """How a phrase or a word of a question may stand in a text; nothing where it has no letters."""
    if word.endswith("*"):
        ways = beginnings(word)
        if ways and len("".join(ways[0])) >= _SHORTEST:
            return [Wanted(tuple(way), begins=True) for way in ways]
    some = terms(phrase or word)
    return [Wanted(tuple(some))] if some else []


def fts(asked: Query) -> str:
    """The question as FTS5 writes it. A term is letters and digits, so that nothing in it means anything there."""

    def one(wanted: Wanted) -> str:
        return f'"{" ".join(wanted.terms)}"' + (" *" if wanted.begins else "")

    every = " AND ".join([f"({' OR '.join(map(one, group))})" for group in asked.groups])
    return f"({every}) NOT ({' OR '.join(map(one, asked.without))})" if asked.without else every


def tsquery(asked: Query) -> str:
    """The question as PostgreSQL writes a ``tsquery``."""

    def one(wanted: Wanted) -> str:
        return "(" + " <-> ".join([f"'{term}'" for term in wanted.terms]) + (":*)" if wanted.begins else ")")

    every = " & ".join([f"({' | '.join(map(one, group))})" for group in asked.groups])
    return f"{every} & !({' | '.join(map(one, asked.without))})" if asked.without else every


#: Characters of a snippet, and of what stands in it before the first hit.
SNIPPET, LEAD = 240, 60


def highlights(text: str, asked: Query) -> tuple[Span, ...]:
    """Where the words and phrases that are asked for stand in ``text``, in order; those that overlap become one."""
    there = terms(text)
    runs: list[tuple[int, int]] = []
    for wanted in (one for group in asked.groups for one in group):
        *first, last = wanted.terms
        size = len(wanted.terms)
        for n, term in enumerate(there[size - 1 :]):
            fits = term.startswith(last) if wanted.begins else term == last
            if fits and there[n : n + size - 1] == first:
                runs.append((n, n + size - 1))
    ends = {n for run in runs for n in run}
    # The numbers that are asked for come back in their order.
    at = dict(zip(sorted(ends), (span for _, span in term_spans(text, ends)), strict=True))
    found: list[Span] = []
    for start, stop in sorted((at[first].start, at[last].stop) for first, last in runs):
        if found and start < found[-1].stop:
            found[-1] = Span(found[-1].start, max(stop, found[-1].stop))
        else:
            found.append(Span(start, stop))
    return tuple(found)


def snippet(one: Article, spans: Sequence[Span]) -> Span:
    """The part of the text that shows most of ``spans``, from the body where it has any."""
    body = one.title.stop if one.title else 0
    inside = [span for span in spans if span.start >= body] or list(spans)
    first, most = 0, 0
    behind = 0
    for n, span in enumerate(inside):
        while behind < len(inside) and inside[behind].stop <= span.start + SNIPPET - LEAD:
            behind += 1
        if behind - n > most:
            first, most = n, behind - n
    hit = inside[first] if inside else Span(body, body)
    return _whole_words(one.text, hit, body if hit.start >= body else 0)


def _whole_words(text: str, hit: Span, least: int) -> Span:
    """Some words around ``hit``, on its line: from ``least`` on at the earliest."""
    start = max(least, hit.start - LEAD, text.rfind("\n", 0, hit.start) + 1)
    if 0 < start < hit.start and not text[start - 1].isspace():
        space = re.compile(r"\s").search(text, start, hit.start)
        start = space.end() if space else hit.start
    while start < hit.start and text[start].isspace():
        start += 1
    stop = min(len(text), max(start + SNIPPET, hit.stop))
    if stop < len(text) and not text[stop].isspace():
        stop = max(hit.stop, max(text.rfind(" ", start, stop), text.rfind("\n", start, stop)))
    return Span(start, max(start, stop))
