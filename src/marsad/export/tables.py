"""Events counted by month: for each ordered pair (dyad), and for each country.

Occurrences (acts in the world) and reports of them are counted side by side. Either :class:`~marsad.types.Occurrence`
or rows of :mod:`marsad.export.rows` are given, one after the other; memory holds a counter for each cell that is not
empty, and with rows the id of each occurrence.

A month is that of the day, where the day is known to a month or better (``article``, the day of publication, included);
the rest is counted under no month (None), so that the sums are those of the input. What a withdrawn version of an
article says is not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from marsad.export.rows import Column, Row
from marsad.identity import state_of
from marsad.knowledge import ontology
from marsad.knowledge.actors import actors
from marsad.knowledge.countries import NO_STATE, countries
from marsad.types import EventType, Occurrence, Outcome, Precision

By = Literal["country", "actor"]
Given = Occurrence | Mapping[str, Any]

#: What is counted as having happened, by default.
HAPPENED = frozenset({Outcome.ACTUAL})
#: Precisions that leave the month open.
_WIDE = frozenset(
    {
        Precision.QUARTER, Precision.SEASON, Precision.HALF, Precision.YEAR, Precision.DECADE, Precision.CENTURY,
        Precision.UNKNOWN,
    }
)  # fmt: skip


def _counted() -> dict[str, Column]:
    """The columns that both tables have: two for each thing counted."""
    found: dict[str, Column] = {}

    def add(name: str, en: str, ar: str) -> None:
        found[name] = Column("integer", f"Occurrences: {en}", f"الأفعال: {ar}")
        found[f"{name}_reports"] = Column("integer", f"Reports: {en}", f"الأخبار: {ar}")

    found["occurrences"] = Column("integer", "Acts, whatever their status", "عدد الأفعال أيًّا كان حالها")
    found["reports"] = Column("integer", "Events that report them", "عدد الأحداث التي تخبر بها")
    for outcome in Outcome:
        entry = ontology.statuses().get(outcome.value)
        name = entry.name if entry else {"en": "reports contradict each other", "ar": "أخبار متناقضة"}
        add(outcome.value.lower(), name["en"], name["ar"])
    for key, names in ontology.quads().items():
        add(key.replace("-", "_"), names["en"], names["ar"])
    for kind, entry in ontology.types().items():
        add(kind.lower(), entry.name["en"], entry.name["ar"])
    found["mean_intensity"] = Column(
        "number",
        "Mean intensity of the occurrences that happened, from -10 to 10",
        "متوسط شدة الأفعال الواقعة، من -10 إلى 10",
    )
    return found


_MONTH = Column("month", "Month; empty where it is not known", "الشهر، والفارغ غير معروف")


def dyad_columns() -> dict[str, Column]:
    """The columns of :func:`dyad_months`, in order."""
    return {
        "source": Column("string", "Who acts: a country, or an actor", "مَن يفعل: دولة أو جهة"),
        "target": Column("string", "To whom, or with whom", "تجاه مَن أو مع مَن"),
        "month": _MONTH,
        **_counted(),
    }


def country_columns() -> dict[str, Column]:
    """The columns of :func:`country_months`, in order."""
    roles = {
        "as_actor": Column("integer", "Occurrences in which it acts", "أفعال هو فاعلها"),
        "as_recipient": Column("integer", "Occurrences in which it is acted on", "أفعال وقعت تجاهه"),
        "as_place": Column("integer", "Occurrences that took place there", "أفعال وقعت فيه"),
    }
    return {"country": Column("string", "A country", "دولة"), "month": _MONTH, **roles, **_counted()}


@dataclass(frozen=True, slots=True)
class _Act:
    """What is counted, whatever it was given as. ``reports`` is 0 for a report of an occurrence counted already."""

    kind: EventType
    outcome: Outcome
    month: str | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    place: str | None
    id: str | None
    reports: int


def country_of(actor: str) -> str | None:
    """The country of an actor's id, or of a code: ISO 3166 alpha-3, IGO, INT; None where it is not known.

    >>> [country_of(one) for one in ("RUS.GOV.MFA", "RUS", "UN", "IRQ.KRG", "no-one")]
    ['RUS', 'RUS', 'IGO', 'IRQ', None]
    """
    known = actors().get(actor)
    if known and known.country:
        return known.country
    head = state_of(actor)
    entry = countries().get(actor) or countries().get(head)
    return entry.country if entry else head if head in NO_STATE else None


def _month(day: date | None, precision: Precision) -> str | None:
    return day.isoformat()[:7] if day and precision not in _WIDE else None


def _unique(given: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in given if one))


def _of_occurrence(given: Occurrence, by: By) -> _Act:
    def named(ids: Iterable[str]) -> tuple[str, ...]:
        return _unique(ids if by == "actor" else map(country_of, ids))

    return _Act(
        given.type,
        given.status,
        _month(given.day, given.precision),
        named(given.actors),
        named(given.recipients),
        given.country,
        None,
        len(given.reports),
    )


def _of_row(given: Mapping[str, Any], by: By) -> _Act:
    names = ("actors", "recipients") if by == "actor" else ("actor_countries", "recipient_countries")
    return _Act(
        EventType(given["type"]),
        Outcome(given["status"]),
        _month(given["day"], Precision(given["day_precision"])),
        _unique(given[names[0]]),
        _unique(given[names[1]]),
        given["place_country"],
        given["occurrence"],
        1,
    )


@dataclass(slots=True)
class _Cell:
    """The counters of one cell, by name of column."""

    counts: Counter[str] = field(default_factory=Counter)
    intensity: float = 0.0
    happened: int = 0


class _Months:
    """What both tables share: cells, and how an act is put into one."""

    def __init__(self, by: By, statuses: Collection[Outcome]) -> None:
        self._by = by
        self._statuses = frozenset(statuses)
        self._cells: dict[tuple[str, ...], _Cell] = {}
        self._seen: set[tuple[tuple[str, ...], str]] = set()

    def _act(self, given: Given) -> _Act | None:
        if isinstance(given, Occurrence):
            return _of_occurrence(given, self._by)
        return None if given["withdrawn"] else _of_row(given, self._by)

    def _put(self, key: tuple[str, ...], act: _Act) -> tuple[_Cell, int]:
        """Count ``act`` in the cell of ``key``; gives the cell, and how many occurrences this is (1, or 0: known)."""
        cell = self._cells.setdefault(key, _Cell())
        new = 1
        if act.id is not None:
            new = int((key, act.id) not in self._seen)
            self._seen.add((key, act.id))
        self._count(cell, "", act, new)
        self._count(cell, act.outcome.value.lower(), act, new)
        if act.outcome in self._statuses:
            entry = ontology.types()[act.kind]
            self._count(cell, entry.quad.replace("-", "_"), act, new)
            self._count(cell, act.kind.value.lower(), act, new)
            cell.intensity += entry.intensity * new
            cell.happened += new
        return cell, new

    @staticmethod
    def _count(cell: _Cell, name: str, act: _Act, new: int) -> None:
        cell.counts[name or "occurrences"] += new
        cell.counts[f"{name}_reports" if name else "reports"] += act.reports

    def _rows(self, columns: Mapping[str, Column], keys: tuple[str, ...]) -> Iterator[Row]:
        for key in sorted(self._cells):
            cell = self._cells[key]
            row: Row = {name: cell.counts[name] for name in columns}
            row.update({name: part or None for name, part in zip(keys, key, strict=True)})
            row["mean_intensity"] = round(cell.intensity / cell.happened, 3) if cell.happened else None
            yield row


class DyadMonths(_Months):
    """Counters for each source, target and month; ``add`` what there is, then read ``rows``.

    ``by`` says whether sources and targets are countries or actors; ``statuses`` what quads, types and mean intensity
    count (by default what happened), while the columns of statuses count all.
    """

    def __init__(self, by: By = "country", statuses: Collection[Outcome] = HAPPENED) -> None:
        super().__init__(by, statuses)

    def add(self, given: Given) -> None:
        """Count an occurrence or a row: once for each pair of its actors and recipients, none where a side is open."""
        if act := self._act(given):
            for source in act.sources:
                for target in act.targets:
                    self._put((source, target, act.month or ""), act)

    def rows(self) -> Iterator[Row]:
        """The rows, ordered by source, target and month, with the keys of :func:`dyad_columns`."""
        return self._rows(dyad_columns(), ("source", "target", "month"))


class CountryMonths(_Months):
    """Counters for each country and month, of what it takes part in or what takes place there."""

    def __init__(self, statuses: Collection[Outcome] = HAPPENED) -> None:
        super().__init__("country", statuses)

    def add(self, given: Given) -> None:
        """Count an occurrence or a row, once for each country in it."""
        if not (act := self._act(given)):
            return
        for country in _unique((*act.sources, *act.targets, act.place)):
            cell, new = self._put((country, act.month or ""), act)
            cell.counts["as_actor"] += new * (country in act.sources)
            cell.counts["as_recipient"] += new * (country in act.targets)
            cell.counts["as_place"] += new * (country == act.place)

    def rows(self) -> Iterator[Row]:
        """The rows, ordered by country and month, with the keys of :func:`country_columns`."""
        return self._rows(country_columns(), ("country", "month"))


def dyad_months(given: Iterable[Given], by: By = "country", statuses: Collection[Outcome] = HAPPENED) -> Iterator[Row]:
    """Occurrences (or rows of events) counted by source, target and month: see :class:`DyadMonths`."""
    months = DyadMonths(by, statuses)
    for one in given:
        months.add(one)
    return months.rows()


def country_months(given: Iterable[Given], statuses: Collection[Outcome] = HAPPENED) -> Iterator[Row]:
    """Occurrences (or rows of events) counted by country and month: see :class:`CountryMonths`."""
    months = CountryMonths(statuses)
    for one in given:
        months.add(one)
    return months.rows()
