"""One act in the world out of all its reports in a story, with what independent sources make of it.

Last part of the step. Reports that say most are placed first, each with the act that it agrees with in every report;
so neither the order of the articles nor a bare «اللقاء» that fits everything decides what is one act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from marsad.stories.act import Said, agrees, said
from marsad.types import Occurrence, Outcome, Precision, Report, Status, Voice

#: From the most exact on; the others say less and less.
_EXACT = (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.HALF,
          Precision.YEAR, Precision.DECADE, Precision.CENTURY, Precision.ARTICLE, Precision.UNKNOWN)  # fmt: skip
#: What goes before what where it is not contested: what happened needs no plan, and a denial outweighs a guess.
_RANK = (Status.ACTUAL, Status.DENIED, Status.PLANNED, Status.POSSIBLE)


@dataclass(frozen=True, slots=True)
class Reported:
    """How many events, articles, and independent sources report an act; copies of one text count as one source."""

    reports: int
    articles: int
    sources: int


def occurrences(reports: Iterable[Report], story: str, copies: Mapping[str, str] | None = None) -> list[Occurrence]:
    """The acts that the reports of one story tell of, each once, by their earliest report.

    Two reports are of one act where type and mode, parties (``RUS`` and ``RUS.GOV.MFA`` agree), day and place do not
    contradict each other and they share a party or a place; also two of one article. ``copies`` names for an article
    the first that printed its text (:func:`~marsad.stories.stories.copies`). The id is that of the earliest event: by
    the article's day, then its id, then where the trigger stands.
    """
    told = sorted((said(report) for report in reports), key=lambda one: (-one.fullness, one.order))
    acts: list[list[Said]] = []
    for one in told:
        place = _place(one, acts)
        if place is None:
            acts.append([one])
        else:
            acts[place].append(one)
    made = [sorted(act, key=lambda one: one.order) for act in acts]
    made.sort(key=lambda act: act[0].order)
    return [_occurrence(act, story, copies or {}) for act in made]


def independent(reports: Iterable[Report], copies: Mapping[str, str] | None = None) -> Reported:
    """How many events, articles and independent sources some reports are: what is printed twice counts once.

    Reports of one source count once too; each text without a known source counts as one.
    """
    held = list(reports)
    names = copies or {}
    articles = {report.article.id for report in held}
    return Reported(len(held), len(articles), len(_components((_source(r), _text(r, names)) for r in held)))


def _components(pairs: Iterable[tuple[str | None, str]]) -> list[set[str]]:
    """Sets of sources and texts that are joined by a source that printed a text."""
    sets: list[set[str]] = []
    for source, text in pairs:
        joined = {f"text {text}"} | ({f"source {source}"} if source else set())
        apart = [one for one in sets if not one & joined]
        sets = [*apart, joined.union(*(one for one in sets if one & joined))]
    return sets


def _source(report: Report) -> str | None:
    return report.source.id if report.source else report.article.source


def _text(report: Report, copies: Mapping[str, str]) -> str:
    return copies.get(report.article.id, report.article.id)


def _place(one: Said, acts: Sequence[Sequence[Said]]) -> int | None:
    """Which act a report belongs to: of those that it agrees with throughout, the one that it shares most with.

    A bare report, which names neither party nor place, belongs to the one act of its type, if there is only one.
    """
    rated: list[tuple[int, float, int, int]] = []
    for number, act in enumerate(acts):
        shares = [agrees(one, other) for other in act]
        known = [share for share in shares if share is not None]
        if len(known) == len(shares):
            same = sum(one.status is other.status for other in act) / len(act)
            rated.append((max(known), same, len(act), -number))
    if one.bare:
        return -rated[0][3] if len(rated) == 1 else None
    best = max(rated, default=None)
    return -best[3] if best and best[0] else None


def _occurrence(act: Sequence[Said], story: str, copies: Mapping[str, str]) -> Occurrence:
    first = act[0]
    modes = Counter(one.mode for one in act if one.mode)
    countries = Counter(one.country for one in act if one.country)
    day, precision = _day(act)
    return Occurrence(
        id=first.report.event.id,
        story=story,
        type=first.report.event.type,
        mode=_most(modes),
        status=_status([one.report for one in act], copies),
        reports=tuple(one.report.event.id for one in act),
        actors=_parties(one.actors for one in act),
        recipients=_parties(one.recipients for one in act),
        day=day,
        precision=precision,
        country=_most(countries),
    )


def _most(counted: Mapping[str, int]) -> str | None:
    return min(counted, key=lambda one: (-counted[one], one), default=None)


def _parties(named: Iterable[frozenset[str]]) -> tuple[str, ...]:
    """The parties that the reports name, the most frequent first; a state only where nobody under it is named."""
    counted = Counter(party for parties in named for party in parties)
    finest = [party for party in counted if not any(other.startswith(f"{party}.") for other in counted)]
    return tuple(sorted(finest, key=lambda party: (-counted[party], party)))


def _day(act: Sequence[Said]) -> tuple[date | None, Precision]:
    """The day that most reports give as exactly as any does; the earliest of several."""
    known = [one.report.event for one in act if one.report.event.day]
    if not known:
        return None, Precision.UNKNOWN
    precision = min((event.precision for event in known), key=_EXACT.index)
    counted = Counter(event.day for event in known if event.precision is precision and event.day)
    return min(counted, key=lambda day: (-counted[day], day)), precision


def _status(reports: Sequence[Report], copies: Mapping[str, str]) -> Outcome:
    """The status of an act: contested where independent sources say that it happened and that it did not.

    A reading never goes before what is reported.
    """
    told = [report for report in reports if report.event.voice is not Voice.READING] or list(reports)
    happened = [report for report in told if report.event.status is Status.ACTUAL]
    denied = [report for report in told if report.event.status is Status.DENIED]
    if any(_independent(one, other, copies) for one in happened for other in denied):
        return Outcome.CONTESTED
    statuses = {report.event.status for report in told}
    return Outcome(next(status for status in _RANK if status in statuses).value)


def _independent(one: Report, other: Report, copies: Mapping[str, str]) -> bool:
    a, b = _source(one), _source(other)
    return None not in (a, b) and a != b and _text(one, copies) != _text(other, copies)
