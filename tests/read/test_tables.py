import csv
import io
import sys
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import FormatError
from marsad.read import read
from marsad.read.tables import Record, cells, columns, records
from marsad.settings import Settings
from marsad.types import Article, Skipped, Span

TEXT = "زار الوزير بغداد أمس، وبحث مع نظيره التعاون بين البلدين."


def table(data: str | bytes, form: str = "csv", encoding: str = "utf-8", **settings: object):
    given = data.encode(encoding) if isinstance(data, str) else data
    return list(read(["-"], stdin=io.BytesIO(given), format=form, settings=Settings(**settings)))


def told(items: list) -> list:
    return [item.text if isinstance(item, Article) else (item.code, item.line) for item in items]


def test_all_that_a_row_may_say():
    (article,) = table(
        "id,title,text,url,source,author,published,language,more\r\n"
        f'7,عنوان,"{TEXT}",https://example.org/1,وكالة,كاتب,2025-09-16 10:00,ar,x\r\n'
    )
    assert article.text == f"عنوان\n\n{TEXT}" and article.title == Span(0, 5)
    assert (article.given, article.url, article.source, article.author) == (
        "7",
        "https://example.org/1",
        "وكالة",
        "كاتب",
    )
    assert (article.published, article.published_from, article.language) == (date(2025, 9, 16), "input", "ar")


@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_the_delimiter_is_the_one_of_the_header(delimiter):
    rows = [["No", "Date", "Headline", "Body"], ["1", "2025-09-16", "a, b; c", f"{TEXT} | x,\ty;"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    (article,) = table(out.getvalue())
    assert article.text == f"a, b; c\n\n{TEXT} | x,\ty;"
    assert article.published == date(2025, 9, 16)


def test_excel_may_say_its_delimiter():
    assert told(table("sep=;\r\nid;text\r\n1;a, b\r\n")) == ["a, b"]


def test_columns_have_the_names_of_fields_in_any_case_or_a_synonym_of_them():
    assert columns(["ID", " Text ", "Body"], "a") == {"id": 0, "text": 1}
    assert columns(["Published At", "pub-date", "content", "LINK"], "a") == {"published": 0, "text": 2, "url": 3}
    with pytest.raises(FormatError, match="among: a, b"):
        columns(["a", "b"], "x.csv")


def test_a_table_without_a_header_says_so():
    (item,) = table(f"1,{TEXT}\n2,{TEXT}\n")
    assert item.code == "format" and "no column with the text" in item.message


def test_cells_may_hold_line_breaks_and_quotation_marks_and_lines_are_counted():
    items = table('id,text\n1,"a\nb ""c"""\n\n3,"d\r\n\r\ne"\nx,y,z\n5,5" pipe "x\n')
    assert told(items) == ['a\nb "c"', "d\r\n\r\ne", ("format", 8), '5" pipe "x']
    assert "3 cells under 2 names" in items[2].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso-8859-6"])
def test_what_excel_exports_is_read_in_its_encoding(encoding):
    items = table(f"id;title;text\r\n1;عنوان;{TEXT}\r\n2;x;words\r\n3;كاتب;{TEXT}\r\n", encoding=encoding)
    assert told(items) == [f"عنوان\n\n{TEXT}", "x\n\nwords", f"كاتب\n\n{TEXT}"]
    assert items[0].drawn


def test_the_text_of_a_cell_is_what_the_input_holds():
    assert [item.drawn for item in table("id,text\n1,some words\n")] == [False]


def test_a_bad_row_is_an_error_in_its_place_and_the_rest_is_read():
    items = table("id,text,published\n1,a b,\n2,,\n3,c d,yesterday\n4,e\0f,\n5,g h,2025-09-16\n")
    assert told(items) == ["a b", ("empty", 3), ("format", 4), ("encoding", 5), "g h"]
    assert [item.given for item in items] == ["1", "2", "3", "4", "5"]


def test_a_cell_that_is_too_large_is_passed_over():
    items = table(f'id,text\n1,"{"x" * 3_000}\n,"\n2,a b\n{"y" * 2_000}\n4,c d\n', max_bytes=1_000)
    assert told(items) == [("size", 2), "a b", ("size", 5), "c d"]


def test_a_quotation_mark_that_never_closes_is_told_with_its_line():
    items = table('id,text\n1,a b\n2,"c d\n3,e f\n')
    assert told(items) == ["a b", ("format", 3)]
    assert "never closed" in items[1].message


def test_a_row_of_nothing_but_delimiters_is_not_held():
    assert told(table("id,text\n" + "," * 20_000 + "\n2,a b\n" + "\n" * 1_000 + "3,c d\n")) == [
        ("format", 2),
        "a b",
        "c d",
    ]


def test_a_table_without_rows_is_empty():
    assert told(table("")) == [("empty", None)]
    assert table("id,text\n") == []


def test_a_table_comes_row_by_row():
    class Counting(io.BytesIO):
        taken = 0

        def read1(self, size: int = -1, /) -> bytes:
            chunk = super().read1(size)
            self.taken += len(chunk)
            return chunk

    stream = Counting(b"id,text\n" + b"1,some words\n" * 100_000)
    assert next(read(["-"], stdin=stream, format="csv", settings=Settings())).text == "some words"
    assert stream.taken <= 1 << 17


CELLS = st.lists(st.text('a",;\n\r é', max_size=8), min_size=1, max_size=4)


@given(st.lists(CELLS, min_size=1, max_size=5), st.integers(1, 7))
def test_what_the_standard_writer_writes_is_read_back_however_it_is_cut(rows, size):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    data = out.getvalue().encode()
    parts = iter([data[at : at + size] for at in range(0, len(data), size)])
    found = list(records(parts, b",", 10_000))
    assert [cells(record.data.decode(), ",") for record in found] == rows
    assert found[0].line == 1


@given(st.text('a",\n', max_size=60))
def test_no_soup_of_quotation_marks_loses_a_line(source):
    found = list(records(iter([source.encode()]), b",", 10_000))
    assert b"\n".join(record.data for record in found).rstrip() == source.encode().rstrip()
    for record in found:
        assert "".join(cells(record.data.decode(), ",")).count("a") == record.data.count(b"a")


def test_a_record_too_large_is_not_kept():
    assert list(records(iter([b"a" * 50, b"a\nb"]), b",", 20)) == [Record(1, None), Record(2, b"b")]


pyarrow = pytest.importorskip("pyarrow")


def parquet(columns: dict, **options) -> bytes:
    from pyarrow import parquet as pq

    out = io.BytesIO()
    pq.write_table(pyarrow.table(columns), out, **options)
    return out.getvalue()


@pytest.mark.parametrize("text", ["string", "large_string", "string_view", "binary"])
def test_parquet_has_the_same_columns(text):
    data = parquet(
        {
            "id": pyarrow.array([1, 2, None]),
            "Body": pyarrow.array([TEXT, "a b", None], getattr(pyarrow, text)()),
            "date": pyarrow.array([datetime(2025, 9, 16, 23, 30, tzinfo=UTC)] * 3, pyarrow.timestamp("ns", "UTC")),
            "more": [[1], [2], []],
        }
    )
    items = table(data, "parquet")
    if text == "binary":
        assert told(items) == [("format", 1), ("format", 2), ("empty", 3)]
    else:
        assert told(items) == [TEXT, "a b", ("empty", 3)]
        assert [item.published for item in items[:2]] == [date(2025, 9, 16)] * 2
    assert [item.given for item in items] == [1, 2, None]


def test_days_may_be_days(tmp_path):
    data = parquet({"text": ["a b"], "published": [date(2025, 9, 16)]})
    (tmp_path / "a.parquet").write_bytes(data)
    (article,) = read([str(tmp_path / "a.parquet")], stdin=io.BytesIO(), settings=Settings())
    assert article.published == date(2025, 9, 16)


def test_parquet_needs_no_ending_and_no_file():
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    data = parquet({"text": ["a b"] * 200})
    items = list(read(["-"], stdin=Pipe(data), settings=Settings()))
    assert len(items) == 200 and isinstance(items[0], Article)


def test_a_damaged_parquet_file_is_told_after_the_rows_before():
    data = parquet(
        {"text": [f"{number} words" * 50 for number in range(5_000)]}, row_group_size=1_000, compression=None
    )
    broken = data[: len(data) // 2] + b"\xff" * 3_000 + data[len(data) // 2 + 3_000 :]
    items = table(broken, "parquet")
    assert items[-1].code in ("format", "encoding")
    assert sum(isinstance(item, Article) for item in items) >= 1_000
    for cut in (data[:-100], data[:50], b"PAR1", b"PAR1" * 9):
        (item,) = table(cut, "parquet")
        assert item.code == "format"


def test_a_cell_of_parquet_that_is_too_large_is_passed_over():
    items = table(parquet({"id": ["1", "2"], "text": ["x" * 2_000, "a b"]}), "parquet", max_bytes=1_000)
    assert told(items) == [("size", 1), "a b"]
    assert items[0].given == "1"


def test_a_value_that_stands_for_many_rows_is_given_a_few_times_only(monkeypatch):
    monkeypatch.setattr("marsad.read.tables.FREE", 1_000_000)
    words = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 5_000, pyarrow.int32()), ["words " * 20_000])
    data = parquet({"text": words}, compression="zstd")
    for limit in (10_000, 1_000_000):
        items = table(data, "parquet", max_bytes=limit)
        assert items[-1].code == "size" and "unpacks to more than" in items[-1].message
        assert len(items) < 1_000


def test_without_pyarrow_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (item,) = table(b"PAR1", "parquet")
    assert isinstance(item, Skipped) and item.code == "extra"
    assert 'pip install "marsad[frames]"' in item.message
