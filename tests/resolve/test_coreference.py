"""Short phrases that mean whom an earlier one named; nobody where two could be meant."""

from datetime import date

import pytest
from build import annotation

from marsad.resolve import resolve

SHOIGU = ("سكرتير مجلس الأمن الروسي، سيرغي شويغو", "PERSON")


def actors(text, mentions):
    return [(m.actor, m.why) for m in resolve(annotation(text, mentions, published=date(2025, 9, 16))).mentions]


def test_a_surname_after_the_full_name():
    text = "قال النائب العراقي علي الفلاوي ذلك. وأضاف الفلاوي أنه سيحضر."
    (full, _), (short, why) = actors(text, [("النائب العراقي علي الفلاوي", "PERSON"), ("الفلاوي", "PERSON", None, 2)])
    assert (short, why) == (full, "earlier.name")


def test_of_two_with_one_surname_nobody_is_meant():
    text = "التقى أحمد الفلاوي علي الفلاوي. وقال الفلاوي ذلك."
    found = actors(text, [("أحمد الفلاوي", "PERSON"), ("علي الفلاوي", "PERSON"), ("الفلاوي", "PERSON", None, 3)])
    assert found[2][1] != "earlier.name"


def test_the_official_is_the_one_named_in_the_sentence_before():
    text = f"زار {SHOIGU[0]} بغداد. وقال المسؤول الروسي ذلك."
    found = actors(text, [SHOIGU, ("بغداد", "STATE"), ("المسؤول الروسي", "OFFICE")])
    assert found[2] == ("RUS.GOV.SECURITY-COUNCIL", "earlier.office")


def test_a_counterpart_holds_the_same_office_on_the_other_side():
    text = "التقى وزير الخارجية العراقي نظيره التركي."
    found = actors(text, [("وزير الخارجية العراقي", "OFFICE"), ("نظيره التركي", "OFFICE")])
    assert found[1] == ("TUR.GOV.MFA", "earlier.counterpart")


@pytest.mark.parametrize(
    ("text", "first", "second", "actor"),
    [
        ("أعلنت حركة حماس ذلك. وأكدت الحركة موقفها.", ("حركة حماس", "ORG"), ("الحركة", "ORG", None, 1), "PSE.HAMAS"),
        (
            "قال وزير الدفاع التركي ذلك. وأضاف الوزير أن العملية انتهت.",
            ("وزير الدفاع التركي", "OFFICE"),
            ("الوزير", "OFFICE"),
            "TUR.GOV.MOD",
        ),
        (
            "The Turkish defence minister said so. The minister added that it was over.",
            ("The Turkish defence minister", "OFFICE"),
            ("The minister", "OFFICE"),
            "TUR.GOV.MOD",
        ),
    ],
)
def test_the_only_one_of_its_kind_is_meant(text, first, second, actor):
    assert actors(text, [first, second])[1][0] == actor


def test_of_two_ministers_nobody_is_meant():
    text = "التقى وزير الدفاع التركي وزير الدفاع العراقي. وقال الوزير ذلك."
    found = actors(text, [("وزير الدفاع التركي", "OFFICE"), ("وزير الدفاع العراقي", "OFFICE"), ("الوزير", "OFFICE")])
    assert found[2][1] != "earlier.office"


def test_too_far_back_nobody_is_meant():
    text = "قال وزير الدفاع التركي ذلك. هدأ الجو. مر يوم. مر آخر. جاء الليل. وقال الوزير ذلك."
    assert actors(text, [("وزير الدفاع التركي", "OFFICE"), ("الوزير", "OFFICE")])[1][1] != "earlier.office"
