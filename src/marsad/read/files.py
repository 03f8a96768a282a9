"""Files, folders and the standard input as articles, one after the other; nothing is read before it is needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from marsad.errors import EmptyError, FormatError, MarsadError, NotFoundError, ReadError
from marsad.read.article import Facts, Origin, article, heading
from marsad.read.chunks import chunks, decoded, opened, whole
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


def _text(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    text = decoded(whole(parts, settings.max_bytes, origin.where), origin.where)
    yield article(text, Facts(heading=heading(text)), origin, settings)


def _markdown(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    text, title = markdown(decoded(whole(parts, settings.max_bytes, origin.where), origin.where))
    yield article(text, Facts(heading=title), origin, settings)


def _html(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    text, facts = page(whole(parts, settings.max_bytes, origin.where), origin.where)
    yield article(text, facts, origin, settings)


def _json(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    return json_document(whole(parts, settings.max_bytes, origin.where), origin.where, settings)


def _jsonl(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    return json_lines(parts, origin.where, settings)


def _any(parts: Iterator[bytes], origin: Origin, settings: Settings) -> Iterator[Article | Skipped]:
    """What does not say what it is: JSON lines if its first character that is no white space is ``{``, else text."""
    first, parts = opened(parts, settings.max_bytes)
    return (_jsonl if first == b"{" else _text)(parts, origin, settings)


_READERS: dict[str, Reader] = {"text": _text, "md": _markdown, "html": _html, "json": _json, "jsonl": _jsonl}


def _shown(path: str) -> str:
    """``path`` as text that can be printed and encoded, whatever bytes its name holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def _inside(folder: str) -> Iterator[str]:
    """The files of a folder and of those in it that have a known ending, in order; hidden ones are left out."""

    def unreadable(error: OSError) -> None:
        raise error

    for root, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in _ENDINGS:
                yield str(Path(root, name))


def _file(path: str, format: str | None, settings: Settings) -> Iterator[Article | Skipped]:  # noqa: A002
    name = format or _ENDINGS.get(Path(path).suffix.lower())
    shown = _shown(path)
    with Path(path).open("rb") as stream:
        yield from (_READERS[name] if name else _any)(chunks(stream), Origin(shown, given=shown), settings)


def _one(path: str, stdin: BinaryIO, format: str | None, settings: Settings) -> Iterator[Article | Skipped]:  # noqa: A002
    if path == "-":
        reader = _READERS[format] if format else _any
        yield from reader(chunks(stdin), Origin("standard input"), settings)
    elif "\0" in path:
        raise NotFoundError("no such file", where=path.replace("\0", "\\0"), do="a file's name holds no NUL")
    elif path.startswith(("http://", "https://")):
        raise ReadError("addresses are not fetched", where=path, do="save the page and give the file")
    elif Path(path).is_dir():
        found = False
        for inner in _inside(path):
            found = True
            yield from _caught(inner, _file(inner, format, settings))
        if not found:
            endings = " ".join(_ENDINGS)
            raise EmptyError(
                "no article in this folder", where=_shown(path), do=f"files that are read end in {endings}"
            )
    else:
        yield from _file(path, format, settings)


def _caught(path: str, items: Iterator[Article | Skipped]) -> Iterator[Article | Skipped]:
    """``items``, and if reading them fails, the reason as the last."""
    shown = _shown(path)
    origin = Origin(shown, given=None if path == "-" else shown)
    try:
        yield from items
    except MarsadError as error:
        yield origin.skipped(error)
    except FileNotFoundError:
        yield origin.skipped(NotFoundError("no such file", where=shown, do="check the name; - is standard input"))
    except OSError as error:
        reason = error.strerror or str(error)
        yield origin.skipped(
            ReadError(f"cannot be read ({reason})", where=shown, do="check that it is a readable file")
        )


def read(
    paths: Iterable[str],
    *,
    stdin: BinaryIO,
    format: str | None = None,  # noqa: A002 (the option's word)
    settings: Settings,
) -> Iterator[Article | Skipped]:
    """The articles of ``paths`` in order: files, folders, and ``-`` for ``stdin``.

    ``format`` (a key of :data:`FORMATS`) overrules the ending of a file's name. What cannot be read comes as a
    :class:`Skipped` in its place, and the stream goes on. Lazy: of a file with one article a line no more than a
    line is held. Raises :class:`FormatError` for an unknown ``format``.
    """
    if format is not None and format not in FORMATS:
        raise FormatError(f"unknown format {format!r}", do="one of " + ", ".join(FORMATS))
    for path in paths:
        yield from _caught(path, _one(path, stdin, format, settings))
