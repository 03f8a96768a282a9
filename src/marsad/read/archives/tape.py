"""The bytes of a web archive as fastwarc takes them, guarded: what is packed may not run away, and damage is passed.

fastwarc unpacks gzip itself, chunk by chunk of the file, which grows to a thousand times its size at most. A few bytes
of zstd unpack to terabytes, in one call that nothing can break off, and blocks of lz4 to a gigabyte: these two are
unpacked here, a little at a time.
"""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from marsad.errors import FormatError, ReadError
from marsad.read.chunks import CHUNK

if TYPE_CHECKING:
    from fastwarc.stream_io import Lz4Reader, ZstdReader

#: Bytes of a packed file that are handed out at a time: what they unpack to cannot be interrupted.
STEP = 1 << 14
#: Most bytes of the head of a record.
HEAD = 1 << 18
#: Largest dictionary for zstd, in bytes.
DICTIONARY = 16_000_000

_NEVER = float("inf")
_PACKED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4"}
# The frame of a dictionary (https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
_BEGIN = {
    "": re.compile(rb"(?<![^\n])WARC/[01]\.[0-9]{1,2}\r?\n(?=[A-Za-z-]{1,64}:)"),
    "gzip": re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"),
    "zstd": re.compile(rb"\x28\xb5\x2f\xfd"),
    "lz4": re.compile(rb"\x04\x22\x4d\x18"),
}
#: Bytes of a chunk that are looked at again together with the next: more than any beginning has.
_OVERLAP = 128


def packing(stream: BinaryIO) -> tuple[str, bytes]:
    """How an archive is packed (``gzip``, ``zstd``, ``lz4``, else nothing), and the frame of its dictionary if any."""
    stream.seek(0)
    head = stream.read(8)
    if _SKIPPABLE.match(head):
        size = int.from_bytes(head[4:8], "little")
        return "zstd", head + stream.read(size) if size <= DICTIONARY else b""
    return next((name for mark, name in _PACKED.items() if head.startswith(mark)), ""), b""


def following(stream: BinaryIO, packed: str, after: int) -> int | None:
    """Where the next record, or the next packed part, begins at or behind byte ``after``; None where none does."""
    stream.seek(after)
    window, at = b"", after
    while chunk := stream.read(CHUNK):
        window += chunk
        if found := _BEGIN[packed].search(window):
            return at + found.start()
        at += max(0, len(window) - _OVERLAP)
        window = window[-_OVERLAP:]
    return None


def ends_early(stream: BinaryIO, start: int) -> bool:
    """Whether the gzip file breaks off in the member that begins at ``start`` or in one behind it."""
    stream.seek(start)
    member, begun = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), False
    data = b""
    while data or (data := stream.read(CHUNK)):
        begun = True
        try:
            member.decompress(data, CHUNK)
        except zlib.error:
            return False  # ``start`` is no beginning of a member: nothing is known
        data = member.unconsumed_tail
        if member.eof:
            data, begun = member.unused_data, False
            member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    return begun


class Tape:
    """A file from byte ``start`` on, ``prefix`` before it. ``at`` is where it stands, in bytes of the file.

    Raises :class:`FormatError` when it is asked for more once it stands behind what it was told to :meth:`expect`, and
    :class:`ReadError` where the file cannot be read.
    """

    def __init__(self, stream: BinaryIO, where: str, start: int = 0, prefix: bytes = b"") -> None:
        self.stream, self.where, self.start, self.prefix = stream, where, start, prefix
        self.at = start - len(prefix)
        self.due = _NEVER
        self._ahead = prefix
        stream.seek(start)

    def expect(self, size: int) -> None:
        """A packed record of ``size`` bytes has begun: not many more than twice that bring the next."""
        self.due = self.at + 2 * size + 6 * STEP

    def read(self, size: int = -1) -> bytes:
        """The next ``size`` bytes, or some of them."""
        if self.at > self.due:
            bomb(self.where)
        most = CHUNK if self.due == _NEVER else STEP
        size = min(size, most) if size > 0 else most
        data, self._ahead = self._ahead[:size], self._ahead[size:]
        try:
            # A part of nothing is the end for fastwarc, and too small a first part hides how a file is packed.
            while len(data) < size and (more := self.stream.read(size - len(data))):
                data = data + more if data else more
        except OSError as error:
            reason = error.strerror or str(error)
            raise ReadError(f"cannot be read ({reason})", where=self.where, do="check the disk") from None
        self.at += len(data)
        return data

    def tell(self) -> int:
        """Where it stands."""
        return self.at

    def seek(self, offset: int, whence: int = 0) -> NoReturn:
        """Not possible: fastwarc goes forward."""
        raise OSError(f"no seek to {offset} ({whence})")

    def close(self) -> None:
        """Leaves the file open, which is its owner's."""


class Unpacked:
    """What a tape holds that is packed with zstd or lz4, a chunk at a time; ``at`` counts unpacked bytes.

    What comes before damage is given to the last byte. Raises what :class:`Tape` does, and OSError for damage.
    """

    def __init__(self, tape: Tape, packed: str) -> None:
        self._tape, self._packed = tape, packed
        self._reader = _reader(tape, packed)
        self._failed: OSError | None = None
        self.at = 0
        self.due = _NEVER

    def expect(self, size: int) -> None:
        """A record of ``size`` bytes has begun: with some more the next must begin."""
        self.due = self.at + size + HEAD + CHUNK

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most a chunk whatever the ``size``."""
        if self._failed:
            raise self._failed
        if self.at > self.due:
            bomb(self._tape.where)
        try:
            data = self._reader.read(min(size, CHUNK) if size > 0 else CHUNK)
        except OSError as error:
            self._failed = error
            data = self._rest()
            if not data:
                raise
        self.at += len(data)
        return data

    def _rest(self) -> bytes:
        """What stands before the damage: the reader loses what it had when it failed."""
        tape = self._tape
        reader = _reader(Tape(tape.stream, tape.where, tape.start, tape.prefix), self._packed)
        left, rest = self.at, bytearray()
        with suppress(OSError):
            while left and (data := reader.read(min(left, CHUNK))):
                left -= len(data)
            while len(rest) < CHUNK and (data := reader.read(1)):
                rest += data
        return bytes(rest)

    @property
    def frame(self) -> int:
        """Where the packed part begins in the file that is being unpacked."""
        return self._reader.frame_start_position() or 0

    def tell(self) -> int:
        """Where it stands in what is unpacked."""
        return self.at

    def seek(self, offset: int, whence: int = 0) -> NoReturn:
        """Not possible: fastwarc goes forward."""
        raise OSError(f"no seek to {offset} ({whence})")

    def close(self) -> None:
        """Leaves the file open, which is its owner's."""


def _reader(tape: Tape, packed: str) -> ZstdReader | Lz4Reader:
    from fastwarc.stream_io import Lz4Reader, ZstdReader

    return ZstdReader(tape) if packed == "zstd" else Lz4Reader(tape)


def bomb(where: str) -> NoReturn:
    """Raise the error of an archive that goes on for long without a record, or unpacks to far more than it is."""
    do = "unpack it yourself if it is no bomb; what came before was read"
    raise FormatError("nothing but filling", where=where, do=do)
