import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.read.detect import detected


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"", "text"),
        (b" \n ", "text"),
        ("زار الوزير بغداد.".encode(), "text"),
        ("[رويترز] زار الوزير بغداد.".encode(), "text"),
        (b'[{"text": "a"}]', "json"),
        (b' [\n  {"text": "a"}\n]\n', "json"),
        (b"[]", "json"),
        (b'{"text": "a"}', "jsonl"),
        (b'\n {"text": "a"}\n{"text": "b"}\n', "jsonl"),
        (b'{"text": "a"} trailing\n{"text": "b"}\n', "jsonl"),
        (b'{broken\n{"text": "b"}\n', "jsonl"),
        (b"{broken\nbroken too\n", "jsonl"),
        (b"{\n}", "json"),
        (b'{\n  "text": "a"\n}\n', "json"),
        (b'{"id": "1",\n\n "text": "a"}\n', "json"),
        (b'{\n"text": "a"\n}\n{\n"text": "b"\n}\n', "jsonl"),
    ],
)
def test_json_is_told_from_text_and_a_document_from_lines(data, form):
    found, parts = detected(iter([data[:1], data[1:4], data[4:]]), 1_000)
    assert (found, b"".join(parts)) == (form, data)


def test_of_json_lines_no_more_than_the_first_is_looked_at():
    parts = iter([b'{"text": "a"}\n', b'{"text": "b"}\n'])
    assert detected(parts, 1_000)[0] == "jsonl"
    assert next(parts) == b'{"text": "b"}\n'


def test_of_a_broken_stream_no_more_is_held_than_may_be():
    parts = iter([b"{broken\n" + b"x" * 90 + b"\n"] * 100)
    assert detected(parts, 1_000)[0] == "jsonl"
    assert len(list(parts)) > 80


@given(st.lists(st.text('{}[]":, \na1', max_size=6).map(str.encode), max_size=12))
def test_nothing_is_lost(parts):
    assert b"".join(detected(iter(parts), 20)[1]) == b"".join(parts)
