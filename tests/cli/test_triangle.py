import csv
import io
import json

import pairs
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from marsad.cli import cli
from marsad.desk import Desk

pytestmark = pytest.mark.usefixtures("store")
UNTIL = ("--until", "2025-06-30")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return pairs.made(tmp_path_factory.mktemp("store") / "marsad.db")


@pytest.fixture
def store(built, monkeypatch):
    monkeypatch.chdir(built.parent)
    return built


def run(*arguments: str, width: int = 110):
    return CliRunner().invoke(cli, ["triangle", *arguments], env={"COLUMNS": str(width)})


def test_three_pairs_both_ways_then_the_ladders_of_the_first_two():
    result = run("IRQ", "RUS", "USA", *UNTIL)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert [line for line in lines if " ↔ " in line] == [
        "IRQ Iraq ↔ RUS Russia", "IRQ Iraq ↔ USA United States", "RUS Russia ↔ USA United States",
    ]  # fmt: skip
    assert lines[0] == "Iraq – Russia · United States" and result.output.count("Articles: 10 · Sources: 4") == 1
    assert any(line.startswith("Warning · W5 explicit threat since 2025-03-10") for line in lines)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [80, 110])
def test_no_line_is_wider_than_the_terminal(lang, width):
    output = run("العراق", "Russia", "usa", "--lang", lang, *UNTIL, width=width).output
    assert all(cell_len(line) <= width for line in output.splitlines())


def test_json_is_one_object():
    (line,) = run("IRQ", "RUS", "USA", "--json", *UNTIL).stdout.splitlines()
    found = json.loads(line)
    assert list(found) == ["sides", "pairs", "course", "rises", "left"]
    assert found["sides"] == ["IRQ", "RUS", "USA"] and all(one["mutual"] for one in found["pairs"])
    assert [one["rung"] for one in found["course"]["rungs"]] == ["L3", "W0", "L4", "L6", "W5", "L3"]
    assert found["course"]["sanctioner"] == "USA"


def test_csv_has_the_periods_of_all_three():
    table = list(csv.DictReader(io.StringIO(run("IRQ", "RUS", "USA", "--csv", "--by", "month", *UNTIL).stdout)))
    assert len(table) == 18
    assert [(row["source"], row["target"]) for row in table[::6]] == [("IRQ", "RUS"), ("IRQ", "USA"), ("RUS", "USA")]


def test_a_ministry_warns_for_its_state():
    found = json.loads(run("IRQ", "RUS", "USA.GOV.MFA", "--json", *UNTIL).stdout)
    assert found["sides"][2] == "USA.GOV.MFA" and found["course"]["sanctioner"] == "USA"


def test_an_empty_store_says_so(tmp_path):
    Desk(str(tmp_path / "empty.db")).close()
    result = run("IRQ", "RUS", "USA", "--store", str(tmp_path / "empty.db"))
    assert result.exit_code == 0 and result.output.splitlines()[-1] == "No rung on either ladder."


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        (["IRQ", "RUS"], 2, "Missing argument 'THIRD'"),
        (["IRQ", "RUS", "Russia"], 2, "RUS and Russia are the same"),
        (["IRQ", "RUS", "Atlantis"], 2, "no actor that is known"),
        (["IRQ", "RUS", "USA", "--since", "2025-02", "--until", "2025-01"], 2, "is later than until 2025-01-31"),
        (["IRQ", "RUS", "USA", "--json", "--csv"], 2, "give one of --json and --csv"),
        (["IRQ", "RUS", "USA", "--store", "no.db"], 4, "no such store"),
    ],
)
def test_a_wrong_question_is_told(wrong, status, says):
    result = run(*wrong)
    assert result.exit_code == status and says in " ".join(result.stderr.split()), result.output
