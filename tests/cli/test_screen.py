import csv
import io
import json

import pytest
import sanctioned
from click.testing import CliRunner

from marsad.cli import COMMANDS, cli
from marsad.export.screened import COLUMNS, WORDS

NAMES = """id,name,type,born,country,note
7,كريم سلمان دروازي,person,1961,Syria,"a, b"
8,Karim Darwazi,person,1990-01-01,France,
9,John Smith,,,,
10,Abu Najm,,,,
11,王伟,,,,
12,Rosoboronexport,entity,soon,,
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for name in ("lists", "screen"):
        monkeypatch.setitem(COMMANDS, name, (f"marsad.cli.{name}:{name}", name))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.csv").write_text(NAMES, encoding="utf-8")
    CliRunner().invoke(cli, ["lists", "add", *map(str, sanctioned.written(tmp_path, "un-xml"))])
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli, ["screen", *arguments])


def rows(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_the_decision_stands_beside_each_row_and_the_rest_is_untouched():
    result = run("names.csv", "--on", "2026-11-30", "--csv")
    assert result.exit_code == 0, result.output
    found = rows(result.stdout)
    assert [row["screen_decision"] for row in found] == [
        "match", "no match", "no match", "possible", "not screened", "match",
    ]  # fmt: skip
    assert list(found[0]) == ["id", "name", "type", "born", "country", "note", *COLUMNS]
    assert [[row[key] for key in ("id", "name", "type", "born", "country", "note")] for row in found] == list(
        csv.reader(io.StringIO(NAMES))
    )[1:]
    first, second, _, weak, unread, firm = found
    assert (first["screen_list"], first["screen_list_date"], first["screen_uid"]) == ("un", "2026-03-12", "QDi.999")
    assert (first["screen_programmes"], first["screen_listed"]) == ("Al-Qaida", "2018-04-05")
    assert first["screen_why"].startswith("كريم = كريم") and first["screen_against"] == ""
    assert "1990-01-01 ≠ 1960/1962, ~1964" in second["screen_against"] and "FRA ≠ SYR" in second["screen_against"]
    assert weak["screen_matched_kind"] == "weak" and "weak alias" in weak["screen_against"]
    assert "no name, or none in" in unread["screen_against"]
    assert firm["screen_list"] == "shipped:us/caatsa/231" and "could not be read: soon" in firm["screen_against"]


def test_json_says_what_it_rests_on_and_why():
    head, first, *_ = map(json.loads, run("names.csv", "--on", "2026-11-30", "--json").stdout.splitlines())
    assert (head["kind"], head["on"], head["threshold"]) == ("screening", "2026-11-30", 0.77)
    assert [one["list"] for one in head["lists"]] == ["un", "shipped:us/caatsa/231", "shipped:un"]
    assert (first["row"], first["cells"][0], first["decision"]) == (1, "7", "match")
    [hit] = first["hits"]
    assert hit["matched"] == {"text": "كريم سلمان دروازي", "kind": "strong", "note": "original script"}
    assert {check["what"]: check["verdict"] for check in hit["checks"]} == {
        "born": "agrees", "country": "agrees", "type": "agrees",
    }  # fmt: skip
    assert [part["asked"] for part in hit["why"]] == ["كريم", "سلمان", "دروازي"]


def test_text_tells_whom_to_look_at_in_both_languages():
    english = run("names.csv", "--on", "2026-11-30").output
    assert "un@2026-03-12" in english and "John Smith" not in english and "Karim Darwazi" in english
    assert "match: 2 · possible: 1 · no match: 2 · not screened: 1" in english
    assert "is no sanction of its own" in english and "not legal advice" in english
    arabic = run("names.csv", "--on", "2026-11-30", "--lang", "ar").output
    assert "تطابق: 2" in arabic and "ليس عقوبة في ذاته" in arabic
    assert "John Smith" in run("names.csv", "--on", "2026-11-30", "--all").output


def test_the_day_decides_which_version_is_asked(folder):
    changed = sanctioned.UN_XML.replace("2026-03-12", "2026-06-01").replace("DARWAZI", "HAMDUSH")
    changed = changed.replace("كريم سلمان دروازي", "").replace("Kareem Derwazi", "")
    (folder / "later.xml").write_text(changed)
    CliRunner().invoke(cli, ["lists", "add", "later.xml"])
    (folder / "one.csv").write_text("name\nKarim Salman Darwazi\n")
    decisions = {}
    for day in ("2026-03-11", "2026-03-12", "2026-05-31", "2026-06-01"):
        result = run("one.csv", "--on", day, "--json")
        head, row = map(json.loads, result.stdout.splitlines())
        used = [one["as_of"] for one in head["lists"] if not one["shipped"]]
        late = [one["list"] for one in head["not_screened_against"]]
        decisions[day] = (row["decision"], used, late)
    assert decisions == {
        "2026-03-11": ("no match", [], ["un"]),
        "2026-03-12": ("match", ["2026-03-12"], []),
        "2026-05-31": ("match", ["2026-03-12"], []),
        "2026-06-01": ("no match", ["2026-06-01"], []),
    }
    assert "no version of that day or before: un" in run("one.csv", "--on", "2026-03-11").output


def test_a_table_of_excel_comes_back_as_one(folder):
    (folder / "x.csv").write_bytes("\ufeffالاسم;ملاحظة\r\nكريم سلمان دروازي;=1+1\r\n".encode())
    assert run("x.csv", "--on", "2026-11-30", "--out", "out.csv").exit_code == 0
    data = (folder / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    [row] = rows(data.decode("utf-8-sig"), ";")
    assert (row["ملاحظة"], row["screen_decision"]) == ("=1+1", "match")


def test_no_cell_of_ours_is_a_formula(folder):
    text = sanctioned.UN_XML.replace("GULF PEARL TRADING", "=GULF PEARL TRADING").replace("Al-Qaida", "@SUM(A1)")
    (folder / "x.xml").write_text(text)
    CliRunner().invoke(cli, ["lists", "add", "x.xml"])
    (folder / "one.csv").write_text("name\nGulf Pearl Trading\n")
    [row] = rows(run("one.csv", "--on", "2026-11-30", "--csv").stdout)
    assert row["screen_entry"] == "'=GULF PEARL TRADING" and row["screen_programmes"] == "'@SUM(A1)"


def test_the_form_of_a_file_is_told_by_its_ending(folder):
    for name in ("a.json", "a.jsonl", "a.txt", "a.csv"):
        assert run("names.csv", "--on", "2026-11-30", "--out", name).exit_code == 0
    assert (folder / "a.json").read_text() == (folder / "a.jsonl").read_text() != (folder / "a.csv").read_text()
    assert json.loads((folder / "a.json").read_text().splitlines()[0])["kind"] == "screening"
    assert (folder / "a.txt").read_text().startswith("Screened as of 2026-11-30")


def test_the_same_twice_is_the_same_bytes(folder):
    one = run("names.csv", "--on", "2026-11-30", "--json").stdout
    assert one == run("names.csv", "--on", "2026-11-30", "--json", "--processes", "2").stdout


def test_the_threshold_is_a_bar(folder):
    (folder / "one.csv").write_text("name\nKarim Salman Darwazy Hamdan\n")
    decisions = [
        json.loads(run("one.csv", "--on", "2026-11-30", "--json", "--threshold", bar).stdout.splitlines()[1])[
            "decision"
        ]
        for bar in ("0.6", "1.0")
    ]
    assert decisions == ["match", "possible"] or decisions[0] == "match" != decisions[1]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("no.csv",), 3, "cannot be read"),
        (("names.csv", "--json", "--csv"), 2, "not both"),
        (("names.csv", "--out", "names.csv"), 2, "is the table itself"),
        (("names.csv", "--on", "yesterday"), 2, "no day"),
        (("names.csv", "--threshold", "3"), 2, "threshold"),
        (("names.csv", "--out", "no/where.csv"), 1, "cannot be written"),
    ],
)
def test_faults_are_told_with_their_exit_code(arguments, status, told):
    result = run(*arguments)
    assert (result.exit_code, told in result.output) == (status, True), result.output


def test_a_row_that_cannot_be_read_leaves_the_old_output(folder):
    (folder / "out.csv").write_text("old")
    (folder / "bad.csv").write_text("name,country\nKarim,SYR\nDarwazi, Karim,SYR\n")
    assert run("bad.csv", "--on", "2026-11-30", "--out", "out.csv").exit_code == 3
    assert (folder / "out.csv").read_text() == "old"


def test_a_damaged_list_is_not_screened_against(folder):
    [path] = (folder / "marsad-lists").glob("un@*.gz")
    path.write_bytes(path.read_bytes()[:-20])
    assert run("names.csv", "--on", "2026-11-30").exit_code == 4


def test_every_word_has_both_languages():
    assert all(set(word) == {"ar", "en"} and all(word.values()) for word in WORDS.values())
