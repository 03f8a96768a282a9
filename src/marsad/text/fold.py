"""Text at two strengths: ``fold`` for matching, ``clean`` for showing. Every other room matches on folded text.

Folding drops what Arabic may leave unwritten or write for looks, and makes one of the letters that the press
writes in more than one way. It keeps Latin case, punctuation and line breaks, and is idempotent.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marsad.types import Span


def _chars(*ranges: tuple[int, int]) -> str:
    """The characters of the ranges, both ends included."""
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


#: Tashkeel, dagger alif and the signs of recitation, without the hamza and madda that make a letter.
TASHKEEL = _chars(
    (0x0610, 0x061A), (0x064B, 0x0652), (0x0656, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC),
    (0x06DF, 0x06E8), (0x06EA, 0x06ED), (0x08D3, 0x08E1), (0x08E3, 0x08FF),
)  # fmt: skip
#: Madda, hamza above and hamza below as marks of their own: with their alif they are آ أ إ.
HAMZA_MARKS = "\u0653\u0654\u0655"
TATWEEL = "\u0640"
#: What stands in a text and is not seen: bidi and zero-width marks, soft hyphen, variation selectors.
INVISIBLE = _chars(
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x2064), (0x2066, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
)  # fmt: skip

_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + _chars((0x2000, 0x200A))
#: Letters that the press writes in more than one way. ی and ک are the Persian keyboard's ي and ك.
_LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك"}
#: Presentation forms: Latin, Hebrew and Arabic ligatures and shapes, full-width ASCII.
_FORMS = _chars((0xFB00, 0xFDFF), (0xFE70, 0xFEFC), (0xFF01, 0xFF5E))


def _simple() -> dict[str, str]:
    """What each character becomes, but for the presentation forms; empty where it is dropped."""
    table = dict.fromkeys(TASHKEEL + HAMZA_MARKS + TATWEEL + INVISIBLE, "")
    table |= _LETTERS
    table |= dict.fromkeys(_SPACES, " ")
    for digit in range(10):
        table[chr(0x0660 + digit)] = table[chr(0x06F0 + digit)] = str(digit)
    return table


def _all() -> dict[str, str]:
    """What each character becomes, where that is not itself."""
    table = _simple()
    for form in _FORMS:
        plain = unicodedata.normalize("NFKC", form)
        if plain != form:  # the isolated form of a mark is a space and the mark: nothing is left of it
            table[form] = "".join(table.get(c, c) for c in plain).strip()
    return table


_TABLE = _all()
# A list, because str.translate reads a list twice as fast as a dict; past its end characters stay as they are.
_LIST: list[int | str] = [_TABLE.get(chr(code), code) for code in range(max(map(ord, _TABLE)) + 1)]
#: How many characters each code point becomes: none, one or several ("ﷺ" is a whole sentence).
_WIDTHS = np.ones(0x110000, np.uint8)
for _char, _to in _TABLE.items():
    _WIDTHS[ord(_char)] = len(_to)
_TRAIL = re.compile(f"[{TASHKEEL}{HAMZA_MARKS}{TATWEEL}]*")
#: و or ي and a hamza of its own, which is the letter ؤ or ئ and not a و or ي.
_SEAT = re.compile(f"[ويى](?=[{TASHKEEL}]*\u0654)")
_CLEAN = re.compile(f"[{TASHKEEL}{TATWEEL}{re.escape(INVISIBLE)}]+")


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A folded text with the map back: ``offsets[i]`` is where in ``source`` the character ``text[i]`` stands.

    ``offsets`` has one entry more than ``text`` has characters, the length of ``source``.
    """

    text: str
    offsets: npt.NDArray[np.int32]
    source: str

    def span(self, start: int, stop: int) -> Span:
        """The part of the original that ``text[start:stop]`` stands for, with the marks on its last letter.

        A character that became several counts whole. Raises IndexError outside the folded text.

        >>> folded = fold("في بَغْدادَ أمس")
        >>> at = folded.text.index("بغداد")
        >>> folded.span(at, at + 5).of("في بَغْدادَ أمس")
        'بَغْدادَ'
        """
        if not 0 <= start <= stop <= len(self.text):
            raise IndexError(f"{start}..{stop} is not within the {len(self.text)} characters of the folded text")
        if start == stop:
            first = int(self.offsets[start])
            return Span(first, first)
        end = int(self.offsets[stop - 1]) + 1
        trail = _TRAIL.match(self.source, end)
        return Span(int(self.offsets[start]), trail.end() if trail else end)


def fold(text: str) -> Folded:
    """``text`` at match strength, with the map back to its offsets.

    >>> fold("أعلنت وِزارةُ الدّفاع").text
    'اعلنت وزاره الدفاع'
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    widths = np.append(_WIDTHS[codes], np.uint8(1))
    offsets = np.repeat(np.arange(len(text) + 1, dtype=np.int32), widths)
    return Folded(fold_text(text), offsets, text)


def fold_text(text: str) -> str:
    """``text`` at match strength: :func:`fold` without the map.

    Tashkeel, dagger alif, tatweel, bidi and zero-width marks go; أ إ آ ٱ become ا, ى and ی ي, ة ه, ک ك;
    presentation forms their letters, digits of three scripts ASCII, every kind of space a space.

    >>> fold_text("إلى «مُؤتمر» ٢٠٢٥")
    'الي «مؤتمر» 2025'
    """
    if "\u0654" in text:
        text = _SEAT.sub(lambda m: "ؤ" if m[0] == "و" else "ئ", text)
    return text.translate(_LIST)


def clean(text: str) -> str:
    """``text`` for showing: without tashkeel, dagger alif, tatweel, bidi and zero-width marks, every letter kept.

    >>> clean("أعلَنَت وِزارةُ الدّفــاع")
    'أعلنت وزارة الدفاع'
    """
    return _CLEAN.sub("", text)
