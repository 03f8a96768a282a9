"""Builds ``src/marsad/text/names/given.tsv``: common Arabic names and how they are written in Latin letters.

    python tools/build_names.py AR_LATIN_NAMES.SQLITE3 [--check]

The source is the table of name parts of PyPI arabic-name-romanizer 0.2.0, of which only what it took from Wikidata
(CC0) is used. Kept are names of one word that stand there often enough, each with the spellings that make up two in a
hundred of it or more. The same input gives the same bytes; ``--check`` says whether the file is what this script would
write.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from built import arguments, finish

from marsad.text import fold_text

TARGET = Path(__file__).parents[1] / "src/marsad/text/names/given.tsv"
HEAD = """\
# Common Arabic names of one word, and how often each Latin spelling stands for them. Built by tools/build_names.py.
# Source: Wikidata (CC0) through PyPI arabic-name-romanizer 0.2.0. Date: 2026-09.
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


def _plain(latin: str) -> str:
    """A spelling in plain lower-case letters without its article."""
    plain = "".join(c for c in unicodedata.normalize("NFD", latin.lower()) if not unicodedata.combining(c))
    for article in ("al-", "el-", "al ", "el ", "as-", "ash-", "ad-", "an-", "ar-", "at-", "az-"):
        if plain.startswith(article):
            plain = plain[len(article) :]
    return plain.replace("-", "").replace("'", "").replace("’", "").replace("ʿ", "").replace("ʼ", "").replace("‘", "")


def main() -> int:
    """Writes the file, or compares it under ``--check``."""
    given = arguments(__doc__, "SQLite file of the names")
    with sqlite3.connect(f"file:{given.source}?mode=ro&immutable=1", uri=True) as database:
        rows = database.execute(
            "select arabic_key, latin, sum(count) from units"
            " where source = 'wikidata' and arabic_key not like '% % %' group by 1, 2"
        ).fetchall()
    return finish(TARGET, table(rows), given.check)


if __name__ == "__main__":
    raise SystemExit(main())
