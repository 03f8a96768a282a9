"""The days that an address gives, within bounds: each period between two of them costs."""

from __future__ import annotations

from datetime import date

from marsad.api.asked import AHEAD, FIRST, LENGTHS, PERIODS
from marsad.desk.questions import asked
from marsad.errors import FormatError


def day(written: str, today: date, *, last: bool = False) -> date | None:
    """The day, or of a month or a year the first or the ``last``; None for nothing.

    Raises :class:`FormatError` for what is no day, or one that nobody asks about.
    """
    if not written.strip():
        return None
    found = asked.day(written, last=last)
    if not FIRST <= found <= today + AHEAD:
        what = f"{written[:20]!r} is no day that is asked about"
        raise FormatError(what, do=f"give one from {FIRST} on, and not years ahead")
    return found


def span(since: date | None, until: date | None, by: str, today: date) -> None:
    """Raise :class:`FormatError` where there are more periods in between than a picture is made of."""
    if since and ((until or today) - since).days // LENGTHS[by] > PERIODS:
        raise FormatError(f"more than {PERIODS} periods", do="ask by month, or for less")
