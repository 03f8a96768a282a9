"""JSON lines and JSON documents, ``{"id", "text", "title"?, "url"?, "published"?, "language"?}``, as articles."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from marsad.errors import FormatError, MarsadError
from marsad.read.article import Facts, Origin, article
from marsad.read.chunks import lines, too_large
from marsad.settings import Settings
from marsad.types import Article, Skipped

_DO = 'give one object with a text: {"id": "1", "text": "…"}'
_DO_LINE = f"{_DO}; --format json is for one over several lines, --format text for no JSON at all"


class _Named(msgspec.Struct):
    """What is asked of an object that is no article: its name, so that the error can be told to whom it belongs."""

    id: str | int | None = None


class _Given(_Named, kw_only=True):
    """The fields that are read; whatever else an object holds is passed over unread."""

    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None


_given, _named = msgspec.json.Decoder(_Given), msgspec.json.Decoder(_Named)
_elements = msgspec.json.Decoder(list[msgspec.Raw])


def _name(data: bytes | msgspec.Raw) -> str | int | None:
    try:
        return _named.decode(data).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, msgspec.ValidationError):
        return str(error)
    return f"not JSON ({error})"


def parsed(
    data: bytes | msgspec.Raw, where: str, line: int | None, settings: Settings, do: str = _DO
) -> Article | Skipped:
    """The article of one JSON object, or why it is none and what to ``do``."""
    try:
        given = _given.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        origin = Origin(where, line, _name(data))
        return origin.skipped(FormatError(_why(error), where=str(origin), do=do))
    origin = Origin(where, line, given.id)
    facts = Facts(
        title=given.title,
        url=given.url,
        source=given.source,
        author=given.author,
        published=given.published,
        published_from="input",
        language=given.language,
    )
    try:
        return article(given.text, facts, origin, settings)
    except MarsadError as error:
        return origin.skipped(error)


def json_lines(parts: Iterator[bytes], where: str, settings: Settings) -> Iterator[Article | Skipped]:
    """The articles of a stream with one object a line, in order; blank lines are counted and passed over."""
    for number, line in enumerate(lines(parts, settings.max_bytes), start=1):
        if line is None:
            origin = Origin(where, number)
            yield origin.skipped(too_large(settings.max_bytes, str(origin)))
        elif line and not line.isspace():
            yield parsed(line, where, number, settings, _DO_LINE)


def json_document(data: bytes, where: str, settings: Settings) -> Iterator[Article | Skipped]:
    """The articles of a document: one object, or an array of them, whose elements are counted as lines are."""
    if not data.lstrip().startswith(b"["):
        yield parsed(data, where, None, settings)
        return
    try:
        elements = _elements.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(_why(error), where=where, do=_DO) from None
    for number, element in enumerate(elements, start=1):
        yield parsed(element, where, number, settings)
