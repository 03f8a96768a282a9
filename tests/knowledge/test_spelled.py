"""Names of office-holders in spellings that no row has."""

import pytest

from marsad.knowledge import holders
from marsad.knowledge.spelled import spelled


@pytest.mark.parametrize(
    ("phrase", "person"),
    [
        ("بترو بوروشينكو", "UKR.PETRO-POROSHENKO"),
        ("Viktor Yanukovich", "UKR.VIKTOR-YANUKOVYCH"),
        ("Khalifa Hifter", "LBY.KHALIFA-HAFTAR"),
    ],
)
def test_another_spelling_is_met(phrase, person):
    assert not holders.of_person(phrase)
    assert {row.person_id for row in spelled(phrase)} == {person}


@pytest.mark.parametrize(
    "phrase",
    ["أحمد حسن", "محمد علي محمود", "عمر محمد", "Ivan Petrov", "John Smith", "Boubacar Bagili", "بترو", "", "و" * 500],
)
def test_others_are_not(phrase):
    assert spelled(phrase) == ()
