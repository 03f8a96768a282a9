"""Rows as Parquet: one file, or a folder with a part for each month; there whole or not at all.

pyarrow (the extra ``frames``) is imported when a table is written.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.about import __version__
from marsad.errors import ExtraError, WriteError
from marsad.export.rows import COLUMNS, Column

if TYPE_CHECKING:
    from typing import TypeAlias

    Arrow: TypeAlias = Any  # pyarrow has no types of its own

#: Rows that are held at a time, and that a row group has at most.
CHUNK = 5_000
#: Files that are open at a time; further months close the one that was written longest ago.
OPEN = 60
_PART = re.compile(r"month=(?:\d{4,}-\d\d|unknown)/part-\d+\.parquet")


def _fault(where: Path, error: OSError) -> WriteError:
    return WriteError(
        f"cannot be written ({error.strerror or error})",
        where=str(where),
        do="give another path, or free space on the disk",
    )


@contextmanager
def whole_file(where: Path) -> Iterator[Path]:
    """A path beside ``where`` to write to; when the block ends it takes its place, and until then the old file stays.

    What is written is on the disk before. Raises :class:`WriteError` where it cannot be written.
    """
    target = where.resolve()  # a link stays, and what it leads to is replaced
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".marsad-", suffix=".part")
        os.close(handle)
        part = Path(name)
        part.chmod(0o666 & ~_umask())
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except OSError as error:
        raise _fault(where, error) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def whole_folder(where: Path, ours: Callable[[Path], bool]) -> Iterator[Path]:
    """A folder beside ``where`` to fill; when the block ends it takes its place, and until then the old one stays.

    Raises :class:`WriteError` where it cannot be written, and where there is a folder already that holds something
    and is not ``ours``: what a user put there is never removed.
    """
    target = where.resolve()
    if target.exists() and not (target.is_dir() and (not any(target.iterdir()) or ours(target))):
        raise WriteError(
            "is there already, and was not written by Marsad", where=str(where), do="give a path that is free"
        )
    part: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=target.parent, prefix=".marsad-", suffix=".part"))
        part.chmod(0o777 & ~_umask())
        yield part
        if target.exists():
            old = part.with_suffix(".old")
            target.rename(old)
            try:
                part.rename(target)
            except OSError:
                old.rename(target)
                raise
            shutil.rmtree(old)
        else:
            part.rename(target)
    except OSError as error:
        raise _fault(where, error) from error
    finally:
        if part is not None and part.exists():
            shutil.rmtree(part)


def _pyarrow() -> tuple[Arrow, Arrow]:
    """pyarrow and its part for Parquet. By name, since it has no types of its own that a checker could read."""
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise ExtraError("Parquet needs pyarrow", do="pip install 'marsad[frames]'") from None


def schema(columns: Mapping[str, Column] = COLUMNS) -> Arrow:
    """The schema of Arrow for ``columns``: days as date32, times as microseconds in UTC, lists of strings.

    Raises :class:`ExtraError` without pyarrow.
    """
    arrow, _ = _pyarrow()
    types = {
        "string": arrow.string(),
        "month": arrow.string(),
        "date": arrow.date32(),
        "time": arrow.timestamp("us", tz="UTC"),
        "number": arrow.float64(),
        "integer": arrow.int64(),
        "boolean": arrow.bool_(),
        "list": arrow.list_(arrow.string()),
    }
    fields = [
        arrow.field(name, types[column.type], metadata={"description": column.en}) for name, column in columns.items()
    ]
    return arrow.schema(fields, metadata={"marsad": __version__})


def _chunks(given: Iterable[Mapping[str, object]]) -> Iterator[list[Mapping[str, object]]]:
    rest = iter(given)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _table(chunk: list[Mapping[str, object]], arrow: Arrow, shape: Arrow) -> Arrow:
    return arrow.Table.from_pydict({name: [row.get(name) for row in chunk] for name in shape.names}, schema=shape)


def table(given: Iterable[Mapping[str, object]], columns: Mapping[str, Column] = COLUMNS) -> Arrow:
    """Rows as a table of Arrow. Raises :class:`ExtraError` without pyarrow."""
    arrow, _ = _pyarrow()
    return _table(list(given), arrow, schema(columns))


def _month(row: Mapping[str, Any]) -> str:
    day = row.get("day") or row.get("published")
    return str(day.isoformat()[:7]) if day else "unknown"


class _Parts:
    """The files of a folder by month, so many of them open at a time; one that was closed goes on in a further part."""

    def __init__(self, folder: Path, shape: Arrow) -> None:
        self._folder, self._shape = folder, shape
        self._open: OrderedDict[str, Arrow] = OrderedDict()
        self._begun: dict[str, int] = {}

    def write(self, month: str, table: Arrow) -> None:
        if month not in self._open:
            if len(self._open) >= OPEN:
                self._open.popitem(last=False)[1].close()
            number = self._begun.get(month, 0)
            self._begun[month] = number + 1
            folder = self._folder / f"month={month}"
            folder.mkdir(exist_ok=True)
            _, parquet = _pyarrow()
            self._open[month] = parquet.ParquetWriter(folder / f"part-{number}.parquet", self._shape)
        self._open.move_to_end(month)
        self._open[month].write_table(table)

    def close(self) -> None:
        while self._open:
            self._open.popitem()[1].close()


def _is_ours(folder: Path) -> bool:
    """Whether a folder holds nothing but months, as :func:`write` makes them."""
    return all(_PART.fullmatch(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if not path.is_dir())


def _file(given: Iterable[Mapping[str, object]], where: Path, shape: Arrow) -> int:
    arrow, parquet = _pyarrow()
    number = 0
    with whole_file(where) as part, parquet.ParquetWriter(part, shape) as writer:
        for chunk in _chunks(given):
            writer.write_table(_table(chunk, arrow, shape))
            number += len(chunk)
    return number


def _folder(given: Iterable[Mapping[str, object]], where: Path, shape: Arrow) -> int:
    arrow, _ = _pyarrow()
    number = 0
    with whole_folder(where, _is_ours) as folder:
        parts = _Parts(folder, shape)
        try:
            for chunk in _chunks(given):
                months: dict[str, list[Mapping[str, object]]] = {}
                for row in chunk:
                    months.setdefault(_month(row), []).append(row)
                for month, rows in months.items():
                    parts.write(month, _table(rows, arrow, shape))
                number += len(chunk)
        finally:
            parts.close()
    return number


def write(
    given: Iterable[Mapping[str, object]],
    where: Path | str,
    *,
    by_month: bool = False,
    columns: Mapping[str, Column] = COLUMNS,
) -> int:
    """Write rows to the file ``where``, and give how many; memory holds :data:`CHUNK` of them at a time.

    With ``by_month`` it is a folder, ``month=2026-03/part-0.parquet`` and so on, by the day of an event, else by that
    of publication; ``month=unknown`` has those without either. Raises :class:`ExtraError` without pyarrow,
    :class:`WriteError` where it cannot be written.
    """
    shape = schema(columns)
    return (_folder if by_month else _file)(given, Path(where), shape)
