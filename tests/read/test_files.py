import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest

from marsad.errors import FetchError, FormatError
from marsad.read import FORMATS, read
from marsad.read.files import named
from marsad.settings import Settings
from marsad.types import Article, Skipped, Span

TEXT = "زار الوزير بغداد أمس."


def articles(*paths: object, stdin: bytes = b"", form: str | None = None, **settings: object):
    return list(read(map(str, paths), stdin=io.BytesIO(stdin), format=form, settings=Settings(**settings)))


def only(items: list) -> Article | Skipped:
    (item,) = items
    return item


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.txt", TEXT, TEXT),
        ("a.md", "# عنوان\n\nزار *الوزير* بغداد.", "عنوان\n\nزار الوزير بغداد."),
        ("a.HTML", f"<p>{TEXT}</p>", TEXT),
        ("a.htm", f"<title>عنوان</title><p>{TEXT}</p>", f"عنوان\n\n{TEXT}"),
        ("a.json", f'{{"text": "{TEXT}"}}', TEXT),
        ("a.jsonl", f'{{"text": "{TEXT}"}}\n', TEXT),
        ("a.ndjson", f'{{"text": "{TEXT}"}}\n', TEXT),
        ("noending", TEXT, TEXT),
        ("noending", f'  {{"text": "{TEXT}"}}', TEXT),
    ],
)
def test_the_ending_of_the_name_tells_the_format(tmp_path, name, content, text):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert only(articles(tmp_path / name)).text == text


def test_a_file_is_named_by_its_path_and_keeps_its_text_untouched(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(f"  {TEXT}\r\n\n".encode())
    article = only(articles(file))
    assert (article.given, article.text, article.language) == (str(file), f"  {TEXT}\r\n\n", "ar")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert only(articles(tmp_path / "a.txt")).text == TEXT
    assert only(articles("-", stdin=b'\xef\xbb\xbf{"text": "a b"}')).text == "a b"


def test_a_headline_is_found_in_plain_text():
    article = only(articles("-", stdin=f"الوزير في بغداد\n\n{TEXT}".encode()))
    assert article.title == Span(0, 15)
    assert only(articles("-", stdin=TEXT.encode())).title is None


@pytest.mark.parametrize("padding", [b"", b"  ", b"\n\n \t", b" " * 200_000])
def test_standard_input_that_begins_with_a_brace_is_json_lines(padding):
    assert only(articles("-", stdin=padding + b'{"id": "1", "text": "a b"}')).given == "1"


def test_standard_input_is_text_else_and_a_format_overrules_that():
    assert only(articles("-", stdin="[رويترز] زار الوزير بغداد.".encode())).text == "[رويترز] زار الوزير بغداد."
    assert only(articles("-", stdin=b'[{"text": "a b"}]', form="json")).text == "a b"
    assert only(articles("-", stdin=b'{"text": "a b"}', form="text")).text == '{"text": "a b"}'
    assert only(articles("-", stdin=b"<p>a b</p>", form="html")).text == "a b"
    assert only(articles("-", stdin=b"# a b", form="md")).text == "a b"


def test_a_document_on_standard_input_needs_no_format():
    array = articles("-", stdin=b'[{"id": "1", "text": "a b"}, {"id": "2", "text": "c d"}]')
    assert [item.given for item in array] == ["1", "2"]
    assert only(articles("-", stdin=b'{\n  "id": "1",\n  "text": "a b"\n}\n')).given == "1"


def test_what_is_neither_lines_nor_a_document_is_told_of_the_format():
    items = articles("-", stdin=b'{\n"text": "a"\n}\n{\n"text": "b"\n}\n')
    assert {item.code for item in items} == {"format"}
    assert all("--format json" in item.message for item in items)


@pytest.mark.parametrize(
    ("name", "content", "drawn"),
    [
        ("a.txt", TEXT, False),
        ("a.txt", "\ufeff" + TEXT, True),
        ("a.md", TEXT, False),
        ("a.md", f"# عنوان\n\n{TEXT}", True),
        ("a.html", f"<p>{TEXT}</p>", True),
        ("a.jsonl", f'\ufeff{{"text": "{TEXT}"}}', False),
        ("a.jsonl", f'{{"text": "{TEXT}", "title": "عنوان"}}', True),
    ],
)
def test_it_is_known_whether_the_text_is_what_the_input_holds(tmp_path, name, content, drawn):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert only(articles(tmp_path / name)).drawn is drawn


def test_an_unknown_format_is_refused():
    with pytest.raises(FormatError, match="jsonl"):
        articles("-", form="rtf")


def test_a_folder_is_read_in_order_without_what_is_hidden_or_no_article(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.html", "sub/.d.txt", ".e.txt", "f.png", "Makefile", ".git/g.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"some words" if not name.endswith("png") else b"\x89PNG\0\xff")
    found = [Path(item.given).relative_to(tmp_path).as_posix() for item in articles(tmp_path)]
    assert found == ["a.md", "b.txt", "sub/c.html"]


def test_a_bad_file_does_not_end_a_folder_nor_a_list(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"words \xff\xfe\xfa")
    (tmp_path / "b.txt").write_text("some words")
    assert [getattr(i, "code", None) for i in articles(tmp_path, "missing.txt", tmp_path / "b.txt")] == [
        "encoding",
        None,
        "not-found",
        None,
    ]


@pytest.fixture
def odd(tmp_path):
    """A folder with a pipe, a subfolder between two files, and a file that is written to."""
    for name in ("a.txt", "sub/b.txt", "z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("some words")
    os.mkfifo(tmp_path / "pipe.txt")
    return tmp_path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_in_a_folder_regular_files_alone_are_taken_and_the_rest_is_told(odd):
    items = articles(odd)
    assert [(Path(i.given).name, getattr(i, "code", None)) for i in items] == [
        ("a.txt", None),
        ("pipe.txt", "read"),
        ("z.txt", None),
        ("b.txt", None),
    ]
    assert "no regular file" in items[1].message and str(odd / "pipe.txt") in items[1].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_folder_that_cannot_be_listed_is_told_and_the_walk_goes_on(odd, monkeypatch):
    # The tests may run as root, who may list every folder: the refusal is made here.
    real = os.scandir

    def scandir(path):
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    (odd / "tail").mkdir()
    (odd / "tail" / "c.txt").write_text("some words")
    monkeypatch.setattr(os, "scandir", scandir)
    items = articles(odd)
    assert [Path(i.given).name for i in items] == ["a.txt", "pipe.txt", "z.txt", "sub", "c.txt"]
    assert items[3].code == "read" and "Permission denied" in items[3].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_file_that_is_written_to_is_left_out_of_a_walk(odd):
    status = (odd / "z.txt").stat()
    found = list(
        read([str(odd)], stdin=io.BytesIO(), but=frozenset({(status.st_dev, status.st_ino)}), settings=Settings())
    )
    assert [Path(i.given).name for i in found] == ["a.txt", "pipe.txt", "b.txt"]


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "empty", "no text"),
        (b" \n\t ", "empty", "no text"),
        (b"words \xff\xfe\xfa", "encoding", "byte 0xff at offset 6"),
        (b"\xff" * 9, "encoding", "byte 0xff at offset 0"),
        (b"words\0words", "encoding", "NUL at code point 5"),
        (b"\xed\xa0\x80", "encoding", "0xed"),
        (b"x" * 2_001, "size", "max_bytes"),
    ],
)
def test_what_is_no_article_says_what_where_and_what_to_do(tmp_path, content, code, says):
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    item = only(articles(file, max_bytes=2_000))
    assert isinstance(item, Skipped)
    assert (item.code, item.given, item.line) == (code, str(file), None)
    assert says in item.message and item.message.startswith(f"{file}: ")


def test_control_characters_and_overrides_are_text():
    text = "\x1b[31m زار \u202eالوزير\u202c\x07 بغداد \ufeff."
    assert only(articles("-", stdin=text.encode())).text == text


def test_what_is_not_there_or_not_a_file(tmp_path):
    assert [item.code for item in articles("missing.txt", "https://example.org/a", "nul\0name", tmp_path)] == [
        "not-found",
        "read",
        "not-found",
        "empty",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("words")
    file.chmod(0)
    assert only(articles(file)).code == "read"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such name")
def test_a_name_that_is_no_utf8_can_be_printed(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    Path(path).write_text("some words")
    item = only(articles(path))
    assert isinstance(item, Article) and item.given.endswith("\ufffd.txt")


def test_languages_other_than_arabic_and_english_are_refused_only_when_asked():
    line = '{"id": "1", "text": "Президент прибыл в столицу сегодня утром.", "language": "ru"}'.encode()
    assert only(articles("-", stdin=line)).language == "ru"
    item = only(articles("-", stdin=line, strict_language=True))
    assert (item.code, item.given, item.line) == ("language", "1", 1)


class Counting(io.BytesIO):
    """A stream that remembers how much was asked of it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.taken = 0

    def read1(self, size: int = -1, /) -> bytes:
        chunk = super().read1(size)
        self.taken += len(chunk)
        return chunk


def test_a_stream_is_read_only_as_far_as_it_is_needed():
    stream = Counting(b'{"text": "some words"}\n' * 100_000)
    items = read(["-"], stdin=stream, settings=Settings())
    assert next(items).text == "some words"
    assert stream.taken <= 1 << 16


def test_each_line_of_a_slow_stream_comes_before_the_next_is_written():
    reading, writing = os.pipe()
    with open(reading, "rb") as stream, open(writing, "wb", buffering=0) as producer:  # noqa: PTH123 (descriptors)
        items = read(["-"], stdin=stream, settings=Settings())
        for number in range(3):
            producer.write(f'{{"id": "{number}", "text": "a b"}}\n'.encode())
            assert next(items).given == str(number)


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>صحيفة</title><item><title>عنوان</title>
<link>https://example.org/1</link><description>{TEXT}</description></item></channel></rss>"""


def warc() -> bytes:
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<h1>عنوان</h1><p>{TEXT}</p>".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/1\r\n"
        "WARC-Date: 2025-09-16T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:6f2b5e0e-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


class Pipe(io.BytesIO):
    """A stream that cannot be sought in."""

    def seekable(self) -> bool:
        return False


def test_feeds_and_archives_are_read_from_files_and_streams(tmp_path):
    made = {"a.rss": RSS.encode(), "b.xml": RSS.encode(), "c.warc": warc(), "d.warc.gz": gzip.compress(warc())}
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
        for stdin in (io.BytesIO(data), Pipe(data)):
            assert TEXT in only(list(read(["-"], stdin=stdin, settings=Settings()))).text
    found = articles(tmp_path)
    assert len(found) == 4
    assert all(TEXT in item.text and item.url == "https://example.org/1" for item in found)


def test_a_json_feed_is_a_feed_whatever_its_ending(tmp_path):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "صحيفة",
        "items": [{"id": "1", "url": "https://example.org/1", "title": "عنوان", "content_text": TEXT}],
    }
    (tmp_path / "a.json").write_text(json.dumps(feed, ensure_ascii=False), encoding="utf-8")
    assert TEXT in only(articles(tmp_path / "a.json")).text
    assert only(articles(tmp_path / "a.json", form="json")).code == "format"


def test_a_mark_is_surer_than_an_ending(tmp_path):
    data = gzip.compress(f'{{"text": "{TEXT}"}}\n'.encode())
    for name in ("a.jsonl", "b.jsonl.gz", "c", "d.gz"):
        (tmp_path / name).write_bytes(data)
        assert only(articles(tmp_path / name)).text == TEXT
    (tmp_path / "e.html").write_bytes(warc())
    assert TEXT in only(articles(tmp_path / "e.html")).text
    (tmp_path / "f.html").write_bytes(b"%PDF-1.7 and no more")
    assert "damaged PDF" in only(articles(tmp_path / "f.html")).message
    assert only(articles(tmp_path / "f.html", form="text")).text == "%PDF-1.7 and no more"


@pytest.mark.parametrize(
    ("name", "data", "code", "says"),
    [
        ("a.html", b"\x89PNG\r\n\x1a\n", "format", "this is a picture (PNG), no article"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "format", "Office file of the old kind"),
        (
            "a.pdf",
            b"<!doctype html><p>sign in",
            "format",
            "this is no pdf file, but looks like html. give --format html",
        ),
        ("a.docx", b"some words", "format", "no docx file, but looks like text"),
        ("a.parquet", b"", "empty", "an empty file"),
        ("a.opml", b"<opml/>", "format", "marsad add FILE"),
        ("a.wat.gz", b"", "format", "metadata of a web archive"),
        ("a", b"<opml version='2.0'><body/></opml>", "format", "marsad add FILE"),
        ("a.jsonl", b"\x28\xb5\x2f\xfd", "format", "zstd"),
        ("a.rss", b"<rss version='2.0'><channel/></rss>", "empty", "without an entry"),
    ],
)
def test_what_a_file_is_instead_is_said(tmp_path, name, data, code, says):
    (tmp_path / name).write_bytes(data)
    item = only(articles(tmp_path / name))
    assert item.code == code and says in item.message


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-16"])
def test_old_texts_are_read_and_told_to_be_other_than_the_bytes(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(f"{TEXT}\n{TEXT}".encode(encoding))
    (tmp_path / "b.md").write_bytes(f"# عنوان\n\n{TEXT}".encode(encoding))
    plain, marked = articles(tmp_path)
    assert plain.text == f"{TEXT}\n{TEXT}" and plain.drawn
    assert marked.text == f"عنوان\n\n{TEXT}"


def test_addresses_go_to_whoever_fetches():
    asked = []

    def fetch(address: str):
        asked.append(address)
        if address.endswith("b"):
            raise FetchError("no answer", where=address, do="try again")
        yield Skipped(code="empty", message="", given=address)

    paths = ["https://example.org/a", "HTTP://example.org/b", "missing.txt"]
    items = list(read(paths, stdin=io.BytesIO(), settings=Settings(), fetch=fetch))
    assert asked == paths[:2]
    assert [item.code for item in items] == ["empty", "fetch", "not-found"]


def test_links_to_folders_are_told_and_not_followed(tmp_path):
    (tmp_path / "a.txt").write_text("some words")
    (tmp_path / "loop").symlink_to(tmp_path)
    items = articles(tmp_path)
    assert [(Path(item.given).name, getattr(item, "code", None)) for item in items] == [
        ("loop", "read"),
        ("a.txt", None),
    ]
    assert len(articles(tmp_path / "loop")) == 2


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.txt", "text"),
        ("A.B.JSONL.GZ", "jsonl"),
        ("a.warc.gz", "warc"),
        ("a.warc.wet.gz", "warc"),
        ("a.warc.xz", "warc"),
        ("a.gz", None),
        (".txt", None),
        (".gz", None),
        ("txt", None),
        ("a.txt/b", None),
        ("a.txt.png", None),
        ("a.png.gz", None),
        ("", None),
    ],
)
def test_endings(name, form):
    assert named(name) == form


def test_every_format_is_named_once():
    endings = [ending for endings in FORMATS.values() for ending in endings]
    assert len(endings) == len(set(endings))
