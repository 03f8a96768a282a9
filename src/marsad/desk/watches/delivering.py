"""What alerts say is sent: from the outbox to the channels, each message under its key, in order on each channel."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from marsad.alert import schedule
from marsad.errors import AddressError, DeliveryError, MarsadError, NotFoundError
from marsad.settings import Settings
from marsad.store import Store, alerts, outbox, watches
from marsad.types.alerts import Delivery, Message, Watch

if TYPE_CHECKING:
    from marsad.alert.channels import Means
    from marsad.alert.letter import Letter
    from marsad.net.connect import World

#: How many seconds a channel is served at a time, so that a slow one with much to take does not hold up what follows.
SERVED = 60.0
#: How many messages are under way at a time: more channels than that take turns.
MOST = 64
#: How many seconds what is under way has to end once somebody asks to stop.
PARTING = 1.5
#: How many seconds beyond the longest time of a message nobody waits for it any more.
GRACE = 30.0
#: How often it is looked at whether somebody asks to stop, in seconds.
TICK = 0.1


class Delivering:
    """Sends from the outbox of ``store``; ``now`` is the clock, in UTC."""

    store: Store
    settings: Settings
    now: Callable[[], datetime]
    _world: World | None

    def deliver(self, stop: Callable[[], bool] | None = None) -> list[Delivery]:
        """Send what is due, channels side by side; gives each try, in the order in which they ended.

        A try is written down before it begins and after it has ended: killed in between, the message is sent again
        under the same key. What fails is tried again later and later, and given up after eight tries or two days, or
        at once where another try makes no sense. Raises :class:`BusyError` beside another command that delivers.
        """
        with self.store.alone("deliver"):
            return _Round(self.store, self._means(), stop or (lambda: False)).run()

    def dead_letters(self) -> list[Message]:
        """The messages that were given up, the oldest first."""
        with self.store.reading() as db:
            return outbox.dead(db)

    def resend(self, key: str | None = None) -> int:
        """Have what was given up (one message, or all) tried again as if for the first time; gives how many."""
        with self.store.writing() as db:
            return outbox.retry(db, key)

    def next_delivery(self) -> datetime | None:
        """When the next message is due, which may be past; None where none waits."""
        with self.store.reading() as db:
            return outbox.next_due(db)

    def _means(self) -> Means:
        from marsad.alert.channels import Means
        from marsad.net.connect import World

        path = self.store.database.path
        return Means(
            settings=self.settings,
            now=self.now,
            world=self._world or World(),
            environ=os.environ,
            folder=path.parent if path is not None else Path(),
        )


class _Underway(NamedTuple):
    """A message that a thread sends; nobody waits for it after ``until`` (seconds of the clock)."""

    message: Message
    watch: Watch
    until: float


class _Outcome(NamedTuple):
    key: str
    error: Exception | None


class _Round:
    """One round of delivering. The store is used by this thread alone, each message is sent by one of its own."""

    def __init__(self, store: Store, means: Means, stop: Callable[[], bool]) -> None:
        self._store, self._means, self._stop = store, means, stop
        self._now, self._clock = means.now, means.world.clock
        self._end = self._clock() + SERVED
        self._underway: dict[str, _Underway] = {}  # by key
        self._unsure: set[str] = set()  # channels whose message nobody waits for any more
        self._done: SimpleQueue[_Outcome] = SimpleQueue()
        self._tries: list[Delivery] = []

    def run(self) -> list[Delivery]:
        """Send until nothing is due any more."""
        asked: float | None = None
        self._begin()
        while self._underway:
            if asked is None and self._stop():
                asked = self._clock()
            if asked is not None and self._clock() - asked > PARTING:
                break  # what is under way is sent again, under its key
            if (outcome := self._outcome()) is not None:
                self._ended(outcome)
                self._begin()
        return self._tries

    def _outcome(self) -> _Outcome | None:
        """What has ended, waited for as long as a tick."""
        with suppress(Empty):
            return self._done.get(timeout=TICK)
        return self._given_up()

    def _begin(self) -> None:
        """Hand each channel that is free what it is to send next."""
        while not self._stop() and self._clock() < self._end and len(self._underway) < MOST:
            busy = {one.message.channel for one in self._underway.values()} | self._unsure
            with self._store.reading() as db:
                due = outbox.due(db, self._now(), busy)
            room = MOST - len(self._underway)
            held = [message for message in due[:room] if not self._begun(message)]
            if not held:
                return

    def _begun(self, message: Message) -> bool:
        """Begin to send, unless the watch is asleep or was removed meanwhile: then another may be due instead."""
        from marsad.alert.letter import letter

        now = self._now()
        with self._store.writing() as db:
            try:
                watch = watches.find(db, message.watch)
                last = outbox.last_sent(db, watch.id, message.channel) if watch.cooldown else None
                # It was due, but was perhaps not sent in time: the watch may be asleep by now.
                until = schedule.due(replace(watch, digest=None), now, last)
                if until > now:
                    outbox.hold(db, message.key, until)
                    return False
                message = outbox.begin(db, message.key, now)
            except NotFoundError:
                self._unsure.add(message.channel)
                return False
            told = alerts.by_id(db, message.alerts)
        made = letter(message, watch, told, self._means.settings.public)
        until_clock = self._clock() + self._means.settings.timeout + GRACE
        self._underway[message.key] = _Underway(message, watch, until_clock)
        # Daemons: one whose receiver does not answer must not hold up the end of the program.
        Thread(target=self._send, args=(message, made), name="marsad-deliver", daemon=True).start()
        return True

    def _send(self, message: Message, made: Letter) -> None:
        """In a thread of its own: send, and say how it went."""
        from marsad.alert.channels import send

        error: Exception | None = None
        try:
            send(message.channel, message.key, made, self._means)
        except Exception as fault:
            error = fault
        self._done.put(_Outcome(message.key, error))

    def _given_up(self) -> _Outcome | None:
        """One that should have ended long ago: its channel is left alone in this round."""
        for key, one in self._underway.items():
            if self._clock() > one.until:
                self._unsure.add(one.message.channel)
                return _Outcome(key, DeliveryError("it did not end in its time", where=one.message.channel[:200]))
        return None

    def _ended(self, outcome: _Outcome) -> None:
        """Write down how a try ended, and when there is another."""
        if outcome.key not in self._underway:
            return  # it has ended after all, when nobody waited for it any more
        message, watch, _ = self._underway.pop(outcome.key)
        now, error = self._now(), outcome.error
        words = None if error is None else str(error) if isinstance(error, MarsadError) else _unforeseen(error)
        tried = Delivery(key=message.key, channel=message.channel, at=now, taken=error is None, error=words)
        with self._store.writing() as db:
            again = None if error is None else _again(outbox.deliveries(db, message.key), message, error, now)
            if again is not None:
                again = schedule.awake(watch, again)
            outbox.end(db, message.key, tried, next=again, dead=error is not None and again is None)
        self._tries.append(tried)


def _again(before: list[Delivery], message: Message, error: Exception, now: datetime) -> datetime | None:
    """When there is another try; None where it makes no sense. A try that was cut off by a kill is no failure."""
    if isinstance(error, AddressError) or (isinstance(error, DeliveryError) and not error.again):
        return None
    mine = before[len(before) - min(len(before), message.tries - 1) :]  # not those from before it was given up once
    first = mine[0].at if mine else now
    pause = error.pause if isinstance(error, DeliveryError) else 0.0
    return schedule.again(message.key, len(mine) + 1, first, now, pause)


def _unforeseen(error: Exception) -> str:
    """A fault of our own, or of a library; its words may hold the address of a channel, and so a secret."""
    return f"it failed in a way that was not foreseen ({type(error).__name__})"
