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
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial
from types import MappingProxyType

import ahocorasick_rs

from marsad.errors import KnowledgeError
from marsad.knowledge import SETS, added, compiled, files, kept, schema
from marsad.knowledge.context import ARTICLE, BARE, Condition
from marsad.knowledge.countries import countries
from marsad.knowledge.meanings import (
    COUNTRY_FILES,
    Meaning,
    Packed,
    add,
    conditions,
    country_words,
    flat,
    longest,
    matches,
    narrowed,
    ordered_meanings,
    packed,
    patterns,
)
from marsad.knowledge.schema import Column, Row
from marsad.text import Folded, fold, fold_text
from marsad.types import Actor, Kind, Name, Sector, Span

_FILE = "actors.csv"
_WORD = re.compile(r"\S+")
_AL = "ال"
_NISBA = ("يين", "يون", "يه")
#: Heads and tails that are taken off a phrase at most.
_STRIPPED = 3
#: The columns of the file. Those of a user's, with what may stand in them, are in :mod:`marsad.knowledge.folders`.
COLUMNS = tuple(
    Column(name=name)
    for name in (
        "id", "kind", "name_ar", "name_en", "forms_ar", "forms_en", "country", "sector", "since", "until", "wikidata",
        "links", "conditions", "source", "confidence",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor with every form by which it is called, and ``where`` (``file:line``) it is said.

    ``conditions`` is the cell of that name.
    """

    actor: Actor
    forms: tuple[str, ...]
    where: str
    conditions: str = ""


def entry(row: Row) -> NamedActor:
    """A row of ``actors.csv``, or of a user's."""
    try:
        actor = Actor(
            id=row["id"],
            name=Name(row["name_ar"], row["name_en"]),
            kind=Kind(row["kind"]),
            country=row["country"] or None,
            sector=Sector(row["sector"]) if row["sector"] else None,
            since=row.first("since"),
            until=row.last("until"),
            wikidata=row["wikidata"] or None,
            links=row.forms("links"),
        )
    except ValueError as error:
        raise KnowledgeError(
            str(error), where=row.where, do="use a kind and a sector of marsad.types, and days like 2015-10-10"
        ) from None
    names = (actor.name.ar, actor.name.en, *row.forms("forms_ar"), *row.forms("forms_en"))
    return NamedActor(actor, tuple(dict.fromkeys(filter(None, names))), row.where, row["conditions"])


@dataclass(frozen=True, slots=True)
class Table:
    """Actors with what looks them up; what :func:`table` gives, and what a user's rows extend.

    ``known`` are meanings by pattern, those with a condition first; ``heads`` the sectors whose actors a head word goes
    before, by folded word; ``lists`` the words of the rows ``@NAME``.
    """

    actors: Mapping[str, Actor]
    forms: Mapping[str, tuple[str, ...]]
    known: Mapping[str, tuple[Meaning, ...]]
    heads: Mapping[str, frozenset[str]]
    tails: frozenset[str]
    lists: Mapping[str, tuple[str, ...]]

    def extended(self, entries: Iterable[NamedActor]) -> Table:
        """A table with ``entries`` too; one of the same id stands in place of the old.

        Raises :class:`~marsad.errors.KnowledgeError` for a condition that cannot be read, and where a name means two
        actors on one day and nothing decides.
        """
        mine = {each.actor.id: each for each in entries}
        actors, forms = dict(self.actors), dict(self.forms)
        known = {pattern: [each for each in some if each.id not in mine] for pattern, some in self.known.items()}
        for name, each in mine.items():
            actors[name], forms[name] = each.actor, each.forms
            _put(known, each, self.lists)
        ordered = {pattern: ordered_meanings(some) for pattern, some in known.items() if some}
        return Table(MappingProxyType(actors), MappingProxyType(forms), ordered, self.heads, self.tails, self.lists)


def _put(known: dict[str, list[Meaning]], each: NamedActor, lists: Mapping[str, Sequence[str]]) -> None:
    """Put the forms of an actor to their patterns."""
    actor = each.actor
    asked = conditions(each.conditions, lists, actor.country, each.where) if each.conditions else {}
    if unknown := set(asked) - set(each.forms):
        raise KnowledgeError(f"a condition on no form: {min(unknown)}", where=each.where, do="add the form")
    for form in sorted(each.forms, key=lambda form: form not in asked):  # those with a condition first
        must, decides = asked.get(form, (None, None))
        for pattern, article in patterns(form, each.forms):
            add(known, pattern, Meaning(actor.id, article, must, decides, actor.since, actor.until), each.where)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The table as it is kept."""

    actors: dict[str, Actor]
    forms: dict[str, tuple[str, ...]]
    known: Packed
    heads: dict[str, frozenset[str]]
    tails: frozenset[str]
    lists: dict[str, tuple[str, ...]]


def _build() -> _Kept:
    rows = list(schema.rows(files.read(_FILE), _FILE, COLUMNS))
    lists = {
        row["id"].removeprefix("@"): row.forms("forms_ar") + row.forms("forms_en")
        for row in rows
        if row["id"].startswith("@")
    }
    actors: dict[str, Actor] = {}
    forms: dict[str, tuple[str, ...]] = {}
    known: dict[str, list[Meaning]] = {}
    for each in built_in(rows):
        name = each.actor.id
        if name in actors:
            raise KnowledgeError(f"two rows have the id {name}", where=each.where, do="give each its own")
        actors[name], forms[name] = each.actor, each.forms
        _put(known, each, lists)
    heads: dict[str, list[str]] = {}
    for sector in (*Sector, "any"):
        for word in lists.get(str(sector), ()):
            heads.setdefault(fold_text(word).lower(), []).append(str(sector))
    return _Kept(
        actors, forms, packed({pattern: ordered_meanings(some) for pattern, some in known.items()}),
        {word: frozenset(sectors) for word, sectors in heads.items()},
        frozenset(fold_text(word).lower() for word in lists.get("tails", ())), lists,
    )  # fmt: skip


def built_in(rows: Iterable[Row] | None = None) -> Iterator[NamedActor]:
    """The actors that come with Marsad, with the lines where they stand: read anew, for what is not looked up."""
    for row in schema.rows(files.read(_FILE), _FILE, COLUMNS) if rows is None else rows:
        if not row["id"].startswith("@"):  # those are lists of words
            yield entry(row)


@cache
def _own() -> Table:
    """The table of the file."""
    made = compiled.table("actors", (files.DATA / _FILE, *COUNTRY_FILES), _build, _Kept)
    return Table(
        MappingProxyType(made.actors), MappingProxyType(made.forms), made.known.unpacked(), made.heads, made.tails,
        made.lists,
    )  # fmt: skip


@kept(SETS)
def table() -> Table:
    """The actors, with those of the folders in use."""
    mine = added()
    return _own().extended(mine.actors) if mine and mine.actors else _own()


def actors() -> Mapping[str, Actor]:
    """The actors by id.

    >>> actors()["RUS.ROSOBORONEXPORT"].links
    ('part-of:RUS.ROSTEC', 'caatsa231:lsp-020')
    """
    return table().actors


def forms(actor: str) -> tuple[str, ...]:
    """How texts name the actor of that id, Arabic first; nothing for an id that is not in the table.

    >>> "داعش" in forms("INT.ISIS")
    True
    """
    return table().forms.get(actor, ())


@kept(SETS)
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[Meaning, ...], ...]]:
    known = table().known
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
    own = table()
    folded = fold_text(phrase[:400])
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(flat(folded))][:40]
    text = _context(context) if context else ""
    shift = text.find(folded)
    if shift < 0:
        text, shift = folded, 0
    for first in range(min(_STRIPPED, len(words)) + 1):
        before = [word for word, _, _ in words[:first]]
        if first and not (_head(before[-1], own) or _countries(before[-1:])):
            break
        sectors = [own.heads[key] for word in before if (key := _head(word, own))]
        for last in range(len(words), max(first, len(words) - _STRIPPED - 1), -1):
            tail = [word for word, _, _ in words[last:]]
            if tail and tail[0].lower() not in own.tails and not _countries(tail[:1]):
                break
            asked = _countries(before + tail)
            found = [
                each
                for each in _meant(words[first:last], own, on, text, shift)
                if _fits(own.actors[each[0].id], sectors, asked)
            ]
            if chosen := [meaning for meaning, held in found if held] or [meaning for meaning, _ in found]:
                return tuple(own.actors[name] for name in dict.fromkeys(meaning.id for meaning in chosen))
    return ()


# The phrases of a sentence come one after the other.
_context = lru_cache(64)(fold_text)


def _fits(actor: Actor, sectors: Sequence[frozenset[str]], asked: frozenset[str]) -> bool:
    """Whether the heads go before such an actor, and the demonym is of its state."""
    return (not asked or actor.country in asked) and all("any" in each or str(actor.sector) in each for each in sectors)


def _head(word: str, own: Table) -> str | None:
    """The head word in ``word``, without what is glued to it; None if it is none."""
    word = word.lower()
    for length in range(min(5, len(word)) + 1):
        if word[length:] in own.heads and (word[:length] in BARE or word[:length] in ARTICLE):
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
    words: Sequence[tuple[str, int, int]], own: Table, on: date | None, text: str, shift: int
) -> Iterator[tuple[Meaning, bool]]:
    """What the words mean, and whether something decides for it rather than for another of that name."""
    begin, last = words[0][1] + shift, words[-1][2] + shift
    rest = "".join(f" {word}" for word, _, _ in words[1:])
    for stem, definite in _stems(words[0][0]):
        for meaning in own.known.get(f"{stem}{rest} ", ()):
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
