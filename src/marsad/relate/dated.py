"""The day that a sentence names for a rung, where its event has none of its own."""

from __future__ import annotations

import re
from datetime import timedelta

from marsad.relate.cues import Range
from marsad.relate.scene import Part, Scene
from marsad.types import Precision, TimeMention

#: A date so many words behind a verb of saying, or before it, is the day of what is said: «قال الوزير الخميس إن».
_BEHIND, _AHEAD = 8, 1
#: Speech without such a date is of a day that is no longer ago than this; what is recalled is older.
_FRESH = timedelta(days=7)
#: How exactly a date must be known to be that of an act; of what is recalled a year will do, speech has its day.
_ACTS = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH})
_PAST = _ACTS | {Precision.QUARTER, Precision.SEASON, Precision.HALF, Precision.YEAR}
_SPEECH = frozenset({Precision.DAY})
#: A date beyond one of these belongs to another act, or to what is said, and so counts as further off by so much.
_JOINS = re.compile(r"[,،]|\band\b|\bthat\b|\s[إأا]ن\s|\sو")
_FURTHER = 12


def dated(scene: Scene, part: Part, where: Range, *, spoken: bool, past: bool) -> TimeMention | None:
    """The date that tells when a rung was reached: of speech (``spoken``) that of the saying, else the nearest one.

    ``where`` are the words of the rung. None where its clause names no day up to that of the article; for what is
    recalled (``past``), none that is long enough ago.
    """
    if scene.day is None:
        return None
    clause = part.words.clause(where)
    exact = _PAST if past else _SPEECH if spoken else _ACTS
    acts: list[tuple[int, TimeMention]] = []
    said: list[tuple[int, TimeMention]] = []
    for time in scene.times(part):
        at = part.words.words(time.span)
        if time.first > scene.day or time.precision not in exact or not clause[0] <= at[0] < clause[1]:
            continue
        if past and scene.day - time.first <= _FRESH:
            continue
        (said if _said(scene, part, at) else acts).append((_gap(scene, part, at, where), time))
    fresh = [one for one in acts if scene.day - one[1].first <= _FRESH]
    chosen = (said or (acts if past else fresh)) if spoken else acts
    return min(chosen, key=lambda one: (one[0], one[1].span), default=(0, None))[1]


def _gap(scene: Scene, part: Part, one: Range, other: Range) -> int:
    if one[0] < other[1] and other[0] < one[1]:
        return 0
    between = (other[1], one[0]) if one[0] >= other[1] else (one[1], other[0])
    return between[1] - between[0] + _FURTHER * _joined(scene, part, between)


def _joined(scene: Scene, part: Part, between: Range) -> bool:
    if between[0] == 0:
        return False
    start, stop = (
        part.words.span((between[0] - 1, between[0])).stop,
        part.words.span((between[1], between[1] + 1)).start,
    )
    return _JOINS.search(scene.coding.article.text[start:stop]) is not None


def _said(scene: Scene, part: Part, at: Range) -> bool:
    """Whether a date stands by a verb of saying."""
    asks = part.words.of("ask")
    for start, stop in part.words.of("say"):
        if any(start == ask[0] for ask in asks):  # «calls for»
            continue
        if 0 <= at[0] - stop <= _BEHIND and not _joined(scene, part, (stop, at[0])):
            return True
        if 0 <= start - at[1] <= _AHEAD and not _joined(scene, part, (at[1], start)):
            return True
    return False
