"""The schema: examples as the API answers, and whatever fits or does not fit it, no fault of ours."""

from __future__ import annotations

import random
from pathlib import Path

import desks
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from starlette.testclient import TestClient

from marsad.api.app import app
from marsad.api.examples import examples
from marsad.api.options import Options
from marsad.desk import Desk
from marsad.store import keys

#: Questions to each address.
TRIES = 12
#: What stays open.
OPEN = {"/api/stream"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A client that may do everything, over a store of its own."""
    path = desks.made(tmp_path_factory.mktemp("schema") / "store.db")
    with Desk(str(path), coder=desks.Coder(), now=lambda: desks.NOW) as desk:
        with desk.store.writing() as db:
            secret = keys.add(db, "tries", ["read", "write"], desks.NOW, 10**6)
        made = app(desk, Options(read_rate=10**6))
        with TestClient(
            made, base_url="http://localhost", headers={"x-api-key": secret}, raise_server_exceptions=False
        ) as client:
            yield client


#: What a path may name that is there, beside whatever else is tried.
THERE = {
    "id": [desks.event("one"), desks.article("one").id, desks.article("one").id[:4], "all", "RUS.GOV.MFA"],
    "one": ["IRQ", "العراق"],
    "other": ["RUS", "RUS.GOV.MFA"],
    "third": ["USA"],
    "of": ["us/caatsa/231", "IRQ", "TUR.SSB", "IRQ.?"],
    "who": ["IRQ"],
    "rung": ["W4", "L"],
    "case": ["TUR-SSB-2020"],
    "name": ["one.example"],
    "number": [1],
}


def operations():
    schema = schemathesis.openapi.from_dict(_schema())
    for result in schema.get_all_operations():
        if (one := result.ok()).path not in OPEN:
            yield pytest.param(one, id=f"{one.method} {one.path}")


def _schema():
    with Desk("sqlite://") as desk:
        return app(desk).openapi()


@pytest.mark.parametrize("operation", list(operations()))
def test_no_question_makes_a_fault_of_ours(served, operation):
    chance = random.Random(operation.label)

    @seed(8)
    @settings(
        max_examples=TRIES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy())
    def tried(case):
        for name in case.path_parameters or {}:
            if chance.random() < 0.7:
                case.path_parameters[name] = chance.choice(THERE[name])
        sent = case.as_transport_kwargs(base_url="http://localhost")
        body = {name: sent[name] for name in ("json", "data") if sent.get(name) is not None}
        answer = served.request(sent["method"], sent["url"], params=sent.get("params"), **body)
        assert answer.status_code < 500, f"{sent['url']} {sent.get('params')} {body}: {answer.text}"
        kind = answer.headers.get("content-type", "")
        if answer.status_code >= 400:
            assert kind == "application/problem+json" and answer.json()["status"] == answer.status_code
        else:
            assert answer.status_code in (200, 201, 204), answer.status_code

    tried()


def test_every_endpoint_says_what_it_is_and_shows_an_example():
    schema = _schema()
    for path, methods in schema["paths"].items():
        for method, of in methods.items():
            told = f"{method} {path}"
            assert of["summary"] and of["description"] and of["tags"], told
            answers = {code: answer for code, answer in of["responses"].items() if code.startswith("2")}
            assert len(answers) == 1, told
            (answer,) = answers.values()
            content = answer.get("content", {})
            if path not in OPEN and not path.startswith("/feeds") and "204" not in answers:
                assert "example" in content["application/json"], f"{told}: run tools/api_examples.py"


def shape(value: object) -> object:
    """The keys of an object, or of the first of a list."""
    if isinstance(value, dict):
        return sorted(value)
    return [shape(value[0])] if isinstance(value, list) and value else []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("events", "/api/events"),
        ("reports", "/api/reports"),
        ("quotations", "/api/quotations?voice=verbatim"),
        ("relation", "/api/relations/IRQ/RUS?since=2026-01&until=2026-03"),
        ("triangle", "/api/triangles/IRQ/RUS/USA?since=2026-01&until=2026-03"),
        ("findings", "/api/findings/IRQ?law=us/caatsa/231"),
        ("search", "/api/search?q=العقوبات"),
        ("sources", "/api/sources"),
        ("actor", "/api/actors/RUS.ROSOBORONEXPORT"),
        ("who", "/api/who?name=وزير الخارجية الروسي"),
        ("laws", "/api/laws"),
        ("law", "/api/laws/us/caatsa/231"),
        ("precedents", "/api/precedents"),
        ("ladders", "/api/ladders"),
        ("judgements", "/api/judgements"),
        ("health", "/healthz"),
    ],
)
def test_an_example_has_the_keys_that_an_answer_has(served, name, path):
    answer, example = served.get(path).json(), examples()[name]
    assert shape(answer) == shape(example)
    if "items" in example:
        assert set(example["items"][0]) >= set(answer["items"][0]) - {"judged"}


def test_the_reference_shows_every_address_without_a_script(served):
    page = served.get("/api/docs").text
    for path in served.get("/api/openapi.json").json()["paths"]:
        assert path in page
    assert "<script" not in page and 'href="http' not in page and "src=" not in page
    listed = served.get("/api").json()["items"]
    assert {"/api/events", "/api/match", "/healthz"} <= {one["path"] for one in listed}


def test_the_examples_are_of_the_invented_story_alone():
    text = Path(__file__).parent.parent.parent.joinpath("src/marsad/api/examples.json").read_text(encoding="utf-8")
    assert "/tmp" not in text and "/work" not in text and "/home" not in text
