"""A text in, its coding out: one at a time, bounded, and nothing kept."""

from __future__ import annotations

import threading
import time

import desks

from marsad.export.lines import record


def test_it_gives_the_line_format_and_keeps_nothing(desk, client):
    one = desks.article("one")
    before = desk.size()
    body = {"id": 7, "text": one.text, "url": one.url, "source": one.source, "published": "2026-03-01"}
    found = client.post("/api/read", json=body).json()
    expected = record(desks.coding("one"))
    assert found["id"] == 7 and found["events"] == [dict(each, day=str(each["day"])) | {} for each in _plain(expected)]
    assert desk.size() == before


def _plain(expected):
    import json

    import msgspec

    return json.loads(msgspec.json.encode(expected["events"]))


def test_what_cannot_be_read_is_told(client):
    for body, code in (
        ({"text": " \n "}, "empty"),
        ({"text": "x", "published": "yesterday"}, "format"),
        ({"text": "x", "nothing": 1}, "request"),
        ({}, "request"),
    ):
        answer = client.post("/api/read", json=body)
        assert answer.status_code == 422 and answer.json()["code"] == code, answer.text


def test_who_waits_too_long_is_told_and_the_others_go_on(desk, serve):
    held = threading.Event()

    class Slow(desks.Coder):
        def pipe(self, items, batch_size=None):
            held.wait(10)
            yield from super().pipe(items, batch_size)

    desk._coder = Slow()
    one = serve(read_time=0.2)
    answers = []
    readers = [threading.Thread(target=lambda: answers.append(one.post("/api/read", json={"text": "x"}))) for _ in "ab"]
    for each in readers:
        each.start()
    assert one.get("/api/ladders/W1").status_code == 200, "nobody else waits"
    for each in readers:
        each.join(20)
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(504, "time")] * 2
    held.set()
    for _ in range(100):
        if one.post("/api/read", json={"text": "x"}).status_code == 200:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("nothing is read any more")
