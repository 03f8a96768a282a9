"""``marsad assess``: what it prints, writes and refuses."""

import json

import pairs
import pytest
from click.testing import CliRunner

from marsad import coder
from marsad.cli import cli

LAW = "us/caatsa/231"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return pairs.made(tmp_path_factory.mktemp("store") / "marsad.db")


@pytest.fixture
def store(built, monkeypatch):
    monkeypatch.chdir(built.parent)
    pairs.stand_in(monkeypatch)
    return built


@pytest.fixture
def nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MARSAD_STORE", raising=False)
    return tmp_path


def run(*arguments: str, **options: object):
    return CliRunner().invoke(cli, ["assess", *arguments], env={"COLUMNS": "110"}, **options)


def told(*arguments: str) -> dict:
    result = run(*arguments, "--json", "--quiet")
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    return json.loads(line)


# --- for a reader ----------------------------------------------------------------------------------------------------


def test_first_the_label_then_a_paragraph_the_tree_what_is_missing_who_decides_measures_precedents(store):
    result = run("IRQ.GOV.MOD", LAW, "--on", "2025-06-30", "--quiet")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert "IRQ.GOV.MOD" in lines[0]
    assert lines.index("elements arguably met, no determination") < 4
    heads = [
        "Why",
        "What is missing",
        "Who could decide, and by when",
        "Measures available, if it came to a determination",
    ]
    heads += ["What came of it elsewhere", "Signals, each with its voice", "Steps, each with its sentence"]
    places = [lines.index(head) for head in heads]
    assert places == sorted(places)
    assert "Research, not legal advice." in result.output
    assert "22 USC 9525(a)" in result.output and "%" not in result.output


def test_in_arabic_as_in_english(store):
    result = run("IRQ", LAW, "--on", "2025-06-30", "--lang", "ar", "--quiet")
    assert result.exit_code == 0 and "ما الناقص" in result.output and "لماذا" in result.output


def test_a_state_lists_its_bodies_each_for_itself(store):
    found = told("IRQ", LAW, "--on", "2025-06-30")
    assert found["kind"] == "state" and "IRQ.GOV.MOD" in [one["entity"] for one in found["entities"]]
    assert [one["entity"] for one in found["findings"]] == [one["entity"] for one in found["entities"]]
    assert told("العراق", LAW, "--on", "2025-06-30") == found


def test_without_a_law_those_engaged_and_otherwise_it_says_that_none_is(store):
    assert {one["instrument"] for one in told("IRQ", "--on", "2025-06-30")["findings"]} == {LAW}
    assert "No law of the sanctioner is engaged" in run("EGY", "--on", "2010-01-01").output


def test_as_known_on_another_day(store):
    found = told("IRQ", LAW, "--on", "2025-06-30", "--known-on", "2025-01-09")
    assert [(one["entity"], one["label"]) for one in found["entities"]] == [("IRQ.?", "not engaged")]
    assert found["findings"][0]["known_on"] == "2025-01-09"


def test_a_step_is_assumed(store):
    found = told("IRQ.?", LAW, "--on", "2025-06-30", "--what-if", "delivery:s-400@2025-07-01:RUS.ROSOBORONEXPORT")
    assert found["label"] == "elements arguably met, no determination"
    assert {one["by"] for one in found["facts"] if one["element"] == "dated"} == {"what-if"}


# --- without a store -------------------------------------------------------------------------------------------------


def test_known_cases_need_no_store(nothing):
    result = run("TUR.SSB", LAW, "--on", "2020-12-14")
    assert result.exit_code == 0 and "sanctions imposed" in result.output
    assert "there is no store" in result.stderr and not list(nothing.iterdir())


def test_a_file_alone_is_read_coded_and_assessed_in_memory(nothing, monkeypatch):
    monkeypatch.setattr(coder, "load", lambda settings=None: pairs.Coder())
    for name in ("contract", "contract-en"):
        one = pairs.article(name)
        line = {"id": name, "text": one.text, "url": one.url, "source": one.source, "published": "2025-03-03"}
        (nothing / f"{name}.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    found = told("IRQ", LAW, "--on", "2025-03-31", "--file", "contract.jsonl", "--file", "contract-en.jsonl")
    labels = {one["entity"]: one["label"] for one in found["entities"]}
    assert labels["IRQ.GOV.MOD"] == "elements arguably met, no determination"
    assert sorted(one.name for one in nothing.iterdir()) == ["contract-en.jsonl", "contract.jsonl"]


def test_a_file_that_cannot_be_read_ends_it(nothing):
    result = run("IRQ", LAW, "--file", "missing.txt")
    assert result.exit_code == 3 and "missing.txt" in result.stderr


# --- what is written -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_page_that_prints(nothing, lang):
    result = run("TUR.SSB", LAW, "--on", "2020-12-01", "--html", "page.html", "--lang", lang, "--quiet")
    assert result.exit_code == 0, result.output
    page = (nothing / "page.html").read_text(encoding="utf-8")
    assert f'lang="{lang}"' in page and "<script" not in page and 'href="http' in page
    assert run("TUR.SSB", LAW, "--on", "2020-12-01", "--html", "-", "--lang", lang, "--quiet").output == page


def test_a_frozen_file_is_checked_and_a_changed_one_refused(store, tmp_path):
    file = tmp_path / "frozen.json"
    assert run("IRQ", LAW, "--on", "2025-06-30", "--freeze", str(file), "--quiet").exit_code == 0
    result = run("--check", str(file))
    assert (result.exit_code, result.output) == (0, "the same, byte for byte\n")
    file.write_bytes(file.read_bytes().replace(b"IRQ.GOV.MOD", b"IRQ.GOV.MOI"))
    changed = run("--check", str(file))
    assert changed.exit_code == 3 and "changed" in changed.stderr


def test_what_comes_out_otherwise_is_told_with_a_status(store, tmp_path, monkeypatch):
    from marsad.desk.laws import frozen

    file = tmp_path / "frozen.json"
    assert run("IRQ", LAW, "--on", "2025-06-30", "--freeze", str(file), "--quiet").exit_code == 0
    monkeypatch.setattr(frozen, "version", lambda folders: "later")
    result = run("--check", str(file))
    assert result.exit_code == 4 and "knowledge:" in result.output and "later now" in result.output


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 2),
        (["IRQ", "us/caatsa/999"], 3),
        (["IRQ", "us/caatsa/235"], 3),
        (["Atlantis", LAW], 2),
        (["RUS", LAW], 2),
        (["IRQ", LAW, "--on", "soon"], 2),
        (["IRQ", LAW, "--what-if", "delivery"], 2),
        (["IRQ", LAW, "--what-if", "delivery@2025-01-01:FRA.GOV.MOD"], 2),
        (["IRQ", LAW, "--json", "--html", "-"], 2),
        (["IRQ", LAW, "--file", "x.txt", "--store", "y.db"], 2),
        (["--check", "x.json", "IRQ"], 2),
        (["--check", "missing.json"], 3),
        (["IRQ", LAW, "--html", "one", "--freeze", "one"], 2),
    ],
)
def test_wrong_usage_says_so(store, arguments, status):
    result = run(*arguments)
    assert (result.exit_code, bool(result.stderr)) == (status, True), result.output
    assert "Traceback" not in result.output


# --- judgements ------------------------------------------------------------------------------------------------------


def test_a_judgement_on_an_element_wins_and_is_shown_beside_the_machine(built, tmp_path, monkeypatch):
    import shutil

    monkeypatch.chdir(tmp_path)
    shutil.copy(built, "marsad.db")
    judged = CliRunner().invoke(
        cli,
        ["judge", "irq.gov.mod", f"{LAW}:significant=false", "--because", "short range", "--name", "Layla", "--json"],
    )
    assert judged.exit_code == 0, judged.output
    assert json.loads(judged.stdout)["target"] == "IRQ.GOV.MOD"
    found = told("IRQ.GOV.MOD", LAW, "--on", "2026-12-31", "--known-on", "2099-01-01")
    fact = next(one for one in found["facts"] if one["element"] == "significant")
    assert (fact["truth"], fact["by"], fact["note"]) == ("false", "judgement", "Layla: short range")
    assert fact["factors"] and found["label"] == "elements partly present"
    listed = CliRunner().invoke(cli, ["judge", "--list", "IRQ.GOV.MOD"])
    assert "us/caatsa/231:significant" in listed.output and "Layla" in listed.output
    mixed = CliRunner().invoke(cli, ["judge", "IRQ.GOV.MOD", f"{LAW}:dated=true", "status=DENIED", "--because", "x"])
    assert mixed.exit_code == 2
