"""Files, folders and the standard input as articles, one after the other; nothing is read before it is needed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from marsad.errors import EmptyError, FormatError, MarsadError, NotFoundError, ReadError
from marsad.read.article import Facts, Origin, article, heading
from marsad.read.chunks import chunks, decoded, unmarked, whole
from marsad.read.detect import detected
from marsad.read.html import page
from marsad.read.json import json_document, json_lines
from marsad.read.markdown import markdown
from marsad.settings import Settings
from marsad.types import Article, Skipped

#: The formats, each with the endings of file names that stand for it.
FORMATS: dict[str, tuple[str, ...]] = {
    "text": (".txt",),
    "md": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson"),
}
_ENDINGS = {ending: name for name, endings in FORMATS.items() for ending in endings}

#: What makes articles of the bytes of a file or a stream.
Reader = Callable[[Iterator[bytes], Origin, Settings], Iterator[Article | Skipped]]

#: Files whatever their names, each as its device and its number there.
Files = Set[tuple[int, int]]


def _text(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    text = decoded(whole(parts, settings.max_bytes, origin.where), origin.where)
    yield article(text, Facts(heading=heading(text)), origin, settings)


def _markdown(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    source = decoded(whole(parts, settings.max_bytes, origin.where), origin.where)
    text, title = markdown(source)
    yield article(text, Facts(heading=title), origin, settings, drawn=text != source)


def _html(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    text, facts = page(whole(parts, settings.max_bytes, origin.where), origin.where)
    yield article(text, facts, origin, settings, drawn=True)


def _json(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    return json_document(whole(parts, settings.max_bytes, origin.where), origin.where, settings)


def _jsonl(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    return json_lines(parts, origin.where, settings)


_READERS: dict[str, Reader] = {"text": _text, "md": _markdown, "html": _html, "json": _json, "jsonl": _jsonl}


def _articles(
    stream: BinaryIO,
    origin: Origin,
    format: str | None,  # noqa: A002 (the option's word)
    settings: Settings,
) -> Iterator[Article | Skipped]:
    marked, parts = unmarked(chunks(stream))
    if format is None:
        format, parts = detected(parts, settings.max_bytes)  # noqa: A001
    return _READERS[format](parts, replace(origin, marked=marked), settings)


def _shown(path: str) -> str:
    """``path`` as text that can be printed and encoded, whatever bytes its name holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def _file(path: str, format: str | None, settings: Settings) -> Iterator[Article | Skipped]:  # noqa: A002
    shown = _shown(path)
    with Path(path).open("rb") as stream:
        known = format or _ENDINGS.get(Path(path).suffix.lower())
        yield from _articles(stream, Origin(shown, given=shown), known, settings)


def _inside(folder: str, format: str | None, but: Files, settings: Settings) -> Iterator[Article | Skipped]:  # noqa: A002
    """The articles of the regular files of a folder and of those in it that have a known ending, in order.

    Hidden ones and the files ``but`` are left out; a folder that cannot be listed and what only has the name of a
    file come as Skipped.
    """
    faults: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=faults.append):
        yield from _told(faults)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = str(Path(root, name))
            if name.startswith(".") or Path(name).suffix.lower() not in _ENDINGS:
                continue
            status = None
            with suppress(OSError):  # opening it will say the same
                status = Path(path).stat()
            if status and (status.st_dev, status.st_ino) in but:
                continue
            if status and not stat.S_ISREG(status.st_mode):
                # A pipe or a device: reading what happens to lie in a folder might never end.
                odd = ReadError("no regular file, passed over", where=_shown(path), do="name it to have it read")
                yield _skipped(path, odd)
            else:
                yield from _caught(path, _file(path, format, settings))
    yield from _told(faults)


def _told(faults: list[OSError]) -> Iterator[Skipped]:
    """What could not be listed on the way, once."""
    for fault in faults:
        yield _skipped(str(fault.filename), fault)
    faults.clear()


def _one(
    path: str,
    stdin: BinaryIO,
    format: str | None,  # noqa: A002 (the option's word)
    but: Files,
    settings: Settings,
) -> Iterator[Article | Skipped]:
    if path == "-":
        yield from _articles(stdin, Origin("standard input"), format, settings)
    elif "\0" in path:
        raise NotFoundError("no such file", where=path.replace("\0", "\\0"), do="a file's name holds no NUL")
    elif path.startswith(("http://", "https://")):
        raise ReadError("addresses are not fetched", where=path, do="save the page and give the file")
    elif Path(path).is_dir():
        found = False
        for item in _inside(path, format, but, settings):
            found = True
            yield item
        if not found:
            endings = " ".join(_ENDINGS)
            raise EmptyError(
                "no article in this folder", where=_shown(path), do=f"files that are read end in {endings}"
            )
    else:
        yield from _file(path, format, settings)


def _skipped(path: str, error: Exception) -> Skipped:
    """Why ``path`` could not be read."""
    shown = _shown(path)
    if isinstance(error, FileNotFoundError):
        error = NotFoundError("no such file", where=shown, do="check the name; - is standard input")
    elif isinstance(error, OSError):
        reason = error.strerror or str(error)
        error = ReadError(f"cannot be read ({reason})", where=shown, do="check that it is there and may be read")
    assert isinstance(error, MarsadError)
    return Origin(shown, given=None if path == "-" else shown).skipped(error)


def _caught(path: str, items: Iterator[Article | Skipped]) -> Iterator[Article | Skipped]:
    """``items``, and if reading them fails, the reason as the last."""
    try:
        yield from items
    except (MarsadError, OSError) as error:
        yield _skipped(path, error)


def read(
    paths: Iterable[str],
    *,
    stdin: BinaryIO,
    format: str | None = None,  # noqa: A002 (the option's word)
    but: Files = frozenset(),
    settings: Settings,
) -> Iterator[Article | Skipped]:
    """The articles of ``paths`` in order: files, folders, and ``-`` for ``stdin``.

    ``format`` (a key of :data:`FORMATS`) overrules the ending of a file's name. In a folder only regular files are
    taken, and none of ``but``. What cannot be read comes as a :class:`Skipped` in its place, and the stream goes on.
    Lazy: of a file with one article a line no more than a line is held. Raises :class:`FormatError` for an unknown
    ``format``.
    """
    if format is not None and format not in FORMATS:
        raise FormatError(f"unknown format {format!r}", do="one of " + ", ".join(FORMATS))
    for path in paths:
        yield from _caught(path, _one(path, stdin, format, but, settings))
