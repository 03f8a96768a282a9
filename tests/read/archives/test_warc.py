import gzip
import io
import json
import random
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import brotli
import pytest
from fastwarc.stream_io import Lz4Writer, ZstdWriter, zstd_train_dictionary_from_samples
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from marsad.read.archives.warc import Passed, articles
from marsad.read.article import Origin
from marsad.settings import Settings
from marsad.types import Article, Skipped

URL = "https://akhbar.example/world/17"
BODY = "وصل الوزير إلى العاصمة مساء الأحد، والتقى نظيره فور وصوله، وبحثا معًا ملف المياه المشتركة بين البلدين."
PAGE = (
    f"<!doctype html><html><head><title>زيارة الوزير</title></head><body><article><p>{BODY}</p></article></body></html>"
)
DATE = "2024-05-18T01:58:10Z"


def record(kind: str, block: bytes, *, url: str = URL, date: str = DATE, media: str = "", version: str = "1.1", **more):
    media = media or f"application/http; msgtype={kind}"
    fields = {"WARC-Type": kind, "WARC-Record-ID": "<urn:uuid:0>", "WARC-Target-URI": url, "WARC-Date": date}
    fields |= {"Content-Type": media, "Content-Length": str(len(block))}
    fields |= {key.replace("_", "-"): value for key, value in more.items()}
    head = "".join(f"{key}: {value}\r\n" for key, value in fields.items() if value)
    return f"WARC/{version}\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def answer(body: bytes, *, status: str = "200 OK", media: str = "text/html; charset=utf-8", **more) -> bytes:
    fields = {"Content-Type": media, **{key.replace("_", "-"): value for key, value in more.items()}}
    head = "".join(f"{key}: {value}\r\n" for key, value in fields.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def response(body: bytes | str = PAGE, *, url: str = URL, date: str = DATE, **more) -> bytes:
    data = body.encode() if isinstance(body, str) else body
    return record("response", answer(data, **more), url=url, date=date)


def text(number: int, words: str = "") -> bytes:
    """A text that is quickly read."""
    block = answer(f"خبر {number}: زار الوزير بغداد. {words}".encode(), media="text/plain")
    return record("response", block, url=f"{URL}/{number}")


def scan(data: bytes | io.RawIOBase, **knobs) -> tuple[list[Article | Skipped], Passed]:
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    items = articles(stream, Origin("a.warc"), Settings(**knobs))  # type: ignore[arg-type]
    found = []
    while True:
        try:
            found.append(next(items))
        except StopIteration as end:
            return found, end.value


def only(data: bytes, **knobs) -> Article:
    (item,) = scan(data, **knobs)[0]
    assert isinstance(item, Article), item
    return item


def fault(data: bytes, **knobs) -> Skipped:
    (item,) = scan(data, **knobs)[0]
    assert isinstance(item, Skipped), item
    return item


def parted(items: list[Article | Skipped]) -> tuple[list[Article], list[Skipped]]:
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Skipped)]


def packed(writer: type, data: bytes, **options) -> bytes:
    out = io.BytesIO()
    packer = writer(out, **options)
    packer.write(data)
    packer.close()
    return out.getvalue()


def with_dictionary(records: list[bytes]) -> bytes:
    words = zstd_train_dictionary_from_samples([one + bytes([i]) for i in range(9) for one in records], 1_000)
    out = io.BytesIO()
    packer = ZstdWriter(out, dictionary=words)
    for one in records:
        packer.write(one)
        packer.finish()
    packer.close()
    return out.getvalue()


FORMS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip": lambda records: b"".join(map(gzip.compress, records)),
    "gzip, one member": lambda records: gzip.compress(b"".join(records)),
    "zstd": lambda records: b"".join(packed(ZstdWriter, one) for one in records),
    "zstd, one frame": lambda records: packed(ZstdWriter, b"".join(records)),
    "zstd with a dictionary": with_dictionary,
    "lz4": lambda records: b"".join(packed(Lz4Writer, one) for one in records),
}
SEVERAL = [
    one
    for i in range(6)
    for one in (record("request", b"GET / HTTP/1.1\r\n\r\n"), text(i), record("metadata", b"a: 1", media="text/x"))
]
WHOLE = [text_of.text for text_of in scan(b"".join(SEVERAL))[0] if isinstance(text_of, Article)]
PACKED = {name: pack(SEVERAL) for name, pack in FORMS.items()}


def test_a_page_is_an_article_with_its_address_and_the_time_it_was_fetched():
    page = only(response())
    assert (page.url, page.given, page.drawn, page.language) == (URL, URL, True, "ar")
    assert page.title and page.title.of(page.text) == "زيارة الوزير" and BODY in page.text
    assert page.fetched == datetime(2024, 5, 18, 1, 58, 10, tzinfo=UTC)
    assert page.published is None and page.published_from is None


@pytest.mark.parametrize("form", FORMS)
def test_every_packing_gives_the_same_articles(form):
    assert len(WHOLE) == 6
    found, passed = scan(PACKED[form])
    assert [item.text for item in found] == WHOLE
    assert passed == Passed()


@pytest.mark.parametrize("version", ["1.0", "1.1", "0.18"])
def test_versions_of_the_format(version):
    assert only(record("response", answer(BODY.encode(), media="text/plain"), version=version)).text == BODY


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio leaves a file to be collected
def test_what_warcio_writes_is_read():
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/plain; charset=utf-8")], protocol="HTTP/1.0")
    writer.write_record(writer.create_warc_record(URL, "response", io.BytesIO(BODY.encode()), http_headers=headers))
    assert only(out.getvalue()).text == BODY


@pytest.mark.parametrize(
    "other",
    [
        record("request", b"GET / HTTP/1.1\r\n\r\n"),
        record("metadata", b"a: 1", media="application/warc-fields"),
        record("warcinfo", b"a: 1", media="application/warc-fields"),
        record("revisit", answer(b""), WARC_Profile="http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
        record("odd", b"abc"),
        response(status="404 Not Found"),
        response(status="301 Moved"),
        response(media="image/png"),
        response(media="application/pdf"),
        response(media="application/rss+xml"),
        response('<?xml version="1.0"?><rss version="2.0"><channel><title>أخبار</title></channel></rss>'),
        response(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": []}), media="text/plain"),
        response(b"%PDF-1.7 ..."),
        response(b"User-agent: *", media="text/plain", url="https://akhbar.example/robots.txt"),
        response(b"abc", media=""),
        record("response", b"no HTTP", media="text/dns"),
        record("response", b""),
        record("resource", b"wget -r", url="metadata://gnu.org/software/wget/warc/wget.log", media="text/plain"),
        record("resource", b"\x89PNG", media="image/png"),
    ],
)
def test_what_is_no_news_is_passed_over_in_silence(other):
    for data in (other + text(1), gzip.compress(other) + gzip.compress(text(1))):
        assert only(data).url == f"{URL}/1"


def test_what_is_passed_over_is_counted():
    data = response(status="404 Not Found") + response(status="500 Oh") + response(media="image/png") + text(1)
    assert scan(data)[1] == Passed(statuses=2, media=1)


def test_resources_and_answers_without_a_type_are_read_if_they_are_pages():
    assert BODY in only(record("resource", PAGE.encode(), media="text/html; charset=utf-8")).text
    assert BODY in only(response(media="")).text
    assert only(record("resource", BODY.encode("cp1256"), media="text/plain; charset=windows-1256")).text == BODY


def test_the_charset_of_the_head_is_heeded():
    assert BODY in only(response(PAGE.encode("cp1256"), media='Text/HTML; charset="Windows-1256"')).text


def test_a_plain_text_stays_as_it_is():
    words = f"زيارة الوزير\n\n{BODY}\n"
    article = only(response(words, media="text/plain"))
    assert (article.text, article.drawn) == (words, False)
    assert article.title and article.title.of(words) == "زيارة الوزير"


def test_the_texts_of_common_crawl_have_their_title_in_the_first_line_and_their_language_in_the_head():
    words = f"زيارة الوزير\nالرئيسية\n{BODY}"
    data = record("conversion", words.encode(), media="text/plain", WARC_Identified_Content_Language="ara,eng")
    article = only(data)
    assert article.title and article.title.of(article.text) == "زيارة الوزير"
    assert (article.text, article.language, article.url) == (words, "ar", URL)
    assert article.fetched == datetime(2024, 5, 18, 1, 58, 10, tzinfo=UTC)
    other = record("conversion", f"{BODY}\n{BODY}".encode(), media="text/plain", WARC_Identified_Content_Language="pus")
    assert only(other).title is None and only(other).language == "pus"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://akhbar.example/world/17-visit", "https://akhbar.example/world/17-visit"),
        ("https://www.akhbar.example/17", "https://www.akhbar.example/17"),
        ("/17", "https://akhbar.example/17"),
        ("https://other.example/17", URL),
        ("https://evil.akhbar.example/17", URL),
        ("https://[", URL),
    ],
)
def test_the_address_that_a_page_gives_itself_is_believed_on_its_own_host(link, url):
    page = PAGE.replace("<head>", f'<head><link rel="canonical" href="{link}">')
    assert only(response(page)).url == url


def test_odd_addresses_and_dates():
    assert only(response(url=f"<{URL}>")).url == URL
    assert only(response(BODY, media="text/plain", url=f"{URL}/a b\0c")).url == f"{URL}/a%20b%00c"
    assert only(response(BODY, media="text/plain", url="")).url is None
    for date in ("", "2008-10-294T05:21:46-0700", "0001-01-01T00:00:00+23:00", "soon"):
        assert only(response(BODY, media="text/plain", date=date)).fetched is None
    micro = only(response(BODY, media="text/plain", date="2024-05-18T03:58:10.123456789+02:00"))
    assert micro.fetched == datetime(2024, 5, 18, 1, 58, 10, 123456, tzinfo=UTC)


def chunked(data: bytes) -> bytes:
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in (data[:7], data[7:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("zstd", lambda data: packed(ZstdWriter, data)),
        ("identity", bytes),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
        ("gzip", bytes),  # unpacked already, though the head was kept
        ("br", bytes),
    ],
)
def test_encodings_of_bodies(coding, pack):
    data = pack(BODY.encode())
    assert only(response(data, media="text/plain", Content_Encoding=coding)).text == BODY
    both = response(chunked(data), media="text/plain", Content_Encoding=coding, Transfer_Encoding="chunked")
    assert only(both).text == BODY
    joined = response(data, media="text/plain", Content_Encoding=coding, Transfer_Encoding="chunked")
    assert only(joined).text == BODY


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (gzip.compress(BODY.encode())[:-12], {"Content_Encoding": "gzip"}),
        (brotli.compress(BODY.encode())[:-4], {"Content_Encoding": "br"}),
        (b"\x00\x01\x02" * 9, {"Content_Encoding": "compress"}),
        (b"\x00\x01\x02" * 9, {"Content_Encoding": "gzip"}),
        (chunked(BODY.encode())[:-30], {"Transfer_Encoding": "chunked"}),
        (BODY.encode(), {"Content_Encoding": "gzip, gzip, gzip, gzip"}),
    ],
)
def test_a_body_that_cannot_be_unpacked_costs_only_itself(body, more):
    found, faults = parted(scan(response(body, **more) + text(1))[0])
    assert [one.url for one in found] == [f"{URL}/1"]
    assert [(one.code, one.given, one.where) for one in faults] == [("format", URL, "a.warc record at 0")]


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(b"a" * 20_000_000)),
        ("br", brotli.compress(b"a" * 20_000_000)),
        ("deflate", zlib.compress(b"a" * 20_000_000)),
        ("zstd", packed(ZstdWriter, b"a" * 20_000_000)),
    ],
)
def test_bombs_in_bodies_are_cut(coding, bomb):
    assert fault(response(bomb, Content_Encoding=coding), max_bytes=10_000).code == "size"


def test_a_large_record_is_passed_over_with_its_size_told():
    large = response("<p>" + "a" * 3_000_000)
    found, faults = parted(scan(large + response("a" * 3_000_000, media="image/png") + text(1), max_bytes=1_000_000)[0])
    assert [one.url for one in found] == [f"{URL}/1"] and [one.code for one in faults] == ["size"]
    assert faults[0].given == URL


def test_a_page_without_words_a_page_in_parts_and_a_refused_language_are_told():
    assert fault(response("<html><body></body></html>")).code == "empty"
    assert fault(response(b"")).code == "empty"
    part = record("response", answer(PAGE.encode()), WARC_Segment_Number="1")
    assert (fault(part).code, fault(part).where) == ("format", "a.warc record at 0")
    french = response("Le ministre est arrivé hier soir dans la capitale.", media="text/plain")
    assert fault(french, strict_language=True).code == "language"
    assert fault(response(bytes(range(256)) * 20, media="text/plain")).code == "encoding"


BOMBS: dict[str, Callable[[], bytes]] = {
    "lines": lambda: b"\n" * 120_000_000,
    "a picture": lambda: record("resource", bytes(150_000_000), media="image/png"),
    "a promise": lambda: record("request", bytes(150_000_000), Content_Length="9" * 15),
    "a head": lambda: b"WARC/1.1\r\nX: " + b"a" * 50_000_000,
}


@pytest.mark.parametrize("kind", BOMBS)
@pytest.mark.parametrize("pack", [gzip.compress, lambda data: packed(ZstdWriter, data)], ids=["gzip", "zstd"])
def test_an_archive_that_is_a_bomb_is_left_after_what_came_before(kind, pack):
    found, faults = parted(scan(pack(text(1)) + pack(BOMBS[kind]()))[0])
    assert [one.url for one in found] == [f"{URL}/1"]
    assert [one.code for one in faults] == ["format"]


@pytest.mark.parametrize("form", ["plain", "gzip", "zstd", "lz4"])
@pytest.mark.parametrize("size", [10, 200_000])
def test_reading_goes_on_behind_a_damaged_record(form, size):
    filling = random.Random(size).randbytes(size).hex()
    records = [text(number, filling) for number in range(5)]
    parts = [FORMS[form]([one]) for one in records]
    at = sum(map(len, parts[:2]))
    parts[2] = b"\0\0\0\0" + parts[2][4:]
    found, faults = parted(scan(b"".join(parts))[0])
    assert [one.url for one in found] == [f"{URL}/{number}" for number in (0, 1, 3, 4)]
    assert [one.code for one in faults] == ["format"]
    if form == "gzip":
        assert faults[0].where == f"a.warc record at {at - len(parts[1])}"


def test_every_damaged_part_is_told_once():
    parts = [gzip.compress(text(number)) for number in range(5)]
    parts[1] = b"\x1f\x8b\x08\x00" * 10
    parts[3] = parts[3][:40]
    found, faults = parted(scan(b"".join(parts))[0])
    assert [one.url for one in found] == [f"{URL}/{number}" for number in (0, 2, 4)]
    assert len(faults) == 2


def test_a_record_inside_of_a_page_is_not_believed_behind_damage():
    forged = text(9).decode()
    honest = response(f"خبر\n{forged}\n{forged}", media="text/plain")
    found, faults = parted(scan(text(1) + honest + b"damage\r\n\r\n" + text(2))[0])
    assert [one.url for one in found] == [f"{URL}/1", URL, f"{URL}/2"] and len(faults) == 1


def test_a_wrong_length_costs_no_more_than_its_neighbour():
    for length in ("3", "abc", "-5", "99999999999999999999"):
        wrong = record("request", b"GET / HTTP/1.1\r\n\r\n", Content_Length=length)
        found, faults = parted(scan(wrong + text(1) + text(2))[0])
        assert f"{URL}/2" in [one.url for one in found] and len(faults) == 1, length


def test_an_archive_damaged_all_over_is_given_up():
    (last,) = scan(gzip.compress(text(1)) + (b"\x1f\x8b\x08\x00" + b"\xff" * 8) * 2_000)[0][-1:]
    assert isinstance(last, Skipped) and "all over" in last.message


@profile(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.integers(0, 1_000_000))
def test_a_clipped_archive_gives_what_came_before_and_is_told_of_at_most_once(form, place):
    data = PACKED[form]
    found, faults = parted(scan(data[: place % (len(data) + 1)])[0])
    assert [one.text for one in found] == WHOLE[: len(found)]
    assert len(faults) <= 1


@profile(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1))
def test_damage_never_raises_and_never_doubles(form, changes):
    data = bytearray(PACKED[form])
    for place, byte in changes:
        data[place % len(data)] = byte
    found, _ = parted(scan(bytes(data))[0])
    assert len({one.id for one in found}) == len(found)


@pytest.mark.parametrize("form", ["plain", "gzip", "zstd", "lz4"])
def test_a_cut_is_told_wherever_it_is(form):
    """Inside of a head, a body, a record that is passed over, the mark of a packed part."""
    parts = [FORMS[form]([one]) for one in (text(1), record("request", b"GET / HTTP/1.1\r\n\r\n"))]
    told = 0
    for cut in range(len(parts[0]) + 1, len(parts[0]) + len(parts[1]) - 13):
        (first, *rest) = scan(b"".join(parts)[:cut])[0]
        assert isinstance(first, Article)
        told += len(rest)
    # fastwarc takes the head of an lz4 frame without its body for the end.
    assert told >= len(parts[1]) - 14 - 5 * (form == "lz4")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"no archive", "format"),
        (PAGE.encode(), "format"),
        (gzip.compress(PAGE.encode()), "format"),
        (b"filedesc://a.arc 0.0.0.0 20240101000000 text/plain 1\n1 0 x\n\n", "format"),
        (b"\x1f\x8b", "format"),
        (b"W", "format"),
        (b"]*M\x18\xff\xff\xff\xff", "format"),
    ],
)
def test_what_is_no_web_archive(data, code):
    assert fault(data).code == code


class Slow(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, 7) if size and size > 0 else size)


class Broken(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(200)


@pytest.mark.parametrize("form", FORMS)
def test_streams_that_give_little_at_a_time(form):
    assert [item.text for item in scan(Slow(PACKED[form]))[0]] == WHOLE


def test_a_disk_that_fails_and_a_stream_that_cannot_be_sought_in_are_told():
    class Pipe(io.BytesIO):
        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation("seek")

    for stream in (Broken(text(1) * 9), Pipe(text(1))):
        (item,) = scan(stream)[0]
        assert isinstance(item, Skipped) and item.code == "read"
