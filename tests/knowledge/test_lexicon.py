import pytest

from marsad.errors import NotFoundError
from marsad.knowledge import lexicon
from marsad.text import fold_text, light_stem
from marsad.types import Sector


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NEGATION", "لم لن لا ليس ليست غير دون بدون عدم نفى not no never without denied"),
        ("PLAN", "سوف يعتزم تعتزم ينوي المقبل المقرر يخطط will plans scheduled"),
        ("MODAL", "قد ربما إذا لو احتمال يحتمل يمكن مخاوف خشية يخشى may could if fear"),
        ("DEMAND", "طالب طالبت يطالب دعا دعت يدعو يجب ضرورة حث urged must"),
        ("SPEECH", "قال قالت قالوا يقول تقول يقولون أكد أضاف أوضح صرح ذكر أفاد أشار وفق بحسب نقلا said told according"),
        ("ANONYMOUS", "مصادر مصدر مسؤول sources anonymity"),
        ("READING", "تلميح تلميحا مبطن مبطنا ضمنيا مراقبون يفسره veiled implicitly"),
        ("DENIAL", "نفى نفت نفوا ينفي تنفي ينفون أنكر كذب فند denied refuted"),
    ],
)
def test_words_of_a_class(name, words):
    known = lexicon.words(name)
    assert [word for word in words.split() if fold_text(word) not in known] == []


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        ("SPEECH", "نقلا عن|على حد قوله|في بيان|according to"),
        ("PLAN", "من المقرر|going to"),
        ("ANONYMOUS", "طلب عدم الكشف عن هويته|مصدر مطلع|on condition of anonymity"),
        ("READING", "خط أحمر|خطا أحمر|يرى مراقبون|is seen as|read as|veiled warning"),
        ("DENIAL", "لا أساس له من الصحة"),
    ],
)
def test_phrases_of_a_class(name, phrases):
    assert [p for p in phrases.split("|") if fold_text(p) not in lexicon.phrases(name)] == []


def test_speech_tells_whether_content_or_source_follows():
    content, source = lexicon.words("SPEECH", "content"), lexicon.words("SPEECH", "source")
    assert "قال" in content and "وفق" in source and "بحسب" in source
    assert not content & source
    assert content | source == lexicon.words("SPEECH")
    assert "نقلا عن" in lexicon.phrases("SPEECH", "source")
    assert all(word.grammar for word in lexicon.word_class("SPEECH").words)


@pytest.mark.parametrize("name", lexicon.classes())
def test_forms_are_folded_and_have_a_gloss(name):
    assert set(lexicon.word_class(name).gloss) == {"ar", "en"}
    for word in lexicon.word_class(name).words:
        assert word.gloss and (word.forms or word.phrases)
    for form in lexicon.words(name):
        assert form == fold_text(form).lower() and " " not in form
    for phrase in lexicon.phrases(name):
        assert phrase == fold_text(phrase).lower() and " " in phrase


def test_a_word_is_in_one_class_but_for_denials():
    owners = {}
    for name in lexicon.classes():
        for word in lexicon.words(name):
            owners.setdefault(word, []).append(name)
    shared = {word: names for word, names in owners.items() if len(names) > 1}
    assert set(map(tuple, shared.values())) == {("NEGATION", "DENIAL")}


def test_an_unknown_class_names_those_there_are():
    with pytest.raises(NotFoundError, match="NEGATION"):
        lexicon.words("NEGATIONS")


@pytest.mark.parametrize(
    ("word", "sector"),
    [
        ("وزير", "GOV"), ("الوزراء", "GOV"), ("وللسفارة", "GOV"), ("البرلمان", "LEG"),
        ("المحكمة", "JUD"), ("قضاة", "JUD"), ("الجنود", "MIL"), ("المخابرات", "SPY"),
        ("الشرطة", "COP"), ("أحزاب", "PTY"), ("المسلحين", "REB"), ("مدنيين", "CVL"),
        ("المتظاهرون", "CVL"), ("صحيفة", "MED"), ("شركات", "BUS"), ("منظمة", "NGO"),
        ("soldiers", "MIL"), ("ministers", "GOV"), ("lawmakers", "LEG"), ("gunmen", "REB"),
        ("protesters", "CVL"),
    ],
)  # fmt: skip
def test_agents_by_their_stem(word, sector):
    assert lexicon.agents()[light_stem(fold_text(word).lower())] == sector


def test_agents_have_sectors_and_no_common_word_is_one():
    assert set(lexicon.agents().values()) <= set(Sector)
    common = "إلى على في من هذا قبل بعد خارج داخل أمن سياسة طلب قتل جمعة حقوق سياحة إصلاح the general secret"
    stems = {light_stem(fold_text(word).lower()) for word in common.split()}
    assert stems & set(lexicon.agents()) <= {light_stem(fold_text("خارج"))}
