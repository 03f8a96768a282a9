"""Letters as sounds: a word of Arabic, Latin or Cyrillic letters becomes a string of one character a sound.

A sound keeps what its letter leaves open, so that the comparison can be lenient where the script is: ``J`` is ج (read
j or g), ``P`` is ب (b or p), ``F`` is ف (f or v), ``K`` is ك (k or g), ``U`` and ``I`` are و and ي (vowel or not),
``@`` an alif that begins a word (any vowel), ``3`` is ع, ``&`` a final a or ah, ``Y`` a final i. ``S`` sh, ``C`` ch,
``Z`` zh, ``H`` kh, ``G`` gh, ``T`` th, ``D`` dh, ``E`` ظ, ``B`` ض, ``X`` ç; ``1`` c before e and i, ``2`` before
a, o and u; the rest is what it looks like.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Stands between two letters that are not one sound.
BREAK = "ʼ"
#: Letters read; what stands after them in a word is not looked at, so that no word is too long to compare.
LONGEST = 32

_ARABIC = {
    "ا": "A", "ب": "P", "ت": "t", "ث": "T", "ج": "J", "ح": "h", "خ": "H", "د": "d", "ذ": "D", "ر": "r", "ز": "z",
    "س": "s", "ش": "S", "ص": "s", "ض": "B", "ط": "t", "ظ": "E", "ع": "3", "غ": "G", "ف": "F", "ق": "q", "ك": "K",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "U", "ؤ": "U", "ي": "I", "ئ": "I", "ء": "", "ى": "I",
    "پ": "p", "چ": "C", "ژ": "Z", "گ": "g", "ڤ": "v", "ڥ": "v", "ڨ": "g", "ڭ": "g", "ٹ": "t", "ڈ": "d",
    "ڑ": "r", "ں": "n",
    "ے": "I", "ھ": "h", "ہ": "h", "ۀ": "h", "ۆ": "U", "ۇ": "U", "ێ": "I", "ە": "e", "ڵ": "l", "ڕ": "r", "ۋ": "v",
    "ټ": "t", "ډ": "d", "ړ": "r", "ږ": "Z", "ښ": "S", "څ": "C", "ځ": "z", "ڼ": "n", "ې": "I", "ۍ": "I", "ګ": "g",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "o", "ж": "Z", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "H", "ц": "ts", "ч": "C", "ш": "S", "щ": "S", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "yi", "є": "e", "ґ": "g", "ў": "w", "қ": "q", "ғ": "G", "ң": "n", "ү": "u", "ұ": "u", "ө": "o",
    "һ": "h", "ә": "a", "ј": "y", "љ": "l", "њ": "n", "ћ": "C", "ђ": "j", "џ": "j", "ҳ": "h", "ҷ": "j",
    "ӯ": "u", "ӣ": "i",
}  # fmt: skip
#: Latin letters that are no plain letter with a mark, or whose mark changes the sound.
_MARKED = str.maketrans({
    "ş": "š", "ș": "š", "ś": "š", "ć": "č", "ğ": "ğ", "ı": "i", "ø": "o", "ł": "l", "ß": "s", "đ": "d", "ð": "d",
    "þ": "ŧ", "æ": "e", "œ": "e", "ə": "a", "ħ": "h", "ŋ": "n",
})  # fmt: skip
_KEPT = {"ç": "X", "č": "C", "š": "S", "ž": "Z", "ğ": "G", "ŧ": "T"}
_LATIN = {
    "shch": "S", "tsch": "C", "dzh": "j", "tch": "C", "sch": "S", "sh": "S", "ch": "C", "kh": "H", "gh": "G", "zh": "Z",
    "th": "T", "dh": "D", "dj": "j", "ph": "f", "ck": "k", "tz": "ts", "qu": "k", "oo": "u", "ou": "u", "ee": "i",
    "ʼ": "", "x": "ks", "c": "k", "1": "1", "2": "2", "cz": "C", "sz": "S",
}  # fmt: skip
_LATIN_TOKEN = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)) + "|.", re.S)
#: C before e, i is s to most and j to the Turks; before others k, or what is left of a ç.
_SOFT_C, _HARD_C = re.compile("c(?=[eiy])"), re.compile("c(?=[aou])")
_NO_PINYIN = re.compile("q(?!i|uan|ue|un|u$)")
_PINYIN = re.compile(
    "(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|iong|uang|eng|ing|ong|i?an|iao|uai|uan|[ae]i|ao|ou|[eiu]n|i[aeu]|"
    "u[aioe]|[aoeiu])){1,3}"
)
_ARABIC_PAIR = re.compile("تش|دج|دچ")
_DOUBLE = re.compile(r"(.)\1+")
_FINAL_I = re.compile("(?:ei|ey|iy|ii|ij|yi|iyi|ie|y|i)$")
_FINAL_A = re.compile("(?:ah|eh|a)$")
_VOWELS = frozenset("aeiou")


def script(word: str) -> str:
    """The script of a word by its first letter: ``arab``, ``cyrl``, ``latn``, or an empty string for any other.

    >>> script("شويغو"), script("Шойгу"), script("Shoigu"), script("48")
    ('arab', 'cyrl', 'latn', '')
    """
    for letter in word:
        if "\u0600" <= letter <= "\u08ff" or "\ufb50" <= letter <= "\ufeff":
            return "arab"
        if "\u0400" <= letter <= "\u052f":
            return "cyrl"
        if letter.isalpha():
            return "latn" if letter < "\u0370" or "\u1e00" <= letter <= "\u1eff" else ""
    return ""


@lru_cache(1 << 16)
def sounds(word: str) -> str:
    """The sounds of a folded, lower-case word; empty for a word of another script or of digits alone.

    >>> sounds("شويغو"), sounds("shoigu"), sounds("шойгу")
    ('SUIGU', 'Soigu', 'Soygu')
    """
    kind, word = script(word), word[:LONGEST]
    if kind == "arab":
        return _arabic(word)
    if kind == "cyrl":
        return _ended(
            "".join(
                _CYRILLIC.get(letter, "") for letter in word.replace("дж", "џ").replace("цз", "џ").replace("иа", "ия")
            )
        )
    return _ended(_latin(word)) if kind == "latn" else ""


def _arabic(word: str) -> str:
    found = "".join(
        {"تش": "C", "دج": "j", "دچ": "j"}.get(part) or "".join(_ARABIC.get(letter, "") for letter in part)
        for part in re.split(f"({_ARABIC_PAIR.pattern})", word)
    )
    found = _DOUBLE.sub(r"\1", found)
    if word[:1] == "ا":
        found = "@" + found[1:]
    if len(found) > 2 and found[-1] in "IY":
        return found[:-1] + "Y"
    if len(found) > 2 and (found[-1] == "A" or (found[-1] == "h" and word[-1] == "ه")):
        return found[:-1] + "&"
    return found


def _latin(word: str) -> str:
    plain = word.translate(_MARKED)
    if not plain.replace(BREAK, "").isascii():
        plain = "".join(
            letter
            if letter in _KEPT or letter == BREAK
            else next((c for c in unicodedata.normalize("NFD", letter) if c.isascii()), "")
            for letter in plain
        )
    if "q" in plain and not _NO_PINYIN.search(plain) and _PINYIN.fullmatch(plain):
        plain = plain.replace("q", "ch")
    plain = _HARD_C.sub("2", _SOFT_C.sub("1", plain.replace("xx", "x")))
    first, rest = ("S", plain[1:]) if plain.startswith("x") else ("", plain)  # Xi, Xinhua
    return first + "".join(_LATIN.get(part) or _KEPT.get(part, part) for part in _LATIN_TOKEN.findall(rest))


def _ended(found: str) -> str:
    """The sounds of a word of letters that write vowels: doubles made one, the ending as what it may stand for."""
    found = _DOUBLE.sub(r"\1", found)
    if len(found) > 2:
        end = _FINAL_I.search(found)
        if end and end.start() > 0 and not (end[0] in ("y", "i") and found[end.start() - 1] in "aou"):
            return found[: end.start()] + "Y"
        end = _FINAL_A.search(found)
        if end and end.start() > 1 and found[end.start() - 1] not in _VOWELS:
            return found[: end.start()] + "&"
        if end and end[0] != "a" and end.start() > 1:
            return found[: end.start()] + "&"
    return found
