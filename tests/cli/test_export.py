import csv
import io
import json

import desks
import pytest
from click.testing import CliRunner

from marsad.cli import cli
from marsad.export import polecat
from marsad.export.rows import COLUMNS


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return desks.made(tmp_path_factory.mktemp("store") / "marsad.db")


@pytest.fixture(autouse=True)
def folder(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MARSAD_STORE", str(built))
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(cli, ["export", *arguments])


def test_rows_have_every_column_and_how_many_report_the_same():
    made = [json.loads(line) for line in run("jsonl").stdout.splitlines()]
    assert len(made) == 6 and all(list(row) == list(COLUMNS) for row in made)
    assert sorted(row["reports"] for row in made) == [1, 1, 1, 3, 3, 3]
    table = list(csv.DictReader(io.StringIO(run("csv").stdout)))
    assert [row["event"] for row in table] == [row["event"] for row in made]


def test_the_filters_are_those_of_events():
    made = [json.loads(line) for line in run("jsonl", "--actor", "RUS", "--until", "2026-03-01").stdout.splitlines()]
    assert len(made) == 3 and {row["type"] for row in made} == {"CONSULT"}
    assert len(run("jsonl", "--withdrawn").stdout.splitlines()) == 7


def test_polecat_has_what_happened_alone():
    out = run("polecat")
    made = list(polecat.read(io.StringIO(out.stdout)))
    assert [row["Event Type"] for row in made] == ["REJECT", "CONSULT", "CONSULT"]
    assert out.stderr == ""
    wider = run("polecat", "--status", "PLANNED")
    assert "SANCTION" in wider.stdout and "readers will take" in wider.stderr
    assert run("polecat", "--status", "CONTESTED").exit_code == 2


def test_follow_the_money_has_one_event_an_act():
    made = [json.loads(line) for line in run("ftm").stdout.splitlines()]
    events = [one for one in made if one["schema"] == "Event"]
    assert len(events) == 2
    visit = next(one for one in events if "(contested)" in one["properties"]["name"][0])
    assert len(visit["properties"]["proof"]) == 3


def test_a_file_is_there_whole_or_not_at_all(folder, monkeypatch):
    assert run("csv", "out.csv").output == "out.csv: events 6\n"
    before = (folder / "out.csv").read_bytes()
    assert json.loads(run("csv", "out.csv", "--bom", "--json").stdout) == {"form": "csv", "out": "out.csv", "events": 6}
    assert (folder / "out.csv").read_bytes() == b"\xef\xbb\xbf" + before

    def broken(self, *_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("marsad.desk.Desk.spread", broken)
    assert run("csv", "out.csv").exit_code == 130
    assert (folder / "out.csv").read_bytes() == b"\xef\xbb\xbf" + before
    assert [one.name for one in folder.iterdir()] == ["out.csv"]


def test_parquet_in_one_file_or_by_month(folder):
    polars = pytest.importorskip("polars")
    run("parquet", "out.parquet")
    assert polars.read_parquet(folder / "out.parquet").height == 6
    run("parquet", "months", "--by-month")
    assert [one.name for one in (folder / "months").iterdir()] == ["month=2026-03"]


def test_a_package(folder):
    said = ("--title", "A visit", "--author", "N. N.", "--licence", "CC-BY-4.0", "--edition", "2")
    assert run("package", "visit", *said).output == "visit: events 6\n"
    described = json.loads((folder / "visit" / "datapackage.json").read_text(encoding="utf-8"))
    assert (described["title"], described["version"], described["created"][:10]) != ("", "", "")
    assert described["versions"]["model"] == "test" and described["versions"]["knowledge"]
    table = list(csv.DictReader((folder / "visit" / "dyad_months.csv").read_text(encoding="utf-8").splitlines()))
    visit = next(row for row in table if (row["source"], row["target"]) == ("RUS", "IRQ"))
    assert (visit["occurrences"], visit["reports"], visit["contested"]) == ("1", "3", "1")
    assert "CC-BY-4.0" in (folder / "visit" / "CITATION.cff").read_text(encoding="utf-8")


def test_judgements_are_sentences_to_train_with():
    run_ = CliRunner().invoke
    run_(cli, ["judge", desks.event("planned"), "status=ACTUAL", "--because", "x", "--name", "me"])
    (row,) = [json.loads(line) for line in run("judgements").stdout.splitlines()]
    assert row["events"][0]["status"] == "ACTUAL" and row["lang"] == "ar"
    assert run("judgements", "--actor", "RUS").exit_code == 2


@pytest.mark.parametrize(
    "wrong",
    [
        ["parquet"],
        ["package"],
        ["spreadsheet"],
        ["csv", "--json"],
        ["jsonl", "out", "--bom"],
        ["csv", "out", "--by-month"],
        ["csv", "out", "--title", "x"],
        ["csv", "out", "--author", "x"],
        ["parquet", "out", "--frames"],
        ["csv", "--country", "Atlantis"],
    ],
)
def test_what_does_not_go_together(wrong, folder):
    assert run(*wrong).exit_code == 2
    assert list(folder.iterdir()) == []


def test_the_store_is_never_written_over(built):
    before = built.read_bytes()
    assert run("csv", str(built)).exit_code == 2
    assert built.read_bytes() == before


def test_what_is_there_and_is_none_of_ours_stays(folder):
    (folder / "mine").mkdir()
    (folder / "mine" / "letter.txt").write_text("dear")
    result = run("package", "mine")
    assert result.exit_code == 1 and (folder / "mine" / "letter.txt").read_text() == "dear"
    assert run("csv", "no/such/folder.csv").exit_code == 1
