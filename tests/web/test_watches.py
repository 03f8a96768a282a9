"""Watches by form: what a person writes, as a watch; what will not do comes back with what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from browser import WATCH, token
from fastapi.testclient import TestClient
from starlette.datastructures import FormData

from marsad.desk import Desk
from marsad.errors import MarsadError
from marsad.types import AlertTrigger, EventType, Ladder, Outcome, Rhythm, Stage, Status, Voice
from marsad.web.forms import Asker, begun, written
from marsad.web.pages.watches import LIMIT

FULL = FormData(
    [
        ("name", "العراق"), ("on", "rung"), ("near", "العراق"), ("counterpart", "Russia"), ("sanctioner", "USA"),
        ("types", "AGREE"), ("types", "CONSULT"), ("statuses", "DENIED"), ("statuses", "CONTESTED"),
        ("voices", "verbatim"), ("words", "عقد"), ("law", "us/caatsa/231"), ("ladder", "L"), ("level", "5"),
        ("stages", "confirmed"), ("channels", "file:a.jsonl\r\n mail:desk@news.example \r\n"), ("in", "ar"),
        ("quiet_from", "22:00"), ("quiet_to", "06:30"), ("zone", "Asia/Baghdad"), ("cooldown", "30"),
        ("digest", "daily"), ("within", "10"), ("silent", "3"),
    ]
)  # fmt: skip


def test_a_form_becomes_a_watch_and_the_watch_the_form(desk: Desk) -> None:
    made = Asker(desk, {"irq-rus-rung"}).watch(FULL)
    assert made.id == "irq-rus-us-caatsa-231-rung"
    assert (made.trigger, made.query.near, made.query.counterpart) == (AlertTrigger.RUNG, "IRQ", "RUS")
    assert made.query.types == (EventType.AGREE, EventType.CONSULT)
    assert made.query.statuses == (Status.DENIED, Outcome.CONTESTED)
    assert made.query.voices == (Voice.VERBATIM,)
    assert (made.query.ladder, made.query.level, made.stages) == (Ladder.L, 5, (Stage.CONFIRMED,))
    assert made.channels == ("file:a.jsonl", "mail:desk@news.example")
    assert (made.quiet, made.zone, made.digest) == ((time(22), time(6, 30)), "Asia/Baghdad", Rhythm.DAILY)
    assert (made.cooldown, made.within, made.silent, made.lang) == (30, 10, 3, "ar")
    fields = written(made)
    again = FormData(
        [(k, v) for k, values in fields.items() for v in (values if isinstance(values, list) else [values])]
    )
    assert Asker(desk).watch(FormData([(k, str(v)) for k, v in again.multi_items()]), id=made.id) == made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("on", "nothing"), ("near", "Atlantis of the sea"), ("level", "eleven"), ("level", "99"),
        ("quiet_from", "25:00"), ("zone", "Mars/Base"), ("digest", "hourly"), ("types", "DANCE"),
        ("statuses", "MAYBE"), ("cooldown", "-1"), ("within", "0"), ("name", "x" * 3000), ("sources", "nowhere"),
        ("quiet_from", "22:00"), ("sanctioner", "Atlantis"), ("stages", "last"), ("ladder", "Q"),
    ],
)  # fmt: skip
def test_what_will_not_do_says_what_to_mend(desk: Desk, name: str, value: str) -> None:
    with pytest.raises(MarsadError) as raised:
        Asker(desk).watch(FormData({"on": "event", "near": "IRQ", name: value}))
    assert raised.value.do


def test_no_watch_takes_the_place_of_another(reader: TestClient, desk: Desk) -> None:
    right = token(reader.get("/watches").text)
    for near in ("IRQ", "RUS"):
        reader.post("/watches", data={"token": right, "name": "Same", "on": "event", "near": near})
    assert {one.id for one in desk.watches()} == {WATCH.id, "same", "same-2"}


def test_watch_this_fills_the_form(reader: TestClient) -> None:
    page = reader.get("/watches?near=JOR&counterpart=RUS&on=rung&lang=en").text
    assert 'name="near" value="JOR"' in page
    assert 'name="counterpart" value="RUS"' in page
    assert '<option value="rung" selected>' in page


@pytest.mark.parametrize("channel", ["webhook:http://127.0.0.1:1/x", "pigeon:x", "mail:nobody"])
def test_a_refused_form_comes_back_as_it_was_filled(reader: TestClient, desk: Desk, channel: str) -> None:
    right = token(reader.get("/watches").text)
    form = {"token": right, "name": "ساحل", "on": "event", "near": "IRQ", "channels": channel, "lang": "en"}
    answer = reader.post("/watches", data=form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'value="ساحل"' in answer.text
    assert channel in answer.text
    assert len(desk.watches()) == 1


def test_change_mute_and_remove(reader: TestClient, desk: Desk) -> None:
    page = reader.get("/watches/irq-rus?lang=en").text
    right = token(page)
    reader.post("/watches/irq-rus/mute", data={"token": right, "days": "7"})
    assert desk.find_watch("irq-rus").muted
    fields = {**begun(FormData([]), "en"), **written(desk.find_watch("irq-rus")), "name": "Another", "token": right}
    assert reader.post("/watches/irq-rus", data=fields).status_code == 303
    changed = desk.find_watch("irq-rus")
    assert (changed.name, changed.query, changed.muted is not None) == ("Another", WATCH.query, True)
    reader.post("/watches/irq-rus/mute", data={"token": right, "days": "0"})
    assert desk.find_watch("irq-rus").muted is None
    reader.post("/watches/irq-rus/remove", data={"token": right})
    assert desk.watches() == []
    assert desk.alerts()  # what it told stays


def test_what_a_watch_would_have_told(reader: TestClient) -> None:
    page = reader.get("/watches/irq-rus?test=1&lang=en").text
    assert 'id="told"' in page
    assert "it would have told" in page


def test_a_form_that_is_sent_twice_makes_one_watch(reader: TestClient, desk: Desk) -> None:
    form = {"token": token(reader.get("/watches").text), "on": "denial", "near": "IRQ", "counterpart": "RUS"}
    went = [reader.post("/watches", data=form, follow_redirects=False).headers["location"] for _ in range(2)]
    assert went[0] == went[1] and [one.trigger for one in desk.watches()].count(AlertTrigger.DENIAL) == 1


def test_many_watches_stand_on_several_pages(reader: TestClient, desk: Desk) -> None:
    ids = [f"a-{n:03}" for n in range(LIMIT + 5)]
    for one in ids:
        desk.watch(replace(WATCH, id=one))
    first = reader.get("/watches?lang=en").text
    assert [one in first for one in (ids[0], ids[LIMIT - 1], ids[LIMIT])] == [True, True, False]
    assert f"after={ids[LIMIT - 1]}" in first
    second = reader.get(f"/watches?after={ids[LIMIT - 1]}&lang=en").text
    assert all(f"/watches/{one}" in second for one in ids[LIMIT:]) and f"/watches/{ids[0]}" not in second
