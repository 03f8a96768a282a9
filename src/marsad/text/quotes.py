"""Quotations: what stands between quotation marks, in Arabic and English news."""

from __future__ import annotations

import re

from marsad.types import Span

_MARK = re.compile("[«»“”„\"]|''")
_OPEN, _CLOSE = frozenset("«“„"), frozenset("»”")
#: Longest quotation, in characters: a mark left open does not swallow the rest of an article.
_LONGEST = 1_500


def quotes(text: str) -> list[Span]:
    """What stands inside quotation marks, without them, in order; marks that do not close are passed over.

    >>> [q.of("قال «لن نقبل» ثم") for q in quotes("قال «لن نقبل» ثم")]
    ['لن نقبل']
    """
    found: list[Span] = []
    opened: tuple[str, int] | None = None
    for mark in _MARK.finditer(text):
        sign = mark.group()
        if opened is not None and mark.start() - opened[1] > _LONGEST:
            opened = None
        if opened is None:
            if sign not in _CLOSE:
                opened = (sign, mark.end())
            continue
        if _closes(opened[0], sign):
            found.append(Span(opened[1], mark.start()))
            opened = None
        elif sign in _OPEN:  # the earlier one never closed
            opened = (sign, mark.end())
    return found


def _closes(opened: str, sign: str) -> bool:
    if opened in ('"', "''"):
        return sign == opened
    if opened == "«":
        return sign == "»"
    return sign in '”"“'
