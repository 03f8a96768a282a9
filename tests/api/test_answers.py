"""What the API gives: the same records as the command line, page by page, in three forms, and not again."""

from __future__ import annotations

import csv
import io
import json

import desks
import msgspec
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from marsad.cli import cli
from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.types import Article, Span


def told(client: TestClient, path: str, status: int = 200):
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.json()


def by_command(desk: Desk, *words: str) -> list[dict]:
    path = str(desk.store.database.path)
    result = CliRunner().invoke(cli, [*words, "--store", path, "--json"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("/api/events", ["events"]),
        ("/api/events?type=CONSULT", ["events", "--type", "CONSULT"]),
        ("/api/events?party=RUS&since=2026-03&until=2026-03", ["events", "--party", "RUS", "--since", "2026-03",
                                                               "--until", "2026-03"]),
        ("/api/events?country=العراق&status=DENIED&status=CONTESTED", ["events", "--country", "العراق", "--status",
                                                                       "DENIED", "--status", "CONTESTED"]),
        ("/api/reports?withdrawn=true", ["events", "--reports", "--withdrawn"]),
        ("/api/reports?voice=verbatim&speaker=RUS.GOV.MFA", ["events", "--reports", "--voice", "verbatim", "--speaker",
                                                             "RUS.GOV.MFA"]),
        ("/api/quotations?voice=verbatim", ["events", "--quotations", "--voice", "verbatim"]),
        ("/api/search?q=العقوبات", ["search", "العقوبات"]),
        ("/api/changes?since=2026-01&until=2026-03", ["changes", "--since", "2026-01", "--until", "2026-03"]),
        ("/api/sources", ["sources"]),
        ("/api/judgements", ["judge", "--list"]),
    ],
)  # fmt: skip
def test_a_list_gives_what_the_command_prints(client, desk, path, command):
    assert told(client, path)["items"] == by_command(desk, *command)


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("/api/relations/IRQ/RUS?since=2026-01&until=2026-03-10", ["relation", "IRQ", "RUS", "--since", "2026-01",
                                                                   "--until", "2026-03-10"]),
        ("/api/relations/العراق/روسيا?since=2026-01&until=2026-03-10&lang=ar",
         ["relation", "العراق", "روسيا", "--since", "2026-01", "--until", "2026-03-10", "--lang", "ar", "--quiet"]),
        ("/api/triangles/IRQ/RUS/USA?since=2026-01&until=2026-03-10", ["triangle", "IRQ", "RUS", "USA", "--since",
                                                                       "2026-01", "--until", "2026-03-10"]),
        ("/api/findings/IRQ?law=us/caatsa/231&on=2026-03-10&known_on=2026-03-10",
         ["assess", "IRQ", "us/caatsa/231", "--on", "2026-03-10", "--known-on", "2026-03-10"]),
    ],
)  # fmt: skip
def test_an_object_is_what_the_command_prints(client, desk, path, command):
    assert told(client, path) == by_command(desk, *command)[0]


def test_an_article_with_all_that_is_known_of_it(client, desk):
    one = desks.article("one")
    found = told(client, f"/api/articles/{one.id}")
    assert found == by_command(desk, "article", one.id)[0]
    assert found["text"] == one.text and found["story"]["articles"]
    assert told(client, f"/api/articles?url={one.url}") == found
    assert told(client, f"/api/articles/{one.id[:6]}/coding")["events"] == found["events"]
    story = told(client, f"/api/stories/{found['story']['id']}")
    assert one.id in {each["article"] for each in story["articles"]} and story["alike"]


def test_an_event_leads_to_its_act(client):
    event = desks.event("two")
    act = told(client, f"/api/events/{event}")
    assert event in {one["event"] for one in act["events"]}
    assert told(client, f"/api/events/{act['occurrence']}") == act
    assert told(client, f"/api/reports/{event}")["event"] == event


def test_ladders_laws_and_precedents(client):
    assert told(client, "/api/ladders/W4")["items"][0]["rung"] == "W4"
    assert {one["rung"][0] for one in told(client, "/api/ladders")["items"]} == {"L", "W", "R"}
    law = told(client, "/api/laws/us/caatsa/231")
    assert law["id"] == "us/caatsa/231" and len(law["versions"]) > 1
    assert len(told(client, "/api/laws/us/caatsa/231?on=2019-01-01")["versions"]) == 1
    changed = told(client, "/api/laws/us/caatsa/231/differences?before=2018-08-12&after=2018-08-13")
    assert changed["differences"]
    assert told(client, "/api/laws/us/caatsa/231/names?on=2018-09-19")["count"] == 39
    listed = told(client, "/api/laws")["items"]
    assert "us/caatsa/231" in {one["id"] for one in listed}
    assert not any("file" in one for one in listed), "where a file lies on the server is nobody's business"
    assert told(client, "/api/precedents/tur-ssb-2020")["id"] == "TUR-SSB-2020"
    assert told(client, "/api/likeness/IRQ?until=2026-03-10")["items"][0]["kind"] == "precedent"


def test_actors(client):
    assert told(client, "/api/who?name=وزير الخارجية الروسي&on=2024-05-01")["answers"][0]["actor"] == "RUS.GOV.MFA"
    met = told(client, "/api/actors?under=روسيا")["items"]
    assert "RUS.GOV.MFA" in {one["id"] for one in met}
    found = told(client, "/api/actors/RUS.ROSOBORONEXPORT?on=2026-03-10")
    assert found["country"] == "RUS" and found["listed"][0]["list"] == "us/caatsa/231"
    assert not told(client, "/api/actors/RUS.ROSOBORONEXPORT?on=2017-01-01")["listed"]


def test_pages_give_each_item_once(client):
    whole = told(client, "/api/reports?withdrawn=true")["items"]
    assert len(whole) == 7
    for limit in (1, 2, 3, 7):
        found, path = [], f"/api/reports?withdrawn=true&limit={limit}"
        while path:
            answer = client.get(path)
            found += answer.json()["items"]
            assert len(answer.json()["items"]) <= limit
            assert (answer.json()["after"] is None) == ("next" not in answer.links)
            path = answer.links["next"]["url"] if "next" in answer.links else None
        assert found == whole


def test_pages_of_what_is_had_whole(client):
    found, path = [], "/api/sources?limit=2"
    while path:
        answer = client.get(path)
        found += answer.json()["items"]
        path = answer.links.get("next", {}).get("url")
    assert found == told(client, "/api/sources")["items"] and len(found) == 5


def test_forms_by_the_end_of_the_address_and_by_accept(client):
    listed = told(client, "/api/events")["items"]
    for answer in (
        client.get("/api/events.ndjson"),
        client.get("/api/events", headers={"accept": "application/x-ndjson"}),
    ):
        assert answer.headers["content-type"] == "application/x-ndjson"
        assert [json.loads(line) for line in answer.text.splitlines()] == listed
    liked = {"accept": "text/html, application/json;q=0.5, text/csv;q=0.9"}
    for answer in (client.get("/api/events.csv"), client.get("/api/events", headers=liked)):
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert [row["occurrence"] for row in rows] == [one["occurrence"] for one in listed]
    assert client.get("/api/events.json").json() == client.get("/api/events").json()
    assert client.get("/api/relations/IRQ/RUS.csv?since=2026-01&until=2026-03").text.startswith("source,target,")


def test_the_next_page_keeps_the_form_and_the_question(client):
    answer = client.get("/api/reports.csv?withdrawn=true&limit=2&language=ar")
    after = answer.links["next"]["url"]
    assert after.startswith("/api/reports.csv?") and "language=ar" in after and "withdrawn=true" in after
    assert client.get(after).status_code == 200


def test_a_form_that_there_is_not(client):
    assert told(client, "/api/findings/IRQ.csv", 406)["code"] == "form"
    assert client.get("/api/findings/IRQ", headers={"accept": "text/csv"}).headers["content-type"] == "application/json"


def test_no_spreadsheet_takes_a_title_for_a_formula(desk, client):
    text = '=HYPERLINK("http://evil.example")\n\nعقوبات جديدة.'
    one = Article(id="f" * 16, text=text, title=Span(0, text.index("\n")), source="@evil", url="https://x.example/1")
    add(desk.store, [one], desk.now)
    rows = list(csv.reader(io.StringIO(client.get("/api/search.csv?q=جديدة").text)))
    assert any(cell.startswith("'=HYPERLINK") for cell in rows[1])
    assert not any(cell[:1] in "=+-@\t" for row in rows[1:] for cell in row if cell)


# --- not again -------------------------------------------------------------------------------------------------------


def test_what_has_not_changed_is_not_sent_again(desk, client):
    first = client.get("/api/events?party=RUS")
    mark = {"if-none-match": first.headers["etag"]}
    again = client.get("/api/events?party=RUS", headers=mark)
    assert again.status_code == 304 and not again.content and again.headers["etag"] == first.headers["etag"]
    assert client.get("/api/events?party=IRQ", headers=mark).status_code == 200, "another question"
    assert client.get("/api/events.csv?party=RUS", headers=mark).status_code == 200, "another form"
    event = desks.event("planned")
    desk.judge(event, "status", "DENIED", name="Layla", reason="so it says")
    changed = client.get("/api/events?party=RUS", headers=mark)
    assert changed.status_code == 200 and changed.headers["etag"] != first.headers["etag"]


def test_a_kept_answer_is_never_one_from_before(desk, client):
    event = desks.event("planned")
    assert "judged" not in told(client, f"/api/reports/{event}")
    desk.judge(event, "status", "DENIED", name="Layla", reason="so it says")
    assert told(client, f"/api/reports/{event}")["judged"]["status"]["value"] == "DENIED"


def test_what_is_kept_is_bounded():
    from marsad.api.forms import Kept

    kept = Kept(1600)
    for n in range(100):
        kept.put(str(n), bytes(100), None)
    assert [mark for mark in map(str, range(100)) if kept.get(mark)] == [str(n) for n in range(84, 100)]
    kept.put("large", bytes(101), None)
    assert kept.get("large") is None


def test_days_are_asked_about_anew_each_day(desk, client):
    before = client.get("/api/changes").headers["etag"]
    desk.now = lambda: desks.NOW.replace(day=11)
    assert client.get("/api/changes").headers["etag"] != before


def test_health(client):
    found = told(client, "/healthz")
    assert found["ok"] and found["waiting"]["coded"] == 0


def test_metrics_count_by_route_and_not_by_address(client):
    for n in range(3):
        client.get(f"/api/reports/{n}{n}{n}{n}")
    client.get("/api/events.csv")
    client.get("/nowhere/at/all")
    text = client.get("/metrics").text
    assert 'marsad_requests_total{method="GET",route="/api/reports/{id}",status="404"} 3.0' in text
    assert 'marsad_requests_total{method="GET",route="/api/events",status="200"} 1.0' in text
    assert "nowhere" not in text and "marsad_articles 7.0" in text and 'marsad_waiting{stage="coded"} 0.0' in text


def test_a_store_that_answers_no_more_is_told(desk, client, monkeypatch):
    from marsad.errors import StoreError

    def lost():
        raise StoreError("the connection was lost", where="there", do="run this again")

    monkeypatch.setattr(desk.store, "revision", lost)
    for path in ("/healthz", "/api/events"):
        assert told(client, path, 503)["code"] == "store"


def test_what_is_encoded_is_what_msgspec_writes(client):
    answer = client.get("/api/events?limit=1")
    assert answer.content == msgspec.json.encode(msgspec.json.decode(answer.content))
