"""What a rung of rapprochement is to the law: only a contract, a payment and a delivery are transactions.

Talks, visits and papers of intent are none (section 5.3 of the research on sanctions). That arms are in use, or that
forces are stationed, shows that there must have been a transaction, but not when.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from marsad.types import Ladder, Precision, Reached, Rung, Status, Turn

CONTRACT, PAYMENT, DELIVERY, BASING = 6, 7, 8, 10
#: The lowest level of L that is a dealing with somebody: contact and declared interest are none yet.
DEALING = 2
#: The rule of ``ladders.yaml`` for what is being made, which is no payment, though on the same level.
PRODUCED = "l7.produced"
#: The levels of L that are transactions.
TRANSACTIONS = range(CONTRACT, DELIVERY + 1)
#: What levels of L are called where one is supposed.
STAGES: Mapping[str, int] = {
    "contact": 1, "delegation": 2, "visit": 3, "talks": 4, "memorandum": 5, "contract": CONTRACT, "payment": PAYMENT,
    "delivery": DELIVERY, "operation": 9, "basing": BASING,
}  # fmt: skip
_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.SEASON: 3, Precision.HALF: 6}
_YEARS = {Precision.YEAR: 1, Precision.DECADE: 10, Precision.CENTURY: 100}


def is_step(one: Reached) -> bool:
    """Whether it is a step of rapprochement that was taken, and not put off, called off, ended or only planned."""
    rung = one.rung
    taken = rung.turn is Turn.REACHED and rung.status is Status.ACTUAL
    return rung.ladder is Ladder.L and rung.level > 0 and taken


def is_transaction(one: Reached) -> bool:
    """Whether it is a contract, a payment or a delivery that was reported as done."""
    return is_step(one) and one.rung.level in TRANSACTIONS


def is_planned(one: Reached) -> bool:
    """Whether it is a transaction that is announced, and not yet done."""
    rung = one.rung
    announced = rung.status in (Status.PLANNED, Status.POSSIBLE) or rung.turn is Turn.POSTPONED
    return rung.ladder is Ladder.L and rung.level in TRANSACTIONS and announced


def is_denied(one: Reached) -> bool:
    """Whether it is a rung that says of a transaction that there was none."""
    rung = one.rung
    return rung.ladder is Ladder.L and rung.level in TRANSACTIONS and (rung.status is Status.DENIED or rung.negated)


def window(rung: Rung) -> tuple[date, date] | None:
    """The first and the last day on which it may have been; None where its own day is not known.

    >>> from marsad.types import Ladder, Span
    >>> told = Rung(id="r", article="a", ladder=Ladder.L, level=8, sentence=0, span=Span(0, 1), rule="",
    ...             day=date(2018, 2, 14), precision=Precision.MONTH)
    >>> [day.isoformat() for day in window(told)]
    ['2018-02-01', '2018-02-28']
    """
    day, precision = rung.day, rung.precision
    vague = precision in (Precision.ARTICLE, Precision.UNKNOWN)
    if day is None or (rung.past and vague):
        return None
    if precision in _MONTHS:
        length = _MONTHS[precision]
        # Days inside a time (precedents) and first days (texts) come to the same; a season may begin in any month.
        first = day.replace(day=1) if precision is Precision.SEASON else _month(day, length)
        return first, _after(first, length)
    if precision in _YEARS:
        length = _YEARS[precision]
        first = date(max(1, day.year - day.year % length), 1, 1)
        return first, date(min(9999, first.year + length - 1), 12, 31)
    return day, day + timedelta(6 if precision is Precision.WEEK else 0)


def _month(day: date, length: int) -> date:
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def _after(first: date, months: int) -> date:
    """The last day of so many months from ``first`` on."""
    number = first.year * 12 + first.month - 1 + months - 1
    year, month = divmod(number, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def called_off(one: Reached, reached: Iterable[Reached]) -> Reached | None:
    """What called a step off: the end of the dealings, or a cancelled deal with the same buyer and items; else None.

    What was delivered or paid stays so. Nothing that is less well confirmed than the step calls it off.
    """
    rung = one.rung
    if rung.level >= DELIVERY or (rung.level == PAYMENT and rung.rule != PRODUCED):
        return None
    later = [
        other
        for other in reached
        if other.rung.ladder is Ladder.L and (other.confirmed or not one.confirmed) and _not_before(other.rung, rung)
    ]
    return next((other for other in sorted(later, key=_day) if _ends(other.rung, rung)), None)


def _ends(other: Rung, rung: Rung) -> bool:
    if other.level == 0 and other.turn is Turn.REACHED:
        return True
    deals = (CONTRACT, PAYMENT)
    same = other.level == rung.level or (rung.level in deals and other.level in (*deals, DELIVERY))
    return other.turn is Turn.CANCELLED and same and fit(other, rung)


def fit(one: Rung, other: Rung) -> bool:
    """Whether buyer and items of two rungs do not contradict each other."""
    parties = not (one.party and other.party) or one.party == other.party
    return parties and (not (one.items and other.items) or bool(set(one.items) & set(other.items)))


def _not_before(one: Rung, other: Rung) -> bool:
    return one.day is not None and (other.day is None or other.day <= one.day)


def _day(one: Reached) -> date:
    return one.rung.day or date.max


def highest(reached: Sequence[Reached]) -> Reached | None:
    """The highest of some steps, the earliest of several, confirmed ones first."""
    return max(reached, key=lambda one: (one.confirmed, one.rung.level, -_day(one).toordinal(), one.id), default=None)
