"""The values of lists: days and dates of birth in all their writings, countries, and an entry as it is gathered."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from marsad.errors import SizeError
from marsad.knowledge.countries import countries, country_of
from marsad.read.lists.alpha2 import ALPHA2
from marsad.types.lists import Birth, EntryType, ListedName, ListEntry, NameKind

#: Most names of an entry, characters of a name, and of the remarks (longer ones are cut).
MOST_NAMES, LONGEST_NAME, LONGEST_REMARKS = 2_000, 400, 2_000
#: Most programmes, countries and dates of birth of an entry that are kept.
_MOST = 50

#: What lists write where they know nothing.
_NOTHING = frozenset({"-0-", "-", "0", "00", "N/A", "n/a", "None", "Unknown", "UNKNOWN"})
_SPACE = re.compile(r"\s+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{2}:.*|Z|[+-]\d{2}:\d{2})?")
_NUMBERS = re.compile(r"(\d{1,2}|dd|00)[/.-](\d{1,2}|mm|00)[/.-](\d{4})", re.IGNORECASE)
_WORDS = re.compile(r"(?:(\d{1,2})[ -])?([A-Za-z]{3})[a-z]*\.?[ -](\d{4})")
_SPAN = re.compile(r"(.*?\d{4})\s*(?:to|/|–|until|and)\s*(\d{4}|.*\d{4})", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:circa|approximately|approx\.?|about|around|between|c\.|ca\.?|~)\s*", re.IGNORECASE)


def clean(text: str | None) -> str:
    """Text on one line without what is no text; empty for none, and for what lists write where they know nothing."""
    if not text:
        return ""
    found = _SPACE.sub(" ", _FORBIDDEN.sub("", text)).strip()
    return "" if found in _NOTHING else found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole(year: int, month: int | None, day: int | None) -> Birth | None:
    """The days that a date with unknown parts may mean."""
    if not 1000 <= year <= 2999:
        return None
    if month and day:
        found = _day(year, month, day)
        return Birth(found, found) if found else None
    if month:
        first = _day(year, month, 1)
        return Birth(first, date(year, month, calendar.monthrange(year, month)[1])) if first else None
    return Birth(date(year, 1, 1), date(year, 12, 31))


def birth(text: str | None, *, month_first: bool = False) -> Birth | None:
    """A date of birth as lists and desks write it; None where it is none.

    ``10/03/1961`` is the tenth of March; with ``month_first`` the third of October. A part that is not known may be
    left out or spelled out (``dd/mm/1961``, ``00/00/1961``).

    >>> [str(birth(one)) for one in ("10/03/1961", "dd/mm/1961", "10 Mar 1961", "circa 1961", "1961 to 1963")]
    ['1961-03-10', '1961', '1961-03-10', '~1961', '1961/1963']
    """
    found = clean(text)[:60].strip(" .;,")
    bare = _ABOUT.sub("", found)
    about = bare != found and not found.lower().startswith("between")
    if match := _ISO.fullmatch(bare):
        made = _whole(int(match[1]), *(int(part) if part else None for part in (match[2], match[3])))
    elif match := _NUMBERS.fullmatch(bare):
        day, month = (int(part) if part.isdigit() else 0 for part in (match[1], match[2]))
        made = _whole(int(match[3]), *((day, month) if month_first else (month, day)))
    elif match := _WORDS.fullmatch(bare):
        month = _MONTHS.get(match[2].lower(), 0)
        made = _whole(int(match[3]), month, int(match[1]) if match[1] else None) if month else None
    elif (match := _SPAN.fullmatch(bare)) and (first := birth(match[1])) and (last := birth(match[2])):
        made = Birth(first.first, last.last) if first.first <= last.last else None
    else:
        return None
    return Birth(made.first, made.last, about) if made else None


def day(text: str | None, *, month_first: bool = False) -> date | None:
    """A whole day as lists write it; None where it is none.

    >>> day("2026-02-27T00:00:09.554Z"), day("06/22/2026", month_first=True), day("13-Feb-2026"), day("2026")
    (datetime.date(2026, 2, 27), datetime.date(2026, 6, 22), datetime.date(2026, 2, 13), None)
    """
    found = birth(text, month_first=month_first)
    return found.first if found and found.first == found.last else None


@cache
def _demonyms() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in countries().values():
        for form in entry.demonyms:
            found.setdefault(form.lower(), entry.country)
    return found


@cache
def country(text: str) -> str:
    """The code of a country that a list names, turned round or in brackets as they do; else the text itself.

    >>> [country(one) for one in ("IRAN (ISLAMIC REPUBLIC OF)", "Korea, North", "RU", "IRQ", "Egyptian", "Atlantis")]
    ['IRN', 'PRK', 'RUS', 'IRQ', 'EGY', 'Atlantis']
    """
    found = clean(text)[:100]
    if found.upper() in ALPHA2:
        return ALPHA2[found.upper()]
    if found.upper() in countries():
        return countries()[found.upper()].country
    return next((code for form in _forms(found) if (code := country_of(form) or _demonyms().get(form.lower()))), found)


def _forms(text: str) -> Iterator[str]:
    """What a country may be looked up by: as written, with what stands behind a comma or in brackets first, alone."""
    yield text
    if match := re.fullmatch(r"([^(),]+?)\s*(?:,\s*|\()([^()]+)\)?", text):
        yield f"{match[2].strip()} {match[1].strip()}"
        yield match[1].strip()
        yield match[2].strip()
    if text.lower().startswith("the "):
        yield text[4:]


@dataclass(slots=True)
class Draft:
    """An entry as it is gathered from one record or many rows. ``where`` names the file."""

    uid: str
    where: str
    type: EntryType = EntryType.ENTITY
    names: dict[str, ListedName] = field(default_factory=dict)
    programmes: dict[str, None] = field(default_factory=dict)
    born: dict[Birth, None] = field(default_factory=dict)
    countries: dict[str, None] = field(default_factory=dict)
    listed: date | None = None
    remarks: str = ""

    def name(self, text: str | None, kind: NameKind = NameKind.STRONG, note: str = "") -> None:
        """Add a name; a second time the better kind stands. Raises :class:`SizeError` for too many."""
        found = clean(text)[:LONGEST_NAME]
        if not any(letter.isalnum() for letter in found):
            return
        known = self.names.get(found)
        if known and _RANK[known.kind] <= _RANK[kind]:
            return
        if len(self.names) >= MOST_NAMES:
            raise SizeError(f"the entry {self.uid[:40]} has more than {MOST_NAMES} names", where=self.where, do=_DO)
        self.names[found] = ListedName(found, kind, note)

    def programme(self, text: str | None) -> None:
        """Add a programme."""
        if (found := clean(text)[:200]) and len(self.programmes) < _MOST:
            self.programmes[found] = None

    def birth(self, found: Birth | None) -> None:
        """Add a date of birth."""
        if found and len(self.born) < _MOST:
            self.born[found] = None

    def country(self, text: str | None) -> None:
        """Add a country."""
        if (found := clean(text)) and len(self.countries) < _MOST:
            self.countries[country(found)] = None

    def remark(self, text: str | None) -> None:
        """Add to the remarks, once."""
        if (found := clean(text)) and found not in self.remarks:
            self.remarks = f"{self.remarks} {found}".strip()[:LONGEST_REMARKS]

    def entry(self) -> ListEntry | None:
        """The entry, its primary name first; None for one without a name."""
        names = sorted(self.names.values(), key=lambda name: _RANK[name.kind])
        if not names or not self.uid:
            return None
        if names[0].kind is not NameKind.PRIMARY:
            names[0] = ListedName(names[0].text, NameKind.PRIMARY, names[0].note)
        return ListEntry(
            uid=self.uid,
            type=self.type,
            names=tuple(names),
            programmes=tuple(self.programmes),
            born=tuple(self.born),
            countries=tuple(self.countries),
            listed=self.listed,
            remarks=self.remarks,
        )


_RANK = {NameKind.PRIMARY: 0, NameKind.STRONG: 1, NameKind.WEAK: 2}
_DO = "this is larger than any list that is published: check the file"
