"""Markdown as plain text: what a reader would read, without the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marsad.types import Span

# Every pattern works within one line and is bounded or never goes back, so that no input takes more than linear time.
_BLOCK = re.compile(r"\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+(?=\S)|\d{1,9}[.)]\s+(?=\S))")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,80}|(?:\*\s*){3,80}|(?:_\s*){3,80}|=+\s*)")
_FENCE = re.compile(r"\s{0,3}(?P<mark>`{3,}+(?=[^`]*$)|~{3,}+)")
# The words of a link may hold brackets, its address parentheses, each one deep.
_WORDS = r"\[((?:[^\[\]]|\[[^\[\]]{0,200}+\]){0,500}+)\]"
_ADDRESS = r"\((?:[^()]|\([^()]{0,500}+\)){0,2000}+\)"
_IMAGE = re.compile(f"!{_WORDS}{_ADDRESS}")
_LINK = re.compile(rf"{_WORDS}(?:{_ADDRESS}|\[[^\[\]]{{0,200}}+\])")
_REFERENCE = re.compile(r"\s{0,3}\[(?!\^)[^\[\]]{1,200}+\]:\s+\S.*")
# The row under the head of a table: |---|:-:|.
_RULED = re.compile(r"\s{0,3}(?=[^|]*+\|)(?:\|\s*+)?(?::?+-++:?+\s*+(?:\||$)\s*+)++")
_CELL = re.compile(r"(?<!\\)\|")
#: What stands between the cells of a row.
BETWEEN = " · "
_STRONG = re.compile(r"(\*{1,3}|_{2,3}|`{1,2})(?=\S)([^*_`]{1,1000})(?<=\S)\1")
_TITLE = re.compile(r"\s{0,3}#\s+(\S.*)")


def _line(line: str) -> str:
    at = 0
    while block := _BLOCK.match(line, at):
        at = block.end()
    line = _LINK.sub(r"\1", _IMAGE.sub("", line[at:]))
    return _STRONG.sub(r"\2", line)


def _row(line: str) -> str:
    """The cells of a table's row."""
    cells = (_line(cell.replace("\\|", "|").strip()) for cell in _CELL.split(line))
    return BETWEEN.join(cell for cell in cells if cell)


def _tables(rows: list[str]) -> tuple[set[int], set[int]]:
    """The numbers of the rows that are rows of a table, and of those that rule off its head."""
    inside: set[int] = set()
    ruled: set[int] = set()
    for number, row in enumerate(rows):
        if number - 1 in inside or number - 1 in ruled:
            if "|" in row:
                inside.add(number)
        elif number and "|" in rows[number - 1] and "-" in row and _RULED.fullmatch(row):
            inside.add(number - 1)
            ruled.add(number)
    return inside, ruled


def _worded(rows: list[str]) -> Iterator[tuple[str, str]]:
    """Each row as its words, beside what it was; what stands in a fence is told as it stands."""
    inside, ruled = _tables(rows)
    fence = ""
    for number, row in enumerate(rows):
        mark = _FENCE.match(row)
        if fence:
            closed = mark and mark["mark"].startswith(fence) and not row[mark.end() :].strip()
            fence = "" if closed else fence
            yield ("" if closed else row), ""
        elif mark:
            fence = mark["mark"]
            yield "", ""
        elif number in ruled or _RULE.fullmatch(row) or _REFERENCE.fullmatch(row):
            yield "", row
        else:
            yield (_row(row) if number in inside else _line(row)), row


def _without_front_matter(rows: list[str]) -> list[str]:
    if rows and rows[0].strip() == "---":
        for number, row in enumerate(rows[1:], start=1):
            if row.strip() == "---":
                return rows[number + 1 :]
    return rows


def markdown(text: str) -> tuple[str, Span | None]:
    """The words of ``text``, and the range of its title: the first heading of the first level.

    >>> markdown("# الوزير في بغداد\\n\\nزار **الوزير** [بغداد](https://example.org).")
    ('الوزير في بغداد\\n\\nزار الوزير بغداد.', Span(start=0, stop=15))
    """
    rows = _without_front_matter(text.splitlines())
    kept: list[str] = []
    title: Span | None = None
    length = 0
    for words, row in _worded(rows):
        if not kept and not words.strip():
            continue
        if title is None and words.strip() and _TITLE.fullmatch(row):
            start = length + len(words) - len(words.lstrip())
            title = Span(start, start + len(words.strip()))
        kept.append(words)
        length += len(words) + 1
    return "\n".join(kept), title
