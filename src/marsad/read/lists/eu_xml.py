"""The consolidated list of the EU in XML: ``export/sanctionEntity``, nearly all of it in attributes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from marsad.read.lists import values, xml
from marsad.read.lists.values import Draft
from marsad.types.lists import Birth, EntryType, NameKind

RECORDS = ("sanctionEntity",)
#: What a subject is, by its code and by its letter.
TYPES = {"person": EntryType.PERSON, "p": EntryType.PERSON}


def entries(path: Path) -> Iterator[Draft]:
    """The entries."""
    for record in xml.records(path, RECORDS):
        yield _entry(record, str(path))


def _entry(record: Any, where: str) -> Draft:
    made = Draft(uid=record.get("euReferenceNumber") or record.get("logicalId", ""), where=where)
    for subject in xml.children(record, "subjectType"):
        made.type = subject_type(subject.get("code", ""), subject.get("classificationCode", ""))
    for alias in xml.children(record, "nameAlias"):
        weak = alias.get("strong", "true").lower() == "false"
        made.name(whole(alias.get("wholeName"), *(alias.get(f"{part}Name") for part in ("first", "middle", "last"))),
                  NameKind.WEAK if weak else NameKind.STRONG)  # fmt: skip
    days = []
    for regulation in xml.children(record, "regulation"):
        made.programme(regulation.get("programme"))
        days.append(values.day(regulation.get("publicationDate")))
    made.listed = listed(record.get("designationDate", ""), days)
    for born in xml.children(record, "birthdate"):
        made.birth(_birth(born))
        made.country(born.get("countryIso2Code"))
    for place in (*xml.children(record, "citizenship"), *xml.children(record, "address")):
        made.country(values.clean(place.get("countryIso2Code")) or place.get("countryDescription"))
    for remark in xml.texts(record, "remark"):
        made.remark(remark)
    return made


def subject_type(*codes: str) -> EntryType:
    """What a subject is, by any of its codes."""
    return next((TYPES[code.lower()] for code in codes if code.lower() in TYPES), EntryType.ENTITY)


def whole(name: str | None, *parts: str | None) -> str:
    """A whole name, or its parts in their order where it is missing."""
    return values.clean(name) or " ".join(filter(None, map(values.clean, parts)))


def listed(designated: str, published: list[date | None]) -> date | None:
    """The day of the listing: as it is told, else that of the first regulation."""
    return values.day(designated) or min(filter(None, published), default=None)


def _birth(born: Any) -> Birth | None:
    span = [born.get("yearRangeFrom", ""), born.get("yearRangeTo", "")]
    parts = [born.get(part, "").zfill(2) for part in ("monthOfYear", "dayOfMonth") if born.get(part, "0").strip("0 ")]
    found = values.birth(born.get("birthdate")) or values.birth("-".join([born.get("year", ""), *parts]))
    found = found or (values.birth("/".join(span)) if all(span) else None)
    if found and born.get("circa", "").lower() == "true":
        return Birth(found.first, found.last, about=True)
    return found
