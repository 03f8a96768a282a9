"""From the outbox to the receivers: what is due, in order, again after faults, and never while a watch is asleep."""

import json
import threading
from datetime import UTC, datetime, time, timedelta

import pytest
from loopback import Clock, RealClock, Reply, Site
from raised import alert, watch

from marsad.desk import Desk
from marsad.errors import BusyError
from marsad.settings import Settings
from marsad.store import alerts, outbox, watches
from marsad.types.alerts import Sent

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOOK, OTHER = "webhook:http://a.example/hook", "webhook:http://b.example/hook"


class Day:
    """The clock of the desk, put forward by hand."""

    def __init__(self):
        self.at = NOW

    def __call__(self):
        return self.at

    def later(self, **given):
        self.at += timedelta(**given)


@pytest.fixture
def day():
    return Day()


@pytest.fixture
def site():
    with Site(RealClock()) as found:
        found.routes["/hook"] = lambda host, query: Reply(status=204)
        yield found


@pytest.fixture
def desk(tmp_path, site, day):
    settings = Settings(secret="a secret of both", timeout=5.0, public="https://marsad.example")
    with Desk(str(tmp_path / "news.db"), settings, world=site.world(), now=day) as made:
        yield made


def put(desk, number, channel=HOOK, of="iraq", **fields):
    """One alert of a watch into the outbox; gives its id."""
    with desk.store.writing() as db:
        if watches.number(db, of) is None or fields:
            watches.put(db, watch(of, **fields), NOW)
        one = alert(number, desk.now(), of)
        assert alerts.add(db, one, [one.id])
        outbox.put(db, of, [one], channel, desk.now())
    return one.id


def got(site, host="a.example"):
    """The ids of the alerts that a host was sent, in order."""
    return [one["id"] for seen in site.seen if seen.host == host for one in json.loads(seen.body)["alerts"]]


def test_what_is_due_is_sent_once_and_in_order(desk, site):
    ids = [put(desk, number) for number in range(4)]
    tries = desk.deliver()
    assert got(site) == ids
    assert [one.taken for one in tries] == [True] * 4
    assert len({one.key for one in tries}) == 4
    assert desk.deliver() == []
    assert desk.next_delivery() is None
    assert [one.headers["idempotency-key"] for one in site.seen] == [one.key for one in tries]
    assert json.loads(site.seen[0].body)["alerts"][0]["url"].startswith("https://marsad.example/event/")


def test_a_failure_is_tried_again_later_and_later_under_the_same_key_and_holds_its_channel_back(desk, site, day):
    site.routes["/hook"] = lambda host, query: Reply(status=500)
    ids = [put(desk, 1), put(desk, 2)]
    waits = []
    for _ in range(3):
        (one,) = desk.deliver()
        assert not one.taken
        assert desk.deliver() == []  # not before its time
        waits.append((desk.next_delivery() - day.at).total_seconds())
        day.at = desk.next_delivery()
    assert [30 <= waits[0] <= 36, 120 <= waits[1] <= 144, 600 <= waits[2] <= 720] == [True] * 3
    site.routes["/hook"] = lambda host, query: Reply()
    assert [one.taken for one in desk.deliver()] == [True, True]
    assert got(site) == [ids[0]] * 4 + [ids[1]]
    first = [one for one in site.seen if ids[0].encode() in one.body]
    assert len({one.headers["idempotency-key"] for one in first}) == len({one.body for one in first}) == 1


def test_after_eight_tries_it_is_given_up_and_the_next_goes_on(desk, site, day):
    refused = put(desk, 1)
    site.routes["/hook"] = lambda host, query: Reply(status=503)
    tries = 0
    while not desk.dead_letters():
        tries += len(desk.deliver())
        day.at = desk.next_delivery() or day.at
    assert tries == 8
    assert day.at - NOW < timedelta(days=2)
    (dead,) = desk.dead_letters()
    assert (dead.alerts, dead.state) == ((refused,), Sent.DEAD)
    assert "503" in dead.error
    site.routes["/hook"] = lambda host, query: Reply()
    other = put(desk, 2)
    desk.deliver()
    assert got(site)[-1] == other
    assert desk.resend() == 1
    assert [one.taken for one in desk.deliver()] == [True]
    assert got(site)[-1] == refused
    assert desk.dead_letters() == []


def test_after_two_days_it_is_given_up_however_seldom_it_was_tried(desk, site, day):
    put(desk, 1)
    site.routes["/hook"] = lambda host, query: Reply(status=503)
    desk.deliver()
    day.later(days=3)
    desk.deliver()
    assert len(desk.dead_letters()) == 1
    # And what is taken up again has two days of its own.
    desk.resend()
    desk.deliver()
    assert desk.dead_letters() == []
    assert desk.next_delivery() < day.at + timedelta(minutes=1)


def test_what_makes_no_sense_to_try_again_is_given_up_at_once(desk, site):
    site.routes["/hook"] = lambda host, query: Reply(status=410)
    put(desk, 1)
    put(desk, 2, "webhook:http://127.0.0.1:1/")
    put(desk, 3, "pigeon:home")
    assert len(desk.deliver()) == 3
    assert len(desk.dead_letters()) == 3


def test_a_receiver_that_asks_for_time_is_given_it(desk, site, day):
    site.routes["/hook"] = lambda host, query: Reply(status=429, headers={"Retry-After": "5000"})
    put(desk, 1)
    desk.deliver()
    assert desk.next_delivery() == day.at + timedelta(seconds=5000)


def test_one_bad_channel_does_not_hold_the_others(desk, site):
    """The other channel is served to its end while the first says nothing at all."""
    ended = threading.Event()
    site.routes["/slow"] = lambda host, query: (ended.wait(30), Reply())[1]
    slow = put(desk, 100, "webhook:http://slow.example/slow")
    ids = [put(desk, number, OTHER) for number in range(5)]
    site.routes["/hook"] = lambda host, query: (len(got(site, "b.example")) == 5 and ended.set(), Reply())[1]
    tries = desk.deliver()
    assert ended.is_set()
    assert got(site, "b.example") == ids
    assert got(site, "slow.example") == [slow]
    assert all(one.taken for one in tries)


def test_nothing_is_sent_while_a_watch_is_asleep_also_where_it_was_due_before(desk, site, day):
    put(desk, 1, quiet=(time(22), time(7)), zone="Asia/Baghdad")
    day.at = datetime(2026, 3, 5, 20, tzinfo=UTC)  # 23:00 in Baghdad
    other = put(desk, 2, HOOK, of="other")
    desk.deliver()
    assert got(site) == [other]
    assert desk.next_delivery() == datetime(2026, 3, 6, 4, tzinfo=UTC)
    day.at = desk.next_delivery()
    assert len(desk.deliver()) == 1


def test_a_retry_does_not_fall_into_quiet_hours(desk, site, day):
    day.at = datetime(2026, 3, 5, 18, 59, 50, tzinfo=UTC)  # ten seconds before 22:00 in Baghdad
    put(desk, 1, quiet=(time(22), time(7)), zone="Asia/Baghdad")
    site.routes["/hook"] = lambda host, query: Reply(status=500)
    assert len(desk.deliver()) == 1
    assert desk.next_delivery() == datetime(2026, 3, 6, 4, tzinfo=UTC)


def test_nothing_is_sent_while_a_watch_is_muted_or_within_its_cooldown(desk, site, day):
    put(desk, 1, muted=NOW + timedelta(hours=2), cooldown=30)
    put(desk, 2)
    assert desk.deliver() == []
    day.later(hours=2)
    assert len(desk.deliver()) == 1
    assert desk.next_delivery() == day.at + timedelta(minutes=30)
    day.later(minutes=30)
    assert len(desk.deliver()) == 1


def test_of_a_watch_that_was_removed_nothing_is_sent(desk, site):
    put(desk, 1)
    with desk.store.writing() as db:
        watches.remove(db, "iraq", NOW)
    assert desk.deliver() == []
    assert site.seen == []


def test_one_process_delivers_at_a_time(desk, site):
    put(desk, 1)
    with desk.store.alone("deliver"), pytest.raises(BusyError):
        desk.deliver()
    assert site.seen == []


def test_who_asks_to_stop_is_not_kept_waiting_and_nothing_is_lost(desk, site):
    ended = threading.Event()
    site.routes["/hook"] = lambda host, query: (ended.wait(30), Reply(status=500))[1]
    put(desk, 1)
    put(desk, 2, OTHER)
    assert desk.deliver(lambda: bool(site.seen)) == []
    ended.set()
    site.routes["/hook"] = lambda host, query: Reply()
    assert [one.taken for one in desk.deliver()] == [True, True]
    assert desk.deliver(lambda: True) == []


def test_one_that_never_ends_is_left_alone_and_sent_again(desk, site, monkeypatch):
    ended = threading.Event()
    monkeypatch.setattr("marsad.alert.channels.send", lambda *given: ended.wait(30))
    monkeypatch.setattr("marsad.desk.watches.delivering.GRACE", -4.9)
    put(desk, 1)
    (one,) = desk.deliver()
    ended.set()
    assert not one.taken
    assert "did not end" in one.error
    assert desk.next_delivery() > NOW


def test_a_fault_of_our_own_is_no_end(desk, site, monkeypatch):
    def broken(*given):
        raise RuntimeError("a secret token")

    monkeypatch.setattr("marsad.alert.channels.send", broken)
    put(desk, 1)
    (one,) = desk.deliver()
    assert "RuntimeError" in one.error
    assert "token" not in one.error
    assert desk.next_delivery() is not None


def test_a_slow_channel_with_much_to_take_does_not_hold_up_what_follows(tmp_path, day):
    clock = Clock()
    with Site(clock) as site, Desk(str(tmp_path / "a.db"), world=site.world(), now=day) as desk:
        site.routes["/hook"] = lambda host, query: (clock.sleep(25), Reply())[1]
        for number in range(9):
            put(desk, number)
        assert len(desk.deliver()) == 3  # seconds 0, 25 and 50 of 60
        assert len(desk.deliver()) == 3


def test_a_file_lies_beside_the_store(desk, tmp_path):
    ids = [put(desk, number, "file:alerts.jsonl") for number in range(3)]
    desk.deliver()
    lines = (tmp_path / "alerts.jsonl").read_text().splitlines()
    assert [json.loads(line)["alerts"][0]["id"] for line in lines] == ids


def test_many_channels_take_turns(desk, site, monkeypatch):
    monkeypatch.setattr("marsad.desk.watches.delivering.MOST", 3)
    for number in range(10):
        put(desk, number, f"webhook:http://h{number}.example/hook")
    assert len(desk.deliver()) == 10


def test_a_try_cut_off_by_a_kill_counts_as_no_failure(desk, site):
    put(desk, 1)
    for _ in range(9):
        with desk.store.writing() as db:
            (waiting,) = outbox.due(db, NOW)
            outbox.begin(db, waiting.key, NOW)
    site.routes["/hook"] = lambda host, query: Reply(status=500)
    desk.deliver()
    assert desk.dead_letters() == []
