"""Builds ``src/marsad/knowledge/data/listed.csv`` and ``un_listed.csv``: persons and bodies on two sanctions lists.

    python tools/build_listed.py SANCTIONS_FOLDER [--check]

``listed.csv`` is the list of specified persons of CAATSA section 231(e) from ``caatsa231_lsp.csv``, a table compiled
for this project from public reports, which says of each name how it is known; names are facts, the notes are left out.
``un_listed.csv`` is the consolidated list of the United Nations Security Council from ``un_consolidated_flat.json``.
The same input gives the same bytes; ``--check`` says whether the files are what this script would write.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from built import arguments, finish

FOLDER = Path(__file__).parents[1] / "src/marsad/knowledge/data"
HEAD = """\
# The list of specified persons of CAATSA section 231(e), with the names they go by. Built by tools/build_listed.py.
# Source: a table compiled for Marsad from public reports and 22 USC 9525 note; the list itself is by the United States
#   Department of State. Names are facts. Licence: free to use with attribution to Marsad. Date: 2026-11.
# status: how it is known that the person is on the list; ru, ar: how the names in that script are known: "found" on a
#   page of the press, "known" from general knowledge, "own" for a transliteration of our own, "inferred" from a count.
# sense: "company" where the name in the news is more often something else (an aircraft, a rifle, a word of its own).
# Being on the list is no sanction: it says with whom a significant transaction may bring one.
"""
UN_HEAD = """\
# The consolidated list of the United Nations Security Council: names and aliases. Built by tools/build_listed.py.
# Source: United Nations Security Council Consolidated List through github.com/moov-io/watchman, commit d299005
#   (2026-08-21). Licence: facts of a public list, under the terms of use of the United Nations. Date: 2026-08.
# ar: the name in its original script, where that is Arabic. Aliases that are one short word are left out.
"""
COLUMNS = ("id", "schema", "sector", "listed", "status", "en", "ru", "ar", "ru_status", "ar_status", "sense", "source")
UN_COLUMNS = ("id", "schema", "list", "listed", "en", "ar")
#: What the table says of a name, in one word.
STATUS = {
    "found": "found", "found (main form)": "found", "from knowledge": "known", "inferred": "inferred",
    "own transliteration or description, unverified": "own", "": "",
}  # fmt: skip
#: Bodies whose short name is more often an aircraft, a weapon, a plain word, or the initials of something else.
OTHER_SENSE = {
    "lsp-005", "lsp-007", "lsp-009", "lsp-011", "lsp-015", "lsp-018", "lsp-022", "lsp-025", "lsp-026", "lsp-029",
    "lsp-030", "lsp-032", "lsp-033", "lsp-038", "lsp-040", "lsp-041", "lsp-081", "lsp-017",
}  # fmt: skip
_ARABIC = re.compile("[\u0600-\u06ff]")
_NOTE = re.compile(r"\(.*?\)|\bborn\b.*|\b(?:DOB|POB)\b.*", re.I)


def listed(rows: Iterable[Mapping[str, str]]) -> str:
    """The text of ``listed.csv``."""
    made = [
        (
            row["id"], row["ftm_schema"], row["sector"], row["date_added"], STATUS[row["membership_status"]],
            _forms(row["name_en"], row["aliases_en"]), _forms(row["name_ru"], row["aliases_ru"]),
            _forms(row["name_ar"], row["aliases_ar"]), STATUS[row["name_ru_status"]], STATUS[row["name_ar_status"]],
            "company" if row["id"] in OTHER_SENSE else "", _page(row["source"]),
        )
        for row in sorted(rows, key=lambda row: row["id"])
    ]  # fmt: skip
    return HEAD + _csv(COLUMNS, made)


def un_listed(entries: Iterable[Mapping[str, Any]]) -> str:
    """The text of ``un_listed.csv``."""
    made = []
    for entry in sorted(entries, key=lambda entry: entry["ref"].strip()):
        aliases = [alias for given in entry["aliases"] for alias in re.split(r"[;/]|\b[a-z]\)", given)]
        names = [_clean(name) for name in (entry["name"], *aliases)]
        kept = [name for i, name in enumerate(names) if i == 0 or (len(name) > 4 and " " in name)]
        arabic = _clean(entry["original_script"] or "")
        made.append(
            (
                entry["ref"].strip(), "Person" if entry["kind"] == "individual" else "Organization", entry["list"],
                entry["listed"][:10], "|".join(dict.fromkeys(kept)), arabic if _ARABIC.search(arabic) else "",
            )
        )  # fmt: skip
    return UN_HEAD + _csv(UN_COLUMNS, made)


def _page(source: str) -> str:
    """The first address in a list of sources, or nothing."""
    return source.split(" ")[0] if source.startswith("http") else ""


def _forms(name: str, aliases: str) -> str:
    return "|".join(dict.fromkeys(form for form in (name, *aliases.split("|")) if form))


def _clean(name: str) -> str:
    plain = _NOTE.sub("", name.replace("\ufffd", "")).replace("|", " ")
    return " ".join(plain.strip(" \"'“”‘’.,:;").split())


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def main() -> int:
    """Writes both files, or compares them under ``--check``."""
    given = arguments(__doc__, "folder of the sanctions data")
    with (given.source / "caatsa231_lsp.csv").open(encoding="utf-8", newline="") as lines:
        first = finish(FOLDER / "listed.csv", listed(csv.DictReader(lines)), given.check)
    entries = json.loads((given.source / "un_consolidated_flat.json").read_text(encoding="utf-8"))
    return max(first, finish(FOLDER / "un_listed.csv", un_listed(entries), given.check))


if __name__ == "__main__":
    raise SystemExit(main())
