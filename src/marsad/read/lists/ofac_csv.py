"""OFAC's CSV files, which have no header and are told apart by their cells: SDN.CSV (or CONS_PRIM.CSV), ALT.CSV,
ADD.CSV and SDN_COMMENTS.CSV, joined by the number of the entry. What is not known is written ``-0-``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from marsad.errors import FormatError
from marsad.read.lists import table, values
from marsad.read.lists.ofac_xml import TYPES
from marsad.read.lists.values import Draft
from marsad.types.lists import EntryType, NameKind

#: How many cells a row of each file has, and which: the entries, their aliases, addresses, further remarks.
WIDTHS: Mapping[int, str] = {12: "main", 5: "alt", 6: "add", 2: "comments"}
_ALIASES = frozenset({"aka", "fka", "nka"})
_DO = "give SDN.CSV with its ALT.CSV and ADD.CSV, as OFAC publishes them"

_WEAK = re.compile(r"\b([afn]\.k\.a\.) '([^']{1,200})'")
_BORN = re.compile(r"\bDOB ([^;.]{4,40})")
_COUNTRY = re.compile(r"\b(?:nationality|citizen|POB(?: [^;]*?,)?) ([A-Z][^;.,]{2,60})")


def part(row: list[str]) -> str | None:
    """Which of the files a row is of; None where of none."""
    found = WIDTHS.get(len(row))
    if found is None or not row[0].strip().isdigit():
        return None
    if found == "alt" and row[2].strip().lower() not in _ALIASES:
        return None
    return found


def read(parts: Mapping[str, Path]) -> list[Draft]:
    """The entries of the files by what they are. Raises :class:`FormatError` for a row that is not of its file."""
    entries: dict[str, Draft] = {}
    for row in _rows(parts["main"], "main"):
        entries[row[0].strip()] = _entry(row, str(parts["main"]))
    for row in _rows(parts.get("alt"), "alt"):
        if made := entries.get(row[0].strip()):
            made.name(row[3], NameKind.STRONG, f"{row[2].strip()[:1]}.k.a.")
    for row in _rows(parts.get("add"), "add"):
        if made := entries.get(row[0].strip()):
            made.country(row[4])
    for row in _rows(parts.get("comments"), "comments"):
        if made := entries.get(row[0].strip()):
            _remarks(made, row[1])
    return list(entries.values())


def _rows(path: Path | None, of: str) -> Iterable[list[str]]:
    if path is None:
        return
    for number, row in enumerate(table.rows(path, table.encoding(path), ","), 1):
        if part(row) != of:
            raise FormatError(f"row {number} is no row of OFAC's {of} file", where=str(path), do=_DO)
        yield row


def _entry(row: list[str], where: str) -> Draft:
    made = Draft(uid=row[0].strip(), where=where)
    made.type = TYPES.get(row[2].strip().lower(), EntryType.ENTITY)
    made.name(row[1], NameKind.PRIMARY)
    for programme in re.split(r"\]\s*\[|;", row[3]):
        made.programme(programme.strip(" []"))
    made.country(row[9])
    made.remark(row[4])
    _remarks(made, row[11])
    return made


def _remarks(made: Draft, text: str) -> None:
    """What the remarks tell: dates of birth, countries, and the weak aliases, which stand in single quotes."""
    made.remark(text)
    for found in _BORN.finditer(text):
        made.birth(values.birth(found[1]))
    for found in _COUNTRY.finditer(text):
        made.country(found[1])
    for found in _WEAK.finditer(text):
        made.name(found[2], NameKind.WEAK, found[1])
