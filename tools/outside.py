"""What the table of office-holders takes from outside the project's own tables: Wikidata and the open dictionaries."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from marsad.knowledge.countries import countries
from marsad.knowledge.named import key

HERE = Path(__file__).with_name("holders")
#: The state of a folder of cabinets, and that state in the database of names.
CABINETS = {
    "china": "CHN", "egypt": "EGY", "iran": "IRN", "iraq": "IRQ", "israel": "ISR", "jordan": "JOR", "kuwait": "KWT",
    "russia": "RUS", "sudan": "SDN", "turkey": "TUR", "uae": "ARE", "us": "USA", "world": "UN", "yemen": "YEM",
}  # fmt: skip
ISO2 = {"CHN": "CN", "EGY": "EG", "IRN": "IR", "IRQ": "IQ", "ISR": "IL", "JOR": "JO", "KWT": "KW", "RUS": "RU",
        "SDN": "SD", "TUR": "TR", "ARE": "AE", "USA": "US", "YEM": "YE"}  # fmt: skip

Row = dict[str, str]


def table(path: Path) -> Iterator[Row]:
    """The rows of a CSV file, without the lines of its head."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def forms(cell: str) -> list[str]:
    """The names in a cell."""
    return [form for form in (part.strip() for part in cell.split("|")) if form]


def slug(name: str) -> list[str]:
    """The words of a Latin name in ASCII, none left out."""
    return [word for word in key(name, whole=True) if word.isascii()]


def cabinets(folder: Path, names: Path, rows: list[Row]) -> tuple[dict[tuple[str, str], str], list[Row]]:
    """Wikidata ids by country and folded English name; and the ministers that ``rows`` lack."""
    offices = [(re.compile(row["pattern"], re.I), row) for row in table(HERE / "ministers.csv")]
    arabic = arabic_names(names, rows)
    ours = {(row["country"], row["person_en"]): row for row in table(HERE / "arabic.csv")}
    ids: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    found: dict[tuple[str, str, str, str], Row] = {}
    for item in table(folder / "wikidata_cabinets_2022.csv"):
        country = CABINETS[item["cabinet"].split("-")[0]]
        for name in {item["person"], item["enwiki"].split(" (")[0]} - {""}:
            ids[country, " ".join(key(name))].add(item["personID"])
            ids[country, bones(name)].add(item["personID"])
        office = next((row for pattern, row in offices if pattern.fullmatch(item["position"])), None)
        if office is None or country == "UN" or not item["start"] or (item["end"] or "9") < "2004":
            continue
        if not item["person"].isprintable() or not slug(item["person"]) or re.fullmatch(r"Q\d+", item["person"]):
            continue
        own = ours.get((country, item["person"]))
        name_ar = own["person_ar"] if own else arabic.get((ISO2[country], " ".join(key(item["person"]))), "")
        state = countries()[country]
        found[country, office["role"], item["personID"], item["start"]] = {
            "country": country, "office": office["role"], "sector": office["sector"],
            "office_en": office["office_en"],
            "office_ar": " ".join((office["office_ar"], *("ال" + word for word in state.demonyms[0].split()))),
            "person_en": item["person"], "person_ar": name_ar,
            "aliases_ar": own["aliases_ar"] if own else "", "aliases_en": item["enwiki"].split(" (")[0],
            "since": item["start"], "until": item["end"], "confidence": "found", "checked": "2022-06",
            "source": f"wikidata_cabinets_2022.csv: {item['position']}", "actor": office["actor"].format(country),
        }  # fmt: skip
    sure = {name: next(iter(values)) for name, values in ids.items() if len(values) == 1}
    return sure, [found[name] for name in sorted(found)]


def bones(name: str) -> str:
    """First letters and consonants of a full Latin name, by which two spellings meet; a shorter one as it is."""
    words = [
        word[0] + re.sub(r"(.)\1+", r"\1", re.sub("[aeiouyhw]", "", word[1:].replace("ph", "f"))) for word in key(name)
    ]
    return "/".join(words) if len(words) > 1 else " ".join(key(name))


def arabic_names(path: Path, rows: Iterable[Row]) -> dict[tuple[str, str], str]:
    """Arabic names by ISO 3166 alpha-2 and folded English name, spelt as the press does where its words are known."""
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for form in (row["person_ar"], *forms(row["aliases_ar"])):
            for word in form.split():
                spelt[" ".join(key(word))][word] += 1
    best = {folded: max(sorted(words), key=words.__getitem__) for folded, words in spelt.items()}
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    query = "select arabic_key, latin, country from full_names where source = 'wikidata'"
    for arabic, latin, country in database.execute(query):
        found[country, " ".join(key(latin))].add(
            " ".join(best.get(" ".join(key(word)), word) for word in arabic.split())
        )
    return {name: min(given, key=lambda form: (len(form), form)) for name, given in found.items()}


def spellings(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Country and the names of one person, from the open dictionaries."""
    country, names = "", list[str]()
    for line in (folder / "Phoenix.Countries.actors.txt").read_text(encoding="utf-8", errors="replace").splitlines():
        entry = line.split(";")[0].split("#")[0].strip().strip("_")
        if entry.startswith("["):
            country = country or entry[1:4]
        elif entry.startswith("+"):
            names.append(entry[1:].strip("_"))
        elif entry:
            yield country, names
            country, names = "", [entry.split("\t")[0].strip("_")]
    yield country, names
