from collections import Counter
from datetime import date

import pytest
from cost import within
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import KnowledgeError
from marsad.knowledge import files
from marsad.knowledge.actors import Meaning, actors, add, conditions, find, flat, forms, named
from marsad.knowledge.countries import countries
from marsad.text import fold, fold_text
from marsad.types import Sector

LINKS = {"part-of", "successor-of", "succeeded-by", "organ", "gazetteer", "caatsa231"}


def ids(phrase, on=None, context=None):
    return [actor.id for actor in named(phrase, on, context)]


def hits(text, on=None):
    return [(span.of(text), name) for span, name in find(text, on)]


def test_table():
    known = actors()
    assert len(known) >= 600
    codes = set(countries()) | {"IGO", "INT"}
    for actor in known.values():
        assert actor.country in codes, actor.id
        assert actor.name.ar and actor.name.en, actor.id
        assert actor.sector, actor.id
        assert not (actor.since and actor.until) or actor.since <= actor.until, actor.id
        prefix = actor.id.partition(".")[0]
        assert prefix not in countries() or actor.country == prefix or actor.country in ("INT", "IGO"), actor.id
        for link in actor.links:
            kind, _, target = link.partition(":")
            assert kind in LINKS, link
            if kind in ("part-of", "successor-of", "succeeded-by") and ".GOV" not in target and ".MIL" not in target:
                assert target in known or target in countries(), (actor.id, link)
    qids = Counter(actor.wikidata for actor in known.values() if actor.wikidata)
    assert max(qids.values()) == 1
    parties = {a.country for a in known.values() if a.sector is Sector.PTY}
    assert len(parties) >= 40
    assert sum(a.sector is Sector.MED for a in known.values()) >= 100


def test_rows_say_where_they_are_from():
    for row in files.rows("actors.csv"):
        assert row["source"]
        assert row["kind"] == "WORDS" or row["confidence"] in ("known", "found", "unsure")


# Each: the press names of one actor, in both languages, with heads, tails and clitics.
@pytest.mark.parametrize(
    ("actor", "phrases"),
    [
        ("INT.ISIS", ["داعش", "وداعش", "لداعش", "تنظيم داعش", "تنظيم الدولة", "تنظيم «الدولة الإسلامية»", "ISIS",
                      "Daesh", "عناصر تنظيم داعش الإرهابي", "داعِش", "the Islamic State"]),
        ("LBN.HEZBOLLAH", ["حزب الله", "لحزب الله", "حزب الله اللبناني", "Lebanese Hezbollah", "Hizbullah"]),
        ("IRQ.KATAIB-HEZBOLLAH", ["كتائب حزب الله", "حزب الله العراقي", "كتائب حزب الله العراقية", "Kataib Hezbollah"]),
        ("IRQ.PMF", ["الحشد الشعبي", "هيئة الحشد الشعبي", "بالحشد الشعبي", "قوات الحشد الشعبي", "Hashd al-Shaabi"]),
        ("SYR.SDF", ["قسد", "قوات سوريا الديمقراطية", "قوات سورية الديمقراطية", "SDF"]),
        ("PSE.HAMAS", ["حماس", "حركة حماس", "حركة «حماس»", "حركة المقاومة الإسلامية", "حركة حماس الفلسطينية", "Hamas"]),
        ("AFG.TALIBAN", ["طالبان", "حركة طالبان", "مسلحي طالبان", "طالبان الأفغانية", "Taliban", "Afghan Taliban"]),
        ("PAK.TTP", ["طالبان باكستان", "حركة طالبان الباكستانية", "Pakistani Taliban"]),
        ("YEM.ANSARALLAH", ["أنصار الله", "الحوثيون", "للحوثيين", "حوثيون", "جماعة الحوثي",
                            "الميليشيات الحوثية", "Houthi rebels"]),
        ("TUR.PKK", ["حزب العمال الكردستاني", "العمال الكردستاني", "بي كا كا", "PKK", "Kurdistan Workers' Party"]),
        ("SDN.RSF", ["الدعم السريع", "قوات الدعم السريع", "ميليشيا الدعم السريع", "Rapid Support Forces"]),
        ("NGA.BOKO-HARAM", ["بوكو حرام", "جماعة بوكو حرام", "Boko Haram militants"]),
        ("RUS.WAGNER", ["فاغنر", "مجموعة فاغنر", "مرتزقة فاجنر", "Wagner Group"]),
        ("RUS.FSB", ["جهاز الأمن الفيدرالي الروسي", "جهاز الأمن الفدرالي", "the FSB", "Federal Security Service"]),
        ("RUS.GRU", ["الاستخبارات العسكرية الروسية", "GRU"]),
        ("USA.CIA", ["وكالة الاستخبارات المركزية", "سي آي إيه", "CIA", "C.I.A."]),
        ("ISR.MOSSAD", ["الموساد", "جهاز الموساد", "الموساد الإسرائيلي", "Mossad"]),
        ("IRN.IRGC", ["الحرس الثوري", "الحرس الثوري الإيراني", "Revolutionary Guards", "IRGC"]),
        ("IRN.QUDS-FORCE", ["فيلق القدس", "فيلق القدس الإيراني", "Quds Force"]),
        ("RUS.ROSOBORONEXPORT", ["روس أوبورون إكسبورت", "شركة روس أوبورون إكسبورت الروسية", "روسوبورون إكسبورت",
                                 "Rosoboronexport", "Russian arms exporter Rosoboronexport"]),
        ("TUR.SSB", ["رئاسة الصناعات الدفاعية", "رئاسة الصناعات الدفاعية التركية", "SSB"]),
        ("RUS.GAZPROM", ["غازبروم", "جازبروم", "شركة غازبروم الروسية", "لغازبروم", "Gazprom"]),
        ("SAU.ARAMCO", ["أرامكو", "أرامكو السعودية", "شركة أرامكو", "Saudi Aramco"]),
        ("IRQ.SOMO", ["سومو", "شركة سومو", "SOMO"]),
        ("GBR.REUTERS", ["رويترز", "وكالة رويترز", 'وكالة "رويترز"', "وكالة رويترز للأنباء", "لرويترز",
                         "Reuters news agency"]),
        ("FRA.AFP", ["فرانس برس", "وكالة فرانس برس", "وكالة الصحافة الفرنسية", "AFP"]),
        ("IRQ.SHAFAQ", ["شفق نيوز", "وكالة شفق نيوز", "لشفق نيوز", "Shafaq News"]),
        ("QAT.AL-JAZEERA", ["قناة الجزيرة", "الجزيرة نت", "شبكة الجزيرة", "Al Jazeera"]),
        ("SAU.AL-ARABIYA", ["قناة العربية", "العربية نت", "Al Arabiya"]),
        ("SYR.SANA", ["سانا", "وكالة سانا", "وكالة الأنباء السورية", "SANA"]),
        ("IRQ.INA", ["وكالة الأنباء العراقية", "وكالة واع", "وكالة الأنباء العراقية (واع)"]),
        ("RUS.TASS", ["وكالة تاس", "وكالة تاس الروسية", "TASS"]),
        ("SYR.SOHR", ["المرصد السوري", "المرصد السوري لحقوق الإنسان", "Syrian Observatory for Human Rights"]),
        ("UN.SECURITY-COUNCIL", ["مجلس الأمن", "مجلس الأمن الدولي", "لمجلس الأمن", "U.N. Security Council"]),
        ("ARAB-LEAGUE", ["الجامعة العربية", "جامعة الدول العربية", "Arab League"]),
        ("OPEC-PLUS", ["أوبك+", "تحالف أوبك+", "أوبك بلس", "OPEC+"]),
        ("OPEC", ["أوبك", "لأوبك", "منظمة أوبك", "OPEC"]),
    ],
)  # fmt: skip
def test_names_of_one_actor(actor, phrases):
    assert {phrase: ids(phrase) for phrase in phrases} == {phrase: [actor] for phrase in phrases}


@pytest.mark.parametrize(
    "phrase",
    ["", " ", "«»", "the", "وزير الخارجية", "الوطن", "الجزيرة", "العربية", "الشرق الأوسط", "سوخوي", "غرب", "شباب",
     "القاعدة", "شركة", "حركة", "وكالة", "نهضة", "is", "it", "us", "أمل", "الصباح", "مستقبل", "البيت", "أفاد", "كابل",
     "حزب", "المقاومة"],
)  # fmt: skip
def test_no_actor(phrase):
    assert ids(phrase) == []


# What stands around a form decides what it means.
@pytest.mark.parametrize(
    ("phrase", "context", "found"),
    [
        ("حزب العدالة والتنمية", None, ["MAR.PJD", "TUR.AKP"]),
        ("حزب العدالة والتنمية", "فاز حزب العدالة والتنمية في إسطنبول، قال أردوغان", ["TUR.AKP"]),
        ("حزب العدالة والتنمية", "رشح حزب العدالة والتنمية وزيرا مغربيا سابقا", ["MAR.PJD"]),
        ("حزب العدالة والتنمية التركي", None, ["TUR.AKP"]),
        ("صحيفة الوطن", None, ["SAU.AL-WATAN", "EGY.AL-WATAN", "SYR.AL-WATAN"]),
        ("صحيفة الوطن السورية", None, ["SYR.AL-WATAN"]),
        ("شركة سوخوي", None, ["RUS.SUKHOI"]),
        ("سوخوي", "وقعت شركة سوخوي العقد", ["RUS.SUKHOI"]),
        ("سوخوي", "حلقت طائرة سوخوي فوق المدينة", []),
        ("القاعدة", "قتل زعيم القاعدة في غارة", ["INT.AL-QAEDA"]),
        ("القاعدة", "أقلعت من القاعدة الجوية", []),
        ("مجلس الأمن", "سكرتير مجلس الأمن الروسي", []),
        ("حزب الله التركي", None, []),
    ],
)
def test_context_decides(phrase, context, found):
    assert ids(phrase, context=context) == found


def test_day_decides():
    assert ids("جبهة النصرة", date(2015, 6, 1)) == ["SYR.NUSRA"]
    assert ids("جبهة النصرة", date(2020, 6, 1)) == []
    assert ids("هيئة تحرير الشام", date(2020, 6, 1)) == ["SYR.HTS"]
    assert hits("قالت جبهة النصرة", date(2020, 6, 1)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وقال لـ«الشرق الأوسط» إن الأزمة في الشرق الأوسط طويلة", [("الشرق الأوسط", "SAU.ASHARQ-AL-AWSAT")]),
        ("نقلت وكالة «تاس» عن شركة «روستيخ»", [("تاس", "RUS.TASS"), ("روستيخ", "RUS.ROSTEC")]),
        ("#حزب_الله و#داعش", [("حزب_الله", "LBN.HEZBOLLAH"), ("داعش", "INT.ISIS")]),
        ("قصفت كتائب حزب الله القاعدة", [("كتائب حزب الله", "IRQ.KATAIB-HEZBOLLAH")]),
        ("بحماس كبير استقبله الشباب", []),
        ("رحبت حماس بالقرار", [("حماس", "PSE.HAMAS")]),
        ("للأمم المتحدة وبالأمم المتحدة", [("للأمم المتحدة", "UN"), ("الأمم المتحدة", "UN")]),
        ("ذكرت قناة الجزيرة أن مياه شبه الجزيرة العربية", [("قناة الجزيرة", "QAT.AL-JAZEERA")]),
        ("في شرق الوطن أفاد شهود من البيت", []),
        ("Israel’s IDF struck Hezbollah’s depots, Reuters reported.", [
            ("IDF", "ISR.IDF"), ("Hezbollah", "LBN.HEZBOLLAH"), ("Reuters", "GBR.REUTERS"),
        ]),
        ("the wagner of our time, Wagnerian", []),
        ("RSF fighters shelled Khartoum", [("RSF", "SDN.RSF")]),
        ("RSF said three journalists were held", [("RSF", "INT.RSF")]),
        ("OPEC+ met; OPEC did not", [("OPEC+", "OPEC-PLUS"), ("OPEC", "OPEC")]),
        ("الحوثيّين وطَالِبان", [("الحوثيّين", "YEM.ANSARALLAH"), ("طَالِبان", "AFG.TALIBAN")]),
        ("تصريح لشفق نيوز", [("شفق نيوز", "IRQ.SHAFAQ")]),
        ("منظمة حظر الأسلحة الكيميائية تدعو إلى حظر الأسلحة الكيميائية", [("منظمة حظر الأسلحة الكيميائية", "OPCW")]),
    ],
)  # fmt: skip
def test_find(text, found):
    assert hits(text) == found


def bare(form):
    return " ".join(flat(fold_text(form)).split())


def test_every_form_with_no_condition_is_found_and_named():
    asked = {row["id"]: row["conditions"] for row in files.rows("actors.csv")}
    lost = []
    for actor in actors():
        free = [form for form in forms(actor) if f"{form}: " not in asked[actor]]
        lost += [(actor, form) for form in free if actor not in ids(form)]
        for form in free:
            text = f"قال {form} أمس"
            if bare(form) not in [bare(span.of(text)) for span, _ in find(text)]:
                lost.append((actor, form, "find"))
    assert not lost


def test_two_actors_of_one_alias_on_one_day():
    known = {}
    add(known, "س ", Meaning("A", until=date(2010, 1, 1)), "actors.csv")
    add(known, "س ", Meaning("B", since=date(2010, 1, 2)), "actors.csv")
    with pytest.raises(KnowledgeError, match="means both B and C"):
        add(known, "س ", Meaning("C", since=date(2015, 1, 1)), "actors.csv")


@pytest.mark.parametrize(
    ("cell", "fault"),
    [("س", "no condition"), ("س: only_nearly ص", "only_nearly"), ("س: only_near @nowhere", "@nowhere")],
)
def test_faults_in_conditions(cell, fault):
    with pytest.raises(KnowledgeError, match=fault):
        conditions(cell, {}, "IRQ", "actors.csv")


PIECES = st.sampled_from(
    [
        "حزب الله",
        "داعش",
        "«الجزيرة»",
        "و",
        "ال",
        "لل",
        " ",
        "\n",
        "\u200f",
        "ـ",
        "\ud800",
        "OPEC+",
        "'",
        "النهضة",
        "ﷺ",
        "😀",
        "U.N.",
        "ِ",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_spans_lie_in_order_in_the_text(text):
    end = 0
    for span, name in find(text, folded=fold(text)):
        assert end <= span.start < span.stop <= len(text)
        assert name in actors()
        end = span.stop
    named(text, context=text)


@pytest.mark.parametrize(
    "piece", ["النهضة ", "القاعدة", "حزب الله ", "وبال", "(", "صحيفة الوطن ", "IS militants ", "\ud800"]
)
def test_hostile_texts_take_linear_time(piece):
    find("")
    text = piece * (60_000 // len(piece))
    assert within(3, lambda: (find(text), named(text, context=text)))
