"""Precedents: the cases with what is on record of them, what states are to each other, and the builder of the file."""

import importlib.util
import re
import sys
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from marsad.errors import KnowledgeError
from marsad.knowledge import files
from marsad.knowledge.actors import actors
from marsad.knowledge.arms import arms
from marsad.knowledge.countries import countries
from marsad.knowledge.organs import organs
from marsad.knowledge.precedents import (
    OUTCOMES,
    ItemClass,
    StepKind,
    Tie,
    item_classes,
    precedents,
    relations,
    tie,
)
from marsad.types import Branch, Ladder, Precision, Turn, Voice

TOOLS = Path(__file__).parents[2] / "tools"
ARABIC = re.compile("[\u0621-\u064a]")

#: Case: highest stage, highest signal of the executive and of the legislature, delivered, sanctioned, outcome.
ON_RECORD = {
    "CHN-EDD-2018": ("L8", "W8", None, True, True, "sanctioned"),
    "TUR-SSB-2020": ("L9", "W8", "W7", True, True, "sanctioned"),
    "IND-S400": ("L9", "W4", None, True, False, "no-action"),
    "IDN-SU35": ("L6", "W5", None, False, False, "deterred-after-contract"),
    "EGY-SU35": ("L7", "W5", None, False, False, "deterred-before-delivery"),
    "IRQ-T90-2018": ("L8", "W2", None, True, False, "no-action"),
    "IRQ-SAM-2018-2021": ("L4", "W5", None, False, False, "not-purchased"),
    "IRQ-SHOIGU-2025": ("L4", "W1", None, False, False, "open"),
    "SAU-S400": ("L5", "W2", "W5", False, False, "not-purchased"),
    "QAT-S400": ("L4", "W4", "W5", False, False, "not-purchased"),
    "DZA-SU57": ("L8", "W4", "W5", True, False, "open"),
    "KWT-T90": ("L4", None, None, False, False, "postponed"),
    "PHL-MI17": ("L7", None, None, False, False, "deterred-after-payment"),
    "SRB-PANTSIR": ("L8", "W5", None, True, False, "no-action"),
    "VNM-MULTI": ("L8", "W0", None, True, False, "no-action"),
    "ARM-SU30": ("L8", "W4", None, True, False, "no-action"),
    "ARE-SU35": ("L5", None, None, False, False, "not-purchased"),
    "SDN-BASE": ("L5", "W4", None, False, False, "open"),
    "MLI-WAGNER": ("L10", None, None, None, False, "sanctioned-other-authority"),
    "IRN-SU35": ("L8", None, None, True, False, "already-sanctioned"),
    "MAR-S400": ("L1", None, None, False, False, "not-purchased"),
    "MMR-SU30": ("L8", "W3", None, True, False, "sanctioned-other-authority"),
}


@pytest.fixture
def cases():
    return {case.id: case for case in precedents()}


def tool():
    sys.path.append(str(TOOLS))
    spec = importlib.util.spec_from_file_location("build_precedents", TOOLS / "build_precedents.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rung(ladder, level):
    return None if level is None else f"{ladder}{level}"


def highest(steps, ladder, legislature=False):
    levels = [one.level for one in steps if one.ladder == ladder and (one.branch is Branch.LEGISLATURE) is legislature]
    return max(levels, default=None)


def test_all_cases_are_there_with_what_is_on_record(cases):
    found = {
        case.id: (
            rung("L", case.stage),
            rung("W", case.signal),
            rung("W", case.legislature),
            case.delivered,
            case.sanctioned,
            case.outcome,
        )
        for case in cases.values()
    }
    assert found == ON_RECORD
    assert len(cases) == len(precedents()) == 22


def test_what_is_on_record_is_what_the_steps_give(cases):
    for case in cases.values():
        if case.stage_note is None:
            assert highest(case.rungs, Ladder.L) == case.stage, case.id
        assert highest(case.rungs, Ladder.W) == case.signal, case.id
        assert highest(case.rungs, Ladder.W, legislature=True) == case.legislature, case.id
    assert [case.id for case in cases.values() if case.stage_note] == ["MLI-WAGNER"]


def test_acts_under_another_law_context_and_what_is_doubted_are_no_rungs(cases):
    assert cases["MLI-WAGNER"].rungs == ()
    assert all(step.kind is not StepKind.OTHER_AUTHORITY for step in cases["SDN-BASE"].rungs)
    assert {step.kind for case in cases.values() for step in case.steps} == set(StepKind)
    doubted = [(case.id, step.rung) for case in cases.values() for step in case.steps if step.doubted]
    assert doubted == [("IND-S400", "L8"), ("IRQ-SAM-2018-2021", "L5"), ("IRN-SU35", "L6")]
    assert [case.id for case in cases.values() if case.uncounted] == ["MAR-S400"]


def test_voices_and_branches(cases):
    steps = [(case.id, step) for case in cases.values() for step in case.steps]
    law = [step for _, step in steps if step.branch is Branch.LEGISLATURE]
    assert law and all(step.voice is Voice.PARAPHRASE for step in law)
    assert [(name, step.rung) for name, step in steps if step.voice is Voice.READING] == [("IRQ-SHOIGU-2025", "W1")]
    assert [(name, step.rung) for name, step in steps if step.voice is Voice.ANONYMOUS] == [("IRQ-SHOIGU-2025", "L4")]
    military = [(name, step.rung) for name, step in steps if step.branch is Branch.MILITARY]
    assert military == [("EGY-SU35", "R1"), ("IRQ-SAM-2018-2021", "W0")]
    for name, step in steps:
        assert (step.branch is not None) == (step.kind is StepKind.SIGNAL), (name, step.rung)


def test_every_step_says_how_it_is_known_and_from_where(cases):
    steps = [step for case in cases.values() for step in case.steps]
    assert len(steps) == 113
    assert Counter(step.status for step in steps) == {"found": 106, "known": 7}
    for step in steps:
        assert bool(step.sources) == (step.status == "found"), step.text.en
        assert all(source.startswith("http") for source in step.sources)
        assert step.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    assert sum(step.dated == "inferred" for step in steps) == 3
    assert [(case.id, s.rung) for case in cases.values() for s in case.steps if s.turn is Turn.POSTPONED] == [
        ("KWT-T90", "L4")
    ]


def test_every_text_is_one_plain_line_in_both_languages(cases):
    names = [relation.basis for relation in relations() if not relation.basis.en[0].isdigit()]
    for case in cases.values():
        names += [case.name, case.buyer, case.seller, case.systems, *case.lessons]
        names += [step.text for step in case.steps]
        names += [name for name in (case.stage_note, case.uncounted) if name]
    for name in names:
        assert ARABIC.search(name.ar) and not ARABIC.search(name.en), name
        assert "\n" not in name.ar + name.en and len(name.en) <= 120 and len(name.ar) <= 120
    texts = [step.text for case in cases.values() for step in case.steps]
    assert len({text.en for text in texts}) == len({text.ar for text in texts}) == len(texts)


def test_ids_are_those_of_the_other_tables(cases):
    for case in cases.values():
        assert case.near in countries() and case.outcome in OUTCOMES and case.classes
        for actor in (case.party, *case.sellers):
            assert actor in actors() or actor.partition(".")[2] in organs(), actor
        assert set(case.items) <= set(arms())
        assert item_classes(case.items) <= case.classes | {ItemClass.OTHER}, case.id


@pytest.mark.parametrize(
    ("state", "day", "wanted"),
    [
        ("TUR", date(2017, 9, 12), Tie.NATO_ALLY), ("FIN", date(2023, 3, 31), Tie.OTHER),
        ("FIN", date(2023, 4, 30), Tie.NATO_ALLY), ("EGY", date(2019, 4, 9), Tie.MAJOR_NON_NATO_ALLY),
        ("QAT", date(2022, 2, 28), Tie.STRATEGIC_PARTNER), ("QAT", date(2022, 3, 1), Tie.MAJOR_NON_NATO_ALLY),
        ("SAU", date(2025, 11, 17), Tie.STRATEGIC_PARTNER), ("SAU", date(2025, 11, 18), Tie.MAJOR_NON_NATO_ALLY),
        ("AFG", date(2023, 1, 1), Tie.OTHER), ("IRQ", date(2025, 9, 16), Tie.STRATEGIC_PARTNER),
        ("CHN", date(2018, 9, 20), Tie.ADVERSARY), ("DZA", date(2025, 1, 1), Tie.OTHER),
    ],
)  # fmt: skip
def test_what_a_state_is_to_the_sanctioner_on_a_day(state, day, wanted):
    assert tie(state, "USA", day) is wanted
    assert tie(state, "RUS", day) is Tie.OTHER  # the table knows of no other sanctioner


def test_a_case_knows_what_its_buyer_is(cases):
    assert cases["QAT-S400"].tie(date(2018, 8, 23)) is Tie.STRATEGIC_PARTNER
    assert cases["SRB-PANTSIR"].tie(date(2020, 3, 5)) is Tie.OTHER


def test_relations_do_not_overlap_and_say_how_they_are_known():
    by_state = {}
    for held in relations():
        assert held.state in countries() and held.sanctioner == "USA"
        assert bool(held.source) == (held.status == "found")
        by_state.setdefault(held.state, []).append(held)
    for state, held in by_state.items():
        for one, other in pairwise(held):
            assert one.until and other.since and one.until < other.since, state
    assert sum(held.tie is Tie.NATO_ALLY for held in relations()) == 31  # the 32 members without the United States


def test_classes_of_items():
    assert item_classes(["RUS.T-90", "RUS.MI-17"]) == {ItemClass.TANKS, ItemClass.HELICOPTERS}
    assert item_classes(["منظومة إس-400"]) == {ItemClass.AIR_DEFENCE}
    assert item_classes(["RUS.ISKANDER"]) == {ItemClass.OTHER}
    assert item_classes(["كلام", ""]) == frozenset()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda case: case.pop("party"), r"precedents\.yaml: X-1: 'party' is missing"),
        (lambda case: case.update(outcome="won"), r"X-1: cannot be read: the outcome 'won'"),
        (lambda case: case.update(stage="W4"), r"X-1: cannot be read: the rung 'W4'"),
        (lambda case: case["steps"][1].update(rung="Q1"), r"X-1, step 2: cannot be read: 'Q'"),
        (lambda case: case["steps"][1].update(day="soon"), r"X-1, step 2: cannot be read: the day 'soon'"),
        (
            lambda case: case["steps"][1].update(day=date(2000, 1, 1)),
            r"X-1, step 2: cannot be read: the day 2000-01-01",
        ),
        (lambda case: case["steps"][0].update(status="sure"), r"X-1, step 1: cannot be read: the status 'sure'"),
        (lambda case: case["steps"][0].update(voice="loud"), r"X-1, step 1: cannot be read: 'loud'"),
    ],
)
def test_a_broken_entry_names_its_place(monkeypatch, spoil, message):
    case = yaml.safe_load(tool().precedents(FACTS, WORDS, []))["cases"][0]
    spoil(case)
    monkeypatch.setattr(files, "document", lambda name: {"cases": [case], "relations": []})
    precedents.cache_clear()
    relations.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match=message):
            precedents()
    finally:
        precedents.cache_clear()
        relations.cache_clear()


FACTS = {
    "as_of": "2026-01-01",
    "cases": [
        {
            "id": "X-1", "buyer_state": "EGY", "highest_stage": "L6", "highest_executive_signal": "W4",
            "highest_congress_signal": None, "delivery_after_2017_08_02": None, "sanctioned_under_231": False,
            "outcome": "no_action",
            "events": [
                {"date": "2018-01-02", "precision": "day", "kind": "rapprochement", "level": "L6", "voice": "press",
                 "status": "from knowledge", "sources": []},
                {"date": "2018-02-01", "precision": "month", "kind": "us_signal", "level": "W4", "voice": "official",
                 "status": "found", "sources": ["https://example.org/a:b"]},
            ],
        }
    ],
}  # fmt: skip
NAME = {"ar": "اسم", "en": 'A "name"'}
WORDS = {
    "X-1": {
        "name": NAME, "party": "EGY.GOV.MOD", "buyer": NAME, "sellers": ["RUS.ROSTEC"], "seller": NAME,
        "items": ["RUS.S-400"], "systems": NAME, "classes": ["air-defence"], "lessons": [NAME],
        "events": [{"at": "2018-01-02 L6", **NAME}, {"at": "2018-02-01 W4", **NAME}],
    }
}  # fmt: skip


def test_the_builder_gives_what_is_read_back():
    build = tool()
    text = build.precedents(FACTS, WORDS, [])
    assert text == build.precedents(FACTS, WORDS, []) and text.startswith(build.HEAD)
    (case,) = yaml.safe_load(text)["cases"]
    assert case["name"] == NAME and case["delivered"] is None and case["outcome"] == "no-action"
    assert case["steps"][0] == {
        "day": date(2018, 1, 2), "precision": "day", "kind": "rapprochement", "rung": "L6", "voice": "report",
        "status": "known", **NAME, "sources": [],
    }  # fmt: skip
    assert case["steps"][1]["branch"] == "executive" and case["steps"][1]["sources"] == ["https://example.org/a:b"]


@pytest.mark.parametrize(
    ("facts", "words", "message"),
    [
        ({}, {"at": "2018-01-02 L5"}, "X-1: the event 2018-01-02 L6 has the words of 2018-01-02 L5"),
        ({"highest_stage": "L7"}, {}, "highest_stage is L7, but its steps give L6"),
        ({"events": FACTS["cases"][0]["events"][:1]}, {}, "1 events, but words for 2"),
        ({"events": FACTS["cases"][0]["events"][::-1]}, {}, "do not stand in the order of their days"),
        ({"id": "X-2"}, {}, "cases without words"),
    ],
)
def test_the_builder_refuses_what_does_not_belong_together(facts, words, message):
    case = {**FACTS["cases"][0], **facts}
    first, second = WORDS["X-1"]["events"]
    with pytest.raises(ValueError, match=message):
        tool().precedents(
            {**FACTS, "cases": [case]}, {"X-1": {**WORDS["X-1"], "events": [{**first, **words}, second]}}, []
        )


def test_the_file_in_the_package_has_the_words_that_are_kept_by_hand():
    build = tool()
    words = yaml.safe_load((build.WORDS / "cases.yaml").read_text(encoding="utf-8"))
    assert files.read("precedents.yaml").startswith(build.HEAD)
    for case in files.document("precedents.yaml")["cases"]:
        kept = words[case["id"]]
        assert [(step["en"], step["ar"]) for step in case["steps"]] == [(e["en"], e["ar"]) for e in kept["events"]]
        assert case["lessons"] == kept["lessons"] and case["name"] == kept["name"]
    lines = (build.WORDS / "relations.csv").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line[:1] != "#"]) - 1 == len(relations())
