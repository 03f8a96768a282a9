"""By what it is known that something was told: keys that stay when articles are coded or grouped anew.

The id of an event changes with the words that trigger it, the id of an act with its earliest report. Where a report
stands (article and sentence), what it is of and whom it names does not, so both are keys. All reports of an act give
theirs, those that come later too: what shares a key with what was told was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from marsad.alert.news import Denied, Risen, Telling, Told, sides
from marsad.text import sentences
from marsad.types import Article, Change, Report, Span

#: Days by which the day of a change may move, as more is read, and be that of the same change.
MOVED = 14


@lru_cache(maxsize=512)
def _starts(article: Article) -> tuple[Span, ...]:
    return tuple(sentences(article.text, article.title))


def sentence(article: Article, at: int) -> Span:
    """The sentence of an article that the character ``at`` stands in; the next where it stands between two."""
    found = _starts(article)
    return next((one for one in found if at < one.stop), found[-1] if found else Span(0, len(article.text)))


def of_report(one: Report) -> Iterator[str]:
    """The keys of one report of an act."""
    event = one.event
    yield f"e {event.id}"
    start = sentence(one.article, event.trigger.start).start
    yield f"s {event.article} {start} {event.type} {','.join(sides(one))}"


def of_act(told: Told, before: Iterable[Report] = ()) -> list[str]:
    """The keys of an act; ``before`` are its reports in texts that were replaced since."""
    return list(dict.fromkeys(key for one in (*told.reports, *before) for key in of_report(one)))


def of_denial(denied: Denied, before: Iterable[Report] = ()) -> list[str]:
    """The keys of a denial: those of what is denied, and of those who deny."""
    given = (*denied.claim.reports, *denied.denials, *before)
    return list(dict.fromkeys(f"d {key}" for one in given for key in of_report(one)))


def of_telling(one: Telling) -> Iterator[str]:
    """The keys of one telling of a rung."""
    rung = one.rung
    named = sorted(side or "" for side in (rung.near, rung.counterpart))
    yield f"r {rung.id} {rung.level} {rung.turn}"
    start = sentence(one.article, rung.span.start).start
    yield f"l {rung.article} {start} {rung.name} {rung.turn} {rung.sanctioner or ''} {','.join(named)}"


def of_rung(risen: Risen, sure: bool, before: Iterable[Telling] = ()) -> list[str]:
    """The keys of a rung as first told, or for ``sure`` as confirmed."""
    stage = "sure" if sure else "first"
    return list(dict.fromkeys(f"{key} {stage}" for one in (*risen.tellings, *before) for key in of_telling(one)))


def of_change(change: Change) -> str:
    """Under what a watch remembers the days of the changes of one direction, one class and one way."""
    way = "more" if change.after >= change.before else "less"
    return f"change {change.source}>{change.target} {change.quad} {way}"


def is_same(change: Change, days: Iterable[str]) -> bool:
    """Whether a change is one of those that were told, by their days."""
    own = change.day.toordinal()
    return any(abs(own - int(day)) <= MOVED for day in days)
