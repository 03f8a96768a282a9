"""What bounds a number: more than, at least, up to, about; before it and after it."""

from __future__ import annotations

from marsad.text.amounts.row import Row

_CLITICS = frozenset(("و", "ف", "ب", "ل", "وب", "ول"))
#: How many cues may stand one before the other: «ما لا يقل عن نحو».
_CHAIN = 3
#: How many words may stand between the thing counted and «على الأقل».
_APART = 2


def before(row: Row, at: int) -> tuple[int, str]:
    """Where the cues before sign ``at`` begin, and their effect: ``least``, ``most``, ``about`` or nothing."""
    effect = ""
    for _ in range(_CHAIN):
        start, here = _one(row, at)
        if start == at:
            break
        at, effect = start, effect if effect in ("least", "most") else here
    return at, effect


def _one(row: Row, at: int) -> tuple[int, str]:
    words, last = row.words, at - 1
    key = row.word(last)
    if key.isascii():
        key = key.lower()
    clitic = ""
    rows = row.table.before.get(key)
    if rows is None and len(key) > 3 and key[0] in "وفبلك":
        clitic, rows = key[0], row.table.before.get(key[1:])
        if rows is None and len(key) > 4 and key[1] in "بل":
            clitic, rows = key[:2], row.table.before.get(key[2:])
        rows = tuple(one for one in rows or () if len(one[0]) == 1)
    for phrase, effect in rows or ():
        first = at - len(phrase)
        if first < 0 or (clitic and len(phrase) > 1):
            continue
        if all(_same(words[first + i], word, not i) for i, word in enumerate(phrase)):
            return first, effect
    return at, ""


def _same(word: str, wanted: str, first: bool) -> bool:
    if wanted.isascii():
        return word.lower() == wanted
    if wanted in ("يصل", "تصل") and word.endswith("ل" + wanted):  # ليصل إلى: and so reached
        return False
    return word == wanted or (first and word.endswith(wanted) and word[: -len(wanted)] in _CLITICS)


def clitics(row: Row, at: int) -> int:
    """How many letters of the cue that begins at ``at`` are clitics."""
    word = row.word(at)
    for length in (2, 1):
        if set(word[:length]) <= set("وفبلك") and word[length:] in row.table.opening:
            return length
    return 0


def after(row: Row, at: int) -> tuple[int, str]:
    """Where the cue that follows sign ``at`` ends, and its effect; ``at`` where there is none."""
    for apart in range(_APART + 1):
        here = at + apart
        word = row.word(here)
        for phrase, effect in row.table.after.get(word.lower() if word.isascii() else word, ()):
            if word == "+" and (apart or not row.glued(here)):
                continue
            if all(_same(row.word(here + i), wanted, False) for i, wanted in enumerate(phrase)):
                end = here + len(phrase)
                return (end, effect) if row.number(end) is None else (at, "")
        if not word or not word[0].isalpha() or row.number(here) is not None or word in row.table.sets["left"]:
            break
    return at, ""
