"""Findings out of a store: on a state, on a body, as known on a day; known cases, judgements, steps assumed, files."""

from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import pairs
import pytest

from marsad.desk import Desk
from marsad.desk.laws import frozen
from marsad.desk.laws import known as module
from marsad.desk.laws.frozen import differences, freeze
from marsad.errors import FormatError, NotFoundError, SettingsError
from marsad.types.law import Label, Truth

LAW = "us/caatsa/231"
DAY = date(2025, 6, 30)
MOD = "IRQ.GOV.MOD"


@pytest.fixture
def asked(monkeypatch):
    pairs.stand_in(monkeypatch)
    with pairs.desk() as desk:
        yield desk


@pytest.fixture
def empty():
    with Desk("sqlite://", now=lambda: datetime(2026, 12, 1, 12, tzinfo=UTC)) as desk:
        yield desk


def labels(found):
    return {one.finding.entity: one.finding.label for one in found.findings}


def fact(found, element):
    return next(one for one in found.findings[0].finding.facts if one.element == element)


# --- what was read ----------------------------------------------------------------------------------------------------


def test_a_state_gives_each_of_its_bodies_for_itself_the_furthest_first(asked):
    found = asked.assess("IRQ", LAW, on=DAY)
    assert found.of_state and labels(found)[MOD] is Label.ARGUABLY_MET
    assert found.findings[0].finding.entity == MOD
    record = found.record("en")
    assert (record["kind"], record["state"]) == ("state", "IRQ")
    assert [one["entity"] for one in record["entities"]] == [one.finding.entity for one in found.findings]


def test_a_body_gives_one_and_the_same_as_among_the_others(asked):
    alone = asked.assess(MOD, LAW, on=DAY)
    assert not alone.of_state and alone.record("ar")["kind"] == "finding"
    among = next(one for one in asked.assess("IRQ", LAW, on=DAY).findings if one.finding.entity == MOD)
    assert alone.findings[0].finding == among.finding


def test_every_claim_of_what_was_read_leads_to_its_sentence(asked):
    record = asked.assess(MOD, LAW, on=DAY).record("en")
    told = [
        claim
        for one in record["facts"]
        for claim in (*one["claims"], *(claim for each in one["factors"] for claim in each["claims"]))
        if claim["evidence"] and not claim["evidence"][0].startswith(("precedents", "CHN", "TUR", "IND"))
    ]
    told = [claim for claim in told if not (claim["note"] or "").startswith("precedent")]
    assert told and all(claim["sentences"] for claim in told)
    words = [one["words"] for claim in told for one in claim["sentences"] if one["kind"] == "sentence"]
    assert any("عقدا" in each for each in words)


def test_the_day_asked_about_and_the_day_known_on_are_two(asked):
    contract = date(2025, 3, 3)
    assert labels(asked.assess(MOD, LAW, on="2025-03-02"))[MOD] is Label.ARGUABLY_MET  # the tanks of 2018
    assert fact(asked.assess(MOD, LAW, on=contract), "dated").since is not None
    early = asked.assess("IRQ", LAW, on=DAY, known_on=date(2025, 1, 9))
    assert set(labels(early)) == {"IRQ.?"} and labels(early)["IRQ.?"] is Label.NOT_ENGAGED
    steps = [one.rung.name for one in asked.assess(MOD, LAW, on=DAY, known_on=date(2025, 2, 10)).found[0].seen.reached]
    assert "L4" in steps and "L6" not in steps


def test_what_a_later_article_confirms_is_not_confirmed_before_it(asked, monkeypatch):
    both = asked.assess(MOD, LAW, on=DAY).found[0].seen
    contract = next(one for one in both.reached if one.rung.name == "L6")
    assert contract.confirmed and len(contract.origins) == 2
    late = sorted(contract.rungs)[1]
    held = module.articles.by_seq

    def later(db, numbers):
        return {seq: _out(one, late, both) for seq, one in held(db, numbers).items()}

    monkeypatch.setattr(module.articles, "by_seq", later)
    before = asked.assess(MOD, LAW, on=DAY, known_on=date(2025, 6, 1)).found[0].seen
    alone = next(one for one in before.reached if one.rung.name == "L6")
    assert len(alone.origins) == 1 and not alone.confirmed and alone.why == "one-source"


def _out(article, late, seen):
    """The article of the rung ``late`` as if it had come out on the last day."""
    return replace(article, published=DAY) if seen.cited[late].article.id == article.id else article


def test_without_a_law_those_that_are_engaged(asked):
    found = asked.assess(MOD, on=DAY)
    assert {one.finding.instrument for one in found.findings} == {LAW}
    assert asked.assess("EGY", on=date(2019, 1, 1)).findings == ()


# --- known cases ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "day", "label"),
    [
        ("TUR.SSB", "2017-09-11", Label.NOT_ENGAGED),
        ("TUR.SSB", "2020-12-13", Label.ARGUABLY_MET),
        ("TUR.SSB", "2020-12-14", Label.IMPOSED),
        ("CHN.EDD", "2019-01-01", Label.IMPOSED),
        ("IND.GOV.MOD", "2022-01-01", Label.ARGUABLY_MET),
    ],
)
def test_a_body_with_a_known_case_has_it_without_any_news(empty, of, day, label):
    found = empty.assess(of, LAW, on=day)
    assert labels(found) == {of: label}
    case = of[:3]
    assert not any(one.precedent.near == case and one.precedent.party == of for one in found.findings[0].likes)


def test_of_a_state_known_cases_add_only_whom_an_official_act_hit(empty):
    assert labels(empty.assess("TUR", LAW, on="2021-01-01")) == {
        "TUR.SSB": Label.IMPOSED,
        "TUR.?": Label.NOT_ENGAGED,
    }
    assert labels(empty.assess("IRQ", LAW, on="2019-01-01")) == {"IRQ.?": Label.NOT_ENGAGED}


def test_a_known_case_counts_from_when_it_was_known(empty):
    assert labels(empty.assess("TUR.SSB", LAW, on="2021-01-01", known_on="2020-12-13"))["TUR.SSB"] is Label.ARGUABLY_MET


def test_the_lines_of_a_known_case_lead_to_their_pages(empty):
    record = empty.assess("TUR.SSB", LAW, on="2020-12-01", lang="ar").record("ar")
    dated = next(one for one in record["facts"] if one["element"] == "dated")
    assert dated["by"] == "curated"
    shown = [one for claim in dated["claims"] for one in claim["sentences"]]
    assert shown and all(one["url"].startswith("http") and one["language"] == "ar" for one in shown)


def test_the_day_of_an_undated_article_is_no_reason_to_call_its_own_case_a_precedent(empty):
    ids = [one.precedent.id for one in empty.assess("IRQ", LAW, on="2025-09-30").findings[0].likes]
    assert "IRQ-SHOIGU-2025" not in ids and "IRQ-T90-2018" in ids


# --- what is assumed, and what people hold ----------------------------------------------------------------------------


def test_what_is_assumed_is_marked_and_moves_the_days(empty):
    found = empty.assess("IRQ", LAW, what_if=["delivery:s-400@2027-03-01:RUS.ROSOBORONEXPORT"])
    one = found.findings[0].finding
    assert (one.entity, one.label, one.as_of, one.known_on) == (
        "IRQ.?", Label.ARGUABLY_MET, date(2027, 3, 1), date(2027, 3, 1),
    )  # fmt: skip
    assert fact(found, "dated").by == "what-if" and one.notes
    assert empty.assess("IRQ", LAW).findings[0].finding.label is Label.NOT_ENGAGED


def test_what_is_assumed_of_a_body_is_of_that_body(empty):
    found = empty.assess("IRQ", LAW, what_if=["contract@2027-03-01:IRQ.GOV.MOD:RUS.ROSOBORONEXPORT"])
    assert labels(found)[MOD] is Label.ARGUABLY_MET and labels(found)["IRQ.?"] is Label.NOT_ENGAGED


def test_a_judgement_wins_and_the_machine_stays_beside_it(empty):
    before = fact(empty.assess("TUR.SSB", LAW, on="2020-12-01"), "significant")
    empty.judge_entity("TUR.SSB", {f"{LAW}:significant": "true"}, name="ليلى", reason="قرار الكونغرس")
    found = empty.assess("TUR.SSB", LAW, on="2020-12-01")
    after = fact(found, "significant")
    assert (before.truth, after.truth, after.by) == (Truth.CONTESTED, Truth.TRUE, "judgement")
    assert set(before.factors) <= set(after.factors) and "ليلى" in after.note.ar
    early = fact(empty.assess("TUR.SSB", LAW, on="2020-12-01", known_on="2026-11-30"), "significant")
    assert early.truth is Truth.CONTESTED  # judged on the day after


def test_a_judgement_holds_from_its_day_and_can_be_taken_back(empty):
    (made,) = empty.judge_entity("JOR.?", {f"{LAW}:is_person": "true@2025-01-01"}, name="L", reason="r")
    assert (made.target, made.field) == ("JOR.?", f"{LAW}:is_person")
    assert fact(empty.assess("JOR.?", LAW, on="2024-12-31"), "is_person").truth is Truth.UNKNOWN
    assert fact(empty.assess("JOR.?", LAW, on="2025-01-01"), "is_person").truth is Truth.TRUE
    assert empty.judgements("JOR.?") == [made]
    empty.withdraw(made.id, name="L", reason="wrong")
    assert fact(empty.assess("JOR.?", LAW, on="2025-01-01"), "is_person").truth is Truth.UNKNOWN


def test_whoever_is_judged_on_is_among_the_bodies_of_the_state(empty):
    empty.judge_entity("JOR.GOV.MOD", {f"{LAW}:dated": "true"}, name="L", reason="r")
    assert "JOR.GOV.MOD" in labels(empty.assess("JOR", LAW, on="2025-01-01"))


@pytest.mark.parametrize(
    ("entity", "field", "value", "error"),
    [
        ("JOR", "is_person", "true", SettingsError),
        ("XXX.GOV", "is_person", "true", NotFoundError),
        ("JOR.GOV", "is_person", "true", SettingsError),
        ("JOR.?", "no_such", "true", NotFoundError),
        ("JOR.?", "is_person", "perhaps", FormatError),
        ("JOR.?", "is_person", "true@soon", SettingsError),
    ],
)
def test_what_cannot_be_judged_says_so_and_nothing_is_kept(empty, entity, field, value, error):
    with pytest.raises(error):
        empty.judge_entity(entity, {f"{LAW}:dated": "true", f"{LAW}:{field}": value}, name="L", reason="r")
    assert empty.judgements() == []


@pytest.mark.parametrize("of", ["ABC", "ABC.GOV.MOD", "IRQ.GOV", "RUS", "USA"])
def test_who_cannot_be_assessed_gives_an_error(empty, of):
    with pytest.raises((NotFoundError, SettingsError)):
        empty.assess(of, LAW)


def test_a_law_that_is_not_there_gives_an_error_and_so_does_no_day(empty):
    with pytest.raises(NotFoundError):
        empty.assess("IRQ", "us/caatsa/999")
    with pytest.raises(SettingsError):
        empty.assess("IRQ", LAW, on="yesterday")


# --- frozen -----------------------------------------------------------------------------------------------------------


def test_what_is_frozen_comes_out_the_same_byte_for_byte(asked, empty):
    for found in (
        asked.assess("IRQ", LAW, on=DAY, what_if=["delivery:s-400@2025-07-01"]),
        empty.assess("TUR.SSB", LAW, on="2020-12-14"),
    ):
        data = freeze(found)
        assert differences(data) == [] and freeze(found) == data


def test_a_frozen_file_holds_what_went_in_and_its_hashes(asked):
    stored = msgspec.json.decode(freeze(asked.assess(MOD, LAW, on=DAY)))
    assert set(stored["laws"]) == {LAW} and len(stored["laws"][LAW]["sha256"]) == 64
    assert set(stored["lists"]) >= {LAW} and stored["coders"] == [pairs.NAME] and stored["knowledge"]
    (one,) = stored["findings"]
    assert one["inputs"]["as_of"] == DAY.isoformat() and one["articles"] and one["sentences"]
    assert one["label"] == Label.ARGUABLY_MET.value


def test_a_file_that_was_changed_is_refused(asked):
    data = freeze(asked.assess(MOD, LAW, on=DAY))
    with pytest.raises(FormatError, match="changed"):
        differences(data.replace(b"arguably", b"surely"))
    for other in (b"{}", b"no json", b"[]"):
        with pytest.raises(FormatError):
            differences(other)


def test_what_comes_out_otherwise_is_named(asked, monkeypatch):
    data = freeze(asked.assess(MOD, LAW, on=DAY))
    monkeypatch.setattr(frozen, "version", lambda folders: "another")
    assert [one for one in differences(data) if one.startswith("knowledge:")]
