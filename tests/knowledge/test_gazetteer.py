from collections import defaultdict

import pytest
from cost import grows_less
from hypothesis import given
from hypothesis import strategies as st

from marsad.knowledge import files
from marsad.knowledge.countries import countries
from marsad.knowledge.gazetteer import _patterns, find, table
from marsad.text import fold
from marsad.types import Span


def hits(text, **options):
    return [(hit.span.of(text), hit.code) for hit in find(text, **options)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # what is glued to the beginning, with and without the article
        ("في العراق", [("العراق", "IRQ")]),
        ("والعراق", [("العراق", "IRQ")]),
        ("وبالعراق", [("العراق", "IRQ")]),
        ("فللعراق", [("للعراق", "IRQ")]),
        ("لروسيا", [("روسيا", "RUS")]),
        ("وبروسيا", [("روسيا", "RUS")]),
        ("كالسودان", [("السودان", "SDN")]),
        ("للبنان", [("لبنان", "LBN")]),  # its own ل behind that of "to"
        ("للبنانيين", [("لبنانيين", "LBN")]),
        # endings of a demonym
        ("عراقي عراقية عراقيون عراقيين عراقيات عراقيان عراقيتين عراقيتان عراقيا عراقيو", [
            ("عراقي", "IRQ"), ("عراقية", "IRQ"), ("عراقيون", "IRQ"), ("عراقيين", "IRQ"), ("عراقيات", "IRQ"),
            ("عراقيان", "IRQ"), ("عراقيتين", "IRQ"), ("عراقيتان", "IRQ"), ("عراقيا", "IRQ"), ("عراقيو", "IRQ"),
        ]),
        ("الأتراك والروس والأفغان والمغاربة والقبارصة", [
            ("الأتراك", "TUR"), ("الروس", "RUS"), ("الأفغان", "AFG"), ("المغاربة", "MAR"), ("القبارصة", "CYP"),
        ]),
        ("للأميركيين وبالفرنسيات", [("للأميركيين", "USA"), ("الفرنسيات", "FRA")]),
        # the longest form wins, and the name over the demonym of the same letters
        ("جمهورية الكونغو الديمقراطية", [("جمهورية الكونغو الديمقراطية", "COD")]),
        ("غينيا بيساو", [("غينيا بيساو", "GNB")]),
        ("رئيس جنوب السودان", [("جنوب السودان", "SSD")]),
        ("سفير جنوب أفريقيا", [("جنوب أفريقيا", "ZAF")]),
        # no part of a longer word
        ("الشمالي والهندسة والقطران ومصرع ومصرف وتونسة", []),
        ("أردنا أن نقول", []),
        # tashkeel, tatweel, hashtags, quotes, newline inside a name
        ("وَالعِرَاقُ", [("العِرَاقُ", "IRQ")]),
        ("العـــراق", [("العـــراق", "IRQ")]),
        ("#العراق_ينتفض", [("العراق", "IRQ")]),
        ("«روسيا»، (تركيا).", [("روسيا", "RUS"), ("تركيا", "TUR")]),
        ("البيت\nالأبيض", [("البيت\nالأبيض", "USA")]),
        # metonyms and bodies
        ("الكرملين والإليزيه وقصر بعبدا وداونينغ ستريت", [
            ("الكرملين", "RUS"), ("الإليزيه", "FRA"), ("قصر بعبدا", "LBN"), ("داونينغ ستريت", "GBR"),
        ]),
        ("الأمم المتحدة وحلف الناتو والجامعة العربية", [
            ("الأمم المتحدة", "IGO"), ("حلف الناتو", "IGO"), ("الجامعة العربية", "IGO"),
        ]),
        ("أربيل وإقليم كردستان", [("أربيل", "IRQ"), ("إقليم كردستان", "IRQ")]),
        # English
        ("US-led talks in Iraq's capital; Iraqis and the U.S. agreed.", [
            ("US", "USA"), ("Iraq", "IRQ"), ("Iraqis", "IRQ"), ("U.S.", "USA"),
        ]),
        ("RUSSIA WARNS UKRAINE", [("RUSSIA", "RUS"), ("UKRAINE", "UKR")]),
        ("White House and Downing Street", [("White House", "USA"), ("Downing Street", "GBR")]),
        ("they told us about turkey and china on a polish plate", []),
        ("Iraqification Somalization Omanis", [("Omanis", "OMN")]),
        ("جنود الـNATO", [("الـNATO", "IGO")]),
    ],
)  # fmt: skip
def test_forms_and_edges(text, found):
    assert hits(text) == found


# Each pair: the meaning that is a state, and the one that is not.
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("تنسحب القوات من شمال مالي", [("مالي", "MLI")]),
        ("قررت مالي والنيجر طرد السفير", [("مالي", "MLI"), ("النيجر", "NER")]),
        ("مركز مالي وتقرير مالي ودعم مالي", []),
        ("سيطر الجيش المالي على باماكو", [("المالي", "MLI"), ("باماكو", "MLI")]),
        ("وزير المالية والنظام المالي", []),
        ("أكدت سلطنة عمان موقفها", [("سلطنة عمان", "OMN")]),
        ("زار عُمان", [("عُمان", "OMN")]),
        ("زار عمّان", [("عمّان", "JOR")]),
        ("وصل إلى العاصمة الأردنية عمان", [("الأردنية", "JOR"), ("عمان", "JOR")]),
        ("تقود عمان وساطة بين طهران وواشنطن", [("عمان", "OMN"), ("طهران", "IRN"), ("واشنطن", "USA")]),
        ("سفن في خليج عمان", []),
        ("زار الأردن", [("الأردن", "JOR")]),
        ("ضفاف نهر الأردن", []),
        ("أكد رئيس الوزراء محمد شياع السوداني", []),
        ("استقبل السوداني السفير", []),
        ("رئيس الوزراء السوداني عاد إلى الخرطوم", [("السوداني", "SDN"), ("الخرطوم", "SDN")]),
        ("قال الجيش السوداني", [("السوداني", "SDN")]),
        ("المطرب أحمد التونسي", []),
        ("اعتقل الأمن الناشط التونسي", [("التونسي", "TUN")]),
        ("لاعب اسمه بغداد بونجاح", []),
        ("زار بغداد", [("بغداد", "IRQ")]),
        ("الأمير تركي الفيصل", []),
        ("مسؤول تركي", [("تركي", "TUR")]),
        ("أصيب في يده اليمنى", []),
        ("الجيش اليمني", [("اليمني", "YEM")]),
        ("مجريات الحرب ومجرى النهر", []),
        ("الحكومة المجرية", [("المجرية", "HUN")]),
        ("بقي في مسقط رأسه", []),
        ("أعلنت مسقط", [("مسقط", "OMN")]),
        ("لأسباب القوة القاهرة", []),
        ("أعلنت القاهرة", [("القاهرة", "EGY")]),
        ("قطعوا كابل الإنترنت", []),
        ("انفجار في كابل", [("كابل", "AFG")]),
        ("بقطر 5 أمتار", []),
        ("وساطة قطر", [("قطر", "QAT")]),
        ("القيادة القطرية لحزب البعث", []),
        ("أدان مجلس الأمن الهجوم", [("مجلس الأمن", "IGO")]),
        ("سكرتير مجلس الأمن الروسي", [("الروسي", "RUS")]),
        ("طرابلس شمال لبنان", [("طرابلس", "LBN"), ("لبنان", "LBN")]),
        ("قوات حفتر قرب طرابلس", [("طرابلس", "LBY")]),
        ("ولاية جورجيا", [("جورجيا", "USA")]),
        ("قصفت روسيا جورجيا عام 2008", [("روسيا", "RUS"), ("جورجيا", "GEO")]),
        ("دول أمريكا اللاتينية", []),
        ("قوات كورية شمالية", [("كورية", "PRK")]),
        ("ضباط كوريون جنوبيون", [("كوريون", "KOR")]),
        ("شبه الجزيرة الكورية", []),
        ("باللغة الإنجليزية", []),
        ("التقويم القمري", []),
        ("مدارس البنين", []),
        ("اجتماع في بروكسل", [("بروكسل", "BEL")]),
        ("رفضت بروكسل الطلب", [("بروكسل", "IGO")]),
        ("غرب القدس وشرق القدس", []),
        ("القدس الشرقية والقدس الغربية", [("القدس الشرقية", "PSE"), ("القدس الغربية", "ISR")]),
        ("فيلق القدس", []),
        ("قوات الاحتلال", [("قوات الاحتلال", "ISR")]),
        ("قوات الاحتلال الروسي", [("الروسي", "RUS")]),
        ("دول غربية", [("غربية", "INT")]),
        ("شمال غربي البلاد", []),
        ("Michael Jordan met Jordan's king", [("Jordan", "JOR")]),
        ("voters in Atlanta say Georgia matters", [("Georgia", "USA")]),
        ("Tbilisi says Georgia will not yield", [("Tbilisi", "GEO"), ("Georgia", "GEO")]),
        ("Chad Wolf flew to Chad", [("Chad", "TCD")]),
        ("New Mexico and the Gulf of Mexico, then Mexico", [("Mexico", "MEX")]),
        ("Latin America trades with America", [("America", "USA")]),
        ("the South China Sea and China", [("China", "CHN")]),
        ("the Indian Ocean and Indian troops", [("Indian", "IND")]),
        ("he wrote in English to English officials", [("English", "GBR")]),
        (
            "the Security Council met; Russia's Security Council did not",
            [("Security Council", "IGO"), ("Russia", "RUS")],
        ),
        ("West Jerusalem, Jerusalem and East Jerusalem", [("West Jerusalem", "ISR"), ("East Jerusalem", "PSE")]),
        (
            "Western countries sailed the western coast of Western Sahara",
            [("Western", "INT"), ("Western Sahara", "ESH")],
        ),
    ],
)
def test_what_is_ambiguous_is_decided_by_its_neighbours(text, found):
    assert hits(text) == found


def test_a_hit_names_its_entry_and_kind():
    text = "نفى الكرملين أن يكون الاتحاد السوفياتي والناتو وقعا اتفاقا أوكرانيا في إقليم كردستان"
    assert [(hit.entry, hit.code, hit.kind) for hit in find(text)] == [
        ("RUS", "RUS", "metonym"),
        ("SUN", "RUS", "name"),
        ("NATO", "IGO", "body"),
        ("UKR", "UKR", "name"),
        ("IRQ.KRG", "IRQ", "body"),
    ]
    assert [hit.kind for hit in find("مسؤول أوكراني")] == ["demonym"]


def test_places_are_found_when_asked_for():
    text = "قصف على حلب ودونيتسك وعدن والحد الأقصى"
    assert hits(text) == []
    assert hits(text, places=True) == [("حلب", "SYR"), ("دونيتسك", "UKR"), ("عدن", "YEM")]
    assert {hit.kind for hit in find(text, places=True)} == {"place"}
    assert hits("the port of Aden and Crimea", places=True) == [("Aden", "YEM"), ("Crimea", "UKR")]


def test_every_unambiguous_form_finds_its_own_country():
    unsure = {form for item in files.document("ambiguous.yaml")["forms"] for form in item["forms"]}
    wrong = []
    for entry in countries().values():
        for kind, form in entry.forms():
            if form in unsure or form.removeprefix("ال") in {other.removeprefix("ال") for other in unsure}:
                continue
            text = f"… {form} …"
            found = find(text, places=True)
            if [(hit.code, hit.span.of(text)) for hit in found] != [(entry.country, form)]:
                wrong.append((entry.code, kind, form, [(hit.code, hit.span.of(text)) for hit in found]))
    assert wrong == []


def test_forms_that_two_entries_share_are_decided_in_the_data():
    owners = defaultdict(set)
    for entry in countries().values():
        for kind, form in entry.forms():
            for pattern in _patterns(form, kind):
                owners[pattern].add(entry.country)
    decided = {
        pattern
        for item in files.document("ambiguous.yaml")["forms"]
        for form in item["forms"]
        for pattern, _ in _patterns(form, "name")
    }
    assert [pattern for pattern, codes in owners.items() if len(codes) > 1 and pattern[0] not in decided] == []


def test_every_code_can_be_found():
    codes = {reading.code for readings in table().readings for reading in readings}
    assert codes == {entry.country for entry in countries().values()}


letters = st.sampled_from("العراقمصرلبنانوفبلكيهةىأإآ ً.،«»\n1Iraq US-_ـ\u200f")


@given(st.text(letters, max_size=80))
def test_hits_are_in_order_apart_and_inside_the_text(text):
    end = 0
    for hit in find(text, places=True):
        assert end <= hit.span.start < hit.span.stop <= len(text)
        assert hit.code == countries()[hit.entry].country
        end = hit.span.stop


@given(st.text(max_size=60))
def test_any_text_can_be_searched_with_a_fold_made_before(text):
    assert find(text, fold(text)) == find(text)


@given(st.sampled_from(["", "و", "ب", "ول", "فب"]), st.sampled_from(["روسيا", "تركيا", "إيران", "ليبيا", "أوكرانيا"]))
def test_a_name_keeps_its_span_whatever_is_glued_to_it(glued, name):
    text = f"قيل إن {glued}{name} كذلك"
    assert [hit.span for hit in find(text)] == [Span(7 + len(glued), 7 + len(glued) + len(name))]


@pytest.mark.parametrize("piece", ["العراق", "عمان ", "و", "الـ", "US", "مجلس الأمن ", "Jordan "])
def test_time_grows_with_the_length_and_not_its_square(piece):
    find("")  # the table is built once
    small, large = (piece * (size // len(piece)) for size in (4_000, 32_000))
    folded = fold(small), fold(large)
    assert grows_less(16, lambda: find(small, folded[0]), lambda: find(large, folded[1]), floor=0.02)
