"""The conditions that a data file sets on an ambiguous form, read by one small mechanism.

``only_after`` and ``unless_after`` name words that the form follows directly, ``only_before`` and ``unless_before``
words that follow it, all within the sentence; ``only_near`` and ``unless_near`` words within :data:`FAR` characters
to either side; ``written`` and ``unless_written`` pieces of the original spelling (عمّان is not عُمان). Words are
folded, and match with or without what may be glued to their beginning (و ف ب ل ك ال). ``@list`` stands for a named
list of words, ``@number`` for any number.
"""

from __future__ import annotations

import re
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

_STOPS = re.compile(r"[.!?؟؛…](?=\s|$)|\n")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_PLACES = ("after", "before", "near")


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


def _grams(found: Sequence[str], longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for i in range(len(found) - size + 1):
            yield " ".join(found[i : i + size])


def _phrases(place: str, text: str, start: int, stop: int, longest: int) -> Iterator[str]:
    """The phrases of up to ``longest`` words that stand at ``place`` of the form at ``start`` to ``stop``."""
    if place == "near":
        yield from _grams(_WORD.findall(text, max(0, start - FAR), start), longest)
        yield from _grams(_WORD.findall(text, stop, stop + FAR), longest)
    elif place == "after":
        found = _WORD.findall(_STOPS.split(text[max(0, start - CLOSE) : start])[-1])
        yield from (" ".join(found[-size:]) for size in range(1, min(longest, len(found)) + 1))
    else:
        found = _WORD.findall(_STOPS.split(text[stop : stop + CLOSE], maxsplit=1)[0])
        yield from (" ".join(found[:size]) for size in range(1, min(longest, len(found)) + 1))


@dataclass(frozen=True, slots=True)
class Test:
    """Whether one of ``words`` (of up to ``longest`` words each) stands at ``place``, and whether it should."""

    place: str
    wanted: bool
    words: frozenset[str]
    longest: int

    def met(self, text: str, start: int, stop: int) -> bool:
        """Whether what is asked for is so around the form at ``start`` to ``stop`` of the folded ``text``."""
        for phrase in _phrases(self.place, text, start, stop, self.longest):
            if within(phrase, self.words) or (phrase.isdigit() and "@number" in self.words):
                return self.wanted
        return not self.wanted


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for a form to be what an entry says: every test, and how the form is written."""

    tests: tuple[Test, ...] = ()
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
        return all(test.met(text, start, stop) for test in self.tests)


def condition(given: Mapping[str, Any], lists: Mapping[str, Sequence[str]], where: str) -> Condition | None:
    """The condition that a reading of a data file sets; None if it sets none.

    Raises :class:`~marsad.errors.KnowledgeError` for a list that is not defined.
    """
    tests = []
    for place in _PLACES:
        for prefix, wanted in (("only", True), ("unless", False)):
            forms = given.get(f"{prefix}_{place}")
            if forms:
                folded = frozenset(_expanded(forms, lists, where))
                tests.append(Test(place, wanted, folded, max(form.count(" ") + 1 for form in folded)))
    written, unless_written = (tuple(given.get(key, ())) for key in ("written", "unless_written"))
    if not (tests or written or unless_written):
        return None
    return Condition(tuple(tests), written, unless_written)


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
