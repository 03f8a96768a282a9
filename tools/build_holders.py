"""Builds ``src/marsad/knowledge/data/holders.csv``: who held which office when, with every name that the press uses.

    python tools/build_holders.py OFFICE_HOLDERS_FOLDER NAMES_SQLITE [--check]

Sources: the tables of office-holders compiled for this project (``holders/*.csv``), cabinets of Wikidata of 2022
(``wikidata_cabinets_2022.csv``, CC0: ids, and ministers that the tables lack), English spellings of
openeventdata/Dictionaries (``Phoenix.*.actors.txt``, MIT), Arabic names of Wikidata in the names' database (CC0), and
the tables of our own in ``tools/holders/``: further holders, leaders of named actors, mends, what is whose organ,
persons to be kept apart, weak names. What is done: one person, one id, whatever body or state a row is of; every name
of a person on each row; rough days made exact where the one before or after in the office tells them; the organ of
each office. The same input gives the same bytes; ``--check`` says whether the file is what this script would write.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

from built import finish
from outside import HERE, Row, bones, cabinets, forms, slug, spellings, table

from marsad.knowledge.countries import BODIES_OF_STATES, countries
from marsad.knowledge.named import key
from marsad.knowledge.schema import first_day, last_day

ACTORS = Path(__file__).parents[1] / "src/marsad/knowledge/data/actors.csv"
TARGET = Path(__file__).parents[1] / "src/marsad/knowledge/data/holders.csv"
HEAD = """\
# Office-holders, about 2005 to 2026: a row a person and office, with every name of the person.
# Built by tools/build_holders.py from tables of its own folder and others: edit those, not this.
# Source: tables compiled for Marsad from public pages and general knowledge; Wikidata (CC0; ids, ministers as of 2022);
#   English spellings of openeventdata/Dictionaries, commit aa75b79 (MIT, Copyright (c) 2014 Open Event Data Alliance).
# Licence: free to use with attribution to Marsad and Wikidata. Date: 2026-12-01.
# weak: names that want a title, an office or a date beside them. until empty: in office when `checked`. confidence:
#   found (seen in a file or a page), known (general knowledge), unsure. A day may be YYYY or YYYY-MM.
"""
COLUMNS = (
    "person_id", "person_ar", "person_en", "aliases_ar", "aliases_en", "weak", "country", "actor", "role",
    "office_ar", "office_en", "sector", "since", "until", "confidence", "source", "checked", "wikidata",
)  # fmt: skip
#: The usual names of offices, where a row of ``more.csv`` gives none: English, Arabic before a demonym, before a name.
OFFICES = {
    "HEAD_OF_STATE": ("President", "الرئيس", "رئيس"),
    "HEAD_OF_GOVERNMENT": ("Prime Minister", "رئيس الوزراء", "رئيس وزراء"),
    "FOREIGN": ("Minister of Foreign Affairs", "وزير الخارجية", "وزير خارجية"),
    "DEFENCE": ("Minister of Defence", "وزير الدفاع", "وزير دفاع"),
    "INTERIOR": ("Minister of the Interior", "وزير الداخلية", "وزير داخلية"),
}
SECTORS = {"PARLIAMENT": "LEG", "CHIEF_OF_STAFF": "MIL", "INTELLIGENCE": "SPY", "HEAD_OF_BODY": "IGO"}
#: Codes of the source that the table of countries writes otherwise, and the state that a body's rows carry.
BODIES = {"ARAB_LEAGUE": "LAS"}
#: Offices that several persons hold at once, so that one's last day says nothing about another's first.
MANY = re.compile(
    r"vice|deputy|member|spokes|envoy|adviser|representative|assistant|ambassador|speaker of the|minister of state",
    re.I,
)
#: Heads of the agencies of the United Nations.
CHIEFS = re.compile(
    r"(Acting )?(High Commissioner|Commissioner-General|Director-General|Executive Director|"
    r"President of the UN General|Under-Secretary-General for Humanitarian)"
)
RANK = ("HEAD_OF_STATE", "HEAD_OF_GOVERNMENT", "FOREIGN", "DEFENCE")

# ---------------------------------------------------------------- rows


def given(folder: Path) -> list[Row]:
    """The rows of the source and of ``more.csv``, each office named, with the mends."""
    rows = [row for name in ("mena", "powers", "rest") for row in table(folder / "holders" / f"{name}.csv")]
    more = list(table(HERE / "more.csv"))
    for row in more:
        row |= {"source": "general knowledge", "sector": SECTORS.get(row["office"], "GOV")}
        if not row["office_en"]:
            row["office_en"], row["office_ar"] = named(row["office"], row["country"])
    rows += more
    rows += leaders()
    names = ("country", "office", "person_en", "since")
    for mend in table(HERE / "mends.csv"):
        fits = [row for row in rows if all(row[name] == mend[name] for name in names)]
        if len(fits) != 1:
            raise SystemExit(f"mends.csv: {len(fits)} rows fit {mend}")
        if mend["column"] == "drop":
            rows.remove(fits[0])
        else:
            fits[0][mend["column"]] = mend["value"]
            fits[0]["confidence"] = mend["confidence"] or fits[0]["confidence"]
            fits[0]["checked"] = mend["checked"] or fits[0]["checked"]
    for row in rows:  # the source has the heads of the agencies of the UN as its officials
        if row["country"] == "UN" and row["office"] == "OFFICIAL" and CHIEFS.match(row["office_en"]):
            row["office"] = "HEAD_OF_BODY"
    return [row for row in rows if row["country"] != "UN" or not row["office_en"].endswith(" of the WHO")]


def leaders() -> list[Row]:
    """The rows of ``leaders.csv``: country, sector and name of the office are those of the actor that is led."""
    rows = list(table(HERE / "leaders.csv"))
    for row in rows:
        entry, _, organ = row["actor"].partition(".")
        actor = actors_table().get(row["actor"])
        own = actor["country"] if actor else entry
        row["country"] = own if own in countries() and countries()[own].country == own else entry
        row["sector"] = actor["sector"] if actor else organ.partition(".")[0]
        row["office"] = row.pop("role") or "PARTY_LEADER"
        if not row["office_en"]:
            assert actor, row["actor"]
            row["office_en"] = f"Leader of {actor['name_en']}"
        row["office_ar"] = row["office_ar"] or (f"زعيم {actor['name_ar']}" if actor else "")
        row |= {"source": "general knowledge", "confidence": "known", "checked": "2025-06"}
    return rows


@cache
def actors_table() -> dict[str, Row]:
    """The rows of ``actors.csv`` by id."""
    return {row["id"]: row for row in table(ACTORS)}


def named(role: str, code: str) -> tuple[str, str]:
    """The usual name of an office of a state, in English and Arabic."""
    offices = {row["role"]: row for row in table(HERE / "ministers.csv")}
    if role in OFFICES:
        english, before_demonym, before_name = OFFICES[role]
    else:
        english, before_demonym, before_name = (offices[role][name] for name in ("office_en", "office_ar", "office_ar"))
    state = countries()[code]
    demonym = next((form for form in state.demonyms if any("ء" <= letter <= "ي" for letter in form)), "")
    if demonym:
        return english, " ".join((before_demonym, *("ال" + word for word in demonym.split())))
    return english, f"{before_name} {state.name['ar']}"


# ---------------------------------------------------------------- persons


def persons(rows: list[Row]) -> None:
    """Gives every row the id of its person: rows that share a full name are of one, but for those in distinct.csv."""
    apart = {(row["country"], row["person_en"]): row["id"] for row in table(HERE / "distinct.csv")}
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for row in rows:
        row["self"] = (
            apart.get((row["country"], row["person_en"])) or f"{row['country']}|{' '.join(key(row['person_en']))}"
        )
    keep = set(apart.values())
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for form in (row["person_en"], row["person_ar"], *forms(row["aliases_en"]), *forms(row["aliases_ar"])):
            if len(words := key(form)) > 1:
                bearers[" ".join(words)].add(row["self"])
    for shared in bearers.values():
        first, *others = sorted(shared)
        for other in others:
            if not (first in keep and other in keep):
                parent[root(other)] = root(first)
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[root(row["self"])].append(row)
    taken: set[str] = set()
    for group in groups.values():
        chosen = next((row["self"] for row in group if row["self"] in keep), "") or identity(group)
        if chosen in taken:
            raise SystemExit(f"two persons are called {chosen}: put them in distinct.csv, or give them one name")
        taken.add(chosen)
        for row in group:
            row["person_id"] = chosen


def identity(group: list[Row]) -> str:
    """``<ISO3 or body>.<SLUG>``: the state before the body, the higher office before the lower."""

    def order(row: Row) -> tuple[bool, int]:
        return state(row["country"]) == BODIES_OF_STATES, RANK.index(row["office"]) if row["office"] in RANK else 9

    first = min(group, key=order)
    words = re.sub(r"[^a-z0-9]+", "-", " ".join(slug(first["person_en"]))).strip("-")
    return f"{first['country'].replace('_', '-')}.{words.upper()}"


def state(code: str) -> str:
    """What a row of the source's ``code`` carries as its country."""
    entry = countries().get(BODIES.get(code, code))
    return entry.country if entry else actors_table()[code]["country"] if code in actors_table() else code


def gather(rows: list[Row], folder: Path) -> None:
    """Puts every name of a person on each row: the source's, and English spellings of the open dictionaries."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["person_id"]].append(row)
    weak = {" ".join(key(word)) for line in (HERE / "weak.txt").read_text(encoding="utf-8").splitlines()
            if not line.startswith("#") for word in line.split()}  # fmt: skip
    titles: set[str] = set((HERE / "titles.txt").read_text(encoding="utf-8").partition("\n\n")[2].split())
    english: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for person, group in groups.items():
        for row in group:
            for form in (row["person_en"], *forms(row["aliases_en"])):
                if len(called := key(form)) > 1:
                    english[row["country"], " ".join(called)].add(person)
    more: defaultdict[str, list[str]] = defaultdict(list)
    for country, names in spellings(folder):
        full = [words for name in names if len(words := name.replace("_", " ").split()) > 1 and not titles & set(words)]
        owners = set().union(*(english.get((country, " ".join(key(" ".join(words)))), set()) for words in full))
        if len(owners) == 1:
            last = {key(form)[-1] for row in groups[next(iter(owners))] for form in (row["person_en"],)}
            spelt = [" ".join(word.title() for word in words) for words in full]
            more[next(iter(owners))] += [form for form in spelt if {*key(form)[-1:]} & last]
    for person, group in groups.items():
        first = group[0]
        ar, en = next((row["person_ar"] for row in group if row["person_ar"]), ""), first["person_en"]
        aliases: dict[str, list[str]] = {}
        for column, main, extra in (("ar", ar, list[str]()), ("en", en, more[person])):
            every = [form for row in group for form in (row[f"person_{column}"], *forms(row[f"aliases_{column}"]))]
            every += extra
            seen = {" ".join(key(main)): main}
            for form in every:
                if folded := " ".join(key(form)):
                    seen.setdefault(folded, form)
            aliases[column] = [form for folded, form in seen.items() if form != main and folded]
        lone = [form for form in (ar, en, *aliases["ar"], *aliases["en"]) if " ".join(key(form)) in weak]
        for row in group:
            row |= {"person_ar": ar, "person_en": en, "weak": "|".join(lone)}
            row |= {f"aliases_{column}": "|".join(names) for column, names in aliases.items()}


# ---------------------------------------------------------------- offices and days


def organs(rows: list[Row]) -> None:
    """Gives every row the actor that the office acts for, and the sector where that decides it."""
    rules = list(table(HERE / "organs.csv"))
    ministers = {row["role"]: row for row in table(HERE / "ministers.csv")}
    compiled = [(re.compile(rule["pattern"], re.I), rule) for rule in rules]
    for row in rows:
        if row["office"] in ministers and row["office"] != "PROSECUTOR":
            row["actor"] = ministers[row["office"]]["actor"].format(row["country"])
        if row.get("actor"):
            continue
        for pattern, rule in compiled:
            if rule["country"] != "*" and row["country"] not in rule["country"].split("|"):
                continue
            if rule["role"] != "*" and row["office"] not in rule["role"].split("|"):
                continue
            if pattern.search(row["office_en"]):
                row["actor"] = rule["actor"].format(row["country"].replace("_", "-"))
                row["sector"] = rule["sector"] or row["sector"]
                break
        else:
            row["actor"] = f"{row['country']}.GOV" if state(row["country"]) != BODIES_OF_STATES else row["country"]
        if row["actor"].endswith(".GOV.PRESIDENCY") and row["office"] == "HEAD_OF_STATE":
            row["sector"] = "GOV"  # a general or a speaker at the head of a state governs it


def tighten(rows: list[Row]) -> int:
    """Makes rough days exact that the one before or after in the same office tells; gives how many."""
    seats: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if not MANY.search(row["office_en"]):
            seats[row["country"], row["office"], re.sub(r"^(Acting|Caretaker) ", "", row["office_en"])].append(row)
    made = 0
    for seat in seats.values():
        seat.sort(key=lambda row: (first_day(row["since"]), last_day(row["until"] or "9999")))
        for before, after in pairwise(seat):
            if before["person_id"] == after["person_id"]:
                continue
            for rough, column, exact in ((before, "until", after["since"]), (after, "since", before["until"])):
                if len(exact) == 10 and rough[column] and len(rough[column]) < 10 and exact.startswith(rough[column]):
                    rough[column], made = exact, made + 1
    return made


def cited(source: str) -> str:
    """Where a row is from, so that a reader elsewhere can tell: no ids of a store, no names of local files."""
    pieces = []
    for piece in source.split(";"):
        if re.search(r"files? id|exact string", piece):
            day = re.search(r"(?:\d{1,2} )?(?:[A-Z][a-z]+|autumn) 20\d\d", piece)
            piece = f"a public text on GitHub ({day[0]})" if day else "a public text on GitHub"
        piece = re.sub(r"wikidata_cabinets_2022\.csv:? ?", "Wikidata 2022: ", piece.strip())
        piece = re.sub(
            r"world_leaders_2026-08/all-leaders\.csv", "github open-data-archive/world-leaders-current", piece
        )
        pieces.append(re.sub(r"Wikidata 2022: \w+-(?:ministers|cabinet) ", "Wikidata 2022: ", piece))
    return "; ".join(dict.fromkeys(pieces))


def shut(ministers: list[Row], rows: list[Row]) -> None:
    """Ends the offices that Wikidata leaves open where somebody came after, and says that they are unsure."""
    seats: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    left_open = {id(row) for row in ministers if not row["until"]}
    for row in rows:
        seats[row["country"], row["office"]].append(row)
    for seat in seats.values():
        seat.sort(key=lambda row: row["since"])
        for number, row in enumerate(seat):
            if id(row) in left_open:
                row["until"] = next(
                    (other["since"] for other in seat[number + 1 :] if other["since"] > row["since"]), ""
                )
                row["confidence"] = "unsure"


def text(folder: Path, names: Path) -> str:
    """The text of the file."""
    rows = given(folder)
    ids, ministers = cabinets(folder, names, rows)
    persons(rows)
    known = defaultdict(set)
    for row in rows:
        for form in (row["person_en"], *forms(row["aliases_en"])):
            for name in {" ".join(key(form)), bones(form)}:
                known[row["country"], name].add((row["person_id"], row["person_en"]))
    for row in ministers:  # a minister under another spelling of a known person takes that person's name
        name = row["person_en"]
        same = known.get((row["country"], " ".join(key(name)))) or known.get((row["country"], bones(name)), set())
        if len(same) == 1:
            row["aliases_en"] += "|" + row["person_en"]
            row["person_en"] = next(iter(same))[1]
    persons(ministers)
    told = {(row["person_id"], row["office"]) for row in rows}
    rows += [row for row in ministers if (row["person_id"], row["office"]) not in told]
    persons(rows)
    shut(ministers, rows)
    wikidata: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for form in (row["person_en"], *forms(row["aliases_en"])):
            found = ids.get((row["country"], " ".join(key(form)))) or ids.get((row["country"], bones(form)))
            if found:
                wikidata[row["person_id"]].add(found)
        wikidata[row["person_id"]] |= set(re.findall(r"\((Q\d+)\)", row["source"]))
    gather(rows, folder)
    organs(rows)
    made = tighten(rows)
    print(f"{len(rows)} rows, {len(wikidata)} persons, {made} days made exact", file=sys.stderr)
    bearers = Counter(qid for given_ids in wikidata.values() for qid in given_ids)
    lines: list[Row] = []
    for row in rows:
        given_ids = {qid for qid in wikidata[row["person_id"]] if bearers[qid] == 1}
        row |= {
            "role": row["office"],
            "country": state(row["country"]),
            "wikidata": given_ids.pop() if len(given_ids) == 1 else "",
        }
        row["source"] = cited(row["source"])
        lines.append({column: row.get(column, "") for column in COLUMNS})
    lines.sort(
        key=lambda row: (row["country"], row["actor"], row["role"], row["since"], row["person_id"], row["office_en"])
    )
    seats = Counter((row["person_id"], row["actor"], row["role"], row["since"]) for row in lines)
    if twice := [seat for seat, number in seats.items() if number > 1]:
        raise SystemExit(f"the same office stands twice: {twice}")
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return HEAD + out.getvalue()


def main() -> int:
    """Writes the file, or compares it under ``--check``."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of the tables of office-holders")
    parser.add_argument("names", type=Path, help="database of Arabic and Latin names")
    parser.add_argument("--check", action="store_true", help="compare only; exit code 1 where the file differs")
    args = parser.parse_args()
    return finish(TARGET, text(args.folder, args.names), args.check)


if __name__ == "__main__":
    raise SystemExit(main())
