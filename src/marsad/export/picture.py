"""The geometry that pictures of a course share: days to pixels, a panel a ladder, marks by voice, marks moved apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.types import Course, Ladder, Voice

#: Sizes in pixels of the picture's own scale.
WIDTH, ROW, TOP, GAP, SIDE, EDGE = 1080, 20, 64, 34, 250, 28
LEVELS: dict[Ladder, tuple[int, int]] = {Ladder.W: (-1, 9), Ladder.R: (1, 4), Ladder.L: (0, 10)}
#: Pixels between two marks of a level that do not hide each other, and the most that one is moved from its day.
ROOM, MOST = 10.0, 15.0
#: The marks, drawn around the origin; each is the shape of a voice.
SHAPES: dict[Voice, str] = {
    Voice.VERBATIM: '<circle r="5.5"/>',
    Voice.PARAPHRASE: '<rect x="-5" y="-5" width="10" height="10"/>',
    Voice.ANONYMOUS: '<path d="M0 -6.5 6.2 5H-6.2Z"/>',
    Voice.REPORT: '<path d="M0 -6.5 6.5 0 0 6.5 -6.5 0Z"/>',
    Voice.READING: '<path d="M0 6.5 6.2 -5H-6.2Z" stroke-dasharray="2 1.5"/>',
}
CROSS = '<path d="M-8 -8 8 8M8 -8-8 8" fill="none"/>'
BAR = '<path d="M-3 -9V9M3 -9V9" fill="none"/>'


@dataclass(frozen=True, slots=True)
class Axis:
    """Days to pixels."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day stands."""
        whole = max(1, (self.last - self.first).days)
        inside = min(max(0, (day - self.first).days), whole)
        return round(SIDE + (WIDTH - SIDE - EDGE) * inside / whole, 1)

    def ticks(self) -> Iterator[tuple[date, str]]:
        """Days with a label: years, quarters, months or weeks, whichever leave room."""
        days = (self.last - self.first).days
        if days <= 70:
            day = self.first + timedelta(-self.first.weekday() % 7)
            while day <= self.last:
                yield day, f"{day:%d.%m}"
                day += timedelta(7)
            return
        step = next((n for n in (1, 3, 6, 12, 24, 60) if days / (30.4 * n) <= 14), 120)
        month = self.first.year * 12 + self.first.month - 1
        month += -month % step
        while (day := date(month // 12, month % 12 + 1, 1)) <= self.last:
            if day >= self.first:
                yield day, f"{day.year}" if step >= 12 else f"{day:%m.%Y}"
            month += step


class Panel:
    """One ladder: its rows, from the highest level down."""

    def __init__(self, ladder: Ladder, top: int) -> None:
        self.ladder, self.top = ladder, top
        self.low, self.high = LEVELS[ladder]
        self.height = (self.high - self.low + 1) * ROW

    def inside(self, level: int) -> int:
        """The level, or the nearest that has a row."""
        return min(max(level, self.low), self.high)

    def y(self, level: int) -> float:
        """Where the middle of a level stands."""
        return self.top + (self.high - level + 0.5) * ROW


def axis_of(course: Course, days: Sequence[date]) -> Axis:
    """From the first rung, or the day asked for, to the last day, with a little room on both sides."""
    first = course.since or min(days, default=course.until - timedelta(365))
    last = max(course.until, first + timedelta(1))
    room = timedelta(max(3, (last - first).days // 40))
    return Axis(first - room, last + room)


def panels_of(used: set[Ladder], warned: bool) -> list[Panel]:
    """Warnings above where anybody may warn, relief between where there is any, rapprochement below."""
    panels: list[Panel] = []
    top = TOP
    for ladder in (Ladder.W, Ladder.R, Ladder.L):
        if ladder is Ladder.L or ladder in used or (ladder is Ladder.W and warned):
            panels.append(Panel(ladder, top))
            top += panels[-1].height + GAP
    return panels


def apart(places: Sequence[float]) -> list[float]:
    """``places``, which are in order, moved as little as makes room between them, and none far from its own."""
    # Least squares under an order: neighbours that violate it are pooled (Best and Chakravarti 1990).
    pools: list[tuple[float, int]] = []
    for n, x in enumerate(places):
        total, count = x - n * ROOM, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before = pools.pop()
            total, count = total + before[0], count + before[1]
        pools.append((total, count))
    wanted = [total / count for total, count in pools for _ in range(count)]
    return [
        round(min(max(x + n * ROOM, own - MOST), own + MOST), 1)
        for n, (x, own) in enumerate(zip(wanted, places, strict=True))
    ]
