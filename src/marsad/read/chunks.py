"""Bytes as they come: chunks of a stream, its lines, its text. Nothing is held longer than it is needed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from marsad.errors import EncodingError, SizeError

#: Bytes asked for at a time.
CHUNK = 1 << 16
BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """What ``stream`` holds, as it comes: a slow producer's line is there once it is written."""
    # `read` of a pipe waits until it has all that it was asked for, `read1` does not; a raw stream has only `read`.
    read = getattr(stream, "read1", stream.read)
    while chunk := read(CHUNK):
        yield chunk


def unmarked(parts: Iterator[bytes]) -> tuple[bool, Iterator[bytes]]:
    """Whether ``parts`` begin with a byte order mark of UTF-8, and ``parts`` without it.

    The mark is how a text is encoded and no part of it, however small the pieces are in which it comes.
    """
    head = b""
    while len(head) < len(BOM) and BOM.startswith(head) and (more := next(parts, b"")):
        head += more
    body = head.removeprefix(BOM)
    return len(body) < len(head), chain([body] if body else [], parts)


def ahead(parts: Iterator[bytes], limit: int, rows: float = math.inf) -> tuple[bytes, Iterator[bytes]]:
    """What comes first, up to the end of so many ``rows`` (0: to the first letter), and ``parts`` with nothing lost.

    White space before the first row is no row. Looks no further than the part in which ``limit`` bytes are passed.
    """
    seen: list[bytes] = []
    size, ends, begun = 0, 0, False
    for part in parts:
        seen.append(part)
        size += len(part)
        words = part if begun else part.lstrip()
        begun = begun or bool(words)
        ends += words.count(b"\n")
        if size > limit or (begun and ends >= rows):
            break
    return b"".join(seen), chain(seen, parts)


def lines(parts: Iterator[bytes], limit: int) -> Iterator[bytes | None]:
    """The lines without their ends; None for a line of more than ``limit`` bytes, which is not kept.

    >>> list(lines(iter([b"one", b" line\\nlong", b"er line\\n\\nend"]), 8))
    [b'one line', None, b'', b'end']
    """
    held: list[bytes] = []
    size = 0
    for part in parts:
        for number, piece in enumerate(part.split(b"\n")):
            if number:
                yield b"".join(held) if size <= limit else None
                held, size = [], 0
            size += len(piece)
            if size <= limit:
                held.append(piece)
            else:
                held = []
    if size:
        yield b"".join(held) if size <= limit else None


def whole(parts: Iterator[bytes], limit: int, where: str) -> bytes:
    """All of ``parts`` in one. Raises :class:`SizeError` beyond ``limit`` bytes, without reading on."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > limit:
            raise too_large(limit, where)
    return b"".join(held)


def too_large(limit: int, where: str) -> SizeError:
    """The error of an input of more than ``limit`` bytes."""
    return SizeError(f"more than {limit} bytes", where=where, do="split it, or raise the setting max_bytes")


def decoded(data: bytes, where: str) -> str:
    """``data`` as text. Raises :class:`EncodingError` that names the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data.startswith(_UTF16):
            what, do = "this is UTF-16", "convert it: iconv -f UTF-16 -t UTF-8"
        else:
            what = f"byte {data[error.start]:#04x} at offset {error.start} is not UTF-8"
            do = "convert it: iconv -f WINDOWS-1256 -t UTF-8, if it is an old Arabic file"
        raise EncodingError(what, where=where, do=do) from None
