"""Sanctions lists as they are published: who stands on them, under which names, and which day's list it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EntryType(StrEnum):
    """What is listed."""

    PERSON = "person"
    ENTITY = "entity"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"


class NameKind(StrEnum):
    """How good a name is, in the words of the list: its first name, a good alias, or a weak one (broad, common)."""

    PRIMARY = "primary"
    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name as the list writes it, in its script; ``note`` is what the list calls it (``a.k.a.``, ``f.k.a.``)."""

    text: str
    kind: NameKind = NameKind.PRIMARY
    note: str = ""


@dataclass(frozen=True, slots=True)
class Birth:
    """A date of birth as far as it is known: from ``first`` to ``last``, both inside; ``about`` where it is a guess."""

    first: date
    last: date
    about: bool = False

    def __str__(self) -> str:
        """A day, a month, a year or a span, with ``~`` before a guess.

        >>> str(Birth(date(1951, 1, 1), date(1951, 12, 31), about=True))
        '~1951'
        """
        mark = "~" if self.about else ""
        first, last = self.first, self.last
        if first == last:
            return f"{mark}{first}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return f"{mark}{first.year}" if first.year == last.year else f"{mark}{first.year}/{last.year}"
        if first.day == 1 and (first.year, first.month) == (last.year, last.month):
            return f"{mark}{first:%Y-%m}"
        return f"{mark}{first}/{last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One who stands on a list.

    ``uid`` is the list's own number; ``names`` begin with the primary one; ``programmes`` are the sanctions regimes in
    the list's words. ``countries`` are codes (ISO 3166-1 alpha-3) of nationality, address, flag and birth, or the
    list's words where they name none. ``listed`` is the day of the listing, where the list tells it.
    """

    uid: str
    type: EntryType
    names: tuple[ListedName, ...]
    programmes: tuple[str, ...] = ()
    born: tuple[Birth, ...] = ()
    countries: tuple[str, ...] = ()
    listed: date | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListVersion:
    """A list as it stood on ``as_of``.

    ``list`` is its name (``ofac-sdn``, ``eu``, ``shipped:un``), ``form`` that of the file (``ofac-xml``), ``source``
    the names of the files that it was read from, ``digest`` the hash of its entries. ``shipped`` where it came with
    Marsad; then ``as_of`` is the day that it was compiled, and entries listed later than the day asked for are left
    out.
    """

    list: str
    as_of: date
    form: str
    source: str
    digest: str
    entries: int
    shipped: bool = False

    def __str__(self) -> str:
        return f"{self.list}@{self.as_of}"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is looked for on the lists: a name, and what else is known of them.

    ``country`` is a code (ISO 3166-1 alpha-3); ``unread`` are the words for type, birth or country that say nothing.
    """

    name: str
    type: EntryType | None = None
    born: Birth | None = None
    country: str | None = None
    unread: tuple[str, ...] = ()
