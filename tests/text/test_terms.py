import pytest
from cost import within
from hypothesis import given
from hypothesis import strategies as st

from marsad.text import term_spans, terms
from marsad.text.terms import LONGEST, beginnings, words

ANY = st.one_of(
    st.text("ابتوفلكسهمينأإةىد\u064e\u0651\u0654\u0640\u200f\u200c «».,'’sS_12aZéİΣς", max_size=60),
    st.text(st.characters(exclude_categories=[]), max_size=60),
)
#: No letter of it may stand before a word, so that only what is put before it goes.
WORD = st.text("جحخدرزسشصطعغقمنهي", min_size=3, max_size=8).map(lambda some: "م" + some)


@pytest.mark.parametrize(
    "written",
    ["عقوبات", "والعقوبات", "للعقوبات", "بعقوبات", "وبالعقوبات", "فالعقوبات", "كعقوبات", "ولعقوبات", "العُقُوبــات"],
)
def test_sanctions_are_found_however_they_are_written(written):
    assert terms(written) == ["عقوبات"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزير", "والوزير"), ("كتاب", "بالكتاب"), ("بلد", "للبلد"), ("بلد", "ببلد"), ("لبنان", "للبنان"),
        ("لبنان", "بلبنان"),
        ("الله", "والله"), ("الله", "بالله"), ("لجنة", "للجنة"), ("لجنة", "وللجنة"), ("لقاءات", "للقاءات"),
        ("لغة", "اللغة"),
        ("رد", "للرد"), ("مصر", "بمصر"), ("مصر", "لمصر"), ("واشنطن", "وبواشنطن"), ("2025", "و٢٠٢٥"), ("30", "بـ۳۰"),
        ("S400", "الـS400"), ("مؤتمر", "بالمُؤتَمَر"), ("أبوظبي", "ابوظبي"), ("هدنة", "الهدنه"), ("آليات", "الآليات"),
    ],
)  # fmt: skip
def test_a_word_is_the_same_term_with_what_is_written_before_it(one, other):
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("واحد", "أحد"), ("وجهات", "جهات"), ("وحدة", "حدة"), ("بيانات", "كيانات"), ("بطاقة", "طاقة"),
        ("البلدين", "الدين"),
        ("الله", "له"), ("التي", "تي"), ("الذي", "ذي"), ("وكالات", "آلات"), ("لقاء", "بقاء"), ("كامل", "أمل"),
    ],
)  # fmt: skip
def test_words_that_differ_in_a_first_letter_of_their_own_stay_apart(one, other):
    assert terms(one) != terms(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Iraq's oil; the EU’s", ["iraq", "oil", "the", "eu"]),
        ("U.S. states'", ["u", "s", "states"]),
        ("Erdoğan in İstanbul", ["erdogan", "in", "istanbul"]),
        ("S-400 إس-400", ["s", "400", "اس", "400"]),
        ("#حزب_الله", ["حزب", "الله"]),
        ("ΟΔΟΣ. ΟΔΟΣΑ", ["οδοσ", "οδοσα"]),
        ("ＦＵＬＬ ١٢٣ ۴۵", ["full", "123", "45"]),
        ("«»،. \u200f\0\ud800 _", []),
        ("", []),
        ("x" * 200, ["x" * LONGEST]),
    ],
)
def test_terms(text, found):
    assert terms(text) == found


@given(WORD, st.sampled_from(["و", "ف", "ب", "ك", "ل", "ال", "وال", "بال", "كال", "فال", "لل", "ولل", "وبال", "فبال"]))
def test_whatever_is_joined_goes(word, before):
    assert terms(before + word) == terms(word) == [word]


@given(ANY)
def test_a_term_is_letters_and_digits_and_stands_in_the_text(text):
    found = term_spans(text)
    assert terms(text) == [term for term, _ in found] == words(text).split(" ") * bool(words(text))
    at = 0
    for term, span in found:
        assert term.isalnum() and len(term) <= LONGEST and not any("A" <= char <= "Z" for char in term)
        assert at <= span.start < span.stop <= len(text)
        at = span.stop


@given(ANY)
def test_terms_of_a_part_are_those_of_its_words(text):
    assert terms(text) == [term for run in text.split() for term in terms(run)]


def test_only_some_spans_are_asked_for():
    text = "زار الوَزيرُ بغدادَ أمس"
    assert [(term, span.of(text)) for term, span in term_spans(text, {1, 2})] == [("زير", "الوَزيرُ"), ("غداد", "بغدادَ")]


@given(WORD, st.integers(2, 4))
def test_the_terms_of_a_word_begin_with_one_of_its_beginnings(word, size):
    for before in ("", "و", "ب", "ال", "وال", "لل"):
        ways = [way for (way,) in beginnings((before + word)[: len(before) + size])]
        assert terms(before + word)[0].startswith(tuple(ways))


@pytest.mark.parametrize(
    ("word", "begun"), [("وزارة", "وزا"), ("بغداد", "بغد"), ("لبنانية", "لبنا"), ("بيان", "بيا"), ("الكتاب", "الكت")]
)
def test_a_beginning_may_lose_the_letters_that_its_word_loses(word, begun):
    assert any(terms(word)[0].startswith(way) for (way,) in beginnings(begun))


def test_beginnings_of_what_has_no_letters_are_none():
    assert beginnings("«*»") == [] and beginnings("S-40*") == [["s", "40"]]


@pytest.mark.parametrize("part", ["و", "ال", "لل", "a's", "'", "ﷺ", "\u064e", "ا\u200b", "و_", " و"])
def test_no_text_takes_long(part):
    assert within(20, lambda: (term_spans(part * 50_000), beginnings(part * 50_000)))
