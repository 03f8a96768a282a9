"""Unigram segmentation of one unit."""

from math import log

from hypothesis import given
from hypothesis import strategies as st

from marsad.model.pieces import UNKNOWN, Pieces

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
WORDS = {
    "▁": 0.1,
    "▁ال": 0.1,
    "وزير": 0.05,
    "▁الوزير": 0.002,
    "و": 0.1,
    "ز": 0.1,
    "ي": 0.1,
    "ر": 0.1,
    "ا": 0.1,
    "ل": 0.1,
}
PIECES = Pieces([*SPECIAL, *WORDS], [0.0] * 4 + [log(p) for p in WORDS.values()])


def words(ids):
    return [[*SPECIAL, *WORDS][i] for i in ids]


def test_the_most_probable_segmentation_wins():
    assert words(PIECES.encode("الوزير", True)) == ["▁ال", "وزير"]
    assert words(PIECES.encode("وزير", False)) == ["وزير"]


def test_tashkeel_and_tatweel_change_nothing():
    assert PIECES.encode("الوَزِيـــر", True) == PIECES.encode("الوزير", True)


def test_unknown_characters_are_one_unknown():
    assert PIECES.encode("日本語", False) == (UNKNOWN,)


@given(st.text(max_size=100))
def test_every_unit_has_pieces_and_a_bounded_number_of_them(unit):
    found = PIECES.encode(unit, True)
    assert 1 <= len(found) <= 4 * 64 + 1
