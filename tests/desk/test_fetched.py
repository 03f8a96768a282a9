"""What was fetched, as articles, without a network."""

from datetime import UTC, datetime

import pytest

from marsad.desk.intake.fetched import articles_at
from marsad.errors import FetchError, FormatError
from marsad.read.web.exchange import Fetched
from marsad.settings import Settings
from marsad.types import Article, FetchState

NOW = datetime(2026, 3, 5, tzinfo=UTC)
WORDS = "زار وزير الخارجية التركي بغداد يوم الاثنين، وبحث مع نظيره العراقي ملف المياه والحدود. " * 4
PAGE = f"<html><head><title>زيارة</title></head><body><article><h1>زيارة</h1><p>{WORDS}</p></article></body></html>"
FEED = f"""<rss version="2.0"><channel><title>صحيفة</title><link>https://a.example/</link>
<item><title>أول</title><link>https://a.example/1</link><description>{WORDS}</description></item>
<item><title>ثان</title><link>https://a.example/2</link></item></channel></rss>"""
OPML = '<opml version="2.0"><body><outline text="a" xmlUrl="https://a.example/rss"/></body></opml>'


def fetched(body: str, **other: object) -> Fetched:
    url = "https://a.example/x"
    return Fetched(url=url, final=url, at=NOW, state=FetchState(url=url), status=200, body=body.encode(), **other)


def test_a_page_gives_its_article():
    (found,) = articles_at(fetched(PAGE), Settings())
    assert isinstance(found, Article) and "نظيره العراقي" in found.text
    assert (found.url, found.fetched, found.published) == ("https://a.example/x", NOW, None)


def test_a_feed_gives_what_its_entries_hold():
    first, second = articles_at(fetched(FEED), Settings())
    assert isinstance(first, Article) and first.url == "https://a.example/1" and first.source == "صحيفة"
    assert not isinstance(second, Article) and second.code == "empty"


def test_a_list_of_feeds_and_a_fault_give_none():
    with pytest.raises(FormatError, match="list of feeds"):
        list(articles_at(fetched(OPML), Settings()))
    with pytest.raises(FetchError, match="no answer"):
        list(articles_at(fetched("", error=FetchError("no answer")), Settings()))
