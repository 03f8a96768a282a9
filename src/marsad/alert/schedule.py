"""When a message may be sent: digest, quiet hours, cooldown, mute; and when it is tried again. Pure.

Hours are those of the wall clock in the zone of the watch. Where the clock is put forward over the end of quiet hours,
they end when it is; where it is put back, an hour that comes twice is quiet twice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from marsad.types.alerts import Rhythm, Watch

#: When digests are sent, in the zone of the watch; those of a week on Monday.
DIGEST = time(7)
MONDAY = 0
#: How long a message waits after each try that failed, in seconds. One more failure, and it is given up.
PAUSES = (30, 120, 600, 3_600, 21_600, 43_200, 43_200)
TRIES = len(PAUSES) + 1
#: How long after its first try a message is given up, however seldom it was tried.
LONGEST = timedelta(days=2)
#: The part of a pause by which it is made longer, at most, so that not all come back at once.
JITTER = 0.2


def due(watch: Watch, now: datetime, last_sent: datetime | None = None) -> datetime:
    """When what ``watch`` tells at ``now`` may be sent, in UTC; ``last_sent`` is when it last sent to that channel.

    >>> watch = Watch(id="a", name="a", trigger="event", quiet=(time(22), time(6)), zone="Asia/Baghdad")
    >>> due(watch, datetime(2026, 3, 1, 20, tzinfo=UTC)).isoformat()
    '2026-03-02T03:00:00+00:00'
    """
    at = now.astimezone(UTC)
    if last_sent is not None and watch.cooldown:
        at = max(at, last_sent.astimezone(UTC) + timedelta(minutes=watch.cooldown))
    if watch.muted is not None:
        at = max(at, watch.muted.astimezone(UTC))
    if watch.digest is not None:
        at = _digest(watch.digest, at, ZoneInfo(watch.zone))
    return awake(watch, at)


def awake(watch: Watch, at: datetime) -> datetime:
    """The first time from ``at`` on at which ``watch`` is neither muted nor in its quiet hours, in UTC."""
    at = at.astimezone(UTC)
    if watch.muted is not None:
        at = max(at, watch.muted.astimezone(UTC))
    if watch.quiet is None:
        return at
    begin, end = watch.quiet
    zone = ZoneInfo(watch.zone)
    if not _within(at.astimezone(zone).time(), begin, end):
        return at
    first = at.astimezone(zone).date() - timedelta(days=1)
    ends = (one for days in range(4) for one in _instants(first + timedelta(days=days), end, zone))
    return min(one for one in ends if one >= at and not _within(one.astimezone(zone).time(), begin, end))


def _within(wall: time, begin: time, end: time) -> bool:
    """Whether ``wall`` is between the hours, the end outside; over midnight where the end is earlier."""
    if begin <= end:
        return begin <= wall < end
    return wall >= begin or wall < end


def _digest(rhythm: Rhythm, at: datetime, zone: ZoneInfo) -> datetime:
    """The first digest from ``at`` on."""
    first = at.astimezone(zone).date()
    days = (first + timedelta(days=number) for number in range(9))
    wanted = (day for day in days if rhythm is Rhythm.DAILY or day.weekday() == MONDAY)
    return next(one for day in wanted for one in _instants(day, DIGEST, zone)[:1] if one >= at)


def _instants(day: date, wall: time, zone: ZoneInfo) -> list[datetime]:
    """When the clock in ``zone`` shows ``wall`` on ``day``, in UTC: twice where it is put back over that time.

    Where it is put forward over it, the moment when it is.
    """
    first, second = (datetime.combine(day, wall, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= second:
        return [first] if first == second else [first, second]
    # The earlier of both has the later offset: between them the clock is put forward.
    before, after = second, first
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return [after.replace(microsecond=0)]


def again(key: str, tries: int, first: datetime, now: datetime, pause: float = 0.0) -> datetime | None:
    """When the message ``key`` is tried again, after ``tries`` that failed; None where it is given up.

    ``first`` is when it was tried first, ``pause`` how many seconds its receiver asks to be left alone. The wait is
    the same for the same key and number of tries.
    """
    if tries >= TRIES:
        return None
    drawn = int.from_bytes(sha256(f"{key} {tries}".encode()).digest()[:4]) / 2**32
    wait = PAUSES[max(tries, 1) - 1] * (1 + JITTER * drawn)
    at = now + timedelta(seconds=max(wait, pause))
    return at if at - first <= LONGEST else None
