import io
import json
from datetime import date

import pytest

from marsad.read import read
from marsad.settings import Settings
from marsad.types import Article, Skipped, Span


def lines(*rows: object, form: str = "jsonl", **settings: object):
    data = b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)
    return list(read(["-"], stdin=io.BytesIO(data), format=form, settings=Settings(**settings)))


def test_all_that_a_line_may_say():
    (article,) = lines(
        {
            "id": "n1",
            "text": "زار الوزير بغداد.",
            "title": "الوزير في بغداد",
            "url": "https://example.org/1",
            "source": "وكالة",
            "author": "كاتب",
            "published": "2025-09-16T23:30:00+03:00",
            "language": "AR-iq",
            "more": {"nested": [1, 2]},
        }
    )
    assert article.text == "الوزير في بغداد\n\nزار الوزير بغداد."
    assert article.title == Span(0, 15)
    assert (article.given, article.url, article.source, article.author) == (
        "n1",
        "https://example.org/1",
        "وكالة",
        "كاتب",
    )
    assert (article.published, article.published_from, article.language) == (date(2025, 9, 16), "input", "ar")


@pytest.mark.parametrize(
    ("title", "text", "whole", "span"),
    [
        (None, "  نص\n", "  نص\n", None),
        ("", "نص", "نص", None),
        (" \n", "نص", "نص", None),
        ("عنوان", "عنوان\nنص", "عنوان\nنص", Span(0, 5)),
        ("عنوان", "نص", "عنوان\n\nنص", Span(0, 5)),
        ("عنوان", "", "عنوان\n\n", Span(0, 5)),
        (" عنوان ", "نص", " عنوان \n\nنص", Span(0, 7)),
    ],
)
def test_the_text_is_title_blank_line_body_unless_it_begins_with_the_title(title, text, whole, span):
    (article,) = lines({"text": text, "title": title})
    assert (article.text, article.title) == (whole, span)


def test_a_bad_line_is_an_error_in_its_place_and_the_stream_goes_on():
    items = lines(
        {"id": "1", "text": "a b"},
        b"{bad",
        b"",
        {"id": "4"},
        {"id": "5", "text": 5},
        {"id": 6, "text": "c d"},
        b"[]",
        {"id": "8", "text": " "},
        {"id": "9", "text": "x", "published": "yesterday"},
        b'{"id": "10", "text": "\xff\xfe"}',
    )
    assert [(item.given, None if isinstance(item, Article) else (item.code, item.line)) for item in items] == [
        ("1", None),
        (None, ("format", 2)),
        ("4", ("format", 4)),
        ("5", ("format", 5)),
        (6, None),
        (None, ("format", 7)),
        ("8", ("empty", 8)),
        ("9", ("format", 9)),
        ("10", ("format", 10)),
    ]
    assert all(f"line {item.line}" in item.message for item in items if isinstance(item, Skipped))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (b'{"id": "x", "text": "\\ud800"}', "format"),
        (b'{"id": "x", "text": "a\\udfffb"}', "format"),
        (b'{"id": "x", "text": "a\\u0000b"}', "encoding"),
        (b'{"id": "x", "text": "a\x00b"}', "format"),
        (b'{"id": "x", "text": "a", "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "format"),
        (b'{"x":' * 100_000, "format"),
        (b"[" * 100_000, "format"),
        (b'{"id": 1e999, "text": "a"}', "format"),
        (b'{"text": "a"} {"text": "b"}', "format"),
        (b'{"text": "a", "n": NaN}', "format"),
        (b"{'text': 'a'}", "format"),
        ('{"text": "نص"}'.encode("utf-16"), "format"),
        (b"\xff" * 100, "format"),
    ],
)
def test_hostile_lines_give_an_error_and_no_more(row, code):
    first, last = lines(row, {"id": "after", "text": "a b"})
    assert isinstance(first, Skipped)
    assert first.code == code
    assert last.given == "after"
    assert len(first.message) < 400


def test_a_whole_surrogate_pair_is_a_character():
    (article,) = lines(b'{"text": "a \\ud83d\\ude00"}')
    assert article.text == "a 😀"


def test_a_line_beyond_the_limit_is_passed_over():
    items = lines({"id": "1", "text": "a" * 5_000}, {"id": "2", "text": "a b"}, max_bytes=1_000)
    assert [(item.given, getattr(item, "code", None)) for item in items] == [(None, "size"), ("2", None)]
    assert items[0].line == 1


def test_a_document_is_one_article_or_an_array_whose_elements_are_counted():
    assert [item.text for item in lines({"text": "a b"}, form="json")] == ["a b"]
    items = lines([{"text": "a b"}, {"id": "x"}, {"text": "c d"}], form="json")
    assert [getattr(item, "text", None) for item in items] == ["a b", None, "c d"]
    assert (items[1].line, items[1].given) == (2, "x")
    assert [item.code for item in lines(b"[1, 2", form="json")] == ["format"]


def test_the_same_words_at_two_addresses_are_two_articles():
    ids = {item.id for item in lines(*({"text": "a b", "url": f"https://example.org/{n}"} for n in range(3)))}
    assert len(ids) == 3
