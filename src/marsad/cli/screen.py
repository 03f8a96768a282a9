"""``marsad screen``: names against the sanctions lists of a day."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.lists import Day, lists_option, where
from marsad.cli.stored import Line, store_option

if TYPE_CHECKING:
    from marsad.assess.screen import Screened
    from marsad.desk.laws.screening import Screening
    from marsad.read.lists.names import NamesFile
    from marsad.types.lists import Asked

#: A row of the table, its number from 1, and its decision.
Row = tuple[int, tuple[str, ...], "Screened"]


def _rows(table: NamesFile, of: Screening, processes: int, quiet: bool) -> Iterator[Row]:
    """The rows with their decisions, in order; how far it is stands on standard error at a terminal."""
    from marsad.desk.laws.screening import screened

    line = Line(quiet)
    pending: deque[tuple[str, ...]] = deque()

    def asked() -> Iterator[Asked]:
        for row in table.rows():
            pending.append(row.cells)  # a thread of its own may read ahead
            yield row.asked

    for number, found in enumerate(screened(asked(), of, processes), 1):
        line.say(f"{number}")
        yield number, pending.popleft(), found
    line.clear()


def _json(rows: Iterator[Row], of: Screening) -> Iterator[str]:
    import msgspec

    from marsad.export.screened import head_record, record

    yield msgspec.json.encode(head_record(of.on, of.threshold, of.versions, of.late)).decode() + "\n"
    for row in rows:
        yield msgspec.json.encode(record(*row)).decode() + "\n"


def _csv(rows: Iterator[Row], table: NamesFile, lang: str) -> Iterator[str]:
    """The table as it was given, with the columns of the screening behind each row."""
    from marsad.export.screened import COLUMNS, columns

    wide = len(table.header)
    yield "\ufeff" if table.marked else ""
    yield _line((*table.header, *COLUMNS), table.separator)
    for _, cells, found in rows:
        yield _line((*cells, *[""] * (wide - len(cells)), *columns(found, lang)), table.separator)


def _line(cells: tuple[str, ...], separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _text(rows: Iterator[Row], of: Screening, lang: str, every: bool) -> Iterator[str]:
    from marsad.assess.screen import Decision
    from marsad.export.screened import foot, head, lines

    counts: Counter[Decision] = Counter()
    caatsa = False
    yield from (f"{line}\n" for line in head(of.on, of.versions, of.late, lang))
    for number, _, found in rows:
        counts[found.decision] += 1
        if every or found.decision is not Decision.NONE or found.hits:
            yield from (f"{line}\n" for line in lines(number, found, lang))
            caatsa = caatsa or any(hit.version.list.endswith("caatsa/231") for hit in found.hits)
    yield from (f"{line}\n" for line in foot(counts, caatsa, lang))


@click.command("screen")
@click.argument("file", metavar="NAMES.csv", type=click.Path(path_type=Path))
@click.option("--on", type=Day(), metavar="DATE", help="Against the lists as of this day; else today.")
@click.option("--threshold", type=click.FloatRange(0.5, 1.0), help="The score from which a name is a match.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines: what it rests on, then one a row.")
@click.option("--csv", "as_csv", is_flag=True, help="The table, with the decision beside each row.")
@click.option("--out", metavar="FILE", help="Write to FILE: .json or .jsonl is JSON lines, .txt text, else CSV.")
@click.option("--all", "every", is_flag=True, help="Print every row, those without a match too.")
@click.option("--processes", type=int, metavar="N", help="Processes that work side by side.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
@click.option("--quiet", is_flag=True, help="Do not say how far it is.")
@store_option
@lists_option
def screen(
    file: Path,
    on: date | None,
    threshold: float | None,
    as_json: bool,
    as_csv: bool,
    out: str | None,
    every: bool,
    quiet: bool,
    store: str | None,
    folder: str | None,
    **arguments: Any,
) -> None:
    """Screen names against the sanctions lists of a day.

    NAMES.csv has a header with a column `name` (else the first is taken), and perhaps `type`, `born`, `country`; all
    other columns are passed through. Of each list that was added the newest version that is not after the day is
    taken, and two shipped lists. Names match across Arabic, Latin and Cyrillic letters; why is told word by word. A
    date of birth, a country or a type that contradicts lowers the decision, and is told.
    Exit status: 0 fine, 2 wrong usage, 3 the table cannot be read, or there is no list, 4 a list is damaged.

    \b
    Examples:
      marsad screen customers.csv --on 2026-03-01
      marsad screen customers.csv --on 2026-03-01 --out screened.csv
      marsad screen customers.csv --json
    """
    from marsad.cli import output, sourced
    from marsad.desk.laws.screening import screening
    from marsad.read.lists.names import names_file
    from marsad.text.names import SAME

    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both")
    settings = sourced({**arguments, "store": store}).settings
    if out is not None:
        if output.among([str(file)], output.outputs(out)):
            raise click.UsageError(f"{out} is the table itself: give another name")
        output.check(out)
    table = names_file(file)
    of = screening(where(store, folder), on or date.today(), threshold or SAME)
    rows = _rows(table, of, settings.processes, quiet)
    kind = _kind(as_json, as_csv, out)
    if kind == "json":
        pieces = _json(rows, of)
    elif kind == "csv":
        pieces = _csv(rows, table, settings.lang)
    else:
        pieces = _text(rows, of, settings.lang, every)
    output.write(out or "-", pieces)


def _kind(as_json: bool, as_csv: bool, out: str | None) -> str:
    if as_json or as_csv:
        return "json" if as_json else "csv"
    if out is None or out == "-":
        return "text"
    return {".json": "json", ".jsonl": "json", ".txt": "text"}.get(Path(out).suffix.lower(), "csv")
