"""Weapon systems: what is named, who makes it, and every spelling of designators such as S-400, «إس-400», «اس ٤٠٠».

``arms.csv`` holds one system a row. A form that ends in a number stands for all its spellings: the number behind a
hyphen, a space or neither, Latin letters named in Arabic («إم كيو-9»), further letters behind (Su-30MKI). A short word
that Arabic has too (أن 26, "that 26") counts only with its hyphen, or after a word for a weapon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from types import MappingProxyType

import ahocorasick_rs

from marsad.errors import KnowledgeError
from marsad.knowledge import compiled, files, schema
from marsad.knowledge.context import Condition, condition
from marsad.knowledge.countries import is_arabic
from marsad.knowledge.meanings import (
    COUNTRY_FILES,
    Meaning,
    Packed,
    add,
    conditions,
    flat,
    longest,
    matches,
    narrowed,
    ordered_meanings,
    packed,
    patterns,
)
from marsad.knowledge.schema import Column
from marsad.text import Folded, fold, fold_text
from marsad.types import Name, Span

_FILE = "arms.csv"
#: How the press names Latin letters, folded.
_LETTERS: Mapping[str, tuple[str, ...]] = {
    "A": ("ايه", "اي", "ا"), "B": ("بي",), "C": ("سي",), "D": ("دي",), "E": ("اي",), "F": ("اف",), "G": ("جي",),
    "H": ("اتش", "ايتش"), "I": ("اي",), "J": ("جيه", "جي"), "K": ("كيه", "كي", "كاي"), "L": ("ال",), "M": ("ام",),
    "N": ("ان",), "O": ("او",), "P": ("بي",), "Q": ("كيو",), "R": ("ار",), "S": ("اس",), "T": ("تي",), "U": ("يو",),
    "V": ("في",), "W": ("دبليو",), "X": ("اكس",), "Y": ("واي",), "Z": ("زد", "زي"),
}  # fmt: skip
#: Designators that are the short name of a maker, not letters.
_STEMS: Mapping[str, tuple[str, ...]] = {
    "SU": ("سو", "سوخوي", "سوخوى", "سوخوية"), "MIG": ("ميغ", "ميج", "ميك", "ميق"), "TU": ("تو", "توبوليف"),
    "IL": ("ال", "ايل", "اليوشن", "اليوشين"), "AN": ("ان", "انتونوف"), "KA": ("كا", "كاموف"), "MI": ("مي",),
    "YAK": ("ياك",), "KH": ("خا", "كي اتش", "اكس"), "FAB": ("فاب",), "TOS": ("توس",),
}  # fmt: skip
#: Arabic words that a letter's name is too: that, the, mother, which, or, in, so that.
_WORDS = frozenset({"ان", "ال", "ام", "اي", "او", "في", "كي", "ا", "بي", "كا", "مي", "ايه"})
_DESIGNATOR = re.compile(r"(?P<stem>.*?[^\W\d])[- ]?(?P<number>\d{1,4})(?P<behind>[A-Za-z]{0,3}\d{0,2}[A-Za-z]?)")
_GAPS = ("", " ", "  ", "   ")  # glued, hyphen or space, «سو- 35», «سو - 35»
#: Letters behind the number: glued, or after a hyphen.
_NAMED = "(?:ايه|اي|ام|اس|بي|سي|دي|اف|كي|كيه|في|اتش|ار|ال|يو|سو)"
_BEHIND = re.compile(rf"(?:[A-Za-z]{{1,5}}\d{{0,3}}[A-Za-z]?|{_NAMED}{{1,3}}\d?)(?![^\W_])")
_LETTERED = re.compile(r"(?<=\d)[A-Za-z]{1,3}$")
_HYPHEN = "-–‑"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """A weapon system. ``country`` is that of its maker (ISO 3166 alpha-3; None for several), ``maker`` an actor's id.

    ``category`` is one of air-defence, fighter, bomber, transport-aircraft, helicopter, drone, missile,
    rocket-artillery, artillery, tank, armoured-vehicle, ship, submarine, rifle, launcher, bomb, radar, engine,
    chemical, space.
    """

    id: str
    name: Name
    category: str
    country: str | None = None
    maker: str | None = None


@dataclass(frozen=True, slots=True)
class _Table:
    arms: Mapping[str, Arm]
    forms: Mapping[str, tuple[str, ...]]
    known: Mapping[str, tuple[Meaning, ...]]
    numbered: frozenset[str]  # patterns that end in a number
    heads: frozenset[str]
    head: Condition | None  # that a word for a weapon goes before


def _spelled(stem: str) -> Iterator[str]:
    """A stem in Latin letters, as the press writes it in Arabic."""
    upper = stem.upper()
    if upper in _STEMS:
        yield from map(fold_text, _STEMS[upper])
    elif len(upper) <= 3 and stem.isupper() and all(letter in _LETTERS for letter in upper):
        for names in product(*(_LETTERS[letter] for letter in upper)):
            yield " ".join(names)


def spellings(form: str) -> tuple[str, ...]:
    """The patterns of a form that ends in a number; none for another form.

    >>> [pattern for pattern in spellings("S-400") if "  " not in pattern]
    ['S400', 'S 400', 'اس400', 'اس 400']
    """
    match = _DESIGNATOR.fullmatch(fold_text(form))
    if match is None:
        return ()
    stem, number = flat(match["stem"]).strip(), match["number"]
    stems = [stem, stem.upper(), *_spelled(stem)] if not is_arabic(stem) else [stem]
    return tuple(dict.fromkeys(f"{each}{gap}{number}" for each in stems for gap in _GAPS))


@dataclass(frozen=True, slots=True)
class _Kept:
    """The table as it is kept."""

    arms: dict[str, Arm]
    forms: dict[str, tuple[str, ...]]
    known: Packed
    numbered: frozenset[str]
    heads: frozenset[str]
    head: Condition | None


_COLUMNS = tuple(
    Column(name=name)
    for name in (
        "id", "class", "name_ar", "name_en", "forms_ar", "forms_en", "country", "maker", "conditions", "source",
        "confidence",
    )
)  # fmt: skip


def _build() -> _Kept:
    rows = list(schema.rows(files.read(_FILE), _FILE, _COLUMNS))
    words = [word for row in rows if row["id"] == "@arms" for word in row.forms("forms_ar") + row.forms("forms_en")]
    arms: dict[str, Arm] = {}
    forms: dict[str, tuple[str, ...]] = {}
    known: dict[str, list[Meaning]] = {}
    numbered: set[str] = set()
    for row in rows:
        if row["id"].startswith("@"):
            continue
        if row["id"] in arms:
            raise KnowledgeError(f"two rows have the id {row['id']}", where=row.where, do="give each its own")
        arm = Arm(
            id=row["id"],
            name=Name(row["name_ar"], row["name_en"]),
            category=row["class"],
            country=row["country"] or None,
            maker=row["maker"] or None,
        )
        names = (row["name_ar"], row["name_en"], *row.forms("forms_ar"), *row.forms("forms_en"))
        arms[arm.id], forms[arm.id] = arm, tuple(dict.fromkeys(filter(None, names)))
        asked = conditions(row["conditions"], {"arms": words}, arm.country, row.where) if row["conditions"] else {}
        if unknown := set(asked) - set(forms[arm.id]):
            raise KnowledgeError(f"{arm.id}: a condition on no form: {min(unknown)}", where=row.where, do="add it")
        # Those with a condition first: what is spelled out of A-10 is bound by the condition on A-10.
        for form in sorted(forms[arm.id], key=lambda form: form not in asked):
            meaning = Meaning(arm.id, None, *asked.get(form, (None, None)))
            every = spellings(form)
            numbered.update(every)
            for pattern in every or (pattern for pattern, _ in patterns(form, forms[arm.id])):
                add(known, pattern, meaning, row.where)
    head = condition({"only_after": words}, {}, _FILE)
    ordered = packed({pattern: ordered_meanings(meanings) for pattern, meanings in known.items()})
    heads = frozenset(fold_text(word).lower() for word in words)
    return _Kept(arms, forms, ordered, frozenset(numbered), heads, head)


@cache
def _table() -> _Table:
    made = compiled.table("arms", (files.DATA / _FILE, *COUNTRY_FILES), _build, _Kept)
    return _Table(
        MappingProxyType(made.arms), MappingProxyType(made.forms), made.known.unpacked(), made.numbered, made.heads,
        made.head,
    )  # fmt: skip


def arms() -> Mapping[str, Arm]:
    """The weapon systems by id.

    >>> arms()["RUS.S-400"].maker
    'RUS.ALMAZ-ANTEY'
    """
    return _table().arms


def forms(arm: str) -> tuple[str, ...]:
    """The forms of a system as the file has them; nothing for an id that is not in it."""
    return _table().forms.get(arm, ())


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[tuple[Meaning, ...], bool, bool], ...]]:
    """The automaton, and of each pattern its meanings, whether it ends in a number, and whether its stem is a word."""
    table = _table()
    known = tuple(
        (meanings, pattern in table.numbered, pattern in table.numbered and pattern.rstrip(" 0123456789") in _WORDS)
        for pattern, meanings in table.known.items()
    )
    return ahocorasick_rs.AhoCorasick(list(table.known), store_patterns=False), known


def find(text: str, folded: Folded | None = None) -> list[tuple[Span, str]]:
    """The weapon systems that ``text`` names, leftmost and longest, in its order: the span and the id.

    ``folded`` is ``fold(text)`` where the caller has it. Linear in the length of the text.

    >>> text = "تسلمت تركيا منظومة «إس ٤٠٠» ومقاتلات سو-35"
    >>> [(span.of(text), id) for span, id in find(text)]
    [('إس ٤٠٠', 'RUS.S-400'), ('سو-35', 'RUS.SU-35')]
    """
    folded = folded if folded is not None else fold(text)
    bare = flat(folded.text) + " "
    automaton, known = _automaton()
    found, narrow = [], dict[int, tuple[int, Condition]]()
    for pattern, start, stop, definite, begin in matches(automaton, bare):
        meanings, numbered, word = known[pattern]
        last: int | None = stop - 1  # without the space behind it
        if numbered:
            last = _end(folded.text, stop)
            if last is None or ((word or definite) and not _sure(folded.text, begin, start, stop)):
                continue
        first = start - 2 * definite
        for meaning in meanings:
            surface = partial(_surface, text, folded, first, last or stop)
            asked = [narrowed(each, folded.text, narrow) for each in (meaning.must, meaning.decides) if each]
            if all(each.holds(folded.text, begin, last or stop, surface) for each in asked):
                found.append((first, last or stop, meaning.id))
                break
    return [(folded.span(start, stop), name) for start, stop, name in longest(found)]


def _surface(text: str, folded: Folded, first: int, last: int) -> str:
    return folded.span(first, last).of(text)


def _end(folded: str, stop: int) -> int | None:
    """Where a designator ends whose number ends at ``stop``, with the letters behind it; None inside a longer word."""
    behind = folded[stop : stop + 1]
    if behind and behind in _HYPHEN:
        match = _BEHIND.match(folded, stop + 1)
        return match.end() if match else stop
    if not behind.isalnum():
        return stop
    match = _BEHIND.match(folded, stop)
    return match.end() if match else None


def _sure(folded: str, begin: int, start: int, stop: int) -> bool:
    """Whether a stem that is a word too is a designator: by its hyphen, or by the word before it."""
    if any(hyphen in folded[start:stop] for hyphen in _HYPHEN):
        return True
    head = _table().head
    return head is None or head.holds(folded, begin, stop, lambda: "")


def arm(phrase: str, *, labelled: bool = False) -> Arm | None:
    """The weapon system that ``phrase`` names or holds; one with a number before a family («سوخوي سو-35»).

    With ``labelled`` the phrase is known to name a weapon, and a form that means other things too («إسكندر») counts.

    >>> arm("منظومة الدفاع الجوي إس-400").id, arm("الإسكندر"), arm("الإسكندر", labelled=True).id
    ('RUS.S-400', None, 'RUS.ISKANDER')
    """
    table = _table()
    found = find(phrase)
    if found:
        numbered = [name for span, name in found if any(char.isdigit() for char in span.of(phrase))]
        return table.arms[(numbered or [name for _, name in found])[0]]
    if labelled:
        words = flat(fold_text(phrase[:200])).split()
        for first, last in sorted(product(range(len(words)), range(1, len(words) + 1)), key=lambda at: at[0] - at[1]):
            form = " ".join(words[first:last])
            for each in (form, form.removeprefix("ال"), form.removeprefix("لل"), _LETTERED.sub("", form)):
                if each and (meanings := table.known.get(each) or table.known.get(each + " ")):
                    return table.arms[meanings[0].id]
    return None
