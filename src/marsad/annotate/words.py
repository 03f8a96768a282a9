"""The folded words of a text around a span: what the rules look at."""

from __future__ import annotations

import re
from functools import lru_cache

from marsad.text import fold_text, units
from marsad.types import Span

_CONJUNCTION = re.compile("^[وف](?=..)")
#: Characters of text on either side that are read for a few neighbouring words.
_REACH = 80


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word as the lexicons hold it."""
    return fold_text(word).lower()


def bare(word: str) -> str:
    """A folded word without a conjunction glued before it: «وأضاف» as «اضاف»."""
    return _CONJUNCTION.sub("", word)


class Words:
    """Folded words of one text, looked up around spans."""

    def __init__(self, text: str) -> None:
        self.text = text

    def inside(self, span: Span) -> list[str]:
        """The words of ``span``."""
        return [folded(unit.of(self.text)) for unit in units(self.text, span.start, span.stop)]

    def before(self, span: Span, most: int) -> list[str]:
        """The last ``most`` words and marks before ``span``."""
        found = units(self.text, max(0, span.start - _REACH), span.start)
        return [folded(unit.of(self.text)) for unit in found[-most:]]
