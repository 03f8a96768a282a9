"""Screening in the shape of the field: queries in, results with score, match and features out."""

from __future__ import annotations

import pytest


def ask(client, path="/api/match", **properties):
    schema = properties.pop("schema", "Thing")
    answer = client.post(path, json={"queries": {"q": {"schema": schema, "properties": properties}}})
    assert answer.status_code == 200, answer.text
    return answer.json()["responses"]["q"]


@pytest.mark.parametrize("name", ["روسوبورون إكسبورت", "Rosoboronexport", "Рособоронэкспорт"])
def test_a_listed_name_in_any_script(client, name):
    found = ask(client, schema="Organization", name=[name])
    first = found["results"][0]
    assert first["match"] is True and first["schema"] == "Organization" and first["score"] >= 0.8
    assert first["features"]["name"] and first["datasets"] == ["shipped:us/caatsa/231"] and first["why"]
    assert found["total"] == {"value": len(found["results"]), "relation": "eq"}
    assert found["query"]["properties"] == {"name": [name]}


def test_what_contradicts_keeps_it_from_a_match(client):
    agrees = ask(client, schema="Organization", name=["Rosoboronexport"])["results"][0]
    against = ask(client, schema="Person", name=["Rosoboronexport"])["results"][0]
    assert agrees["match"] and not against["match"]
    assert against["features"]["type"] == 0.0 and against["against"]


def test_nobody(client):
    assert ask(client, name=["Layla Haddad of nowhere"])["results"] == []
    assert ask(client)["results"] == []


def test_several_names_give_an_entry_once(client):
    found = ask(client, schema="Organization", name=["Rosoboronexport"], alias=["روسوبورون إكسبورت"])
    ids = [one["id"] for one in found["results"]]
    assert len(ids) == len(set(ids))


def test_each_query_has_its_answer_and_the_lists_are_named(client):
    queries = {name: {"schema": "Thing", "properties": {"name": ["Rosoboronexport"]}} for name in ("one", "اثنان")}
    told = client.post("/api/match?limit=1", json={"queries": queries}).json()
    assert set(told["responses"]) == set(queries)
    assert all(len(one["results"]) <= 1 for one in told["responses"].values())
    assert {one["list"] for one in told["lists"]} >= {"shipped:us/caatsa/231"}


def test_as_of_a_day(client):
    early = ask(client, "/api/match?on=2017-01-01", schema="Organization", name=["Rosoboronexport"])
    assert "shipped:us/caatsa/231" not in {name for one in early["results"] for name in one["datasets"]}


@pytest.mark.parametrize(
    "body",
    [{}, {"queries": {}}, {"queries": {"q": {"properties": {"name": "x"}}}}, {"queries": {"q": None}},
     {"queries": {str(n): {} for n in range(51)}}],
)  # fmt: skip
def test_what_is_no_query(client, body):
    assert client.post("/api/match", json=body).status_code == 422
