"""Tables as articles, a row each: CSV in the shapes that programs and Excel write, and Parquet.

The columns are named like the fields of a JSON line, in any case, or by a word that is often used for them
(:data:`COLUMNS`). No more than a row of CSV is held, and no more than a few of Parquet.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import SEEK_END
from typing import TYPE_CHECKING, Any, NamedTuple

from marsad.errors import EmptyError, EncodingError, FormatError, MarsadError, SizeError
from marsad.read.article import Facts, Origin, article
from marsad.read.chunks import FREE, RATIO, Input, ahead, too_large
from marsad.settings import Settings
from marsad.types import Article, Skipped

if TYPE_CHECKING:
    import pyarrow

#: The fields of an article, each with the names of columns that stand for it, the surest first.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "uid", "guid"),
    "text": ("text", "body", "content", "article", "article_text", "full_text", "fulltext", "article_body", "maintext"),
    "title": ("title", "headline"),
    "url": ("url", "link", "uri", "article_url", "source_url"),
    "source": ("source", "publisher", "outlet", "publication", "newspaper", "source_name"),
    "author": ("author", "authors", "byline"),
    "published": (
        "published", "date", "published_at", "publish_date", "published_date", "publication_date", "date_publish",
        "pub_date", "pubdate", "datetime", "article_date",
    ),
    "language": ("language", "lang"),
}  # fmt: skip
DELIMITERS = ",;\t|"
#: Most cells of a row; tables of articles have a few dozen.
WIDEST = 10_000
#: Rows of Parquet that are made at a time.
BATCH = 64

_DO = "name the columns as in a JSON line: id, text, title, url, source, author, published, language"
_SEP = re.compile(rb'"?sep=(.)"?\r?', re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Charsets of one byte a letter that the rows after the first in it are taken to be in too.
_OLD = ("cp1256", "iso8859-6")


def columns(names: Sequence[str], where: str) -> dict[str, int]:
    """For each field of an article that a table has, the place of its column.

    Raises :class:`FormatError` for a table without a column of texts.

    >>> columns(["No", "Headline", "Body"], "a.csv")
    {'text': 2, 'title': 1}
    """
    plain = ["_".join(re.findall(r"\w+", name.casefold())) for name in names]
    found: dict[str, int] = {}
    for field, known in COLUMNS.items():
        for name in known:
            if name in plain:
                found[field] = plain.index(name)
                break
    if "text" not in found:
        shown = ", ".join(name.strip()[:30] for name in names[:12]) or "none"
        raise FormatError(f"no column with the text among: {shown}", where=where, do=_DO)
    return found


def row(
    cells: Mapping[str, Any], origin: Origin, settings: Settings, *, drawn: bool = False, line: int | None = None
) -> Article | Skipped:
    """The article of one row, whose ``cells`` are named as the fields are; or why it is none."""
    given = cells.get("id")
    known = given if isinstance(given, int) and not isinstance(given, bool) else _word(given)
    origin = Origin(origin.where, line, known)
    text = cells.get("text")
    try:
        if text is not None and not isinstance(text, str):
            raise FormatError(f"the text is {type(text).__name__}, no text", where=str(origin), do=_DO)
        facts = Facts(
            title=_word(cells.get("title")),
            url=_word(cells.get("url")),
            source=_word(cells.get("source")),
            author=_word(cells.get("author")),
            published=_word(cells.get("published")),
            published_from="input",
            language=_word(cells.get("language")),
        )
        return article(text or "", facts, origin, settings, drawn=drawn)
    except MarsadError as error:
        return origin.skipped(error)


def _word(value: Any) -> str | None:
    """A cell as text, a day or a time as ISO has it; None for an empty one."""
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    text = "" if value is None else str(value)
    return None if not text or text.isspace() else text


class Record(NamedTuple):
    """A row of CSV, which may go over several lines: the first one's number, and its bytes.

    ``data`` is None for one of too many bytes; ``closed`` is False where a quotation mark is open at the end.
    """

    line: int
    data: bytes | None
    closed: bool = True


_START, _PLAIN, _QUOTED, _MAYBE = range(4)


class _Records:
    """Where in a row the reader is. What a quotation mark means hangs on what stood before it."""

    def __init__(self, delimiter: bytes, limit: int) -> None:
        self.limit, self.state, self.line, self.first = limit, _START, 1, 1
        self.held: list[bytes] = []
        self.size = 0
        self._stop = re.compile(b"[\n" + re.escape(delimiter) + b"]")

    def keep(self, piece: bytes) -> None:
        self.size += len(piece)
        self.line += piece.count(b"\n")
        self.held.append(piece)
        if self.size > self.limit:
            self.held.clear()

    def record(self) -> Record:
        data = b"".join(self.held) if self.size <= self.limit else None
        made = Record(self.first, data, self.state != _QUOTED)
        self.held, self.size, self.state = [], 0, _START
        return made

    def end(self, part: bytes, at: int) -> int:
        """Where the row that goes on at ``at`` ends in ``part``, its line end left out; -1 if it goes on behind it."""
        while at < len(part):
            if self.state == _QUOTED:
                quote = part.find(b'"', at)
                if quote < 0:
                    return -1
                self.state, at = _MAYBE, quote + 1
            elif self.state != _PLAIN and part[at : at + 1] == b'"':
                # At the begin of a cell a quotation mark opens it; behind another it stands for one.
                self.state, at = _QUOTED, at + 1
            else:
                stop = self._stop.search(part, at)
                if stop is None:
                    self.state = _PLAIN
                    return -1
                if stop[0] == b"\n":
                    return stop.start()
                self.state, at = _START, stop.end()
        return -1


def records(parts: Iterator[bytes], delimiter: bytes, limit: int) -> Iterator[Record]:
    """The rows of CSV as they come, each without its line end.

    >>> [row.data for row in records(iter([b'a,"b', b'\\n""c"\\nd'], ), b",", 100)]
    [b'a,"b\\n""c"', b'd']
    """
    state = _Records(delimiter, limit)
    for part in parts:
        begin = 0
        while (stop := state.end(part, begin)) >= 0:
            state.keep(part[begin:stop])
            yield state.record()
            state.line += 1
            state.first, begin = state.line, stop + 1
        state.keep(part[begin:])
    if state.size:
        yield state.record()


def cells(record: str, delimiter: str) -> list[str]:
    """The cells of a row, without the quotation marks round them; no more than one beyond :data:`WIDEST`.

    >>> cells('1,"a ""b"", c",,d', ",")
    ['1', 'a "b", c', '', 'd']
    """
    pattern = _cell(delimiter)
    found: list[str] = []
    at = 0
    while True:
        cell = pattern.match(record, at)
        assert cell is not None  # every part may be empty
        found.append((cell[1] or "").replace('""', '"') + cell[2])
        if (cell.end() == len(record) and not record.endswith(delimiter, cell.end(2))) or len(found) > WIDEST:
            return found
        at = cell.end()


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(f'(?:"((?:[^"]|"")*+)"?)?+([^{mark}]*+)(?:{mark}|\\Z)')


def _sniffed(head: bytes) -> tuple[bytes, int]:
    """The delimiter of a table that begins with ``head``, and how many lines of it only say that."""
    first = head.partition(b"\n")[0]
    if said := _SEP.fullmatch(first):
        return said[1], 1
    names = {name for known in COLUMNS.values() for name in known}
    text = first.decode("utf-8", "replace")

    def fits(delimiter: str) -> tuple[int, int]:
        found = [cell.strip().casefold() for cell in cells(text, delimiter)]
        return sum(cell in names for cell in found), len(found)

    return max(DELIMITERS, key=fits).encode(), 0


def _utf8(parts: Iterator[bytes], where: str) -> Iterator[bytes]:
    """``parts`` in UTF-8 if a mark says that they are in UTF-16, as Excel writes "Unicode text"; else as they are."""
    head, parts = ahead(parts, 2)
    if not head.startswith(_UTF16):
        yield from parts
        return
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        for part in parts:
            yield decoder.decode(part).encode("utf-8")
        yield decoder.decode(b"", final=True).encode("utf-8")
    except UnicodeError as error:
        raise EncodingError(f"broken UTF-16 ({error})", where=where, do="save it as UTF-8") from None


def csv_rows(given: Input) -> Iterator[Article | Skipped]:
    """The articles of CSV whose first row names the columns; lines are counted, and blank rows passed over.

    The delimiter is a comma, a semicolon, a tab or ``|``, whichever the first row has. What is not UTF-8 is taken for
    windows-1256 where it looks like it. A row that is none comes as Skipped.
    """
    where, limit = given.origin.where, given.settings.max_bytes
    head, parts = ahead(_utf8(given.parts, where), limit, rows=1)
    if not head.strip():
        raise EmptyError("no row in it", where=where, do=_DO)
    delimiter, passed = _sniffed(head)
    table = _Table(delimiter.decode("latin-1"), given)
    for record in records(parts, delimiter, limit):
        if record.line > passed and (record.data is None or record.data.strip()):
            yield from table.read(record)


class _Table:
    """The columns and the charset of a table of CSV, once they are known."""

    def __init__(self, delimiter: str, given: Input) -> None:
        self.delimiter, self.given = delimiter, given
        self.charset: str | None = None
        self.columns: dict[str, int] = {}
        self.width = 0

    def read(self, record: Record) -> Iterator[Article | Skipped]:
        origin = Origin(self.given.origin.where, record.line)
        try:
            found, old = self._cells(record, origin)
        except MarsadError as error:
            if not self.columns:  # without its header nothing of the table can be read
                raise
            yield origin.skipped(error)
            return
        if not any(cell and not cell.isspace() for cell in found):
            return
        if not self.columns:
            self.columns, self.width = columns(found, origin.where), len(found)
            return
        named = {field: found[at] for field, at in self.columns.items() if at < len(found)}
        yield row(named, origin, self.given.settings, drawn=old, line=record.line)

    def _cells(self, record: Record, origin: Origin) -> tuple[list[str], bool]:
        """The cells of a row, and whether they came in another charset than UTF-8."""
        if record.data is None:
            raise too_large(self.given.settings.max_bytes, str(origin))
        if not record.closed:
            do = 'close it, and double one that stands within a cell: ""'
            raise FormatError("a quotation mark that is never closed", where=str(origin), do=do)
        text, old = self._decoded(record.data.removesuffix(b"\r"), origin)
        found = cells(text, self.delimiter)
        if len(found) > WIDEST:
            raise FormatError(f"more than {WIDEST} cells", where=str(origin), do="give a table of articles, a row each")
        if self.width and any(cell.strip() for cell in found[self.width :]):
            raise FormatError(
                f"{len(found)} cells under {self.width} names",
                where=str(origin),
                do="put cells with the delimiter or a line break in them into quotation marks",
            )
        return found, old

    def _decoded(self, data: bytes, origin: Origin) -> tuple[str, bool]:
        from marsad.read.encoding import text_of

        try:
            return data.decode("utf-8"), False
        except UnicodeDecodeError:
            pass
        if self.charset:
            return data.decode(self.charset, "replace"), True
        text = text_of(data, str(origin))
        self.charset = next((old for old in _OLD if data.decode(old, "replace") == text), None)
        return text, True


def parquet_rows(given: Input) -> Iterator[Article | Skipped]:
    """The articles of a Parquet file in order; errors count its rows as lines. Needs pyarrow (extra ``frames``).

    Raises :class:`FormatError` for a file that is damaged and :class:`SizeError` for one whose texts are more than
    :data:`RATIO` times its size (a value may stand for a million rows), after the rows before.
    """
    given.need("pyarrow", "frames")
    import pyarrow
    from pyarrow import parquet

    where = given.origin.where
    line = made = 0
    with given.sought() as stream:
        size = stream.seek(0, SEEK_END)
        try:
            schema = parquet.ParquetFile(stream).schema_arrow
            wanted = {field: schema.names[at] for field, at in columns(schema.names, where).items()}
            # A value is kept once and not copied into each row that has it.
            file = parquet.ParquetFile(stream, read_dictionary=_texts(schema, wanted))
            for batch in file.iter_batches(BATCH, columns=[*wanted.values()], use_threads=False):
                for at in range(batch.num_rows):
                    line += 1
                    item = _parquet_row(batch, at, wanted, replace(given, origin=Origin(where, line)))
                    made += len(item.text) if isinstance(item, Article) else 0
                    made += given.settings.max_bytes if isinstance(item, Skipped) and item.code == "size" else 0
                    if made > FREE and made > RATIO * size:
                        do = "unpack it yourself if it is no bomb"
                        raise SizeError(f"unpacks to more than {RATIO} times its size", where=where, do=do)
                    yield item
        except (pyarrow.ArrowException, OSError, ValueError, IndexError) as error:
            why = str(error).partition("\n")[0][:200]
            raise FormatError(
                f"damaged as Parquet behind row {line} ({why})", where=where, do="write it anew"
            ) from None


def _texts(schema: pyarrow.Schema, wanted: Mapping[str, str]) -> list[str]:
    """The wanted columns of text."""
    import pyarrow

    texts = (pyarrow.types.is_string, pyarrow.types.is_large_string)
    return [name for name in wanted.values() if any(is_text(schema.field(name).type) for is_text in texts)]


def _parquet_row(batch: pyarrow.RecordBatch, at: int, wanted: Mapping[str, str], given: Input) -> Article | Skipped:
    found: dict[str, Any] = {}
    try:
        for field, name in wanted.items():
            found[field] = _value(batch.column(name)[at], given.settings.max_bytes, str(given.origin))
    except MarsadError as error:
        return replace(given.origin, given=_word(found.get("id"))).skipped(error)
    return row(found, given.origin, given.settings, line=given.origin.line)


def _value(cell: pyarrow.Scalar, limit: int, where: str) -> Any:
    """What a cell holds. Raises :class:`SizeError` for more than ``limit`` bytes, before they are copied."""
    import pyarrow

    if isinstance(cell, pyarrow.DictionaryScalar):
        cell = cell.value
    if not cell.is_valid:
        return None
    if isinstance(cell, (pyarrow.StringScalar, pyarrow.LargeStringScalar)):
        if (data := cell.as_buffer()).size > limit:
            raise too_large(limit, where)
        try:
            return data.to_pybytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise EncodingError(f"byte {error.start} of a cell is not UTF-8", where=where, do="write it anew") from None
    if isinstance(cell, pyarrow.TimestampScalar):  # with nanoseconds it would be another library's type
        unit = pyarrow.timestamp("us", cell.type.tz)
        found: datetime | None = cell.cast(unit, safe=False).as_py()
        return found
    return cell.as_py()
