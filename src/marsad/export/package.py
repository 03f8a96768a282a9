"""A data package: a folder with events and tables, what each column means in both languages, and how to cite it.

``datapackage.json`` follows Data Package 2.0 (https://datapackage.org), so that programs know the types of columns;
``codebook.md`` and ``codebook.ar.md`` are made from the same list of columns and from the code book of labels;
``CITATION.cff`` is of version 1.2.0 of the Citation File Format.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from marsad.about import __version__
from marsad.export import parquet
from marsad.export.labels import words
from marsad.export.parquet import whole_folder
from marsad.export.rows import BETWEEN, COLUMNS, Column, Csv, Row
from marsad.export.tables import CountryMonths, DyadMonths, country_columns, dyad_columns
from marsad.knowledge import ontology
from marsad.types import Occurrence

EVENTS, DYADS, COUNTRIES = "events.csv", "dyad_months.csv", "country_months.csv"
PARQUET, DESCRIPTION, CITATION = "events.parquet", "datapackage.json", "CITATION.cff"
CODEBOOKS = {"en": "codebook.md", "ar": "codebook.ar.md"}
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

#: What has to be said of rights, whatever the licence of a package.
RIGHTS = {
    "en": (
        "The events are made by machine from articles that belong to their publishers. Titles, sentences, quotations "
        "and words of an article are quoted as evidence; no licence for them is given here. Check what your law and "
        "the publishers' terms allow before you pass them on: the other columns stand without them."
    ),
    "ar": (
        "استُخرجت الأحداث آليًّا من مقالات هي ملك ناشريها. العناوين والجمل والاقتباسات وألفاظ المقالات منقولة شاهدًا، ولا "
        "يُعطى هنا ترخيص بها. راجع ما يسمح به قانون بلدك وشروط الناشرين قبل أن تنشرها، وتبقى سائر الأعمدة صالحة دونها."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a package says of itself.

    ``version`` is that of the data, ``created`` the day. ``model`` and ``knowledge`` are the versions of what coded
    the events; ``licence`` an SPDX id (``CC-BY-4.0``), None where none is given; ``authors`` who made the selection.
    """

    created: date
    title: str = "Events coded by Marsad"
    version: str = "1"
    model: str | None = None
    knowledge: str | None = None
    licence: str | None = None
    authors: tuple[str, ...] = ("anonymous",)
    url: str | None = None

    def versions(self) -> dict[str, str]:
        """The versions of what made the events, those that are known."""
        given = {"marsad": __version__, "model": self.model, "knowledge": self.knowledge}
        return {name: version for name, version in given.items() if version}


_TYPES = {
    "string": "string", "month": "yearmonth", "date": "date", "time": "datetime", "number": "number",
    "integer": "integer", "boolean": "boolean", "list": "list",
}  # fmt: skip


def _field(name: str, column: Column) -> dict[str, Any]:
    """A column as a field of Table Schema."""
    field: dict[str, Any] = {"name": name, "type": _TYPES[column.type], "description": column.en}
    if column.type == "list":
        field |= {"delimiter": BETWEEN, "itemType": "string"}
    return field | {"description_ar": column.ar}


def _resource(folder: Path, file: str, columns: Mapping[str, Column], key: Sequence[str]) -> dict[str, Any]:
    """A file as a resource, with its size and digest."""
    digest, size = hashlib.sha256(), 0
    with (folder / file).open("rb") as written:
        while block := written.read(1 << 20):
            digest.update(block)
            size += len(block)
    found: dict[str, Any] = {"name": file.replace(".", "-").replace("_", "-"), "path": file}
    if file.endswith(".csv"):
        found |= {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        schema = {"fields": [_field(name, column) for name, column in columns.items()], "missingValues": [""]}
        found["schema"] = schema | ({"primaryKey": list(key)} if key else {})
    else:
        found |= {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    return found | {"bytes": size, "hash": f"sha256:{digest.hexdigest()}"}


def _description(folder: Path, about: About) -> str:
    """The text of ``datapackage.json``."""
    resources = [
        _resource(folder, EVENTS, COLUMNS, ["event"]),
        # No key: the month of a row can be unknown, and what is in a key must not be.
        _resource(folder, DYADS, dyad_columns(), ()),
        _resource(folder, COUNTRIES, country_columns(), ()),
    ]
    if (folder / PARQUET).exists():
        resources.append(_resource(folder, PARQUET, COLUMNS, ()))
    described: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": "marsad-events",
        "title": about.title,
        "version": about.version,
        "created": f"{about.created.isoformat()}T00:00:00Z",
        "contributors": [{"title": author, "roles": ["creator"]} for author in about.authors],
        "licenses": [{"name": about.licence}] if about.licence else None,
        "homepage": about.url,
        "rights": RIGHTS,
        "versions": about.versions(),
        "resources": resources,
    }
    kept = {name: value for name, value in described.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def _citation(about: About) -> str:
    """The text of ``CITATION.cff``; JSON's quotation marks are YAML's too."""

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    lines = [
        "cff-version: 1.2.0",
        "message: If you use these data, please cite them as below, with their version.",
        f"title: {quoted(about.title)}",
        "type: dataset",
        "authors:",
        *(f"  - name: {quoted(author)}" for author in about.authors),
        f"version: {quoted(about.version)}",
        f"date-released: {about.created.isoformat()}",
    ]
    lines += [f"license: {quoted(about.licence)}"] if about.licence else []
    lines += [f"url: {quoted(about.url)}"] if about.url else []
    made = ", ".join(f"{name} {version}" for name, version in about.versions().items())
    lines += [
        f"abstract: {quoted(f'Political events in the ontology PLOVER, coded from news articles by {made}.')}",
        "references:",
        "  - type: software",
        '    title: "Marsad: who did or said what to whom, in whose words, and whether it happened"',
        "    authors:",
        "      - name: The Marsad founders",
        f"    version: {quoted(__version__)}",
    ]
    return "\n".join(lines) + "\n"


_SAID: dict[str, dict[str, str]] = {
    "title": {"en": "Code book", "ar": "دليل الترميز"},
    "how": {
        "en": (
            "Files are in UTF-8; the first row names the columns. An empty cell is not known. Several values of one "
            "cell are set apart by `|`. A text that a spreadsheet would take for a formula has an apostrophe before "
            "it. In the tables by month, types, quad classes and the mean intensity count what happened (ACTUAL); the "
            "columns of statuses count all."
        ),
        "ar": (
            "الملفات بترميز UTF-8، وأول صفّ أسماء الأعمدة. الخلية الفارغة غير معروفة. يفصل `|` بين القيم المتعددة في "
            "الخلية. والنص الذي قد يُحسب صيغة حسابية تسبقه فاصلة عليا. في الجدولين الشهريين تعدّ الأنواع والفئات ومتوسط "
            "الشدة ما وقع (ACTUAL) وحده، وتعدّ أعمدة الحال كل شيء."
        ),
    },
    "versions": {"en": "Versions", "ar": "النسخ"},
    "rights": {"en": "Rights", "ar": "الحقوق"},
    "licence": {"en": "Licence of the package", "ar": "ترخيص الحزمة"},
    "labels": {"en": "Labels", "ar": "الرموز"},
    "type": {"en": "type", "ar": "النوع"},
    "column": {"en": "column", "ar": "العمود"},
    "meaning": {"en": "meaning", "ar": "المعنى"},
    "label": {"en": "label", "ar": "الرمز"},
    "name": {"en": "name", "ar": "الاسم"},
    "precision": {"en": "day_precision", "ar": "day_precision"},
    "intensity": {"en": "Intensities", "ar": "الشدّات"},
}


def _line(*cells: str) -> str:
    escaped = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return "| " + " | ".join(escaped) + " |"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield _line(*head)
    yield "|" + "---|" * len(head)
    yield from (_line(*cells) for cells in lines)
    yield ""


def _labels(lang: str) -> Iterator[str]:
    """Every label that a cell can have, part by part."""
    head = (_SAID["label"][lang], _SAID["name"][lang], _SAID["meaning"][lang])
    parts: dict[str, list[tuple[str, str, str]]] = {}
    for entry in ontology.entries():
        if entry.part == "kind":
            continue  # no column has one
        extra = ""
        if isinstance(entry, ontology.TypeEntry):
            extra = f" ({entry.quad}, {entry.intensity:+})"
        parts.setdefault(entry.part, []).append((f"`{entry.label}`", entry.name[lang], entry.definition[lang] + extra))
    parts["quad"] = [(f"`{key}`", name[lang], "") for key, name in ontology.quads().items()]
    for part, lines in parts.items():
        yield f"### {ontology.words()[part][lang]}"
        yield from _table(head, lines)
    yield f"### {_SAID['precision'][lang]}"
    told = [word for word in words() if word.group == "precision" and word.means]
    yield from _table(head, ((f"`{w.key}`", w.name[lang] or w.key, w.means[lang]) for w in told if w.means))
    yield f"{_SAID['intensity'][lang]}: {ontology.intensity_source()[lang]}"


def codebook(about: About, lang: str) -> str:
    """The code book of a package in ``lang`` (``ar`` or ``en``), as Markdown: its columns, then its labels."""
    head = (_SAID["column"][lang], _SAID["type"][lang], _SAID["meaning"][lang])
    lines = [f"# {_SAID['title'][lang]}", "", about.title, "", _SAID["how"][lang], ""]
    for file, columns in ((EVENTS, COLUMNS), (DYADS, dyad_columns()), (COUNTRIES, country_columns())):
        lines.append(f"## {file}")
        told = (
            (f"`{name}`", column.type, column.ar if lang == "ar" else column.en) for name, column in columns.items()
        )
        lines += _table(head, told)
    lines += [f"## {_SAID['labels'][lang]}", "", *_labels(lang), ""]
    lines += [f"## {_SAID['versions'][lang]}", "", *(f"- {n} {v}" for n, v in about.versions().items()), ""]
    lines += [f"## {_SAID['rights'][lang]}", "", RIGHTS[lang], ""]
    lines += [f"{_SAID['licence'][lang]}: {about.licence}", ""] if about.licence else []
    text = "\n".join(lines)
    return f'<div dir="rtl">\n\n{text}\n</div>\n' if lang == "ar" else text


def _is_ours(folder: Path) -> bool:
    """Whether a folder holds a package of ours, and nothing else."""
    ours = {EVENTS, DYADS, COUNTRIES, PARQUET, DESCRIPTION, CITATION, *CODEBOOKS.values()}
    found = {path.name for path in folder.iterdir()}
    return DESCRIPTION in found and found <= ours


def _table_file(where: Path, given: Iterable[Mapping[str, object]], columns: Iterable[str], bom: bool) -> None:
    with where.open("w", encoding="utf-8", newline="") as out:
        table = Csv(out, columns, bom=bom)
        for row in given:
            table.write(row)


def _events(
    folder: Path, given: Iterable[Row], months: Sequence[DyadMonths | CountryMonths], bom: bool
) -> Iterator[Row]:
    """``given`` passed on, each row written to the table of events and counted on its way."""
    with (folder / EVENTS).open("w", encoding="utf-8", newline="") as out:
        table = Csv(out, bom=bom)
        for row in given:
            table.write(row)
            for one in months:
                one.add(row)
            yield row


def _texts(folder: Path, about: About) -> None:
    """Write the code books, the citation, and last the description of what is there by then."""
    for lang, file in CODEBOOKS.items():
        (folder / file).write_text(codebook(about, lang), encoding="utf-8")
    (folder / CITATION).write_text(_citation(about), encoding="utf-8")
    (folder / DESCRIPTION).write_text(_description(folder, about), encoding="utf-8")


def write(
    folder: Path | str,
    rows: Iterable[Row],
    about: About,
    *,
    occurrences: Iterable[Occurrence] | None = None,
    frames: bool = False,
    bom: bool = False,
) -> int:
    """Write a package to ``folder`` and give the number of events; it is there whole or not at all.

    ``rows`` (:func:`marsad.export.rows.rows`) are gone through once. The tables by month count ``occurrences`` where
    they are given, else the rows. ``frames`` adds ``events.parquet`` and needs pyarrow (:class:`ExtraError`); with
    ``bom`` each CSV begins with the byte order mark that Excel wants. A package that is there already is replaced;
    :class:`WriteError` is raised where something else is, and where nothing can be written.
    """
    if frames:
        parquet.schema()  # an extra that lacks is told before any work
    dyads, by_country = DyadMonths(), CountryMonths()
    number = 0

    def numbered(given: Iterable[Row]) -> Iterator[Row]:
        nonlocal number
        for row in given:
            number += 1
            yield row

    with whole_folder(Path(folder), _is_ours) as part:
        passed = _events(part, numbered(rows), () if occurrences is not None else (dyads, by_country), bom)
        if frames:
            parquet.write(passed, part / PARQUET)
        else:
            deque(passed, maxlen=0)
        for occurrence in occurrences or ():
            dyads.add(occurrence)
            by_country.add(occurrence)
        _table_file(part / DYADS, dyads.rows(), dyad_columns(), bom)
        _table_file(part / COUNTRIES, by_country.rows(), country_columns(), bom)
        _texts(part, about)
    return number
