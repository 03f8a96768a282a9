"""Words: the model's units, possible clitics by the look of a word, and a light stem as a key for lexicons.

Nothing here knows a dictionary. A clitic is named only where the letters after it leave little doubt; the
conditions were read off the places where labelled phrases of news begin inside a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from marsad.text.fold import HAMZA_MARKS, INVISIBLE, TASHKEEL, TATWEEL, fold_text
from marsad.types import Span

_MARKS = TASHKEEL + HAMZA_MARKS
_UNSEEN = re.escape(INVISIBLE)
#: A word with its marks, also across an invisible mark inside it; or one other character that is seen.
_UNIT = re.compile(rf"[\w{_MARKS}]+(?:[{_UNSEEN}]+[\w{_MARKS}]+)*|[^\s{_UNSEEN}]")
_WORD = re.compile(rf"[\w{_MARKS}]+(?:[{_UNSEEN}]+[\w{_MARKS}]+)*")
_UNWRITTEN = re.compile(f"[{_MARKS}{TATWEEL}{_UNSEEN}]")

_AL = "ال"
#: Letters after which a first ب or ل is nearly always the preposition (at least 95 of 100 in labelled news).
_AFTER_PREPOSITION = {"ب": frozenset("أإآمتقدفطزجسشبهخضصث"), "ل": frozenset("أإآمتحرهفدعشصزسكخضغث")}
#: Stems that begin with lam, so that their "لل" hides an article: committee, language, meeting.
_LAM_STEMS = ("لجن", "لغة", "لغه", "لغات", "لقاء")
#: Words whose own first letter is و: minister, agency, Washington, means, delegation, state, unit, to agree, …
_WAW_WORDS = re.compile(
    "و(?:زار|زير|زرا|كال|كيل|كلاء|اشنطن|سائل|سيل|ساط|سيط|قف|قوف|فد$|فود|فدا|افق|لاي|لاة|لاه|حدة|حده|حدات|حدوي|"
    "اصف|صول|اصل|قوع|قائع|ثيق|ثائق|ارد|ادي|جود|اجه|اجب|طن|فاة|فاه|رق|ول|عود|لاد|قود|هم|"
    "(?:الد|الده|الدها|الدهم|الدة|الدته|الدتها|الديه|الديها|لي|صف|صفت|صفه|صفها|صفته|صفتها|صفوا|عد|عدت|عده|صل|صلت|صلوا|قع|قعت|قعه|قعها|قعته|قعتها|قعوا|ضع|ضعت|ضعه|سط|جه|جهت|جهة|قت|فق|فقا|احد|احدة)$)"
)
#: And not, and from, and what, and in, and about, and that, and with: too short for the rule of three letters.
_WAW_PARTICLES = frozenset(("ولا", "ولم", "ولن", "ومن", "وما", "وفي", "وعن", "وإن", "وأن", "ومع", "وهو", "وهي", "وقد"))
#: Words whose own first letters are س and a letter of the imperfect: car, control, policy, lady, tourist, sixty, …
_SEEN_WORDS = ("سيار", "سيطر", "سياس", "سيد", "سيناء", "سيناريو", "سياق", "سياح", "سير", "سيف", "سيل", "سيول",
               "ستار", "ستوكهولم", "ستول", "ستين", "سنوات", "سنوي", "سنين", "سندات", "سنغافور")  # fmt: skip
#: Words that end like a pronoun and bear none: suspect, accuse, contribute, understanding, shares, money.
_NO_PRONOUN = re.compile(
    "[يتن]?[اأ]?تهم|متهم|[يتن]?ساهم|مساهم|تفاهم|[اأ]سهم|دراهم|ملهم|مبهم|تفهم"
    "|[اأ]?وجه|مواجه|اتجاه|تجاه|مياه|شبه|مشابه|تشابه|انتباه|فقه|إله|اله|نزيه|كريه|توجيه|تنبيه|وجيه|هذه"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, with the particles that may be written together with it, outermost first."""

    span: Span
    proclitics: tuple[str, ...]
    stem: Span
    enclitics: tuple[str, ...]


def units(text: str, start: int = 0, stop: int | None = None) -> list[Span]:
    """The units that the model labels, in ``text[start:stop]``: words, and single other characters.

    A word is a run of letters, digits, marks and tatweel. Bidi and zero-width marks are no units of their own.

    >>> [unit.of("قال: «نعم»") for unit in units("قال: «نعم»")]
    ['قال', ':', '«', 'نعم', '»']
    """
    return [Span(*match.span()) for match in _UNIT.finditer(text, start, len(text) if stop is None else stop)]


def tokens(text: str) -> list[Token]:
    """The words of ``text`` with their possible clitics (و ف ب ل ك س ال, pronouns).

    >>> token = tokens("وبالوثائق")[0]
    >>> token.proclitics, token.stem.of("وبالوثائق")
    (('و', 'ب', 'ال'), 'وثائق')
    """
    return [_token(match) for match in _WORD.finditer(text)]


def _token(match: re.Match[str]) -> Token:
    start, stop = match.span()
    word = match[0]
    # Nothing here can be a clitic in a word of one kind of run that no Arabic word is as long as.
    if word.isascii() or len(word) > 100:
        return Token(Span(start, stop), (), Span(start, stop), ())
    letters = _UNWRITTEN.sub("", word)
    proclitics, before, enclitic = _clitics(letters)
    if len(letters) == len(word):
        stem = Span(start + before, stop - len(enclitic))
    else:
        at = [i for i, char in enumerate(word) if not _UNWRITTEN.match(char)]
        stem_stop = start + at[len(letters) - len(enclitic)] if enclitic else stop
        stem = Span(start + at[before] if before else start, stem_stop)
    return Token(Span(start, stop), proclitics, stem, (enclitic,) if enclitic else ())


@lru_cache(1 << 16)
def _clitics(word: str) -> tuple[tuple[str, ...], int, str]:
    """Proclitics, the number of letters that they take, and the pronoun at the end (or nothing)."""
    found: list[str] = []
    rest = word
    if _joined(word):
        found.append(word[0])
        rest = word[1:]
    if rest[:1] in ("ب", "ك") and rest.startswith(_AL, 1) and len(rest) >= 6:
        found += [rest[0], _AL]
        rest = rest[3:]
    elif rest.startswith(_AL) and len(rest) >= 5:
        found.append(_AL)
        rest = rest[2:]
    elif rest.startswith("لل") and len(rest) >= 5:
        found += ["ل", _AL]
        rest = rest[1:] if rest.startswith(_LAM_STEMS, 1) else rest[2:]
    elif len(rest) >= 4 and rest[1] in _AFTER_PREPOSITION.get(rest[0], ()):
        found.append(rest[0])
        rest = rest[1:]
    elif len(rest) >= 5 and rest[0] == "س" and rest[1] in "يتنأ" and not rest.startswith(_SEEN_WORDS):
        found.append("س")
        rest = rest[1:]
    enclitic = "" if _AL in found else _pronoun(rest)
    return tuple(found), len(word) - len(rest), enclitic


def _joined(word: str) -> bool:
    """Whether the first letter is the conjunction و or ف."""
    if word.startswith(("وال", "فال")):
        return len(word) >= 6 and not _WAW_WORDS.match(word)
    if word.startswith(("وبال", "فبال", "ولل", "فلل")):
        return len(word) >= 6
    if word.startswith("و"):
        sure = word[1:2].isdecimal() or word in _WAW_PARTICLES
        return sure or (len(word) >= 4 and not _WAW_WORDS.match(fold_text(word)))
    return word in ("فإن", "فإنه", "فإنها", "فقد", "فهو", "فهي", "فلم", "فلن", "فلا", "فإذا")  # then: that, he, not, if


def _pronoun(rest: str) -> str:
    """The pronoun that ends ``rest``, where at least three letters (two before ها هم هما) are left."""
    for pronoun, left in (("هما", 3), ("ها", 2), ("هم", 2), ("هن", 4), ("ه", 3)):
        if rest.endswith(pronoun) and len(rest) - len(pronoun) >= left:
            return "" if _NO_PRONOUN.fullmatch(rest) else pronoun
    return ""


#: Suffixes of :func:`light_stem`, the longest first: plurals, duals, feminine, nisba, pronouns.
_SUFFIXES = ("تهما", "اتها", "اتهم", "تها", "تهم", "هما", "يات", "يين", "يون", "ات", "ان", "ون", "ين", "ها", "هم", "نا",
             "وا", "يه", "ته", "ه", "ي", "ا", "ت")  # fmt: skip
_ARABIC = re.compile("[ء-يٱ-ۓ]")


@lru_cache(1 << 16)
def light_stem(word: str) -> str:
    """A light stem of a folded word: the same for most forms of a word, to look it up in a lexicon.

    Arabic: و ال لل (and ب ك ف before ال), then one suffix, then ب ك ل ف س before at least four letters; three
    letters always remain. English: lower case, without -ing, -ed, -es, -s.

    >>> [light_stem(word) for word in ("وللهجوم", "هجمات", "العقوبات", "signed", "denies")]
    ['هجوم', 'هجم', 'عقوب', 'sign', 'deny']
    """
    if not _ARABIC.search(word):
        return _english(word.lower())
    word = _sure(word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    if len(word) >= 5 and (word[0] in "بكلف" or (word[0] == "س" and word[1] in "يتنا")):
        word = word[1:]
    return word


def _sure(word: str) -> str:
    """``word`` without the proclitics that are so wherever three letters remain."""
    for _ in range(3):  # و, then a preposition with ال, then a و of the word itself: so وزير and الوزير are one
        for prefix in ("بال", "كال", "فال", "ال", "لل", "و"):
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                word = word[len(prefix) :]
                break
        else:
            break
    return word


def _english(word: str) -> str:
    """``word`` (lower case) without its inflection."""
    if len(word) > 4 and word.endswith(("ied", "ies")):
        return word[:-3] + "y"
    for suffix in ("ing", "ed", "es", "s", "e"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not (suffix == "s" and word.endswith("ss")):
            word = word[: -len(suffix)]
            if suffix in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word
