"""Builds ``src/marsad/knowledge/data/towns.csv``: towns with Arabic names, from GeoNames.

    python tools/build_places.py GAZETTEER_FOLDER [--check]

The source are ``places_geonames_ar.tsv``, places of GeoNames with the alternate names that GeoNames says are Arabic,
and ``countries_ar.json`` for the codes of states and their capitals. Kept are, in Arab states, Iran, Israel, Palestine
and Turkey, places of 1,000 people or more and those whose number is not known (seats of districts); elsewhere those of
15,000 or more, and capitals. Names in Urdu, Kurdish or Pashto that stand among the Arabic ones are left out, marks and
heads («مدينة …») taken off; so is a form that sounds like nothing in the Latin name where another does sound like it
(an epithet, or the name of something else). The same input gives the same bytes; ``--check`` says whether the file is
what this script would write.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path

from built import arguments, finish

from marsad.text import clean, fold_text

TARGET = Path(__file__).parents[1] / "src/marsad/knowledge/data/towns.csv"
HEAD = """\
# Towns with their Arabic names. Built by tools/build_places.py: do not edit, provinces.csv adds and mends.
# Source: GeoNames (geonames.org), alternate names in Arabic, as of 2026-11. Licence: CC BY 4.0. Date: 2026-12-01.
# Degrees north and east; population as GeoNames has it, 0 where it is not known. country: ISO 3166-1 alpha-3, XKX.
"""
COLUMNS = ("geonameid", "name_ar", "name_en", "forms_ar", "country", "latitude", "longitude", "population")
NEAR_EAST = frozenset({
    "DZ", "BH", "KM", "DJ", "EG", "IQ", "JO", "KW", "LB", "LY", "MR", "MA", "OM", "PS", "QA", "SA", "SO", "SD", "SY",
    "TN", "AE", "YE", "EH", "IR", "TR", "IL",
})  # fmt: skip
LEAST, LEAST_ELSEWHERE = 1_000, 15_000
#: Letters that Arabic and Persian do not write: Urdu, Kurdish, Pashto, Sindhi, Uyghur.
FOREIGN = re.compile("[^\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06af\u06a9\u06cc\u06a4\u06a8 -]")
#: Heads that are no part of the name: city, town, village, district, state, county.
HEADS = re.compile(
    "^(?:مدينة|بلدة|قرية|بلدية|ضلع|ناحية|شعبية|مركز قضاء|مركز ناحية|ولاية|محافظة|مقاطعة|منطقة|شهرستان) (?=..)"
)
#: ة within a word is Kurdish spelling of a vowel.
_VOWEL = re.compile("ة(?=[\u0621-\u064a])")
_LATIN = re.compile("[^a-z ]")
#: What Arabic letters and Latin ones have in common, by sound; vowels and the article are left out.
_ARABIC_SOUND = str.maketrans({
    **dict.fromkeys("اويءؤئعه", ""), "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "s", "ج": "g", "چ": "g", "غ": "g",
    "گ": "g", "ڨ": "g", "ق": "k", "ك": "k", "ح": "", "خ": "k", "د": "d", "ض": "d", "ذ": "d", "ظ": "d", "ر": "r",
    "ز": "s", "ژ": "s", "س": "s", "ش": "s", "ص": "s", "ف": "f", "ڤ": "f", "ل": "l", "م": "m", "ن": "n",
})  # fmt: skip
_LATIN_SOUND = str.maketrans({
    **dict.fromkeys("aeiouyhw", ""), "p": "b", "j": "g", "q": "k", "c": "k", "x": "k", "z": "s", "v": "f",
})  # fmt: skip


def _plain(name: str) -> str:
    """A Latin name without marks."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if unicodedata.category(c) != "Mn")


def _latin_sound(name: str) -> str:
    letters = _LATIN.sub("", _plain(name).lower().replace("kh", "k").replace("gh", "g").replace("ch", "s"))
    return letters.translate(_LATIN_SOUND).replace(" ", "")


def _arabic_sound(form: str) -> str:
    bare = re.sub("(?:^| )ال(?=..)", " ", fold_text(form))
    return bare.translate(_ARABIC_SOUND).replace(" ", "").replace("-", "")


def likeness(form: str, name: str) -> float:
    """How much of its consonants an Arabic form has in common with the Latin name, 0 to 1."""
    return SequenceMatcher(None, _arabic_sound(form), _latin_sound(name), autojunk=False).ratio()


def arabic(cell: str) -> Iterator[str]:
    """The Arabic forms in a cell of GeoNames, without marks, heads and what is in brackets; each once."""
    seen = set()
    for part in re.split("[|،,;/:]", re.sub(r"\(.*?\)", "", cell)):
        form = clean(unicodedata.normalize("NFC", part).replace("\u200c", " ")).replace("ٱ", "ا")
        form = HEADS.sub("", " ".join(form.strip(" .'").split())).replace("ی", "ي").replace("ک", "ك")
        key = fold_text(form).replace("-", " ")
        if len(key) > 1 and not FOREIGN.search(form) and not _VOWEL.search(form) and key not in seen:
            seen.add(key)
            yield form


def _better(form: str) -> tuple[int, int, str]:
    """Sorts the form to show first: with the article, hamza and ta marbuta, the Arabic ي at the end; the shorter."""
    written = form.startswith("ال") + sum(word[0] in "أإآ" for word in form.split()) + form.count("ة")
    return -(written + (form[-1] == "ي") - (form[-1] in "ىه")), len(form), form


def named(row: Mapping[str, str]) -> list[str]:
    """The forms of a place, the one to show first; none of those that sound like something else."""
    forms = list(arabic(row["arabic_names"]))
    alike = {form: likeness(form, row["name"]) for form in forms}
    most = max(alike.values(), default=0.0)
    short = 2 if row["cc"] in NEAR_EAST else 3  # «قم» is one, what other tongues give of two letters are words
    kept = [form for form in forms if len(form) >= short and (most < 0.75 or alike[form] >= 0.5)]
    return sorted(kept, key=lambda form: (-round(alike[form], 1), *_better(form)))


def _wanted(row: Mapping[str, str], capitals: frozenset[tuple[str, str]]) -> bool:
    people = int(row["population"])
    if row["cc"] in NEAR_EAST:
        return people >= LEAST or not people
    return people >= LEAST_ELSEWHERE or (row["cc"], _plain(row["name"])) in capitals


def table(folder: Path) -> str:
    """The text of the file: a row a place, by country and number of people."""
    states = json.loads((folder / "countries_ar.json").read_text(encoding="utf-8"))
    codes = {state["iso2"]: state["iso3"] for state in states} | {"XK": "XKX"}
    capitals = frozenset((state["iso2"], _plain(town["en"])) for state in states for town in state["capital"] or ())
    rows: list[tuple[str, ...]] = []
    with (folder / "places_geonames_ar.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            forms = named(row) if _wanted(row, capitals) else []
            if not forms:
                continue
            # The marks of a transliteration are not what the press writes; those of other languages are.
            name = row["name"]
            name = re.sub("[‘’ʻʼ]", "'", _plain(name) if row["cc"] in NEAR_EAST - {"TR"} else name).strip("' ")
            degrees = (str(round(float(row[side]), 4)) for side in ("lat", "lon"))
            rows.append((
                row["geonameid"], forms[0], name, "|".join(forms[1:]), codes[row["cc"]], *degrees, row["population"],
            ))  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows.sort(key=lambda row: (row[4], -int(row[7]), int(row[0])))
    writer.writerows(rows)
    return HEAD + out.getvalue()


def main() -> int:
    """Writes the file, or compares it under ``--check``."""
    given = arguments(__doc__, "folder of the gazetteer")
    return finish(TARGET, table(given.source), given.check)


if __name__ == "__main__":
    raise SystemExit(main())
