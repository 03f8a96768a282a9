"""Builds the tables of ``src/marsad/text/names``: common Arabic names in Latin letters, and words for states.

    python tools/build_names.py AR_LATIN_NAMES.SQLITE3 [--check]

The source is the table of name parts of PyPI arabic-name-romanizer 0.2.0, of which only what it took from Wikidata
(CC0) is used. Kept are names of one word that stand there often enough, each with the spellings that make up two in a
hundred of it or more. That is ``given.tsv``. ``states.tsv`` has the words for each state in three scripts: the Arabic
ones of ``knowledge/data/countries.csv``, the English and Russian ones of ``demonyms.csv`` beside it. The same input
gives the same bytes; ``--check`` says whether the files are what this script would write.
"""

from __future__ import annotations

import csv
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from built import arguments, finish

from marsad.text import fold_text

PACKAGE = Path(__file__).parents[1] / "src/marsad"
TARGET = PACKAGE / "text/names/given.tsv"
STATES = PACKAGE / "text/names/states.tsv"
HEAD = """\
# Common Arabic names of one word, and how often each Latin spelling stands for them. Built by tools/build_names.py.
# Source: Wikidata (CC0) through PyPI arabic-name-romanizer 0.2.0. Date: 2026-09.
"""
STATES_HEAD = """\
# Words for each state and its people in three scripts; _ joins a phrase, * ends a stem. Built by tools/build_names.py.
# Source: knowledge/data/countries.csv (see its head for sources and licences) and names/demonyms.csv. Date: 2026-12-01.
"""
#: How often a name must stand in the source, and the least share of a spelling.
LEAST, SHARE = 8, 0.02


def table(rows: Iterable[tuple[str, str, int]]) -> str:
    """The text of the file, from rows of Arabic key, Latin spelling and count."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for arabic, latin, count in rows:
        key, spelling = fold_text(arabic).replace(" ", ""), _plain(latin)
        if key and spelling.isascii() and spelling.isalpha():
            names[key.removeprefix("ال") if len(key) > 4 else key][spelling] += count
    lines = []
    for key, spellings in sorted(names.items()):
        total = spellings.total()
        if total >= LEAST:
            kept = sorted((-count, spelling) for spelling, count in spellings.items() if count >= SHARE * total)
            lines.append(f"{key}\t{' '.join(f'{spelling}:{-count}' for count, spelling in kept)}")
    return HEAD + "\n".join(lines) + "\n"


def states(countries: Iterable[Mapping[str, str]], spoken: Iterable[Mapping[str, str]]) -> str:
    """The text of ``states.tsv``: for each state of ``spoken`` its words, those of ``countries`` first."""
    named = {row["code"]: row for row in countries}
    lines = []
    for row in spoken:
        base = named[row["code"]]
        words = [base["name_ar"], *base["demonyms"].split("|")]
        arabic = ["_".join(_bare(part) for part in fold_text(word).split()) for word in words if word]
        extra = [fold_text(word) for word in row["ar"].split()]
        every = dict.fromkeys([*arabic, *extra, *row["en"].split(), *row["ru"].split()])
        lines.append(f"{row['code']}\t{' '.join(every)}")
    return STATES_HEAD + "\n".join(lines) + "\n"


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _plain(latin: str) -> str:
    """A spelling in plain lower-case letters without its article."""
    plain = "".join(c for c in unicodedata.normalize("NFD", latin.lower()) if not unicodedata.combining(c))
    for article in ("al-", "el-", "al ", "el ", "as-", "ash-", "ad-", "an-", "ar-", "at-", "az-"):
        if plain.startswith(article):
            plain = plain[len(article) :]
    return plain.replace("-", "").replace("'", "").replace("’", "").replace("ʿ", "").replace("ʼ", "").replace("‘", "")


def main() -> int:
    """Writes the files, or compares them under ``--check``."""
    given = arguments(__doc__, "SQLite file of the names")
    with sqlite3.connect(f"file:{given.source}?mode=ro&immutable=1", uri=True) as database:
        rows = database.execute(
            "select arabic_key, latin, sum(count) from units"
            " where source = 'wikidata' and arabic_key not like '% % %' group by 1, 2"
        ).fetchall()
    countries, spoken = _rows(PACKAGE / "knowledge/data/countries.csv"), _rows(PACKAGE / "text/names/demonyms.csv")
    differ = finish(STATES, states(countries, spoken), given.check)
    return finish(TARGET, table(rows), given.check) or differ


if __name__ == "__main__":
    raise SystemExit(main())
