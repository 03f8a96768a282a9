"""``file:alerts.jsonl``: each message as a line of JSON at the end of a file, once.

A line is written at once and is on the disk before the message counts as sent. What a kill has left of a line is taken
away before the next is written; a whole line with the same key stands for its message.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from marsad.alert.channels.means import Means
from marsad.alert.letter import Letter
from marsad.errors import DeliveryError
from marsad.settings import Settings

#: What a file is called: nothing else on a machine reads lines of JSON and obeys them.
ENDINGS = (".jsonl", ".ndjson")
#: How many bytes at the end of a file are looked through for a key, at least.
LOOKED = 1 << 20
#: How each line begins.
_BEGIN = b'{"key":"'


def check(address: str, settings: Settings) -> None:
    """Raise :class:`DeliveryError` for what is no name of such a file, or leads out of the folder that it names."""
    wrong = None
    if not address.endswith(ENDINGS) or Path(address).name in ENDINGS:
        wrong = "the name of the file does not end in " + " or ".join(ENDINGS)
    elif ".." in Path(address).parts or address.startswith("~"):
        wrong = "the path leads out of its folder"
    if wrong:
        raise DeliveryError(wrong, where=f"file:{address[:200]}", do="give a name such as alerts.jsonl", again=False)


def send(address: str, key: str, letter: Letter, means: Means) -> None:
    """Write a line, unless it is there. Raises :class:`DeliveryError` for a file that cannot be written."""
    check(address, means.settings)
    where, path = f"file:{address[:200]}", means.folder / address
    if not Path(address).is_absolute() and not path.parent.resolve().is_relative_to(means.folder.resolve()):
        do = "give a folder that is no link"
        raise DeliveryError("the path leads out of its folder", where=where, do=do, again=False)
    line = letter.body + b"\n"
    try:
        with _opened(path, where) as file:
            size = _mended(file)
            if not _has(file, size, key):
                _write(file, line, size)
    except OSError as error:
        do = "check the folder, its rights and the disk"
        raise DeliveryError(f"it cannot be written ({error.strerror or error})", where=where, do=do) from None


@contextmanager
def _opened(path: Path, where: str) -> Iterator[int]:
    """The file, for this process alone; no link, no device, no pipe."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    new = not path.exists()
    file = os.open(path, flags, 0o644)
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise DeliveryError("this is no file but a device", where=where, do="give another name", again=False)
        with suppress(ImportError):  # Windows: one process that delivers at a time is all there is
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        if new:
            _settle(path.parent)
        yield file
    finally:
        os.close(file)


def _settle(folder: Path) -> None:
    """Have the name of a new file on the disk too."""
    with suppress(OSError):  # Windows cannot, and need not
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _tail(file: int, size: int) -> bytes:
    """The end of a file from the beginning of a line on: :data:`LOOKED` bytes, more where a line is longer."""
    wanted = LOOKED
    while True:
        begin = max(0, size - wanted)
        os.lseek(file, begin, os.SEEK_SET)
        held = bytearray()
        while len(held) < size - begin and (some := os.read(file, size - begin - len(held))):
            held += some
        if begin == 0:
            return bytes(held)
        if b"\n" in held[:-1]:  # the last ends the last line, of which all is wanted
            return bytes(held[held.index(b"\n") + 1 :])
        wanted *= 4


def _mended(file: int) -> int:
    """Take away what a kill has left of a line of ours; gives how long the file is then."""
    size = os.fstat(file).st_size
    if not size:
        return 0
    last = _tail(file, size).rpartition(b"\n")[2]
    if not last:
        return size
    begun = last.startswith(_BEGIN) or _BEGIN.startswith(last)
    if begun:
        os.ftruncate(file, size - len(last))
        return size - len(last)
    os.write(file, b"\n")  # somebody else's line: it stays, and ours begins another
    return size + 1


def _has(file: int, size: int, key: str) -> bool:
    """Whether a line with ``key`` is there: a kill leaves it among the last."""
    begin = _BEGIN + key.encode() + b'"'
    return any(line.startswith(begin) for line in _tail(file, size).split(b"\n"))


def _write(file: int, line: bytes, size: int) -> None:
    """Write a whole line or none, and have it on the disk."""
    try:
        if os.write(file, line) < len(line):
            raise OSError("only a part of the line could be written")
        os.fsync(file)
    except OSError:
        with suppress(OSError):
            os.ftruncate(file, size)
        raise
