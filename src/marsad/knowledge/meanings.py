"""What a form of a table can mean, where it is found in a text, and the conditions that decide.

The tables of actors and of weapon systems stand on it. A cell of conditions is read here, in the words of
:mod:`~marsad.knowledge.context`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import ahocorasick_rs

from marsad.errors import KnowledgeError
from marsad.knowledge import files
from marsad.knowledge.context import ARTICLE, FAR, Condition, condition, glued
from marsad.knowledge.countries import countries, is_arabic
from marsad.text import fold_text

#: The files that the words for a state (``@country``) are from.
COUNTRY_FILES = tuple(
    files.DATA / name for name in ("countries.csv", "bodies.csv", "spellings.csv", "places.csv", "notes.yaml")
)
#: All that is no letter or digit becomes a space, so that F-16 and F 16 are one; + is part of a name (OPEC+).
_EDGES: list[str] = [c if c.isalnum() or c == "+" else " " for c in map(chr, range(0x3040))]
_SURROGATE = re.compile("[\ud800-\udfff]")
_AL = "ال"


def flat(folded: str) -> str:
    """Folded text in which only letters, digits and + are left; of the same length.

    >>> flat("«F-16»")
    ' F 16 '
    """
    return folded.translate(_EDGES)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a form can mean: ``id``, where ``must`` holds; ``decides`` tells which of several of that name.

    ``article`` is True where the form needs it, False where it forbids it.
    """

    id: str
    article: bool | None = None
    must: Condition | None = None
    decides: Condition | None = None
    since: date | None = None
    until: date | None = None

    def valid(self, on: date | None) -> bool:
        """Whether it existed on that day; always where no day is asked about."""
        return on is None or ((self.since or on) <= on <= (self.until or on))


def matches(automaton: ahocorasick_rs.AhoCorasick, text: str) -> Iterator[tuple[int, int, int, bool, int]]:
    """Pattern, start, stop, article and begin of the word, of every pattern at the edge of a word of flat ``text``."""
    try:
        found = automaton.find_matches_as_indexes(text, overlapping=True)
    except UnicodeEncodeError:  # the automaton reads UTF-8, which has no lone surrogates
        found = automaton.find_matches_as_indexes(_SURROGATE.sub(" ", text), overlapping=True)
    for pattern, start, stop in found:
        if not start or text[start - 1] == " ":
            yield pattern, start, stop, False, start
        else:
            before = glued(text, start)
            if before is not None:
                yield pattern, start, stop, before in ARTICLE, start - len(before)


def narrowed(asked: Condition, text: str, known: dict[int, tuple[int, Condition]]) -> Condition:
    """The condition, without the words that are nowhere in ``text`` once it has been asked all over the text."""
    times, kept = known.get(id(asked), (0, asked))
    known[id(asked)] = times + 1, kept
    if times == len(text) // FAR + 8:
        near = (replace(n, words=frozenset(filter(text.__contains__, n.words))) for n in asked.neighbours)
        both = zip(asked.neighbours, near, strict=True)
        kept = replace(asked, neighbours=tuple(new if old.place == "near" else old for old, new in both))
        known[id(asked)] = times + 1, kept
    return kept


def longest(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Of what overlaps, the leftmost and longest."""
    end = 0
    for start, stop, name in sorted(found, key=lambda each: (each[0], -each[1])):
        if start >= end:
            yield start, stop, name
            end = stop


def patterns(form: str, others: Sequence[str] = ()) -> Iterator[tuple[str, bool | None]]:
    """What is searched for a form, and what article it takes; in capitals too, where ``others`` do not list that.

    >>> list(patterns("الحوثيون")), list(patterns("Nato"))
    ([('حوثيون ', True)], [('Nato ', None), ('NATO ', None)])
    """
    if not is_arabic(form):
        for written in (form,) if form.upper() in others else (form, form.upper()):
            text = flat(fold_text(written)).strip()
            for spaced in dict.fromkeys((text, " ".join(text.split()))):  # U N  Security, as in a text, and in a phrase
                yield f"{spaced} ", None
    else:
        text = flat(fold_text(form)).strip()
        definite = text.startswith(_AL) and len(text) > 4 and text[2] != " "
        yield text.removeprefix(_AL if definite else "") + " ", definite


@cache
def country_words(code: str) -> tuple[str, ...]:
    """The names, capitals and demonyms of a state, the demonyms in their common endings."""
    entry, found = countries().get(code), list[str]()
    for kind, form in entry.forms() if entry else ():
        found.append(form)
        if kind == "demonym" and is_arabic(form) and form.endswith("ي"):
            found += [form + ending for ending in ("ة", "ا", "ون", "ين")]
    return tuple(found)


def conditions(
    cell: str, lists: Mapping[str, Sequence[str]], country: str | None, where: str
) -> dict[str, tuple[Condition | None, Condition | None]]:
    """What ``must`` hold and what ``decides``, by form; :class:`KnowledgeError` for a cell that cannot be read."""
    known = {**lists, "country": country_words(country) if country and "@country" in cell else ()}
    found: dict[str, tuple[Condition | None, Condition | None]] = {}
    for part in filter(None, map(str.strip, cell.split(" | "))):
        form, colon, rest = part.partition(": ")
        if not colon:
            raise KnowledgeError(f"no condition in {part!r}", where=where, do="write FORM: only_near word, word")
        asked: dict[str, dict[str, list[str]]] = {"must": {}, "decides": {}}
        for clause in rest.split(" & "):
            key, _, words = clause.strip().partition(" ")
            side, name = ("decides", "only_near") if key == "where" else ("must", key)
            asked[side].setdefault(name, []).extend(filter(None, map(str.strip, words.split(","))))
        found[form] = (condition(asked["must"], known, where), condition(asked["decides"], known, where))
    return found


def add(known: dict[str, list[Meaning]], pattern: str, meaning: Meaning, where: str) -> None:
    """Put a meaning to its pattern; :class:`KnowledgeError` where two are meant on one day and nothing decides."""
    others = known.setdefault(pattern, [])
    for other in others:
        same = other.id == meaning.id and other.article is meaning.article
        # Two spellings that fold to one (كان and كآن): what is free of conditions would undo those of the other.
        if same and (
            not (meaning.must or meaning.decides) or (meaning.must, meaning.decides) == (other.must, other.decides)
        ):
            return
        free = not (meaning.must or meaning.decides or other.must or other.decides)
        apart = (other.until or date.max) < (meaning.since or date.min) or (meaning.until or date.max) < (
            other.since or date.min
        )
        if free and not apart and other.id != meaning.id and other.article is meaning.article:
            raise KnowledgeError(
                f"{pattern.strip()!r} means both {other.id} and {meaning.id}",
                where=where,
                do="set a condition on the form in one of them, or bound the actors by since and until",
            )
    others.append(meaning)


def ordered_meanings(meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
    """Those with a condition first, in the order of the file."""
    return tuple(sorted(meanings, key=lambda each: each.must is None and each.decides is None))


@dataclass(frozen=True, slots=True)
class Packed:
    """Meanings by pattern as a cached table keeps them: what many share stands once, and is named by its number.

    A meaning is its id, article, number of what must hold and of what decides (-1 for none), first and last day.
    """

    conditions: tuple[Condition, ...]
    meanings: tuple[tuple[str, bool | None, int, int, date | None, date | None], ...]
    known: dict[str, tuple[int, ...]]

    def unpacked(self) -> dict[str, tuple[Meaning, ...]]:
        """The meanings by pattern."""
        asked: tuple[Condition | None, ...] = (*self.conditions, None)  # -1 is the last
        made = [
            Meaning(name, article, asked[must], asked[decides], since, until)
            for name, article, must, decides, since, until in self.meanings
        ]
        return {pattern: tuple(map(made.__getitem__, numbers)) for pattern, numbers in self.known.items()}


def packed(known: Mapping[str, Iterable[Meaning]]) -> Packed:
    """The meanings of a table, to be kept.

    >>> packed({"قسد ": (Meaning("SYR.SDF"),)}).unpacked()["قسد "][0].id
    'SYR.SDF'
    """
    conditions: dict[Condition | None, int] = {None: -1}
    meanings: dict[Meaning, int] = {}
    for meaning in (meaning for some in known.values() for meaning in some):
        meanings.setdefault(meaning, len(meanings))
        for asked in (meaning.must, meaning.decides):
            conditions.setdefault(asked, len(conditions) - 1)
    return Packed(
        tuple(asked for asked in conditions if asked is not None),
        tuple(
            (each.id, each.article, conditions[each.must], conditions[each.decides], each.since, each.until)
            for each in meanings
        ),
        {pattern: tuple(meanings[meaning] for meaning in some) for pattern, some in known.items()},
    )
