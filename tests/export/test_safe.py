import html

from hypothesis import given
from hypothesis import strategies as st

from marsad.export.safe import for_html, for_terminal


@given(st.text())
def test_no_markup_gets_through_and_the_text_comes_back(text):
    safe = for_html(text)
    assert not set(safe) & set("<>\"'")
    safe.encode("utf-8")
    assert len(html.unescape(safe)) == len(text) or "\r" in text


def test_half_surrogates_and_controls_are_replaced_in_a_page():
    assert for_html("a\ud800b\x00c\x1bd") == "a\ufffdb\ufffdc\ufffdd"


@given(st.text())
def test_a_terminal_gets_nothing_that_it_obeys(text):
    safe = for_terminal(text)
    assert safe == "".join(c for c in safe if c >= " " and not "\x7f" <= c <= "\x9f")
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\n")


def test_marks_that_belong_to_words_stay():
    assert for_terminal("مَن\u200c می\u200dروید") == "مَن\u200c می\u200dروید"
