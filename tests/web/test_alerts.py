"""Alerts from their arrival to their acknowledgement."""

from __future__ import annotations

import re

import pytest
from browser import browse, token
from fastapi.testclient import TestClient

from marsad.desk import Desk


def test_an_alert_shows_what_it_rests_on(reader: TestClient, desk: Desk) -> None:
    page = reader.get("/alerts?lang=en").text
    told = desk.alerts()
    assert told
    for one in told:
        assert one.because
        for words in {because.quotation for because in one.because}:
            assert words in page
    assert 'class="quotation voice-report"' in page


def test_seen_is_remembered_with_the_name(reader: TestClient, desk: Desk) -> None:
    page = reader.get("/alerts?new=1&lang=en").text
    one = desk.alerts(unacked=True)[0]
    back = "/alerts?new=1&lang=en"
    answer = reader.post("/alerts/ack", data={"token": token(page), "id": one.id, "name": "ليلى", "back": back})
    assert answer.status_code == 303
    assert answer.headers["location"] == back
    seen = desk.alert(one.id)
    assert seen.acked_by == "ليلى"
    assert one.id not in reader.get(back).text
    assert "ليلى" in reader.get("/alerts?lang=en").text


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example", "evil", ""])
def test_going_back_never_leaves(reader: TestClient, desk: Desk, back: str) -> None:
    page = reader.get("/alerts").text
    answer = reader.post("/alerts/ack", data={"token": token(page), "id": desk.alerts()[0].id, "back": back})
    assert answer.headers["location"] in ("/", "/alerts")


def test_all_of_a_page_are_seen_at_once(reader: TestClient, desk: Desk) -> None:
    page = reader.get("/alerts").text
    ids = sorted(set(re.findall(r'name="id" value="(\w+)"', page)))
    assert ids == sorted(one.id for one in desk.alerts(unacked=True))
    reader.post("/alerts/ack", data={"token": token(page), "id": ids})
    assert desk.count_alerts() == 0


def test_one_that_is_not_there_is_told(reader: TestClient) -> None:
    page = reader.get("/alerts").text
    assert reader.post("/alerts/ack", data={"token": token(page), "id": "f" * 32}).status_code == 404


def test_without_alerts_the_page_teaches(bare: Desk) -> None:
    page = browse(bare).get("/alerts?lang=ar").text
    assert 'class="empty' in page
    assert "/watches#new" in page


def test_a_watch_filters(reader: TestClient, desk: Desk) -> None:
    assert desk.alerts()[0].id in reader.get("/alerts?watch=irq-rus").text
    assert reader.get("/alerts?watch=none").status_code in (200, 404)
