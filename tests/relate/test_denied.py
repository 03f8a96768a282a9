"""A denied act never warns: whatever rule its words fit, and whatever stands beside it in the sentence."""

import json
from pathlib import Path

import pytest

import marsad
from marsad.knowledge.ladders import ladders
from marsad.relate import rungs
from marsad.relate.cues import body_of
from marsad.score.handmade import coding_of
from marsad.types import Article, Ladder

GOLD = Path(__file__).parents[2] / "gold"
PENAL = {"SANCTION", "THREATEN", "COERCE"}
#: Rules that reckon with a negation («did not rule out»), or whose words are an act of their own beside the denied one.
OWN_NEGATION = {"w4.not-excluded", "w5.hesitate", "w4.consequence", "w6.held", "w6.passed"}


def rows(name):
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def read():
    coder = marsad.load()
    return lambda text: rungs(coder(Article(id="a1", text=text)))


@pytest.mark.parametrize("name", ["ladders.jsonl", "ladders_open.jsonl", "ladders_open2.jsonl"])
@pytest.mark.parametrize("status", ["ACTUAL", "PLANNED", "POSSIBLE", "DENIED"])
@pytest.mark.parametrize("kind", [None, "THREATEN"])
def test_no_denial_or_silence_warns_however_its_acts_are_coded(name, status, kind):
    for row in rows(name):
        if row["rung"] not in ("W-1", "W0", "W1"):
            continue
        for event in row["events"]:
            if event["type"] in PENAL:
                event["status"] = status
                if kind:
                    event["type"], event["mode"] = kind, "restrict"
        loud = [one.rule for one in rungs(coding_of(row)) if one.ladder is Ladder.W and one.level >= 4]
        assert not loud, (row["id"], loud)


def test_a_warning_whose_act_is_denied_is_none():
    texts = [row for name in ("ladders.jsonl", "ladders_open2.jsonl") for row in rows(name)]
    seen = 0
    for row in texts:
        acts = [event for event in row["events"] if event["type"] in PENAL]
        for event in acts:
            event["status"] = "DENIED"
        for one in rungs(coding_of(row)) if len(acts) == 1 else ():
            here = [event for event in acts if one.span.start < event["trigger"][1]]
            if here and one.ladder is Ladder.W and one.event and one.rule not in OWN_NEGATION:
                on_it = any(e["trigger"][0] < one.span.stop and one.span.start < e["trigger"][1] for e in acts)
                seen += on_it
                assert not on_it or one.level < 4, (row["id"], one.rule)
    assert seen > 50


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Asked whether Cairo risked penalties over Russian jets, the US defence secretary declined to answer.", 0),
        ("Reports that sanctions would be imposed on Iraq over the Russian deal are baseless, Washington said.", -1),
        ("The US Treasury never threatened Turkish banks with sanctions, a US official said.", -1),
        ("قال السفير الأميركي في القاهرة إن القانون لم يوضع من أجل معاقبة مصر على السلاح الروسي.", -1),
        ("قالت الخارجية الأميركية إن ما يشاع عن عقوبات ستفرض على الجزائر لشراء سلاح روسي لا أساس له من الصحة.", -1),
        ("وصف البيت الأبيض الأنباء عن عقوبات وشيكة على مصر لشرائها مقاتلات روسية بأنها مختلقة.", -1),
    ],
)
def test_what_is_denied_or_not_answered_is_no_warning(read, text, level):
    assert max(one.level for one in read(text) if one.ladder is Ladder.W) == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("قال مسؤول أميركي رفض الكشف عن اسمه إن شراء أرمينيا سلاحا من إيران قد يكلفها عقوبات.", 4),
        ("لا مفر من عقوبات على العراق إذا اشترى منظومة روسية، بحسب وزير الخزانة الأميركي.", 5),
        ("The US said Iraq could find itself under sanctions if it bought the Russian missiles.", 4),
        ("A US official said Kazakh banks could be hit by sanctions if they joined the Russian payment system.", 4),
    ],
)
def test_a_negation_that_is_none_leaves_the_warning(read, text, level):
    assert max(one.level for one in read(text) if one.ladder is Ladder.W) == level


@pytest.mark.parametrize(
    "text",
    [
        "فرضت الصين عقوبات على ثلاث شركات أميركية بعد بيعها أسلحة للفلبين.",
        "The Indian foreign minister said he did not fear US sanctions over Russian oil.",
        "If Washington ever imposed sanctions over the Russian jets, Jakarta would look elsewhere, its minister said.",
        "A human rights group urged the European Union to impose sanctions on Georgian officials over Russian oil.",
    ],
)
def test_what_is_not_the_sanctioners_own_gives_no_rung(read, text):
    assert not [one for one in read(text) if one.ladder is Ladder.W]


def test_a_spokesman_of_the_union_speaks_for_it():
    assert body_of("متحدثة باسم المفوضية الأوروبية") == body_of("European Commission spokesperson") == "EU"
    assert body_of("NATO secretary-general") is None and body_of("US official") is None


def test_the_guards_have_patterns_for_both_levels():
    assert set(ladders().guard) == {-1, 1} and all(ladders().guard.values())
