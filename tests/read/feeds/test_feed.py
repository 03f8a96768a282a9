from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import EmptyError, FormatError, MarsadError, SizeError
from marsad.read.article import Origin
from marsad.read.feeds.feed import LARGEST, Entry, Feed, articles, entry_facts, feed, find_feeds, is_feed
from marsad.read.feeds.xml import MOST
from marsad.settings import Settings
from marsad.types import Article

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>وكالة النهر</title><link>https://nahr.example/</link><language>ar-IQ</language>
<atom:link rel="self" href="https://nahr.example/rss"/><atom:link rel="next" href="/rss?page=2"/>
<item><title>الوزير في بغداد</title><link>https://nahr.example/1?a=1&amp;b=2</link>
<guid isPermaLink="false">nahr-1</guid><dc:creator>سلمى حداد</dc:creator><category>سياسة</category>
<category>العراق</category><pubDate>Tue, 16 Sep 2025 23:30:00 +0300</pubDate>
<description>&lt;p&gt;زار الوزير بغداد.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>زار <b>الوزير</b> بغداد&nbsp;أمس.</p><script>x()</script>
<p>وعاد &quot;سريعا&quot;.</p>]]></content:encoded></item>
<item><title>بيان</title><link>/2</link><pubDate>غدا</pubDate></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://wire.example/en/">
<title>The Wire</title>
<link href="/"/><link rel="self" href="feed.xml"/><link rel="next" href="feed.xml?p=2"/>
<entry xml:lang="ar" xml:base="news/"><title type="html">&lt;b&gt;Talks&lt;/b&gt; in Oslo</title>
<id>tag:wire.example,1</id>
<link rel="enclosure" href="a.mp3"/><link rel="alternate" type="application/json" href="1.json"/>
<link rel="alternate" type="text/html" href="1.html"/>
<author><name>A. Writer</name></author><author><name>B. Writer</name></author>
<published>2025-09-16T23:30:00-05:00</published><updated>2025-09-17T01:00:00Z</updated>
<category term="talks" label="Talks"/><summary>They met &amp; talked.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They <em>met</em>.</p><p>Then left.</p></div>
</content></entry>
<entry><title type="text">a &lt;c&gt; b</title><id>2</id><updated>2025-09-15</updated></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://old.example/rdf"><title>Old</title>
<link>https://old.example/</link><dc:language>en</dc:language></channel>
<item rdf:about="https://old.example/1"><title>One</title><link>https://old.example/1</link>
<dc:date>2025-09-16T10:00+03:00</dc:date><description>Text.</description></item></rdf:RDF>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "نشرة", "home_page_url": "https://n.example/",
 "feed_url": "https://n.example/feed.json", "next_url": "/feed.json?p=2", "language": "ar",
 "items": [{"id": 7, "url": "/7", "title": "خبر", "content_html": "<p>واحد</p><p>اثنان</p>", "summary": "واحد",
  "date_published": "2025-09-16T23:30:00+03:00", "authors": [{"name": "سلمى"}, {"name": "ليلى"}],
  "tags": ["أ", 5, "أ"]}, {"id": "8", "content_text": "a <b> c\\n\\nd", "author": {"name": "x"},
  "external_url": "https://o.example/8"}, "no item"]}"""


def rss(items: str, head: str = "") -> bytes:
    return f'{head}<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


def first(data: bytes, **more: str) -> Entry:
    return feed(data, "feed", **more).entries[0]


def test_rss_with_the_vocabularies_that_it_borrows():
    found = feed(RSS.encode(), "a.rss", url="https://nahr.example/rss")
    assert (found.kind, found.title, found.url, found.language) == (
        "rss",
        "وكالة النهر",
        "https://nahr.example/",
        "ar-IQ",
    )
    assert found.next == "https://nahr.example/rss?page=2"
    one, two = found.entries
    assert one == Entry(
        title="الوزير في بغداد",
        url="https://nahr.example/1?a=1&b=2",
        id="nahr-1",
        published="2025-09-16T23:30:00+03:00",
        author="سلمى حداد",
        summary="زار الوزير بغداد.",
        content='زار الوزير بغداد أمس.\n\nوعاد "سريعا".',
        tags=("سياسة", "العراق"),
    )
    assert (two.url, two.id, two.published, two.summary, two.content) == (
        "https://nahr.example/2",
        "https://nahr.example/2",
        None,
        None,
        None,
    )


def test_atom_with_bases_languages_and_types():
    found = feed(ATOM.encode(), "a.atom")
    assert (found.kind, found.title, found.url, found.language) == ("atom", "The Wire", "https://wire.example/", "en")
    assert found.next == "https://wire.example/en/feed.xml?p=2"
    one, two = found.entries
    assert (one.title, one.url, one.language) == ("Talks in Oslo", "https://wire.example/en/news/1.html", "ar")
    assert (one.published, one.updated) == ("2025-09-16T23:30:00-05:00", "2025-09-17T01:00:00+00:00")
    assert (one.author, one.tags) == ("A. Writer, B. Writer", ("Talks",))
    assert (one.summary, one.content) == ("They met & talked.", "They met.\n\nThen left.")
    assert (two.title, two.url, two.published, two.updated, two.language) == ("a <c> b", None, None, "2025-09-15", "en")


def test_rdf():
    found = feed(RDF.encode(), "a.rdf")
    assert (found.kind, found.title, found.url, found.language) == ("rdf", "Old", "https://old.example/", "en")
    (one,) = found.entries
    assert (one.title, one.id, one.published) == ("One", "https://old.example/1", "2025-09-16T10:00:00+03:00")


def test_rss_090_and_entries_outside_their_channel():
    source = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
    found = feed(f"{source}<channel><title>t</title></channel><item><title>i</title></item></rdf:RDF>".encode(), "a")
    assert (found.kind, found.entries[0].title) == ("rdf", "i")
    assert first(b"<rss><item><title>x</title></item></rss>").title == "x"
    assert first(b"<CHANNEL><ITEM><TITLE>x</TITLE></ITEM></CHANNEL>").title == "x"


def test_json_feed():
    found = feed(JSON.encode(), "a.json")
    assert (found.kind, found.title, found.url, found.language) == ("json", "نشرة", "https://n.example/", "ar")
    assert found.next == "https://n.example/feed.json?p=2"
    one, two = found.entries
    assert (one.id, one.url, one.content, one.author) == ("7", "https://n.example/7", "واحد\n\nاثنان", "سلمى, ليلى")
    assert (one.published, one.tags) == ("2025-09-16T23:30:00+03:00", ("أ",))
    assert (two.content, two.author, two.url) == ("a <b> c\n\nd", "x", "https://o.example/8")


@pytest.mark.parametrize(
    "items",
    ["null", "5", '"x"', "[null, 5, [], {}]", '[{"title": {"a": 1}, "tags": {}, "authors": [1, {"name": []}]}]'],
)
def test_a_json_feed_of_wrong_types_has_what_is_right_in_it(items):
    source = f'{{"version": "https://jsonfeed.org/version/1", "title": ["x"], "items": {items}}}'
    assert feed(source.encode(), "a").kind == "json"


# --- encodings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("declared", ["UTF-8", "windows-1256", "iso-8859-1", "x-unknown"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "windows-1256", "utf-16", "utf-16-le"])
def test_the_letters_tell_the_charset_whatever_is_declared(codec, declared):
    source = RSS.replace("UTF-8", declared).replace("«", "").encode(codec)
    found = feed(source, "a", url="https://nahr.example/rss")
    assert (found.title, found.entries[0].title) == ("وكالة النهر", "الوزير في بغداد")


def test_a_charset_of_the_server_counts_where_the_document_says_nothing():
    source = rss("<item><title>Визит министра в столицу</title></item>").decode().encode("koi8-r")
    assert first(source, charset="koi8-r").title == "Визит министра в столицу"
    declared = b'<?xml version="1.0" encoding="koi8-r"?>' + source
    assert first(declared, charset="utf-8").title == "Визит министра в столицу"


def test_utf_32_without_a_mark():
    assert first(rss("<item><title>خبر</title></item>").decode().encode("utf-32-be")).title == "خبر"


@given(st.text(max_size=300), st.integers(0, 600))
def test_no_damage_raises_anything_but_our_errors(junk, at):
    source = RSS[:at] + junk + RSS[at:]
    for data in (
        source.encode("utf-8", "surrogatepass"),
        source.encode("utf-16", "surrogatepass"),
        junk.encode("utf-8", "replace"),
    ):
        try:
            found = feed(data, "a")
        except MarsadError:
            continue
        for one in found.entries:
            assert one.url is None or one.url.startswith(("http://", "https://"))
            for text in (one.title, one.summary, one.content, one.author):
                assert text is None or (text.strip() and "\0" not in text)


# --- text, addresses -------------------------------------------------------------------------------------------------


def test_a_guid_is_the_address_unless_it_says_that_it_is_not():
    assert first(rss("<item><guid>https://e.example/1</guid></item>")).url == "https://e.example/1"
    entry = first(rss('<item><guid isPermaLink="false">https://e.example/1</guid></item>'))
    assert (entry.url, entry.id) == (None, "https://e.example/1")


def test_the_address_of_the_page_goes_before_that_of_a_counter():
    source = rss(
        '<item xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><link>https://count.example/1</link>'
        "<feedburner:origLink>https://e.example/1</feedburner:origLink></item>"
    )
    assert first(source).url == "https://e.example/1"


def test_elements_of_other_vocabularies_are_not_taken_for_those_of_the_feed():
    source = rss(
        '<item xmlns:x="http://x.example/"><x:title>no</x:title><x:link>https://no.example</x:link><title>yes</title></item>'
    )
    assert (first(source).title, first(source).url) == ("yes", None)


def test_inline_marks_and_base64_are_read():
    assert first(rss("<item><title>a <b>b</b> c</title><description><p>x</p><p>y</p></description></item>")) == Entry(
        title="a b c", summary="x\n\ny"
    )
    content = '<content mode="base64" type="text/html">PHA+eDwvcD4=</content>'
    atom = f'<feed xmlns="http://purl.org/atom/ns#"><entry>{content}</entry></feed>'.encode()
    assert first(atom).content == "x"


# --- dates -----------------------------------------------------------------------------------------------------------


def test_a_date_that_cannot_be_read_gives_way_to_the_next():
    source = rss(
        '<item xmlns:dc="http://purl.org/dc/elements/1.1/"><pubDate>soon</pubDate><dc:date>2025-09-16</dc:date></item>'
    )
    assert first(source).published == "2025-09-16"


# --- what is no feed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<!DOCTYPE html><html><body>x", "web page: .*look for"),
        (
            b"<html><head><link rel='alternate' type='application/rss+xml' href='https://e.example/rss'>",
            "https://e.example/rss",
        ),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><rss/></body></html>", "web page"),
        (b"%PDF-1.7 \x00\x01", "a PDF"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b'{"a": 1}', "no JSON Feed"),
        (b"[1, 2]", "no JSON Feed"),
        (b'{"a": ', "no JSON either"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "sitemap"),
        (b"<opml><body/></opml>", "OPML.*marsad add"),
        ("زار الوزير بغداد".encode(), "begins with"),
        (b"<other/>", "begins with"),
    ],
)
def test_what_is_no_feed_is_refused_with_what_it_is(data, what):
    with pytest.raises(FormatError, match=what.replace(": ", ".*")):
        feed(data, "a")


def test_nothing_and_too_much():
    with pytest.raises(EmptyError):
        feed(b" \n", "a")
    with pytest.raises(SizeError):
        feed(b" " * (LARGEST + 1), "a")
    with pytest.raises(SizeError):
        feed(rss("<a/>" * (MOST + 1)), "a")


def test_a_feed_without_entries_is_a_feed():
    assert feed(rss(""), "a") == Feed(kind="rss", title="t")


# --- detection -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (RSS.encode(), "rss"),
        (RSS.encode("utf-8-sig"), "rss"),
        (RSS.encode("utf-16"), "rss"),
        (RSS.encode("utf-16-be"), "rss"),
        (ATOM.encode(), "atom"),
        (RDF.encode(), "rdf"),
        (JSON.encode(), "json"),
        (b'\n<!-- <a> --><!DOCTYPE rss [<!ENTITY a ">">]>\n<rss version="0.91">', "rss"),
        (b'<?xml version="1.0"?><opml version="2.0">', "opml"),
        (b'<rdf:RDF xmlns:rdf="x" xmlns:foaf="y">', None),
        (b"<!DOCTYPE html><html>", None),
        (b'{"text": "rss"}', None),
        (b"text about <rss>", None),
        (b"<rssx>", None),
        (b"", None),
        (b"\xff\xfe\x00", None),
        (b"%PDF-1.4", None),
    ],
)
def test_the_beginning_tells_what_it_is(head, kind):
    assert is_feed(head) == kind


def test_the_feeds_of_a_page():
    source = b"""<html><head><base href="https://e.example/ar/">
    <link rel=alternate type="application/rss+xml" href="comments/rss" title=c><link rel="alternate feed"
    type="application/atom+xml; charset=utf-8" href="atom"><LINK REL=Alternate TYPE=application/rss+xml HREF=/rss>
    <link rel=alternate type=application/rss+xml href=/rss><link rel=alternate type="text/html" href="/en">
    <link rel=alternate type="application/json" href="/wp-json"><link rel=alternate type=application/rss+xml href="file:///x">"""
    assert find_feeds(source, "https://www.e.example/x") == (
        "https://e.example/ar/atom",
        "https://e.example/rss",
        "https://e.example/ar/comments/rss",
    )
    assert find_feeds(b"no page", "https://e.example/") == ()


# --- articles --------------------------------------------------------------------------------------------------------


def read(data: bytes, **settings: object) -> list:
    return list(articles(data, Origin("a.rss", given="a.rss"), Settings(**settings)))


def test_entries_become_articles_and_those_without_text_are_skipped():
    one, two = read(RSS.encode())
    assert isinstance(one, Article)
    assert one.text == 'الوزير في بغداد\n\nزار الوزير بغداد أمس.\n\nوعاد "سريعا".'
    assert one.title and one.title.of(one.text) == "الوزير في بغداد"
    assert (one.url, one.source, one.author) == ("https://nahr.example/1?a=1&b=2", "وكالة النهر", "سلمى حداد")
    assert (one.published, one.published_from, one.language) == (date(2025, 9, 16), "feed", "ar")
    assert (one.given, one.drawn) == ("nahr-1", True)
    assert (two.code, two.given, two.where) == ("empty", "https://nahr.example/2", "a.rss, entry 2")
    assert "title" in two.message


def test_the_summary_is_the_text_where_there_is_no_content():
    assert read(RDF.encode())[0].text == "One\n\nText."


def test_a_language_may_be_refused_and_a_size():
    assert [item.code for item in read(RDF.replace(">en<", ">fr<").encode(), strict_language=True)] == ["language"]
    with pytest.raises(SizeError):
        read(RSS.encode() + b" " * 2_000, max_bytes=1_000)


def test_the_date_of_an_entry_is_published_else_updated_else_none():
    both = Entry(published="2025-09-16", updated="2025-09-18")
    assert entry_facts(both, Feed(kind="atom")).published == "2025-09-16"
    assert entry_facts(Entry(updated="2025-09-18"), Feed(kind="atom")).published == "2025-09-18"
    (item,) = read(rss("<item><description>نص خبر</description></item>"))
    assert (item.published, item.published_from) == (None, None)


def test_the_source_is_the_title_of_the_feed_or_a_host():
    entry = Entry(url="https://www.e.example/1")
    assert entry_facts(entry, Feed(kind="rss", title="وكالة")).source == "وكالة"
    assert entry_facts(entry, Feed(kind="rss")).source == "e.example"
    assert entry_facts(Entry(), Feed(kind="rss", url="https://s.example/")).source == "s.example"
    assert entry_facts(Entry(), Feed(kind="rss")).source is None


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        ("en-US", "زار الوزير بغداد أمس والتقى نظيره العراقي", None),
        ("ar", "The minister visited Baghdad yesterday", None),
        ("fa", "زار الوزير بغداد أمس والتقى نظيره العراقي", "ar"),
        ("ar-EG", "زار الوزير بغداد أمس والتقى نظيره العراقي", "ar"),
        ("fr", "Le ministre est arrivé à Bagdad", "fr"),
        ("en-gb", "The minister visited Baghdad", "en-gb"),
        ("not a language", "The minister visited Baghdad", None),
        (None, "The minister visited Baghdad", None),
    ],
)
def test_a_language_that_the_letters_contradict_is_left_out(declared, text, expected):
    assert entry_facts(Entry(content=text), Feed(kind="rss", language=declared)).language == expected
