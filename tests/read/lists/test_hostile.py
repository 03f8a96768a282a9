import subprocess
import sys

import pytest
import sanctioned
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import EmptyError, EncodingError, FormatError, ReadError, SizeError
from marsad.read.lists import read_list, table, values, xml

BOMB = """<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<sdnList><sdnEntry><uid>1</uid><lastName>&d;</lastName></sdnEntry></sdnList>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY x SYSTEM "{}">]>
<sdnList><sdnEntry><uid>1</uid><lastName>&x;</lastName></sdnEntry></sdnList>"""


def read(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_list([path])


# The high-water mark of the process itself: that of getrusage begins with what the parent had.
GROWTH = """
import sys
from pathlib import Path
from marsad.errors import ReadError
from marsad.read.lists import read_list
small, large = map(Path, sys.argv[1:])
def most():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
read_list([small])
before = most()
try:
    read_list([large])
except ReadError as error:
    print(type(error).__name__, most() - before)
"""


def refused(path, data):
    """The error of a file that has to be refused, and by how many megabytes a process grows that reads it."""
    path.write_bytes(data)
    small = path.with_name("small")
    small.write_text(sanctioned.UN_XML)
    done = subprocess.run([sys.executable, "-c", GROWTH, small, path], capture_output=True, text=True, check=True)
    error, grown = done.stdout.split()
    return error, int(grown) / 1024


def test_a_doctype_is_refused_whatever_it_would_do(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("never told")
    for text in (BOMB, OUTSIDE.format(secret.as_uri()), OUTSIDE.format("http://127.0.0.1:9/x")):
        with pytest.raises(FormatError, match="DOCTYPE") as caught:
            read(tmp_path / "x.xml", text)
        assert "never told" not in str(caught.value)


def test_entities_in_an_attribute_are_bounded(tmp_path):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE export [<!ENTITY e0 "haha">{levels}]><export generationDate="&e11;"/>'
    with pytest.raises(FormatError):
        read(tmp_path / "x.xml", text)


@pytest.mark.parametrize("form", [form for form in sanctioned.FORMS if "xml" in form])
def test_a_list_that_was_cut_off_is_not_taken_in_part(tmp_path, form):
    [(name, text)] = sanctioned.FORMS[form][0].items()
    for share in (0.4, 0.7, 0.98):
        with pytest.raises(ReadError):
            read(tmp_path / name, text[: int(len(text) * share)])


def test_broken_bytes_are_told_and_where(tmp_path):
    whole = sanctioned.UN_XML.encode()
    with pytest.raises(FormatError, match="line"):
        read(tmp_path / "x.xml", whole.replace("سلمان".encode(), b"\xff\xfe\xd8"))
    with pytest.raises(EncodingError, match="not UTF-8"):
        read(tmp_path / "x.csv", sanctioned.UK_CSV.encode().replace("سلمان".encode(), b"\xff\xd8"))
    with pytest.raises(EncodingError, match="NUL"):
        read(tmp_path / "x.csv", sanctioned.OFSI_CSV.encode().replace(b"Homs", b"\0\0\0\0"))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
def test_a_line_without_an_end_is_refused_in_bounded_memory(tmp_path):
    line = b"90001," + b"x" * 100_000_000
    error, grown = refused(tmp_path / "x.csv", line)
    assert error == "SizeError" and grown < 20
    quoted = sanctioned.SDN_CSV.encode()[:-1] + b'90004,"' + b"x\n" * 10_000_000
    error, grown = refused(tmp_path / "x.csv", quoted)
    assert error == "SizeError" and grown < 20


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
def test_elements_without_an_entry_are_refused_in_bounded_memory(tmp_path):
    head = b'<sdnList xmlns="urn:x">'
    inside = head + b"<sdnEntry><uid>1</uid>"
    for data in (head + b"<a/>" * 15_000_000, inside + b"<b>x</b>" * 8_000_000, inside + b"x" * 60_000_000):
        error, grown = refused(tmp_path / "x.xml", data)
        assert error in ("SizeError", "FormatError") and grown < 300


def test_a_tower_of_elements_is_refused(tmp_path):
    with pytest.raises(FormatError):
        read(tmp_path / "x.xml", b"<sdnList>" + b"<a>" * 100_000)


def test_more_entries_than_any_list_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("marsad.read.lists.read.MOST", 1)
    for form in ("ofac-xml", "eu-xml", "uk-csv"):
        with pytest.raises(SizeError, match="entries"):
            read_list(sanctioned.written(tmp_path, form))


def test_an_entry_of_too_many_names_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(values, "MOST_NAMES", 2)
    with pytest.raises(SizeError, match=r"QDi\.999"):
        read(tmp_path / "x.xml", sanctioned.UN_XML)


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (b"", EmptyError, "nothing"),
        (b"  \n ", EmptyError, "nothing"),
        (b"<html><body>Service unavailable</body></html>", FormatError, "page of the web"),
        (b"<rss><channel/></rss>", FormatError, "another kind"),
        (b"a,b,c\n1,2,3\n", FormatError, "no list that is known"),
        (b"name;born\nx;1\n", FormatError, "no list that is known"),
        (b"<sdnList></sdnList>", EmptyError, "no entry"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", EncodingError, "binary"),
        (b"<", FormatError, "broken"),
    ],
)
def test_what_is_no_list_says_so(tmp_path, data, error, told):
    with pytest.raises(error, match=told):
        read(tmp_path / "x", data)


def test_a_row_of_another_table_is_told_with_its_number(tmp_path):
    with pytest.raises(FormatError, match="row 2"):
        read(tmp_path / "x.csv", sanctioned.SDN_CSV.split("\r\n")[0] + '\r\n1,"too short"\r\n')


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(ReadError, match="check the name"):
        read_list([tmp_path / "no.xml"])


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=150)
def test_any_bytes_give_a_list_or_an_error_of_ours(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "x"
    path.write_bytes(data)
    with pytest.raises(ReadError):
        read_list([path])


@given(st.sampled_from(["ofac-xml", "eu-xml", "uk-xml", "un-xml", "eu-csv", "uk-csv"]), st.data())
@settings(deadline=None, max_examples=150)
def test_damage_gives_a_list_or_an_error_of_ours(tmp_path_factory, form, data):
    [(name, text)] = sanctioned.FORMS[form][0].items()
    raw = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
    path = tmp_path_factory.mktemp("damage") / name
    path.write_bytes(bytes(raw))
    try:
        found = read_list([path])
    except ReadError:
        return
    assert found.entries


def test_the_bounds_are_those_that_are_written():
    assert xml.APART <= 4_000_000 and table.LINE <= 1_000_000
