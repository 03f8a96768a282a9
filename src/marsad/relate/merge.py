"""Many tellings, one rung: what the articles of one story say of somebody's rung is made into acts in the world.

Tellings agree or contradict (:func:`shared`); the surest of them come first, each other one goes to the act that it
shares most with (:func:`gather`). So neither the order of the articles nor their number decides.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from marsad.knowledge.actors import actors
from marsad.types import Branch, Ladder, Mention, Precision, Reached, Rung, Sector, Turn, Voice

#: Days before an article without a day of its own in which what it tells may have happened.
LAG = 2
#: Days that two exactly dated tellings of one act may lie apart: words, acts, and what takes its time (pay, deliver).
WORDS, ACTS, WORKS = 1, 2, 7
#: A reading («تحذير مبطن») counts for no more than this on W.
READING = 3
#: Up to this level W is said about a matter, and to nobody.
_RESERVED = 1
#: The lowest levels that want two independent origins or one official.
PROVEN: Mapping[Ladder, int] = {Ladder.L: 6, Ladder.W: 7, Ladder.R: 3}
#: The lowest levels at which a deal or a blow is told apart from others by who buys or is hit, and by the items.
_DEALS: Mapping[Ladder, int] = {Ladder.L: 5, Ladder.W: 6, Ladder.R: 2}

_LENGTH: Mapping[Precision, int] = {
    Precision.DAY: 1, Precision.WEEK: 7, Precision.MONTH: 31, Precision.QUARTER: 92, Precision.SEASON: 92,
    Precision.HALF: 184, Precision.YEAR: 366, Precision.DECADE: 3653, Precision.CENTURY: 36525,
}  # fmt: skip
#: What says the day best. An article's own day lies within days of what is news in it, and so goes before a month.
_EXACT = (Precision.DAY, Precision.WEEK, Precision.ARTICLE, Precision.MONTH, Precision.QUARTER, Precision.SEASON,
          Precision.HALF, Precision.YEAR, Precision.DECADE, Precision.CENTURY, Precision.UNKNOWN)  # fmt: skip
_RANK = {precision: rank for rank, precision in enumerate(_EXACT)}
_VOICES = (Voice.VERBATIM, Voice.PARAPHRASE, Voice.REPORT, Voice.ANONYMOUS, Voice.READING)
_OFFICIALS = frozenset({Sector.GOV, Sector.MIL, Sector.LEG, Sector.SPY, Sector.IGO})  # IGO: where a side is a body
#: What links a firm to the list of the arms sector of a side.
_ARMS_SECTOR = "caatsa231:"
#: The id of a weapon system; anything else among the items is words, and two words for one thing differ often.
_ID = re.compile(r"[A-Z]+\.\S+")
_SECTORS = frozenset(sector.value for sector in Sector)
#: What a telling may leave open.
_OPEN = ("near", "counterpart", "speaker", "branch", "party", "items")

#: Ladder, level, turn, whether it is a reading, and the sides: acts of two kinds are never one.
Kind = tuple[Ladder, int, Turn, bool, frozenset[str | None]]
#: The first and the last day on which an act may have been, both inside, as ordinals.
Days = tuple[int, int]


def merged(
    rungs: Sequence[Rung], acts: Mapping[str, str], origins: Mapping[str, str], officials: Collection[str] = ()
) -> tuple[Reached, ...]:
    """The acts in the world that ``rungs``, those of the articles of one story, tell of; the earliest first.

    ``acts`` gives the occurrence of an event's id, ``origins`` the independent origin of an article's id (copies of an
    agency's text share one; an article that it lacks is its own), ``officials`` the articles of official sources.

    Two rungs are one act where ladder, level, turn and sides are the same and they are of one occurrence; without
    that, where speaker and branch (words on W and R) or buyer and items (deals and blows) do not contradict and the
    days lie within a few days of each other. A reading is never one with what it reads, nor are two levels. A past
    rung without a day of its own is one only with other past ones, an undated one with whatever it fits.

    ``rung`` is the telling that shows the act best: the nearest to its speaker's words, then with an exact day, then
    the earliest; its day is the one that the tellings know most exactly, it is past where all say so, and counterpart,
    buyer and items stand where another names them. Repetition raises nothing: ``origins`` are those of the tellings
    that are neither anonymous nor readings, if there are any.
    """
    told = [(rung, acts.get(rung.event) if rung.event else None) for rung in rungs]
    gathered = gather(told, _loose)
    made = [_reached([told[i] for i in members], origins, officials) for members in gathered]
    return tuple(sorted(made, key=order))


def order(reached: Reached) -> tuple[date, str, int, str, str, str]:
    """What sorts acts: the earliest first, those without a day last."""
    rung = reached.rung
    return (rung.day or date.max, rung.ladder, rung.level, reached.id, rung.near or "", rung.counterpart or "")


def kind(rung: Rung) -> Kind:
    """What rungs must have in common to be one act. On L either side may be named first."""
    sides = {rung.near, rung.counterpart} if rung.ladder is Ladder.L else {rung.sanctioner}
    return rung.ladder, rung.level, rung.turn, rung.voice is Voice.READING, frozenset(sides)


def solid(rung: Rung) -> bool:
    """Whether somebody stands for what is told: no reading, and no source without a name."""
    return rung.voice not in (Voice.READING, Voice.ANONYMOUS) and rung.branch is not Branch.ANONYMOUS


def recalled(rung: Rung) -> bool:
    """Whether it is an older act that is told without its day: all that is known is that it was before the article."""
    return rung.past and (rung.day is None or rung.precision in (Precision.ARTICLE, Precision.UNKNOWN))


def days(rung: Rung) -> Days | None:
    """The days on which it may have been, as ordinals; None where its own day is not known."""
    if rung.day is None or recalled(rung):
        return None
    first = rung.day.toordinal()
    length = _LENGTH.get(rung.precision)
    return (first, first + length - 1) if length else (first - LAG, first)


def slack(rung: Rung) -> int:
    """How many days two exactly dated tellings of such an act may lie apart."""
    if rung.level < {Ladder.L: 2, Ladder.W: 6, Ladder.R: 2}[rung.ladder]:
        return WORDS
    return WORKS if rung.ladder is Ladder.L and rung.level >= 7 else ACTS


def same_deal(one: Rung, other: Rung) -> bool | None:
    """Whether two rungs are of one deal, by who buys or is hit and by the items; None where that is not known."""
    parties = None if not (one.party and other.party) else _under(one.party, other.party) or _open(one, other)
    items: bool | None = True
    if not set(one.items) & set(other.items):
        known = all(any(_ID.fullmatch(item) for item in rung.items) for rung in (one, other))
        items = False if known else None
    if parties or items:
        return True
    return None if parties is None and items is None else False


def _open(one: Rung, other: Rung) -> bool | None:
    """None where one party is only some body of a sector, such as ``JOR.GOV``: that may be any."""
    parts = [party.split(".") for party in (one.party, other.party) if party]
    return None if any(len(part) == 2 and part[1] in _SECTORS for part in parts) else False


def shared(one: Rung, other: Rung, linked: bool) -> int | None:
    """How much two rungs of one kind share, None where they contradict; ``linked``: they are of one occurrence."""
    points = 8 * linked
    if one.ladder is not Ladder.L:
        open_ = None in (one.near, other.near) and (linked or _unaddressed(one, other))
        if one.near != other.near and not open_:
            return None
        if one.counterpart != other.counterpart and None not in (one.counterpart, other.counterpart):
            return None
        points += (one.near == other.near) + (one.counterpart == other.counterpart)
    same = None
    if one.level >= _DEALS[one.ladder]:
        same = same_deal(one, other)
    elif one.ladder is not Ladder.L:  # of an act the speaker is only who tells of it
        same = _one_speaker(one, other)
    return None if same is False and not linked else points + 4 * bool(same)


def _unaddressed(one: Rung, other: Rung) -> bool:
    """Whether it is silence or a reservation, told once with and once without whom it is about, and not said to all."""
    low = one.ladder is Ladder.W and one.level <= _RESERVED
    return low and all(rung.near or rung.addressee is None for rung in (one, other))


def _one_speaker(one: Rung, other: Rung) -> bool | None:
    """By organ, not by person: a paper names the ministry where another names its spokesman."""
    if one.branch and other.branch and one.branch is not other.branch:
        return False
    if one.speaker is None or other.speaker is None:
        return None
    if any(rung.speaker.country not in (rung.sanctioner, None) for rung in (one, other) if rung.speaker):
        return None  # a spokesman who was taken for somebody else's
    for a, b in ((one.speaker.actor, other.speaker.actor), (one.speaker.country, other.speaker.country)):
        if a and b:
            return _under(a, b)
    return None


def _under(one: str, other: str) -> bool:
    """Whether two ids are of one actor, or one is under the other."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


@dataclass(slots=True)
class Act:
    """An act while tellings are gathered: ``seed`` is the surest of them, with what the others add to it.

    ``members`` are their places in the input.
    """

    seed: Rung
    days: Days | None
    members: list[int]


@dataclass(slots=True)
class Gathering:
    """The acts of one kind so far, found by day and by occurrence."""

    acts: list[Act] = field(default_factory=list)
    undated: list[int] = field(default_factory=list)
    _dated: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # by how many days they may reach over
    _of: dict[str, list[int]] = field(default_factory=dict)

    def add(self, place: int, rung: Rung, when: Days | None, occurrence: str | None, to: int | None) -> None:
        """Put the telling at ``place`` to the act numbered ``to``, or make an act of it."""
        if to is None:
            to = len(self.acts)
            self.acts.append(Act(rung, when, []))
            if when:
                insort(self._dated.setdefault(when[1] - when[0], []), (when[0], to))
            else:
                self.undated.append(to)
        else:
            self.acts[to].seed = _filled(self.acts[to].seed, rung)
        self.acts[to].members.append(place)
        if occurrence is not None and to not in self._of.setdefault(occurrence, []):
            self._of[occurrence].append(to)

    def linked(self, occurrence: str | None) -> Sequence[int]:
        """The acts with a telling of that occurrence."""
        return self._of.get(occurrence, ()) if occurrence is not None else ()

    def around(self, when: Days, slack: int) -> Iterator[tuple[int, int]]:
        """The acts that may have been within ``slack`` days of these days, each with how many days are between."""
        first, last = when
        for reach, dated in self._dated.items():
            left = bisect_left(dated, (first - slack - reach, 0))
            right = bisect_left(dated, (last + slack + 1, 0))
            for begins, number in dated[left:right]:
                yield number, max(0, begins - last, first - begins - reach)

    def before(self, day: int) -> Iterator[int]:
        """The dated acts that may have begun before ``day``, the latest first."""
        known = (reversed(dated[: bisect_left(dated, (day, 0))]) for dated in self._dated.values())
        for _, number in heapq.merge(*known, reverse=True):
            yield number


def _filled(seed: Rung, rung: Rung) -> Rung:
    """``seed`` with what only ``rung`` says: what is left open there must not fit two that contradict each other."""
    if all(getattr(seed, name) or not getattr(rung, name) for name in _OPEN):
        return seed
    return replace(seed, **{name: getattr(seed, name) or getattr(rung, name) for name in _OPEN})


#: Where a rung whose day is not known belongs, by its occurrence: the number of an act, or None.
Loose = Callable[[Gathering, Rung, str | None], int | None]


def gather(told: Sequence[tuple[Rung, str | None]], loose: Loose) -> list[list[int]]:
    """Rungs, each with its occurrence, as acts: lists of places in ``told``.

    Those with the most exact day and the most that is known come first. Each goes to the act whose first telling it
    shares most with, then to the nearest in time, else it is an act of its own. ``loose`` places those without a day,
    when all others are placed.
    """
    whens = [days(rung) for rung, _ in told]
    kinds: dict[Kind, Gathering] = {}
    for place in sorted(range(len(told)), key=lambda i: _surest(told[i][0], whens[i])):
        rung, occurrence = told[place]
        when, of = whens[place], kinds.setdefault(kind(rung), Gathering())
        to = _placed(of, rung, when, occurrence) if when else loose(of, rung, occurrence)
        of.add(place, rung, when, occurrence, to)
    return [act.members for of in kinds.values() for act in of.acts]


def _surest(rung: Rung, when: Days | None) -> tuple[bool, int, bool, int, date, str, str, str]:
    open_ = [getattr(rung, name) for name in _OPEN].count(None) + (not rung.items)
    return (when is None, _RANK[rung.precision], rung.past, open_, rung.day or date.max,
            rung.id, rung.near or "", rung.counterpart or "")  # fmt: skip


def _placed(of: Gathering, rung: Rung, when: Days, occurrence: str | None) -> int | None:
    linked = of.linked(occurrence)
    rated = [(shared(of.acts[n].seed, rung, linked=True), 0, -n) for n in linked]
    rated += [(shared(of.acts[n].seed, rung, linked=False), -gap, -n) for n, gap in of.around(when, slack(rung))]
    return _best(rated)


def _loose(of: Gathering, rung: Rung, occurrence: str | None) -> int | None:
    linked = set(of.linked(occurrence))
    rated = [
        (shared(act.seed, rung, linked=n in linked), act.days[0] if act.days and rung.past else 0, -n)
        for n, act in enumerate(of.acts)
        if n in linked or act.seed.past is rung.past
    ]
    return _best(rated)


def _best(rated: Iterable[tuple[int | None, int, int]]) -> int | None:
    best = max(((points, tie, n) for points, tie, n in rated if points is not None), default=None)
    return None if best is None else -best[2]


def _reached(
    told: Sequence[tuple[Rung, str | None]], origins: Mapping[str, str], officials: Collection[str]
) -> Reached:
    told = sorted(told, key=lambda one: _earliest(one[0]))
    rungs = [rung for rung, _ in told]
    sure = [rung for rung in rungs if solid(rung)]
    sources = sorted({origins.get(rung.article, rung.article) for rung in sure or rungs})
    official = any(rung.article in officials or _speaks_for_a_side(rung) for rung in sure)
    rung = shown(rungs)
    effective, confirmed, why = judged(rung, len(sources), official)
    return Reached(
        id=rungs[0].id,
        rung=rung,
        effective=effective,
        confirmed=confirmed,
        why=why,
        rungs=tuple(dict.fromkeys(rung.id for rung in rungs)),
        origins=tuple(sources),
        official=official,
        occurrence=next((occurrence for _, occurrence in told if occurrence is not None), None),
    )


def _earliest(rung: Rung) -> tuple[date, str]:
    return rung.day or date.max, rung.id


def shown(rungs: Sequence[Rung]) -> Rung:
    """The telling that shows an act best, with what the others know better: its day, and counterpart, buyer, items."""
    if len(rungs) == 1:
        return rungs[0]
    told = sorted(rungs, key=lambda one: (_voice(one), one.precision is not Precision.DAY, one.past, *_earliest(one)))
    day, precision = _day(told)
    return replace(
        told[0],
        day=day,
        precision=precision,
        past=all(rung.past for rung in told),
        near=told[0].near or next((rung.near for rung in told if rung.near), None),
        counterpart=next((rung.counterpart for rung in told if rung.counterpart), None),
        party=next((rung.party for rung in told if rung.party), None),
        items=next((rung.items for rung in told if rung.items), ()),
    )


def _voice(rung: Rung) -> int:
    unnamed = rung.voice is not Voice.READING and not solid(rung)
    return _VOICES.index(Voice.ANONYMOUS if unnamed else rung.voice)


def _day(rungs: Iterable[Rung]) -> tuple[date | None, Precision]:
    """The day that most tellings give as exactly as any does, the earliest of several; the first article's, failing."""
    dated = [(rung.day, rung.precision, recalled(rung)) for rung in rungs if rung.day]
    own = [(day, precision) for day, precision, vague in dated if not vague]
    if not own:
        return min(((day, precision) for day, precision, _ in dated), default=(None, Precision.UNKNOWN))
    precision = min((precision for _, precision in own), key=_RANK.__getitem__)
    counted = Counter(day for day, of in own if of is precision)
    if precision in (Precision.ARTICLE, Precision.UNKNOWN):  # the news is older than most of what tells of it
        return min(counted), precision
    return min(counted, key=lambda day: (-counted[day], day)), precision


def judged(rung: Rung, origins: int, official: bool) -> tuple[int, bool, str]:
    """What an act counts for, whether it is confirmed, and why, from its best telling and its independent origins.

    ``origins`` counts those that are neither anonymous nor readings. The keys of the reason: ``reading``,
    ``anonymous``, ``stated`` (as fact or by somebody named, which is enough below L6, W7, R3), ``official`` (one who
    speaks for a side concerned, a firm of its arms sector on L too, or an official source), ``two-sources``,
    ``one-source``.
    """
    if rung.voice is Voice.READING:
        return (min(rung.level, READING) if rung.ladder is Ladder.W else rung.level), False, "reading"
    if not solid(rung):
        lowered = rung.ladder is Ladder.W and 2 <= rung.level <= 6
        return rung.level - lowered, False, "anonymous"
    if rung.level < PROVEN[rung.ladder]:
        return rung.level, True, "stated"
    if official:
        return rung.level, True, "official"
    return rung.level, origins > 1, "two-sources" if origins > 1 else "one-source"


def _speaks_for_a_side(rung: Rung) -> bool:
    """Whether its words are those of an official of a side concerned: of the two on L, else of who signals to whom."""
    speaker = rung.speaker
    if speaker is None or rung.voice not in (Voice.VERBATIM, Voice.PARAPHRASE) or speaker.former:
        return False
    sides = (rung.near, rung.counterpart) if rung.ladder is Ladder.L else (rung.near, rung.sanctioner)
    official = speaker.sector in _OFFICIALS or (rung.ladder is Ladder.L and _sells_arms(speaker))
    return official and any(side and _is_of(speaker, side) for side in sides)


def _sells_arms(speaker: Mention) -> bool:
    """Whether it is a firm on the list of a side's arms sector: it sells for its state, and says what it delivers."""
    known = actors().get(speaker.actor or "")
    return known is not None and any(link.startswith(_ARMS_SECTOR) for link in known.links)


def _is_of(speaker: Mention, side: str) -> bool:
    return speaker.country == side or (speaker.actor is not None and f"{speaker.actor}.".startswith(f"{side}."))
