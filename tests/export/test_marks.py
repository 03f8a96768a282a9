from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from marsad.export.marks import pieces
from marsad.types import Span

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: Span(min(ends), max(ends))), max_size=12
)


@given(SPANS, st.lists(st.integers(-5, 70), max_size=8))
def test_the_pieces_joined_are_the_text_and_each_knows_its_marks(spans, cuts):
    within = Span(5, 50)
    found = list(pieces(within, [(span, number) for number, span in enumerate(spans)], cuts))
    assert found[0].span.start == within.start and found[-1].span.stop == within.stop
    assert all(one.span.stop == other.span.start for one, other in pairwise(found))
    for piece in found:
        covering = [n for n, span in enumerate(spans) if span.overlap(piece.span)]
        assert list(piece.marks) == covering
        assert all(spans[n].overlap(piece.span) == len(piece.span) for n in covering)


def test_it_is_cut_at_cuts_within_and_nowhere_else():
    assert [p.span for p in pieces(Span(0, 9), [], [0, 4, 9, 12])] == [Span(0, 4), Span(4, 9)]


def test_an_empty_text_has_no_pieces():
    assert list(pieces(Span(3, 3), [(Span(0, 9), "a")])) == []
