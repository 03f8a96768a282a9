import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text import clauses
from marsad.text.quotes import quotes
from marsad.types import Span

PIECES = st.sampled_from(
    [
        "كلمة",
        "قال",
        "، وأكد",
        "، فيما",
        "،",
        "؛",
        ", while",
        "«",
        "»",
        "(",
        ")",
        '"',
        "1,500",
        "1٬500",
        "-",
        ":",
        "\n",
        ".",
    ]
)
TEXT = st.lists(PIECES, min_size=1, max_size=120).map(" ".join)
LONG = (
    "قال وزير النقل إن الجسر الجديد سيفتح أمام الشاحنات مطلع الشهر المقبل بعد تأخير دام عامين، "
    "وأكد أن الكلفة لم تتجاوز 1,500 مليون دينار، "
    "فيما رأت لجنة برلمانية أن العقد «وقع على عجل، وبلا مناقصة، وفي غياب ديوان الرقابة، بحسب وثائق اطلعت عليها»، "
    "بينما نفى المقاول وجود أي مخالفة (راجع المحضر، والملحق، وكشف الحساب)؛ "
    "وينتظر أن تصدر المحكمة قرارها قبل نهاية الفصل."
)


def cut(text: str, limit: int = 60) -> list[str]:
    return [piece.of(text) for piece in clauses(text, Span(0, len(text)), limit)]


def test_a_short_sentence_stays_whole() -> None:
    assert clauses(LONG, Span(0, 40)) == [Span(0, 40)]


def test_clauses_start_where_clauses_start() -> None:
    pieces = cut(LONG, 14)
    assert [piece.split()[0] for piece in pieces] == ["قال", "وأكد", "فيما", "بينما", "وينتظر"]


def test_nothing_is_cut_inside_quotation_marks_or_brackets_or_an_amount() -> None:
    pieces = cut(LONG, 14)
    for whole in ("«وقع على عجل، وبلا مناقصة، وفي غياب ديوان الرقابة، بحسب وثائق اطلعت عليها»",
                  "(راجع المحضر، والملحق، وكشف الحساب)", "1,500 مليون"):  # fmt: skip
        assert any(whole in piece for piece in pieces)


def test_english() -> None:
    text = (
        "The ministry said the bridge would open next month, while a panel of the house held that the contract, "
        "signed in haste and without a tender, had cost 1,500 million dinars; the builder denied any wrong."
    )
    pieces = cut(text, 14)
    assert [piece.split()[0] for piece in pieces] == ["The", "while", "the"]


@pytest.mark.parametrize("word", ["كلمة", "word", "«كلمة", "(كلمة", "12", "1,500", "و"])
def test_a_sentence_of_fifty_thousand_words_is_cut_into_short_pieces(word: str) -> None:
    text = " ".join([word] * 50_000)
    pieces = cut(text)
    assert max(len(piece.split()) for piece in pieces) <= 120
    assert " ".join(pieces) == text


def test_a_quotation_without_end_is_cut_too() -> None:
    text = "قال: «" + "كلمة، وكلمة " * 5_000 + "»"
    assert max(len(piece.split()) for piece in cut(text)) <= 120


def test_a_run_without_spaces_is_cut_too() -> None:
    for char in "اa.،«\u064e":
        pieces = cut(char * 100_000)
        assert max(map(len, pieces)) <= 120 * 64 + 64


@given(TEXT, st.integers(2, 20))
def test_pieces_cover_the_sentence_and_are_bounded(text: str, limit: int) -> None:
    span = Span(0, len(text))
    pieces, at = clauses(text, span, limit), 0
    for piece in pieces:
        assert not text[at : piece.start].strip()
        assert at <= piece.start < piece.stop
        at = piece.stop
    assert not text[at:].strip()
    assert len(pieces) == 1 or all(len(re.findall(r"\w+", piece.of(text))) <= 2 * limit for piece in pieces)


@given(TEXT)
def test_no_cut_within_a_quotation_that_fits(text: str) -> None:
    limit = 15
    pieces = clauses(text, Span(0, len(text)), limit)
    cuts = [piece.start for piece in pieces[1:]]
    for quote in quotes(text):
        if len(quote.of(text).split()) <= limit:
            assert not any(quote.start <= at <= quote.stop for at in cuts)


def test_offsets_are_those_of_the_text() -> None:
    text = "مقدمة. " + LONG
    span = Span(7, len(text))
    assert [piece.shift(-7) for piece in clauses(text, span, 14)] == clauses(LONG, Span(0, len(LONG)), 14)
