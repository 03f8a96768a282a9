"""When messages may be sent: held against the wall clock of the zone, minute by minute."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.alert.schedule import LONGEST, PAUSES, TRIES, again, awake, due
from marsad.types.alerts import AlertTrigger, Rhythm, Watch

ZONES = ("UTC", "Asia/Baghdad", "Asia/Beirut", "Africa/Cairo", "Europe/London", "America/New_York",
         "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca")  # fmt: skip
instants = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
#: The nights on which clocks are changed, where hours go wrong.
NIGHTS = ("2026-03-08T05", "2026-03-29T00", "2026-10-25T00", "2026-11-01T05", "2026-04-24T00", "2026-10-04T14",
          "2026-04-04T14", "2026-03-28T22")  # fmt: skip
changes = st.builds(
    lambda night, minutes: datetime.fromisoformat(night).replace(tzinfo=UTC) + timedelta(minutes=minutes),
    st.sampled_from(NIGHTS),
    st.integers(-600, 600),
)
walls = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59)))


def watch(**given):
    return Watch(id="w", name="w", trigger=AlertTrigger.EVENT, **given)


watches = st.builds(
    watch,
    quiet=st.none() | st.tuples(walls, walls),
    zone=st.sampled_from(ZONES),
    cooldown=st.sampled_from((0, 1, 60, 1440)),
    digest=st.none() | st.sampled_from(Rhythm),
    muted=st.none() | instants,
)


def quiet(one, at):
    """Whether the wall clock says that the watch is quiet."""
    if one.quiet is None:
        return False
    begin, end = one.quiet
    wall = at.astimezone(ZoneInfo(one.zone)).time()
    return begin <= wall < end if begin <= end else wall >= begin or wall < end


@settings(deadline=None)
@given(watches, instants | changes, st.none() | instants)
def test_never_before_now_never_in_quiet_hours_never_within_the_cooldown_or_while_muted(one, now, last):
    at = due(one, now, last)
    assert at.tzinfo is UTC
    assert at >= now
    assert not quiet(one, at)
    assert one.muted is None or at >= one.muted
    if last is not None and one.cooldown:
        assert at >= last + timedelta(minutes=one.cooldown)
    assert due(one, at, last) == at or one.digest  # asked again then, nothing holds it back


@settings(deadline=None)
@given(st.tuples(walls, walls), st.sampled_from(ZONES), instants | changes)
def test_quiet_hours_end_as_soon_as_the_wall_clock_says_so(hours, zone, now):
    one = watch(quiet=hours, zone=zone)
    now = now.replace(second=0, microsecond=0)
    expected = now
    while quiet(one, expected):
        expected += timedelta(minutes=1)
    assert due(one, now) == awake(one, now) == expected


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.sampled_from(Rhythm), instants | changes)
def test_a_digest_is_sent_at_seven_and_the_next_one_is_the_first(zone, rhythm, now):
    at = due(watch(zone=zone, digest=rhythm), now)
    local = at.astimezone(ZoneInfo(zone))
    assert local.time() == time(7)
    assert rhythm is Rhythm.DAILY or local.weekday() == 0
    assert at - now <= timedelta(days=1 if rhythm is Rhythm.DAILY else 7, hours=1)
    assert due(watch(zone=zone, digest=rhythm), at) == at


@pytest.mark.parametrize(
    ("hours", "zone", "now", "expected"),
    [
        # over midnight
        ((time(22), time(7)), "Asia/Baghdad", "2026-03-01T20:00", "2026-03-02T04:00"),
        ((time(22), time(7)), "Asia/Baghdad", "2026-03-01T12:00", "2026-03-01T12:00"),
        # London puts its clock forward at 01:00 UTC: quiet to 01:30 ends with the hour that is left out
        ((time(22), time(1, 30)), "Europe/London", "2026-03-29T00:30", "2026-03-29T01:00"),
        # and back at 01:00 UTC: the second 01:00 to 01:30 is quiet again
        ((time(22), time(1, 30)), "Europe/London", "2026-10-25T00:10", "2026-10-25T00:30"),
        ((time(22), time(1, 30)), "Europe/London", "2026-10-25T01:10", "2026-10-25T01:30"),
        # hours of no length are no hours
        ((time(9), time(9)), "UTC", "2026-03-01T09:00", "2026-03-01T09:00"),
        # Cairo leaves out the hour from midnight to one
        ((time(20), time(0, 30)), "Africa/Cairo", "2026-04-23T21:00", "2026-04-23T22:00"),
    ],
)
def test_quiet_hours(hours, zone, now, expected):
    now, expected = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (now, expected))
    assert due(watch(quiet=hours, zone=zone), now) == expected


def test_a_digest_in_quiet_hours_waits_for_their_end():
    one = watch(quiet=(time(23), time(8)), zone="Asia/Baghdad", digest=Rhythm.DAILY)
    assert due(one, datetime(2026, 3, 1, 12, tzinfo=UTC)) == datetime(2026, 3, 2, 5, tzinfo=UTC)


@given(st.text(max_size=20), st.integers(1, TRIES + 2), st.floats(0, 90_000))
def test_tries_come_later_and_later_and_end(key, tries, pause):
    now = datetime(2026, 3, 1, tzinfo=UTC)
    at = again(key, tries, now, now, pause)
    assert at == again(key, tries, now, now, pause)
    if tries >= TRIES:
        assert at is None
        return
    wait = (at - now).total_seconds()
    assert wait >= max(PAUSES[tries - 1], pause) - 1e-6
    assert wait <= max(PAUSES[tries - 1] * 1.2, pause) + 1e-6


def test_a_message_is_given_up_after_two_days_and_before_that_it_is_tried_often_enough():
    first = now = datetime(2026, 3, 1, tzinfo=UTC)
    tries = 1
    while (at := again("key", tries, first, now)) is not None:
        now, tries = at, tries + 1
    assert tries == TRIES == 8
    assert now - first <= LONGEST
    assert again("key", 2, first, first + LONGEST) is None
    assert again("key", 2, first, first + timedelta(days=1), pause=86_401) is None


def test_keys_do_not_all_come_back_at_once():
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert len({again(f"key {n}", 1, now, now) for n in range(100)}) == 100
