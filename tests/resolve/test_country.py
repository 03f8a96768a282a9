"""The country inside a phrase, and the article's."""

import pytest
from build import annotation

from marsad.resolve import countries
from marsad.resolve.country import DOMINANT, HOLDER, INSIDE


def codes(*args):
    return [(m.country, m.why) for m in countries(annotation(*args)).mentions]


def test_a_demonym_inside_the_phrase_overrules_the_model():
    assert codes("استقبل الوزير نظيره التركي.", [("نظيره التركي", "OFFICE", "IRQ")]) == [("TUR", INSIDE)]


def test_of_two_countries_inside_a_phrase_the_first_counts():
    text = "قال السفير الأميركي في بغداد."
    assert codes(text, [("السفير الأميركي في بغداد", "OFFICE", "IRQ")]) == [("USA", INSIDE)]


@pytest.mark.parametrize("name", ["سيرغي لافروف", "لافروف", "الوزير سيرغي لافروف", "Sergei Lavrov", "Lavrov"])
def test_an_office_holder_has_the_country_that_he_serves(name):
    assert codes(f"قال {name} ذلك.", [(name, "PERSON", "USA")]) == [("RUS", HOLDER)]


def test_a_country_inside_the_phrase_comes_before_the_name():
    text = "قال السفير التركي لافروف."
    assert codes(text, [("السفير التركي لافروف", "PERSON", "RUS")]) == [("TUR", INSIDE)]


def test_a_name_that_is_no_family_name_does_not_count():
    assert codes("قال لافروف الصغير ذلك.", [("لافروف الصغير", "PERSON", "USA")]) == [("USA", None)]


def test_a_body_of_states_keeps_its_code():
    assert (
        codes("قال مندوب الأمم المتحدة في سوريا.", [("مندوب الأمم المتحدة في سوريا", "OFFICE", "IGO")])[0][0] == "IGO"
    )


def test_a_generic_actor_takes_the_dominant_country():
    text = "في تونس وصفاقس قالت الحكومة إن تونس هادئة وتونس آمنة."
    got = codes(
        text, [("تونس", "PLACE", "TUN"), ("الحكومة", "ORG"), ("تونس", "PLACE", "TUN", 2), ("وتونس", "PLACE", "TUN")]
    )
    assert got[1] == ("TUN", DOMINANT)


def test_without_a_dominant_country_it_stays_unknown():
    text = "بين تونس وليبيا قالت الحكومة."
    assert codes(text, [("تونس", "PLACE", "TUN"), ("ليبيا", "PLACE", "LBY"), ("الحكومة", "ORG")])[2] == (None, None)
