"""By what it is known that something was told: keys that stay when articles are coded or grouped anew.

The id of an event changes with the words that trigger it, the id of an act with its earliest report. Where a report
stands (article and sentence), what it is of and whom it names does not, so both are keys. All reports of an act give
theirs, those that come later too: what shares a key with what was told was told.

The same news is told in stories that nobody has joined (a chronology, a comment of the week after). So an act whose day
is told exactly is known by its type, mode, parties and day too. Two acts of one day between the same parties, of the
same type and mode, are rare; where there are two, a watch tells the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from marsad.alert.news import Denied, Risen, Telling, Told, sides, states
from marsad.identity import state_of
from marsad.knowledge import ontology
from marsad.text import sentences
from marsad.types import Article, Change, EventType, Outcome, Precision, Report, Span

#: Days by which the day of a change may move, as more is read, and be that of the same change.
MOVED = 14
#: What is not there yet.
_PLANS = frozenset({Outcome.PLANNED, Outcome.POSSIBLE})
#: Quad classes of what two do together.
_TOGETHER = frozenset({"verbal-cooperation", "material-cooperation"})


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


def of_deed(told: Told) -> Iterator[str]:
    """The keys of an act by what was done, by whom, to whom and on which day, as far as reports tell all of it.

    A plan for a day, and that it was carried out on that day, are two pieces of news.
    """
    act = told.act
    exact = {one.event.day for one in told.reports if one.event.precision is Precision.DAY and one.event.day}
    planned = act.status in _PLANS
    if act.day in exact:
        doing, hit = (frozenset(map(state_of, some)) for some in (act.actors, act.recipients))
        yield from _deed(act.type, act.mode, doing, hit, act.day, planned)
    for one in told.reports:
        event = one.event
        if event.precision is Precision.DAY:
            doing, hit = states(event.actors), states(event.recipients)
            yield from _deed(event.type, event.mode, doing, hit, event.day, planned)


def _deed(
    kind: EventType, mode: str | None, doing: frozenset[str], hit: frozenset[str], day: date | None, planned: bool
) -> Iterator[str]:
    if day is None or not doing or not hit or len(doing | hit) < 2:
        return
    # What two do together is told from either side: one delivers, the other receives.
    together = ontology.types()[kind].quad in _TOGETHER
    ends = [doing | hit] if together else [doing, hit]
    parties = ">".join(",".join(sorted(end)) for end in ends)
    yield f"{'p' if planned else 'a'} {kind} {mode or ''} {parties} {day.isoformat()}"


def of_act(told: Told, before: Iterable[Report] = ()) -> list[str]:
    """The keys of an act; ``before`` are its reports in texts that were replaced since."""
    reported = (key for one in (*told.reports, *before) for key in of_report(one))
    return list(dict.fromkeys((*reported, *of_deed(told))))


def of_denial(denied: Denied, before: Iterable[Report] = ()) -> list[str]:
    """The keys of a denial: those of what is denied, and of those who deny."""
    given = (*denied.claim.reports, *denied.denials, *before)
    reported = (key for one in given for key in of_report(one))
    return list(dict.fromkeys(f"d {key}" for key in (*reported, *of_deed(denied.claim))))


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
