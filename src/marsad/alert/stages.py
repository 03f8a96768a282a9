"""At which stage a rung is told: told of for the first time, confirmed, higher than any before. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from marsad.alert.news import Risen
from marsad.types import Precision, Reached, Rung, Stage, Turn

#: Stages that tell a rung as confirmed.
SURE = frozenset({Stage.CONFIRMED, Stage.HIGHER})


def stages(risen: Risen, course: Iterable[Reached], known: Mapping[str, int]) -> list[Stage]:
    """The stages that a rung is at, the highest first; ``course`` are all rungs of its pair.

    ``known`` is for the id of an article the place at which it came: higher is what is above every confirmed rung
    that was before it, and above what was known before it.
    """
    mine = risen.reached
    found = [Stage.FIRST]
    if mine.confirmed:
        found.insert(0, Stage.CONFIRMED)
        if mine.rung.turn is Turn.REACHED and _is_higher(risen, course, known):
            found.insert(0, Stage.HIGHER)
    return found


def _is_higher(risen: Risen, course: Iterable[Reached], known: Mapping[str, int]) -> bool:
    mine = risen.reached
    came = min((known[one.article.id] for one in risen.tellings if one.article.id in known), default=None)
    for other in course:
        if other.id == mine.id or other.rung.ladder is not mine.rung.ladder or other.rung.turn is not Turn.REACHED:
            continue
        if not other.confirmed or other.effective < mine.effective:
            continue
        place = known.get(other.rung.article)
        before = _day(other) <= _day(mine)
        if before or (place is not None and came is not None and place < came):
            return False
    return True


def _day(one: Reached) -> date:
    return one.rung.day or date.max


def told(at: Iterable[Stage], wanted: Collection[Stage], first: bool, sure: bool) -> Stage | None:
    """The stage to tell now: the highest that is wanted, where it was not told yet (``first``, ``sure``: were they)."""
    for stage in at:
        if stage in wanted:
            if stage in SURE and not sure:
                return stage
            if stage is Stage.FIRST and not (first or sure):
                return stage
    return None


def is_recalled(rung: Rung) -> bool:
    """Whether it is an older act that is told without its day: what papers recall is no news."""
    return rung.past and (rung.day is None or rung.precision in (Precision.ARTICLE, Precision.UNKNOWN))


def is_fresh(published: date | None, day: date | None, within: int) -> bool:
    """Whether an act is at most ``within`` days old on the day of the article; one without a day is of that day."""
    return published is None or day is None or (published - day).days <= within
