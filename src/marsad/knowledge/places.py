"""Places: towns, provinces, straits and sites with their country and where they lie, by the phrase that names one.

``data/towns.csv`` (GeoNames, built by ``tools/build_places.py``) holds towns; ``data/provinces.csv`` provinces,
regions, sites and what mends the towns, with the words that stand around a name in a phrase. A name that several places
bear is decided by the states that the phrase or its surroundings name, else by size, else not at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import islice
from typing import Literal

from marsad.knowledge import SETS, added, compiled, files, gazetteer, kept, named, schema
from marsad.knowledge.countries import countries
from marsad.knowledge.schema import Column
from marsad.text import fold_text
from marsad.types import Name

PlaceKind = Literal["town", "province", "site"]
KINDS: tuple[PlaceKind, ...] = ("town", "province", "site")
TOWNS, PROVINCES = "towns.csv", "provinces.csv"

#: What of a phrase is read, in characters: the name of a place stands near the head.
_LONGEST = 300
#: How many times greater a place must be than another of its name in another state, to be meant where nothing decides.
_MARGIN = 3
#: How many times smaller a place may be, in a state that stands near, than the greatest of its name.
_FAR_SMALLER = 8
#: So many people a place must have to be meant where states are named and it lies in none of them.
_KNOWN_FAR = 20_000
#: What provinces and sites weigh among towns, whose weight is the number of their people; and a town of unknown number.
_WEIGHTS: Mapping[PlaceKind, int] = {"town": 500, "province": 500_000, "site": 100_000}
#: What a town of unknown number weighs that was put in by hand, since the press names it.
_BY_HAND = 60_000
#: A town stands before the province of its name, where it has so many people.
_TOWN_FIRST = 10_000
_GLUE = frozenset("وفبلك")
#: How many words the longest head has, and words that begin one and are none themselves.
_HEAD, _OPENING = 3, frozenset({"port", "coastal", "بالقرب", "اقصي", "شوارع"})
#: Words of a phrase with where they begin and end.
_Words = Sequence[tuple[str, int, int]]
#: Heads that only the name of a place follows.
_SURE = frozenset({"town", "province"})
#: So many people a place must have for its name, though a word, to be read after «مطار», and after what is glued to it.
_CITY, _GLUED = 100_000, 20_000
#: The bodies that a mention's code may be, which lie in no state.
_NOWHERE = frozenset({"IGO", "INT"})
#: The columns of ``provinces.csv``.
COLUMNS = (
    Column(name="id", required=True),
    Column(name="kind", required=True, allowed=frozenset({*KINDS, "words"})),
    Column(name="country", pattern=re.compile("[A-Z]{3}"), words="a code of three letters"),
    *(Column(name=name) for name in ("latitude", "longitude", "name_ar", "name_en", "forms_ar", "forms_en")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A town, a province or region, or a site (a strait, a base, a square).

    ``id`` is that of GeoNames (``geonames:99072``) or ``<ISO3>.<SHORTNAME>``; ``country`` ISO 3166 alpha-3, None where
    it lies in no one state or in which is contested. Degrees north and east, None where not known; ``population`` is 0
    where it is not. ``forms`` are all its names.
    """

    id: str
    name: Name
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    kind: PlaceKind = "town"
    forms: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """How much it counts for among places of its name, in people."""
        by_hand = self.kind == "town" and not self.id.startswith("geonames:")
        return self.population or (_BY_HAND if by_hand else _WEIGHTS[self.kind])


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in a phrase: its bearers, and what its head says."""

    rows: tuple[Place, ...]
    head: str


@dataclass(frozen=True, slots=True)
class Places:
    """All places with their index; what :func:`table` gives, and what a user's rows extend.

    ``listed`` are row numbers by name, ``longest`` how many words the longest name has that begins with a word;
    ``heads`` are the words that stand before a name (or after it, in English) with what they are, ``wary`` the names
    that are words of the language too, with what they ask for: ``head``, ``near`` or ``alone``.
    """

    rows: tuple[Place, ...]
    listed: Mapping[str, tuple[int, ...]] = field(repr=False)
    longest: Mapping[str, int] = field(repr=False)
    heads: Mapping[str, str] = field(repr=False)
    wary: Mapping[str, str] = field(repr=False)

    def place(self, phrase: str, near: Collection[str] = ()) -> Place | None:
        """The place that a phrase names: see :func:`place`."""
        found = self._read(phrase, near)
        around = frozenset(near) - _NOWHERE
        for number, one in enumerate(found):
            doubtful = _doubtful(one.rows)
            if len(one.rows) == 1 and not doubtful:
                return one.rows[0]
            further = [best for other in found[number + 1 :] if (best := _sole(other.rows))]
            inside = frozenset(other.country for other in further if other.country)
            if doubtful:
                inside |= _states(phrase[:_LONGEST])
            if best := _meant(one, inside, around, further):
                return best
        return None

    def places(self, phrase: str) -> tuple[Place, ...]:
        """Every place of the name that a phrase names: see :func:`places`."""
        rows = found[0].rows if (found := self._read(phrase, ())) else ()
        inside = _states(phrase[:_LONGEST]) if rows and _doubtful(rows) else ()
        return tuple(sorted(rows, key=lambda row: (row.country not in inside, -row.weight, row.id)))

    def extended(self, rows: Iterable[Place]) -> Places:
        """A table with ``rows`` too; one with the id of an old one stands in its place."""
        merged = {row.id: row for row in self.rows}
        merged.update((row.id, row) for row in rows)
        return index(tuple(merged.values()), self.heads, self.wary)

    def _read(self, phrase: str, near: Collection[str]) -> list[_Found]:
        """The names in a phrase, in their order."""
        folded = fold_text(phrase[:_LONGEST])
        words = list(_words(folded))
        found: list[_Found] = []
        head, at = "", 0
        while at < len(words):
            stop, name, rows = self._name(words, at, folded)
            headed = self._head(words, at)
            if rows and stop - at >= (headed[0] - at if headed else 1) and head != "named-after":
                asks = self.wary.get(name, "")
                whole = at == 0 and stop == len(words)
                if not asks or self._allowed(asks, head, whole, rows, near, phrase):
                    after = self._head(words, stop) if name.isascii() else None
                    kind = after[1] if after and after[1] in _SURE else head
                    found.append(_Found(rows, kind))
                    head, at = "", stop
                    continue
            at, head = headed or (at + 1, "")
        return found

    def _allowed(
        self, asks: str, head: str, whole: bool, rows: Sequence[Place], near: Collection[str], phrase: str
    ) -> bool:
        """Whether a name that is a word too names a place here."""
        if head in _SURE:
            return True
        if asks == "near":
            return any(row.country in near or row.country in _states(phrase[:_LONGEST]) for row in rows)
        if asks == "alone" and head in ("place", "in"):  # «مطار الرياض»: a city more likely than a word
            return any(row.weight >= _CITY for row in rows)
        return asks == "alone" and (whole or head == "direction")

    def _name(self, words: _Words, at: int, folded: str) -> tuple[int, str, tuple[Place, ...]]:
        """The longest name that begins at a word: the word after it, the name, and its bearers (none: no name)."""
        word, start, _ = words[at]
        if word.isascii() and not folded[start].isupper():
            return at, "", ()  # in Latin letters a name has a capital
        for first in _bare(word):
            for length in range(min(self.longest.get(first, 0), len(words) - at), 0, -1):
                name = " ".join((first, *(word for word, _, _ in words[at + 1 : at + length])))
                if numbers := self.listed.get(name):
                    rows = tuple(self.rows[number] for number in numbers)
                    sure = first == word or length > 1 or first.startswith("ال")
                    if sure or any(row.weight >= _GLUED for row in rows):
                        return at + length, name, rows
            if word in self.heads or word in self.wary:
                break  # a word as it stands is none with something glued to it: «ولاية», «لبنان»
        return at, "", ()

    def _head(self, words: _Words, at: int) -> tuple[int, str] | None:
        """The longest head that begins at a word: the word after it, and what it is."""
        if at >= len(words):
            return None
        for first in _bare(words[at][0]):
            if first in self.heads or first in _OPENING:
                for length in range(min(_HEAD, len(words) - at), 0, -1):
                    name = " ".join((first, *(word for word, _, _ in words[at + 1 : at + length])))
                    if kind := self.heads.get(name):
                        return at + length, kind
        return None


def _bare(word: str) -> Iterator[str]:
    """A word, then without what may be glued to it."""
    yield word
    if word[0] in _GLUE:
        yield from (first for (first,) in islice(named.bare((word,)), 1, None))


def _doubtful(rows: Sequence[Place]) -> bool:
    """Whether it matters to these bearers of a name which states are named beside it."""
    return len({row.country for row in rows}) > 1 or max(row.weight for row in rows) < _KNOWN_FAR


@lru_cache(1 << 8)
def _states(phrase: str) -> frozenset[str]:
    """The states that a phrase names by their names and demonyms."""
    hits = gazetteer.find(phrase)
    return frozenset(hit.code for hit in hits if hit.kind in ("name", "demonym", "body")) - _NOWHERE


def _sole(rows: Sequence[Place]) -> Place | None:
    """The greatest bearer of a name, where all lie in one state or it is far greater than those elsewhere."""
    best = max(rows, key=lambda row: row.weight)
    rest = max((row.weight for row in rows if row.country != best.country), default=0)
    return best if best.weight >= _MARGIN * rest else None


def _meant(one: _Found, inside: Collection[str], near: Collection[str], further: Sequence[Place]) -> Place | None:
    """Which bearer of a name is meant: one in a state of the phrase, in one nearby, the far greatest; else None."""
    rows = one.rows
    most = max(row.weight for row in rows)
    for told, least in ((inside, 0), (near, most // _FAR_SMALLER)):
        here = tuple(row for row in rows if row.country in told and row.weight >= least)
        if here:
            rows = here
            break
    else:
        if inside or near:  # another state is named: a small place elsewhere is hardly meant
            rows = tuple(row for row in rows if row.weight >= _KNOWN_FAR or row.country is None)
    of_kind = tuple(row for row in rows if row.kind == one.head)
    if of_kind and max(row.weight for row in of_kind) * _FAR_SMALLER < most:
        of_kind = ()  # «مدينة جربة» is no hamlet elsewhere, but the island
    sole = _sole(of_kind or rows) if rows else None
    same = [row for row in rows if sole and row.country == sole.country]
    return min(same, key=lambda row: _order(row, one.head, further), default=None)


def _order(row: Place, head: str, further: Sequence[Place]) -> tuple[bool, bool, float, int, str]:
    """The order of bearers of a name in one state: the kind said, the nearest to what else is named, the greater."""
    small = row.kind != "town" or row.weight < _TOWN_FIRST
    return row.kind != head, small, _far(row, further), -row.weight, row.id


def _far(row: Place, others: Sequence[Place]) -> float:
    """How far a place lies from the nearest of ``others``, in degrees rounded to half of one; 0 without any."""
    if row.latitude is None or row.longitude is None:
        return 0.0
    known = [(one.latitude, one.longitude) for one in others if one.latitude is not None and one.longitude is not None]
    ways = [abs(row.latitude - north) + abs(row.longitude - east) for north, east in known]
    return round(2 * min(ways, default=0.0)) / 2


# ---------------------------------------------------------------- names as they are looked up

#: What the transliterations of Arabic names write in more than one way.
_SPELLINGS = (
    (re.compile(r"([^r])\1"), r"\1"),  # double letters, as in Fallujah; Samarra is not Samara
    (re.compile("^(?:dayr|dair)$"), "deir"),
    (re.compile("^(?:bayt|bait|beyt)$"), "beit"),
    (re.compile("(?<=.)ah$"), "a"),
    (re.compile("ou|oo"), "u"),
)
#: The article before a letter of the sun (Ash Shatrah).
_SUN = frozenset({"ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az", "ed", "en", "er", "es", "et", "ez"})


@lru_cache(1 << 12)
def _latin(word: str) -> str:
    for pattern, to in _SPELLINGS:
        word = pattern.sub(to, word)
    return word


def _words(folded: str) -> Iterator[tuple[str, int, int]]:
    """The words of a folded text as places are looked up by, with where they begin and end."""
    held: tuple[str, int, int] | None = None
    for word, start, stop in named.words(folded):
        if held and not word.startswith(held[0][1]):
            yield held
        held = None
        if not word.isascii():
            yield word, start, stop
        elif word in _SUN:
            held = word, start, stop
        else:
            yield (_latin(word) if len(word) > 3 else word), start, stop
    if held:
        yield held


def key(name: str) -> tuple[str, ...]:
    """The words by which the name of a place is looked up.

    >>> key("Ash Shaţrah") == key("al-Shatra"), key("أبو الخصيب")
    (True, ('ابوالخصيب',))
    """
    return tuple(word for word, _, _ in _words(fold_text(name)))


def index(rows: Sequence[Place], heads: Mapping[str, str], wary: Mapping[str, str]) -> Places:
    """The table of ``rows``: what looks names up is made here."""
    listed: defaultdict[str, list[int]] = defaultdict(list)
    longest: dict[str, int] = {}
    for number, row in enumerate(rows):
        for called in dict.fromkeys(key(form) for form in row.forms or (row.name.ar, row.name.en)):
            if called and " ".join(called) not in heads:
                listed[" ".join(called)].append(number)
                longest[called[0]] = max(longest.get(called[0], 0), len(called))
    made = {name: tuple(numbers) for name, numbers in listed.items()}
    return Places(tuple(rows), made, longest, heads, wary)


def _build() -> Places:
    towns: dict[str, Place] = {}
    for cells in files.rows(TOWNS):
        town = f"geonames:{cells['geonameid']}"
        towns[town] = _place(town, cells, "town", files.forms(cells["forms_ar"]), int(cells["population"]))
    heads: dict[str, str] = {}
    states = {" ".join(key(form)): "head" for one in countries().values() for form in (*one.names, *one.demonyms)}
    wary: dict[str, str] = {}
    for line in schema.rows(files.read(PROVINCES), PROVINCES, COLUMNS):
        given = line.forms("forms_ar") + line.forms("forms_en")
        if line["kind"] == "words":
            what = line["id"].removeprefix("@")
            (wary if what in ("head", "near", "alone") else heads).update((" ".join(key(form)), what) for form in given)
            continue
        row = _place(line["id"], line, line["kind"], given)
        for form in row.forms:
            states.pop(" ".join(key(form)), None)  # of what else is called as a state is, a head must say so
        if row.id in towns:
            old = towns[row.id]
            gone = {fold_text(form[1:]) for form in given if form.startswith("-")}
            forms = dict.fromkeys(form for form in (*row.forms, *old.forms) if form[0] != "-")
            kept_forms = tuple(form for form in forms if fold_text(form) not in gone)
            row = replace(old, name=row.name, country=row.country, forms=kept_forms)
        elif row.id.startswith("geonames:"):
            raise line.fault("id", f"{row.id} is not in {TOWNS}", "give it an id of its own")
        towns[row.id] = row
    return index(tuple(towns.values()), heads, states | wary)


def _place(name: str, cells: Mapping[str, str] | schema.Row, kind: str, forms: Iterable[str], people: int = 0) -> Place:
    """The place that a row of either file says; ``name`` is its id."""
    return Place(
        id=name,
        name=Name(cells["name_ar"], cells["name_en"]),
        country=cells["country"] or None,
        latitude=float(cells["latitude"]),
        longitude=float(cells["longitude"]),
        population=people,
        kind=kind,  # type: ignore[arg-type]  # one of the column's values
        forms=tuple(dict.fromkeys(form for form in (cells["name_ar"], cells["name_en"], *forms) if form)),
    )


@kept(SETS)
def table() -> Places:
    """The places, with those of the folders in use, and their index."""
    mine = added()
    return _own().extended(mine.places) if mine and mine.places else _own()


@cache
def _own() -> Places:
    """The places that come with Marsad; read once."""
    return compiled.table("places", (files.DATA / TOWNS, files.DATA / PROVINCES), _build, Places)


def place(phrase: str, near: Collection[str] = ()) -> Place | None:
    """The place that a phrase names, in Arabic or English; None where it names none, or nothing says which.

    ``near`` are the states (ISO 3166 alpha-3) that the sentence or article names. Of several places of one name those
    in a state of the phrase come first («مدينة طرابلس اللبنانية»), then those in ``near``, then the far greatest. The
    first name in the phrase that can be decided is taken, so that of «بلدة صغيرة في ريف إدلب» Idlib is left.

    >>> place("شمال مدينة الموصل").name.en, place("the city of Homs").country
    ('Mosul', 'SYR')
    >>> place("طرابلس").country, place("طرابلس", near={"LBN"}).country, place("مؤتمر صحفي")
    ('LBY', 'LBN', None)
    """
    return table().place(phrase, near)


def places(phrase: str) -> tuple[Place, ...]:
    """Every place of the (first) name in a phrase, the likeliest first; empty where there is none.

    >>> {found.country for found in places("طرابلس")} >= {"LBN", "LBY"}
    True
    """
    return table().places(phrase)
