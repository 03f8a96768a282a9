"""What a feed says: its entries, and the making of their parts, text and addresses, out of what feeds write."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from marsad.read.pages.tags import Tag, tokens

#: Entries of a feed that are read: the files of whole archives of papers have some thousands.
MOST = 20_000
#: Tags of an entry that are kept, and their longest.
TAGS, LONG_TAG = 50, 200
#: A longer address is none (browsers and proxies stop at 2,000 to 8,000 characters).
LONGEST = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed. Text is plain, its paragraphs divided by blank lines; what is not given is None.

    ``published`` and ``updated`` are ISO 8601 with the offset that was written, if any: a day, or day and time.
    ``url`` is absolute and http(s). ``id`` is what the feed calls it, else its address.
    """

    title: str | None = None
    url: str | None = None
    id: str | None = None
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    summary: str | None = None
    content: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: ``kind`` is rss, atom, json or rdf, ``url`` its site, ``next`` the address of its older entries."""

    kind: str
    title: str | None = None
    url: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    next: str | None = None


_LINES = (
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section summary table tbody td tfoot th thead "
    "title tr ul"
)
#: Elements of HTML that end a paragraph.
_BLOCKS = frozenset(_LINES.split())
#: Marks of HTML as feeds write them. A text that has any is read as HTML, whatever it says it is.
MARKED = re.compile(
    r"</?(?:p|br|div|b|strong|i|em|u|a|span|h[1-6]|ul|ol|li|blockquote|table|tr|td|sup|sub|font|small|figure|blink)\s*/?>"
    r"|<(?:a|p|img|div|span|font|br|iframe|table|figure|h[1-6]|ul|ol|li|blockquote|video|script|style|object|embed|applet"
    r"|frameset|link|meta)\s[^<>]{0,4000}>",
    re.IGNORECASE,
)
#: Elements whose inside is no text; where they are not closed, what follows is text all the same.
_HIDING = re.compile(r"<(iframe|object|noscript|svg|math|template|textarea)\b[^<>]{0,4000}>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
#: What WordPress puts under every entry.
_FOOTER = re.compile(
    r"The post .{0,500} (?:first )?appeared (?:first )?on .{0,200}|ظهرت المقالة .{0,500} (?:أولاً?|أول مرة) على .{0,200}"
)
_EMAIL = re.compile(r"\S+@\S+\s*\(([^()]{1,200})\)|([^()<>]{1,200}?)\s*[(<]\s*\S+@\S+\s*[)>]")
#: Characters of an author's name that are looked at.
_NAME = 500
_SPACE = re.compile(r"[\s\x00-\x1f]+")


def prose(markup: str) -> str | None:
    """The words of a piece of HTML, or of plain text, paragraph by paragraph; None where there are none.

    What was escaped once too often is read once more.

    >>> prose("<p>زار الوزير&nbsp;<b>بغداد</b>.</p><script>x()</script><p>قال: &amp;quot;نعم&amp;quot;.</p>")
    'زار الوزير بغداد.\\n\\nقال: "نعم".'
    >>> prose("&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;"), prose("a\\nb\\n\\nc"), prose(" <img src=x> ")
    ('one\\n\\ntwo', 'a b\\n\\nc', None)
    """
    found, marked = _paragraphs(markup)
    if not marked and "<" in found and MARKED.search(found):
        found, _ = _paragraphs(found)
    return _joined(found)


def plain(text: str) -> str | None:
    """The words of plain text, in which a mark of HTML is no mark, paragraph by paragraph; None where there are none.

    >>> plain("a <b>\\n c\\n\\nd &quot;e&quot;")
    'a <b> c\\n\\nd "e"'
    """
    return _joined(_BLANK.sub("\n\n", text))


def _joined(found: str) -> str | None:
    if "&" in found:
        found = _REFERENCE.sub(_character, found)
    blocks = [words for block in found.split("\n\n") if (words := " ".join(block.split()))]
    if len(blocks) > 1 and _FOOTER.fullmatch(blocks[-1]):
        blocks.pop()
    return "\n\n".join(blocks) or None


def _character(reference: re.Match[str]) -> str:
    found = html.unescape(reference[0])
    return " " if found.isspace() else found


def _paragraphs(markup: str) -> tuple[str, bool]:
    """The words with a blank line between paragraphs, and whether there was any tag."""
    if "<" not in markup:
        text = _REFERENCE.sub(_character, markup) if "&" in markup else markup
        return _BLANK.sub("\n\n", text), False
    if hiding := {tag[1].lower() for tag in _HIDING.finditer(markup)}:
        small = markup.lower()
        unclosed = {name for name in hiding if f"</{name}" not in small}
        markup = _HIDING.sub(lambda tag: "" if tag[1].lower() in unclosed else tag[0], markup)
    parts: list[str] = []
    marked = False
    for token in tokens(markup):
        if isinstance(token, Tag):
            marked = True
            if token.name.rpartition(":")[2] in _BLOCKS:
                parts.append("\0")  # no text of XML or JSON that is read here has a NUL
        else:
            parts.append(token)
    text = "".join(parts)
    if not marked:
        return _BLANK.sub("\n\n", text), False
    return "\n\n".join(" ".join(block.split()) for block in text.split("\0")), True


def line(markup: str) -> str | None:
    """The words of a title or a name on one line; a ``<`` that begins no mark of HTML is text.

    >>> line("مقتل <b>3</b>\\n في هجوم &amp;amp; قصف"), line("a < b <c>")
    ('مقتل 3 في هجوم & قصف', 'a < b <c>')
    """
    if "<" in markup and MARKED.search(markup):
        words = prose(markup) or ""
    else:
        words = markup
        for _ in range(2):
            words = _REFERENCE.sub(_character, words) if "&" in words else words
    return " ".join(words.split()) or None


def person(written: str) -> str | None:
    """The name of an author, without an address of e-mail beside it.

    >>> person("desk@example.org (سلمى حداد)"), person("Salma Haddad <desk@example.org>"), person("desk@example.org")
    ('سلمى حداد', 'Salma Haddad', 'desk@example.org')
    """
    words = " ".join(written[:_NAME].split())
    mailed = _EMAIL.fullmatch(words)
    return line((mailed[1] or mailed[2]) if mailed else words)


def tags(written: Iterable[str]) -> tuple[str, ...]:
    """The tags of an entry, each once."""
    words = (line(one[:LONG_TAG]) for one in written)
    return tuple(islice(dict.fromkeys(one for one in words if one), TAGS))


def address(written: str | None, base: str | None = None) -> str | None:
    """The absolute http(s) address that ``written`` is, read against ``base``; None where it is none.

    >>> address("/1?a=1&amp;b=2", "https://example.org/feed"), address("javascript:alert(1)"), address("1.html")
    ('https://example.org/1?a=1&b=2', None, None)
    """
    if not written or len(written) > LONGEST:
        return None
    words = _SPACE.sub("%20", written.strip()) if " " in written.strip() else _SPACE.sub("", written)
    words = words.replace("&amp;", "&")
    if words.startswith("feed:"):  # feed://host/path and feed:https://host/path, as browsers once wrote
        words = words.removeprefix("feed:").removeprefix("//")
        words = words if words.startswith(("http://", "https://")) else f"http://{words}"
    if not words:
        return None
    try:
        whole = urljoin(base, words) if base and not words.startswith(("http://", "https://")) else words
        parts = urlsplit(whole)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return whole if fits and len(whole) <= LONGEST else None
