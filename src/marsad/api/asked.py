"""What may be asked in an address: the filters of the command line under the same names, days, pages, whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal, TypeVar

from fastapi import Depends, Path, Query, Request
from fastapi.dependencies.utils import get_flat_params
from pydantic import AfterValidator

from marsad.api.problems import Refused, asked_in
from marsad.desk import Desk
from marsad.desk.questions import asked as given
from marsad.identity import state_of
from marsad.knowledge import using
from marsad.store.where import Where
from marsad.types import EventType, Outcome, Voice

T = TypeVar("T")
#: Most items of a page, and most values of one filter.
MOST, VALUES = 200, 20
#: The first day that is asked about, and how far ahead of today the last may lie.
FIRST, AHEAD = date(1900, 1, 1), timedelta(3 * 366)
#: Most periods of a series: ten years of days.
PERIODS = 3_700
#: Days of a period, at least.
LENGTHS = {"day": 1, "week": 7, "month": 28}


def _text(value: str) -> str:
    if "\0" in value:
        raise ValueError("a text without NUL is needed")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("a text without half a surrogate pair is needed") from None
    return value


#: A text that can be kept and asked for.
Text = Annotated[str, AfterValidator(_text)]
Words = Annotated[Text, Query(max_length=200)]
Lang = Annotated[
    Literal["ar", "en"] | None, Query(description="The language of what Marsad says; else that of the settings.")
]
By = Annotated[Literal["day", "week", "month"], Query(description="Length of a period.")]
Since = Annotated[Text | None, Query(max_length=20, description="From this day on (2026-03-05, 2026-03, 2026).")]
Until = Annotated[Text | None, Query(max_length=20, description="Up to this day.")]
Id = Annotated[Text, Path(max_length=200, description="An id, or its beginning (four characters will do).")]
WhoPath = Annotated[
    Text, Path(max_length=200, description="An id (RUS.GOV.MFA), a country or a name, in Arabic or English.")
]
_Many = list[Annotated[Text, Query(max_length=200)]]


def desk_of(request: Request) -> Desk:
    """The desk that is asked."""
    desk: Desk = request.app.state.desk
    return desk


#: What an endpoint asks for.
Asks = Annotated[Desk, Depends(desk_of)]


def language(desk: Desk, lang: str | None) -> str:
    """The language of an answer."""
    return lang or desk.settings.lang


def known(request: Request) -> None:
    """Refuse a parameter that an address does not have: left unread it would look like one that restricts."""
    route = request.scope.get("route")
    dependant = getattr(route, "dependant", None)
    if dependant is None or request.method != "GET":
        return
    names = {field.alias for field in get_flat_params(dependant)}
    for name in request.query_params:
        if name not in names:
            listed = ", ".join(sorted(field.alias for field in get_flat_params(dependant)))
            raise Refused(422, "request", f"no parameter {name[:60]!r}", where="query", do=f"give one of: {listed}")


def limited(limit: int, most: int = MOST) -> int:
    """A number of items that one answer may have."""
    return max(1, min(limit, most))


@dataclass(frozen=True, slots=True)
class Paged:
    """Which page of a list."""

    after: Annotated[Text | None, Query(max_length=60, description="Where the page before ended: its `after`.")] = None
    limit: Annotated[int, Query(ge=1, le=MOST, description="Most items of the page.")] = 50


Page = Annotated[Paged, Depends()]


def day(written: str | None, name: str, *, last: bool = False) -> date | None:
    """The day that a parameter names. Raises :class:`Refused` for one that nobody asks about."""
    if written is None or not written.strip():
        return None
    with asked_in(name):
        found = given.day(written, last=last)
    if found < FIRST or found > datetime.now(UTC).date() + AHEAD:
        raise Refused(422, "request", f"{written[:20]!r} is no day that is asked about", where=name,
                      do=f"give one from {FIRST} on, and not years ahead")  # fmt: skip
    return found


def at(written: str | None, name: str) -> datetime | None:
    """The moment that a parameter names: a time of ISO 8601 (UTC where it has no zone), else the begin of a day."""
    if written is None or not written.strip():
        return None
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        begin = day(written, name)
        assert begin
        found = datetime(begin.year, begin.month, begin.day, tzinfo=UTC)
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    if not FIRST.year <= found.year <= 9000:
        raise Refused(422, "request", f"{written[:40]!r} is no time that is asked about", where=name)
    return found.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are asked about."""

    since: date | None
    until: date | None


def _span(since: Since = None, until: Until = None) -> Span:
    found = Span(day(since, "since"), day(until, "until", last=True))
    if found.since and found.until and found.since > found.until:
        raise Refused(422, "request", f"since {found.since} is later than until {found.until}", where="since")
    return found


Days = Annotated[Span, Depends(_span)]


def periods(desk: Desk, span: Span, by: str) -> None:
    """Refuse a span that has more periods than a series is made of."""
    if span.since:
        days = ((span.until or desk.now().astimezone(UTC).date()) - span.since).days
        if days // LENGTHS[by] > PERIODS:
            raise Refused(422, "request", f"more than {PERIODS} periods", where="by", do="ask by month, or for less")


def whom(desk: Desk, written: str, name: str, on: date | None = None) -> str:
    """The id of who is meant."""
    with asked_in(name), using(desk.settings.knowledge):
        return given.whom(desk, written, on)[0]


def different(desk: Desk, names: dict[str, str], on: date | None) -> list[str]:
    """The ids of who is meant, by the parameter that names them. Raises where one stands there twice."""
    found = {name: whom(desk, written, name, on) for name, written in names.items()}
    ids = list(found.values())
    for name, one in found.items():
        if ids.count(one) > 1:
            raise Refused(422, "request", f"{one} stands there twice", where=name, do="give different ones")
    return ids


def warner(desk: Desk, written: str | None, pair: list[str], on: date | None) -> str | None:
    """Whose warnings stand beside a pair; by the setting nobody's where that is one of the pair itself."""
    sides = {state_of(one) for one in pair}
    if written:
        found = state_of(whom(desk, written, "sanctioner", on))
        if found in sides:
            raise Refused(422, "request", f"{found} is one of the two", where="sanctioner", do="give another side")
        return found
    usual = desk.settings.sanctioner
    return None if usual in sides else usual or None


_WHO = "an id (RUS.GOV.MFA), a country or a name; may be repeated"
_Who = Annotated[_Many | None, Query(max_length=VALUES, description=_WHO)]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which events are asked for: the filters of `marsad events`, under the same names."""

    actor: Annotated[_Many | None, Query(max_length=VALUES, description=f"Who did it: {_WHO}.")] = None
    recipient: Annotated[_Many | None, Query(max_length=VALUES, description="To whom, or with whom.")] = None
    party: Annotated[_Many | None, Query(max_length=VALUES, description="Who takes part, on either side.")] = None
    speaker: Annotated[_Many | None, Query(max_length=VALUES, description="Whose words they are.")] = None
    country: Annotated[
        Text | None, Query(max_length=200, description="A party or the place is of it (IRQ, Iraq, العراق).")
    ] = None
    type: Annotated[list[EventType] | None, Query(max_length=VALUES, description="Of this type.")] = None
    mode: Annotated[_Many | None, Query(max_length=VALUES, description="Of this mode (visit, arrest …).")] = None
    status: Annotated[list[Outcome] | None, Query(max_length=VALUES, description="Whether it happened.")] = None
    voice: Annotated[list[Voice] | None, Query(max_length=VALUES, description="In whose words.")] = None
    about: Annotated[Text | None, Query(max_length=64, description="About this event: its denial, a threat.")] = None
    since: Since = None
    until: Until = None
    source: Annotated[_Many | None, Query(max_length=VALUES, description="From this source.")] = None
    language: Annotated[
        list[Annotated[str, Query(pattern=r"^[a-z]{2,3}$|^other$")]] | None,
        Query(max_length=VALUES, description="From articles in this language (ar, en)."),
    ] = None
    withdrawn: Annotated[bool, Query(description="Also what replaced versions of articles say.")] = False

    def where(self, desk: Desk) -> Where:
        """The question that they ask of a store. Raises :class:`Refused` for what it does not know."""
        since, until = day(self.since, "since"), day(self.until, "until", last=True)
        on = until or since

        def each(name: str, look: Callable[[str], str]) -> tuple[str, ...]:
            found = []
            for one in getattr(self, name) or ():
                with asked_in(name):
                    found.append(look(one))
            return tuple(dict.fromkeys(found))

        def who(name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(whom(desk, one, name, on) for one in getattr(self, name) or ()))

        with asked_in("country"):
            country = given.state(self.country) if self.country else None
        with asked_in("about"):
            about = desk.event(self.about).id if self.about else None
        return Where(
            actors=who("actor"),
            recipients=who("recipient"),
            parties=who("party"),
            speakers=who("speaker"),
            country=country,
            types=tuple(self.type or ()),
            modes=each("mode", given.mode),
            statuses=tuple(self.status or ()),
            voices=tuple(self.voice or ()),
            about=about,
            since=since,
            until=until,
            sources=each("source", lambda name: given.source(desk, name)),
            languages=tuple(self.language or ()),
            withdrawn=self.withdrawn,
        )


Filtered = Annotated[Filters, Depends()]
