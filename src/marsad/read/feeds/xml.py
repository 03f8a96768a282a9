"""XML as feeds hold it, damaged or hostile, as a tree: what can be mended is, and nothing outside it is reached.

The document is read as text, freed of its DOCTYPE with every entity that it defines (billion laughs, files and
addresses of others), of comments and of characters that XML forbids; the entities of HTML become characters, a bare
``&`` is escaped. If libxml2 still finds it broken, the tags are balanced (:func:`balanced`). Depth and size are
bounded: 256 elements deep by libxml2 itself, :data:`MOST` tags and attributes in all.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from marsad.errors import FormatError, SizeError

#: Tags and attributes of a document; libxml2 takes some 150 bytes for each.
MOST = 1_000_000
#: How far into a document its beginning is looked for, behind the warnings of a broken server, in characters.
AHEAD = 8_192
#: How far from its beginning the end of a section is looked for that was not closed, in characters.
FAR = 1_000_000
#: Elements that are open at a time; libxml2 gives up at 256.
_DEEPEST = 200
#: Sections without an end that are mended.
_MENDED = 1_000

_DECLARED = re.compile(rb"""\s*<\?xml\s[^<>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
#: How UTF-32 begins without a mark; its marks and UTF-16 are told apart with all other text.
_WIDE = {b"\x00\x00\x00<": "utf-32-be", b"<\x00\x00\x00": "utf-32-le"}
#: Charsets that servers declare for want of knowing: what the document says of itself goes before them.
_DEFAULTS = frozenset({"utf-8", "utf8", "iso-8859-1", "latin1", "us-ascii", "ascii"})

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: Control characters that are letters of windows-1252, in text that was taken for ISO-8859-1 on its way here.
_CONTROLS = re.compile("[\x80-\x9f]")
_SECTION = re.compile(r"<!\[CDATA\[|<!--|<\?|<!DOCTYPE", re.IGNORECASE)
_BARE = re.compile(r"&(?!#[0-9xX]|[A-Za-z][A-Za-z0-9]{0,30};)")
_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});?|[A-Za-z][A-Za-z0-9]{0,30};|)"
)
_LAST_TAG = re.compile(r"<([A-Za-z_][\w:.-]{0,60})(?:\s[^<>]{0,200})?>\s{0,50}\Z")
_TAG = re.compile(r"""<(?P<end>/)?(?P<name>[A-Za-z_][\w:.-]*+)(?P<more>(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+|[^<>]*+)>""")
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w:.-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++))""")

#: Elements that hold an entry; one inside another was not closed.
ITEMS = frozenset({"item", "entry"})
_TEXTS = (
    "title link guid pubdate description category dc:creator dc:date dc:subject content:encoded id published updated "
    "summary content"
)
#: Elements of an entry that hold text; one that begins inside another was not closed.
_FIELDS = frozenset(_TEXTS.split())
#: Elements of HTML that are never closed.
_VOID = frozenset({"br", "hr", "img", "input", "meta", "wbr", "source", "embed"})


def text_of_xml(data: bytes, where: str, charset: str | None = None) -> str:
    """``data`` as text, by its marks, by ``charset`` (of the HTTP header), by what it declares, by its letters.

    Raises :class:`EncodingError` for bytes that are no text.
    """
    from marsad.read.encoding import text_of

    for mark, wide in _WIDE.items():
        if data.startswith(mark):
            return data.decode(wide, "replace")
    within = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    declared = within[1].decode("ascii") if within else None
    if charset and not (declared and charset.strip().lower() in _DEFAULTS):
        declared = charset
    if b"\0" in data and b"\0" not in data[:8]:
        data = data.replace(b"\0", b"")  # what a database pads with; no feed means anything by it
    return text_of(data, where, declared).lstrip("\ufeff")


def prolog(text: str, at: int = 0) -> int:
    """Where the first element of a document begins: behind white space, declarations, comments and a DOCTYPE.

    >>> prolog('<?xml version="1.0"?><!-- <a> --><!DOCTYPE a [<!ENTITY b "]>">]> <rss>')
    65
    """
    while True:
        while at < len(text) and text[at] in " \t\r\n\ufeff":
            at += 1
        if text.startswith("<!--", at):
            at = _past(text, "-->", at + 4)
        elif text.startswith("<?", at):
            at = _past(text, "?>", at + 2)
        elif text.startswith("<!", at) and text[at + 2 : at + 3].isalpha():
            at = _declaration(text, at + 2)
        else:
            return at


def _past(text: str, mark: str, at: int) -> int:
    stop = text.find(mark, at)
    return len(text) if stop < 0 else stop + len(mark)


_INSIDE = re.compile(r"""["'\[\]>]|<!--""")


def _declaration(text: str, at: int) -> int:
    """Where a DOCTYPE ends whose inside begins ``at``, with all that stands in its brackets."""
    depth = 0
    while found := _INSIDE.search(text, at):
        mark, at = found[0], found.end()
        if mark == "<!--":
            at = _past(text, "-->", at)
        elif mark in "\"'":
            at = _past(text, mark, at)
        elif mark == ">" and not depth:
            return at
        else:
            depth = max(0, depth + {"[": 1, "]": -1}.get(mark, 0))
    return len(text)


def cleaned(text: str, where: str) -> str:
    """A document that only says what it means: no DOCTYPE, comments, instructions, forbidden characters, odd entities.

    Raises :class:`SizeError` for one of more than :data:`MOST` tags and attributes.
    """
    parts: list[str] = []
    marks = 0
    text = _FORBIDDEN.sub("", text) if _FORBIDDEN.search(text) else text
    text = _CONTROLS.sub(_letter, text) if _CONTROLS.search(text) else text
    for part, marked in _sections(text):
        if marked:
            parts.append(part)
            continue
        marks += part.count("<") + part.count("=")
        if marks > MOST:
            raise SizeError(f"more than {MOST} tags and attributes", where=where, do="this is too large for a feed")
        if "&" in part:
            part = _REFERENCE.sub(lambda found: _character(found[0]), _BARE.sub("&amp;", part))
        parts.append(part)
    return "".join(parts)


def _sections(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a document: CDATA sections (True), mended where they have no end, and what is between them."""
    at, mended, end = 0, 0, -1  # end: of the next section, once it was looked for
    while found := _SECTION.search(text, at):
        if found.start() > at:
            yield text[at : found.start()], False
        start, mark = found.end(), found[0]
        if mark == "<!--":
            at = _past(text, "-->", start)
        elif mark == "<?":
            at = _past(text, "?>", start)
        elif mark != "<![CDATA[":
            at = _declaration(text, start) if mark.upper() == "<!DOCTYPE" else start
        else:
            if end < start:
                end = text.find("]]>", start)
                end = end if end >= 0 else len(text)
            stop, at = end, min(end + 3, len(text))
            if mended < _MENDED and (end == len(text) or text.find("<![CDATA[", start, end) >= 0):
                mended += 1
                last = _LAST_TAG.search(text, max(0, found.start() - 300), found.start())
                close = text.find(f"</{last[1]}", start, min(end, start + FAR)) if last else -1
                stop, at = (close, close) if close >= 0 else (stop, at)
            yield f"<![CDATA[{text[start:stop]}]]>", True
    if at < len(text):
        yield text[at:], False


def _letter(control: re.Match[str]) -> str:
    return control[0].encode("latin-1").decode("cp1252", "ignore")


@lru_cache(maxsize=4096)
def _character(reference: str) -> str:
    """A reference as XML knows it: its character, or its letters where it stands for none."""
    found = html.unescape(reference)
    if found == reference:
        return f"&amp;{reference[1:]}"
    found = _FORBIDDEN.sub("", found)
    return html.escape(found) if found in ("&", "<", ">", '"', "'") else found


@dataclass(slots=True)
class _Balance:
    """A document as it is put together again, with the elements that are open."""

    out: list[str] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def close(self, name: str) -> None:
        """Close the innermost element of this name, which is open, and all within it."""
        while True:
            top = self.stack.pop()
            self.counts[top] -= 1
            self.out.append(f"</{top}>")
            if top == name:
                return

    def open(self, name: str, more: str) -> None:
        """Open an element, after those that it ends."""
        small = name.lower()
        if small in ITEMS and self.counts[name]:
            self.close(name)
        elif small in _FIELDS and self.stack and self.stack[-1].lower() in _FIELDS:
            self.close(self.stack[-1])
        empty = more.endswith("/") or small in _VOID or len(self.stack) >= _DEEPEST
        self.out.append(f"<{name}{_attributes(more)}{'/' if empty else ''}>")
        if not empty:
            self.stack.append(name)
            self.counts[name] += 1

    def take(self, part: str) -> None:
        """The tags and the text of a part without CDATA."""
        at = 0
        for tag in _TAG.finditer(part):
            self.out.append(part[at : tag.start()].replace("<", "&lt;"))
            at = tag.end()
            if not tag["end"]:
                self.open(tag["name"], tag["more"])
            elif self.counts[tag["name"]]:
                self.close(tag["name"])
        self.out.append(part[at:].replace("<", "&lt;"))


def balanced(text: str) -> str:
    """A cleaned document with every tag closed where a reader would see it closed, and every attribute in quotes.

    An end tag closes all that is open within its element; one of an element that is not open is dropped; an entry or
    a field of one that begins inside another closes it.

    >>> balanced("<rss><item><title>a <b>c</title><link>d</item><item x=1 x=2></i>e < f</rss><g")
    '<rss><item><title>a <b>c</b></title><link>d</link></item><item x="1">e &lt; f</item></rss>'
    """
    made = _Balance()
    for part, marked in _sections(text):
        if marked:
            made.out.append(part)
        else:
            made.take(part)
    cut = made.out[-1] if made.out else ""
    if "&lt;" in cut:  # the document was cut off within a tag
        made.out[-1] = cut[: cut.rfind("&lt;")]
    while made.stack:
        made.close(made.stack[-1])
    return "".join(made.out)


def _attributes(written: str) -> str:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        bare = bare if "://" in bare else bare.removesuffix("/")  # that of <a b=c/> closes the element
        found.setdefault(name, (double or single or bare).replace("<", "&lt;").replace('"', "&quot;"))
    return "".join(f' {name}="{value}"' for name, value in found.items())


def tree(text: str, where: str) -> Any:
    """The root element (lxml's) of a document, without comments; mended where it is broken.

    Raises :class:`FormatError` for what is no XML at all, :class:`SizeError` for too much of it.
    """
    document = cleaned(text[prolog(text) :], where)
    root, sound = _parsed(document)
    if not sound:
        root, _ = _parsed(balanced(document))
    if root is None:
        raise FormatError("no XML in it", where=where, do="give the feed as its address sends it")
    return root


def local(element: Any) -> str:
    """The name of an element of a tree, without its namespace and in small letters."""
    name: str = element.tag.rpartition("}")[2].rpartition(":")[2].lower()
    return name


def _parsed(document: str) -> tuple[Any, bool]:
    """The root, or None, and whether the document was well formed but for prefixes without a namespace."""
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(document.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None, False
    return root, all(error.domain_name == "NAMESPACE" for error in parser.error_log)
