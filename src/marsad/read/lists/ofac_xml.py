"""OFAC's classic XML (SDN.XML, CONSOLIDATED.XML): ``sdnList/sdnEntry``, a record for each entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.read.lists import values, xml
from marsad.read.lists.values import Draft
from marsad.types.lists import EntryType, NameKind

RECORDS = ("publshInformation", "sdnEntry")
TYPES = {
    "individual": EntryType.PERSON,
    "vessel": EntryType.VESSEL,
    "aircraft": EntryType.AIRCRAFT,
}
_COUNTRIES = (
    ("nationalityList", "nationality", "country"),
    ("citizenshipList", "citizenship", "country"),
    ("addressList", "address", "country"),
    ("vesselInfo", "vesselFlag"),
)


def published(record: Any) -> str:
    """The day of publication (month first), where the record tells it."""
    return xml.text(record, "Publish_Date")


def entries(path: Path) -> Iterator[tuple[str, Draft | None]]:
    """The day of publication as written, once, and the entries."""
    for record in xml.records(path, RECORDS):
        if xml.local(record) == "sdnEntry":
            yield "", _entry(record, str(path))
        else:
            yield published(record), None


def _entry(record: Any, where: str) -> Draft:
    made = Draft(uid=xml.text(record, "uid"), where=where)
    made.type = TYPES.get(xml.text(record, "sdnType").lower(), EntryType.ENTITY)
    made.name(_name(record), NameKind.PRIMARY)
    for aka in xml.children(record, "akaList", "aka"):
        weak = xml.text(aka, "category").lower() == "weak"
        made.name(_name(aka), NameKind.WEAK if weak else NameKind.STRONG, xml.text(aka, "type"))
    for programme in xml.texts(record, "programList", "program"):
        made.programme(programme)
    for born in xml.texts(record, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth"):
        made.birth(values.birth(born, month_first=True))
    for way in _COUNTRIES:
        for country in xml.texts(record, *way):
            made.country(country)
    made.remark(xml.text(record, "title"))
    made.remark(xml.text(record, "remarks"))
    return made


def _name(element: Any) -> str:
    return f"{xml.text(element, 'firstName')} {xml.text(element, 'lastName')}"
