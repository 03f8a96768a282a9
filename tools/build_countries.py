"""Builds ``src/marsad/knowledge/data/countries.csv``: the base names of every state and territory of ISO 3166-1.

    pip install babel==2.18.0
    python tools/build_countries.py countries_ar.json [--check]

Names come from CLDR through babel (Unicode License). Arabic demonyms (PyPI arwikicats 0.2.3, MIT) come from
``countries_ar.json``, a list of 250 objects with ``iso2``, ``iso3``, ``demonym_ar.male`` and ``demonym_ar.males``.
The names and English demonyms of that file are left alone, since some of them come from mledoze/countries under the
share-alike ODbL alone. What is wrong or missing in the sources is put right by hand in ``spellings.csv``, not here.
The same input gives the same bytes; ``--check`` says whether the file is what this script would write.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from built import arguments, finish

TARGET = Path(__file__).parents[1] / "src/marsad/knowledge/data/countries.csv"
HEAD = """\
# Base names of the states and territories of ISO 3166-1. Built by tools/build_countries.py: do not edit.
# Source: names, Unicode CLDR through babel 2.18.0 (Unicode License v3); Arabic demonyms, PyPI arwikicats 0.2.3 (MIT).
# Date: 2026-12-01.
"""
COLUMNS = ("code", "status", "name_ar", "name_en", "demonyms")

#: Codes that the source file gives otherwise: XKX is what the field uses for Kosovo.
CODES = {"UNK": "XKX"}
_TERRITORIES = """
ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM HKG HMD IMN IOT JEY
MAC MAF MNP MSR MTQ MYT NCL NFK NIU PCN PRI PYF REU SGS SHN SJM SPM SXM TCA TKL UMI VGB VIR WLF
"""
#: Those of ISO 3166-1 that are no states: dependencies, and Western Sahara, whose status is open.
TERRITORIES = frozenset(_TERRITORIES.split())
#: Main names where those of CLDR are not what a reader expects.
MAIN = {
    "CIV": ("ساحل العاج", "Ivory Coast"),
    "COD": ("الكونغو الديمقراطية", "DR Congo"),
    "COG": ("الكونغو برازافيل", "Republic of the Congo"),
    "HKG": ("هونغ كونغ", "Hong Kong"),
    "HUN": ("المجر", "Hungary"),
    "MAC": ("ماكاو", "Macao"),
    "MMR": ("ميانمار", "Myanmar"),
    "OMN": ("سلطنة عُمان", "Oman"),
    "PSE": ("فلسطين", "Palestine"),
    "SAU": ("السعودية", "Saudi Arabia"),
    "TLS": ("تيمور الشرقية", "East Timor"),
    "TUR": ("تركيا", "Turkey"),
}


def table(countries: Iterable[Mapping[str, Any]], names: Mapping[str, Mapping[str, str]]) -> str:
    """The text of the file, from the objects of ``countries_ar.json`` and CLDR's territory names by language."""
    out = io.StringIO()
    out.write(HEAD)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for country in sorted(countries, key=lambda c: CODES.get(c["iso3"], c["iso3"])):
        code = CODES.get(country["iso3"], country["iso3"])
        arabic, english = MAIN.get(code, (names["ar"][country["iso2"]], names["en"][country["iso2"]]))
        found = country.get("demonym_ar") or {}
        singular, plural = found.get("male", []), found.get("males", [])
        # Sound plurals (عراقيون) are endings, which the gazetteer knows; broken ones (أتراك) are forms of their own.
        broken = [form for form in plural if not form.endswith("ون")]
        demonyms = "|".join(dict.fromkeys((*singular, *broken)))
        writer.writerow((code, "territory" if code in TERRITORIES else "state", arabic, english, demonyms))
    return out.getvalue()


def main() -> int:
    """Writes the file, or compares it under ``--check``."""
    given = arguments(__doc__, "countries_ar.json")
    from babel import Locale

    names = {language: Locale(language).territories for language in ("ar", "en")}
    return finish(TARGET, table(json.loads(given.source.read_text(encoding="utf-8")), names), given.check)


if __name__ == "__main__":
    raise SystemExit(main())
