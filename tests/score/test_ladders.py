"""Kappa of rungs, alarms, and codings made by hand."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import GoldError
from marsad.score.handmade import article_of, coding_of
from marsad.score.ladders import Statement, figures, kappa, parsed, statement
from marsad.types import EventType, Ladder, Precision, Rung, Span, Turn, Voice


def rung(name, turn=Turn.REACHED):
    ladder, level = parsed(name, "here")
    return Rung(id=name, article="a", ladder=ladder, level=level, sentence=0, span=Span(0, 1), rule="r", turn=turn)


def test_kappa_by_hand():
    # Two of four are one step off: seen 2/4. Chance: of 16 pairs of a 1 or 2 expected twice each and found twice each,
    # 8 are a step off: 8/16. So nothing is left.
    assert kappa([(1, 1), (1, 2), (2, 1), (2, 2)]) == pytest.approx(0.0)
    # One in four a step off, the others right: seen 1/4; chance (2*1 + 2*3)/16 = 1/2.
    assert kappa([(1, 1), (1, 2), (2, 2), (2, 2)]) == pytest.approx(0.5)


def test_a_missed_rung_costs_three_steps():
    base = [(1, 1), (8, 8), (4, 4)]
    assert kappa([*base, (5, None)]) == pytest.approx(kappa([*base, (None, 5)]))
    near, far = kappa([*base, (5, 4)]), kappa([*base, (5, None)])
    assert near > far


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.one_of(st.none(), st.integers(-1, 10))] * 2), min_size=1))
def test_kappa_is_at_most_one_and_one_only_where_all_is_right(pairs):
    value = kappa(pairs)
    assert value <= 1
    if any(a != b for a, b in pairs):
        assert value < 1
    assert kappa([(a, a) for a, _ in pairs]) == 1


def test_a_statement_is_compared_on_its_ladder():
    found = [rung("W4"), rung("L6"), rung("R1"), rung("W1")]
    assert statement("1", "W1", None, found) == Statement("1", Ladder.W, 1, 4)
    assert statement("1", "W1", None, found).alarm
    assert statement("1", "L6", None, found).right
    assert statement("1", None, None, found).found == 6
    assert statement("1", None, None, [rung("R1")]).right
    assert not statement("1", "L6", "cancelled", found).right
    assert statement("1", "L6", "cancelled", [rung("L6", Turn.CANCELLED)]).right
    with pytest.raises(GoldError, match="W-1"):
        statement("1", "Z9", None, ())


def test_figures_keep_relief_apart():
    made = figures([statement("1", "R1", None, ()), statement("2", "W4", None, [rung("W4")])])
    assert made["kappa"] == 1 and made["kappa R"] < 1 and made["right"] == 0.5 and made["alarms"] == 0


ROW = {
    "id": "s1",
    "lang": "ar",
    "title": "زيارة",
    "text": "زار لافروف بغداد أمس.",
    "published": "2025-09-16",
    "url": "https://example.org/1",
    "entities": [
        {"start": 12, "stop": 18, "type": "PERSON", "code": "RUS", "sector": "GOV", "actor": "RUS.GOV.MFA"},
        {"start": 19, "stop": 24, "type": "STATE", "code": "IRQ", "sector": "GOV"},
    ],
    "events": [
        {
            "trigger": [7, 10],
            "type": "CONSULT",
            "mode": "visit",
            "status": "ACTUAL",
            "context": ["diplomatic"],
            "actors": [0],
            "recipients": [1],
            "speaker": None,
            "voice": "report",
            "day": "2025-09-15",
        }
    ],
}


def test_a_coding_by_hand():
    coding = coding_of(ROW)
    assert coding.article.text == "زيارة\n\nزار لافروف بغداد أمس." and coding.article.title == Span(0, 5)
    (event,) = coding.events
    assert event.trigger.of(coding.article.text) == "زار" and event.type is EventType.CONSULT
    assert event.actors[0].actor == "RUS.GOV.MFA" and event.recipients[0].country == "IRQ"
    assert (event.day, event.precision, event.voice) == (date(2025, 9, 15), Precision.DAY, Voice.REPORT)
    assert coding.sentences[event.sentence].of(coding.article.text).startswith("زار")
    assert article_of(ROW).id == coding.article.id


def test_a_row_of_another_form_is_told():
    with pytest.raises(GoldError, match="s1"):
        coding_of({**ROW, "events": [{"trigger": [7, 10]}]})


def test_the_open_statements_are_of_the_form():
    import json

    path = Path(__file__).parents[2] / "gold/ladders.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 200 == len({row["id"] for row in rows}) == len({row["text"] for row in rows})
    assert sum(row["lang"] == "ar" for row in rows) == 100
    for row in rows:
        parsed(row["rung"], row["id"])
        coding = coding_of(row)
        for mention in coding.mentions:
            assert mention.span.of(row["text"]).strip() == mention.span.of(row["text"]) != "", row["id"]
