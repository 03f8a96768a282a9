"""One text and what is known about it, as an :class:`Article`: the only place that makes them from input."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marsad.errors import EmptyError, EncodingError, FormatError, LanguageError, MarsadError
from marsad.identity import article_id
from marsad.settings import Settings
from marsad.text import language as language_of
from marsad.types import Article, Skipped, Span

#: The languages with published figures, all that `strict_language` lets through.
MEASURED = frozenset({"ar", "en"})

#: Years of publication: what lies outside is another calendar, or a slip.
EARLIEST, LATEST = 1800, 2200

#: Longest first line, in code points, that is taken for a headline.
HEADLINE = 200

_END_OF_LINE = re.compile(r"[ \t]*+(?:[\r\n]|\Z)")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article came from: a file or stream, the line in it, and the name that the input gave it."""

    where: str
    line: int | None = None
    given: str | int | None = None
    #: A byte order mark stood before the text, which a reader of the input may count.
    marked: bool = False

    def __str__(self) -> str:
        return self.where if self.line is None else f"{self.where}, line {self.line}"

    def skipped(self, error: MarsadError) -> Skipped:
        """The reason why there is no article, as a value for the stream."""
        return Skipped(code=error.code, message=str(error), given=self.given, line=self.line, where=self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an input says about its text. ``heading`` is a title that the text holds, ``title`` one beside it.

    ``published`` is an ISO day, or a time with the offset that was written; ``zone`` is the IANA time zone of the
    source, where it is known: a time with an offset is then told as the calendar day there.
    """

    title: str | None = None
    heading: Span | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    published_from: str | None = None
    language: str | None = None
    zone: str | None = None


def _day(value: str | None, zone: str | None, origin: Origin) -> date | None:
    """The calendar day of an ISO date or date and time, in ``zone`` if it is known, else as it was written."""
    if not value or not value.strip():
        return None
    written = value.strip()
    at: datetime | None
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        at = _read_day(written)
    if at is None or not EARLIEST <= at.year <= LATEST:
        raise FormatError(
            f"published is {value[:40]!r}, no date", where=str(origin), do="write it as 2025-09-16 or leave it out"
        )
    if zone and at.tzinfo:
        with suppress(ZoneInfoNotFoundError, ValueError):  # no such zone
            return at.astimezone(ZoneInfo(zone)).date()
    return at.date()


def _read_day(written: str) -> datetime | None:
    """The day of a date that is not written as ISO 8601 has it: «5 مارس 2026», 2026/03/05, a Hijri one."""
    from marsad.read.pages.published import iso

    found = iso(written)
    return datetime.fromisoformat(found) if found else None


def _whole(text: str, facts: Facts) -> tuple[str, Span | None]:
    """The article's text and the range of its title: title, blank line, body, unless the text begins with it."""
    title = facts.title
    if not title or title.isspace():
        return text, facts.heading
    if text.startswith(title) and _END_OF_LINE.match(text, len(title)):
        return text, Span(0, len(title))
    return f"{title}\n\n{text}", Span(0, len(title))


def _code(facts: Facts, text: str) -> str:
    given = re.split("[-_]", (facts.language or "").strip().lower(), maxsplit=1)[0]
    return given or language_of(text)


def accept(language: str, where: str, settings: Settings) -> None:
    """Raise :class:`LanguageError` for a language without published figures, if ``strict_language`` is set."""
    if settings.strict_language and language not in MEASURED:
        raise LanguageError(
            f"the language is {language!r}, neither Arabic nor English",
            where=where,
            do="leave out --strict-language (strict_language) to have it coded and marked as unmeasured",
        )


def article(text: str, facts: Facts, origin: Origin, settings: Settings, *, drawn: bool = False) -> Article:
    """The article of ``text``, which stays as it is; ``drawn`` where that is not what the input holds.

    Raises :class:`EncodingError` (NULs, lone surrogates), :class:`EmptyError`, :class:`FormatError` (a date that is
    none) and, under ``strict_language``, :class:`LanguageError`.
    """
    where = str(origin)
    body = text
    text, title = _whole(body, facts)
    if "\0" in text:
        raise EncodingError(
            f"a NUL at code point {text.index(chr(0))}", where=where, do="give text: this looks like binary data"
        )
    if broken := _SURROGATE.search(text):
        raise EncodingError(
            f"half a surrogate pair at code point {broken.start()}", where=where, do="write it as UTF-8"
        )
    if not text or text.isspace():
        raise EmptyError("no text in it", where=where, do="give an article with words")
    language = _code(facts, text)
    accept(language, where, settings)
    return Article(
        id=article_id(text, facts.url, facts.source),
        text=text,
        title=title,
        url=facts.url,
        source=facts.source,
        author=facts.author,
        published=_day(facts.published, facts.zone, origin),
        published_from=facts.published_from if facts.published else None,
        language=language,
        given=origin.given,
        drawn=drawn or origin.marked or text != body,
    )


def heading(text: str) -> Span | None:
    """The range of a headline: a short first line without a full stop, with a blank line and more text after it.

    >>> heading("الوزير في بغداد\\n\\nزار الوزير بغداد أمس.")
    Span(start=0, stop=15)
    >>> heading("زار الوزير بغداد أمس.\\n\\nوعاد.") is None
    True
    """
    start = len(text) - len(text.lstrip())
    stop = text.find("\n", start)
    if stop < 0 or stop - start > HEADLINE:
        return None
    line = text[start:stop].rstrip()
    below = text[stop + 1 :]
    blank = below.find("\n")
    if not line or line.endswith(".") or blank < 0 or below[:blank].strip() or not below[blank:].strip():
        return None
    return Span(start, start + len(line))
