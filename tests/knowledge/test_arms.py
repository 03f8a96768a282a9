import pytest
from cost import within
from hypothesis import given
from hypothesis import strategies as st

from marsad.knowledge import files
from marsad.knowledge.actors import actors
from marsad.knowledge.arms import arm, arms, find, forms
from marsad.knowledge.countries import countries

CATEGORIES = {
    "air-defence", "fighter", "bomber", "transport-aircraft", "helicopter", "drone", "missile", "rocket-artillery",
    "artillery", "tank", "armoured-vehicle", "ship", "submarine", "rifle", "launcher", "bomb", "radar", "engine",
    "chemical", "space",
}  # fmt: skip


def hits(text):
    return [(span.of(text), name) for span, name in find(text)]


def test_table():
    assert len(arms()) >= 150
    for each in arms().values():
        assert each.category in CATEGORIES, each.id
        assert each.country is None or each.country in countries(), each.id
        assert each.maker is None or each.maker in actors(), each.id
        assert each.name.ar and each.name.en, each.id


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("RUS.S-400", ["إس-400", "اس 400", "إس 400", "إس ٤٠٠", "S-400", "أس400", "إس- 400", "إس - 400", "S400", "S–400",
                       "«إس 400»", "(S-400)", "إس۴۰۰", "تريومف", "وإس-400", "بإس-400", "الإس-400", "إِس-400", "S-400s"]),
        ("RUS.S-300", ["إس-300", "S-300PMU2", "S-300V4", "اس300"]),
        ("RUS.SU-35", ["سو-35", "سوخوي 35", "سوخوي-35", "سو 35", "Su-35", "SU-35", "Su-35S", "Sukhoi-35", "سو35"]),
        ("RUS.SU-30", ["سو-30", "Su-30MKI", "سوخوي 30"]),
        ("RUS.MIG-29", ["ميغ-29", "ميج 29", "ميغ ٢٩", "MiG-29", "MIG-29", "MiG-29s"]),
        ("RUS.T-90", ["تي-90", "تي 90", "T-90", "T-90M", "تي-90إم"]),
        ("USA.F-16", ["إف-16", "إف 16", "اف16", "F-16", "F16", "F-16V", "F16Block52", "الإف-16"]),
        ("USA.F-35", ["أف-35", "إف 35", "F-35", "F-35B", "F-35s"]),
        ("USA.PATRIOT", ["باتريوت", "الباتريوت", "Patriot", "PAC-3"]),
        ("TUR.BAYRAKTAR", ["بيرقدار", "البيرقدار", "Bayraktar"]),
        ("TUR.TB2", ["بيرقدار تي بي 2", "تي بي-2", "TB2", "Bayraktar TB2"]),
        ("IRN.SHAHED-136", ["شاهد 136", "شاهد-136", "شاهد ١٣٦", "Shahed-136", "Shahed 136", "غيران-2"]),
        ("RUS.KORNET", ["كورنيت", "كورنت", "Kornet"]),
        ("USA.MQ-9", ["إم كيو-9", "إم كيو 9", "MQ-9", "MQ-9B"]),
        ("CHN.J-10", ["جيه-10", "جي-10", "J-10", "J-10C", "جيه-10 سي"]),
        ("CHN.HQ-9", ["إتش كيو-9", "HQ-9", "HQ-9B", "اتش كيو 9"]),
        ("ISR.IRON-DOME", ["القبة الحديدية", "Iron Dome"]),
        ("RUS.PANTSIR", ["بانتسير", "Pantsir-S1", "بانتسير-إس 1"]),
    ],
)  # fmt: skip
def test_spellings(name, spellings):
    found = {spelling: [hit for _, hit in hits(f"اشترت تركيا {spelling} العام الماضي")] for spelling in spellings}
    assert found == {spelling: [name] for spelling in spellings}
    assert {spelling: arm(spelling).id for spelling in spellings} == dict.fromkeys(spellings, name)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("منظومة الدفاع الجوي إس-400", "RUS.S-400"),
        ("مقاتلات «سوخوي» من طراز سو-35", "RUS.SU-35"),
        ("14 مقاتلة «سوخوي-34»", "RUS.SU-34"),
        ("طائرات سوخوي", "RUS.SUKHOI-AIRCRAFT"),
        ("دبابات «كي 2»", "KOR.K2"),
        ("مقاتلة «كآن»", "TUR.KAAN"),
        ("محركات «إف-110»", "USA.F110"),
        ("صواريخ إسكندر", "RUS.ISKANDER"),
        ("منظومة «تور» الروسية", "RUS.TOR"),
        ("three Il-76s", "RUS.IL-76"),
        ("its Mistral-class ships", "FRA.MISTRAL"),
        ("K9 howitzers", "KOR.K9"),
    ],
)
def test_phrases_that_hold_a_system(phrase, name):
    assert arm(phrase).id == name


@pytest.mark.parametrize(
    "text",
    [
        "", "قال إن 26 شخصا", "أن 124 طنا", "أم 16 طفلا", "في 22 مايو", "كي 9 من الوزراء", "أو 35 بالمئة", "آلاف 16",
        "S-4000", "اس 4000", "كان الوزير", "شاهد عيان", "إعصار تايفون", "السفير أناتولي أنتونوف", "مصطفى أكنجي",
        "كريبر", "إسكندر باشا", "شركة سوخوي", "مدينة برادلي", "the Patriot Act", "a leopard at the zoo", "Kaan said",
        "tor browser", "journal The Lancet", "فتاح عبد القادر", "قال عماد", "A-10 road",
    ],
)  # fmt: skip
def test_no_system(text):
    assert hits(text) == []
    assert arm(text) is None


def test_labelled_phrases_need_no_context():
    assert arm("إسكندر") is None
    assert arm("«إسكندر»", labelled=True).id == "RUS.ISKANDER"
    assert arm("الرئيس", labelled=True) is None


def test_every_form_is_known_where_the_phrase_is_labelled():
    lost = [(name, form) for name in arms() for form in forms(name) if arm(form, labelled=True) is None]
    assert not lost


def test_sources():
    assert all(row["source"] for row in files.rows("arms.csv"))


PIECES = st.sampled_from(
    ["إس", "-", " ", "400", "٤٠٠", "ال", "و", "S", "F-16", "سوخوي", "صواريخ", "تور", "«", "\ud800", "\u200f", "ـ", "x"]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_spans_lie_in_order_in_the_text(text):
    end = 0
    for span, name in find(text):
        assert end <= span.start < span.stop <= len(text)
        assert name in arms()
        end = span.stop
    arm(text, labelled=True)


@pytest.mark.parametrize("piece", ["F-16", "إس-400 ", "تايفون ", "- ", "S", "شاهد "])
def test_hostile_texts_take_linear_time(piece):
    find("")
    text = piece * (60_000 // len(piece))
    assert within(3, lambda: (find(text), arm(text, labelled=True)))
