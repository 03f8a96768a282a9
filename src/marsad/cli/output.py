"""Where a command writes: a file that is there whole or not at all, and never one that is read."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from marsad.errors import MarsadError

#: A file whatever its name: its device, and its number there.
Identity = tuple[int, int]


def _identity(file: str | int) -> Identity | None:
    """The regular file of this name or descriptor; None where there is none."""
    with suppress(OSError, ValueError):
        status = os.stat(file)  # noqa: PTH116 (takes a descriptor too)
        if stat.S_ISREG(status.st_mode):
            return status.st_dev, status.st_ino
    return None


def outputs(page: str | None) -> frozenset[Identity]:
    """The regular files that are written to: that of standard output, and the ``page`` if it is there already."""
    found = {_identity(page)} if page else set()
    with suppress(OSError, ValueError, AttributeError):  # no standard output, or none that is a file
        found.add(_identity(sys.stdout.fileno()))
    return frozenset(one for one in found if one)


def among(paths: Iterable[str], written: frozenset[Identity]) -> str | None:
    """The first of ``paths`` that is one of the files ``written``."""
    return next((path for path in paths if path != "-" and _identity(path) in written), None)


def _fault(path: str, error: OSError) -> MarsadError:
    return MarsadError(f"cannot be written ({error.strerror or error})", where=path, do="give another file")


def _beside(target: Path) -> Path:
    """Where a file is written before it takes the place of ``target``; hidden, so that no folder walk reads it."""
    return target.with_name(f".marsad-{os.getpid()}.part")


@contextmanager
def _opened(path: str) -> Iterator[IO[str]]:
    target = Path(path).resolve()  # a link stays, and what it leads to is replaced
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        with target.open("w", encoding="utf-8") as out:
            yield out
        return
    part = _beside(target)
    try:
        with part.open("w", encoding="utf-8") as out:
            yield out
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def check(path: str) -> None:
    """Raise :class:`MarsadError` now, before long work, if ``path`` cannot be written; what is there stays."""
    target = Path(path).resolve()
    if path == "-" or (target.exists() and not target.is_file() and not target.is_dir()):
        return
    try:
        if target.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        _beside(target).touch()
        _beside(target).unlink()
    except OSError as error:
        raise _fault(path, error) from None


def write(path: str, pieces: Iterable[str]) -> None:
    """Write ``pieces`` to ``path`` (``-`` is standard output); until all are there, the old file stays.

    The file is opened when the first piece is there. Raises :class:`MarsadError` if it cannot be written.
    """
    if path == "-":
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
        return
    rest = iter(pieces)
    first = next(rest, "")
    try:
        with _opened(path) as out:
            out.write(first)
            out.writelines(rest)
    except OSError as error:
        raise _fault(path, error) from None
