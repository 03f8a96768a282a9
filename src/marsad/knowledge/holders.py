"""Who held which office when, by name and by office.

``data/holders.csv`` (built by ``tools/build_holders.py``) has a row a person and office. A name is looked up by its
folded words, so that hamza, tashkeel, accents, hyphens and «عبد الله» or «عبدالله» make no difference. Rows say how
sure they are (``confidence``) and when they were last looked at (``checked``): see :meth:`Holder.stale`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from marsad.knowledge import SETS, added, compiled, files, kept, schema
from marsad.knowledge.named import bare, key, words
from marsad.knowledge.schema import Column
from marsad.text import Folded, fold
from marsad.types import Name, Sector, Span

Confidence = Literal["found", "known", "unsure"]
FILE = "holders.csv"

#: The longest phrase that is looked up as a name, in characters: no name of an office-holder is near it.
_LONGEST = 200

#: Words inside a name that also begin one by themselves: son of.
_SON = frozenset({"بن", "ابن"})

#: Deputies, and offices beside which another claims to be the same.
_LESSER = re.compile(r"^(Deputy|Assistant|Vice)|opposition|rival|parallel|eastern|self-declared|de facto", re.I)
#: After this long without a look at it, an office that has no end is no certain fact.
FRESH = timedelta(days=365)

#: The role that the table gives an office that some states call otherwise: a commander of the army, a chief of staff.
_INSTEAD = {"COMMANDER": ("CHIEF_OF_STAFF",), "CHIEF_OF_STAFF": ("COMMANDER",)}

_ID = re.compile(r"[A-Z0-9]+(?:[-.][A-Z0-9]+)*")
_ROLE = re.compile(r"[A-Z]+(?:_[A-Z]+)*")
#: The columns of ``holders.csv``, and of a user's.
COLUMNS = (
    Column(name="person_id", required=True, pattern=_ID, words="an id like RUS.SERGEI-SHOIGU"),
    Column(name="person_ar"),
    Column(name="person_en"),
    Column(name="aliases_ar", kind="forms"),
    Column(name="aliases_en", kind="forms"),
    Column(name="weak", kind="forms"),
    Column(name="country", required=True, pattern=re.compile("[A-Z]{3}"), words="a code of three letters, or IGO, INT"),
    Column(name="actor", required=True, pattern=_ID, words="an id like RUS.GOV.MFA"),
    Column(name="role", required=True, pattern=_ROLE, words="a role like FOREIGN or HEAD_OF_STATE"),
    Column(name="office_ar"),
    Column(name="office_en"),
    Column(name="sector", required=True, allowed=frozenset(sector.value for sector in Sector)),
    Column(name="since", kind="day"),
    Column(name="until", kind="day"),
    Column(name="confidence", required=True, allowed=frozenset({"found", "known", "unsure"})),
    Column(name="source", required=True),
    Column(name="checked", kind="day", required=True),
    Column(name="wikidata", pattern=re.compile(r"Q[1-9]\d*"), words="a Wikidata id like Q7747"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person in an office. ``actor`` is the organ that the office acts for, ``role`` the kind of office.

    ``since`` and ``until`` are the first and the last day that may be meant (the last inside), ``begun`` the day from
    which the office was held for certain, ``left`` the last such day; they differ where only a month or a year is
    known. ``until`` is None for who was in office when the row was ``checked``. ``forms`` are all names of the person,
    ``weak`` those of them that want a title, an office or a date beside them.
    """

    person_id: str
    person: Name
    country: str
    actor: str
    role: str
    office: Name
    sector: Sector
    since: date | None = None
    until: date | None = None
    begun: date | None = None
    left: date | None = None
    confidence: Confidence = "known"
    source: str = ""
    checked: date
    forms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    wikidata: str | None = None

    def holds(self, on: date) -> bool:
        """Whether the office may have been held on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def surely(self, on: date) -> bool:
        """Whether the office was held on that day, whatever day of a month or year is meant."""
        return (self.begun is None or self.begun <= on) and (self.left is None or on <= self.left)

    def former(self, on: date) -> bool:
        """Whether the office was left before that day."""
        return self.until is not None and self.until < on

    def stale(self, on: date) -> bool:
        """Whether the row has no end and was last looked at more than a year before that day."""
        return self.until is None and self.checked + FRESH < on


@dataclass(frozen=True, slots=True)
class Table:
    """Office-holders with their indexes; what :func:`table` gives, and what a user's rows extend.

    ``listed`` and ``last`` are row numbers by folded name and by the last word of a name; ``offices`` by country, by
    actor, and by every actor that it is a part of (``EGY``, ``EGY.LEG``, ``EGY.LEG.LOWER``).
    """

    rows: tuple[Holder, ...]
    listed: Mapping[str, tuple[int, ...]] = field(repr=False)
    last: Mapping[str, tuple[int, ...]] = field(repr=False)
    offices: Mapping[str, tuple[int, ...]] = field(repr=False)
    weak: frozenset[str] = field(repr=False)
    longest: int = 1

    def of_person(self, phrase: str) -> tuple[Holder, ...]:
        """Every office of every person of exactly this name: see :func:`of_person`."""
        if len(phrase) > _LONGEST or not (called := key(phrase)):
            return ()
        for given in bare(called):
            name = " ".join(given)
            numbers = dict.fromkeys((*self.listed.get(name, ()), *self.last.get(name, ())))
            if numbers:
                return tuple(self.rows[number] for number in numbers)
        return ()

    def in_phrase(self, phrase: str, folded: Folded | None = None) -> tuple[Span, tuple[Holder, ...]] | None:
        """The longest name in a phrase, and its bearers: see :func:`in_phrase`."""
        folded = folded if folded is not None else fold(phrase)
        every = list(words(folded.text))
        for length in range(min(self.longest, len(every)), 0, -1):
            for start in range(len(every) - length, -1 if length > 1 else len(every) - 2, -1):
                run = every[start : start + length]
                if run[0][0] in _SON and start and not every[start - 1][0].startswith("ال"):
                    continue  # the end of a longer name («عبد العزيز بن علي»), and no title before it («الرئيس بن علي»)
                for given in bare(tuple(word for word, _, _ in run)):
                    name = " ".join(given)
                    numbers = self.listed.get(name)
                    if numbers and not (length == 1 and name in self.weak):
                        glued = max(0, len(run[0][0]) - len(given[0]))
                        span = folded.span(run[0][1] + glued, run[-1][2])
                        return span, tuple(self.rows[number] for number in numbers)
        return None

    def wants_more(self, phrase: str) -> bool:
        """Whether a name says little by itself: see :func:`wants_more`."""
        called = key(phrase) if len(phrase) <= _LONGEST else ()
        for given in bare(called) if called else ():
            name = " ".join(given)
            if name in self.weak or name in self.listed:
                return name in self.weak
        return True

    def of_office(self, where: str, role: str | None, on: date) -> tuple[Holder, ...]:
        """Who may have held an office on a day, the likeliest first: see :func:`of_office`."""
        rows = [row for row in map(self.rows.__getitem__, self.offices.get(where, ())) if row.holds(on)]
        for wanted in (role, *_INSTEAD.get(role or "", ())):
            found = [row for row in rows if wanted in (None, row.role)]
            if found:
                return tuple(sorted(found, key=lambda row: _likely(row, where, on)))
        return ()

    def extended(self, rows: Iterable[Holder]) -> Table:
        """A table with ``rows`` too; one of the same person, actor, role and first day stands in place of the old.

        A person keeps every name: those of the old rows count for the new, and the other way about.
        """
        mine = {_same(row): row for row in rows}
        named: dict[str, list[Holder]] = {row.person_id: [] for row in mine.values()}
        for row in (*mine.values(), *self.rows):
            if row.person_id in named:
                named[row.person_id].append(row)
        merged = {_same(row): row for row in self.rows} | mine
        return index([_called(row, named.get(row.person_id, ())) for row in merged.values()])


def _called(row: Holder, others: Sequence[Holder]) -> Holder:
    """The row with every name that the ``others`` of its person have."""
    if not others:
        return row
    forms = dict.fromkeys(form for other in others for form in other.forms)
    weak = dict.fromkeys(form for other in others for form in other.weak)
    return replace(row, forms=tuple(forms), weak=tuple(weak))


def _same(row: Holder) -> tuple[str, str, str, date]:
    return row.person_id, row.actor, row.role, row.since or date.min


def _likely(row: Holder, where: str, on: date) -> tuple[bool, bool, bool, bool, bool, int, str]:
    """The order of those who may be meant: certain days, the organ itself, organs of the state, heads, the later."""
    organ = row.actor.partition(".")[2].partition(".")[0] in ("GOV", "LEG", "MIL", "COP", "SPY", "JUD")
    return (
        not row.surely(on), row.actor not in (where, f"{where}.SECRETARIAT"), not organ, row.sector is Sector.REB,
        _LESSER.search(row.office.en) is not None, -(row.since or date.min).toordinal(), row.person_id,
    )  # fmt: skip


def index(rows: Sequence[Holder]) -> Table:
    """The table of ``rows``: what looks names up is made here."""
    listed: defaultdict[str, list[int]] = defaultdict(list)
    last: defaultdict[str, list[int]] = defaultdict(list)
    offices: defaultdict[str, list[int]] = defaultdict(list)
    weak: set[str] = set()
    names: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[list[str], list[str]]] = {}
    longest = 1
    for number, row in enumerate(rows):
        kept = names.get((row.forms, row.weak))
        if kept is None:
            keys = [called for form in row.forms if (called := key(form))]
            surnames = [called[-1] for called in map(key, (row.person.ar, row.person.en)) if len(called) > 1]
            kept = list(dict.fromkeys(map(" ".join, keys))), [word for word in dict.fromkeys(surnames) if len(word) > 2]
            names[row.forms, row.weak] = kept
            longest = max(longest, *map(len, keys), 1)
            weak.update(" ".join(key(form)) for form in row.weak)
        for name in kept[0]:
            listed[name].append(number)
        for name in kept[1]:
            last[name].append(number)
        parts = row.actor.split(".")
        for place in dict.fromkeys((row.country, *(".".join(parts[:length]) for length in range(1, len(parts) + 1)))):
            offices[place].append(number)
    made = [{name: tuple(numbers) for name, numbers in found.items()} for found in (listed, last, offices)]
    return Table(tuple(rows), made[0], made[1], made[2], frozenset(weak), longest)


def holder(row: schema.Row) -> Holder:
    """A row of ``holders.csv``, or of a user's, as a :class:`Holder`."""
    name = Name(ar=row["person_ar"], en=row["person_en"])
    if not (name.ar or name.en):
        raise row.fault("person_en", "there is no name in either language", "fill person_ar or person_en")
    names = (name.ar, name.en, *row.forms("aliases_ar"), *row.forms("aliases_en"))
    since, until = row.first("since"), row.last("until")
    if since and until and since > until:
        raise row.fault("until", f"{row['until']} is before since, {row['since']}", "mend one of the two days")
    checked = row.last("checked")
    assert checked is not None  # the column is required
    return Holder(
        person_id=row["person_id"],
        person=name,
        country=row["country"],
        actor=row["actor"],
        role=row["role"],
        office=Name(ar=row["office_ar"], en=row["office_en"]),
        sector=Sector(row["sector"]),
        since=since,
        until=until,
        begun=row.last("since"),
        left=row.first("until"),
        confidence=row["confidence"],  # type: ignore[arg-type]  # one of the column's values
        source=row["source"],
        checked=checked,
        forms=tuple(dict.fromkeys(form for form in names if form)),
        weak=row.forms("weak"),
        wikidata=row["wikidata"] or None,
    )


def _build() -> Table:
    return index([holder(row) for row in schema.rows(files.read(FILE), FILE, COLUMNS)])


@cache
def _own() -> Table:
    """The table of the file."""
    return compiled.table("holders", (files.DATA / FILE,), _build, Table)


@kept(SETS)
def table() -> Table:
    """The office-holders, with those of the folders in use, and their indexes."""
    mine = added()
    return _own().extended(mine.holders) if mine and mine.holders else _own()


def holders() -> tuple[Holder, ...]:
    """Every row, in the order of the file.

    >>> len(holders()) > 4000
    True
    """
    return table().rows


def of_person(phrase: str) -> tuple[Holder, ...]:
    """Every office of every person of exactly this name, in either language, oldest offices first for each.

    Persons of whom it is a listed name come first, then those whose last name it is. A conjunction or preposition glued
    to the first word is taken off where the name is not found with it. Empty where nobody is called so.

    >>> [row.actor for row in of_person("وشويغو") if row.holds(date(2025, 9, 16))]
    ['RUS.GOV.SECURITY-COUNCIL']
    >>> of_person("Shoigu") == of_person("شويجو"), of_person("الغد")
    (True, ())
    """
    return table().of_person(phrase)


def in_phrase(phrase: str, folded: Folded | None = None) -> tuple[Span, tuple[Holder, ...]] | None:
    """The longest name that stands in a phrase, with its span there and its bearers; None where there is none.

    A single word counts only as the last of the phrase, where a family name stands, and only where it is a listed name
    that says enough by itself. ``folded`` is ``fold(phrase)`` where the caller has it.

    >>> phrase = "لوزير الخارجية الروسي سيرغي لافروف"
    >>> span, found = in_phrase(phrase)
    >>> span.of(phrase), found[-1].actor
    ('سيرغي لافروف', 'RUS.GOV.MFA')
    """
    return table().in_phrase(phrase, folded)


def country_of(phrase: str, on: date | None = None) -> str | None:
    """The country that the person named in ``phrase`` serves: on the day, where one is given, else in every office.

    None where no name is found, or the offices and bearers of the name are of several countries.

    >>> country_of("الوزير سيرغي لافروف"), country_of("أحمد أبو الغيط", date(2020, 1, 1)), country_of("أحمد")
    ('RUS', 'IGO', None)
    """
    found = in_phrase(phrase)
    if not found:
        return None
    rows = found[1]
    held = [row for row in rows if on is not None and row.holds(on)] or rows
    codes = {row.country for row in held}
    return codes.pop() if len(codes) == 1 else None


def wants_more(phrase: str) -> bool:
    """Whether a name says little by itself (a word of the language, a surname of many): it wants a title or an office.

    >>> wants_more("مبارك"), wants_more("لافروف")
    (True, False)
    """
    return table().wants_more(phrase)


def of_office(where: str, role: str | None, on: date) -> tuple[Holder, ...]:
    """Who may have held an office on a day: ``where`` is an organ's id, a state, or a body; None is any role.

    Those certain that day come first, organs of the state before other powers in it, later comers before earlier ones.
    An organ stands for its parts too (``EGY.LEG`` for both houses).

    >>> asked = (("RUS", "DEFENCE"), ("UN", "HEAD_OF_BODY"))
    >>> [of_office(where, role, date(2023, 6, 1))[0].person.en for where, role in asked]
    ['Sergei Shoigu', 'António Guterres']
    """
    return table().of_office(where, role, on)


@dataclass(frozen=True, slots=True)
class Age:
    """How old the knowledge of office-holders is on a day.

    ``newest`` is the latest beginning known; of ``offices`` (a state and a role that it has, of the states most
    covered), ``held`` have a holder that day and ``fresh`` one that was looked at within a year. ``stale`` are the rows
    without an end that were not, ``missing`` the offices without a holder.
    """

    newest: date | None
    offices: int
    held: int
    fresh: int
    stale: tuple[Holder, ...]
    missing: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """Offices with a holder, 0 to 1."""
        return self.held / self.offices if self.offices else 0.0


@kept(SETS)
def newest() -> date | None:
    """The last day on which somebody of the table took an office; None for an empty table."""
    return max((row.since for row in holders() if row.since), default=None)


def age(on: date) -> Age:
    """How old the knowledge of office-holders is on a day: for ``marsad doctor``.

    >>> age(date(2026, 1, 1)).share > 0.9
    True
    """
    known = table()
    held, fresh, missing = 0, 0, []
    wanted = [(row["country"], role) for row in files.rows("covered.csv") for role in files.forms(row["roles"])]
    for country, role in wanted:
        found = [row for row in known.of_office(country, role, on) if row.country == country]
        held += bool(found)
        fresh += any(not row.stale(on) for row in found)
        if not found:
            missing.append((country, role))
    begun = [row.since for row in known.rows if row.since and row.since <= on]
    stale = tuple(row for row in known.rows if row.stale(on))
    return Age(max(begun, default=None), len(wanted), held, fresh, stale, tuple(missing))
