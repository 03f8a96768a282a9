"""The country inside a phrase, and the article's."""

from build import annotation

from marsad.resolve import countries
from marsad.resolve.country import DOMINANT, INSIDE


def codes(*args):
    return [(m.country, m.why) for m in countries(annotation(*args)).mentions]


def test_a_demonym_inside_the_phrase_overrules_the_model():
    assert codes("استقبل الوزير نظيره التركي.", [("نظيره التركي", "OFFICE", "IRQ")]) == [("TUR", INSIDE)]


def test_two_countries_inside_a_phrase_settle_nothing():
    text = "اجتمعت اللجنة التركية العراقية."
    assert codes(text, [("اللجنة التركية العراقية", "ORG", "TUR")]) == [("TUR", None)]


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
