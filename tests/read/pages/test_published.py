import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.read.pages.html import page
from marsad.read.pages.published import address_date, iso
from marsad.types import PUBLISHED_FROM

TITLE = "الوزير يصل إلى بغداد"
BODY = (
    "<p>وصل الوزير إلى العاصمة أمس في زيارة تستمر يومين يلتقي خلالها كبار المسؤولين، وقال في تصريح للصحفيين إن "
    "المشاورات ستتناول ملفات عدة من بينها الطاقة والحدود والتبادل التجاري بين البلدين الجارين في المرحلة المقبلة.</p>"
    "<p>وأضاف أن الوفد المرافق يضم مسؤولين من وزارات عدة، وأن اتفاقا جديدا سيوقع في ختام الزيارة كما جرى في 3 مايو "
    "2019 حين وقع الجانبان مذكرة للتعاون في مجالات النقل والصحة والتعليم لمدة خمس سنوات قابلة للتجديد.</p>"
)


def dated(head="", under="", before="", after="", url=None, now=None, title=TITLE):
    """The date of an invented page, with these pieces in its head, under and above its headline, and after its text."""
    source = (
        f'<html lang="ar"><head><title>{title}</title>{head}</head><body>{before}<div id="story"><h1>{title}</h1>'
        f"{under}<div class='text'>{BODY}</div></div>{after}</body></html>"
    )
    facts = page(source.encode(), "a.html", url=url, now=now)[1]
    assert facts.published_from in (*PUBLISHED_FROM, None)
    return facts.published, facts.published_from


def linked(**fields):
    return f'<script type="application/ld+json">{json.dumps(fields, ensure_ascii=False)}</script>'


NEWS = {"@type": "NewsArticle", "datePublished": "2025-09-16T08:00:00+03:00"}


def test_the_sources_of_a_date_stand_in_the_documented_order():
    pieces = {
        "json-ld": ("head", linked(**{**NEWS, "datePublished": "2025-09-11"}), "2025-09-11"),
        "meta": ("head", '<meta property="article:published_time" content="2025-09-12">', "2025-09-12"),
        "time": ("under", '<time datetime="2025-09-13" pubdate>قبل أيام</time>', "2025-09-13"),
        "byline": ("under", "<div>الأحد 14 سبتمبر/أيلول 2025</div>", "2025-09-14"),
        "address": ("url", "https://example.org/2025/09/15/visit", "2025-09-15"),
    }
    order = [reason for reason in PUBLISHED_FROM if reason in pieces]
    assert order == list(pieces)
    for k, reason in enumerate(order):
        given = {"head": "", "under": "", "url": None}
        for place, piece, _ in (pieces[one] for one in order[k:]):
            given[place] = (given[place] or "") + piece
        assert dated(**given) == (pieces[reason][2], reason)
    assert dated() == (None, None)


@pytest.mark.parametrize(
    "script",
    [
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, NEWS]}),
        json.dumps([{"@type": "BreadcrumbList"}, [NEWS]]),
        json.dumps({"@type": "WebPage", "datePublished": "2020-01-01", "mainEntity": NEWS}),
        json.dumps({"@type": ["Article", "NewsArticle"], "datePublished": ["2025-09-16T08:00:00+03:00"]}),
        json.dumps({**NEWS, "comment": [{"@type": "Comment", "datePublished": "2025-10-01"}]}),
        json.dumps([{"@type": "ItemList", "itemListElement": [{**NEWS, "datePublished": "2025-01-01"}]}, NEWS]),
        json.dumps([{**NEWS, "datePublished": "2025-01-01", "headline": "غيره"}, {**NEWS, "headline": TITLE}]),
        "<!--\n" + json.dumps(NEWS) + "\n-->",
        "//<![CDATA[\n" + json.dumps(NEWS) + "\n//]]>",
        json.dumps(NEWS)[:-1] + ",}",
        json.dumps(NEWS) + ";",
        json.dumps({**NEWS, "description": "X"}).replace("X", "two\nlines\tand"),
        json.dumps(NEWS)[:-1] + ', "articleBody": "no "quotes" here"}',
        '{"@type": "NewsArticle", "author": {"name": oops}, "datePublished": "2025-09-16T08:00:00+03:00"',
    ],
)
def test_linked_data_is_read_however_it_is_nested_or_broken(script):
    head = f'<script type="application/ld+json">{script}</script>'
    assert dated(head) == ("2025-09-16T08:00:00+03:00", "json-ld")


@pytest.mark.parametrize(
    "script",
    ["", "null", "[" * 100_000, '{"a":' * 50_000, '{"datePublished": 5}', '{"datePublished": {}}', "\\u0000", "}{"],
)
def test_linked_data_that_says_nothing_costs_nothing(script):
    assert dated(f'<script type="application/ld+json">{script}</script>') == (None, None)


def test_a_broken_character_of_linked_data_does_not_lose_the_article():
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "a\\ud800\\u0000b c"}</script>'
    assert page(f"{head}<p>words".encode(), "a")[1].title == "a b c"


@pytest.mark.parametrize(
    "element",
    [
        '<meta property="article:published_time" content="2025-09-16T08:00:00Z">',
        '<meta name="parsely-pub-date" content="2025-09-16T08:00:00Z">',
        '<meta name="sailthru.date" content="2025-09-16T08:00:00Z">',
        '<meta name="DC.date" content="2025-09-16T08:00:00Z">',
        '<meta itemprop="datePublished" content="2025-09-16T08:00:00Z">',
        '<meta name="pubdate" content="2025-09-16 08:00:00 GMT">',
        '<meta name="date" content="ليس تاريخا"><meta name="publish-date" content="2025-09-16T08:00:00Z">',
    ],
)
def test_meta_elements(element):
    modified = '<meta property="article:modified_time" content="2025-10-01"><meta name="revised" content="2025-10-02">'
    assert dated(modified + element) == ("2025-09-16T08:00:00Z", "meta")


@pytest.mark.parametrize(
    "under",
    [
        '<time datetime="2025-09-16T08:00:00+03:00" itemprop="datePublished">منذ ساعة</time>',
        '<header><time datetime="2025-09-16T08:00:00+03:00">منذ ساعة</time></header>',
        '<span property="dc:date" content="2025-09-16T08:00:00+03:00">الثلاثاء</span>',
        '<abbr class="published" title="2025-09-16T08:00:00+03:00">الثلاثاء</abbr>',
        'آخر تحديث: <time class="updated" datetime="2025-09-18">اليوم</time><div>نشر '
        '<time class="entry-date published" datetime="2025-09-16T08:00:00+03:00">أمس</time></div>',
    ],
)
def test_marked_times(under):
    other = '<aside><time datetime="2025-01-01" pubdate>خبر</time></aside>'
    assert dated(under=under, before=other, after=other * 3) == ("2025-09-16T08:00:00+03:00", "time")


@pytest.mark.parametrize(
    "under",
    [
        '<div>آخر تحديث: <time datetime="2025-09-18">الخميس</time></div>',
        '<time class="modified" datetime="2025-09-18">الخميس</time>',
        '<aside><time datetime="2025-09-18">الخميس</time></aside>',
        "<time>منذ ساعتين</time>",
    ],
)
def test_times_of_changes_and_of_others_are_none(under):
    assert dated(under=under) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "الثلاثاء 16 سبتمبر/أيلول 2025",
        "16 أيلول 2025 - 14:30",
        "نشر في: 2025/09/16",
        "تاريخ النشر: 16-09-2025",
        "٢٠٢٥/٩/١٦",
        "24 ربيع الأول 1447هـ",
        "الثلاثاء 24 ربيع الأول 1447 هـ - 16 سبتمبر 2025 م",
        "بغداد - كتب أحمد علي: الثلاثاء 16 سبتمبر 2025 02:30 م",
        "أحمد علي | القاهرة | 16 شتنبر 2025 | 10:15 بتوقيت غرينتش",
        "نشر: 16/9/2025 14:30 آخر تحديث: 17/9/2025 09:00",
        "آخر تحديث: 17/9/2025 09:00 - نشر: 16/9/2025",
        "Published on Tue, 16 Sep 2025",
        "By Ahmad Ali, September 16, 2025 10:00 AM",
        "Published 16 Sep 2025, updated 11:00",
        "2025-09-16 | 12:42",
    ],
)
@pytest.mark.parametrize("place", ["under", "in the header", "after the lead", "in a list"])
def test_bylines(line, place):
    piece = {
        "under": f"<div class='date'>{line}</div>",
        "in the header": f"<header><img src=a.png><span>{line}</span></header>",
        "after the lead": f"<p>الزيارة هي الأولى من نوعها منذ سنوات</p><span>{line}</span>",
        "in a list": f"<ul><li>سياسة</li><li>{line}</li><li>مشاركة</li></ul>",
    }[place]
    assert dated(under=piece) == ("2025-09-16", "byline")


@pytest.mark.parametrize(
    "line",
    [
        "آخر تحديث: 16 سبتمبر 2025",
        "الثلاثاء، 16 سبتمبر 2025، آخر تحديث 14:00",
        "Last updated: 16 Sep 2025",
        "Updated on September 16, 2025",
        "منذ ساعتين",
        "أمس 14:30",
        "16 سبتمبر",
        "سبتمبر 2025",
        "05/06/2025 by our staff",
        "وقع الطرفان الاتفاق في 16 سبتمبر 2025",
        "الوزير زار العاصمة يوم 16 سبتمبر 2025 والتقى رئيس الوزراء ووعد بالعودة.",
        "The two sides signed the agreement on 16 September 2025",
        "من 16 إلى 20 سبتمبر 2025",
        "1447",
    ],
)
def test_lines_that_are_no_byline(line):
    english = "Minister arrives in Baghdad" if line.isascii() else TITLE
    assert dated(under=f"<div>{line}</div>", title=english) == (None, None)


def test_a_date_in_figures_is_read_day_first_on_arabic_pages():
    assert dated(under="<div>05/06/2025</div>") == ("2025-06-05", "byline")


def test_dates_of_other_texts_and_of_today_are_none():
    clock = "<div class='top'>الاثنين 1 ديسمبر 2025</div>"
    cards = "<div><a href=/1>وفد آخر يصل إلى العاصمة غدا</a><span>17 سبتمبر 2025</span></div>" * 3
    assert dated(before=clock, after=cards) == (None, None)
    assert dated(before=cards + clock, under="<nav>18 سبتمبر 2025</nav>") == (None, None)
    assert dated(before=clock, under="<i>16 سبتمبر 2025</i>", after=cards) == ("2025-09-16", "byline")


def test_a_label_and_its_date_may_stand_in_two_elements():
    assert dated(under="<div>آخر تحديث</div><div>18 سبتمبر 2025</div>") == (None, None)
    two = "<div>آخر تحديث</div><div>18 سبتمبر 2025</div><div>تاريخ النشر:</div><div>16 سبتمبر 2025</div>"
    assert dated(under=two) == ("2025-09-16", "byline")


def test_a_relative_byline_does_not_hide_the_address():
    assert dated(under="<div>منذ ساعتين</div>", url="https://example.org/2025/09/16/a") == ("2025-09-16", "address")


def test_a_date_far_ahead_is_refused_when_today_is_known_and_the_next_source_is_asked():
    head, url = '<meta name="date" content="2035-01-01">', "https://example.org/2025/09/16/a"
    assert dated(head, url=url) == ("2035-01-01", "meta")
    assert dated(head, url=url, now=date(2025, 9, 16)) == ("2025-09-16", "address")
    ahead = '<meta name="date" content="2025-09-17T01:00:00+04:00">'
    assert dated(ahead, now=date(2025, 9, 16)) == ("2025-09-17T01:00:00+04:00", "meta")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2025/09/16/visit", "2025-09-16"),
        ("https://example.org/news/2025/9/6", "2025-09-06"),
        ("https://example.org/2025/sep/16/visit", "2025-09-16"),
        ("https://example.org/2013/middle_east/8/3/clashes/index.html", "2013-08-03"),
        ("https://example.org/2025-09-16-visit", "2025-09-16"),
        ("https://example.org/visit-2025_09_16.html", "2025-09-16"),
        ("https://example.org/ar/20250916/visit", "2025-09-16"),
        ("https://example.org/٢٠٢٥/٠٩/١٦/زيارة", "2025-09-16"),
        ("https://example.org/%D9%A2%D9%A0%D9%A2%D9%A5/9/16/", "2025-09-16"),
        ("https://example.org/2025/09/", None),
        ("https://example.org/2025/13/16/", None),
        ("https://example.org/1889/09/16/", None),
        ("https://example.org/2101/09/16/", None),
        ("https://example.org/id/120250916", None),
        ("https://example.org/20251399", None),
        ("https://example.org/?d=2025-09-16", None),
        ("https://[broken/2025/09/16/", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses(url, day):
    assert address_date(url) == day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-09-16", "2025-09-16"),
        ("2025-9-6", "2025-09-06"),
        ("2025-09-16T08:00:00Z", "2025-09-16T08:00:00Z"),
        ("2025-09-16T08:00:00.123+0300", "2025-09-16T08:00:00+03:00"),
        ("2025-09-16 08:00", "2025-09-16T08:00:00"),
        ("2025-09-16T25:00:00Z", "2025-09-16"),
        ("٢٠٢٥-٠٩-١٦", "2025-09-16"),
        ("20250916", "2025-09-16"),
        ("20250916T080000Z", "2025-09-16T08:00:00Z"),
        ("Tue, 16 Sep 2025 10:00:00 GMT", "2025-09-16T10:00:00+00:00"),
        ("Tue, 16 Sep 2025 10:00:00 AST", "2025-09-16T10:00:00"),
        ("Tue Sep 16 2025 10:00:00 GMT+0300 (Arabia Standard Time)", "2025-09-16T10:00:00+03:00"),
        ("Tue Sep 16 2025 (Arabia Standard Time)", "2025-09-16"),
        ("16/09/2025", "2025-09-16"),
        ("09/16/2025 10:00", "2025-09-16"),
        ("05/06/2025", None),
        ("05/05/2025", "2025-05-05"),
        ("1758009600", "2025-09-16T08:00:00+00:00"),
        ("1758009600000", "2025-09-16T08:00:00+00:00"),
        ("16 سبتمبر 2025", "2025-09-16"),
        ("الثلاثاء 16 أيلول 2025 10:30", "2025-09-16"),
        ("September 16, 2025", "2025-09-16"),
        ("0000-00-00", None),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("2025-02-30", None),
        ("16 سبتمبر", None),
        ("أمس", None),
        ("2025", None),
        ("", None),
    ],
)
def test_what_fields_of_metadata_hold(written, day):
    assert iso(written) == day


@given(st.text(max_size=60) | st.from_regex(r"\A[0-9/:. TZ+-]{0,40}\Z"))
def test_any_field_gives_a_day_of_the_calendar_or_none(written):
    found = iso(written)
    assert found is None or date.fromisoformat(found[:10]).year in range(1901, 2101)
    found = address_date(f"https://example.org/{written}")
    assert found is None or date.fromisoformat(found).year in range(1990, 2101)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_day_is_the_same_in_every_place(day):
    assert iso(day.isoformat()) == day.isoformat()
    assert address_date(f"https://example.org/{day:%Y/%m/%d}/a") == day.isoformat()
    assert address_date(f"https://example.org/{day:%Y%m%d}/a") == day.isoformat()
