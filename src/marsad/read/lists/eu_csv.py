"""The consolidated list of the EU in CSV: a row for each name, birth, address or document of an entry, in both forms
that are published (columns named ``NameAlias_WholeName`` or ``Naal_wholename``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from marsad.read.lists import table, values
from marsad.read.lists.eu_xml import subject_type, whole
from marsad.read.lists.values import Draft
from marsad.types.lists import NameKind

#: What is read, and the columns that hold it, in small letters.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("filegenerationdate", "date_file"),
    "number": ("entity_logicalid", "entity_logical_id"),
    "uid": ("entity_eu_referencenumber", "eu_ref_num"),
    "type": ("entity_subjecttype_classificationcode", "entity_subjecttype", "subject_type"),
    "other_type": ("entity_subjecttype", "subject_type"),
    "designated": ("entity_designationdate",),
    "published": ("entity_regulation_publicationdate", "leba_publication_date"),
    "programme": ("entity_regulation_programme", "programme"),
    "remark": ("entity_remark",),
    "name": ("namealias_wholename", "naal_wholename"),
    "first": ("namealias_firstname", "naal_firstname"),
    "middle": ("namealias_middlename", "naal_middlename"),
    "last": ("namealias_lastname", "naal_lastname"),
    "strong": ("namealias_strong", "naal_strong"),
    "born": ("birthdate_birthdate", "birt_date"),
    "born_year": ("birthdate_year",),
    "born_country": ("birthdate_countryiso2code", "birt_country"),
    "citizen": ("citizenship_countryiso2code", "citi_country"),
    "citizen_name": ("citizenship_countrydescription",),
    "address": ("address_countryiso2code", "addr_country"),
    "address_name": ("address_countrydescription",),
}
_COUNTRIES = (("citizen", "citizen_name"), ("address", "address_name"), ("born_country", "born_country"))


def columns(header: Sequence[str]) -> dict[str, int] | None:
    """The places of what is read; None for another table."""
    plain = [cell.strip().strip('"').lower() for cell in header]
    found = {
        key: plain.index(name)
        for key, names in _COLUMNS.items()
        for name in [next((one for one in names if one in plain), None)]
        if name
    }
    return found if {"number", "name"} <= found.keys() else None


def read(path: Path) -> tuple[date | None, list[Draft]]:
    """The day of the file, and its entries."""
    codec = table.encoding(path)
    rows = table.rows(path, codec, ";")
    places = columns(next(rows))
    assert places is not None  # told by its header
    entries: dict[str, Draft] = {}
    issued: date | None = None
    for row in rows:
        cell = {key: row[place].strip() if place < len(row) else "" for key, place in places.items()}
        issued = issued or values.day(cell.get("date"))
        number = cell["number"]
        made = entries.get(number)
        if made is None:
            made = entries[number] = Draft(uid=cell.get("uid") or number, where=str(path))
            made.type = subject_type(cell.get("type", ""), cell.get("other_type", ""))
        _take(made, cell)
    return issued, list(entries.values())


def _take(made: Draft, cell: Mapping[str, str]) -> None:
    weak = cell.get("strong", "").lower() == "false"
    made.name(
        whole(cell["name"], cell.get("first"), cell.get("middle"), cell.get("last")),
        NameKind.WEAK if weak else NameKind.STRONG,
    )
    made.programme(cell.get("programme"))
    made.birth(values.birth(cell.get("born")) or values.birth(cell.get("born_year")))
    for code, name in _COUNTRIES:
        made.country(values.clean(cell.get(code)) or cell.get(name))
    made.remark(cell.get("remark"))
    designated, published = values.day(cell.get("designated")), values.day(cell.get("published"))
    if designated:
        made.listed = designated
    elif published and (made.listed is None or published < made.listed):
        made.listed = published
