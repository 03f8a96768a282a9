import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.read.markdown import markdown
from marsad.types import Span


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain text.", "plain text."),
        ("## head\nbody", "head\nbody"),
        ("> a quotation\n> goes on", "a quotation\ngoes on"),
        ("- one\n* two\n+ three\n1. four", "one\ntwo\nthree\nfour"),
        ("- **قال** الوزير", "قال الوزير"),
        ("a [link](https://example.org/x) and [ref][1]", "a link and ref"),
        ("![picture](a.png)words", "words"),
        ("a `code` and ***both***", "a code and both"),
        ("above\n\n---\n\nbelow", "above\n\n\n\nbelow"),
        ("---\ntitle: x\n---\nwords", "words"),
        ("---\nnever closed", "\nnever closed".lstrip("\n")),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("-5 degrees", "-5 degrees"),
        ("[a [b] c](https://example.org/x_(y)) z", "a [b] c z"),
        ("[![alt](i.png)](https://example.org) words", " words"),
        ("[1]: https://example.org\nwords [here][1]", "words here"),
        ("[^1]: a note", "[^1]: a note"),
        ("| a | b |\n|---|:-:|\n| c \\| x | **d** |\n\nafter", "a · b\n\nc | x · d\n\nafter"),
        ("a | b\n--|--\nc | d\nafter", "a · b\n\nc · d\nafter"),
        ("either | or", "either | or"),
        ("```\n# no *title* [x](y)\n```\nwords", "# no *title* [x](y)\n\nwords"),
        ("~~~~\n~~~\n```\n~~~~\n*words*", "~~~\n```\n\nwords"),
        ("```\nnever *closed*", "never *closed*"),
        ("``` inline``` words", "``` inline``` words"),
    ],
)
def test_the_marks_go_and_the_words_stay(source, text):
    assert markdown(source)[0] == text


def test_the_title_is_the_first_heading_of_the_first_level():
    text, title = markdown("intro\n\n#  الوزير **في** بغداد\n\nنص\n\n# ثان")
    assert title is not None
    assert title.of(text) == "الوزير في بغداد"
    assert markdown("## not this")[1] is None
    assert markdown("# a")[1] == Span(0, 1)
    assert markdown("```\n# not this\n```")[1] is None


@given(st.text(alphabet="#*_`~[]()!>-+|:\\1. ab\n", max_size=300))
def test_any_soup_of_marks_has_a_text_and_a_title_within_it(source):
    text, title = markdown(source)
    assert title is None or title.of(text).strip()
