"""Paragraphs: which line breaks of a text are meant, and which only wrap a line at a width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"[-–—*•▪●◦‣■◆►▶+]\s|\(?\d{1,3}[.)\-–ـ]|[أ-ي][.)\-]\s|[A-Za-z][.)]\s")
_FIRST_WORD = re.compile(r"\S{1,40}")
_STOPPED = re.compile(r"[.!?؟…:۔।。！？][»”’\"')\]]*$")
#: A line that ends like this is not finished: a comma, a dash, a preposition, a conjunction, an article.
_OPEN = re.compile(
    r"(?:[،,؛;]|\s[-–—ـ]|(?:^|\s)(?:في|من|على|إلى|الى|عن|أن|إن|التي|الذي|الذين|أو|ثم|بين|مع|حتى|لم|لن|قد|بن|أبو|عبد|نحو|خلال|منذ|ضد|حول|"
    r"هذا|هذه|ذلك|تلك|the|an?|of|to|in|on|at|for|and|or|with|by|from|that|as|is|are|was|were|be|been|has|have|had|will|would|"
    r"its|his|her|their|Mr\.|Mrs\.|Dr\.|د\.))$"
)
_SMALL = re.compile("[a-z]")
#: Widths at which text is wrapped; a longest line outside them means paragraphs, or verse and lists.
_NARROWEST, _WIDEST = 40, 132


def paragraphs(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The ranges of ``text[start:stop]`` between line breaks that are meant; only white space stands between them.

    >>> list(paragraphs("عنوان قصير\\nأعلن الوزير أمس", 0, 26))
    [(0, 10), (11, 26)]
    """
    block: list[tuple[int, int]] = []
    previous = start
    for match in _LINE.finditer(text, start, stop):
        first, last = match.span()
        gap = text[previous:first].replace("\r\n", "\n")
        previous = last
        blank = match[0].isspace()
        if block and (blank or len(gap) > 1):
            yield from _unwrapped(text, block)
            block = []
        if not blank:
            block.append((first, last))
    if block:
        yield from _unwrapped(text, block)


def _unwrapped(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines without a blank one among them, joined where the break between them is only a wrap."""
    if len(lines) == 1:
        yield lines[0]
        return
    wrapped = _wrapped(text, lines)
    begin = lines[0][0]
    for (_, stop), (start, end) in pairwise(lines):
        if not _flows(text, stop, start, end, wrapped):
            yield begin, stop
            begin = start
    yield begin, lines[-1][1]


def _ending(text: str, stop: int) -> str:
    return text[max(0, stop - 24) : stop].rstrip()


def _flows(text: str, stop: int, start: int, end: int, wrapped: bool) -> bool:
    """Whether the sentence goes on over the break from ``stop`` to ``start``."""
    ending, opening = _ending(text, stop), text[start : min(end, start + 60)].lstrip()
    if _BULLET.match(opening):
        return False
    if _OPEN.search(ending):
        return True
    if _STOPPED.search(ending):
        return wrapped
    return wrapped or bool(_SMALL.match(opening))


def _wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether these lines were cut at a width: no line had room for the first word of the next.

    Lines that end with a stop tell nothing. Few full lines may be chance (three headlines of one length), so
    with fewer than three of them one must end, or the next begin, in the middle of a sentence.
    """
    width = max(len(text[start:stop].rstrip()) for start, stop in lines)
    if not _NARROWEST <= width <= _WIDEST:
        return False
    full = broken = 0
    for (start, stop), (following, end) in pairwise(lines):
        ending, opening = _ending(text, stop), text[following : min(end, following + 60)].lstrip()
        if _STOPPED.search(ending):
            continue
        word = _FIRST_WORD.match(opening)
        if len(text[start:stop].rstrip()) + 1 + (word.end() if word else 0) <= width:
            return False
        full += 1
        broken += bool(_OPEN.search(ending) or _SMALL.match(opening))
    return full >= 3 or (full >= 1 and broken >= 1)
