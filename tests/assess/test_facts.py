from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assess.entities import entities
from marsad.assess.facts import buyer, facts, facts_of
from marsad.assess.finding import assess
from marsad.knowledge.instruments import instrument
from marsad.knowledge.precedents import precedents
from marsad.relate.cases import course_of
from marsad.types import (
    Branch,
    EventType,
    Kind,
    Ladder,
    Mention,
    Precision,
    Reached,
    Sector,
    Span,
    Status,
    Turn,
    Voice,
)
from marsad.types.law import Claim, Fact, Label, Truth
from tests.assess.course import STATE, body, event, signal, step, visit

LAW = "us/caatsa/231"
DAY = date(2020, 6, 1)
SOLD = date(2020, 1, 10)
SELLER = body("RUS.ROSOBORONEXPORT", Sector.BUS)


def made(reached, events=(), entity="IRQ.?", day=DAY, law=LAW, known=None, **more):
    return facts(instrument(law), entity, reached, events, day, known or day, **more)


def bought(level=8, day=SOLD, **given):
    """A transaction in arms with the exporter, and the event that names it."""
    one = step(level, day, event="sold", items=("RUS.S-400",), **{"why": "two-sources", **given})
    return one, event("sold", day or SOLD, SELLER)


def label(found, entity="IRQ.?", day=DAY, law=LAW):
    return assess(instrument(law), entity, found, day, day).label


# ------------------------------------------------------------------ who


def test_of_a_state_the_bodies_that_rungs_name_and_the_one_that_nobody_does():
    named = [step(4, SOLD), step(4, SOLD, "b", party="IRQ.GOV.MOD"), signal(8, SOLD, "c", party="IRQ.CTS")]
    assert entities("IRQ", named) == ("IRQ.CTS", "IRQ.GOV.MOD", "IRQ.?")


def test_a_government_is_no_body_and_where_nothing_was_read_somebody_unnamed_remains():
    assert entities("IRQ", [step(4, SOLD, party="IRQ.GOV")]) == ("IRQ.?",)
    assert entities("IRQ", []) == ("IRQ.?",)
    assert entities("IRQ", [step(6, SOLD, party="IRQ.GOV.MOD")]) == ("IRQ.GOV.MOD",)


@pytest.mark.parametrize(
    ("entity", "truth"),
    [("IRQ.?", Truth.UNKNOWN), ("IRQ", Truth.FALSE), ("IRQ.GOV", Truth.FALSE), ("IRQ.GOV.MOD", Truth.TRUE)],
)
def test_a_state_is_no_person_and_who_is_not_named_stays_unknown(entity, truth):
    assert made([step(6, SOLD)], entity=entity)["is_person"].truth is truth


def test_a_deal_is_that_of_the_body_named_and_of_no_other():
    one, told = bought(party="IRQ.GOV.MOD")
    assert made([one], [told], "IRQ.GOV.MOD")["dated"].truth is Truth.TRUE
    assert "dated" not in made([one], [told], "IRQ.?")
    assert "dated" not in made([one], [told], "IRQ.GOV")
    assert "dated" not in made([one], [told], "IRQ.CTS")


def test_of_a_body_under_a_body_only_it_was_hit():
    hit = signal(8, SOLD, party="IRQ.MIL.PROCUREMENT", law=LAW, official=True, voice=Voice.PARAPHRASE, speaker=STATE)
    assert "imposed" not in made([hit], entity="IRQ.MIL")
    assert made([hit], entity="IRQ.MIL.PROCUREMENT")["imposed"].truth is Truth.TRUE


# ------------------------------------------------------------------ the act


@pytest.mark.parametrize("level", range(2, 6))
def test_talks_and_papers_are_no_transaction_but_not_yet(level):
    found = made([step(level, SOLD)])
    assert found["dated"].truth is Truth.FALSE
    assert "no transaction" in found["dated"].note.en
    assert "ليس هذا صفقة" in found["dated"].note.ar


@pytest.mark.parametrize("level", [6, 7, 8])
def test_a_contract_a_payment_and_a_delivery_are_transactions_on_their_day(level):
    one, told = bought(level)
    fact = made([one], [told])["dated"]
    assert (fact.truth, fact.since) == (Truth.TRUE, SOLD)
    assert fact.claims[0].evidence[0] == one.rung.id


@pytest.mark.parametrize(
    ("day", "precision", "truth"),
    [
        (date(2017, 8, 1), Precision.DAY, Truth.FALSE),
        (date(2017, 8, 2), Precision.DAY, Truth.TRUE),
        (date(2017, 8, 20), Precision.MONTH, Truth.UNKNOWN),
        (date(2017, 7, 20), Precision.MONTH, Truth.FALSE),
        (date(2017, 9, 1), Precision.MONTH, Truth.TRUE),
        (date(2017, 1, 1), Precision.YEAR, Truth.UNKNOWN),
        (date(2018, 1, 1), Precision.YEAR, Truth.TRUE),
        (None, Precision.UNKNOWN, Truth.UNKNOWN),
    ],
)
def test_it_counts_from_the_day_that_the_law_sets_as_far_as_its_day_is_known(day, precision, truth):
    one, told = bought(8, day, precision=precision)
    assert made([one], [told])["dated"].truth is truth


def test_what_is_only_recalled_has_no_day():
    one, told = bought(precision=Precision.ARTICLE, past=True)
    assert made([one], [told])["dated"].truth is Truth.UNKNOWN


@pytest.mark.parametrize("given", [{"status": Status.PLANNED}, {"turn": Turn.POSTPONED}])
def test_what_is_planned_or_put_off_is_not_yet(given):
    one, told = bought(8, **given)
    fact = made([step(4, SOLD), one], [told])["dated"]
    assert fact.truth is Truth.FALSE
    assert "planned" in {claim.note for claim in fact.claims}


@pytest.mark.parametrize(
    ("why", "truth"),
    [("one-source", Truth.CONTESTED), ("anonymous", Truth.UNKNOWN), ("reading", Truth.UNKNOWN)],
)
def test_what_is_not_confirmed_is_not_true(why, truth):
    one, told = bought(why=why, confirmed=False)
    assert made([one], [told])["dated"].truth is truth


def test_what_is_denied_is_contested_and_both_sides_are_kept():
    one, told = bought()
    no = event("no", SOLD + timedelta(3), body("IRQ.GOV.MOD"), status=Status.DENIED, speaker=body("IRQ.GOV.MOD"))
    fact = made([one], [told, no])["dated"]
    assert fact.truth is Truth.CONTESTED
    assert [(claim.holds, claim.evidence[0]) for claim in fact.claims] == [(True, one.rung.id), (False, "no")]
    assert label(made([one], [told, no])) is Label.PARTLY_PRESENT


def test_a_denial_of_that_very_event_counts_whenever_it_comes():
    one, told = bought()
    no = event("no", SOLD + timedelta(90), body("IRQ.GOV.MOD"), type=EventType.REJECT, about="sold")
    assert made([one], [told, no])["dated"].truth is Truth.CONTESTED


@pytest.mark.parametrize(
    "given",
    [
        {"day": SOLD + timedelta(40)},  # of another time: «we shall buy no more»
        {"items": (Mention(span=Span(0, 1), kind=Kind.ARMS, actor="RUS.T-90"),)},
        {"recipients": (body("EGY"),)},
        {"type": EventType.CONSULT},
    ],
)
def test_a_denial_of_something_else_contests_nothing(given):
    one, told = bought()
    no = event(**{"key": "no", "day": SOLD, "status": Status.DENIED, **given})
    assert made([one], [told, no])["dated"].truth is Truth.TRUE


def test_an_event_that_is_denied_after_the_day_asked_about_is_not_known_yet():
    one, told = bought()
    no = event("no", DAY + timedelta(1), SELLER, type=EventType.REJECT, about="sold")
    assert made([one], [told, no])["dated"].truth is Truth.TRUE


def test_civilian_goods_are_no_transaction_of_the_sector():
    oil = step(6, SOLD, event="oil")
    found = made([oil], [event("oil", SOLD, body("RUS.LUKOIL", Sector.BUS), contexts=("energy",))])
    assert found["dated"].truth is Truth.FALSE
    assert found["significant"].truth is Truth.FALSE
    assert label(found) is Label.NOT_ENGAGED


def test_a_contract_of_which_nobody_says_what_it_is_in_is_unknown():
    assert made([step(6, SOLD)])["dated"].truth is Truth.UNKNOWN


@pytest.mark.parametrize("seller", [SELLER, body("RUS.GOV.MOD"), body("RUS.FSB", Sector.SPY)])
def test_with_one_of_the_sector_it_need_not_be_said(seller):
    assert made([step(6, SOLD, event="sold")], [event("sold", SOLD, seller)])["dated"].truth is Truth.TRUE


def test_of_talks_with_a_service_nobody_says_that_they_were_about_intelligence():
    one = step(4, SOLD, event="talked")
    fact = made([one], [event("talked", SOLD, body("RUS.GOV.SECURITY-COUNCIL", Sector.SPY))])["in_sector"]
    assert {claim.note for claim in fact.claims} == {"sector:RUS.GOV.SECURITY-COUNCIL"}
    assert fact.truth is Truth.TRUE


def test_arms_in_use_show_that_there_was_a_transaction_but_not_when():
    assert made([step(9, SOLD, items=("RUS.S-400",))])["dated"].truth is Truth.CONTESTED


def test_a_rung_of_a_later_day_or_known_later_is_not_there_yet():
    one, told = bought()
    assert made([one], [told], day=SOLD - timedelta(1)) == made([], day=SOLD - timedelta(1))
    out = {one.rung.article: SOLD + timedelta(9)}
    early = SOLD + timedelta(8)
    assert "dated" not in made([one], [told], day=DAY, known=early, published=out)
    later = made([one], [told], day=DAY, known=SOLD + timedelta(9), published=out)["dated"]
    assert (later.truth, later.known) == (Truth.TRUE, SOLD + timedelta(9))


@pytest.mark.parametrize("ended", [step(0, date(2020, 3, 1)), step(6, date(2020, 3, 1), "off", turn=Turn.CANCELLED)])
def test_what_is_called_off_before_delivery_was_done_but_is_not_significant(ended):
    one, told = bought(6)
    found = made([one, ended], [told])
    assert found["dated"].truth is Truth.TRUE
    assert found["significant"].truth is Truth.FALSE
    assert label(found) is Label.PARTLY_PRESENT
    assert label(made([one], [told])) is Label.ARGUABLY_MET


def test_what_was_delivered_is_not_undone():
    one, told = bought(8)
    assert made([one, step(0, date(2020, 3, 1))], [told])["significant"].truth is not Truth.FALSE


def test_talks_that_have_ended_are_with_nobody():
    talks = step(4, SOLD, event="talked")
    told = event("talked", SOLD, SELLER, type=EventType.CONSULT)
    assert label(made([talks], [told])) is Label.PARTLY_PRESENT
    assert label(made([talks, step(0, date(2020, 3, 1))], [told])) is Label.NOT_ENGAGED


# ------------------------------------------------------------------ with whom


def test_the_list_is_that_of_the_day_of_the_deal():
    early, told = bought(8, date(2017, 10, 26))
    assert made([early], [told])["listed"].truth is Truth.FALSE
    late, told = bought(8, date(2017, 10, 27))
    fact = made([late], [told])["listed"]
    assert (fact.truth, fact.by) == (Truth.TRUE, "list")
    assert "lsp-020" in fact.claims[0].evidence


@pytest.mark.parametrize("seller", ["RUS.GOV.MOD", "RUS.MIL.AIR-FORCE", "RUS.FSB", "RUS.GOV.SECURITY-COUNCIL"])
def test_ministry_forces_and_services_are_of_the_sector_listed_or_not(seller):
    one = step(6, SOLD, event="sold", why="two-sources")
    found = made([one], [event("sold", SOLD, body(seller))])
    assert found["in_sector"].truth is Truth.TRUE
    assert found["knowingly"].truth is Truth.TRUE


def test_a_maker_who_is_listed_is_not_who_sells():
    one = step(8, SOLD, items=("RUS.S-400",), why="two-sources")
    found = made([one])
    assert found["listed"].truth is Truth.UNKNOWN
    assert [claim.note for claim in found["listed"].claims] == ["maker:RUS.ALMAZ-ANTEY"]
    assert found["in_sector"].truth is Truth.TRUE


def test_talks_that_only_unnamed_sources_tell_of_contest_the_counterparty():
    talks = step(4, SOLD, items=("RUS.S-400",), confirmed=False, why="anonymous", voice=Voice.ANONYMOUS)
    assert made([talks])["in_sector"].truth is Truth.CONTESTED


def test_interest_alone_is_dealing_with_nobody():
    found = made([step(1, SOLD, items=("RUS.S-400",))])
    assert "in_sector" not in found
    assert label(found) is Label.NOT_ENGAGED


def test_a_list_that_does_not_come_with_marsad_says_nothing():
    one, told = bought()
    assert "sanctioned_party" not in made([one], [told], law="us/caatsa/228")


def test_no_modified_waiver_with_one_of_the_six():
    one = step(8, SOLD, event="sold", why="two-sources", items=("RUS.S-400",))
    assert made([one], [event("sold", SOLD, body("RUS.GRU", Sector.SPY))])["excluded_party"].truth is Truth.TRUE
    assert made([one], [event("sold", SOLD, SELLER)])["excluded_party"].truth is Truth.FALSE


# ------------------------------------------------------------------ knowledge and open texture


def test_a_public_list_and_a_warning_before_it_show_what_should_have_been_known():
    one, told = bought()
    warned = signal(2, SOLD - timedelta(5), "before")
    late = signal(4, SOLD + timedelta(5), "after")
    notes = {claim.note for claim in made([one, warned, late], [told])["knowingly"].claims}
    assert {"public_list:lsp-020", "warned:W2"} <= notes
    assert "warned:W4" not in notes


def test_without_a_transaction_there_is_nothing_to_know_and_nothing_to_weigh():
    found = made([step(4, SOLD, items=("RUS.S-400",))])
    assert found["knowingly"].truth is Truth.UNKNOWN
    assert found["significant"].truth is Truth.UNKNOWN


def test_significance_is_argued_by_factors_with_evidence_and_the_nearest_precedents():
    one, told = bought(8, date(2021, 12, 20))
    found = made([one, signal(4, date(2021, 12, 1))], [told], day=date(2022, 6, 1))["significant"]
    notes = {claim.note: claim.holds for claims in found.factors.values() for claim in claims}
    assert notes["class:air-defence"] is True
    assert notes["signal:W4"] is True
    assert notes["precedent_sanctioned:CHN-EDD-2018"] is True
    assert notes["precedent_spared:IND-S400"] is False
    assert found.truth is Truth.CONTESTED
    assert all(claim.evidence for claims in found.factors.values() for claim in claims)


def test_a_precedent_counts_from_the_day_on_which_it_was_one():
    one, told = bought(8, date(2018, 9, 1))

    def notes(day):
        found = made([one], [told], day=day)["significant"]
        return {claim.note for claims in found.factors.values() for claim in claims}

    assert "precedent_sanctioned:CHN-EDD-2018" not in notes(date(2018, 9, 19))
    assert "precedent_sanctioned:CHN-EDD-2018" in notes(date(2018, 9, 20))


def test_a_reading_weighs_nothing():
    one, told = bought(8, date(2017, 12, 20))
    day = date(2018, 1, 20)
    read = signal(3, date(2018, 1, 10), voice=Voice.READING, confirmed=False, why="reading")
    assert made([one, read], [told], day=day)["significant"] == made([one], [told], day=day)["significant"]


# ------------------------------------------------------------------ official acts


def imposed(day=SOLD, **given):
    own = {"party": "IRQ.GOV.MOD", "law": LAW, "official": True, "voice": Voice.PARAPHRASE, "speaker": STATE}
    return signal(8, day, "imposed", **{**own, **given})


def test_an_act_is_set_by_an_official_source_in_two_independent_reports():
    found = made([imposed()], entity="IRQ.GOV.MOD")
    assert (found["imposed"].truth, found["imposed"].since) == (Truth.TRUE, SOLD)
    assert found["determined"].truth is Truth.TRUE
    assert label(found, "IRQ.GOV.MOD") is Label.IMPOSED


@pytest.mark.parametrize(
    ("given", "truth"),
    [
        ({"origins": ("one",)}, Truth.CONTESTED),
        ({"official": False, "voice": Voice.REPORT, "speaker": None}, Truth.CONTESTED),
        ({"speaker": body("IRQ.GOV.MFA", Sector.GOV)}, Truth.CONTESTED),
        ({"voice": Voice.ANONYMOUS, "branch": Branch.ANONYMOUS, "official": False}, Truth.UNKNOWN),
        ({"voice": Voice.READING, "official": False}, Truth.UNKNOWN),
    ],
)
def test_less_than_that_sets_no_act(given, truth):
    found = made([imposed(**given)], entity="IRQ.GOV.MOD")
    assert found["imposed"].truth is truth
    assert label(found, "IRQ.GOV.MOD") is Label.NOT_ENGAGED


def test_an_official_publication_is_enough_by_itself():
    one = imposed(origins=("state.example",), speaker=None)
    found = made([one], entity="IRQ.GOV.MOD", officials={"state.example"})
    assert found["imposed"].truth is Truth.TRUE


@pytest.mark.parametrize("law", ["us/ifca", "us/eo/14024"])
def test_an_act_under_another_law_is_none_under_this_one(law):
    assert "imposed" not in made([imposed(law=law)], entity="IRQ.GOV.MOD")


def test_an_act_of_which_no_law_is_told_is_under_the_one_for_such_dealings():
    assert made([imposed(law=None)], entity="IRQ.GOV.MOD")["imposed"].truth is Truth.TRUE
    assert "imposed" not in made([imposed(law=None)], entity="IRQ.GOV.MOD", law="us/caatsa/228")
    assert "imposed" not in made([imposed(law=None, counterpart="IRN")], entity="IRQ.GOV.MOD")


def test_an_act_that_names_neither_person_nor_law_is_contested():
    assert made([imposed(law=None, party=None)])["imposed"].truth is Truth.CONTESTED
    assert made([imposed(party=None)])["imposed"].truth is Truth.TRUE


def test_congress_may_determine_but_not_impose():
    house = {"branch": Branch.LEGISLATURE, "speaker": body("USA.LEG", Sector.LEG)}
    found = made([imposed(**house)], entity="IRQ.GOV.MOD")
    assert "imposed" not in found
    assert found["determined"].truth is Truth.TRUE


def test_what_was_so_determined_is_significant():
    one, told = bought(party="IRQ.GOV.MOD")
    act = signal(
        7, SOLD + timedelta(20), party="IRQ.GOV.MOD", law=LAW, official=True, voice=Voice.VERBATIM, speaker=STATE
    )
    assert made([one, act], [told], "IRQ.GOV.MOD")["significant"].truth is Truth.TRUE


def relief(level, day, **given):
    own = {"party": "IRQ.GOV.MOD", "law": LAW, "official": True, "voice": Voice.PARAPHRASE, "speaker": STATE}
    return signal(level, day, f"R{level}", Ladder.R, **{**own, **given})


@pytest.mark.parametrize("given", [{}, {"law": None, "counterpart": None}])
def test_a_waiver_of_sanctions_in_force_holds_from_its_day(given):
    granted = relief(3, SOLD + timedelta(30), **given)

    def on(day):
        return label(made([imposed(), granted], entity="IRQ.GOV.MOD", day=day), "IRQ.GOV.MOD", day)

    assert on(SOLD + timedelta(29)) is Label.IMPOSED
    assert on(SOLD + timedelta(30)) is Label.WAIVED


def test_a_waiver_ends_where_sanctions_are_imposed_anew():
    again = imposed(SOLD + timedelta(60), id="again")
    found = made([imposed(), relief(3, SOLD + timedelta(30)), again], entity="IRQ.GOV.MOD")
    assert found["waiver_determined"].until == SOLD + timedelta(59)
    assert label(found, "IRQ.GOV.MOD") is Label.IMPOSED


def test_relief_that_one_paper_tells_of_is_none():
    found = made([imposed(), relief(3, SOLD + timedelta(30), origins=("one",))], entity="IRQ.GOV.MOD")
    assert label(found, "IRQ.GOV.MOD") is Label.IMPOSED


def test_a_waiver_before_any_sanctions_is_the_one_from_the_duty():
    one, told = bought(party="IRQ.GOV.MOD")
    found = made([one, relief(3, SOLD + timedelta(30))], [told], "IRQ.GOV.MOD")
    assert found["modified_taken"].truth is Truth.TRUE
    assert found["intrusion_party"].truth is Truth.FALSE
    assert found["modified_taken"].note.en.startswith("by law part of what was announced")
    assert label(found, "IRQ.GOV.MOD") is Label.WAIVED


# ------------------------------------------------------------------ what people say


def judged(element, truth, **given):
    own = {"entity": "IRQ.?", "by": "judgement", "claims": (Claim(holds=truth is Truth.TRUE, evidence=("user",)),)}
    return Fact(element=element, truth=truth, **{**own, **given})


def test_a_judgement_wins_and_the_machine_stays_visible_beside_it():
    one, told = bought()
    machine = made([one], [told])["dated"]
    fact = made([one], [told], judged=[judged("dated", Truth.FALSE)])["dated"]
    assert (fact.truth, fact.by) == (Truth.FALSE, "judgement")
    assert fact.claims[1:] == machine.claims


def test_a_judgement_wins_over_curated_data_and_those_over_reports():
    one, told = bought()
    curated = judged("dated", Truth.FALSE, by="curated", since=DAY)
    assert made([one], [told], curated=[curated])["dated"].by == "curated"
    both = made([one], [told], curated=[curated], judged=[judged("dated", Truth.TRUE)])["dated"]
    assert (both.truth, both.by) == (Truth.TRUE, "judgement")


@pytest.mark.parametrize(
    "given",
    [
        {"entity": "IRQ.CTS"},
        {"since": DAY + timedelta(1)},
        {"until": DAY - timedelta(1)},
        {"known": DAY + timedelta(1)},
    ],
)
def test_a_judgement_of_another_entity_or_time_does_not_count(given):
    one, told = bought()
    assert made([one], [told], judged=[judged("dated", Truth.FALSE, **given)])["dated"].truth is Truth.TRUE


def test_the_report_to_congress_passes_through_for_the_calendar():
    found = made([step(4, SOLD)], curated=[judged("report_submitted", Truth.TRUE, by="curated", since=SOLD)])
    assert found["report_submitted"].since == SOLD


# ------------------------------------------------------------------ other laws


def test_what_a_ministry_buys_is_no_transaction_of_a_bank():
    one, told = bought(party="IRQ.GOV.MOD")
    for law in ("us/caatsa/226", "us/eo-14024/11"):
        day = date(2024, 12, 1)
        found = made([one], [told], "IRQ.GOV.MOD", day=day, law=law)
        assert found["is_bank"].truth is Truth.FALSE
        assert label(found, "IRQ.GOV.MOD", day, law) is Label.NOT_ENGAGED


@pytest.mark.parametrize(("item", "truth"), [("IRN.SHAHED-136", Truth.CONTESTED), ("RUS.T-90", Truth.TRUE)])
def test_arms_of_iran_by_the_classes_of_the_register(item, truth):
    one = step(8, SOLD, counterpart="IRN", items=(item,), why="two-sources", party="IRQ.GOV.MOD")
    found = made([one], entity="IRQ.GOV.MOD", law="us/caatsa/107")
    assert found["with_iran"].truth is Truth.TRUE
    assert found["supplies"].truth is Truth.TRUE
    assert found["register_arms"].truth is truth


def test_before_the_law_there_is_nothing_to_ask():
    assert made([step(4, date(2016, 1, 1))], day=date(2016, 6, 1)) == {}


# ------------------------------------------------------------------ the visit of September 2025


def test_a_visit_and_talks_without_a_body_named():
    reached, events = visit()
    day = date(2025, 9, 20)
    assert entities("IRQ", reached) == ("IRQ.?",)
    finding = assess(instrument(LAW), "IRQ.?", made(reached, events, day=day), day, day)
    assert finding.label is Label.PARTLY_PRESENT
    assert [dict(one) for one in finding.missing.to_hold] == [
        {"is_person": True, "dated": True, "knowingly": True, "significant": True}
    ]
    truths = {fact.element: fact.truth for fact in finding.facts}
    assert truths["in_sector"] is Truth.TRUE
    assert truths["dated"] is Truth.FALSE
    assert "determined" not in truths
    assert "imposed" not in truths


# ------------------------------------------------------------------ precedents


@pytest.mark.parametrize(
    ("case", "day", "expected"),
    [
        ("CHN-EDD-2018", date(2017, 11, 30), Label.PARTLY_PRESENT),  # contracts from before the act, nothing delivered
        ("CHN-EDD-2018", date(2018, 9, 19), Label.ARGUABLY_MET),
        ("CHN-EDD-2018", date(2018, 9, 20), Label.IMPOSED),
        ("TUR-SSB-2020", date(2020, 12, 13), Label.ARGUABLY_MET),
        ("TUR-SSB-2020", date(2020, 12, 14), Label.IMPOSED),
        ("IRQ-T90-2018", date(2018, 2, 14), Label.PARTLY_PRESENT),
        ("IRQ-T90-2018", date(2018, 2, 15), Label.ARGUABLY_MET),
        ("QAT-S400", date(2019, 3, 4), Label.PARTLY_PRESENT),
    ],
)
def test_precedents_go_the_same_path(case, day, expected):
    of = next(one for one in precedents() if one.id == case)
    found = facts_of(instrument(LAW), of, course_of(of).reached, day)
    assert assess(instrument(LAW), buyer(of), found, day, day).label is expected
    assert {fact.by for fact in found.values()} <= {"curated", "list"}


@pytest.mark.parametrize("case", precedents(), ids=lambda case: case.id)
def test_only_cases_with_an_imposition_are_ever_told_as_imposed(case):
    days = {step.day for step in case.steps}
    reached = course_of(case).reached
    law = instrument(LAW)
    told = {assess(law, buyer(case), facts_of(law, case, reached, day), day, day).label for day in days}
    assert (Label.IMPOSED in told) is case.sanctioned


# ------------------------------------------------------------------ in general

_DAYS = st.dates(date(2016, 1, 1), date(2026, 1, 1))


@st.composite
def rungs(draw) -> Reached:
    day = draw(st.none() | _DAYS)
    key = str(draw(st.integers(0, 10**9)))
    common = {
        "voice": draw(st.sampled_from(Voice)),
        "status": draw(st.sampled_from(Status)),
        "turn": draw(st.sampled_from(Turn)),
        "precision": draw(st.sampled_from(Precision)),
        "past": draw(st.booleans()),
        "party": draw(st.sampled_from([None, "IRQ.GOV.MOD", "IRQ.GOV"])),
        "confirmed": draw(st.booleans()),
        "official": draw(st.booleans()),
        "origins": draw(st.sampled_from([(), ("one",), ("one", "two")])),
        "items": draw(st.sampled_from([(), ("RUS.S-400",), ("شيء",)])),
    }
    if draw(st.booleans()):
        return step(draw(st.integers(0, 10)), day, key, **common)
    return signal(draw(st.integers(-1, 9)), day, key, law=draw(st.sampled_from([None, LAW, "us/ifca"])), **common)


@settings(deadline=None, max_examples=60)
@given(st.lists(rungs(), max_size=8), st.sampled_from(["IRQ.?", "IRQ.GOV.MOD", "IRQ"]), _DAYS)
def test_whatever_was_read_facts_have_evidence_and_the_order_does_not_matter(reached, entity, day):
    found = made(reached, entity=entity, day=day)
    assert {key: fact.truth for key, fact in found.items()} == {
        key: fact.truth for key, fact in made(reached[::-1], entity=entity, day=day).items()
    }
    for key, fact in found.items():
        assert fact.entity == entity
        assert fact.element == key
        assert (fact.note.ar and fact.note.en) or fact.claims
        assert all(claim.evidence for claim in fact.claims)
        assert fact.since is None or fact.since <= day


@settings(deadline=None, max_examples=60)
@given(st.lists(rungs(), max_size=8), _DAYS)
def test_without_a_confirmed_official_act_nobody_is_told_as_sanctioned(reached, day):
    kept = [one for one in reached if not (one.official and one.rung.ladder is not Ladder.L)]
    for entity in entities("IRQ", kept):
        found = assess(instrument(LAW), entity, made(kept, entity=entity, day=day), day, day).label
        assert found in (Label.NOT_ENGAGED, Label.PARTLY_PRESENT, Label.ARGUABLY_MET)
