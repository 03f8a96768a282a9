"""What an input is: by the mark that its bytes begin with, else JSON, a page or a feed by its first words, else text.

A mark is surer than the ending of a name: a PDF that is called ``.html`` is read as the PDF that it is. Words are less
sure, and are asked only where no ending tells: a ``.txt`` that begins with ``<html>`` is the text that it says it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from marsad.errors import FormatError
from marsad.read.chunks import ahead, begun, unpacked

# An array of objects, or an empty one: «[رويترز] بغداد» is how a dispatch begins.
_ARRAY = re.compile(rb"\s*\[\s*[{\]]")
# What may stand before the first element of a page or a feed.
_PROLOG = re.compile(rb"(?:\s++|<!--.*?-->|<\?.*?>)*+", re.DOTALL)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_JSON_FEED = b"jsonfeed.org"

#: Bytes in which the first element of a page or a feed is looked for.
LOOK = 4_096

_anything = msgspec.json.Decoder(msgspec.Struct)


class Mark(NamedTuple):
    """How the bytes of a format begin. ``format`` is None where nothing here reads it, and ``do`` what to do then."""

    begin: bytes
    words: str
    format: str | None = None
    packing: str | None = None
    do: str = "give its text"


_TEXT_OF_IT = "save it as .docx or as text"
#: The marks, each from its own specification; a text begins with none of them.
MARKS = (
    Mark(b"%PDF-", "a PDF", "pdf"),
    Mark(b"PK\x03\x04", "a zip archive", "docx"),
    Mark(b"PAR1", "a Parquet file", "parquet"),
    Mark(b"PARE", "an encrypted Parquet file", do="decrypt it"),
    Mark(b"WARC/", "a web archive", "warc"),
    Mark(b"\x1f\x8b", "packed with gzip", packing="gzip"),
    Mark(b"BZh", "packed with bzip2", packing="bzip2"),
    Mark(b"\xfd7zXZ\0", "packed with xz", packing="xz"),
    Mark(b"\x28\xb5\x2f\xfd", "packed with zstd", do="unpack it (zstd -dc), or say --format warc if it is an archive"),
    Mark(b"\x04\x22\x4d\x18", "packed with lz4", do="unpack it (lz4 -dc), or say --format warc if it is an archive"),
    Mark(b"PK\x05\x06", "an empty zip archive"),
    Mark(b"Rar!\x1a\x07", "a RAR archive", do="unpack it"),
    Mark(b"7z\xbc\xaf\x27\x1c", "a 7z archive", do="unpack it"),
    Mark(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office file of the old kind, or under a password", do=_TEXT_OF_IT),
    Mark(b"{\\rtf", "a rich text document (RTF)", do=_TEXT_OF_IT),
    Mark(b"\x89PNG", "a picture (PNG)"),
    Mark(b"\xff\xd8\xff", "a picture (JPEG)"),
    Mark(b"GIF87a", "a picture (GIF)"),
    Mark(b"GIF89a", "a picture (GIF)"),
    Mark(b"RIFF", "a picture or a recording (RIFF)"),
    Mark(b"OggS", "a recording (Ogg)"),
    Mark(b"SQLite format 3", "an SQLite database", do="export its rows as JSON lines or CSV"),
    Mark(b"\x7fELF", "a program (ELF)"),
)
#: Formats that are nothing without their mark. A web archive may be packed in ways of its own.
MARKED = frozenset(mark.format for mark in MARKS if mark.format) - {"warc"}
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_TAR = slice(257, 262)


def mark(head: bytes) -> Mark | None:
    """The mark that ``head`` begins with, white space before that of a PDF passed over.

    >>> mark(b"%PDF-1.7").words
    'a PDF'
    """
    for one in MARKS:
        if head.startswith(one.begin) or (one.format == "pdf" and head.lstrip().startswith(one.begin)):
            return one if one.packing != "bzip2" or _BZIP2.match(head) else None
    return Mark(b"", "a tar archive", do="unpack it and give the folder") if head[_TAR] == b"ustar" else None


def inside(head: bytes, packing: str) -> bytes:
    """How that begins what is packed in what begins with ``head``; nothing where it cannot be told."""
    try:
        return begun(unpacked(iter([head]), packing, ""))[0]
    except FormatError:
        return b""


def _is_object(data: bytes) -> bool:
    """Whether ``data`` is one JSON object, whatever is in it."""
    try:
        _anything.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def json_feed(head: bytes) -> bool:
    """Whether a JSON object that begins with ``head`` is a feed, which names its version near the beginning."""
    if _JSON_FEED not in head[:LOOK]:
        return False
    from marsad.read.feeds.feed import is_feed

    return is_feed(head[:LOOK]) == "json"


def _element(head: bytes) -> str:
    """``html``, ``feed`` or ``opml`` by the first element, else ``text``."""
    from marsad.read.feeds.feed import is_feed

    if _PAGE.match(head, _PROLOG.match(head, 0, LOOK).end()):  # type: ignore[union-attr]  # matches the empty string too
        return "html"
    kind = is_feed(head[:LOOK])
    return "text" if kind is None else "opml" if kind == "opml" else "feed"


def detected(parts: Iterator[bytes], limit: int) -> tuple[str, Iterator[bytes]]:
    """``text``, ``html``, ``feed``, ``opml``, ``json`` or ``jsonl``, and ``parts`` with nothing lost.

    What begins with ``{`` is JSON lines if its first line is an object, which is all that is looked at then, or its
    second line begins another; a document if all of it is one object. Looks no further than ``limit`` bytes.
    """
    head, parts = ahead(parts, limit, rows=0)
    begin = head.lstrip()[:1]
    if begin == b"<":
        head, parts = ahead(parts, LOOK)
        return _element(head), parts
    if begin == b"[":
        data, parts = ahead(parts, limit)
        return "json" if _ARRAY.match(data) else "text", parts
    if begin != b"{":
        return "text", parts
    head, parts = ahead(parts, limit, rows=1)
    if json_feed(head):
        return "feed", parts
    if _is_object(head.lstrip().partition(b"\n")[0]):
        return "jsonl", parts
    head, parts = ahead(parts, limit, rows=2)
    if json_feed(head):
        return "feed", parts
    if head.lstrip().partition(b"\n")[2].lstrip().startswith(b"{"):
        return "jsonl", parts
    data, parts = ahead(parts, limit)
    return ("feed" if json_feed(data) else "json") if _is_object(data) else "jsonl", parts
