"""What is to be sent is sent: nothing lost, nothing changed once it was begun, in its order on each channel."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from kept import NOW, add, article, at
from raised import HOOK, MAIL, alert, raised, watch

from marsad.errors import NotFoundError
from marsad.store import Connection, Store, alerts, forget, outbox, watches
from marsad.types import Delivery, Message, Sent


def put(db: Connection, *numbers: int, channel: str = HOOK, due: datetime = NOW, found: datetime = NOW) -> None:
    outbox.put(db, "iraq", raised(db, *numbers, found=found), channel, due)


def tried(db: Connection, now: datetime, taken: bool = True, **more: object) -> Message:
    """Try the one message that is due."""
    (one,) = outbox.due(db, now)
    begun = outbox.begin(db, one.key, now)
    outbox.end(db, one.key, ended(one, now, taken), **more)  # type: ignore[arg-type]
    return begun


def ended(one: Message, now: datetime, taken: bool = True) -> Delivery:
    return Delivery(key=one.key, channel=one.channel, at=now, taken=taken, error=None if taken else "503 später\0")


def ids(*numbers: int) -> tuple[str, ...]:
    return tuple(alert(n).id for n in numbers)


def test_a_message_goes_out_once(store: Store):
    with store.writing() as db:
        assert outbox.due(db, NOW) == [] and outbox.next_due(db) is None
        put(db, 1, 2, due=at(1))
        assert outbox.due(db, at(0.9)) == []
        assert outbox.next_due(db) == at(1)
        (one,) = outbox.due(db, at(1))
        assert one == Message(key=one.key, watch="iraq", channel=HOOK, due=at(1), alerts=ids(1, 2))
        assert tried(db, at(1)).tries == 1
        assert outbox.due(db, at(99)) == outbox.dead(db) == []
        assert outbox.next_due(db) is None
        assert outbox.deliveries(db, one.key) == [ended(one, at(1))]
        with pytest.raises(NotFoundError, match="waits"):
            outbox.begin(db, one.key, at(2))


def test_what_is_held_back_is_sent_together(store: Store):
    with store.writing() as db:
        put(db, 1, due=at(3))
        put(db, 2, due=at(3), found=at(1))
        put(db, 3, due=at(3), channel=MAIL, found=at(1))
        outbox.put(db, "iraq", [alert(2)], HOOK, at(4))
        assert outbox.due(db, at(3.9), [MAIL]) == [], "the watch as it is now says when"
        put(db, 4, due=at(4), found=at(4))
        (one,) = outbox.due(db, at(4), [MAIL])
        assert one.alerts == ids(1, 2), "what is due already takes no more"
        outbox.begin(db, one.key, at(4))
        outbox.end(db, one.key, ended(one, at(4)))
        assert [each.alerts for each in outbox.due(db, at(4))] == [ids(3), ids(4)]


def test_what_was_begun_takes_no_more(store: Store):
    with store.writing() as db:
        put(db, 1, due=at(3))
        (one,) = outbox.due(db, at(3))
        outbox.begin(db, one.key, at(3))
        put(db, 2, due=at(3), found=at(2))
        assert outbox.begin(db, one.key, at(3)).alerts == ids(1)
        outbox.end(db, one.key, ended(one, at(3)))
        (other,) = outbox.due(db, at(3))
        assert other.alerts == ids(2) and other.key != one.key


def test_a_failed_one_is_tried_again_and_those_behind_it_wait(store: Store):
    with store.writing() as db:
        put(db, 1)
        put(db, 2, found=at(1), due=at(1))
        put(db, 3, found=at(1), due=at(1), channel=MAIL)
        (first, *_) = outbox.due(db, at(1))
        outbox.begin(db, first.key, at(1))
        outbox.end(db, first.key, ended(first, at(1), False), next=at(2))
        assert [one.channel for one in outbox.due(db, at(1.5))] == [MAIL], "another channel goes on"
        again, _ = outbox.due(db, at(2))
        assert (again.key, again.alerts, again.tries, again.next) == (first.key, ids(1), 1, at(2))
        assert again.error == "503 später"
        assert outbox.begin(db, first.key, at(2)).tries == 2
        outbox.end(db, first.key, ended(first, at(2)))
        assert [one.alerts for one in outbox.due(db, at(2), [MAIL])] == [ids(2)]
        assert [one.taken for one in outbox.deliveries(db, first.key)] == [False, True]


def test_what_is_held_back_keeps_nothing_else_waiting(store: Store):
    with store.writing() as db:
        watches.put(db, watch("other"), NOW)
        put(db, 1, due=at(20))
        outbox.put(db, "other", raised(db, 2, of="other"), HOOK, at(1))
        assert outbox.next_due(db) == at(1)
        (one,) = outbox.due(db, at(1))
        assert one.watch == "other"


def test_one_that_a_kill_left_is_tried_again_first(store: Store):
    with store.writing() as db:
        put(db, 1, due=at(2))
        put(db, 2, due=at(2), found=at(2))
        first, *_ = outbox.due(db, at(3))
        outbox.begin(db, first.key, at(3))
    with store.writing() as db:
        again, *_ = outbox.due(db, at(3))
        assert (again.key, again.alerts, again.tries) == (first.key, first.alerts, 1)


def test_a_dead_letter_is_out_of_the_way_until_it_is_sent_again(store: Store):
    with store.writing() as db:
        put(db, 1)
        put(db, 2, found=at(1), due=at(1))
        for hour in (1, 2):
            (one,) = outbox.due(db, at(hour))
            assert one.alerts == ids(1)
            outbox.begin(db, one.key, at(hour))
            outbox.end(db, one.key, ended(one, at(hour), False), next=at(hour + 1), dead=hour == 2)
        (dead,) = outbox.dead(db)
        assert (dead.key, dead.state, dead.tries, dead.next, dead.error) == (one.key, Sent.DEAD, 2, None, "503 später")
        with pytest.raises(NotFoundError):
            outbox.begin(db, dead.key, at(3))
        tried(db, at(3))
        assert outbox.due(db, at(99)) == []
        assert outbox.retry(db, "no such key") == 0
        assert outbox.retry(db, dead.key) == 1
        assert outbox.retry(db) == 0
        begun = tried(db, at(4))
        assert (begun.key, begun.alerts, begun.tries) == (dead.key, ids(1), 1)
        assert len(outbox.deliveries(db, dead.key)) == 3


def test_one_whose_watch_is_asleep_by_now_is_held_back_and_takes_more(store: Store):
    with store.writing() as db:
        put(db, 1)
        (one,) = outbox.due(db, at(1))
        outbox.hold(db, one.key, at(8))
        assert outbox.due(db, at(7)) == [] and outbox.next_due(db) == at(8)
        put(db, 2, due=at(8), found=at(2))
        assert outbox.last_sent(db, "iraq", HOOK) is None
        assert tried(db, at(8), taken=False, next=at(9)).alerts == ids(1, 2)
        outbox.hold(db, one.key, at(20))
        assert outbox.due(db, at(19)) == [] and outbox.last_sent(db, "iraq", HOOK) is None
        assert tried(db, at(20)).key == one.key
        assert outbox.last_sent(db, "iraq", HOOK) == at(20)
        assert outbox.last_sent(db, "iraq", MAIL) is None
        outbox.hold(db, one.key, at(99))
        assert outbox.next_due(db) is None, "what was sent is not held"


def test_a_message_that_is_late_is_told(store: Store):
    with store.writing() as db:
        put(db, 1)
        put(db, 2, due=at(2), found=at(1))
        assert [one.alerts for one in outbox.late(db, at(1))] == [ids(1)]
        tried(db, at(1))
        assert outbox.late(db, at(1)) == []


def test_nothing_is_put_for_no_alert_and_no_watch(store: Store):
    with store.writing() as db:
        watches.put(db, watch(), NOW)
        outbox.put(db, "iraq", [], HOOK, NOW)
        assert outbox.next_due(db) is None
        with pytest.raises(NotFoundError):
            outbox.put(db, "nobody", [alert(1)], HOOK, NOW)


def test_a_message_of_a_forgotten_article_still_goes(store: Store):
    """What was begun does not change, though its alert says nothing any more."""
    with store.writing() as db:
        add(db, article(1))
        watches.put(db, watch(), NOW)
        alerts.add(db, alert(1, because=(1,)), [])
        outbox.put(db, "iraq", [alert(1)], HOOK, NOW)
        (one,) = outbox.due(db, NOW)
        outbox.begin(db, one.key, NOW)
    forget.forget(store, article(1).id, name="me", now=NOW)
    with store.writing() as db:
        assert tried(db, NOW).alerts == ids(1)
        assert alerts.find(db, alert(1).id).because == ()


# --- whatever happens ------------------------------------------------------------------------------------------------

CHANNELS = (HOOK, MAIL, "file:a.jsonl")


@dataclass
class Receiver:
    """What was sent to a channel: each key once, with what was in it."""

    took: dict[str, tuple[str, ...]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)


class Run:
    """A store that is written to and sent from at random, and all that must be true of it."""

    def __init__(self, store: Store, dice: random.Random) -> None:
        self.store, self.dice = store, dice
        self.now, self.n = NOW, 0
        self.given: dict[str, list[str]] = {channel: [] for channel in CHANNELS}
        self.receivers = {channel: Receiver() for channel in CHANNELS}
        self.frozen: dict[str, tuple[str, ...]] = {}
        with store.writing() as db:
            for id in ("one", "other"):  # noqa: A001
                watches.put(db, watch(id), NOW)

    def put(self) -> None:
        """Raise an alert and have it sent at once, or later."""
        self.n += 1
        of = self.dice.choice(["one", "other"])
        hours = self.dice.choice([0, 0, 0, 1, 5])
        with self.store.writing() as db:
            (one,) = raised(db, self.n, of=of, found=self.now)
            for channel in self.dice.sample(CHANNELS, self.dice.randint(1, 2)):
                outbox.put(db, of, [one], channel, self.now + timedelta(hours=hours))
                self.given[channel].append(one.id)

    def pass_time(self) -> None:
        self.now += timedelta(minutes=self.dice.choice([1, 30, 120]))

    def send(self) -> None:
        """Try what is due: it is taken, refused, or the process is killed before or after the receiver took it."""
        with self.store.reading() as db:
            due = outbox.due(db, self.now)
        assert len({one.channel for one in due}) == len(due)
        for one in due:
            self.in_order(one)
            with self.store.writing() as db:
                begun = outbox.begin(db, one.key, self.now)
            assert begun.alerts == self.frozen.setdefault(one.key, one.alerts) == one.alerts
            assert begun.tries == one.tries + 1
            fate = self.dice.choice(FATES)
            taken = fate in ("killed after", "taken", "lost answer")
            if taken:
                self.take(begun)
            if fate.startswith("killed"):
                return
            answer = ended(one, self.now, fate == "taken")
            next = None if self.dice.random() < 0.3 else self.now + timedelta(hours=1)  # noqa: A001
            with self.store.writing() as db:
                outbox.end(db, one.key, answer, next=next, dead=fate == "dead")

    def in_order(self, one: Message) -> None:
        """Nothing on the channel that is in course, or was due before, is overtaken."""
        with self.store.reading() as db:
            waiting = [other for other in outbox.late(db, self.now + timedelta(microseconds=1))
                       if other.channel == one.channel]  # fmt: skip
        course = [other.key for other in waiting if other.tries]
        assert len(course) <= 1
        assert one.key == (course or [other.key for other in waiting])[0]

    def take(self, one: Message) -> None:
        receiver = self.receivers[one.channel]
        assert receiver.took.setdefault(one.key, one.alerts) == one.alerts
        receiver.order.append(one.key)

    def resend(self) -> None:
        with self.store.writing() as db:
            dead = outbox.dead(db)
            if dead and self.dice.random() < 0.5:
                assert outbox.retry(db, dead[-1].key) == 1
            else:
                assert outbox.retry(db) == len(dead)

    def finish(self) -> None:
        """Send what is left; then each channel has had each of its alerts, in one message."""
        for _ in range(10_000):
            with self.store.writing() as db:
                outbox.retry(db)
                if (at := outbox.next_due(db)) is None:
                    break
                self.now = max(self.now, at)
                for one in outbox.due(db, self.now):
                    self.take(outbox.begin(db, one.key, self.now))
                    outbox.end(db, one.key, ended(one, self.now))
        for channel, receiver in self.receivers.items():
            had = [id for alerts in receiver.took.values() for id in alerts]  # noqa: A001
            assert sorted(had) == sorted(self.given[channel])

    def step(self, what: str) -> None:
        getattr(self, what)()


FATES = ("killed before", "killed after", "taken", "taken", "refused", "dead", "lost answer")
STEPS = ("put", "pass_time", "send", "resend")


@given(steps=some.lists(some.sampled_from(STEPS), max_size=40), seed=some.integers(0, 10**6))
@settings(deadline=None, max_examples=60)
def test_whatever_happens_nothing_is_lost_or_changed_or_overtaken(steps: list[str], seed: int):
    with Store("sqlite://") as store:
        run = Run(store, random.Random(seed))
        for what in steps:
            run.step(what)
        run.finish()


@pytest.mark.parametrize("seed", range(3))
def test_so_it_is_on_every_engine(store: Store, seed: int):
    dice = random.Random(seed)
    run = Run(store, dice)
    for _ in range(80):
        run.step(dice.choices(STEPS, (5, 3, 5, 1))[0])
    run.finish()


def test_messages_that_are_due_at_once_go_in_the_order_in_which_they_were_put(store: Store):
    dice = random.Random(4)
    sent: list[str] = []
    with store.writing() as db:
        for n in range(30):
            put(db, n, due=at(n), found=at(n))
            while dice.random() < 0.4 and (due := outbox.due(db, at(n))):
                outbox.begin(db, due[0].key, at(n))
                taken = dice.random() < 0.5
                sent += due[0].alerts * taken
                outbox.end(db, due[0].key, ended(due[0], at(n), taken))
        while due := outbox.due(db, at(99)):
            sent += tried(db, at(99)).alerts
    assert sent == list(ids(*range(30)))
