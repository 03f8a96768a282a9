"""The date of a page and why that date, from the surest source that the page has. Pure: no clock, no network.

The sources in order are those of :data:`marsad.types.PUBLISHED_FROM`: linked data, a meta element, a marked time, the
line under the headline (:mod:`.byline`), the address. The date of the fetch is never one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

from marsad.read.pages.byline import UPDATED, byline, headline
from marsad.read.pages.linked import Linked
from marsad.read.pages.survey import Stamp, Survey
from marsad.text import dates
from marsad.types import Precision

#: Years that a page can be of; those of an address, where any eight figures may stand.
YEARS, ADDRESS_YEARS = range(1901, 2101), range(1990, 2101)
#: How far a date may lie after today: the zone of the source, and a clock that is wrong.
AHEAD = timedelta(days=2)
#: Names of meta elements that hold the date of publication, the more exact first.
META = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "article:publish_time", "datepublished", "rnews:datepublished", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dc.date.published", "publish-date", "publish_date", "publishdate",
    "published_date", "publication_date", "publication-date", "publicationdate", "published_time", "published",
    "pubdate", "pub_date", "article.published", "article_date_original", "citation_publication_date",
    "citation_date", "cxenseparse:recs:publishtime", "bt:pubdate", "dc.date", "dcterms.date", "dc:date",
    "dcterms.created", "dc.date.created", "date",
)  # fmt: skip
#: What an element is marked with that holds the date of publication.
_MARKED = re.compile(
    r"datepublished|pubdate|\bdc:date\b|\bdcterms:(?:issued|date)\b|dc:issued|published_time|"
    r"(?:\A|[\s_-])(?:published|entry-date|post-date|publish-date|date-published|publish-time)(?:\Z|[\s_-])"
)
#: How many lines after the headline a time that is not marked may stand; how many before and after it one that is.
_NEAR, _ROUND = 8, (-6, 14)

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:T|\s|,)\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")
_FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:\D.*)?", re.DOTALL)
#: Zones of Arabia and of the Atlantic, of India and Ireland, and the like, that RFC 822 takes for American.
_TWOFOLD = re.compile(r"\b(?:AST|ADT|IST|CST|BST|GST)\b")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_YEAR = re.compile(r"(?<!\d)(?:1[2-9]|20|21)\d{2}(?!\d)")
_NOWHERE = date(2000, 1, 1)  # dates without a year are not taken: no matter which day they would count from

_SLASHED = re.compile(r"/(\d{4})/(?:[A-Za-z_-]{1,40}/)?(\d{1,2}|[a-z]{3})/(\d{1,2})(?=[/._-]|\Z)", re.IGNORECASE)
_DASHED = re.compile(r"(?<!\d)(\d{4})([-_])(\d{1,2})\2(\d{1,2})(?!\d)")
_RUN = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}


def _day(year: str | int, month: str | int, day: str | int, years: range = YEARS) -> date | None:
    """The day, if it is one of the calendar in ``years``. The first day of computers (1970-01-01) is none."""
    with suppress(ValueError):
        found = date(int(year), int(month), int(day))
        if found.year in years and found != date(1970, 1, 1):
            return found
    return None


def _stamped(parts: Iterable[str | None]) -> str | None:
    """An ISO date, with its time and offset if they are given, of year, month, day, hour, minute, second, offset."""
    year, month, day, hour, minute, second, offset = parts
    found = _day(year or 0, month or 0, day or 0)
    if found is None or hour is None or minute is None:
        return found.isoformat() if found else None
    with suppress(ValueError):
        at = datetime(found.year, found.month, found.day, int(hour), int(minute), int(second or 0))
        if offset and offset[0] in "+-":
            offset = f"{offset[:3]}:{offset[-2:]}"
        return at.isoformat() + (offset if offset and offset[0] in "+-" else "Z" if offset else "")
    return found.isoformat()


def iso(written: str) -> str | None:
    """The ISO date, or date and time with the offset as written, that a field of metadata holds; None for none.

    ISO 8601 and its neighbours, RFC 822, seconds since 1970, dates in Arabic and English words. A date in figures that
    may be read in two ways («05/06/2025») is none.

    >>> iso("Tue, 16 Sep 2025 10:00:00 +0300"), iso("2025-09-16 08:00"), iso("16/09/2025"), iso("05/06/2025")
    ('2025-09-16T10:00:00+03:00', '2025-09-16T08:00:00', '2025-09-16', None)
    """
    text = written.strip()[:100].translate(_DIGITS)
    for pattern in (_ISO, _COMPACT):
        if match := pattern.match(text) if pattern is _ISO else pattern.fullmatch(text):
            return _stamped(match.groups())
    if _EPOCH.fullmatch(text):
        at = datetime.fromtimestamp(int(text[:10]), UTC)
        return at.isoformat() if at.year in ADDRESS_YEARS else None
    if match := _FIGURES.fullmatch(text):
        first, _, second, year = match.groups()
        if int(first) <= 12 and int(second) <= 12 and first != second:
            return None
        found = _day(year, second, first) or _day(year, first, second)
        return found.isoformat() if found else None
    return _rfc822(text) or _in_words(text)


def _rfc822(text: str) -> str | None:
    """A date of mail and HTTP, and of scripts («GMT+0300»); the offset of a zone with two meanings is left out."""
    if not re.search(r"[A-Za-z]{3}.*\d\d:\d\d", text):
        return None
    try:
        at = parsedate_to_datetime(re.sub(r"(?:GMT|UTC)(?=[+-]\d)", "", text).partition("(")[0])
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if _TWOFOLD.search(text):
        at = at.replace(tzinfo=None)
    return at.isoformat() if _day(at.year, at.month, at.day) else None


def _in_words(text: str) -> str | None:
    """The one day that is written in words, with its year."""
    if not _YEAR.search(text):
        return None
    days = {
        found.first
        for found in dates(text, on=_NOWHERE)
        if found.first == found.last and found.precision is Precision.DAY and _YEAR.search(found.span.of(text))
    }
    one = days.pop() if len(days) == 1 else None
    return one.isoformat() if one and _day(one.year, one.month, one.day) else None


def address_date(url: str | None) -> str | None:
    """The day in the path of an address: ``/2025/09/16/``, ``2025-09-16``, ``20250916``.

    >>> address_date("https://example.org/news/2025/9/16/visit"), address_date("https://example.org/20251399")
    ('2025-09-16', None)
    """
    try:
        path = unquote(urlsplit(url or "").path).translate(_DIGITS)
    except ValueError:
        return None
    found: Iterator[tuple[str, str, str]] = (
        groups
        for groups in (
            *((m[1], str(_MONTH.get(m[2].lower(), m[2])), m[3]) for m in _SLASHED.finditer(path)),
            *((m[1], m[3], m[4]) for m in _DASHED.finditer(path)),
            *((m[1], m[2], m[3]) for m in _RUN.finditer(path)),
        )
        if groups[1].isdigit()
    )
    return next((day.isoformat() for parts in found if (day := _day(*parts, ADDRESS_YEARS))), None)


def _from_linked(linked: list[Linked], url: str | None, title: str | None) -> str | None:
    """The date that linked data gives: of the object about this very address or headline, else of the first."""
    dated = [(one, found) for one in linked if one.published and (found := iso(one.published))]
    here = (url or "").split("?")[0].rstrip("/")

    def other(pair: tuple[Linked, str]) -> tuple[bool, bool]:
        one = pair[0]
        same = bool(here and one.url.split("?")[0].rstrip("/") == here) or bool(title and one.headline == title)
        return not one.is_article, not same

    return min(dated, key=other)[1] if dated else None


def _from_meta(seen: Survey, at: int | None) -> str | None:
    """The date of a meta element: of the head by its name, or one in the text that the page marks."""
    named = (found for name in META if (value := seen.meta.get(name)) and (found := iso(value)))
    if found := next(named, None):
        return found
    return _nearest(_own([stamp for stamp in seen.stamps if stamp.element == "meta"], at), at)


def _own(stamps: list[Stamp], at: int | None) -> list[Stamp]:
    """Those that are marked as a date of publication and are the page's own: near its headline, or the only one."""
    marked = [stamp for stamp in stamps if _MARKED.search(stamp.marks) and not stamp.aside]
    near = [stamp for stamp in marked if at is not None and _ROUND[0] <= stamp.at - at <= _ROUND[1]]
    return near or (marked if len({stamp.value[:10] for stamp in marked}) == 1 else [])


def _nearest(stamps: list[Stamp], at: int | None) -> str | None:
    """The date of the stamp that stands nearest to the headline."""
    dated = [(stamp, found) for stamp in stamps if (found := iso(stamp.value))]
    return min(dated, key=lambda pair: abs(pair[0].at - (at or 0)))[1] if dated else None


def _from_time(seen: Survey, at: int | None) -> str | None:
    """The date of an element that the page marks as that of publication, else of a time just under the headline."""
    times = [stamp for stamp in seen.stamps if stamp.element != "meta" and not UPDATED.search(stamp.marks)]
    if found := _nearest(_own(times, at), at):
        return found
    if at is None:
        return None
    near = [stamp for stamp in times if stamp.element == "time" and not stamp.aside and at < stamp.at <= at + _NEAR]
    told = [stamp for stamp in near if not _updated(seen, stamp)]
    return _nearest(told, at)


def _updated(seen: Survey, stamp: Stamp) -> bool:
    """Whether the line that the time stands in, or the one before it, says that the page was changed then."""
    lines = seen.blocks[max(0, stamp.at - 1) : stamp.at + 1]
    return any(UPDATED.search(line.words) and len(line.words) < 80 for line in lines)


def page_date(
    seen: Survey,
    linked: list[Linked],
    *,
    url: str | None = None,
    title: str | None = None,
    now: date | None = None,
) -> tuple[str, str] | None:
    """The date of publication of a page and where it is from, a key of ``PUBLISHED_FROM``; None where there is none.

    An ISO date, or date and time with the offset as written. ``now`` refuses what lies more than :data:`AHEAD` after
    it. A byline that counts from the time of reading («منذ ساعتين») is none.
    """
    at = headline(seen.blocks, title)
    sources: tuple[tuple[str, Callable[[], str | None]], ...] = (
        ("json-ld", lambda: _from_linked(linked, url, title)),
        ("meta", lambda: _from_meta(seen, at)),
        ("time", lambda: _from_time(seen, at)),
        ("byline", lambda: byline(seen.blocks, at)),
        ("address", lambda: address_date(url)),
    )
    for reason, source in sources:
        found = source()
        if found and (now is None or date.fromisoformat(found[:10]) <= now + AHEAD):
            return found, reason
    return None
