"""The words of an article by the classes of ``ladders.yaml``, and the patterns that they make."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product

from marsad.knowledge.ladders import ladders
from marsad.knowledge.rules import ANCHOR, Element, Pattern
from marsad.text import Folded, fold
from marsad.types import Span

#: A range of words of one sentence, half open.
Range = tuple[int, int]
#: Class of the words of a law, with its id behind.
LAW = "law:"
#: Class of the words that name a sanctioned side, with its id behind.
SIDE = "side:"
#: Class of the words that a text means a sanctioner by, with its id behind.
BY = "by:"
BREAKS = "breaks"
_TOKEN = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*|['’](?:ll|s)\b|[;؛]")
_ARABIC = re.compile("[ء-ي]")
#: A phrase with this before it is no phrase of the class, where a shorter one would be.
_EXCEPT = "-"
#: Words of two letters that stand behind a conjunction or a preposition (grammar, not cues).
_PARTICLES = frozenset({"لم", "لن", "لا", "ما", "قد", "كل", "اي", "ان", "من", "عن", "في", "حق"})
_NONE: tuple[Range, ...] = ()
#: Sanctioners that are no state: whose people are only known as of some body of states.
_STATES_TOGETHER = frozenset({"EU"})


@dataclass(slots=True)
class _Node:
    """What begins with the words that lead here: the classes of the phrases that end, and the next words."""

    classes: list[str] = field(default_factory=list)
    excepts: list[str] = field(default_factory=list)
    next: dict[str, _Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Book:
    root: _Node
    whole: frozenset[str]
    begins: frozenset[str]
    lengths: tuple[int, ...]


@cache
def _book() -> _Book:
    given = ladders()
    classes: dict[str, tuple[str, ...]] = dict(given.words)
    classes |= {LAW + law.id: law.phrases for law in given.laws}
    classes |= {SIDE + side: phrases for side, phrases in given.sides.items()}
    classes |= {BY + side: phrases for side, phrases in given.bywords.items()}
    root, keys = _Node(), set[str]()
    for name, phrases in classes.items():
        for phrase in phrases:
            words = [[one for one in word.split("/") if one] for word in phrase.removeprefix(_EXCEPT).split()]
            for path in product(*words):
                node = root
                for word in path:
                    keys.add(word)
                    node = node.next.setdefault(word, _Node())
                (node.excepts if phrase.startswith(_EXCEPT) else node.classes).append(name)
    begins = frozenset(key[:-1] for key in keys if key.endswith("*"))
    whole = frozenset(key for key in keys if not key.endswith("*"))
    return _Book(root, whole, begins, tuple(sorted({len(begin) for begin in begins})))


def _forms(token: str) -> list[str]:
    """The token, and what is left of it without what Arabic writes before a word."""
    if not _ARABIC.match(token):
        short = token.removesuffix("'s").removesuffix("’s")
        return [token] if short == token else [token, short]
    found = [token]
    if token[0] in "وف" and _whole(token[1:]):
        found.append(token[1:])
    found += [form[1:] for form in found if form[0] in "بلك" and _whole(form[1:])]
    found += [form[2:] for form in found if form.startswith(("ال", "لل")) and len(form) > 4]
    return found


def _whole(form: str) -> bool:
    """Whether what is left of a word may be one: «لم» of «فلم», but not «حث» of «بحث»."""
    return len(form) > 2 or form in _PARTICLES


@lru_cache(maxsize=1 << 16)
def _keys(token: str) -> tuple[str, ...]:
    """The words of the book that a token is."""
    book = _book()
    found = dict.fromkeys(form for form in _forms(token) if form in book.whole)
    for form in _forms(token):
        for length in book.lengths:
            if len(form) >= length and form[:length] in book.begins:
                found[form[:length] + "*"] = None
    return tuple(found)


class Sentence:
    """The words of a sentence: where each stands in the text, and which words belong to which class."""

    __slots__ = ("_folded", "_spans", "hits", "index", "starts")

    def __init__(self, index: int, folded: Folded, spans: Sequence[Range], hits: dict[str, list[Range]]) -> None:
        self.index = index
        self._folded = folded
        self._spans = spans
        self.starts = [int(folded.offsets[start]) for start, _ in spans]
        self.hits = hits

    def __len__(self) -> int:
        return len(self._spans)

    def span(self, words: Range) -> Span:
        """Where words stand in the text of the article."""
        first, last = self._spans[words[0]], self._spans[words[1] - 1]
        return self._folded.span(first[0], last[1])

    def words(self, span: Span) -> Range:
        """The words that begin within a span of the text (the one that it begins in, where there is none)."""
        first = bisect_left(self.starts, span.start)
        stop = bisect_left(self.starts, span.stop)
        if first < stop:
            return first, stop
        first = max(0, bisect_right(self.starts, span.start) - 1)
        return first, first + 1

    def arabic(self, words: Range) -> bool:
        """Whether words are written in Arabic letters."""
        return _ARABIC.match(self._folded.text, self._spans[words[0]][0]) is not None

    def of(self, *classes: str) -> list[Range]:
        """The words of any of the classes, in order."""
        if len(classes) == 1:
            return self.hits.get(classes[0], [])
        return sorted([hit for name in classes for hit in self.hits.get(name, _NONE)])

    def has(self, classes: frozenset[str], within: Range | None = None) -> bool:
        """Whether a word of any of the classes stands in the sentence, or among the words ``within``."""
        for name in classes:
            for start, stop in self.hits.get(name, _NONE):
                if within is None or (within[0] <= start and stop <= within[1]):
                    return True
        return False

    def clause(self, words: Range) -> Range:
        """The words around ``words`` up to those that begin another clause."""
        first, stop = 0, len(self)
        for at, end in self.hits.get(BREAKS, _NONE):
            if end <= words[0]:
                first = max(first, end)
            elif at >= words[1]:
                stop = min(stop, at)
        return first, stop

    def broken(self, first: int, stop: int) -> bool:
        """Whether another clause begins within ``first..stop``."""
        return any(first <= at < stop for at, _ in self.hits.get(BREAKS, _NONE))


def sentences(text: str, spans: Sequence[Span]) -> list[Sentence]:
    """The sentences of an article, with their words by class."""
    folded = fold(text)
    small = folded.text.lower()
    if len(small) != len(folded.text):  # a few letters become two in small letters
        small = "".join(one if len(one := char.lower()) == 1 else char for char in folded.text)
    tokens = [(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(small)]
    begins = [start for start, _, _ in tokens]
    made = []
    for index, span in enumerate(spans):
        bounds = folded.offsets.searchsorted((span.start, span.stop))
        first, stop = bisect_left(begins, int(bounds[0])), bisect_left(begins, int(bounds[1]))
        own = tokens[first:stop]
        ranges = [(start, end) for start, end, _ in own]
        made.append(Sentence(index, folded, ranges, _hits([word for _, _, word in own])))
    return made


def _hits(words: Sequence[str]) -> dict[str, list[Range]]:
    """The words of each class, in order; the longest phrase where several of one class begin together."""
    found: dict[str, list[Range]] = {}
    without: dict[str, list[Range]] = {}
    keys = [_keys(word.replace("’", "'")) for word in words]
    root = _book().root
    for at, starts in enumerate(keys):
        if not starts:
            continue
        longest: dict[str, int] = {}
        excepted: dict[str, int] = {}
        _walk(root, keys, at, longest, excepted)
        for name, stop in longest.items():
            if excepted.get(name, 0) < stop or name not in excepted:
                found.setdefault(name, []).append((at, stop))
        for name, stop in excepted.items():
            without.setdefault(name, []).append((at, stop))
    for name, phrases in without.items():
        if name in found:  # «أجل» within «من أجل»
            kept = [one for one in found[name] if not any(a < one[0] and one[1] <= b for a, b in phrases)]
            found[name] = kept
            if not kept:
                del found[name]
    return found


def _walk(node: _Node, keys: Sequence[tuple[str, ...]], at: int, longest: dict[str, int], out: dict[str, int]) -> None:
    if at == len(keys):
        return
    for key in keys[at]:
        reached = node.next.get(key)
        if reached is None:
            continue
        for name in reached.classes:
            longest[name] = max(longest.get(name, 0), at + 1)
        for name in reached.excepts:
            out[name] = max(out.get(name, 0), at + 1)
        if reached.next:
            _walk(reached, keys, at + 1, longest, out)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern fits: the words of each of its places, and of what it codes."""

    places: tuple[Range, ...]
    anchor: Range

    @property
    def whole(self) -> Range:
        """From the first word to the last."""
        return min(a for a, _ in self.places), max(b for _, b in self.places)


def found(pattern: Pattern, sentence: Sentence, anchor: Range | None = None) -> Iterator[Found]:
    """Where a pattern fits in a sentence: once for each range of words that it may code, the nearest words first.

    ``anchor`` are the words that ``$`` stands for.
    """
    present = sentence.hits.keys()
    for element in pattern:
        if element.classes.isdisjoint(present) and (anchor is None or ANCHOR not in element.classes):
            return
    seen: set[Range] = set()
    codes = next(place for place, element in enumerate(pattern) if element.codes)
    for places in _fits(pattern, 0, (), sentence, anchor):
        if places[codes] not in seen:
            seen.add(places[codes])
            yield Found(places, places[codes])


def _fits(
    pattern: Pattern, at: int, before: tuple[Range, ...], sentence: Sentence, anchor: Range | None
) -> Iterator[tuple[Range, ...]]:
    if at == len(pattern):
        yield before
        return
    element = pattern[at]
    hits = _of(element, sentence, anchor)
    if at:
        last = before[-1]
        near = [(abs(hit[0] - last[1]), hit) for hit in hits if _near(element, last, hit, sentence)]
        hits = [hit for _, hit in sorted(near)]
    for hit in hits:
        yield from _fits(pattern, at + 1, (*before, hit), sentence, anchor)


def _of(element: Element, sentence: Sentence, anchor: Range | None) -> list[Range]:
    hits = sentence.of(*element.classes)
    return [*hits, anchor] if anchor is not None and ANCHOR in element.classes else hits


def _near(element: Element, last: Range, hit: Range, sentence: Sentence) -> bool:
    if hit[0] >= last[1]:
        between = last[1], hit[0]
    elif element.either and hit[1] <= last[0]:
        between = hit[1], last[0]
    else:
        return False
    if between[1] - between[0] > element.gap or sentence.broken(*between):
        return False
    return not any(
        between[0] <= start and stop <= between[1]
        for name in element.without
        for start, stop in sentence.hits.get(name, _NONE)
    )


def named(sentence: Sentence, kind: str) -> list[str]:
    """The ids of the classes of a kind (:data:`LAW`, :data:`SIDE`, :data:`BY`) in the order of the text."""
    hits = sorted((hits[0], name) for name, hits in sentence.hits.items() if name.startswith(kind) and hits)
    return [name.removeprefix(kind) for _, name in hits]


@lru_cache(maxsize=1 << 12)
def body_of(text: str) -> str | None:
    """The body of states that a name of somebody tells («متحدثة باسم المفوضية الأوروبية»): an id such as ``EU``.

    >>> body_of("European Commission spokesperson")
    'EU'
    """
    small = fold(text).text.lower()
    hits = _hits([found.group() for found in _TOKEN.finditer(small)])
    sides = {name.removeprefix(BY) for name in hits if name.startswith(BY)}
    return next((side for side in sorted(sides) if side in _STATES_TOGETHER), None) if len(sides) == 1 else None
