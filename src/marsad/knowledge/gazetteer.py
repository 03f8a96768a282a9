"""Finds the names of states in text: names, demonyms, capitals and palaces, bodies of states, in both languages.

The forms of :mod:`~marsad.knowledge.countries` are searched all at once in the folded text; then the edges of each
match are looked at. To the left Arabic may glue و ف ب ل ك and the article, to the right a demonym takes its endings
(عراقي، عراقية، عراقيون، عراقيتين …). A form written with the article in the data (الأردن) is found with it alone, so
that أردنا, "we wanted", is no Jordan. English forms are found as written or in capitals: Turkey and TURKEY, not
turkey; US, not us. What a form means in doubt stands in ``ambiguous.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import ahocorasick_rs

from marsad.errors import KnowledgeError
from marsad.knowledge import files
from marsad.knowledge.context import ARTICLE, Condition, condition, glued
from marsad.knowledge.countries import FormKind, countries, is_arabic
from marsad.text import Folded, fold, fold_text
from marsad.types import Span

# The endings of a demonym: feminine ه, plural ين ون ات (و before a genitive), dual ان تين تان, adverb or object ا.
_NISBA = frozenset({"", "ه", "ين", "ون", "ات", "و", "ان", "تين", "تان", "ا"})
_PLAIN = frozenset({""})
_ENGLISH = frozenset({"", "s"})
_ENDING = 3
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = "\n\t\r"


@dataclass(frozen=True, slots=True)
class Hit:
    """A form of a state or body in a text.

    ``span`` holds the word with its article and ending, without what is glued before it («وبالعراق» gives «العراق»;
    «للعراق» stays whole). ``code`` is what a mention carries (``Country.country``), ``entry`` the entry's own code.
    """

    span: Span
    code: str
    kind: FormKind
    entry: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a form can mean. ``article`` is True where the form needs it, False where it forbids it."""

    entry: str
    code: str
    kind: FormKind
    article: bool | None
    endings: frozenset[str]
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The automaton over all patterns, and what each pattern can mean.

    ``rules`` are conditions on every form of a kind, with or without the article, with or without an ending.
    """

    automaton: ahocorasick_rs.AhoCorasick
    readings: tuple[tuple[Reading, ...], ...]
    rules: Mapping[tuple[FormKind, bool, bool], tuple[Condition, ...]]


@cache
def table() -> Table:
    """The table of every form, built once a process (some tens of milliseconds)."""
    found: dict[str, list[Reading]] = {}
    for entry in countries().values():
        for kind, form in entry.forms():
            for pattern, article in _patterns(form, kind):
                reading = Reading(entry.code, entry.country, kind, article, _endings(form, kind))
                known = found.setdefault(pattern, [])
                if not any(other.article is article and other.code == reading.code for other in known):
                    known.append(reading)
    given = files.document("ambiguous.yaml")
    found |= _ambiguous(given)
    rules: dict[tuple[FormKind, bool, bool], tuple[Condition, ...]] = {}
    for rule in given["rules"]:
        if made := condition(rule, given["lists"], "ambiguous.yaml: rules"):
            key = (rule["kind"], rule["article"], rule["ending"])
            rules[key] = (*rules.get(key, ()), made)
    automaton = ahocorasick_rs.AhoCorasick(list(found), store_patterns=False)
    return Table(automaton, tuple(map(tuple, found.values())), rules)


def _patterns(form: str, kind: FormKind) -> Iterator[tuple[str, bool | None]]:
    """What to search for ``form``, and what article it takes: True needs it, False forbids it, None takes either."""
    if not is_arabic(form):
        for written in dict.fromkeys((form, form.upper())):
            yield fold_text(written), None
    elif kind == "demonym":
        yield fold_text(form.removeprefix("ال")), None
    else:
        yield fold_text(form.removeprefix("ال")), form.startswith("ال")


def _endings(form: str, kind: FormKind) -> frozenset[str]:
    if kind != "demonym":
        return _PLAIN
    if not is_arabic(form):
        return _ENGLISH
    return _NISBA if form.endswith("ي") else _PLAIN


def _ambiguous(given: Any) -> dict[str, list[Reading]]:
    """The readings of ``ambiguous.yaml`` by pattern. They are all that their forms can mean."""
    found: dict[str, list[Reading]] = {}
    for number, item in enumerate(given["forms"], 1):
        where = f"ambiguous.yaml: forms, entry {number}"
        for form in item["forms"]:
            for pattern, _ in _patterns(form, "name"):
                found.setdefault(pattern, [])
            for reading in item["readings"]:
                entry, kind = countries().get(reading["entry"]), reading["kind"]
                if entry is None:
                    raise KnowledgeError(f"no entry {reading['entry']!r}", where=where, do="use a code of bodies.csv")
                asked = condition(reading, given["lists"], where)
                for pattern, article in _patterns(form, kind):
                    found[pattern].append(
                        Reading(entry.code, entry.country, kind, article, _endings(form, kind), asked)
                    )
    return found


def find(text: str, folded: Folded | None = None, *, places: bool = False) -> list[Hit]:
    """Every form of a state or body in ``text``, leftmost and longest, in the order of the text.

    ``folded`` is ``fold(text)`` where the caller has it already. With ``places``, towns and regions are found too,
    as hits of kind ``place``. Linear in the length of the text.

    >>> [(hit.span.of("زار الوزير الروسي بغداد"), hit.code) for hit in find("زار الوزير الروسي بغداد")]
    [('الروسي', 'RUS'), ('بغداد', 'IRQ')]
    """
    folded = folded if folded is not None else fold(text)
    hits: list[Hit] = []
    end = 0
    # The longest first; of the same length that without an ending: روسيا is the name, not روسي with an ا.
    found = sorted(_candidates(text, folded, places), key=lambda each: (each[0], -each[1], each[2]))
    for start, stop, _, reading in found:
        if start >= end:
            hits.append(Hit(folded.span(start, stop), reading.code, reading.kind, reading.entry))
            end = stop
    return hits


def _candidates(text: str, folded: Folded, places: bool) -> Iterator[tuple[int, int, int, Reading]]:
    """Start and stop in the folded text, length of the ending, and reading, of every form that stands as a word."""
    known = table()
    flat = folded.text
    for blank in _BLANKS:
        flat = flat.replace(blank, " ")
    if not flat.isprintable():  # the automaton reads UTF-8, which has no lone surrogates
        flat = _SURROGATE.sub("\ufffd", flat)
    for pattern, start, stop in known.automaton.find_matches_as_indexes(flat, overlapping=True):
        before, ending = glued(flat, start), _ending(flat, stop)
        if before is None or ending is None:
            continue
        definite = before in ARTICLE
        first, last = start - 2 * definite, stop + len(ending)  # ال, or لل, which stays whole
        for reading in known.readings[pattern]:
            if ending not in reading.endings or reading.article not in (None, definite):
                continue
            if reading.kind == "place" and not places:
                continue
            asked = known.rules.get((reading.kind, definite, bool(ending)), ())
            if reading.condition:
                asked = (reading.condition, *asked)
            surface = partial(_surface, text, folded, first, last)
            if all(each.holds(folded.text, start - len(before), last, surface) for each in asked):
                yield first, last, len(ending), reading
                break


def _surface(text: str, folded: Folded, first: int, last: int) -> str:
    return folded.span(first, last).of(text)


def _ending(flat: str, stop: int) -> str | None:
    """The letters of the word after ``stop``: None if there are more than an ending has."""
    letters = flat[stop : stop + _ENDING + 1]
    for length, letter in enumerate(letters):
        if not letter.isalnum():
            return letters[:length]
    return None if len(letters) > _ENDING else letters
