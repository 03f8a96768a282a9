"""What passed from one to another over time: counts by day, week or month, set against what was read and was usual.

Two kinds of figures stand beside each other. *Acts* are occurrences, each once however many papers tell of it;
*reports* are the events that tell of them. Only what is ACTUAL is counted; each other outcome stands apart.

**Intensity** is the sum over the acts of the score of their type in ``plover.yaml``, -10 to 10; whose figures those
are, says :func:`marsad.knowledge.ontology.intensity_source`.

**Share** is the ACTUAL reports in a thousand coded articles of the period, directly standardised: the rate of each
source country's papers is weighed by that country's part of all articles of the whole span, so that a month in which
more papers of one country were read than in another is no news. A country without an article in a period has no rate
there: its weight is spread over the others in proportion, and its reports, if any, are left out of the share.

**Unknown.** Where no article of a period was coded, a count of nothing says nothing: it is None, never 0, and there is
no share and no deviation. What articles of other days tell of such a period is still counted: so much at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum
from types import MappingProxyType
from typing import NamedTuple

from marsad.identity import state_of
from marsad.knowledge import ontology
from marsad.knowledge.countries import NO_STATE, countries
from marsad.relate.baseline import Counted, Judged, judged
from marsad.relate.periods import Period, periods, places, rhythm, season
from marsad.types import Coverage, EventType, Outcome, Relation, Series, Status, Voice

#: How baseline and deviation are worked out, by the period; :mod:`.baseline` tells it in full.
METHODS = MappingProxyType(
    {
        "day": "trailing 365 days, season by month, Anscombe residual (negative binomial by moments)",
        "week": "trailing 52 weeks, season by ISO week, Anscombe residual (negative binomial by moments)",
        "month": "trailing 12 months, season by month, Anscombe residual (negative binomial by moments)",
    }
)
#: Articles that a share is told in.
PER = 1000
#: Decimal places of an intensity: the scores have one, the rest is how a machine adds them.
_PLACES = 6


class Act(NamedTuple):
    """``n`` occurrences of the pair on a day. Without a day they are in no period."""

    day: date | None
    type: EventType
    outcome: Outcome
    n: int = 1


class Told(NamedTuple):
    """``n`` reports of the pair on a day, or in the month that begins with it."""

    day: date | None
    type: EventType
    status: Status
    voice: Voice
    n: int = 1


class Mix(NamedTuple):
    """``n`` ACTUAL reports of the pair by papers of a country, "" where that is unknown; ``day`` as in Told."""

    day: date | None
    country: str
    n: int = 1


class Read(NamedTuple):
    """``n`` coded articles by papers of a country, "" where that is unknown; ``day`` as in Told."""

    day: date | None
    country: str
    n: int = 1


class _Cell(NamedTuple):
    """What falls in a period: ACTUAL acts by type, others by outcome, ACTUAL reports by voice and by country, articles
    by country.
    """

    types: dict[str, int]
    others: dict[str, int]
    voices: dict[str, int]
    mix: dict[str, int]
    read: dict[str, int]


def _add(counts: dict[str, int], key: str, n: int) -> None:
    counts[key] = counts.get(key, 0) + n


def _total(counts: Mapping[str, int]) -> int:
    return sum(counts.values())


def series(
    source: str,
    target: str,
    acts: Iterable[Act],
    told: Iterable[Told],
    mix: Iterable[Mix],
    read: Iterable[Read],
    *,
    by: str = "month",
    since: date | None = None,
    until: date,
    mutual: bool = False,
    sides: Sequence[str] = (),
    sources: int = 0,
) -> Series:
    """The relation of ``source`` to ``target`` for every day, week (from Monday) or month from ``since`` to ``until``.

    The counts are those of the pair, or for ``mutual`` those of both directions together. Their days must be at least
    as fine as ``by``; what lies before ``since``, after ``until`` or has no day is left out, so that counts by month
    want a ``since`` that begins one. Without ``since`` it begins with the first article read, else with the first
    count. ``sides`` are those that the reader asks about, ``sources`` how many sources were read.

    A period depends on later ones in nothing but the weights of ``share``. Raises :class:`SettingsError` for another
    ``by``, and where ``since`` is after ``until``.
    """
    acts, told, mix, read = list(acts), list(told), list(mix), list(read)
    spans = periods(by, since or _first(until, read, (*acts, *told)), until)
    cells = _cells(spans, acts, told, mix, read)
    usual = judged(
        [
            Counted(*season(by, span.first), _total(cell.types), span.days, _total(cell.read))
            for span, cell in zip(spans, cells, strict=True)
        ],
        rhythm(by),
    )
    weights: dict[str, int] = {}
    for cell in cells:
        for country, n in cell.read.items():
            _add(weights, country, n)
    return Series(
        source=source,
        target=target,
        by=by,
        mutual=mutual,
        periods=tuple(_relation((source, target), *each, weights) for each in zip(spans, cells, usual, strict=True)),
        coverage=coverage(weights, sources, sides),
        method=METHODS[by],
    )


def _first(until: date, *given: Iterable[Act | Told | Read]) -> date:
    """The earliest day of the first of ``given`` that has one, up to ``until``."""
    for rows in given:
        days = [row.day for row in rows if row.day and row.day <= until]
        if days:
            return min(days)
    return until


def _cells(
    spans: Sequence[Period], acts: Iterable[Act], told: Iterable[Told], mix: Iterable[Mix], read: Iterable[Read]
) -> list[_Cell]:
    """What falls in each period; rows outside are left out. The acts of a heavy pair are many: no call for each."""
    cells = [_Cell({}, {}, {}, {}, {}) for _ in spans]
    at = {day: cells[place] for day, place in places(spans).items()}
    counts: dict[str, int]
    actual, key = Outcome.ACTUAL, ""
    for day, kind, outcome, n in acts:
        if day in at:
            cell = at[day]
            counts, key = (cell.types, kind) if outcome == actual else (cell.others, outcome)
            counts[key] = counts.get(key, 0) + n
    for day, _, status, voice, n in told:
        if day in at and status == Status.ACTUAL:
            _add(at[day].voices, voice, n)
    for day, country, n in mix:
        if day in at:
            _add(at[day].mix, country or "", n)
    for day, country, n in read:
        if day in at:
            _add(at[day].read, country or "", n)
    return cells


def _relation(
    pair: tuple[str, str],
    span: Period,
    cell: _Cell,
    usual: Judged,
    weights: Mapping[str, int],
) -> Relation:
    articles, types, book = _total(cell.read), cell.types, ontology.types()
    quads: dict[str, int] = {}
    for kind, n in types.items():
        _add(quads, book[kind].quad, n)
    acts = _known(_total(types), articles)
    return Relation(
        source=pair[0],
        target=pair[1],
        first=span.first,
        last=span.last,
        acts=acts,
        reports=_known(_total(cell.voices), articles),
        articles=articles,
        quads=_ordered(quads, ontology.quads()),
        types=_ordered(types, book),
        others=_ordered(cell.others, Outcome),
        voices=_ordered(cell.voices, Voice),
        intensity=None if acts is None else round(fsum(n * book[kind].intensity for kind, n in types.items()), _PLACES),
        share=share(cell.mix, cell.read, weights),
        baseline=usual.baseline,
        deviation=usual.deviation,
    )


def _known(n: int, articles: int) -> int | None:
    """A count; nothing, where nothing was read, is not known."""
    return n if n or articles else None


def _ordered(counts: Mapping[str, int], order: Iterable[str]) -> Mapping[str, int]:
    """What was counted, in the order of the code book."""
    return {str(key): counts[key] for key in order if counts.get(key)} if counts else {}


def share(reports: Mapping[str, int], articles: Mapping[str, int], weights: Mapping[str, int]) -> float | None:
    """The reports in a thousand articles at the mix of countries in ``weights``; None where nothing was read.

    All three are by country of the source.

    >>> share({"IRQ": 4}, {"IRQ": 100, "USA": 300}, {"IRQ": 500, "USA": 500}), share({}, {}, {"IRQ": 500})
    (20.0, None)
    """
    read = sorted(country for country, n in articles.items() if n and weights.get(country))
    if not read:
        return None
    rates = fsum(weights[country] * (reports.get(country, 0) / articles[country]) for country in read)
    return PER * rates / sum(weights[country] for country in read)


def coverage(read: Mapping[str, int], sources: int, sides: Sequence[str]) -> Coverage:
    """What was read, the country with the most articles first, and which of ``sides`` have no paper in it.

    A side is that of its state (``RUS.GOV.MFA``: ``RUS``). A body of states has no press of its own, and is not missed.

    >>> coverage({"IRQ": 7, "": 2}, 3, ["IRQ", "RUS.GOV.MFA", "EU"]).missing
    ('RUS',)
    """
    states = dict.fromkeys(state_of(side) for side in sides)
    bodies = {code for code, entry in countries().items() if entry.country in NO_STATE} | NO_STATE.keys()
    return Coverage(
        articles=sum(read.values()),
        sources=sources,
        countries=dict(sorted(((key, n) for key, n in read.items() if n), key=lambda each: (-each[1], each[0]))),
        missing=tuple(state for state in states if not read.get(state) and state not in bodies),
    )
