import pytest

from marsad.errors import KnowledgeError
from marsad.knowledge.context import condition

LISTS = {"names": ["محمد", "عبد الله"]}


def holds(given, text, form):
    """Whether the condition ``given`` holds for ``form`` in the folded ``text``."""
    start = text.index(form)
    made = condition(given, LISTS, "test")
    return made is None or made.holds(text, start, start + len(form), lambda: form)


@pytest.mark.parametrize(
    ("given", "text", "expected"),
    [
        ({"only_after": ["سلطنة"]}, "في سلطنه عمان", True),
        ({"only_after": ["سلطنة"]}, "في مدينه عمان", False),
        ({"only_after": ["سلطنة"]}, "سلطنه. عمان", False),  # a sentence ends between them
        ({"only_after": ["سلطنة"]}, "سلطنه\nعمان", False),
        ({"only_after": ["سلطنة"]}, "والسلطنه عمان", True),  # with و and ال glued to it
        ({"only_after": ["سلطنة"]}, "«سلطنه» عمان", True),
        ({"only_after": ["سلطنة"]}, "عمان", False),
        ({"unless_after": ["خليج"]}, "في خليج عمان", False),
        ({"unless_after": ["خليج"]}, "في عمان", True),
        ({"unless_after": ["عاصمة الأردن"]}, "عاصمه الاردن عمان", False),
        ({"unless_after": ["@names"]}, "عبد الله عمان", False),
        ({"unless_after": ["@names"]}, "الله عمان", True),
        ({"only_before": ["العظمى"]}, "عمان العظمي", True),
        ({"only_before": ["العظمى"]}, "عمان. العظمي", False),
        ({"only_before": ["العظمى"]}, "عمان", False),
        ({"unless_before": ["@number"]}, "عمان 15 مترا", False),
        ({"unless_before": ["@number"]}, "عمان مترا", True),
        ({"only_near": ["مسقط"]}, "قالت مسقط امس ان عمان", True),
        ({"only_near": ["مسقط"]}, "عمان " + "كلمه " * 60 + "مسقط", False),
        ({"only_near": ["مسقط"]}, "عمان ومسقطنا", False),
        ({"unless_near": ["خليج عمان"]}, "عمان تطل على خليج عمان", False),
        ({"only_near": ["مسقط"], "unless_after": ["خليج"]}, "خليج عمان ومسقط", False),
        ({}, "عمان", True),
    ],
)
def test_conditions(given, text, expected):
    assert holds(given, text, "عمان") is expected


def test_how_a_form_is_written():
    assert holds({"written": ["مّ"]}, "عمّان", "عمّان") and not holds({"written": ["مّ"]}, "عمان", "عمان")
    assert holds({"unless_written": ["مّ"]}, "عمان", "عمان") and not holds({"unless_written": ["مّ"]}, "عمّان", "عمّان")


def test_a_list_that_is_not_defined_is_named():
    with pytest.raises(KnowledgeError, match="@nomes"):
        condition({"only_after": ["@nomes"]}, LISTS, "ambiguous.yaml: forms, entry 3")


def test_a_key_without_a_meaning_is_named():
    with pytest.raises(KnowledgeError, match="unles_after"):
        condition({"unles_after": ["خليج"]}, LISTS, "ambiguous.yaml: forms, entry 3")
