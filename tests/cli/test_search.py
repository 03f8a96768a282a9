import json

import desks
import pytest
from click.testing import CliRunner

from marsad.cli import cli


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return desks.made(tmp_path_factory.mktemp("store") / "marsad.db")


@pytest.fixture(autouse=True)
def folder(built, monkeypatch):
    monkeypatch.chdir(built.parent)


def run(*arguments: str):
    return CliRunner().invoke(cli, ["search", *arguments])


def found(*arguments: str) -> list[str]:
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.output
    ids = {desks.article(name).id: name for name in desks.TEXTS}
    return [ids[json.loads(line)["article"]] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["عقوبات"], ["quoted", "planned", "one"]),
        (["sanctions"], ["two"]),
        (["عقوبات", "لافروف"], ["quoted", "one"]),
        (["عقوبات", "-لافروف"], ["planned"]),
        (["sanctions", "-h"], ["two"]),
        (["sanctions", "-Baghdad"], []),
        (["sanctions", "OR", "السودان"], ["planned", "two"]),
        (['"spoke of the"'], ["two"]),
        (["«لن نقبل»"], ["quoted"]),
        (["sanct*"], ["two"]),
        (["عقوبات", "--since", "2026-03-05"], ["quoted", "planned"]),
        (["عقوبات", "--source", "one.example"], ["planned", "one"]),
        (["لافروف", "--status", "CONTESTED"], ["denied", "one"]),
        (["لافروف", "--status", "DENIED"], ["denied"]),
        (["العراق"], ["after"]),
        (["العراق", "--withdrawn"], ["after", "before"]),
        (["كرسي"], []),
    ],
)
def test_words_and_filters(asked, expected):
    assert sorted(found(*asked)) == sorted(expected)
    assert set(found(*asked, "--limit", "1")) <= set(expected)


def test_the_newest_first_and_what_was_found_is_marked():
    result = run("عقوبات")
    lines = result.output.splitlines()
    assert lines[0].startswith("2026-03-06  ") and desks.article("quoted").id in lines[0] and "الرابعة" in lines[0]
    assert lines[1].strip() == "لافروف يتكلم"
    assert "«لن نقبل [العقوبات]»" in lines[2]
    assert lines[-1] == "3 of 3"
    assert run("كرسي", "--lang", "ar").output == "ليس في المخزن شيء من هذا.\n"


def test_json_has_the_ranges_of_the_text():
    made = json.loads(run("sanctions", "--json").stdout)
    text = desks.article("two").text
    assert [text[start:stop] for start, stop in made["spans"]] == ["sanctions"]
    assert text[made["snippet"]["start"] : made["snippet"]["stop"]] == made["snippet"]["text"]
    assert (made["source"], made["source_name"], made["published"]) == ("two.example", "الثانية", "2026-03-01")


def test_pages():
    first = run("عقوبات", "--limit", "2").output.splitlines()[-1]
    assert first.startswith("2 of 3 · --after ")
    rest = run("عقوبات", "--limit", "2", "--after", first.split()[-1]).output
    assert desks.article("one").id in rest and desks.article("quoted").id not in rest


def test_wrong_questions():
    assert run("عقوبات", "--limt", "3").exit_code == 2
    assert run("عقوبات", "--country", "Atlantis").exit_code == 2
    only = run("-عقوبات")
    assert only.exit_code == 3 and "must not be there" in only.stderr
    assert run("…").exit_code == 3
    assert run().exit_code == 2
