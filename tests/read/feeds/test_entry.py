import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.read.feeds.entry import address, line, person, prose


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", None),
        ("<p> </p><img src='x' alt='y'>", None),
        ("one<br>two", "one\n\ntwo"),
        ("a\nb\n \nc", "a b\n\nc"),
        ("&lt;p&gt;one&lt;/p&gt; &lt;p&gt;two", "one\n\ntwo"),
        ("&amp;quot;نعم&amp;quot; &amp;amp; لا", '"نعم" & لا'),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
        ("<iframe src='x'>text after", "text after"),
        ("<iframe src='x'>inside</iframe>text after", "text after"),
        ("<p>text</p><p>The post <a href='x'>Title</a> appeared first on <a>Site</a>.</p>", "text"),
        ("<p>نص</p><p>ظهرت المقالة عنوان أولاً على موقع.</p>", "نص"),
        ("<xhtml:p>one</xhtml:p><xhtml:p>two</xhtml:p>", "one\n\ntwo"),
    ],
)
def test_prose(markup, text):
    assert prose(markup) == text


@given(st.text(alphabet="<>/&;#ap \n\"'b", max_size=80))
def test_prose_has_no_empty_paragraph(markup):
    text = prose(markup)
    assert text is None or all(block and block == " ".join(block.split()) for block in text.split("\n\n"))
    assert line(markup) is None or "\n" not in (line(markup) or "")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://e.example/a b", "https://e.example/a%20b"),
        ("\n https://e.example/1\n ", "https://e.example/1"),
        ("https://e.example/?a=1&copy=2", "https://e.example/?a=1&copy=2"),
        ("//e.example/x", "https://e.example/x"),
        ("../x", "https://base.example/x"),
        ("feed://e.example/rss", "http://e.example/rss"),
        ("feed:https://e.example/rss", "https://e.example/rss"),
        ("https://e.example/أخبار", "https://e.example/أخبار"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("ftp://e.example/", None),
        ("http://[bad", None),
        ("https://", None),
        ("https://e.example/" + "a" * 5_000, None),
        (" ", None),
        (None, None),
    ],
)
def test_addresses_are_whole_and_of_the_web(written, expected):
    assert address(written, "https://base.example/a/") == expected


@pytest.mark.parametrize(
    "name", ["desk@e.example (Salma)", "Salma (desk@e.example)", "Salma <desk@e.example>", " Salma "]
)
def test_a_person_is_a_name(name):
    assert person(name) == "Salma"
