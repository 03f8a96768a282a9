from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import EmptyError, EncodingError, FormatError
from marsad.identity import article_id
from marsad.read.article import HEADLINE, Facts, Origin, article, heading
from marsad.settings import Settings
from marsad.types import Span

ORIGIN = Origin("a.txt", given="a.txt")


def made(text: str, **facts: object):
    return article(text, Facts(**facts), ORIGIN, Settings())


@given(st.text())
def test_any_text_stays_as_it_is_or_is_refused(text):
    try:
        one = made(text)
    except (EmptyError, EncodingError):
        assert not text.strip() or "\0" in text
    else:
        assert one.text == text and one.id == article_id(text)


@given(st.text(min_size=1), st.text(min_size=1))
def test_the_title_is_where_it_says(title, text):
    try:
        one = made(text, title=title)
    except (EmptyError, EncodingError):
        return
    assert one.text in (text, f"{title}\n\n{text}")
    assert one.drawn is (one.text != text)
    assert one.title is None or one.title.of(one.text) == title


@pytest.mark.parametrize(
    ("title", "text", "joined"),
    [
        ("الوزير في بغداد", "الوزير في بغداد", False),
        ("الوزير في بغداد", "الوزير في بغداد\nنص", False),
        ("الوزير في بغداد", "الوزير في بغداد \t\r\nنص", False),
        ("الوزير في بغداد", "الوزير في بغداد وأربيل\nنص", True),
        ("وزير", "وزيران في بغداد", True),
        ("Iran", "Iran says", True),
    ],
)
def test_a_text_begins_with_its_title_only_if_a_line_ends_there(title, text, joined):
    one = made(text, title=title)
    assert one.text == (f"{title}\n\n{text}" if joined else text)
    assert one.title == Span(0, len(title))


@pytest.mark.parametrize(
    ("published", "day"),
    [("2025-09-16", date(2025, 9, 16)), (" 2025-09-16T01:00:00+03:00 ", date(2025, 9, 16)), ("", None), (None, None)],
)
def test_the_day_is_the_one_that_is_written(published, day):
    assert made("نص", published=published).published == day


@pytest.mark.parametrize("published", ["yesterday", "99/99/2025", "2025-02-30", "20250916T"])
def test_what_is_no_day_is_an_error(published):
    with pytest.raises(FormatError, match="2025-09-16"):
        made("نص", published=published)


@pytest.mark.parametrize(
    ("given", "language"), [("AR", "ar"), ("ar-IQ", "ar"), ("en_GB", "en"), ("ckb", "ckb"), ("", "en"), (None, "en")]
)
def test_the_language_is_given_or_found(given, language):
    assert made("The minister arrived in Baghdad yesterday.", language=given).language == language


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("عنوان\n\nنص.", "عنوان"),
        ("\n عنوان \r\n\r\nنص.", "عنوان"),
        ("هل يزور بغداد؟\n\nنص.", "هل يزور بغداد؟"),
        ("جملة تامة.\n\nنص.", None),
        ("عنوان\nنص.", None),
        ("عنوان\n\n  \n", None),
        ("عنوان", None),
        ("", None),
        ("ك" * (HEADLINE + 1) + "\n\nنص.", None),
    ],
)
def test_a_headline_is_short_alone_and_has_text_below(text, found):
    span = heading(text)
    assert (span.of(text) if span else None) == found
