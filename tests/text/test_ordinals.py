"""Which of a row a text tells of."""

import pytest

from marsad.text.ordinals import ordinals


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("الجولة الثالثة من المحادثات", (3,)),
        ("اختتام جولة رابعة", (4,)),
        ("في تشرين الثاني", ()),
        ("بمعدل 420 مترا مكعبا في الثانية", ()),
        ("the 2nd and third rounds", (2, 3)),
        ("40 metres a second. Iraq", ()),
    ],
)
def test_a_text_says_which_of_a_row_it_tells_of(text, found):
    assert ordinals(text) == found
