from datetime import date

import pytest

from marsad.errors import EmptyError, FormatError
from marsad.read.lists.names import names_file
from marsad.types.lists import Asked, Birth, EntryType


def read(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return names_file(path)


def test_columns_are_found_by_their_names_in_both_languages(tmp_path):
    born = Birth(date(1961, 6, 19), date(1961, 6, 19))
    wanted = Asked("كريم دروازي", EntryType.PERSON, born, "SYR")
    for header in ("id,name,type,born,country", "رقم,الاسم,النوع,تاريخ الميلاد,الدولة"):
        table = read(tmp_path / "x.csv", f"{header}\n7,كريم دروازي,person,19/06/1961,SY\n")
        [row] = table.rows()
        assert (row.cells[0], row.asked) == ("7", wanted)


def test_the_first_column_is_the_name_where_none_is_called_so(tmp_path):
    table = read(tmp_path / "x.csv", "customer,account\nGulf Pearl Trading,12\n")
    assert [row.asked for row in table.rows()] == [Asked("Gulf Pearl Trading")]


def test_tables_made_by_excel_are_read(tmp_path):
    text = "الاسم;النوع\r\nكريم دروازي;شخص\r\n"
    for data in (b"\xef\xbb\xbf" + text.encode(), text.replace(";", "\t").encode("utf-16")):
        table = read(tmp_path / "x.csv", data)
        assert table.marked
        assert [(row.asked.name, row.asked.type) for row in table.rows()] == [("كريم دروازي", EntryType.PERSON)]


def test_what_cannot_be_read_is_told_and_never_guessed(tmp_path):
    table = read(tmp_path / "x.csv", "name,type,born,country\nA B,robot,soon,Atlantis\nC D,,,\n")
    first, second = (row.asked for row in table.rows())
    assert first == Asked("A B", None, None, None, ("robot", "soon", "Atlantis"))
    assert second == Asked("C D")


def test_short_rows_will_do_and_long_ones_will_not(tmp_path):
    table = read(tmp_path / "x.csv", "name,country\nA B\nC D,IRQ,\n")
    assert [row.cells for row in table.rows()] == [("A B",), ("C D", "IRQ")]
    with pytest.raises(FormatError, match="row 1 has more cells"):
        list(read(tmp_path / "x.csv", "name,country\nDarwazi, Karim,IRQ\n").rows())


def test_an_empty_table_says_so(tmp_path):
    with pytest.raises(EmptyError):
        read(tmp_path / "x.csv", "")
    assert list(read(tmp_path / "x.csv", "name\n").rows()) == []
