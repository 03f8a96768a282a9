import bz2
import gzip
import io
import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import ExtraError, FormatError, SizeError
from marsad.read.article import Origin
from marsad.read.chunks import BOM, Input, ahead, begun, chunks, lines, unmarked, unpacked, whole
from marsad.settings import Settings

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


def test_the_begin_is_a_few_bytes_or_a_line():
    parts = iter([b"ab", b"c\n", b"def", b"g" * 99, b"h"])
    head, rest = begun(parts)
    assert head == b"abc\n"
    head, rest = begun(rest)
    assert head == b"abc\n" and b"".join(rest) == b"abc\ndef" + b"g" * 99 + b"h"
    assert begun(iter([b"x" * 10, b"y" * 10, b"z"]))[0] == b"x" * 10 + b"y" * 10


PACKERS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}


@given(st.sampled_from(list(PACKERS)), st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 50))
def test_members_are_unpacked_however_they_are_cut(packing, members, size):
    data = b"".join(map(PACKERS[packing], members))
    parts = (data[at : at + size] for at in range(0, len(data), size))
    assert b"".join(unpacked(parts, packing, "a")) == b"".join(members)


@pytest.mark.parametrize("packing", PACKERS)
def test_what_is_packed_comes_in_pieces_and_a_cut_is_told_after_them(packing):
    data = PACKERS[packing](bytes(range(256)) * 4_000)
    pieces = list(unpacked(iter([data]), packing, "a"))
    assert max(map(len, pieces)) <= 1 << 16 and sum(map(len, pieces)) == 1_024_000
    with pytest.raises(FormatError, match="ends in the middle"):
        list(unpacked(iter([data[:-3]]), packing, "a"))
    with pytest.raises(FormatError, match=f"damaged as {packing}"):
        list(unpacked(iter([data[:9] + b"\xff" * 90]), packing, "a"))


def test_a_stream_is_put_into_a_file_for_those_who_look_at_its_end(monkeypatch):
    given = Input(iter([b"ab", b"cd"]), Origin("a"), Settings())
    with given.sought() as stream:
        assert stream.seek(-2, io.SEEK_END) == 2 and stream.read() == b"cd"
    file = io.BytesIO(b"abcd")
    file.read(3)
    with Input(iter(()), Origin("a"), Settings(), file).sought() as stream:
        assert stream is file and stream.read() == b"abcd"
    monkeypatch.setattr("marsad.read.chunks.SPOOL", 3)
    with (
        pytest.raises(SizeError, match="save it to a file"),
        Input(iter([b"ab"] * 2), Origin("a"), Settings()).sought(),
    ):
        pass


def test_what_is_not_installed_is_named_with_its_extra():
    given = Input(iter(()), Origin("a"), Settings())
    given.need("io", "frames")
    with pytest.raises(ExtraError, match=r"marsad\[frames\]"):
        given.need("no_such_module_anywhere", "frames")
