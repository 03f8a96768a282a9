"""Inputs that nobody wrote to be read: bounded time and memory, an error with a code each, and the rest is read."""

import bz2
import gzip
import io
import json
import lzma
import os
import sys
import tracemalloc
import zlib
from pathlib import Path

import pytest

from marsad.read import read
from marsad.settings import Settings
from marsad.types import Article

LINE = b'{"id": "%d", "text": "some words"}\n'


def told(items) -> list:
    return [item.given if isinstance(item, Article) else item.code for item in items]


def stream(data, form: str | None = None, **settings: object) -> list:
    given = io.BytesIO(data) if isinstance(data, bytes) else data
    return list(read(["-"], stdin=given, format=form, settings=Settings(**settings)))


def folder(path: Path, **settings: object) -> list:
    return list(read([str(path)], stdin=io.BytesIO(), settings=Settings(**settings)))


class Made(io.RawIOBase):
    """A stream of ``size`` bytes between ``begin`` and ``end`` that are never held."""

    def __init__(self, begin: bytes, size: int, end: bytes) -> None:
        self.parts = [begin, *[b"x" * (1 << 16)] * (size >> 16), end]

    def read(self, size: int = -1, /) -> bytes:
        return self.parts.pop(0) if self.parts else b""


def peak(work) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("form", "begin", "end", "codes"),
    [
        ("jsonl", b'{"id": "1", "text": "', b'"}\n' + LINE % 2, ["size", "2"]),
        (None, b'{"id": "1", "text": "', b'"}\n' + LINE % 2, ["size", "2"]),
        ("csv", b'id,text\n1,"', b'"\n2,some words\n', ["size", "2"]),
        ("csv", b"x", b"\n", ["size"]),
        ("json", b'[{"text": "', b'"}]', ["size"]),
        ("text", b"x", b"", ["size"]),
        ("html", b"<p>", b"", ["size"]),
        ("feed", b"<rss>", b"", ["size"]),
        (None, b"%PDF-1.7\n", b"", ["size"]),
        (None, b"PK\x03\x04", b"", ["size"]),
    ],
)
def test_a_line_or_a_document_of_a_hundred_megabytes_is_not_held(form, begin, end, codes):
    found: list = []
    used = peak(lambda: found.extend(stream(Made(begin, 100_000_000, end), form, max_bytes=1_000_000)))
    assert told(found) == codes
    assert used < 16_000_000


PACKERS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lambda data: lzma.compress(data, preset=0),
}


@pytest.mark.parametrize("ending", PACKERS)
def test_packed_files_are_read_like_others(tmp_path, ending):
    files = {
        "a.jsonl": b"".join(LINE % number for number in range(3)),
        "b.txt": b"some words",
        "c.html": b"<p>some words and more of them</p>",
        "d.csv": b"id,text\n7,some words\n",
        "e.json": b'[{"id": "8", "text": "some words"}]',
    }
    for name, data in files.items():
        (tmp_path / f"{name}.{ending}").write_bytes(PACKERS[ending](data))
    (tmp_path / f"f.png.{ending}").write_bytes(PACKERS[ending](b"\x89PNG"))
    found = told(folder(tmp_path))
    assert found[:3] == ["0", "1", "2"] and found[-2:] == ["7", "8"] and len(found) == 7
    assert told(stream(PACKERS[ending](files["a.jsonl"]))) == ["0", "1", "2"]
    assert told(stream(PACKERS[ending](files["a.jsonl"]), "jsonl")) == ["0", "1", "2"]


def test_a_file_of_several_members_with_padding_is_read_to_its_end():
    data = b"".join(gzip.compress(LINE % number) for number in range(3)) + b"\0" * 100
    assert told(stream(data)) == ["0", "1", "2"]


@pytest.mark.parametrize("ending", PACKERS)
def test_what_comes_before_the_end_of_a_clipped_file_is_read(ending):
    rows = b"".join(json.dumps({"id": str(n), "text": os.urandom(5_000).hex()}).encode() + b"\n" for n in range(300))
    data = PACKERS[ending](rows)
    found = told(stream(data[: len(data) * 9 // 10]))
    assert found[-1] == "format" and found[0] == "0" and len(found) > 50
    broken = data[: len(data) // 2] + b"\0\xff" * 500 + data[len(data) // 2 + 1_000 :]
    assert "format" in told(stream(broken))


@pytest.mark.parametrize("ending", PACKERS)
def test_a_bomb_is_cut_off(ending):
    piece, whole = b"x" * 1_000_000, 80
    packer = {"gz": zlib.compressobj(wbits=31), "bz2": bz2.BZ2Compressor(), "xz": lzma.LZMACompressor(preset=0)}[ending]
    data = packer.compress(LINE % 1) + b"".join(packer.compress(piece) for _ in range(whole)) + packer.flush()
    found: list = []
    used = peak(lambda: found.extend(stream(data, "jsonl", max_bytes=1_000_000)))
    assert told(found) == ["1", "size"] and "unpacks to more than" in found[-1].message
    assert used < 16_000_000


def test_what_is_packed_twice_is_refused():
    assert told(stream(gzip.compress(gzip.compress(b"some words")))) == ["format"]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_deep_nesting_is_an_error(form):
    assert told(stream(b'{"text": "a", "deep": ' + b"[" * 1_000_000, form)) == ["format"]


def test_nuls_are_no_text():
    for form in ("text", "md", "html", "csv", "json", "jsonl"):
        assert {item.code for item in stream(b"text\n" + b"\0" * 5_000, form)} <= {"encoding", "format"}, form


def test_hostile_files_do_not_end_a_folder(tmp_path, monkeypatch):
    for name in ("a.txt", "sub/b.txt", "z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("some words")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04" + b"\xff" * 100)
    (tmp_path / "d.parquet").write_bytes(b"")
    (tmp_path / "e.jsonl.gz").write_bytes(b"\x1f\x8b\x08" + b"\xff" * 100)
    (tmp_path / "f.warc").write_bytes(b"WARC/1.0\r\n" + b"\xff" * 100)
    (tmp_path / "g.rss").write_bytes(b"<rss>" + b"<a>" * 50_000)
    (tmp_path / "h.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "i.csv").write_bytes(b'"' * 99_999)
    os.mkfifo(tmp_path / "j.txt")
    (tmp_path / "k.txt").symlink_to("k.txt")
    (tmp_path / "l.txt").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/m\xff\xfe.txt")).write_text("some words")
    real = Path.open

    def refusing(self, *arguments, **options):
        if self.name == "n.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *arguments, **options)

    (tmp_path / "n.txt").write_text("some words")
    monkeypatch.setattr(Path, "open", refusing)
    found = folder(tmp_path)
    codes = {Path(item.given).name: getattr(item, "code", None) for item in found}
    assert {name: code for name, code in codes.items() if code is None} == dict.fromkeys(
        ["a.txt", "b.txt", "z.txt", "m\ufffd\ufffd.txt"]
    )
    assert (codes["d.parquet"], codes["k.txt"], codes["l.txt"], codes["loop"]) == ("empty", "read", "not-found", "read")
    assert (codes["j.txt"], codes["n.txt"]) == ("read", "read")
    assert {codes[name] for name in ("b.pdf", "c.docx", "e.jsonl.gz", "f.warc", "h.html")} == {"format"}
    assert codes["g.rss"] in ("empty", "format") and codes["i.csv"] == "format"
    assert len(found) == 17


def test_a_file_that_shrinks_while_it_is_read(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"".join(LINE % number for number in range(100_000)))
    items = read([str(file)], stdin=io.BytesIO(), settings=Settings())
    assert next(items).given == "0"
    os.truncate(file, 1_000)
    rest = list(items)
    assert told(rest)[-1] in ("format", str(len(rest)))


def test_ten_thousand_files(tmp_path):
    for number in range(10_000):
        file = tmp_path / f"{number:05}.txt"
        if number % 100 < 2:
            file.write_bytes(b"" if number % 100 else b"a few words")
        else:
            file.hardlink_to(tmp_path / "00001.txt")
    found = folder(tmp_path)
    assert len(found) == 10_000 and [item.given[-9:] for item in found if isinstance(item, Article)][-1] == "09900.txt"


@pytest.mark.skipif(sys.platform != "linux", reason="no such files there")
def test_an_endless_file_ends_at_the_limit():
    (item,) = read(["/dev/zero"], stdin=io.BytesIO(), settings=Settings(max_bytes=1_000_000))
    assert item.code == "size"
