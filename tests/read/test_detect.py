import bz2
import gzip
import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.read.detect import MARKS, detected, inside, mark


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
        (b'{"text": "about \\"version\\": \\"https://jsonfeed.org/version/1\\""}', "jsonl"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (b'{\n "version": "https:\\/\\/jsonfeed.org\\/version\\/1",\n "items": []\n}', "feed"),
        (b"<!-- c --><!DOCTYPE html><p>x", "html"),
        (b"\n<HTML lang=ar>", "html"),
        (b"<p>a b</p>", "text"),
        (b"<b>Baghdad</b> (Agency)", "text"),
        (b'<?xml version="1.0"?>\n<!-- c --><rss version="2.0"><channel/></rss>', "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "feed"),
        (b'<?xml version="1.0"?><opml version="2.0"><body/></opml>', "opml"),
    ],
)
def test_json_pages_and_feeds_are_told_from_text_and_a_document_from_lines(data, form):
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


@pytest.mark.parametrize("one", MARKS, ids=lambda one: one.words)
def test_a_mark_tells_what_it_is(one):
    data = {"bzip2": bz2.compress(b"a b"), "gzip": gzip.compress(b"a b")}.get(one.packing or "", one.begin + b" a b")
    assert mark(data) == one


@pytest.mark.parametrize("data", [b"", b"BZh is a word", b"some words", "زار".encode(), b"{}", b"WARC is a format"])
def test_words_have_no_mark(data):
    assert mark(data) is None


def test_a_tar_archive_has_its_mark_far_behind_its_begin():
    assert mark(b"a".ljust(257, b"\0") + b"ustar\x0000") is not None


@pytest.mark.parametrize(("packing", "pack"), [("gzip", gzip.compress), ("bzip2", bz2.compress), ("xz", lzma.compress)])
def test_what_is_packed_is_looked_into(packing, pack):
    assert inside(pack(b"WARC/1.0\r\n"), packing).startswith(b"WARC/1.0")
    assert inside(pack(b"")[:12], packing) == b""
    assert inside(b"\x1f\x8bnothing", packing) == b""
