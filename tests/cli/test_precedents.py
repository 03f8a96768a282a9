import csv
import io
import json
import re

import pairs
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from marsad.cli import cli
from marsad.desk import Desk
from marsad.export.precedents import LIKES
from marsad.knowledge.precedents import precedents

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return pairs.made(tmp_path_factory.mktemp("store") / "marsad.db")


@pytest.fixture
def store(built, monkeypatch):
    monkeypatch.chdir(built.parent)
    return built


def run(*arguments: str, width: int = 80):
    return CliRunner().invoke(cli, ["precedents", *arguments], env={"COLUMNS": str(width)})


def lines(*arguments: str) -> list[dict]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


LIKE = ("--like", "IRQ", "--until", "2025-07-01")


# --- the cases themselves --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_list_needs_no_store(tmp_path, monkeypatch, lang):
    monkeypatch.chdir(tmp_path)
    output = run("--lang", lang).output
    assert [line.split()[0] for line in output.splitlines() if re.match(r"[A-Z]{3}-", line)] == [
        one.id for one in precedents()
    ]
    assert all(cell_len(line) <= 80 for line in output.splitlines())
    assert [one["id"] for one in lines()] == [one.id for one in precedents()]


def test_one_case_in_full_by_its_id():
    output = run("tur-ssb-2020").output
    assert output.splitlines()[0] == "Turkey: Presidency of Defence Industries  TUR-SSB-2020"
    assert re.search(r"^2020-12-14  W8 ", output, re.MULTILINE) and "https://" in output
    two = run("TUR-SSB-2020", "IND-S400", "--lang", "ar").output
    assert "تركيا: " in two and "IND-S400" in two
    (case,) = lines("TUR-SSB-2020")
    assert case["id"] == "TUR-SSB-2020" and all("sources" in step for step in case["steps"])


# --- those that a course is like -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_ranked_with_reasons_what_came_next_and_n(lang):
    result = run(*LIKE, "--lang", lang)
    assert result.exit_code == 0, result.output
    assert re.findall(r"^ ?(\d+)\. ", result.output, re.MULTILINE) == [str(n) for n in range(1, 9)]
    assert result.output.count("n = ") == 2 and "%" not in result.output
    order = next(line for line in " ".join(result.output.split()).split("·") if ("order" in line or "الترتيب" in line))
    assert len(order) < 250


def test_json_has_all_cases_and_the_counts():
    found = lines(*LIKE)
    cases = [one for one in found if one["kind"] == "precedent"]
    assert len(cases) > 8 and [one["rank"] for one in cases] == list(range(1, len(cases) + 1))
    assert [one["kind"] for one in found[-2:]] == ["after", "after"]
    assert cases[0]["asked"] == "L6"
    assert len([one for one in lines(*LIKE, "--limit", "3") if one["kind"] == "precedent"]) == 3


def test_csv_has_the_columns_of_the_library():
    table = list(csv.DictReader(io.StringIO(run(*LIKE, "--csv", "--limit", "2").stdout)))
    assert list(table[0]) == list(LIKES) and [row["rank"] for row in table] == ["1", "2"]


def test_the_course_is_taken_as_it_was_on_the_day():
    early = lines("--like", "العراق", "--until", "2025-01-31")
    assert early[0]["asked"] == "L3"


def test_cases_of_a_state_are_left_out():
    kept = {one["near"] for one in lines(*LIKE, "--but", "IRQ", "--but", "تركيا") if one["kind"] == "precedent"}
    assert "IND" in kept and not kept & {"IRQ", "TUR"}


def test_the_sanctioner_is_that_of_the_setting(tmp_path, monkeypatch):
    monkeypatch.setenv("MARSAD_SANCTIONER", "EU")
    without = lines(*LIKE)
    monkeypatch.delenv("MARSAD_SANCTIONER")
    assert without == lines(*LIKE, "--sanctioner", "EU") != lines(*LIKE)


def test_in_an_empty_store_there_is_no_rung_to_compare(tmp_path):
    Desk(str(tmp_path / "empty.db")).close()
    found = lines(*LIKE, "--store", str(tmp_path / "empty.db"))
    assert found[0]["asked"] is None and len(found) > 10


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        (["TUR-SSB"], 3, "did you mean TUR-SSB-2020"),
        (["--limit", "3"], 2, "--limit goes with --like"),
        (["--until", "2025"], 2, "--until goes with --like"),
        (["--csv"], 2, "--csv goes with --like"),
        (["IND-S400", "--like", "IRQ"], 2, "give cases, or --like"),
        (["--like", "Atlantis"], 2, "'Atlantis' is no actor that is known"),
        (["--like", "RUS"], 2, "RUS, RUS and USA are not three sides"),
        (["--like", "IRQ", "--sanctioner", "IRQ"], 2, "are not three sides"),
        (["--like", "IRQ", "--json", "--csv"], 2, "give one of --json and --csv"),
        (["--like", "IRQ", "--store", "no.db"], 4, "no such store"),
    ],
)
def test_a_wrong_question_is_told(wrong, status, says):
    result = run(*wrong)
    assert result.exit_code == status and says in " ".join(result.stderr.split()), result.output
