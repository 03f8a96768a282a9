"""Tables of ``knowledge/`` kept ready-made in the user's cache folder, so that a start need not build them again.

A cached table is found by a digest of its data files, of the code that builds it and of Marsad's version; whatever
changes makes it be built anew. A cache that is damaged, foreign or cannot be written is as good as none. The format is
MessagePack: nothing in it can be executed.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from marsad.about import __version__
from marsad.errors import KnowledgeError

T = TypeVar("T")

#: What a file of the cache begins with, before the two digests and the table.
_MAGIC = b"marsad-table-1\n"
_SIZE = 16
#: The packages whose code makes tables.
_CODE = (Path(__file__).parent, Path(__file__).parents[1] / "text")


def folder(environ: Mapping[str, str], platform: str = sys.platform, home: Path | None = None) -> Path:
    """The cache folder of the user: ``$XDG_CACHE_HOME/marsad``, or what the system has for it.

    >>> folder({"XDG_CACHE_HOME": "/tmp/c"}, "linux").as_posix()
    '/tmp/c/marsad'
    """
    given = environ.get("XDG_CACHE_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "marsad"
    home = home or Path(environ.get("HOME") or environ.get("USERPROFILE") or tempfile.gettempdir())
    if platform == "darwin":
        return home / "Library" / "Caches" / "marsad"
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "marsad" / "Cache"
    return home / ".cache" / "marsad"


@cache
def _code() -> bytes:
    """A digest of the code that builds tables: a change of it makes every cached table old."""
    digest = blake2b(digest_size=_SIZE)
    for path in sorted(file for package in _CODE for file in package.rglob("*.py")):
        digest.update(path.name.encode())
        with contextlib.suppress(OSError):
            digest.update(path.read_bytes())
    return digest.digest()


def digest(sources: Iterable[Path]) -> bytes:
    """What a table of these data files is found by.

    Raises :class:`~marsad.errors.KnowledgeError` where one cannot be read.
    """
    made = blake2b(_code(), digest_size=_SIZE)
    made.update(f"{__version__}|{sys.version_info[:2]}|{msgspec.__version__}".encode())
    for path in sources:
        try:
            made.update(blake2b(path.read_bytes(), digest_size=_SIZE).digest())
        except OSError as error:
            raise KnowledgeError(
                f"the data file cannot be read ({error.strerror or error})",
                where=str(path),
                do="install Marsad again, or restore the file",
            ) from None
    return made.digest()


def table(
    name: str, sources: Iterable[Path], build: Callable[[], T], shape: type[T], cache_folder: Path | None = None
) -> T:
    """The table ``name``: from the cache where it is of these ``sources``, else from ``build()``, and then kept.

    ``shape`` is what msgspec decodes it as. ``cache_folder`` is :func:`folder` of the environment where it is
    not given. Raises what ``build`` raises.
    """
    where = (cache_folder or folder(os.environ)) / f"{name}.msgpack"
    wanted = digest(sources)
    kept = _read(where, wanted, shape)
    if kept is not None:
        return kept
    made = build()
    _write(where, wanted, msgspec.msgpack.encode(made))
    return made


def _read(where: Path, wanted: bytes, shape: type[T]) -> T | None:
    """The table of a file of the cache; None where it is missing, of other data, or damaged."""
    try:
        content = where.read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + 2 * _SIZE
    body = memoryview(content)[start:]
    expected = _MAGIC + wanted + blake2b(body, digest_size=_SIZE).digest()
    if content[:start] != expected:
        return None
    try:
        return msgspec.msgpack.decode(body, type=shape)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def _write(where: Path, wanted: bytes, body: bytes) -> None:
    """Keeps a table, all of it or nothing: others may read, or write, the same file."""
    with contextlib.suppress(OSError):
        where.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=where.parent, prefix=where.stem, suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + wanted + blake2b(body, digest_size=_SIZE).digest() + body)
            Path(temporary).replace(where)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
