"""Terms: the words that a text is found by, made alike of what is searched and of what is asked.

A term is a folded word in small letters, without what Arabic writes together with the word behind it: and, so, by, as,
for, the. Nothing here knows a dictionary: a first letter goes where enough letters stay, on both sides alike, so that
«العقوبات» finds «وبعقوبات», and «وزير» finds «للوزير» though both lose a letter of their own.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import charmap_build, charmap_decode, charmap_encode
from collections.abc import Container
from functools import cache

from marsad.text.fold import fold, fold_text
from marsad.types import Span

#: Most characters of a term; what is longer is no word, and is found by its beginning.
LONGEST = 60
#: The version of the rules below: what was made by another is to be made again.
VERSION = 1

#: Words that stay whole, because without their first letter they are another word of the news: one (someone), face
#: (side), unit (limit), agency (machines), father, country (two countries: religion), statement and entity, card
#: (energy).
_WHOLE = (
    r"(?:واحد[اه]?|وجه(?:ه|ات)?|وحد(?:ه|ات|ها)|وكال\w*|والد(?:ه|ي|ها|هم|ته|تها)?|بلد\w*|بيان\w*|كيان(?:ات)?"
    r"|بطاق(?:ه|ات))(?!\w)"
)
#: What stands before a word. و goes where three letters stay, another single letter where four do; ب and ل also where
#: three do, before letters that seldom follow them inside a word. Before figures and Latin letters all of them go.
_BEFORE = "|".join(
    (
        # The article; but not in God, which, now, thousands, machines, to him.
        r"ال(?!(?:له|تي|ذي|ان|اف|ات|يه)(?!\w))(?=\w\w)",
        # For the; but only "for" in committee, language, meeting, which have their own lam.
        r"لل(?!جن|غه|غا|قاء)(?=\w\w)",
        r"و(?=\w{3})",
        r"[فبكل](?=\w{4})",
        r"ب(?=[متقدفطزجسشبهخضصث]\w\w(?!\w))",
        r"ل(?=[محرهفدعشصزسكخضغث]\w\w(?!\w))",
        r"(?:[وفبكل]|ال)(?=[0-9a-z])",
    )
)
_PROCLITICS = f"(?:(?=[ابفكلو])(?!{_WHOLE})(?:{_BEFORE}))*"
_FIRST = re.compile(_PROCLITICS)
#: A word: what is written before it, the term, and the English genitive.
_WORD = re.compile(rf"{_PROCLITICS}(\w{{1,{LONGEST}}})\w*(?:['’]s(?!\w))?")


def _plain() -> dict[int, str]:
    """Latin letters without their accents, one sigma, and a space for the underscore, each one character long."""
    table = {ord("_"): " ", ord("Σ"): "σ", ord("ς"): "σ"}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    return table


_PLAIN = _plain()
_NOT_PLAIN = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")


def _small(folded: str) -> str:
    """A folded text in small letters, as long as it was. Erdoğan is Erdogan: the press writes both."""
    if _NOT_PLAIN.search(folded):
        folded = folded.translate(_PLAIN)
    return folded.lower()


class _Bytes:
    """One byte a letter: what the press writes with fits in a table of 256, and bytes are worked on four times as fast.

    ``read`` raises :class:`UnicodeEncodeError` for a text with any other letter.
    """

    def __init__(self) -> None:
        letters = "".join(dict.fromkeys([*map(chr, range(128)), *_LETTERS]))
        self._letters = letters + "\ufffe" * (256 - len(letters))  # what stands for no letter
        self._numbers = charmap_build(self._letters)
        self._folded, self._gone = bytearray(256), bytearray()
        for number, letter in enumerate(letters):
            folded = _small(fold_text(letter))
            if not folded:
                self._gone.append(number)
            elif letter in "'’":
                self._folded[number] = ord("'")
            else:
                self._folded[number] = self.of(folded)[0] if folded.isalnum() else ord(" ")
        before = _PROCLITICS.replace(r"\w", "[^ ]").removesuffix("*")
        self._before = re.compile(b"(?<![^ ])" + self.of(before) + b"+")
        self._genitive = re.compile(rb"(?<=[^ '])'s(?![^ '])")

    def of(self, text: str) -> bytes:
        """One byte for each letter."""
        return charmap_encode(text, "strict", self._numbers)[0]

    def words(self, text: str) -> str:
        """The terms of ``text`` joined by single spaces."""
        line = self.of(text).translate(self._folded, self._gone)
        if b"'" in line:
            line = self._genitive.sub(b"", line).replace(b"'", b" ")
        runs = self._before.sub(b"", line).split()
        if any(len(run) > LONGEST for run in runs):
            runs = [run[:LONGEST] for run in runs]
        return charmap_decode(b" ".join(runs), "strict", self._letters)[0]


#: Letters and marks of the Arabic, Persian and English press beside ASCII; at most 128.
_LETTERS = (
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيپچژکگیےە\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
    "٠١٢٣٤٥٦٧٨٩«»،؛؟٪٫٬“”‘’–—…•·éèêàâçïîôûüöäşığİñáíóúßøåæ\u200c\u200e\u200f\xa0"
)


@cache
def _bytes() -> _Bytes:
    return _Bytes()


def words(text: str) -> str:
    """The terms of ``text`` joined by single spaces, as an index of words takes them.

    >>> words("Iraq's «عقوبات»، وبالعقوبات: ٢٣١")
    'iraq عقوبات عقوبات 231'
    """
    try:
        return _bytes().words(text)
    except UnicodeEncodeError:
        return " ".join(_WORD.findall(_small(fold_text(text))))


def terms(text: str) -> list[str]:
    """The words that ``text`` is found by, in order: letters and digits, at most :data:`LONGEST` each.

    >>> terms("والعقوبات للعقوبات بعقوبات الوزير وزير")
    ['عقوبات', 'عقوبات', 'عقوبات', 'زير', 'زير']
    """
    return words(text).split()


def term_spans(text: str, only: Container[int] | None = None) -> list[tuple[str, Span]]:
    """The terms of ``text``, each with where its whole word stands; ``only``: those with these numbers, from 0.

    >>> [(term, span.of("في بَغدادَ")) for term, span in term_spans("في بَغدادَ")]
    [('في', 'في'), ('غداد', 'بَغدادَ')]
    """
    folded = fold(text)
    found = enumerate(_WORD.finditer(_small(folded.text)))
    return [(one[1], folded.span(*one.span())) for number, one in found if only is None or number in only]


def beginnings(text: str) -> list[list[str]]:
    """The terms of ``text``, of whose last word only the beginning is written: each way in which they may stand.

    The word that is meant may lose first letters that its beginning alone would keep: «وزارة» is found as زاره. A way
    that leaves one letter of several is not given: it would be the beginning of half the words.

    >>> beginnings("وزار"), beginnings("S-40")
    ([['وزار'], ['زار']], [['s', '40']])
    """
    small = _small(fold_text(text))
    found = list(_WORD.finditer(small))
    if not found:
        return []
    *before, last = found
    written = small[last.start() : last.end(1)]
    # Four letters more, so that whatever may go does.
    most = _FIRST.match(written + "ءءءء").end()  # type: ignore[union-attr]  # it matches nothing, too
    ways = [written[k:][:LONGEST] for k in range(most + 1) if k == 0 or len(written) - k >= 2]
    return [[*(one[1] for one in before), way] for way in ways]
