"""CSV of lists and of names, row by row: UTF-8, UTF-16 or windows-1252, with bounded lines and cells.

Bytes that are UTF-8 in part are refused: read as another charset, the Arabic and Cyrillic names would be lost without a
word.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from marsad.errors import EmptyError, EncodingError, FormatError, ReadError, SizeError

#: Longest line, in characters, and most rows.
LINE, ROWS = 1_000_000, 5_000_000
_PART = 1 << 20
_SAMPLE = 1 << 16
_DO = "get the file from its publisher again"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding(path: Path) -> str:
    """The codec of a file of text.

    Raises :class:`EncodingError` for what is no text, or broken UTF-8; :class:`EmptyError` for nothing.
    """
    where = str(path)
    try:
        with path.open("rb") as file:
            head = file.read(_PART)
            if not head.lstrip(b"\xef\xbb\xbf\xff\xfe").strip(b" \t\r\n\0"):
                raise EmptyError("there is nothing in it", where=where, do="check the file")
            for mark, codec in _MARKS:
                if head.startswith(mark):
                    return codec
            decoder = codecs.getincrementaldecoder("utf-8")("replace")
            lost = beyond = 0
            part, nul = head, False
            while part:
                nul = nul or b"\0" in part
                text = decoder.decode(part)
                broken = text.count("\ufffd")
                lost += broken
                beyond += len(text) - len(text.encode("ascii", "ignore")) - broken
                part = file.read(_PART)
            lost += decoder.decode(b"", True).count("\ufffd")
    except OSError as error:
        raise ReadError(f"cannot be read ({error.strerror or error})", where=where, do="check the file") from None
    if nul:
        raise EncodingError("a NUL in it: this looks like binary data", where=where, do=_DO)
    if not lost:
        return "utf-8"
    if beyond:
        raise EncodingError(f"{lost} bytes of it are not UTF-8, as the rest is", where=where, do=_DO)
    return "cp1252"


def lines(path: Path, codec: str) -> Iterator[str]:
    """The lines of a file with their ends. Raises :class:`SizeError` for one of more than :data:`LINE` characters."""
    where = str(path)
    try:
        with path.open(encoding=codec, newline="") as file:
            number = 0
            while line := file.readline(LINE):
                number += 1
                if len(line) == LINE:
                    raise SizeError(f"line {number} has more than {LINE:,} characters", where=where, do=_DO)
                yield line
    except UnicodeDecodeError as error:
        raise EncodingError(f"no {codec} text ({error.reason})", where=where, do=_DO) from None
    except OSError as error:
        raise ReadError(f"cannot be read ({error.strerror or error})", where=where, do="check the file") from None


def delimiter(line: str) -> str:
    """What separates the cells of a header line: of comma, semicolon, tab and bar the one that stands there most.

    >>> delimiter('name;"born, or so";country')
    ';'
    """
    bare = "".join(part for number, part in enumerate(line.split('"')) if not number % 2)
    return max(",;\t|", key=bare.count)


def rows(path: Path, codec: str, separator: str) -> Iterator[list[str]]:
    """The rows of a table, empty ones left out.

    Raises :class:`FormatError` for what is no CSV, :class:`SizeError` for a cell or a file beyond all measure.
    """
    where = str(path)
    reader = csv.reader(lines(path, codec), delimiter=separator)
    try:
        for row in reader:
            if reader.line_num > ROWS:
                raise SizeError(f"more than {ROWS:,} rows", where=where, do=_DO)
            if any(cell.strip(" \x1a") for cell in row):
                yield row
    except csv.Error as error:
        if "field limit" in str(error):
            raise SizeError(f"line {reader.line_num}: a cell without an end", where=where, do=_DO) from None
        raise FormatError(f"line {reader.line_num}: {error}", where=where, do=_DO) from None
