import json
import shutil

import desks
import pytest
from click.testing import CliRunner

from marsad.cli import cli

VISIT, SANCTION = desks.event("one"), desks.event("planned")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return desks.made(tmp_path_factory.mktemp("store") / "built.db")


@pytest.fixture(autouse=True)
def folder(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(built, "marsad.db")
    monkeypatch.setenv("USER", "Salma")


def run(command: str, *arguments: str):
    return CliRunner().invoke(cli, [command, *arguments])


def judge(*arguments: str) -> list[dict]:
    result = run("judge", "--json", *arguments)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_judgement_stands_beside_the_machines_value():
    made = judge(SANCTION[:8], "status=actual", "recipients=SDN,SDN.GOV", "--because", "it is law now")
    assert [(one["field"], one["value"], one["name"]) for one in made] == [
        ("status", "ACTUAL", "Salma"),
        ("recipients", "SDN, SDN.GOV", "Salma"),
    ]
    row = next(json.loads(line) for line in run("events", "--json", "--type", "SANCTION").stdout.splitlines())
    assert row["status"] == "PLANNED" and row["judged"]["status"]["value"] == "ACTUAL"
    assert "judged: status=ACTUAL · Salma: it is law now" in run("events", "--type", "SANCTION").output
    assert "judged: status=ACTUAL" in run("article", desks.article("planned").id).output


def test_a_later_one_stands_over_an_earlier_and_can_be_taken_back():
    judge(VISIT, "type=AGREE", "--because", "first")
    judge(VISIT, "type=COOPERATE", "--because", "second thoughts", "--name", "Layla")
    last = judge("--list", VISIT[:10])[-1]
    assert (last["value"], last["name"]) == ("COOPERATE", "Layla")
    back = judge("--withdraw", str(last["id"]), "--because", "no")
    assert back[0]["field"] == "withdrawn"
    rows = [json.loads(line) for line in run("events", "--json", "--reports").stdout.splitlines()]
    assert next(row for row in rows if row["event"] == VISIT)["judged"]["type"]["value"] == "AGREE"


def test_all_fields_or_none():
    result = run("judge", VISIT, "type=AGREE", "status=perhaps", "--because", "x")
    assert result.exit_code == 3 and "'perhaps' is no status" in result.stderr
    assert len(judge("--list")) == 2  # those of the store as it was made


def test_what_is_one_story_is_judged_too():
    one, other = desks.article("planned").id, desks.article("quoted").id
    assert judge(one, f"same-as={other}", "--because", "one affair")[0]["field"] == "same-as"
    assert "same-as" in run("judge", "--list").output


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        ([], 2, "a reason"),
        (["--because", "x"], 2, "give an id"),
        ([VISIT, "--because", "x"], 2, "give an id and field=value"),
        ([VISIT, "status", "--because", "x"], 2, "'status' is no judgement"),
        ([VISIT, "status=ACTUAL"], 2, "a reason"),
        ([VISIT, "status=ACTUAL", "status=DENIED", "--because", "x"], 2, "stands there twice"),
        ([VISIT, "colour=red", "--because", "x"], 3, "'colour' cannot be judged"),
        ([VISIT, "status=", "--because", "x"], 3, "has a value"),
        (["ffff", "status=ACTUAL", "--because", "x"], 3, "no event"),
        (["--list", "ffff"], 3, "nothing with the id"),
        (["--list", "--because", "x"], 2, "only lists"),
        (["--withdraw", "99", "--because", "x"], 3, "no judgement 99"),
        (["--withdraw", "1", VISIT, "--because", "x"], 2, "nothing else"),
    ],
)
def test_what_cannot_be_judged(wrong, status, says):
    result = run("judge", *wrong)
    assert (result.exit_code, says in " ".join(result.stderr.split())) == (status, True), result.output
