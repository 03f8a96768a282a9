"""Typed rows: what is read, and what every fault names."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import KnowledgeError
from marsad.knowledge import schema
from marsad.knowledge.schema import Column, first_day, last_day

COLUMNS = (
    Column(name="id", required=True, pattern=re.compile("[A-Z.]+"), words="capital letters"),
    Column(name="sector", allowed=frozenset({"GOV", "MIL"})),
    Column(name="forms", kind="forms"),
    Column(name="since", kind="day"),
)


def read(text):
    return list(schema.rows(text, "mine.csv", COLUMNS))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-05-12", date(2024, 5, 12), date(2024, 5, 12)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_day_may_be_a_month_or_a_year(text, first, last):
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-02-30", "2024-5", "0000", "2024-05-12T00", "٢٠٢٤", " 2024", "x" * 999]
)
def test_what_is_no_day_is_told(text):
    for read_day in (first_day, last_day):
        with pytest.raises(ValueError, match=r"day|range|month"):
            read_day(text)


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day):
    assert first_day(day.isoformat()) == last_day(day.isoformat()) == day
    assert first_day(day.isoformat()[:7]) <= day <= last_day(day.isoformat()[:7])


def test_rows_carry_their_line_and_cells():
    text = '\ufeff# head\n\nid,forms,since\nA, سوريا | سورية ,2024-05\n# between\n\nB,"x, y",\n'
    first, second = read(text)
    assert (first["id"], first.forms("forms"), first.where) == ("A", ("سوريا", "سورية"), "mine.csv:4")
    assert (first.first("since"), first.last("since")) == (date(2024, 5, 1), date(2024, 5, 31))
    assert (second.forms("forms"), second.first("since"), second["sector"], second.where) == (
        ("x, y",),
        None,
        "",
        "mine.csv:7",
    )


FAULTS = [
    ("id;since\nA;2024\n", "mine.csv:1", "id;since", "commas"),
    ("id,colour\nA,red\n", "mine.csv:1", "colour", "since"),
    ("id,id\nA,A\n", "mine.csv:1", "twice", "keep one"),
    ("since\n2024\n", "mine.csv:1", "id is missing", "add it"),
    ("", "mine.csv:1", "id is missing", "add it"),
    ("id,since\nA,2024\nB\n", "mine.csv:3", "1 cells", "quote"),
    ("# one\nid,since\nA,soon\n", "mine.csv:3", "column since: 'soon' is no day", "YYYY"),
    ("id,sector\nA,ARMY\n", "mine.csv:2", "column sector: 'ARMY' is not allowed", "GOV, MIL"),
    ("id\nabc\n", "mine.csv:2", "column id: 'abc' is not capital letters", "give capital letters"),
    ("id,since\n,2024\n", "mine.csv:2", "column id: is empty", "fill it: capital letters"),
    ('id,forms\nA,x\nB,"open\nC,y\n', "mine.csv:3", "CSV", "quotation mark"),
    ("id,forms\nA," + "x" * 200_000 + "\n", "mine.csv:2", "CSV", "quotation mark"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "where", "what", "do"), FAULTS)
def test_a_fault_names_file_line_column_and_mend(text, where, what, do):
    with pytest.raises(KnowledgeError) as caught:
        read(text)
    assert str(caught.value).startswith(where + ": ")
    assert what in str(caught.value)
    assert do in str(caught.value)
    assert len(str(caught.value)) < 400


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_or_refused_in_words(text):
    for given_text in (text, "id,forms,since\n" + text):
        try:
            rows = read(given_text)
        except KnowledgeError as error:
            assert error.where and error.do
        else:
            assert all(row["id"] for row in rows)


def test_time_grows_with_the_table():
    rows = read("id,forms,since\n" + "A,سوريا|سورية,2024-05\n" * 20_000)
    assert rows[-1].where == "mine.csv:20001"
