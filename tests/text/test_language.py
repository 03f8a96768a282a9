import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text import language

GOLD = Path(__file__).parents[2] / "gold" / "languages.jsonl"
CODES = ("ar", "fa", "ur", "ckb", "ps", "ug", "en", "fr", "ru", "tr", "he", "other")
HEADLINES = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


def test_the_gold_is_what_it_says_it_is() -> None:
    counts = Counter(headline["language"] for headline in HEADLINES)
    assert set(counts) == set(CODES)
    assert min(counts.values()) >= 40
    assert {len(headline["text"].split()) for headline in HEADLINES} == {6}
    assert len({headline["text"] for headline in HEADLINES}) == len(HEADLINES)


def test_headlines_of_six_words() -> None:
    right = sum(language(headline["text"]) == headline["language"] for headline in HEADLINES)
    assert right / len(HEADLINES) >= 0.99


def test_headlines_that_nobody_tuned_on() -> None:
    rows = [json.loads(line) for line in (GOLD.parent / "headlines.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 400
    assert sum(language(row["text"]) == row["language"] for row in rows) / len(rows) >= 0.99


@pytest.mark.parametrize("code", CODES)
def test_no_language_is_bad(code: str) -> None:
    mine = [headline["text"] for headline in HEADLINES if headline["language"] == code]
    assert sum(language(text) == code for text in mine) / len(mine) >= 0.95


@pytest.mark.parametrize(
    "text", ["", " \n", "2025", "12:30 – 14%", "***", "😀😀", "\0\ud800", "https://example.org/news"]
)
def test_without_words_it_is_other(text: str) -> None:
    assert language(text) == "other"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("الخارجیة العراقیة تستدعی السفیر الترکی", "ar"),  # Arabic from a Persian keyboard
        ("وُلِدَ الهُدى فَالكائِناتُ ضِياءُ", "ar"),
        ("ﻣﺮﺣﺒﺎ ﺑﻜﻢ ﻓﻲ ﺑﻐﺪﺍﺩ", "ar"),
        ("شركة Google تطلق هاتف Pixel في Dubai", "ar"),
        ("https://www.example.com/en/news/world هل تنجح الوساطة", "ar"),
        ("\u202bقال الوزير إن الاتفاق قريب\u202c", "ar"),
        ("IRAQ AND RUSSIA SIGN A DEAL ON ARMS", "en"),
        ("İSTANBUL'DA BÜYÜK DEPREM KORKUSU YAŞANDI", "tr"),
        ("苹果公司发布新产品 Apple", "other"),
    ],
)
def test_what_is_written_in_odd_ways(text: str, code: str) -> None:
    assert language(text) == code


def test_a_foreign_beginning_does_not_decide_for_a_long_text() -> None:
    assert language("Photo: Reuters. " + "وصل الوفد إلى العاصمة لبحث الأزمة مع كبار المسؤولين. " * 200) == "ar"


@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_any_text_has_a_code(text: str) -> None:
    assert language(text) in CODES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("نفت تركيا", "ar"),
        ("روسيا تدين", "ar"),
        ("بغداد", "ar"),
        ("بيان", "ar"),
        ("انفجار بغداد", "ar"),
        ("نفت تركيا أنها اشترت الصواريخ و", "ar"),
        ("Iran denies", "en"),
        ("UN envoy quits", "en"),
        ("la guerre", "fr"),
        ("ایران تکذیب کرد", "fa"),
        ("برای صلح", "fa"),
    ],
)
def test_a_headline_of_a_few_words_is_of_the_language_most_read(text, code):
    assert language(text) == code
