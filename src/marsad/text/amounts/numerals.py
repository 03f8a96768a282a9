"""Number words of Arabic and English, and what a row of them and of figures comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from marsad.text.amounts.row import Row


class Word(NamedTuple):
    """A number word: its kind and value, how its clitics stand (و, ال) and how many letters they take.

    Kinds: ``ones``, ``ten`` (عشر, which after ones makes 11 to 19), ``teen``, ``tens``, ``hundreds``; ``times``
    (English hundred, dozen); ``scale`` (ألف, مليون); ``two`` (ألفين), ``alif`` (ألفا: a thousand, or two in the
    construct); ``many`` (عشرات, آلاف, hundreds), ``few`` (بضعة), ``part`` (نصف, half), ``a``; ``figures``.
    """

    kind: str
    value: float
    joined: bool = False
    definite: bool = False
    skip: int = 0


_ONES = (
    "واحد واحده احد احدي", "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي", "ثلاث ثلاثه", "اربع اربعه", "خمس خمسه",
    "ست سته", "سبع سبعه", "ثماني ثمانيه ثمان", "تسع تسعه",
)  # fmt: skip
_TENS = "عشر ثلاث اربع خمس ست سبع ثمان تسع"
_HUNDREDS = "ثلاث اربع خمس ست سبع ثماني تسع"
_SCALES = {
    1e3: ("الف", "الاف الوف"),
    1e6: ("مليون", "ملايين"),
    1e9: ("مليار بليون", "مليارات بلايين بليونات"),
    1e12: ("تريليون ترليون", "تريليونات ترليونات"),
}
#: These with ل, ب or ك are mostly other words (لست: I am not); so is «ستين» after them.
_NO_CLITIC = frozenset(("ست", "تسع", "احد", "احدي", "سبع", "واحد", "واحده", "ربع", "نصف", "ين"))

_ENGLISH = "one two three four five six seven eight nine"
_TEENS = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
#: English scales; the short ones only at figures (4.2bn).
ENGLISH_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SHORT = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "B": 1e9, "b": 1e9, "bln": 1e9,
         "trn": 1e12, "tn": 1e12}  # fmt: skip
_ENGLISH_MANY = {"dozens": (24, 99), "scores": (40, 99), "tens": (20, 99), "hundreds": (200, 999),
                 "thousands": (2e3, 9999), "millions": (2e6, 1e7 - 1), "billions": (2e9, 1e10 - 1),
                 "trillions": (2e12, 1e13 - 1)}  # fmt: skip


def _arabic() -> Iterator[tuple[str, Word]]:
    """Every Arabic number word without its clitics."""
    for value, line in enumerate(_ONES, 1):
        yield from ((word, Word("ones", value)) for word in line.split())
    yield "واحدا", Word("ones", 1)
    yield from ((word, Word("ten", 10)) for word in ("عشر", "عشره"))
    for value, stem in enumerate(_TENS.split(), 2):
        yield from ((stem + ending, Word("tens", 10 * value)) for ending in ("ون", "ين"))
    for hundred in ("مئه", "مائه", "مايه"):
        stem = hundred[:-1]
        yield hundred, Word("hundreds", 100)
        yield from ((stem + ending, Word("hundreds", 200)) for ending in ("تان", "تين", "تا", "تي"))
        for value, ones in enumerate(_HUNDREDS.split(), 3):
            yield ones + hundred, Word("hundreds", 100 * value)
        yield "ثمان" + hundred, Word("hundreds", 800)
        yield "ثلث" + hundred, Word("hundreds", 300)
    for scale, (singular, plural) in _SCALES.items():
        for word in singular.split():
            yield word, Word("scale", scale)
            yield f"{word}ا", Word("alif", scale)
            yield from ((word + ending, Word("two", scale)) for ending in ("ان", "ين", "ي"))
        yield from ((word, Word("many", scale)) for word in plural.split())
    yield from ((word, Word("many", 100)) for word in ("مئات", "مءات"))
    yield "الافا", Word("many", 1e3)
    yield "عشرات", Word("many", 10)
    yield from ((word, Word("few", 3)) for word in ("بضع", "بضعه"))
    yield "نصف", Word("part", 0.5)
    yield "ربع", Word("part", 0.25)


def _with_clitics(word: str, known: Word) -> Iterator[tuple[str, Word]]:
    """The word with و, ف, ب, ل, ك and ال."""
    for first in ("", "و", "ف"):
        joined = first == "و"
        if first != "ف" or word not in _NO_CLITIC:
            yield first + word, known._replace(joined=joined, skip=len(first))
        yield f"{first}ال{word}", known._replace(joined=joined, definite=True, skip=len(first))
        yield f"{first}لل{word}", known._replace(joined=joined, definite=True, skip=len(first) + 1)
        for particle in "بلك":
            skip = len(first) + 1
            if word not in _NO_CLITIC:
                yield f"{first}{particle}{word}", known._replace(skip=skip)
            if particle != "ل":
                yield f"{first}{particle}ال{word}", known._replace(definite=True, skip=skip)


def _english() -> Iterator[tuple[str, Word]]:
    """Every English number word in small letters."""
    yield from ((word, Word("ones", value)) for value, word in enumerate(_ENGLISH.split(), 1))
    yield "ten", Word("teen", 10)
    yield from ((word, Word("teen", value)) for value, word in enumerate(_TEENS.split(), 11))
    yield from ((word, Word("tens", 10 * value)) for value, word in enumerate(_ENGLISH_TENS.split(), 2))
    yield from ((word, Word("scale", scale)) for word, scale in ENGLISH_SCALES.items())
    yield "hundred", Word("times", 100)
    yield "dozen", Word("times", 12)
    yield from ((word, Word("many", low)) for word, (low, _) in _ENGLISH_MANY.items())
    yield "half", Word("part", 0.5)
    yield "few", Word("few", 3)
    yield "several", Word("few", 3)


def lexicon() -> dict[str, Word]:
    """Every written form, folded, with what it is. Plain forms win over those with clitics."""
    plain = dict(_arabic())
    words: dict[str, Word] = {}
    for word, known in plain.items():
        for form, with_clitics in _with_clitics(word, known):
            words.setdefault(form, with_clitics)
    for word in ("الاثنين", "الاثنان", "الاحد", "والاحد", "الالف", "والاثنين", "بالاثنين", "للاحد", "بالاحد", "الواحد",
                 "الواحده", "والواحد", "النصف", "الربع", "الست", "السبع", "لالف"):  # fmt: skip
        if word not in plain:
            words.pop(word, None)  # Monday, Sunday, the one, half and quarter, the lady, the lion
    words |= plain
    for word, known in _english():
        for form in (word, word.capitalize(), word.upper()):
            words[form] = known
    return words


@dataclass(slots=True)
class Numeral:
    """A number read at the signs ``start`` to ``stop``; ``scale`` is its last scale, 1 where it has none.

    ``written``: in words; ``definite``: with its article; ``vague``: it names no number (hundreds, a few).
    """

    start: int
    stop: int
    low: float
    high: float
    scale: float = 1
    written: bool = False
    definite: bool = False
    vague: bool = False
    digits: str = ""
    split: int = 0


def numeral(row: Row, start: int, most: int | None = None) -> Numeral | None:
    """The longest number that begins with sign ``start``, or None; at most up to the sign ``most``."""
    first = row.number(start)
    if first is None or _anyone(row, start):
        return None
    if first.kind in ("many", "few", "part"):
        return _vague(row, start, first)
    sum_, at, split, alone = _Sum(), start, 0, first.kind in ("figures", "alif")
    limit = row.size if most is None else most
    while at < limit:
        here, joined, then = _next(row, at, start)
        if here is None or not sum_.take(here, joined, at == start, row.latin(at) or row.word(at) == "-"):
            break
        if joined and at > start:
            split = at
        at = then
        if here.kind == "part" and joined and not row.latin(at - 1):
            repeated = row.number(at)
            at += bool(repeated and repeated.kind == "scale" and repeated.value == sum_.last and not repeated.joined)
            break  # مليون ونصف المليون
    if at == start or (first.kind == "a" and at == start + 1):
        return None
    alone = alone and at == start + 1
    value = sum_.value()
    if alone and first.kind == "alif" and row.noun_follows(at):  # مليونا دولار: two
        value *= 2
    digits = row.word(start) if alone and first.kind == "figures" else ""
    return Numeral(start, at, value, value, sum_.last if sum_.scaled else 1, first.kind != "figures", first.definite,
                   digits=digits, split=split)  # fmt: skip


def _anyone(row: Row, at: int) -> bool:
    """Whether «أحد» is "anyone" or "one of": no عشر follows, no tens with و."""
    word = row.word(at)
    if (word.startswith("واحد") and word != "واحدي") or word.lstrip("وفبلك") not in ("احد", "احدي"):
        return False
    following = row.number(at + 1)
    if following is not None and following.kind == "ten":
        return False
    then, joined, _ = _next(row, at + 1, at)
    return then is None or then.kind != "tens" or not joined


def _next(row: Row, at: int, start: int) -> tuple[Word | None, bool, int]:
    """The number word at ``at`` or behind a و, "and" or hyphen there; whether it is so joined; the sign after it."""
    here = row.number(at)
    if here is not None:
        eleven = row.word(at) == "واحد" and row.word(at + 1) == "عشر"  # folded, «وأحد عشر» begins like «واحد»
        return here, (here.joined or eleven) and at > start, at + 1
    if at == start or at >= row.size:
        return None, False, at
    word = row.word(at)
    if word == "و" or (word in ("and", "-") and row.latin(at - 1)):
        following = row.number(at + 1)
        if word == "and" and (row.word(at + 1), row.word(at + 2)) == ("a", "half"):
            return Word("part", 0.5), True, at + 3
        hyphen = word == "-"
        if following is not None and not following.joined and not (hyphen and following.kind == "figures"):
            return following, not hyphen, at + 2
    return None, False, at


@dataclass(slots=True)
class _Sum:
    """What the words so far come to: ``total`` of the groups with their scales, ``current`` of the open group."""

    total: float = 0
    current: float | None = None
    last: float = 1e15
    scaled: bool = False
    figures: bool = False

    def value(self) -> float:
        return self.total + (self.current or 0)

    def take(self, here: Word, joined: bool, first: bool, latin: bool) -> bool:
        """Adds a word where the grammar of numbers lets it stand next."""
        opens = first or ((joined or latin) and self.scaled and self.current is None)
        value, group = here.value, self.current
        match here.kind:
            case "figures":
                if not (first or (joined and opens and not latin)) or value >= self.last:
                    return False
                self.current, self.figures = value, True
                return True
            case "a":
                self.current = 1
                return first
            case "ones" | "teen" | "ten" | "tens" | "hundreds":
                return self._small(here.kind, value, joined, opens, latin)
            case "times":
                if group is None and first:
                    group = 1
                if joined or group is None or not (1 <= group < 100 or (value == 12 and group < 1000)):
                    return False
                self.current = group * value
                return True
            case "part":
                if not (joined and (self.scaled or group is not None)) or (group is not None and self.figures):
                    return False
                if group is None:
                    self.total += value * self.last
                else:
                    self.current = group + value
                return group is None or latin
            case _:
                return self._scale(here.kind, value, joined, first)

    def _small(self, kind: str, value: float, joined: bool, opens: bool, latin: bool) -> bool:
        group = self.current
        if group is None:
            if opens:
                self.current, self.figures = value, False
            return opens
        if self.figures:
            return False
        linked = joined or latin
        if kind == "ten" and not joined and 1 <= group % 100 <= 9:  # خمسة عشر
            self.current = group + 10
            return True
        if kind == "hundreds" and value == 100 and not joined and 3 <= group <= 9:  # ثلاث مئة
            self.current = group * 100
            return True
        if not linked:
            return False
        rest = group % 100
        hundreds = group >= 100 and rest == 0
        fits = {
            "ones": hundreds or (latin and rest >= 20 and rest % 10 == 0),
            "teen": hundreds,
            "ten": hundreds,
            "tens": hundreds or (not latin and 1 <= rest <= 9 and joined),
            "hundreds": False,
        }[kind]
        if fits:
            self.current = group + value
        return fits

    def _scale(self, kind: str, value: float, joined: bool, first: bool) -> bool:
        group = self.current
        if kind == "many" and value < 1e3:
            if value == 100 and group is not None and 3 <= group <= 9 and not joined and not self.figures:
                self.current = group * 100
                return True
            return False
        amount = 2 * value if kind == "two" else value
        if group is not None:
            if joined or kind == "two" or value >= self.last:
                return False
            self.total, self.current = self.total + group * value, None
        elif first:
            self.total = amount
        elif joined and value < self.last and kind != "many":
            self.total += amount
        elif not joined and self.scaled and value > self.last and self.total / self.last < 1000:  # ألف مليار
            self.total *= value
        else:
            return False
        self.last, self.scaled = value, True
        return True


def _vague(row: Row, start: int, first: Word) -> Numeral | None:
    """عشرات الآلاف, بضع مئات, نصف مليون, hundreds of thousands, a few dozen."""
    at, words = start + 1, row.words
    latin = row.latin(start)
    following = row.number(at)
    if first.kind == "part":
        skip = 0
        if latin and words[at : at + 1] in (["a"], ["the"]):
            skip, following = 1, row.number(at + 1)
        if following is None or following.kind not in ("scale", "times", "alif") or following.joined:
            return None
        value = first.value * following.value
        return Numeral(start, at + skip + 1, value, value, following.value, True)
    if first.kind == "few":
        low, high, scale = 3.0, 9.0, 1.0
        if following and not following.joined and following.kind in ("many", "scale", "times"):
            scale, at = following.value, at + 1
            low, high = 3 * scale, 10 * scale - 1
            following = row.number(at)
        elif latin and words[start].lower() == "several":
            return None
    else:
        low, high, scale = 2 * first.value, 10 * first.value - 1, first.value
        if latin:
            low, high = _ENGLISH_MANY[words[start].lower()]
            scale = (high + 1) / 10
            if words[at : at + 1] == ["of"] and row.number(at + 1):
                following, at = row.number(at + 1), at + 1
    if following and not following.joined and following.kind in ("many", "scale") and following.value > scale:
        factor = following.value if not row.latin(at) or following.kind == "scale" else following.value / 2
        low, high, scale, at = low * factor, (high + 1) * factor - 1, factor, at + 1
    elif words[at] == "of" and row.number(at) is None and words[at - 1] == "of":
        at -= 1
    if latin and at > start + 1 and words[at - 1] == "of":
        at -= 1
    return Numeral(start, at, low, high, scale, True, first.definite, True)


def figures(word: str, thousands: bool) -> float | None:
    """What figures with separators are; ``thousands``: a single stop before three figures divides thousands.

    >>> figures("1,250,000", False), figures("3٫5", False), figures("1.500", True), figures("16.9.2025", False)
    (1250000.0, 3.5, 1500.0, None)
    """
    if word.isdigit():
        return float(word) if len(word) <= 16 else None
    if len(word) > 24:
        return None
    if "ر" in word:  # 9ر3: a letter turns the figures around, 3.9
        tail, _, head = word.partition("ر")
        return float(f"{head}.{tail}")
    plain = word.replace("٬", ",").replace("،", ",").replace("٫", ";")
    separators = [char for char in plain if not char.isdigit()]
    last = separators[-1]
    head, _, tail = plain.rpartition(last)
    if len(set(separators)) == 1:
        grouped = _grouped(plain, last)
        if len(separators) > 1:
            return grouped
        if grouped is not None and (last == "," or (last == "." and thousands)):
            return grouped
        return float(f"{head}.{tail}")
    if separators.count(last) > 1 or len(set(separators)) > 2:
        return None
    whole = _grouped(head, separators[0])
    return float(f"{whole:.0f}.{tail}") if whole is not None else None


def _grouped(plain: str, separator: str) -> float | None:
    first, *groups = plain.split(separator)
    if not 1 <= len(first) <= 3 or first.startswith("0") or any(len(group) != 3 for group in groups):
        return None
    return float(first + "".join(groups))
