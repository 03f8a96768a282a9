"""Initials beside what they stand for: NIOC, FSB, ФСБ, SABIC; and letters that Arabic spells out («بي بي سي»)."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.text.names.letters import script, sounds
from marsad.text.names.vocabulary import vocabulary
from marsad.text.names.words import Named, Word

#: Letters that one word may give to initials (SABIC: Saudi Basic Industries Corporation), and the least of initials.
_GIVES, _LEAST = 2, 3
#: Words that may give no letter.
_SILENT = frozenset({"form", "link", "number"})


def abbreviation(name: Named) -> str:
    """The initials that a name is, folded; empty where it is no initials or has other words than forms of firms."""
    real = [word for word in name.words if word.kind not in ("form", "link")]
    if len(real) != 1:
        return ""
    shown, form = real[0].shown, real[0].forms[0]
    if real[0].kind in ("number", "initial") or not shown.isupper() or not shown.isalpha():
        return ""
    return form if _LEAST <= len(shown) <= 7 else ""


def stands_for(initials: str, words: Sequence[Word]) -> bool:
    """Whether ``initials`` may stand for ``words``, in the order of these and each word giving its first letters."""
    if len(words) < _LEAST - 1 or script(initials) not in {script(word.forms[0]) for word in words}:
        return _translated(initials, words)
    reached = {0}
    for word, form in [(each, part) for each in words for part in each.forms[0].split("_")]:
        now = set(reached) if word.kind in _SILENT else set()
        for at in reached:
            for size in range(1, _GIVES + 1):
                if form[:size] == initials[at : at + size] and len(form) >= size:
                    now.add(at + size)
        reached = now
    return len(initials) in reached and len([w for w in words if w.kind not in ("form", "link")]) >= _LEAST - 1


def _translated(initials: str, words: Sequence[Word]) -> bool:
    """Whether initials are those of what all words mean in English (four or more) or Russian, in any order."""
    known, kind = vocabulary(), script(initials)
    if kind == "cyrl":
        return _spell(sounds(initials), words, known.russian)
    return kind == "latn" and len(initials) > _LEAST and _spell(initials, words, known.initials)


def _spell(letters: str, words: Sequence[Word], table: Sequence[str]) -> bool:
    left = list(letters)
    for word in words:
        gives = {table[meaning] for meaning in word.meanings} | ({"c"} if word.kind == "form" else set())
        found = next((letter for letter in left if letter in gives), "")
        if found:
            left.remove(found)
        elif word.kind not in _SILENT and word.kind != "place":
            return False
    return not left
