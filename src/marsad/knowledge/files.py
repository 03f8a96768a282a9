"""How the data files are read: CSV with a commented head, YAML with a ``source``. Every file says where it is from."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from marsad.errors import KnowledgeError

#: The folder of the data files that come with Marsad.
DATA = Path(__file__).with_name("data")


def read(name: str) -> str:
    """The text of a data file.

    Raises :class:`~marsad.errors.KnowledgeError` where the file is missing or is no UTF-8.
    """
    path = DATA / name
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(
            f"the data file cannot be read ({error})", where=str(path), do="install Marsad again, or restore the file"
        ) from None


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, keyed by its header line. Lines that begin with ``#`` are its head, and are skipped.

    >>> next(rows("agents.csv"))["sector"] in ("GOV", "LEG", "MIL")
    True
    """
    lines = [(number, line) for number, line in enumerate(read(name).splitlines(), 1) if line and line[0] != "#"]
    reader = csv.reader(line for _, line in lines)
    header = next(reader, [])
    for (number, _), cells in zip(lines[1:], reader, strict=True):
        if len(cells) != len(header):
            raise KnowledgeError(
                f"{len(cells)} cells where the header names {len(header)}",
                where=f"{name}:{number}",
                do="quote a cell that holds a comma; separate the forms inside a cell by |",
            )
        yield dict(zip(header, cells, strict=True))


def forms(cell: str) -> tuple[str, ...]:
    """The forms in a cell, which ``|`` separates.

    >>> forms("سوريا|سورية")
    ('سوريا', 'سورية')
    """
    return tuple(form for form in (part.strip() for part in cell.split("|")) if form)


@cache
def document(name: str) -> Any:
    """A YAML file as plain dicts and lists, read once.

    Raises :class:`~marsad.errors.KnowledgeError` with the line where the YAML is broken.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(read(name), Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        raise KnowledgeError(f"broken YAML ({getattr(error, 'problem', error)})", where=where) from None
