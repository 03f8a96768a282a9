"""The vocabulary of names: titles, links, forms of firms, and by meaning words of bodies and states; three scripts."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from marsad.text.fold import fold_text
from marsad.text.names import lexicon
from marsad.text.names.letters import script, sounds

#: The sorts of words of bodies, the lightest first: a word with more meanings than one has the lightest sort of them.
SORTS = ("outlet", "weak", "loose", "place", "thing", "body")
_LISTS = {"outlet": "outlets", "weak": "weak", "loose": "loose", "place": "places", "thing": "things", "body": "sorts"}
_NONE: frozenset[int] = frozenset()
#: Counted so often among given names, a word alone does not make a name that of a body.
_PERSONAL = 40
_SURNAME = re.compile(r"(?:ов|ев|ёв|ин|ова|ева|ёва|ина|енко|чук|ян|ович|евич|овский|евский)$")
#: Glued before an Arabic word, with the article or without.
_GLUED = ("وال", "بال", "كال", "ولل", "لل", "ال", "و", "ل", "ب", "")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``names.toml``, ``bodies.toml`` and ``states.tsv``, by word.

    ``meanings`` are numbers of lines, by word; ``stems`` the same by how a word begins; ``sorts`` the sort of each, and
    ``initials`` the first letter of its first English word; ``phrases`` by their first word the others of each.
    """

    kinds: Mapping[str, str]
    form_stems: tuple[str, ...]
    meanings: Mapping[str, frozenset[int]]
    stems: Mapping[str, frozenset[int]]
    sorts: tuple[str, ...]
    initials: tuple[str, ...]
    russian: tuple[str, ...]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    same: Mapping[str, frozenset[int]]
    articles: frozenset[str]
    servants: frozenset[str]
    fathers: frozenset[str]
    letters: Mapping[str, str]


def _each(text: str) -> Iterator[str]:
    return (fold_text(word).lower().replace("'", "") for word in text.split() if not word.endswith("-"))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    home = files("marsad.text.names")
    given = tomllib.loads(home.joinpath("names.toml").read_text(encoding="utf-8"))
    bodies = tomllib.loads(home.joinpath("bodies.toml").read_text(encoding="utf-8"))
    states = home.joinpath("states.tsv").read_text(encoding="utf-8").splitlines()
    kinds: dict[str, str] = {}
    for kind, key in (
        ("title", "titles"), ("link", "links"), ("junior", "juniors"), ("senior", "seniors"),
        ("companion", "companions"), ("form", "forms"),
    ):  # fmt: skip
        for word in _each(given[key]):
            kinds.setdefault(word, kind)
    lines = [(sort, line) for sort in SORTS for line in bodies[_LISTS[sort]]]
    lines += [("place", line.partition("\t")[2]) for line in states if not line.startswith("#")]
    meanings: defaultdict[str, set[int]] = defaultdict(set)
    stems: defaultdict[str, set[int]] = defaultdict(set)
    initials, russian = [], []
    for number, (_, line) in enumerate(lines):
        words = list(_each(line))
        initials.append(next((word[0] for word in words if word.isascii()), ""))
        russian.append(next((sounds(word)[:1] for word in words if script(word) == "cyrl"), ""))
        for word in words:
            if word.endswith("*"):
                stems[word[:-1]].add(number)
            else:
                for form in _inflected(word):
                    meanings[form].add(number)
    phrases: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for word in [*meanings, *stems]:
        first, *rest = word.split("_")
        if rest:
            phrases[first].add(tuple(rest))
    same: dict[str, frozenset[int]] = {}
    for number, line in enumerate(given["same"]):
        for word in _each(line):
            same[word] = same.get(word, _NONE) | {number}
    return Vocabulary(
        kinds, tuple(word[:-1] for word in kinds if word.endswith("*")),
        {word: frozenset(found) for word, found in meanings.items()},
        {word: frozenset(found) for word, found in stems.items()},
        tuple(sort for sort, _ in lines), tuple(initials), tuple(russian),
        {word: tuple(sorted(rests, key=lambda rest: (-len(rest), rest))) for word, rests in phrases.items()},
        same, frozenset(_each(given["articles"])), frozenset(_each(given["servants"])),
        frozenset(_each(given["fathers"])), given["letters"],
    )  # fmt: skip


def _inflected(word: str) -> Iterable[str]:
    kind = script(word)
    if kind == "arab":
        word = "_".join(bare(part) for part in word.split("_"))
        if word.endswith("ي"):
            return (word, word + "ه", word + "ين", word + "ون", word + "ات")
        if word.endswith("ه") and len(word) > 4:
            return (word, word[:-1]) if word[-2] == "ي" else (word, word[:-1] + "ات", word[:-1] + "يه")
        return (word, word + "ه", word + "يه") if len(word) > 2 else (word,)
    if kind == "latn" and word.endswith("y") and "_" not in word:
        return (word, word + "s", word[:-1] + "ies")
    return (word, word + "s") if kind == "latn" and "_" not in word else (word,)


def bare(word: str) -> str:
    """``word`` without a glued Arabic article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 and word != "الله" else word


@lru_cache(1 << 16)
def meanings_of(word: str) -> frozenset[int]:
    """The numbers of the meanings of a folded, lower-case word or phrase (its words joined by _); empty where none."""
    known = vocabulary()
    kind = script(word)
    if kind == "arab":
        for head in _GLUED:
            rest = word.removeprefix(head)
            if word.startswith(head) and len(rest) > 1 and rest in known.meanings and (len(head) != 1 or len(rest) > 2):
                if word in known.meanings:
                    break
                return known.meanings[rest]
    found = known.meanings.get(word, _NONE)
    if found or kind != "cyrl":
        return found
    for stop in range(len(word), 1, -1):
        if word[:stop] in known.stems:
            return known.stems[word[:stop]]
    return _NONE


def sort_of(meanings: frozenset[int]) -> str:
    """The lightest sort of the meanings."""
    sorts = {vocabulary().sorts[number] for number in meanings}
    return next(sort for sort in SORTS if sort in sorts)


@lru_cache(1 << 15)
def personal(word: str) -> bool:
    """Whether a word of bodies is a name of persons too.

    >>> personal("سلام"), personal("зеленский"), personal("بنك")
    (True, False, False)
    """
    return lexicon.common(word) >= _PERSONAL or (script(word) == "cyrl" and bool(_SURNAME.search(word)))


def phrase_at(words: list[str]) -> int:
    """How many of the folded words, from the first on, are one phrase of the vocabulary; 0 where none are.

    >>> phrase_at(["شرق", "الاوسط", "للطيران"]), phrase_at(["middle", "school"])
    (2, 0)
    """
    known = vocabulary()
    for first in dict.fromkeys((words[0], stripped(words[0]))):
        for rest in known.phrases.get(first, ()):
            size = len(rest) + 1
            if len(words) >= size and all(rest[i] in (words[i + 1], bare(words[i + 1])) for i in range(len(rest))):
                return size
    return 0


def stripped(word: str) -> str:
    """An Arabic word without what is glued before it, so far as an article shows that it is glued."""
    for head in ("وال", "بال", "ولل", "لل", "ال"):
        if word.startswith(head) and len(word) > len(head) + 2:
            return word[len(head) :]
    return word


def is_form_word(word: str) -> bool:
    """Whether a folded word only says what form a firm has."""
    known = vocabulary()
    return known.kinds.get(word) == "form" or (script(word) == "cyrl" and word.startswith(known.form_stems or ("\0",)))
