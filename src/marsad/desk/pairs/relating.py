"""What an analyst asks of a store: how two stand, what has changed between them, who stood there before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from marsad.desk.answers import Answer
from marsad.desk.pairs.climbing import climbed, sentences_of
from marsad.desk.pairs.related import CASES, TURNS, Periods, Related, Triangle
from marsad.desk.pairs.turning import busy, turned
from marsad.errors import SettingsError
from marsad.export.cited import Cited
from marsad.identity import state_of
from marsad.knowledge.precedents import item_classes, precedents, tie
from marsad.relate.precedents import Like, like
from marsad.relate.series import Act, Mix, Read, Told, series
from marsad.settings import Settings
from marsad.store import Connection, Store, coverage, days, tallies
from marsad.types import Change, Course, Coverage, EventType, Outcome, Reached, Series, Status, Voice


class Relating:
    """Answers on pairs from ``store``."""

    store: Store
    settings: Settings
    now: Callable[[], datetime]

    def today(self) -> date:
        """The day of the clock, in UTC."""
        return self.now().astimezone(UTC).date()

    def _until(self, since: date | None, until: date | None) -> date:
        """The last day that is asked about. Raises :class:`SettingsError` where ``since`` is later."""
        last = until or self.today()
        if since and since > last:
            day = f"until {until}" if until else f"today, {last}"
            raise SettingsError(f"since {since} is later than {day}", do="give a span that begins before it ends")
        return last

    # --- pairs -----------------------------------------------------------------------------------------------------

    def relation(
        self,
        one: str,
        other: str,
        *,
        sanctioner: str | None = None,
        by: str = "month",
        since: date | None = None,
        until: date | None = None,
    ) -> Related:
        """How ``one`` and ``other`` (ids of actors, each with all that is under it) stand to each other.

        ``sanctioner`` is whose warnings are shown beside. Raises :class:`SettingsError` for a ``by`` that is not day,
        week or month.
        """
        last = self._until(since, until)
        with self.store.reading() as db:
            read = _read(db, since, last)
            sides = [one, other, *([sanctioner] if sanctioner else [])]
            forth, back = (
                _series(_counts(db, *pair, by, since, last), pair, by, since, last, sides, read)
                for pair in ((one, other), (other, one))
            )
            made = turned(db, [(one, other), (other, one)], since, last, self.settings.persist)
            climb = climbed(db, one, other, sanctioner, since, last)
            return Related(
                forth=Periods(forth),
                back=Periods(back),
                changes=Answer(sorted(made, key=lambda each: (each.day, each.source, each.quad)), TURNS),
                course=climb.course,
                cited=sentences_of(db, climb.course.reached),
                rises=climb.rises,
                left=climb.left,
                stays=climb.stays,
            )

    def series(
        self,
        one: str,
        other: str,
        *,
        by: str = "month",
        since: date | None = None,
        until: date | None = None,
        mutual: bool = False,
    ) -> Periods:
        """What passes from ``one`` to ``other``, or for ``mutual`` between them, by day, week or month."""
        last = self._until(since, until)
        with self.store.reading() as db:
            return Periods((_mutual if mutual else _directed)(db, one, other, by, since, last))

    def triangle(
        self,
        one: str,
        other: str,
        third: str,
        *,
        by: str = "month",
        since: date | None = None,
        until: date | None = None,
    ) -> Triangle:
        """How three stand to each other: ``third`` is taken for the one that warns."""
        last = self._until(since, until)
        with self.store.reading() as db:
            sides = (one, other, third)
            pairs = ((one, other), (one, third), (other, third))
            first, second, last_pair = (Periods(_mutual(db, *pair, by, since, last, sides)) for pair in pairs)
            climb = climbed(db, one, other, state_of(third), since, last)
            return Triangle(
                sides=sides,
                pairs=(first, second, last_pair),
                course=climb.course,
                cited=sentences_of(db, climb.course.reached),
                rises=climb.rises,
                left=climb.left,
            )

    def course(
        self,
        one: str,
        other: str,
        *,
        sanctioner: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Course:
        """How two sides have climbed, and how ``sanctioner`` has warned of it, as of ``until``.

        Where one is a body below a side, these are the rungs of the two sides that it takes part in, and the signals
        that name it, or nobody but its side.
        """
        last = self._until(since, until)
        with self.store.reading() as db:
            return climbed(db, one, other, sanctioner, since, last).course

    def cited(self, given: Iterable[Reached]) -> dict[str, Cited]:
        """The sentences that rungs rest on, by the id of the rung."""
        with self.store.reading() as db:
            return sentences_of(db, given)

    # --- changes ---------------------------------------------------------------------------------------------------

    def changes(
        self,
        one: str | None = None,
        other: str | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
        pairs: int = 100,
    ) -> Answer[Change]:
        """What has turned between two, or between the busiest ``pairs`` of sides, since a day; the newest first.

        With ``one`` alone: between it and those with whom it has most to do. Without ``since``: in the last year.
        """
        last = until or self.today()
        first = since or last - timedelta(365)
        self._until(first, last)
        with self.store.reading() as db:
            asked = [(one, other), (other, one)] if one and other else busy(db, one, first, pairs)
            found = turned(db, asked, first, last, self.settings.persist)
        found.sort(key=lambda each: (each.found, each.strength, each.source, each.target), reverse=True)
        return Answer(found, TURNS)

    # --- precedents ------------------------------------------------------------------------------------------------

    def like(
        self,
        one: str,
        *,
        counterpart: str = "RUS",
        sanctioner: str = "USA",
        until: date | None = None,
        but: Collection[str] = (),
    ) -> Answer[Like]:
        """Which known cases are most like the course of ``one`` so far, the most alike first, with the reasons.

        Cases of the states in ``but`` are left out. Raises :class:`SettingsError` where two of the sides are one.
        """
        day = until or self.today()
        if len({state_of(one), state_of(counterpart), state_of(sanctioner)}) < 3:
            told = f"{one}, {counterpart} and {sanctioner}"
            raise SettingsError(f"{told} are not three sides", do="give a state, whom it draws near to, and who warns")
        so_far = self.course(one, counterpart, sanctioner=sanctioner, until=day)
        items = item_classes(item for each in so_far.reached for item in each.rung.items)
        return Answer(like(so_far, items, tie(state_of(one), sanctioner, day), precedents(), but=but), CASES)


# --- from the store to the steps -------------------------------------------------------------------------------------

#: What is read of one direction, as the step of series takes it.
_Counts = tuple[list[Act], list[Told], list[Mix]]


def _counts(db: Connection, one: str, other: str, by: str, since: date | None, until: date) -> _Counts:
    # A month that is asked for in part is counted by day: its first day would stand for all of it.
    whole = by == "month" and (since is None or since.day == 1) and (until + timedelta(1)).day == 1
    fine = "month" if whole else "day"
    acts = [
        Act(day, EventType(kind), Outcome(outcome), n)
        for day, kind, outcome, n in days.daily(db, one, other, since, until, by=fine)
    ]
    told = [
        Told(day, EventType(kind), Status(status), Voice(voice), n)
        for day, kind, status, voice, n in _told(db, one, other, since, until, fine)
    ]
    mix = [Mix(day, country, n) for day, country, n in days.mix(db, one, other, since, until, by=fine)]
    return acts, told, mix


def _told(
    db: Connection, one: str, other: str, since: date | None, until: date, fine: str
) -> Iterable[tuple[date | None, str, str, str, int]]:
    """The reports: between sides and by month as they are kept, else counted now."""
    if fine == "month" and "." not in one + other:
        for month in tallies.months(db, one, other, since=since, until=until):
            first = date(month.month // 100, month.month % 100, 1) if month.month else None
            yield first, month.type, month.status, month.voice, month.n
    else:
        yield from days.told(db, one, other, since, until, by=fine)


def _read(db: Connection, since: date | None, until: date) -> tuple[list[Read], Coverage]:
    """What was read, by day, and in all."""
    rows = [Read(day, country, n) for day, country, n in coverage.by_day(db, since, until)]
    return rows, coverage.coverage(db, since, until)


def _series(
    counts: _Counts,
    pair: tuple[str, str],
    by: str,
    since: date | None,
    until: date,
    sides: Sequence[str],
    read: tuple[list[Read], Coverage],
    *,
    mutual: bool = False,
) -> Series:
    acts, told, mix = counts
    rows, covered = read
    first = since or _begin(by, [row.day for row in rows if row.day], until)
    return series(
        pair[0], pair[1], acts, told, mix, rows, by=by, since=first, until=until, mutual=mutual, sides=sides,
        sources=covered.sources,
    )  # fmt: skip


def _begin(by: str, read: Sequence[date], until: date) -> date | None:
    """The day on which the period of the first article read begins: the counts of a month stand on its first day."""
    first = min((day for day in read if day <= until), default=None)
    if first is None or by == "day":
        return first
    return first.replace(day=1) if by == "month" else first - timedelta(first.weekday())


def _directed(db: Connection, one: str, other: str, by: str, since: date | None, until: date) -> Series:
    read = _read(db, since, until)
    return _series(_counts(db, one, other, by, since, until), (one, other), by, since, until, [one, other], read)


def _mutual(
    db: Connection, one: str, other: str, by: str, since: date | None, until: date, sides: Sequence[str] = ()
) -> Series:
    forth, back = _counts(db, one, other, by, since, until), _counts(db, other, one, by, since, until)
    both = (forth[0] + back[0], forth[1] + back[1], forth[2] + back[2])
    read = _read(db, since, until)
    return _series(both, (one, other), by, since, until, sides or (one, other), read, mutual=True)
