"""A copy of what was fetched, as web archives (WARC/1.1, ISO 28500:2017) that any tool for them reads.

Beside the first step: who fetches hands over each exchange with a site, and :mod:`marsad.read.archives.warc` reads them
back.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlsplit
from uuid import uuid4

from marsad.about import __version__
from marsad.errors import WriteError

if TYPE_CHECKING:
    from marsad.read.web.exchange import Exchange

#: The profile of a revisit whose answer was 304 (WARC 1.1, section 6.7.3).
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
#: What the specification that is kept to is called in a ``warcinfo`` record.
CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
#: Headers that were true of the bytes on the wire, and are not of the body as it is kept.
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
#: Effort of zlib; 9 takes twice the time of 6 to save a hundredth.
_LEVEL = 6
#: Files of one second in one folder.
_FILES = 100_000
_LINE_END = re.compile(r"[\r\n\0]+[ \t]*")
#: What stands in an address as it is; the rest is written with per cent signs.
_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=~"


@dataclass(slots=True)
class _Record:
    """A record on its way to the file: its type, its block, and what its head says beside."""

    kind: str
    at: datetime
    block: bytes
    fields: list[tuple[str, str]]
    id: str = field(default_factory=lambda: f"<{uuid4().urn}>")

    def member(self) -> bytes:
        """The record as a gzip member."""
        fields = [
            ("WARC-Type", self.kind),
            ("WARC-Record-ID", self.id),
            ("WARC-Date", f"{_utc(self.at):%Y-%m-%dT%H:%M:%SZ}"),
            *self.fields,
            ("WARC-Block-Digest", _digest(self.block)),
            ("Content-Length", str(len(self.block))),
        ]
        return gzip.compress(_head("WARC/1.1", fields) + self.block + b"\r\n\r\n", _LEVEL, mtime=0)


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


class Archive:
    """Exchanges as WARC files of about ``size`` bytes in ``folder``: ``marsad-YYYYMMDDHHMMSS-NNNNN.warc.gz``.

    A file is made at the first exchange, shared with no other process, and begins with a ``warcinfo`` record. Each
    record is a gzip member of its own and is written whole by one call, so that a process that is ended leaves a file
    that reads to its last whole record; what a full disk has cut is taken away again. Threads may share one.
    ``now`` gives the time for the names of the files.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime], size: int = 1_000_000_000) -> None:
        self._folder, self._now, self._size = folder, now, size
        self._lock = Lock()
        self._file: FileIO | None = None
        self._info = ""

    def keep(self, exchange: Exchange) -> None:
        """Write a ``response`` and a ``request`` record; for an answer of 304 a ``revisit`` record without a body.

        The body of an exchange is as the client has decoded it. So ``Content-Encoding`` and ``Transfer-Encoding`` are
        kept under ``X-Archive-Orig-…``, and ``Content-Length`` is that of the body as it is kept. Raises
        :class:`WriteError` where the folder or the disk does not take it; the file stays readable.
        """
        answer = _answer(exchange)
        asked = _request(exchange, answer.id)
        with self._lock:
            file = self._file
            if file is None or file.tell() >= self._size:
                file = self._next()
            for record in (answer, asked):
                record.fields.append(("WARC-Warcinfo-ID", self._info))
                _write(file, record.member())

    def _next(self) -> FileIO:
        """The next file, with what it is at its beginning."""
        self._end()
        now = self._now()
        path, file = _made(self._folder, f"marsad-{_utc(now):%Y%m%d%H%M%S}")
        info = _info(now, path.name)
        try:
            _write(file, info.member())
        except WriteError:
            file.close()
            with suppress(OSError):
                path.unlink()
            raise
        self._file, self._info = file, info.id
        return file

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def close(self) -> None:
        """Close the file, if there is one; the next exchange begins another."""
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _made(folder: Path, begin: str) -> tuple[Path, FileIO]:
    """A new file in ``folder``, which is made if need be, with the first free number after ``begin``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(_FILES):
            path = folder / f"{begin}-{number:05}.warc.gz"
            with suppress(FileExistsError):
                return path, FileIO(path, "xb")
    except OSError as error:
        raise _unwritten(error, str(folder)) from None
    raise WriteError(f"{_FILES} archives of one second", where=str(folder), do="give another folder")


def _write(file: FileIO, data: bytes) -> None:
    """Append ``data``, or raise :class:`WriteError` and leave the file as it was."""
    at = file.tell()
    try:
        written = file.write(data)
        if written == len(data):
            return
        fault = OSError(None, "the disk took a part of it")
    except OSError as error:
        fault = error
    with suppress(OSError):
        file.truncate(at)
        file.seek(at)
    raise _unwritten(fault, str(file.name)) from None


def _unwritten(error: OSError, where: str) -> WriteError:
    reason = error.strerror or str(error)
    return WriteError(f"cannot be written ({reason})", where=where, do="make room, or leave out the setting archive")


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")


def _head(first: str, fields: Iterable[tuple[str, str]]) -> bytes:
    """The first line, a line a field, and a blank one; no field can end its line."""
    rows = [first, *(f"{name}: {value}" for name, value in fields)]
    return "".join(f"{_LINE_END.sub(' ', row)}\r\n" for row in [*rows, ""]).encode("utf-8", "replace")


def _address(url: str) -> str:
    return quote(url, safe=_IN_ADDRESS, errors="replace")


def _info(now: datetime, name: str) -> _Record:
    block = (
        f"software: marsad/{__version__}\r\n"
        f"format: WARC File Format 1.1\r\nconformsTo: {CONFORMS}\r\nrobots: obey\r\n"
        "description: bodies are kept decoded; what was sent is named in X-Archive-Orig headers\r\n"
    )
    fields = [("WARC-Filename", name), ("Content-Type", "application/warc-fields")]
    return _Record("warcinfo", now, block.encode("utf-8"), fields)


def _answer(exchange: Exchange) -> _Record:
    """The answer as a record: that of a page, or of one that has not changed."""
    unchanged = exchange.status == 304
    body = b"" if unchanged else exchange.body
    headers = [
        (f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WIRE else name, value)
        for name, value in exchange.response_headers
    ]
    if not unchanged:
        headers.append(("Content-Length", str(len(body))))
    fields = [("WARC-Target-URI", _address(exchange.url)), ("Content-Type", "application/http; msgtype=response")]
    fields.append(("WARC-Profile", NOT_MODIFIED) if unchanged else ("WARC-Payload-Digest", _digest(body)))
    block = _head(f"HTTP/1.1 {exchange.status} {exchange.reason}", headers) + body
    return _Record("revisit" if unchanged else "response", exchange.at, block, fields)


def _request(exchange: Exchange, answer: str) -> _Record:
    """The request as a record, tied to that of its ``answer``."""
    url = _address(exchange.url)
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = exchange.request_headers
    if not any(name.lower() == "host" for name, _ in headers):
        headers = (("Host", parts.netloc.rpartition("@")[2]), *headers)
    fields = [
        ("WARC-Target-URI", url),
        ("WARC-Concurrent-To", answer),
        ("Content-Type", "application/http; msgtype=request"),
    ]
    return _Record("request", exchange.at, _head(f"GET {target} HTTP/1.1", headers), fields)
