import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import EmptyError, EncodingError, FormatError, SizeError
from marsad.read.article import Origin, article
from marsad.read.pages import tags
from marsad.read.pages.html import Tag, page, tokens
from marsad.settings import Settings

PAGE = """<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>الوزير في بغداد | صحيفة</title>
<meta property="og:title" content="الوزير في بغداد"><meta property="og:site_name" content="صحيفة">
<meta name="author" content="كاتبة"><meta property="article:published_time" content="2025-09-16T08:00:00Z">
<link rel="canonical" href="https://example.org/1?a=1&amp;b=2"><style>p { color: red }</style>
<script>var a = "<p>not this</p>";</script></head>
<body><header>صحيفة <b>يومية</b></header><nav><ul><li><a href="/">الرئيسية</a></ul></nav>
<main><h1>الوزير في بغداد</h1><p>زار <b>الوز</b>ير&nbsp;بغداد<br>أمس.</p><!-- <p>nor this</p> -->
<aside>إعلان</aside><p><a href="/more">اقرأ أيضا</a></p><div>وعاد&quot;.</div></main>
<footer>حقوق</footer></body></html>"""


def test_the_article_is_taken_and_the_frame_left():
    text, facts = page(PAGE.encode(), "a.html")
    assert text == 'زار الوزير بغداد\n\nأمس.\n\nوعاد".'
    assert facts.language == "ar"
    assert facts.title == "الوزير في بغداد"
    assert (facts.url, facts.source, facts.author) == ("https://example.org/1?a=1&b=2", "صحيفة", "كاتبة")
    assert (facts.published, facts.published_from) == ("2025-09-16T08:00:00Z", "meta")


def test_a_page_without_an_article_element_gives_what_is_outside_the_frame():
    assert page(b"<nav>menu</nav><div>one</div><p>two<p>three", "a")[0] == "one\n\ntwo\n\nthree"


def test_a_page_that_is_all_frame_or_all_links_gives_what_it_has():
    assert page(b"<footer>only this</footer>", "a")[0] == "only this"
    assert page(b"<a href=x>only this</a>", "a")[0] == "only this"


def test_a_date_that_is_none_is_not_given():
    assert page(b'<meta name="date" content="2025-13-45"><p>x', "a")[1].published is None


@pytest.mark.parametrize(
    "source", ["", "<html></html>", "<title>عنوان</title><img src=a.png alt='x'>", "<script>a", "<!--"]
)
def test_a_page_without_words_is_empty(source):
    with pytest.raises(EmptyError, match="picture"):
        page(source.encode(), "a.html")


def test_a_picture_with_the_name_of_a_page_is_no_text():
    with pytest.raises(EncodingError, match="PNG"):
        page(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.html")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"\r\n%PDF-1.4", "PDF"),
        (b"PK\x03\x04\x14\0", "ZIP"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo", "WARC"),
        (b"GIF89a\1", "GIF"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"\0\0\0\x18ftypmp42", "MP4"),
        (
            b'<?xml version="1.0"?><!-- made by us --><rss version="2.0"><channel><title>a</title></channel></rss>',
            "RSS",
        ),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title></feed>', "Atom"),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/"><item>a</item></rdf:RDF>', "RSS 1.0"),
        (b'<opml version="2.0"><body><outline text="a"/></body></opml>', "OPML"),
        (b"<urlset><url><loc>https://a.example/</loc></url></urlset>", "sitemap"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "JSON"),
    ],
)
def test_what_is_no_page_is_named(data, what):
    with pytest.raises((FormatError, EncodingError), match=what):
        page(data, "a.html")


def test_an_old_charset_is_read_when_the_page_declares_it():
    source = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><p>زار الوزير بغداد</p>'
    assert page(source.encode("windows-1256"), "a")[0] == "زار الوزير بغداد"
    assert page("<p>زار الوزير</p>".encode("windows-1256"), "a")[0] == "زار الوزير"
    russian = "<p>Министр прибыл в столицу</p>".encode("windows-1251")
    assert page(russian, "a", charset="windows-1251")[0] == "Министр прибыл в столицу"
    assert page(b"<meta charset=windows-1251>" + russian, "a", charset="ISO-8859-1")[0] == "Министр прибыл в столицу"
    with pytest.raises(EncodingError, match=r"a\.html"):
        page(russian, "a.html")


SENTENCES = [
    "وصل وزير الخارجية إلى العاصمة صباح الثلاثاء في زيارة تستمر يومين، وكان في استقباله عدد من المسؤولين.",
    "وقال الوزير للصحفيين إن المشاورات ستتناول ملفات الطاقة والحدود، وإن البلدين اتفقا على لجنة مشتركة جديدة.",
    "ونفى المتحدث أن تكون الزيارة قد تأجلت بسبب خلاف على جدول الأعمال، مؤكدا أن الموعد حدد قبل شهر كامل.",
    "وأضاف أن الوفد سيوقع في ختام الزيارة مذكرة للتعاون في مجالات النقل والصحة والتعليم لمدة خمس سنوات.",
]
PARAGRAPHS = "".join(f"<p>{one}</p>" for one in SENTENCES)
CARD = '<div class="card"><a href="/{0}"><h3>خبر آخر من أخبار اليوم رقم {0}</h3></a></div>'
CARDS = "".join(CARD.format(k) for k in range(12))
MENU = "<ul>" + "".join(f'<li><a href="/s{k}">قسم {k}</a></li>' for k in range(12)) + "</ul>"


def in_script(data):
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    "inside",
    [
        f"<article><h1>T</h1><div>{PARAGRAPHS}</div></article>",
        f"<div class='post'><h1>T</h1><div class='entry-content'>{PARAGRAPHS}",
        "<div><h2>T</h2><div class='story'>" + "<br><br>".join(SENTENCES) + "</div></div>",
        f"<table><tr><td><h1>T</h1></td></tr><tr><td>{PARAGRAPHS}</td></tr></table>",
        f"<h1>T</h1>{PARAGRAPHS}",
        "<div>" * 300 + f"<h1>T</h1>{PARAGRAPHS}" + "</div>" * 300,
    ],
    ids=["article", "content", "breaks", "table", "bare", "deeper than libxml2 reads"],
)
def test_the_article_is_found_among_menus_and_other_news(inside):
    inside = inside.replace("T", "الوزير في العاصمة")
    source = f"<html><head><title>الوزير في العاصمة</title></head><body>{MENU}{inside}{CARDS}</body></html>"
    text, facts = page(source.encode(), "a.html")
    found = text.split("\n\n")
    assert [one for one in found if one in SENTENCES] == SENTENCES
    assert not any("خبر آخر" in one for one in found)
    assert facts.title == "الوزير في العاصمة"
    assert facts.title not in found


@pytest.mark.parametrize("make", ["<article><h1>T</h1><p>S</p></article>", "<div><h1>T</h1><p>S</p></div>"])
def test_news_of_one_sentence_is_not_swept_up_with_the_page_round_it(make):
    inside = make.replace("T", "عاجل: الوزير في العاصمة").replace("S", SENTENCES[0])
    text, _ = page(f"<html><body>{MENU}{inside}{CARDS}</body></html>".encode(), "a.html")
    assert text == SENTENCES[0]


def test_the_headline_and_its_date_are_not_repeated_in_the_text():
    source = f"<div><h1>الوزير في العاصمة</h1><p>نشر في: 16 سبتمبر 2025</p><p>{'</p><p>'.join(SENTENCES)}</p></div>"
    text, facts = page(source.encode(), "a.html")
    assert text == "\n\n".join(SENTENCES)
    made = article(text, facts, Origin("a.html"), Settings(), drawn=True)
    assert made.text == "\n\n".join(["الوزير في العاصمة", *SENTENCES])
    assert (str(made.published), made.published_from, made.drawn) == ("2025-09-16", "byline", True)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>الوزير يصل إلى العاصمة - الجزيرة نت</title>", "الوزير يصل إلى العاصمة"),
        ("<title>الوزير يصل إلى العاصمة | الخبر</title>", "الوزير يصل إلى العاصمة"),
        ("<title>الخبر: الوزير - يصل - إلى العاصمة</title>", "الخبر: الوزير - يصل - إلى العاصمة"),
        ("<title>صحيفة المثال | الوزير يصل إلى العاصمة</title><meta property=og:site_name content='صحيفة المثال'>",
         "الوزير يصل إلى العاصمة"),
        ("<meta property=og:title content='الوزير في العاصمة - المثال'><meta property=og:site_name content=المثال>",
         "الوزير في العاصمة"),
        ("<meta property=og:title content='المثال'><meta property=og:site_name content=المثال><title>خبر اليوم</title>",
         "خبر اليوم"),
        ("<meta property=og:title content='قال &amp;quot;نعم&amp;quot; أمس'>", 'قال "نعم" أمس'),
        (in_script('{"@type": "Article", "headline": "عنوان"}') + "<title>غيره</title>", "عنوان"),
        ("<title>بايدن: «نعم» - تحليل</title>", "بايدن: «نعم» - تحليل"),
        ("<title>Minister arrives in the capital - Example News</title>", "Minister arrives in the capital"),
        ("", None),
    ],
)  # fmt: skip
def test_the_title_is_the_headline_without_the_name_of_the_site(head, title):
    assert page(f"<html><head>{head}</head><body><p>كلمات".encode(), "a")[1].title == title


@pytest.mark.parametrize(
    ("canonical", "url", "address"),
    [
        ("https://example.org/1", None, "https://example.org/1"),
        ("/1?a=b#c", "https://example.org/x/", "https://example.org/1?a=b"),
        ("1", "https://example.org/x/", "https://example.org/x/1"),
        ("//www.example.org/1", "https://m.example.org/1", "https://www.example.org/1"),
        ("", "https://example.org/x#top", "https://example.org/x"),
        ("/1", None, None),
        ("javascript:alert(1)", "https://example.org/x", "https://example.org/x"),
        ("file:///etc/passwd", None, None),
        ("https://other.example/1", "https://example.org/x", "https://example.org/x"),
        ("https://b.com.tn/1", "https://a.com.tn/1", "https://a.com.tn/1"),
        ("https://example.org/", "https://example.org/x", "https://example.org/x"),
        ("https://[broken", "https://example.org/x", "https://example.org/x"),
        ("https://example.org/" + "a" * 9_000, "https://example.org/x", "https://example.org/x"),
    ],
)
def test_the_address_is_absolute_of_the_web_and_of_the_site_that_gave_the_page(canonical, url, address):
    source = f'<link rel="alternate canonical" href="{canonical}"><p>كلمات'
    assert page(source.encode(), "a", url=url)[1].url == address


def test_the_base_of_the_page_counts():
    source = b'<base href="/x/"><link rel=canonical href=1><p>words'
    assert page(source, "a", url="https://example.org/y")[1].url == "https://example.org/x/1"


def test_the_source_is_the_name_of_the_site_else_its_host():
    named = b'<meta property="og:site_name" content="The  Example"><p>words'
    assert page(named, "a", url="https://www.example.org/y")[1].source == "The Example"
    assert page(b"<p>words", "a", url="https://www.example.org/y")[1].source == "example.org"
    assert page(b"<p>words", "a")[1].source is None


@pytest.mark.parametrize(
    ("declared", "words", "language"),
    [
        ("ar-EG", "كلمات", "ar"),
        ("en_US", "words", "en"),
        ("en-US", "كلمات", None),
        ("ar", "words", None),
        ("fa", "کلمات", "fa"),
        ("", "words", None),
        ("<b>", "words", None),
    ],
)
def test_the_language_is_what_the_page_says_unless_its_letters_belie_it(declared, words, language):
    assert page(f'<html lang="{declared}"><p>{words}'.encode(), "a")[1].language == language


def test_the_author_is_a_name_and_no_address():
    source = in_script('{"@type": "Article", "headline": "h", "author": [{"name": "A"}, "B"]}') + "<p>words"
    assert page(source.encode(), "a")[1].author == "A; B"
    assert page(b'<meta name=author content="https://example.org/a"><p>words', "a")[1].author is None


HOSTILE = {
    "50,000 nested elements": "<div>" * 50_000 + PARAGRAPHS,
    "50,000 nested links": "<a>" * 50_000 + PARAGRAPHS,
    "50,000 attributes": "<p " + " ".join(f"a{k}=1" for k in range(50_000)) + ">x</p>" + PARAGRAPHS,
    "attributes in quotes": '<p b" a=">" ' + " ".join(f"a{k}='>'" for k in range(50_000)) + ">x</p>" + PARAGRAPHS,
    "attributes in a drawing": "<svg><p " + " ".join(f"a{k}=1" for k in range(50_000)) + ">x</p></svg>" + PARAGRAPHS,
    "a class of 10 MB": f"<p class='{'x ' * 5_000_000}'>x</p>" + PARAGRAPHS,
    "a title of 2 MB": f"<title>{' - ا' * 500_000}</title>" + PARAGRAPHS,
    "an address of 2 MB": f"<link rel=canonical href='/{'2025/' * 400_000}'>" + PARAGRAPHS,
    "deep linked data": f"<script type='application/ld+json'>{'[' * 500_000}</script>" + PARAGRAPHS,
    "wide linked data": f"<script type='application/ld+json'>[{'{},' * 200_000}{{}}]</script>" + PARAGRAPHS,
    "30,000 times": "<h1>عنوان</h1>" + "<time datetime='2025-09-16'>x</time>" * 30_000 + PARAGRAPHS,
    "figures without end": "<h1>عنوان</h1>" + PARAGRAPHS + "<p>" + "2025/" * 400_000 + "</p>",
    "a million entities": "<p>" + "&amp;&#9999999999;&bogus;" * 100_000 + "</p>" + PARAGRAPHS,
    "one word of 5 MB": "<p>" + "ك" * 2_500_000 + "</p>" + PARAGRAPHS,
    "billion laughs": '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + k)} "{("&" + chr(97 + k) + ";") * 10}">' for k in range(9))
    + ']><html xmlns="http://www.w3.org/1999/xhtml"><body><p>&j;</p>' + PARAGRAPHS,
    "an external entity": '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>' + PARAGRAPHS,
    "controls": "<p>\x01\x0b\ufffe</p>" + PARAGRAPHS * 20,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_gives_its_text_all_the_same(name):
    text, facts = page(HOSTILE[name].encode(), "a.html", url="https://example.org/x")
    assert all(one in text for one in SENTENCES)
    assert "root:" not in text
    assert len(facts.url or "") < 9_000


def test_more_tags_than_any_page_has_are_refused(monkeypatch):
    monkeypatch.setattr(tags, "MOST", 20_000)
    for source in (b"<b>" * 30_000, b"< " * 30_000, b"<!-->" * 30_000, b"<b a b c d e f>" * 3_000):
        with pytest.raises(SizeError, match="tags"):
            page(source, "a.html")


def test_what_trafilatura_fails_on_is_read_by_elements_alone(monkeypatch):
    import trafilatura.core

    def fail(*_, **__):
        raise RecursionError

    monkeypatch.setattr(trafilatura.core, "bare_extraction", fail)
    assert page(f"<main>{PARAGRAPHS}</main>".encode(), "a.html")[0] == "\n\n".join(SENTENCES)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a<b>c", ["a", Tag("b"), "c"]),
        ("a < b", ["a ", "<", " b"]),
        ("<a href='x>y' B=2 c d=\"'\">", [Tag("a", False, {"href": "x>y", "b": "2", "c": "", "d": "'"})]),
        ("</P >x", [Tag("p", True), "x"]),
        ("<p title=it's>x", [Tag("p", False, {"title": "it's"}), "x"]),
        ("<script>a<b</SCRIPT>c", [Tag("script"), Tag("script", True), "c"]),
        ("x<!-- a > b -->y<!doctype z>w<?php ?>v", ["x", "y", "w", "v"]),
        ("x<!-->y<!--->z", ["x", "y", "z"]),
        (
            '<script type="application/LD+json">{"a": "<b>"}</script>',
            [Tag("script", False, {"type": "application/LD+json"}, '{"a": "<b>"}'), Tag("script", True)],
        ),
        ("x<p unclosed", ["x"]),
        ("x<!-- unclosed", ["x"]),
        ("&lt;p&gt; &#1575; &#xFFFFFFFFFF; &#" + "9" * 9_000 + "; &", ["<p> ا \ufffd \ufffd &"]),
    ],
)
def test_tokens(source, expected):
    assert list(tokens(source)) == expected


@given(st.text(alphabet="<>/!-='\" abp&;#\n", max_size=200))
def test_no_tag_soup_is_too_thick(source):
    found = list(tokens(source))
    assert "".join(token for token in found if isinstance(token, str)).count("a") <= source.count("a")


@given(st.text(alphabet=st.characters(exclude_characters="<&", exclude_categories=["Cs"])))
def test_text_without_tags_is_itself(source):
    assert "".join(tokens(source)) == source
