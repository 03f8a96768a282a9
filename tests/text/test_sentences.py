import json
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text import sentences
from marsad.types import Span

GOLD = Path(__file__).parents[2] / "gold" / "sentences.jsonl"
CASES = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
#: Pieces that the rules look at, in any order.
PIECES = st.sampled_from(
    ["قال", "وأضاف", "د", "أ", "ف", "ب", "هـ", "3", "2019", "U", "S", "Mr", "he", "The", "a.m", ".", "..", "…", "؟",
     "!", "؛", "،", "«", "»", '"', "”", "(", ")", "[", "]", " ", "  ", "\n", "\n\n", "\r\n", "\t", "-", "•", "ـ",
     "\u200f", "\u064e", "1.", "۔", ":"]
)  # fmt: skip
TEXT = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(st.characters(exclude_categories=[]), max_size=60))


def split(text: str, title: Span | None = None) -> list[str]:
    return [span.of(text) for span in sentences(text, title)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_gold_is_well_formed(case: dict[str, object]) -> None:
    text, at = str(case["text"]), 0
    assert isinstance(case["sentences"], list)
    for sentence in case["sentences"]:
        found = text.index(sentence, at)
        assert not text[at:found].strip()
        at = found + len(sentence)
    assert not text[at:].strip()


def test_the_ends_of_the_hard_cases() -> None:
    right = found = there = 0
    for case in CASES:
        ends, at = set(), 0
        for sentence in case["sentences"]:
            at = case["text"].index(sentence, at) + len(sentence)
            ends.add(at)
        got = {span.stop for span in sentences(case["text"])}
        right, found, there = right + len(ends & got), found + len(got), there + len(ends)
    assert len(CASES) >= 300
    assert 2 * right / (found + there) >= 0.995


def test_hard_cases_hold_when_joined() -> None:
    """What stands in the sentence before does not change the next, where both end with a stop."""
    whole = [case["text"] for case in CASES if case["text"][-1] in ".؟!" and case["text"][0].isalpha()]
    wanted = [sentence for case in CASES if case["text"] in whole for sentence in case["sentences"]]
    assert split("\n\n".join(whole)) == wanted


@given(TEXT)
def test_no_character_is_lost(text: str) -> None:
    at = 0
    for span in sentences(text):
        assert not text[at : span.start].strip()
        assert at <= span.start < span.stop
        assert span.of(text) == span.of(text).strip()
        at = span.stop
    assert not text[at:].strip()


@given(TEXT, st.data())
def test_a_title_stands_alone(text: str, data: st.DataObject) -> None:
    stop = data.draw(st.integers(0, len(text)))
    for span in sentences(text, Span(0, stop)):
        assert span.stop <= stop or span.start >= stop


def test_a_title_without_a_stop_does_not_run_into_the_body() -> None:
    text = "انهيار الهدنة في المدينة انهارت الهدنة أمس. وتجدد القتال."
    title = Span(0, len("انهيار الهدنة في المدينة"))
    assert split(text, title) == ["انهيار الهدنة في المدينة", "انهارت الهدنة أمس.", "وتجدد القتال."]


def test_empty_and_blank() -> None:
    assert sentences("") == sentences(" \n\t\u2028 ") == []


def test_a_piece_without_a_word_joins_the_sentence_before_it() -> None:
    assert split('قال "نعم. " ثم - . خرج.')[-1].endswith("خرج.")
    assert split("***") == ["***"]


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\v", "\f", "\x85"])
def test_every_kind_of_line_break_ends_a_headline(mark: str) -> None:
    assert split(f"قمة في بغداد{mark}وصل الرئيس.") == ["قمة في بغداد", "وصل الرئيس."]


def test_lines_wrapped_at_a_width_are_joined() -> None:
    body = (
        "أفادت مصادر محلية بأن الطريق الدولي أعيد فتحه بعد ساعات من الإغلاق وأن القوافل بدأت العبور تباعا "
        "نحو المدينة الحدودية القريبة"
    )
    wrapped = textwrap.fill(body, 50)
    assert wrapped.count("\n") >= 2
    assert split(wrapped) == [wrapped]
