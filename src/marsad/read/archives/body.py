"""The body of an archived answer as it was meant: out of its chunks, decompressed, up to a limit.

Archives keep what went over the wire, or what a browser made of it, and the head often tells the wrong one of the two.
So what is not packed as the head says it is, is taken as it stands.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from marsad.errors import FormatError
from marsad.read.chunks import CHUNK, too_large

# RFC 9112, section 7.1: the size of a chunk in hexadecimal digits, extensions, the end of the line.
_CHUNK = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]{0,1000})?\r?\n")
# Letters of any charset, and no more: what is compressed has others within its first bytes.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: Bytes in which they are looked for.
_LOOK = 1_024
#: Most layers of encoding of a body; browsers and servers know one.
LAYERS = 3


def unwrapped(data: bytes, transfer: Sequence[str], content: Sequence[str], limit: int, where: str) -> bytes:
    """``data`` without its transfer and content encodings, which are given as the head has them.

    Chunked, gzip, deflate, br and zstd are known. Raises :class:`SizeError` beyond ``limit`` bytes, at once, and
    :class:`FormatError` for what breaks off, is damaged, or is of another encoding.

    >>> unwrapped(b"4\\r\\nnews\\r\\n0\\r\\n\\r\\n", ["chunked"], [], 100, "a.warc")
    b'news'
    >>> unwrapped(b"news", ["chunked"], ["gzip"], 100, "a.warc")
    b'news'
    """
    codings = [*_codings(content), *_codings(transfer)]
    if len(codings) > LAYERS:
        raise FormatError(f"{len(codings)} encodings over one another", where=where, do="leave this record out")
    for coding in reversed(codings):
        data = _joined(data, where) if coding == "chunked" else _decompressed(data, coding, limit, where)
    return data


def _codings(values: Sequence[str]) -> list[str]:
    """The encodings that were applied, in order."""
    words = [word.strip().lower().removeprefix("x-") for value in values for word in value.split(",")]
    return [word for word in words if word not in ("", "identity", "none", "utf-8")]


def _joined(data: bytes, where: str) -> bytes:
    """What the chunks hold; ``data`` itself where it has none."""
    parts: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(data, at):
        start, size = chunk.end(), int(chunk[1], 16)
        if not size:
            return b"".join(parts)
        if start + size > len(data):
            break
        parts.append(data[start : start + size])
        at = start + size
    if not parts and not chunk:
        return data
    if not data[at:].strip():  # the last, empty chunk is missing, but nothing else
        return b"".join(parts)
    raise FormatError("the chunks of its body break off", where=where, do="get it anew")


def _decompressed(data: bytes, coding: str, limit: int, where: str) -> bytes:
    """``data`` unpacked; itself where it is not packed, though the head says so."""
    found: list[bytes] = []
    size = 0
    whole = False
    with suppress(OSError, EOFError, zlib.error):
        for piece in _DECODERS.get(coding, _unknown)(data):
            found.append(piece)
            size += len(piece)
            if size > limit:
                raise too_large(limit, where)
        whole = coding in _DECODERS
    if whole:
        return b"".join(found)
    if not found and not _BINARY.search(data[:_LOOK]):
        return data
    what = f"its body is no whole {coding}" if coding in _DECODERS else f"its body is encoded as {coding[:40]!r}"
    raise FormatError(what, where=where, do="get it anew")


def _unknown(data: bytes) -> Iterator[bytes]:
    return iter(())


def _inflated(data: bytes, *bits: int) -> Iterator[bytes]:
    """What zlib makes of ``data``, each size of ``bits`` tried while nothing came. Raises zlib.error, EOFError."""
    for number, wbits in enumerate(bits):
        one = zlib.decompressobj(wbits)
        came, rest = False, data
        try:
            while not one.eof:
                piece = one.decompress(rest, CHUNK)
                rest = one.unconsumed_tail
                if not piece and not rest and not one.eof:
                    raise EOFError
                came = came or bool(piece)
                yield piece
            return
        except zlib.error:
            if came or number == len(bits) - 1:
                raise


def _gzip(data: bytes) -> Iterator[bytes]:
    return _inflated(data, zlib.MAX_WBITS | 32)


def _deflate(data: bytes) -> Iterator[bytes]:
    # RFC 9110 means zlib's format; some servers send the bare one.
    return _inflated(data, zlib.MAX_WBITS | 32, -zlib.MAX_WBITS)


def _brotli(data: bytes) -> Iterator[bytes]:
    from fastwarc.stream_io import BrotliReader

    reader = BrotliReader(io.BytesIO(data))
    while piece := reader.read(CHUNK):
        yield piece


def _zstd(data: bytes) -> Iterator[bytes]:
    from fastwarc.stream_io import ZstdReader

    reader = ZstdReader(io.BytesIO(data))
    while piece := reader.read(CHUNK):
        yield piece


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip
