"""Bytes as they come: chunks of a stream, unpacked, its lines, its text. Nothing is held longer than it is needed."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from marsad.errors import EncodingError, ExtraError, FormatError, SizeError
from marsad.read.article import Origin
from marsad.settings import Settings

#: Bytes asked for at a time.
CHUNK = 1 << 16
BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

#: Bytes that tell what a stream holds; the longest mark of a format is that of bzip2, ten bytes.
BEGIN = 16
#: Most bytes of a stream that are put into a temporary file, for formats that are read from both ends.
SPOOL = 8_000_000_000
#: A packed file may grow to so many times its size, and is never asked about its first 64 MB. News packs to a fifth;
#: zlib cannot do better than 1032 (https://zlib.net/zlib_tech.html), and nothing but a bomb comes near.
RATIO, FREE = 250, 64_000_000


@dataclass(frozen=True, slots=True)
class Input:
    """A file or a stream on its way to its reader: its bytes, unpacked and without a byte order mark, and its name.

    ``file`` is there where the bytes are those of a file that can be sought in.
    """

    parts: Iterator[bytes]
    origin: Origin
    settings: Settings
    file: BinaryIO | None = None

    def whole(self) -> bytes:
        """All of it in one. Raises :class:`SizeError` beyond ``max_bytes``, without reading on."""
        return whole(self.parts, self.settings.max_bytes, self.origin.where)

    @contextmanager
    def sought(self) -> Iterator[BinaryIO]:
        """The file, at its beginning; of a stream, all that comes, in a temporary one (:data:`SPOOL`)."""
        if self.file is not None:
            self.file.seek(0)
            yield self.file
            return
        with TemporaryFile() as spool:
            for part in self.parts:
                if spool.tell() + len(part) > SPOOL:
                    do = "save it to a file and give that"
                    raise SizeError(f"a stream of more than {SPOOL} bytes", where=self.origin.where, do=do)
                spool.write(part)
            spool.seek(0)
            yield spool

    def need(self, module: str, extra: str) -> None:
        """Raise :class:`ExtraError` unless ``module`` of that ``extra`` is installed."""
        try:
            found = find_spec(module)
        except (ImportError, ValueError):
            found = None
        if found is None:
            raise ExtraError(
                f"{module} is not installed", where=self.origin.where, do=f'pip install "marsad[{extra}]" reads this'
            )


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


def begun(parts: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """How ``parts`` begin, :data:`BEGIN` bytes of it or up to the end of a line, and ``parts`` with nothing lost."""
    head = b""
    seen: list[bytes] = []
    while len(head) < BEGIN and b"\n" not in head and (part := next(parts, b"")):
        seen.append(part)
        head += part
    return head, chain(seen, parts)


class _Gzip:
    """The decompressor of zlib, with the manner of those of bz2 and lzma."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        self._full = False

    def decompress(self, data: bytes, size: int) -> bytes:
        piece = self._zlib.decompress(self._zlib.unconsumed_tail + data, size)
        self._full = len(piece) == size
        return piece

    @property
    def needs_input(self) -> bool:
        return not (self._full or self._zlib.unconsumed_tail)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data


def _unpacker(packing: str) -> tuple[Callable[[], Any], tuple[type[Exception], ...]]:
    """What makes a decompressor for each member of a file, and what that raises."""
    if packing == "gzip":
        return _Gzip, (zlib.error,)
    if packing == "bzip2":
        import bz2

        return bz2.BZ2Decompressor, (OSError, ValueError)
    import lzma

    return lambda: lzma.LZMADecompressor(memlimit=FREE), (lzma.LZMAError,)


def unpacked(parts: Iterator[bytes], packing: str, where: str) -> Iterator[bytes]:
    """What ``parts`` hold that are packed with ``gzip``, ``bzip2`` or ``xz``, at most :data:`CHUNK` bytes at a time.

    Raises :class:`FormatError` where they are damaged or cut off and :class:`SizeError` where they grow beyond
    :data:`RATIO`, in each case after what came before.
    """
    make, faults = _unpacker(packing)
    one, taken, made = make(), 0, 0
    for part in parts:
        taken += len(part)
        data = part
        while data or not (one.eof or one.needs_input):
            if one.eof:  # a file may have several members, and padding behind the last
                data = data.lstrip(b"\0")
                one = make() if data else one
                continue
            try:
                piece = one.decompress(data, CHUNK)
            except faults as error:
                raise damaged(packing, where, error) from None
            data = one.unused_data if one.eof else b""
            made += len(piece)
            if made > FREE and made > RATIO * taken:
                do = "unpack it yourself if it is no bomb"
                raise SizeError(f"unpacks to more than {RATIO} times its size", where=where, do=do)
            if piece:
                yield piece
    if not one.eof:
        raise damaged(packing, where, "it ends in the middle")


def damaged(packing: str, where: str, why: object) -> FormatError:
    """The error of a packed file that cannot be unpacked to its end."""
    return FormatError(f"damaged as {packing} ({why})", where=where, do="get it anew; what came before was read")


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
