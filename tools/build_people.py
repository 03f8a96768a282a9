"""Builds ``src/marsad/knowledge/data/people.csv``: names of office-holders and the country they serve or served.

    python tools/build_people.py HOLDERS_FOLDER [--check]

The source are the tables of office-holders (``mena.csv``, ``powers.csv``, ``rest.csv``) compiled for this project from
Wikidata (CC0), public pages and general knowledge: who held which office, with the spellings of the Arabic press. Rows
marked *unsure* are left out. A form that two countries share is left out. The same input gives the same bytes;
``--check`` says whether the file is what this script would write.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from built import arguments, finish

from marsad.knowledge.people import key

TARGET = Path(__file__).parents[1] / "src/marsad/knowledge/data/people.csv"
HEAD = """\
# Names of office-holders, 2005 to 2026, and the country (or body) they serve or served. Built by tools/build_people.py.
# Source: tables of office-holders compiled for Marsad from Wikidata (CC0), public pages and general knowledge.
# Licence: free to use with attribution to Marsad and Wikidata. Date: 2026-11.
"""
TABLES = ("mena.csv", "powers.csv", "rest.csv")
COLUMNS = ("person_ar", "aliases_ar", "person_en", "aliases_en")


def table(folder: Path) -> str:
    """The text of the file: a row a country with every name that is nobody else's."""
    countries: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in TABLES:
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["confidence"] == "unsure":
                    continue
                for form in "|".join(row[column] or "" for column in COLUMNS).split("|"):
                    if words := key(form):
                        countries[words].add(row["country"])
    by_country: defaultdict[str, list[str]] = defaultdict(list)
    for words, codes in countries.items():
        if len(codes) == 1 and (len(words) > 1 or len(words[0]) > 2):
            by_country[next(iter(codes))].append(" ".join(words))
    rows = (f"{code},{'|'.join(sorted(forms))}" for code, forms in sorted(by_country.items()))
    return HEAD + "\n".join(("country,forms", *rows)) + "\n"


def main() -> int:
    """Writes the file, or compares it under ``--check``."""
    given = arguments(__doc__, "folder of the tables")
    return finish(TARGET, table(given.source), given.check)


if __name__ == "__main__":
    raise SystemExit(main())
