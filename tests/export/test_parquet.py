import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import world

from marsad.errors import ExtraError, WriteError
from marsad.export import parquet
from marsad.export.rows import COLUMNS, rows
from marsad.types import Report

pyarrow = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

CODING = world.handmade()


def given(**facts: object) -> list[dict[str, object]]:
    article = replace(CODING.article, fetched=datetime(2026, 3, 6, tzinfo=UTC))
    return [row | facts for row in rows(Report(event=event, article=article) for event in CODING.events)]


def test_a_file_has_typed_columns_and_every_row(tmp_path):
    where = tmp_path / "events.parquet"
    assert parquet.write(given(), where) == len(CODING.events)
    table = pq.read_table(where)
    assert table.schema.names == list(COLUMNS)
    types = {name: str(table.schema.field(name).type) for name in ("day", "updated", "actors", "score", "withdrawn")}
    assert types["day"] == "date32[day]" and types["updated"] == "timestamp[us, tz=UTC]"
    assert types["actors"].startswith("list<") and (types["score"], types["withdrawn"]) == ("double", "bool")
    first = table.to_pylist()[0]
    assert (first["day"], first["actors"], first["trigger"]) == (date(2026, 3, 5), ["RUS"], "يزور")
    assert [path.name for path in tmp_path.iterdir()] == ["events.parquet"]


def test_no_rows_make_a_file_with_its_columns(tmp_path):
    assert parquet.write([], tmp_path / "a.parquet") == 0
    assert pq.read_table(tmp_path / "a.parquet").schema.names == list(COLUMNS)


def test_months_are_folders(tmp_path):
    where = tmp_path / "events"
    months = [date(2026, 3, 1), date(2026, 4, 1), None]
    mixed = [row | {"day": months[n % 3]} for n, row in enumerate(given(published=None))]
    assert parquet.write(mixed, where, by_month=True) == len(mixed)
    assert sorted(path.relative_to(where).as_posix() for path in where.rglob("*.parquet")) == [
        "month=2026-03/part-0.parquet",
        "month=2026-04/part-0.parquet",
        "month=unknown/part-0.parquet",
    ]
    read = pq.read_table(where)
    assert read.num_rows == len(mixed) and "month" in read.schema.names


def test_more_months_than_files_may_be_open_lose_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "OPEN", 2)
    monkeypatch.setattr(parquet, "CHUNK", 3)
    mixed = [row | {"day": date(2026, n % 4 + 1, 1)} for n, row in enumerate(given())]
    parquet.write(mixed, tmp_path / "events", by_month=True)
    read = pq.read_table(tmp_path / "events").to_pylist()
    assert sorted(row["event"] for row in read) == sorted(row["event"] for row in mixed)


def test_a_second_export_replaces_the_first_and_nothing_of_the_users(tmp_path):
    where = tmp_path / "events"
    parquet.write(given(), where, by_month=True)
    parquet.write(given(day=date(2025, 1, 1)), where, by_month=True)
    assert [path.name for path in where.iterdir()] == ["month=2025-01"]
    (where / "notes.txt").write_text("mine")
    with pytest.raises(WriteError, match="not written by Marsad"):
        parquet.write(given(), where, by_month=True)
    assert (where / "notes.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["events"]


@pytest.mark.parametrize("by_month", [False, True])
def test_what_breaks_in_the_middle_leaves_the_old_one(tmp_path, by_month):
    where = tmp_path / "events"
    parquet.write(given(), where, by_month=by_month)
    before = sorted(path.name for path in tmp_path.rglob("*"))

    def broken():
        yield from given(day=date(2024, 1, 1))
        raise RuntimeError("the store is gone")

    with pytest.raises(RuntimeError):
        parquet.write(broken(), where, by_month=by_month)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    assert pq.read_table(where).num_rows == len(CODING.events)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(WriteError, match="cannot be written"):
        parquet.write([], tmp_path / "no" / "a.parquet")


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExtraError, match=r"marsad\[frames\]"):
        parquet.write([], tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []
