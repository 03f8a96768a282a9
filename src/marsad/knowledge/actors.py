"""Actors that no grammar gives: bodies, armed groups, parties, services, firms, media, and how texts name them.

``actors.csv`` holds one actor a row. A form is found as a whole word, with what Arabic glues to its beginning
(و ف ب ل ك ال); one written with the article there is found with it alone. The cell ``conditions`` says what must stand
around a form that means other things too, in the words of :mod:`~marsad.knowledge.context`::

    FORM: only_after @MED, word & unless_before word | FORM: where @country

``where`` decides among several actors of one name («حزب العدالة والتنمية») by words near it; ``@country`` are the names
and demonyms of the actor's own state, ``@NAME`` the words of the row ``@NAME``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from types import MappingProxyType

import ahocorasick_rs

from marsad.errors import KnowledgeError
from marsad.knowledge import files
from marsad.knowledge.context import ARTICLE, BARE, FAR, Condition, condition, glued
from marsad.knowledge.countries import countries, is_arabic
from marsad.text import Folded, fold, fold_text
from marsad.types import Actor, Kind, Name, Sector, Span

_FILE = "actors.csv"
#: All that is no letter or digit becomes a space, so that F-16 and F 16 are one; + is part of a name (OPEC+).
_EDGES: list[str] = [c if c.isalnum() or c == "+" else " " for c in map(chr, range(0x3040))]
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\S+")
_AL = "ال"
_NISBA = ("يين", "يون", "يه")
#: Heads and tails that are taken off a phrase at most.
_STRIPPED = 3


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


@dataclass(frozen=True, slots=True)
class _Table:
    actors: Mapping[str, Actor]
    forms: Mapping[str, tuple[str, ...]]
    known: Mapping[str, tuple[Meaning, ...]]  # by pattern, those with a condition first
    heads: Mapping[str, frozenset[str]]  # the sectors whose actors a head word goes before, by folded word
    tails: frozenset[str]


@cache
def _table() -> _Table:
    rows = list(files.rows(_FILE))
    lists = {
        row["id"].removeprefix("@"): files.forms(row["forms_ar"]) + files.forms(row["forms_en"])
        for row in rows
        if row["id"].startswith("@")
    }
    actors: dict[str, Actor] = {}
    forms: dict[str, tuple[str, ...]] = {}
    known: dict[str, list[Meaning]] = {}
    for row in rows:
        if row["id"].startswith("@"):
            continue
        actor = _actor(row)
        if actor.id in actors:
            raise KnowledgeError(f"two rows have the id {actor.id}", where=_line(actor.id), do="give each its own")
        names = (row["name_ar"], row["name_en"], *files.forms(row["forms_ar"]), *files.forms(row["forms_en"]))
        actors[actor.id], forms[actor.id] = actor, tuple(dict.fromkeys(filter(None, names)))
        asked = conditions(row["conditions"], lists, actor.country, _FILE) if row["conditions"] else {}
        if unknown := set(asked) - set(forms[actor.id]):
            raise KnowledgeError(f"a condition on no form: {min(unknown)}", where=_line(actor.id), do="add the form")
        for form in sorted(forms[actor.id], key=lambda form: form not in asked):  # those with a condition first
            must, decides = asked.get(form, (None, None))
            for pattern, article in patterns(form, forms[actor.id]):
                add(known, pattern, Meaning(actor.id, article, must, decides, actor.since, actor.until), _FILE)
    ordered = {pattern: ordered_meanings(meanings) for pattern, meanings in known.items()}
    heads: dict[str, set[str]] = {}
    for sector in (*Sector, "any"):
        for word in lists.get(str(sector), ()):
            heads.setdefault(fold_text(word).lower(), set()).add(str(sector))
    return _Table(
        MappingProxyType(actors), MappingProxyType(forms), ordered,
        {word: frozenset(sectors) for word, sectors in heads.items()},
        frozenset(fold_text(word).lower() for word in lists.get("tails", ())),
    )  # fmt: skip


def add(known: dict[str, list[Meaning]], pattern: str, meaning: Meaning, file: str) -> None:
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
                where=_line(meaning.id, file),
                do="set a condition on the form in one of them, or bound the actors by since and until",
            )
    others.append(meaning)


def ordered_meanings(meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
    """Those with a condition first, in the order of the file."""
    return tuple(sorted(meanings, key=lambda each: each.must is None and each.decides is None))


def _line(name: str, file: str = _FILE) -> str:
    """Where in the file the row of an id stands; looked for only when there is something to say about it."""
    for number, line in enumerate(files.read(file).splitlines(), 1):
        if line.startswith(name + ","):
            return f"{file}:{number}"
    return file


def _actor(row: Mapping[str, str]) -> Actor:
    try:
        return Actor(
            id=row["id"],
            name=Name(row["name_ar"], row["name_en"]),
            kind=Kind(row["kind"]),
            country=row["country"] or None,
            sector=Sector(row["sector"]),
            since=date.fromisoformat(row["since"]) if row["since"] else None,
            until=date.fromisoformat(row["until"]) if row["until"] else None,
            wikidata=row["wikidata"] or None,
            links=files.forms(row["links"]),
        )
    except ValueError as error:
        raise KnowledgeError(
            str(error), where=_line(row["id"]), do="use a kind and a sector of types.py, and days like 2015-10-10"
        ) from None


def actors() -> Mapping[str, Actor]:
    """The actors by id.

    >>> actors()["RUS.ROSOBORONEXPORT"].links
    ('part-of:RUS.ROSTEC', 'caatsa231:lsp-020')
    """
    return _table().actors


def forms(actor: str) -> tuple[str, ...]:
    """How texts name the actor of that id, Arabic first; nothing for an id that is not in the table.

    >>> "داعش" in forms("INT.ISIS")
    True
    """
    return _table().forms.get(actor, ())


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[Meaning, ...], ...]]:
    known = _table().known
    return ahocorasick_rs.AhoCorasick(list(known), store_patterns=False), tuple(known.values())


def find(text: str, on: date | None = None, folded: Folded | None = None) -> list[tuple[Span, str]]:
    """The actors that ``text`` names, leftmost and longest, in its order: the span, with its article, and the id.

    ``on`` leaves out those that did not exist on that day; ``folded`` is ``fold(text)`` where the caller has it. A form
    that may be several actors counts only where something decides. Linear in the length of the text.

    >>> text = "قالت «رويترز» إن الحوثيين هاجموا سفينة"
    >>> [(span.of(text), id) for span, id in find(text)]
    [('رويترز', 'GBR.REUTERS'), ('الحوثيين', 'YEM.ANSARALLAH')]
    """
    folded = folded if folded is not None else fold(text)
    automaton, meanings = _automaton()
    found, known = [], dict[int, tuple[int, Condition]]()
    for pattern, start, stop, definite, begin in matches(automaton, flat(folded.text) + " "):
        first = start - 2 * definite
        last = stop - 1  # without the space behind it
        for meaning in meanings[pattern]:
            if meaning.article not in (None, definite) or not meaning.valid(on):
                continue
            surface = partial(_written, folded, first, last)
            asked = [narrowed(each, folded.text, known) for each in (meaning.must, meaning.decides) if each]
            if all(each.holds(folded.text, begin, last, surface) for each in asked):
                found.append((first, last, meaning.id))
                break
    return [(folded.span(start, stop), name) for start, stop, name in longest(found)]


def _written(folded: Folded, first: int, last: int) -> str:
    return folded.span(first, last).of(folded.source)


def named(phrase: str, on: date | None = None, context: str | None = None) -> tuple[Actor, ...]:
    """The actors that ``phrase`` is a name of, by exact folded form, on a day; several where nothing decides.

    What is glued before it, a head («حركة», «وكالة»), a tail («الإرهابي», «للأنباء») and the demonym of the actor's own
    state («حزب الله اللبناني») may stand around the form. Conditions are looked up in ``context`` (a text that holds
    the phrase), else in the phrase.

    >>> [actor.id for actor in named("لحزب الله العراقي")], named("سوخوي"), [a.id for a in named("شركة سوخوي")]
    (['IRQ.KATAIB-HEZBOLLAH'], (), ['RUS.SUKHOI'])
    """
    table = _table()
    folded = fold_text(phrase[:400])
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(flat(folded))][:40]
    text = fold_text(context or "")
    shift = text.find(folded)
    if shift < 0:
        text, shift = folded, 0
    for first in range(min(_STRIPPED, len(words)) + 1):
        before = [word for word, _, _ in words[:first]]
        if first and not (_head(before[-1], table) or _countries(before[-1:])):
            break
        sectors = [table.heads[key] for word in before if (key := _head(word, table))]
        for last in range(len(words), max(first, len(words) - _STRIPPED - 1), -1):
            tail = [word for word, _, _ in words[last:]]
            if tail and tail[0].lower() not in table.tails and not _countries(tail[:1]):
                break
            asked = _countries(before + tail)
            found = [
                each
                for each in _meant(words[first:last], table, on, text, shift)
                if _fits(table.actors[each[0].id], sectors, asked)
            ]
            if chosen := [meaning for meaning, held in found if held] or [meaning for meaning, _ in found]:
                return tuple(table.actors[name] for name in dict.fromkeys(meaning.id for meaning in chosen))
    return ()


def _fits(actor: Actor, sectors: Sequence[frozenset[str]], asked: frozenset[str]) -> bool:
    """Whether the heads go before such an actor, and the demonym is of its state."""
    return (not asked or actor.country in asked) and all("any" in each or str(actor.sector) in each for each in sectors)


def _head(word: str, table: _Table) -> str | None:
    """The head word in ``word``, without what is glued to it; None if it is none."""
    word = word.lower()
    for length in range(min(5, len(word)) + 1):
        if word[length:] in table.heads and (word[:length] in BARE or word[:length] in ARTICLE):
            return word[length:]
    return None


@cache
def _demonyms() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code in countries():
        for word in country_words(code):
            found.setdefault(fold_text(word).removeprefix(_AL), set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


def _countries(words: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*(_demonyms().get(word.removeprefix(_AL), frozenset()) for word in words))


def _meant(
    words: Sequence[tuple[str, int, int]], table: _Table, on: date | None, text: str, shift: int
) -> Iterator[tuple[Meaning, bool]]:
    """What the words mean, and whether something decides for it rather than for another of that name."""
    begin, last = words[0][1] + shift, words[-1][2] + shift
    rest = "".join(f" {word}" for word, _, _ in words[1:])
    for stem, definite in _stems(words[0][0]):
        for meaning in table.known.get(f"{stem}{rest} ", ()):
            # Without conditions the article may be missing in a name of several words or people (حوثيون), or stand.
            free = meaning.must is None and (definite or bool(rest) or stem.endswith(_NISBA))
            if not meaning.valid(on) or not (free or meaning.article in (None, definite)):
                continue
            if meaning.must and not meaning.must.holds(text, begin, last, lambda: text[begin:last]):
                continue
            yield meaning, meaning.decides is None or meaning.decides.holds(text, begin, last, lambda: text[begin:last])


def _stems(word: str) -> Iterator[tuple[str, bool]]:
    """The first word of a form as the table has it, and whether the article stands before it."""
    yield word, False
    for length in range(1, min(5, len(word) - 1) + 1):
        before = word[:length]
        if before in ARTICLE:
            yield word[length:], True
        if before in BARE:
            yield word[length:], False
