import csv
import io
import json
import re

import pairs
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from marsad import coder
from marsad.cli import cli
from marsad.export.course import RUNGS
from marsad.knowledge.ladders import LEVELS
from marsad.types import Coding, Ladder


def run(*arguments: str, width: int = 80, data: str | None = None):
    return CliRunner().invoke(cli, ["ladder", *arguments], env={"COLUMNS": str(width)}, input=data)


# --- what the rungs mean ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_all_rungs_stand_once_under_their_ladders(lang):
    output = run("--lang", lang).output
    names = re.findall(r"^([LWR]-?\d+)  \S", output, re.MULTILINE)
    assert names == [f"{ladder}{level}" for ladder in "LWR" for level in LEVELS[Ladder(ladder)]]
    assert all(cell_len(line) <= 80 for line in output.splitlines())


def test_a_ladder_or_a_rung_however_it_is_written():
    assert re.findall(r"^R\d", run("r").output, re.MULTILINE) == ["R1", "R2", "R3", "R4"]
    assert run("W-1").output == run("w-1").output == run("W−1").output
    both = run("L6", "W4").output
    assert both.index("L6  contract") < both.index("W4  conditional warning") and "«" in both


def test_of_one_rung_the_examples_and_cues_too():
    one, many = run("W1", "--lang", "ar").output, run("W", "--lang", "ar").output
    assert one.startswith("W1  تحفظ\n") and "«" in one and " · " in one
    example = one[one.index("«") :].splitlines()[0]
    assert example not in many and "W1  تحفظ\n" in many


def test_json_has_the_definition_in_both_languages_and_its_source():
    (line,) = run("W4", "--json").stdout.splitlines()
    found = json.loads(line)
    assert list(found) == ["rung", "name", "definition", "cues", "examples", "cameo", "source"]
    assert found["rung"] == "W4" and set(found["definition"]) == {"ar", "en"} and found["examples"]["ar"]
    assert len(run("--json").stdout.splitlines()) == sum(map(len, LEVELS.values()))


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        (["W12"], 3, "ladder W has no level 12. give one of -1 to 9"),
        (["L-1"], 3, "give one of 0 to 10"),
        (["R0"], 3, "give one of 1 to 4"),
        (["W", "--csv"], 2, "give --json or nothing"),
        (["W", "--json", "--csv"], 2, "give one of --json and --csv"),
        (["no-file.txt"], 3, "no-file.txt: no such file"),
    ],
)
def test_what_there_is_not_is_told(wrong, status, says):
    result = run(*wrong)
    assert result.exit_code == status and says in " ".join(result.stderr.split()), result.output


# --- which an article gives ------------------------------------------------------------------------------------------


class Coder:
    """Codes the texts of tests/pairs.py by their words."""

    def pipe(self, items, batch_size=None):
        from dataclasses import replace

        known = {pairs.article(name).text: name for name in pairs.TEXTS}
        for item in items:
            if not hasattr(item, "text"):
                yield item
            elif item.text in known:
                yield replace(pairs.coding(known[item.text]), article=item)
            else:
                yield Coding(article=item, sentences=(), mentions=(), events=(), coder="test")


@pytest.fixture
def fast(monkeypatch):
    monkeypatch.setattr(coder, "load", lambda settings: Coder())


def line(name: str) -> str:
    url, day, language, text, _ = pairs.TEXTS[name]
    title, _, body = text.partition("\n\n")
    given = {"id": name, "url": url, "published": str(day), "language": language, "title": title, "text": body}
    return json.dumps(given, ensure_ascii=False) + "\n"


@pytest.mark.usefixtures("fast")
def test_articles_are_read_and_their_rungs_shown_with_whom_they_are_about():
    output = run("-", data=line("visit") + line("threat")).output
    visit, threat = output.split("\n\n")[:2]
    assert visit.splitlines()[:3] == [
        "visit", "2025-01-10    L3 high-level visit", "            Iraq – Russia · reported as fact",
    ]  # fmt: skip
    assert "زار وزير الدفاع العراقي موسكو" in visit
    assert threat.splitlines()[0] == "threat" and "United States → Iraq (Russia)" in " ".join(threat.split())
    assert "dijla" not in output


@pytest.mark.usefixtures("fast")
def test_an_article_without_a_rung_says_so():
    assert run("-", "--lang", "ar", data=line("other")).output == "other\nلا درجة على أي من السلّمين.\n\n"


@pytest.mark.usefixtures("fast")
def test_json_and_csv_of_articles():
    found = [json.loads(one) for one in run("-", "--json", data=line("contract") + line("other")).stdout.splitlines()]
    assert [one["id"] for one in found] == ["contract", "other"] and found[1]["rungs"] == []
    assert [one["rung"] for one in found[0]["rungs"]] == ["L6"] and not found[0]["rungs"][0]["confirmed"]
    table = list(csv.DictReader(io.StringIO(run("-", "--csv", data=line("visit") + line("threat")).stdout)))
    assert list(table[0]) == list(RUNGS) and [row["rung"] for row in table] == ["L3", "W5"]


@pytest.mark.usefixtures("fast")
def test_what_cannot_be_read_is_told_and_the_rest_is_read():
    data = '{"txt": 1}\n' + line("visit")
    result = run("-", data=data)
    assert result.exit_code == 0 and "line 1" in result.stderr and "L3 high-level visit" in result.stdout
    error, visit = map(json.loads, run("-", "--json", data=data).stdout.splitlines())
    assert error["error"]["code"] == "format" and visit["id"] == "visit"
    assert run("-", "--quiet", data=data).stderr == ""
    assert run("-", data='{"txt": 1}\n').exit_code == 3


@pytest.mark.usefixtures("fast")
def test_words_of_a_paper_command_no_terminal():
    output = run("-", data=line("hostile")).output
    assert "<script>alert('x')</script>" in " ".join(output.split())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", output)
