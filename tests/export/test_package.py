import csv
import hashlib
import json
import sys
from dataclasses import replace
from datetime import date

import pytest
import world
import yaml

from marsad.errors import ExtraError, WriteError
from marsad.export.package import About, codebook, write
from marsad.export.rows import COLUMNS, rows
from marsad.export.tables import country_columns, dyad_columns
from marsad.knowledge import ontology
from marsad.types import Occurrence, Outcome, Report

CODING = world.handmade()
ABOUT = About(
    created=date(2026, 12, 1),
    title='أحداث: "الخرطوم"',
    model="2",
    knowledge="abc",
    licence="CC-BY-4.0",
    authors=("فريق",),
)
FILES = {
    "events.csv", "dyad_months.csv", "country_months.csv", "datapackage.json", "codebook.md", "codebook.ar.md",
    "CITATION.cff",
}  # fmt: skip


def given() -> list[dict[str, object]]:
    return list(rows(Report(event=event, article=CODING.article) for event in CODING.events))


def table(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_package_has_all_its_files_and_nothing_beside(tmp_path):
    assert write(tmp_path / "out", given(), ABOUT) == len(CODING.events)
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert len(table(tmp_path / "out" / "events.csv")) == len(CODING.events)
    pairs = {(row["source"], row["target"]) for row in table(tmp_path / "out" / "dyad_months.csv")}
    assert ("RUS", "SDN") in pairs


def test_the_description_fits_the_files(tmp_path):
    write(tmp_path, given(), ABOUT)
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert described["versions"]["model"] == "2" and described["versions"]["knowledge"] == "abc"
    assert described["licenses"] == [{"name": "CC-BY-4.0"}]
    columns = {"events.csv": COLUMNS, "dyad_months.csv": dyad_columns(), "country_months.csv": country_columns()}
    assert {resource["path"] for resource in described["resources"]} == set(columns)
    for resource in described["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == list(columns[resource["path"]]) == data.decode().splitlines()[0].split(",")
        assert all(field["description"] and field["description_ar"] for field in resource["schema"]["fields"])
    kinds = {field["name"]: field["type"] for field in described["resources"][0]["schema"]["fields"]}
    assert (kinds["day"], kinds["actors"], kinds["withdrawn"], kinds["score"]) == ("date", "list", "boolean", "number")


def test_values_are_of_the_types_that_the_description_gives(tmp_path):
    write(tmp_path, given(), ABOUT)
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    reads = {"date": date.fromisoformat, "number": float, "integer": int, "boolean": ["true", "false"].index}
    for resource in described["resources"]:
        for field in resource["schema"]["fields"]:
            for row in table(tmp_path / resource["path"]):
                if row[field["name"]] and field["type"] in reads:
                    reads[field["type"]](row[field["name"]])


@pytest.mark.parametrize(("lang", "word"), [("en", "meaning"), ("ar", "المعنى")])
def test_the_code_book_has_every_column_and_every_label(lang, word):
    text = codebook(ABOUT, lang)
    assert word in text and ABOUT.title in text
    for name in (*COLUMNS, *dyad_columns(), *country_columns()):
        assert f"`{name}`" in text
    for entry in ontology.entries():
        assert entry.part == "kind" or f"`{entry.label}`" in text
    assert "`century`" in text and "CC-BY-4.0" in text


def test_the_citation_can_be_read(tmp_path):
    write(tmp_path, given(), ABOUT)
    cited = yaml.safe_load((tmp_path / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["title"], cited["type"], cited["license"]) == (ABOUT.title, "dataset", "CC-BY-4.0")
    assert cited["authors"] == [{"name": "فريق"}] and cited["date-released"] == date(2026, 12, 1)
    assert {"cff-version", "message", "version", "references"} <= set(cited)


def test_tables_count_occurrences_where_they_are_given(tmp_path):
    event = CODING.events[0]
    one = Occurrence(
        id=event.id, story="s", type=event.type, status=Outcome.ACTUAL, reports=("1", "2"), actors=("RUS",),
        recipients=("SDN",), day=event.day, precision=event.precision,
    )  # fmt: skip
    write(tmp_path, given(), ABOUT, occurrences=[one])
    (row,) = table(tmp_path / "dyad_months.csv")
    assert (row["occurrences"], row["reports"]) == ("1", "2")
    write(tmp_path, given(), ABOUT, occurrences=[])
    assert table(tmp_path / "dyad_months.csv") == []


def test_parquet_is_added_on_wish(tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    write(tmp_path, given(), ABOUT, frames=True)
    assert pq.read_table(tmp_path / "events.parquet").num_rows == len(table(tmp_path / "events.csv")) > 0
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert described["resources"][-1]["path"] == "events.parquet"
    write(tmp_path, given(), ABOUT)
    assert {path.name for path in tmp_path.iterdir()} == FILES


def test_without_pyarrow_nothing_is_begun(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExtraError):
        write(tmp_path / "out", given(), ABOUT, frames=True)
    assert list(tmp_path.iterdir()) == []


def test_a_package_replaces_one_and_nothing_of_the_users(tmp_path):
    write(tmp_path / "out", given(), ABOUT)
    write(tmp_path / "out", given()[:1], replace(ABOUT, version="2"))
    assert len(table(tmp_path / "out" / "events.csv")) == 1
    (tmp_path / "out" / "mine.txt").write_text("mine")
    for folder in (tmp_path / "out", tmp_path / "out" / "mine.txt"):
        with pytest.raises(WriteError):
            write(folder, given(), ABOUT)
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


def test_what_breaks_in_the_middle_leaves_nothing(tmp_path):
    def broken():
        yield from given()
        raise RuntimeError("the store is gone")

    with pytest.raises(RuntimeError):
        write(tmp_path / "out", broken(), ABOUT)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_package_and_the_mark_for_excel(tmp_path):
    assert write(tmp_path / "deep" / "out", [], About(created=date(2026, 1, 1)), bom=True) == 0
    for name in ("events.csv", "dyad_months.csv", "country_months.csv"):
        data = (tmp_path / "deep" / "out" / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\n") == 1
