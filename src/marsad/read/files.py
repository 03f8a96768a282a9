"""Files, folders and the standard input as articles, one after the other; nothing is read before it is needed.

What a file is, is told by ``format`` where that is given, else by the mark that its bytes begin with, else by the
ending of its name, else by its first words (:mod:`marsad.read.detect`).
"""

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
from marsad.read.chunks import Input, ahead, begun, chunks, decoded, unmarked, unpacked
from marsad.read.detect import MARKED, Mark, detected, inside, json_feed, mark
from marsad.settings import Settings
from marsad.types import Article, Skipped

#: The formats, each with the endings of file names that stand for it.
FORMATS: dict[str, tuple[str, ...]] = {
    "text": (".txt",),
    "md": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson"),
    "csv": (".csv", ".tsv"),
    "parquet": (".parquet",),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "feed": (".rss", ".atom", ".xml", ".rdf"),
    "warc": (".warc", ".warc.gz", ".warc.zst", ".warc.lz4", ".wet", ".wet.gz"),
}
_ENDINGS = {ending: name for name, endings in FORMATS.items() for ending in endings}
_ENDINGS |= {".opml": "opml", ".wat": "wat", ".wat.gz": "wat"}
#: Endings that may follow those of any format.
PACKED = (".gz", ".bz2", ".xz")
#: What is known, and no input: why, and what to do.
_REFUSED = {
    "opml": ("a list of feeds, which holds no article", "`marsad add FILE` follows its feeds"),
    "wat": ("the metadata of a web archive, without its texts", "give the archive itself (.warc), or its .wet"),
}

#: What makes articles of an input.
Reader = Callable[[Input], Iterator[Article | Skipped]]
#: What makes articles of an address.
Fetch = Callable[[str], Iterator[Article | Skipped]]

#: Files whatever their names, each as its device and its number there.
Files = Set[tuple[int, int]]


def _decoded(given: Input) -> tuple[str, bool]:
    """The text of all of an input, and whether its offsets are those of a reader who takes it for UTF-8."""
    from marsad.read.encoding import text_of

    data = given.whole()
    text = text_of(data, given.origin.where)
    same = text.encode("utf-8", "surrogatepass") == data
    if not same and len(set(text) - set(" \t\r\n")) < 2:
        # One byte over and over is what fills a damaged file, in whatever charset it is a letter.
        return decoded(data, given.origin.where), True
    return text, same


def _text(given: Input) -> Iterator[Article | Skipped]:
    text, same = _decoded(given)
    yield article(text, Facts(heading=heading(text)), given.origin, given.settings, drawn=not same)


def _markdown(given: Input) -> Iterator[Article | Skipped]:
    from marsad.read.markdown import markdown

    source, same = _decoded(given)
    text, title = markdown(source)
    yield article(text, Facts(heading=title), given.origin, given.settings, drawn=not same or text != source)


def _html(given: Input) -> Iterator[Article | Skipped]:
    from marsad.read.pages.html import page

    text, facts = page(given.whole(), given.origin.where)
    yield article(text, facts, given.origin, given.settings, drawn=True)


def _json(given: Input) -> Iterator[Article | Skipped]:
    from marsad.read.json import json_document

    return json_document(given.whole(), given.origin.where, given.settings)


def _jsonl(given: Input) -> Iterator[Article | Skipped]:
    from marsad.read.json import json_lines

    return json_lines(given.parts, given.origin.where, given.settings)


def _csv(given: Input) -> Iterator[Article | Skipped]:
    from marsad.read.tables import csv_rows

    return csv_rows(given)


def _parquet(given: Input) -> Iterator[Article | Skipped]:
    from marsad.read.tables import parquet_rows

    return parquet_rows(given)


def _docx(given: Input) -> Iterator[Article | Skipped]:
    from marsad.read.documents import docx

    yield docx(given)


def _pdf(given: Input) -> Iterator[Article | Skipped]:
    from marsad.read.documents import pdf

    yield pdf(given)


def _feed(given: Input) -> Iterator[Article | Skipped]:
    from marsad.read.feeds.feed import articles

    found = False
    for item in articles(given.whole(), given.origin, given.settings):
        found = True
        yield item
    if not found:
        raise EmptyError("a feed without an entry", where=given.origin.where, do="check that it is the right one")


def _warc(given: Input) -> Iterator[Article | Skipped]:
    from marsad.read.archives.warc import articles

    with given.sought() as stream:
        yield from articles(stream, given.origin, given.settings)


_READERS: dict[str, Reader] = {
    "text": _text, "md": _markdown, "html": _html, "json": _json, "jsonl": _jsonl, "csv": _csv, "parquet": _parquet,
    "docx": _docx, "pdf": _pdf, "feed": _feed, "warc": _warc,
}  # fmt: skip


def named(name: str) -> str | None:
    """The format that the ending of a name stands for, a packed one's too.

    >>> named("news.jsonl.gz"), named("crawl.warc.gz"), named("photo.png")
    ('jsonl', 'warc', None)
    """
    _, *endings = name.lower().rpartition(os.sep)[2].lstrip(".").rsplit(".", 2)
    if not endings:
        return None
    inner, last = ("", *endings)[-2:]
    both = f".{inner}.{last}"
    return _ENDINGS.get(both) or _ENDINGS.get(f".{inner}" if f".{last}" in PACKED else f".{last}")


def _sought(stream: BinaryIO) -> BinaryIO | None:
    """The stream if all of it can be read from its beginning a second time."""
    return stream if stream.seekable() and stream.tell() == 0 else None


def _opened(stream: BinaryIO, said: str | None, origin: Origin, settings: Settings) -> tuple[Mark | None, Input]:
    """The mark that ``stream`` begins with once it is unpacked, and it as an input; archives stay as they are."""
    file = _sought(stream)
    head, parts = begun(chunks(stream))
    found = mark(head)
    if said != "warc" and found and found.packing:
        within = mark(inside(head, found.packing))
        if within and within.format == "warc":
            return within, Input(parts, origin, settings, file)
        head, parts = begun(unpacked(parts, found.packing, origin.where))
        file, found = None, mark(head)
        if found and found.packing:
            raise FormatError("packed twice", where=origin.where, do="unpack it once")
    marked, parts = unmarked(parts)
    return found, Input(parts, replace(origin, marked=marked), settings, file)


def _agreed(found: Mark | None, said: str | None, given: Input) -> tuple[str | None, Input]:
    """The format of an input that begins with the mark ``found`` and has the ending of ``said``.

    Raises :class:`FormatError` for a mark that nothing reads, and for an ending whose mark is missing.
    """
    where = given.origin.where
    if said == "warc" and (found is None or found.format in (None, "warc")):
        return said, given  # what it is packed with is the archive reader's affair
    if found and found.format is None:
        raise FormatError(f"this is {found.words}, no article", where=where, do=found.do)
    if found or said not in MARKED:
        return (found.format if found else said), given
    form, parts = detected(given.parts, given.settings.max_bytes)
    head, parts = ahead(parts, 1, rows=0)
    if not head:
        raise EmptyError("an empty file", where=where, do="get it anew")
    raise FormatError(f"this is no {said} file, but looks like {form}", where=where, do=f"give --format {form}")


def _refused(form: str, origin: Origin) -> FormatError:
    what, do = _REFUSED[form]
    return FormatError(what, where=origin.where, do=do)


def _articles(
    stream: BinaryIO,
    origin: Origin,
    format: str | None,  # noqa: A002 (the option's word)
    settings: Settings,
    said: str | None = None,
) -> Iterator[Article | Skipped]:
    """The articles of ``stream``: of ``format`` if that is given, else of what its ending ``said`` and bytes tell."""
    if format is None and said in _REFUSED:
        raise _refused(said, origin)
    found, given = _opened(stream, format or said, origin, settings)
    form = format
    if form is None:
        form, given = _agreed(found, said, given)
    if form is None:
        form, parts = detected(given.parts, settings.max_bytes)
        given = replace(given, parts=parts)
    elif form == "json" and format is None:
        head, parts = ahead(given.parts, 1, rows=0)
        form, given = "feed" if json_feed(head) else form, replace(given, parts=parts)
    if form in _REFUSED:
        raise _refused(form, origin)
    yield from _READERS[form](given)


def _shown(path: str) -> str:
    """``path`` as text that can be printed and encoded, whatever bytes its name holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def _file(path: str, format: str | None, settings: Settings) -> Iterator[Article | Skipped]:  # noqa: A002
    shown = _shown(path)
    with Path(path).open("rb") as stream:
        yield from _articles(stream, Origin(shown, given=shown), format, settings, named(path))


def _inside(folder: str, format: str | None, but: Files, settings: Settings) -> Iterator[Article | Skipped]:  # noqa: A002
    """The articles of the regular files of a folder and of those in it that have a known ending, in order.

    Hidden ones and the files ``but`` are left out; a folder that cannot be listed, a link to one, and what only has
    the name of a file come as Skipped.
    """
    faults: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=faults.append):
        yield from _told(faults)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (str(Path(root, name)) for name in folders):
            if Path(path).is_symlink():  # it may lead back to where it stands, or anywhere
                linked = ReadError("a link to a folder, passed over", where=_shown(path), do="name it to have it read")
                yield _skipped(path, linked)
        for name in sorted(files):
            path = str(Path(root, name))
            if name.startswith(".") or named(name) not in FORMATS:
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
    fetch: Fetch | None,
) -> Iterator[Article | Skipped]:
    if path == "-":
        yield from _articles(stdin, Origin("standard input"), format, settings)
    elif "\0" in path:
        raise NotFoundError("no such file", where=path.replace("\0", "\\0"), do="a file's name holds no NUL")
    elif path.lower().startswith(("http://", "https://")):
        if fetch is None:
            raise ReadError("addresses are not fetched", where=path, do="save the page and give the file")
        yield from fetch(path)
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
    fetch: Fetch | None = None,
) -> Iterator[Article | Skipped]:
    """The articles of ``paths`` in order: files, folders, addresses for ``fetch``, and ``-`` for ``stdin``.

    ``format`` (a key of :data:`FORMATS`) overrules the ending of a file's name. In a folder only regular files are
    taken, and none of ``but``. What cannot be read comes as a :class:`Skipped` in its place, and the stream goes on.
    Lazy: of a file with one article a line no more than a line is held. Raises :class:`FormatError` for an unknown
    ``format``.
    """
    if format is not None and format not in FORMATS:
        raise FormatError(f"unknown format {format!r}", do="one of " + ", ".join(FORMATS))
    for path in paths:
        yield from _caught(path, _one(path, stdin, format, but, settings, fetch))
