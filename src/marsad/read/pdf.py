"""The text of a PDF as one would read it: what the process that :func:`marsad.read.documents.pdf` starts does.

A PDF says where each sign stands, not which comes after which. Its lines are put together from left to right as they
look (pypdf's layout mode), split where a page has columns, and Arabic ones are then turned into the order in which
they are read, which is the Unicode bidirectional algorithm (https://unicode.org/reports/tr9/) from its end.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

import msgspec

#: Most pages; a year's newspapers have as many.
PAGES = 5_000

_R = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # letters that run from right to left
_L = "A-Za-z\u00c0-\u024f\u0370-\u052f"
_D = "0-9\u0660-\u0669\u06f0-\u06f9"
_RIGHT = re.compile(f"(?![{_D}])[{_R}]")
_LEFT = re.compile(f"[{_L}]")
#: What runs from left to right within Arabic: Latin words with what stands between them, and numbers.
_LEFTWARD = f"[{_L}](?:[^{_R}]*[{_L}{_D}%])?|[$€£%]?[{_D}](?:[.,:/+٫٬-]?[{_D}])*%?"
_SIGNS = re.compile(f"{_LEFTWARD}|.", re.DOTALL)
_WORDS = re.compile(f"{_LEFTWARD}|[{_R}]+|.", re.DOTALL)
_RIGHTWARD = re.compile(f"[{_R}](?:[^{_L}]*[{_R}])?")
_RIGHT_END = re.compile(f"[{_R}][^{_R}{_L}]*$")
_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
#: Signs that are shapes of letters and no letters.
_SHAPES = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]+")
#: ة and ى end words, ال begins them: in a line as it looks they begin them, and end them.
_READ = re.compile(f"(?<![{_R}])(?:ال[{_R}]{{3}}|[{_R}]{{2,30}}[ةى](?![{_R}]))")
_SEEN = re.compile(f"(?<![{_R}])[ةى][{_R}]{{2}}|[{_R}]{{3}}لا(?![{_R}])")
#: Lam and alef, which fonts draw as one sign: as one they stay together when a line is turned.
_LAM_ALEF = {b"0627": b"FEFB", b"0622": b"FEF5", b"0623": b"FEF7", b"0625": b"FEF9"}
_TO_LAM_ALEF = re.compile(rb"<0644\s*(062[2357])>")

_END = re.compile(r"[.!?؟:…][»”\"')]*$")
_HYPHEN = re.compile(r"[a-z]-$")
#: Columns: least lines of a page, least width of the gap in signs, largest share of lines across it, least share of
#: lines that stand on both sides of it.
_LEAST, _GAP, _ACROSS, _BESIDE = 8, 3, 0.1, 0.4
#: Most spaces between two words, which a hostile page may put as far apart as it likes.
FAR = 100
_FAR = re.compile(f" {{{FAR},}}")


class Found(msgspec.Struct):
    """What is told of a PDF: its text and properties, or the code of an error with its words."""

    text: str = ""
    title: str | None = None
    author: str | None = None
    created: str | None = None
    producer: str | None = None
    code: str | None = None
    what: str = ""
    do: str = ""


def _backwards(line: str, whole: bool) -> str:
    """A line that runs from right to left, from how it looks; ``whole`` where its words are in order already."""
    signs = (_WORDS if whole else _SIGNS).findall(line)
    return "".join(sign.translate(_MIRROR) if len(sign) == 1 else sign for sign in reversed(signs))


def read_order(line: str, *, right: bool = True, whole: bool = False) -> str:
    """A line as it is read, from how it looks; ``right`` on a page that is read from the right.

    >>> read_order("2025 ربمتبس 16 يف S-400 ةموظنم")
    'منظومة S-400 في 16 سبتمبر 2025'
    """
    rightward, leftward = _RIGHT.findall(line), _LEFT.findall(line)
    # A line on such a page that has Arabic at its right end begins there, however much Latin follows.
    if len(rightward) > len(leftward) or (right and rightward and _RIGHT_END.search(line)):
        line = _backwards(line, whole)
    elif rightward:
        line = _RIGHTWARD.sub(lambda run: _backwards(run[0], whole), line)
    return _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape[0]), line)


def in_order(text: str) -> bool:
    """Whether the words of a text as it looks are in order nonetheless, as some programs write them.

    Told by letters that only end words and the article that only begins them; in doubt they are not.
    """
    text = _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape[0]), text)
    return len(_READ.findall(text)) > max(2, 5 * len(_SEEN.findall(text)))


def _gap(lines: list[str]) -> tuple[int, int] | None:
    """Where a gap between columns begins and ends; None for a page without one."""
    filled = [line for line in lines if line.strip()]
    if len(filled) < _LEAST:
        return None
    width = max(map(len, filled))
    taken = [0] * width
    for line in filled:
        for at, sign in enumerate(line):
            taken[at] += sign != " "
    few = _ACROSS * len(filled)
    at = 0
    best: tuple[int, int] | None = None
    for free, run in groupby(taken, key=lambda count: count <= few):
        size = len(list(run))
        if free and size >= _GAP and at > 0 and at + size < width and (best is None or size > best[1] - best[0]):
            both = sum(bool(line[:at].strip() and line[at + size :].strip()) for line in filled)
            best = (at, at + size) if both >= _BESIDE * len(filled) else best
        at += size
    return best


def columns(lines: list[str], right: bool) -> Iterator[list[str]]:
    """The columns of a page in the order of reading, ``right`` for the right one first; lines across are between."""
    gap = _gap(lines)
    if gap is None:
        yield lines
        return
    across: list[str] = []
    sides: tuple[list[str], list[str]] = [], []

    def beside() -> Iterator[list[str]]:
        for side in reversed(sides) if right else sides:
            if any(line.strip() for line in side):
                yield from columns(side.copy(), right)
            side.clear()

    for line in lines:
        if line[gap[0] : gap[1]].strip():
            yield from beside()
            across.append(line)
            continue
        if line.strip() and across:
            yield across
            across = []
        sides[0].append(line[: gap[0]].rstrip())
        sides[1].append(line[gap[1] :])
    yield from beside()
    if across:
        yield across


def paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """The paragraphs of a column: its lines put together where the space between them is that between lines."""
    filled: list[tuple[int, str]] = []
    empty = 0
    for line in lines:
        words = " ".join(line.split())
        if words:
            filled.append((empty, words))
        empty = 0 if words else empty + 1
    if not filled:
        return
    spaces = sorted(space for space, _ in filled[1:])
    usual = spaces[len(spaces) // 5] if spaces else 0
    width = max(len(words) for _, words in filled)
    made = filled[0][1]
    last = made
    for space, words in filled[1:]:
        if space > usual or (_END.search(last) and len(last) < 0.75 * width):
            yield made
            made = words
        elif _HYPHEN.search(made) and words[0].islower():
            made = made[:-1] + words
        else:
            made = f"{made} {words}"
        last = words
    yield made


def _joined(page: Any) -> None:
    """Have the fonts of a page give lam and alef as one sign where they draw them so."""
    fonts = page.get("/Resources", {}).get_object().get("/Font", {}).get_object()
    for font in fonts.values():
        to_unicode = font.get_object().get("/ToUnicode")
        stream = to_unicode.get_object() if to_unicode is not None else None
        if stream is None or not hasattr(stream, "set_data"):
            continue
        data = stream.get_data()
        joined = _TO_LAM_ALEF.sub(lambda found: b"<" + _LAM_ALEF[found[1]] + b">", data)
        if joined != data:
            stream.set_data(joined)


def _lines(page: Any) -> list[str]:
    """The lines of a page as they look."""
    try:
        _joined(page)
        text = page.extract_text(extraction_mode="layout")
    except MemoryError:
        raise
    except Exception:  # the other way of reading stumbles on other things
        return [line for line in page.extract_text().splitlines() if not _RIGHT.search(line)]
    return _FAR.sub(" " * FAR, text).split("\n")


def text_of_pages(pages: Iterable[list[str]]) -> str:
    """The text of pages that are given as lines as they look; paragraphs have a blank line between them."""
    pages = list(pages)
    seen = "\n".join(line for page in pages for line in page)
    whole = in_order(seen)
    right = len(_RIGHT.findall(seen)) > len(_LEFT.findall(seen))
    return "\n\n".join(
        paragraph
        for page in pages
        for column in columns(page, right)
        for paragraph in paragraphs(read_order(line, right=right, whole=whole) for line in column)
    )


def found(data: bytes, limit: int) -> Found:
    """What there is in a PDF: no more than ``limit`` bytes of text."""
    from pypdf import PdfReader

    new = "print it to a new PDF, or give its text"
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Found(code="format", what="under a password", do="save it without one")
        count = len(reader.pages)
        if count > PAGES:
            return Found(code="size", what=f"{count} pages, more than {PAGES}", do="split it")
        pages: list[list[str]] = []
        size = 0
        for page in reader.pages:
            pages.append(_lines(page))
            size += sum(map(len, pages[-1]))
            if size > limit:
                return Found(code="size", what=f"more than {limit} bytes of text", do="split it")
        text = text_of_pages(pages)
        if not text:
            do = "if it is a scan, have its text recognised (OCR) and give that"
            return Found(code="empty", what=f"no text on its pages ({count})", do=do)
        told = {key: str(value) for key, value in (reader.metadata or {}).items()}
        title, author = told.get("/Title"), told.get("/Author")
        return Found(text, title, author, told.get("/CreationDate"), told.get("/Producer"))
    except MemoryError:
        return Found(code="size", what="needs too much memory", do=new)
    except Exception as error:  # what the library makes of a broken file is of any kind
        return Found(code="format", what=f"a damaged PDF ({type(error).__name__}: {error})"[:300], do=new)


def main() -> None:
    """Read a PDF from standard input and write what is :class:`Found`. Arguments: bytes of text, of memory; seconds."""
    limit, memory, seconds = map(int, sys.argv[1:4])
    try:
        import resource
    except ImportError:  # there are no such limits on Windows; that of time is kept by whoever waits
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.stdout.buffer.write(msgspec.json.encode(found(sys.stdin.buffer.read(), limit)))


if __name__ == "__main__":
    main()
