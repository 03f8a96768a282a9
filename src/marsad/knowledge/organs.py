"""The vocabulary of offices, organs of states and generic actors, from ``organs.yaml``.

Bodies and offices are made, not listed: «وزارة», «وزير» and every portfolio, organs, the words before them
(spokesman, deputy, envoy), marks (former, acting). :func:`terms` gives them as :class:`Phrases`, a table that is read
word by word, whatever article, clitic or possessive ending a word bears.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from typing import Any, Generic, Literal, TypeVar

from marsad.errors import KnowledgeError
from marsad.knowledge import compiled, files
from marsad.text import fold_text
from marsad.types import Name, Sector

#: What a term is: a body, the office of its head or its people, a body or office of one state (``fixed``), a word
#: before either, an adjective of a sector, a mark, a word that changes nothing, one that points to a state or to
#: several, one that heads phrases that name no actor.
Kind = Literal[
    "organ", "office", "prefix", "adjective", "mark", "noise", "counting", "bloc", "pointer", "plural", "nothing"
]
T = TypeVar("T")

NO_NAME = Name()
_WORD = re.compile(r"[^\W_]+")
# What may be glued before the article; ال itself; لل for ل and ال.
_ARTICLES = ("وبال", "وكال", "فبال", "ولل", "فلل", "بال", "كال", "وال", "فال", "لل", "ال")
_CLITICS = "وفبلك"
# His, her, their, our, my: after ت they hide a ه (حكومته), else they only follow (جيشها).
_OWN = ("هما", "ها", "هم", "نا", "ه", "ي")
#: Where a phrase ends in the table: a key that is no word.
_END = " "


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or phrase of the vocabulary.

    ``key`` is the organ (``GOV.MFA``), the word before one (``SPOKESPERSON``) or the mark (``former``). ``actor`` is
    the whole id where the term names one body of one state, with ``default`` where another state in the phrase goes
    before. ``head`` is the name of the office at the organ's head, ``deputy`` the role of its deputy.
    """

    kind: Kind
    key: str = ""
    sector: Sector | None = None
    role: str | None = None
    deputy: str | None = None
    actor: str | None = None
    default: bool = False
    name: Name = NO_NAME
    head: Name = NO_NAME


@dataclass(slots=True)
class Phrases(Generic[T]):
    """Phrases to values, found word by word: ``table`` is a tree of words, its leaves numbers of ``values``.

    >>> offices = Phrases[str]()
    >>> offices.add("وزير الخارجية", "FOREIGN")
    >>> offices.longest([variants(word) for word in words("ووزير خارجيتها الجديد")], 0)
    ('FOREIGN', 2)
    """

    table: dict[str, Any] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)

    def add(self, form: str, value: T, *, keep: bool = True) -> None:
        """Let ``form`` mean ``value``; with ``keep``, what it means already stays."""
        node = self.table
        for word in words(form):
            node = node.setdefault(_key(word), {})
        if node is not self.table and not (keep and _END in node):
            if not self.values or self.values[-1] is not value:  # the forms of one value come one after the other
                self.values.append(value)
            node[_END] = len(self.values) - 1

    def get(self, form: str) -> T | None:
        """What exactly this form means."""
        node: Any = self.table
        for word in words(form):
            node = node.get(_key(word))
            if node is None:
                return None
        number: int | None = node.get(_END)
        return None if number is None else self.values[number]

    def longest(
        self, given: Sequence[tuple[str, ...]], start: int, over: Mapping[int, int] | None = None
    ) -> tuple[T, int] | None:
        """The value of the longest phrase that begins with the word ``start``, and the word after it.

        ``given`` are the variants of each word; ``over`` says of words that may stand inside a phrase without being
        of it, where the next begins (the demonym in «وزير الدولة الإماراتي للشؤون الخارجية»).
        """
        best: tuple[int, int] | None = None
        nodes = [(self.table, start, False)]
        while nodes:
            node, at, skipped = nodes.pop()
            if not skipped and _END in node and (best is None or at > best[1]):
                best = node[_END], at
            if at >= len(given):
                continue
            if over and at in over and at > start:
                nodes.append((node, over[at], True))
            nodes.extend((node[each], at + 1, False) for each in reversed(given[at]) if each in node)
        return best and (self.values[best[0]], best[1])


def words(text: str) -> list[str]:
    """The folded words of ``text`` in small letters, without marks.

    >>> words("«الخارجية» U.S.-led")
    ['الخارجيه', 'u', 's', 'led']
    """
    return _WORD.findall(fold_text(text).lower())


@lru_cache(1 << 16)
def bare(word: str) -> str:
    """A folded word without the article and what is glued before it.

    >>> bare("والخارجيه"), bare("للخارجيه"), bare("خارجيه")
    ('خارجيه', 'خارجيه', 'خارجيه')
    """
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + 2:
            return word[len(article) :]
    return word


def _key(word: str) -> str:
    """What a word of the vocabulary is found by; an adverb (بالوكالة) is no بال and noun."""
    return word if word.startswith("بال") else bare(word)


@lru_cache(1 << 16)
def variants(word: str) -> tuple[str, ...]:
    """What a folded word may be in the vocabulary, the likeliest first: without clitics, possessives and inflection.

    >>> [form in variants("ومواطنيها") for form in ("مواطنين", "مواطني")]
    [True, True]
    """
    if word.isascii():
        return (word, word[:-1]) if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else (word,)
    found = [word, bare(word)] if word.startswith("بال") else [bare(word)]
    if word.startswith("لل"):
        found.append("ل" + word[2:])  # للجنة: the noun's own ل
    if found[-1].startswith("ال"):
        found.append(bare(found[-1]))  # الآلاف: the vocabulary has lost the noun's own ال
    if len(word) > 3 and word[0] in _CLITICS:
        found.append(bare(word[1:]))
        if word[0] == "و" and len(word) > 4 and word[1] in "بلك":
            found.append(bare(word[2:]))
    for each in tuple(found):
        for own in _OWN:
            if each.endswith(own) and len(each) - len(own) >= 2:
                rest = each[: -len(own)]
                found += [rest[:-1] + "ه", rest] if rest[-1] == "ت" else [rest]
                break
    for each in tuple(found):
        if len(each) > 3:
            found += _inflected(each)
    return tuple(dict.fromkeys(found))


def _inflected(word: str) -> Iterator[str]:
    """The forms that a word may be an inflection of: construct plurals, duals, accusatives, feminine plurals."""
    if word[-1] in "يو":
        yield word + "ن"  # مواطني, مواطنو
    if word[-1] == "ا":
        yield word[:-1]  # رجلا
    for ending, instead in (("تين", "ه"), ("تان", "ه"), ("ين", ""), ("ان", ""), ("ون", ""), ("ات", "ه")):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            yield word[: -len(ending)] + instead
            return


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The vocabulary as it is kept: its phrases, and the term of each organ."""

    phrases: Phrases[Term]
    organs: dict[str, Term]


def _build() -> _Vocabulary:
    phrases: Phrases[Term] = Phrases()
    organs: dict[str, Term] = {}
    for forms, term in _all(files.document("organs.yaml")):
        for form in forms:
            phrases.add(form, term)
        if term.kind in ("organ", "office") and not term.actor:
            organs.setdefault(term.key, term)
    return _Vocabulary(phrases, organs)


@cache
def _vocabulary() -> _Vocabulary:
    return compiled.table("organs", (files.DATA / "organs.yaml",), _build, _Vocabulary)


def terms() -> Phrases[Term]:
    """The vocabulary, read once.

    >>> terms().get("وزارة الدفاع").key, terms().get("spokesman").key
    ('GOV.MOD', 'SPOKESPERSON')

    Raises :class:`~marsad.errors.KnowledgeError` where an entry of the file lacks a key or names an unknown sector.
    """
    return _vocabulary().phrases


def organs() -> Mapping[str, Term]:
    """The term of each organ by its key.

    >>> organs()["GOV.MFA"].role, organs()["LEG"].name.en
    ('FOREIGN', 'parliament')
    """
    return _vocabulary().organs


def _all(given: Any) -> Iterator[tuple[Iterable[str], Term]]:
    """Forms and term of every entry, those that go before others first."""
    portfolio = partial(_portfolio, given)
    parts: tuple[tuple[str, Any], ...] = (
        ("fixed", _fixed), ("portfolios", portfolio), ("organs", _organs), ("prefixes", _prefixes),
    )  # fmt: skip
    for section, made in parts:
        for number, item in enumerate(given[section], 1):
            yield from _Fault(section, number)(made, item)
    for sector, forms in given["adjectives"].items():
        yield forms, Term(kind="adjective", key=sector, sector=Sector(sector))
    for mark, forms in given["marks"].items():
        yield forms, Term(kind="mark", key=mark)
    for bloc, forms in given["blocs"].items():
        yield forms, Term(kind="bloc", key=bloc)
    singles: tuple[tuple[str, Kind], ...] = (
        ("plural", "plural"), ("pointers", "pointer"), ("nothing", "nothing"), ("counting", "counting"),
        ("noise", "noise"),
    )  # fmt: skip
    for section, kind in singles:
        yield given[section], Term(kind=kind, key=section)


@dataclass(frozen=True, slots=True)
class _Fault:
    """Calls a maker, and says of which entry what is wrong with it."""

    section: str
    number: int

    def __call__(self, made: Any, *arguments: Any) -> list[tuple[Iterable[str], Term]]:
        where = f"organs.yaml: {self.section}, entry {self.number}"
        try:
            return list(made(*arguments))
        except KeyError as error:
            raise KnowledgeError(f"no key {error}", where=where, do="add it, as its neighbours have it") from None
        except (TypeError, ValueError) as error:
            raise KnowledgeError(str(error), where=where, do="write it as its neighbours are") from None


def _name(item: Mapping[str, Any], key: str) -> Name:
    given = item.get(key) or {}
    return Name(given.get("ar", ""), given.get("en", ""))


def _portfolio(given: Any, item: Any) -> Iterator[tuple[Iterable[str], Term]]:
    body = Term(
        kind="organ", key=item["organ"], sector=Sector.GOV, role=item["role"], deputy=item.get("deputy"),
        name=_name(item, "name"), head=_name(item, "head"),
    )  # fmt: skip
    office = replace(body, kind="office")
    under = Name(f"{_JUNIOR.ar} {body.name.ar}", f"{_JUNIOR.en}, {body.name.en}")
    junior = replace(body, kind="office", role="MINISTER_OF_STATE", deputy=None, head=under)
    for term, nouns in ((body, given["ministry"]), (office, given["minister"]), (junior, given["junior"])):
        yield [_joined(noun, what) for noun in nouns["ar"] for what in item["ar"]], term
        yield [f"{noun} {of}{what}" for noun in nouns["en"] for what in item["en"] for of in ("of ", "of the ")], term
        yield [f"{noun} {what}" for noun in nouns["en"] for what in item["en"] if noun.endswith(" for")], term
        yield [f"{what} {noun}" for noun in nouns["en"] for what in item["en"]], term
    yield item.get("alone", ()), body


_JUNIOR = Name("وزير دولة،", "minister of state")


def _joined(noun: str, portfolio: str) -> str:
    """«وزير الدولة ل» and «شؤون» is one word with the clitic; words are read without it."""
    return f"{noun[:-2] if noun.endswith((' ل', ' ب')) else noun} {portfolio}"


def _organs(item: Any) -> Iterator[tuple[Iterable[str], Term]]:
    common: dict[str, Any] = {
        "key": item["organ"], "sector": Sector(item["sector"]), "role": item["role"],
        "name": _name(item, "name"), "head": _name(item, "head"),
    }  # fmt: skip
    if "DEPUTY" not in item["role"] and item["organ"] in ("GOV.PRESIDENCY", "GOV.PM", "GOV"):
        common["deputy"] = "DEPUTY_HEAD"
    yield item.get("heads", ()), Term(kind="office", **common)
    yield item.get("forms", ()), Term(kind="organ", **common)


def _fixed(item: Any) -> Iterator[tuple[Iterable[str], Term]]:
    organ = item["actor"].partition(".")[2]
    yield item["forms"], Term(
        kind="office" if item.get("office") else "organ", key=organ, sector=Sector(item["sector"]),
        role=item.get("role"), actor=item["actor"], default=item.get("default", False),
        name=_name(item, "name"), head=_name(item, "name") if item.get("office") else Name(),
    )  # fmt: skip


def _prefixes(item: Any) -> Iterator[tuple[Iterable[str], Term]]:
    forms = [form.removesuffix(" ل").removesuffix(" ب").removesuffix(" ال") for form in item["forms"]]
    yield forms, Term(
        kind="prefix", key=item["key"], sector=Sector(item["sector"]), role=item.get("role", item["key"]),
        actor=None, name=_name(item, "name"), deputy=item.get("organ"),
    )  # fmt: skip
