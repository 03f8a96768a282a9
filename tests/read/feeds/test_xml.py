"""Damage and malice in XML, through the feeds that it is read for."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import pytest
from cost import grows_less, seconds

from marsad.errors import EncodingError, MarsadError
from marsad.read.feeds.feed import Entry, feed, is_feed


def rss(items: str, head: str = "") -> bytes:
    return f'{head}<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


def first(data: bytes) -> Entry:
    return feed(data, "feed").entries[0]


ITEMS = "".join(
    f"<item><title>خبر {n}</title><link>https://e.example/{n}</link><description>نص {n}</description></item>"
    for n in range(1, 6)
)


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("bare ampersands", ITEMS.replace("نص", "AT&T & نص &")),
        ("control characters", ITEMS.replace("نص", "ن\x0bص\x00")),
        ("entities of HTML", ITEMS.replace("نص ", "نص&nbsp;&zwnj;&hellip;")),
        ("unknown entities", ITEMS.replace("نص", "&foo; نص")),
        ("undeclared prefixes", ITEMS.replace("<link>", "<media:x>y</media:x><link>")),
        ("void tags", ITEMS.replace("نص", "نص<br>نص<img src=a>")),
        ("an item that is not closed", ITEMS.replace("</item>", "", 2)),
        ("a title that is not closed", ITEMS.replace("</title>", "", 1).replace("خبر 1<", "خبر 1\n<")),
        ("a tag too many", ITEMS.replace("</title>", "</b></title>")),
        ("tags across", ITEMS.replace("نص", "<b><i>نص</b></i>")),
        ("attributes without quotes", ITEMS.replace("<item>", "<item a=b c='d' c=e>")),
        ("less-than signs", ITEMS.replace("نص", "نص < 5 <")),
        ("a section that is not closed", ITEMS.replace("نص 2", "<![CDATA[نص 2")),
        ("junk in front", ITEMS),
    ],
)
def test_a_damaged_feed_is_read_whole(name, items):
    head = "<br />\n<b>Warning</b>: mysql in <b>a.php</b>\n" if name == "junk in front" else ""
    entries = feed(rss(items, head), "a").entries
    assert [(one.title, one.url) for one in entries] == [(f"خبر {n}", f"https://e.example/{n}") for n in range(1, 6)]
    assert all(one.summary and "نص" in one.summary for one in entries)


def test_a_feed_that_is_cut_off_gives_what_came():
    whole = rss(ITEMS.replace("نص 3", "<![CDATA[نص طويل 3]]>"))
    complete = [one.url for one in feed(whole, "a").entries]
    for cut in range(60, len(whole), 7):
        try:
            urls = [one.url for one in feed(whole[:cut], "a").entries if one.url]
        except EncodingError:  # cut within the first letter of a text that is nothing else
            continue
        assert urls[:-1] == complete[: max(0, len(urls) - 1)]
    assert feed(whole[: whole.index(b"3]]>")], "a").entries[2].summary == "نص طويل"


def test_letters_of_windows_1252_that_came_as_control_characters():
    assert first(rss("<item><title>don\x92t</title></item>")).title == "don’t"


def test_the_time_is_that_of_the_plain_parser_where_that_reads_it():
    plain = pytest.importorskip("fastfeedparser")
    source = rss(ITEMS.replace("<link>", "<pubDate>Tue, 16 Sep 2025 23:30:00 +0300</pubDate><link>"))
    ours, theirs = feed(source, "a"), plain.parse(source)
    assert [(one.title, one.url) for one in ours.entries] == [(one["title"], one["link"]) for one in theirs["entries"]]
    for one, other in zip(ours.entries, theirs["entries"], strict=True):
        assert datetime.fromisoformat(one.published or "").astimezone(UTC).isoformat() == other["published"]


LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "' + "&b;" * 1_000 + '"><!ENTITY d "' + "&c;" * 1_000 + '">]>'


def test_entities_of_the_document_are_never_expanded(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("treasure")
    outside = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>'
    items = "<item><title>a &d;&x; b</title><link>https://e.example/&d;</link></item>"
    for head in (LAUGHS, outside, outside + LAUGHS, "<!-- --> " + LAUGHS):
        for data in (
            rss(items, head),
            head.encode() + rss(items),
            rss(items).replace(b"<item>", head.encode() + b"<item>"),
        ):
            entry = first(data)
            assert entry.title == "a &d;&x; b"
            assert entry.url == "https://e.example/&d;"


#: Seconds below which the clock says nothing.
LEAST = 0.02
HOSTILE: dict[str, Callable[[int], bytes]] = {
    "deep": lambda n: rss("<a>" * n),
    "deep items": lambda n: rss("<item>" * n),
    "deep marks": lambda n: rss("<item><description>" + "<b>" * n),
    "deep marks, escaped": lambda n: rss("<item><description>" + "&lt;b&gt;" * n),
    "open tags": lambda n: rss("<a " * n),
    "open quotes": lambda n: rss('<a b="' * n),
    "attributes": lambda n: rss("<item " + " ".join(f'a{k}="x"' for k in range(n)) + "/>"),
    "namespaces": lambda n: rss("<item " + " ".join(f'xmlns:a{k}="x"' for k in range(n)) + "/>"),
    "open sections": lambda n: rss("<item><title><![CDATA[" * n),
    "sections that end at last": lambda n: rss("<item><title><![CDATA[x</title></item>" * n + "]]>"),
    "open comments": lambda n: rss("<!--" * n),
    "doctypes": lambda n: b"<!DOCTYPE a [" * n + rss(""),
    "doctypes inside": lambda n: rss("<!DOCTYPE a [" * n),
    "end tags": lambda n: rss("</a>" * n),
    "tags across": lambda n: rss("<a><b></a>" * n),
    "ampersands": lambda n: rss("<item><title>" + "&" * n + "&#" + "9" * n),
    "a long base": lambda n: b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a/' + b"a/" * n + b'">'
    + b'<entry xml:base="b/"><link href="c"/></entry>' * (n // 8),
    "open links": lambda n: rss("<item><description>" + "&lt;a href='" * n),
    "a long date": lambda n: rss("<item><pubDate>" + "1 " * n),
    "a long author": lambda n: rss("<item><author>" + "a@" * n),
    "deep json": lambda n: b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * n,
    "a page": lambda n: b"<html>" + b"<a " * n,
}  # fmt: skip


def work(data: bytes) -> None:
    with suppress(MarsadError):
        feed(data, "a", url="https://e.example/")
    is_feed(data)


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_length_of_a_hostile_feed_and_no_faster(name):
    size = 1_000
    while seconds(partial(work, HOSTILE[name](size))) < LEAST and size < 60_000:
        size *= 4
    small, large = HOSTILE[name](size), HOSTILE[name](4 * size)
    assert grows_less(9, lambda: work(small), lambda: work(large), floor=9 * LEAST), f"more than linear at {4 * size}"
