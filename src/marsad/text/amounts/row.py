"""A text as a row of words, figures and marks, with what the vocabulary knows of each."""

from __future__ import annotations

import re
from functools import cache

from marsad.text.amounts import numerals
from marsad.text.amounts.words import Words, words

#: Agencies write «9ر3» for 3.9: a letter between figures turns them around on the page.
_TOKEN = re.compile(r"\d+(?:ر\d+(?!\d*[.,٬٫،ر])|(?:[.,٬٫،]\d+)*)|[^\W\d_]+|\n|[^\w\s]|_")
#: Empty signs around the row, so that every rule may look a few signs to either side.
_AROUND = 16
_A = numerals.Word("a", 1)
_CLITICS = frozenset("و ف ب ل ك ال وال بال فال كال لل ولل وب ول وك فب وبال فل".split())  # noqa: SIM905


@cache
def _anchors() -> frozenset[str]:
    """The words that may begin an amount."""
    table = words()
    counted = set(table.duals)
    counted |= {word for word, unit in table.units.items() if unit.dual}
    counted |= {word for word, money in table.money.items() if money.dual}
    with_clitics = {first + word for word in counted for first in ("و", "ف", "ب", "ل", "ك")}
    return frozenset(table.numbers) | counted | with_clitics


class Row:
    """The signs of a folded text: ``words[i]`` is ``text[starts[i]:stops[i]]``."""

    def __init__(self, text: str, figures_only: bool = False) -> None:
        self.text = text
        self.table: Words = words()
        found = list(_TOKEN.finditer(text))
        self.words = [match[0] for match in found]
        anchors = frozenset() if figures_only else _anchors()
        self.anchors = [i for i, word in enumerate(self.words) if word in anchors or word[0].isdecimal()]
        self.size = len(found)
        self.words += [""] * _AROUND
        self.word = self.words.__getitem__
        self._found = found if self.anchors else []
        self.figures_only = figures_only

    def start(self, at: int) -> int:
        """Where in the text a sign begins."""
        return self._found[at].start()

    def stop(self, at: int) -> int:
        """Where in the text a sign ends."""
        return self._found[at].end()

    def latin(self, at: int) -> bool:
        """Whether the sign is a word in Latin letters."""
        word = self.word(at)
        return word.isascii() and word.isalpha()

    def glued(self, at: int) -> bool:
        """Whether nothing stands between the sign and the one before it."""
        return 0 < at < self.size and self.stop(at - 1) == self.start(at)

    def number(self, at: int) -> numerals.Word | None:
        """What the sign is as a number word; figures are one where they can be read."""
        word = self.word(at)
        if not word:
            return None
        if word[0].isdecimal():
            value = numerals.figures(word, False)
            return numerals.Word("figures", value) if value is not None else None
        if self.figures_only and word not in numerals.ENGLISH_SCALES:
            return None
        if word in ("a", "an", "A", "An"):
            following = self.table.numbers.get(self.word(at + 1))
            return _A if following and following.kind in ("scale", "times") else None
        return self.table.numbers.get(word)

    def noun_follows(self, at: int) -> bool:
        """Whether an Arabic word that may be counted stands there."""
        word = self.word(at)
        if not word or not word[0].isalpha() or word.isascii() or word in self.table.sets["left"]:
            return False
        known = word in self.table.nouns or word in self.table.units or word in self.table.money
        return known or (word[0] not in "وفلب" and not word.startswith("ال") and word not in self.table.numbers)

    def thousands(self, at: int) -> tuple[float, int] | None:
        """«300 000»: groups of three figures set apart by spaces; the value and the sign after them."""
        if not self.word(at).isdigit() or len(self.word(at)) > 3 or self.word(at)[0] == "0":
            return None
        stop, plain = at + 1, self.word(at)
        while stop - at < 5 and len(self.word(stop)) == 3 and self.word(stop).isdigit():
            if self.text[self.stop(stop - 1) : self.start(stop)] not in (" ",):
                break
            plain, stop = plain + self.word(stop), stop + 1
        following = self.word(stop)
        if stop == at + 1 or (following[:1].isdigit() and not self.glued(stop)):
            return None
        return float(plain), stop

    def clitics(self, at: int) -> bool:
        """Whether the sign is made of nothing but Arabic clitics: «الـ» before 30."""
        return self.word(at) in _CLITICS
