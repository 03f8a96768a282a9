import gzip
import io
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from fastwarc import ArchiveIterator, WarcRecordType
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from marsad.errors import WriteError
from marsad.read.archives import archive as module
from marsad.read.archives.archive import Archive
from marsad.read.archives.warc import articles
from marsad.read.article import Origin
from marsad.read.web.exchange import Exchange
from marsad.settings import Settings
from marsad.types import Article

AT = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "br"), ("Content-Length", "12"))
WORDS = "أعلنت الوزارة صباح اليوم أن الوفد سيعود إلى العاصمة بعد انتهاء الجولة الثانية من المباحثات."
PAGE = f"<html><head><title>عودة الوفد</title></head><body><article><p>{WORDS}</p></article></body></html>".encode()


def exchange(number: int = 1, *, body: bytes = PAGE, status: int = 200, headers=HTML, **more) -> Exchange:
    given = {"url": f"https://akhbar.example/{number}?a=b", "at": AT, "request_headers": (("User-Agent", "Marsad"),)}
    return Exchange(**{**given, "status": status, "reason": "OK", "response_headers": headers, "body": body, **more})


def kept(folder: Path, *exchanges: Exchange, **options) -> list[Path]:
    with Archive(folder, now=lambda: AT, **options) as archive:
        for one in exchanges:
            archive.keep(one)
    return sorted(folder.iterdir())


def records(file: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Type, head, and block of each record, as fastwarc reads them."""
    with file.open("rb") as stream:
        return [
            (one.headers["WARC-Type"], one.headers.to_dict(), one.reader.read())
            for one in ArchiveIterator(stream, parse_http=False, verify_digests=True)
        ]


def bodies(file: Path) -> list[bytes]:
    with file.open("rb") as stream:
        return [one.reader.read() for one in ArchiveIterator(stream, WarcRecordType.response)]


def test_a_file_begins_with_what_it_is_and_has_answer_and_request(tmp_path):
    (file,) = kept(tmp_path / "new" / "folder", exchange())
    assert file.name == "marsad-20250304050607-00000.warc.gz"
    info, answer, request = records(file)
    assert [one[0] for one in (info, answer, request)] == ["warcinfo", "response", "request"]
    assert b"software: marsad/" in info[2] and b"robots: obey" in info[2]
    assert info[1]["WARC-Filename"] == file.name
    assert request[1]["WARC-Concurrent-To"] == answer[1]["WARC-Record-ID"]
    assert answer[1]["WARC-Warcinfo-ID"] == request[1]["WARC-Warcinfo-ID"] == info[1]["WARC-Record-ID"]
    assert answer[1]["WARC-Date"] == "2025-03-04T05:06:07Z" and answer[1]["WARC-Payload-Digest"].startswith("sha1:")
    assert request[2] == b"GET /1?a=b HTTP/1.1\r\nHost: akhbar.example\r\nUser-Agent: Marsad\r\n\r\n"


def test_the_head_tells_the_body_as_it_is_kept_and_keeps_what_was_sent(tmp_path):
    (file,) = kept(tmp_path, exchange())
    head, _, body = records(file)[1][2].partition(b"\r\n\r\n")
    assert body == PAGE
    assert head.decode().split("\r\n") == [
        "HTTP/1.1 200 OK",
        "Content-Type: text/html; charset=utf-8",
        "X-Archive-Orig-Content-Encoding: br",
        "X-Archive-Orig-Content-Length: 12",
        f"Content-Length: {len(PAGE)}",
    ]


def test_an_answer_of_not_modified_is_a_revisit(tmp_path):
    (file,) = kept(tmp_path, exchange(status=304, headers=(("ETag", '"x"'),), body=b""))
    kind, head, block = records(file)[1]
    assert (kind, head["WARC-Profile"]) == ("revisit", module.NOT_MODIFIED)
    assert block == b'HTTP/1.1 304 OK\r\nETag: "x"\r\n\r\n'


def test_what_is_kept_is_read_as_articles(tmp_path):
    (file,) = kept(tmp_path, exchange(1), exchange(2, status=404), exchange(3, status=304, body=b""))
    with file.open("rb") as stream:
        (item,) = articles(stream, Origin(file.name), Settings())
    assert isinstance(item, Article) and WORDS in item.text
    assert (item.url, item.fetched) == ("https://akhbar.example/1?a=b", AT)


def test_other_tools_find_it_whole(tmp_path):
    (file,) = kept(tmp_path, *(exchange(number, status=status) for number in (1, 2) for status in (200, 304, 500)))
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("digest pass") == 11 and "fail" not in done.stdout


@profile(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_bodies_come_back_as_they_were(tmp_path_factory, contents):
    (file,) = kept(tmp_path_factory.mktemp("warc"), *(exchange(i, body=body) for i, body in enumerate(contents)))
    assert bodies(file) == contents


def test_nothing_in_a_header_or_an_address_ends_a_line(tmp_path):
    odd = exchange(
        url="https://akhbar.example/خبر جديد\r\nWARC-Type: x",
        reason="OK\r\nA: b",
        headers=(("X\n", "a\r\n\r\nb\udcff"),),
        request_headers=(("Host", "akhbar.example\r\n\r\n"),),
    )
    (file,) = kept(tmp_path, odd)
    _, answer, request = records(file)
    assert answer[0] == "response" and b"HTTP/1.1 200 OK A: b\r\nX : a b?\r\n" in answer[2]
    assert re.fullmatch(r"[!-~]+", answer[1]["WARC-Target-URI"])
    assert request[2].count(b"\r\n") == 3


def test_times_of_other_zones_are_written_in_utc(tmp_path):
    there = AT.astimezone(timezone(timedelta(hours=3)))
    (file,) = kept(tmp_path, exchange(at=there), exchange(at=AT.replace(tzinfo=None)))
    assert {head["WARC-Date"] for _, head, _ in records(file)} == {"2025-03-04T05:06:07Z"}


def test_a_new_file_begins_at_the_size(tmp_path):
    files = kept(tmp_path, *(exchange(number) for number in range(6)), size=1_500)
    assert len(files) > 1 and [file.name[-12:] for file in files[:2]] == ["0000.warc.gz", "0001.warc.gz"]
    assert sum(len(bodies(file)) for file in files) == 6
    for file in files:
        kinds = [kind for kind, _, _ in records(file)]
        assert kinds[0] == "warcinfo" and kinds.count("response") == kinds.count("request")


def test_no_two_write_one_file_and_none_is_made_for_nothing(tmp_path):
    first, second = (Archive(tmp_path, now=lambda: AT) for _ in range(2))
    for archive in (first, second, first):
        archive.keep(exchange())
    for archive in (first, second, Archive(tmp_path, now=lambda: AT)):
        archive.close()
        archive.close()
    assert [len(bodies(file)) for file in sorted(tmp_path.iterdir())] == [2, 1]
    first.keep(exchange())
    first.close()
    assert len(list(tmp_path.iterdir())) == 3


def test_threads_share_an_archive(tmp_path):
    with Archive(tmp_path, now=lambda: AT, size=20_000) as archive, ThreadPoolExecutor(8) as pool:
        list(pool.map(archive.keep, (exchange(number) for number in range(200))))
    found = [head for file in tmp_path.iterdir() for kind, head, _ in records(file) if kind == "response"]
    assert len({head["WARC-Target-URI"] for head in found}) == 200


def test_each_record_is_a_member_written_by_one_call(tmp_path, monkeypatch):
    calls: list[bytes] = []

    class Noted(io.FileIO):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            calls.append(bytes(data))
            return super().write(data)

    monkeypatch.setattr(module, "FileIO", Noted)
    (file,) = kept(tmp_path, exchange(1), exchange(2))
    assert b"".join(calls) == file.read_bytes() and len(calls) == 5
    assert all(gzip.decompress(call).startswith(b"WARC/1.1\r\nWARC-Type: ") for call in calls)


def test_a_file_that_was_cut_reads_to_its_last_whole_record(tmp_path):
    (file,) = kept(tmp_path, exchange(1), exchange(2))
    file.write_bytes(file.read_bytes()[:-700])
    assert bodies(file)[0] == PAGE


def test_a_full_disk_leaves_a_whole_file(tmp_path, monkeypatch):
    class Full(io.FileIO):
        room = 2_000

        def write(self, data: bytes) -> int:  # type: ignore[override]
            if self.tell() + len(data) <= self.room:
                return super().write(data)
            if self.tell() >= self.room:
                raise OSError(28, "No space left on device")
            return super().write(data[: self.room - self.tell()])

    monkeypatch.setattr(module, "FileIO", Full)
    with Archive(tmp_path, now=lambda: AT) as archive:
        for number in range(9):
            try:
                archive.keep(exchange(number))
            except WriteError as error:
                assert "archive" in str(error) and str(tmp_path) in str(error)
                break
        else:
            raise AssertionError("the disk was never full")
        monkeypatch.setattr(Full, "room", 10_000)
        archive.keep(exchange(number + 1))
    (file,) = tmp_path.iterdir()
    assert set(bodies(file)) == {PAGE} and len(bodies(file)) >= number + 1
    assert gzip.decompress(file.read_bytes()).endswith(b"\r\n\r\n")


def test_a_file_that_cannot_even_begin_is_taken_away(tmp_path, monkeypatch):
    class Full(io.FileIO):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "FileIO", Full)
    with Archive(tmp_path, now=lambda: AT) as archive, pytest.raises(WriteError, match="No space left"):
        archive.keep(exchange())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_none_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with Archive(tmp_path / "file", now=lambda: AT) as archive, pytest.raises(WriteError):
        archive.keep(exchange())
