"""What is read: articles, where they are from, and what was found in a text before it is coded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from marsad.types.labels import Precision, SourceKind


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points.

    >>> Span(3, 8).of("في بغداد")
    'بغداد'
    """

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"a span needs 0 <= start <= stop, got {self.start}..{self.stop}")

    def of(self, text: str) -> str:
        """The characters that the span names in ``text``."""
        return text[self.start : self.stop]

    def shift(self, by: int) -> Span:
        """The same span ``by`` code points further on."""
        return Span(self.start + by, self.stop + by)

    def overlap(self, other: Span) -> int:
        """How many code points both spans share."""
        return max(0, min(self.stop, other.stop) - max(self.start, other.start))

    def __len__(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text as it was published. ``text`` is title, blank line, body, and is never changed.

    ``id`` is Marsad's own (a digest of address, or source, and text); ``given`` is what the input called it.
    ``drawn``: the text is not what the input holds, but was taken out of a page, joined with its title, freed of marks.
    ``published_from`` says why that date (:data:`PUBLISHED_FROM`); ``fetched`` is when the page was got, in UTC, and is
    never taken for the date. ``replaces`` is the id of the version before at the same address.
    """

    id: str
    text: str
    title: Span | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: date | None = None
    published_from: str | None = None
    language: str = "ar"
    given: str | int | None = None
    drawn: bool = False
    fetched: datetime | None = None
    replaces: str | None = None


#: Where the date of an article may be from, the surest first; the reason is kept with the article.
PUBLISHED_FROM: dict[str, str] = {
    "input": "the input says so: the field `published` of a JSON object, a column of a table",
    "json-ld": "`datePublished` in the page's JSON-LD",
    "meta": "a meta element of the page's head, such as `article:published_time`",
    "time": "the `datetime` of a time element that the page marks as its date of publication",
    "feed": "the entry of the feed that led to the page",
    "byline": "a date written near the headline, read by Marsad's own dates",
    "address": "year, month and day in the address",
    "file": "the properties of a document (.docx, .pdf)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An input that gave no Coding, and why. ``line`` counts from 1 within ``where``."""

    code: str
    message: str
    given: str | int | None = None
    line: int | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One that publishes. ``id`` is the host of its address without ``www.``, else its name as the input gave it.

    ``country`` is an ISO 3166 alpha-3 code, ``zone`` an IANA time zone: days are calendar days there. ``feed`` is the
    address that is followed from round to round while ``enabled``; None for one that is only known.
    """

    id: str
    name: str = ""
    country: str | None = None
    kind: SourceKind | None = None
    owner: str | None = None
    zone: str | None = None
    url: str | None = None
    feed: str | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchState:
    """What is remembered of an address between two fetches. All times are in UTC.

    ``fetched`` is the last try, ``succeeded`` the last that gave the page or said that it had not changed, ``after``
    the time before which the address must not be asked again (``Retry-After``, growing delays after failures).
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    fetched: datetime | None = None
    succeeded: datetime | None = None
    after: datetime | None = None
    status: int | None = None
    failures: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A phrase that names days: from ``first`` to ``last``, both inside, as exactly as ``precision`` says.

    ``rule`` is the id of the rule that read it («أمس»: ``day.relative``).
    """

    span: Span
    first: date
    last: date
    precision: Precision
    rule: str

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a time needs first <= last, got {self.first}..{self.last}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number with what it counts: money, people and things, shares.

    ``low`` and ``high`` bound it, the same where it is exact; None is an open end («أكثر من 300»: 300, None).
    ``unit`` is an ISO 4217 code for money, ``percent``, ``count``, or a unit of measure (``km``, ``barrel``, ``year``
    …); ``of`` is what is counted, as the text has it.
    """

    span: Span
    low: float | None
    high: float | None
    unit: str
    of: str | None = None
