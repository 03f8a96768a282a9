"""Who may ask: Host, other sites, keys and their scopes, rates, the size of bodies."""

from __future__ import annotations

import base64

import desks
import pytest

from marsad.api.access import Keys
from marsad.api.bounds import COUNTED, Rates
from marsad.store import keys

READ = {"text": "x"}


# --- by which name ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]:8765", "LOCALHOST"])
def test_the_names_of_this_machine(client, host):
    assert client.get("/api/ladders", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.example:8765", "[::2]", "::1"]
)
def test_another_name_is_refused_so_that_no_page_can_rebind(client, host):
    answer = client.get("/api/ladders", headers={"host": host})
    assert answer.status_code == 421 and answer.json()["where"] == "Host"


@pytest.mark.parametrize("host", ["", "["])
def test_no_name(client, host):
    assert client.get("/api/ladders", headers={"host": host}).status_code in (400, 421)


def test_names_that_are_allowed(serve):
    one = serve(hosts=("marsad.example.org",))
    assert one.get("/api/ladders", headers={"host": "marsad.example.org"}).status_code == 200
    assert one.get("/api/ladders", headers={"host": "other.example.org"}).status_code == 421


# --- from which page -------------------------------------------------------------------------------------------------


def test_a_page_of_another_site_may_not_ask(client):
    for site in ("cross-site", "same-site"):
        asked = {"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}
        assert client.get("/api/stream", headers=asked).status_code == 403
        assert client.post("/api/read", json=READ, headers=asked).json()["code"] == "foreign"
        assert client.get("/api/ladders", headers=asked | {"sec-fetch-mode": "navigate"}).status_code == 200
    assert client.get("/api/ladders", headers={"sec-fetch-site": "same-origin"}).status_code == 200


# --- with which key --------------------------------------------------------------------------------------------------


def test_on_this_machine_reading_needs_no_key_and_writing_does(client, desk):
    held = {"target": desks.event("one"), "values": {"status": "DENIED"}, "name": "Layla", "reason": "so"}
    answer = client.post("/api/judgements", json=held)
    assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Bearer")
    assert not [one for one in desk.judgements() if one.field == "status"]


WRITES = [
    ("POST", "/api/judgements", {"target": "x", "values": {"status": "DENIED"}, "name": "a", "reason": "b"}),
    ("POST", "/api/judgements/1/withdraw", {"name": "a", "reason": "b"}),
    ("POST", "/api/watches", {"name": "a", "trigger": "event"}),
    ("POST", "/api/watches/a/mute", {"until": None}),
    ("DELETE", "/api/watches/a", None),
    ("POST", "/api/alerts/ack", {"ids": ["0000"], "name": "a"}),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_whatever_writes_needs_the_scope(serve, key, method, path, body):
    assert serve().request(method, path, json=body).status_code == 401
    reads = key("reads")
    assert serve(reads).request(method, path, json=body).status_code == 403
    browser = base64.b64encode(b"any:" + key("both", "read", "write")["x-api-key"].encode()).decode()
    basic = serve({"authorization": f"Basic {browser}"})
    assert basic.request(method, path, json=body).status_code == 403, "a browser sends it by itself"


def test_the_schema_has_no_other_way_to_write(client):
    """A new endpoint that changes something stands in WRITES, or is known to change nothing."""
    known = {path.replace("/a/", "/{id}/").replace("/1/", "/{number}/") for _, path, _ in WRITES}
    known = {path.removesuffix("/a") + "/{id}" if path.endswith("/a") else path for path in known}
    known |= {"/api/read", "/api/match", "/api/watches/rehearse"}
    found = {
        path for path, of in client.get("/api/openapi.json").json()["paths"].items() if set(of) - {"get", "parameters"}
    }
    assert found == known


def test_beyond_this_machine_everything_needs_a_key_but_the_health(serve, key):
    one = serve(host="0.0.0.0", keys_needed=True)
    assert one.get("/api/events").status_code == 401
    assert one.get("/metrics").status_code == 401 and one.get("/feeds/events.atom").status_code == 401
    assert one.get("/healthz").json() == {"ok": True}
    assert one.get("/").headers["www-authenticate"].startswith("Basic"), "a browser asks its user"
    given = key()
    assert one.get("/api/events", headers=given).status_code == 200
    assert one.get("/api/events", headers={"authorization": f"Bearer {given['x-api-key']}"}).status_code == 200
    assert "revision" in one.get("/healthz", headers=given).json()
    assert one.get("/api/events", headers={"host": "any.example"} | given).status_code == 200


@pytest.mark.parametrize("given", ["", "x", "Bearer", "Bearer x", "Basic", "Basic !!", "Basic eDp5", "Digest a=b"])
def test_a_wrong_key_opens_nothing(serve, given):
    one = serve(host="0.0.0.0", keys_needed=True)
    assert one.get("/api/events", headers={"authorization": given}).status_code == 401


def test_a_wrong_key_is_told_on_this_machine_too(client):
    assert client.get("/api/events", headers={"x-api-key": "x"}).status_code == 401


def test_a_revoked_key_ends_within_seconds(desk, key):
    at = [0.0]
    known = Keys(desk, lambda: at[0])
    secret = key("one")["x-api-key"]
    assert known.check(secret)
    with desk.store.writing() as db:
        keys.revoke(db, "one", desks.NOW)
    at[0] = 6.0
    assert known.check(secret) is None


def test_that_a_key_was_used_changes_no_answer(desk, key):
    secret = key("one")["x-api-key"]
    before = desk.store.revision()
    assert Keys(desk).check(secret)
    with desk.store.reading() as db:
        assert keys.listed(db)[0].used == desks.NOW
    assert desk.store.revision() == before


def test_the_token_of_a_page_writes_here_and_with_a_key_elsewhere(serve, desk, key):
    held = {"target": desks.event("one"), "values": {"status": "DENIED"}, "name": "Layla", "reason": "so"}
    here = serve()
    here.app.state.local_token = lambda request: request.headers.get("x-marsad-token") == "right"
    assert here.post("/api/judgements", json=held, headers={"x-marsad-token": "wrong"}).status_code == 401
    assert here.post("/api/judgements", json=held, headers={"x-marsad-token": "right"}).status_code == 201
    there = serve(host="0.0.0.0", keys_needed=True)
    there.app.state.local_token = lambda request: True
    assert there.post("/api/judgements", json=held, headers=key("reads")).status_code == 403
    browser = base64.b64encode(b"any:" + key("both", "read", "write")["x-api-key"].encode()).decode()
    assert there.post("/api/judgements", json=held, headers={"authorization": f"Basic {browser}"}).status_code == 201


# --- how often -------------------------------------------------------------------------------------------------------


def test_so_many_a_minute_and_then_as_many_as_come_back():
    at = [0.0]
    rates = Rates(lambda: at[0])
    assert [rates.take("a", 60) for _ in range(61)][-2:] == [0.0, 1.0]
    assert rates.take("b", 60) == 0.0
    at[0] = 1.0
    assert [rates.take("a", 60), rates.take("a", 60)] == [0.0, 1.0]


def test_counting_is_bounded():
    rates = Rates(lambda: 0.0)
    for n in range(COUNTED + 500):
        rates.take(str(n), 1)
    assert len(rates._left) == COUNTED


def test_too_many_requests_of_an_address_and_of_a_key(serve, key):
    one = serve(rate=3)
    assert [one.get("/api/ladders/W1").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = one.get("/api/ladders/W1")
    assert answer.json()["code"] == "rate" and int(answer.headers["retry-after"]) >= 1
    slow = key("slow", rate=2)
    other = serve(slow)
    assert [other.get("/api/ladders/W1").status_code for _ in range(3)] == [200, 200, 429]


def test_whoever_tries_keys_is_slowed_down(serve):
    one = serve(host="0.0.0.0", keys_needed=True, fault_rate=2, client="192.0.2.1")
    tried = [one.get("/api/events", headers={"x-api-key": f"try-{n}"}).status_code for n in range(4)]
    assert tried == [401, 401, 429, 429]


def test_reading_has_a_rate_of_its_own(serve):
    one = serve(read_rate=2)
    assert [one.post("/api/read", json=READ).status_code for _ in range(3)] == [200, 200, 429]


# --- how much --------------------------------------------------------------------------------------------------------


def test_a_body_is_capped_by_what_it_says_and_by_what_it_is(serve):
    one = serve(body=10_000)
    kind = {"content-type": "application/json"}
    assert one.post("/api/read", content=b"x" * 10_001, headers=kind).status_code == 413
    assert one.post("/api/read", content=iter([b"x" * 6_000, b"x" * 6_000]), headers=kind).status_code == 413
    assert one.post("/api/read", content=b"", headers=kind | {"content-length": "-5"}).status_code == 413
    assert one.post("/api/read", content=b'{"text":"' + b"x" * 9_000 + b'"}', headers=kind).status_code == 200


def test_a_text_is_capped(serve):
    answer = serve(read_characters=10).post("/api/read", json={"text": "ع" * 11})
    assert answer.status_code == 413 and answer.json()["where"] == "body.text"
