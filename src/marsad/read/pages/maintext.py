"""The paragraphs of a page's article: by trafilatura where it can be trusted with the page, else by elements alone.

trafilatura takes 60 to 90 µs an element, and libxml2 drops what lies deeper than 256 elements and takes quadratic time
over the attributes of one tag; so pages that are too large, too deep or too odd for them are left to the lines of
:mod:`.survey`, which any page has.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from marsad.read.pages.survey import Block, Survey, article_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element
    from trafilatura.settings import Extractor

#: Characters and elements of the largest page that trafilatura is given: some three seconds. News has a tenth of it.
LARGEST, ELEMENTS = 4_000_000, 30_000
#: The same for its full cascade, which takes up to three times as long.
FULL_ELEMENTS = 6_000
#: Characters of an article of which there may be more in the page than was found fast.
LITTLE = 400
#: So many of the first links of several words, inside of what was found, say that it is more than the article.
SWEPT, SWEPT_OF = 3, 20
#: Lines of the page that are looked for in a single one.
POURED = 100
#: Attributes of one tag, and the length from which on they are counted.
ATTRIBUTES, LONG = 500, 2_000

_ATTRIBUTE = re.compile(r"""[\s/=]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+""")
#: A comment, a script or a style with what it holds, or a tag with its attributes.
_PIECE = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(script|style)(?=[\s/>]).*?(?:</\1|\Z)"
    rf"|<[A-Za-z][^\s/>]*+(?:{_ATTRIBUTE.pattern})*+",
    re.DOTALL | re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: Elements of trafilatura's result that begin a line.
_LINE = frozenset({"p", "head", "item", "list", "quote", "row", "cell", "table", "lb", "ab", "div", "code", "graphic"})

_LOG = logging.getLogger(__name__)


def main_text(source: str, seen: Survey, at: int | None) -> list[str]:
    """The paragraphs of the article in ``source``, whose survey is ``seen``; none where the page has no words.

    ``at`` is the index of the line that is the headline.
    """
    own = [block.words for block in article_blocks(seen.blocks)]
    tree = _tree(source)
    if tree is None:
        return own
    elements = sum(1 for _ in tree.iter())
    if elements > ELEMENTS:
        return own
    links = dict.fromkeys(block.words for block in seen.blocks if block.linked)
    found = [line for line in _extracted(tree, fast=True) if line not in links]
    # The element of the article is surer for short news, round which the page was swept up, or that was not seen.
    marked = _marked(seen.blocks, at)
    if _poured(found, seen.blocks):
        return marked or own
    if marked and (_swept(found, links) or _length(found) < min(LITTLE, _length(marked) // 3)):
        return marked
    if _length(found) < LITTLE and not (marked and found) and elements <= FULL_ELEMENTS:
        full = [line for line in _extracted(tree, fast=False) if line not in links]
        found = max(found, full, key=_length)
    return found or own


def _poured(found: list[str], blocks: list[Block]) -> bool:
    """Whether all that was found is one line, made of several of the page: trafilatura's last resort."""
    if len(found) != 1 or any(block.words == found[0] for block in blocks):
        return False
    return sum(block.words in found[0] for block in blocks[:POURED]) > 1


def _swept(found: list[str], links: Iterable[str]) -> bool:
    """Whether the headlines of other texts, which are links, have got into the lines that were found."""
    whole = "\n".join(found)
    long = islice((link for link in links if len(link.split()) >= 4), SWEPT_OF)
    return sum(link in whole for link in long) >= SWEPT


def _marked(blocks: list[Block], at: int | None) -> list[str]:
    """The lines of the article element that holds the headline or comes after it, or that is the only one."""
    lines = [(k, block) for k, block in enumerate(blocks) if block.main and not block.frame and not block.linked]
    parts = [block.part for k, block in lines if at is None or k > at]
    if not parts or (at is None and parts[0] != parts[-1]):
        return []
    part = blocks[at].part if at is not None and blocks[at].main else parts[0]
    return [block.words for k, block in lines if block.part == part and k != at]


def _length(paragraphs: Iterable[str]) -> int:
    return sum(map(len, paragraphs))


def _crowded(source: str) -> bool:
    """Whether a tag has more attributes than libxml2 may be given."""
    return any(
        piece.end() - piece.start() > LONG
        and piece[1] is None
        and source[piece.start() + 1] != "!"
        and len(_ATTRIBUTE.findall(piece[0])) > ATTRIBUTES
        for piece in _PIECE.finditer(source)
    )


def _tree(source: str) -> _Element | None:
    """The tree of the page; None for one that would cost too much, or that would not be whole."""
    if len(source) > LARGEST or _crowded(source):
        return None
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree: _Element = document_fromstring(_CONTROL.sub(" ", source).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        _LOG.debug("lxml gives no tree: %s", error)
        return None
    limits = (etree.ErrorTypes.ERR_INTERNAL_ERROR, etree.ErrorTypes.ERR_RESOURCE_LIMIT)
    return None if any(entry.type in limits for entry in parser.error_log) else tree


@cache
def _options(fast: bool) -> Extractor:
    """How trafilatura is asked: without comments of readers, links, pictures, metadata, its log and its dates."""
    from trafilatura.settings import Extractor

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return Extractor(output_format="xml", fast=fast, comments=False, formatting=False, tables=True)


def _extracted(tree: _Element, *, fast: bool) -> list[str]:
    """What trafilatura takes for the article; nothing where it fails."""
    options = _options(fast)
    from trafilatura.core import bare_extraction

    try:
        document: Any = bare_extraction(tree, options=options)  # it works on a copy
    except Exception as error:  # its rules meet pages that nobody foresaw; the lines of the page are left
        _LOG.debug("trafilatura fails: %s", error)
        return []
    return [] if document is None or document.body is None else _paragraphs(document.body)


def _paragraphs(body: _Element) -> list[str]:
    """The lines of trafilatura's result: its paragraphs, headings, items and cells."""
    from lxml.etree import iterwalk

    lines: list[str] = []
    parts: list[str] = []

    def end() -> None:
        if words := " ".join("".join(parts).split()):
            lines.append(words)
        parts.clear()

    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag in _LINE:
            end()
        text = element.text if event == "start" else element.tail
        if text and (event == "start" or element is not body):
            parts.append(text)
    end()
    return lines
