"""The country inside a phrase, and the article's."""

import pytest
from build import annotation

from marsad.resolve import resolve
from marsad.resolve.country import DOMINANT, INSIDE, inside


def codes(*args):
    return [(m.country, m.why) for m in resolve(annotation(*args)).mentions]


def test_a_name_inside_the_phrase_overrules_the_model():
    assert codes("وقع انفجار في المزرعة السورية.", [("المزرعة السورية", "PLACE", "TUR")]) == [("SYR", INSIDE)]


def test_towns_count_in_places_only():
    text = "انسحبت فرقة كركوك للفنون إلى كركوك."
    made = annotation(text, [("فرقة كركوك للفنون", "ORG", "TUR"), ("كركوك", "PLACE", None, 2)])
    assert inside(made) == [None, "IRQ"]


def test_a_treaty_is_of_no_state_that_its_name_holds():
    assert codes("يسري اتفاق جدة.", [("اتفاق جدة", "LAW", "INT")]) == [("INT", None)]


def test_a_generic_actor_takes_the_dominant_country():
    text = "في تونس وصفاقس قالت الشرطة ذلك، وتونس آمنة، وتونس هادئة."
    got = codes(
        text, [("تونس", "PLACE", "TUN"), ("الشرطة", "ORG"), ("تونس", "PLACE", "TUN", 2), ("تونس", "PLACE", "TUN", 3)]
    )
    assert got[1][0] == "TUN"


def test_without_any_state_it_stays_unknown():
    (mention,) = resolve(annotation("قالت الحكومة ذلك.", [("الحكومة", "ORG")])).mentions
    assert (mention.country, mention.actor) == (None, "GOV")


@pytest.mark.parametrize("why", [INSIDE, DOMINANT])
def test_rules_have_names(why):
    assert why.startswith("country-")
