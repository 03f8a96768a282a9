"""What a message says: every word of the world is text, whatever it holds; Arabic stands from right to left."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.alert.letter import SHOWN, SUBJECT, letter, plain
from marsad.types import Name, Span, Status, Voice
from marsad.types.alerts import Alert, AlertTrigger, Because, Message, Watch

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
WATCH = Watch(id="iraq-russia", name="العراق وروسيا", trigger=AlertTrigger.RUNG, lang="ar")
BECAUSE = Because(
    article="00aa00aa00aa00aa", quotation="قال الوزير إن العقد لم يوقَّع بعد.", span=Span(10, 44), language="ar",
    source="صحيفة النهر", url="https://nahr.example/1?a=1&b=2", published=date(2026, 3, 1), status=Status.DENIED,
    voice=Voice.VERBATIM, speaker="وزير الدفاع",
)  # fmt: skip
ALERT = Alert(
    id="ab12ab12ab12ab12", watch="iraq-russia", trigger=AlertTrigger.RUNG, subject="7", found=NOW,
    said=Name(ar="نفت بغداد توقيع العقد.", en="Baghdad denied that the contract was signed."), because=(BECAUSE,),
    day=date(2026, 2, 28), link="/event/7",
)  # fmt: skip
MESSAGE = Message(key="k" * 32, watch="iraq-russia", channel="stdout", due=NOW, alerts=(ALERT.id,))


def made(alerts=(ALERT,), public="https://marsad.example", **changed):
    return letter(MESSAGE, replace(WATCH, **changed), list(alerts), public)


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.said = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.said += data


def test_arabic_stands_from_right_to_left_and_names_what_it_rests_on():
    one = made()
    page = Page(one.html)
    assert dict(page.elements)["html"] == {"lang": "ar", "dir": "rtl"}
    assert one.subject == ALERT.said.ar
    for words in (
        ALERT.said.ar,
        BECAUSE.quotation,
        "صحيفة النهر",
        "القائل: وزير الدفاع",
        "منفي",
        "اقتباس حرفي",
        "١ آذار/مارس ٢٠٢٦",
    ):
        assert words in page.said
        assert words in one.text
    links = [given["href"] for tag, given in page.elements if tag == "a"]
    assert links == [BECAUSE.url, "https://marsad.example/event/7", "https://marsad.example/watches"]


def test_english_with_an_arabic_quotation_keeps_both_directions():
    one = made(lang="en")
    page = Page(one.html)
    assert dict(page.elements)["html"] == {"lang": "en", "dir": "ltr"}
    quote = next(given for tag, given in page.elements if tag == "blockquote")
    assert (quote["lang"], quote["dir"]) == ("ar", "rtl")
    for words in (ALERT.said.en, BECAUSE.quotation, "denied", "quoted", "1 March 2026", "Said by وزير الدفاع"):
        assert words in page.said


def test_the_record_holds_everything_and_is_the_same_at_each_try():
    body = made().body
    assert body == made().body
    assert b"\n" not in body
    record = json.loads(body)
    assert body.startswith(b'{"key":"')
    (alert,) = record["alerts"]
    assert record["watch"] == {"id": "iraq-russia", "name": "العراق وروسيا", "trigger": "rung"}
    assert alert["url"] == "https://marsad.example/event/7"
    assert alert["said"] == {"ar": ALERT.said.ar, "en": ALERT.said.en}
    (why,) = alert["because"]
    expected = {"article": BECAUSE.article, "quotation": BECAUSE.quotation, "url": BECAUSE.url, "status": "DENIED",
                "voice": "verbatim", "speaker": BECAUSE.speaker, "span": {"start": 10, "stop": 44},
                "published": "2026-03-01"}  # fmt: skip
    assert expected.items() <= why.items()


def test_without_a_public_address_nothing_links_to_the_observatory():
    one = made(public="")
    assert "/event/7" not in one.html + one.text
    assert json.loads(one.body)["alerts"][0]["url"] is None


def test_an_alert_whose_articles_were_forgotten_says_so():
    one = made([replace(ALERT, said=Name(), because=())])
    assert "أُزيل من المخزن" in one.text
    assert one.subject.startswith("العراق وروسيا: ")


@pytest.mark.parametrize(
    ("number", "ar", "en"),
    [(2, "تنبيهان", "two alerts"), (3, "٣ تنبيهات", "3 alerts"), (11, "١١ تنبيهًا", "11 alerts"),
     (100, "١٠٠ تنبيه", "100 alerts"), (103, "١٠٣ تنبيهات", "103 alerts")],
)  # fmt: skip
def test_several_are_counted_as_each_language_counts(number, ar, en):
    assert made([ALERT] * number).subject == f"العراق وروسيا: {ar}"
    assert made([ALERT] * number, lang="en").subject == f"العراق وروسيا: {en}"


def test_a_mail_of_many_shows_some_and_counts_the_rest():
    one = made([ALERT] * (SHOWN + 7))
    assert Page(one.html).said.count(BECAUSE.quotation) == one.text.count(BECAUSE.quotation) == SHOWN
    assert "عدده ٧" in one.text
    assert len(json.loads(one.body)["alerts"]) == SHOWN + 7


HOSTILE = [
    "/\x1f",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'; --", "</bdi></p><h1>", "&lt;b&gt;", "{name}",
    "{0}", "%s", "a\r\nBcc: all@example.org", "\x1b[31mred", "\u202egnp.exe", "\u2066\u2067", "\ud800", "\ufffe", "\0",
    "<!--", "]]>", "javascript:alert(1)",
]  # fmt: skip
#: Elements of which there are fewer where nothing is said.
FEWER = ("a", "p", "bdi")


def hostile(word):
    said = dict.fromkeys(("quotation", "source", "url", "speaker", "title"), word)
    because = Because(article="0" * 16, span=Span(0, 1), language=word or "ar", **said)
    alert = replace(ALERT, said=Name(word, word), because=(because,), link=word)
    return letter(MESSAGE, replace(WATCH, name=word), [alert] * 2, "https://m.example")


def looked_at(word):
    """No word of the world makes an element, a link or a line of its own."""
    clean, one = Page(hostile("x").html), hostile(word)
    page = Page(one.html)
    assert [one for one, _ in page.elements if one not in FEWER] == [
        one for one, _ in clean.elements if one not in FEWER
    ]
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "action")]
        assert tag != "a" or attributes["href"].startswith(("https://", "http://"))
    odd = "[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
    assert not re.search(odd, one.text + one.subject + one.html)
    assert "\n" not in one.subject
    assert len(one.subject) <= SUBJECT
    assert json.loads(one.body)


@pytest.mark.parametrize("word", HOSTILE)
def test_what_the_world_says_is_text(word):
    looked_at(word)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_whatever_the_world_says_is_text(word):
    looked_at(word)
    assert plain(word) == plain(plain(word))
