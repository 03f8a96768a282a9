"""The language of a text, from a sample of its words: ar fa ur ckb ps ug en fr ru tr he, else "other".

The script that most words are written in narrows the choice. Within a script each language is scored by how
frequent the sample's groups of three letters are in it (``languages.tsv``), by words that it uses often and
letters that it lacks (``languages.toml``). A name tells little of the language around it, so a word with a
capital counts less.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

OTHER = "other"
#: How many words are looked at from the beginning, and from the middle of a long text.
_SAMPLE, _LONG = 30, 4_000
#: How far into the text each look goes, in characters, where there are few words or none.
_FAR = 100_000
_MARKS = "\u0591-\u05c7\u064b-\u0652\u0670"  # of Hebrew and Arabic; a zero-width non-joiner divides a word like a space
_WORD = re.compile(rf"(?:https?://|www\.)\S{{1,300}}|(?P<word>[^\W\d_](?:[^\W\d_]|[{_MARKS}]){{0,40}})")
_MARK = re.compile(f"[{_MARKS}\u0640]")
_SCRIPTS = (
    ("arabic", re.compile("[\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("cyrillic", re.compile("[\u0400-\u052f]")),
    ("hebrew", re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")),
)
_BASE = {
    "arabic": frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"),
    "latin": frozenset("abcdefghijklmnopqrstuvwxyz"),
    "cyrillic": frozenset("абвгдежзийклмнопрстуфхцчшщьюя"),
    "hebrew": frozenset("אבגדהוזחטיכלמנסעפצקרשתךםןףץ"),
}

#: The language most read here of each script, and letters of it that the others write otherwise.
_DEFAULT = {
    "arabic": ("ar", frozenset("يكةىإأؤئ")),
    "latin": ("en", frozenset()),
    "cyrillic": ("ru", frozenset()),
    "hebrew": ("he", frozenset()),
}
#: Fewer words than these are too few to count letter groups.
_FEW = 4

# Set by hand on first words of the training corpus and on messages of Django in 45 languages.
_WORD_WEIGHT, _LETTER_WEIGHT, _NAMED = 3.0, 6.0, 3.0
_CAPITAL = 0.4
#: What a language loses for none of the letters that it needs, in so many words or more.
_LACKING, _ENOUGH = 12.0, 4
#: What a language without a table of letters is given, as a share of that of the nearest language with one.
_TABLELESS = 0.9


@dataclass(frozen=True, slots=True)
class _Script:
    """What is known of the languages of one script."""

    grams: dict[str, list[tuple[str, float]]]
    codes: dict[str, str]  # language of the table -> code that is given
    tabled: frozenset[str]  # the codes that have a table
    words: dict[str, frozenset[str]]
    letters: dict[str, frozenset[str]]
    needs: dict[str, frozenset[str]]


def language(text: str) -> str:
    """The code of the language of ``text``; "other" for any that has no code here, and where there are no words.

    >>> language("Iraq signs a deal on arms"), language("وزارت خارجه ایران بیانیه داد"), language("2025")
    ('en', 'fa', 'other')
    """
    words = list(_sample(text))
    sizes: Counter[str] = Counter()
    for word in words:
        script = _script_of(word)
        sizes[script] += 1 if script else -(-len(word) // 2)  # scripts without spaces make long words
    if not sizes:
        return OTHER
    script = max(sizes, key=lambda name: (sizes[name], name == "arabic"))
    return _best(script, [word for word in words if _script_of(word) == script]) if script else OTHER


def _sample(text: str) -> Iterator[str]:
    """Words from the beginning, and of a long text from the middle, without addresses."""
    places = (0, len(text) // 2) if len(text) > _LONG else (0,)
    for place in places:
        found = (match["word"] for match in _WORD.finditer(text, place, place + _FAR))
        # A space is in no word, so that all can be mended at once.
        sample = " ".join(islice(filter(None, islice(found, 4 * _SAMPLE)), _SAMPLE))
        yield from _MARK.sub("", unicodedata.normalize("NFKC", sample)).split(" ") if sample else ()


def _script_of(word: str) -> str:
    """The script of the word's first letter, empty for one that no code is written in."""
    return _script(word[:1])


@lru_cache(maxsize=4_096)
def _script(letter: str) -> str:
    return next((name for name, letters in _SCRIPTS if letters.match(letter)), "")


def _plain(script: str, words: list[str]) -> bool:
    """Whether nothing but a count of letter groups speaks for another language than the script's most read.

    So it is where no letter is foreign to that language, hardly a word is one that another uses often, and there are
    too few words to count, or letters that the others do not write (ي and ك, where Persian has ی and ک).
    """
    code, own = _DEFAULT[script]
    known, seen = _known(script), set("".join(words).lower())
    if not seen <= _BASE[script] or (len(words) >= _FEW and not seen & own):
        return False
    small = [word for word in words if word == word.lower()]  # a capital opens a name: UN is no French article
    if _of_others(script).isdisjoint(small):
        return True
    others = (group - known.words[code] for name, group in known.words.items() if name != code)
    chance = max(len(words) // _FEW, int(script == "arabic"))  # «نفت» denies, or is Persian oil
    return max(sum(word in group for word in small) for group in others) <= chance


@cache
def _of_others(script: str) -> frozenset[str]:
    """Words that any other language of a script uses often, and its most read does not."""
    known, (code, _) = _known(script), _DEFAULT[script]
    return frozenset().union(*(group - known.words[code] for name, group in known.words.items() if name != code))


def _best(script: str, words: list[str]) -> str:
    """The code with the highest score; words are of ``script``."""
    if _plain(script, words):
        return _DEFAULT[script][0]
    known = _known(script)
    by_language: dict[str, float] = defaultdict(float)
    scores = dict.fromkeys(known.words, 0.0)
    for word in words:
        small = word.lower().replace("\u0307", "")
        weight = _CAPITAL if small[:1] != word[:1] else 1.0
        shares, marks = _of_word(script, small)
        for name, share in shares:
            by_language[name] += weight * share
        for code, mark in marks:
            scores[code] += mark
    if len(words) >= _ENOUGH:
        seen = set("".join(words).lower())
        for name in by_language:
            by_language[name] -= _LACKING * seen.isdisjoint(known.needs.get(name, seen))
    groups: dict[str, float] = defaultdict(float)
    for name, share in by_language.items():
        groups[known.codes[name]] = max(groups[known.codes[name]], share)
    nearest = max(known.tabled, key=lambda code: scores[code] + groups[code])
    for code in scores:
        scores[code] += groups[code] if code in known.tabled else _TABLELESS * groups[nearest]
        scores[code] += 0.0 if code == OTHER else _NAMED
    return max(scores, key=lambda code: scores[code])


@lru_cache(maxsize=50_000)
def _of_word(script: str, word: str) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]]:
    """What a word in small letters says: shares of its letter groups by table, and marks by code."""
    known = _known(script)
    shares: dict[str, float] = defaultdict(float)
    edged = f"_{word}_"
    for at in range(len(edged) - 2):
        for name, share in known.grams.get(edged[at : at + 3], ()):
            shares[name] += share
    marks: dict[str, float] = defaultdict(float)
    for code, frequent in known.words.items():
        alphabet = known.letters.get(code)
        foreign = 0 if alphabet is None else sum(letter not in alphabet for letter in word)
        if word in frequent or foreign:
            marks[code] = _WORD_WEIGHT * (word in frequent) - _LETTER_WEIGHT * foreign
    return tuple(shares.items()), tuple(marks.items())


@cache
def _known(script: str) -> _Script:
    """The tables of one script."""
    folder = files("marsad.text")
    tables = tomllib.loads(folder.joinpath("languages.toml").read_text("utf-8"))
    entries = tables[script]
    grams: dict[str, list[tuple[str, float]]] = {}
    codes: dict[str, str] = {}
    for line in folder.joinpath("languages.tsv").read_text("utf-8").splitlines():
        if not line.startswith(script):
            continue
        _, name, weight, members = line.split("\t")
        codes[name] = name if name in entries else OTHER
        for gram in members.split(" "):
            grams.setdefault(gram, []).append((name, float(weight)))
    words = {code: frozenset(entry["words"].split()) for code, entry in entries.items()}
    letters = {
        code: (_BASE[script] | set(entry["letters"])) - set(entry.get("lacks", ""))
        for code, entry in entries.items()
        if "letters" in entry
    }
    needs = {code: frozenset(some) for code, some in tables["needs"].items()}
    return _Script(grams, codes, frozenset(codes.values()), words, letters, needs)
