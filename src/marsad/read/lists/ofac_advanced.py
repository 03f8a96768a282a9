"""OFAC's advanced XML (SDN_ADVANCED.XML): ``Sanctions``, whose parties, places and listings refer to each other.

Values stand as numbers that ``ReferenceValueSets`` explains; a party's listing and programmes stand in a later part.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from marsad.read.lists import values, xml
from marsad.read.lists.ofac_xml import TYPES
from marsad.read.lists.values import Draft
from marsad.types.lists import Birth, EntryType, NameKind

RECORDS = (
    "DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship",
    "SanctionsEntry",
)  # fmt: skip
#: Parts of a name that stand behind the others, whatever the order in the file.
_LAST = ("Last Name", "Maiden Name", "Matronymic")
_COUNTRY_FEATURES = frozenset({"Nationality Country", "Nationality", "Citizenship Country", "Citizenship", "Location",
                               "Place of Birth", "Vessel Flag", "Flag"})  # fmt: skip
#: The measure that means a programme; its comment is the programme.
_PROGRAMME = "Program"


@dataclass(slots=True)
class _File:
    """What is known of a file so far: the meanings of numbers, the countries of places, the entries by profile."""

    where: str
    meant: dict[tuple[str, str], str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parties: dict[str, Draft] = field(default_factory=dict)
    lists: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    issued: date | None = None

    def of(self, kind: str, element: Any, attribute: str) -> str:
        """The meaning of a number in an attribute; empty where the file does not tell it."""
        return self.meant.get((kind, element.get(attribute, "")), "")


def read(path: Path) -> tuple[date | None, str, list[Draft]]:
    """The day of issue, the name of the list that most entries are on, and the entries."""
    file = _File(str(path))
    for record in xml.records(path, RECORDS):
        _TAKE[xml.local(record)](file, record)
    for uid, draft in file.parties.items():
        draft.uid = uid
    told = max(file.lists, key=lambda name: len(file.lists[name]), default="")
    return file.issued, told, list(file.parties.values())


def _issue(file: _File, record: Any) -> None:
    file.issued = _date(record)


def _references(file: _File, record: Any) -> None:
    for values_of in record:
        for value in values_of:
            number = value.get("ID")
            if number:
                file.meant[xml.local(value), number] = (value.text or "").strip() or value.get("ISO2", "")
                if value.get("PartyTypeID"):
                    file.groups[number] = value.get("PartyTypeID")


def _place(file: _File, record: Any) -> None:
    found = [file.of("Country", each, "CountryID") for each in xml.children(record, "LocationCountry")]
    file.places[record.get("ID", "")] = tuple(filter(None, found))


def _ignored(file: _File, record: Any) -> None:
    """A record that says nothing of who is listed."""


def _party(file: _File, record: Any) -> None:
    profile = next(xml.children(record, "Profile"), None)
    if profile is None:
        return
    made = Draft(uid=profile.get("ID") or record.get("FixedRef", ""), where=file.where)
    made.type = _type(file, profile)
    for identity in xml.children(profile, "Identity"):
        groups = {
            group.get("ID", ""): file.of("NamePartType", group, "NamePartTypeID")
            for group in xml.children(identity, "NamePartGroups", "MasterNamePartGroup", "NamePartGroup")
        }
        for alias in xml.children(identity, "Alias"):
            _alias(file, made, alias, groups)
    for feature in (*xml.children(profile, "Feature"), *xml.children(record, "Feature")):
        _feature(file, made, feature)
    made.remark(xml.text(record, "Comment"))
    file.parties[made.uid] = made


def _type(file: _File, profile: Any) -> EntryType:
    number = profile.get("PartySubTypeID", "")
    told = (file.meant.get(("PartySubType", number)), file.meant.get(("PartyType", file.groups.get(number, ""))))
    return next((TYPES[one.lower()] for one in told if one and one.lower() in TYPES), EntryType.ENTITY)


def _alias(file: _File, made: Draft, alias: Any, groups: dict[str, str]) -> None:
    kind = NameKind.PRIMARY if alias.get("Primary") == "true" else NameKind.STRONG
    if alias.get("LowQuality") == "true":
        kind = NameKind.WEAK
    note = file.of("AliasType", alias, "AliasTypeID")
    for place, name in enumerate(xml.children(alias, "DocumentedName")):
        front: list[str] = []
        back: list[str] = []
        for part in xml.children(name, "DocumentedNamePart", "NamePartValue"):
            of = groups.get(part.get("NamePartGroupID", ""), "")
            (back if of in _LAST else front).append(part.text or "")
        # A second writing of the primary name is the same in another script.
        made.name(" ".join((*front, *back)), NameKind.STRONG if place and kind is NameKind.PRIMARY else kind, note)


def _feature(file: _File, made: Draft, feature: Any) -> None:
    told = file.of("FeatureType", feature, "FeatureTypeID")
    for version in xml.children(feature, "FeatureVersion"):
        if told == "Birthdate":
            for period in xml.children(version, "DatePeriod"):
                made.birth(_period(period))
        elif told in _COUNTRY_FEATURES:
            for place in xml.children(version, "VersionLocation"):
                for country in file.places.get(place.get("LocationID", ""), ()):
                    made.country(country)
            if told in ("Vessel Flag", "Flag"):
                made.country(xml.text(version, "VersionDetail"))
        elif told in ("Title", "Title:"):
            made.remark(xml.text(version, "VersionDetail"))


def _listing(file: _File, record: Any) -> None:
    made = file.parties.get(record.get("ProfileID", ""))
    if made is None:
        return
    file.lists[file.of("List", record, "ListID")].add(made.uid)
    days = [found for event in xml.children(record, "EntryEvent", "Date") if (found := _date(event))]
    if days:
        made.listed = min((*days, made.listed)) if made.listed else min(days)
    for measure in xml.children(record, "SanctionsMeasure"):
        if file.of("SanctionsType", measure, "SanctionsTypeID") in (_PROGRAMME, ""):
            made.programme(xml.text(measure, "Comment"))


def _date(element: Any) -> date | None:
    found = _written(element)
    return found.first if found and found.first == found.last else None


def _written(element: Any) -> Birth | None:
    parts = [xml.text(element, part) for part in ("Year", "Month", "Day")]
    shown = "-".join(part for part in parts if part)
    return values.birth(shown)


def _period(period: Any) -> Birth | None:
    ends = [
        found
        for way in (("Start", "From"), ("Start", "To"), ("End", "From"), ("End", "To"))
        for each in xml.children(period, *way)
        if (found := _written(each))
    ]
    about = any(each.get("Approximate") == "true" for way in ("Start", "End") for each in xml.children(period, way))
    if not ends:
        return None
    first, last = min(end.first for end in ends), max(end.last for end in ends)
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return Birth(first, last, about and not whole)


_TAKE = {
    "DateOfIssue": _issue,
    "ReferenceValueSets": _references,
    "Location": _place,
    "IDRegDocument": _ignored,
    "DistinctParty": _party,
    "ProfileRelationship": _ignored,
    "SanctionsEntry": _listing,
}
