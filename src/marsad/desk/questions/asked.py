"""What a person writes when asking a store, as what the store knows: days, states, actors, sources.

Shared by all who are asked: the command line, the API, the pages.
"""

from __future__ import annotations

import calendar
import difflib
from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol

from marsad.errors import FormatError, NotFoundError
from marsad.types import Article, Event, Occurrence, Source, Story

#: What an actor may be given as.
WHO = "an id (RUS.GOV.MFA), a country or a name"


class _Knows(Protocol):
    """A desk, as far as it is asked here."""

    def actors(self, under: str) -> list[str]:
        """The ids that the store has met."""
        ...

    def source(self, name: str) -> Source:
        """The source of this id, name or address."""
        ...


class _Finds(Protocol):
    """A desk, as far as it is asked here."""

    def event(self, id: str) -> Event: ...  # noqa: A002
    def article(self, id: str) -> Article: ...  # noqa: A002
    def act(self, id: str) -> Occurrence: ...  # noqa: A002
    def story(self, id: str) -> Story: ...  # noqa: A002


def day(written: str, *, last: bool = False) -> date:
    """A day, or of a month or a year its first or its ``last`` day. Raises :class:`FormatError`.

    >>> day("2026-03-05"), day("2026-02", last=True)
    (datetime.date(2026, 3, 5), datetime.date(2026, 2, 28))
    """
    parts = written.strip().split("-")
    try:
        year, month, number = [*map(int, parts), *[0] * (3 - len(parts))]
        month = month or (12 if last else 1) if len(parts) < 2 else month
        if len(parts) < 3:
            number = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, number)
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        raise FormatError(f"{written[:40]!r} is no day", do="write it like 2026-03-05, 2026-03 or 2026") from None


def state(written: str) -> str:
    """The code under which a state, or a body of states, is kept, from its code or name. Raises
    :class:`NotFoundError`.

    >>> state("العراق"), state("EU")
    ('IRQ', 'EU')
    """
    from marsad.knowledge.countries import NO_STATE, entry_of

    entry = entry_of(written.strip())
    if entry is None or entry.code in NO_STATE:
        raise NotFoundError(
            f"{written[:60]!r} is no country", do="give a code of three letters (IRQ) or a name (Iraq, العراق)"
        )
    return entry.code if entry.country in NO_STATE else entry.country


def mode(written: str) -> str:
    """A mode of any type. Raises :class:`NotFoundError`."""
    from marsad.knowledge import ontology

    word, known = written.strip().lower(), sorted({one for kind in ontology.types() for one in ontology.modes(kind)})
    if word not in known:
        near = difflib.get_close_matches(word, known, n=4) or known[:8]
        raise NotFoundError(f"{written[:60]!r} is no mode", do=f"give one such as {', '.join(near)}")
    return word


def source(desk: _Knows, name: str) -> str:
    """What a source is asked for by. Raises :class:`NotFoundError`."""
    found = desk.source(name)
    return name if name == found.name else found.id  # two may have one name, and both are meant


def whom(desk: _Knows, given: str, on: date | None = None) -> tuple[str, bool]:
    """The id of who is meant: an id, a country, else whom the name means on the day; and whether it was a name.

    Raises :class:`NotFoundError` with what comes near.
    """
    from marsad.knowledge.countries import NO_STATE, countries, entry_of
    from marsad.resolve.who import who

    word = given.strip()
    if (id := _id(desk, word)) is not None:  # noqa: A001 (the field's word)
        return id, False
    entry = entry_of(word)
    if entry and (entry.status != "body" or word.upper() in countries()):
        return (entry.code if entry.country in NO_STATE or "." in entry.code else entry.country), False
    # An organ of no known state (``GOV``) says nothing here.
    for found in who(word, on or date.today()):
        if "." in found.actor or found.country:
            return found.actor, True
    raise NotFoundError(f"{given[:80]!r} is no actor that is known", do=_near(desk, word))


def thing(desk: _Finds, written: str) -> str:
    """The whole id of the event, article, occurrence or story that ``written`` begins; that of a body as it is.

    Raises :class:`NotFoundError`.
    """
    if "." in written:
        return written.strip().upper()
    looks: tuple[Callable[[str], Event | Article | Occurrence | Story], ...]
    looks = (desk.event, desk.article, desk.act, desk.story)
    for look in looks:
        try:
            return look(written).id
        except NotFoundError:
            continue
    raise NotFoundError(f"nothing with the id {written[:80]!r}", do="copy it from `marsad judge --list`")


def _id(desk: _Knows, word: str) -> str | None:
    """``word`` as an id: one of the tables, an organ or a sector of a state, or one that the store has met."""
    from marsad.knowledge import ontology
    from marsad.knowledge.actors import actors
    from marsad.knowledge.countries import countries
    from marsad.knowledge.organs import organs

    id = word.upper()  # noqa: A001
    side, _, rest = id.partition(".")
    if id in actors() or (side in countries() and (rest in organs() or rest in ontology.sectors())):
        return id
    if rest and rest.isascii():
        return next((one for one in (word, id) if desk.actors(one)), None)
    return "INT" if id == "INT" else None


def _near(desk: _Knows, word: str) -> str:
    """What to give instead: ids that look alike, under the same side where that is known."""
    from marsad.knowledge.actors import actors
    from marsad.knowledge.countries import countries
    from marsad.knowledge.organs import organs

    id = word.upper()  # noqa: A001
    side, _, rest = id.partition(".")
    known: Iterable[str]
    if rest and side in countries():
        under = [*(f"{side}.{organ}" for organ in organs()), *desk.actors(side), *actors()]
        known = [one for one in under if one.startswith(f"{side}.")]
    else:
        known = [*actors(), *countries()]
    near = difflib.get_close_matches(id, known, n=4, cutoff=0.7)
    return "did you mean " + ", ".join(dict.fromkeys(near)) + "?" if near else f"give {WHO}"
