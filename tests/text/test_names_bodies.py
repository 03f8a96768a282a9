"""Names of firms, organs and movements: pairs that must meet and must not, their words by meaning, and the tables."""

import csv
from importlib.resources import files

import pytest
from cost import within

from marsad.text import fold_text
from marsad.text.names import SAME, NameIndex, name_score
from marsad.text.names.initials import abbreviation, stands_for
from marsad.text.names.vocabulary import meanings_of, personal, vocabulary
from marsad.text.names.words import named

SAME_BODY = [
    ("المؤسسة الوطنية للغاز", "National Gas Corporation"), ("مصرف التنمية الزراعي", "Agricultural Development Bank"),
    ("وزارة النقل الأردنية", "Jordanian Ministry of Transport"), ("جامعة بغداد", "University of Baghdad"),
    ("Министерство энергетики Казахстана", "وزارة الطاقة الكازاخستانية"), ("Союз журналистов", "Union of Journalists"),
    ("الخطوط الجوية اليمنية", "Yemeni Airways"), ("صحيفة النهضة", "Al-Nahda"), ("حركة الإصلاح", "Reform Movement"),
    ("شركة الشرق الأوسط للتأمين", "Middle East Insurance Co."), ("هيئة الطيران المدني", "Civil Aviation Authority"),
    ("اللواء السابع", "7th Brigade"), ("الفرقة الثالثة المدرعة", "3rd Armored Division"),
    ("شركة الفجر للتجارة ش.م.م", "Al-Fajr Trading W.L.L."), ("Qalqas Gas A.Ş.", "قلقاس غاز"),
    ("National Tobacco Company of Oman", "NTCO"), ("الشركة السودانية للكهرباء", "Sudanese Electricity Company"),
    ("بي بي سي", "BBC"), ("بنك قلقاس", "Qalqasbank"), ("QalqasEnergy", "قلقاس للطاقة"),
    ("ПАО «Вектор»", "شركة فيكتور"), ("Федеральное агентство новостей", "وكالة الأنباء الفيدرالية"),
    ("Al Noor (Beirut) Trading", "شركة النور للتجارة"), ("U.S. Navy", "البحرية الأمريكية"),
]  # fmt: skip
OTHER_BODY = [
    ("المؤسسة الوطنية للغاز", "National Oil Corporation"), ("مصرف التنمية الزراعي", "Industrial Development Bank"),
    ("وزارة النقل الأردنية", "Jordanian Ministry of Labour"), ("جامعة بغداد", "University of Basra"),
    ("Министерство энергетики Казахстана", "وزارة الطاقة الأوزبكية"), ("Союз журналистов", "Union of Engineers"),
    ("الخطوط الجوية اليمنية", "Tunisian Airways"), ("اللواء السابع", "8th Brigade"),
    ("شركة نفط الجنوب", "شركة ناقلات نفط الجنوب"), ("جامعة تونس", "German University in Tunis"),
    ("شركة الفجر للتجارة", "Al-Fajr Insurance"), ("National Tobacco Company of Oman", "NGCO"),
    ("بنك دجلة الإسلامي", "Tigris Commercial Bank"), ("НПО Энергомаш", "НПО Энергия"),
    ("الجبهة الوطنية", "National Front – General Command"), ("Golden Star Trading", "Golden River Trading"),
]  # fmt: skip
SAME_PERSON = [
    ("كمال شاويش أوغلو", "Kemal Çavuşoğlu"), ("سمير جودت", "Samir Cevdet"), ("Wang Qiming", "وانغ تشيمينغ"),
    ("آية الله محسن الراوي", "Mohsen al-Rawi"), ("Дмитро Савченко", "Дмитрий Савченко"), ("İdris Can", "Idris Can"),
    ("داوود كريم", "داود كريم"), ("Sadeq Qani", "Sadegh Ghaani"), ("عبد الرحمان ناجي", "عبد الرحمن ناجي"),
]  # fmt: skip
OTHER_PERSON = [
    ("راشد المهنا", "رشيد المهنا"), ("ناصر الجبوري", "نصر الجبوري"), ("Олег Сечин", "Олег Сечкин"),
    ("Марина Рощина", "Мария Рощина"), ("Игорь Новак", "Игорь Новаков"), ("King Faisal I", "King Faisal II"),
    ("Алексей Данилов", "Алексей Данилин"), ("جمال الدين الراوي", "كمال الدين الراوي"),
    ("Александр Рощин", "Александра Рощин"), ("عبد الله الراوي", "عبد الإله الراوي"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), SAME_BODY + SAME_PERSON)
def test_one_name(a, b):
    assert name_score(a, b).score >= SAME, name_score(a, b)
    assert name_score(a, b).score == name_score(b, a).score


@pytest.mark.parametrize(("a", "b"), OTHER_BODY + OTHER_PERSON)
def test_two_names(a, b):
    assert name_score(a, b).score < SAME, name_score(a, b)


@pytest.mark.parametrize(
    ("arabic", "english", "russian"),
    [("للنفط", "oil", "нефтяная"), ("والتجارة", "trading", "торговый"), ("الإيرانية", "iranian", "иранской"),
     ("الجزائرية", "algerian", "алжирский"), ("وزارة", "ministries", "министерства")],
)  # fmt: skip
def test_words_of_three_scripts_have_one_meaning(arabic, english, russian):
    assert meanings_of(fold_text(arabic)) & meanings_of(english) & meanings_of(russian)


def test_every_state_has_words_in_three_scripts():
    text = files("marsad.text.names").joinpath("states.tsv").read_text(encoding="utf-8")
    spoken = files("marsad.text.names").joinpath("demonyms.csv").read_text(encoding="utf-8")
    lines = dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    rows = list(csv.DictReader(line for line in spoken.splitlines() if not line.startswith("#")))
    assert [row["code"] for row in rows] == list(lines) and len(lines) > 140
    for row in rows:
        assert all(word in lines[row["code"]].split(" ") for word in (row["en"] + " " + row["ru"]).split()), row
        assert any("\u0600" < letter < "\u06ff" for letter in lines[row["code"]]), row


def test_each_meaning_has_a_sort_and_no_word_of_one_letter():
    known = vocabulary()
    assert len(known.sorts) == len(known.initials) == len(known.russian) > 600
    assert all(len(word) > 1 for word in [*known.meanings, *known.stems])
    assert personal("سلام") and not personal("مصرف")


def test_initials_stand_for_words_in_their_order():
    words = named("Oman National Tobacco Company").words
    assert stands_for("ontc", words) and not stands_for("ontg", words) and not stands_for("on", words)
    assert abbreviation(named("ONTC")) == "ontc" and abbreviation(named("Ontario")) == abbreviation(named("A")) == ""


def test_index_finds_bodies_across_scripts():
    names = [b for _, b in SAME_BODY]
    index = NameIndex(names)
    asked = [
        (place, a) for place, (a, b) in enumerate(SAME_BODY) if not (abbreviation(named(a)) or abbreviation(named(b)))
    ]
    assert all(place in dict(index.near(a, SAME)) for place, a in asked)


@pytest.mark.parametrize("text", ["(" * 200_000, "بي " * 70_000, "A.B." * 50_000, "bank " * 40_000, "aA" * 100_000])
def test_hostile_names_of_bodies_are_bounded(text):
    assert within(1.0, lambda: (name_score(text, text[:-1]), name_score(text, "National Oil Company")))
