"""A list from its files: which form it is in, which list it is, of which day, and who stands on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from marsad.errors import EmptyError, FormatError, ReadError, SizeError
from marsad.read.lists import (
    eu_csv,
    eu_xml,
    ofac_advanced,
    ofac_csv,
    ofac_xml,
    table,
    uk_csv,
    uk_xml,
    un_xml,
    values,
    xml,
)
from marsad.read.lists.values import Draft
from marsad.types.lists import ListEntry

#: The lists that are known, and what each is.
NAMES: Mapping[str, str] = {
    "ofac-sdn": "OFAC, Specially Designated Nationals and Blocked Persons (United States)",
    "ofac-consolidated": "OFAC, consolidated non-SDN lists (United States)",
    "eu": "EU, consolidated list of financial sanctions",
    "uk": "UK Sanctions List (FCDO)",
    "uk-ofsi": "OFSI, consolidated list of targets (United Kingdom, until January 2026)",
    "un": "UN Security Council, consolidated list",
}
#: Most entries of a list; all that are published together have fewer.
MOST = 300_000
#: Programmes that only lists beside the SDN list have.
_BESIDE = ("NS-", "FSE-", "CMIC-")
#: The share of entries with such a programme from which on the list is not the SDN list.
_SHARE = 0.02
_DO = "give a file of OFAC, the EU, the UK or the UN as it is published, in XML or CSV"


@dataclass(frozen=True, slots=True)
class ReadList:
    """What files held: which list in which form, the day that they tell (None: none), the entries by their number."""

    name: str
    form: str
    as_of: date | None
    entries: tuple[ListEntry, ...]


@dataclass(slots=True)
class _Found:
    name: str
    form: str
    as_of: date | None
    entries: Iterable[ListEntry | None]


def read_list(paths: Sequence[Path]) -> ReadList:
    """The list in these files: one file, or the several of OFAC's CSV in any order.

    The form is told by what is in a file, never by its name. Raises :class:`FormatError` for a file of no known form,
    for one that is broken or cut off, and for files of several lists; :class:`EmptyError` for a list without an entry;
    :class:`SizeError` and :class:`EncodingError` as the readers do.
    """
    parts = [path for path in paths if not _is_xml(path)]
    if len(paths) > 1 and len(parts) == len(paths):
        found = _ofac_csv({_part(path): path for path in paths}, paths)
    elif len(paths) > 1:
        raise FormatError("several lists at once", where=str(paths[1]), do="add one list at a time")
    else:
        found = _of_table(paths[0]) if parts else _of_xml(paths[0])
    entries = _unique(found.entries, str(paths[0]))
    return ReadList(found.name or _which(entries), found.form, found.as_of, entries)


def _unique(entries: Iterable[ListEntry | None], where: str) -> tuple[ListEntry, ...]:
    """The entries by their number; of two with one number the first stands, and one without a name is none."""
    found: dict[str, ListEntry] = {}
    for entry in entries:
        if entry:
            found.setdefault(entry.uid, entry)
        if len(found) > MOST:
            raise SizeError(f"more than {MOST:,} entries", where=where, do=_DO)
    if not found:
        raise EmptyError("no entry in it", where=where, do=_DO)
    return tuple(found[uid] for uid in sorted(found))


def _which(entries: Sequence[ListEntry]) -> str:
    """Which list of OFAC: the SDN list, unless a share of the entries has programmes that only the others have."""
    beside = sum(any(one.startswith(_BESIDE) for one in entry.programmes) for entry in entries)
    return "ofac-consolidated" if beside > _SHARE * len(entries) else "ofac-sdn"


# --- XML -------------------------------------------------------------------------------------------------------------


def _is_xml(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise ReadError(f"cannot be read ({error.strerror or error})", where=str(path), do="check the name") from None
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _of_xml(path: Path) -> _Found:
    root = xml.root(path)
    make = _ROOTS.get(root.name)
    if make is None:
        what = (
            "a page of the web, no list" if root.name.lower() == "html" else f"XML of another kind ({root.name[:40]})"
        )
        raise FormatError(what, where=str(path), do=_DO)
    return make(path, root)


def _ofac_xml(path: Path, root: xml.Root) -> _Found:
    day, entries = _dated(ofac_xml.entries(path))
    return _Found("", "ofac-xml", values.day(day, month_first=True), entries)


def _advanced(path: Path, root: xml.Root) -> _Found:
    issued, told, drafts = ofac_advanced.read(path)
    name = "ofac-sdn" if told == "SDN List" else "ofac-consolidated" if told else ""
    return _Found(name, "ofac-advanced-xml", issued, map(Draft.entry, drafts))


def _eu_xml(path: Path, root: xml.Root) -> _Found:
    return _Found(
        "eu", "eu-xml", values.day(root.attributes.get("generationDate")), map(Draft.entry, eu_xml.entries(path))
    )


def _uk_xml(path: Path, root: xml.Root) -> _Found:
    day, entries = _dated(uk_xml.entries(path))
    return _Found("uk", "uk-xml", values.day(day), entries)


def _ofsi_xml(path: Path, root: xml.Root) -> _Found:
    return _Found("uk-ofsi", "ofsi-xml", None, map(Draft.entry, uk_csv.ofsi_xml(path)))


def _un_xml(path: Path, root: xml.Root) -> _Found:
    return _Found(
        "un", "un-xml", values.day(root.attributes.get("dateGenerated")), map(Draft.entry, un_xml.entries(path))
    )


_ROOTS: Mapping[str, Callable[[Path, xml.Root], _Found]] = {
    "sdnList": _ofac_xml,
    "Sanctions": _advanced,
    "export": _eu_xml,
    "Designations": _uk_xml,
    "ArrayOfFinancialSanctionsTarget": _ofsi_xml,
    "CONSOLIDATED_LIST": _un_xml,
}


def _dated(records: Iterable[tuple[str, Draft | None]]) -> tuple[str, list[ListEntry | None]]:
    """The day that stands among the records, and the entries, no more than are too many."""
    day = ""
    entries: list[ListEntry | None] = []
    for told, draft in records:
        day = day or told
        if draft and len(entries) <= MOST:
            entries.append(draft.entry())
    return day, entries


# --- CSV -------------------------------------------------------------------------------------------------------------


def _head(path: Path) -> list[str]:
    """The first lines of a table, as far as a form can be told by them."""
    found: list[str] = []
    for line in table.lines(path, table.encoding(path)):
        found.append(line)
        if len(found) == 2:
            break
    return found


def _of_table(path: Path) -> _Found:
    head = _head(path)
    for separator in (";", ","):
        rows = list(_cells(head, separator)) or [[""]]
        if separator == ";" and eu_csv.columns(rows[0]) is not None:
            issued, drafts = eu_csv.read(path)
            return _Found("eu", "eu-csv", issued, map(Draft.entry, drafts))
        if separator == "," and any(map(uk_csv.is_header, rows)):
            issued, new, drafts = uk_csv.read(path)
            return _Found("uk" if new else "uk-ofsi", "uk-csv" if new else "ofsi-csv", issued, map(Draft.entry, drafts))
    if ofac_csv.part(rows[0]):
        return _ofac_csv({_part(path): path}, [path])
    raise FormatError("a table of no list that is known", where=str(path), do=_DO)


def _cells(head: Sequence[str], separator: str) -> Iterator[list[str]]:
    import csv

    yield from csv.reader(head, delimiter=separator)


def _part(path: Path) -> str:
    row = next(_cells(_head(path), ","), [])
    return ofac_csv.part(row) or str(path)


def _ofac_csv(parts: Mapping[str, Path], paths: Sequence[Path]) -> _Found:
    odd = [name for name in parts if name not in ofac_csv.WIDTHS.values()]
    if odd:
        raise FormatError("no file of OFAC's CSV", where=odd[0], do="add one list at a time")
    if len(parts) < len(paths):
        raise FormatError("two files of one kind", where=str(paths[-1]), do="add one list at a time")
    if "main" not in parts:
        raise FormatError("only a part of OFAC's CSV", where=str(paths[0]), do="give SDN.CSV with it")
    return _Found("", "ofac-csv", None, map(Draft.entry, ofac_csv.read(parts)))
