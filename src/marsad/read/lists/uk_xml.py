"""The UK Sanctions List in XML: ``Designations/Designation``. Parts of a date that are not known stand as letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.read.lists import values, xml
from marsad.read.lists.values import Draft
from marsad.types.lists import EntryType, NameKind

RECORDS = ("DateGenerated", "Designation")
TYPES = {"individual": EntryType.PERSON, "ship": EntryType.VESSEL, "aircraft": EntryType.AIRCRAFT}
#: The parts of a name in the order in which they are said: the sixth is the family name, or all of it.
PARTS = ("Name1", "Name2", "Name3", "Name4", "Name5", "Name6")
_COUNTRIES = (
    ("IndividualDetails", "Individual", "Nationalities", "Nationality"),
    ("IndividualDetails", "Individual", "BirthDetails", "Location", "CountryOfBirth"),
    ("Addresses", "Address", "AddressCountry"),
    ("ShipDetails", "Ship", "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"),
)


def entries(path: Path) -> Iterator[tuple[str, Draft | None]]:
    """The day of the file as written, once, and the entries."""
    for record in xml.records(path, RECORDS):
        if xml.local(record) == "Designation":
            yield "", _entry(record, str(path))
        else:
            yield (record.text or ""), None


def kind(told: str, strength: str = "") -> NameKind:
    """How good a name is, by its type and its strength in the words of either list of the UK."""
    if strength.lower().startswith("low"):
        return NameKind.WEAK
    return NameKind.PRIMARY if told.strip().lower() == "primary name" else NameKind.STRONG


def _entry(record: Any, where: str) -> Draft:
    made = Draft(uid=xml.text(record, "UniqueID") or xml.text(record, "OFSIGroupID"), where=where)
    made.type = TYPES.get(xml.text(record, "IndividualEntityShip").lower(), EntryType.ENTITY)
    for name in xml.children(record, "Names", "Name"):
        told = xml.text(name, "NameType")
        parts = [values.clean(xml.text(name, part)) for part in PARTS]
        made.name(" ".join(filter(None, parts)), kind(told, xml.text(name, "AliasStrength")), told)
    for name in xml.texts(record, "NonLatinNames", "NonLatinName", "NameNonLatinScript"):
        made.name(name, NameKind.STRONG, "original script")
    made.programme(xml.text(record, "RegimeName"))
    made.listed = values.day(xml.text(record, "DateDesignated"))
    for born in xml.texts(record, "IndividualDetails", "Individual", "DOBs", "DOB"):
        made.birth(values.birth(born))
    for way in _COUNTRIES:
        for country in xml.texts(record, *way):
            made.country(country)
    made.remark(xml.text(record, "OtherInformation"))
    made.remark(xml.text(record, "UKStatementofReasons"))
    return made
