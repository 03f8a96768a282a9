import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import FormatError, MarsadError, SizeError
from marsad.read.archives.body import unwrapped


@given(st.binary(max_size=500), st.integers(1, 50))
def test_chunks_are_joined(data, size):
    chunked = b"".join(
        b"%X\r\n%b\r\n" % (len(part), part) for part in (data[i : i + size] for i in range(0, len(data), size))
    )
    for end in (b"0\r\n\r\n", b"0\r\nTrailer: x\r\n\r\n", b"000\n", b""):
        if data or end:
            assert unwrapped(chunked + end, ["chunked"], [], 1_000, "a.warc") == data


@given(
    st.binary(max_size=200), st.lists(st.sampled_from(["chunked", "gzip", "br", "deflate", "zstd", "x"]), max_size=4)
)
def test_any_bytes_give_bytes_or_an_error(data, codings):
    try:
        assert isinstance(unwrapped(data, [], codings, 1_000, "a.warc"), bytes)
    except MarsadError as error:
        assert error.code in ("format", "size")


def test_a_limit_holds_for_each_layer():
    bomb = gzip.compress(gzip.compress(b"a" * 5_000_000))
    with pytest.raises(SizeError, match=r"a\.warc"):
        unwrapped(bomb, [], ["gzip, gzip"], 10_000, "a.warc")
    with pytest.raises(FormatError, match="4 encodings"):
        unwrapped(bomb, [], ["gzip, gzip, gzip, gzip"], 10_000, "a.warc")
    assert unwrapped(gzip.compress(b"a" * 9_000), [], ["gzip"], 9_000, "a.warc") == b"a" * 9_000
