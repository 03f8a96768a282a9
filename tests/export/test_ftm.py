import importlib.util
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import world

from marsad.export.ftm import alpha_2, entities, write
from marsad.knowledge.countries import countries
from marsad.types import Article, Coding, Event, EventType, Occurrence, Outcome, Precision, Report, Source

CODING = world.handmade()
SOURCE = Source(id="example.org", name="وكالة مختلَقة", url="https://example.org/")
EVERY = frozenset(Outcome)


def reports(coding: Coding) -> list[Report]:
    return [Report(event=event, article=coding.article, source=SOURCE) for event in coding.events]


def of(found: list[dict], schema: str) -> list[dict]:
    return [entity for entity in found if entity["schema"] == schema]


def occurrence(*given: Report, **facts: object) -> Occurrence:
    first = given[0].event
    made = Occurrence(
        id=first.id,
        story="s",
        type=first.type,
        mode=first.mode,
        status=Outcome.ACTUAL,
        reports=tuple(report.event.id for report in given),
        day=first.day,
        precision=Precision.DAY,
    )
    return replace(made, **facts)


def told_twice(event: Event) -> list[Report]:
    """One act in two articles."""
    second = replace(CODING.article, id="second", url="https://example.org/2")
    return [
        Report(event=event, article=CODING.article, source=SOURCE, occurrence=event.id),
        Report(event=replace(event, id="e2", article="second"), article=second, occurrence=event.id),
    ]


def test_what_happened_becomes_entities_each_before_what_refers_to_it(known):
    found = list(entities(reports(known)))
    ids = [entity["id"] for entity in found]
    assert len(set(ids)) == len(ids)
    assert len(of(found, "Article")) == 1
    assert len(of(found, "Event")) == sum(event.status == "ACTUAL" for event in known.events)
    given: set[str] = set()
    for entity in found:
        for name in ("document", "resolved", "involved", "proof"):
            assert set(entity["properties"].get(name, ())) <= given
        given.add(entity["id"])


def test_the_article_is_named_and_its_text_is_not_given():
    article = of(list(entities(reports(CODING))), "Article")[0]
    assert article["properties"]["sourceUrl"] == ["https://example.org/khartoum"]
    assert article["properties"]["publishedAt"] == ["2026-03-05"]
    assert article["properties"]["language"] == ["ara"]
    assert "bodyText" not in article["properties"]


def test_a_minister_is_a_person_and_the_ministry_a_public_body(known):
    found = list(entities(reports(known)))
    person = next(one for one in of(found, "Person") if "Andrei Vorobyov" in one["properties"]["name"])
    assert person["properties"]["name"] == ["Andrei Vorobyov", "أندريه فوروبيوف"]
    assert person["properties"]["country"] == ["ru"]
    assert "Deputy Minister of Defence" in person["properties"]["position"]
    ministry = next(one for one in found if one["id"] == "marsad-actor-RUS.GOV.MOD")
    assert (ministry["schema"], ministry["properties"]["country"]) == ("PublicBody", ["ru"])
    assert ministry["properties"]["name"] == ["defence ministry (Russia)", "وزارة الدفاع (روسيا)"]
    event = next(one for one in of(found, "Event") if person["id"] in one["properties"].get("involved", ()))
    assert ministry["id"] in event["properties"]["involved"]
    assert event["properties"]["summary"] and event["properties"]["proof"]


def test_who_left_an_office_does_not_act_for_it_and_a_crowd_is_nobody(known):
    ids = {entity["id"] for entity in entities(reports(known), statuses=EVERY)}
    assert "marsad-actor-SDN.GOV.MOD" not in ids
    assert "marsad-actor-SDN.CVL" not in ids
    assert "marsad-actor-SDN.RSF" in ids


def test_mentions_lead_from_an_article_to_whom_they_mean(known):
    found = list(entities(reports(known)))
    mention = next(one for one in of(found, "Mention") if one["properties"]["resolved"] == ["marsad-actor-SDN"])
    assert mention["properties"]["name"] == ["الخرطوم"]
    assert mention["properties"]["detectedSchema"] == ["PublicBody"]
    assert mention["properties"]["document"] == [of(found, "Article")[0]["id"]]


def test_reports_of_one_occurrence_are_one_event():
    given = told_twice(CODING.events[0])
    (event,) = of(list(entities(given, [occurrence(*given)])), "Event")
    assert len(event["properties"]["proof"]) == 2
    assert event["properties"]["recordId"] == [CODING.events[0].id]


def test_an_occurrence_with_missing_reports_comes_at_the_end():
    given = told_twice(CODING.events[0])
    other = Report(event=CODING.events[3], article=CODING.article)
    found = of(list(entities([given[0], other], [occurrence(*given)])), "Event")
    assert [one["properties"]["recordId"] for one in found] == [[other.event.id], [given[0].event.id]]


def test_what_is_contested_says_so_and_what_is_denied_is_left_out():
    given = told_twice(CODING.events[0])
    (event,) = of(list(entities(given, [occurrence(*given, status=Outcome.CONTESTED)])), "Event")
    assert event["properties"]["name"][0].startswith("(contested) CONSULT · visit")
    assert list(entities(given, [occurrence(*given, status=Outcome.DENIED)])) == []


def test_withdrawn_reports_are_left_out_unless_asked_for():
    gone = [replace(report, withdrawn=True) for report in reports(CODING)]
    assert list(entities(gone)) == []
    assert len(list(entities(gone, withdrawn=True))) == len(list(entities(reports(CODING))))


@pytest.mark.parametrize(
    ("precision", "dates"),
    [
        (Precision.DAY, {"date": ["2026-03-02"]}),
        (Precision.ARTICLE, {"date": ["2026-03-02"]}),
        (Precision.WEEK, {"startDate": ["2026-03-02"], "endDate": ["2026-03-08"]}),
        (Precision.MONTH, {"date": ["2026-03"]}),
        (Precision.SEASON, {"startDate": ["2026-03"]}),
        (Precision.YEAR, {"date": ["2026"]}),
        (Precision.CENTURY, {"startDate": ["2026"]}),
        (Precision.UNKNOWN, {}),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(precision, dates):
    event = replace(CODING.events[0], day=date(2026, 3, 2), precision=precision)
    (made,) = of(list(entities([Report(event=event, article=CODING.article)])), "Event")
    found = {name: made["properties"][name] for name in ("date", "startDate", "endDate") if name in made["properties"]}
    assert found == dates


def test_ids_stay_and_are_ones_that_followthemoney_takes():
    actor = replace(CODING.events[0].actors[0], actor="mine/قوة_1")
    event = replace(CODING.events[0], actors=(actor,))
    first, second = ([*entities([Report(event=event, article=CODING.article)])] for _ in range(2))
    assert first == second
    assert all(
        set(entity["id"]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") for entity in first
    )


def test_an_address_that_is_none_of_the_web_is_left_out():
    article = replace(CODING.article, url="javascript:alert(1)")
    found = [*entities([Report(event=CODING.events[0], article=article)])]
    assert "sourceUrl" not in of(found, "Article")[0]["properties"]


def test_every_state_has_a_code_of_its_own():
    codes = {code: alpha_2(code) for code, entry in countries().items() if entry.status in ("state", "territory")}
    assert all(code and len(code) == 2 for code in codes.values())
    assert len(set(codes.values())) == len(codes)
    assert [alpha_2(code) for code in ("EU", "IGO", "IRQ.KRG", "???")] == [None] * 4


def test_odd_words_and_empty_input():
    article = Article(id="a", text="\x00زارت\ud800 \u202eروسيا\n", source="a\tb")
    event = replace(CODING.events[0], article="a", type=EventType.CONSULT, actors=(), recipients=())
    out = io.StringIO()
    number = write(entities([Report(event=event, article=article)]), out)
    out.getvalue().encode()
    assert number == len(out.getvalue().splitlines()) == 2
    assert list(entities([])) == []


def checker():
    pytest.importorskip("followthemoney")
    path = Path(__file__).parents[2] / "tools" / "check_ftm.py"
    spec = importlib.util.spec_from_file_location("check_ftm", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_library_finds_no_fault(known):
    lines = [json.dumps(entity) for entity in entities(reports(known), statuses=EVERY)]
    found, counts = checker().faults(lines)
    assert found == []
    assert counts["Event"] == len(known.events)


def test_the_check_finds_what_is_wrong():
    event = {"id": "e", "schema": "Event", "properties": {"name": ["x"], "involved": ["nobody"]}}
    bad = [
        {"id": "1", "schema": "Nothing", "properties": {}},
        {"id": "2", "schema": "Person", "properties": {"name": ["x"], "wings": ["2"], "country": ["RUS"]}},
        {"id": "3", "schema": "Person", "properties": {"birthDate": ["yesterday"]}},
    ]
    found, _ = checker().faults([json.dumps(one) for one in [event, *bad]] + ["{"])
    told = "\n".join(found)
    wrong = ("nobody is not in the file", "no schema 'Nothing'", "'wings'", "should be 'ru'", "is lost", "needs name")
    for words in (*wrong, "no JSON"):
        assert words in told
