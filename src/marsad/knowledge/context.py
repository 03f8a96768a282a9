"""The conditions that a data file sets on an ambiguous form, read by one small mechanism.

``only_after`` and ``unless_after`` name words that the form follows directly, ``only_before`` and ``unless_before``
words that follow it, all within the sentence; ``only_near`` and ``unless_near`` words within :data:`FAR` characters
to either side; ``written`` and ``unless_written`` pieces of the original spelling (عمّان is not عُمان). Words are
folded, and match with or without what may be glued to their beginning (و ف ب ل ك ال). ``@list`` stands for a named
list of words, ``@number`` for any number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.errors import KnowledgeError
from marsad.text import fold_text

# What is glued to the beginning of an Arabic word: و and, ف then, ب in, ل to, ك as; with the article ال; لل to the.
BARE = frozenset({"", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"})
ARTICLE = frozenset({"ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل", "وبال", "وكال", "فبال", "فكال"})
#: The longest of them, in letters.
GLUED = max(map(len, ARTICLE))
_FIRST = frozenset(glued[0] for glued in BARE | ARTICLE if glued)

#: How far ``near`` looks to either side, and ``before`` and ``after`` at most, in characters.
FAR, CLOSE = 240, 40

_STOPS = ".!?؟؛…"
_MARKS = _STOPS + "،,:;«»\"“”'‘’()[]-–—"
_PLACES = ("after", "before", "near")
#: What a reading or a rule may say: what it is about, and the conditions.
_KEYS = frozenset(f"{prefix}_{place}" for prefix in ("only", "unless") for place in _PLACES) | {
    *("entry", "kind", "article", "ending", "written", "unless_written"),
}


def within(word: str, words: frozenset[str]) -> bool:
    """Whether the word is among ``words``, as it is or without something that may be glued to its beginning.

    >>> within("والجيش", frozenset({"جيش"}))
    True
    """
    if word in words:
        return True
    if word[:1] not in _FIRST:
        return False
    for length in range(1, min(GLUED, len(word) - 2) + 1):
        if word[length:] in words and (word[:length] in BARE or word[:length] in ARTICLE):
            return True
    return False


def glued(text: str, start: int) -> str | None:
    """What is glued to the word before ``start``: "" for nothing, None for what Arabic does not glue.

    >>> glued("وبالعراق", 4), glued("شمال", 1)
    ('وبال', None)
    """
    if not start or not text[start - 1].isalnum():
        return ""
    first = start - 1
    while first and text[first - 1].isalnum():
        first -= 1
        if start - first > GLUED:
            return None
    before = text[first:start]
    return before if before in BARE or before in ARTICLE else None


def _stands(word: str, text: str) -> bool:
    """Whether ``word`` is a word of ``text``, with something glued to its beginning or without."""
    at = text.find(word)
    while at >= 0:
        if not text[at + len(word) : at + len(word) + 1].isalnum() and glued(text, at) is not None:
            return True
        at = text.find(word, at + 1)
    return False


def _phrases(place: str, text: str, start: int, stop: int, longest: int) -> Iterator[str]:
    """The phrases of up to ``longest`` words that the form at ``start`` to ``stop`` stands after, or before."""
    phrase = ""
    if place == "after":
        for token in reversed(text[max(0, start - CLOSE) : start].rpartition("\n")[2].split()[-longest:]):
            if token[-1] in _STOPS:
                return
            if word := token.strip(_MARKS):
                phrase = f"{word} {phrase}" if phrase else word
                yield phrase
    else:
        for token in text[stop : stop + CLOSE].partition("\n")[0].split(None, longest)[:longest]:
            if token[0] in _STOPS:
                return
            if word := token.strip(_MARKS):
                phrase = f"{phrase} {word}" if phrase else word
                yield phrase
            if token[-1] in _STOPS:
                return


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Whether one of ``words`` (of up to ``longest`` words each) stands at ``place``, and whether it should."""

    place: str
    wanted: bool
    words: frozenset[str]
    longest: int = 1

    def met(self, text: str, start: int, stop: int) -> bool:
        """Whether what is asked for is so around the form at ``start`` to ``stop`` of the folded ``text``."""
        if self.place == "near":
            sides = (text[max(0, start - FAR) : start], text[stop : stop + FAR])
            return self.wanted is any(_stands(word, side) for word in self.words for side in sides)
        for phrase in _phrases(self.place, text, start, stop, self.longest):
            if within(phrase, self.words) or (phrase.isdigit() and "@number" in self.words):
                return self.wanted
        return not self.wanted


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for a form to be what an entry says: what stands around it, and how it is written."""

    neighbours: tuple[Neighbour, ...] = ()
    written: tuple[str, ...] = ()
    unless_written: tuple[str, ...] = ()

    def holds(self, text: str, start: int, stop: int, surface: Callable[[], str]) -> bool:
        """Whether the form at ``start`` to ``stop`` of the folded ``text``, originally ``surface()``, is meant.

        ``start`` is where its word begins, with whatever is glued to it.
        """
        if self.written and not any(piece in surface() for piece in self.written):
            return False
        if self.unless_written and any(piece in surface() for piece in self.unless_written):
            return False
        return all(asked.met(text, start, stop) for asked in self.neighbours)


def condition(given: Mapping[str, Any], lists: Mapping[str, Sequence[str]], where: str) -> Condition | None:
    """The condition that a reading of a data file sets; None if it sets none.

    Raises :class:`~marsad.errors.KnowledgeError` for a key that has no meaning, or a list that is not defined.
    """
    unknown = set(given) - _KEYS
    if unknown:
        raise KnowledgeError(f"no key is called {min(unknown)!r}", where=where, do="use " + ", ".join(sorted(_KEYS)))
    neighbours = []
    for place in _PLACES:
        for prefix, wanted in (("only", True), ("unless", False)):
            forms = given.get(f"{prefix}_{place}")
            if forms:
                words = frozenset(_expanded(forms, lists, where))
                neighbours.append(Neighbour(place, wanted, words, max(word.count(" ") + 1 for word in words)))
    written, unless_written = (tuple(given.get(key, ())) for key in ("written", "unless_written"))
    if not (neighbours or written or unless_written):
        return None
    return Condition(tuple(neighbours), written, unless_written)


def _expanded(forms: Sequence[str], lists: Mapping[str, Sequence[str]], where: str) -> Iterator[str]:
    for form in forms:
        if form == "@number":
            yield form
        elif form.startswith("@"):
            if form[1:] not in lists:
                raise KnowledgeError(f"no list is called {form}", where=where, do="define it under `lists`")
            yield from map(fold_text, lists[form[1:]])
        else:
            yield fold_text(form)
