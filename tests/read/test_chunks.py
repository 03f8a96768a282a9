import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import SizeError
from marsad.read.chunks import BOM, ahead, chunks, lines, unmarked, whole

PARTS = st.lists(st.text("ab\n ", max_size=6).map(str.encode), max_size=12)


@given(PARTS)
def test_lines_are_the_same_however_the_stream_is_cut(parts):
    data = b"".join(parts)
    wanted = data.split(b"\n")
    assert list(lines(iter(parts), 1_000)) == (wanted[:-1] if wanted[-1] == b"" else wanted)


@given(PARTS, st.integers(0, 5))
def test_a_long_line_is_none_and_the_next_is_whole(parts, limit):
    data = b"".join(parts)
    wanted = data.split(b"\n")
    wanted = wanted[:-1] if wanted[-1] == b"" else wanted
    assert list(lines(iter(parts), limit)) == [line if len(line) <= limit else None for line in wanted]


@given(PARTS, st.integers(0, 3))
def test_looking_ahead_loses_nothing_and_gives_the_rows_that_are_asked_for(parts, rows):
    data = b"".join(parts)
    head, rest = ahead(iter(parts), 1_000, rows=rows)
    assert data.startswith(head)
    assert b"".join(rest) == data
    assert head == data or head.lstrip().count(b"\n") >= rows


def test_looking_ahead_goes_no_further_than_it_must():
    parts = iter([b" \n", b"one\ntw", b"o\n", b"three\n", b"four"])
    head, rest = ahead(parts, 1_000, rows=0)
    assert (head, next(parts)) == (b" \none\ntw", b"o\n")
    assert ahead(rest, 1_000, rows=1)[0] == b" \none\ntw"
    assert ahead(iter([b"x" * 20] * 9), 30)[0] == b"x" * 40


class Dribble(io.RawIOBase):
    """A raw stream that gives one byte at a time, as a slow pipe may."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int = -1, /) -> bytes:
        taken, self._data = self._data[:1], self._data[1:]
        return taken


@pytest.mark.parametrize("data", [b"", b"\xef", b"\xef\xbb", BOM, BOM + b"a", BOM + BOM, b"\xef\xbbab", b"abc"])
def test_a_byte_order_mark_is_left_out_once_even_if_it_comes_in_pieces(data):
    for stream in (Dribble(data), io.BytesIO(data)):
        marked, parts = unmarked(chunks(stream))
        assert (marked, b"".join(parts)) == (data.startswith(BOM), data.removeprefix(BOM))


def test_too_much_is_refused_without_reading_on():
    def endless():
        while True:
            yield b"x" * 100

    with pytest.raises(SizeError, match="more than 1000 bytes"):
        whole(endless(), 1_000, "a.txt")
