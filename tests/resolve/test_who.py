"""Whom a phrase means at a day."""

from datetime import date

import pytest
from cost import within
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.resolve import person
from marsad.resolve import who as module
from marsad.resolve.who import who

DAY = date(2024, 5, 1)

#: Phrase, day, actor, English name of the person (None: nobody), sector.
BEST = [
    ("شويغو", date(2023, 6, 1), "RUS.GOV.MOD", "Sergei Shoigu", "GOV"),
    ("شويغو", date(2025, 9, 16), "RUS.GOV.SECURITY-COUNCIL", "Sergei Shoigu", "SPY"),
    ("Shoigu", date(2025, 9, 16), "RUS.GOV.SECURITY-COUNCIL", "Sergei Shoigu", "SPY"),
    ("سيرغي شويغو", date(2023, 6, 1), "RUS.GOV.MOD", "Sergei Shoigu", "GOV"),
    ("سكرتير مجلس الأمن الروسي سيرغي شويغو", date(2025, 9, 16), "RUS.GOV.SECURITY-COUNCIL", "Sergei Shoigu", "SPY"),
    ("وزير الخارجية الروسي", date(2023, 1, 1), "RUS.GOV.MFA", "Sergey Lavrov", "GOV"),
    ("وزير الدفاع الروسي", date(2025, 9, 16), "RUS.GOV.MOD", "Andrei Belousov", "GOV"),
    ("US Secretary of State", date(2023, 1, 1), "USA.GOV.MFA", "Antony Blinken", "GOV"),
    ("رئيس الوزراء العراقي", date(2024, 1, 1), "IRQ.GOV.PM", "Mohammed Shia al-Sudani", "GOV"),
    ("زعيم كوريا الشمالية", date(2024, 1, 1), "PRK.GOV.LEADER", "Kim Jong-un", "GOV"),
    ("أمين عام الناتو", date(2023, 1, 1), "NATO", "Jens Stoltenberg", "IGO"),
    ("الأمين العام للأمم المتحدة", date(2023, 1, 1), "UN.SECRETARIAT", "António Guterres", "IGO"),
    ("رئيس إقليم كردستان", date(2023, 1, 1), "IRQ.KRG", "Nechirvan Barzani", "GOV"),
    ("المتحدثة باسم الخارجية الروسية", date(2023, 1, 1), "RUS.GOV.MFA", "Maria Zakharova", "GOV"),
    ("رئيس المخابرات المصرية", date(2022, 1, 1), "EGY.GIS", "Abbas Kamel", "SPY"),
    ("الخارجية الأميركية", DAY, "USA.GOV.MFA", None, "GOV"),
    ("the FSB", DAY, "RUS.FSB", None, "SPY"),
    ("حركة حماس", DAY, "PSE.HAMAS", None, "REB"),
    ("داعش", DAY, "INT.ISIS", None, "REB"),
    ("حزب الله", DAY, "LBN.HEZBOLLAH", None, "REB"),
    ("رويترز", DAY, "GBR.REUTERS", None, "MED"),
    ("موسكو", DAY, "RUS", None, "GOV"),
    ("العراق", DAY, "IRQ", None, "GOV"),
    ("الروسية", DAY, "RUS", None, "GOV"),
    ("الغرب", DAY, "WEST", None, "GOV"),
    ("مسلحون", DAY, "INT.REB", None, "REB"),
    ("ordinary Kazakhs", DAY, "KAZ.CVL", None, "CVL"),
    ("مندوب العراق الدائم لدى الأمم المتحدة", DAY, "IRQ.GOV.EMBASSY", None, "GOV"),
    ("جامعة الدول العربية", DAY, "ARAB-LEAGUE", None, "IGO"),
    ("قائد الحرس الثوري", date(2023, 1, 1), "IRN.MIL.GUARD", "Hossein Salami", "MIL"),
    ("السفير الإيراني في بغداد", DAY, "IRN.GOV.EMBASSY", None, "GOV"),
]


@pytest.mark.parametrize(("phrase", "on", "actor", "name", "sector"), BEST, ids=[f"{r[0]} {r[1]}" for r in BEST])
def test_the_best_answer(phrase, on, actor, name, sector):
    best = who(phrase, on)[0]
    assert (best.actor, best.sector) == (actor, sector)
    assert (best.person.en if best.person else None) == name
    assert best.why
    assert best.source or best.actor.startswith("INT")


def test_the_office_of_the_day_goes_before_earlier_ones():
    now, *before = who("شويغو", date(2025, 9, 16))
    assert not now.former
    assert now.since <= date(2025, 9, 16)
    assert any(each.former and each.role == "DEFENCE" and each.why == person.EARLIER for each in before)
    assert all(each.score < now.score for each in before)


def test_who_left_office_is_former_and_a_politician():
    best = who("former German chancellor Angela Merkel", DAY)[0]
    assert (best.country, best.role, best.former, best.sector) == ("DEU", "HEAD_OF_GOVERNMENT", True, "PTY")
    assert best.until < DAY
    assert not who("German chancellor Angela Merkel", date(2015, 1, 1))[0].former


def test_the_former_holder_of_an_office_is_the_one_before():
    best = who("الرئيس الأميركي السابق", date(2022, 1, 1))[0]
    assert (best.person.en, best.former) == ("Donald Trump", True)


def test_two_offices_and_two_states():
    assert [each.actor for each in who("وزيرا خارجية مصر والأردن", DAY)] == ["EGY.GOV.MFA", "JOR.GOV.MFA"]
    assert [each.actor for each in who("روسيا وإيران", DAY)] == ["RUS", "IRN"]
    assert [each.country for each in who("بوتين وأردوغان", DAY)] == ["RUS", "TUR"]


def test_ambiguity_stays_visible():
    found = who("رئيس حزب العدالة والتنمية", DAY)
    assert {each.country for each in found} == {"MAR", "TUR"}
    assert all(0 < each.score < 1 for each in found)


def test_the_ambassador_by_the_host():
    found = who("سفير روسيا لدى العراق", date(2024, 1, 1))
    assert len(found) <= 1 or {each.actor for each in found} == {"RUS.GOV.EMBASSY"}


def test_a_name_that_is_not_known_keeps_its_office():
    best = who("وزير الزراعة الفنلندي ماتي ميكالينن", DAY)[0]
    assert (best.actor, best.why) == ("FIN.GOV.AGRICULTURE", module.UNKNOWN_NAME)
    assert best.person.ar == "ماتي ميكالينن"


def test_another_spelling_of_the_name_beside_its_office():
    best = who("وزير الخارجية الروسي سيرجى لافروڤ", DAY)[0]
    assert best.person.en == "Sergey Lavrov"


def test_a_stale_row_is_said_to_be_stale():
    found = who("لافروف", date(2040, 1, 1))
    assert found[0].stale
    assert found[0].score < who("لافروف", DAY)[0].score


def test_the_body_of_a_person():
    best = who("إدارة الرئيس باراك أوباما", date(2012, 1, 1))[0]
    assert (best.actor, best.why, best.person) == ("USA.GOV", module.OWNED, None)


NOBODY = [
    "كرسي", "a chair", "الاجتماع", "16 سبتمبر", "أمس", "next week", "نادي الزمالك", "Real Madrid", "برشلونة",
    "Manchester",
    "المنتخب المغربي", "منتخب العراق", "الاقتصاد العراقي", "اللغة الفارسية", "العلاقات الروسية العراقية", "كأس العالم",
    "Russian sanctions", "the war in Ukraine", "مليون دولار", "و", "في", "!!!", "", "   ", "تفاحة", "the weather",
    "السلام",
]  # fmt: skip


@pytest.mark.parametrize("phrase", NOBODY)
def test_nothing_for_what_is_no_actor(phrase):
    assert who(phrase, DAY) == []


def test_the_same_twice_and_best_first():
    for phrase, on, *_ in BEST:
        found = who(phrase, on)
        assert found == who(phrase, on)
        assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


@pytest.mark.parametrize("before", ["و", "ل", "ب"])
def test_what_is_glued_to_the_phrase_changes_nothing(before):
    assert who(before + "روسيا", DAY)[0].actor == "RUS"
    assert who(before + "شويغو", date(2023, 6, 1))[0].actor == "RUS.GOV.MOD"
    assert who(before + "وزارة الدفاع العراقية", DAY)[0].actor == "IRQ.GOV.MOD"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.dates(), st.none() | st.text(max_size=80))
def test_any_string_at_any_day(phrase, on, context):
    for each in who(phrase, on, context):
        assert 0 <= each.score <= 1
        assert each.actor
        assert each.why


def test_long_strings_take_no_time():
    assert who("وزير " * 50_000, DAY) == []
    context = "قال وزير الخارجية الروسي سيرغي لافروف. " * 5_000
    assert within(2, lambda: (who("وزير " * 50_000, DAY), who("وزير خارجية روسيا", DAY, context)))
