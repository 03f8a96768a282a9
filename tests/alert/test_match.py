"""Which watches an act concerns: found by the index as by asking each, and as the store would answer."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from watching import DAY, Act, article, coded, watch

from marsad.alert.match import Watches
from marsad.alert.news import Denied, Risen, Telling, Told
from marsad.errors import FormatError
from marsad.store.queries import query
from marsad.types import (
    Change,
    EventType,
    Ladder,
    Occurrence,
    Outcome,
    Query,
    Reached,
    Report,
    Rung,
    Source,
    Span,
    Status,
    Voice,
)

ACTORS = ["RUS.GOV.MFA", "RUS.GOV", "IRQ", "IRQ.GOV.PM", "USA.GOV.STATE", "USA", "EU"]
TEXTS = ["زار الوزير بغداد وبحث النفط والعقوبات", "The minister visited Baghdad; oil was on the table"]


def told(*acts: Act, text: str = TEXTS[0], language: str = "ar", outcome: Outcome = Outcome.ACTUAL) -> Told:
    """An act with one report each."""
    reports = []
    for n, act in enumerate(acts):
        one = article(n, text + "\n\nزار", language=language)
        host = f"paper{n}.example"
        event = coded(one, act).events[0]
        reports.append(Report(event=event, article=one, source=Source(id=host, name=f"Paper {n}"), occurrence="o"))
    first = acts[0]
    return Told(
        Occurrence(
            id="o", story="s", type=first.type, mode=first.mode, status=outcome, day=first.day, actors=(first.actor,),
            recipients=(first.recipient,) if first.recipient else (),
            reports=tuple(one.event.id for one in reports),
        ),
        tuple(reports),
    )  # fmt: skip


def takes(mine, one: Told) -> bool:
    return bool(Watches([mine], query).events(one))


@pytest.mark.parametrize(
    ("asked", "is_taken"),
    [
        ({}, True),
        ({"near": "RUS", "counterpart": "IRQ"}, True),
        ({"near": "IRQ", "counterpart": "RUS"}, True),
        ({"near": "IRQ", "counterpart": "RUS.GOV.MFA"}, True),
        ({"near": "IRQ", "counterpart": "RUS.GOV.MOD"}, False),
        ({"near": "IRQ", "counterpart": "USA"}, False),
        ({"near": "IRQ", "counterpart": "USA", "sanctioner": "RUS"}, True),
        ({"near": "IRQ"}, True),
        ({"near": "TUR"}, False),
        ({"actors": ("RUS.GOV",)}, True),
        ({"actors": ("IRQ",)}, False),
        ({"recipients": ("IRQ", "TUR")}, True),
        ({"parties": ("USA", "IRQ")}, True),
        ({"parties": ("RU",)}, False),
        ({"types": (EventType.CONSULT,)}, True),
        ({"types": (EventType.AGREE,)}, False),
        ({"statuses": (Status.ACTUAL,)}, True),
        ({"statuses": (Outcome.CONTESTED,)}, False),
        ({"voices": (Voice.REPORT,)}, True),
        ({"voices": (Voice.VERBATIM,)}, False),
        ({"sources": ("paper0.example",)}, True),
        ({"sources": ("Paper 0",)}, True),
        ({"sources": ("Paper 1",)}, False),
        ({"languages": ("en",)}, False),
        ({"words": "عقوبات"}, True),
        ({"words": "عقوبات نفط"}, True),
        ({"words": '"النفط والعقوبات"'}, True),
        ({"words": '"العقوبات والنفط"'}, False),
        ({"words": "عقوبات -نفط"}, False),
        ({"words": "قمح OR نفط"}, True),
        ({"words": "عقو*"}, True),
    ],
)
def test_a_query_asks_what_it_says(asked, is_taken):
    assert takes(watch(**asked), told(Act())) is is_taken


def test_one_report_has_to_meet_all_that_is_asked_of_reports():
    both = told(Act(voice=Voice.VERBATIM, speaker="IRQ.GOV.PM"), Act(voice=Voice.REPORT))
    assert takes(watch(voices=(Voice.VERBATIM,), sources=("Paper 0",)), both)
    assert not takes(watch(voices=(Voice.VERBATIM,), sources=("Paper 1",)), both)
    assert takes(watch(speakers=("IRQ.GOV",)), both)
    assert not takes(watch(speakers=("RUS",)), both)


def test_words_that_are_no_question_are_refused():
    with pytest.raises(FormatError):
        Watches([watch(words="-نفط")], query)


@st.composite
def queries(draw):
    some = st.lists(st.sampled_from(ACTORS), max_size=2, unique=True).map(tuple)
    words = st.sampled_from([None, "نفط", "oil", "عقوبات -oil", "vis*", '"الوزير بغداد"'])
    maybe = st.one_of(st.none(), st.sampled_from(ACTORS))
    return Query(
        near=draw(maybe), counterpart=draw(maybe), sanctioner=draw(maybe), parties=draw(some), actors=draw(some),
        recipients=draw(some), types=draw(st.sampled_from([(), (EventType.CONSULT,), tuple(EventType)[:3]])),
        voices=draw(st.sampled_from([(), (Voice.REPORT,)])), words=draw(words),
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(queries(), min_size=1, max_size=12), st.integers(0, 10_000))
def test_the_index_finds_what_asking_each_finds(asked, seed):
    dice = random.Random(seed)
    mine = [replace(watch(), id=f"w{n}", query=one) for n, one in enumerate(asked)]
    one = told(
        Act(type=dice.choice(list(EventType)), mode=None, actor=dice.choice(ACTORS),
            recipient=dice.choice([None, *ACTORS]), voice=dice.choice(list(Voice))),
        text=dice.choice(TEXTS),
    )  # fmt: skip
    alone = [each.id for each in mine if takes(each, one)]
    assert sorted(each.id for each in Watches(mine, query).events(one)) == sorted(alone)


# --- rungs -----------------------------------------------------------------------------------------------------------


def risen(ladder: str = "L", level: int = 5, **fields) -> Risen:
    one = article(1, "عنوان\n\nوقع العراق وروسيا مذكرة")
    given = {"near": "IRQ", "counterpart": "RUS", "sanctioner": None if ladder == "L" else "USA", **fields}
    rung = Rung(
        id="r", article=one.id, ladder=Ladder(ladder), level=level, sentence=1, span=Span(7, 10), rule="test", **given
    )
    reached = Reached(id="r", rung=rung, effective=level, confirmed=True, why="stated", rungs=("r",))
    return Risen(reached, (Telling(rung, one),))


@pytest.mark.parametrize(
    ("asked", "one", "is_taken"),
    [
        ({"near": "IRQ", "counterpart": "RUS"}, risen(), True),
        ({"near": "RUS", "counterpart": "IRQ"}, risen(), True),
        ({"near": "IRQ", "counterpart": "IRN"}, risen(), False),
        ({"near": "IRQ", "counterpart": "RUS", "sanctioner": "USA"}, risen("W"), True),
        ({"near": "IRQ", "counterpart": "RUS", "sanctioner": "EU"}, risen("W"), False),
        ({"near": "IRQ", "counterpart": "RUS", "sanctioner": "USA"}, risen("W", near=None), True),
        ({"near": "IRQ", "counterpart": "RUS", "sanctioner": "USA"}, risen("W", counterpart=None), True),
        ({"near": "IRQ", "counterpart": "RUS"}, risen("W", near=None, counterpart=None), False),
        ({"near": "IRQ", "counterpart": "RUS"}, risen("W", near="TUR"), False),
        ({"near": "IRQ.GOV.MOD", "counterpart": "RUS"}, risen(), False),
        ({"near": "IRQ.GOV.MOD", "counterpart": "RUS"}, risen(party="IRQ.GOV.MOD"), True),
        ({"ladder": Ladder.L, "level": 5}, risen(), True),
        ({"ladder": Ladder.L, "level": 6}, risen(), False),
        ({"ladder": Ladder.W}, risen(), False),
        ({"law": "us/caatsa/231"}, risen("W", law="us/caatsa/231"), True),
        ({"law": "us/caatsa/231"}, risen("W"), False),
        ({"voices": (Voice.READING,)}, risen("W", voice=Voice.READING), True),
        ({"actors": ("USA",)}, risen("W"), True),
        ({"parties": ("RUS",)}, risen(), True),
        ({"words": "مذكرة"}, risen(), True),
    ],
)
def test_a_rung_is_of_the_pair_or_triangle_asked_for(asked, one, is_taken):
    assert bool(Watches([watch("rung", **asked)], query).rungs(one)) is is_taken


# --- denials, changes ------------------------------------------------------------------------------------------------


def test_a_denial_is_by_what_was_said_and_by_who_denies_it():
    claim = told(Act())
    denial = told(Act(status=Status.DENIED, voice=Voice.PARAPHRASE, speaker="IRQ.GOV.PM")).reports
    denied = Denied(claim, denial)

    def found(**asked):
        return bool(Watches([watch("denial", **asked)], query).denials(denied))

    assert found(near="IRQ", counterpart="RUS", statuses=(Status.ACTUAL,), speakers=("IRQ",))
    assert not found(speakers=("RUS",))
    assert not found(statuses=(Status.PLANNED,))
    assert not found(types=(EventType.AGREE,))


def test_a_change_is_of_either_way_and_of_the_class_of_the_types():
    one = Change(
        source="IRQ", target="RUS", quad="verbal-cooperation", day=DAY, found=DAY + timedelta(4), before=0.1, after=1.0,
        strength=0.99,
    )  # fmt: skip

    def found(**asked):
        return bool(Watches([watch("change", **asked)], query).changes(one))

    assert found(near="RUS", counterpart="IRQ")
    assert found(near="RUS", types=(EventType.CONSULT,))
    assert not found(near="RUS", types=(EventType.ASSAULT,))
    assert not found(near="RUS", counterpart="TUR")
    assert not found(near="RUS", actors=("RUS",))
