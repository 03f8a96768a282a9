import csv
import io
import json
import re
from xml.etree import ElementTree

import pairs
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from marsad.cli import cli
from marsad.desk import Desk
from marsad.export.series import RELATIONS

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return pairs.made(tmp_path_factory.mktemp("store") / "marsad.db")


@pytest.fixture
def store(built, monkeypatch):
    monkeypatch.chdir(built.parent)
    pairs.stand_in(monkeypatch)
    return built


def run(*arguments: str, width: int = 110):
    return CliRunner().invoke(cli, ["relation", *arguments], env={"COLUMNS": str(width)})


def told(*arguments: str) -> dict:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    return json.loads(line)


def rungs(found: dict) -> list[str]:
    return [one["rung"] for one in found["course"]["rungs"]]


UNTIL = ("--until", "2025-07-01")


# --- for a reader ----------------------------------------------------------------------------------------------------


def test_first_whom_it_is_about_and_what_was_read_once():
    result = run("IRQ", "RUS", *UNTIL)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[:3] == [
        "Iraq – Russia · United States", "Articles: 10 · Sources: 4", "country: RUS 4 · IRQ 3 · USA 3",
    ]  # fmt: skip
    assert result.output.count("Sources: 4") == 1 and result.output.count("expected: mean of") == 1


def test_then_both_directions_month_by_month():
    lines = run("IRQ", "RUS", *UNTIL).output.splitlines()
    forth, back = lines.index("IRQ Iraq → RUS Russia"), lines.index("RUS Russia → IRQ Iraq")
    assert forth < back
    months = [line.split()[:3] for line in lines[forth + 2 : forth + 9]]
    assert [month[0] for month in months] == [*(f"2025-0{n}" for n in range(1, 7)), "2025-07-01"]
    assert months[3][1:] == ["0", "0"] and months[6][1:] == ["—", "—"]


def test_then_changes_then_the_ladders_with_their_sentences():
    output = run("IRQ", "RUS", *UNTIL).output
    assert "2025-01-10  more from here on  Iraq → Russia" in output
    assert "Rapprochement · L6 contract since 2025-03-03 (120 days)" in output
    assert "Warning · W5 explicit threat since 2025-03-10 (113 days)" in output
    assert re.search(r"^2025-03-10 +W5 explicit threat$", output, re.MULTILINE)
    assert "Washington will impose sanctions on Iraq" in output
    assert output.index("more from here on") < output.index("Rapprochement ·") < output.index("W5 explicit threat\n")


def test_in_arabic_by_arabic_names():
    result = run("العراق", "روسيا", "--lang", "ar", "--sanctioner", "أمريكا", *UNTIL)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[0] == "العراق – روسيا · الولايات المتحدة"
    assert "سلّم التقارب · L6 عقد منذ 2025-03-03" in result.output and "IRQ العراق ← RUS روسيا" in result.output


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [80, 110])
def test_no_line_is_wider_than_the_terminal(lang, width):
    for line in run("IRQ", "RUS", "--lang", lang, *UNTIL, width=width).output.splitlines():
        assert cell_len(line) <= width, line


def test_words_of_a_paper_command_no_terminal():
    output = run("IRQ", "RUS", *UNTIL).output
    assert "<script>alert('x')</script>" in output.replace("\n", " ")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", output)


def test_a_table_shows_the_last_lines_and_since_shows_all():
    output = run("IRQ", "RUS", "--by", "day", *UNTIL).output
    assert output.count("… earlier periods: --since") == 2
    assert re.search(r"^2025-06-03 – 07-01 +— +— +0 ", output, re.MULTILINE)
    assert "earlier periods" not in run("IRQ", "RUS", "--by", "day", "--since", "2025", *UNTIL).output


def test_without_a_word_of_what_was_asked_that_is_said(tmp_path):
    empty = tmp_path / "empty.db"
    Desk(str(empty)).close()
    for lang, words in (("en", "No rung on either ladder."), ("ar", "لا درجة على أي من السلّمين.")):
        result = run("IRQ", "RUS", "--store", str(empty), "--lang", lang)
        assert result.exit_code == 0 and result.output.splitlines()[-1] == words
    assert told("IRQ", "RUS", "--store", str(empty))["course"]["rungs"] == []


def test_where_it_is_not_known_whose_the_papers_are(tmp_path):
    pairs.desk(str(tmp_path / "news.db"), countries=False).close()
    output = run("IRQ", "RUS", "--store", str(tmp_path / "news.db"), *UNTIL).output
    assert "country: unknown 10\nno source known to be from: IRQ · RUS · USA\n" in output


def test_rungs_that_were_too_many_are_told(monkeypatch):
    from marsad.desk.pairs import climbing
    from marsad.store import reached

    monkeypatch.setattr(reached, "MOST", 0)
    monkeypatch.setattr(climbing, "LOW", 0)
    left = told("IRQ", "RUS", *UNTIL)["left"]
    assert left > 0
    assert f"rungs that were too many to show one by one: {left}" in run("IRQ", "RUS", *UNTIL).output


# --- for programs ----------------------------------------------------------------------------------------------------


def test_json_is_one_object_with_everything():
    found = told("IRQ", "RUS", *UNTIL)
    assert list(found) == ["forth", "back", "changes", "course", "rises", "left"]
    assert (found["forth"]["source"], found["back"]["source"], found["forth"]["by"]) == ("IRQ", "RUS", "month")
    assert found["forth"]["coverage"]["countries"] == {"RUS": 4, "IRQ": 3, "USA": 3}
    assert rungs(found) == ["L3", "W0", "L4", "L6", "W5", "L3"]
    assert {one["quad"] for one in found["changes"]} >= {"verbal-cooperation"}
    contract = next(one for one in found["course"]["rungs"] if one["rung"] == "L6")
    assert contract["reports"] == 2 and len(contract["origins"]) == 2 and contract["confirmed"]
    assert contract["party"] == "IRQ.GOV.MOD" and contract["url"].startswith("https://")
    assert found["rises"][0]["level"] == 3 and found["left"] == 0


def test_csv_is_both_directions_with_the_columns_of_the_library():
    table = list(csv.DictReader(io.StringIO(run("IRQ", "RUS", "--csv", *UNTIL).stdout)))
    assert len(table) == 14 and list(table[0]) == list(RELATIONS)
    assert {(row["source"], row["target"]) for row in table} == {("IRQ", "RUS"), ("RUS", "IRQ")}
    assert (table[6]["acts"], table[3]["acts"]) == ("", "0")


def test_the_days_bound_the_series_and_the_rungs():
    found = told("IRQ", "RUS", "--since", "2025-03", "--until", "2025-03", "--by", "week")
    assert (found["forth"]["periods"][0]["first"], found["forth"]["periods"][-1]["last"]) == ("2025-03-01",
                                                                                              "2025-03-31")  # fmt: skip
    assert rungs(found) == ["L6", "W5"]


def test_ministries_makers_and_bodies_of_states():
    assert rungs(told("IRQ", "RUS.ROSOBORONEXPORT", *UNTIL)) == ["W0", "L4", "L6", "W5"]
    assert rungs(told("IRQ", "Rosoboronexport", "--quiet", *UNTIL)) == ["W0", "L4", "L6", "W5"]
    assert rungs(told("irq.gov.mod", "RUS", *UNTIL)) == ["L3", "W0", "L4", "L6", "W5", "L3"]
    europe = told("EU", "IRQ", *UNTIL)
    assert sum(one["acts"] or 0 for one in europe["forth"]["periods"]) == 1
    assert europe["forth"]["coverage"]["missing"] == []


def test_by_the_setting_nobody_warns_of_itself():
    assert told("IRQ", "USA", *UNTIL)["course"]["sanctioner"] is None
    assert told("IRQ", "RUS", *UNTIL)["course"]["sanctioner"] == "USA"
    assert told("IRQ", "RUS", "--sanctioner", "EU", *UNTIL)["course"]["sanctioner"] == "EU"


# --- the picture -----------------------------------------------------------------------------------------------------


def marks(svg: str) -> list[str]:
    """The titles of the marks."""
    space = "{http://www.w3.org/2000/svg}"
    groups = ElementTree.fromstring(svg).iter(f"{space}g")
    return [title.text for one in groups if (title := one.find(f"{space}title")) is not None]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_picture_has_a_mark_for_each_rung_and_bands_for_changes(tmp_path, lang):
    file = tmp_path / "ladders.svg"
    result = run("IRQ", "RUS", "--plot", str(file), "--lang", lang, *UNTIL)
    assert result.exit_code == 0 and len(result.output.splitlines()) > 20
    svg = file.read_text(encoding="utf-8")
    assert len(marks(svg)) == 6 and svg.count("<title>2025-01-10 · ") >= 2  # a mark and a band
    assert "Washington will impose sanctions" in next(one for one in marks(svg) if "W5" in one)
    assert "<script" not in svg and "&lt;script&gt;" in svg
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", svg)


def test_the_picture_on_standard_output_is_nothing_else():
    assert len(marks(run("IRQ", "RUS", "--plot", "-", *UNTIL).stdout)) == 6


def test_a_picture_beside_json(tmp_path):
    file = tmp_path / "ladders.SVG"
    assert rungs(told("IRQ", "RUS", "--plot", str(file), *UNTIL)) and file.exists()


# --- wrong questions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        (["IRQ", "Atlantis"], 2, "'Atlantis' is no actor that is known"),
        (["IRQ", "IRQ"], 2, "IRQ stands there twice: give different ones"),
        (["IRQ", "العراق"], 2, "IRQ and العراق are the same: give different ones"),
        (["IRQ"], 2, "Missing argument 'OTHER'"),
        (["IRQ", "RUS", "--sanctioner", "Russia"], 2, "--sanctioner Russia is one of the two"),
        (["IRQ", "RUS", "--sanctioner", "Atlantis"], 2, "no actor that is known"),
        (["IRQ", "RUS", "--since", "2025", "--until", "2024"], 2, "since 2025-01-01 is later than until 2024-12-31"),
        (["IRQ", "RUS", "--since", "soon"], 2, "'soon' is no day"),
        (["IRQ", "RUS", "--by", "year"], 2, "'year' is not one of"),
        (["IRQ", "RUS", "--json", "--csv"], 2, "give one of --json and --csv"),
        (["IRQ", "RUS", "--json", "--plot", "-"], 2, "give one of --json and --plot"),
        (["IRQ", "RUS", "--plot", "ladders.png"], 2, "give one that ends in .svg"),
        (["IRQ", "RUS", "--plot", "no/ladders.svg"], 1, "cannot be written"),
        (["IRQ", "RUS", "--store", "no.db"], 4, "no such store"),
    ],
)
def test_a_wrong_question_is_told_and_writes_nothing(wrong, status, says, store):
    before = sorted(store.parent.iterdir())
    result = run(*wrong)
    assert result.exit_code == status, result.output
    assert says in " ".join(result.stderr.split()) and result.stdout == ""
    assert sorted(store.parent.iterdir()) == before


def test_the_store_is_never_drawn_over(store, tmp_path):
    kept = tmp_path / "news.svg"
    kept.write_bytes(store.read_bytes())
    assert run("IRQ", "RUS", "--store", str(kept), "--plot", str(kept)).exit_code == 2
    assert kept.read_bytes() == store.read_bytes()
