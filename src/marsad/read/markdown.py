"""Markdown as plain text: what a reader would read, without the marks."""

from __future__ import annotations

import re

from marsad.types import Span

# Every pattern works within one line and is bounded, so that no input takes more than linear time.
_BLOCK = re.compile(r"\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+(?=\S)|\d{1,9}[.)]\s+(?=\S))")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,80}|(?:\*\s*){3,80}|(?:_\s*){3,80}|=+\s*|```.*|~~~.*)")
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,200}\])")
_STRONG = re.compile(r"(\*{1,3}|_{2,3}|`{1,2})(?=\S)([^*_`]{1,1000})(?<=\S)\1")
_TITLE = re.compile(r"\s{0,3}#\s+(\S.*)")


def _line(line: str) -> str:
    at = 0
    while block := _BLOCK.match(line, at):
        at = block.end()
    line = _LINK.sub(r"\1", _IMAGE.sub("", line[at:]))
    return _STRONG.sub(r"\2", line)


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
    for row in rows:
        words = "" if _RULE.fullmatch(row) else _line(row)
        if not kept and not words.strip():
            continue
        if title is None and words.strip() and _TITLE.fullmatch(row):
            start = length + len(words) - len(words.lstrip())
            title = Span(start, start + len(words.strip()))
        kept.append(words)
        length += len(words) + 1
    return "\n".join(kept), title
