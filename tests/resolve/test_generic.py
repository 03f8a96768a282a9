"""People without a name, and words that point to states."""

import pytest

from marsad.resolve.generic import DEMONYM, generic

#: Phrase, actor, country, sector.
GROUPS = [
    ("متظاهرون عراقيون", "IRQ.CVL", "IRQ", "CVL"),
    ("عشرات المتظاهرين العراقيين", "IRQ.CVL", "IRQ", "CVL"),
    ("مسلحون", "INT.REB", "INT", "REB"),
    ("مسلحون مجهولون", "INT.REB", "INT", "REB"),
    ("صحفيون أتراك", "TUR.MED", "TUR", "MED"),
    ("الكاتب", "INT.MED", "INT", "MED"),
    ("الشعب الفلسطيني", "PSE.CVL", "PSE", "CVL"),
    ("المغاربة", "MAR.CVL", "MAR", "CVL"),
    ("العراقيون", "IRQ.CVL", "IRQ", "CVL"),
    ("ordinary Kazakhs", "KAZ.CVL", "KAZ", "CVL"),
    ("protesters in Tehran", "IRN.CVL", "IRN", "CVL"),
    ("Syrian refugees", "SYR.CVL", "SYR", "CVL"),
    ("مصادر أمنية عراقية", "IRQ.COP", "IRQ", "COP"),
    ("جماعة إرهابية", "INT.REB", "INT", "REB"),
    ("البلدين", "INT", "INT", "GOV"),
    ("المجتمع الدولي", "INT", "INT", "GOV"),
    ("دول الجوار", "INT", "INT", "GOV"),
    ("عشرات الآلاف", "INT.CVL", "INT", "CVL"),
]


@pytest.mark.parametrize(("phrase", "actor", "country", "sector"), GROUPS, ids=[row[0] for row in GROUPS])
def test_groups(phrase, actor, country, sector):
    found = generic(phrase)
    assert found is not None
    assert (found.actor, found.country, found.sector) == (actor, country, sector)
    assert found.person is None


def test_the_context_gives_the_state():
    assert generic("مسلحون", "هاجم مسلحون قرية في نيجيريا").actor == "NGA.REB"
    assert generic("بلاده", "قال الرئيس الإيراني إن بلاده لن تتراجع").actor == "IRN"
    assert generic("بلاده") is None


def test_a_demonym_in_the_singular_is_the_state_and_no_people():
    assert generic("الروسي") is None
    assert generic("الروس").why == DEMONYM


@pytest.mark.parametrize("phrase", ["اجتماع", "وزير الخارجية", "كرة القدم", "a table", "", "الطقس"])
def test_nothing(phrase):
    assert generic(phrase) is None
