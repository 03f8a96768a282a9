import re
from collections import defaultdict

import pytest

from marsad.errors import KnowledgeError
from marsad.knowledge import files
from marsad.knowledge.countries import contested, countries, country_of, entry_of, is_arabic, policy

# The 54 states that Arabic news covers most, each with the spellings that papers and agencies use.
SPELLINGS = """
USA أمريكا|أميركا|امريكا|الولايات المتحدة الأميركية|US|U.S.|USA|United States|America
RUS روسيا|روسيا الاتحادية|الاتحاد الروسي|Russia|Russian Federation
IRN إيران|ايران|الجمهورية الإسلامية الإيرانية|Iran|Islamic Republic of Iran
ISR إسرائيل|اسرائيل|دولة إسرائيل|الكيان الصهيوني|دولة الاحتلال|Israel
UKR أوكرانيا|اوكرانيا|أكرانيا|Ukraine
SYR سوريا|سورية|سوريه|الجمهورية العربية السورية|Syria
IRQ العراق|عراق|جمهورية العراق|Iraq
PSE فلسطين|دولة فلسطين|الأراضي الفلسطينية|قطاع غزة|الضفة الغربية|Palestine|West Bank|Gaza
EGY مصر|جمهورية مصر العربية|Egypt
SAU السعودية|السعوديه|المملكة العربية السعودية|Saudi Arabia|KSA
TUR تركيا|تركيـا|Turkey|Türkiye|Turkiye
CHN الصين|جمهورية الصين الشعبية|China
FRA فرنسا|الجمهورية الفرنسية|France
GBR بريطانيا|المملكة المتحدة|إنجلترا|إنكلترا|انكلترا|UK|U.K.|Britain|United Kingdom|Great Britain
DEU ألمانيا|المانيا|Germany
YEM اليمن|الجمهورية اليمنية|Yemen
LBN لبنان|الجمهورية اللبنانية|Lebanon
JOR الأردن|الاردن|المملكة الأردنية الهاشمية|Jordan
ARE الإمارات|الامارات|دولة الإمارات العربية المتحدة|UAE|U.A.E.|United Arab Emirates
QAT قطر|دولة قطر|Qatar
KWT الكويت|دولة الكويت|Kuwait
BHR البحرين|مملكة البحرين|Bahrain
OMN عمان|عُمان|سلطنة عمان|سلطنة عُمان|Oman
LBY ليبيا|ليبيـا|Libya
TUN تونس|الجمهورية التونسية|Tunisia
DZA الجزائر|الجزاير|الجمهورية الجزائرية|Algeria
MAR المغرب|المملكة المغربية|Morocco
MRT موريتانيا|موريطانيا|Mauritania
SDN السودان|جمهورية السودان|Sudan
SSD جنوب السودان|دولة جنوب السودان|South Sudan
SOM الصومال|Somalia
DJI جيبوتي|جيبوتى|Djibouti
ETH إثيوبيا|أثيوبيا|اثيوبيا|Ethiopia
ERI إريتريا|أريتريا|إرتريا|Eritrea
MLI مالي|مالى|Mali
NER النيجر|Niger
NGA نيجيريا|Nigeria
TCD تشاد|التشاد|Chad
AFG أفغانستان|افغانستان|Afghanistan
PAK باكستان|الباكستان|Pakistan
IND الهند|India
JPN اليابان|Japan
KOR كوريا الجنوبية|South Korea
PRK كوريا الشمالية|North Korea|DPRK
TWN تايوان|Taiwan
IDN إندونيسيا|أندونيسيا|اندونيسيا|Indonesia
MYS ماليزيا|Malaysia
ESP إسبانيا|أسبانيا|اسبانيا|Spain
ITA إيطاليا|ايطاليا|Italy
GRC اليونان|Greece
POL بولندا|بولونيا|Poland
BLR بيلاروسيا|بيلاروس|روسيا البيضاء|Belarus
AZE أذربيجان|أذربايجان|اذربيجان|Azerbaijan
VEN فنزويلا|فينزويلا|Venezuela
"""


def spelled():
    for line in SPELLINGS.strip().splitlines():
        code, _, forms = line.partition(" ")
        yield from ((code, form) for form in forms.split("|"))


def test_there_are_54_states_in_the_test():
    assert len({code for code, _ in spelled()}) == 54


@pytest.mark.parametrize(("code", "form"), list(spelled()))
def test_the_spellings_of_the_press_resolve(code, form):
    assert country_of(form) == code


@pytest.mark.parametrize(
    "form", ["", " ", "القمر", "the moon", "الولايات", "مونتسيرات البعيدة", "us", "أردنا", "كاليفورنيا"]
)
def test_what_is_no_country_gives_none(form):
    assert country_of(form) is None


@pytest.mark.parametrize(
    ("form", "country", "entry"),
    [
        ("الأمم المتحدة", "IGO", "UN"),
        ("NATO", "IGO", "NATO"),
        ("حلف شمال الأطلسي", "IGO", "NATO"),
        ("الاتحاد الأوروبي", "IGO", "EU"),
        ("إقليم كردستان", "IRQ", "IRQ.KRG"),
        ("Kurdistan Region", "IRQ", "IRQ.KRG"),
        ("الصحراء الغربية", "ESH", "ESH"),
        ("كوسوفو", "XKX", "XKX"),
        ("الاتحاد السوفييتي", "RUS", "SUN"),
        ("USSR", "RUS", "SUN"),
        ("Yugoslavia", "YUG", "YUG"),
        ("ألمانيا الشرقية", "DDR", "DDR"),
        ("الدول الغربية", "INT", "WEST"),
        ("القدس الشرقية", "PSE", "PSE"),
    ],
)
def test_bodies_regions_and_states_of_the_past(form, country, entry):
    assert country_of(form) == country
    assert entry_of(form).code == entry


def test_a_name_is_found_in_any_case_and_with_vowel_marks():
    assert country_of("  iraq ") == country_of("IRAQ") == country_of("الْعِرَاق") == "IRQ"
    assert entry_of("irq").code == "IRQ"


def test_states_of_the_past_say_when_and_what_continues_them():
    past = [entry for entry in countries().values() if entry.status == "historic"]
    assert len(past) >= 7
    for entry in past:
        assert entry.since < entry.until
        assert entry.note
        assert entry.successor is None or countries()[entry.successor].status == "state"


def test_every_entry_is_whole():
    for code, entry in countries().items():
        assert entry.code == code
        assert re.fullmatch(r"[A-Z0-9]{2,6}(\.[A-Z]+)?", code)
        assert entry.name["ar"] in entry.names and entry.name["en"] in entry.names
        if entry.status in ("state", "territory"):
            assert len(code) == 3 and entry.country == code
        if entry.status == "region":
            assert countries()[entry.country].status == "state"
        if entry.note:
            assert set(entry.note) == {"ar", "en"} and all(entry.note.values())


def test_states_have_demonyms_in_both_languages():
    for entry in countries().values():
        if entry.status == "state" and entry.code not in {"DMA", "SLB"}:  # دومينيكي and سليماني would be other people
            assert {is_arabic(form) for form in entry.demonyms} == {True, False}, entry.code


def test_no_name_belongs_to_two_entries():
    owners = defaultdict(set)
    for entry in countries().values():
        for form in entry.names:
            owners[form.casefold()].add(entry.code)
    assert {form: codes for form, codes in owners.items() if len(codes) > 1} == {}


def test_jerusalem_carries_no_code_by_itself():
    assert policy("القدس").country is policy("Jerusalem").country is None
    assert country_of("القدس") is country_of("Jerusalem") is None
    assert policy("القرم").country == "UKR" and policy("باريس") is None
    for place in contested():
        assert place.country is None or place.country in countries()
        assert set(place.note) == set(place.name) == {"ar", "en"}


def test_a_row_of_the_wrong_width_is_named(monkeypatch):
    monkeypatch.setattr(files, "read", lambda name: "# head\ncode,forms\nIRQ,العراق,عراق\n")
    with pytest.raises(KnowledgeError, match=r"spellings\.csv:3: 3 cells"):
        list(files.rows("spellings.csv"))


def test_broken_yaml_is_named_with_its_line(monkeypatch):
    monkeypatch.setattr(files, "read", lambda name: "forms:\n  - {a: [1,\n")
    with pytest.raises(KnowledgeError, match=r"broken\.yaml:\d"):
        files.document("broken.yaml")


def test_a_missing_file_is_named():
    with pytest.raises(KnowledgeError, match=r"no-such\.csv"):
        files.read("no-such.csv")


@pytest.mark.parametrize(
    "path", sorted(path for path in files.DATA.iterdir() if path.is_file()), ids=lambda path: path.name
)
def test_every_data_file_names_source_licence_and_date_and_is_listed(path):
    head = path.read_text(encoding="utf-8")[:1500].casefold()
    assert f"`{path.name}`" in (files.DATA / "SOURCES.md").read_text(encoding="utf-8") or path.name == "SOURCES.md"
    if path.suffix in (".csv", ".yaml"):
        assert "source:" in head and "date:" in head
        assert any(word in head for word in ("licence", "license", "(mit", "apache-2.0"))
