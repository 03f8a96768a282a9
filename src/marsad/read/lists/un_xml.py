"""The consolidated list of the UN Security Council in XML: ``CONSOLIDATED_LIST``, persons and entities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.read.lists import values, xml
from marsad.read.lists.values import Draft
from marsad.types.lists import Birth, EntryType, NameKind

RECORDS = ("INDIVIDUAL", "ENTITY")
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
#: What the quality of a weak alias begins with.
_WEAK = "low"


def entries(path: Path) -> Iterator[Draft]:
    """The entries."""
    for record in xml.records(path, RECORDS):
        yield _entry(record, str(path))


def _entry(record: Any, where: str) -> Draft:
    made = Draft(uid=xml.text(record, "REFERENCE_NUMBER") or xml.text(record, "DATAID"), where=where)
    of = xml.local(record)
    made.type = EntryType.PERSON if of == "INDIVIDUAL" else EntryType.ENTITY
    made.name(" ".join(filter(None, (xml.text(record, part) for part in _NAMES))), NameKind.PRIMARY)
    made.name(xml.text(record, "NAME_ORIGINAL_SCRIPT"), NameKind.STRONG, "original script")
    for alias in xml.children(record, f"{of}_ALIAS"):
        quality = xml.text(alias, "QUALITY")
        weak = quality.lower().startswith(_WEAK)
        made.name(xml.text(alias, "ALIAS_NAME"), NameKind.WEAK if weak else NameKind.STRONG, _note(quality))
    made.programme(xml.text(record, "UN_LIST_TYPE"))
    made.listed = values.day(xml.text(record, "LISTED_ON"))
    for born in xml.children(record, f"{of}_DATE_OF_BIRTH"):
        made.birth(_birth(born))
    for way in (("NATIONALITY", "VALUE"), (f"{of}_ADDRESS", "COUNTRY"), (f"{of}_PLACE_OF_BIRTH", "COUNTRY")):
        for country in xml.texts(record, *way):
            made.country(country)
    made.remark(xml.text(record, "COMMENTS1"))
    return made


def _note(quality: str) -> str:
    return quality if "k.a" in quality.lower() else "a.k.a."


def _birth(born: Any) -> Birth | None:
    span = [xml.text(born, part) for part in ("FROM_YEAR", "TO_YEAR")]
    told = [xml.text(born, "DATE"), xml.text(born, "YEAR"), "/".join(span) if all(span) else "", xml.text(born, "NOTE")]
    found = next(filter(None, map(values.birth, told)), None)
    if found and xml.text(born, "TYPE_OF_DATE").upper().startswith("APPROX"):
        return Birth(found.first, found.last, about=True)
    return found
