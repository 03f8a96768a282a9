import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import EmptyError, EncodingError
from marsad.read.html import Tag, page, tokens

PAGE = """<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>الوزير في بغداد | صحيفة</title>
<meta property="og:title" content="الوزير في بغداد"><meta property="og:site_name" content="صحيفة">
<meta name="author" content="كاتبة"><meta property="article:published_time" content="2025-09-16T08:00:00Z">
<link rel="canonical" href="https://example.org/1?a=1&amp;b=2"><style>p { color: red }</style>
<script>var a = "<p>not this</p>";</script></head>
<body><header>صحيفة <b>يومية</b></header><nav><ul><li><a href="/">الرئيسية</a></ul></nav>
<main><h1>الوزير في بغداد</h1><p>زار <b>الوز</b>ير&nbsp;بغداد<br>أمس.</p><!-- <p>nor this</p> -->
<aside>إعلان</aside><p><a href="/more">اقرأ أيضا</a></p><div>وعاد&quot;.</div></main>
<footer>حقوق</footer></body></html>"""


def test_the_article_is_taken_and_the_frame_left():
    text, facts = page(PAGE.encode(), "a.html")
    assert text == 'زار الوزير بغداد\n\nأمس.\n\nوعاد".'
    assert facts.title == "الوزير في بغداد"
    assert (facts.url, facts.source, facts.author) == ("https://example.org/1?a=1&b=2", "صحيفة", "كاتبة")
    assert (facts.published, facts.published_from) == ("2025-09-16", "page")


def test_a_page_without_an_article_element_gives_what_is_outside_the_frame():
    assert page(b"<nav>menu</nav><div>one</div><p>two<p>three", "a")[0] == "one\n\ntwo\n\nthree"


def test_a_page_that_is_all_frame_or_all_links_gives_what_it_has():
    assert page(b"<footer>only this</footer>", "a")[0] == "only this"
    assert page(b"<a href=x>only this</a>", "a")[0] == "only this"


def test_a_date_that_is_none_is_not_given():
    assert page(b'<meta name="date" content="2025-13-45"><p>x', "a")[1].published is None


@pytest.mark.parametrize(
    "source", ["", "<html></html>", "<title>عنوان</title><img src=a.png alt='x'>", "<script>a", "<!--"]
)
def test_a_page_without_words_is_empty(source):
    with pytest.raises(EmptyError, match="picture"):
        page(source.encode(), "a.html")


def test_a_picture_with_the_name_of_a_page_is_no_text():
    with pytest.raises(EncodingError):
        page(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.html")


def test_an_old_charset_is_read_when_the_page_declares_it():
    source = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><p>زار الوزير بغداد</p>'
    assert page(source.encode("windows-1256"), "a")[0] == "زار الوزير بغداد"
    with pytest.raises(EncodingError):
        page("<p>زار الوزير</p>".encode("windows-1256"), "a")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a<b>c", ["a", Tag("b"), "c"]),
        ("a < b", ["a ", "<", " b"]),
        ("<a href='x>y' B=2 c d=\"'\">", [Tag("a", False, {"href": "x>y", "b": "2", "c": "", "d": "'"})]),
        ("</P >x", [Tag("p", True), "x"]),
        ("<p title=it's>x", [Tag("p", False, {"title": "it's"}), "x"]),
        ("<script>a<b</SCRIPT>c", [Tag("script"), Tag("script", True), "c"]),
        ("x<!-- a > b -->y<!doctype z>w<?php ?>v", ["x", "y", "w", "v"]),
        ("x<p unclosed", ["x"]),
        ("x<!-- unclosed", ["x"]),
        ("&lt;p&gt; &#1575; &#xFFFFFFFFFF; &#" + "9" * 9_000 + "; &", ["<p> ا \ufffd \ufffd &"]),
    ],
)
def test_tokens(source, expected):
    assert list(tokens(source)) == expected


@given(st.text(alphabet="<>/!-='\" abp&;#\n", max_size=200))
def test_no_tag_soup_is_too_thick(source):
    found = list(tokens(source))
    assert "".join(token for token in found if isinstance(token, str)).count("a") <= source.count("a")


@given(st.text(alphabet=st.characters(exclude_characters="<&", exclude_categories=["Cs"])))
def test_text_without_tags_is_itself(source):
    assert "".join(tokens(source)) == source
