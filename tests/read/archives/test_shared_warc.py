"""The web archives of other projects' tests: whole, packed in three ways, clipped and odd."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from marsad.read.archives.warc import articles
from marsad.read.article import Origin
from marsad.settings import Settings
from marsad.types import Article, Skipped

FOLDER = Path(__file__).parents[3].parent / "shared" / "ingest" / "warc_samples"
#: Articles and Skipped of each file.
EXPECTED = {
    "block-sized-records.warc": (0, 0),
    "block-sized-records.warc.gz": (0, 0),
    "block-sized-records.warc.lz4": (0, 0),
    "clipped.warc.gz": (0, 1),
    "bad.arc": (0, 1),
    "example-bad-non-chunked.warc.gz": (1, 0),
    "example-bad.warc.gz.bad": (1, 0),
    "example-digest.warc": (0, 0),
    "example-iana.org-chunked.warc": (1, 0),
    "example-resource.warc.gz": (1, 0),
    "example-space-in-target-uri.warc.gz": (0, 0),
    "example-space-in-url.arc": (0, 1),
    "example-trunc.warc": (0, 2),
    "example-wget-bad-target-uri.warc.gz": (1, 0),
    "example-wrong-chunks.warc.gz": (1, 0),
    "example.arc": (0, 1),
    "example.arc.gz": (0, 1),
    "example.warc": (1, 0),
    "example.warc.gz": (1, 0),
    "post-test.warc.gz": (0, 0),
    "whirlwind.warc": (1, 0),
    "whirlwind.warc.gz": (1, 0),
    "whirlwind.warc.wat": (0, 0),
    "whirlwind.warc.wat.gz": (0, 0),
    "whirlwind.warc.wet": (1, 0),
    "whirlwind.warc.wet.gz": (1, 0),
}

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the samples are not part of the repository")


def scan(name: str) -> list[Article | Skipped]:
    (path,) = FOLDER.rglob(name)
    with path.open("rb") as stream:
        return list(articles(stream, Origin(name), Settings()))


@pytest.mark.parametrize("name", EXPECTED)
def test_samples(name):
    found = scan(name)
    pages = sum(isinstance(item, Article) for item in found)
    assert (pages, len(found) - pages) == EXPECTED[name]


def test_three_packings_of_a_crawl_are_the_same():
    names = ("warcfile.warc", "warcfile.warc.gz", "warcfile.warc.lz4")
    plain, *packed = ([item.id if isinstance(item, Article) else item.given for item in scan(name)] for name in names)
    assert len(plain) == 16 and packed == [plain, plain]


def test_a_crawl_of_before_the_standard():
    assert len(scan("clueweb-quirk.warc.gz")) == 29


def test_what_is_known_of_a_page():
    (page,), (wet,) = scan("whirlwind.warc.gz"), scan("whirlwind.warc.wet.gz")
    assert isinstance(page, Article) and isinstance(wet, Article)
    assert page.fetched == wet.fetched == datetime(2024, 5, 18, 1, 58, 10, tzinfo=UTC)
    assert page.url == wet.url and wet.language == "es"
    assert wet.title and wet.title.of(wet.text).startswith("Escopete")
    (wget,) = scan("example-wget-bad-target-uri.warc.gz")
    assert isinstance(wget, Article) and wget.url == "http://example.com/"
