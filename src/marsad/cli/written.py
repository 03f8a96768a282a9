"""What commands write for programs, and that they are asked for one form of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from marsad.export.rows import Column, Row


def one_way(**given: object) -> None:
    """Raise where two ways to write are asked for."""
    named = [f"--{name}" for name, value in given.items() if value]
    if len(named) > 1:
        raise click.UsageError(f"give one of {' and '.join(named)}")


def write_json(records: Iterable[Mapping[str, Any]]) -> None:
    """One JSON line each, in UTF-8."""
    import msgspec

    encode = msgspec.json.Encoder().encode
    for record in records:
        sys.stdout.buffer.write(encode(record) + b"\n")
    sys.stdout.buffer.flush()


def write_table(rows: Iterable[Row], columns: Mapping[str, Column]) -> None:
    """A table of CSV."""
    from marsad.export.rows import write_csv

    write_csv(iter(rows), sys.stdout, columns=columns)
