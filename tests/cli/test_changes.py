import csv
import io
import json
import re

import pairs
import pytest
from click.testing import CliRunner

from marsad.cli import cli
from marsad.desk import Desk
from marsad.export.changes import CHANGES

pytestmark = pytest.mark.usefixtures("store")
SINCE = ("--since", "2025")
UNTIL = ("--until", "2025-07-01")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return pairs.made(tmp_path_factory.mktemp("store") / "marsad.db")


@pytest.fixture
def store(built, monkeypatch):
    monkeypatch.chdir(built.parent)
    pairs.stand_in(monkeypatch)
    return built


def run(*arguments: str):
    return CliRunner().invoke(cli, ["changes", *arguments, *UNTIL], env={"COLUMNS": "110"})


def rows(*arguments: str) -> list[dict]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def of(*arguments: str) -> set[tuple[str, str]]:
    return {(row["source"], row["target"]) for row in rows(*arguments)}


def test_of_nobody_one_or_two():
    assert of(*SINCE) == {("IRQ", "RUS"), ("USA", "IRQ"), ("EU", "IRQ")}
    assert of("EU", *SINCE) == {("EU", "IRQ")}
    assert of("العراق", "Russia", *SINCE) == {("IRQ", "RUS")}
    assert of("RUS.ROSOBORONEXPORT", *SINCE) == {("IRQ", "RUS.ROSOBORONEXPORT")}


def test_the_newest_first_and_only_those_known_since_then():
    found = [row["found"] for row in rows(*SINCE)]
    assert found == sorted(found, reverse=True)
    assert of("--since", "2025-04") == {("EU", "IRQ")}


def test_only_the_busiest_pairs():
    assert of("--pairs", "1", *SINCE) == {("IRQ", "RUS")}


def test_a_change_in_full_for_programs():
    (one,) = rows("EU", *SINCE)
    assert list(one) == list(CHANGES) and (one["day"], one["found"]) == ("2025-04-01", "2025-04-05")
    assert len(one["occurrences"]) == 1
    (row,) = csv.DictReader(io.StringIO(run("EU", "--csv", *SINCE).stdout))
    assert list(row) == list(CHANGES) and row["occurrences"] == one["occurrences"][0]


def test_a_line_for_a_reader_in_both_languages():
    assert run("EU", *SINCE).output == (
        "2025-04-01  more from here on  European Union → Iraq  cooperation in words  0.05 → 0.75 a day\n"
        "            known on 2025-04-05\n"
    )
    assert re.match(r"2025-04-01  زيادة من هنا  الاتحاد الأوروبي ← العراق ", run("EU", "--lang", "ar", *SINCE).output)


def test_nothing_is_said_in_words_and_for_programs_in_none(tmp_path):
    Desk(str(tmp_path / "empty.db")).close()
    empty = ("--store", str(tmp_path / "empty.db"))
    assert run(*empty).output == "Nothing of the kind is in the store.\n"
    assert run(*empty, "--lang", "ar").output == "ليس في المخزن شيء من هذا.\n"
    assert run(*empty, "--json").output == "" and run(*empty, "--csv").output == ",".join(CHANGES) + "\n"


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        (["IRQ", "RUS", "USA"], 2, "give nobody, one or two"),
        (["IRQ", "Iraq"], 2, "IRQ and Iraq are the same"),
        (["Atlantis"], 2, "no actor that is known"),
        (["--since", "2026"], 2, "since 2026-01-01 is later than until 2025-07-01"),
        (["--pairs", "0"], 2, "0 is not in the range"),
        (["--json", "--csv"], 2, "give one of --json and --csv"),
        (["--store", "no.db"], 4, "no such store"),
    ],
)
def test_a_wrong_question_is_told(wrong, status, says):
    result = run(*wrong)
    assert result.exit_code == status and says in " ".join(result.stderr.split()), result.output
