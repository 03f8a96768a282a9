"""Faults: all of one shape, each saying what, where and what to do, none with a trace."""

from __future__ import annotations

import logging

import pytest

SHAPE = {"type", "title", "status", "detail", "instance", "code", "what", "where", "do"}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not-found"),
        ("GET", "/api/events/00000000", 404, "not-found"),
        ("GET", "/api/events/%00", 422, "request"),
        ("GET", "/api/sources/nobody", 404, "not-found"),
        ("GET", "/api/events?since=yesterday", 422, "format"),
        ("GET", "/api/events?since=0001-01-01", 422, "request"),
        ("GET", "/api/events?party=Xyzzyland", 422, "not-found"),
        ("GET", "/api/events?type=NOTHING", 422, "request"),
        ("GET", "/api/events?limit=0", 422, "request"),
        ("GET", "/api/events?limit=100000", 422, "request"),
        ("GET", "/api/events?after=x", 422, "format"),
        ("GET", "/api/sources?after=x", 422, "format"),
        ("GET", "/api/events?parties=RUS", 422, "request"),
        ("GET", "/api/search", 422, "request"),
        ("GET", "/api/search?q=%20-x", 422, "format"),
        ("GET", "/api/relations/IRQ/IRQ", 422, "request"),
        ("GET", "/api/relations/IRQ/RUS?by=day&since=1990", 422, "request"),
        ("GET", "/api/relations/IRQ/RUS?sanctioner=RUS", 422, "request"),
        ("GET", "/api/findings/IRQ?law=us/nothing", 404, "not-found"),
        ("GET", "/api/findings/IRQ?what_if=nonsense", 422, "settings"),
        ("GET", "/api/ladders/X9", 404, "not-found"),
        ("GET", "/api/ladders/W99", 404, "not-found"),
        ("POST", "/api/events", 405, "method"),
        ("OPTIONS", "/api/events", 405, "method"),
        ("DELETE", "/api/watches", 405, "method"),
    ],
)
def test_each_fault_is_a_problem_of_one_shape(client, method, path, status, code):
    answer = client.request(method, path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert set(told) - {"errors"} == SHAPE
    assert (told["status"], told["code"], told["type"]) == (status, code, f"urn:marsad:problem:{code}")
    assert told["what"] and told["do"] and told["instance"].startswith("/")


def test_several_faults_are_told_each(client):
    told = client.get("/api/events?limit=x&withdrawn=maybe").json()
    assert {one["where"] for one in told["errors"]} == {"query.limit", "query.withdrawn"}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ('{"text": "x"}', "text/plain", 422),
        ('{"text": ""}', "application/json", 422),
        ('{"text": "a\\u0000b"}', "application/json", 422),
        ('{"text": "half \\ud800"}', "application/json", 422),
        ('{"text": "x", "\\ud800": 1}', "application/json", 422),
        ("[" * 100_000, "application/json", 400),
        ('{"text": 1e999}', "application/json", 422),
        ("\xff\xfe", "application/json", 400),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_read(client, body, kind, status):
    data = body.encode("latin-1") if "\xff" in body else body
    answer = client.post("/api/read", content=data, headers={"content-type": kind})
    assert answer.status_code == status, answer.text
    assert set(answer.json()) - {"errors"} == SHAPE


def test_a_fault_of_ours_says_nothing_and_is_logged(desk, client, monkeypatch, caplog):
    def broken(*_, **__):
        raise ZeroDivisionError("a secret of the machine")

    monkeypatch.setattr(desk, "events", broken)
    with caplog.at_level(logging.ERROR, "marsad.api"):
        answer = client.get("/api/events")
    assert answer.status_code == 500 and answer.json()["code"] == "fault"
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert "a secret of the machine" in caplog.text
    assert client.get("/healthz").status_code == 200


def test_no_answer_goes_without_its_headers(client):
    for path in ("/api/events", "/api/nothing", "/healthz", "/metrics", "/nowhere", "/api/docs", "/api"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY" and "referrer-policy" in headers
        assert "access-control-allow-origin" not in headers and "server" not in headers
    assert client.get("/api/events").headers["content-security-policy"].startswith("default-src 'none'")
