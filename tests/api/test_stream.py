"""What is new, as it comes: to each listener once, and again to one who comes back."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime

import desks
import pytest

from marsad.api.options import Options
from marsad.api.stream import BACKLOG, WAITING, Hub
from marsad.store import alerts, watches
from marsad.types import Alert, AlertTrigger, Name, Watch

WATCH = Watch(id="all", name="All", trigger=AlertTrigger.EVENT)
OPTIONS = Options(look=0.02, heartbeat=0.05)


def alert(number: int) -> Alert:
    return Alert(
        id=f"{number:016x}", watch="all", trigger=AlertTrigger.EVENT, subject=str(number),
        found=datetime(2026, 3, 10, tzinfo=UTC), said=Name("خبر", "news"),
    )  # fmt: skip


def raised(desk, *numbers: int) -> None:
    with desk.store.writing() as db:
        if not watches.listed(db):
            watches.put(db, WATCH, desks.NOW)
        for number in numbers:
            alerts.add(db, alert(number), [str(number)])


async def heard(stream, until) -> list[tuple[str | None, str, object]]:
    """The messages up to the one that ``until`` says is the last, without what only keeps the line open."""
    found = []
    async with asyncio.timeout(20):
        async for piece in stream:
            fields = dict(line.split(": ", 1) for line in piece.decode().strip().splitlines() if line[:1] != ":")
            if "event" in fields:
                found.append((fields.get("id"), fields["event"], json.loads(fields["data"])))
                if until(found[-1]):
                    return found
    return found


def ids(found) -> list[int]:
    return [int(one[0], 16) for one in found if one[1] == "alert"]


def test_what_comes_is_told_once_and_in_order(desk):
    raised(desk, 1)

    async def listening():
        hub = Hub(desk, OPTIONS)
        stream = hub.listen(None)
        first = await heard(stream, lambda one: one[1] == "revision")
        assert ids(first) == [], "who comes anew is told nothing of before"
        await asyncio.sleep(0.1)
        await asyncio.to_thread(raised, desk, 2, 3)
        found = await heard(stream, lambda one: one[1] == "revision")
        await asyncio.to_thread(raised, desk, 3, 4)
        found += await heard(stream, lambda one: one[0] == f"{4:016x}")
        await stream.aclose()
        return found

    assert ids(asyncio.run(listening())) == [2, 3, 4]


def test_who_comes_back_is_told_what_was_missed(desk):
    raised(desk, 1, 2, 3)

    async def listening(last):
        hub = Hub(desk, OPTIONS)
        stream = hub.listen(last)
        found = await heard(stream, lambda one: one[1] == "revision")
        await stream.aclose()
        return found

    assert ids(asyncio.run(listening(f"{1:016x}"))) == [2, 3]
    assert ids(asyncio.run(listening(f"{3:016x}"))) == []
    lost = asyncio.run(listening("never"))
    assert [one[1] for one in lost] == ["reset", "revision"]


def test_too_much_missed_is_told_as_that(desk):
    raised(desk, *range(1, BACKLOG + 3))

    async def listening():
        stream = Hub(desk, OPTIONS).listen(f"{1:016x}")
        found = await heard(stream, lambda one: one[1] == "revision")
        await stream.aclose()
        return found

    assert [one[1] for one in asyncio.run(listening())] == ["reset", "revision"]


def test_one_who_does_not_read_is_let_go_and_keeps_nobody(desk):
    async def listening():
        hub = Hub(desk, OPTIONS)
        slow = hub.listen(None)
        await heard(slow, lambda one: one[1] == "revision")
        from marsad.api.stream import Event

        for n in range(WAITING + 2):
            hub._send(Event("revision", str(n).encode()))
        rest = [piece async for piece in slow]
        return rest, hub._listeners

    rest, left = asyncio.run(listening())
    assert len(rest) < WAITING and not left, "it is told what waited for it, and comes back for the rest"


def test_so_many_may_listen(serve):
    one = serve(listeners=0)
    answer = one.get("/api/stream")
    assert answer.status_code == 503 and answer.headers["retry-after"]


def test_nobody_looks_where_nobody_listens(desk):
    async def listening():
        hub = Hub(desk, OPTIONS)
        stream = hub.listen(None)
        await heard(stream, lambda one: one[1] == "revision")
        task = hub._task
        await stream.aclose()
        await asyncio.wait_for(task, 10)
        return hub._listeners

    assert not asyncio.run(listening())


@pytest.mark.parametrize("text", ["x\ny", "خبر \u2028 جديد"])
def test_a_message_is_one_line(text):
    from marsad.api.stream import _alert

    one = alert(1)
    written = _alert(replace(one, said=Name(text, text))).written()
    assert written.count(b"\n") == 4 and written.endswith(b"\n\n")
