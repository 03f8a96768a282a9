import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text import clean, fold, fold_text
from marsad.text.fold import INVISIBLE, TASHKEEL, TATWEEL

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآٱىةؤئءیکپچ"
ARABIC = st.text(
    LETTERS + TASHKEEL[:40] + TATWEEL + INVISIBLE[:12] + "\u0653\u0654\u0655٠١٢۳۴5 «».,؟\nﷺﷲﻻﺑﹰaZ", max_size=60
)
ANY = st.one_of(ARABIC, st.text(st.characters(exclude_categories=[]), max_size=40))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أحمد إبراهيم آل ٱلثاني", "احمد ابراهيم ال الثاني"),
        ("إلى مصطفى", "الي مصطفي"),
        ("جامعة الدول", "جامعه الدول"),
        ("مُحَمَّدٌ", "محمد"),
        ("هٰذا", "هذا"),
        ("العــــراق", "العراق"),
        ("مسؤول هيئة شيء", "مسؤول هيئه شيء"),
        ("٢٠٢٥ و۱۹۷۹ و1958", "2025 و1979 و1958"),
        ("\u202bبغداد\u202c\u200f", "بغداد"),
        ("می\u200cرود", "ميرود"),
        ("ایران و ترکیه", "ايران و تركيه"),
        ("ﻣﺮﺣﺒﺎ ﷲ ﻻ", "مرحبا الله لا"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("الولايات\u00a0المتحدة", "الولايات المتحده"),
        ("US ﬁrm ＡＢ", "US firm AB"),
        ("", ""),
    ],
)
def test_what_folding_makes_one(written: str, folded: str) -> None:
    assert fold_text(written) == folded
    assert fold(written).text == folded


def test_a_decomposed_letter_is_the_letter() -> None:
    for letter in "أإآؤئ":
        assert fold_text(unicodedata.normalize("NFD", letter)) == fold_text(letter)


@given(ANY)
def test_folding_is_idempotent(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(ANY)
def test_the_map_agrees_with_the_text(text: str) -> None:
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)


@given(ARABIC, st.data())
def test_a_span_folds_to_what_it_was_asked_for(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    stop = data.draw(st.integers(start, len(folded.text)))
    span = folded.span(start, stop)
    assert span.stop <= len(text)
    back = fold_text(span.of(text))
    wanted = folded.text[start:stop]
    several = any(len(fold_text(char)) > 1 for char in text)  # a part of ﷺ stands for all of it
    assert wanted in back if several else back == wanted


def test_a_span_takes_the_marks_of_its_last_letter_and_no_invisible_ones() -> None:
    text = "زار بَغدادَ\u200f أمس"
    folded = fold(text)
    at = folded.text.index("بغداد")
    assert folded.span(at, at + 5).of(text) == "بَغدادَ"
    assert folded.span(at, at).start == folded.span(at, at).stop == text.index("ب")


def test_a_part_of_a_ligature_is_the_ligature() -> None:
    folded = fold("قال ﷺ ثم")
    at = folded.text.index("الله")
    assert folded.span(at, at + 4).of("قال ﷺ ثم") == "ﷺ"


def test_a_span_outside_the_text_is_an_error() -> None:
    with pytest.raises(IndexError, match="not within the 3 characters"):
        fold("قال").span(1, 4)


def test_clean_keeps_every_letter() -> None:
    assert clean("أعلَنَت\u200f وِزارةُ الدّفــاع إلى آسيا ٢٠٢٥ ؤئى") == "أعلنت وزارة الدفاع إلى آسيا ٢٠٢٥ ؤئى"


@given(ANY)
def test_clean_is_idempotent_and_only_drops(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    left = iter(text)
    assert all(char in left for char in cleaned)
