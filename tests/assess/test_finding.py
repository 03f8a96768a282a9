"""Labels, and what a finding shows with them; assumed facts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import DAY, NAME, element, fact, facts, leaf, node, version

from marsad.assess.finding import WHAT_IF, assess, with_facts
from marsad.errors import NotFoundError
from marsad.knowledge.instruments import cases, instrument, instruments
from marsad.types.law import Citation, ElementKind, Instrument, Label, Missing, Truth

T, F, U, C = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN, Truth.CONTESTED
OPEN, OFFICIAL = ElementKind.OPEN_TEXTURE, ElementKind.OFFICIAL_ACT
LATER = DAY + timedelta(days=90)
CAATSA = instrument("us/caatsa/231")

KINDS = {
    "person": ElementKind.FACT, "deal": ElementKind.FACT, "large": OPEN, "listed": ElementKind.STATUS, "near": OPEN,
    "determined": OFFICIAL, "imposed": OFFICIAL, "waived": OFFICIAL, "ended": OFFICIAL, "space": ElementKind.FACT,
}  # fmt: skip


def small(**more):
    """A law in the shape that all have."""
    made = version(
        {key: element(key, kind) for key, kind in KINDS.items()},
        {
            "act": leaf("deal"),
            "counterparty": node("any", "listed", "near"),
            "exposure": node("all", "person", "act", "large", "counterparty"),
            "duty": node("all", "exposure", "determined", unless=("waiver", "exempt")),
            "sanctioned": node("all", "imposed", unless=("waiver", "termination")),
        },
        {"waiver": leaf("waived"), "termination": node("all", "imposed", "ended"), "exempt": leaf("space")},
    )
    return Instrument(
        id="xx/1", name=NAME, cite=Citation(section="1"), sanctioner="USA", subject="person", versions=(made,), **more
    )


def found(law=None, as_of=LATER, known_on=None, /, **truths):
    return assess(law or small(), "IRQ.?", facts(**truths), as_of, known_on or as_of)


@pytest.mark.parametrize(
    ("truths", "label"),
    [
        ({}, Label.NOT_ENGAGED),
        ({"person": T, "large": T}, Label.NOT_ENGAGED),
        ({"deal": U, "listed": F, "near": F}, Label.NOT_ENGAGED),
        ({"deal": T}, Label.PARTLY_PRESENT),
        ({"deal": C}, Label.PARTLY_PRESENT),
        ({"deal": F, "near": C}, Label.PARTLY_PRESENT),
        ({"deal": F, "listed": T, "large": T}, Label.PARTLY_PRESENT),
        # Act and counterparty stand; whether the deal is large is not argued yet, or is argued against.
        ({"deal": T, "listed": T}, Label.PARTLY_PRESENT),
        ({"deal": T, "listed": T, "large": F}, Label.PARTLY_PRESENT),
        ({"deal": T, "listed": T, "large": T}, Label.ARGUABLY_MET),
        ({"deal": T, "listed": T, "large": C}, Label.ARGUABLY_MET),
        # Of the counterparty one way is enough: a listed one needs no argument.
        ({"deal": T, "listed": T, "near": F, "large": C}, Label.ARGUABLY_MET),
        ({"deal": T, "near": T, "listed": F, "large": C}, Label.ARGUABLY_MET),
        # Act or counterparty is contested, an element is false: only partly.
        ({"deal": C, "listed": T, "large": T, "person": T}, Label.PARTLY_PRESENT),
        ({"deal": T, "listed": F, "near": C, "large": T, "person": T}, Label.PARTLY_PRESENT),
        ({"deal": T, "listed": T, "large": T, "person": F}, Label.PARTLY_PRESENT),
        ({"deal": T, "listed": T, "large": T, "person": T}, Label.ARGUABLY_MET),
        # Acts of officials decide first, whatever else is known.
        ({"determined": T}, Label.DETERMINED),
        ({"deal": F, "listed": F, "near": F, "determined": T}, Label.DETERMINED),
        ({"determined": T, "imposed": T}, Label.IMPOSED),
        ({"imposed": T}, Label.IMPOSED),
        ({"determined": T, "imposed": T, "waived": T}, Label.WAIVED),
        ({"waived": T}, Label.WAIVED),
        ({"imposed": T, "ended": T}, Label.WAIVED),
        ({"imposed": F, "ended": T, "determined": T}, Label.DETERMINED),
        # What is contested or unknown of them decides nothing.
        ({"determined": C}, Label.NOT_ENGAGED),
        ({"deal": T, "listed": T, "large": T, "imposed": C}, Label.ARGUABLY_MET),
        ({"imposed": T, "waived": C}, Label.IMPOSED),
        ({"imposed": T, "waived": U, "ended": U}, Label.IMPOSED),
        # An exemption that no official grants: the law does not reach it, unless an official has acted.
        ({"deal": T, "listed": T, "large": T, "person": T, "space": T}, Label.NOT_ENGAGED),
        ({"deal": T, "listed": T, "space": C, "large": T}, Label.ARGUABLY_MET),
        ({"determined": T, "space": T}, Label.DETERMINED),
    ],
)
def test_labels(truths, label):
    assert found(**truths).label is label


def test_exposure_by_another_way_than_the_counterparty_is_enough():
    law = small()
    (one,) = law.versions
    other = replace(one, rules={**one.rules, "exposure": node("any", "person", one.rules["exposure"])})
    assert found(replace(law, versions=(other,)), person=T).label is Label.ARGUABLY_MET


def test_an_exemption_that_rests_on_no_act_of_an_official_is_no_waiver():
    law = small()
    (one,) = law.versions
    exempt = replace(one.reliefs["exempt"], condition=node("all", "space", node("not", "imposed")))
    other = replace(one, reliefs={**one.reliefs, "exempt": exempt})
    told = found(replace(law, versions=(other,)), space=T, imposed=F, deal=T)
    assert (told.label, told.reliefs) == (Label.NOT_ENGAGED, ("exempt",))


def test_no_version_in_force():
    before = DAY - timedelta(days=1)
    for as_of, known_on in ((before, LATER), (LATER, before)):
        told = found(None, as_of, known_on, imposed=T)
        assert told.label is Label.NOT_ENGAGED
        assert (told.facts, told.missing, told.tree.truth) == ((), Missing(), F)
        assert "No version" in told.notes[0].en
    assert found(None, DAY, DAY, imposed=T).label is Label.IMPOSED


def test_facts_count_on_their_days_only():
    given = {"imposed": fact("imposed", T, since=LATER, until=LATER, known=LATER)}
    labels = [
        assess(small(), "IRQ.?", given, LATER + timedelta(days=off), LATER + timedelta(days=seen)).label
        for off, seen in ((-1, 0), (0, 0), (1, 1), (0, -1))
    ]
    assert labels == [Label.NOT_ENGAGED, Label.IMPOSED, Label.NOT_ENGAGED, Label.NOT_ENGAGED]


def test_a_menu_binds_nobody():
    with pytest.raises(NotFoundError, match="us/caatsa/235 has no rule act"):
        found(instrument("us/caatsa/235"))


def test_the_root_holds_every_rule_once():
    told = found(deal=T, determined=T)
    assert (told.tree.id, told.tree.op, told.tree.truth, told.tree.cite.section) == ("xx/1", "finding", U, "1")
    assert [part.id for part in told.tree.parts] == ["duty", "sanctioned"]
    early = assess(CAATSA, "IRQ.?", {}, date(2018, 1, 28), date(2018, 1, 28))
    # There was no duty yet: the exposure stands by itself.
    assert [part.id for part in early.tree.parts] == ["exposure", "duty", "sanctioned"]
    bank = assess(instrument("us/eo-14024/11"), "IRQ.?", {}, LATER + timedelta(days=1500), date(2026, 1, 1))
    assert [part.id for part in bank.tree.parts] == ["act", "counterparty", "duty", "sanctioned"]


def test_what_is_missing_is_asked_of_the_next_rule():
    assert found(deal=T, listed=T).missing == Missing(
        rule="exposure",
        to_hold=({"person": True, "large": True},),
        to_fail=({"person": False}, {"large": False}),
    )
    exposed = {"person": T, "deal": T, "large": T, "listed": T}
    told = found(**exposed)
    assert (told.missing.rule, told.missing.to_hold) == ("duty", ({"determined": True},))
    assert any("reliefs of which nothing was told" in note.en for note in told.notes)
    # A relief that somebody speaks of is no longer left out.
    assert found(**exposed, waived=C).missing.to_hold == ({"determined": True, "waived": False},)
    told = found(**exposed, determined=T)
    assert (told.missing.rule, told.missing.to_hold) == ("sanctioned", ({"imposed": True},))
    assert told.missing.to_fail == ({"imposed": False}, {"waived": True}, {"imposed": True, "ended": True})
    told = found(**exposed, determined=T, imposed=T)
    assert (told.missing.rule, told.missing.to_hold) == ("sanctioned", ({},))
    assert told.missing.to_fail == ({"waived": True}, {"ended": True})


def test_reliefs_and_notes():
    told = found(imposed=T, ended=T, space=T)
    assert told.reliefs == ("termination", "exempt")
    assert not any("does not reach" in note.en for note in told.notes)
    told = found(space=T)
    assert (told.reliefs, told.notes[0].en) == (("exempt",), "The provision does not reach this: thing")


def test_assumed_facts_are_marked_and_known_at_once():
    given = facts(deal=F, listed=T)
    made = with_facts(given, [fact("deal", T, since=LATER, known=LATER + timedelta(days=9)), fact("large", C)])
    assert given == facts(deal=F, listed=T)
    assert {key for key, one in made.items() if one.by == WHAT_IF} == {"deal", "large"}
    told = assess(small(), "IRQ.?", made, LATER, LATER)
    assert told.label is Label.ARGUABLY_MET
    assert [(one.element, one.by) for one in told.facts] == [
        ("deal", WHAT_IF), ("large", WHAT_IF), ("listed", "curated")
    ]  # fmt: skip
    assert "assumed" in told.notes[0].en and told.notes[0].ar
    before = assess(small(), "IRQ.?", made, LATER - timedelta(days=1), LATER)
    assert before.label is Label.PARTLY_PRESENT


def test_talks_with_the_sector_and_an_unnamed_agency():
    """The case that shaped Marsad: talks, no deal, an agency that nobody names."""
    given = facts(dated=F, in_sector=C, determined=F, imposed=F)
    told = assess(CAATSA, "IRQ.?", given, date(2025, 9, 20), date(2025, 9, 20))
    assert told.label is Label.PARTLY_PRESENT
    assert told.missing.rule == "exposure"
    wanted = {"is_person": True, "dated": True, "knowingly": True, "significant": True}
    assert told.missing.to_hold == (wanted | {"listed": True}, wanted | {"in_sector": True})
    assert told.reliefs == ()
    assert told.tree.truth is F


@pytest.mark.parametrize(("day", "label"), [(date(2021, 8, 27), Label.WAIVED), (date(2021, 8, 28), Label.DETERMINED)])
def test_a_delay_lapses_and_the_determination_stands_again(day, label):
    given = facts(determined=T) | {"reduction_certified": fact("reduction_certified", T, since=date(2021, 3, 1))}
    told = assess(CAATSA, "TUR.SSB", given, day, day)
    assert told.label is label
    assert told.reliefs == (("delay",) if label is Label.WAIVED else ())


def test_a_waiver_waits_for_the_end_of_the_review():
    given = facts(imposed=T, waiver_determined=T)
    given["report_submitted"] = fact("report_submitted", T, since=date(2021, 7, 10))
    last = date(2021, 9, 7)
    told = assess(CAATSA, "TUR.SSB", given, last, last)
    assert (told.label, told.deadline) == (Label.IMPOSED, last)
    assert {one.element for one in told.facts} >= {"report_submitted", "review_passed"}
    told = assess(CAATSA, "TUR.SSB", given, last + timedelta(days=1), last + timedelta(days=1))
    assert (told.label, told.deadline, told.reliefs) == (Label.WAIVED, None, ("general_waiver",))


@pytest.mark.parametrize(
    "case", [pytest.param(one, id=f"{of} {one.id}") for of in instruments() for one in cases(of) if one.label]
)
def test_the_cases_beside_each_law_have_their_label(case):
    law = instrument(case.instrument)
    valid = law.at(case.on, case.known_on)
    given = case.held(valid) if valid else {}
    assert assess(law, "IRQ.?", given, case.on, case.known_on).label is case.label


@settings(deadline=None, max_examples=150)
@given(st.fixed_dictionaries({}, optional={key: st.sampled_from(list(Truth)) for key in KINDS}))
def test_what_holds_of_every_label(truths):
    told = found(**truths)
    assert told == found(**dict(reversed(truths.items())))
    acts = [truths.get(key) for key in ("determined", "imposed", "waived")]
    if T not in acts:
        assert told.label in (Label.NOT_ENGAGED, Label.PARTLY_PRESENT, Label.ARGUABLY_MET)
    if told.label is Label.ARGUABLY_MET:
        # The step from there to the determination is all that the duty lacks, or the elements are still to be shown.
        assert truths.get("deal") is T and T in (truths.get("listed"), truths.get("near"))
        assert F not in (truths.get("person"), truths.get("large")) and truths.get("large") in (T, C)
    # What was known as contested is never told with more than what was known as true.
    order = [Label.NOT_ENGAGED, Label.PARTLY_PRESENT, Label.ARGUABLY_MET, Label.DETERMINED, Label.IMPOSED]
    surer = found(
        **{key: T if value is C and key not in ("space", "waived", "ended") else value for key, value in truths.items()}
    )
    if told.label in order and surer.label in order:
        assert order.index(told.label) <= order.index(surer.label)
