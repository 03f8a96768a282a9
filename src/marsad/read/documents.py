"""Documents as articles: Word's .docx by python-docx, PDF by pypdf (extra ``documents``), one article each.

Both are hostile ground. What a .docx unpacks to is added up before any of it is read. A PDF is read by a process of
its own, which may be ended: no list of what can hold up a reader of PDF would be complete.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import msgspec

from marsad.errors import EmptyError, FormatError, MarsadError, SizeError
from marsad.read import pdf as pages
from marsad.read.article import HEADLINE, Facts, article, heading
from marsad.read.chunks import Input
from marsad.types import Article, Span

#: Most bytes of XML in a .docx (a novel has three million), most of all it holds in sum of its own size and beyond
#: the first eight megabytes, and most files in it.
XML, TIMES, FREE, FILES = 16_000_000, 100, 8_000_000, 5_000
#: Most seconds for one PDF, and most bytes of memory.
SECONDS, MEMORY = 60.0, 2_000_000_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What is no text of the document: deleted words, codes of fields, and what stands there for old programs.
_PASSED = frozenset({f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "sectPr")}) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADS = ("title", "heading 1")
#: What other zip archives hold.
_OTHERS = {
    "xl/workbook.xml": ("an Excel workbook", "save it as CSV"),
    "ppt/presentation.xml": ("a PowerPoint presentation", "give its text"),
    "content.xml": ("an OpenDocument file", "save it as .docx"),
    "META-INF/container.xml": ("an e-book", "give its text"),
}
#: Names that programs give for want of an author, and the day of the file that python-docx makes all others of.
_NOBODY = frozenset({
    "python-docx", "user", "admin", "administrator", "author", "microsoft office user", "windows user", "unknown",
    "anonymous",
})  # fmt: skip
_TEMPLATE = datetime(2013, 12, 23, 23, 15, tzinfo=UTC)
#: Titles that name the file, not what is written in it.
_NO_TITLE = re.compile(r"microsoft word - |untitled|word document|document\d*$|.*\.(?:docx?|pdf|indd|html?|rtf)$", re.I)
#: What prints pages to PDF: the day is then the day of printing.
_WRITTEN = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)", re.ASCII)
_PRINTERS = re.compile(r"skia|print to pdf|quartz|cairo|qt \d|wkhtml|ghostscript|mozilla|chrom", re.I)


def _given(value: str | None, no: frozenset[str] = frozenset()) -> str | None:
    """A property that says something."""
    value = " ".join((value or "").replace("\0", "").split())
    return None if not value or value.casefold() in no else value


def _title(value: str | None) -> str | None:
    value = _given(value)
    return None if value is None or _NO_TITLE.match(value) else value


def _checked(data: bytes, where: str) -> None:
    """Raise unless ``data`` is a .docx that stays small when it is unpacked; only its table of contents is read."""
    do = "save it anew as .docx"
    if data.count(b"PK\x01\x02") > FILES:
        raise SizeError(f"more than {FILES} files in it", where=where, do=do)
    try:
        with ZipFile(BytesIO(data)) as archive:
            held = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise FormatError(f"a damaged zip archive ({error})", where=where, do="get it anew") from None
    names = {one.filename for one in held}
    if not any(name.startswith("word/document") for name in names):
        what, do = next((_OTHERS[name] for name in _OTHERS if name in names), ("a zip archive", "unpack it"))
        raise FormatError(f"this is {what}, no Word document", where=where, do=do)
    if any(one.flag_bits & 1 for one in held):
        raise FormatError("under a password", where=where, do="save it without one")
    # `zipfile` unpacks no more of a file than its entry declares, so that the sum is what will be held at most.
    size = sum(one.file_size for one in held)
    text = sum(one.file_size for one in held if one.filename.endswith((".xml", ".rels")))
    if text > XML or size > FREE + TIMES * len(data):
        raise SizeError(f"unpacks to {size} bytes, {text} of them XML", where=where, do=do)


def docx(given: Input) -> Article:
    """The article of a .docx: its paragraphs, and a line for each row of a table.

    The title is the first paragraph of the style Title or Heading 1, else that of the properties. Deleted and hidden
    marks, headers, footnotes and pictures are left out. Raises :class:`FormatError`, :class:`SizeError` and
    :class:`EmptyError`, and :class:`ExtraError` without python-docx.
    """
    given.need("docx", "documents")
    where, data = given.origin.where, given.whole()
    _checked(data, where)
    from docx import Document

    try:
        document = Document(BytesIO(data))
        facts = document.core_properties
        styles = {style.style_id: (style.name or "").lower() for style in document.styles}
        blocks = list(_blocks(document.element.body, styles))
        known = (facts.title, facts.author, facts.created, facts.modified)
    except MemoryError:
        raise
    except Exception as error:  # what the library makes of a broken file is of any kind
        why = f"{type(error).__name__}: {error}"[:200]
        raise FormatError(f"a damaged Word document ({why})", where=where, do="save it anew as .docx") from None
    if not blocks:
        raise EmptyError("no words in it", where=where, do="if it shows a picture of a text, give the text")
    text = "\n\n".join(words for words, _ in blocks)
    span = _head(blocks) or heading(text)
    made = Facts(
        title=None if span else _title(known[0]),
        heading=span,
        author=_given(known[1], _NOBODY),
        published=_created(known[2], known[3]),
        published_from="file",
    )
    return article(text, made, given.origin, given.settings, drawn=True)


def _created(created: datetime | None, modified: datetime | None) -> str | None:
    """The day on which a document was begun, if it is not that of the one that it was made of."""
    if created is None:
        return None
    utc = created.replace(tzinfo=created.tzinfo or UTC)
    if utc == _TEMPLATE or (modified and utc > modified.replace(tzinfo=modified.tzinfo or UTC)):
        return None
    return created.date().isoformat()


def _head(blocks: list[tuple[str, str]]) -> Span | None:
    """The range of the first paragraph of the highest style of headings that there is."""
    for style in _HEADS:
        start = 0
        for words, name in blocks:
            if name == style:
                return Span(start, start + len(words))
            start += len(words) + 2
    return None


def _blocks(body: Any, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The paragraphs and the rows of tables in order, each with the name of its style.

    One walk over the tree, whatever stands in what: python-docx walks up and down it for each cell.
    """
    from lxml import etree

    open_: list[list[str]] = []
    styled: list[str] = []
    rows: list[list[list[str]]] = []
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _PASSED or not isinstance(tag, str):
                walk.skip_subtree()
            elif tag == f"{_W}pPr":
                style = element.find(f"{_W}pStyle")
                if style is not None and styled:
                    styled[-1] = styles.get(style.get(f"{_W}val", ""), "")
                walk.skip_subtree()
            elif tag == f"{_W}p":
                open_.append([])
                styled.append("")
            elif tag == f"{_W}tr":
                rows.append([])
            elif tag == f"{_W}tc" and rows:
                rows[-1].append([])
            elif open_:
                open_[-1].append((element.text or "") if tag == f"{_W}t" else _MARKS.get(tag, ""))
        elif tag == f"{_W}p":
            made = "".join(open_.pop()).strip(), styled.pop()
            if made[0]:
                yield from _placed(rows, *made)
        elif tag == f"{_W}tr":
            line = " · ".join(" ".join(cell) for cell in rows.pop() if cell)
            if line:
                yield from _placed(rows, line, "")


def _placed(rows: list[list[list[str]]], words: str, style: str) -> Iterator[tuple[str, str]]:
    """A block that stands by itself; one in a cell is put there."""
    if rows and rows[-1]:
        rows[-1][-1].append(words)
    else:
        yield words, style


_ERRORS: dict[str | None, type[MarsadError]] = {one.code: one for one in (FormatError, SizeError, EmptyError)}


def pdf(given: Input) -> Article:
    """The article of a PDF: the text of its pages, Arabic in the order in which it is read.

    Title, author and day are those of the properties, unless these name the file, or the day is that of printing.
    Raises :class:`FormatError` (damaged, under a password, not read within :data:`SECONDS`), :class:`SizeError`,
    :class:`EmptyError` for pictures of pages, and :class:`ExtraError` without pypdf.
    """
    given.need("pypdf", "documents")
    where, data = given.origin.where, given.whole()
    # As the one who asked may import it, and from no folder besides.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}
    # The file itself, not the module in its package: that would have the process import what it has no use for.
    command = [sys.executable, "-P", pages.__file__]
    command += map(str, (given.settings.max_bytes, MEMORY, int(SECONDS) + 1))
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, env=environment
        )
    except subprocess.TimeoutExpired:
        what = f"not read within {SECONDS:g} seconds"
        raise FormatError(what, where=where, do="print it to a new PDF, or give its text") from None
    try:
        found = msgspec.json.decode(done.stdout, type=pages.Found)
    except msgspec.DecodeError:
        what = f"the reader of PDF broke down (status {done.returncode})"
        raise FormatError(what, where=where, do="print it to a new PDF, or give its text") from None
    if found.code:
        raise _ERRORS[found.code](found.what, where=where, do=found.do)
    title = _title(found.title)
    at = found.text.find(title, 0, HEADLINE) if title else -1
    facts = Facts(
        title=title if at < 0 else None,
        heading=Span(at, at + len(title)) if title and at >= 0 else heading(found.text),
        author=_given(found.author, _NOBODY),
        published=_day(found.created, found.producer),
        published_from="file",
    )
    return article(found.text, facts, given.origin, given.settings, drawn=True)


def _day(written: str | None, producer: str | None) -> str | None:
    """The day of ``D:20250916120000+03'00'``, unless the producer is one that prints pages."""
    parts = _WRITTEN.match(written or "")
    if parts is None or _PRINTERS.search(producer or ""):
        return None
    try:
        return date(*map(int, parts.groups())).isoformat()
    except ValueError:
        return None
