"""What an amendment changed, and what changed between two findings."""

from datetime import date, timedelta

import pytest
from laws import element, fact, facts, leaf, node, version

from marsad.assess.difference import Changed, Difference, changed, diff
from marsad.assess.finding import assess, with_facts
from marsad.errors import FormatError
from marsad.knowledge.instruments import instrument, instruments
from marsad.types.law import Label, Truth

CAATSA = instrument("us/caatsa/231")
DAY = date(2020, 12, 14)


def finding(given, day=DAY, of=CAATSA, entity="TUR.SSB"):
    return assess(of, entity, given, day, day)


def test_what_the_amendment_of_2018_changed():
    before, after = CAATSA.at(date(2018, 8, 12)), CAATSA.at(date(2018, 8, 13))
    told = {(one.part, one.id): one for one in diff(before, after)}
    new = {one.id for one in told.values() if one.part == "element" and one.before is None}
    assert {"modified_taken", "excluded_party", "alliance_safe"} <= new
    assert told["relief", "modified_waiver"].before is None
    assert "modified_waiver" not in told["rule", "duty"].before.unless
    assert "modified_waiver" in told["rule", "duty"].after.unless
    assert {part for part, _ in told} == {"element", "rule", "relief"}
    assert ("rule", "exposure") not in told


def test_the_other_way_round_it_is_the_other_way_round():
    for law in instruments().values():
        for before, after in zip(law.versions, law.versions[1:], strict=False):
            there = {(one.part, one.id, str(one.before), str(one.after)) for one in diff(before, after)}
            back = {(one.part, one.id, str(one.after), str(one.before)) for one in diff(after, before)}
            assert there == back != set()
            assert diff(before, before) == ()


def test_consequence_and_standard():
    from dataclasses import replace

    one = version("a", {"top": leaf("a")})
    other = replace(one, standard="actual", elements={"a": element("a", can=False)})
    assert diff(one, other) == (
        Difference(part="element", id="a", before=one.elements["a"], after=other.elements["a"]),
        Difference(part="standard", id="standard", before=None, after="actual"),
    )
    assert diff(one, replace(one, rules={"top": node("not", "a")}))[0].part == "rule"


def test_what_changed_on_the_day_of_the_sanctions():
    given = facts(is_person=True, dated=True, knowingly=True, significant=True, listed=True)
    given |= {key: fact(key, True, since=DAY) for key in ("determined", "imposed")}
    told = changed(finding(given, DAY - timedelta(days=1)), finding(given, DAY))
    assert told.label == (Label.ARGUABLY_MET, Label.IMPOSED)
    assert [(one.element, one.before, one.after and one.after.truth) for one in told.facts] == [
        ("determined", None, Truth.TRUE), ("imposed", None, Truth.TRUE)
    ]  # fmt: skip
    steps = {one.id: (one.op, one.before, one.after) for one in told.steps}
    assert steps["imposed"] == ("element", Truth.UNKNOWN, Truth.TRUE)
    assert "exposure" not in steps
    assert (told.given, told.ended, told.deadline) == ((), (), None)
    assert told


def test_reliefs_given_and_ended_and_the_deadline():
    given = facts(imposed=True, waiver_determined=True, review_passed=False)
    given["report_submitted"] = fact("report_submitted", True, since=DAY)
    waived = with_facts(given, [fact("review_passed", True)])
    last = DAY + timedelta(days=29)
    assert changed(finding(given), finding(waived)).given == ("general_waiver",)
    assert changed(finding(waived), finding(given)).ended == ("general_waiver",)
    assert changed(finding(facts(imposed=True)), finding(given)).deadline == (None, last)


def test_another_voice_is_a_change_of_the_fact_only():
    given = facts(dated=True)
    told = changed(finding(given), finding(with_facts(given, given.values())))
    assert [(one.element, one.before.by, one.after.by) for one in told.facts] == [("dated", "curated", "what-if")]
    assert (told.label, told.steps) == (None, ())


def test_another_version_has_other_steps():
    told = changed(finding({}, date(2018, 8, 12)), finding({}, date(2018, 8, 13)))
    steps = {one.id: (one.before, one.after) for one in told.steps}
    assert steps["modified_waiver"] == (None, Truth.UNKNOWN)
    assert not any("." in one.id for one in told.steps)


def test_nothing_changed():
    told = changed(finding(facts(dated=True)), finding(facts(dated=True), DAY + timedelta(days=1)))
    assert told == Changed()
    assert not told


def test_findings_on_two_things_cannot_be_compared():
    with pytest.raises(FormatError, match=r"us/caatsa/231 for TUR\.SSB, the other on us/caatsa/228"):
        changed(finding({}), finding({}, of=instrument("us/caatsa/228")))
    with pytest.raises(FormatError, match="for IRQ"):
        changed(finding({}), finding({}, entity="IRQ.?"))
