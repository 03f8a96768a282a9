"""A table of names to be looked for on lists: CSV with a header, as programs and Excel write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from marsad.errors import EmptyError, FormatError
from marsad.knowledge.countries import countries
from marsad.read.lists import table, values
from marsad.types.lists import Asked, EntryType

#: What is read, and the names of columns that hold it; without the first, the names stand in the first column.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full_name", "fullname", "full name", "الاسم", "اسم", "الاسم الكامل"),
    "type": ("type", "kind", "النوع", "نوع"),
    "born": ("born", "dob", "d.o.b.", "date_of_birth", "date of birth", "birth_date", "birthdate", "تاريخ الميلاد"),
    "country": ("country", "nationality", "الدولة", "دولة", "البلد", "بلد", "الجنسية", "جنسية"),
}
_TYPES: Mapping[EntryType, tuple[str, ...]] = {
    EntryType.PERSON: ("person", "individual", "natural person", "p", "شخص", "فرد"),
    EntryType.ENTITY: ("entity", "company", "organization", "organisation", "firm", "body", "legal person", "e", "كيان",
                       "شركة", "منظمة", "جهة", "هيئة"),
    EntryType.VESSEL: ("vessel", "ship", "سفينة", "ناقلة"),
    EntryType.AIRCRAFT: ("aircraft", "plane", "طائرة"),
}  # fmt: skip
_TYPE = {word: kind for kind, words in _TYPES.items() for word in words}
_DO = "give a table with a header and a column named name"


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A row of the table: its cells, untouched, and who is asked for in it."""

    cells: tuple[str, ...]
    asked: Asked


@dataclass(frozen=True, slots=True)
class NamesFile:
    """A table of names: its header, what separates its cells, whether it begins with a byte order mark."""

    path: Path
    codec: str
    header: tuple[str, ...]
    separator: str
    columns: Mapping[str, int]

    @property
    def marked(self) -> bool:
        """Whether it begins with a byte order mark, as Excel wants it."""
        return self.codec != "utf-8" and self.codec != "cp1252"

    def rows(self) -> Iterator[AskedRow]:
        """The rows under the header, each as wide as it is."""
        found = table.rows(self.path, self.codec, self.separator)
        next(found)
        for number, row in enumerate(found, 1):
            if any(map(str.strip, row[len(self.header) :])):
                raise FormatError(
                    f"row {number} has more cells than the header", where=str(self.path), do="quote cells with commas"
                )
            yield AskedRow(tuple(row[: len(self.header)]), self._asked(row))

    def _asked(self, row: Sequence[str]) -> Asked:
        cell = {key: row[place].strip() for key, place in self.columns.items() if place < len(row)}
        kind = _TYPE.get(cell.get("type", "").lower())
        born = values.birth(cell.get("born"))
        country = values.country(cell.get("country", ""))
        found = {"type": kind, "born": born, "country": country if country in countries() else None}
        unread = tuple(cell[key] for key, value in found.items() if cell.get(key) and value is None)
        return Asked(values.clean(cell.get("name")), kind, born, found["country"], unread)  # type: ignore[arg-type]


def names_file(path: Path) -> NamesFile:
    """The table in a file.

    Raises :class:`EmptyError` without a header, :class:`EncodingError` and :class:`SizeError` as its readers do.
    """
    codec = table.encoding(path)
    first = next(table.lines(path, codec), "")
    separator = table.delimiter(first)
    header = next(table.rows(path, codec, separator), None)
    if header is None:
        raise EmptyError("no header in it", where=str(path), do=_DO)
    plain = [cell.strip().lower() for cell in header]
    columns = {
        key: plain.index(name)
        for key, names in COLUMNS.items()
        for name in [next((one for one in names if one in plain), None)]
        if name
    }
    columns.setdefault("name", 0)
    return NamesFile(path, codec, tuple(header), separator, columns)
