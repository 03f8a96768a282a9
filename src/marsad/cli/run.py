"""``marsad run``: follow the feeds, round after round."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.stored import counted, opened, store_option
from marsad.errors import BusyError, FetchError, MarsadError, NotFoundError, StoreError, WriteError

if TYPE_CHECKING:
    from marsad.desk import Desk
    from marsad.desk.intake.following import Round
    from marsad.desk.stop import Stop

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
#: Faults that a line tells one by one; all are counted.
TOLD = 20
#: Least seconds between two times that messages are delivered while nothing else is done.
LEAST = 5.0
#: Seconds that a round waits for another command that fetches.
PATIENCE = 60


class Duration(click.ParamType[float]):
    """A time like ``15m``: a number of seconds, or with s, m, h or d."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Its seconds."""
        found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?)([smhd]?)", str(value).strip())
        if found is None or not float(found[1]):
            self.fail(f"{value!r} is no time: write it like 90s, 15m, 6h or 1d.", param, ctx)
        return float(found[1]) * _UNITS[found[2] or "s"]


@dataclass(frozen=True, slots=True)
class Plan:
    """How often a round begins (None: there is one), how many there are, and the file that says how the last went."""

    every: float | None = None
    rounds: int | None = None
    health: Path | None = None


@click.command("run")
@store_option
@click.option(
    "--every", type=Duration(), metavar="TIME", help="Begin a round so often (15m, 1h); without it, one round."
)
@click.option("--rounds", type=click.IntRange(1), help="End after so many rounds.")
@click.option(
    "--health", type=click.Path(dir_okay=False, path_type=Path), help="Write how the last round went to this file."
)
@click.option("--workers", type=int, help="Processes that code side by side.")
@click.option("--archive", metavar="FOLDER", help="Keep a copy of all that is fetched, as WARC.")
def run(
    store: str | None, every: float | None, rounds: int | None, health: Path | None, workers: int | None, **more: Any
) -> None:
    """Follow the feeds: fetch what is new, add it, code it, group it.

    What watches tell is sent after each round, and when it falls due between two.

    Each round is told as one line of JSON. SIGTERM and Ctrl-C end it cleanly, once what is being written is on the
    disk. With --every a round that fails (a full disk, a lost database, no network) is told, and the next is tried; the
    exit status is that of the last round that was done: 0 fine, 4 the store, 5 no feed answered.

    \b
    Examples:
      marsad run --every 15m --health /run/marsad.json
      marsad run --store news.db
    """
    from marsad.desk.stop import Stop

    stop = Stop()
    with _heard(stop), opened(store, processes=workers, **more) as desk, _alone(desk):
        if not any(one.source.feed and one.source.enabled for one in desk.sources()):
            raise NotFoundError("no feed is followed", where=desk.store.where, do="add one: marsad add FEED")
        failed = _rounds(desk, Plan(every, rounds, health), stop)
    if failed is not None:
        raise failed


@contextmanager
def _heard(stop: Stop) -> Iterator[None]:
    """SIGTERM and Ctrl-C ask to stop."""
    before = [(number, signal.signal(number, stop.ask)) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@contextmanager
def _alone(desk: Desk) -> Iterator[None]:
    """One `marsad run` at a time on a store."""
    lock = desk.store.alone("run")
    lock.__enter__()
    try:
        yield
    finally:
        with suppress(StoreError):  # of a server that was started anew meanwhile the lock is gone
            lock.__exit__(None, None, None)


def _rounds(desk: Desk, plan: Plan, stop: Stop) -> MarsadError | None:
    """Round after round; gives why the last one failed, if nobody stopped it and it did."""
    number = 0
    while not stop():
        number += 1
        began = datetime.now(UTC)
        report, failed = _told(desk, stop, began)
        _written(report)
        if plan.health is not None:
            _healthy(plan.health, {"ok": failed is None, "every": plan.every, **report}, first=number == 1)
        if plan.every is None or number == plan.rounds:
            return None if stop() else failed
        _wait(desk, stop, began + timedelta(seconds=plan.every))
    return None


def _wait(desk: Desk, stop: Stop, until: datetime) -> None:
    """Let time pass until the next round, and deliver what falls due meanwhile."""
    at = datetime.now(UTC)
    while not stop() and at < until:
        due = None
        with suppress(MarsadError, OSError):  # the next round says what is wrong with the store
            due = desk.next_delivery()
        wake = until if due is None else min(until, max(due, at + timedelta(seconds=LEAST)))
        stop.wait((wake - at).total_seconds())
        at = max(wake, datetime.now(UTC))
        if due is not None and due <= at:
            with suppress(MarsadError, OSError):
                desk.deliver(stop)


def _delivered(desk: Desk, stop: Stop) -> dict[str, Any]:
    """How many messages were taken, and how many tries failed; beside another command that delivers, nothing."""
    try:
        tries = desk.deliver(stop)
    except BusyError:
        return {}
    return {"sent": sum(one.taken for one in tries), "unsent": sum(not one.taken for one in tries)}


def _told(desk: Desk, stop: Stop, began: datetime) -> tuple[dict[str, Any], MarsadError | None]:
    """One round as an object, and why it failed if it did."""
    report: dict[str, Any] = {"at": began.isoformat(timespec="seconds")}
    failed: MarsadError | None = None
    try:
        made = _round(desk, stop)
        report |= _fetched(made)
        report |= _done(desk, stop)
        report |= _delivered(desk, stop)
        if made.asked and not made.answered and made.faults:
            failed = FetchError("no feed answered", where=desk.store.where, do="check the network, and the feeds")
    except (MarsadError, OSError) as error:
        failed = error if isinstance(error, MarsadError) else StoreError(str(error), where=desk.store.where)
    if failed is not None:
        report["error"] = {"code": failed.code, "message": str(failed)}
    if stop():
        report["stopped"] = True
    report["seconds"] = round((datetime.now(UTC) - began).total_seconds(), 1)
    return report, failed


def _round(desk: Desk, stop: Stop) -> Round:
    """A round of fetching; beside a `marsad add` that fetches it waits for a while."""
    for _ in range(PATIENCE):
        if stop():
            break
        with suppress(BusyError):
            return desk.round(stop)
        stop.wait(1.0)
    return desk.round(stop)


def _fetched(made: Round) -> dict[str, Any]:
    """What fetching came to; of what could not be had or read, the first are told."""
    faults: list[dict[str, str | None]]
    faults = [{"url": url, "code": error.code, "message": str(error)} for url, error in made.faults]
    faults += [{"url": one.where, "code": one.code, "message": one.message} for one in made.added.skipped]
    return {
        "feeds": made.asked,
        "answered": made.answered,
        "unchanged": made.unchanged,
        "pages": made.pages,
        **counted(made.added),
        "faults": len(made.faults) + made.added.faults,
        "first_faults": faults[:TOLD],
    }


def _done(desk: Desk, stop: Stop) -> dict[str, Any]:
    """What the stages came to; beside another command that codes, nothing: that one does what waits."""
    try:
        done = desk.code(stop=stop)
    except BusyError:
        return {"busy": "another command codes"}
    return {**done.stages, "failed": done.failed, "waiting": {one.stage: one.waiting for one in desk.waiting()}}


def _written(report: dict[str, Any]) -> None:
    """One line of JSON; a log that cannot be written is no reason to end."""
    import msgspec

    with suppress(OSError):
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
        sys.stdout.buffer.flush()


def _healthy(path: Path, report: dict[str, Any], *, first: bool) -> None:
    """Write the health file whole, so that nobody reads half of it.

    Raises :class:`WriteError` where it could not be written from the ``first`` round on; later it is told.
    """
    import msgspec

    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(msgspec.json.encode(report) + b"\n")
        part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        fault = WriteError(f"cannot be written ({reason})", where=str(path), do="give another --health")
        if first:
            raise fault from None
        click.echo(f"marsad: {fault}", err=True)
