"""The grammar of offices: organ, state, role, in both languages."""

import pytest
from cost import grows_less
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import KnowledgeError
from marsad.knowledge import organs
from marsad.resolve.around import around
from marsad.resolve.office import AROUND, FIXED, INSIDE, NOWHERE, office

#: Phrase, actor, role, sector.
READ = [
    ("وزير الخارجية الروسي", "RUS.GOV.MFA", "FOREIGN", "GOV"),
    ("وزير خارجية روسيا", "RUS.GOV.MFA", "FOREIGN", "GOV"),
    ("لوزيرة الخارجية الألمانية", "DEU.GOV.MFA", "FOREIGN", "GOV"),
    ("الخارجية الأميركية", "USA.GOV.MFA", "FOREIGN", "GOV"),
    ("وزارة الدفاع العراقية", "IRQ.GOV.MOD", "DEFENCE", "GOV"),
    ("وزارة الداخلية في تونس", "TUN.GOV.MOI", "INTERIOR", "GOV"),
    ("وزير الدولة الإماراتي للشؤون الخارجية", "ARE.GOV.MFA", "MINISTER_OF_STATE", "GOV"),
    ("البنتاغون", "USA.GOV.MOD", "DEFENCE", "GOV"),
    ("الكرملين", "RUS.GOV.PRESIDENCY", "HEAD_OF_STATE", "GOV"),
    ("قصر الإليزيه", "FRA.GOV.PRESIDENCY", "HEAD_OF_STATE", "GOV"),
    ("داونينغ ستريت", "GBR.GOV.PM", "HEAD_OF_GOVERNMENT", "GOV"),
    ("الاستخبارات التركية", "TUR.SPY", "INTELLIGENCE", "SPY"),
    ("سكرتير مجلس الأمن الروسي", "RUS.GOV.SECURITY-COUNCIL", "SECURITY_COUNCIL", "SPY"),
    ("مستشار الأمن القومي العراقي", "IRQ.GOV.SECURITY-COUNCIL", "SECURITY_COUNCIL", "SPY"),
    ("المتحدث باسم البيت الأبيض", "USA.GOV.PRESIDENCY", "SPOKESPERSON", "GOV"),
    ("الناطق باسم الجيش اللبناني", "LBN.MIL.ARMY", "SPOKESPERSON", "MIL"),
    ("نائب وزير الخارجية الروسي", "RUS.GOV.MFA", "DEPUTY_FOREIGN", "GOV"),
    ("رئيس الوزراء العراقي", "IRQ.GOV.PM", "HEAD_OF_GOVERNMENT", "GOV"),
    ("رئيس مجلس النواب العراقي", "IRQ.LEG", "PARLIAMENT", "LEG"),
    ("رئيس هيئة الأركان الأميركية المشتركة", "USA.MIL.GENERAL-STAFF", "CHIEF_OF_STAFF", "MIL"),
    ("رئيس جهاز المخابرات المصري", "EGY.SPY", "INTELLIGENCE", "SPY"),
    ("قائد القوات البحرية الباكستانية", "PAK.MIL.NAVY", "COMMANDER", "MIL"),
    ("الشرطة السودانية", "SDN.COP", "HEAD_OF_POLICE", "COP"),
    ("النيابة العامة المصرية", "EGY.JUD.PROSECUTION", "PROSECUTOR", "JUD"),
    ("محافظ البنك المركزي اليمني", "YEM.GOV.CENTRAL-BANK", "CENTRAL_BANK", "GOV"),
    ("السفير الإيراني في بغداد", "IRN.GOV.EMBASSY", "AMBASSADOR", "GOV"),
    ("ملك الأردن", "JOR.GOV.CROWN", "HEAD_OF_STATE", "GOV"),
    ("ولي العهد السعودي", "SAU.GOV.CROWN", "DEPUTY_HEAD", "GOV"),
    ("الكنيست", "ISR.LEG", "PARLIAMENT", "LEG"),
    ("مجلس الأمن الدولي", "UN.SECURITY-COUNCIL", None, "IGO"),
    ("the Russian foreign minister", "RUS.GOV.MFA", "FOREIGN", "GOV"),
    ("US Secretary of State", "USA.GOV.MFA", "FOREIGN", "GOV"),
    ("Foreign Office", "GBR.GOV.MFA", "FOREIGN", "GOV"),
    ("Iraq's minister of defence", "IRQ.GOV.MOD", "DEFENCE", "GOV"),
    ("the Iraqi defence ministry's spokesman", "IRQ.GOV.MOD", "SPOKESPERSON", "GOV"),
    ("spokeswoman for the Turkish parliament", "TUR.LEG", "SPOKESPERSON", "LEG"),
    ("Deputy Foreign Minister of Russia", "RUS.GOV.MFA", "DEPUTY_FOREIGN", "GOV"),
    ("Iraqi parliament speaker", "IRQ.LEG", "PARLIAMENT", "LEG"),
    ("the Chinese army", "CHN.MIL.ARMY", None, "MIL"),
    ("German chancellor", "DEU.GOV.PM", "HEAD_OF_GOVERNMENT", "GOV"),
    ("Russian ambassador to Turkey", "RUS.GOV.EMBASSY", "AMBASSADOR", "GOV"),
    ("رئيس حكومة إقليم كردستان", "IRQ.KRG", "HEAD_OF_GOVERNMENT", "GOV"),
]


@pytest.mark.parametrize(("phrase", "actor", "role", "sector"), READ, ids=[row[0] for row in READ])
def test_offices_and_organs(phrase, actor, role, sector):
    found = office(phrase)
    assert found is not None
    assert (found.actor, found.sector) == (actor, sector)
    assert role is None or found.role == role


@pytest.mark.parametrize(
    ("phrase", "marks"),
    [
        ("وزير الدفاع العراقي السابق", (True, False, False)),
        ("former German chancellor", (True, False, False)),
        ("رئيس الوزراء اللبناني المكلف", (False, False, True)),
        ("وزير الخارجية الليبي بالوكالة", (False, True, False)),
        ("acting US defense secretary", (False, True, False)),
        ("الرئيس الأميركي المنتخب", (False, False, True)),
        ("وزير المالية المصري", (False, False, False)),
    ],
)
def test_former_acting_designate(phrase, marks):
    found = office(phrase)
    assert found is not None
    assert (found.former, found.acting, found.designate) == marks


def test_a_head_takes_the_body_that_follows():
    assert [office(p).sector.value for p in ("رئيس الحزب", "رئيس المحكمة العليا", "رئيس الشركة")] == [
        "PTY",
        "JUD",
        "BUS",
    ]
    assert office("رئيس العراق").organ == "GOV.PRESIDENCY"


def test_where_the_state_is_from():
    assert office("الحكومة العراقية").why == INSIDE
    assert office("البنتاغون").why == FIXED
    alone = office("الحكومة")
    assert (alone.actor, alone.country, alone.why) == ("GOV", None, NOWHERE)
    context = "في بغداد قالت الحكومة إنها مستعدة."
    near = office("الحكومة", context=context)
    assert (near.actor, near.why) == ("IRQ.GOV", AROUND)
    assert near.score < office("الحكومة العراقية").score


def test_the_phrase_itself_is_no_context():
    assert around("استقبل الوزير التركي نظيره القطري", "الوزير التركي") == "QAT"
    assert around(None, "الوزير") is around("لا دولة هنا", "الوزير") is None


@pytest.mark.parametrize("phrase", ["كرسي", "a chair", "", "؟", "2024", "نادي الزوراء", "football club", "اتفاق"])
def test_nothing_for_what_is_no_office(phrase):
    assert office(phrase) is None


def test_portfolios_are_made_in_every_form():
    table = organs.terms()
    for form in ("وزارة العدل", "وزير العدل", "justice ministry", "ministry of justice", "minister of justice"):
        assert table.get(form).key == "GOV.MOJ"
    assert all(term.sector for term in organs.organs().values())


def test_a_broken_entry_names_its_place():
    with pytest.raises(KnowledgeError, match=r"organs\.yaml: organs, entry 3"):
        organs._Fault("organs", 3)(organs._organs, {"organ": "GOV"})
    with pytest.raises(KnowledgeError, match="entry 1"):
        organs._Fault("fixed", 1)(organs._fixed, {"actor": "USA.LEG", "sector": "NONE", "forms": []})


@given(st.text(max_size=60))
def test_any_string_is_read(text):
    found = office(text)
    assert found is None or 0 <= found.score <= 1


@given(
    st.lists(
        st.sampled_from(["وزير", "الخارجية", "رئيس", "نائب", "العراق", "سابق", "the", "of", "minister", "حزب"]),
        max_size=12,
    )
)
def test_words_in_any_order(words):
    office(" ".join(words))


def test_time_grows_with_the_length_only():
    text = "نائب رئيس وزراء "
    office(text)
    assert grows_less(40, lambda: office(text * 800), lambda: office(text * 8000), floor=0.2)
