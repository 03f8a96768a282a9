"""Watches, alerts and judgements over HTTP, and feeds of them."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime

import desks
import pytest

from marsad.store import alerts
from marsad.types import Alert, AlertTrigger, Because, Name, Span

WATCH = {"id": "visits", "name": "Visits", "trigger": "event", "query": {"parties": ["RUS"], "types": ["CONSULT"]},
         "channels": ["webhook:https://desk.example.org/marsad"]}  # fmt: skip
ATOM = "{http://www.w3.org/2005/Atom}"


def raised(desk) -> Alert:
    one = desks.article("one")
    made = Alert(
        id="a" * 16, watch="visits", trigger=AlertTrigger.EVENT, subject=desks.event("one"), link="/event/x",
        found=datetime(2026, 3, 10, tzinfo=UTC), said=Name("زيارة <b>", "A visit <b>"),
        because=(Because(article=one.id, quotation="زار لافروف", span=Span(0, 10), language="ar", source="الأولى"),),
    )  # fmt: skip
    with desk.store.writing() as db:
        assert alerts.add(db, made, ["x"])
    return made


def test_a_watch_is_made_changed_muted_and_removed(writer, desk):
    made = writer.post("/api/watches", json=WATCH)
    assert made.status_code == 201 and made.json()["created"]
    assert [one.id for one in desk.watches()] == ["visits"]
    assert writer.get("/api/watches").json()["items"] == [made.json()] == [writer.get("/api/watches/visits").json()]
    assert writer.post("/api/watches", json=WATCH | {"name": "Others"}).json()["created"] == made.json()["created"]
    muted = writer.post("/api/watches/visits/mute", json={"until": "2026-04-01T00:00:00+00:00"}).json()
    assert muted["muted"].startswith("2026-04-01")
    assert writer.delete("/api/watches/visits").status_code == 204
    assert writer.get("/api/watches/visits").status_code == 404


@pytest.mark.parametrize(
    "changed",
    [{"channels": ["file:/etc/cron.d/x"]}, {"channels": ["stdout"]}, {"channels": ["notify:x://y"]}, {"id": "../x"},
     {"zone": "Nowhere/At"}, {"trigger": "nothing"}, {"query": {"unknown": 1}}, {"name": ""}, {"within": -1}],
)  # fmt: skip
def test_what_is_no_watch_from_afar(writer, desk, changed):
    assert writer.post("/api/watches", json=WATCH | changed).status_code == 422
    assert not desk.watches()


def test_alerts_and_who_has_seen_them(writer, desk):
    writer.post("/api/watches", json=WATCH)
    made = raised(desk)
    listed = writer.get("/api/alerts?unacked=true").json()["items"]
    assert listed[0]["id"] == made.id and listed[0]["because"][0]["quotation"] == "زار لافروف"
    assert writer.get(f"/api/alerts/{made.id[:6]}").json() == listed[0]
    assert writer.get("/api/alerts.csv").status_code == 200
    assert writer.get("/api/alerts?since=2026-03-11").json()["items"] == []
    seen = writer.post("/api/alerts/ack", json={"ids": [made.id], "name": "Layla"}).json()["items"]
    assert seen[0]["acked_by"] == "Layla"
    assert writer.get("/api/alerts?unacked=true").json()["items"] == []


def test_a_judgement_and_its_withdrawal(writer, desk):
    event = desks.event("planned")
    held = {"target": event, "values": {"status": "DENIED"}, "name": "Layla", "reason": "so it says"}
    made = writer.post("/api/judgements", json=held)
    assert made.status_code == 201
    number = made.json()["items"][0]["id"]
    assert writer.get(f"/api/judgements?target={event[:8]}").json()["items"][0]["value"] == "DENIED"
    taken = writer.post(f"/api/judgements/{number}/withdraw", json={"name": "Layla", "reason": "mistaken"})
    assert taken.status_code == 201
    assert "judged" not in writer.get(f"/api/reports/{event}").json()
    wrong = {"target": event, "values": {"status": "DENIED", "us/caatsa/231:significant": "true"}}
    assert writer.post("/api/judgements", json=held | wrong).status_code == 422


def test_feeds(writer, desk):
    writer.post("/api/watches", json=WATCH)
    raised(desk)
    answer = writer.get("/feeds/watches/visits.atom?lang=ar")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 1 and entries[0].find(f"{ATOM}title").text.endswith("زيارة <b>")
    again = writer.get("/feeds/watches/visits.atom?lang=ar", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    acts = ElementTree.fromstring(writer.get("/feeds/events.atom?party=RUS&status=CONTESTED&title=a%26b").content)
    assert acts.find(f"{ATOM}title").text == "a&b" and len(acts.findall(f"{ATOM}entry")) == 1
    assert writer.get("/feeds/watches/nothing.atom").status_code == 404
