"""What a number is of: a share, money, a measure, people and things."""

from __future__ import annotations

from marsad.text.amounts.nouns import Thing, arabic, english
from marsad.text.amounts.numerals import Numeral
from marsad.text.amounts.row import Row
from marsad.text.amounts.words import MASSES, Money, Unit

PERCENT = frozenset(("%", "٪", "﹪"))
_IN_HUNDRED = frozenset(("بالمئه", "بالمائه", "بالميه", "بالمايه"))
_HUNDRED = frozenset(("المئه", "المائه", "الميه", "المايه"))
_SQUARE = frozenset(("مربع", "مربعا", "مربعه", "مربعين"))
_CUBIC = frozenset(("مكعب", "مكعبا", "مكعبه", "مكعبين"))
_SHAPES = {"square": "squared", "sq": "squared", "cubic": "cubed"}
_HOUR = frozenset(("الساعه", "ساعه", "h", "hour"))
#: What a unit may have after it: nautical miles, degrees Celsius.
_MORE = {"mile": ("بحري", "بحريا", "بحريه"), "degree": ("مئويه", "Celsius", "celsius", "Fahrenheit")}
#: First words of countries of two: New Zealand, Hong Kong.
_TWO_WORDS = frozenset(("New", "Sri", "Hong", "Saudi"))


def thing(row: Row, stop: int, number: Numeral) -> Thing | None:
    """What the number that ends before sign ``stop`` is of; None where nothing says."""
    found = share(row, stop)
    if found is not None or row.figures_only:
        return found
    at = stop + 1 if row.word(stop) == "-" and row.glued(stop) and row.latin(stop + 1) and row.glued(stop + 1) else stop
    found = money(row, at) or measure(row, at, number)
    if found is None and number.scale >= 10 and row.word(at) in ("من", "of"):  # المليارات من الدولارات
        found = money(row, at + 1) or measure(row, at + 1, number)
    if found is not None:
        return found
    if row.latin(at):
        return english(row, at, number)
    return arabic(row, at, number)


def share(row: Row, at: int) -> Thing | None:
    """%, في المئة, percent, percentage points."""
    word, following = row.word(at), row.word(at + 1)
    if word in PERCENT or word in _IN_HUNDRED or word in ("percent", "pct"):
        return Thing(at + 1, "percent")
    if word == "في" and following in _HUNDRED:
        return Thing(at + 2, "percent")
    if (word == "per" and following == "cent") or (word == "percentage" and following in ("point", "points")):
        return Thing(at + 2, "percent")
    if word in ("نقطه", "نقاط") and following in ("مئويه", "مءويه"):
        return Thing(at + 2, "percent")
    return None


def money(row: Row, at: int, known: Money | None = None) -> Thing | None:
    """A word of currency with its country, a sign, a code, from sign ``at`` on; ``known`` where the word is read."""
    table, word, first = row.table, row.word(at), at
    if known is None and word in table.symbols:
        return Thing(at + 1, table.symbols[word])
    if known is None and word in table.codes:
        return Thing(at + 1, word)
    if known is None and len(word) == 1 and "".join(row.words[at : at + 3]) in table.letters:
        return Thing(at + 3, table.letters["".join(row.words[at : at + 3])])
    country = table.countries.get(word) if word.isascii() else None
    if country is not None:
        at += 1
    elif row.words[at : at + 4] == ["U", ".", "S", "."]:
        country, at = "US", at + 4
    elif word in _TWO_WORDS and row.latin(at + 1):
        country, at = table.countries.get(row.word(at + 1), table.countries.get(word)), at + 2
    word = row.word(at)
    plain = word.lower() if word.isascii() else word.removeprefix("ال")
    known = known or table.money.get(word) or table.money.get(plain)
    if known is None:
        return None
    stop = at + 1
    if word == "pound" and row.word(first - 1) == "-":  # a 500-pound bomb
        return Thing(stop, "pound")
    if country is None:
        country = _adjective(row, row.word(stop))
        stop += country is not None and any(code.startswith(country) for code in known.codes)
    code = next((one for one in known.codes if country is not None and one.startswith(country)), known.code)
    return Thing(stop, code, (at, at + 1), True, known)


def _adjective(row: Row, word: str) -> str | None:
    countries = row.table.countries
    for form in (word, word.removeprefix("ال")):
        for ending in ("", "ا", "ه", "ين", "ان"):
            if form.endswith(ending) and form[: len(form) - len(ending)] in countries:
                return countries[form[: len(form) - len(ending)]]
    return None


def measure(row: Row, at: int, number: Numeral, known: Unit | None = None) -> Thing | None:
    """Kilometres, square metres, tons of wheat, hours; ``known`` where the word is read."""
    table = row.table
    shape = _SHAPES.get(row.word(at).lower()) if row.latin(at) else None
    if shape is not None:
        at += 2 if row.word(at + 1) == "." else 1
    word = row.word(at)
    known = known or table.units.get(word)
    if known is None and (number.vague or number.scale >= 1e3) and word.startswith("ال"):
        known = table.units.get(word[2:])
    if known is None and word == "m" and row.number(at - 1) is not None:
        known = table.units["metre"]
    if known is None:
        return None
    code, stop = known.code, at + 1
    if shape is None:
        shape, stop = _shape(row, code, stop)
    found = Thing(stop, table.shaped[shape].get(code, code) if shape else code)
    if code in MASSES:
        _contents(row, found)
    return found


def _shape(row: Row, code: str, stop: int) -> tuple[str | None, int]:
    """Square, cubic or by the hour, and where the unit ends."""
    word, following = row.word(stop), row.word(stop + 1)
    if word in _SQUARE or word in _CUBIC:
        return ("squared" if word in _SQUARE else "cubed"), stop + 1
    if word in _MORE.get(code, ()):
        return None, stop + 1
    if (word in ("في", "/") and following in _HOUR) or (word in ("per", "an") and following == "hour"):
        return "hourly", stop + 2
    if code == "year" and (word, following) == ("-", "old"):
        return None, stop + 2
    return None, stop


def _contents(row: Row, found: Thing) -> None:
    """«طن من القمح», "tons of wheat": what is weighed."""
    word, following = row.word(found.stop), row.word(found.stop + 1)
    if word in ("من", "of") and following[:1].isalpha() and row.number(found.stop + 1) is None:
        left = row.table.sets["left"] if word == "من" else row.table.sets["left_english"]
        if following not in left:
            both = word == "من" and not following.startswith("ال") and row.word(found.stop + 2).startswith("ال")
            stop = found.stop + (3 if both else 2)
            found.of, found.stop = (found.stop + 1, stop), stop
