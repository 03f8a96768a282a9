"""A web page as text: its title, the paragraphs of its article, and what it says about itself.

Bytes become text by :mod:`.encoding`, the page is gone through once by :mod:`.survey`, :mod:`.maintext` finds the
article, :mod:`.published` its date. Everything takes time in proportion to the page, and the page is bounded.
"""

from __future__ import annotations

import html
import re
from datetime import date
from urllib.parse import urljoin, urlsplit

from marsad.errors import EmptyError, EncodingError, FormatError
from marsad.read.article import Facts
from marsad.read.encoding import meta_charset, text_of
from marsad.read.pages.byline import headline, is_byline
from marsad.read.pages.linked import Linked, articles
from marsad.read.pages.maintext import main_text
from marsad.read.pages.published import page_date
from marsad.read.pages.survey import Survey, survey
from marsad.read.pages.tags import Tag, tokens
from marsad.text import fold_text

__all__ = ["Tag", "page", "tokens"]

#: What a file with the name of a page may be, by its first bytes: another format, or no text at all.
_FORMATS = {
    b"%PDF-": "a PDF", b"PK\x03\x04": "a ZIP archive or an office document", b"\x1f\x8b": "compressed (gzip)",
    b"\x28\xb5\x2f\xfd": "compressed (zstd)", b"BZh": "compressed (bzip2)", b"\xfd7zXZ\0": "compressed (xz)",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive", b"Rar!": "a RAR archive", b"WARC/1.": "a web archive (WARC)",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old office document", b"{\\rtf": "an RTF document",
    b"PAR1": "a Parquet table", b"SQLite format 3\0": "an SQLite database",
}  # fmt: skip
_NO_TEXT = {
    b"\x89PNG\r\n": "a picture (PNG)", b"GIF8": "a picture (GIF)", b"\xff\xd8\xff": "a picture (JPEG)",
    b"RIFF": "a picture or sound (RIFF)", b"ID3": "sound (MP3)", b"OggS": "sound (Ogg)", b"\x7fELF": "a program",
    b"MZ\x90\0": "a program",
}  # fmt: skip
#: The first element of what is no page.
_ROOTS = {
    "rss": "a feed (RSS)", "feed": "a feed (Atom)", "rdf:rdf": "a feed (RSS 1.0)", "opml": "a list of feeds (OPML)",
    "urlset": "a sitemap", "sitemapindex": "a list of sitemaps",
}  # fmt: skip
_JSON_FEED = re.compile(r'\s*\{[^<]{0,500}"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')

#: Letters of the languages that Arabic letters write.
_ARABIC_SCRIPT = frozenset({"ar", "fa", "ur", "ps", "ckb", "ku", "sd", "ug", "pnb"})
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")

_PARTED = re.compile(r"\s+[|–—•·:»«-]{1,2}\s+|\s*[|»]\s*")
#: site, newspaper, daily, agency, channel, network, news, portal, net: words that names of media have
_MEDIUM = re.compile(
    r"(?<!\w)(?:موقع|صحيفة|جريدة|وكالة|قناة|شبكة|بوابة|أخبار|الأخبار|نيوز|نت|أونلاين|تلفزيون|راديو|مجلة|"
    r"news|net|online|agency|tv|times|post|daily|\w+\.(?:com|net|org|\w\w))(?!\w)",
    re.IGNORECASE,
)
#: Characters of a title, at most; a longer one is no headline. Words that make a headline, and a site's name.
_TITLE, _HEADLINE_WORDS, _SITE_WORDS = 400, 3, 4
#: Characters of an address, at most.
_ADDRESS = 8_000
#: Names of meta elements with the author.
_AUTHORS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "dc:creator", "parsely-author", "sailthru.author",
    "byl", "citation_author", "rnews:author", "cxenseparse:author",
)  # fmt: skip


def page(
    data: bytes, where: str, *, charset: str | None = None, url: str | None = None, now: date | None = None
) -> tuple[str, Facts]:
    """The paragraphs of the page, with blank lines between them and without the headline, and its facts.

    ``charset`` is what HTTP says of ``data``, ``url`` where it was got; ``now`` refuses dates that lie after it.
    Raises :class:`EncodingError` for bytes that are no text, :class:`FormatError` for a feed, a PDF or another format,
    :class:`SizeError` for a page of too many tags, and :class:`EmptyError` for one without words.
    """
    _known(data, where)
    source = text_of(data, where, _declared(charset, meta_charset(data)))
    seen = survey(source, where)
    kind = _ROOTS.get(seen.root) or ("a feed (JSON)" if _JSON_FEED.match(source[:2_000]) else None)
    if kind:
        raise FormatError(f"this is {kind}, no page", where=where, do="give it as what it is")
    linked = articles(seen.linked)
    address = _address(seen, url)
    site = _site(seen, linked)
    title = _title(seen, linked, site)
    body = _without(title, main_text(source, seen, headline(seen.blocks, title)))
    if not body:
        raise EmptyError("no words in the page", where=where, do="if it shows a picture of a text, give the text")
    text = "\n\n".join(body)
    found = page_date(seen, linked, url=address or url, title=title, now=now)
    return text, Facts(
        title=title,
        url=address,
        source=site or _host(address or url),
        author=_author(seen, linked),
        published=found[0] if found else None,
        published_from=found[1] if found else None,
        language=_language(seen.language, text),
    )


def _known(data: bytes, where: str) -> None:
    """Raise for bytes that are known to be of another format."""
    head = data[:1024].lstrip()
    for marks, error in ((_FORMATS, FormatError), (_NO_TEXT, EncodingError)):
        for mark, kind in marks.items():
            if head.startswith(mark):
                raise error(f"this is {kind}, no page", where=where, do="give it as what it is, or the page itself")
    if data[4:8] == b"ftyp":
        raise EncodingError("this is a film or picture (MP4), no page", where=where, do="give the page itself")


def _declared(http: str | None, meta: str | None) -> str | None:
    """The charset that is declared: by HTTP, unless that is what servers say unasked."""
    unasked = (http or "").strip().lower() in {"iso-8859-1", "latin1", "us-ascii", "ascii"}
    return meta if meta and unasked else http or meta


def _address(seen: Survey, url: str | None) -> str | None:
    """The address of the page: what it says of itself, made absolute, else where it was got.

    A page that was got from one site is not believed that it is of another, nor that it is the front page.
    """
    got = _web(url)
    base = _joined(got, seen.base) if seen.base else got
    for name in ("canonical", "og:url"):
        found = _joined(base, seen.meta.get(name, "").strip())
        if found and (got is None or (_domain(found) == _domain(got) and (_path(found) or not _path(got)))):
            return found
    return got


def _joined(base: str | None, reference: str) -> str | None:
    try:
        return _web(urljoin(base or "", reference)) if reference else None
    except ValueError:
        return None


def _web(url: str | None) -> str | None:
    """An address of the web without its fragment, or None; so is one that is longer than any server takes."""
    if not url or len(url) > _ADDRESS:
        return None
    try:
        parts = urlsplit(url.strip())
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            return None
        return parts._replace(fragment="").geturl() if parts.port != 0 else None
    except ValueError:
        return None


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path.strip("/") + parts.query


def _host(url: str | None) -> str | None:
    """The host of an address without ``www.``."""
    web = _web(url)
    return (urlsplit(web).hostname or "").removeprefix("www.") or None if web else None


def _domain(url: str) -> str:
    """The end of a host that one owner has: two names, three where the last but one is a kind (``com.tn``)."""
    names = (urlsplit(url).hostname or "").split(".")
    short = len(names) > 2 and len(names[-1]) == 2 and names[-2] in {"com", "co", "org", "net", "gov", "edu", "ac"}
    return ".".join(names[-3:] if short else names[-2:])


def _site(seen: Survey, linked: list[Linked]) -> str | None:
    """The name that the site gives itself."""
    return _line(seen.meta.get("og:site_name", "")) or None


def _line(text: str) -> str:
    """Text of an attribute on one line; references that were written twice (``&amp;quot;``) are characters too."""
    return " ".join(html.unescape(text).split()) if "&" in text else " ".join(text.split())


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold_text(text))).lower()


def _title(seen: Survey, linked: list[Linked], site: str | None) -> str | None:
    """The headline: of the head, of linked data, of the page, without the name of the site."""
    headings = [block.words for block in seen.blocks if block.element == "h1" and not block.aside]
    titles = [block.words for block in seen.blocks if block.element == "title"]
    shown = {_folded(words) for words in headings + titles if len(words) <= _TITLE}
    data = [one.headline for one in linked if one.headline and one.is_article]
    data.sort(key=lambda given: _folded(given[:_TITLE]) not in shown)
    names = [name for name in (site, *(one.publisher for one in linked), seen.meta.get("application-name")) if name]
    for given in (seen.meta.get("og:title", ""), *data, seen.meta.get("twitter:title", ""), *headings, *titles):
        title = _bare(_line(given), names, headings) if len(given) <= 2 * _TITLE else ""
        if title and len(title) <= _TITLE and _folded(title) not in {_folded(name) for name in names}:
            return title
    return None


def _bare(title: str, names: list[str], headings: list[str]) -> str:
    """``title`` without the name of the site at its end or its begin."""
    whole, known = _folded(title), {_folded(name) for name in names}
    same = next((one for one in headings if _folded(one) and whole.startswith(_folded(one) + " ")), None)
    for parted in reversed(list(_PARTED.finditer(title))):
        left, right = title[: parted.start()].strip(), title[parted.end() :].strip()
        if not left or not right:
            continue
        words = len(left.split())
        short = len(right.split()) <= _SITE_WORDS and words >= _HEADLINE_WORDS
        medium = short and ("|" in parted[0] or bool(_MEDIUM.search(right)))
        if _folded(right) in known or medium or (same and _folded(left) == _folded(same)):
            return _bare(left, names, headings)
        if _folded(left) in known and len(right.split()) >= _HEADLINE_WORDS:
            return right
    return title


def _without(title: str | None, paragraphs: list[str]) -> list[str]:
    """The paragraphs without the headline and the date of publication, if they stand above them."""
    same = _folded(title or "")
    above = [one for one in paragraphs[:4] if len(one) > _TITLE or (_folded(one) != same and not is_byline(one))]
    return [*above, *paragraphs[4:]]


def _author(seen: Survey, linked: list[Linked]) -> str | None:
    """Who wrote it: by linked data, else by the head; the address of a profile is nobody."""
    given = [one.author for one in linked if one.is_article]
    given += [seen.meta.get(name, "") for name in _AUTHORS]
    names = (_line(name) for name in given)
    return next((name for name in names if name and len(name) <= 200 and not name.lower().startswith("http")), None)


def _language(declared: str, text: str) -> str | None:
    """The language that the page declares, unless its letters belie it: templates say ``en`` on Arabic pages."""
    if not _LANGUAGE.fullmatch(declared.strip()):
        return None
    head = text[:2_000]
    arabic = len(_ARABIC.findall(head)) > len(_LATIN.findall(head))
    code = re.split("[-_]", declared.strip().lower(), maxsplit=1)[0]
    return code if (code in _ARABIC_SCRIPT) == arabic else None
