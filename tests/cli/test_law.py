import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from marsad.cli.law import law
from marsad.errors import KnowledgeError, NotFoundError
from marsad.knowledge import instruments as known
from marsad.knowledge.files import DATA

A231 = "us/caatsa/231"


def run(*arguments):
    return CliRunner().invoke(law, arguments)


@pytest.fixture
def mine(tmp_path):
    """A folder with a law of a user's own that is Marsad's under another id."""
    source = DATA / "instruments/us/caatsa"
    folder = tmp_path / "mine/instruments/us/mine"
    folder.mkdir(parents=True)
    for name in ("226.yaml", "226.tests.yaml"):
        text = (source / name).read_text(encoding="utf-8").replace("us/caatsa/226", "us/mine/226")
        (folder / name).write_text(text, encoding="utf-8")
    return tmp_path / "mine"


def test_all_laws_are_listed():
    result = run()
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(known.laws())
    lines = [json.loads(line) for line in run("--json").stdout.splitlines()]
    assert [one["id"] for one in lines] == list(known.laws()) and not any(one["own"] for one in lines)
    found = next(one for one in lines if one["id"] == A231)
    assert (found["versions"], found["valid_from"], found["valid_to"]) == (3, "2017-08-02", None)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("CAATSA section 231", "Versions", "checked against the text", "Research, not legal advice.")),
        ("ar", ("كاتسا، المادة 231", "الصيغ", "قوبل بالنص", "بحث لا مشورة قانونية.")),
    ],
)
def test_a_law_for_people(lang, words):
    result = run(A231, "--lang", lang)
    assert result.exit_code == 0
    assert all(word in result.stdout for word in words)


def test_a_law_on_a_day():
    assert "[modified_waiver]" not in run(A231, "--on", "2018-08-12").stdout
    assert "[modified_waiver]" in run(A231, "--on", "2018-08-13").stdout
    result = run(A231, "--on", "2017-08-01")
    assert result.exit_code == 0 and "No version was in force on 2017-08-01." in result.stdout


def test_a_law_as_json():
    record = json.loads(run(A231, "--json").stdout)
    assert record["id"] == A231 and len(record["versions"]) == 3
    record = json.loads(run(A231, "--json", "--on", "2018-08-13").stdout)
    assert [one["valid_from"] for one in record["versions"]] == ["2018-08-13"]
    assert json.loads(run(A231, "--json", "--on", "2017-08-01").stdout)["versions"] == []


def test_what_an_amendment_changed():
    result = run(A231, "--diff", "2018-08-12", "2018-08-13")
    assert result.exit_code == 0
    assert "+ way out added: Modified waiver  [modified_waiver]" in result.stdout
    record = json.loads(run(A231, "--diff", "2018-08-12", "2018-08-13", "--json").stdout)
    assert (record["from"], record["to"]) == ("2018-08-12", "2018-08-13")
    assert {"part": "relief", "id": "modified_waiver", "change": "added"}.items() <= {
        key: value for key, value in record["differences"][-1].items() if key in ("part", "id", "change")
    }.items()
    assert json.loads(run(A231, "--diff", "2018-08-13", "2020-01-01", "--json").stdout)["differences"] == []
    assert json.loads(run(A231, "--diff", "2016-01-01", "2017-08-02", "--json").stdout)["differences"]


def test_who_is_on_the_list():
    result = run(A231, "--names", "--on", "2018-09-20")
    assert result.exit_code == 0 and result.stdout.count("lsp-") == 72
    assert result.stdout.startswith("To be on this list is no sanction")
    assert json.loads(run(A231, "--names", "--on", "2018-09-19", "--json").stdout)["count"] == 39
    refused = run("us/caatsa/107", "--names")
    assert isinstance(refused.exception, NotFoundError)


def test_a_law_that_is_not_there():
    result = run("us/caatsa/999")
    assert isinstance(result.exception, NotFoundError) and result.exception.exit_code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        (A231, "--on", "2018-08-13", "--diff", "2018-08-12", "2018-08-13"),
        (A231, "--names", "--diff", "2018-08-12", "2018-08-13"),
        ("--on", "2018-08-13"),
        ("--names",),
        (A231, "--on", "yesterday"),
        (A231, "--check", "."),
    ],
)
def test_wrong_usage(arguments):
    assert run(*arguments).exit_code == 2


def test_laws_of_a_user(mine):
    result = run("--knowledge", str(mine))
    assert f"your own: {mine}" in result.stdout and "us/mine/226" in result.stdout
    assert "CAATSA section 226" in run("us/mine/226", "--knowledge", str(mine)).stdout
    assert isinstance(run("us/mine/226").exception, NotFoundError)
    (one,) = (one for one in map(json.loads, run("--json", "--knowledge", str(mine)).stdout.splitlines()) if one["own"])
    assert Path(one["file"]) == mine / "instruments/us/mine/226.yaml"


def test_marsads_own_laws_are_checked():
    result = run("--check")
    assert (result.exit_code, result.stdout) == (0, "no problem\n")
    result = run("--check", "--json")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_folder_is_checked(mine):
    assert run("--check", str(mine)).exit_code == 0
    path = mine / "instruments/us/mine/226.yaml"
    text = path.read_text(encoding="utf-8").replace("kind: fact\n", "kind: fakt\n", 1)
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("kind: fakt")].count("\n") + 1
    result = run("--check", str(mine))
    assert result.exit_code == 4
    assert result.stdout.startswith(f"{path}:{line}: elements.is_bank.kind: 'fakt' is no term of kinds")
    told = json.loads(run("--check", str(mine), "--json").stdout.splitlines()[0])
    assert (told["file"], told["line"], told["key"]) == (str(path), line, "elements.is_bank.kind")
    shown = run("us/mine/226", "--knowledge", str(mine))
    assert isinstance(shown.exception, KnowledgeError) and f"{path}:{line}" in str(shown.exception)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("limb_b: true, exposure: true,", "limb_b: false, exposure: true,", "limb_b is true, false was expected"),
        ("reliefs: [waiver]", "reliefs: []", "the reliefs are ['waiver'], [] were expected"),
        (
            "label: sanctions imposed",
            "label: not engaged",
            "the label is 'sanctions imposed', 'not engaged' was expected",
        ),
    ],
)
def test_a_case_that_comes_to_something_else_is_told_with_its_line(mine, old, new, told):
    path = mine / "instruments/us/mine/226.tests.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = run("--check", str(mine))
    assert result.exit_code == 4
    line = text[: text.index(old)].count("\n") + 1
    places = [row.partition(": ")[0] for row in result.stdout.splitlines() if told in row]
    assert places and (f"{path}:{line}" in places or "limb_b" in old)


def test_a_folder_without_laws(tmp_path):
    assert isinstance(run("--check", str(tmp_path)).exception, KnowledgeError)
