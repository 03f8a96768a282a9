"""Feeds of alerts and acts: read back by our own reader of feeds, valid XML, with nothing live in them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from xml.etree import ElementTree

import pairs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.export.atom import Entry, alert_entry, atom, event_entry, urn
from marsad.read.feeds.feed import feed
from marsad.types import EventType, Name, Span, Status, Voice
from marsad.types.alerts import Alert, AlertTrigger, Because

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
BASE = "http://127.0.0.1:8000/"
ATOM = "{http://www.w3.org/2005/Atom}"
QUOTED = Because(
    article="a" * 16,
    quotation="قال الوزير إن «العقد لم يوقع بعد».",
    span=Span(10, 44),
    language="ar",
    event="e" * 16,
    source="صحيفة دجلة",
    url="https://dijla.example/1",
    published=date(2026, 2, 28),
    type=EventType.AGREE,
    status=Status.DENIED,
    voice=Voice.VERBATIM,
    speaker="الوزير",
)
ALERT = Alert(
    id="0f" * 8,
    watch="deal",
    trigger=AlertTrigger.DENIAL,
    subject="b" * 16,
    found=NOW,
    said=Name(ar="نفى العراق عقدا أخبرت به صحيفتان", en="Iraq denies a contract that two papers report"),
    because=(QUOTED,),
    link="/event/" + "b" * 16,
)


def read(text):
    return feed(text.encode(), "feed.xml")


def test_an_alert_comes_back_with_its_sentence_its_words_and_its_page():
    text = atom("Deal", "deal", NOW, [alert_entry(ALERT, BASE)], here=BASE + "feeds/deal.atom", site=BASE)
    found = read(text)
    assert (found.kind, found.title, found.language) == ("atom", "Deal", "en")
    (one,) = found.entries
    assert (one.title, one.author, one.language) == (ALERT.said.en, "صحيفة دجلة", "en")
    assert one.url == BASE + "event/" + "b" * 16 and one.updated == "2026-03-01T09:30:00+00:00"
    assert QUOTED.quotation in one.summary and "denied" in one.summary and "الوزير" in one.summary


def test_arabic_has_its_language_and_direction():
    text = atom("المراقبة", "deal", NOW, [alert_entry(ALERT, BASE, "ar")], "ar")
    root = ElementTree.fromstring(text)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert root.find(f"{ATOM}title").text == "\u200fالمراقبة"
    (summary,) = root.iter(f"{ATOM}summary")
    assert summary.text.startswith('<div lang="ar" dir="rtl">') and "منفي" in summary.text
    assert read(text).entries[0].title.strip("\u200f") == ALERT.said.ar


def test_words_of_an_article_stand_in_their_own_direction():
    text = alert_entry(ALERT, BASE, "en").summary_html
    assert '<div lang="en" dir="ltr">' in text and '<blockquote lang="ar" dir="rtl">' in text


def test_ids_are_the_same_whatever_the_language_and_apart_for_each_thing():
    first, again = alert_entry(ALERT, BASE), alert_entry(ALERT, "https://other.example/", "ar")
    assert first.id == again.id != alert_entry(replace(ALERT, id="1" * 16), BASE).id
    assert urn("alert", "x") != urn("act", "x") and re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", urn("act", "x"))


@pytest.mark.parametrize("known", ["urn:uuid:1", "tag:marsad.example,2026:x", "https://a.example/feed"])
def test_an_id_that_is_an_address_stays(known):
    assert f"<id>{known}</id>" in atom("t", known, NOW, [])


def test_a_time_of_another_zone_is_told_in_utc():
    from datetime import timedelta, timezone

    later = datetime(2026, 3, 1, 1, 0, tzinfo=timezone(timedelta(hours=3)))
    assert "<updated>2026-02-28T22:00:00Z</updated>" in atom("t", "t", later, [])


def test_an_act_is_told_with_the_sentence_of_its_report():
    with pairs.desk() as desk:
        act = next(iter(desk.events()))
        first = desk.told(act.reports)[act.reports[0]]
        entry = event_entry(act, first, BASE)
        assert first.event.trigger.of(first.article.text) in unescape(entry.summary_html)
        assert entry.link == f"{BASE}event/{act.id}" and entry.updated == first.article.fetched
        assert read(atom("t", "t", NOW, [entry])).entries[0].title == entry.title
        bare = event_entry(act, None, BASE, "ar")
        assert bare.id == entry.id and bare.updated.year == 1970


PAYLOADS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "]]>", "<![CDATA[x]]>", "&amp;lt;b&gt;",
    "a\x00b\x1b[31m", "\ud800", "\u202eevil\u202c", "javascript:alert(1)",
]  # fmt: skip


@pytest.mark.parametrize("bad", PAYLOADS)
def test_what_articles_and_watches_say_stays_text(bad):
    because = replace(QUOTED, quotation=bad, source=bad, speaker=bad, url=bad, language=bad, title=bad)
    alert = replace(ALERT, said=Name(ar=bad, en=bad), because=(because,), link="/event/" + bad)
    text = atom(bad, bad, NOW, [alert_entry(alert, BASE)], here=BASE)
    root = ElementTree.fromstring(text.encode("utf-8"))
    (summary,) = root.iter(f"{ATOM}summary")
    tags = set(re.findall(r"</?([a-z!]\w*)", summary.text))
    assert tags <= {"div", "p", "blockquote", "bdi", "a"} and "\x00" not in text and "\u202e" not in text
    assert 'href="javascript' not in summary.text
    assert read(text).entries


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_a_feed_that_parses(title, words):
    entry = Entry(id=title, title=title, updated=NOW, link=BASE, summary_html=f"<p>{words}</p>", author=words)
    root = ElementTree.fromstring(atom(title, title, NOW, [entry]).encode("utf-8"))
    assert len(root.findall(f"{ATOM}entry")) == 1
