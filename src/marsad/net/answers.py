"""What answers over HTTP have in common, whatever was asked: how long to wait, and words that can be shown. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

#: Longest time that a site can ask to be left alone (Retry-After), in seconds.
LONGEST_PAUSE = 86_400.0


def retry_after(value: str, now: datetime) -> float:
    """The seconds that a Retry-After asks for, at most :data:`LONGEST_PAUSE`; 0 if it says nothing.

    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    """
    value = value.strip()[:100]
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(value)
        return min(max(0.0, (utc(until) - now).total_seconds()), LONGEST_PAUSE)
    except (ValueError, OverflowError):
        return 0.0


def utc(time: datetime) -> datetime:
    """``time`` with its zone: UTC where it names none."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def short(error: Exception) -> str:
    """What ``error`` says, as far as it is printable and short: a server can have a say in it."""
    words = "".join(char if char.isprintable() else "?" for char in str(error)[:200])
    return words or type(error).__name__
