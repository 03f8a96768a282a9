"""The words of a name, and what each is: name, initial, title, link, form of a company, word of a body, number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from marsad.text.fold import HAMZA_MARKS, INVISIBLE, TASHKEEL, fold_text
from marsad.text.names.letters import BREAK, script
from marsad.text.names.vocabulary import (
    SORTS,
    Vocabulary,
    is_form_word,
    meanings_of,
    personal,
    phrase_at,
    sort_of,
    stripped,
    vocabulary,
)
from marsad.text.names.vocabulary import bare as _bare

#: Words of a name that are read; a text that is no name costs no more than this.
MOST_WORDS = 12
_READ = 400
_LETTER = rf"[\w{TASHKEEL}{HAMZA_MARKS}{re.escape(INVISIBLE)}]"
_WORD = re.compile(rf"{_LETTER}+(?:['’ʼ‘`ʹʻ.]{_LETTER}+)*\.?|,|،")
_SLASH = re.compile(r"\b([A-Za-zА-Яа-я])/([A-Za-zА-Яа-я])\b")
_CAMEL = re.compile(r"\b[A-Z][a-z]{2,19}[A-Z][a-z]{2,19}\b")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SON = re.compile(r"^(\w{3,20})(?:o[gğ]l[uı]|oglou|оглу|оглы|اوغلو)$")
_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_MARKS = re.compile(r"['’‘`ʹʻ]")
#: An apostrophe before h keeps two letters apart that else are one sound (Is'haq).
_BEFORE_H = re.compile(r"['’ʼ‘`ʹʻ](?=h)")
_AL = "ال"
_GLUED_SERVANT = re.compile(r"^(?:абду?л?ь?|ab+d[aeiou]?(?:l(?=[^lаaeiou ]|[aeio]))?)(?=\w{3})")
_ALLAH = frozenset({"الله", "allah", "ullah", "olah", "ollah", "аллах", "алла", "лله", "lah"})
_FAITH = frozenset({"دين", "din", "deen", "dine", "eddin", "eddine", "uddin", "ud-din", "addin", "дин", "addine"})
_ENDINGS = {"arab": ("الله", "الدين"), "latn": ("allah", "aldin"), "cyrl": ("аллах", "алдин")}
_PATRONYMIC = re.compile(
    r"(?:ович|евич|ьич|овна|евна|ична|инична|ovich|evich|ovna|evna|ichna|ovych|yich|yevich|وفيتش|يفيتش|وفنا|يفنا)$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name. ``shown`` is as written; ``forms`` are folded spellings of which the likest counts.

    ``kind`` is ``name``, ``initial``, ``title``, ``link``, ``companion``, ``junior``, ``senior``, ``form``, ``number``
    or a sort of words of bodies (:data:`~marsad.text.names.vocabulary.SORTS`); ``meanings`` are the numbers of what it
    may mean there; ``bound`` is the name with the link before it written as one (Benaissa).
    """

    shown: str
    forms: tuple[str, ...]
    kind: str
    meanings: frozenset[int] = frozenset()
    patronymic: bool = False
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A name, read: its words in order, and what they tell of its order and of its sort."""

    words: tuple[Word, ...]
    comma: int = 0
    body: bool = False


@lru_cache(1 << 15)
def named(name: str) -> Named:
    """``name`` as words. Never fails; what is no word is left out, and what is too long is not read to its end.

    >>> [(word.shown, word.kind) for word in named("الشيخ محمد بن عبد الله").words]
    [('الشيخ', 'title'), ('محمد', 'companion'), ('بن', 'link'), ('عبد الله', 'name')]
    """
    known = vocabulary()
    raw, comma = _pieces(name[:_READ])
    words: list[Word] = []
    position = 0
    at_comma = 0
    while position < len(raw):
        if comma and position >= comma and not at_comma:
            at_comma = len(words)
        taken, word = _word(raw, position, known)
        position += taken
        if word:
            words.append(word)
    words = words[:MOST_WORDS]
    return Named(tuple(_settled(words)), min(at_comma, len(words)), _body(words))


def _pieces(name: str) -> tuple[list[tuple[str, str]], int]:
    """The words of a name as written and folded, and how many stand before its comma."""
    pieces: list[tuple[str, str]] = []
    comma = 0
    bare = _BRACKETS.sub(" ", name)
    name = bare if _WORD.search(bare) else name
    plain = _SLASH.sub(r"\1\2", name.replace("-", " ").replace("_", " ").replace("\u200c", ""))
    for match in _WORD.finditer(_CAMEL.sub(_parted, plain)):
        if match[0] in ",،":
            comma = comma or len(pieces)
            continue
        folded = _MARKS.sub("", _BEFORE_H.sub(BREAK, fold_text(match[0]).lower().replace("i\u0307", "i")))
        parts = [part for part in folded.split(".") if part]
        if len(parts) > 1 and (is_form_word("".join(parts)) or meanings_of("".join(parts))):  # W.L.L., ش.م.م, U.S.
            pieces.append((match[0], "".join(parts)))
        elif len(parts) > 1 and all(len(part) == 1 for part in parts) and len(parts) < 4:  # J.R. Smith
            pieces += [(part.upper() + ".", part + ".") for part in parts]
        elif parts and (son := _SON.match(parts[0])) and len(parts) == 1:  # Davutoğlu, Давутоглу
            pieces += [(match[0][: son.end(1)], son[1]), (match[0][son.end(1) :], parts[0][son.end(1) :])]
        elif parts:
            dotted = folded.endswith(".") and len(parts[-1]) == 1
            pieces.append((match[0].rstrip("."), "".join(parts) + ("." if dotted else "")))
    return _spelled(pieces), comma


def _parted(match: re.Match[str]) -> str:
    """QatarEnergy as two words, where one of them is a word of bodies; McCain as one."""
    parts = _HUMP.sub(" ", match[0])
    return parts if any(meanings_of(part.lower()) for part in parts.split(" ")) else match[0]


def _spelled(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Two or more English letters that Arabic spells out side by side («بي بي سي») as initials in Latin letters."""
    letters = vocabulary().letters
    found: list[tuple[str, str]] = []
    run: list[tuple[str, str]] = []
    for piece in [*pieces, ("", "")]:
        if piece[1] in letters:
            run.append(piece)
            continue
        if len(run) > 1:
            found.append((" ".join(shown for shown, _ in run), "".join(letters[folded] for _, folded in run)))
        else:
            found += run
        run = []
        if piece[0]:
            found.append(piece)
    return found


def _word(raw: list[tuple[str, str]], at: int, known: Vocabulary) -> tuple[int, Word | None]:
    """How many pieces the word at ``at`` takes, and the word; None where they say nothing (an article)."""
    shown, folded = raw[at]
    bare = folded.rstrip(".")
    rest = raw[at + 1 :]
    following = rest[0][1].rstrip(".") if rest else ""
    size = phrase_at([piece.rstrip(".") for _, piece in raw[at : at + 4]])
    if size:
        phrase = "_".join([stripped(bare), *(_bare(piece.rstrip(".")) for _, piece in raw[at + 1 : at + size])])
        meanings = meanings_of(phrase) or meanings_of("_".join(piece.rstrip(".") for _, piece in raw[at : at + size]))
        if meanings:
            word = Word(" ".join(piece for piece, _ in raw[at : at + size]), (phrase,), sort_of(meanings), meanings)
            return size, word
    if bare in known.articles and following and bare != _AL:
        return 1, None
    if bare == _AL and following:
        return 1, Word(shown, (bare,), "link")
    if (
        following
        and (bare in known.servants or bare in known.fathers)
        and following not in known.kinds.keys() - {following if known.kinds.get(following) == "companion" else ""}
    ):
        return _joined(raw, at, known, "عبد" if bare in known.servants else "ابو")
    if following:
        taken = 2
        tail = following
        if following in known.articles and len(rest) > 1:
            tail, taken = rest[1][1], 3
        if tail in _ALLAH or (_bare(tail) in _FAITH and tail != "din") or (tail == "din" and taken == 3):
            ending = _ENDINGS[script(bare) or "latn"][tail not in _ALLAH]
            forms = (bare + ending, bare) if tail not in _ALLAH else (bare + ending,)
            return taken, Word(
                " ".join(piece for piece, _ in raw[at : at + taken]), forms, known.kinds.get(forms[0], "name")
            )
    return 1, _single(shown, folded, known)


def _joined(raw: list[tuple[str, str]], at: int, known: Vocabulary, first: str) -> tuple[int, Word]:
    """عبد or أبو with what follows, the article between them left out."""
    taken = 2
    tail = raw[at + 1][1].rstrip(".")
    if tail in known.articles and at + 2 < len(raw):
        tail, taken = raw[at + 2][1].rstrip("."), 3
    shown = " ".join(piece for piece, _ in raw[at : at + taken])
    if script(tail) == "arab":
        head = first
    else:
        head = {"عبد": "abd", "ابو": "abu"}[first] if script(tail) != "cyrl" else {"عبد": "абд", "ابو": "абу"}[first]
    if tail.startswith("h"):
        head += BREAK
    forms = tuple(dict.fromkeys(head + form for form in (_bare(tail), *_variants(tail)[:2])))
    return taken, Word(shown, forms, "name")


def _variants(word: str) -> tuple[str, ...]:
    """The spellings of a word that may be meant: with and without its article, with عبد and أبو in one form."""
    kind = script(word)
    if kind == "arab":
        if word.startswith("عبدال") and len(word) > 7 and not word.endswith("عبدالله"):
            return ("عبد" + word[5:],)
        if word.startswith("ابوال") and len(word) > 7:
            return ("ابو" + word[5:],)
        if word.startswith(_AL) and len(word) > 4 and word != "الله":
            return (word[2:], word)
        if word.startswith("لل") and len(word) > 5:
            return (word[2:], word)
        return (word,)
    if kind == "latn":
        if word.startswith("abd") and len(word) > 6 and not re.match("abd.l+.?h?$", word):
            rest = re.sub(r"^abd(?:[aeou]l(?=[^l])|[aeou](?=([rsdtnzlcj])\1))?", "", word)
            return ("abd" + rest, word) if rest else (word,)
        if word.startswith(("abul", "aboul")) and len(word) > 7:
            return ("abu" + word[word.index("l") + 1 :], word)
        if word[:2] in ("al", "el") and len(word) > 6:
            return (word, word[2:])
        if word.endswith(("ul", "ur")) and len(word) > 4:
            return (word, word[:-2])
    if kind == "cyrl":
        if word.startswith("абдул") and len(word) > 7 and not word.startswith("абдулл"):
            return ("абд" + word[5:].lstrip("ь"), word)
        if word.startswith("абдель") and len(word) > 8:
            return ("абд" + word[6:], word)
    return (word,)


def _single(shown: str, folded: str, known: Vocabulary) -> Word:
    bare = folded.rstrip(".")
    if folded.endswith(".") and len(bare) == 1 and known.kinds.get(bare) != "title":
        return Word(shown, (bare,), "initial")
    digits = re.match(r"\d+", bare)
    if digits:
        return Word(shown, (digits[0],), "number")
    forms = _variants(bare) if shown[:1] not in "أإآ" else (bare,)
    kind, meanings = kind_of(forms, known)
    if kind == "name" and len(bare) == 1:
        kind = "initial"
    return Word(shown, forms, kind, meanings, bool(_PATRONYMIC.search(bare)) and len(bare) > 5)


def kind_of(forms: tuple[str, ...], known: Vocabulary) -> tuple[str, frozenset[int]]:
    """The kind of a word by the vocabulary, and what it means where it is a word of bodies."""
    meanings = next((found for form in forms if (found := meanings_of(form))), frozenset[int]())
    for form in forms:
        if form in known.kinds:
            return known.kinds[form], meanings
        if is_form_word(form):
            return "form", meanings
    return (sort_of(meanings), meanings) if meanings else ("name", meanings)


def is_form(word: str) -> bool:
    """Whether a word says what form a firm has: company, corporation, JSC, شركة, مجموعة.

    >>> is_form("شركة"), is_form("والشركة"), is_form("سوخوي")
    (True, True, False)
    """
    folded = fold_text(word).lower()
    bare = folded[1:] if folded[:1] in "وبل" and len(folded) > 4 else folded
    return any(kind_of(_variants(form), vocabulary())[0] == "form" for form in (folded, bare) if len(form) > 2)


def _settled(words: list[Word]) -> Iterator[Word]:
    """Titles are titles only where they begin a name that goes on; words of bodies are names in a name of a person."""
    body = _body(words)
    leading = True
    left = sum(word.kind in ("name", "companion", "initial") or bool(word.meanings) for word in words)
    link = ""
    for place, word in enumerate(words):
        kind = word.kind
        if kind == "title":
            after = words[place + 1].kind if place + 1 < len(words) else "link"
            if body or not leading or left < 1 or after == "link":
                kind = "name" if not word.meanings or not body else "thing"
        else:
            leading = False
        if not body and kind in (*SORTS, "form"):
            kind = "name"
        if body and kind in ("companion", "junior", "senior"):
            kind = "name"
        if body and kind == "link" and script(word.forms[0]) != "arab":
            kind = "form"
        bound = link + word.forms[-1] if link and kind == "name" and not body else ""
        link = word.forms[0] if kind == "link" else ""
        meanings = word.meanings if body or not personal(word.forms[0]) else frozenset[int]()
        yield Word(word.shown, word.forms, kind, meanings, word.patronymic, bound)


def _body(words: list[Word]) -> bool:
    """Whether the words name a firm or an organ: what it is, its form, or nothing but what it deals with."""
    if any(word.kind in ("body", "loose", "outlet") and not personal(word.forms[0]) for word in words):
        return True
    if any(
        word.kind == "form" and (len(word.forms[0]) > 2 or word.shown.isupper() or word.forms[0] == "of")
        for word in words
    ):
        return True
    names = [word for word in words if word.kind in ("name", "companion", "initial")]
    things = [word for word in words if word.kind in ("thing", "weak", "place") and not personal(word.forms[0])]
    return len(things) > 1 or bool(things and not names and any(word.kind != "place" for word in things))
