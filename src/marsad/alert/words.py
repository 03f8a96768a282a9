"""The words that a watch asks for, and whether an article has them, as search would say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from marsad.text.terms import words as joined
from marsad.types import Article

#: Articles whose words are remembered from one act to the next.
_REMEMBERED = 512


class Wanted(Protocol):
    """Terms that stand side by side; ``begins``: of the last one only the beginning."""

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms."""
        ...

    @property
    def begins(self) -> bool:
        """Whether the last is only begun."""
        ...


class Words(Protocol):
    """A question to search: one of each of ``groups``, and none of ``without``."""

    @property
    def groups(self) -> Sequence[Sequence[Wanted]]:
        """What must be there."""
        ...

    @property
    def without(self) -> Sequence[Wanted]:
        """What must not."""
        ...


class Text:
    """The words of articles, worked out when a watch first asks for them."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, list[str]]] = {}

    def of(self, article: Article) -> tuple[str, list[str]]:
        """The terms in a line, each between spaces, and one by one."""
        known = self._known.get(article.id)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            line = joined(article.text)
            known = self._known[article.id] = (f" {line} ", line.split(" "))
        return known


def needle(wanted: Wanted) -> str:
    """The terms as they stand in a line of terms, each between spaces."""
    return f" {' '.join(wanted.terms)}{'' if wanted.begins else ' '}"
