"""A known case as news would have told it; what bears a deal out, what contests it, and what a payment is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from marsad.assess.dealings import dealings
from marsad.assess.facts import facts, facts_of
from marsad.assess.recorded import recorded
from marsad.assess.stages import called_off
from marsad.knowledge.instruments import instrument
from marsad.knowledge.precedents import precedents
from marsad.relate.cases import course_of
from marsad.types import Ladder, Status, Turn, Voice
from marsad.types.law import Truth
from tests.assess.course import body, event, step

LAW = "us/caatsa/231"
SOLD = date(2020, 1, 16)
DAY = date(2020, 6, 1)
CASES = {case.id: case for case in precedents()}
SELLER = body("RUS.ROSOBORONEXPORT")


def told(case, day=date(2026, 1, 1)):
    made, _ = recorded(CASES[case], course_of(CASES[case]).reached, day)
    return {one.id: one for one in made}


@pytest.mark.parametrize(
    ("rung", "sure"),
    [
        ("IDN-SU35.1", False),  # one page of the press
        ("IRQ-T90-2018.2", True),  # two pages
        ("TUR-SSB-2020.1", True),  # an official
        ("IND-S400.3", True),  # known in general besides
        ("SAU-S400.1", True),  # below a contract one is enough
    ],
)
def test_from_a_contract_on_two_pages_an_official_or_general_knowledge_are_asked_for(rung, sure):
    one = told(rung.rpartition(".")[0])[rung]
    assert (one.confirmed, one.why == "one-source") == (sure, not sure)


def test_acts_carry_the_law_of_the_case():
    assert {one.rung.law for one in told("TUR-SSB-2020").values() if one.rung.ladder is not Ladder.L} == {LAW}


def test_a_contract_that_the_file_calls_denied_is_contested_with_its_denial():
    case = CASES["EGY-SU35"]
    fact = facts_of(instrument(LAW), case, course_of(case).reached, date(2020, 5, 16))["dated"]
    assert fact.truth is Truth.CONTESTED
    assert ("EGY-SU35.1.denied",) in [claim.evidence for claim in fact.claims if not claim.holds]


def test_who_deals_without_a_dated_step_is_told_by_an_act_under_another_law_from_its_day_on():
    case = CASES["MLI-WAGNER"]
    law, reached = instrument(LAW), course_of(case).reached
    assert "dated" not in facts_of(law, case, reached, date(2023, 5, 24))
    fact = facts_of(law, case, reached, date(2023, 5, 25))["dated"]
    assert (fact.truth, fact.since) == (Truth.CONTESTED, None)


# ------------------------------------------------------------------ borne out, contested, called off


def of(*reached, events=()):
    return facts(instrument(LAW), "IRQ.GOV.MOD", reached, events, DAY, DAY)


def deal(level, key, day, **given):
    return step(level, day, key, party="IRQ.GOV.MOD", items=("RUS.S-400",), event=key, **given)


ALONE = {"confirmed": False, "why": "one-source"}


def test_a_later_stage_of_the_same_deal_by_another_source_bears_a_contract_out():
    contract = deal(6, "contract", SOLD, origins=("one",), **ALONE)
    paid = deal(7, "paid", SOLD + timedelta(40), origins=("two",), **ALONE)
    assert of(contract)["dated"].truth is Truth.CONTESTED
    assert of(contract, paid)["dated"].truth is Truth.TRUE
    (first, second) = dealings((contract, paid), (), "RUS")
    assert (first.bears, second.bears) == (paid, None)


@pytest.mark.parametrize(
    "given",
    [
        {"origins": ("one",)},
        {"items": ("RUS.T-90",)},
        {"items": ()},
        {"confirmed": False, "why": "anonymous"},
        {"turn": Turn.POSTPONED},
    ],
)
def test_nothing_else_bears_it_out(given):
    contract = deal(6, "contract", SOLD, origins=("one",), **ALONE)
    own = {"party": "IRQ.GOV.MOD", "items": ("RUS.S-400",), "origins": ("two",), "event": "paid", **ALONE, **given}
    paid = step(7, SOLD + timedelta(40), "paid", **own)
    assert dealings((contract, paid), (), "RUS")[0].bears is None


def test_what_is_paid_stays_so_when_the_deal_is_called_off_and_what_is_being_made_does_not():
    off = step(0, SOLD + timedelta(90))
    paid = deal(7, "paid", SOLD)
    made = replace(paid, rung=replace(paid.rung, rule="l7.produced"))
    assert called_off(paid, [off]) is None and called_off(made, [off]) is off
    found = of(deal(6, "contract", SOLD), paid, off, events=[event("contract", SOLD, SELLER)])
    assert found["significant"].truth is Truth.CONTESTED


def test_what_an_official_confirms_only_a_side_contests_by_name():
    contract = deal(6, "contract", SOLD, official=True)
    sold = event("contract", SOLD, SELLER)
    no = event("no", SOLD, body("IRQ.GOV.MOD"), status=Status.DENIED)
    paper = replace(no, voice=Voice.PARAPHRASE, speaker=body("USA.MED"))
    ministry = replace(no, voice=Voice.PARAPHRASE, speaker=body("IRQ.GOV.MOD"))
    for denial, truth in ((no, Truth.TRUE), (paper, Truth.TRUE), (ministry, Truth.CONTESTED)):
        assert of(contract, events=[sold, denial])["dated"].truth is truth
    unofficial = deal(6, "contract", SOLD)
    assert of(unofficial, events=[sold, no])["dated"].truth is Truth.CONTESTED
