"""Sentences of Arabic and English news, by rules on what stands around each stop and each line break.

Every rule looks at a bounded stretch of text on either side of a stop, so that the time is linear whatever
the text. ؛ joins clauses and ends no sentence; :mod:`marsad.text.clauses` cuts there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from marsad.text import stops
from marsad.text.fold import INVISIBLE
from marsad.text.lines import paragraphs
from marsad.types import Span

_UNSEEN = re.escape(INVISIBLE)
#: A run of stops with what closes after it, also a « » or curly quote that stands off, and the white space behind;
#: or a bullet within a line.
_CANDIDATE = re.compile(
    rf"(?P<stops>[.!?؟…۔।。！？⁇‼]+)(?P<close>[»”’\"'›)\]}}{_UNSEEN}]*(?:\s[»”][»”{_UNSEEN}]*)?)(?P<space>\s*)"
    rf"|(?<=\s)(?P<bullet>[•▪●◦‣■◆►▶])(?=\s)"
)
#: Stops of other scripts, which stand nowhere but at the end of a sentence.
_ALWAYS = frozenset("۔।。！？")
_WORD = re.compile(r"\w")
_NUMBER = re.compile(r"\d{1,3}$")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,2})?|[IVX]{1,4}|[A-Za-z])")
_LIST_OPENS = re.compile(r"(?:(?<!\d)[:؛;]\s*|[:؛;]\s+)\d{1,2}$")
_BRACKET = re.compile(r"[()\[\]]")
#: How far a rule looks, and how far a bracket may reach for its inside to be no place of a sentence's end.
_NEAR, _REACH = 40, 160


def sentences(text: str, title: Span | None = None) -> list[Span]:
    """The sentences of ``text``, in order; what stands between two of them is white space, nothing else.

    ``title`` stands alone. A line break ends a sentence unless the lines were wrapped at a width.

    >>> text = "وصل د. علي أمس. ونقلت عنه «أ.ف.ب» أن 3.5 مليون عادوا"
    >>> [span.of(text) for span in sentences(text)]
    ['وصل د. علي أمس.', 'ونقلت عنه «أ.ف.ب» أن 3.5 مليون عادوا']
    """
    borders = [0, len(text)]
    if title is not None:
        borders += [min(title.start, len(text)), min(title.stop, len(text))]
    found: list[Span] = []
    for start, stop in pairwise(sorted(borders)):
        for first, last in paragraphs(text, start, stop):
            found.extend(_split(text, first, last))
    return found


def trimmed(text: str, start: int, stop: int) -> Span | None:
    """``text[start:stop]`` without white space around it, or None where there is nothing else."""
    piece = text[start:stop]
    start += len(piece) - len(piece.lstrip())
    stop -= len(piece) - len(piece.rstrip())
    return Span(start, stop) if start < stop else None


def _split(text: str, start: int, stop: int) -> Iterator[Span]:
    """The sentences of one paragraph. A piece without a letter or figure joins the sentence before it, or the next."""
    begin, searched, worded = start, start, False
    last: Span | None = None
    for cut in (*_cuts(text, start, stop), stop):
        worded = worded or _WORD.search(text, searched, cut) is not None
        searched = cut
        if not worded and cut < stop and last is None:
            continue
        span = trimmed(text, begin, cut)
        begin = cut
        if span is None:
            continue
        if worded or last is None:
            if last is not None:
                yield last
            last = span
        else:
            last = Span(last.start, span.stop)
        worded = False
    if last is not None:
        yield last


def _cuts(text: str, start: int, stop: int) -> Iterator[int]:
    """Where the sentences of one paragraph end, but for its own end."""
    begin, counted, quoted = start, start, False  # quoted: an odd number of straight quotes up to `counted`
    listed = 0  # the number of the last item of a list within the line
    for match in _CANDIDATE.finditer(text, start, stop):
        at = match.start()
        if match["bullet"]:
            yield at
            begin = at
            continue
        if match.end() >= stop:
            return
        quoted ^= text.count('"', counted, at) % 2 == 1
        counted = at
        number = _item(text, begin, at, listed) if match["stops"] == "." else None
        if number is not None:
            listed = number
            continue
        cut = _cut(text, match, begin, stop, quoted)
        if cut is not None:
            yield cut
            begin = cut


def _item(text: str, begin: int, at: int, listed: int) -> int | None:
    """The number of the item of a list whose label ends at ``at``, 0 for a letter; None where none does."""
    before = text[max(begin, at - 12) : at]
    found = _NUMBER.search(before)
    number = int(found[0]) if found else 0
    if at - begin < 12 and _ENUMERATOR.fullmatch(before.strip()):
        return number
    if found and _LIST_OPENS.search(before):
        return number
    if found and listed and number == listed + 1 and before[: found.start()].endswith(" "):
        return number
    return None


def _cut(text: str, match: re.Match[str], begin: int, stop: int, quoted: bool) -> int | None:
    """Where to cut at this run of stops, or None. ``quoted``: within straight quotation marks."""
    at, end, close = match.start(), match.end("close"), match["close"].strip(INVISIBLE)
    before, after = text[max(begin, at - _NEAR) : at], text[match.end() : min(stop, match.end() + _NEAR)]
    after = after.lstrip(INVISIBLE)
    spaced = bool(match["space"])
    if not _ALWAYS.isdisjoint(match["stops"]):
        return end
    if not after or _in_brackets(text, begin, at, end, stop):
        return None
    if spaced and quoted and not close and after[0] == '"' and not after[1:2].strip():
        close, end, after = '"', match.end() + 1, after[1:].lstrip()  # a closing quote that stands off: . " وقال
    elif close == '"' and not spaced and not quoted:
        close, end = "", match.end("stops")  # an opening one: قال."نعم
    if not after or stops.goes_on(before, after):
        return None
    return end if stops.ends(match["stops"], before, close, after, spaced) else None


def _in_brackets(text: str, begin: int, at: int, end: int, stop: int) -> bool:
    """Whether the stops at ``at`` stand within a short bracket that is no sentence of its own.

    A sentence in brackets ends with them; «(!)» and «(...)» end nothing.
    """
    low, high = max(begin, at - _REACH), min(stop, at + _REACH)
    opener = max(text.rfind("(", low, at), text.rfind("[", low, at))
    if opener < 0 or opener < max(text.rfind(")", low, at), text.rfind("]", low, at)):
        return False
    closer = _BRACKET.search(text, at, high)
    if closer is not None and closer.start() < end:
        return text[begin:opener].strip() != "" or " " not in text[opener:at].strip()
    return closer is not None and closer[0] in ")]"
