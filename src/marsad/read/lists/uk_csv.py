"""The lists of the UK in CSV: the consolidated list of OFSI (ConList.csv, retired in 2026) and the UK Sanctions List.

A first line tells the day, the second names the columns; each entry has a row for every name, and in the UK Sanctions
List for every address and number too. The XML of OFSI has the same rows as elements (:func:`ofsi_xml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from marsad.read.lists import table, values, xml
from marsad.read.lists.uk_xml import PARTS, TYPES, kind
from marsad.read.lists.values import Draft
from marsad.types.lists import EntryType, NameKind

Row = Mapping[str, str]
#: What the first cell of the first line says, in small letters, of either list.
_DAYS = ("last updated", "report date")
#: The names of what is read: in the two tables, and in the XML of OFSI; all in small letters and without spaces.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "uid": ("uniqueid", "groupid"),
    "type": ("designationtype", "grouptype", "grouptypedescription"),
    "alias": ("nametype", "aliastype"),
    "quality": ("aliasstrength", "aliasquality"),
    "script": ("namenon-latinscript", "namenonlatinscript"),
    "regime": ("regimename", "regime"),
    "listed": ("datedesignated", "uksanctionslistdatedesignated", "listedon", "datelisted"),
    "born": ("d.o.b", "dob", "individual_dateofbirth"),
    "nation": ("nationality(/ies)", "nationality", "individual_nationality"),
    "birthplace": ("countryofbirth", "individual_countryofbirth"),
    "address": ("addresscountry", "country"),
    "flag": ("currentbelievedflagofship", "ship_flag"),
    "remark": ("otherinformation",),
    "reasons": ("ukstatementofreasons",),
}
_COUNTRIES = ("nation", "birthplace", "address", "flag")


def first_day(row: Sequence[str]) -> date | None:
    """The day that a first line tells; None where it tells none."""
    head, _, rest = row[0].strip().lower().partition(":")
    if head not in _DAYS:
        return None
    return next(filter(None, map(values.day, (rest, *row[1:]))), None)


def is_header(row: Sequence[str]) -> bool:
    """Whether a row names the columns of either list."""
    plain = {_plain(cell) for cell in row}
    return "name6" in plain and bool({"uniqueid", "groupid"} & plain)


def _plain(cell: str) -> str:
    return "".join(cell.lower().split())


def is_new(header: Sequence[str]) -> bool:
    """Whether the columns are those of the UK Sanctions List, not those of OFSI."""
    return "uniqueid" in map(_plain, header)


def read(path: Path) -> tuple[date | None, bool, list[Draft]]:
    """The day of the file, whether it is the UK Sanctions List, and its entries."""
    rows = table.rows(path, table.encoding(path), ",")
    header = next(rows)
    issued = None
    if not is_header(header):
        issued, header = first_day(header), next(rows)
    named = [_plain(cell) for cell in header]
    found = (dict(zip(named, row, strict=False)) for row in rows)
    return issued, is_new(header), gathered(found, str(path))


def ofsi_xml(path: Path) -> list[Draft]:
    """The entries of OFSI's list in XML, which tells no day."""
    rows = (
        {xml.local(cell).lower(): cell.text or "" for cell in record if isinstance(cell.tag, str)}
        for record in xml.records(path, ("FinancialSanctionsTarget",))
    )
    return gathered(rows, str(path))


def gathered(rows: Iterable[Row], where: str) -> list[Draft]:
    """The entries of rows whose cells are named in small letters without spaces."""
    entries: dict[str, Draft] = {}
    for row in rows:
        cell = {key: next((row[name] for name in names if row.get(name)), "") for key, names in _KEYS.items()}
        uid = cell["uid"].strip()
        made = entries.get(uid)
        if made is None:
            made = entries[uid] = Draft(uid=uid, where=where)
            made.type = TYPES.get(cell["type"].strip().lower(), EntryType.ENTITY)
        _take(made, row, cell)
    return list(entries.values())


def _take(made: Draft, row: Row, cell: Row) -> None:
    parts = [values.clean(row.get(part.lower())) for part in PARTS]
    made.name(" ".join(filter(None, parts)), kind(cell["alias"], cell["quality"]), cell["alias"].strip())
    made.name(cell["script"], NameKind.STRONG, "original script")
    made.programme(cell["regime"])
    made.birth(values.birth(cell["born"]) or values.birth(cell["born"][:10]))
    for key in _COUNTRIES:
        made.country(cell[key])
    made.remark(cell["remark"])
    made.remark(cell["reasons"])
    if found := values.day(cell["listed"]):
        made.listed = min(found, made.listed) if made.listed else found
