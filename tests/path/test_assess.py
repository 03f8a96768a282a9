"""From an article to a finding with the shipped model: what is there, what is missing, who said what; nothing more."""

import json

import pytest
from click.testing import CliRunner

from marsad.cli import cli

LAW = "us/caatsa/231"
TEXT = """زيارة شويغو إلى بغداد تقلق واشنطن

بغداد - أجرى سكرتير مجلس الأمن الروسي سيرغي شويغو زيارة إلى بغداد يوم الثلاثاء.
وبحث شويغو مع المسؤولين العراقيين التعاون العسكري التقني.

ورفض المتحدث باسم وزارة الخارجية الأميركية التعليق على فرض عقوبات على العراق بموجب قانون كاتسا.
وقال المتحدث: «لن نستبق أي قرارات محتملة بشأن العراق وروسيا».

ويرى مراقبون أن مجرد ذكر كاتسا في هذا السياق تحذير مبطن من واشنطن للعراق.
"""
#: What a finding on talks must never say.
SAID_OF_SANCTIONS = ("sanctions imposed", "determination made", "likely", "probab", "%")


@pytest.fixture(scope="module")
def assessed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("article")
    line = {"id": "a", "text": TEXT, "published": "2025-09-17", "source": "dijla.example", "language": "ar"}
    file = folder / "article.jsonl"
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    result = CliRunner().invoke(
        cli, ["assess", "IRQ", LAW, "--on", "2025-09-20", "--known-on", "2025-09-20", "--file", str(file), "--json"]
    )
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def finding(assessed):
    (one,) = assessed["findings"]
    return one


def test_elements_are_partly_present_for_an_agency_that_nobody_names(assessed, finding):
    assert [(one["entity"], one["label"]) for one in assessed["entities"]] == [("IRQ.?", "elements partly present")]
    assert "an agency of Iraq that nobody names" in finding["paragraph"]["en"]


def test_no_transaction_was_found_and_what_is_missing_is_told(finding):
    facts = {one["element"]: one for one in finding["facts"]}
    assert (facts["dated"]["truth"], facts["is_person"]["truth"]) == ("false", "unknown")
    assert facts["in_sector"]["truth"] == "true"
    first = [one["element"] for one in finding["missing"]["sets"][0]]
    assert first == ["is_person", "dated", "knowingly", "significant"]
    assert "No transaction was found" in finding["paragraph"]["en"]


def test_the_signal_has_the_words_and_the_reading_stands_apart(finding):
    quoted = [one for one in finding["signals"] if one["rung"] == "W1" and one["voice"] == "verbatim"]
    assert quoted and "لن نستبق أي قرارات محتملة" in quoted[0]["sentence"]
    assert all(one["voice"] != "reading" for one in finding["signals"])
    assert finding["readings"] and all(one["voice"] == "reading" for one in finding["readings"])
    assert all(int(one["rung"][1:]) <= 3 for one in finding["readings"])


def test_the_tanks_of_2018_and_turkey_come_first_among_the_precedents(finding):
    assert [one["id"] for one in finding["precedents"]][:2] == ["IRQ-T90-2018", "TUR-SSB-2020"]
    assert "IRQ-SHOIGU-2025" not in [one["id"] for one in finding["precedents"]]


def test_nothing_says_that_iraq_is_sanctioned_or_likely_to_be(finding):
    words = finding["paragraph"]["en"].split("Where others carried it through")[0]
    assert not any(each in words for each in SAID_OF_SANCTIONS)
    assert finding["disclaimer"].startswith("Research, not legal advice")


def test_every_line_leads_to_a_clause_and_a_sentence(finding):
    def leaves(node):
        if node["op"] == "element":
            yield node
        for part in (*node["parts"], *node["exceptions"]):
            yield from leaves(part)

    for node in leaves({"op": "", "parts": finding["tree"]["parts"], "exceptions": []}):
        assert node["cite"]["text"] and node["cite"]["verified"]
        for fact in node["facts"]:
            for claim in fact["claims"]:
                assert claim["sentences"], (node["id"], claim)
