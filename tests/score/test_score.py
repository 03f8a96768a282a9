"""The figures of `marsad eval`, on cases small enough to count by hand."""

import json

import pytest

from marsad.errors import GoldError
from marsad.score import by_type, compare, figures, parse
from marsad.score.figures import prf
from marsad.score.match import dyads, pair_up

TEXT = "زار الوزير الروسي بغداد والتقى الرئيس العراقي"
ENTITIES = [
    {"start": 4, "stop": 17, "type": "OFFICE", "code": "RUS", "sector": "GOV"},
    {"start": 18, "stop": 23, "type": "STATE", "code": "IRQ", "sector": "GOV"},
    {"start": 31, "stop": 45, "type": "OFFICE", "code": "IRQ", "sector": "GOV"},
]


def event(trigger, type_, status="ACTUAL", actors=(0,), recipients=(1,), speaker=None, **more):
    return {
        "trigger": trigger,
        "type": type_,
        "status": status,
        "actors": list(actors),
        "recipients": list(recipients),
        "speaker": speaker,
        **more,
    }


def record(*events, entities=ENTITIES, id_="a", lang="ar"):
    row = {"id": id_, "text": TEXT, "lang": lang, "entities": entities, "events": list(events)}
    return next(parse([json.dumps(row)], "test"))


VISIT, MEETING = event([0, 3], "CONSULT"), event([24, 30], "CONSULT", recipients=(2,))


def values(gold, predicted):
    return {name: f.value for name, f in figures(compare(gold, predicted).texts, rounds=0).items()}


def test_gold_against_itself_is_perfect():
    got = values([record(VISIT, MEETING)], [record(VISIT, MEETING)])
    assert set(got.values()) == {1.0, None}
    assert {name for name, v in got.items() if v is None} == {
        "speaker",
        "place",
        "time",
        "status PLANNED",
        "status POSSIBLE",
        "status DENIED",
    }


def test_an_event_needs_the_same_type_and_an_overlap_a_trigger_only_the_overlap():
    got = values([record(VISIT)], [record(event([0, 10], "AGREE"))])
    assert (got["event"], got["trigger"]) == (0.0, 1.0)
    got = values([record(VISIT)], [record(event([4, 10], "CONSULT"))])
    assert got["trigger"] == 0.0


def test_events_are_matched_one_to_one():
    got = figures(compare([record(VISIT)], [record(event([0, 2], "CONSULT"), event([2, 3], "CONSULT"))]).texts, 0)[
        "event"
    ]
    assert (got.precision, got.recall) == (0.5, 1.0)


def test_fillers_of_unmatched_events_are_missed_and_extra():
    got = figures(compare([record(VISIT)], [record(event([0, 3], "AGREE"))]).texts, 0)["actor"]
    assert (got.precision, got.recall, got.gold) == (0.0, 0.0, 1)


def test_a_filler_matches_by_half_of_the_shorter():
    short = [{**ENTITIES[0], "start": 4, "stop": 10}, *ENTITIES[1:]]
    assert values([record(VISIT)], [record(VISIT, entities=short)])["actor"] == 1.0
    beside = [{**ENTITIES[0], "start": 15, "stop": 24}, *ENTITIES[1:]]
    assert values([record(VISIT)], [record(VISIT, entities=beside)])["actor"] == 0.0


def test_a_mention_needs_its_kind_and_half_of_the_longer():
    other = [{**ENTITIES[0], "type": "PERSON"}, *ENTITIES[1:]]
    assert values([record()], [record(entities=other)])["mention"] == pytest.approx(2 / 3)
    short = [{**ENTITIES[0], "start": 4, "stop": 10}, *ENTITIES[1:]]
    assert values([record()], [record(entities=short)])["mention"] == pytest.approx(2 / 3)


def test_country_counts_matched_fillers_with_a_gold_code():
    wrong = [{**ENTITIES[0], "code": "UKR"}, *ENTITIES[1:]]
    assert values([record(VISIT)], [record(VISIT, entities=wrong)])["country"] == 0.5
    unknown = [{**ENTITIES[0], "code": None}, *ENTITIES[1:]]
    assert values([record(VISIT, entities=unknown)], [record(VISIT)])["country"] == 1.0


def test_status_is_measured_on_matched_events():
    gold = [record(VISIT, MEETING)]
    found = [record(event([0, 3], "CONSULT", "DENIED"), MEETING)]
    got = values(gold, found)
    assert got["status accuracy"] == 0.5
    assert got["status ACTUAL"] == pytest.approx(2 / 3)
    assert got["status macro"] == pytest.approx((2 / 3 + 0) / 2)


def test_dyads_are_a_multiset_of_distinct_codes_without_empty_events():
    two = record(
        event([0, 3], "CONSULT", actors=(0, 1), recipients=(2,)), event([24, 30], "CONSULT", actors=(), recipients=())
    )
    assert dyads(two) == {("CONSULT", "ACTUAL", "IRQ", "IRQ"): 1, ("CONSULT", "ACTUAL", "RUS", "IRQ"): 1}
    assert dyads(record(event([0, 3], "CONSULT", recipients=()))) == {("CONSULT", "ACTUAL", "RUS", None): 1}
    twice = record(VISIT, MEETING)
    assert dyads(twice) == {("CONSULT", "ACTUAL", "RUS", "IRQ"): 2}


def test_voice_and_place_are_measured_where_gold_has_them():
    gold = [record({**VISIT, "voice": "report", "place": [18, 23]})]
    found = [record({**VISIT, "voice": "reading"})]
    got = figures(compare(gold, found).texts, rounds=0)
    assert got["voice accuracy"].value == 0.0
    assert (got["place"].recall, got["place"].gold) == (0.0, 1)
    assert "voice accuracy" not in values([record(VISIT)], [record(VISIT)])


def test_the_interval_holds_the_value_and_is_the_same_each_time():
    gold = [record(VISIT, id_=str(i)) for i in range(40)]
    found = [record(VISIT if i % 4 else event([4, 10], "AGREE"), id_=str(i)) for i in range(40)]
    one, two = (figures(compare(gold, found).texts, rounds=200)["event"] for _ in range(2))
    assert one == two
    assert one.low < one.value < one.high


def test_by_type_counts_each_type():
    table = by_type(compare([record(VISIT)], [record(event([0, 3], "AGREE"))]).texts)
    assert table["CONSULT"] == (0.0, 0.0, 0.0, 1)
    assert table["AGREE"] == (0.0, 0.0, 0.0, 0)


def test_differences_name_what_is_missed_invented_and_wrong():
    gold = record(VISIT, event([24, 30], "CONSULT", recipients=(2,)))
    found = record(event([0, 3], "CONSULT", "PLANNED"), event([24, 30], "SUPPORT"), event([40, 45], "AID"))
    whats = [d.what for d in compare([gold], [found]).differences]
    assert whats == ["status", "type", "invented"]


def test_a_missing_or_doubled_prediction_is_an_error():
    with pytest.raises(GoldError, match="no prediction"):
        compare([record(id_="a")], [record(id_="b")])
    with pytest.raises(GoldError, match="twice"):
        compare([record()], [record(), record()])


def test_pairs_take_the_largest_overlap_first():
    assert pair_up([1], [5, 9], lambda a, b: b) == [(0, 1)]


@pytest.mark.parametrize(("given", "f1"), [((0, 0, 0), 0.0), ((0, 3, 0), 0.0), ((2, 4, 2), 2 / 3)])
def test_f1(given, f1):
    assert prf(*given)[2] == pytest.approx(f1)


def test_both_forms_give_the_same_record():
    line = {
        "id": "a",
        "language": "ar",
        "mentions": [
            {
                **{"start": e["start"], "stop": e["stop"], "text": "", "kind": e["type"], "country": e["code"]},
                "sector": e.get("sector"),
            }
            for e in ENTITIES
        ],
        "events": [
            {
                "trigger": {"start": 0, "stop": 3, "text": "زار"},
                "type": "CONSULT",
                "status": "ACTUAL",
                "actors": [0],
                "recipients": [1],
                "speaker": None,
                "voice": "report",
                "place": {"start": 18, "stop": 23, "country": "IRQ"},
            }
        ],
    }
    found = next(parse([json.dumps(line)], "test"))
    assert found.acts == record({**VISIT, "voice": "report", "place": [18, 23]}).acts


def test_without_gold_there_is_no_figure_but_an_error():
    with pytest.raises(GoldError, match="no text"):
        compare([], [])
    with pytest.raises(GoldError, match="twice in the gold"):
        compare([record(), record()], [record()])


def test_error_lines_of_predictions_count_as_nothing_found():
    lines = ['{"id": null, "error": {}}', '{"id": null, "error": {}}', '{"id": 7, "error": {"code": "empty"}}']
    assert [r.id for r in parse(lines, "pred")] == ["7"]


@pytest.mark.parametrize(
    "bad", ["{", "[]", '{"id": 1}', '{"id": "a", "entities": [{}], "events": []}', '{"entities": []}']
)
def test_a_broken_line_is_named(bad):
    with pytest.raises(GoldError, match=r"gold\.jsonl, line 2"):
        list(parse(["", bad], "gold.jsonl"))
