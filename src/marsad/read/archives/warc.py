"""Web archives as articles: the pages of WARC files, and the texts that Common Crawl has drawn from them (WET).

One of the readers of the first step. What a crawl fetches besides pages is passed over before its bytes are looked
at; a broken record costs itself, and reading goes on with the next that can be found.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, NoReturn
from urllib.parse import urlsplit

from marsad.errors import EmptyError, FormatError, MarsadError, ReadError
from marsad.read.archives.body import unwrapped
from marsad.read.archives.tape import HEAD, STEP, Tape, Unpacked, bomb, ends_early, following, packing
from marsad.read.article import Facts, Origin, article, heading
from marsad.read.chunks import CHUNK, FREE, RATIO, too_large
from marsad.read.detect import mark
from marsad.read.encoding import text_of
from marsad.read.feeds.feed import is_feed
from marsad.settings import Settings
from marsad.types import Article, Skipped

if TYPE_CHECKING:
    from fastwarc import WarcRecord

#: Times that reading is taken up again behind damage in one archive.
REPAIRS = 1_000
#: Most bytes of the head of an answer, which is a site's: a longer one counts as damage.
HTTP_HEAD = 1 << 24

#: Bytes by which a body is told from a feed and from what is no text, whatever its head says.
HEAD_OF_BODY = 4_096

#: Types of media that are read, and how; where none is given, the body itself must tell.
MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "": "?"}
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
#: Addresses of what is no news whatever it holds: notes of the crawler, and files for robots.
_NO_NEWS = re.compile(r"(?:metadata|urn|dns|warcinfo|whois|filedesc):|[^?]*/(?:robots|ads|app-ads|security|llms)\.txt$")
_BEFORE_HOST = re.compile(r"^(?:www|m|mobile|amp)\.")
_LENGTH = re.compile("[0-9]{1,15}")
_UNFIT = re.compile(r"[\x00-\x20\x7f]")
#: ISO 639-3, as Common Crawl writes languages, in the two letters that Marsad uses; the others stay as they are.
_LANGUAGES = {"ara": "ar", "eng": "en", "fas": "fa", "heb": "he", "tur": "tr", "kur": "ku", "urd": "ur", "fra": "fr",
              "deu": "de", "spa": "es", "rus": "ru"}  # fmt: skip


class _Damage(Exception):
    """The archive cannot be read on from here; what it says is why."""


@dataclass(slots=True)
class Passed:
    """How many records were passed over that look like pages, and that a crawl is bound to have.

    ``statuses``: answers other than 200. ``media``: neither page nor plain text, and feeds.
    """

    statuses: int = 0
    media: int = 0


def articles(stream: BinaryIO, origin: Origin, settings: Settings) -> Generator[Article | Skipped, None, Passed]:
    """The articles of a web archive in order, WARC or WET, packed with gzip, zstd or lz4 or not at all.

    ``stream`` is read from its beginning, and must be one that can be sought in. A page of the types ``response`` and
    ``resource`` is read as a page, a text of these or of ``conversion`` as it stands; requests, revisits, metadata,
    pictures, answers other than 200 and feeds are passed over, and counted in what the generator returns
    (``passed = yield from articles(…)``). ``fetched`` is the record's date, which never is the date of publication.
    A page that the crawler itself has cut (``WARC-Truncated``) is read as far as it goes.

    A :class:`Skipped` stands for what ought to have been an article (``size``, ``encoding``, ``format``; ``empty`` for
    a page without words, of which a crawl has many), and for each damaged or missing part of the archive. Its
    ``where`` names the byte at which the record begins, or its part of a packed file; with zstd and lz4, that of what
    is unpacked. Nothing is raised, and no more held than a record of ``settings.max_bytes``.
    """
    archive = _Archive(stream, origin, settings)
    try:
        yield from archive.sessions()
    except MarsadError as error:
        yield archive.origin_at().skipped(error)
    except OSError as error:
        fault = ReadError(f"cannot be read ({error.strerror or error})", where=origin.where, do="give it as a file")
        yield origin.skipped(fault)
    return archive.passed


@dataclass(slots=True)
class _Archive:
    """An archive on its way through the reader; ``last`` is the record in hand, ``start`` where reading began."""

    stream: BinaryIO
    origin: Origin
    settings: Settings
    passed: Passed = field(default_factory=Passed)
    packed: str = ""
    start: int = 0
    last: WarcRecord | None = None
    grown: int = 0

    @property
    def at(self) -> int:
        """Where the record in hand begins."""
        return self.last.stream_pos if self.last else self.start

    def origin_at(self, given: str | None = None) -> Origin:
        """The record in hand as an origin."""
        return Origin(f"{self.origin.where} record at {self.at}", given=given if given else self.origin.given)

    def sessions(self) -> Iterator[Article | Skipped]:
        """The articles, reading taken up again behind each damaged part."""
        self.packed, dictionary = packing(self.stream)
        prefix = b""
        for _ in range(REPAIRS):
            tape = Tape(self.stream, self.origin.where, self.start, prefix)
            source = Unpacked(tape, self.packed) if self.packed in ("zstd", "lz4") else tape
            fault: Exception | None = None
            try:
                yield from self.records(source, tape)
            except (OSError, _Damage) as error:
                fault = error
            fault = fault if self.packed else self.trace(fault)
            if fault is None:
                self.check_end(tape)
                return
            if self.last or not self.start:  # of one damaged part is told once
                yield self.origin_at().skipped(self.damage(fault))
            after = source.frame + 1 if isinstance(source, Unpacked) else self.behind()
            start = following(self.stream, self.packed, max(self.start + 1, after, len(dictionary)))
            if start is None:
                return
            self.start, self.last, prefix = start, None, dictionary
        raise FormatError("damaged all over", where=self.origin.where, do="get it anew; what came before was read")

    def records(self, source: Tape | Unpacked, tape: Tape) -> Iterator[Article | Skipped]:
        """The articles up to the end or to damage, which raises OSError or _Damage."""
        from fastwarc import ArchiveIterator, WarcRecordType

        response, resource, conversion = WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion
        # Of a plain file fastwarc passes over the other records itself; packed ones have to be watched.
        kinds = WarcRecordType.any_type if self.packed else response | resource | conversion
        packed, most = bool(self.packed), self.settings.max_bytes
        if packed:
            source.expect(0)
        buffer = STEP if packed else CHUNK
        for record in ArchiveIterator(source, kinds, parse_http=False, max_header_len=HEAD, buffer_size=buffer):
            self.last = record
            kind, size, media = record.record_type, 0, ""
            if packed:
                size = record.content_length
                source.expect(size)
                if not size:
                    _measured(record)
            if kind is response or kind is resource or kind is conversion:
                media = self.media(record, kind is response)
            if not (packed or media):
                continue
            if media and record.content_length > most:
                yield self.too_large(record)
                media = ""
            elif media:
                item = self.item(record, media)
                if item is not None:
                    yield item
            if packed:
                self.grow(size if media else self.leave(record, tape), tape)

    def leave(self, record: WarcRecord, tape: Tape) -> int:
        """Pass over a record, in parts if it is large, so that a bomb is noticed; the bytes of its last part."""
        left = record.content_length
        while left > FREE:
            passed = record.consume(FREE)
            if passed < FREE:
                self.cut()
            self.grow(passed, tape)
            left -= passed
        if record.consume() < left:
            self.cut()
        return left

    def grow(self, size: int, tape: Tape) -> None:
        """Count what was unpacked, and raise if that is more than an archive grows to."""
        self.grown += size
        if self.grown > FREE and self.grown > RATIO * tape.at:
            bomb(str(self.origin_at()))

    def trace(self, fault: Exception | None) -> Exception | None:
        """Go from the last record that was looked at to the end of a plain file, or to its damage, which is given.

        Raises :class:`FormatError` where the file breaks off in a record.
        """
        from fastwarc import ArchiveIterator

        try:
            tape = Tape(self.stream, self.origin.where, self.at)
            for record in ArchiveIterator(tape, parse_http=False, max_header_len=HEAD):
                self.last = record
                size = record.content_length
                if not size:
                    _measured(record)
                if record.consume() < size:
                    self.cut()
        except (OSError, _Damage) as error:
            return error
        return fault

    def behind(self) -> int:
        """The first byte at which something else than the record in hand may begin."""
        if self.last is None or self.packed:
            return self.at + 1
        # What stands inside of a record is a page's, and might pretend to be another record.
        head = sum(len(key) + len(value) + 4 for key, value in self.last.headers.items_bytes())
        length = self.last.headers.get("Content-Length") or ""
        return self.at + head + len("WARC/1.0\r\n\r\n") + (int(length) if _LENGTH.fullmatch(length) else 0)

    def check_end(self, tape: Tape) -> None:
        """Raise if the archive is empty, or breaks off where fastwarc does not tell."""
        if not tape.at:
            raise EmptyError("an empty file", where=self.origin.where, do="get it anew")
        if self.packed == "gzip" and ends_early(self.stream, self.at):
            self.cut()

    def cut(self) -> NoReturn:
        """Raise the error of an archive that ends too early."""
        do = "get it anew; what came before was read"
        raise FormatError("the archive breaks off in this record", where=str(self.origin_at()), do=do)

    def damage(self, fault: Exception) -> FormatError:
        """What is told of a damaged part."""
        if self.last is None and not self.start:
            do = "give a .warc; what was an ARC file is made one by `warcio recompress`"
            return FormatError(f"it does not begin as a web archive ({fault})", where=self.origin.where, do=do)
        do = "get it anew; what can be read is read"
        return FormatError(f"damaged here or behind it ({fault})", where=str(self.origin_at()), do=do)

    def media(self, record: WarcRecord, answer: bool) -> str:
        """``html`` or ``text``, nothing for what is passed over, ``?`` where the record does not tell."""
        if not answer:
            declared = record.headers.get("Content-Type")
        elif record.is_http:
            record.parse_http("none", HTTP_HEAD, True)
            if record.http_headers.status_code != 200:
                self.passed.statuses += 1
                return ""
            declared = record.http_content_type
        else:
            declared = "none of HTTP"
        declared = declared or ""
        media = MEDIA.get(declared) or MEDIA.get(declared.partition(";")[0].strip().lower(), "")
        if not media:
            self.passed.media += 1
        return media

    def too_large(self, record: WarcRecord) -> Skipped:
        """The record as one that is not read."""
        origin = self.origin_at(_target(record))
        return origin.skipped(too_large(self.settings.max_bytes, str(origin)))

    def item(self, record: WarcRecord, media: str) -> Article | Skipped | None:
        """The article of a page or a text; None for one that is passed over after all."""
        if not record.content_length:
            _measured(record)
        payload = record.reader.read(record.content_length)
        if len(payload) < record.content_length:
            self.cut()
        url = _target(record)
        origin = self.origin_at(url)
        if url and _NO_NEWS.match(url):
            self.passed.media += 1
            return None
        try:
            data = _body(record, payload, self.settings.max_bytes, str(origin))
            if media == "?":
                media = "html" if _PAGE.match(data) else ""
            if not media or mark(data[:HEAD_OF_BODY]) or is_feed(data[:HEAD_OF_BODY]):
                self.passed.media += 1
                return None
            return self.page(record, data, url, origin) if media == "html" else self.text(record, data, url, origin)
        except MarsadError as error:
            return origin.skipped(error)

    def page(self, record: WarcRecord, data: bytes, url: str | None, origin: Origin) -> Article:
        """The article of a page."""
        from marsad.read.pages.html import page

        fetched = _fetched(record)
        day = fetched.date() if fetched else None  # no page was published after it was got
        text, facts = page(data, str(origin), charset=_charset(record), url=url, now=day)
        facts = replace(facts, url=_address(url, facts.url))
        return replace(article(text, facts, origin, self.settings, drawn=True), fetched=fetched)

    def text(self, record: WarcRecord, data: bytes, url: str | None, origin: Origin) -> Article:
        """The article of a plain text, whose first line may be its title."""
        text = text_of(data, str(origin), declared=_charset(record))
        first, _, rest = text.partition("\n")
        languages = record.headers.get("WARC-Identified-Content-Language") or ""
        language = languages.partition(",")[0].strip().lower()
        facts = Facts(
            # Common Crawl writes the title of the page, if it has one, into the first line, with no blank one after it.
            heading=heading(f"{first}\n\n{rest}" if _is_drawn(record) else text),
            url=url,
            language=_LANGUAGES.get(language, language) or None,
        )
        same = text.encode("utf-8", "surrogatepass") == data
        return replace(article(text, facts, origin, self.settings, drawn=not same), fetched=_fetched(record))


def _measured(record: WarcRecord) -> None:
    """Raise for an empty record that is not said to be one: its head is damaged, or cut off."""
    if not record.headers.get("Content-Length"):
        raise _Damage("a record that does not say how long it is")


def _is_drawn(record: WarcRecord) -> bool:
    """Whether this is a text that was drawn out of a page, as all of WET are."""
    return (record.headers.get("WARC-Type") or "") == "conversion"


def _body(record: WarcRecord, payload: bytes, limit: int, where: str) -> bytes:
    """The body as it was meant. Raises :class:`FormatError` where it is not all in this record, or damaged."""
    if record.headers.get("WARC-Segment-Number"):
        raise FormatError("a page in several records", where=where, do="leave it out, or join its records")
    if not record.is_http_parsed:
        return payload
    head = record.http_headers
    return unwrapped(
        payload, head.get_multiple("Transfer-Encoding"), head.get_multiple("Content-Encoding"), limit, where
    )


def _charset(record: WarcRecord) -> str | None:
    """The charset that the answer's head, or the record's, names."""
    if record.is_http_parsed:
        return (record.http_charset or "").strip(" \"'") or None
    named = _CHARSET.search(record.headers.get("Content-Type") or "")
    return named[1] if named else None


def _target(record: WarcRecord) -> str | None:
    """The address that the record is of."""
    written = (record.headers.get("WARC-Target-URI") or "").strip("<> ")  # wget once put it into <>
    return _UNFIT.sub(lambda found: f"%{ord(found[0]):02X}", written) or None


def _host(url: str) -> str:
    """The host, without what sites put before it for phones and browsers."""
    with suppress(ValueError):
        return _BEFORE_HOST.sub("", urlsplit(url).hostname or "")
    return ""


def _address(target: str | None, canonical: str | None) -> str | None:
    """The address that the page gives itself, if that is one of the same host, else the target."""
    return canonical if canonical and (not target or _host(canonical) == _host(target)) else target


def _fetched(record: WarcRecord) -> datetime | None:
    """The date of the record in UTC; None where it is none."""
    with suppress(ValueError, OverflowError):
        date = datetime.fromisoformat(record.headers.get("WARC-Date") or "")
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    return None
