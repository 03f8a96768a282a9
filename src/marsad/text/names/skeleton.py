"""The bones of a word: classes of consonants alone, by which names of different scripts meet in an index."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, product

from marsad.text.names.initials import abbreviation
from marsad.text.names.letters import script, sounds
from marsad.text.names.vocabulary import vocabulary
from marsad.text.names.words import Named, Word

_CLASSES = {
    "b": "b", "p": "b", "P": "b", "t": "t", "d": "d", "T": "ts", "D": "dz", "E": "zd", "B": "dz", "s": "s", "z": "z",
    "X": "sS", "S": "S", "C": "S", "Z": "jz", "j": "j", "J": "jg", "g": "g", "G": "g", "k": "k", "K": "k", "q": "kg",
    "1": "sj", "2": "kj",
    "H": "H", "f": "f", "F": "f", "v": "f", "m": "m", "n": "n", "l": "l", "r": "r",
}  # fmt: skip
#: W is a v to the Russians, and a vowel to the Arabs.
_EITHER = {"w": ("f", "")}
_MOST_KEYS = 4
#: What may be left out of initials.
_LEFT_OUT = (frozenset({"link"}), frozenset({"link", "form"}))
#: Classes so wide that nearly every spelling of a name has the same of each.
BROAD = {
    **dict.fromkeys("bpP", 0), **dict.fromkeys("fFv", 1), **dict.fromkeys("tdTDEB", 2), **dict.fromkeys("sz1", 3),
    **dict.fromkeys("SCZX", 4), **dict.fromkeys("JjgGkKqH2", 5), "m": 6, "n": 7, "l": 8, "r": 9,
}  # fmt: skip


@lru_cache(1 << 16)
def skeletons(word: str) -> tuple[str, ...]:
    """The keys under which a folded, lower-case word is filed, at most four; a word with no consonant is its own.

    >>> skeletons("شويغو"), skeletons("shoigu"), skeletons("سيرجي"), skeletons("sergei")
    (('Sg',), ('Sg',), ('srj', 'srg'), ('srg',))
    """
    found = sounds(word)
    if not found:
        return (word,)
    cyrillic = script(word) == "cyrl"
    options = [
        ("H", "") if sound == "H" and cyrillic else _EITHER.get(sound) or tuple(_CLASSES.get(sound, "")) or ("",)
        for sound in found
    ]
    keys: list[str] = []
    for letters in product(*(choice[: 1 if i > 12 else None] for i, choice in enumerate(options))):
        key = "".join(letters)
        for double in ("tt", "dd", "ss", "ll", "nn", "mm", "rr", "kk", "bb", "ff"):
            key = key.replace(double, double[0])
        if key not in keys:
            keys.append(key)
        if len(keys) == _MOST_KEYS:
            break
    return tuple(key or f"-{found[:1].lower()}" for key in keys)


def word_keys(word: Word) -> frozenset[str]:
    """Every key of a word of a name: its skeletons, its meaning and the names of which it is a known spelling."""
    if word.kind in ("initial", "link", "form"):
        return frozenset()
    keys = {key for form in word.forms for key in skeletons(form)}
    if word.bound:
        keys.update(skeletons(word.bound))
    keys.update(f"#{meaning}" for meaning in word.meanings)
    same = vocabulary().same
    keys.update(f"={group}" for form in word.forms for group in same.get(form, ()))
    return frozenset(keys)


def broad(word: str) -> str:
    """The broad class of the first two firm sounds: a key for what the finer ones miss.

    >>> broad("шойгу") == broad("شويجو") == broad("shoigu")
    True
    """
    return "~" + "".join([str(BROAD[sound]) for sound in sounds(word) if sound in BROAD][:2])


def counts(name: Named) -> bytes:
    """How often each broad class stands in a name, ten bytes; words that are translated are left out."""
    found = bytearray(10)
    for word in name.words:
        if word.kind not in ("link", "form", "title") and not (name.body and word.meanings):
            for sound in sounds(word.forms[0]):
                if sound in BROAD:
                    found[BROAD[sound]] += 1
    return bytes(found)


def name_keys(name: Named) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """The keys of each word that has any, and those of each two and three that stand side by side, written as one."""
    silent = ("initial", "link", "form") if name.body else ("initial", "link", "form", "number")
    words = [word for word in name.words if word.kind not in silent] or list(name.words)
    joined = [
        frozenset(skeletons("".join(word.forms[0] for word in words[i : i + size])))
        for size in (2, 3)
        for i in range(len(words) - size + 1)
    ]
    joined += [  # بنك خلق, Halkbank
        frozenset(skeletons(after.forms[0] + word.forms[0]))
        for word, after in pairwise(words)
        if "body" in (word.kind, after.kind)
    ]
    joined.append(_initials(name))
    return [keys for word in words if (keys := word_keys(word))], joined


def heavy(name: Named) -> int:
    """How many words of a name have keys and weight: those that another name of the same can hardly lack."""
    words = [word for word in name.words if word.kind not in ("initial", "link", "form", "number")]
    if name.body:
        words = [word for word in words if word.kind not in ("outlet", "weak", "loose", "place")] or words[:1]
    return len(words) or len(name.words)


def _initials(name: Named) -> frozenset[str]:
    """Keys of the initials that a name is, or that may stand for it: as they are, and sorted those in English."""
    short = abbreviation(name)
    if short:
        return frozenset((f"@{short}", f"@#{''.join(sorted(short))}"))
    if len(name.words) < 3 or not name.body:
        return frozenset()
    parts = [(word, part) for word in name.words for part in word.forms[0].split("_")]
    keys = {f"@{''.join(part[0] for word, part in parts if word.kind not in left)}" for left in _LEFT_OUT}
    letters = vocabulary().initials
    options = [tuple({letters[m] for m in word.meanings}) for word in name.words if word.meanings]
    for ending in ("", "c"):
        keys.update(
            f"@#{''.join(sorted((*each, ending)))}" for each in product(*(sorted(option)[:2] for option in options[:6]))
        )
    return frozenset(keys)
