"""Whom the mentions of an article mean: at its day, with the model's guess last."""

from dataclasses import replace
from datetime import date

import pytest
from build import annotation

from marsad.resolve import resolve
from marsad.types import Sector


def meant(text, mentions, on=date(2025, 9, 16)):
    return resolve(annotation(text, mentions, published=on)).mentions


def one(phrase, kind="PERSON", code=None, on=date(2025, 9, 16), sector=None):
    made = annotation(f"قال {phrase} ذلك.", [(phrase, kind, code)], published=on)
    (mention,) = made.mentions
    return resolve(replace(made, mentions=(replace(mention, sector=sector),))).mentions[0]


@pytest.mark.parametrize(
    ("on", "actor"), [(date(2023, 5, 1), "RUS.GOV.MOD"), (date(2025, 9, 16), "RUS.GOV.SECURITY-COUNCIL")]
)
def test_the_same_name_is_another_office_at_another_day(on, actor):
    assert one("شويغو", on=on).actor == actor


@pytest.mark.parametrize(
    ("phrase", "kind", "actor", "country", "sector"),
    [
        ("وزير الخارجية التركي", "OFFICE", "TUR.GOV.MFA", "TUR", "GOV"),
        ("الخارجية الأميركية", "ORG", "USA.GOV.MFA", "USA", "GOV"),
        ("الكرملين", "STATE", "RUS.GOV.PRESIDENCY", "RUS", "GOV"),
        ("حركة حماس", "ORG", "PSE.HAMAS", "PSE", "REB"),
        ("وكالة رويترز", "ORG", "GBR.REUTERS", "GBR", "MED"),
        ("متظاهرون عراقيون", "GROUP", "IRQ.CVL", "IRQ", "CVL"),
        ("العراق", "STATE", "IRQ", "IRQ", "GOV"),
    ],
)
def test_a_phrase_that_says_it_all_needs_no_model(phrase, kind, actor, country, sector):
    found = one(phrase, kind, "FRA")
    assert (found.actor, found.country, str(found.sector)) == (actor, country, sector)
    assert found.why


def test_a_former_holder_is_said_to_be_former():
    found = one("المستشارة الألمانية السابقة أنغيلا ميركل")
    assert found.former
    assert (found.country, found.person.en) == ("DEU", "Angela Merkel")


def test_what_the_phrase_leaves_open_takes_the_model_s_state_before_that_of_the_sentence():
    text = "زار الوفد أنقرة، وقالت الحكومة ذلك."
    got = meant(text, [("أنقرة", "STATE"), ("الحكومة", "ORG", "IRQ")])
    assert (got[1].country, got[1].actor) == ("IRQ", "IRQ.GOV")


def test_of_somebody_unknown_the_sector_and_country_are_left():
    found = one("زيد بن عمرو الفلاني", code="JOR", sector=Sector.LEG)
    assert (found.country, found.actor) == ("JOR", "JOR.LEG")


def test_the_id_of_a_group_agrees_with_its_sector():
    found = one("ناشطون عراقيون", "GROUP", sector=Sector.NGO)
    assert (found.actor, found.sector) == ("IRQ.NGO", Sector.NGO)


def test_a_weapon_has_the_country_of_its_maker():
    found = one("منظومة إس-400", "ARMS")
    assert (found.country, found.actor) == ("RUS", "RUS.S-400")


def test_mentions_keep_their_spans_and_order():
    text = "التقى بوتين أردوغان في موسكو."
    before = annotation(text, [("بوتين", "PERSON"), ("أردوغان", "PERSON"), ("موسكو", "PLACE")])
    after = resolve(before)
    assert [m.span for m in after.mentions] == [m.span for m in before.mentions]
    assert [m.country for m in after.mentions] == ["RUS", "TUR", "RUS"]
