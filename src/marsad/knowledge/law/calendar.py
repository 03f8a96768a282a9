"""The calendar of the review by Congress (section 216 of CAATSA, 22 USC 9511(b))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How long Congress has: ``days``, or ``long_days`` for a report from ``first`` to ``last`` (month, day) of a year.

    ``after_disapproval`` and ``after_veto`` are days for which no action may be taken after either.
    """

    days: int
    long_days: int
    first: tuple[int, int]
    last: tuple[int, int]
    after_disapproval: int
    after_veto: int

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Calendar:
        """The calendar of a file of law."""
        long = given["long"]
        first, last = (tuple(map(int, str(long[key]).split("-"))) for key in ("first", "last"))
        return cls(
            days=given["days"],
            long_days=long["days"],
            first=(first[0], first[1]),
            last=(last[0], last[1]),
            after_disapproval=given["after_disapproval"],
            after_veto=given["after_veto"],
        )

    def review(self, report: date, *, disapproved: date | None = None, vetoed: date | None = None) -> date:
        """The last day on which the action may not be taken without a joint resolution of approval.

        The period begins on the day of the ``report``, which is its first day. Where both Houses passed a disapproval
        (``disapproved``) and where the President ``vetoed`` it, their days are counted after that day. An enacted
        disapproval bars the action for good, and is no matter of days.
        """
        long = self.first <= (report.month, report.day) <= self.last
        ends = [report + timedelta(days=(self.long_days if long else self.days) - 1)]
        ends += [disapproved + timedelta(days=self.after_disapproval)] if disapproved else []
        ends += [vetoed + timedelta(days=self.after_veto)] if vetoed else []
        return max(ends)
