"""Speed of scanning web archives: `articles` against fastwarc's bare iteration, in one run.

``python bench/warc.py``: archives of a seeded generator, written with warcio to a temporary folder, plain and packed
with gzip record by record. The first holds what a crawl has beside pages (requests, pictures, answers of 404,
metadata), on which `articles` must reach 60 % of the bare records a second (parse_http off, the fastest there is, no
record kept back by a filter); the second holds pages.
"""

from __future__ import annotations

import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from fastwarc import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from marsad.read.archives.warc import articles
from marsad.read.article import Origin
from marsad.settings import Settings
from marsad.types import Article

SEED = 20251201
CRAWL, PAGES, ROUNDS = 4_000, 200, 9
FLOOR = 0.6
TEXT = "الوزير بغداد زار أمس وقال إن الحكومة تدرس القرار مع موسكو وأنقرة بعد لقاء في العاصمة حول النفط والأمن"
WORDS = TEXT.split()

Record = tuple[str, str, bytes, StatusAndHeaders | None]


def http(status: str, media: str) -> StatusAndHeaders:
    headers = [("Content-Type", media), ("Server", "nginx"), ("Cache-Control", "max-age=600"), ("Vary", "Accept")]
    return StatusAndHeaders(status, headers, protocol="HTTP/1.1")


def crawl(chance: random.Random) -> Iterator[Record]:
    """What a crawl has beside pages: of each request the answer, a picture or a 404, and its metadata."""
    asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.org"), ("User-Agent", "bench")], is_http_request=True)
    for number in range(CRAWL):
        url = f"https://example.org/{number}"
        yield "request", url, b"", asked
        if number % 2:
            yield "response", url, chance.randbytes(chance.randrange(500, 30_000)), http("200 OK", "image/jpeg")
        else:
            yield "response", url, b"<p>no such page</p>" * 50, http("404 Not Found", "text/html")
        yield "metadata", url, b"fetchTimeMs: 100\r\ncharset-detected: UTF-8\r\n", None


def pages(chance: random.Random) -> Iterator[Record]:
    """Pages of news of some ten paragraphs, in a frame of links."""
    for number in range(PAGES):
        body = "".join(f"<p>{' '.join(chance.choices(WORDS, k=40))}.</p>" for _ in range(chance.randrange(6, 15)))
        links = "".join(f'<li><a href="/{i}">{" ".join(chance.choices(WORDS, k=4))}</a></li>' for i in range(60))
        page = (
            f"<!doctype html><html lang=ar><head><meta charset=utf-8><title>{' '.join(chance.choices(WORDS, k=6))}"
            f"</title></head><body><nav><ul>{links}</ul></nav><article><h1>{' '.join(chance.choices(WORDS, k=6))}</h1>"
            f"{body}</article><footer><ul>{links}</ul></footer></body></html>"
        )
        yield "response", f"https://example.org/{number}", page.encode(), http("200 OK", "text/html; charset=utf-8")


def write(path: Path, records: Iterator[Record], packed: bool) -> int:
    """Write them, and say how many they are."""
    count = 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed, warc_version="1.1")
        for kind, url, body, headers in records:
            media = "" if headers else "application/warc-fields"
            record = writer.create_warc_record(url, kind, io.BytesIO(body), len(body), media, http_headers=headers)
            writer.write_record(record)
            count += 1
    return count


def bare(path: Path) -> int:
    with path.open("rb") as stream:
        for _ in ArchiveIterator(stream, parse_http=False):
            pass
    return 0


def ours(path: Path) -> int:
    with path.open("rb") as stream:
        items = list(articles(stream, Origin(str(path)), Settings()))
    assert all(isinstance(item, Article) for item in items), items[-1]
    return len(items)


def timed(do: Callable[[Path], int], path: Path) -> float:
    began = time.perf_counter()
    do(path)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for name, packed in (("plain", False), ("gzip", True)):
            path = Path(folder, name)
            count = write(path, crawl(random.Random(SEED)), packed)
            pairs = [(timed(bare, path), timed(ours, path)) for _ in range(ROUNDS)]
            first, second = (min(times) for times in zip(*pairs, strict=True))
            share = statistics.median(one / other for one, other in pairs)
            print(
                f"{name}: {count} records without text, {path.stat().st_size / 1e6:.0f} MB: fastwarc "
                f"{count / first:,.0f}/s, articles {count / second:,.0f}/s, {share:.2f} of it "
                f"({'holds' if share >= FLOOR else 'misses'} {FLOOR})"
            )
        path = Path(folder, "pages")
        count = write(path, pages(random.Random(SEED)), True)
        seconds = min(timed(ours, path) for _ in range(2))
        print(
            f"gzip: {count} pages, {path.stat().st_size / 1e6:.1f} MB: {ours(path)} articles, {count / seconds:.0f}/s"
        )


if __name__ == "__main__":
    main()
