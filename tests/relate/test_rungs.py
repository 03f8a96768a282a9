"""Rungs from articles: the denial trap, caps, turns, parties, and that the words of a model's miss still count."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import marsad
from marsad.knowledge.ladders import ladders
from marsad.relate import rungs
from marsad.score.handmade import coding_of
from marsad.types import (
    Addressee,
    Article,
    Branch,
    Coding,
    Ladder,
    Medium,
    Scope,
    SourceKind,
    Span,
    Status,
    Turn,
    Voice,
)


@pytest.fixture(scope="module")
def coder():
    return marsad.load()


@pytest.fixture(scope="module")
def read(coder):
    def of(text, published=date(2025, 9, 18)):
        return rungs(coder(Article(id="a1", text=text, published=published)))

    return of


def names(found, ladder="W"):
    return sorted({rung.name for rung in found if rung.ladder == ladder})


def row(text, entities=(), events=(), **more):
    """A row of gold: entities as (words, type, code[, actor]), events as dicts with words for their parts."""
    made = [
        {
            "start": text.index(words),
            "stop": text.index(words) + len(words),
            "type": kind,
            "code": code,
            "sector": "GOV",
            "actor": actor[0] if actor else code,
        }
        for words, kind, code, *actor in entities
    ]
    index = {words: number for number, (words, *_) in enumerate(entities)}
    acts = []
    for event in events:
        start = text.index(event["trigger"])
        acts.append(
            {
                **event,
                "trigger": [start, start + len(event["trigger"])],
                "actors": [index[one] for one in event.get("actors", ())],
                "recipients": [index[one] for one in event.get("recipients", ())],
                "speaker": index[event["speaker"]] if event.get("speaker") else None,
            }
        )
    return {"id": "r1", "lang": "ar", "text": text, "entities": made, "events": acts, **more}


def test_each_example_of_a_level_is_coded_at_that_level(read):
    wrong = []
    for (ladder, level), meant in ladders().levels.items():
        for text in (*meant.examples["ar"], *meant.examples["en"]):
            found = max((rung.level for rung in read(text) if rung.ladder is ladder), default=None)
            if found != level:
                wrong.append((ladder, level, found, text))
    assert not wrong


TRAP = [
    ("قالت الخارجية الأميركية إنه لا نية فورية لفرض عقوبات على بغداد.", "W1"),
    ("قال المتحدث باسم الخارجية الأميركية: لن نستبق أي قرار بشأن العقوبات على بغداد.", "W1"),
    ("أكدت الخارجية الأميركية: لا نعتزم فرض عقوبات على بغداد.", "W-1"),
    ("قال مسؤول أميركي إن العقوبات على بغداد غير مطروحة.", "W-1"),
    ("قالت الخارجية الأميركية إن بغداد قد تتعرض لعقوبات.", "W4"),
    ("قالت الخارجية الأميركية إن واشنطن ستفرض عقوبات على بغداد.", "W5"),
    ("فرضت الولايات المتحدة عقوبات على بغداد.", "W8"),
    ("رفض المتحدث باسم الخارجية الأميركية التعليق على عقوبات محتملة على بغداد.", "W0"),
    ("The State Department said it had no immediate intention to sanction Baghdad.", "W1"),
    ("The State Department said it would not prejudge any decision on sanctions against Baghdad.", "W1"),
    ("The State Department said it did not intend to impose sanctions on Baghdad.", "W-1"),
    ("Sanctions on Baghdad are not on the table, a US official said.", "W-1"),
    ("Baghdad could be exposed to sanctions, the State Department said.", "W4"),
    ("Washington will impose sanctions on Baghdad, the State Department said.", "W5"),
    ("The United States imposed sanctions on Baghdad.", "W8"),
    ("The State Department declined to comment on possible sanctions on Baghdad.", "W0"),
    ("The State Department did not rule out sanctions on Baghdad.", "W4"),
]


@pytest.mark.parametrize(("text", "name"), TRAP)
def test_the_denial_trap(read, text, name):
    assert names(read(text)) == [name]


def test_a_denial_keeps_its_scope(read):
    (immediate,) = read(TRAP[0][0])
    assert (immediate.negated, immediate.scope, immediate.near, immediate.sanctioner) == (
        True,
        Scope.IMMEDIATE,
        "IRQ",
        "USA",
    )
    (any_,) = read(TRAP[2][0])
    assert (any_.negated, any_.scope) == (True, Scope.ANY)


def test_a_reading_is_capped_and_marked(read):
    found = read("ورأت صحيفة عراقية أن التصريح الأميركي عن قانون كاتسا يُعد تحذيرا مبطنا لبغداد.")
    assert found and all(rung.level <= 3 and rung.voice is Voice.READING for rung in found)
    found = read("Analysts say Washington will impose sanctions on Iraq over its Russian missiles.")
    assert [(rung.name, rung.voice) for rung in found if rung.ladder is Ladder.W] == [("W3", Voice.READING)]


def test_what_a_writer_states_as_fact_is_not_capped(read):
    (found,) = [r for r in read("The deal could expose Iraq to US sanctions.") if r.ladder is Ladder.W]
    assert (found.name, found.voice) == ("W4", Voice.REPORT)


@pytest.mark.parametrize(
    "text",
    [
        "هل تفرض واشنطن عقوبات على بغداد؟",
        "يتيح القانون للرئيس الأميركي فرض عقوبات على من يشتري السلاح الروسي.",
        "قال وزير الخارجية العراقي إن بلاده لا تخشى العقوبات الأميركية.",
        "Iraq's foreign minister said US sanctions might follow.",
        "The law allows the president to impose sanctions.",
        "Russia's economy has suffered under Western sanctions.",
        "نفت أنقرة أن تكون قد تلقت تهديدا أميركيا بالعقوبات.",
    ],
)
def test_what_is_no_signal_gives_none(read, text):
    assert names(read(text)) == []


def test_a_step_that_has_not_been_taken(read):
    assert names(read("تعتزم بغداد شراء منظومات دفاع جوي من موسكو العام المقبل."), "L") == ["L1"]
    assert names(read("The Russian defence minister will visit Baghdad next week."), "L") == ["L1"]
    assert names(read("نفت بغداد توقيع أي عقد مع موسكو."), "L") == []
    assert names(read("Egypt may buy Russian jets one day."), "L") == []
    assert names(read("وصل وزير الدفاع العراقي إلى موسكو لتوقيع عقود تسليح."), "L") == ["L3"]


def test_what_is_called_off_keeps_its_level(read):
    (found,) = [r for r in read("ألغت مصر صفقة شراء مقاتلات سو-35 من روسيا.") if r.ladder is Ladder.L]
    assert (found.name, found.turn, found.near, found.counterpart) == ("L6", Turn.CANCELLED, "EGY", "RUS")
    found = [r for r in read("Russia postponed delivery of the missiles to India.") if r.ladder is Ladder.L]
    assert [(r.name, r.turn) for r in found] == [("L8", Turn.POSTPONED)]


def test_only_dealings_with_a_sanctioned_side_are_rapprochement(read):
    assert names(read("زار وزير الخارجية الأردني القاهرة وبحث مع نظيره المصري ملف غزة."), "L") == []
    assert names(read("Egypt and France signed a contract for Rafale jets."), "L") == []


def test_who_speaks_and_how(read):
    (found,) = [
        r
        for r in read(
            "في جلسة استماع، دعا السيناتور الأميركي ماركو روبيو الإدارة إلى فرض عقوبات على الجزائر بسبب السلاح الروسي."
        )
        if r.ladder is Ladder.W
    ]
    assert (found.name, found.branch, found.near, found.counterpart) == ("W5", Branch.LEGISLATURE, "DZA", "RUS")
    assert found.medium is Medium.HEARING and found.addressee is Addressee.NAMED
    (found,) = read("قال مسؤول أميركي، طلب عدم ذكر اسمه، إن واشنطن ستفرض عقوبات على بغداد إذا اشترت المنظومة.")
    assert (found.name, found.voice, found.branch) == ("W5", Voice.ANONYMOUS, Branch.ANONYMOUS)
    assert found.condition is not None


def test_a_reminder_to_all_is_about_nobody(read):
    found = read("نحث جميع الشركاء على تجنب الصفقات الكبيرة مع قطاع الدفاع الروسي، قالت الخارجية الأميركية.")
    (found,) = [r for r in found if r.ladder is Ladder.W]
    assert (found.name, found.addressee, found.near, found.counterpart) == ("W2", Addressee.CLASS, None, "RUS")


def test_what_is_recalled_is_past(read):
    (found,) = [r for r in read("وكانت واشنطن قد فرضت عقوبات على أنقرة عام 2020.") if r.ladder is Ladder.W]
    assert found.past and found.name == "W8"
    (found,) = read("The law has been used against Turkey over its Russian missiles, CAATSA's first victim in 2020.")[
        :1
    ]
    assert found.past


def test_the_law_is_named(read):
    (found,) = [r for r in read("The purchase could expose India to CAATSA sanctions, the US said.") if r.ladder == "W"]
    assert found.law == "us/caatsa/231" and found.counterpart == "RUS"


def test_a_pointing_sentence_takes_its_sides_from_the_one_before(read):
    found = read("زار وزير الدفاع الروسي بغداد. ووقع الجانبان مذكرة تفاهم.")
    assert [(r.name, r.near, r.counterpart) for r in found if r.ladder is Ladder.L] == [
        ("L3", "IRQ", "RUS"),
        ("L5", "IRQ", "RUS"),
    ]


def test_an_event_gives_status_parties_and_day():
    text = "اشترت بغداد منظومة دفاع جوي من موسكو."
    entities = [("بغداد", "STATE", "IRQ"), ("موسكو", "STATE", "RUS"), ("منظومة دفاع جوي", "ARMS", "RUS", "RUS.S-400")]
    act = {"trigger": "اشترت", "type": "COOPERATE", "status": "ACTUAL", "actors": ["بغداد"], "recipients": ["موسكو"]}
    (found,) = rungs(coding_of(row(text, entities, [{**act, "day": "2025-09-01"}], published="2025-09-03")))
    assert (found.name, found.near, found.counterpart, found.day) == ("L6", "IRQ", "RUS", date(2025, 9, 1))
    assert found.items == ("RUS.S-400",) and found.event and not found.past
    for status, expected in (("PLANNED", ["L1"]), ("POSSIBLE", []), ("DENIED", [])):
        again = rungs(coding_of(row(text, entities, [{**act, "status": status}])))
        assert [rung.name for rung in again] == expected, status


def test_words_count_where_the_coder_found_no_event():
    text = "فرضت واشنطن عقوبات على أنقرة."
    (found,) = rungs(coding_of(row(text, [("واشنطن", "STATE", "USA"), ("أنقرة", "STATE", "TUR")])))
    assert (found.name, found.sanctioner, found.near, found.event) == ("W8", "USA", "TUR", None)
    assert found.status is Status.ACTUAL and found.evidence


def test_an_act_at_home_gives_nothing():
    text = "زار وزير الدفاع الروسي موسكو."
    entities = [("وزير الدفاع الروسي", "OFFICE", "RUS", "RUS.GOV.MOD"), ("موسكو", "STATE", "RUS")]
    act = {
        "trigger": "زار",
        "type": "CONSULT",
        "mode": "visit",
        "status": "ACTUAL",
        "actors": ["وزير الدفاع الروسي"],
        "recipients": ["موسكو"],
    }
    assert rungs(coding_of(row(text, entities, [act]))) == ()


def test_an_official_source_speaks_for_itself(coder):
    coding = coder(Article(id="a1", text="The United States imposed sanctions on Turkey.", language="en"))
    assert [rung.voice for rung in rungs(coding)] == [Voice.REPORT]
    assert [rung.voice for rung in rungs(coding, SourceKind.OFFICIAL)] == [Voice.PARAPHRASE]


def test_one_sentence_gives_a_rung_once(read):
    found = read("فرضت واشنطن عقوبات على أنقرة، وشملت العقوبات التي فرضتها واشنطن أربعة مسؤولين في أنقرة.")
    assert len([r for r in found if r.name == "W8" and r.near == "TUR"]) == 1


_WORDS = sorted(
    {word.strip("*-").split("/")[0] for phrases in ladders().words.values() for p in phrases for word in p.split()}
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from([*_WORDS, ".", "«", "»", "USA", "العراق", "؟", "ﷺ", "İ"]), max_size=40))
def test_any_words_give_rungs_that_point_into_the_text(words):
    text = " ".join(words) or "."
    coding = Coding(
        article=Article(id="a1", text=text), sentences=(Span(0, len(text)),), mentions=(), events=(), coder="none"
    )
    found = rungs(coding)
    assert found == rungs(coding)
    assert len({rung.id for rung in found}) == len(found)
    for rung in found:
        assert rung.span.stop <= len(text) and rung.evidence
        assert rung.voice is not Voice.READING or rung.ladder is not Ladder.W or rung.level <= 3


#: Frames of a denial or a reservation, with {} for the sanction words: their own tense, and a later turn of each.
_DENIALS = {
    "en": (
        "The State Department said it had no plans to {} Iraq.",
        "The State Department said it has no intention to {} Iraq.",
        "Washington does not intend to {} Iraq, the State Department said.",
        "The State Department denied that it will {} Iraq.",
        "The State Department denied it would {} Iraq.",
        "The White House is not considering whether to {} Iraq.",
        "The State Department has made no decision on whether to {} Iraq.",
        "The State Department would not prejudge whether it could {} Iraq.",
        "The State Department said it would not get ahead of any decision to {} Iraq.",
        "Washington had no immediate plans to {} Iraq, the State Department said.",
    ),
    "ar": (
        "قالت الخارجية الأميركية إنها لا تعتزم {} العراق.",
        "قالت الخارجية الأميركية إنه لا نية لديها ل{} العراق.",
        "نفت الخارجية الأميركية أنها ستلجأ إلى {} العراق.",
        "نفت الخارجية الأميركية نيتها {} العراق.",
        "أكدت الخارجية الأميركية أنها لا تدرس {} العراق.",
        "قالت الخارجية الأميركية إنها لم تتخذ قرارا بشأن {} العراق.",
        "قالت الخارجية الأميركية إنها لن تستبق أي قرار بشأن {} العراق.",
        "قالت الخارجية الأميركية إنه لا نية فورية ل{} العراق.",
    ),
}
_SANCTIONS = {
    "en": ("sanction", "impose sanctions on", "penalize", "punish", "blacklist", "impose penalties on"),
    "ar": ("فرض عقوبات على", "معاقبة", "فرض إجراءات عقابية على", "فرض تدابير عقابية بحق", "فرض أي عقوبات على"),
}


@pytest.mark.parametrize(
    "text", [frame.format(words) for lang in _DENIALS for frame in _DENIALS[lang] for words in _SANCTIONS[lang]]
)
def test_no_denial_and_no_reservation_becomes_a_warning(read, text):
    found = [rung for rung in read(text) if rung.ladder is Ladder.W]
    assert all(rung.level <= 1 for rung in found), [(rung.name, rung.rule) for rung in found]


def test_a_guard_leaves_alone_what_reckons_with_the_negation(read):
    assert names(read("Washington said it would not hesitate to impose sanctions on Iraq over Russian arms.")) == ["W5"]
    assert names(read("لن تتردد واشنطن في فرض عقوبات على بغداد بسبب السلاح الروسي.")) == ["W5"]


def test_a_step_that_a_signal_names_was_there_before(read):
    text = (
        '"Iraq\'s negotiations with Rosoboronexport on air defences are concerning," State Department spokesman said.'
    )
    steps = [rung for rung in read(text) if rung.ladder is Ladder.L]
    assert steps and all(rung.past for rung in steps)
    text = "The State Department voiced concern over Iraq's plan to buy Russian air defences."
    assert names(read(text), "L") == [] and names(read(text)) == ["W3"]


def test_a_supply_contract_is_no_delivery(read):
    text = "وقعت روسيا والعراق عقدا لتوريد 12 منظومة بانتسير."
    assert names(read(text), "L") == ["L6"]
    assert names(read("Moscow and Baghdad discussed deliveries of air-defence systems."), "L") == ["L4"]


def test_relief_goods_are_no_arms(read):
    assert names(read("A Russian aircraft delivered tents and blankets to Iraq on Wednesday."), "L") == []


def test_an_announcement_has_the_day_of_its_article(read):
    (found,) = [r for r in read("The Russian defence minister will visit Baghdad next week.") if r.ladder is Ladder.L]
    assert (found.name, found.day) == ("L1", date(2025, 9, 18))


def test_a_determination_does_not_have_the_day_of_the_deal():
    text = "The Secretary of State has determined that Turkey engaged in a significant transaction with Russia."
    entities = [("Secretary of State", "OFFICE", "USA"), ("Turkey", "STATE", "TUR"), ("Russia", "STATE", "RUS")]
    deal = {"trigger": "transaction", "type": "COOPERATE", "status": "ACTUAL", "day": "2017-09-12"}
    acts = [{**deal, "precision": "day", "actors": ["Turkey"], "recipients": ["Russia"]}]
    found = [r for r in rungs(coding_of(row(text, entities, acts, published="2020-12-14"))) if r.ladder is Ladder.W]
    assert [(r.name, r.day, r.past) for r in found] == [("W7", date(2020, 12, 14), False)]


def test_what_is_done_despite_threats_recalls_them(read):
    text = (
        "Iraq took delivery of its first Russian missiles, ignoring American threats that this would bring sanctions."
    )
    assert all(rung.past for rung in read(text) if rung.ladder is Ladder.W)


def test_silence_of_another_side_is_no_signal(read):
    text = (
        "Moscow condemned the sanctions that the United States imposed on Iraq. "
        "The list will not grow, Russian foreign minister Sergei Lavrov said. He had no comment on the visa ban."
    )
    assert "W0" not in names(read(text))


def test_a_granted_waiver_is_more_than_talk(read):
    text = "The Secretary of State granted the Directorate of Defence Procurement of Jordan a waiver from sanctions."
    assert names(read(text), "R") == ["R3"]
    text = "American officials met Jordanian ones to discuss terms on which sanctions on Jordan could be waived."
    assert names(read(text), "R") == ["R1"] and names(read(text)) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Iraq and Russia signed the contract on January 16, an official said.", date(2025, 1, 16)),
        ("وقعت بغداد وموسكو عقدا في 16 كانون الثاني، وفق ما قاله مسؤول الخميس.", date(2025, 1, 16)),
    ],
)
def test_an_act_has_the_day_that_its_sentence_names(read, text, day):
    (found,) = [r for r in read(text) if r.name == "L6"]
    assert found.day == day
