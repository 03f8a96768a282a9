"""The vocabulary of amounts: numbers, units, currencies, what is counted, cues; read once from the files beside."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from marsad.text.amounts import numerals

#: Units that dates are counted in.
TIMES = frozenset(("second", "minute", "hour", "day", "week", "month", "year", "decade", "century"))
#: Units of what is weighed or filled: «طن من القمح».
MASSES = frozenset(("kg", "g", "ton", "barrel", "litre", "gallon", "ounce", "pound"))


class Unit(NamedTuple):
    """A word of a unit, and whether it stands for two of them."""

    code: str
    dual: bool = False


class Money(NamedTuple):
    """A word of a currency: its code without a word of country, the codes with one, whether it is a dual."""

    name: str
    code: str
    codes: tuple[str, ...]
    dual: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Every table, by the folded word."""

    numbers: dict[str, numerals.Word]
    units: dict[str, Unit]
    shaped: dict[str, dict[str, str]]
    money: dict[str, Money]
    countries: dict[str, str]
    symbols: dict[str, str]
    codes: frozenset[str]
    letters: dict[str, str]
    dollars: dict[str, str]
    nouns: frozenset[str]
    plurals: frozenset[str]
    singulars: frozenset[str]
    duals: frozenset[str]
    sets: dict[str, frozenset[str]]
    before: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    after: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    opening: frozenset[str]


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text("utf-8"))


@cache
def words() -> Words:
    """The tables."""
    units, nouns, cues = _file("units.toml"), _file("nouns.toml"), _file("cues.toml")
    broken, sound = _rows(nouns["broken"]), _rows(nouns["sound"])
    singulars = {row[0] for row in broken + sound}
    plurals = {word for row in broken for word in row[1:]} | {row[0] + end for row in sound for end in ("ون", "ين")}
    plurals |= {row[0] + "ات" for row in sound}
    duals = {form for row in broken for form in _dual(row[0])} | {row[0] + "ان" for row in sound}
    duals -= plurals | singulars | set(nouns["not_dual"].split())
    sets = {name: frozenset(line.split()) for name, line in nouns.items() if name not in ("broken", "sound")}
    before, after = _cues(cues["before"], last=True), _cues(cues["after"], last=False)
    return Words(
        numbers=numerals.lexicon(),
        units=dict(_units(units["units"])),
        shaped={shape: units[shape] for shape in ("squared", "cubed", "hourly")},
        money=dict(_money(units["money"])),
        countries={word: code for code, line in units["countries"].items() for word in line.split()},
        symbols=units["symbols"],
        codes=frozenset(units["codes"]["written"].split()),
        letters=units["letters"],
        dollars=dict(pair.split(":") for pair in units["codes"]["before_dollar"].split()),
        nouns=frozenset(singulars | {_accusative(word) for word in singulars} | plurals | sets["others"]),
        plurals=frozenset(plurals),
        singulars=frozenset(singulars | {_accusative(word) for word in singulars}),
        duals=frozenset(duals),
        sets=sets,
        before=before,
        after=after,
        opening=frozenset(phrase[0] for rows in [*before.values(), *after.values()] for phrase, _ in rows),
    )


def _rows(lines: str) -> list[list[str]]:
    return [cell.split() for line in lines.split("\n") for cell in line.split("|") if cell.strip()]


def _dual(word: str) -> tuple[str, str]:
    stem = word[:-1] + "ت" if word.endswith("ه") else word
    return f"{stem}ان", f"{stem}ين"


def _accusative(word: str) -> str:
    return word if word.endswith(("ه", "اء")) else f"{word}ا"


def _units(rows: dict[str, list[str]]) -> Iterator[tuple[str, Unit]]:
    for code, (singular, plural, short, english) in rows.items():
        for word in singular.split():
            yield word, Unit(code)
            yield _accusative(word), Unit(code)
            yield from ((form, Unit(code, True)) for form in _dual(word))
        for word in f"{plural} {short} {english}".split():
            yield word, Unit(code)
            if word.isascii() and len(word) > 3:
                yield word.capitalize(), Unit(code)


def _money(rows: dict[str, list[str]]) -> Iterator[tuple[str, Money]]:
    for name, (*forms, code, codes) in rows.items():
        known = Money(name, code, tuple(codes.split()))
        arabic = forms[0].split()
        for word in arabic:
            yield word, known
            if len(word) > 3 and word[-1] not in "هوي":
                yield f"{word}ا", known
                yield from ((form, known._replace(dual=True)) for form in _dual(word))
        for word in " ".join(forms[1:]).split():
            yield word, known


def _cues(parts: dict[str, str], last: bool) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The phrases by their last or first word, the longest first, each with its effect."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for effect, lines in parts.items():
        for row in _rows(lines):
            key = row[-1] if last else row[0]
            found.setdefault(key, []).append((tuple(row), effect))
    return {key: tuple(sorted(rows, key=lambda row: -len(row[0]))) for key, rows in found.items()}
